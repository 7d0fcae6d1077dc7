//! One call of every kind, so that a rule can be held against all of them.

use gocardless_bank_data::{AccountId, BankData, Call, Class, Error, RateLimits, Response};
use serde_json::{Value, json};

use crate::client::{account, institution};
use crate::reply::Answer;

/// A call to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A plain read: the metadata of an account.
    Metadata,
    /// A plain read: one institution.
    Institution,
    /// A scarce read.
    Balances,
    /// A scarce read.
    Details,
    /// A scarce read.
    Transactions,
    /// A write.
    CreateRequisition,
    /// A write.
    CreateAgreement,
    /// An idempotent write.
    DeleteRequisition,
    /// An idempotent write.
    AcceptAgreement,
}

/// What a call that succeeded came to.
#[derive(Debug)]
pub struct Seen {
    /// The limits that came with it.
    pub rate_limits: RateLimits,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl<T> From<Response<T>> for Seen {
    fn from(response: Response<T>) -> Self {
        Self { rate_limits: *response.rate_limits(), body: response.body().to_vec() }
    }
}

const ID: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

impl Subject {
    /// All of them.
    pub const ALL: [Self; 9] = [
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
    pub fn of(class: Class) -> Vec<Self> {
        Self::ALL.into_iter().filter(|subject| subject.class() == class).collect()
    }

    /// Its class.
    #[must_use]
    pub fn class(self) -> Class {
        match self {
            Self::Metadata | Self::Institution => Class::PlainRead,
            Self::Balances | Self::Details | Self::Transactions => Class::ScarceRead,
            Self::CreateRequisition | Self::CreateAgreement => Class::Write,
            Self::DeleteRequisition | Self::AcceptAgreement => Class::IdempotentWrite,
        }
    }

    /// The answer of a server that carries it out.
    #[must_use]
    pub fn success(self) -> Answer {
        let created = matches!(self, Self::CreateRequisition | Self::CreateAgreement);
        Answer::json(if created { 201 } else { 200 }, &self.value())
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
                "reference": "customer-17", "accounts": [], "link": "https://example.org/link",
            }),
            Self::CreateAgreement | Self::AcceptAgreement => agreement,
            Self::DeleteRequisition => json!({ "summary": "Requisition deleted", "detail": "It is gone" }),
        }
    }

    /// Makes the call. A requisition bears the reference `customer-17`.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn call(self, bank: &BankData) -> Result<Seen, Error> {
        self.call_about(bank, account()).await
    }

    /// Makes the call; where it reads an account, this one.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn call_about(self, bank: &BankData, account: AccountId) -> Result<Seen, Error> {
        let reads = bank.account(account);
        let id = || ID.parse::<gocardless_bank_data::AgreementId>().unwrap();
        match self {
            Self::Metadata => seen(reads.metadata()).await,
            Self::Institution => seen(bank.institutions().get(institution())).await,
            Self::Balances => seen(reads.balances()).await,
            Self::Details => seen(reads.details()).await,
            Self::Transactions => reads.transactions().send().await.map(Seen::from),
            Self::CreateRequisition => {
                let create = bank.requisitions().create(institution(), "https://example.org/back");
                create.reference("customer-17").send().await.map(Seen::from)
            }
            Self::CreateAgreement => bank.agreements().create(institution()).send().await.map(Seen::from),
            Self::DeleteRequisition => {
                let id: gocardless_bank_data::RequisitionId = ID.parse().unwrap();
                seen(bank.requisitions().delete(id)).await
            }
            Self::AcceptAgreement => seen(bank.agreements().accept(id(), "Mozilla/5.0", "192.0.2.1")).await,
        }
    }
}

async fn seen<T>(call: Call<T>) -> Result<Seen, Error>
where
    T: serde::de::DeserializeOwned + Send + 'static,
{
    call.send().await.map(Seen::from)
}
