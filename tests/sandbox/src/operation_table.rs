// Written by `cargo xtask generate`. Do not edit: change the contract, or xtask/src/generate/lists.rs.

//! The operations of the API by name.

/// One of the API's operations.
///
/// ```
/// use gocardless_bank_data_sandbox::Operation;
///
/// let balances = Operation::AccountBalances;
/// assert_eq!(balances.method(), "GET");
/// assert_eq!(balances.path(), "/api/v2/accounts/{id}/balances/");
/// assert_eq!(Operation::parse("retrieve account balances"), Some(balances));
/// assert_eq!(Operation::parse("GET /api/v2/accounts/{id}/balances/"), Some(balances));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {
    /// `GET /api/v2/accounts/{id}/`. Reads the metadata of one account: status, institution and number.
    AccountMetadata,
    /// `GET /api/v2/accounts/{id}/balances/`. Reads the balances of one account.
    AccountBalances,
    /// `GET /api/v2/accounts/{id}/details/`. Reads the details of one account: owner, currency, product and number.
    AccountDetails,
    /// `GET /api/v2/accounts/{id}/transactions/`. Reads the booked and pending transactions of one account.
    AccountTransactions,
    /// `GET /api/v2/agreements/enduser/`. Lists the end-user agreements of the company, in pages.
    ListAgreements,
    /// `POST /api/v2/agreements/enduser/`. Creates an end-user agreement with one institution.
    CreateAgreement,
    /// `GET /api/v2/agreements/enduser/{id}/`. Reads one end-user agreement.
    RetrieveAgreement,
    /// `DELETE /api/v2/agreements/enduser/{id}/`. Deletes one end-user agreement.
    DeleteAgreement,
    /// `PUT /api/v2/agreements/enduser/{id}/accept/`. Accepts an end-user agreement on behalf of the person.
    AcceptAgreement,
    /// `GET /api/v2/agreements/enduser/{id}/reconfirm/`. Reads the reconfirmation of an end-user agreement.
    RetrieveReconfirmation,
    /// `POST /api/v2/agreements/enduser/{id}/reconfirm/`. Creates a reconfirmation of an end-user agreement.
    CreateReconfirmation,
    /// `GET /api/v2/institutions/`. Lists the institutions of a country.
    ListInstitutions,
    /// `GET /api/v2/institutions/{id}/`. Reads one institution.
    RetrieveInstitution,
    /// `GET /api/v2/requisitions/`. Lists the requisitions of the company, in pages.
    ListRequisitions,
    /// `POST /api/v2/requisitions/`. Creates a requisition, the request to link a person's accounts at one institution.
    CreateRequisition,
    /// `GET /api/v2/requisitions/{id}/`. Reads one requisition, with its status and accounts.
    RetrieveRequisition,
    /// `DELETE /api/v2/requisitions/{id}/`. Deletes one requisition together with its end-user agreement.
    DeleteRequisition,
    /// `POST /api/v2/token/new/`. Obtains an access token and a refresh token for a pair of secrets.
    ObtainToken,
    /// `POST /api/v2/token/refresh/`. Obtains a fresh access token for a refresh token.
    RefreshToken,
}

impl Operation {
    /// All of them, in the order of the contract.
    pub const ALL: &'static [Self] = &[
        Self::AccountMetadata,
        Self::AccountBalances,
        Self::AccountDetails,
        Self::AccountTransactions,
        Self::ListAgreements,
        Self::CreateAgreement,
        Self::RetrieveAgreement,
        Self::DeleteAgreement,
        Self::AcceptAgreement,
        Self::RetrieveReconfirmation,
        Self::CreateReconfirmation,
        Self::ListInstitutions,
        Self::RetrieveInstitution,
        Self::ListRequisitions,
        Self::CreateRequisition,
        Self::RetrieveRequisition,
        Self::DeleteRequisition,
        Self::ObtainToken,
        Self::RefreshToken,
    ];

    /// Method and path.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::AccountMetadata => "GET /api/v2/accounts/{id}/",
            Self::AccountBalances => "GET /api/v2/accounts/{id}/balances/",
            Self::AccountDetails => "GET /api/v2/accounts/{id}/details/",
            Self::AccountTransactions => "GET /api/v2/accounts/{id}/transactions/",
            Self::ListAgreements => "GET /api/v2/agreements/enduser/",
            Self::CreateAgreement => "POST /api/v2/agreements/enduser/",
            Self::RetrieveAgreement => "GET /api/v2/agreements/enduser/{id}/",
            Self::DeleteAgreement => "DELETE /api/v2/agreements/enduser/{id}/",
            Self::AcceptAgreement => "PUT /api/v2/agreements/enduser/{id}/accept/",
            Self::RetrieveReconfirmation => "GET /api/v2/agreements/enduser/{id}/reconfirm/",
            Self::CreateReconfirmation => "POST /api/v2/agreements/enduser/{id}/reconfirm/",
            Self::ListInstitutions => "GET /api/v2/institutions/",
            Self::RetrieveInstitution => "GET /api/v2/institutions/{id}/",
            Self::ListRequisitions => "GET /api/v2/requisitions/",
            Self::CreateRequisition => "POST /api/v2/requisitions/",
            Self::RetrieveRequisition => "GET /api/v2/requisitions/{id}/",
            Self::DeleteRequisition => "DELETE /api/v2/requisitions/{id}/",
            Self::ObtainToken => "POST /api/v2/token/new/",
            Self::RefreshToken => "POST /api/v2/token/refresh/",
        }
    }
}
