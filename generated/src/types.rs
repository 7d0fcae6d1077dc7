// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a setting instead.
// Input: openapi/client.json, sha256 7babb11091d7d4d6635f63a52b4a963077fc4e4dceeaff09d057ef3d0aeaae46
// Generator: progenitor 0.15.1, as xtask/src/generate/progenitor.rs calls it

//! Parameters, requests and answers of the operations.

/// What is known of the person who accepts an end-user agreement.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct AcceptAgreementRequest {
    /// IP address of the person's device.
    pub ip_address: ::gocardless_bank_data_types::Text,
    /// User agent string of the person's browser.
    pub user_agent: ::gocardless_bank_data_types::Text,
}

/// Metadata of one account, as GoCardless keeps it.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// Domestic account number. Missing or `null` in many answers, then look into the account details.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bban: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// When the account came to be known to GoCardless, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub created: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// IBAN of the account. `null` for accounts outside the IBAN area; several accounts may share one IBAN and differ by currency only.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub iban: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Id of the account, a UUID.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::gocardless_bank_data_types::AccountId>,
    /// Id of the institution that holds the account.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub institution_id: ::std::option::Option<
        ::gocardless_bank_data_types::InstitutionId,
    >,
    /// When the account was last accessed, RFC 3339. In fact `null` on a fresh account, though the document does not allow it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub last_accessed: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// Name of the account. Not every answer has it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Name of the account's owner. Not every answer has it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub owner_name: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// State of the account: `DISCOVERED`, `PROCESSING`, `READY`, `ERROR`, `SUSPENDED` or `EXPIRED`. Other values may appear.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::gocardless_bank_data_types::AccountStatus>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Details of an account as the bank states them. Every member is optional, and banks fill few.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AccountDetails {
    /// Further data on the account, such as a second number.
    #[serde(
        rename = "additionalAccountData",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub additional_account_data: ::std::option::Option<
        ::gocardless_bank_data_types::OrOther<AdditionalAccountData>,
    >,
    /// Domestic account number, for accounts without an IBAN.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bban: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// BIC of the institution that holds the account, 8 or 11 characters.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bic: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Kind of account as a code of ISO 20022, such as `CACC` for a current account.
    #[serde(
        rename = "cashAccountType",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub cash_account_type: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Currency of the account, three letters of ISO 4217.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub currency: ::std::option::Option<::gocardless_bank_data_types::Currency>,
    /// Traits of the account or of its card, as free text.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub details: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Name that the owner gave the account in online banking.
    #[serde(
        rename = "displayName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub display_name: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// IBAN of the account, where it has one.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub iban: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Account that belongs to this one, such as the one that settles a card.
    #[serde(
        rename = "linkedAccounts",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub linked_accounts: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Number of a payment card with most digits hidden.
    #[serde(
        rename = "maskedPan",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub masked_pan: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Telephone number that identifies the account.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub msisdn: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Name of the account, given by the bank or agreed with the owner.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Address of the owner, in parts.
    #[serde(
        rename = "ownerAddressStructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub owner_address_structured: ::std::option::Option<OwnerAddress>,
    /// Address of the owner, line by line. Often missing; some clients have had to take a single string.
    #[serde(
        rename = "ownerAddressUnstructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub owner_address_unstructured: ::std::option::Option<
        ::gocardless_bank_data_types::OneOrMany<::gocardless_bank_data_types::Text>,
    >,
    /// Name of the account's owner, or of several owners in one text.
    #[serde(
        rename = "ownerName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub owner_name: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// The bank's name for the product, such as `Checkings`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub product: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// The bank's own id of the account. It is not the account id of this API.
    #[serde(
        rename = "resourceId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub resource_id: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// British account number: sort code of 6 digits and account number of 8 digits together.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scan: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// State of the account at the bank, such as `enabled`, `deleted` or `blocked`. Not the status of the account's metadata.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Use of the account: `PRIV` for private or `ORGA` for professional.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub usage: ::std::option::Option<::gocardless_bank_data_types::Text>,
}

/// Details of one account, wrapped in an object.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AccountDetailsResponse {
    /// The details as the bank states them.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub account: ::gocardless_bank_data_types::OrEmpty<AccountDetails>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Further data on an account.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AdditionalAccountData {
    /// Second identification of the account, such as the routing number of an account in the United States.
    #[serde(
        rename = "secondaryIdentification",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub secondary_identification: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
}

/// End-user agreement: what may be read, how far back, and for how long.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// When the person gave consent, RFC 3339; `null`, perhaps an empty string, until then.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub accepted: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// What may be read: `balances`, `details`, `transactions`, all of them by default. The document leaves the items untyped; they are strings.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub access_scope: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::AccessScope,
    >,
    /// Days of access, counted from acceptance, from 1 to 730 and not more than the institution allows, often 90 or 180. The default is 90.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access_valid_for_days: ::std::option::Option<::gocardless_bank_data_types::Days>,
    /// When the agreement was created, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub created: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// Id of the end-user agreement, a UUID.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::gocardless_bank_data_types::AgreementId>,
    /// Id of the institution that the agreement is for.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub institution_id: ::gocardless_bank_data_types::OrEmpty<
        ::gocardless_bank_data_types::InstitutionId,
    >,
    /// Days of transaction history that may be read, from 1 to 730 and not more than `transaction_total_days` of the institution. The default is 90.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_historical_days: ::std::option::Option<::gocardless_bank_data_types::Days>,
    /// Whether access may be prolonged by reconfirmation, for banks of the United Kingdom only.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reconfirmation: ::std::option::Option<bool>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// One page of end-user agreements.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct AgreementPage {
    /// Number of all end-user agreements, not only of those on this page.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub count: ::std::option::Option<i64>,
    /// Absolute URL of the page after this one, `null` on the last page. It names the vendor's host even behind a proxy, so count with `limit` and `offset` instead of following it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub next: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Absolute URL of the page before this one, `null` on the first page.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub previous: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// The end-user agreements of this page.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub results: ::gocardless_bank_data_types::Entries<Agreement>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// One balance of an account.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Balance {
    /// Amount and currency of the balance.
    #[serde(rename = "balanceAmount")]
    pub balance_amount: Money,
    /// Kind of balance, such as `closingBooked`, `expected`, `interimAvailable` or `interimBooked`. Banks use more kinds and sometimes a capital first letter.
    #[serde(
        rename = "balanceType",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub balance_type: ::std::option::Option<::gocardless_bank_data_types::BalanceType>,
    /// Whether the credit limit of the account is counted in.
    #[serde(
        rename = "creditLimitIncluded",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub credit_limit_included: ::std::option::Option<bool>,
    /// When the balance last changed, as date and time in text. The document sets no format.
    #[serde(
        rename = "lastChangeDateTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub last_change_date_time: ::std::option::Option<
        ::gocardless_bank_data_types::Private<::gocardless_bank_data_types::Timestamp>,
    >,
    /// Entry reference of the last transaction counted in.
    #[serde(
        rename = "lastCommittedTransaction",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub last_committed_transaction: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
    /// Day the balance holds for, usually `YYYY-MM-DD`, sometimes with a time. Often missing.
    #[serde(
        rename = "referenceDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub reference_date: ::std::option::Option<::gocardless_bank_data_types::Date>,
}

/// Balance right after a transaction. Documents before mid-2025 gave it another shape.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct BalanceAfterTransaction {
    /// Amount of the balance in the older form of this object, which has no `balanceAmount`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub amount: ::std::option::Option<::gocardless_bank_data_types::Amount>,
    /// Amount and currency of the balance.
    #[serde(
        rename = "balanceAmount",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub balance_amount: ::std::option::Option<Money>,
    /// Kind of balance, such as `interimBooked`. Some banks leave it out.
    #[serde(
        rename = "balanceType",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub balance_type: ::std::option::Option<::gocardless_bank_data_types::BalanceType>,
    /// Currency of the balance in the older form of this object, which has no `balanceAmount`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub currency: ::std::option::Option<::gocardless_bank_data_types::Currency>,
    /// Day that the balance is of, which some banks add. Not in the vendor's document.
    #[serde(
        rename = "referenceDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub reference_date: ::std::option::Option<::gocardless_bank_data_types::Date>,
}

/// Balances of one account.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Balances {
    /// One entry for each kind of balance the bank states. It may be missing or empty.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub balances: ::gocardless_bank_data_types::Entries<Balance>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Transactions of an account by state. Either list may be missing in fact.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct BookedAndPending {
    /// Transactions the bank has booked. Repeats are possible, and a few entries hold nothing but an amount.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub booked: ::gocardless_bank_data_types::Entries<Transaction>,
    /// Transactions not yet booked, fetched again each time, mostly without ids and often without a date.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub pending: ::gocardless_bank_data_types::Entries<Transaction>,
}

/// Account of the other side of a transaction. Every member is optional.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct CounterpartyAccount {
    /// Domestic account number, for accounts without an IBAN. Some banks send an empty string.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bban: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Currency of the account, three letters of ISO 4217.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub currency: ::std::option::Option<::gocardless_bank_data_types::Currency>,
    /// IBAN of the account. Some banks send an empty string.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub iban: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Number of a payment card with most digits hidden.
    #[serde(
        rename = "maskedPan",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub masked_pan: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Telephone number that identifies the account.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub msisdn: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Full number of a payment card. Handle it as a secret.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub pan: ::std::option::Option<::gocardless_bank_data_types::Text>,
}

/// Conversion between currencies in a transaction. Some banks add `instructedAmount`, which the document lacks.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct CurrencyExchange {
    /// Reference of the exchange contract.
    #[serde(
        rename = "contractIdentification",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub contract_identification: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
    /// Rate of the conversion, decimal text of any precision.
    #[serde(
        rename = "exchangeRate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub exchange_rate: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Amount before the exchange, in the currency of the order. Not in the vendor's document.
    #[serde(
        rename = "instructedAmount",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub instructed_amount: ::std::option::Option<Money>,
    /// Day the rate was quoted, such as `2022-08-15` or `2023-06-14T00:00:00.0000000` without a zone.
    #[serde(
        rename = "quotationDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub quotation_date: ::std::option::Option<::gocardless_bank_data_types::Date>,
    /// Currency converted from, three letters of ISO 4217.
    #[serde(
        rename = "sourceCurrency",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub source_currency: ::std::option::Option<::gocardless_bank_data_types::Currency>,
    /// Currency converted to, three letters of ISO 4217.
    #[serde(
        rename = "targetCurrency",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub target_currency: ::std::option::Option<::gocardless_bank_data_types::Currency>,
    /// Currency of which the rate prices one unit, three letters of ISO 4217.
    #[serde(
        rename = "unitCurrency",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub unit_currency: ::std::option::Option<::gocardless_bank_data_types::Currency>,
}

/// Confirmation of a deletion. It has no `status_code`.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Deletion {
    /// The same in a full sentence.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub detail: ::gocardless_bank_data_types::OrEmpty<
        ::gocardless_bank_data_types::Text,
    >,
    /// Short statement of what was deleted.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub summary: ::gocardless_bank_data_types::OrEmpty<
        ::gocardless_bank_data_types::Text,
    >,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Institution as it appears in the list.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Institution {
    /// BIC of the institution, 8 or 11 characters.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bic: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Countries the institution serves, each as two letters of ISO 3166.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub countries: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::Text,
    >,
    /// Id of the institution, such as `N26_NTSBDEB1`. It is a name, not a UUID.
    pub id: ::gocardless_bank_data_types::InstitutionId,
    /// Codes that identify the institution; empty in every answer seen.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub identification_codes: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::Json,
    >,
    /// URL of the institution's logo. The host has changed over time.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub logo: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Longest access that an agreement may ask for, in days, as a number in text, such as `"180"`. It bounds `access_valid_for_days` of an agreement.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_access_valid_for_days: ::std::option::Option<
        ::gocardless_bank_data_types::Days,
    >,
    /// Longest access that an agreement with reconfirmation may ask for, in days, as a number in text. Only institutions that offer reconfirmation, those of the United Kingdom, have it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_access_valid_for_days_reconfirmation: ::std::option::Option<
        ::gocardless_bank_data_types::Days,
    >,
    /// Name of the institution, to be shown to people.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub name: ::gocardless_bank_data_types::OrEmpty<::gocardless_bank_data_types::Text>,
    /// Whether an agreement for more than 90 days of history freezes the list of transactions, where it is not in `supported_features`. Not in the vendor's document.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub separate_continuous_history_consent: ::std::option::Option<bool>,
    /// What the institution can do, such as `account_selection`. The list of institutions has it, although the document gives it to a single one only.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub supported_features: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::Feature,
    >,
    /// Days of transaction history that the institution offers, as a number in text, such as `"90"`. It bounds `max_historical_days` of an agreement.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub transaction_total_days: ::std::option::Option<
        ::gocardless_bank_data_types::Days,
    >,
}

/// One institution with the features it supports.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct InstitutionDetails {
    /// BIC of the institution, 8 or 11 characters.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bic: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Countries the institution serves, each as two letters of ISO 3166.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub countries: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::Text,
    >,
    /// Id of the institution, such as `N26_NTSBDEB1`. It is a name, not a UUID.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub id: ::gocardless_bank_data_types::OrEmpty<
        ::gocardless_bank_data_types::InstitutionId,
    >,
    /// Codes that identify the institution. Untyped, and empty in every recorded answer.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub identification_codes: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::Json,
    >,
    /// URL of the institution's logo. The host has changed over time.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub logo: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Longest access that an agreement may ask for, in days, as a number in text, such as `"180"`. It bounds `access_valid_for_days` of an agreement.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_access_valid_for_days: ::std::option::Option<
        ::gocardless_bank_data_types::Days,
    >,
    /// Longest access that an agreement with reconfirmation may ask for, in days, as a number in text. Only institutions that offer reconfirmation, those of the United Kingdom, have it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_access_valid_for_days_reconfirmation: ::std::option::Option<
        ::gocardless_bank_data_types::Days,
    >,
    /// Name of the institution, to be shown to people.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub name: ::gocardless_bank_data_types::OrEmpty<::gocardless_bank_data_types::Text>,
    /// Whether an agreement for more than 90 days of history freezes the list of transactions, where it is not in `supported_features`. Not in the vendor's document.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub separate_continuous_history_consent: ::std::option::Option<bool>,
    /// Names of the features the institution supports, such as `account_selection` or `pending_transactions`. The document leaves the items untyped; they are strings.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub supported_features: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::Feature,
    >,
    /// Days of transaction history that the institution offers, as a number in text, such as `"90"`. It bounds `max_historical_days` of an agreement.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub transaction_total_days: ::std::option::Option<
        ::gocardless_bank_data_types::Days,
    >,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Amount and currency of a transaction, or of the balance after it.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Money {
    /// Amount as decimal text with a point, such as `-15.00`; negative is a debit. The number of decimals varies and may be none. A few banks get the sign wrong.
    pub amount: ::gocardless_bank_data_types::Amount,
    /// Currency as three letters of ISO 4217, such as `EUR`.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub currency: ::gocardless_bank_data_types::OrEmpty<
        ::gocardless_bank_data_types::Currency,
    >,
}

/// Terms of a new end-user agreement.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct NewAgreement {
    /// What may be read: `balances`, `details`, `transactions`, all of them by default. The list may not be empty. Some banks take certain scopes together only.
    #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
    pub access_scope: ::std::vec::Vec<::gocardless_bank_data_types::AccessScope>,
    /// Days of access, counted from acceptance, from 1 to 730 and not more than the institution allows, often 90 or 180. The default is 90.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access_valid_for_days: ::std::option::Option<::gocardless_bank_data_types::Days>,
    /// Id of the institution that the agreement is for.
    pub institution_id: ::gocardless_bank_data_types::InstitutionId,
    /// Days of transaction history that may be read, from 1 to 730 and not more than `transaction_total_days` of the institution. The default is 90.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_historical_days: ::std::option::Option<::gocardless_bank_data_types::Days>,
    /// Whether access may be prolonged by reconfirmation, for banks of the United Kingdom only. Refused if `access_valid_for_days` is 90 or less; needs a permission of the company.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reconfirmation: ::std::option::Option<bool>,
}

/// Options of a new reconfirmation.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct NewReconfirmation {
    /// Where the person's browser goes after reconfirming, a URI of at most 1,024 characters. It takes the place of the requisition's own redirect; may be `null`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect: ::std::option::Option<::gocardless_bank_data_types::Text>,
}

/// Terms of a new requisition.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct NewRequisition {
    /// Whether the person chooses which accounts to share, at institutions that support it. The default is `false`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub account_selection: ::std::option::Option<bool>,
    /// Id of an end-user agreement with the same institution, a UUID. One agreement serves one requisition only; if left out, the server makes one with default terms.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub agreement: ::std::option::Option<::gocardless_bank_data_types::AgreementId>,
    /// Id of the institution whose accounts shall be linked.
    pub institution_id: ::gocardless_bank_data_types::InstitutionId,
    /// Where the person's browser goes when the link flow ends, a URI of at most 1,024 characters. The server adds `ref` and, after a failure, `error` and `details` to its query. Required, though `null` is allowed.
    #[serde(deserialize_with = "::std::option::Option::deserialize")]
    pub redirect: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Whether the person is sent back at once instead of after the accounts have been prepared; the accounts are then `PROCESSING` at first. It matters for agreements of more than 90 days. The default is `false`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect_immediate: ::std::option::Option<bool>,
    /// The company's own name for the requisition, unique, 1 to 256 characters. It comes back as `ref` on the redirect; if left out, the server makes a UUID.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reference: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Social security number that the institution shall verify, at most 64 characters. A mismatch rejects the requisition. It is personal data: keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub ssn: ::std::option::Option<::gocardless_bank_data_types::Secret>,
    /// Language of the pages shown to the person, such as `en`, at most 5 characters.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub user_language: ::std::option::Option<::gocardless_bank_data_types::Text>,
}

/// Address of an account's owner, in parts. Every part is optional.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct OwnerAddress {
    /// Number of the building in the street.
    #[serde(
        rename = "buildingNumber",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub building_number: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Country, usually as two letters of ISO 3166.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub country: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Postal code.
    #[serde(rename = "postCode", skip_serializing_if = "::std::option::Option::is_none")]
    pub post_code: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Name of the street.
    #[serde(
        rename = "streetName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub street_name: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Name of the town.
    #[serde(rename = "townName", skip_serializing_if = "::std::option::Option::is_none")]
    pub town_name: ::std::option::Option<::gocardless_bank_data_types::Text>,
}

/// Reconfirmation of an end-user agreement. No client has been seen testing it live.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Reconfirmation {
    /// Outcome for each account, keyed by account id. Each value holds `reconfirmed` and `rejected`, both an RFC 3339 time or an empty string.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub accounts: ::gocardless_bank_data_types::OrEmpty<
        ::gocardless_bank_data_types::ReconfirmedAccounts,
    >,
    /// When the reconfirmation was created, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub created: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// When the reconfirmation was last opened, not necessarily by the person. RFC 3339; `null` if never.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub last_accessed: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// When the reconfirmation was last submitted, which may happen several times. RFC 3339; `null` if never.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub last_submitted: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// URL to send the person to.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reconfirmation_url: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Where the person's browser goes after reconfirming, a URI of at most 1,024 characters. It takes the place of the requisition's own redirect; may be `null`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
    /// When `reconfirmation_url` starts to work, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub url_valid_from: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// When `reconfirmation_url` stops working, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub url_valid_to: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
}

/// Refresh token that an access token is obtained with.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct RefreshRequest {
    /// The refresh token. Keep it out of logs.
    pub refresh: ::gocardless_bank_data_types::Secret,
}

/// New access token. There is no new refresh token in it.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct RefreshedToken {
    /// The access token, to be sent as a bearer token. Keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<::gocardless_bank_data_types::Secret>,
    /// Life of the access token in seconds from now, usually 86400.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access_expires: ::std::option::Option<i64>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Requisition as it is read: a person's link to the accounts at one institution.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Requisition {
    /// Whether the person chooses which accounts to share, at institutions that support it. The default is `false`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub account_selection: ::std::option::Option<bool>,
    /// Ids of the linked accounts, UUIDs. Empty until the status is `LN`; closed accounts may stay in the list.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub accounts: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::AccountId,
    >,
    /// Id of the end-user agreement, a UUID. The server assigns one of its own if none was named at creation.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub agreement: ::std::option::Option<::gocardless_bank_data_types::AgreementId>,
    /// When the requisition was created, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub created: ::std::option::Option<::gocardless_bank_data_types::Timestamp>,
    /// Id of the requisition, a UUID.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::gocardless_bank_data_types::RequisitionId>,
    /// Id of the institution whose accounts are linked.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub institution_id: ::gocardless_bank_data_types::OrEmpty<
        ::gocardless_bank_data_types::InstitutionId,
    >,
    /// URL to send the person to, good for one use. The default in the document is a mere sample.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub link: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Where the person's browser goes when the link flow ends, a URI of at most 1,024 characters. The server adds `ref` and, after a failure, `error` and `details` to its query.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Whether the person is sent back at once instead of after the accounts have been prepared; the accounts are then `PROCESSING` at first. It matters for agreements of more than 90 days. The default is `false`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect_immediate: ::std::option::Option<bool>,
    /// The company's own name for the requisition, unique, at most 256 characters. A UUID made by the server if none was given.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reference: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Social security number that the institution shall verify, at most 64 characters. Often `null`. It is personal data: keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub ssn: ::std::option::Option<::gocardless_bank_data_types::Secret>,
    /// How far the link flow has come. Accounts are there from `LN` on.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::gocardless_bank_data_types::RequisitionStatus>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
    /// Language of the pages shown to the person, such as `en`, at most 5 characters. Missing or `null` when none was given.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub user_language: ::std::option::Option<::gocardless_bank_data_types::Text>,
}

/// One page of requisitions.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct RequisitionPage {
    /// Number of all requisitions, not only of those on this page.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub count: ::std::option::Option<i64>,
    /// Absolute URL of the page after this one, `null` on the last page. It names the vendor's host even behind a proxy, so count with `limit` and `offset` instead of following it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub next: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Absolute URL of the page before this one, `null` on the first page.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub previous: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// The requisitions of this page.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub results: ::gocardless_bank_data_types::Entries<Requisition>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Token pair. The document requires no member, yet all four come.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct TokenPair {
    /// The access token, to be sent as a bearer token. Keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<::gocardless_bank_data_types::Secret>,
    /// Life of the access token in seconds from now, usually 86400.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access_expires: ::std::option::Option<i64>,
    /// The refresh token, good for new access tokens. Keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub refresh: ::std::option::Option<::gocardless_bank_data_types::Secret>,
    /// Life of the refresh token in seconds from now, usually 2592000.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub refresh_expires: ::std::option::Option<i64>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Secrets that a token pair is obtained with.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct TokenRequest {
    /// Id of the secret, a UUID in practice.
    pub secret_id: ::gocardless_bank_data_types::Secret,
    /// The secret itself, 128 hexadecimal digits in practice. Keep it out of logs.
    pub secret_key: ::gocardless_bank_data_types::Secret,
}

/// One transaction. Only the amount is certain; banks fill the rest as they please.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Transaction {
    /// Further data of the bank, such as the card that was used; the form is the bank's own. Not in the vendor's document.
    #[serde(
        rename = "additionalDataStructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub additional_data_structured: ::std::option::Option<
        ::gocardless_bank_data_types::Json,
    >,
    /// Anything more the bank says about the transaction, as text.
    #[serde(
        rename = "additionalInformation",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub additional_information: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
    /// Further information in the bank's own form. Not in the vendor's document.
    #[serde(
        rename = "additionalInformationStructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub additional_information_structured: ::std::option::Option<
        ::gocardless_bank_data_types::Json,
    >,
    /// Balance of the account right after the transaction. Shapes other than the declared one have been seen.
    #[serde(
        rename = "balanceAfterTransaction",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub balance_after_transaction: ::std::option::Option<
        ::gocardless_bank_data_types::OrOther<BalanceAfterTransaction>,
    >,
    /// Kind of transaction as codes of ISO 20022, such as `PMNT-RCDT-ESCT`.
    #[serde(
        rename = "bankTransactionCode",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub bank_transaction_code: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Day of booking, usually `YYYY-MM-DD`. Pending transactions often have none, and some banks give a day in the future.
    #[serde(
        rename = "bookingDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub booking_date: ::std::option::Option<::gocardless_bank_data_types::Date>,
    /// Time of booking. Banks vary: with or without seconds, up to 7 decimals of a second, any offset or no zone at all.
    #[serde(
        rename = "bookingDateTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub booking_date_time: ::std::option::Option<
        ::gocardless_bank_data_types::Private<::gocardless_bank_data_types::Timestamp>,
    >,
    /// Whether the bank calls the entry booked or pending, as some banks repeat it in the entry. Not in the vendor's document.
    #[serde(
        rename = "bookingStatus",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub booking_status: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Number of the cheque.
    #[serde(rename = "checkId", skip_serializing_if = "::std::option::Option::is_none")]
    pub check_id: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Account of the one who gets the money.
    #[serde(
        rename = "creditorAccount",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub creditor_account: ::std::option::Option<
        ::gocardless_bank_data_types::OrOther<CounterpartyAccount>,
    >,
    /// Bank of the creditor; the form is the bank's own. Not in the vendor's document.
    #[serde(
        rename = "creditorAgent",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub creditor_agent: ::std::option::Option<::gocardless_bank_data_types::Json>,
    /// Id of the creditor of a direct debit, as registered for SEPA.
    #[serde(
        rename = "creditorId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub creditor_id: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Name of the one who gets the money.
    #[serde(
        rename = "creditorName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub creditor_name: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Conversions between currencies. Some banks send one object instead of an array.
    #[serde(
        rename = "currencyExchange",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub currency_exchange: ::std::option::Option<
        ::gocardless_bank_data_types::OneOrMany<CurrencyExchange>,
    >,
    /// Account of the one who pays.
    #[serde(
        rename = "debtorAccount",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub debtor_account: ::std::option::Option<
        ::gocardless_bank_data_types::OrOther<CounterpartyAccount>,
    >,
    /// Bank of the debtor; the form is the bank's own. Not in the vendor's document.
    #[serde(
        rename = "debtorAgent",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub debtor_agent: ::std::option::Option<::gocardless_bank_data_types::Json>,
    /// Name of the one who pays.
    #[serde(
        rename = "debtorName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub debtor_name: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Reference set by the one who started the payment, passed on unchanged to the other side.
    #[serde(
        rename = "endToEndId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub end_to_end_id: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// The bank's reference of the entry in its books. Not unique at every bank.
    #[serde(
        rename = "entryReference",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub entry_reference: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Id made by GoCardless, unique within one account only. Missing on pending transactions, and may change for a whole bank at once.
    #[serde(
        rename = "internalTransactionId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub internal_transaction_id: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
    /// Id of the mandate behind a direct debit.
    #[serde(
        rename = "mandateId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub mandate_id: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Category of the merchant, a four-digit code of ISO 18245. Not in the vendor's document.
    #[serde(
        rename = "merchantCategoryCode",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub merchant_category_code: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
    /// A code of the bank's own; the form is the bank's own. Not in the vendor's document.
    #[serde(
        rename = "proprietaryBank",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub proprietary_bank: ::std::option::Option<::gocardless_bank_data_types::Json>,
    /// Kind of transaction in the bank's own code or words, such as `TRANSFER`.
    #[serde(
        rename = "proprietaryBankTransactionCode",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub proprietary_bank_transaction_code: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
    /// Purpose of the payment as a code of ISO 20022, such as `SALA`.
    #[serde(
        rename = "purposeCode",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub purpose_code: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// What the payment is for, as a formal reference such as an invoice number.
    #[serde(
        rename = "remittanceInformationStructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub remittance_information_structured: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
    /// What the payment is for, as several formal references; bare codes occur.
    #[serde(rename = "remittanceInformationStructuredArray")]
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub remittance_information_structured_array: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::Text,
    >,
    /// What the payment is for, as free text. Line breaks and odd escapes occur; some banks fill the array only.
    #[serde(
        rename = "remittanceInformationUnstructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub remittance_information_unstructured: ::std::option::Option<
        ::gocardless_bank_data_types::Text,
    >,
    /// What the payment is for, as free text in several parts. At some banks the only remittance information.
    #[serde(rename = "remittanceInformationUnstructuredArray")]
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub remittance_information_unstructured_array: ::gocardless_bank_data_types::Entries<
        ::gocardless_bank_data_types::Text,
    >,
    /// Amount and currency. Some card banks state the foreign amount here and the billed one in the remittance information only.
    #[serde(rename = "transactionAmount")]
    pub transaction_amount: Money,
    /// The bank's id of the transaction. It may be missing, blank, repeated, unstable or hundreds of characters long, so it is not a key by itself.
    #[serde(
        rename = "transactionId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub transaction_id: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Name of the party the money is meant for in the end, if not the creditor.
    #[serde(
        rename = "ultimateCreditor",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub ultimate_creditor: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Name of the party that owes the money in the end, if not the debtor.
    #[serde(
        rename = "ultimateDebtor",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub ultimate_debtor: ::std::option::Option<::gocardless_bank_data_types::Text>,
    /// Day the amount starts to count for interest, usually `YYYY-MM-DD`. May be the only date, and may lie in the future.
    #[serde(
        rename = "valueDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub value_date: ::std::option::Option<::gocardless_bank_data_types::Date>,
    /// Time the amount starts to count for interest. Forms vary as for `bookingDateTime`.
    #[serde(
        rename = "valueDateTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub value_date_time: ::std::option::Option<
        ::gocardless_bank_data_types::Private<::gocardless_bank_data_types::Timestamp>,
    >,
}

/// Transactions of one account, wrapped in an object.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Transactions {
    /// When the transactions were last updated, RFC 3339. Documented, but missing from every recorded answer.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub last_updated: ::std::option::Option<
        ::gocardless_bank_data_types::Private<::gocardless_bank_data_types::Timestamp>,
    >,
    /// The transactions, parted into booked and pending.
    #[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]
    #[cfg_attr(feature = "schemars", schemars(default))]
    pub transactions: ::gocardless_bank_data_types::OrEmpty<BookedAndPending>,
    /// The parts of the response that could not be read. Empty unless the bank sent something odd.
    #[serde(rename = "$unread")]
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub unread: ::gocardless_bank_data_types::Unread,
}

/// Error types.
pub mod error {
    /// Error from a `TryFrom` or `FromStr` implementation.
    pub struct ConversionError(::std::borrow::Cow<'static, str>);
    impl ::std::error::Error for ConversionError {}
    impl ::std::fmt::Display for ConversionError {
        fn fmt(
            &self,
            f: &mut ::std::fmt::Formatter<'_>,
        ) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Display::fmt(&self.0, f)
        }
    }

    impl ::std::fmt::Debug for ConversionError {
        fn fmt(
            &self,
            f: &mut ::std::fmt::Formatter<'_>,
        ) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Debug::fmt(&self.0, f)
        }
    }

    impl From<&'static str> for ConversionError {
        fn from(value: &'static str) -> Self {
            Self(value.into())
        }
    }

    impl From<String> for ConversionError {
        fn from(value: String) -> Self {
            Self(value.into())
        }
    }
}
