//! A few calls of each class, to check a rule against every class.

use gocardless_bank_data::{AccountId, BankData, Error, OperationClass};
use serde_json::{Value, json};

use crate::calls::{Ids, REFERENCE, Returned, driver};
use crate::reply::Answer;
use crate::server::Request;

/// A call to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A plain read: the metadata of an account.
    Metadata,
    /// A plain read: one institution.
    Institution,
    /// A metered read.
    Balances,
    /// A metered read.
    Details,
    /// A metered read.
    Transactions,
    /// A write, with the reference [`REFERENCE`].
    CreateRequisition,
    /// A write.
    CreateAgreement,
    /// An idempotent write.
    DeleteRequisition,
    /// An idempotent write.
    AcceptAgreement,
}

const ID: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

impl Subject {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Metadata,
        Self::Institution,
        Self::Balances,
        Self::Details,
        Self::Transactions,
        Self::CreateRequisition,
        Self::CreateAgreement,
        Self::DeleteRequisition,
        Self::AcceptAgreement,
    ];

    /// Those of one class.
    #[must_use]
    pub fn of(class: OperationClass) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|subject| subject.class() == class).collect()
    }

    /// The call that a request belongs to; [`Self::Metadata`] if it is none of these.
    #[must_use]
    pub fn asked(request: &Request) -> Self {
        let path = |subject: &Self| subject.key().split_once(' ').unwrap_or_default();
        let is_it = |subject: &Self| {
            let (method, path) = path(subject);
            let (start, end) = path.split_once("{id}").unwrap_or((path, ""));
            request.method == method
                && request.path.starts_with(start)
                && request.path.ends_with(end)
                && (path.contains('{') || request.path == path)
        };
        Self::ALL.iter().copied().rev().find(is_it).unwrap_or(Self::Metadata)
    }

    /// Method and path, as in the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Metadata => "GET /api/v2/accounts/{id}/",
            Self::Institution => "GET /api/v2/institutions/{id}/",
            Self::Balances => "GET /api/v2/accounts/{id}/balances/",
            Self::Details => "GET /api/v2/accounts/{id}/details/",
            Self::Transactions => "GET /api/v2/accounts/{id}/transactions/",
            Self::CreateRequisition => "POST /api/v2/requisitions/",
            Self::CreateAgreement => "POST /api/v2/agreements/enduser/",
            Self::DeleteRequisition => "DELETE /api/v2/requisitions/{id}/",
            Self::AcceptAgreement => "PUT /api/v2/agreements/enduser/{id}/accept/",
        }
    }

    /// Its class.
    #[must_use]
    pub fn class(self) -> OperationClass {
        match self {
            Self::Metadata | Self::Institution => OperationClass::PlainRead,
            Self::Balances | Self::Details | Self::Transactions => OperationClass::MeteredRead,
            Self::CreateRequisition | Self::CreateAgreement => OperationClass::Write,
            Self::DeleteRequisition | Self::AcceptAgreement => OperationClass::IdempotentWrite,
        }
    }

    /// A successful response to it.
    #[must_use]
    pub fn success(self) -> Answer {
        Answer::json(if self.class() == OperationClass::Write { 201 } else { 200 }, &self.value())
    }

    fn value(self) -> Value {
        let agreement = json!({
            "id": ID, "created": "2026-01-02T03:04:05Z", "institution_id": "SANDBOXFINANCE_SFIN0000",
            "max_historical_days": 90, "access_valid_for_days": 90,
            "access_scope": ["balances", "details", "transactions"], "accepted": null,
        });
        match self {
            Self::Metadata => json!({
                "id": ID, "created": "2026-01-02T03:04:05Z", "last_accessed": "2026-01-02T03:04:05Z",
                "iban": "GL3343697694912188", "institution_id": "SANDBOXFINANCE_SFIN0000", "status": "READY",
            }),
            Self::Institution => json!({
                "id": "SANDBOXFINANCE_SFIN0000", "name": "Sandbox Finance", "bic": "SFIN0000",
                "transaction_total_days": "90", "countries": ["XX"], "logo": "https://example.org/logo.png",
                "supported_payments": {}, "supported_features": [], "identification_codes": [],
            }),
            Self::Balances => json!({ "balances": [{
                "balanceAmount": { "amount": "1.00", "currency": "EUR" }, "balanceType": "expected",
            }] }),
            Self::Details => json!({ "account": { "iban": "GL3343697694912188", "currency": "EUR" } }),
            Self::Transactions => json!({ "transactions": { "booked": [], "pending": [] } }),
            Self::CreateRequisition => json!({
                "id": ID, "created": "2026-01-02T03:04:05Z", "redirect": "https://example.org/back",
                "status": "CR", "institution_id": "SANDBOXFINANCE_SFIN0000", "agreement": ID,
                "reference": REFERENCE, "accounts": [], "link": "https://example.org/link",
            }),
            Self::CreateAgreement | Self::AcceptAgreement => agreement,
            Self::DeleteRequisition => json!({ "summary": "Requisition deleted", "detail": "It is gone" }),
        }
    }

    /// Makes the call.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn call(self, bank: &BankData) -> Result<Returned, Error> {
        self.call_for(bank, crate::client::account()).await
    }

    /// Makes the call, for this account if it reads one.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn call_for(self, bank: &BankData, account: AccountId) -> Result<Returned, Error> {
        let (driver, ids) = (driver(self.key()), Ids { account, ..Ids::default() });
        let call = if self == Self::CreateRequisition { driver.full } else { driver.minimal };
        call(bank, &ids).await
    }
}
