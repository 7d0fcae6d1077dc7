//! What is written: an account with its entries, and what every format says of them.

use gocardless_bank_data_sync::{LedgerAccount, LedgerBalance, LedgerEntry};

/// An account with its entries, the oldest first, and its balances.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) account: LedgerAccount,
    pub(crate) entries: Vec<LedgerEntry>,
    pub(crate) balances: Vec<LedgerBalance>,
}

/// The id of an entry within the ledger.
pub(super) fn id(entry: &LedgerEntry) -> String {
    format!("{}-{}", entry.account, entry.known.key)
}

/// The currency of an entry; that of the account where the bank left it out.
pub(super) fn currency(entry: &LedgerEntry, account: &LedgerAccount) -> String {
    let stated = [entry.known.entry.currency.as_str(), account.facts.currency.as_deref().unwrap_or_default()];
    let is_code = |text: &&str| text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase());
    stated.into_iter().find(is_code).unwrap_or("XXX").to_owned()
}

/// The bank of an account in a word, such as `Sandboxfinance`.
pub(super) fn bank(account: &LedgerAccount) -> String {
    let id = account.facts.institution.as_ref().map_or("Bank", gocardless_bank_data::InstitutionId::as_str);
    let name = id.rsplit_once('_').map_or(id, |(name, _)| name);
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let (head, rest) = letters.split_at(letters.len().min(1));
    format!("{}{}", head.to_ascii_uppercase(), rest.to_ascii_lowercase())
}
