//! The structs of the floor: what one writes by hand for the same responses, every text a `String`.
//!
//! They have all members of the vendor's document, so that they keep what our client keeps.

#![allow(dead_code, reason = "decoding a member costs something whether or not it is read")]

use serde::{Deserialize, Serialize};

/// The response to a read of transactions.
#[derive(Debug, Deserialize)]
pub struct Transactions {
    pub transactions: Booked,
    pub last_updated: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Booked {
    pub booked: Vec<Transaction>,
    pub pending: Option<Vec<Transaction>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transaction {
    pub transaction_id: Option<String>,
    pub entry_reference: Option<String>,
    pub end_to_end_id: Option<String>,
    pub mandate_id: Option<String>,
    pub check_id: Option<String>,
    pub creditor_id: Option<String>,
    pub booking_date: Option<String>,
    pub value_date: Option<String>,
    pub booking_date_time: Option<String>,
    pub value_date_time: Option<String>,
    pub transaction_amount: Money,
    pub currency_exchange: Option<Vec<Exchange>>,
    pub creditor_name: Option<String>,
    pub creditor_account: Option<Counterparty>,
    pub ultimate_creditor: Option<String>,
    pub debtor_name: Option<String>,
    pub debtor_account: Option<Counterparty>,
    pub ultimate_debtor: Option<String>,
    pub remittance_information_unstructured: Option<String>,
    pub remittance_information_unstructured_array: Option<Vec<String>>,
    pub remittance_information_structured: Option<String>,
    pub remittance_information_structured_array: Option<Vec<String>>,
    pub additional_information: Option<String>,
    pub purpose_code: Option<String>,
    pub bank_transaction_code: Option<String>,
    pub proprietary_bank_transaction_code: Option<String>,
    pub internal_transaction_id: Option<String>,
    pub balance_after_transaction: Option<BalanceAfter>,
}

#[derive(Debug, Deserialize)]
pub struct Money {
    pub amount: String,
    pub currency: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counterparty {
    pub iban: Option<String>,
    pub bban: Option<String>,
    pub pan: Option<String>,
    pub masked_pan: Option<String>,
    pub msisdn: Option<String>,
    pub currency: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BalanceAfter {
    pub balance_amount: Money,
    pub balance_type: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    pub source_currency: Option<String>,
    pub exchange_rate: Option<String>,
    pub unit_currency: Option<String>,
    pub target_currency: Option<String>,
    pub quotation_date: Option<String>,
    pub contract_identification: Option<String>,
}

/// A token pair, as far as a caller needs it.
#[derive(Debug, Deserialize)]
pub struct Pair {
    pub access: String,
    pub access_expires: u64,
    pub refresh: String,
}

/// A new access token.
#[derive(Debug, Deserialize)]
pub struct Refreshed {
    pub access: String,
    pub access_expires: u64,
}

/// The metadata of an account.
#[derive(Debug, Deserialize)]
pub struct Account {
    pub id: Option<String>,
    pub created: Option<String>,
    pub last_accessed: Option<String>,
    pub iban: Option<String>,
    pub bban: Option<String>,
    pub status: Option<String>,
    pub institution_id: Option<String>,
    pub owner_name: Option<String>,
    pub name: Option<String>,
}

/// The balances of an account.
#[derive(Debug, Deserialize)]
pub struct Balances {
    pub balances: Vec<Balance>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Balance {
    pub balance_amount: Money,
    pub balance_type: String,
    pub credit_limit_included: Option<bool>,
    pub last_change_date_time: Option<String>,
    pub reference_date: Option<String>,
    pub last_committed_transaction: Option<String>,
}

/// A page of requisitions.
#[derive(Debug, Deserialize)]
pub struct Requisitions {
    pub count: usize,
    pub next: Option<String>,
    pub previous: Option<String>,
    pub results: Vec<Requisition>,
}

#[derive(Debug, Deserialize)]
pub struct Requisition {
    pub id: Option<String>,
    pub created: Option<String>,
    pub redirect: Option<String>,
    pub status: Option<String>,
    pub institution_id: String,
    pub agreement: Option<String>,
    pub reference: Option<String>,
    pub accounts: Option<Vec<String>>,
    pub user_language: Option<String>,
    pub link: Option<String>,
    pub ssn: Option<String>,
    pub account_selection: Option<bool>,
    pub redirect_immediate: Option<bool>,
}

/// What is sent to create a requisition or an agreement.
#[derive(Debug, Serialize)]
pub struct Requested {
    pub institution_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
}
