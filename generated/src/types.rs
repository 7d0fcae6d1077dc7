// Written by `cargo xtask generate`. Do not edit: change the contract, a patch or a pass instead.
// Input: openapi/client.json, sha256 01436e4aacfe237b1837a44742a5740a7bb2d76e91744041e5e322b60f2671d0
// Generator: progenitor 0.15.1, then xtask/src/generate/polish

//! Parameters and answers of the operations, and builders of them.

/// Metadata of one account, as GoCardless keeps it.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct Account {
    /// Domestic account number. Missing or `null` in many answers, then look into the account details.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bban: ::std::option::Option<::std::string::String>,
    /// When the account came to be known to GoCardless, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub created: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// IBAN of the account. `null` for accounts outside the IBAN area; several accounts may share one IBAN and differ by currency only.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub iban: ::std::option::Option<::std::string::String>,
    /// Id of the account, a UUID.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::gocardless_bank_data_core::AccountId>,
    /// Id of the institution that holds the account.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub institution_id: ::std::option::Option<
        ::gocardless_bank_data_core::InstitutionId,
    >,
    /// When the account was last accessed, RFC 3339. In fact `null` on a fresh account, though the document does not allow it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub last_accessed: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// Name of the account. Not every answer has it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    /// Name of the account's owner. Not every answer has it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub owner_name: ::std::option::Option<::std::string::String>,
    /// State of the account: `DISCOVERED`, `PROCESSING`, `READY`, `ERROR`, `SUSPENDED` or `EXPIRED`. Other values may appear.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::gocardless_bank_data_core::AccountStatus>,
}

impl ::std::fmt::Debug for Account {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Account")
            .field("bban", &::gocardless_bank_data_core::Redacted::option(&self.bban))
            .field("created", &self.created)
            .field("iban", &::gocardless_bank_data_core::Redacted::option(&self.iban))
            .field("id", &self.id)
            .field("institution_id", &self.institution_id)
            .field("last_accessed", &self.last_accessed)
            .field("name", &::gocardless_bank_data_core::Redacted::option(&self.name))
            .field(
                "owner_name",
                &::gocardless_bank_data_core::Redacted::option(&self.owner_name),
            )
            .field("status", &self.status)
            .finish()
    }
}

impl Account {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::Account {
        Default::default()
    }
}

/// Balances of one account.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct AccountBalance {
    /// One entry for each kind of balance the bank states. It may be missing or empty.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub balances: ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<BalanceSchema>>,
}

impl ::std::fmt::Debug for AccountBalance {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Balances").field("balances", &self.balances).finish()
    }
}

impl AccountBalance {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::AccountBalance {
        Default::default()
    }
}

/// Details of one account, wrapped in an object.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct AccountDetail {
    /// The details as the bank states them.
    pub account: DetailSchema,
}

impl ::std::fmt::Debug for AccountDetail {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Details").field("account", &self.account).finish()
    }
}

impl AccountDetail {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::AccountDetail {
        Default::default()
    }
}

/// Account of the other side of a transaction. Every member is optional.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct AccountSchema {
    /// Domestic account number, for accounts without an IBAN. Some banks send an empty string.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bban: ::std::option::Option<::std::string::String>,
    /// Currency of the account, three letters of ISO 4217.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub currency: ::std::option::Option<::gocardless_bank_data_core::Currency>,
    /// IBAN of the account. Some banks send an empty string.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub iban: ::std::option::Option<::std::string::String>,
    /// Number of a payment card with most digits hidden.
    #[serde(
        rename = "maskedPan",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub masked_pan: ::std::option::Option<::std::string::String>,
    /// Telephone number that stands for the account.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub msisdn: ::std::option::Option<::std::string::String>,
    /// Full number of a payment card. Handle it as a secret.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub pan: ::std::option::Option<::std::string::String>,
}

impl ::std::fmt::Debug for AccountSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("CounterpartyAccount")
            .field("bban", &::gocardless_bank_data_core::Redacted::option(&self.bban))
            .field(
                "currency",
                &::gocardless_bank_data_core::Redacted::option(&self.currency),
            )
            .field("iban", &::gocardless_bank_data_core::Redacted::option(&self.iban))
            .field(
                "masked_pan",
                &::gocardless_bank_data_core::Redacted::option(&self.masked_pan),
            )
            .field(
                "msisdn",
                &::gocardless_bank_data_core::Redacted::option(&self.msisdn),
            )
            .field("pan", &::gocardless_bank_data_core::Redacted::option(&self.pan))
            .finish()
    }
}

impl AccountSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::AccountSchema {
        Default::default()
    }
}

/// Transactions of one account, wrapped in an object.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct AccountTransactions {
    /// When the transactions were last updated, RFC 3339. Documented, but missing from every recorded answer.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub last_updated: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// The transactions, parted into booked and pending.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub transactions: ::gocardless_bank_data_core::OrEmpty<BankTransaction>,
}

impl ::std::fmt::Debug for AccountTransactions {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Transactions")
            .field(
                "last_updated",
                &::gocardless_bank_data_core::Redacted::option(&self.last_updated),
            )
            .field("transactions", &self.transactions)
            .finish()
    }
}

impl AccountTransactions {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::AccountTransactions {
        Default::default()
    }
}

/// Further data on an account.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct AdditionalAccountDataSchema {
    /// Second identification of the account, such as the routing number of an account in the United States.
    #[serde(
        rename = "secondaryIdentification",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub secondary_identification: ::std::option::Option<::std::string::String>,
}

impl ::std::fmt::Debug for AdditionalAccountDataSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AdditionalAccountData")
            .field(
                "secondary_identification",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.secondary_identification,
                ),
            )
            .finish()
    }
}

impl AdditionalAccountDataSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::AdditionalAccountDataSchema {
        Default::default()
    }
}

/// Balance right after a transaction. Documents before mid-2025 gave it another shape.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct BalanceAfterTransactionSchema {
    /// Amount of the balance in the older form of this object, which has no `balanceAmount`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub amount: ::std::option::Option<::gocardless_bank_data_core::Amount>,
    /// Amount and currency of the balance.
    #[serde(
        rename = "balanceAmount",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub balance_amount: ::std::option::Option<TransactionAmountSchema>,
    /// Kind of balance, such as `interimBooked`. Some banks leave it out.
    #[serde(
        rename = "balanceType",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub balance_type: ::std::option::Option<::gocardless_bank_data_core::BalanceType>,
    /// Currency of the balance in the older form of this object, which has no `balanceAmount`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub currency: ::std::option::Option<::gocardless_bank_data_core::Currency>,
    /// Day that the balance is of, which some banks add. Not in the vendor's document.
    #[serde(
        rename = "referenceDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub reference_date: ::std::option::Option<::gocardless_bank_data_core::Date>,
}

impl ::std::fmt::Debug for BalanceAfterTransactionSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("BalanceAfterTransaction")
            .field(
                "amount",
                &::gocardless_bank_data_core::Redacted::option(&self.amount),
            )
            .field("balance_amount", &self.balance_amount)
            .field("balance_type", &self.balance_type)
            .field(
                "currency",
                &::gocardless_bank_data_core::Redacted::option(&self.currency),
            )
            .field(
                "reference_date",
                &::gocardless_bank_data_core::Redacted::option(&self.reference_date),
            )
            .finish()
    }
}

impl BalanceAfterTransactionSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::BalanceAfterTransactionSchema {
        Default::default()
    }
}

/// One balance of an account.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct BalanceSchema {
    /// Amount and currency of the balance.
    #[serde(rename = "balanceAmount")]
    pub balance_amount: TransactionAmountSchema,
    /// Kind of balance, such as `closingBooked`, `expected`, `interimAvailable` or `interimBooked`. Banks use more kinds and sometimes a capital first letter.
    #[serde(rename = "balanceType")]
    pub balance_type: ::gocardless_bank_data_core::BalanceType,
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
        ::gocardless_bank_data_core::Timestamp,
    >,
    /// Entry reference of the last transaction counted in.
    #[serde(
        rename = "lastCommittedTransaction",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub last_committed_transaction: ::std::option::Option<::std::string::String>,
    /// Day the balance holds for, usually `YYYY-MM-DD`, sometimes with a time. Often missing.
    #[serde(
        rename = "referenceDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub reference_date: ::std::option::Option<::gocardless_bank_data_core::Date>,
}

impl ::std::fmt::Debug for BalanceSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Balance")
            .field("balance_amount", &self.balance_amount)
            .field("balance_type", &self.balance_type)
            .field("credit_limit_included", &self.credit_limit_included)
            .field(
                "last_change_date_time",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.last_change_date_time,
                ),
            )
            .field(
                "last_committed_transaction",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.last_committed_transaction,
                ),
            )
            .field(
                "reference_date",
                &::gocardless_bank_data_core::Redacted::option(&self.reference_date),
            )
            .finish()
    }
}

impl BalanceSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::BalanceSchema {
        Default::default()
    }
}

/// Transactions of an account by state. Either list may be missing in fact.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct BankTransaction {
    /// Transactions the bank has booked. Repeats are possible, and a few entries hold nothing but an amount.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub booked: ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<TransactionSchema>>,
    /// Transactions not yet booked, fetched anew each time, mostly without ids and often without a date.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub pending: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<TransactionSchema>,
    >,
}

impl ::std::fmt::Debug for BankTransaction {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("BookedAndPending")
            .field("booked", &self.booked)
            .field("pending", &self.pending)
            .finish()
    }
}

impl BankTransaction {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::BankTransaction {
        Default::default()
    }
}

/// Conversion between currencies in a transaction. Some banks add `instructedAmount`, which the document lacks.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct CurrencyExchangeSchema {
    /// Reference of the exchange contract.
    #[serde(
        rename = "contractIdentification",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub contract_identification: ::std::option::Option<::std::string::String>,
    /// Rate of the conversion, decimal text of any precision.
    #[serde(
        rename = "exchangeRate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub exchange_rate: ::std::option::Option<::std::string::String>,
    /// Amount before the exchange, in the currency of the order. Not in the vendor's document.
    #[serde(
        rename = "instructedAmount",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub instructed_amount: ::std::option::Option<TransactionAmountSchema>,
    /// Day the rate was quoted, such as `2022-08-15` or `2023-06-14T00:00:00.0000000` without a zone.
    #[serde(
        rename = "quotationDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub quotation_date: ::std::option::Option<::gocardless_bank_data_core::Date>,
    /// Currency converted from, three letters of ISO 4217.
    #[serde(
        rename = "sourceCurrency",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub source_currency: ::std::option::Option<::gocardless_bank_data_core::Currency>,
    /// Currency converted to, three letters of ISO 4217.
    #[serde(
        rename = "targetCurrency",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub target_currency: ::std::option::Option<::gocardless_bank_data_core::Currency>,
    /// Currency of which the rate prices one unit, three letters of ISO 4217.
    #[serde(
        rename = "unitCurrency",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub unit_currency: ::std::option::Option<::gocardless_bank_data_core::Currency>,
}

impl ::std::fmt::Debug for CurrencyExchangeSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("CurrencyExchange")
            .field(
                "contract_identification",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.contract_identification,
                ),
            )
            .field(
                "exchange_rate",
                &::gocardless_bank_data_core::Redacted::option(&self.exchange_rate),
            )
            .field("instructed_amount", &self.instructed_amount)
            .field(
                "quotation_date",
                &::gocardless_bank_data_core::Redacted::option(&self.quotation_date),
            )
            .field(
                "source_currency",
                &::gocardless_bank_data_core::Redacted::option(&self.source_currency),
            )
            .field(
                "target_currency",
                &::gocardless_bank_data_core::Redacted::option(&self.target_currency),
            )
            .field(
                "unit_currency",
                &::gocardless_bank_data_core::Redacted::option(&self.unit_currency),
            )
            .finish()
    }
}

impl CurrencyExchangeSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::CurrencyExchangeSchema {
        Default::default()
    }
}

/// Details of an account as the bank states them. Every member is optional, and banks fill few.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct DetailSchema {
    /// Further data on the account, such as a second number.
    #[serde(
        rename = "additionalAccountData",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub additional_account_data: ::std::option::Option<AdditionalAccountDataSchema>,
    /// Domestic account number, for accounts without an IBAN.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bban: ::std::option::Option<::std::string::String>,
    /// BIC of the institution that holds the account, 8 or 11 characters.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bic: ::std::option::Option<::std::string::String>,
    /// Kind of account as a code of ISO 20022, such as `CACC` for a current account.
    #[serde(
        rename = "cashAccountType",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub cash_account_type: ::std::option::Option<::std::string::String>,
    /// Currency of the account, three letters of ISO 4217.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub currency: ::std::option::Option<::gocardless_bank_data_core::Currency>,
    /// Traits of the account or of its card, as free text.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub details: ::std::option::Option<::std::string::String>,
    /// Name that the owner gave the account in online banking.
    #[serde(
        rename = "displayName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub display_name: ::std::option::Option<::std::string::String>,
    /// IBAN of the account, where it has one.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub iban: ::std::option::Option<::std::string::String>,
    /// Account that belongs to this one, such as the one that settles a card.
    #[serde(
        rename = "linkedAccounts",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub linked_accounts: ::std::option::Option<::std::string::String>,
    /// Number of a payment card with most digits hidden.
    #[serde(
        rename = "maskedPan",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub masked_pan: ::std::option::Option<::std::string::String>,
    /// Telephone number that stands for the account.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub msisdn: ::std::option::Option<::std::string::String>,
    /// Name of the account, given by the bank or agreed with the owner.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub name: ::std::option::Option<::std::string::String>,
    /// Address of the owner, in parts.
    #[serde(
        rename = "ownerAddressStructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub owner_address_structured: ::std::option::Option<OwnerAddressStructuredSchema>,
    /// Address of the owner, line by line. Often missing; some clients have had to take a single string.
    #[serde(
        rename = "ownerAddressUnstructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub owner_address_unstructured: ::std::option::Option<
        ::gocardless_bank_data_core::OneOrMany<::std::string::String>,
    >,
    /// Name of the account's owner, or of several owners in one text.
    #[serde(
        rename = "ownerName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub owner_name: ::std::option::Option<::std::string::String>,
    /// The bank's name for the product, such as `Checkings`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub product: ::std::option::Option<::std::string::String>,
    /// The bank's own id of the account. It is not the account id of this API.
    #[serde(
        rename = "resourceId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub resource_id: ::std::option::Option<::std::string::String>,
    /// British account number: sort code of 6 digits and account number of 8 digits together.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub scan: ::std::option::Option<::std::string::String>,
    /// State of the account at the bank, such as `enabled`, `deleted` or `blocked`. Not the status of the account's metadata.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::std::string::String>,
    /// Use of the account: `PRIV` for private or `ORGA` for professional.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub usage: ::std::option::Option<::std::string::String>,
}

impl ::std::fmt::Debug for DetailSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AccountDetails")
            .field("additional_account_data", &self.additional_account_data)
            .field("bban", &::gocardless_bank_data_core::Redacted::option(&self.bban))
            .field("bic", &::gocardless_bank_data_core::Redacted::option(&self.bic))
            .field(
                "cash_account_type",
                &::gocardless_bank_data_core::Redacted::option(&self.cash_account_type),
            )
            .field(
                "currency",
                &::gocardless_bank_data_core::Redacted::option(&self.currency),
            )
            .field(
                "details",
                &::gocardless_bank_data_core::Redacted::option(&self.details),
            )
            .field(
                "display_name",
                &::gocardless_bank_data_core::Redacted::option(&self.display_name),
            )
            .field("iban", &::gocardless_bank_data_core::Redacted::option(&self.iban))
            .field(
                "linked_accounts",
                &::gocardless_bank_data_core::Redacted::option(&self.linked_accounts),
            )
            .field(
                "masked_pan",
                &::gocardless_bank_data_core::Redacted::option(&self.masked_pan),
            )
            .field(
                "msisdn",
                &::gocardless_bank_data_core::Redacted::option(&self.msisdn),
            )
            .field("name", &::gocardless_bank_data_core::Redacted::option(&self.name))
            .field("owner_address_structured", &self.owner_address_structured)
            .field(
                "owner_address_unstructured",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.owner_address_unstructured,
                ),
            )
            .field(
                "owner_name",
                &::gocardless_bank_data_core::Redacted::option(&self.owner_name),
            )
            .field(
                "product",
                &::gocardless_bank_data_core::Redacted::option(&self.product),
            )
            .field(
                "resource_id",
                &::gocardless_bank_data_core::Redacted::option(&self.resource_id),
            )
            .field("scan", &::gocardless_bank_data_core::Redacted::option(&self.scan))
            .field(
                "status",
                &::gocardless_bank_data_core::Redacted::option(&self.status),
            )
            .field("usage", &::gocardless_bank_data_core::Redacted::option(&self.usage))
            .finish()
    }
}

impl DetailSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::DetailSchema {
        Default::default()
    }
}

/// End-user agreement: what may be read, how far back, and for how long.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct EndUserAgreement {
    /// When the person gave consent, RFC 3339; `null`, perhaps an empty string, until then.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub accepted: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// What may be read: `balances`, `details`, `transactions`, all three by default. The document leaves the items untyped; they are strings.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub access_scope: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::gocardless_bank_data_core::AccessScope>,
    >,
    /// Days of access, counted from acceptance, from 1 to 730 and not more than the institution allows, often 90 or 180. The default is 90.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access_valid_for_days: ::std::option::Option<::gocardless_bank_data_core::Days>,
    /// When the agreement was created, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub created: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// Id of the end-user agreement, a UUID.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
    /// Id of the institution that the agreement is for.
    pub institution_id: ::gocardless_bank_data_core::InstitutionId,
    /// Days of transaction history that may be read, from 1 to 730 and not more than `transaction_total_days` of the institution. The default is 90.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_historical_days: ::std::option::Option<::gocardless_bank_data_core::Days>,
    /// Whether access may be prolonged by reconfirmation, for banks of the United Kingdom only.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reconfirmation: ::std::option::Option<bool>,
}

impl ::std::fmt::Debug for EndUserAgreement {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Agreement")
            .field("accepted", &self.accepted)
            .field("access_scope", &self.access_scope)
            .field("access_valid_for_days", &self.access_valid_for_days)
            .field("created", &self.created)
            .field("id", &self.id)
            .field("institution_id", &self.institution_id)
            .field("max_historical_days", &self.max_historical_days)
            .field("reconfirmation", &self.reconfirmation)
            .finish()
    }
}

impl EndUserAgreement {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::EndUserAgreement {
        Default::default()
    }
}

/// Terms of a new end-user agreement.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct EndUserAgreementRequest {
    /// What may be read: `balances`, `details`, `transactions`, all three by default. The list may not be empty. Some banks take certain scopes together only.
    #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
    pub access_scope: ::std::vec::Vec<::gocardless_bank_data_core::AccessScope>,
    /// Days of access, counted from acceptance, from 1 to 730 and not more than the institution allows, often 90 or 180. The default is 90.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access_valid_for_days: ::std::option::Option<
        ::gocardless_bank_data_core::Bounded<1, 730>,
    >,
    /// Id of the institution that the agreement is for.
    pub institution_id: ::gocardless_bank_data_core::InstitutionId,
    /// Days of transaction history that may be read, from 1 to 730 and not more than `transaction_total_days` of the institution. The default is 90.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_historical_days: ::std::option::Option<
        ::gocardless_bank_data_core::Bounded<1, 730>,
    >,
    /// Whether access may be prolonged by reconfirmation, for banks of the United Kingdom only. Refused if `access_valid_for_days` is 90 or less; needs a permission of the company.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reconfirmation: ::std::option::Option<bool>,
}

impl ::std::fmt::Debug for EndUserAgreementRequest {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("EndUserAgreementRequest")
            .field("access_scope", &self.access_scope)
            .field("access_valid_for_days", &self.access_valid_for_days)
            .field("institution_id", &self.institution_id)
            .field("max_historical_days", &self.max_historical_days)
            .field("reconfirmation", &self.reconfirmation)
            .finish()
    }
}

impl EndUserAgreementRequest {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::EndUserAgreementRequest {
        Default::default()
    }
}

/// What is known of the person who accepts an end-user agreement.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct EnduserAcceptanceDetailsRequest {
    /// IP address of the person's device.
    pub ip_address: EnduserAcceptanceDetailsRequestIpAddress,
    /// User agent string of the person's browser.
    pub user_agent: EnduserAcceptanceDetailsRequestUserAgent,
}

impl ::std::fmt::Debug for EnduserAcceptanceDetailsRequest {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("EnduserAcceptanceDetailsRequest")
            .field(
                "ip_address",
                &::gocardless_bank_data_core::Redacted::of(&self.ip_address),
            )
            .field(
                "user_agent",
                &::gocardless_bank_data_core::Redacted::of(&self.user_agent),
            )
            .finish()
    }
}

impl EnduserAcceptanceDetailsRequest {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::EnduserAcceptanceDetailsRequest {
        Default::default()
    }
}

/// IP address of the person's device.
#[derive(::serde::Serialize, Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct EnduserAcceptanceDetailsRequestIpAddress(::std::string::String);
impl ::std::fmt::Debug for EnduserAcceptanceDetailsRequestIpAddress {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_tuple("EnduserAcceptanceDetailsRequestIpAddress")
            .field(&::gocardless_bank_data_core::Redacted::of(&self.0))
            .finish()
    }
}

impl ::std::ops::Deref for EnduserAcceptanceDetailsRequestIpAddress {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}

impl ::std::convert::From<EnduserAcceptanceDetailsRequestIpAddress>
for ::std::string::String {
    fn from(value: EnduserAcceptanceDetailsRequestIpAddress) -> Self {
        value.0
    }
}

impl ::std::str::FromStr for EnduserAcceptanceDetailsRequestIpAddress {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        Ok(Self(value.to_string()))
    }
}

impl ::std::convert::TryFrom<&str> for EnduserAcceptanceDetailsRequestIpAddress {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl ::std::convert::TryFrom<::std::string::String>
for EnduserAcceptanceDetailsRequestIpAddress {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl<'de> ::serde::Deserialize<'de> for EnduserAcceptanceDetailsRequestIpAddress {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}

/// User agent string of the person's browser.
#[derive(::serde::Serialize, Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct EnduserAcceptanceDetailsRequestUserAgent(::std::string::String);
impl ::std::fmt::Debug for EnduserAcceptanceDetailsRequestUserAgent {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_tuple("EnduserAcceptanceDetailsRequestUserAgent")
            .field(&::gocardless_bank_data_core::Redacted::of(&self.0))
            .finish()
    }
}

impl ::std::ops::Deref for EnduserAcceptanceDetailsRequestUserAgent {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}

impl ::std::convert::From<EnduserAcceptanceDetailsRequestUserAgent>
for ::std::string::String {
    fn from(value: EnduserAcceptanceDetailsRequestUserAgent) -> Self {
        value.0
    }
}

impl ::std::str::FromStr for EnduserAcceptanceDetailsRequestUserAgent {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        Ok(Self(value.to_string()))
    }
}

impl ::std::convert::TryFrom<&str> for EnduserAcceptanceDetailsRequestUserAgent {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl ::std::convert::TryFrom<::std::string::String>
for EnduserAcceptanceDetailsRequestUserAgent {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl<'de> ::serde::Deserialize<'de> for EnduserAcceptanceDetailsRequestUserAgent {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}

/// Institution as it appears in the list.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct Integration {
    /// BIC of the institution, 8 or 11 characters.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bic: ::std::option::Option<::std::string::String>,
    /// Countries the institution serves, each as two letters of ISO 3166.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub countries: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::std::string::String>,
    >,
    /// Id of the institution, such as `N26_NTSBDEB1`. It is a name, not a UUID.
    pub id: ::gocardless_bank_data_core::InstitutionId,
    /// Codes that identify the institution; empty in every answer seen.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub identification_codes: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::serde_json::Value>,
    >,
    /// URL of the institution's logo. The host has changed over time.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub logo: ::std::option::Option<::std::string::String>,
    /// Longest access that an agreement may ask for, in days, as a number in text, such as `"180"`. It bounds `access_valid_for_days` of an agreement.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_access_valid_for_days: ::std::option::Option<
        ::gocardless_bank_data_core::Days,
    >,
    /// Longest access that an agreement with reconfirmation may ask for, in days, as a number in text. Only institutions that offer reconfirmation, those of the United Kingdom, have it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_access_valid_for_days_reconfirmation: ::std::option::Option<
        ::gocardless_bank_data_core::Days,
    >,
    /// Name of the institution, to be shown to people.
    pub name: ::std::string::String,
    /// What the institution can do, such as `account_selection`. The list of institutions has it, although the document gives it to a single one only.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub supported_features: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::gocardless_bank_data_core::Feature>,
    >,
    /// Days of transaction history that the institution offers, as a number in text, such as `"90"`. It bounds `max_historical_days` of an agreement.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub transaction_total_days: ::std::option::Option<::gocardless_bank_data_core::Days>,
}

impl ::std::fmt::Debug for Integration {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Institution")
            .field("bic", &::gocardless_bank_data_core::Redacted::option(&self.bic))
            .field(
                "countries",
                &::gocardless_bank_data_core::Redacted::of(&self.countries),
            )
            .field("id", &self.id)
            .field(
                "identification_codes",
                &::gocardless_bank_data_core::Redacted::of(&self.identification_codes),
            )
            .field("logo", &::gocardless_bank_data_core::Redacted::option(&self.logo))
            .field("max_access_valid_for_days", &self.max_access_valid_for_days)
            .field(
                "max_access_valid_for_days_reconfirmation",
                &self.max_access_valid_for_days_reconfirmation,
            )
            .field("name", &::gocardless_bank_data_core::Redacted::of(&self.name))
            .field("supported_features", &self.supported_features)
            .field("transaction_total_days", &self.transaction_total_days)
            .finish()
    }
}

impl Integration {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::Integration {
        Default::default()
    }
}

/// One institution with the features it supports.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct IntegrationRetrieve {
    /// BIC of the institution, 8 or 11 characters.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub bic: ::std::option::Option<::std::string::String>,
    /// Countries the institution serves, each as two letters of ISO 3166.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub countries: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::std::string::String>,
    >,
    /// Id of the institution, such as `N26_NTSBDEB1`. It is a name, not a UUID.
    pub id: ::gocardless_bank_data_core::InstitutionId,
    /// Codes that identify the institution. Untyped, and empty in every recorded answer.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub identification_codes: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::serde_json::Value>,
    >,
    /// URL of the institution's logo. The host has changed over time.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub logo: ::std::option::Option<::std::string::String>,
    /// Longest access that an agreement may ask for, in days, as a number in text, such as `"180"`. It bounds `access_valid_for_days` of an agreement.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_access_valid_for_days: ::std::option::Option<
        ::gocardless_bank_data_core::Days,
    >,
    /// Longest access that an agreement with reconfirmation may ask for, in days, as a number in text. Only institutions that offer reconfirmation, those of the United Kingdom, have it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub max_access_valid_for_days_reconfirmation: ::std::option::Option<
        ::gocardless_bank_data_core::Days,
    >,
    /// Name of the institution, to be shown to people.
    pub name: ::std::string::String,
    /// Names of the features the institution supports, such as `account_selection` or `pending_transactions`. The document leaves the items untyped; they are strings.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub supported_features: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::gocardless_bank_data_core::Feature>,
    >,
    /// Days of transaction history that the institution offers, as a number in text, such as `"90"`. It bounds `max_historical_days` of an agreement.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub transaction_total_days: ::std::option::Option<::gocardless_bank_data_core::Days>,
}

impl ::std::fmt::Debug for IntegrationRetrieve {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("InstitutionDetails")
            .field("bic", &::gocardless_bank_data_core::Redacted::option(&self.bic))
            .field(
                "countries",
                &::gocardless_bank_data_core::Redacted::of(&self.countries),
            )
            .field("id", &self.id)
            .field(
                "identification_codes",
                &::gocardless_bank_data_core::Redacted::of(&self.identification_codes),
            )
            .field("logo", &::gocardless_bank_data_core::Redacted::option(&self.logo))
            .field("max_access_valid_for_days", &self.max_access_valid_for_days)
            .field(
                "max_access_valid_for_days_reconfirmation",
                &self.max_access_valid_for_days_reconfirmation,
            )
            .field("name", &::gocardless_bank_data_core::Redacted::of(&self.name))
            .field("supported_features", &self.supported_features)
            .field("transaction_total_days", &self.transaction_total_days)
            .finish()
    }
}

impl IntegrationRetrieve {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::IntegrationRetrieve {
        Default::default()
    }
}

/// Secrets that a token pair is obtained with.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct JwtObtainPairRequest {
    /// Id of the secret, a UUID in practice.
    pub secret_id: ::gocardless_bank_data_core::Secret,
    /// The secret itself, 128 hexadecimal digits in practice. Keep it out of logs.
    pub secret_key: ::gocardless_bank_data_core::Secret,
}

impl ::std::fmt::Debug for JwtObtainPairRequest {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("JwtObtainPairRequest")
            .field("secret_id", &self.secret_id)
            .field("secret_key", &self.secret_key)
            .finish()
    }
}

impl JwtObtainPairRequest {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::JwtObtainPairRequest {
        Default::default()
    }
}

/// Refresh token that an access token is obtained with.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct JwtRefreshRequest {
    /// The refresh token. Keep it out of logs.
    pub refresh: ::gocardless_bank_data_core::Secret,
}

impl ::std::fmt::Debug for JwtRefreshRequest {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("JwtRefreshRequest").field("refresh", &self.refresh).finish()
    }
}

impl JwtRefreshRequest {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::JwtRefreshRequest {
        Default::default()
    }
}

/// Address of an account's owner, in parts. Every part is optional.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct OwnerAddressStructuredSchema {
    /// Number of the building in the street.
    #[serde(
        rename = "buildingNumber",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub building_number: ::std::option::Option<::std::string::String>,
    /// Country, usually as two letters of ISO 3166.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub country: ::std::option::Option<::std::string::String>,
    /// Postal code.
    #[serde(rename = "postCode", skip_serializing_if = "::std::option::Option::is_none")]
    pub post_code: ::std::option::Option<::std::string::String>,
    /// Name of the street.
    #[serde(
        rename = "streetName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub street_name: ::std::option::Option<::std::string::String>,
    /// Name of the town.
    #[serde(rename = "townName", skip_serializing_if = "::std::option::Option::is_none")]
    pub town_name: ::std::option::Option<::std::string::String>,
}

impl ::std::fmt::Debug for OwnerAddressStructuredSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("OwnerAddress")
            .field(
                "building_number",
                &::gocardless_bank_data_core::Redacted::option(&self.building_number),
            )
            .field(
                "country",
                &::gocardless_bank_data_core::Redacted::option(&self.country),
            )
            .field(
                "post_code",
                &::gocardless_bank_data_core::Redacted::option(&self.post_code),
            )
            .field(
                "street_name",
                &::gocardless_bank_data_core::Redacted::option(&self.street_name),
            )
            .field(
                "town_name",
                &::gocardless_bank_data_core::Redacted::option(&self.town_name),
            )
            .finish()
    }
}

impl OwnerAddressStructuredSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::OwnerAddressStructuredSchema {
        Default::default()
    }
}

/// One page of end-user agreements.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct PaginatedEndUserAgreementList {
    /// Number of all end-user agreements, not only of those on this page.
    pub count: i64,
    /// Absolute URL of the page after this one, `null` on the last page. It names the vendor's host even behind a proxy, so count with `limit` and `offset` instead of following it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub next: ::std::option::Option<::std::string::String>,
    /// Absolute URL of the page before this one, `null` on the first page.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub previous: ::std::option::Option<::std::string::String>,
    /// The end-user agreements of this page.
    pub results: ::std::vec::Vec<EndUserAgreement>,
}

impl ::std::fmt::Debug for PaginatedEndUserAgreementList {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("AgreementPage")
            .field("count", &self.count)
            .field("next", &::gocardless_bank_data_core::Redacted::option(&self.next))
            .field(
                "previous",
                &::gocardless_bank_data_core::Redacted::option(&self.previous),
            )
            .field("results", &self.results)
            .finish()
    }
}

impl PaginatedEndUserAgreementList {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::PaginatedEndUserAgreementList {
        Default::default()
    }
}

/// One page of requisitions.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct PaginatedRequisitionList {
    /// Number of all requisitions, not only of those on this page.
    pub count: i64,
    /// Absolute URL of the page after this one, `null` on the last page. It names the vendor's host even behind a proxy, so count with `limit` and `offset` instead of following it.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub next: ::std::option::Option<::std::string::String>,
    /// Absolute URL of the page before this one, `null` on the first page.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub previous: ::std::option::Option<::std::string::String>,
    /// The requisitions of this page.
    pub results: ::std::vec::Vec<Requisition>,
}

impl ::std::fmt::Debug for PaginatedRequisitionList {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RequisitionPage")
            .field("count", &self.count)
            .field("next", &::gocardless_bank_data_core::Redacted::option(&self.next))
            .field(
                "previous",
                &::gocardless_bank_data_core::Redacted::option(&self.previous),
            )
            .field("results", &self.results)
            .finish()
    }
}

impl PaginatedRequisitionList {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::PaginatedRequisitionList {
        Default::default()
    }
}

/// Reconfirmation of an end-user agreement. No client has been seen testing it live.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct ReconfirmationRetrieve {
    /// Outcome for each account, keyed by account id. Each value holds `reconfirmed` and `rejected`, both an RFC 3339 time or an empty string.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub accounts: ::gocardless_bank_data_core::OrEmpty<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    >,
    /// When the reconfirmation was created, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub created: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// When the reconfirmation was last opened, not necessarily by the person. RFC 3339; `null` if never.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub last_accessed: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// When the reconfirmation was last submitted, which may happen several times. RFC 3339; `null` if never.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub last_submitted: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// URL to send the person to.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reconfirmation_url: ::std::option::Option<::std::string::String>,
    /// Where the person's browser goes after reconfirming, a URI of at most 1,024 characters. It takes the place of the requisition's own redirect; may be `null`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect: ::std::option::Option<::std::string::String>,
    /// When `reconfirmation_url` starts to work, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub url_valid_from: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// When `reconfirmation_url` stops working, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub url_valid_to: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
}

impl ::std::fmt::Debug for ReconfirmationRetrieve {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Reconfirmation")
            .field(
                "accounts",
                &::gocardless_bank_data_core::Redacted::of(&self.accounts),
            )
            .field("created", &self.created)
            .field("last_accessed", &self.last_accessed)
            .field("last_submitted", &self.last_submitted)
            .field(
                "reconfirmation_url",
                &::gocardless_bank_data_core::Redacted::option(&self.reconfirmation_url),
            )
            .field(
                "redirect",
                &::gocardless_bank_data_core::Redacted::option(&self.redirect),
            )
            .field("url_valid_from", &self.url_valid_from)
            .field("url_valid_to", &self.url_valid_to)
            .finish()
    }
}

impl ReconfirmationRetrieve {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::ReconfirmationRetrieve {
        Default::default()
    }
}

/// Options of a new reconfirmation.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct ReconfirmationRetrieveRequest {
    /// Where the person's browser goes after reconfirming, a URI of at most 1,024 characters. It takes the place of the requisition's own redirect; may be `null`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect: ::std::option::Option<ReconfirmationRetrieveRequestRedirect>,
}

impl ::std::fmt::Debug for ReconfirmationRetrieveRequest {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("ReconfirmationRetrieveRequest")
            .field(
                "redirect",
                &::gocardless_bank_data_core::Redacted::option(&self.redirect),
            )
            .finish()
    }
}

impl ReconfirmationRetrieveRequest {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::ReconfirmationRetrieveRequest {
        Default::default()
    }
}

/// Where the person's browser goes after reconfirming, a URI of at most 1,024 characters. It takes the place of the requisition's own redirect; may be `null`.
#[derive(::serde::Serialize, Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct ReconfirmationRetrieveRequestRedirect(::std::string::String);
impl ::std::fmt::Debug for ReconfirmationRetrieveRequestRedirect {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_tuple("ReconfirmationRetrieveRequestRedirect")
            .field(&::gocardless_bank_data_core::Redacted::of(&self.0))
            .finish()
    }
}

impl ::std::ops::Deref for ReconfirmationRetrieveRequestRedirect {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}

impl ::std::convert::From<ReconfirmationRetrieveRequestRedirect>
for ::std::string::String {
    fn from(value: ReconfirmationRetrieveRequestRedirect) -> Self {
        value.0
    }
}

impl ::std::str::FromStr for ReconfirmationRetrieveRequestRedirect {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 1024usize {
            return Err("longer than 1024 characters".into());
        }
        Ok(Self(value.to_string()))
    }
}

impl ::std::convert::TryFrom<&str> for ReconfirmationRetrieveRequestRedirect {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl ::std::convert::TryFrom<::std::string::String>
for ReconfirmationRetrieveRequestRedirect {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl<'de> ::serde::Deserialize<'de> for ReconfirmationRetrieveRequestRedirect {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}

/// Requisition as it is read: a person's link to the accounts at one institution.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct Requisition {
    /// Whether the person chooses which accounts to share, at institutions that support it. `false` unless told otherwise.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub account_selection: ::std::option::Option<bool>,
    /// Ids of the linked accounts, UUIDs. Empty until the status is `LN`; closed accounts may stay in the list.
    #[serde(
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub accounts: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::gocardless_bank_data_core::AccountId>,
    >,
    /// Id of the end-user agreement, a UUID. The server assigns one of its own if none was named at creation.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub agreement: ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
    /// When the requisition was created, RFC 3339.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub created: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// Id of the requisition, a UUID.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::gocardless_bank_data_core::RequisitionId>,
    /// Id of the institution whose accounts are linked.
    pub institution_id: ::gocardless_bank_data_core::InstitutionId,
    /// URL to send the person to, good for one use. The default in the document is a mere sample.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub link: ::std::option::Option<::std::string::String>,
    /// Where the person's browser goes when the link flow ends, a URI of at most 1,024 characters. The server adds `ref` and, after a failure, `error` and `details` to its query.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect: ::std::option::Option<::std::string::String>,
    /// Whether the person is sent back at once instead of after the accounts have been prepared; the accounts are then `PROCESSING` at first. It matters for agreements of more than 90 days. `false` unless told otherwise.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect_immediate: ::std::option::Option<bool>,
    /// The company's own name for the requisition, unique, at most 256 characters. A UUID made by the server if none was given.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reference: ::std::option::Option<::std::string::String>,
    /// Social security number that the institution shall verify, at most 64 characters. Often `null`. It is personal data: keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub ssn: ::std::option::Option<::gocardless_bank_data_core::Secret>,
    /// How far the link flow has come. Accounts are there from `LN` on.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::gocardless_bank_data_core::RequisitionStatus>,
    /// Language of the pages shown to the person, such as `en`, at most 5 characters. Missing or `null` when none was given.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub user_language: ::std::option::Option<::std::string::String>,
}

impl ::std::fmt::Debug for Requisition {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Requisition")
            .field("account_selection", &self.account_selection)
            .field("accounts", &self.accounts)
            .field("agreement", &self.agreement)
            .field("created", &self.created)
            .field("id", &self.id)
            .field("institution_id", &self.institution_id)
            .field("link", &::gocardless_bank_data_core::Redacted::option(&self.link))
            .field(
                "redirect",
                &::gocardless_bank_data_core::Redacted::option(&self.redirect),
            )
            .field("redirect_immediate", &self.redirect_immediate)
            .field(
                "reference",
                &::gocardless_bank_data_core::Redacted::option(&self.reference),
            )
            .field("ssn", &self.ssn)
            .field("status", &self.status)
            .field(
                "user_language",
                &::gocardless_bank_data_core::Redacted::option(&self.user_language),
            )
            .finish()
    }
}

impl Requisition {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::Requisition {
        Default::default()
    }
}

/// Terms of a new requisition.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct RequisitionRequest {
    /// Whether the person chooses which accounts to share, at institutions that support it. `false` unless told otherwise.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub account_selection: ::std::option::Option<bool>,
    /// Id of an end-user agreement with the same institution, a UUID. One agreement serves one requisition only; if left out, the server makes one with default terms.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub agreement: ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
    /// Id of the institution whose accounts shall be linked.
    pub institution_id: ::gocardless_bank_data_core::InstitutionId,
    /// Where the person's browser goes when the link flow ends, a URI of at most 1,024 characters. The server adds `ref` and, after a failure, `error` and `details` to its query. Required, though `null` is allowed.
    #[serde(deserialize_with = "::std::option::Option::deserialize")]
    pub redirect: ::std::option::Option<RequisitionRequestRedirect>,
    /// Whether the person is sent back at once instead of after the accounts have been prepared; the accounts are then `PROCESSING` at first. It matters for agreements of more than 90 days. `false` unless told otherwise.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub redirect_immediate: ::std::option::Option<bool>,
    /// The company's own name for the requisition, unique, 1 to 256 characters. It comes back as `ref` on the redirect; if left out, the server makes a UUID.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub reference: ::std::option::Option<RequisitionRequestReference>,
    /// Social security number that the institution shall verify, at most 64 characters. A mismatch rejects the requisition. It is personal data: keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub ssn: ::std::option::Option<::gocardless_bank_data_core::Secret>,
    /// Language of the pages shown to the person, such as `en`, at most 5 characters.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub user_language: ::std::option::Option<RequisitionRequestUserLanguage>,
}

impl ::std::fmt::Debug for RequisitionRequest {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RequisitionRequest")
            .field("account_selection", &self.account_selection)
            .field("agreement", &self.agreement)
            .field("institution_id", &self.institution_id)
            .field(
                "redirect",
                &::gocardless_bank_data_core::Redacted::option(&self.redirect),
            )
            .field("redirect_immediate", &self.redirect_immediate)
            .field(
                "reference",
                &::gocardless_bank_data_core::Redacted::option(&self.reference),
            )
            .field("ssn", &self.ssn)
            .field(
                "user_language",
                &::gocardless_bank_data_core::Redacted::option(&self.user_language),
            )
            .finish()
    }
}

impl RequisitionRequest {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::RequisitionRequest {
        Default::default()
    }
}

/// Where the person's browser goes when the link flow ends, a URI of at most 1,024 characters. The server adds `ref` and, after a failure, `error` and `details` to its query. Required, though `null` is allowed.
#[derive(::serde::Serialize, Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct RequisitionRequestRedirect(::std::string::String);
impl ::std::fmt::Debug for RequisitionRequestRedirect {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_tuple("RequisitionRequestRedirect")
            .field(&::gocardless_bank_data_core::Redacted::of(&self.0))
            .finish()
    }
}

impl ::std::ops::Deref for RequisitionRequestRedirect {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}

impl ::std::convert::From<RequisitionRequestRedirect> for ::std::string::String {
    fn from(value: RequisitionRequestRedirect) -> Self {
        value.0
    }
}

impl ::std::str::FromStr for RequisitionRequestRedirect {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 1024usize {
            return Err("longer than 1024 characters".into());
        }
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        Ok(Self(value.to_string()))
    }
}

impl ::std::convert::TryFrom<&str> for RequisitionRequestRedirect {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl ::std::convert::TryFrom<::std::string::String> for RequisitionRequestRedirect {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl<'de> ::serde::Deserialize<'de> for RequisitionRequestRedirect {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}

/// The company's own name for the requisition, unique, 1 to 256 characters. It comes back as `ref` on the redirect; if left out, the server makes a UUID.
#[derive(::serde::Serialize, Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct RequisitionRequestReference(::std::string::String);
impl ::std::fmt::Debug for RequisitionRequestReference {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_tuple("RequisitionRequestReference")
            .field(&::gocardless_bank_data_core::Redacted::of(&self.0))
            .finish()
    }
}

impl ::std::ops::Deref for RequisitionRequestReference {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}

impl ::std::convert::From<RequisitionRequestReference> for ::std::string::String {
    fn from(value: RequisitionRequestReference) -> Self {
        value.0
    }
}

impl ::std::str::FromStr for RequisitionRequestReference {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 256usize {
            return Err("longer than 256 characters".into());
        }
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        Ok(Self(value.to_string()))
    }
}

impl ::std::convert::TryFrom<&str> for RequisitionRequestReference {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl ::std::convert::TryFrom<::std::string::String> for RequisitionRequestReference {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl<'de> ::serde::Deserialize<'de> for RequisitionRequestReference {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}

/// Language of the pages shown to the person, such as `en`, at most 5 characters.
#[derive(::serde::Serialize, Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct RequisitionRequestUserLanguage(::std::string::String);
impl ::std::fmt::Debug for RequisitionRequestUserLanguage {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_tuple("RequisitionRequestUserLanguage")
            .field(&::gocardless_bank_data_core::Redacted::of(&self.0))
            .finish()
    }
}

impl ::std::ops::Deref for RequisitionRequestUserLanguage {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}

impl ::std::convert::From<RequisitionRequestUserLanguage> for ::std::string::String {
    fn from(value: RequisitionRequestUserLanguage) -> Self {
        value.0
    }
}

impl ::std::str::FromStr for RequisitionRequestUserLanguage {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 5usize {
            return Err("longer than 5 characters".into());
        }
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        Ok(Self(value.to_string()))
    }
}

impl ::std::convert::TryFrom<&str> for RequisitionRequestUserLanguage {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl ::std::convert::TryFrom<::std::string::String> for RequisitionRequestUserLanguage {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}

impl<'de> ::serde::Deserialize<'de> for RequisitionRequestUserLanguage {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}

/// Token pair. The document requires no member, yet all four come.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct SpectacularJwtObtain {
    /// The access token, to be sent as a bearer token. Keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<::gocardless_bank_data_core::Secret>,
    /// Life of the access token in seconds from now, usually 86400.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access_expires: ::std::option::Option<i64>,
    /// The refresh token, good for new access tokens. Keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub refresh: ::std::option::Option<::gocardless_bank_data_core::Secret>,
    /// Life of the refresh token in seconds from now, usually 2592000.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub refresh_expires: ::std::option::Option<i64>,
}

impl ::std::fmt::Debug for SpectacularJwtObtain {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("TokenPair")
            .field("access", &self.access)
            .field("access_expires", &self.access_expires)
            .field("refresh", &self.refresh)
            .field("refresh_expires", &self.refresh_expires)
            .finish()
    }
}

impl SpectacularJwtObtain {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::SpectacularJwtObtain {
        Default::default()
    }
}

/// New access token. There is no new refresh token in it.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct SpectacularJwtRefresh {
    /// The access token, to be sent as a bearer token. Keep it out of logs.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access: ::std::option::Option<::gocardless_bank_data_core::Secret>,
    /// Life of the access token in seconds from now, usually 86400.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub access_expires: ::std::option::Option<i64>,
}

impl ::std::fmt::Debug for SpectacularJwtRefresh {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("RefreshedToken")
            .field("access", &self.access)
            .field("access_expires", &self.access_expires)
            .finish()
    }
}

impl SpectacularJwtRefresh {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::SpectacularJwtRefresh {
        Default::default()
    }
}

/// Confirmation of a deletion. It has no `status_code`.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct SuccessfulDeleteResponse {
    /// The same in a full sentence.
    pub detail: ::std::string::String,
    /// Short statement of what was deleted.
    pub summary: ::std::string::String,
}

impl ::std::fmt::Debug for SuccessfulDeleteResponse {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Deletion")
            .field("detail", &::gocardless_bank_data_core::Redacted::of(&self.detail))
            .field("summary", &::gocardless_bank_data_core::Redacted::of(&self.summary))
            .finish()
    }
}

impl SuccessfulDeleteResponse {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::SuccessfulDeleteResponse {
        Default::default()
    }
}

/// Amount and currency of a transaction, or of the balance after it.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct TransactionAmountSchema {
    /// Amount as decimal text with a point, such as `-15.00`; negative is a debit. The number of decimals varies and may be none. A few banks get the sign wrong.
    pub amount: ::gocardless_bank_data_core::Amount,
    /// Currency as three letters of ISO 4217, such as `EUR`.
    pub currency: ::gocardless_bank_data_core::Currency,
}

impl ::std::fmt::Debug for TransactionAmountSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Money")
            .field("amount", &::gocardless_bank_data_core::Redacted::of(&self.amount))
            .field(
                "currency",
                &::gocardless_bank_data_core::Redacted::of(&self.currency),
            )
            .finish()
    }
}

impl TransactionAmountSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::TransactionAmountSchema {
        Default::default()
    }
}

/// One transaction. Only the amount is certain; banks fill the rest as they please.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[serde(remote = "Self")]
pub struct TransactionSchema {
    /// Further data of the bank, such as the card that was used; the form is the bank's own. Not in the vendor's document.
    #[serde(
        rename = "additionalDataStructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub additional_data_structured: ::std::option::Option<::serde_json::Value>,
    /// Anything more the bank says about the transaction, as text.
    #[serde(
        rename = "additionalInformation",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub additional_information: ::std::option::Option<::std::string::String>,
    /// Further information in the bank's own form. Not in the vendor's document.
    #[serde(
        rename = "additionalInformationStructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub additional_information_structured: ::std::option::Option<::serde_json::Value>,
    /// Balance of the account right after the transaction. Shapes other than the declared one have been seen.
    #[serde(
        rename = "balanceAfterTransaction",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub balance_after_transaction: ::std::option::Option<
        ::gocardless_bank_data_core::OrOther<BalanceAfterTransactionSchema>,
    >,
    /// Kind of transaction as codes of ISO 20022, such as `PMNT-RCDT-ESCT`.
    #[serde(
        rename = "bankTransactionCode",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub bank_transaction_code: ::std::option::Option<::std::string::String>,
    /// Day of booking, usually `YYYY-MM-DD`. Pending transactions often have none, and some banks give a day in the future.
    #[serde(
        rename = "bookingDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub booking_date: ::std::option::Option<::gocardless_bank_data_core::Date>,
    /// Time of booking. Banks vary: with or without seconds, up to 7 decimals of a second, any offset or no zone at all.
    #[serde(
        rename = "bookingDateTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub booking_date_time: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
    /// Whether the bank calls the entry booked or pending, as some banks repeat it in the entry. Not in the vendor's document.
    #[serde(
        rename = "bookingStatus",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub booking_status: ::std::option::Option<::std::string::String>,
    /// Number of the cheque.
    #[serde(rename = "checkId", skip_serializing_if = "::std::option::Option::is_none")]
    pub check_id: ::std::option::Option<::std::string::String>,
    /// Account of the one who gets the money.
    #[serde(
        rename = "creditorAccount",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub creditor_account: ::std::option::Option<
        ::gocardless_bank_data_core::OrOther<AccountSchema>,
    >,
    /// Bank of the creditor; the form is the bank's own. Not in the vendor's document.
    #[serde(
        rename = "creditorAgent",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub creditor_agent: ::std::option::Option<::serde_json::Value>,
    /// Id of the creditor of a direct debit, as registered for SEPA.
    #[serde(
        rename = "creditorId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub creditor_id: ::std::option::Option<::std::string::String>,
    /// Name of the one who gets the money.
    #[serde(
        rename = "creditorName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub creditor_name: ::std::option::Option<::std::string::String>,
    /// Conversions between currencies. Some banks send one object instead of an array.
    #[serde(
        rename = "currencyExchange",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub currency_exchange: ::std::option::Option<
        ::gocardless_bank_data_core::OneOrMany<CurrencyExchangeSchema>,
    >,
    /// Account of the one who pays.
    #[serde(
        rename = "debtorAccount",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub debtor_account: ::std::option::Option<
        ::gocardless_bank_data_core::OrOther<AccountSchema>,
    >,
    /// Bank of the debtor; the form is the bank's own. Not in the vendor's document.
    #[serde(
        rename = "debtorAgent",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub debtor_agent: ::std::option::Option<::serde_json::Value>,
    /// Name of the one who pays.
    #[serde(
        rename = "debtorName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub debtor_name: ::std::option::Option<::std::string::String>,
    /// Reference set by the one who started the payment, passed on unchanged to the other side.
    #[serde(
        rename = "endToEndId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub end_to_end_id: ::std::option::Option<::std::string::String>,
    /// The bank's reference of the entry in its books. Not unique at every bank.
    #[serde(
        rename = "entryReference",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub entry_reference: ::std::option::Option<::std::string::String>,
    /// Id made by GoCardless, unique within one account only. Missing on pending transactions, and may be made anew for a whole bank.
    #[serde(
        rename = "internalTransactionId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub internal_transaction_id: ::std::option::Option<::std::string::String>,
    /// Id of the mandate behind a direct debit.
    #[serde(
        rename = "mandateId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub mandate_id: ::std::option::Option<::std::string::String>,
    /// Category of the merchant, a four-digit code of ISO 18245. Not in the vendor's document.
    #[serde(
        rename = "merchantCategoryCode",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub merchant_category_code: ::std::option::Option<::std::string::String>,
    /// A code of the bank's own; the form is the bank's own. Not in the vendor's document.
    #[serde(
        rename = "proprietaryBank",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub proprietary_bank: ::std::option::Option<::serde_json::Value>,
    /// Kind of transaction in the bank's own code or words, such as `TRANSFER`.
    #[serde(
        rename = "proprietaryBankTransactionCode",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub proprietary_bank_transaction_code: ::std::option::Option<::std::string::String>,
    /// Purpose of the payment as a code of ISO 20022, such as `SALA`.
    #[serde(
        rename = "purposeCode",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub purpose_code: ::std::option::Option<::std::string::String>,
    /// What the payment is for, as a formal reference such as an invoice number.
    #[serde(
        rename = "remittanceInformationStructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub remittance_information_structured: ::std::option::Option<::std::string::String>,
    /// What the payment is for, as several formal references; bare codes occur.
    #[serde(
        rename = "remittanceInformationStructuredArray",
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub remittance_information_structured_array: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::std::string::String>,
    >,
    /// What the payment is for, as free text. Line breaks and odd escapes occur; some banks fill the array only.
    #[serde(
        rename = "remittanceInformationUnstructured",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub remittance_information_unstructured: ::std::option::Option<
        ::std::string::String,
    >,
    /// What the payment is for, as free text in several parts. At some banks the only remittance information.
    #[serde(
        rename = "remittanceInformationUnstructuredArray",
        default,
        skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent"
    )]
    pub remittance_information_unstructured_array: ::gocardless_bank_data_core::OrEmpty<
        ::std::vec::Vec<::std::string::String>,
    >,
    /// Amount and currency. Some card banks state the foreign amount here and the billed one in the remittance information only.
    #[serde(rename = "transactionAmount")]
    pub transaction_amount: TransactionAmountSchema,
    /// The bank's id of the transaction. It may be missing, blank, repeated, unstable or hundreds of characters long, so it is no key by itself.
    #[serde(
        rename = "transactionId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub transaction_id: ::std::option::Option<::std::string::String>,
    /// Name of the party the money is meant for in the end, if not the creditor.
    #[serde(
        rename = "ultimateCreditor",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub ultimate_creditor: ::std::option::Option<::std::string::String>,
    /// Name of the party that owes the money in the end, if not the debtor.
    #[serde(
        rename = "ultimateDebtor",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub ultimate_debtor: ::std::option::Option<::std::string::String>,
    /// Day the amount starts to count for interest, usually `YYYY-MM-DD`. May be the only date, and may lie in the future.
    #[serde(
        rename = "valueDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub value_date: ::std::option::Option<::gocardless_bank_data_core::Date>,
    /// Time the amount starts to count for interest. Forms vary as for `bookingDateTime`.
    #[serde(
        rename = "valueDateTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub value_date_time: ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
}

impl ::std::fmt::Debug for TransactionSchema {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Transaction")
            .field(
                "additional_data_structured",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.additional_data_structured,
                ),
            )
            .field(
                "additional_information",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.additional_information,
                ),
            )
            .field(
                "additional_information_structured",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.additional_information_structured,
                ),
            )
            .field("balance_after_transaction", &self.balance_after_transaction)
            .field(
                "bank_transaction_code",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.bank_transaction_code,
                ),
            )
            .field(
                "booking_date",
                &::gocardless_bank_data_core::Redacted::option(&self.booking_date),
            )
            .field(
                "booking_date_time",
                &::gocardless_bank_data_core::Redacted::option(&self.booking_date_time),
            )
            .field(
                "booking_status",
                &::gocardless_bank_data_core::Redacted::option(&self.booking_status),
            )
            .field(
                "check_id",
                &::gocardless_bank_data_core::Redacted::option(&self.check_id),
            )
            .field("creditor_account", &self.creditor_account)
            .field(
                "creditor_agent",
                &::gocardless_bank_data_core::Redacted::option(&self.creditor_agent),
            )
            .field(
                "creditor_id",
                &::gocardless_bank_data_core::Redacted::option(&self.creditor_id),
            )
            .field(
                "creditor_name",
                &::gocardless_bank_data_core::Redacted::option(&self.creditor_name),
            )
            .field("currency_exchange", &self.currency_exchange)
            .field("debtor_account", &self.debtor_account)
            .field(
                "debtor_agent",
                &::gocardless_bank_data_core::Redacted::option(&self.debtor_agent),
            )
            .field(
                "debtor_name",
                &::gocardless_bank_data_core::Redacted::option(&self.debtor_name),
            )
            .field(
                "end_to_end_id",
                &::gocardless_bank_data_core::Redacted::option(&self.end_to_end_id),
            )
            .field(
                "entry_reference",
                &::gocardless_bank_data_core::Redacted::option(&self.entry_reference),
            )
            .field(
                "internal_transaction_id",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.internal_transaction_id,
                ),
            )
            .field(
                "mandate_id",
                &::gocardless_bank_data_core::Redacted::option(&self.mandate_id),
            )
            .field(
                "merchant_category_code",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.merchant_category_code,
                ),
            )
            .field(
                "proprietary_bank",
                &::gocardless_bank_data_core::Redacted::option(&self.proprietary_bank),
            )
            .field(
                "proprietary_bank_transaction_code",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.proprietary_bank_transaction_code,
                ),
            )
            .field(
                "purpose_code",
                &::gocardless_bank_data_core::Redacted::option(&self.purpose_code),
            )
            .field(
                "remittance_information_structured",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.remittance_information_structured,
                ),
            )
            .field(
                "remittance_information_structured_array",
                &::gocardless_bank_data_core::Redacted::of(
                    &self.remittance_information_structured_array,
                ),
            )
            .field(
                "remittance_information_unstructured",
                &::gocardless_bank_data_core::Redacted::option(
                    &self.remittance_information_unstructured,
                ),
            )
            .field(
                "remittance_information_unstructured_array",
                &::gocardless_bank_data_core::Redacted::of(
                    &self.remittance_information_unstructured_array,
                ),
            )
            .field("transaction_amount", &self.transaction_amount)
            .field(
                "transaction_id",
                &::gocardless_bank_data_core::Redacted::option(&self.transaction_id),
            )
            .field(
                "ultimate_creditor",
                &::gocardless_bank_data_core::Redacted::option(&self.ultimate_creditor),
            )
            .field(
                "ultimate_debtor",
                &::gocardless_bank_data_core::Redacted::option(&self.ultimate_debtor),
            )
            .field(
                "value_date",
                &::gocardless_bank_data_core::Redacted::option(&self.value_date),
            )
            .field(
                "value_date_time",
                &::gocardless_bank_data_core::Redacted::option(&self.value_date_time),
            )
            .finish()
    }
}

impl TransactionSchema {
    /// Starts to build a value, member by member.
    pub fn builder() -> builder::TransactionSchema {
        Default::default()
    }
}

impl ::serde::Serialize for Account {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for Account {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for AccountBalance {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for AccountBalance {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for AccountDetail {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for AccountDetail {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for AccountSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for AccountSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for AccountTransactions {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for AccountTransactions {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for AdditionalAccountDataSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for AdditionalAccountDataSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for BalanceAfterTransactionSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for BalanceAfterTransactionSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for BalanceSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for BalanceSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for BankTransaction {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for BankTransaction {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for CurrencyExchangeSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for CurrencyExchangeSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for DetailSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for DetailSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for EndUserAgreement {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for EndUserAgreement {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for Integration {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for Integration {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for IntegrationRetrieve {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for IntegrationRetrieve {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for OwnerAddressStructuredSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for OwnerAddressStructuredSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for PaginatedEndUserAgreementList {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for PaginatedEndUserAgreementList {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for PaginatedRequisitionList {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for PaginatedRequisitionList {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for ReconfirmationRetrieve {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for ReconfirmationRetrieve {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for Requisition {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for Requisition {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for SpectacularJwtObtain {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for SpectacularJwtObtain {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for SpectacularJwtRefresh {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for SpectacularJwtRefresh {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for SuccessfulDeleteResponse {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for SuccessfulDeleteResponse {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for TransactionAmountSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for TransactionAmountSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

impl ::serde::Serialize for TransactionSchema {
    fn serialize<S: ::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> ::serde::Deserialize<'de> for TransactionSchema {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::std::result::Result<Self, D::Error> {
        Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
    }
}

/// Types for composing complex structures.
pub mod builder {
    /// Builder of [`Account`](super::Account).
    #[derive(Clone)]
    pub struct Account {
        bban: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        created: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        iban: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        id: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::AccountId>,
            ::std::string::String,
        >,
        institution_id: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::InstitutionId>,
            ::std::string::String,
        >,
        last_accessed: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        owner_name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        status: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::AccountStatus>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for Account {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Account").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for Account {
        fn default() -> Self {
            Self {
                bban: Ok(Default::default()),
                created: Ok(Default::default()),
                iban: Ok(Default::default()),
                id: Ok(Default::default()),
                institution_id: Ok(Default::default()),
                last_accessed: Ok(Default::default()),
                name: Ok(Default::default()),
                owner_name: Ok(Default::default()),
                status: Ok(Default::default()),
            }
        }
    }

    impl Account {
        /// Sets [`bban`](super::Account::bban).
        pub fn bban<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.bban = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for bban: {e}"));
            self
        }

        /// Sets [`created`](super::Account::created).
        pub fn created<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.created = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for created: {e}")
                });
            self
        }

        /// Sets [`iban`](super::Account::iban).
        pub fn iban<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.iban = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for iban: {e}"));
            self
        }

        /// Sets [`id`](super::Account::id).
        pub fn id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::AccountId>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.id = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for id: {e}"));
            self
        }

        /// Sets [`institution_id`](super::Account::institution_id).
        pub fn institution_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::InstitutionId>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.institution_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for institution_id: {e}")
                });
            self
        }

        /// Sets [`last_accessed`](super::Account::last_accessed).
        pub fn last_accessed<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.last_accessed = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for last_accessed: {e}")
                });
            self
        }

        /// Sets [`name`](super::Account::name).
        pub fn name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.name = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for name: {e}"));
            self
        }

        /// Sets [`owner_name`](super::Account::owner_name).
        pub fn owner_name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.owner_name = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for owner_name: {e}")
                });
            self
        }

        /// Sets [`status`](super::Account::status).
        pub fn status<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::AccountStatus>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.status = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for status: {e}"));
            self
        }
    }

    impl ::std::convert::TryFrom<Account> for super::Account {
        type Error = super::error::ConversionError;
        fn try_from(
            value: Account,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                bban: value.bban?,
                created: value.created?,
                iban: value.iban?,
                id: value.id?,
                institution_id: value.institution_id?,
                last_accessed: value.last_accessed?,
                name: value.name?,
                owner_name: value.owner_name?,
                status: value.status?,
            })
        }
    }

    impl ::std::convert::From<super::Account> for Account {
        fn from(value: super::Account) -> Self {
            Self {
                bban: Ok(value.bban),
                created: Ok(value.created),
                iban: Ok(value.iban),
                id: Ok(value.id),
                institution_id: Ok(value.institution_id),
                last_accessed: Ok(value.last_accessed),
                name: Ok(value.name),
                owner_name: Ok(value.owner_name),
                status: Ok(value.status),
            }
        }
    }

    /// Builder of [`AccountBalance`](super::AccountBalance).
    #[derive(Clone)]
    pub struct AccountBalance {
        balances: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<super::BalanceSchema>>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for AccountBalance {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("AccountBalance").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for AccountBalance {
        fn default() -> Self {
            Self {
                balances: Ok(Default::default()),
            }
        }
    }

    impl AccountBalance {
        /// Sets [`balances`](super::AccountBalance::balances).
        pub fn balances<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<super::BalanceSchema>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.balances = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for balances: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<AccountBalance> for super::AccountBalance {
        type Error = super::error::ConversionError;
        fn try_from(
            value: AccountBalance,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self { balances: value.balances? })
        }
    }

    impl ::std::convert::From<super::AccountBalance> for AccountBalance {
        fn from(value: super::AccountBalance) -> Self {
            Self {
                balances: Ok(value.balances),
            }
        }
    }

    /// Builder of [`AccountDetail`](super::AccountDetail).
    #[derive(Clone)]
    pub struct AccountDetail {
        account: ::std::result::Result<super::DetailSchema, ::std::string::String>,
    }

    impl ::std::fmt::Debug for AccountDetail {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("AccountDetail").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for AccountDetail {
        fn default() -> Self {
            Self {
                account: Err("no value supplied for account".to_string()),
            }
        }
    }

    impl AccountDetail {
        /// Sets [`account`](super::AccountDetail::account).
        pub fn account<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<super::DetailSchema>,
            T::Error: ::std::fmt::Display,
        {
            self.account = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for account: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<AccountDetail> for super::AccountDetail {
        type Error = super::error::ConversionError;
        fn try_from(
            value: AccountDetail,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self { account: value.account? })
        }
    }

    impl ::std::convert::From<super::AccountDetail> for AccountDetail {
        fn from(value: super::AccountDetail) -> Self {
            Self { account: Ok(value.account) }
        }
    }

    /// Builder of [`AccountSchema`](super::AccountSchema).
    #[derive(Clone)]
    pub struct AccountSchema {
        bban: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        currency: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Currency>,
            ::std::string::String,
        >,
        iban: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        masked_pan: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        msisdn: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        pan: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for AccountSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("AccountSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for AccountSchema {
        fn default() -> Self {
            Self {
                bban: Ok(Default::default()),
                currency: Ok(Default::default()),
                iban: Ok(Default::default()),
                masked_pan: Ok(Default::default()),
                msisdn: Ok(Default::default()),
                pan: Ok(Default::default()),
            }
        }
    }

    impl AccountSchema {
        /// Sets [`bban`](super::AccountSchema::bban).
        pub fn bban<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.bban = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for bban: {e}"));
            self
        }

        /// Sets [`currency`](super::AccountSchema::currency).
        pub fn currency<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Currency>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.currency = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for currency: {e}")
                });
            self
        }

        /// Sets [`iban`](super::AccountSchema::iban).
        pub fn iban<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.iban = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for iban: {e}"));
            self
        }

        /// Sets [`masked_pan`](super::AccountSchema::masked_pan).
        pub fn masked_pan<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.masked_pan = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for masked_pan: {e}")
                });
            self
        }

        /// Sets [`msisdn`](super::AccountSchema::msisdn).
        pub fn msisdn<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.msisdn = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for msisdn: {e}"));
            self
        }

        /// Sets [`pan`](super::AccountSchema::pan).
        pub fn pan<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.pan = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for pan: {e}"));
            self
        }
    }

    impl ::std::convert::TryFrom<AccountSchema> for super::AccountSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: AccountSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                bban: value.bban?,
                currency: value.currency?,
                iban: value.iban?,
                masked_pan: value.masked_pan?,
                msisdn: value.msisdn?,
                pan: value.pan?,
            })
        }
    }

    impl ::std::convert::From<super::AccountSchema> for AccountSchema {
        fn from(value: super::AccountSchema) -> Self {
            Self {
                bban: Ok(value.bban),
                currency: Ok(value.currency),
                iban: Ok(value.iban),
                masked_pan: Ok(value.masked_pan),
                msisdn: Ok(value.msisdn),
                pan: Ok(value.pan),
            }
        }
    }

    /// Builder of [`AccountTransactions`](super::AccountTransactions).
    #[derive(Clone)]
    pub struct AccountTransactions {
        last_updated: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        transactions: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<super::BankTransaction>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for AccountTransactions {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("AccountTransactions").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for AccountTransactions {
        fn default() -> Self {
            Self {
                last_updated: Ok(Default::default()),
                transactions: Ok(Default::default()),
            }
        }
    }

    impl AccountTransactions {
        /// Sets [`last_updated`](super::AccountTransactions::last_updated).
        pub fn last_updated<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.last_updated = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for last_updated: {e}")
                });
            self
        }

        /// Sets [`transactions`](super::AccountTransactions::transactions).
        pub fn transactions<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<super::BankTransaction>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.transactions = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for transactions: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<AccountTransactions> for super::AccountTransactions {
        type Error = super::error::ConversionError;
        fn try_from(
            value: AccountTransactions,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                last_updated: value.last_updated?,
                transactions: value.transactions?,
            })
        }
    }

    impl ::std::convert::From<super::AccountTransactions> for AccountTransactions {
        fn from(value: super::AccountTransactions) -> Self {
            Self {
                last_updated: Ok(value.last_updated),
                transactions: Ok(value.transactions),
            }
        }
    }

    /// Builder of [`AdditionalAccountDataSchema`](super::AdditionalAccountDataSchema).
    #[derive(Clone)]
    pub struct AdditionalAccountDataSchema {
        secondary_identification: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for AdditionalAccountDataSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("AdditionalAccountDataSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for AdditionalAccountDataSchema {
        fn default() -> Self {
            Self {
                secondary_identification: Ok(Default::default()),
            }
        }
    }

    impl AdditionalAccountDataSchema {
        /// Sets [`secondary_identification`](super::AdditionalAccountDataSchema::secondary_identification).
        pub fn secondary_identification<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.secondary_identification = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for secondary_identification: {e}"
                    )
                });
            self
        }
    }

    impl ::std::convert::TryFrom<AdditionalAccountDataSchema>
    for super::AdditionalAccountDataSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: AdditionalAccountDataSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                secondary_identification: value.secondary_identification?,
            })
        }
    }

    impl ::std::convert::From<super::AdditionalAccountDataSchema>
    for AdditionalAccountDataSchema {
        fn from(value: super::AdditionalAccountDataSchema) -> Self {
            Self {
                secondary_identification: Ok(value.secondary_identification),
            }
        }
    }

    /// Builder of [`BalanceAfterTransactionSchema`](super::BalanceAfterTransactionSchema).
    #[derive(Clone)]
    pub struct BalanceAfterTransactionSchema {
        amount: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Amount>,
            ::std::string::String,
        >,
        balance_amount: ::std::result::Result<
            ::std::option::Option<super::TransactionAmountSchema>,
            ::std::string::String,
        >,
        balance_type: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::BalanceType>,
            ::std::string::String,
        >,
        currency: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Currency>,
            ::std::string::String,
        >,
        reference_date: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Date>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for BalanceAfterTransactionSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("BalanceAfterTransactionSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for BalanceAfterTransactionSchema {
        fn default() -> Self {
            Self {
                amount: Ok(Default::default()),
                balance_amount: Ok(Default::default()),
                balance_type: Ok(Default::default()),
                currency: Ok(Default::default()),
                reference_date: Ok(Default::default()),
            }
        }
    }

    impl BalanceAfterTransactionSchema {
        /// Sets [`amount`](super::BalanceAfterTransactionSchema::amount).
        pub fn amount<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Amount>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.amount = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for amount: {e}"));
            self
        }

        /// Sets [`balance_amount`](super::BalanceAfterTransactionSchema::balance_amount).
        pub fn balance_amount<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<super::TransactionAmountSchema>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.balance_amount = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for balance_amount: {e}")
                });
            self
        }

        /// Sets [`balance_type`](super::BalanceAfterTransactionSchema::balance_type).
        pub fn balance_type<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::BalanceType>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.balance_type = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for balance_type: {e}")
                });
            self
        }

        /// Sets [`currency`](super::BalanceAfterTransactionSchema::currency).
        pub fn currency<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Currency>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.currency = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for currency: {e}")
                });
            self
        }

        /// Sets [`reference_date`](super::BalanceAfterTransactionSchema::reference_date).
        pub fn reference_date<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Date>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.reference_date = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for reference_date: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<BalanceAfterTransactionSchema>
    for super::BalanceAfterTransactionSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: BalanceAfterTransactionSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                amount: value.amount?,
                balance_amount: value.balance_amount?,
                balance_type: value.balance_type?,
                currency: value.currency?,
                reference_date: value.reference_date?,
            })
        }
    }

    impl ::std::convert::From<super::BalanceAfterTransactionSchema>
    for BalanceAfterTransactionSchema {
        fn from(value: super::BalanceAfterTransactionSchema) -> Self {
            Self {
                amount: Ok(value.amount),
                balance_amount: Ok(value.balance_amount),
                balance_type: Ok(value.balance_type),
                currency: Ok(value.currency),
                reference_date: Ok(value.reference_date),
            }
        }
    }

    /// Builder of [`BalanceSchema`](super::BalanceSchema).
    #[derive(Clone)]
    pub struct BalanceSchema {
        balance_amount: ::std::result::Result<
            super::TransactionAmountSchema,
            ::std::string::String,
        >,
        balance_type: ::std::result::Result<
            ::gocardless_bank_data_core::BalanceType,
            ::std::string::String,
        >,
        credit_limit_included: ::std::result::Result<
            ::std::option::Option<bool>,
            ::std::string::String,
        >,
        last_change_date_time: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        last_committed_transaction: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        reference_date: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Date>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for BalanceSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("BalanceSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for BalanceSchema {
        fn default() -> Self {
            Self {
                balance_amount: Err("no value supplied for balance_amount".to_string()),
                balance_type: Err("no value supplied for balance_type".to_string()),
                credit_limit_included: Ok(Default::default()),
                last_change_date_time: Ok(Default::default()),
                last_committed_transaction: Ok(Default::default()),
                reference_date: Ok(Default::default()),
            }
        }
    }

    impl BalanceSchema {
        /// Sets [`balance_amount`](super::BalanceSchema::balance_amount).
        pub fn balance_amount<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<super::TransactionAmountSchema>,
            T::Error: ::std::fmt::Display,
        {
            self.balance_amount = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for balance_amount: {e}")
                });
            self
        }

        /// Sets [`balance_type`](super::BalanceSchema::balance_type).
        pub fn balance_type<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::BalanceType>,
            T::Error: ::std::fmt::Display,
        {
            self.balance_type = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for balance_type: {e}")
                });
            self
        }

        /// Sets [`credit_limit_included`](super::BalanceSchema::credit_limit_included).
        pub fn credit_limit_included<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<bool>>,
            T::Error: ::std::fmt::Display,
        {
            self.credit_limit_included = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for credit_limit_included: {e}"
                    )
                });
            self
        }

        /// Sets [`last_change_date_time`](super::BalanceSchema::last_change_date_time).
        pub fn last_change_date_time<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.last_change_date_time = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for last_change_date_time: {e}"
                    )
                });
            self
        }

        /// Sets [`last_committed_transaction`](super::BalanceSchema::last_committed_transaction).
        pub fn last_committed_transaction<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.last_committed_transaction = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for last_committed_transaction: {e}"
                    )
                });
            self
        }

        /// Sets [`reference_date`](super::BalanceSchema::reference_date).
        pub fn reference_date<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Date>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.reference_date = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for reference_date: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<BalanceSchema> for super::BalanceSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: BalanceSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                balance_amount: value.balance_amount?,
                balance_type: value.balance_type?,
                credit_limit_included: value.credit_limit_included?,
                last_change_date_time: value.last_change_date_time?,
                last_committed_transaction: value.last_committed_transaction?,
                reference_date: value.reference_date?,
            })
        }
    }

    impl ::std::convert::From<super::BalanceSchema> for BalanceSchema {
        fn from(value: super::BalanceSchema) -> Self {
            Self {
                balance_amount: Ok(value.balance_amount),
                balance_type: Ok(value.balance_type),
                credit_limit_included: Ok(value.credit_limit_included),
                last_change_date_time: Ok(value.last_change_date_time),
                last_committed_transaction: Ok(value.last_committed_transaction),
                reference_date: Ok(value.reference_date),
            }
        }
    }

    /// Builder of [`BankTransaction`](super::BankTransaction).
    #[derive(Clone)]
    pub struct BankTransaction {
        booked: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<
                ::std::vec::Vec<super::TransactionSchema>,
            >,
            ::std::string::String,
        >,
        pending: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<
                ::std::vec::Vec<super::TransactionSchema>,
            >,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for BankTransaction {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("BankTransaction").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for BankTransaction {
        fn default() -> Self {
            Self {
                booked: Ok(Default::default()),
                pending: Ok(Default::default()),
            }
        }
    }

    impl BankTransaction {
        /// Sets [`booked`](super::BankTransaction::booked).
        pub fn booked<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<super::TransactionSchema>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.booked = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for booked: {e}"));
            self
        }

        /// Sets [`pending`](super::BankTransaction::pending).
        pub fn pending<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<super::TransactionSchema>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.pending = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for pending: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<BankTransaction> for super::BankTransaction {
        type Error = super::error::ConversionError;
        fn try_from(
            value: BankTransaction,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                booked: value.booked?,
                pending: value.pending?,
            })
        }
    }

    impl ::std::convert::From<super::BankTransaction> for BankTransaction {
        fn from(value: super::BankTransaction) -> Self {
            Self {
                booked: Ok(value.booked),
                pending: Ok(value.pending),
            }
        }
    }

    /// Builder of [`CurrencyExchangeSchema`](super::CurrencyExchangeSchema).
    #[derive(Clone)]
    pub struct CurrencyExchangeSchema {
        contract_identification: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        exchange_rate: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        instructed_amount: ::std::result::Result<
            ::std::option::Option<super::TransactionAmountSchema>,
            ::std::string::String,
        >,
        quotation_date: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Date>,
            ::std::string::String,
        >,
        source_currency: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Currency>,
            ::std::string::String,
        >,
        target_currency: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Currency>,
            ::std::string::String,
        >,
        unit_currency: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Currency>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for CurrencyExchangeSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("CurrencyExchangeSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for CurrencyExchangeSchema {
        fn default() -> Self {
            Self {
                contract_identification: Ok(Default::default()),
                exchange_rate: Ok(Default::default()),
                instructed_amount: Ok(Default::default()),
                quotation_date: Ok(Default::default()),
                source_currency: Ok(Default::default()),
                target_currency: Ok(Default::default()),
                unit_currency: Ok(Default::default()),
            }
        }
    }

    impl CurrencyExchangeSchema {
        /// Sets [`contract_identification`](super::CurrencyExchangeSchema::contract_identification).
        pub fn contract_identification<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.contract_identification = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for contract_identification: {e}"
                    )
                });
            self
        }

        /// Sets [`exchange_rate`](super::CurrencyExchangeSchema::exchange_rate).
        pub fn exchange_rate<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.exchange_rate = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for exchange_rate: {e}")
                });
            self
        }

        /// Sets [`instructed_amount`](super::CurrencyExchangeSchema::instructed_amount).
        pub fn instructed_amount<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<super::TransactionAmountSchema>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.instructed_amount = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for instructed_amount: {e}")
                });
            self
        }

        /// Sets [`quotation_date`](super::CurrencyExchangeSchema::quotation_date).
        pub fn quotation_date<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Date>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.quotation_date = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for quotation_date: {e}")
                });
            self
        }

        /// Sets [`source_currency`](super::CurrencyExchangeSchema::source_currency).
        pub fn source_currency<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Currency>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.source_currency = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for source_currency: {e}")
                });
            self
        }

        /// Sets [`target_currency`](super::CurrencyExchangeSchema::target_currency).
        pub fn target_currency<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Currency>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.target_currency = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for target_currency: {e}")
                });
            self
        }

        /// Sets [`unit_currency`](super::CurrencyExchangeSchema::unit_currency).
        pub fn unit_currency<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Currency>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.unit_currency = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for unit_currency: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<CurrencyExchangeSchema>
    for super::CurrencyExchangeSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: CurrencyExchangeSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                contract_identification: value.contract_identification?,
                exchange_rate: value.exchange_rate?,
                instructed_amount: value.instructed_amount?,
                quotation_date: value.quotation_date?,
                source_currency: value.source_currency?,
                target_currency: value.target_currency?,
                unit_currency: value.unit_currency?,
            })
        }
    }

    impl ::std::convert::From<super::CurrencyExchangeSchema> for CurrencyExchangeSchema {
        fn from(value: super::CurrencyExchangeSchema) -> Self {
            Self {
                contract_identification: Ok(value.contract_identification),
                exchange_rate: Ok(value.exchange_rate),
                instructed_amount: Ok(value.instructed_amount),
                quotation_date: Ok(value.quotation_date),
                source_currency: Ok(value.source_currency),
                target_currency: Ok(value.target_currency),
                unit_currency: Ok(value.unit_currency),
            }
        }
    }

    /// Builder of [`DetailSchema`](super::DetailSchema).
    #[derive(Clone)]
    pub struct DetailSchema {
        additional_account_data: ::std::result::Result<
            ::std::option::Option<super::AdditionalAccountDataSchema>,
            ::std::string::String,
        >,
        bban: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        bic: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        cash_account_type: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        currency: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Currency>,
            ::std::string::String,
        >,
        details: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        display_name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        iban: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        linked_accounts: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        masked_pan: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        msisdn: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        owner_address_structured: ::std::result::Result<
            ::std::option::Option<super::OwnerAddressStructuredSchema>,
            ::std::string::String,
        >,
        owner_address_unstructured: ::std::result::Result<
            ::std::option::Option<
                ::gocardless_bank_data_core::OneOrMany<::std::string::String>,
            >,
            ::std::string::String,
        >,
        owner_name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        product: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        resource_id: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        scan: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        status: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        usage: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for DetailSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("DetailSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for DetailSchema {
        fn default() -> Self {
            Self {
                additional_account_data: Ok(Default::default()),
                bban: Ok(Default::default()),
                bic: Ok(Default::default()),
                cash_account_type: Ok(Default::default()),
                currency: Ok(Default::default()),
                details: Ok(Default::default()),
                display_name: Ok(Default::default()),
                iban: Ok(Default::default()),
                linked_accounts: Ok(Default::default()),
                masked_pan: Ok(Default::default()),
                msisdn: Ok(Default::default()),
                name: Ok(Default::default()),
                owner_address_structured: Ok(Default::default()),
                owner_address_unstructured: Ok(Default::default()),
                owner_name: Ok(Default::default()),
                product: Ok(Default::default()),
                resource_id: Ok(Default::default()),
                scan: Ok(Default::default()),
                status: Ok(Default::default()),
                usage: Ok(Default::default()),
            }
        }
    }

    impl DetailSchema {
        /// Sets [`additional_account_data`](super::DetailSchema::additional_account_data).
        pub fn additional_account_data<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<super::AdditionalAccountDataSchema>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.additional_account_data = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for additional_account_data: {e}"
                    )
                });
            self
        }

        /// Sets [`bban`](super::DetailSchema::bban).
        pub fn bban<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.bban = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for bban: {e}"));
            self
        }

        /// Sets [`bic`](super::DetailSchema::bic).
        pub fn bic<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.bic = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for bic: {e}"));
            self
        }

        /// Sets [`cash_account_type`](super::DetailSchema::cash_account_type).
        pub fn cash_account_type<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.cash_account_type = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for cash_account_type: {e}")
                });
            self
        }

        /// Sets [`currency`](super::DetailSchema::currency).
        pub fn currency<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Currency>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.currency = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for currency: {e}")
                });
            self
        }

        /// Sets [`details`](super::DetailSchema::details).
        pub fn details<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.details = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for details: {e}")
                });
            self
        }

        /// Sets [`display_name`](super::DetailSchema::display_name).
        pub fn display_name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.display_name = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for display_name: {e}")
                });
            self
        }

        /// Sets [`iban`](super::DetailSchema::iban).
        pub fn iban<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.iban = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for iban: {e}"));
            self
        }

        /// Sets [`linked_accounts`](super::DetailSchema::linked_accounts).
        pub fn linked_accounts<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.linked_accounts = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for linked_accounts: {e}")
                });
            self
        }

        /// Sets [`masked_pan`](super::DetailSchema::masked_pan).
        pub fn masked_pan<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.masked_pan = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for masked_pan: {e}")
                });
            self
        }

        /// Sets [`msisdn`](super::DetailSchema::msisdn).
        pub fn msisdn<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.msisdn = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for msisdn: {e}"));
            self
        }

        /// Sets [`name`](super::DetailSchema::name).
        pub fn name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.name = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for name: {e}"));
            self
        }

        /// Sets [`owner_address_structured`](super::DetailSchema::owner_address_structured).
        pub fn owner_address_structured<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<super::OwnerAddressStructuredSchema>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.owner_address_structured = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for owner_address_structured: {e}"
                    )
                });
            self
        }

        /// Sets [`owner_address_unstructured`](super::DetailSchema::owner_address_unstructured).
        pub fn owner_address_unstructured<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<
                    ::gocardless_bank_data_core::OneOrMany<::std::string::String>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.owner_address_unstructured = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for owner_address_unstructured: {e}"
                    )
                });
            self
        }

        /// Sets [`owner_name`](super::DetailSchema::owner_name).
        pub fn owner_name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.owner_name = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for owner_name: {e}")
                });
            self
        }

        /// Sets [`product`](super::DetailSchema::product).
        pub fn product<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.product = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for product: {e}")
                });
            self
        }

        /// Sets [`resource_id`](super::DetailSchema::resource_id).
        pub fn resource_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.resource_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for resource_id: {e}")
                });
            self
        }

        /// Sets [`scan`](super::DetailSchema::scan).
        pub fn scan<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.scan = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for scan: {e}"));
            self
        }

        /// Sets [`status`](super::DetailSchema::status).
        pub fn status<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.status = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for status: {e}"));
            self
        }

        /// Sets [`usage`](super::DetailSchema::usage).
        pub fn usage<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.usage = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for usage: {e}"));
            self
        }
    }

    impl ::std::convert::TryFrom<DetailSchema> for super::DetailSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: DetailSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                additional_account_data: value.additional_account_data?,
                bban: value.bban?,
                bic: value.bic?,
                cash_account_type: value.cash_account_type?,
                currency: value.currency?,
                details: value.details?,
                display_name: value.display_name?,
                iban: value.iban?,
                linked_accounts: value.linked_accounts?,
                masked_pan: value.masked_pan?,
                msisdn: value.msisdn?,
                name: value.name?,
                owner_address_structured: value.owner_address_structured?,
                owner_address_unstructured: value.owner_address_unstructured?,
                owner_name: value.owner_name?,
                product: value.product?,
                resource_id: value.resource_id?,
                scan: value.scan?,
                status: value.status?,
                usage: value.usage?,
            })
        }
    }

    impl ::std::convert::From<super::DetailSchema> for DetailSchema {
        fn from(value: super::DetailSchema) -> Self {
            Self {
                additional_account_data: Ok(value.additional_account_data),
                bban: Ok(value.bban),
                bic: Ok(value.bic),
                cash_account_type: Ok(value.cash_account_type),
                currency: Ok(value.currency),
                details: Ok(value.details),
                display_name: Ok(value.display_name),
                iban: Ok(value.iban),
                linked_accounts: Ok(value.linked_accounts),
                masked_pan: Ok(value.masked_pan),
                msisdn: Ok(value.msisdn),
                name: Ok(value.name),
                owner_address_structured: Ok(value.owner_address_structured),
                owner_address_unstructured: Ok(value.owner_address_unstructured),
                owner_name: Ok(value.owner_name),
                product: Ok(value.product),
                resource_id: Ok(value.resource_id),
                scan: Ok(value.scan),
                status: Ok(value.status),
                usage: Ok(value.usage),
            }
        }
    }

    /// Builder of [`EndUserAgreement`](super::EndUserAgreement).
    #[derive(Clone)]
    pub struct EndUserAgreement {
        accepted: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        access_scope: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<
                ::std::vec::Vec<::gocardless_bank_data_core::AccessScope>,
            >,
            ::std::string::String,
        >,
        access_valid_for_days: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Days>,
            ::std::string::String,
        >,
        created: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        id: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
            ::std::string::String,
        >,
        institution_id: ::std::result::Result<
            ::gocardless_bank_data_core::InstitutionId,
            ::std::string::String,
        >,
        max_historical_days: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Days>,
            ::std::string::String,
        >,
        reconfirmation: ::std::result::Result<
            ::std::option::Option<bool>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for EndUserAgreement {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("EndUserAgreement").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for EndUserAgreement {
        fn default() -> Self {
            Self {
                accepted: Ok(Default::default()),
                access_scope: Ok(Default::default()),
                access_valid_for_days: Ok(Default::default()),
                created: Ok(Default::default()),
                id: Ok(Default::default()),
                institution_id: Err("no value supplied for institution_id".to_string()),
                max_historical_days: Ok(Default::default()),
                reconfirmation: Ok(Default::default()),
            }
        }
    }

    impl EndUserAgreement {
        /// Sets [`accepted`](super::EndUserAgreement::accepted).
        pub fn accepted<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.accepted = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for accepted: {e}")
                });
            self
        }

        /// Sets [`access_scope`](super::EndUserAgreement::access_scope).
        pub fn access_scope<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::gocardless_bank_data_core::AccessScope>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.access_scope = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for access_scope: {e}")
                });
            self
        }

        /// Sets [`access_valid_for_days`](super::EndUserAgreement::access_valid_for_days).
        pub fn access_valid_for_days<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Days>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.access_valid_for_days = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for access_valid_for_days: {e}"
                    )
                });
            self
        }

        /// Sets [`created`](super::EndUserAgreement::created).
        pub fn created<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.created = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for created: {e}")
                });
            self
        }

        /// Sets [`id`](super::EndUserAgreement::id).
        pub fn id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.id = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for id: {e}"));
            self
        }

        /// Sets [`institution_id`](super::EndUserAgreement::institution_id).
        pub fn institution_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::InstitutionId>,
            T::Error: ::std::fmt::Display,
        {
            self.institution_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for institution_id: {e}")
                });
            self
        }

        /// Sets [`max_historical_days`](super::EndUserAgreement::max_historical_days).
        pub fn max_historical_days<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Days>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.max_historical_days = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for max_historical_days: {e}"
                    )
                });
            self
        }

        /// Sets [`reconfirmation`](super::EndUserAgreement::reconfirmation).
        pub fn reconfirmation<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<bool>>,
            T::Error: ::std::fmt::Display,
        {
            self.reconfirmation = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for reconfirmation: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<EndUserAgreement> for super::EndUserAgreement {
        type Error = super::error::ConversionError;
        fn try_from(
            value: EndUserAgreement,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                accepted: value.accepted?,
                access_scope: value.access_scope?,
                access_valid_for_days: value.access_valid_for_days?,
                created: value.created?,
                id: value.id?,
                institution_id: value.institution_id?,
                max_historical_days: value.max_historical_days?,
                reconfirmation: value.reconfirmation?,
            })
        }
    }

    impl ::std::convert::From<super::EndUserAgreement> for EndUserAgreement {
        fn from(value: super::EndUserAgreement) -> Self {
            Self {
                accepted: Ok(value.accepted),
                access_scope: Ok(value.access_scope),
                access_valid_for_days: Ok(value.access_valid_for_days),
                created: Ok(value.created),
                id: Ok(value.id),
                institution_id: Ok(value.institution_id),
                max_historical_days: Ok(value.max_historical_days),
                reconfirmation: Ok(value.reconfirmation),
            }
        }
    }

    /// Builder of [`EndUserAgreementRequest`](super::EndUserAgreementRequest).
    #[derive(Clone)]
    pub struct EndUserAgreementRequest {
        access_scope: ::std::result::Result<
            ::std::vec::Vec<::gocardless_bank_data_core::AccessScope>,
            ::std::string::String,
        >,
        access_valid_for_days: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Bounded<1, 730>>,
            ::std::string::String,
        >,
        institution_id: ::std::result::Result<
            ::gocardless_bank_data_core::InstitutionId,
            ::std::string::String,
        >,
        max_historical_days: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Bounded<1, 730>>,
            ::std::string::String,
        >,
        reconfirmation: ::std::result::Result<
            ::std::option::Option<bool>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for EndUserAgreementRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("EndUserAgreementRequest").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for EndUserAgreementRequest {
        fn default() -> Self {
            Self {
                access_scope: Ok(Default::default()),
                access_valid_for_days: Ok(Default::default()),
                institution_id: Err("no value supplied for institution_id".to_string()),
                max_historical_days: Ok(Default::default()),
                reconfirmation: Ok(Default::default()),
            }
        }
    }

    impl EndUserAgreementRequest {
        /// Sets [`access_scope`](super::EndUserAgreementRequest::access_scope).
        pub fn access_scope<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::vec::Vec<::gocardless_bank_data_core::AccessScope>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.access_scope = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for access_scope: {e}")
                });
            self
        }

        /// Sets [`access_valid_for_days`](super::EndUserAgreementRequest::access_valid_for_days).
        pub fn access_valid_for_days<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Bounded<1, 730>>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.access_valid_for_days = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for access_valid_for_days: {e}"
                    )
                });
            self
        }

        /// Sets [`institution_id`](super::EndUserAgreementRequest::institution_id).
        pub fn institution_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::InstitutionId>,
            T::Error: ::std::fmt::Display,
        {
            self.institution_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for institution_id: {e}")
                });
            self
        }

        /// Sets [`max_historical_days`](super::EndUserAgreementRequest::max_historical_days).
        pub fn max_historical_days<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Bounded<1, 730>>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.max_historical_days = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for max_historical_days: {e}"
                    )
                });
            self
        }

        /// Sets [`reconfirmation`](super::EndUserAgreementRequest::reconfirmation).
        pub fn reconfirmation<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<bool>>,
            T::Error: ::std::fmt::Display,
        {
            self.reconfirmation = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for reconfirmation: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<EndUserAgreementRequest>
    for super::EndUserAgreementRequest {
        type Error = super::error::ConversionError;
        fn try_from(
            value: EndUserAgreementRequest,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                access_scope: value.access_scope?,
                access_valid_for_days: value.access_valid_for_days?,
                institution_id: value.institution_id?,
                max_historical_days: value.max_historical_days?,
                reconfirmation: value.reconfirmation?,
            })
        }
    }

    impl ::std::convert::From<super::EndUserAgreementRequest>
    for EndUserAgreementRequest {
        fn from(value: super::EndUserAgreementRequest) -> Self {
            Self {
                access_scope: Ok(value.access_scope),
                access_valid_for_days: Ok(value.access_valid_for_days),
                institution_id: Ok(value.institution_id),
                max_historical_days: Ok(value.max_historical_days),
                reconfirmation: Ok(value.reconfirmation),
            }
        }
    }

    /// Builder of [`EnduserAcceptanceDetailsRequest`](super::EnduserAcceptanceDetailsRequest).
    #[derive(Clone)]
    pub struct EnduserAcceptanceDetailsRequest {
        ip_address: ::std::result::Result<
            super::EnduserAcceptanceDetailsRequestIpAddress,
            ::std::string::String,
        >,
        user_agent: ::std::result::Result<
            super::EnduserAcceptanceDetailsRequestUserAgent,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for EnduserAcceptanceDetailsRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("EnduserAcceptanceDetailsRequest").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for EnduserAcceptanceDetailsRequest {
        fn default() -> Self {
            Self {
                ip_address: Err("no value supplied for ip_address".to_string()),
                user_agent: Err("no value supplied for user_agent".to_string()),
            }
        }
    }

    impl EnduserAcceptanceDetailsRequest {
        /// Sets [`ip_address`](super::EnduserAcceptanceDetailsRequest::ip_address).
        pub fn ip_address<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<super::EnduserAcceptanceDetailsRequestIpAddress>,
            T::Error: ::std::fmt::Display,
        {
            self.ip_address = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for ip_address: {e}")
                });
            self
        }

        /// Sets [`user_agent`](super::EnduserAcceptanceDetailsRequest::user_agent).
        pub fn user_agent<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<super::EnduserAcceptanceDetailsRequestUserAgent>,
            T::Error: ::std::fmt::Display,
        {
            self.user_agent = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for user_agent: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<EnduserAcceptanceDetailsRequest>
    for super::EnduserAcceptanceDetailsRequest {
        type Error = super::error::ConversionError;
        fn try_from(
            value: EnduserAcceptanceDetailsRequest,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                ip_address: value.ip_address?,
                user_agent: value.user_agent?,
            })
        }
    }

    impl ::std::convert::From<super::EnduserAcceptanceDetailsRequest>
    for EnduserAcceptanceDetailsRequest {
        fn from(value: super::EnduserAcceptanceDetailsRequest) -> Self {
            Self {
                ip_address: Ok(value.ip_address),
                user_agent: Ok(value.user_agent),
            }
        }
    }

    /// Builder of [`Integration`](super::Integration).
    #[derive(Clone)]
    pub struct Integration {
        bic: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        countries: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<::std::string::String>>,
            ::std::string::String,
        >,
        id: ::std::result::Result<
            ::gocardless_bank_data_core::InstitutionId,
            ::std::string::String,
        >,
        identification_codes: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<::serde_json::Value>>,
            ::std::string::String,
        >,
        logo: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        max_access_valid_for_days: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Days>,
            ::std::string::String,
        >,
        max_access_valid_for_days_reconfirmation: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Days>,
            ::std::string::String,
        >,
        name: ::std::result::Result<::std::string::String, ::std::string::String>,
        supported_features: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<
                ::std::vec::Vec<::gocardless_bank_data_core::Feature>,
            >,
            ::std::string::String,
        >,
        transaction_total_days: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Days>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for Integration {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Integration").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for Integration {
        fn default() -> Self {
            Self {
                bic: Ok(Default::default()),
                countries: Ok(Default::default()),
                id: Err("no value supplied for id".to_string()),
                identification_codes: Ok(Default::default()),
                logo: Ok(Default::default()),
                max_access_valid_for_days: Ok(Default::default()),
                max_access_valid_for_days_reconfirmation: Ok(Default::default()),
                name: Err("no value supplied for name".to_string()),
                supported_features: Ok(Default::default()),
                transaction_total_days: Ok(Default::default()),
            }
        }
    }

    impl Integration {
        /// Sets [`bic`](super::Integration::bic).
        pub fn bic<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.bic = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for bic: {e}"));
            self
        }

        /// Sets [`countries`](super::Integration::countries).
        pub fn countries<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::std::string::String>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.countries = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for countries: {e}")
                });
            self
        }

        /// Sets [`id`](super::Integration::id).
        pub fn id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::InstitutionId>,
            T::Error: ::std::fmt::Display,
        {
            self.id = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for id: {e}"));
            self
        }

        /// Sets [`identification_codes`](super::Integration::identification_codes).
        pub fn identification_codes<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::serde_json::Value>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.identification_codes = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for identification_codes: {e}"
                    )
                });
            self
        }

        /// Sets [`logo`](super::Integration::logo).
        pub fn logo<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.logo = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for logo: {e}"));
            self
        }

        /// Sets [`max_access_valid_for_days`](super::Integration::max_access_valid_for_days).
        pub fn max_access_valid_for_days<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Days>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.max_access_valid_for_days = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for max_access_valid_for_days: {e}"
                    )
                });
            self
        }

        /// Sets [`max_access_valid_for_days_reconfirmation`](super::Integration::max_access_valid_for_days_reconfirmation).
        pub fn max_access_valid_for_days_reconfirmation<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Days>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.max_access_valid_for_days_reconfirmation = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for max_access_valid_for_days_reconfirmation: {e}"
                    )
                });
            self
        }

        /// Sets [`name`](super::Integration::name).
        pub fn name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::string::String>,
            T::Error: ::std::fmt::Display,
        {
            self.name = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for name: {e}"));
            self
        }

        /// Sets [`supported_features`](super::Integration::supported_features).
        pub fn supported_features<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::gocardless_bank_data_core::Feature>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.supported_features = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for supported_features: {e}"
                    )
                });
            self
        }

        /// Sets [`transaction_total_days`](super::Integration::transaction_total_days).
        pub fn transaction_total_days<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Days>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.transaction_total_days = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for transaction_total_days: {e}"
                    )
                });
            self
        }
    }

    impl ::std::convert::TryFrom<Integration> for super::Integration {
        type Error = super::error::ConversionError;
        fn try_from(
            value: Integration,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                bic: value.bic?,
                countries: value.countries?,
                id: value.id?,
                identification_codes: value.identification_codes?,
                logo: value.logo?,
                max_access_valid_for_days: value.max_access_valid_for_days?,
                max_access_valid_for_days_reconfirmation: value
                    .max_access_valid_for_days_reconfirmation?,
                name: value.name?,
                supported_features: value.supported_features?,
                transaction_total_days: value.transaction_total_days?,
            })
        }
    }

    impl ::std::convert::From<super::Integration> for Integration {
        fn from(value: super::Integration) -> Self {
            Self {
                bic: Ok(value.bic),
                countries: Ok(value.countries),
                id: Ok(value.id),
                identification_codes: Ok(value.identification_codes),
                logo: Ok(value.logo),
                max_access_valid_for_days: Ok(value.max_access_valid_for_days),
                max_access_valid_for_days_reconfirmation: Ok(
                    value.max_access_valid_for_days_reconfirmation,
                ),
                name: Ok(value.name),
                supported_features: Ok(value.supported_features),
                transaction_total_days: Ok(value.transaction_total_days),
            }
        }
    }

    /// Builder of [`IntegrationRetrieve`](super::IntegrationRetrieve).
    #[derive(Clone)]
    pub struct IntegrationRetrieve {
        bic: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        countries: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<::std::string::String>>,
            ::std::string::String,
        >,
        id: ::std::result::Result<
            ::gocardless_bank_data_core::InstitutionId,
            ::std::string::String,
        >,
        identification_codes: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<::serde_json::Value>>,
            ::std::string::String,
        >,
        logo: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        max_access_valid_for_days: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Days>,
            ::std::string::String,
        >,
        max_access_valid_for_days_reconfirmation: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Days>,
            ::std::string::String,
        >,
        name: ::std::result::Result<::std::string::String, ::std::string::String>,
        supported_features: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<
                ::std::vec::Vec<::gocardless_bank_data_core::Feature>,
            >,
            ::std::string::String,
        >,
        transaction_total_days: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Days>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for IntegrationRetrieve {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("IntegrationRetrieve").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for IntegrationRetrieve {
        fn default() -> Self {
            Self {
                bic: Ok(Default::default()),
                countries: Ok(Default::default()),
                id: Err("no value supplied for id".to_string()),
                identification_codes: Ok(Default::default()),
                logo: Ok(Default::default()),
                max_access_valid_for_days: Ok(Default::default()),
                max_access_valid_for_days_reconfirmation: Ok(Default::default()),
                name: Err("no value supplied for name".to_string()),
                supported_features: Ok(Default::default()),
                transaction_total_days: Ok(Default::default()),
            }
        }
    }

    impl IntegrationRetrieve {
        /// Sets [`bic`](super::IntegrationRetrieve::bic).
        pub fn bic<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.bic = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for bic: {e}"));
            self
        }

        /// Sets [`countries`](super::IntegrationRetrieve::countries).
        pub fn countries<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::std::string::String>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.countries = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for countries: {e}")
                });
            self
        }

        /// Sets [`id`](super::IntegrationRetrieve::id).
        pub fn id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::InstitutionId>,
            T::Error: ::std::fmt::Display,
        {
            self.id = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for id: {e}"));
            self
        }

        /// Sets [`identification_codes`](super::IntegrationRetrieve::identification_codes).
        pub fn identification_codes<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::serde_json::Value>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.identification_codes = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for identification_codes: {e}"
                    )
                });
            self
        }

        /// Sets [`logo`](super::IntegrationRetrieve::logo).
        pub fn logo<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.logo = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for logo: {e}"));
            self
        }

        /// Sets [`max_access_valid_for_days`](super::IntegrationRetrieve::max_access_valid_for_days).
        pub fn max_access_valid_for_days<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Days>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.max_access_valid_for_days = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for max_access_valid_for_days: {e}"
                    )
                });
            self
        }

        /// Sets [`max_access_valid_for_days_reconfirmation`](super::IntegrationRetrieve::max_access_valid_for_days_reconfirmation).
        pub fn max_access_valid_for_days_reconfirmation<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Days>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.max_access_valid_for_days_reconfirmation = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for max_access_valid_for_days_reconfirmation: {e}"
                    )
                });
            self
        }

        /// Sets [`name`](super::IntegrationRetrieve::name).
        pub fn name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::string::String>,
            T::Error: ::std::fmt::Display,
        {
            self.name = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for name: {e}"));
            self
        }

        /// Sets [`supported_features`](super::IntegrationRetrieve::supported_features).
        pub fn supported_features<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::gocardless_bank_data_core::Feature>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.supported_features = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for supported_features: {e}"
                    )
                });
            self
        }

        /// Sets [`transaction_total_days`](super::IntegrationRetrieve::transaction_total_days).
        pub fn transaction_total_days<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Days>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.transaction_total_days = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for transaction_total_days: {e}"
                    )
                });
            self
        }
    }

    impl ::std::convert::TryFrom<IntegrationRetrieve> for super::IntegrationRetrieve {
        type Error = super::error::ConversionError;
        fn try_from(
            value: IntegrationRetrieve,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                bic: value.bic?,
                countries: value.countries?,
                id: value.id?,
                identification_codes: value.identification_codes?,
                logo: value.logo?,
                max_access_valid_for_days: value.max_access_valid_for_days?,
                max_access_valid_for_days_reconfirmation: value
                    .max_access_valid_for_days_reconfirmation?,
                name: value.name?,
                supported_features: value.supported_features?,
                transaction_total_days: value.transaction_total_days?,
            })
        }
    }

    impl ::std::convert::From<super::IntegrationRetrieve> for IntegrationRetrieve {
        fn from(value: super::IntegrationRetrieve) -> Self {
            Self {
                bic: Ok(value.bic),
                countries: Ok(value.countries),
                id: Ok(value.id),
                identification_codes: Ok(value.identification_codes),
                logo: Ok(value.logo),
                max_access_valid_for_days: Ok(value.max_access_valid_for_days),
                max_access_valid_for_days_reconfirmation: Ok(
                    value.max_access_valid_for_days_reconfirmation,
                ),
                name: Ok(value.name),
                supported_features: Ok(value.supported_features),
                transaction_total_days: Ok(value.transaction_total_days),
            }
        }
    }

    /// Builder of [`JwtObtainPairRequest`](super::JwtObtainPairRequest).
    #[derive(Clone)]
    pub struct JwtObtainPairRequest {
        secret_id: ::std::result::Result<
            ::gocardless_bank_data_core::Secret,
            ::std::string::String,
        >,
        secret_key: ::std::result::Result<
            ::gocardless_bank_data_core::Secret,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for JwtObtainPairRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("JwtObtainPairRequest").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for JwtObtainPairRequest {
        fn default() -> Self {
            Self {
                secret_id: Err("no value supplied for secret_id".to_string()),
                secret_key: Err("no value supplied for secret_key".to_string()),
            }
        }
    }

    impl JwtObtainPairRequest {
        /// Sets [`secret_id`](super::JwtObtainPairRequest::secret_id).
        pub fn secret_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::Secret>,
            T::Error: ::std::fmt::Display,
        {
            self.secret_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for secret_id: {e}")
                });
            self
        }

        /// Sets [`secret_key`](super::JwtObtainPairRequest::secret_key).
        pub fn secret_key<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::Secret>,
            T::Error: ::std::fmt::Display,
        {
            self.secret_key = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for secret_key: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<JwtObtainPairRequest> for super::JwtObtainPairRequest {
        type Error = super::error::ConversionError;
        fn try_from(
            value: JwtObtainPairRequest,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                secret_id: value.secret_id?,
                secret_key: value.secret_key?,
            })
        }
    }

    impl ::std::convert::From<super::JwtObtainPairRequest> for JwtObtainPairRequest {
        fn from(value: super::JwtObtainPairRequest) -> Self {
            Self {
                secret_id: Ok(value.secret_id),
                secret_key: Ok(value.secret_key),
            }
        }
    }

    /// Builder of [`JwtRefreshRequest`](super::JwtRefreshRequest).
    #[derive(Clone)]
    pub struct JwtRefreshRequest {
        refresh: ::std::result::Result<
            ::gocardless_bank_data_core::Secret,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for JwtRefreshRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("JwtRefreshRequest").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for JwtRefreshRequest {
        fn default() -> Self {
            Self {
                refresh: Err("no value supplied for refresh".to_string()),
            }
        }
    }

    impl JwtRefreshRequest {
        /// Sets [`refresh`](super::JwtRefreshRequest::refresh).
        pub fn refresh<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::Secret>,
            T::Error: ::std::fmt::Display,
        {
            self.refresh = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for refresh: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<JwtRefreshRequest> for super::JwtRefreshRequest {
        type Error = super::error::ConversionError;
        fn try_from(
            value: JwtRefreshRequest,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self { refresh: value.refresh? })
        }
    }

    impl ::std::convert::From<super::JwtRefreshRequest> for JwtRefreshRequest {
        fn from(value: super::JwtRefreshRequest) -> Self {
            Self { refresh: Ok(value.refresh) }
        }
    }

    /// Builder of [`OwnerAddressStructuredSchema`](super::OwnerAddressStructuredSchema).
    #[derive(Clone)]
    pub struct OwnerAddressStructuredSchema {
        building_number: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        country: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        post_code: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        street_name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        town_name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for OwnerAddressStructuredSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("OwnerAddressStructuredSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for OwnerAddressStructuredSchema {
        fn default() -> Self {
            Self {
                building_number: Ok(Default::default()),
                country: Ok(Default::default()),
                post_code: Ok(Default::default()),
                street_name: Ok(Default::default()),
                town_name: Ok(Default::default()),
            }
        }
    }

    impl OwnerAddressStructuredSchema {
        /// Sets [`building_number`](super::OwnerAddressStructuredSchema::building_number).
        pub fn building_number<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.building_number = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for building_number: {e}")
                });
            self
        }

        /// Sets [`country`](super::OwnerAddressStructuredSchema::country).
        pub fn country<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.country = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for country: {e}")
                });
            self
        }

        /// Sets [`post_code`](super::OwnerAddressStructuredSchema::post_code).
        pub fn post_code<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.post_code = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for post_code: {e}")
                });
            self
        }

        /// Sets [`street_name`](super::OwnerAddressStructuredSchema::street_name).
        pub fn street_name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.street_name = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for street_name: {e}")
                });
            self
        }

        /// Sets [`town_name`](super::OwnerAddressStructuredSchema::town_name).
        pub fn town_name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.town_name = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for town_name: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<OwnerAddressStructuredSchema>
    for super::OwnerAddressStructuredSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: OwnerAddressStructuredSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                building_number: value.building_number?,
                country: value.country?,
                post_code: value.post_code?,
                street_name: value.street_name?,
                town_name: value.town_name?,
            })
        }
    }

    impl ::std::convert::From<super::OwnerAddressStructuredSchema>
    for OwnerAddressStructuredSchema {
        fn from(value: super::OwnerAddressStructuredSchema) -> Self {
            Self {
                building_number: Ok(value.building_number),
                country: Ok(value.country),
                post_code: Ok(value.post_code),
                street_name: Ok(value.street_name),
                town_name: Ok(value.town_name),
            }
        }
    }

    /// Builder of [`PaginatedEndUserAgreementList`](super::PaginatedEndUserAgreementList).
    #[derive(Clone)]
    pub struct PaginatedEndUserAgreementList {
        count: ::std::result::Result<i64, ::std::string::String>,
        next: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        previous: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        results: ::std::result::Result<
            ::std::vec::Vec<super::EndUserAgreement>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for PaginatedEndUserAgreementList {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("PaginatedEndUserAgreementList").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for PaginatedEndUserAgreementList {
        fn default() -> Self {
            Self {
                count: Err("no value supplied for count".to_string()),
                next: Ok(Default::default()),
                previous: Ok(Default::default()),
                results: Err("no value supplied for results".to_string()),
            }
        }
    }

    impl PaginatedEndUserAgreementList {
        /// Sets [`count`](super::PaginatedEndUserAgreementList::count).
        pub fn count<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<i64>,
            T::Error: ::std::fmt::Display,
        {
            self.count = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for count: {e}"));
            self
        }

        /// Sets [`next`](super::PaginatedEndUserAgreementList::next).
        pub fn next<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.next = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for next: {e}"));
            self
        }

        /// Sets [`previous`](super::PaginatedEndUserAgreementList::previous).
        pub fn previous<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.previous = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for previous: {e}")
                });
            self
        }

        /// Sets [`results`](super::PaginatedEndUserAgreementList::results).
        pub fn results<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::vec::Vec<super::EndUserAgreement>>,
            T::Error: ::std::fmt::Display,
        {
            self.results = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for results: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<PaginatedEndUserAgreementList>
    for super::PaginatedEndUserAgreementList {
        type Error = super::error::ConversionError;
        fn try_from(
            value: PaginatedEndUserAgreementList,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                count: value.count?,
                next: value.next?,
                previous: value.previous?,
                results: value.results?,
            })
        }
    }

    impl ::std::convert::From<super::PaginatedEndUserAgreementList>
    for PaginatedEndUserAgreementList {
        fn from(value: super::PaginatedEndUserAgreementList) -> Self {
            Self {
                count: Ok(value.count),
                next: Ok(value.next),
                previous: Ok(value.previous),
                results: Ok(value.results),
            }
        }
    }

    /// Builder of [`PaginatedRequisitionList`](super::PaginatedRequisitionList).
    #[derive(Clone)]
    pub struct PaginatedRequisitionList {
        count: ::std::result::Result<i64, ::std::string::String>,
        next: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        previous: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        results: ::std::result::Result<
            ::std::vec::Vec<super::Requisition>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for PaginatedRequisitionList {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("PaginatedRequisitionList").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for PaginatedRequisitionList {
        fn default() -> Self {
            Self {
                count: Err("no value supplied for count".to_string()),
                next: Ok(Default::default()),
                previous: Ok(Default::default()),
                results: Err("no value supplied for results".to_string()),
            }
        }
    }

    impl PaginatedRequisitionList {
        /// Sets [`count`](super::PaginatedRequisitionList::count).
        pub fn count<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<i64>,
            T::Error: ::std::fmt::Display,
        {
            self.count = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for count: {e}"));
            self
        }

        /// Sets [`next`](super::PaginatedRequisitionList::next).
        pub fn next<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.next = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for next: {e}"));
            self
        }

        /// Sets [`previous`](super::PaginatedRequisitionList::previous).
        pub fn previous<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.previous = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for previous: {e}")
                });
            self
        }

        /// Sets [`results`](super::PaginatedRequisitionList::results).
        pub fn results<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::vec::Vec<super::Requisition>>,
            T::Error: ::std::fmt::Display,
        {
            self.results = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for results: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<PaginatedRequisitionList>
    for super::PaginatedRequisitionList {
        type Error = super::error::ConversionError;
        fn try_from(
            value: PaginatedRequisitionList,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                count: value.count?,
                next: value.next?,
                previous: value.previous?,
                results: value.results?,
            })
        }
    }

    impl ::std::convert::From<super::PaginatedRequisitionList>
    for PaginatedRequisitionList {
        fn from(value: super::PaginatedRequisitionList) -> Self {
            Self {
                count: Ok(value.count),
                next: Ok(value.next),
                previous: Ok(value.previous),
                results: Ok(value.results),
            }
        }
    }

    /// Builder of [`ReconfirmationRetrieve`](super::ReconfirmationRetrieve).
    #[derive(Clone)]
    pub struct ReconfirmationRetrieve {
        accounts: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<
                ::serde_json::Map<::std::string::String, ::serde_json::Value>,
            >,
            ::std::string::String,
        >,
        created: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        last_accessed: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        last_submitted: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        reconfirmation_url: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        redirect: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        url_valid_from: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        url_valid_to: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for ReconfirmationRetrieve {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ReconfirmationRetrieve").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for ReconfirmationRetrieve {
        fn default() -> Self {
            Self {
                accounts: Ok(Default::default()),
                created: Ok(Default::default()),
                last_accessed: Ok(Default::default()),
                last_submitted: Ok(Default::default()),
                reconfirmation_url: Ok(Default::default()),
                redirect: Ok(Default::default()),
                url_valid_from: Ok(Default::default()),
                url_valid_to: Ok(Default::default()),
            }
        }
    }

    impl ReconfirmationRetrieve {
        /// Sets [`accounts`](super::ReconfirmationRetrieve::accounts).
        pub fn accounts<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::serde_json::Map<::std::string::String, ::serde_json::Value>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.accounts = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for accounts: {e}")
                });
            self
        }

        /// Sets [`created`](super::ReconfirmationRetrieve::created).
        pub fn created<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.created = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for created: {e}")
                });
            self
        }

        /// Sets [`last_accessed`](super::ReconfirmationRetrieve::last_accessed).
        pub fn last_accessed<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.last_accessed = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for last_accessed: {e}")
                });
            self
        }

        /// Sets [`last_submitted`](super::ReconfirmationRetrieve::last_submitted).
        pub fn last_submitted<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.last_submitted = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for last_submitted: {e}")
                });
            self
        }

        /// Sets [`reconfirmation_url`](super::ReconfirmationRetrieve::reconfirmation_url).
        pub fn reconfirmation_url<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.reconfirmation_url = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for reconfirmation_url: {e}"
                    )
                });
            self
        }

        /// Sets [`redirect`](super::ReconfirmationRetrieve::redirect).
        pub fn redirect<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.redirect = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for redirect: {e}")
                });
            self
        }

        /// Sets [`url_valid_from`](super::ReconfirmationRetrieve::url_valid_from).
        pub fn url_valid_from<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.url_valid_from = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for url_valid_from: {e}")
                });
            self
        }

        /// Sets [`url_valid_to`](super::ReconfirmationRetrieve::url_valid_to).
        pub fn url_valid_to<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.url_valid_to = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for url_valid_to: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<ReconfirmationRetrieve>
    for super::ReconfirmationRetrieve {
        type Error = super::error::ConversionError;
        fn try_from(
            value: ReconfirmationRetrieve,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                accounts: value.accounts?,
                created: value.created?,
                last_accessed: value.last_accessed?,
                last_submitted: value.last_submitted?,
                reconfirmation_url: value.reconfirmation_url?,
                redirect: value.redirect?,
                url_valid_from: value.url_valid_from?,
                url_valid_to: value.url_valid_to?,
            })
        }
    }

    impl ::std::convert::From<super::ReconfirmationRetrieve> for ReconfirmationRetrieve {
        fn from(value: super::ReconfirmationRetrieve) -> Self {
            Self {
                accounts: Ok(value.accounts),
                created: Ok(value.created),
                last_accessed: Ok(value.last_accessed),
                last_submitted: Ok(value.last_submitted),
                reconfirmation_url: Ok(value.reconfirmation_url),
                redirect: Ok(value.redirect),
                url_valid_from: Ok(value.url_valid_from),
                url_valid_to: Ok(value.url_valid_to),
            }
        }
    }

    /// Builder of [`ReconfirmationRetrieveRequest`](super::ReconfirmationRetrieveRequest).
    #[derive(Clone)]
    pub struct ReconfirmationRetrieveRequest {
        redirect: ::std::result::Result<
            ::std::option::Option<super::ReconfirmationRetrieveRequestRedirect>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for ReconfirmationRetrieveRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("ReconfirmationRetrieveRequest").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for ReconfirmationRetrieveRequest {
        fn default() -> Self {
            Self {
                redirect: Ok(Default::default()),
            }
        }
    }

    impl ReconfirmationRetrieveRequest {
        /// Sets [`redirect`](super::ReconfirmationRetrieveRequest::redirect).
        pub fn redirect<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<super::ReconfirmationRetrieveRequestRedirect>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.redirect = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for redirect: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<ReconfirmationRetrieveRequest>
    for super::ReconfirmationRetrieveRequest {
        type Error = super::error::ConversionError;
        fn try_from(
            value: ReconfirmationRetrieveRequest,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self { redirect: value.redirect? })
        }
    }

    impl ::std::convert::From<super::ReconfirmationRetrieveRequest>
    for ReconfirmationRetrieveRequest {
        fn from(value: super::ReconfirmationRetrieveRequest) -> Self {
            Self {
                redirect: Ok(value.redirect),
            }
        }
    }

    /// Builder of [`Requisition`](super::Requisition).
    #[derive(Clone)]
    pub struct Requisition {
        account_selection: ::std::result::Result<
            ::std::option::Option<bool>,
            ::std::string::String,
        >,
        accounts: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<
                ::std::vec::Vec<::gocardless_bank_data_core::AccountId>,
            >,
            ::std::string::String,
        >,
        agreement: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
            ::std::string::String,
        >,
        created: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        id: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::RequisitionId>,
            ::std::string::String,
        >,
        institution_id: ::std::result::Result<
            ::gocardless_bank_data_core::InstitutionId,
            ::std::string::String,
        >,
        link: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        redirect: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        redirect_immediate: ::std::result::Result<
            ::std::option::Option<bool>,
            ::std::string::String,
        >,
        reference: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        ssn: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Secret>,
            ::std::string::String,
        >,
        status: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::RequisitionStatus>,
            ::std::string::String,
        >,
        user_language: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for Requisition {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("Requisition").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for Requisition {
        fn default() -> Self {
            Self {
                account_selection: Ok(Default::default()),
                accounts: Ok(Default::default()),
                agreement: Ok(Default::default()),
                created: Ok(Default::default()),
                id: Ok(Default::default()),
                institution_id: Err("no value supplied for institution_id".to_string()),
                link: Ok(Default::default()),
                redirect: Ok(Default::default()),
                redirect_immediate: Ok(Default::default()),
                reference: Ok(Default::default()),
                ssn: Ok(Default::default()),
                status: Ok(Default::default()),
                user_language: Ok(Default::default()),
            }
        }
    }

    impl Requisition {
        /// Sets [`account_selection`](super::Requisition::account_selection).
        pub fn account_selection<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<bool>>,
            T::Error: ::std::fmt::Display,
        {
            self.account_selection = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for account_selection: {e}")
                });
            self
        }

        /// Sets [`accounts`](super::Requisition::accounts).
        pub fn accounts<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::gocardless_bank_data_core::AccountId>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.accounts = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for accounts: {e}")
                });
            self
        }

        /// Sets [`agreement`](super::Requisition::agreement).
        pub fn agreement<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.agreement = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for agreement: {e}")
                });
            self
        }

        /// Sets [`created`](super::Requisition::created).
        pub fn created<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.created = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for created: {e}")
                });
            self
        }

        /// Sets [`id`](super::Requisition::id).
        pub fn id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::RequisitionId>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.id = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for id: {e}"));
            self
        }

        /// Sets [`institution_id`](super::Requisition::institution_id).
        pub fn institution_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::InstitutionId>,
            T::Error: ::std::fmt::Display,
        {
            self.institution_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for institution_id: {e}")
                });
            self
        }

        /// Sets [`link`](super::Requisition::link).
        pub fn link<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.link = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for link: {e}"));
            self
        }

        /// Sets [`redirect`](super::Requisition::redirect).
        pub fn redirect<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.redirect = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for redirect: {e}")
                });
            self
        }

        /// Sets [`redirect_immediate`](super::Requisition::redirect_immediate).
        pub fn redirect_immediate<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<bool>>,
            T::Error: ::std::fmt::Display,
        {
            self.redirect_immediate = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for redirect_immediate: {e}"
                    )
                });
            self
        }

        /// Sets [`reference`](super::Requisition::reference).
        pub fn reference<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.reference = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for reference: {e}")
                });
            self
        }

        /// Sets [`ssn`](super::Requisition::ssn).
        pub fn ssn<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Secret>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.ssn = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for ssn: {e}"));
            self
        }

        /// Sets [`status`](super::Requisition::status).
        pub fn status<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::RequisitionStatus>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.status = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for status: {e}"));
            self
        }

        /// Sets [`user_language`](super::Requisition::user_language).
        pub fn user_language<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.user_language = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for user_language: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<Requisition> for super::Requisition {
        type Error = super::error::ConversionError;
        fn try_from(
            value: Requisition,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                account_selection: value.account_selection?,
                accounts: value.accounts?,
                agreement: value.agreement?,
                created: value.created?,
                id: value.id?,
                institution_id: value.institution_id?,
                link: value.link?,
                redirect: value.redirect?,
                redirect_immediate: value.redirect_immediate?,
                reference: value.reference?,
                ssn: value.ssn?,
                status: value.status?,
                user_language: value.user_language?,
            })
        }
    }

    impl ::std::convert::From<super::Requisition> for Requisition {
        fn from(value: super::Requisition) -> Self {
            Self {
                account_selection: Ok(value.account_selection),
                accounts: Ok(value.accounts),
                agreement: Ok(value.agreement),
                created: Ok(value.created),
                id: Ok(value.id),
                institution_id: Ok(value.institution_id),
                link: Ok(value.link),
                redirect: Ok(value.redirect),
                redirect_immediate: Ok(value.redirect_immediate),
                reference: Ok(value.reference),
                ssn: Ok(value.ssn),
                status: Ok(value.status),
                user_language: Ok(value.user_language),
            }
        }
    }

    /// Builder of [`RequisitionRequest`](super::RequisitionRequest).
    #[derive(Clone)]
    pub struct RequisitionRequest {
        account_selection: ::std::result::Result<
            ::std::option::Option<bool>,
            ::std::string::String,
        >,
        agreement: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
            ::std::string::String,
        >,
        institution_id: ::std::result::Result<
            ::gocardless_bank_data_core::InstitutionId,
            ::std::string::String,
        >,
        redirect: ::std::result::Result<
            ::std::option::Option<super::RequisitionRequestRedirect>,
            ::std::string::String,
        >,
        redirect_immediate: ::std::result::Result<
            ::std::option::Option<bool>,
            ::std::string::String,
        >,
        reference: ::std::result::Result<
            ::std::option::Option<super::RequisitionRequestReference>,
            ::std::string::String,
        >,
        ssn: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Secret>,
            ::std::string::String,
        >,
        user_language: ::std::result::Result<
            ::std::option::Option<super::RequisitionRequestUserLanguage>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for RequisitionRequest {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("RequisitionRequest").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for RequisitionRequest {
        fn default() -> Self {
            Self {
                account_selection: Ok(Default::default()),
                agreement: Ok(Default::default()),
                institution_id: Err("no value supplied for institution_id".to_string()),
                redirect: Err("no value supplied for redirect".to_string()),
                redirect_immediate: Ok(Default::default()),
                reference: Ok(Default::default()),
                ssn: Ok(Default::default()),
                user_language: Ok(Default::default()),
            }
        }
    }

    impl RequisitionRequest {
        /// Sets [`account_selection`](super::RequisitionRequest::account_selection).
        pub fn account_selection<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<bool>>,
            T::Error: ::std::fmt::Display,
        {
            self.account_selection = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for account_selection: {e}")
                });
            self
        }

        /// Sets [`agreement`](super::RequisitionRequest::agreement).
        pub fn agreement<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::AgreementId>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.agreement = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for agreement: {e}")
                });
            self
        }

        /// Sets [`institution_id`](super::RequisitionRequest::institution_id).
        pub fn institution_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::InstitutionId>,
            T::Error: ::std::fmt::Display,
        {
            self.institution_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for institution_id: {e}")
                });
            self
        }

        /// Sets [`redirect`](super::RequisitionRequest::redirect).
        pub fn redirect<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<super::RequisitionRequestRedirect>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.redirect = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for redirect: {e}")
                });
            self
        }

        /// Sets [`redirect_immediate`](super::RequisitionRequest::redirect_immediate).
        pub fn redirect_immediate<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<bool>>,
            T::Error: ::std::fmt::Display,
        {
            self.redirect_immediate = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for redirect_immediate: {e}"
                    )
                });
            self
        }

        /// Sets [`reference`](super::RequisitionRequest::reference).
        pub fn reference<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<super::RequisitionRequestReference>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.reference = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for reference: {e}")
                });
            self
        }

        /// Sets [`ssn`](super::RequisitionRequest::ssn).
        pub fn ssn<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Secret>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.ssn = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for ssn: {e}"));
            self
        }

        /// Sets [`user_language`](super::RequisitionRequest::user_language).
        pub fn user_language<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<super::RequisitionRequestUserLanguage>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.user_language = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for user_language: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<RequisitionRequest> for super::RequisitionRequest {
        type Error = super::error::ConversionError;
        fn try_from(
            value: RequisitionRequest,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                account_selection: value.account_selection?,
                agreement: value.agreement?,
                institution_id: value.institution_id?,
                redirect: value.redirect?,
                redirect_immediate: value.redirect_immediate?,
                reference: value.reference?,
                ssn: value.ssn?,
                user_language: value.user_language?,
            })
        }
    }

    impl ::std::convert::From<super::RequisitionRequest> for RequisitionRequest {
        fn from(value: super::RequisitionRequest) -> Self {
            Self {
                account_selection: Ok(value.account_selection),
                agreement: Ok(value.agreement),
                institution_id: Ok(value.institution_id),
                redirect: Ok(value.redirect),
                redirect_immediate: Ok(value.redirect_immediate),
                reference: Ok(value.reference),
                ssn: Ok(value.ssn),
                user_language: Ok(value.user_language),
            }
        }
    }

    /// Builder of [`SpectacularJwtObtain`](super::SpectacularJwtObtain).
    #[derive(Clone)]
    pub struct SpectacularJwtObtain {
        access: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Secret>,
            ::std::string::String,
        >,
        access_expires: ::std::result::Result<
            ::std::option::Option<i64>,
            ::std::string::String,
        >,
        refresh: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Secret>,
            ::std::string::String,
        >,
        refresh_expires: ::std::result::Result<
            ::std::option::Option<i64>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for SpectacularJwtObtain {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("SpectacularJwtObtain").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for SpectacularJwtObtain {
        fn default() -> Self {
            Self {
                access: Ok(Default::default()),
                access_expires: Ok(Default::default()),
                refresh: Ok(Default::default()),
                refresh_expires: Ok(Default::default()),
            }
        }
    }

    impl SpectacularJwtObtain {
        /// Sets [`access`](super::SpectacularJwtObtain::access).
        pub fn access<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Secret>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.access = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for access: {e}"));
            self
        }

        /// Sets [`access_expires`](super::SpectacularJwtObtain::access_expires).
        pub fn access_expires<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<i64>>,
            T::Error: ::std::fmt::Display,
        {
            self.access_expires = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for access_expires: {e}")
                });
            self
        }

        /// Sets [`refresh`](super::SpectacularJwtObtain::refresh).
        pub fn refresh<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Secret>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.refresh = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for refresh: {e}")
                });
            self
        }

        /// Sets [`refresh_expires`](super::SpectacularJwtObtain::refresh_expires).
        pub fn refresh_expires<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<i64>>,
            T::Error: ::std::fmt::Display,
        {
            self.refresh_expires = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for refresh_expires: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<SpectacularJwtObtain> for super::SpectacularJwtObtain {
        type Error = super::error::ConversionError;
        fn try_from(
            value: SpectacularJwtObtain,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                access: value.access?,
                access_expires: value.access_expires?,
                refresh: value.refresh?,
                refresh_expires: value.refresh_expires?,
            })
        }
    }

    impl ::std::convert::From<super::SpectacularJwtObtain> for SpectacularJwtObtain {
        fn from(value: super::SpectacularJwtObtain) -> Self {
            Self {
                access: Ok(value.access),
                access_expires: Ok(value.access_expires),
                refresh: Ok(value.refresh),
                refresh_expires: Ok(value.refresh_expires),
            }
        }
    }

    /// Builder of [`SpectacularJwtRefresh`](super::SpectacularJwtRefresh).
    #[derive(Clone)]
    pub struct SpectacularJwtRefresh {
        access: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Secret>,
            ::std::string::String,
        >,
        access_expires: ::std::result::Result<
            ::std::option::Option<i64>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for SpectacularJwtRefresh {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("SpectacularJwtRefresh").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for SpectacularJwtRefresh {
        fn default() -> Self {
            Self {
                access: Ok(Default::default()),
                access_expires: Ok(Default::default()),
            }
        }
    }

    impl SpectacularJwtRefresh {
        /// Sets [`access`](super::SpectacularJwtRefresh::access).
        pub fn access<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Secret>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.access = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for access: {e}"));
            self
        }

        /// Sets [`access_expires`](super::SpectacularJwtRefresh::access_expires).
        pub fn access_expires<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<i64>>,
            T::Error: ::std::fmt::Display,
        {
            self.access_expires = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for access_expires: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<SpectacularJwtRefresh>
    for super::SpectacularJwtRefresh {
        type Error = super::error::ConversionError;
        fn try_from(
            value: SpectacularJwtRefresh,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                access: value.access?,
                access_expires: value.access_expires?,
            })
        }
    }

    impl ::std::convert::From<super::SpectacularJwtRefresh> for SpectacularJwtRefresh {
        fn from(value: super::SpectacularJwtRefresh) -> Self {
            Self {
                access: Ok(value.access),
                access_expires: Ok(value.access_expires),
            }
        }
    }

    /// Builder of [`SuccessfulDeleteResponse`](super::SuccessfulDeleteResponse).
    #[derive(Clone)]
    pub struct SuccessfulDeleteResponse {
        detail: ::std::result::Result<::std::string::String, ::std::string::String>,
        summary: ::std::result::Result<::std::string::String, ::std::string::String>,
    }

    impl ::std::fmt::Debug for SuccessfulDeleteResponse {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("SuccessfulDeleteResponse").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for SuccessfulDeleteResponse {
        fn default() -> Self {
            Self {
                detail: Err("no value supplied for detail".to_string()),
                summary: Err("no value supplied for summary".to_string()),
            }
        }
    }

    impl SuccessfulDeleteResponse {
        /// Sets [`detail`](super::SuccessfulDeleteResponse::detail).
        pub fn detail<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::string::String>,
            T::Error: ::std::fmt::Display,
        {
            self.detail = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for detail: {e}"));
            self
        }

        /// Sets [`summary`](super::SuccessfulDeleteResponse::summary).
        pub fn summary<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::string::String>,
            T::Error: ::std::fmt::Display,
        {
            self.summary = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for summary: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<SuccessfulDeleteResponse>
    for super::SuccessfulDeleteResponse {
        type Error = super::error::ConversionError;
        fn try_from(
            value: SuccessfulDeleteResponse,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                detail: value.detail?,
                summary: value.summary?,
            })
        }
    }

    impl ::std::convert::From<super::SuccessfulDeleteResponse>
    for SuccessfulDeleteResponse {
        fn from(value: super::SuccessfulDeleteResponse) -> Self {
            Self {
                detail: Ok(value.detail),
                summary: Ok(value.summary),
            }
        }
    }

    /// Builder of [`TransactionAmountSchema`](super::TransactionAmountSchema).
    #[derive(Clone)]
    pub struct TransactionAmountSchema {
        amount: ::std::result::Result<
            ::gocardless_bank_data_core::Amount,
            ::std::string::String,
        >,
        currency: ::std::result::Result<
            ::gocardless_bank_data_core::Currency,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for TransactionAmountSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("TransactionAmountSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for TransactionAmountSchema {
        fn default() -> Self {
            Self {
                amount: Err("no value supplied for amount".to_string()),
                currency: Err("no value supplied for currency".to_string()),
            }
        }
    }

    impl TransactionAmountSchema {
        /// Sets [`amount`](super::TransactionAmountSchema::amount).
        pub fn amount<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::Amount>,
            T::Error: ::std::fmt::Display,
        {
            self.amount = value
                .try_into()
                .map_err(|e| format!("error converting supplied value for amount: {e}"));
            self
        }

        /// Sets [`currency`](super::TransactionAmountSchema::currency).
        pub fn currency<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::gocardless_bank_data_core::Currency>,
            T::Error: ::std::fmt::Display,
        {
            self.currency = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for currency: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<TransactionAmountSchema>
    for super::TransactionAmountSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: TransactionAmountSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                amount: value.amount?,
                currency: value.currency?,
            })
        }
    }

    impl ::std::convert::From<super::TransactionAmountSchema>
    for TransactionAmountSchema {
        fn from(value: super::TransactionAmountSchema) -> Self {
            Self {
                amount: Ok(value.amount),
                currency: Ok(value.currency),
            }
        }
    }

    /// Builder of [`TransactionSchema`](super::TransactionSchema).
    #[derive(Clone)]
    pub struct TransactionSchema {
        additional_data_structured: ::std::result::Result<
            ::std::option::Option<::serde_json::Value>,
            ::std::string::String,
        >,
        additional_information: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        additional_information_structured: ::std::result::Result<
            ::std::option::Option<::serde_json::Value>,
            ::std::string::String,
        >,
        balance_after_transaction: ::std::result::Result<
            ::std::option::Option<
                ::gocardless_bank_data_core::OrOther<
                    super::BalanceAfterTransactionSchema,
                >,
            >,
            ::std::string::String,
        >,
        bank_transaction_code: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        booking_date: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Date>,
            ::std::string::String,
        >,
        booking_date_time: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
        booking_status: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        check_id: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        creditor_account: ::std::result::Result<
            ::std::option::Option<
                ::gocardless_bank_data_core::OrOther<super::AccountSchema>,
            >,
            ::std::string::String,
        >,
        creditor_agent: ::std::result::Result<
            ::std::option::Option<::serde_json::Value>,
            ::std::string::String,
        >,
        creditor_id: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        creditor_name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        currency_exchange: ::std::result::Result<
            ::std::option::Option<
                ::gocardless_bank_data_core::OneOrMany<super::CurrencyExchangeSchema>,
            >,
            ::std::string::String,
        >,
        debtor_account: ::std::result::Result<
            ::std::option::Option<
                ::gocardless_bank_data_core::OrOther<super::AccountSchema>,
            >,
            ::std::string::String,
        >,
        debtor_agent: ::std::result::Result<
            ::std::option::Option<::serde_json::Value>,
            ::std::string::String,
        >,
        debtor_name: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        end_to_end_id: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        entry_reference: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        internal_transaction_id: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        mandate_id: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        merchant_category_code: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        proprietary_bank: ::std::result::Result<
            ::std::option::Option<::serde_json::Value>,
            ::std::string::String,
        >,
        proprietary_bank_transaction_code: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        purpose_code: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        remittance_information_structured: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        remittance_information_structured_array: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<::std::string::String>>,
            ::std::string::String,
        >,
        remittance_information_unstructured: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        remittance_information_unstructured_array: ::std::result::Result<
            ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<::std::string::String>>,
            ::std::string::String,
        >,
        transaction_amount: ::std::result::Result<
            super::TransactionAmountSchema,
            ::std::string::String,
        >,
        transaction_id: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        ultimate_creditor: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        ultimate_debtor: ::std::result::Result<
            ::std::option::Option<::std::string::String>,
            ::std::string::String,
        >,
        value_date: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Date>,
            ::std::string::String,
        >,
        value_date_time: ::std::result::Result<
            ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            ::std::string::String,
        >,
    }

    impl ::std::fmt::Debug for TransactionSchema {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.debug_struct("TransactionSchema").finish_non_exhaustive()
        }
    }

    impl ::std::default::Default for TransactionSchema {
        fn default() -> Self {
            Self {
                additional_data_structured: Ok(Default::default()),
                additional_information: Ok(Default::default()),
                additional_information_structured: Ok(Default::default()),
                balance_after_transaction: Ok(Default::default()),
                bank_transaction_code: Ok(Default::default()),
                booking_date: Ok(Default::default()),
                booking_date_time: Ok(Default::default()),
                booking_status: Ok(Default::default()),
                check_id: Ok(Default::default()),
                creditor_account: Ok(Default::default()),
                creditor_agent: Ok(Default::default()),
                creditor_id: Ok(Default::default()),
                creditor_name: Ok(Default::default()),
                currency_exchange: Ok(Default::default()),
                debtor_account: Ok(Default::default()),
                debtor_agent: Ok(Default::default()),
                debtor_name: Ok(Default::default()),
                end_to_end_id: Ok(Default::default()),
                entry_reference: Ok(Default::default()),
                internal_transaction_id: Ok(Default::default()),
                mandate_id: Ok(Default::default()),
                merchant_category_code: Ok(Default::default()),
                proprietary_bank: Ok(Default::default()),
                proprietary_bank_transaction_code: Ok(Default::default()),
                purpose_code: Ok(Default::default()),
                remittance_information_structured: Ok(Default::default()),
                remittance_information_structured_array: Ok(Default::default()),
                remittance_information_unstructured: Ok(Default::default()),
                remittance_information_unstructured_array: Ok(Default::default()),
                transaction_amount: Err(
                    "no value supplied for transaction_amount".to_string(),
                ),
                transaction_id: Ok(Default::default()),
                ultimate_creditor: Ok(Default::default()),
                ultimate_debtor: Ok(Default::default()),
                value_date: Ok(Default::default()),
                value_date_time: Ok(Default::default()),
            }
        }
    }

    impl TransactionSchema {
        /// Sets [`additional_data_structured`](super::TransactionSchema::additional_data_structured).
        pub fn additional_data_structured<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
            T::Error: ::std::fmt::Display,
        {
            self.additional_data_structured = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for additional_data_structured: {e}"
                    )
                });
            self
        }

        /// Sets [`additional_information`](super::TransactionSchema::additional_information).
        pub fn additional_information<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.additional_information = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for additional_information: {e}"
                    )
                });
            self
        }

        /// Sets [`additional_information_structured`](super::TransactionSchema::additional_information_structured).
        pub fn additional_information_structured<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
            T::Error: ::std::fmt::Display,
        {
            self.additional_information_structured = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for additional_information_structured: {e}"
                    )
                });
            self
        }

        /// Sets [`balance_after_transaction`](super::TransactionSchema::balance_after_transaction).
        pub fn balance_after_transaction<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<
                    ::gocardless_bank_data_core::OrOther<
                        super::BalanceAfterTransactionSchema,
                    >,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.balance_after_transaction = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for balance_after_transaction: {e}"
                    )
                });
            self
        }

        /// Sets [`bank_transaction_code`](super::TransactionSchema::bank_transaction_code).
        pub fn bank_transaction_code<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.bank_transaction_code = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for bank_transaction_code: {e}"
                    )
                });
            self
        }

        /// Sets [`booking_date`](super::TransactionSchema::booking_date).
        pub fn booking_date<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Date>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.booking_date = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for booking_date: {e}")
                });
            self
        }

        /// Sets [`booking_date_time`](super::TransactionSchema::booking_date_time).
        pub fn booking_date_time<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.booking_date_time = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for booking_date_time: {e}")
                });
            self
        }

        /// Sets [`booking_status`](super::TransactionSchema::booking_status).
        pub fn booking_status<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.booking_status = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for booking_status: {e}")
                });
            self
        }

        /// Sets [`check_id`](super::TransactionSchema::check_id).
        pub fn check_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.check_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for check_id: {e}")
                });
            self
        }

        /// Sets [`creditor_account`](super::TransactionSchema::creditor_account).
        pub fn creditor_account<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<
                    ::gocardless_bank_data_core::OrOther<super::AccountSchema>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.creditor_account = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for creditor_account: {e}")
                });
            self
        }

        /// Sets [`creditor_agent`](super::TransactionSchema::creditor_agent).
        pub fn creditor_agent<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
            T::Error: ::std::fmt::Display,
        {
            self.creditor_agent = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for creditor_agent: {e}")
                });
            self
        }

        /// Sets [`creditor_id`](super::TransactionSchema::creditor_id).
        pub fn creditor_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.creditor_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for creditor_id: {e}")
                });
            self
        }

        /// Sets [`creditor_name`](super::TransactionSchema::creditor_name).
        pub fn creditor_name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.creditor_name = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for creditor_name: {e}")
                });
            self
        }

        /// Sets [`currency_exchange`](super::TransactionSchema::currency_exchange).
        pub fn currency_exchange<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<
                    ::gocardless_bank_data_core::OneOrMany<super::CurrencyExchangeSchema>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.currency_exchange = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for currency_exchange: {e}")
                });
            self
        }

        /// Sets [`debtor_account`](super::TransactionSchema::debtor_account).
        pub fn debtor_account<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<
                    ::gocardless_bank_data_core::OrOther<super::AccountSchema>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.debtor_account = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for debtor_account: {e}")
                });
            self
        }

        /// Sets [`debtor_agent`](super::TransactionSchema::debtor_agent).
        pub fn debtor_agent<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
            T::Error: ::std::fmt::Display,
        {
            self.debtor_agent = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for debtor_agent: {e}")
                });
            self
        }

        /// Sets [`debtor_name`](super::TransactionSchema::debtor_name).
        pub fn debtor_name<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.debtor_name = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for debtor_name: {e}")
                });
            self
        }

        /// Sets [`end_to_end_id`](super::TransactionSchema::end_to_end_id).
        pub fn end_to_end_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.end_to_end_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for end_to_end_id: {e}")
                });
            self
        }

        /// Sets [`entry_reference`](super::TransactionSchema::entry_reference).
        pub fn entry_reference<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.entry_reference = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for entry_reference: {e}")
                });
            self
        }

        /// Sets [`internal_transaction_id`](super::TransactionSchema::internal_transaction_id).
        pub fn internal_transaction_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.internal_transaction_id = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for internal_transaction_id: {e}"
                    )
                });
            self
        }

        /// Sets [`mandate_id`](super::TransactionSchema::mandate_id).
        pub fn mandate_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.mandate_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for mandate_id: {e}")
                });
            self
        }

        /// Sets [`merchant_category_code`](super::TransactionSchema::merchant_category_code).
        pub fn merchant_category_code<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.merchant_category_code = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for merchant_category_code: {e}"
                    )
                });
            self
        }

        /// Sets [`proprietary_bank`](super::TransactionSchema::proprietary_bank).
        pub fn proprietary_bank<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::serde_json::Value>>,
            T::Error: ::std::fmt::Display,
        {
            self.proprietary_bank = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for proprietary_bank: {e}")
                });
            self
        }

        /// Sets [`proprietary_bank_transaction_code`](super::TransactionSchema::proprietary_bank_transaction_code).
        pub fn proprietary_bank_transaction_code<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.proprietary_bank_transaction_code = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for proprietary_bank_transaction_code: {e}"
                    )
                });
            self
        }

        /// Sets [`purpose_code`](super::TransactionSchema::purpose_code).
        pub fn purpose_code<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.purpose_code = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for purpose_code: {e}")
                });
            self
        }

        /// Sets [`remittance_information_structured`](super::TransactionSchema::remittance_information_structured).
        pub fn remittance_information_structured<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.remittance_information_structured = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for remittance_information_structured: {e}"
                    )
                });
            self
        }

        /// Sets [`remittance_information_structured_array`](super::TransactionSchema::remittance_information_structured_array).
        pub fn remittance_information_structured_array<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::std::string::String>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.remittance_information_structured_array = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for remittance_information_structured_array: {e}"
                    )
                });
            self
        }

        /// Sets [`remittance_information_unstructured`](super::TransactionSchema::remittance_information_unstructured).
        pub fn remittance_information_unstructured<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.remittance_information_unstructured = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for remittance_information_unstructured: {e}"
                    )
                });
            self
        }

        /// Sets [`remittance_information_unstructured_array`](super::TransactionSchema::remittance_information_unstructured_array).
        pub fn remittance_information_unstructured_array<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::gocardless_bank_data_core::OrEmpty<
                    ::std::vec::Vec<::std::string::String>,
                >,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.remittance_information_unstructured_array = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for remittance_information_unstructured_array: {e}"
                    )
                });
            self
        }

        /// Sets [`transaction_amount`](super::TransactionSchema::transaction_amount).
        pub fn transaction_amount<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<super::TransactionAmountSchema>,
            T::Error: ::std::fmt::Display,
        {
            self.transaction_amount = value
                .try_into()
                .map_err(|e| {
                    format!(
                        "error converting supplied value for transaction_amount: {e}"
                    )
                });
            self
        }

        /// Sets [`transaction_id`](super::TransactionSchema::transaction_id).
        pub fn transaction_id<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.transaction_id = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for transaction_id: {e}")
                });
            self
        }

        /// Sets [`ultimate_creditor`](super::TransactionSchema::ultimate_creditor).
        pub fn ultimate_creditor<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.ultimate_creditor = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for ultimate_creditor: {e}")
                });
            self
        }

        /// Sets [`ultimate_debtor`](super::TransactionSchema::ultimate_debtor).
        pub fn ultimate_debtor<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
            T::Error: ::std::fmt::Display,
        {
            self.ultimate_debtor = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for ultimate_debtor: {e}")
                });
            self
        }

        /// Sets [`value_date`](super::TransactionSchema::value_date).
        pub fn value_date<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Date>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.value_date = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for value_date: {e}")
                });
            self
        }

        /// Sets [`value_date_time`](super::TransactionSchema::value_date_time).
        pub fn value_date_time<T>(mut self, value: T) -> Self
        where
            T: ::std::convert::TryInto<
                ::std::option::Option<::gocardless_bank_data_core::Timestamp>,
            >,
            T::Error: ::std::fmt::Display,
        {
            self.value_date_time = value
                .try_into()
                .map_err(|e| {
                    format!("error converting supplied value for value_date_time: {e}")
                });
            self
        }
    }

    impl ::std::convert::TryFrom<TransactionSchema> for super::TransactionSchema {
        type Error = super::error::ConversionError;
        fn try_from(
            value: TransactionSchema,
        ) -> ::std::result::Result<Self, super::error::ConversionError> {
            Ok(Self {
                additional_data_structured: value.additional_data_structured?,
                additional_information: value.additional_information?,
                additional_information_structured: value
                    .additional_information_structured?,
                balance_after_transaction: value.balance_after_transaction?,
                bank_transaction_code: value.bank_transaction_code?,
                booking_date: value.booking_date?,
                booking_date_time: value.booking_date_time?,
                booking_status: value.booking_status?,
                check_id: value.check_id?,
                creditor_account: value.creditor_account?,
                creditor_agent: value.creditor_agent?,
                creditor_id: value.creditor_id?,
                creditor_name: value.creditor_name?,
                currency_exchange: value.currency_exchange?,
                debtor_account: value.debtor_account?,
                debtor_agent: value.debtor_agent?,
                debtor_name: value.debtor_name?,
                end_to_end_id: value.end_to_end_id?,
                entry_reference: value.entry_reference?,
                internal_transaction_id: value.internal_transaction_id?,
                mandate_id: value.mandate_id?,
                merchant_category_code: value.merchant_category_code?,
                proprietary_bank: value.proprietary_bank?,
                proprietary_bank_transaction_code: value
                    .proprietary_bank_transaction_code?,
                purpose_code: value.purpose_code?,
                remittance_information_structured: value
                    .remittance_information_structured?,
                remittance_information_structured_array: value
                    .remittance_information_structured_array?,
                remittance_information_unstructured: value
                    .remittance_information_unstructured?,
                remittance_information_unstructured_array: value
                    .remittance_information_unstructured_array?,
                transaction_amount: value.transaction_amount?,
                transaction_id: value.transaction_id?,
                ultimate_creditor: value.ultimate_creditor?,
                ultimate_debtor: value.ultimate_debtor?,
                value_date: value.value_date?,
                value_date_time: value.value_date_time?,
            })
        }
    }

    impl ::std::convert::From<super::TransactionSchema> for TransactionSchema {
        fn from(value: super::TransactionSchema) -> Self {
            Self {
                additional_data_structured: Ok(value.additional_data_structured),
                additional_information: Ok(value.additional_information),
                additional_information_structured: Ok(
                    value.additional_information_structured,
                ),
                balance_after_transaction: Ok(value.balance_after_transaction),
                bank_transaction_code: Ok(value.bank_transaction_code),
                booking_date: Ok(value.booking_date),
                booking_date_time: Ok(value.booking_date_time),
                booking_status: Ok(value.booking_status),
                check_id: Ok(value.check_id),
                creditor_account: Ok(value.creditor_account),
                creditor_agent: Ok(value.creditor_agent),
                creditor_id: Ok(value.creditor_id),
                creditor_name: Ok(value.creditor_name),
                currency_exchange: Ok(value.currency_exchange),
                debtor_account: Ok(value.debtor_account),
                debtor_agent: Ok(value.debtor_agent),
                debtor_name: Ok(value.debtor_name),
                end_to_end_id: Ok(value.end_to_end_id),
                entry_reference: Ok(value.entry_reference),
                internal_transaction_id: Ok(value.internal_transaction_id),
                mandate_id: Ok(value.mandate_id),
                merchant_category_code: Ok(value.merchant_category_code),
                proprietary_bank: Ok(value.proprietary_bank),
                proprietary_bank_transaction_code: Ok(
                    value.proprietary_bank_transaction_code,
                ),
                purpose_code: Ok(value.purpose_code),
                remittance_information_structured: Ok(
                    value.remittance_information_structured,
                ),
                remittance_information_structured_array: Ok(
                    value.remittance_information_structured_array,
                ),
                remittance_information_unstructured: Ok(
                    value.remittance_information_unstructured,
                ),
                remittance_information_unstructured_array: Ok(
                    value.remittance_information_unstructured_array,
                ),
                transaction_amount: Ok(value.transaction_amount),
                transaction_id: Ok(value.transaction_id),
                ultimate_creditor: Ok(value.ultimate_creditor),
                ultimate_debtor: Ok(value.ultimate_debtor),
                value_date: Ok(value.value_date),
                value_date_time: Ok(value.value_date_time),
            }
        }
    }
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
