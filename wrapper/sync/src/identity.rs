//! Which transaction is which: identifiers of the bank as far as they can be used, and a key within the account.

use std::collections::HashMap;
use std::fmt;
use std::fmt::Write as _;

use chrono::NaiveDate;
use gocardless_bank_data::Text;
use gocardless_bank_data::model::Transaction;
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};

use crate::entry::{Entry, IdOrder};

/// Words that banks send in place of an identifier, by their letters and digits alone.
const PLACEHOLDERS: &[&str] =
    &["NOTPROVIDED", "NOTAVAILABLE", "NOTAVAIL", "NONE", "NULL", "NA", "UNKNOWN", "UNDEFINED", "NONREF"];

/// The identifiers that came with a transaction, without blanks and placeholders such as `NOTPROVIDED`.
///
/// None of them is a key by itself: banks leave them out, repeat them, and change them from one read to the next.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Ids {
    /// `transactionId`: the bank's own.
    pub transaction: Option<String>,
    /// `internalTransactionId`: the service's, unique within one account at most.
    pub internal: Option<String>,
    /// `entryReference`: the bank's, of less use.
    pub reference: Option<String>,
}

impl Ids {
    /// The identifiers of a transaction.
    #[must_use]
    pub fn read(transaction: &Transaction) -> Self {
        Self {
            transaction: usable(transaction.transaction_id.as_ref()),
            internal: usable(transaction.internal_transaction_id.as_ref()),
            reference: usable(transaction.entry_reference.as_ref()),
        }
    }

    /// The identifiers, each kind at its own place.
    pub(crate) fn each(&self) -> [Option<&str>; 3] {
        [self.transaction.as_deref(), self.internal.as_deref(), self.reference.as_deref()]
    }

    /// Keeps the identifiers for which this is true.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(usize, &str) -> bool) {
        for (kind, id) in
            [&mut self.transaction, &mut self.internal, &mut self.reference].into_iter().enumerate()
        {
            if id.as_deref().is_some_and(|id| !keep(kind, id)) {
                *id = None;
            }
        }
    }
}

/// Shows which kinds of identifiers there are, and not the identifiers.
impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["transaction", "internal", "reference"].into_iter().zip(self.each());
        f.debug_set().entries(names.filter(|(_, id)| id.is_some()).map(|(name, _)| name)).finish()
    }
}

fn usable(id: Option<&Text>) -> Option<String> {
    let id = id?.as_str().trim();
    let letters: String = id.chars().filter(|character| character.is_alphanumeric()).collect();
    let first = letters.chars().next()?;
    let is_one_character = letters.chars().count() > 1 && letters.chars().all(|character| character == first);
    let is_filler = is_one_character && (!first.is_ascii_digit() || first == '0');
    let is_placeholder = PLACEHOLDERS.iter().any(|word| letters.eq_ignore_ascii_case(word));
    (!is_filler && !is_placeholder).then(|| id.to_owned())
}

/// What the key of a transaction is made from, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// From the bank's `transactionId`.
    BankReference,
    /// From the service's `internalTransactionId`.
    InternalId,
    /// From day, amount and currency: the bank gives nothing better.
    Derived,
}

impl Quality {
    /// `bank`, `internal` or `derived`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BankReference => "bank",
            Self::InternalId => "internal",
            Self::Derived => "derived",
        }
    }
}

/// A name for a transaction within its account.
///
/// Two answers that overlap give a transaction the same identity, as long as the bank does not change what it is made from. Where
/// the bank does, and where a pending transaction settles, [`reconcile`](crate::reconcile) finds the entry that is known, and
/// the entry keeps the key under which it was first seen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// 32 hexadecimal digits. They follow from what the identity is made from, and do not reveal it.
    pub key: String,
    /// What the key is made from.
    pub quality: Quality,
    /// Counts transactions of one answer that are equal in all that the key is made from: 0 for the first.
    pub counter: u32,
}

/// What an identity is made from, before equal ones are counted.
pub(crate) struct Basis<'a> {
    pub(crate) ids: &'a Ids,
    pub(crate) entry: &'a Entry,
    /// The earliest day that the transaction names.
    pub(crate) earliest: Option<NaiveDate>,
}

/// Gives each transaction of an answer its identity. Identifiers that occur twice must have been left out.
pub(crate) fn identify(bases: &[Basis<'_>], order: IdOrder) -> Vec<Identity> {
    let mut equal: HashMap<String, Vec<usize>> = HashMap::new();
    let mut qualities = Vec::with_capacity(bases.len());
    for (index, basis) in bases.iter().enumerate() {
        let transaction = || Some((Quality::BankReference, basis.ids.transaction.as_deref()?));
        let internal = || Some((Quality::InternalId, basis.ids.internal.as_deref()?));
        let id = match order {
            IdOrder::TransactionFirst => transaction().or_else(internal),
            IdOrder::InternalFirst => internal().or_else(transaction),
        };
        let (quality, text) = match id {
            Some((quality, id)) => (quality, format!("{}\n{id}", quality.as_str())),
            None => (Quality::Derived, derived(basis)),
        };
        qualities.push(quality);
        equal.entry(text).or_default().push(index);
    }
    let mut found: Vec<Option<Identity>> = vec![None; bases.len()];
    for (text, mut indices) in equal {
        // Lists come in any order: equal ones are counted in the order of their texts.
        if indices.len() > 1 {
            indices
                .sort_by_cached_key(|index| bases.get(*index).map(|basis| basis.entry.description.clone()));
        }
        for (counter, index) in (0_u32..).zip(indices) {
            let Some((slot, quality)) = found.get_mut(index).zip(qualities.get(index).copied()) else {
                continue;
            };
            *slot = Some(Identity { key: digest(&format!("{text}\n{counter}")), quality, counter });
        }
    }
    found.into_iter().flatten().collect()
}

fn derived(basis: &Basis<'_>) -> String {
    let amount: Decimal = basis.entry.amount.normalize();
    let day = basis.earliest.or(basis.entry.day).map(|day| day.to_string()).unwrap_or_default();
    format!("{}\n{day}\n{amount}\n{}", Quality::Derived.as_str(), basis.entry.currency)
}

/// 32 hexadecimal digits for a text.
pub(crate) fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(16).fold(String::with_capacity(32), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_banks_send_in_place_of_an_identifier_is_not_one() {
        for text in ["", "   ", "NOTPROVIDED", " notprovided ", "--", "000000", "N/A", "null", "XXXX"] {
            assert_eq!(usable(Some(&text.into())), None, "{text}");
        }
        for text in ["7", "77", "x", "0", "2026030200001-1", "NOTPROVIDED-7"] {
            assert_eq!(usable(Some(&text.into())).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_digest_is_the_same_on_every_machine_and_in_every_version() {
        assert_eq!(digest("bank\nA-1\n0"), "076e907b257f8d0a8bd068f400c5debf".to_owned());
    }
}
