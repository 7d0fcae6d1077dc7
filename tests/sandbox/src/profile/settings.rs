//! The settings of a bank and of its accounts. The names in JSON are those of the members here.

use serde::{Deserialize, Serialize};

use super::presets;

/// How a bank behaves: a set of settings, all of them calm by default.
///
/// A number of type `u8` is a share in percent unless it says otherwise. What a share means for one transaction follows
/// from the transaction, so it stays the same however often it is read.
///
/// ```
/// use gocardless_bank_data_sandbox::{BankProfile, Sandbox, TransactionIds};
///
/// let mut profile = BankProfile::calm();
/// profile.transaction_id = TransactionIds::Absent;
/// profile.twins = 30;
/// let same = BankProfile::from_json(&serde_json::json!({ "transaction_id": "absent", "twins": 30 }))?;
/// assert_eq!(profile, same);
/// let sandbox = Sandbox::builder().profile("FERNWICKBANK_FRNWGB22", profile).start_blocking()?;
/// # drop(sandbox);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "the settings are independent of each other")]
pub struct BankProfile {
    /// What `transactionId` is.
    pub transaction_id: TransactionIds,
    /// What `internalTransactionId` is.
    pub internal_id: InternalIds,
    /// What `entryReference` is.
    pub entry_reference: EntryReferences,
    /// Whether pending transactions are shown at all. If not, a card payment appears when it is booked.
    pub pending: bool,
    /// After how many midnights a pending card payment is booked: 2 if not set; 0 books it at once; 28 at most.
    pub pending_days: u8,
    /// Pending transactions that are booked with other texts.
    pub other_text: u8,
    /// Pending transactions that are booked with a value date of one to three days later.
    pub other_day: u8,
    /// Pending transactions that are booked with another amount: tips, fuel, exchange rates.
    pub other_amount: u8,
    /// Pending transactions that disappear without being booked.
    pub vanishing: u8,
    /// Pending transactions that stay for a day beside their booked twin.
    pub stays_beside: u8,
    /// Whether `proprietaryBankTransactionCode` changes on settlement.
    pub code_changes: bool,
    /// Whether booked transactions have `bookingDateTime`. Without it, and without ids and `balance_after`, twins are equal byte
    /// for byte.
    pub booking_times: bool,
    /// Whether booked transactions of current accounts have `balanceAfterTransaction`.
    pub balance_after: bool,
    /// Pending debits whose amount has no minus.
    pub positive_pending: u8,
    /// Pending transactions without any date; it is in the text.
    pub undated_pending: u8,
    /// Booked transactions that are first shown up to `late_days` after their booking day.
    pub late: u8,
    /// How many days late at most: 3 if not set, 28 at most.
    pub late_days: u8,
    /// Days on which one purchase is made two or three times: the same amount, shop and text.
    pub twins: u8,
    /// Booked transactions that are twice in each answer: the same JSON, ids included.
    pub repeated: u8,
    /// Booked transactions whose booking day moves back by one day in some reads.
    pub moved_days: u8,
    /// Booked transactions whose value date is two to four weeks after the booking day.
    pub far_value_days: u8,
    /// Texts that are cut at 35 characters in some reads. All texts are longer then.
    pub cut_texts: u8,
    /// Texts that are padded with blanks in some reads.
    pub padded_texts: u8,
    /// Texts that are in capitals in some reads.
    pub capital_texts: u8,
    /// Transactions with one odd member: another type, another structure, null. The amount stays readable.
    pub odd_members: u8,
    /// Transactions whose amount or currency cannot be read, with null among them.
    pub odd_amounts: u8,
    /// An agreement for more days of history than this freezes it: later reads give the first list again. `None` leaves it
    /// to the institution's feature `separate_continuous_history_consent`, which freezes above 90 days.
    pub frozen_over_days: Option<u32>,
    /// The bank shows so many last days, whatever was asked or agreed.
    pub window_days: Option<u32>,
    /// The bank shows so many booked transactions, the newest, whatever was asked.
    pub most_entries: Option<u32>,
    /// The most days of access that can be agreed. `None` leaves it to the institution.
    pub access_days: Option<u32>,
    /// Which ids accounts have after a person connects again.
    pub account_ids: AccountIds,
    /// The kinds of balance that are sent; one with `ooked` in its name leaves out what is pending.
    pub balance_types: Vec<String>,
    /// The accounts of each person.
    pub accounts: Vec<AccountProfile>,
}

/// What `transactionId` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TransactionIds {
    /// `"stable"`: booked transactions have one that never changes; pending ones have none.
    #[default]
    Stable,
    /// `"absent"`: there is none.
    Absent,
    /// `"kept"`: pending ones have one, and keep it when they are booked.
    Kept,
    /// `"changed-on-settlement"`: pending ones have one, and another one when they are booked.
    ChangedOnSettlement,
    /// `{"form_days": n}`: the same number in another of three forms every `n` days.
    #[serde(rename = "form_days")]
    ChangingForm(u16),
    /// `{"regenerated_days": n}`: new ids for all every `n` days.
    #[serde(rename = "regenerated_days")]
    Regenerated(u16),
    /// `{"not_provided": n}`: `NOTPROVIDED` on `n` percent.
    #[serde(rename = "not_provided")]
    NotProvided(u8),
    /// `{"placeholder": n}`: zeros on `n` percent, the same ones for all.
    Placeholder(u8),
}

/// What `internalTransactionId` is; pending transactions have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InternalIds {
    /// `"stable"`: never changes.
    #[default]
    Stable,
    /// `"absent"`: there is none.
    Absent,
    /// `"each-read"`: others in every read.
    EachRead,
    /// `"each-link"`: others after the person connected again.
    EachLink,
    /// `{"regenerated_days": n}`: others every `n` days.
    #[serde(rename = "regenerated_days")]
    Regenerated(u16),
}

/// What `entryReference` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EntryReferences {
    /// `"stable"`: some booked transactions have one that never changes.
    #[default]
    Stable,
    /// `"absent"`: there is none.
    Absent,
    /// `{"form_days": n}`: all have one, in another of three forms every `n` days.
    #[serde(rename = "form_days")]
    ChangingForm(u16),
}

/// Which ids accounts have after a person connects again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AccountIds {
    /// `"new"`: others with each connection; the old ones stay readable under the old agreement.
    #[default]
    New,
    /// `"kept"`: the same, which the new agreement covers from then on.
    Kept,
}

/// One account of each person at a bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct AccountProfile {
    /// What happens on it.
    pub kind: AccountKind,
    /// Currency, three letters.
    pub currency: String,
    /// What number it shows.
    pub number: AccountNumber,
    /// The connection that shows it first: 1 if not set.
    pub from_link: u32,
    /// The connection that no longer shows it.
    pub until_link: Option<u32>,
}

/// What happens on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AccountKind {
    /// `"current"`: salary, rent, debits, transfers and small card payments.
    #[default]
    Current,
    /// `"card"`: card payments, and a repayment each month.
    Card,
}

/// What number an account shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AccountNumber {
    /// `"iban"`: an IBAN of its own.
    #[default]
    Iban,
    /// `"shared-iban"`: one IBAN for all accounts of the person that say so.
    SharedIban,
    /// `"masked"`: a masked card number in the details, no IBAN.
    Masked,
    /// `"masked-as-iban"`: a masked card number in the member `iban`.
    MaskedAsIban,
    /// `"none"`: no number at all.
    #[serde(rename = "none")]
    Absent,
}

impl AccountProfile {
    /// An account with an IBAN of its own, shown from the first connection on.
    ///
    /// ```
    /// use gocardless_bank_data_sandbox::{AccountKind, AccountProfile, BankProfile};
    ///
    /// let mut profile = BankProfile::calm();
    /// profile.accounts = vec![AccountProfile::new(AccountKind::Current, "SEK")];
    /// ```
    #[must_use]
    pub fn new(kind: AccountKind, currency: &str) -> Self {
        Self {
            kind,
            currency: currency.to_owned(),
            number: AccountNumber::Iban,
            from_link: 1,
            until_link: None,
        }
    }

    /// Whether the n-th connection shows it.
    pub(crate) fn is_shown(&self, link: u32) -> bool {
        self.from_link <= link && self.until_link.is_none_or(|until| link < until)
    }
}

impl Default for AccountProfile {
    fn default() -> Self {
        Self::new(AccountKind::Current, "EUR")
    }
}

impl BankProfile {
    /// A bank without surprises: ids that stay, two days from pending to booked, two accounts.
    #[must_use]
    pub fn calm() -> Self {
        Self {
            transaction_id: TransactionIds::Stable,
            internal_id: InternalIds::Stable,
            entry_reference: EntryReferences::Stable,
            pending: true,
            pending_days: 2,
            other_text: 0,
            other_day: 0,
            other_amount: 0,
            vanishing: 0,
            stays_beside: 0,
            code_changes: false,
            booking_times: true,
            balance_after: true,
            positive_pending: 0,
            undated_pending: 0,
            late: 0,
            late_days: 3,
            twins: 0,
            repeated: 0,
            moved_days: 0,
            far_value_days: 0,
            cut_texts: 0,
            padded_texts: 0,
            capital_texts: 0,
            odd_members: 0,
            odd_amounts: 0,
            frozen_over_days: None,
            window_days: None,
            most_entries: None,
            access_days: None,
            account_ids: AccountIds::New,
            balance_types: vec!["expected".to_owned(), "interimAvailable".to_owned()],
            accounts: vec![
                AccountProfile::new(AccountKind::Current, "EUR"),
                AccountProfile::new(AccountKind::Card, "GBP"),
            ],
        }
    }

    /// The named profiles, the calm one first.
    ///
    /// ```
    /// use gocardless_bank_data_sandbox::BankProfile;
    ///
    /// let names: Vec<&str> = BankProfile::presets().map(|(name, _)| name).collect();
    /// assert!(names.contains(&"no-ids"));
    /// ```
    pub fn presets() -> impl Iterator<Item = (&'static str, Self)> {
        presets::PRESETS.iter().map(|preset| (preset.name, preset.profile()))
    }

    /// A profile by its name; the README lists them.
    #[must_use]
    pub fn preset(name: &str) -> Option<Self> {
        presets::PRESETS.iter().find(|preset| preset.name == name).map(presets::Preset::profile)
    }

    /// The institution that behaves like a named profile: `PROFILE_NO_IDS` for `no-ids`.
    pub(crate) fn institution(name: &str) -> String {
        format!("PROFILE_{}", name.to_ascii_uppercase().replace('-', "_"))
    }

    /// What each named profile is for, in a few words.
    pub(crate) fn about_presets() -> impl Iterator<Item = (&'static str, &'static str)> {
        presets::PRESETS.iter().map(|preset| (preset.name, preset.about))
    }
}

impl Default for BankProfile {
    fn default() -> Self {
        Self::calm()
    }
}
