// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a setting instead.
// Input: openapi/client.json, sha256 7babb11091d7d4d6635f63a52b4a963077fc4e4dceeaff09d057ef3d0aeaae46
// Generator: progenitor 0.15.1, as xtask/src/generate/progenitor.rs calls it

//! The client: one function for each operation.

use crate::types;

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};

#[derive(Clone, Debug)]
/**Client for GoCardless Bank Account Data API

The Bank Account Data API v2 of GoCardless, formerly Nordigen: read access to balances, details and transactions of bank accounts in Europe, with the consent of the person who owns them.

Every path starts with `/api/v2/` on `https://bankaccountdata.gocardless.com` and ends in a slash; without the slash the server answers with a redirect. Every call except the two token operations carries an access token as `Authorization: Bearer`.

The way to the data: obtain a token pair, choose an institution, create an end-user agreement, create a requisition, send the person to its link, then read the accounts that the requisition lists.

Rate limits hold for a company, all its secrets together: 100 calls a minute for accounts, 300 for institutions, 300 for reading and 100 for writing agreements and requisitions, 100 an hour for new token pairs. Balances, details and transactions also allow 4 successful calls each in 24 hours for one account, and a bank may allow fewer. The headers `http_x_ratelimit_*` say what is left; their reset is a number of seconds.

Version: 2.0 (v2)*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: ::gocardless_bank_data_types::RequestCapture,
}

impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(
        baseurl: &str,
        inner: ::gocardless_bank_data_types::RequestCapture,
    ) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }

    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: ::gocardless_bank_data_types::RequestCapture,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}

impl ClientInfo<::gocardless_bank_data_types::RequestCapture> for Client {
    fn api_version() -> &'static str {
        "2.0 (v2)"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &::gocardless_bank_data_types::RequestCapture {
        &self.inner
    }
}

const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<::gocardless_bank_data_types::RequestCapture>,
    {}
};
#[allow(clippy::all)]
impl Client {
    /**Reads the metadata of one account: status, institution and number

This call does not count against the 4 successful reads in 24 hours. All account operations share a company limit of 100 calls a minute. Poll it while an account is still processing.

Sends a `GET` request to `/api/v2/accounts/{id}/`

Arguments:
- `id`: Id of the account, taken from `accounts` of a linked requisition. The document declares a plain string; every recorded id is a UUID.
*/
    pub async fn get_account<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AccountId,
    ) -> Result<ResponseValue<types::Account>, Error<()>> {
        let url = format!(
            "{}/api/v2/accounts/{}/", self.baseurl, encode_path(& id.to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_account",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Reads the balances of one account

Allows 4 successful calls in 24 hours for each account; failed calls do not count there. All account operations share a company limit of 100 calls a minute, and the bank may allow fewer.

Sends a `GET` request to `/api/v2/accounts/{id}/balances/`

Arguments:
- `id`: Id of the account, taken from `accounts` of a linked requisition. The document declares a plain string; every recorded id is a UUID.
*/
    pub async fn get_account_balances<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AccountId,
    ) -> Result<ResponseValue<types::Balances>, Error<()>> {
        let url = format!(
            "{}/api/v2/accounts/{}/balances/", self.baseurl, encode_path(& id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_account_balances",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Reads the details of one account: owner, currency, product and number

Allows 4 successful calls in 24 hours for each account; failed calls do not count there. All account operations share a company limit of 100 calls a minute, and the bank may allow fewer.

Sends a `GET` request to `/api/v2/accounts/{id}/details/`

Arguments:
- `id`: Id of the account, taken from `accounts` of a linked requisition. The document declares a plain string; every recorded id is a UUID.
*/
    pub async fn get_account_details<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AccountId,
    ) -> Result<ResponseValue<types::AccountDetailsResponse>, Error<()>> {
        let url = format!(
            "{}/api/v2/accounts/{}/details/", self.baseurl, encode_path(& id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_account_details",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Reads the booked and pending transactions of one account

A date before the agreed history is clipped without an error; a date in the future or a reversed range is refused with 400. Allows 4 successful calls in 24 hours for each account. All account operations share a company limit of 100 calls a minute, and the bank may allow fewer.

Sends a `GET` request to `/api/v2/accounts/{id}/transactions/`

Arguments:
- `id`: Id of the account, taken from `accounts` of a linked requisition. The document declares a plain string; every recorded id is a UUID.
- `date_from`: First day wanted, as `YYYY-MM-DD`. A day before the agreed history is clipped without an error; a day in the future is refused.
- `date_to`: Last day wanted, as `YYYY-MM-DD`. It may not lie before `date_from` or in the future.
*/
    pub async fn get_account_transactions<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AccountId,
        date_from: Option<&'a ::chrono::naive::NaiveDate>,
        date_to: Option<&'a ::chrono::naive::NaiveDate>,
    ) -> Result<ResponseValue<types::Transactions>, Error<()>> {
        let url = format!(
            "{}/api/v2/accounts/{}/transactions/", self.baseurl, encode_path(& id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("date_from", &date_from))
            .query(&progenitor_client::QueryParam::new("date_to", &date_to))
            .build()?;
        let info = OperationInfo {
            operation_id: "get_account_transactions",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Lists the end-user agreements of the company, in pages

Ask for a page with `limit` and `offset`. The company limit for reading agreements is 300 calls a minute.

Sends a `GET` request to `/api/v2/agreements/enduser/`

Arguments:
- `limit`: Number of entries on one page, 1 or more. The server takes 100 if it is left out.
- `offset`: Number of entries to skip before the page begins, 0 or more. The server takes 0 if it is left out.
*/
    pub async fn list_agreements<'a>(
        &'a self,
        limit: Option<::std::num::NonZeroU64>,
        offset: Option<u64>,
    ) -> Result<ResponseValue<types::AgreementPage>, Error<()>> {
        let url = format!("{}/api/v2/agreements/enduser/", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_agreements",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Creates an end-user agreement with one institution

The agreement fixes how many days of history may be read, for how many days access lasts, and what may be read. Day counts must stay within what the institution offers. Not safe to repeat: a second call makes a second agreement. The company limit is 100 calls a minute.

Sends a `POST` request to `/api/v2/agreements/enduser/`

Arguments:
- `body`: The institution and the terms of access; only `institution_id` is required.
*/
    pub async fn create_agreement<'a>(
        &'a self,
        body: &'a types::NewAgreement,
    ) -> Result<ResponseValue<types::Agreement>, Error<()>> {
        let url = format!("{}/api/v2/agreements/enduser/", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_agreement",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Reads one end-user agreement

`accepted` stays `null` until the person has given consent. The company limit for reading agreements is 300 calls a minute.

Sends a `GET` request to `/api/v2/agreements/enduser/{id}/`

Arguments:
- `id`: Id of the end-user agreement, a UUID.
*/
    pub async fn get_agreement<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AgreementId,
    ) -> Result<ResponseValue<types::Agreement>, Error<()>> {
        let url = format!(
            "{}/api/v2/agreements/enduser/{}/", self.baseurl, encode_path(& id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_agreement",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Deletes one end-user agreement

Answers 200 with a short JSON body, not 204. An agreement also goes away when its requisition is deleted. The company limit for deletes is 100 calls a minute.

Sends a `DELETE` request to `/api/v2/agreements/enduser/{id}/`

Arguments:
- `id`: Id of the end-user agreement, a UUID.
*/
    pub async fn delete_agreement<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AgreementId,
    ) -> Result<ResponseValue<types::Deletion>, Error<()>> {
        let url = format!(
            "{}/api/v2/agreements/enduser/{}/", self.baseurl, encode_path(& id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_agreement",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Accepts an end-user agreement on behalf of the person

Most companies may not do this and get 403, because the person accepts on the consent page that the requisition links to. An agreement can be accepted once only. The company limit is 100 calls a minute.

Sends a `PUT` request to `/api/v2/agreements/enduser/{id}/accept/`

Arguments:
- `id`: Id of the end-user agreement, a UUID.
- `body`: What is known of the person's browser at the moment of acceptance.
*/
    pub async fn accept_agreement<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AgreementId,
        body: &'a types::AcceptAgreementRequest,
    ) -> Result<ResponseValue<types::Agreement>, Error<()>> {
        let url = format!(
            "{}/api/v2/agreements/enduser/{}/accept/", self.baseurl, encode_path(& id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "accept_agreement",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Reads the reconfirmation of an end-user agreement

Reconfirmation prolongs access to banks of the United Kingdom and needs a permission that ordinary companies do not have; without it the answer is 403. No rate limit is published for this operation.

Sends a `GET` request to `/api/v2/agreements/enduser/{id}/reconfirm/`

Arguments:
- `id`: Id of the end-user agreement, a UUID.
*/
    pub async fn get_reconfirmation<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AgreementId,
    ) -> Result<ResponseValue<types::Reconfirmation>, Error<()>> {
        let url = format!(
            "{}/api/v2/agreements/enduser/{}/reconfirm/", self.baseurl, encode_path(& id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_reconfirmation",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Creates a reconfirmation of an end-user agreement

The answer carries the address to send the person to. Reconfirmation is open from 14 days before to 14 days after day 90, for banks of the United Kingdom, and for companies with the permission only. The body may be left out. No rate limit is published for this operation.

Sends a `POST` request to `/api/v2/agreements/enduser/{id}/reconfirm/`

Arguments:
- `id`: Id of the end-user agreement, a UUID.
- `body`: Where to send the person afterwards. The whole body is optional.
*/
    pub async fn create_reconfirmation<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::AgreementId,
        body: &'a types::NewReconfirmation,
    ) -> Result<ResponseValue<types::Reconfirmation>, Error<()>> {
        let url = format!(
            "{}/api/v2/agreements/enduser/{}/reconfirm/", self.baseurl, encode_path(& id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_reconfirmation",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Lists the institutions of a country

Answers one array without pages; leave `country` out for the institutions of all countries. Every filter is optional and a query parameter that is not listed here is refused with 400. The company limit for institutions is 300 calls a minute.

Sends a `GET` request to `/api/v2/institutions/`

Arguments:
- `access_scopes_supported`: Filters by whether an agreement may name its own access scopes; send `true` or `false`, both as text.
- `account_selection_supported`: Filters by whether the person can choose among accounts; send `true` or `false`, both as text.
- `business_accounts_supported`: Filters by whether business accounts can be read; send `true` or `false`, both as text.
- `card_accounts_supported`: Filters by whether card accounts can be read; send `true` or `false`, both as text.
- `corporate_accounts_supported`: Filters by whether corporate accounts can be read; send `true` or `false`, both as text.
- `country`: Country as two letters of ISO 3166, upper or lower case, such as `GB`. Left out, the institutions of all countries are listed.
- `pending_transactions_supported`: Filters by whether pending transactions are delivered; send `true` or `false`, both as text.
- `private_accounts_supported`: Filters by whether accounts of private persons can be read; send `true` or `false`, both as text.
- `read_debtor_account_supported`: Filters by whether the account of a debtor can be read ahead of a payment; send `true` or `false`, both as text.
- `read_refund_account_supported`: Filters by whether the account for a refund can be read; send `true` or `false`, both as text.
- `separate_continuous_history_consent_supported`: Filters by whether continuous history is covered by a consent of its own; send `true` or `false`, both as text.
- `ssn_verification_supported`: Filters by whether a social security number can be checked; send `true` or `false`, both as text.
*/
    pub async fn list_institutions<'a>(
        &'a self,
        access_scopes_supported: Option<&'a str>,
        account_selection_supported: Option<&'a str>,
        business_accounts_supported: Option<&'a str>,
        card_accounts_supported: Option<&'a str>,
        corporate_accounts_supported: Option<&'a str>,
        country: Option<&'a str>,
        pending_transactions_supported: Option<&'a str>,
        private_accounts_supported: Option<&'a str>,
        read_debtor_account_supported: Option<&'a str>,
        read_refund_account_supported: Option<&'a str>,
        separate_continuous_history_consent_supported: Option<&'a str>,
        ssn_verification_supported: Option<&'a str>,
    ) -> Result<
        ResponseValue<::gocardless_bank_data_types::Entries<types::Institution>>,
        Error<()>,
    > {
        let url = format!("{}/api/v2/institutions/", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "access_scopes_supported",
                    &access_scopes_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "account_selection_supported",
                    &account_selection_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "business_accounts_supported",
                    &business_accounts_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "card_accounts_supported",
                    &card_accounts_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "corporate_accounts_supported",
                    &corporate_accounts_supported,
                ),
            )
            .query(&progenitor_client::QueryParam::new("country", &country))
            .query(
                &progenitor_client::QueryParam::new(
                    "pending_transactions_supported",
                    &pending_transactions_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "private_accounts_supported",
                    &private_accounts_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "read_debtor_account_supported",
                    &read_debtor_account_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "read_refund_account_supported",
                    &read_refund_account_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "separate_continuous_history_consent_supported",
                    &separate_continuous_history_consent_supported,
                ),
            )
            .query(
                &progenitor_client::QueryParam::new(
                    "ssn_verification_supported",
                    &ssn_verification_supported,
                ),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "list_institutions",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Reads one institution

Its answer adds supported features and identification codes to what the list declares. The company limit for institutions is 300 calls a minute.

Sends a `GET` request to `/api/v2/institutions/{id}/`

Arguments:
- `id`: Id of the institution, such as `N26_NTSBDEB1`. It is a name, not a UUID.
*/
    pub async fn get_institution<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::InstitutionId,
    ) -> Result<ResponseValue<types::InstitutionDetails>, Error<()>> {
        let url = format!(
            "{}/api/v2/institutions/{}/", self.baseurl, encode_path(& id.to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_institution",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Lists the requisitions of the company, in pages

Ask for a page with `limit` and `offset`; any other query parameter is refused with 400. The company limit for reading requisitions is 300 calls a minute.

Sends a `GET` request to `/api/v2/requisitions/`

Arguments:
- `limit`: Number of entries on one page, 1 or more. The server takes 100 if it is left out.
- `offset`: Number of entries to skip before the page begins, 0 or more. The server takes 0 if it is left out.
*/
    pub async fn list_requisitions<'a>(
        &'a self,
        limit: Option<::std::num::NonZeroU64>,
        offset: Option<u64>,
    ) -> Result<ResponseValue<types::RequisitionPage>, Error<()>> {
        let url = format!("{}/api/v2/requisitions/", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("offset", &offset))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_requisitions",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Creates a requisition, the request to link a person's accounts at one institution

Send the person to `link` in the answer. If no agreement is named the server makes one with 90 days of history, 90 days of access and all scopes. Not safe to repeat; `reference` must be unique, and unknown fields are refused. The company limit is 100 calls a minute.

Sends a `POST` request to `/api/v2/requisitions/`

Arguments:
- `body`: The institution, where to send the person afterwards, and the options of the link. Unknown fields are refused.
*/
    pub async fn create_requisition<'a>(
        &'a self,
        body: &'a types::NewRequisition,
    ) -> Result<ResponseValue<types::Requisition>, Error<()>> {
        let url = format!("{}/api/v2/requisitions/", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_requisition",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Reads one requisition, with its status and accounts

`accounts` is empty until the status is `LN`. `EX` is set late, only once an account has been accessed after the agreement ran out. The company limit for reading requisitions is 300 calls a minute.

Sends a `GET` request to `/api/v2/requisitions/{id}/`

Arguments:
- `id`: Id of the requisition, a UUID.
*/
    pub async fn get_requisition<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::RequisitionId,
    ) -> Result<ResponseValue<types::Requisition>, Error<()>> {
        let url = format!(
            "{}/api/v2/requisitions/{}/", self.baseurl, encode_path(& id.to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_requisition",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Deletes one requisition together with its end-user agreement

Answers 200 with a short JSON body, not 204. The company limit for deletes is 100 calls a minute.

Sends a `DELETE` request to `/api/v2/requisitions/{id}/`

Arguments:
- `id`: Id of the requisition, a UUID.
*/
    pub async fn delete_requisition<'a>(
        &'a self,
        id: &'a ::gocardless_bank_data_types::RequisitionId,
    ) -> Result<ResponseValue<types::Deletion>, Error<()>> {
        let url = format!(
            "{}/api/v2/requisitions/{}/", self.baseurl, encode_path(& id.to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_requisition",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Obtains an access token and a refresh token for a pair of secrets

The access token lives for 24 hours and the refresh token for 30 days. A company may call this 100 times an hour, so keep the pair and refresh it. No bearer token is needed here, although the document's root-level security says so.

Sends a `POST` request to `/api/v2/token/new/`

Arguments:
- `body`: The two secrets of the company.
*/
    pub async fn obtain_token_pair<'a>(
        &'a self,
        body: &'a types::TokenRequest,
    ) -> Result<ResponseValue<types::TokenPair>, Error<()>> {
        let url = format!("{}/api/v2/token/new/", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "obtain_token_pair",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }

    /**Obtains a fresh access token for a refresh token

The refresh token is neither replaced nor prolonged; once it is refused, obtain a new pair with the secrets. Send nothing but the refresh token. The company limit is 100 calls a minute, and no bearer token is needed.

Sends a `POST` request to `/api/v2/token/refresh/`

Arguments:
- `body`: The refresh token and nothing else; sending the secrets along makes the call fail.
*/
    pub async fn refresh_access_token<'a>(
        &'a self,
        body: &'a types::RefreshRequest,
    ) -> Result<ResponseValue<types::RefreshedToken>, Error<()>> {
        let url = format!("{}/api/v2/token/refresh/", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "refresh_access_token",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}

/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}

impl ClientHooks<::gocardless_bank_data_types::RequestCapture> for Client {
    /// Keeps the request for whoever called the function, which ends here: nothing is sent.
    async fn pre<E>(
        &self,
        request: &mut reqwest::Request,
        _info: &OperationInfo,
    ) -> Result<(), Error<E>> {
        self.inner().keep(request);
        Err(Error::Custom(String::new()))
    }
}
