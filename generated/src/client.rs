// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a pass instead.
// Input: openapi/client.json, sha256 01436e4aacfe237b1837a44742a5740a7bb2d76e91744041e5e322b60f2671d0
// Generator: progenitor 0.15.1, then xtask/src/generate/polish

//! The client: one method for each operation, each of which starts a builder.

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use crate::builder;

/// Client for GoCardless Bank Account Data API
///
/// The Bank Account Data API v2 of GoCardless, formerly Nordigen: read access to balances, details and transactions of bank accounts in Europe, with the consent of the person who owns them.
///
/// Every path starts with `/api/v2/` on `https://bankaccountdata.gocardless.com` and ends in a slash; without the slash the server answers with a redirect. Every call except the two token operations carries an access token as `Authorization: Bearer`.
///
/// The way to the data: obtain a token pair, choose an institution, create an end-user agreement, create a requisition, send the person to its link, then read the accounts that the requisition lists.
///
/// Rate limits hold for a company, all its secrets together: 100 calls a minute for accounts, 300 for institutions, 300 for reading and 100 for writing agreements and requisitions, 100 an hour for new token pairs. Balances, details and transactions also allow 4 successful calls each in 24 hours for one account, and a bank may allow fewer. The headers `http_x_ratelimit_*` tell what is left; their reset is a number of seconds.
///
/// Version: 2.0 (v2)
#[derive(Clone)]
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: ::gocardless_bank_data_core::Transport,
}

impl ::std::fmt::Debug for Client {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: ::gocardless_bank_data_core::Transport,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}

impl ClientInfo<::gocardless_bank_data_core::Transport> for Client {
    fn api_version() -> &'static str {
        "2.0 (v2)"
    }

    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &::gocardless_bank_data_core::Transport {
        &self.inner
    }
}

const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<::gocardless_bank_data_core::Transport>,
    {}
};

impl Client {
    /// Reads the metadata of one account: status, institution and number
    ///
    /// This call does not count against the 4 successful reads in 24 hours. All four account operations share a company limit of 100 calls a minute. Poll it while an account is still processing.
    ///
    /// Sends a `GET` request to `/api/v2/accounts/{id}/`
    ///
    /// Arguments:
    /// - `id`: Id of the account, taken from `accounts` of a linked requisition. The document declares a plain string; every recorded id is a UUID.
    pub fn get_account(&self) -> builder::GetAccount<'_> {
        builder::GetAccount::new(self)
    }

    /// Reads the balances of one account
    ///
    /// Allows 4 successful calls in 24 hours for each account; failed calls do not count there. All four account operations share a company limit of 100 calls a minute, and the bank may allow fewer.
    ///
    /// Sends a `GET` request to `/api/v2/accounts/{id}/balances/`
    ///
    /// Arguments:
    /// - `id`: Id of the account, taken from `accounts` of a linked requisition. The document declares a plain string; every recorded id is a UUID.
    pub fn get_account_balances(&self) -> builder::GetAccountBalances<'_> {
        builder::GetAccountBalances::new(self)
    }

    /// Reads the details of one account: owner, currency, product and number
    ///
    /// Allows 4 successful calls in 24 hours for each account; failed calls do not count there. All four account operations share a company limit of 100 calls a minute, and the bank may allow fewer.
    ///
    /// Sends a `GET` request to `/api/v2/accounts/{id}/details/`
    ///
    /// Arguments:
    /// - `id`: Id of the account, taken from `accounts` of a linked requisition. The document declares a plain string; every recorded id is a UUID.
    pub fn get_account_details(&self) -> builder::GetAccountDetails<'_> {
        builder::GetAccountDetails::new(self)
    }

    /// Reads the booked and pending transactions of one account
    ///
    /// A date before the agreed history is clipped without an error; a date in the future or a reversed range is refused with 400. Allows 4 successful calls in 24 hours for each account. All four account operations share a company limit of 100 calls a minute, and the bank may allow fewer.
    ///
    /// Sends a `GET` request to `/api/v2/accounts/{id}/transactions/`
    ///
    /// Arguments:
    /// - `id`: Id of the account, taken from `accounts` of a linked requisition. The document declares a plain string; every recorded id is a UUID.
    /// - `date_from`: First day wanted, as `YYYY-MM-DD`. A day before the agreed history is clipped without an error; a day in the future is refused.
    /// - `date_to`: Last day wanted, as `YYYY-MM-DD`. It may not lie before `date_from` or in the future.
    pub fn get_account_transactions(&self) -> builder::GetAccountTransactions<'_> {
        builder::GetAccountTransactions::new(self)
    }

    /// Lists the end-user agreements of the company, in pages
    ///
    /// Ask for a page with `limit` and `offset`. The company limit for reading agreements is 300 calls a minute.
    ///
    /// Sends a `GET` request to `/api/v2/agreements/enduser/`
    ///
    /// Arguments:
    /// - `limit`: Number of entries on one page, 1 or more. The server takes 100 if it is left out.
    /// - `offset`: Number of entries to skip before the page begins, 0 or more. The server takes 0 if it is left out.
    pub fn list_agreements(&self) -> builder::ListAgreements<'_> {
        builder::ListAgreements::new(self)
    }

    /// Creates an end-user agreement with one institution
    ///
    /// The agreement fixes how many days of history may be read, for how many days access lasts, and what may be read. Day counts must stay within what the institution offers. Not safe to repeat: a second call makes a second agreement. The company limit is 100 calls a minute.
    ///
    /// Sends a `POST` request to `/api/v2/agreements/enduser/`
    ///
    /// Arguments:
    /// - `body`: The institution and the terms of access; only `institution_id` is required.
    pub fn create_agreement(&self) -> builder::CreateAgreement<'_> {
        builder::CreateAgreement::new(self)
    }

    /// Reads one end-user agreement
    ///
    /// `accepted` stays `null` until the person has given consent. The company limit for reading agreements is 300 calls a minute.
    ///
    /// Sends a `GET` request to `/api/v2/agreements/enduser/{id}/`
    ///
    /// Arguments:
    /// - `id`: Id of the end-user agreement, a UUID.
    pub fn get_agreement(&self) -> builder::GetAgreement<'_> {
        builder::GetAgreement::new(self)
    }

    /// Deletes one end-user agreement
    ///
    /// Answers 200 with a short JSON body, not 204. An agreement also goes away when its requisition is deleted. The company limit for deletes is 100 calls a minute.
    ///
    /// Sends a `DELETE` request to `/api/v2/agreements/enduser/{id}/`
    ///
    /// Arguments:
    /// - `id`: Id of the end-user agreement, a UUID.
    pub fn delete_agreement(&self) -> builder::DeleteAgreement<'_> {
        builder::DeleteAgreement::new(self)
    }

    /// Accepts an end-user agreement on behalf of the person
    ///
    /// Most companies may not do this and get 403, because the person accepts on the consent page that the requisition links to. An agreement can be accepted once only. The company limit is 100 calls a minute.
    ///
    /// Sends a `PUT` request to `/api/v2/agreements/enduser/{id}/accept/`
    ///
    /// Arguments:
    /// - `id`: Id of the end-user agreement, a UUID.
    /// - `body`: What is known of the person's browser at the moment of acceptance.
    pub fn accept_agreement(&self) -> builder::AcceptAgreement<'_> {
        builder::AcceptAgreement::new(self)
    }

    /// Reads the reconfirmation of an end-user agreement
    ///
    /// Reconfirmation prolongs access to banks of the United Kingdom and needs a permission that ordinary companies do not have; without it the answer is 403. No rate limit is published for this operation.
    ///
    /// Sends a `GET` request to `/api/v2/agreements/enduser/{id}/reconfirm/`
    ///
    /// Arguments:
    /// - `id`: Id of the end-user agreement, a UUID.
    pub fn get_reconfirmation(&self) -> builder::GetReconfirmation<'_> {
        builder::GetReconfirmation::new(self)
    }

    /// Creates a reconfirmation of an end-user agreement
    ///
    /// The answer carries the address to send the person to. Reconfirmation is open from 14 days before to 14 days after day 90, for banks of the United Kingdom, and for companies with the permission only. The body may be left out. No rate limit is published for this operation.
    ///
    /// Sends a `POST` request to `/api/v2/agreements/enduser/{id}/reconfirm/`
    ///
    /// Arguments:
    /// - `id`: Id of the end-user agreement, a UUID.
    /// - `body`: Where to send the person afterwards. The whole body is optional.
    pub fn create_reconfirmation(&self) -> builder::CreateReconfirmation<'_> {
        builder::CreateReconfirmation::new(self)
    }

    /// Lists the institutions of a country
    ///
    /// Answers one array without pages; leave `country` out for the institutions of all countries. Every filter is optional and a query parameter that is not listed here is refused with 400. The company limit for institutions is 300 calls a minute.
    ///
    /// Sends a `GET` request to `/api/v2/institutions/`
    ///
    /// Arguments:
    /// - `access_scopes_supported`: Filters by whether an agreement may name its own access scopes; send `true` or `false`, both as text.
    /// - `account_selection_supported`: Filters by whether the person can choose among accounts; send `true` or `false`, both as text.
    /// - `business_accounts_supported`: Filters by whether business accounts can be read; send `true` or `false`, both as text.
    /// - `card_accounts_supported`: Filters by whether card accounts can be read; send `true` or `false`, both as text.
    /// - `corporate_accounts_supported`: Filters by whether corporate accounts can be read; send `true` or `false`, both as text.
    /// - `country`: Country as two letters of ISO 3166, upper or lower case, such as `GB`. Left out, the institutions of all countries are listed.
    /// - `pending_transactions_supported`: Filters by whether pending transactions are delivered; send `true` or `false`, both as text.
    /// - `private_accounts_supported`: Filters by whether accounts of private persons can be read; send `true` or `false`, both as text.
    /// - `read_debtor_account_supported`: Filters by whether the account of a debtor can be read ahead of a payment; send `true` or `false`, both as text.
    /// - `read_refund_account_supported`: Filters by whether the account for a refund can be read; send `true` or `false`, both as text.
    /// - `separate_continuous_history_consent_supported`: Filters by whether continuous history is covered by a consent of its own; send `true` or `false`, both as text.
    /// - `ssn_verification_supported`: Filters by whether a social security number can be checked; send `true` or `false`, both as text.
    pub fn list_institutions(&self) -> builder::ListInstitutions<'_> {
        builder::ListInstitutions::new(self)
    }

    /// Reads one institution
    ///
    /// Its answer adds supported features and identification codes to what the list declares. The company limit for institutions is 300 calls a minute.
    ///
    /// Sends a `GET` request to `/api/v2/institutions/{id}/`
    ///
    /// Arguments:
    /// - `id`: Id of the institution, such as `N26_NTSBDEB1`. It is a name, not a UUID.
    pub fn get_institution(&self) -> builder::GetInstitution<'_> {
        builder::GetInstitution::new(self)
    }

    /// Lists the requisitions of the company, in pages
    ///
    /// Ask for a page with `limit` and `offset`; any other query parameter is refused with 400. The company limit for reading requisitions is 300 calls a minute.
    ///
    /// Sends a `GET` request to `/api/v2/requisitions/`
    ///
    /// Arguments:
    /// - `limit`: Number of entries on one page, 1 or more. The server takes 100 if it is left out.
    /// - `offset`: Number of entries to skip before the page begins, 0 or more. The server takes 0 if it is left out.
    pub fn list_requisitions(&self) -> builder::ListRequisitions<'_> {
        builder::ListRequisitions::new(self)
    }

    /// Creates a requisition, the request to link a person's accounts at one institution
    ///
    /// Send the person to `link` in the answer. If no agreement is named the server makes one with 90 days of history, 90 days of access and all scopes. Not safe to repeat; `reference` must be unique, and unknown fields are refused. The company limit is 100 calls a minute.
    ///
    /// Sends a `POST` request to `/api/v2/requisitions/`
    ///
    /// Arguments:
    /// - `body`: The institution, where to send the person afterwards, and the options of the link. Unknown fields are refused.
    pub fn create_requisition(&self) -> builder::CreateRequisition<'_> {
        builder::CreateRequisition::new(self)
    }

    /// Reads one requisition, with its status and accounts
    ///
    /// `accounts` is empty until the status is `LN`. `EX` is set late, only once an account has been accessed after the agreement ran out. The company limit for reading requisitions is 300 calls a minute.
    ///
    /// Sends a `GET` request to `/api/v2/requisitions/{id}/`
    ///
    /// Arguments:
    /// - `id`: Id of the requisition, a UUID.
    pub fn get_requisition(&self) -> builder::GetRequisition<'_> {
        builder::GetRequisition::new(self)
    }

    /// Deletes one requisition together with its end-user agreement
    ///
    /// Answers 200 with a short JSON body, not 204. The company limit for deletes is 100 calls a minute.
    ///
    /// Sends a `DELETE` request to `/api/v2/requisitions/{id}/`
    ///
    /// Arguments:
    /// - `id`: Id of the requisition, a UUID.
    pub fn delete_requisition(&self) -> builder::DeleteRequisition<'_> {
        builder::DeleteRequisition::new(self)
    }

    /// Obtains an access token and a refresh token for a pair of secrets
    ///
    /// The access token lives for 24 hours and the refresh token for 30 days. A company may call this 100 times an hour, so keep the pair and refresh it. No bearer token is needed here, although the document's root-level security says so.
    ///
    /// Sends a `POST` request to `/api/v2/token/new/`
    ///
    /// Arguments:
    /// - `body`: The two secrets of the company.
    pub fn obtain_token_pair(&self) -> builder::ObtainTokenPair<'_> {
        builder::ObtainTokenPair::new(self)
    }

    /// Obtains a fresh access token for a refresh token
    ///
    /// The refresh token is neither replaced nor prolonged; once it is refused, obtain a new pair with the secrets. Send nothing but the refresh token. The company limit is 100 calls a minute, and no bearer token is needed.
    ///
    /// Sends a `POST` request to `/api/v2/token/refresh/`
    ///
    /// Arguments:
    /// - `body`: The refresh token and nothing else; sending the secrets along makes the call fail.
    pub fn refresh_access_token(&self) -> builder::RefreshAccessToken<'_> {
        builder::RefreshAccessToken::new(self)
    }
}

impl ClientHooks<::gocardless_bank_data_core::Transport> for Client {
    async fn exec(
        &self,
        request: reqwest::Request,
        info: &OperationInfo,
    ) -> reqwest::Result<reqwest::Response> {
        self.inner().execute(self.client(), request, info.operation_id).await
    }
}
