//! The one table of calls: for each operation the wrapper call that makes it, with only what is required and with everything.

use std::fmt;
use std::future::Future;
use std::num::NonZeroU64;
use std::pin::Pin;

use bytes::Bytes;
use chrono::NaiveDate;
use gocardless_bank_data::{
    AccessScope, AccountId, AgreementId, BankData, Error, InstitutionId, RateLimits, RequisitionId, Response,
};
use serde::Serialize;
use serde_json::Value;

use crate::client::{account, institution};

/// The reference of the requisition that is created with everything.
pub const REFERENCE: &str = "customer-17 ü";

/// What a call that succeeded returned.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The status.
    pub status: u16,
    /// The body as it came; empty for the token operations.
    pub body: Bytes,
    /// The decoded value, encoded again.
    pub value: Value,
    /// `Debug` of the decoded value, which names the parts that could not be read.
    pub shown: String,
    /// The limits in the headers.
    pub rate_limits: RateLimits,
}

impl<T: Serialize + std::fmt::Debug> From<Response<T>> for Returned {
    fn from(response: Response<T>) -> Self {
        Self {
            status: response.status().as_u16(),
            body: response.body().clone(),
            rate_limits: response.rate_limits(),
            shown: format!("{:?}", response.value()),
            value: serde_json::to_value(response.value()).expect("what was decoded can be encoded"),
        }
    }
}

/// A call that is under way.
pub type Driven = Pin<Box<dyn Future<Output = Result<Returned, Error>> + Send>>;

/// The ids used in the calls.
#[derive(Clone, Debug)]
pub struct Ids {
    /// An institution.
    pub institution: InstitutionId,
    /// An agreement.
    pub agreement: AgreementId,
    /// A requisition.
    pub requisition: RequisitionId,
    /// An account.
    pub account: AccountId,
    /// A refresh token.
    pub refresh: String,
}

impl Default for Ids {
    fn default() -> Self {
        Self {
            institution: institution(),
            agreement: "0fa85f64-5717-4562-b3fc-2c963f66afa1".parse().expect("an id"),
            requisition: "1fa85f64-5717-4562-b3fc-2c963f66afa2".parse().expect("an id"),
            account: account(),
            refresh: "refresh-token".to_owned(),
        }
    }
}

impl Ids {
    /// The id in the path of an operation; empty if there is none.
    #[must_use]
    pub fn id_in(&self, path: &str) -> &str {
        match path {
            path if !path.contains("{id}") => "",
            path if path.contains("/institutions/") => self.institution.as_str(),
            path if path.contains("/agreements/") => self.agreement.as_str(),
            path if path.contains("/requisitions/") => self.requisition.as_str(),
            path if path.contains("/accounts/") => self.account.as_str(),
            other => panic!("whose id is it in {other}? add it to tests/support/src/calls.rs"),
        }
    }
}

/// How to make one operation through the wrapper.
pub struct Driver {
    /// Method and path, as in the contract.
    pub key: &'static str,
    /// With only what is required.
    pub minimal: fn(&BankData, &Ids) -> Driven,
    /// With every parameter set.
    pub full: fn(&BankData, &Ids) -> Driven,
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Driver").field(&self.key).finish()
    }
}

/// The driver of an operation.
#[must_use]
pub fn driver(key: &str) -> &'static Driver {
    let found = DRIVERS.iter().find(|driver| driver.key == key);
    found.unwrap_or_else(|| panic!("{key} has no driver: add one to tests/support/src/calls.rs"))
}

macro_rules! sent {
    ($call:expr) => {{
        let call = $call;
        Box::pin(async move { call.send().await.map(Returned::from) })
    }};
}

macro_rules! drivers {
    ($($key:literal: |$bank:ident, $on:ident| $minimal:expr $(; $full:expr)?,)+) => {
        /// All drivers.
        pub const DRIVERS: &[Driver] = &[$(drivers!(one $key, $bank, $on, $minimal $(, $full)?)),+];
    };
    (one $key:literal, $bank:ident, $on:ident, $minimal:expr, $full:expr) => {
        Driver { key: $key, minimal: |$bank, $on| sent!($minimal), full: |$bank, $on| sent!($full) }
    };
    (one $key:literal, $bank:ident, $on:ident, $minimal:expr) => {
        drivers!(one $key, $bank, $on, $minimal, $minimal)
    };
}

drivers! {
    "POST /api/v2/token/new/": |bank, _on| bank.tokens().obtain(),
    "POST /api/v2/token/refresh/": |bank, on| bank.tokens().refresh(on.refresh.as_str()),

    "GET /api/v2/institutions/": |bank, _on| bank.institutions().list();
        bank.institutions()
            .list()
            .country("gb")
            .access_scopes_supported(true)
            .account_selection_supported(false)
            .business_accounts_supported(true)
            .card_accounts_supported(false)
            .corporate_accounts_supported(true)
            .pending_transactions_supported(false)
            .private_accounts_supported(true)
            .read_debtor_account_supported(false)
            .read_refund_account_supported(true)
            .separate_continuous_history_consent_supported(false)
            .ssn_verification_supported(true),
    "GET /api/v2/institutions/{id}/": |bank, on| bank.institutions().get(&on.institution),

    "GET /api/v2/agreements/enduser/": |bank, _on| bank.agreements().list();
        bank.agreements().list().limit(most(17)).offset(3),
    "POST /api/v2/agreements/enduser/": |bank, on| bank.agreements().create(&on.institution);
        bank.agreements()
            .create(&on.institution)
            .max_historical_days(180)
            .access_valid_for_days(30)
            .access_scope([AccessScope::Balances, AccessScope::Details, AccessScope::Transactions])
            .reconfirmation(true),
    "GET /api/v2/agreements/enduser/{id}/": |bank, on| bank.agreements().get(&on.agreement),
    "DELETE /api/v2/agreements/enduser/{id}/": |bank, on| bank.agreements().delete(&on.agreement),
    "PUT /api/v2/agreements/enduser/{id}/accept/": |bank, on|
        bank.agreements().accept(&on.agreement, "Mozilla/5.0", "192.0.2.1"),
    "GET /api/v2/agreements/enduser/{id}/reconfirm/": |bank, on| bank.agreements().reconfirmation(&on.agreement),
    "POST /api/v2/agreements/enduser/{id}/reconfirm/": |bank, on| bank.agreements().reconfirm(&on.agreement);
        bank.agreements().reconfirm(&on.agreement).redirect("https://example.org/back?a=b&c=%20"),

    "GET /api/v2/requisitions/": |bank, _on| bank.requisitions().list();
        bank.requisitions().list().limit(most(100)).offset(1_000_000),
    "POST /api/v2/requisitions/": |bank, on| bank.requisitions().create_without_redirect(&on.institution);
        bank.requisitions()
            .create(&on.institution, "https://example.org/back?a=b&c=%20")
            .agreement(on.agreement.clone())
            .reference(REFERENCE)
            .user_language("EN")
            .ssn("19900101-1234")
            .account_selection(false)
            .redirect_immediate(true),
    "GET /api/v2/requisitions/{id}/": |bank, on| bank.requisitions().get(&on.requisition),
    "DELETE /api/v2/requisitions/{id}/": |bank, on| bank.requisitions().delete(&on.requisition),

    "GET /api/v2/accounts/{id}/": |bank, on| bank.account(&on.account).metadata(),
    "GET /api/v2/accounts/{id}/balances/": |bank, on| bank.account(&on.account).balances(),
    "GET /api/v2/accounts/{id}/details/": |bank, on| bank.account(&on.account).details(),
    "GET /api/v2/accounts/{id}/transactions/": |bank, on| bank.account(&on.account).transactions();
        bank.account(&on.account).transactions().from(day(2025, 1, 2)).to(day(2025, 12, 31)),
}

fn most(limit: u64) -> NonZeroU64 {
    NonZeroU64::new(limit).expect("more than none")
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}
