//! Which account is which after a person has connected again.

use std::fmt;

use gocardless_bank_data::model::{Account, AccountDetails};
use gocardless_bank_data::{AccountId, InstitutionId, Text};

/// What an account is recognised by. `Debug` shows ids and the currency only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AccountFacts {
    /// The id in the API. Some banks keep it when the person connects again, most do not.
    pub id: Option<AccountId>,
    /// The institution.
    pub institution: Option<InstitutionId>,
    /// The IBAN, if it is a valid one. Several accounts can have the same.
    pub iban: Option<String>,
    /// The national number, the masked card number, or what a bank sends in place of an IBAN.
    pub number: Option<String>,
    /// The currency, from the details.
    pub currency: Option<String>,
    /// The bank's own id of the account, from the details.
    pub resource: Option<String>,
    /// The name that the bank shows for the account.
    pub name: Option<String>,
    /// The product.
    pub product: Option<String>,
    /// The owner.
    pub owner: Option<String>,
}

impl fmt::Debug for AccountFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountFacts")
            .field("id", &self.id)
            .field("institution", &self.institution)
            .field("currency", &self.currency)
            .finish_non_exhaustive()
    }
}

impl AccountFacts {
    /// From an account's metadata and, if they are known, its details.
    #[must_use]
    pub fn read(account: &Account, details: Option<&AccountDetails>) -> Self {
        let text = |text: Option<&Text>| {
            text.map(|text| text.as_str().trim().to_owned()).filter(|text| !text.is_empty())
        };
        let of_details =
            |member: fn(&AccountDetails) -> &Option<Text>| text(details.and_then(|d| member(d).as_ref()));
        let stated = text(account.iban.as_ref()).or_else(|| of_details(|details| &details.iban));
        let (iban, other) = match stated {
            Some(stated) if is_iban(&stated) => (Some(compact(&stated)), None),
            stated => (None, stated),
        };
        let number = text(account.bban.as_ref())
            .or_else(|| of_details(|details| &details.bban))
            .or_else(|| of_details(|details| &details.masked_pan))
            .or(other)
            .map(|number| plain_number(&number));
        Self {
            id: account.id.clone(),
            institution: account.institution_id.clone(),
            iban,
            number,
            // `XXX` stands for none (ISO 4217).
            currency: details
                .and_then(|details| details.currency.as_ref())
                .map(|currency| currency.as_str().trim().to_ascii_uppercase())
                .filter(|currency| !currency.is_empty() && currency != "XXX"),
            resource: of_details(|details| &details.resource_id),
            name: text(account.name.as_ref())
                .or_else(|| of_details(|details| &details.name))
                .or_else(|| of_details(|details| &details.display_name)),
            product: of_details(|details| &details.product),
            owner: text(account.owner_name.as_ref()).or_else(|| of_details(|details| &details.owner_name)),
        }
    }
}

/// A number without blanks and dashes, however many characters mask its beginning: `*5678` for `XXXX-XXXX-5678`.
fn plain_number(text: &str) -> String {
    let signs: String = compact(text).chars().filter(|c| c.is_alphanumeric() || *c == '*').collect();
    let shown = signs.trim_start_matches(['*', 'X']);
    if shown.len() == signs.len() || shown.is_empty() { signs } else { format!("*{shown}") }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// Whether a text is an IBAN: its form and its check digits. Some banks send the end of a card number in its place.
///
/// ```
/// assert!(gocardless_bank_data_sync::is_iban("GB33 BUKB 2020 1555 5555 55"));
/// assert!(!gocardless_bank_data_sync::is_iban("3133"));
/// ```
#[must_use]
pub fn is_iban(text: &str) -> bool {
    let iban = compact(text);
    if !(15..=34).contains(&iban.len()) || !iban.is_ascii() {
        return false;
    }
    let (head, body) = iban.split_at(4);
    let mut remainder = 0_u32;
    for character in body.chars().chain(head.chars()) {
        let Some(value) = character.to_digit(36) else { return false };
        remainder = (remainder * if value < 10 { 10 } else { 100 } + value) % 97;
    }
    let mut head = head.chars();
    let is_country = head.by_ref().take(2).all(|c| c.is_ascii_uppercase());
    is_country && head.all(|c| c.is_ascii_digit()) && remainder == 1
}

/// How an account of a new link was recognised, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountMatch {
    /// It is this one of the earlier accounts, for a reason that leaves no doubt.
    Certain {
        /// Its place among the earlier accounts.
        old: usize,
        /// Why.
        reason: &'static str,
    },
    /// It is probably this one; let a person confirm it.
    Likely {
        /// Its place among the earlier accounts.
        old: usize,
        /// Why.
        reason: &'static str,
    },
    /// A person must say which of these it is, or that it is none of them.
    Open {
        /// Places among the earlier accounts. Empty: it is like none of them, so it is a new account.
        candidates: Vec<usize>,
        /// Why.
        reason: &'static str,
    },
}

impl AccountMatch {
    /// The earlier account, if that is certain.
    #[must_use]
    pub const fn certain(&self) -> Option<usize> {
        match self {
            Self::Certain { old, .. } => Some(*old),
            _ => None,
        }
    }

    /// Whether it is like none of the earlier accounts.
    #[must_use]
    pub fn is_new(&self) -> bool {
        matches!(self, Self::Open { candidates, .. } if candidates.is_empty())
    }
}

/// What two accounts may have in common. `None`: it is unknown for one of them.
type Same = fn(&AccountFacts, &AccountFacts) -> Option<bool>;

fn same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> Option<bool> {
    one.zip(other).map(|(one, other)| one == other)
}

/// A rule by which an account is recognised: all of these must be the same, for this pair only.
struct Rule {
    same: &'static [Same],
    is_certain: bool,
    reason: &'static str,
}

const ID: Same = |one, other| same(one.id.as_ref(), other.id.as_ref());
const IBAN: Same = |one, other| same(one.iban.as_ref(), other.iban.as_ref());
const CURRENCY: Same = |one, other| same(one.currency.as_ref(), other.currency.as_ref());
const RESOURCE: Same = |one, other| same(one.resource.as_ref(), other.resource.as_ref());
const NUMBER: Same = |one, other| same(one.number.as_ref(), other.number.as_ref());
const NAME: Same = |one, other| same(one.name.as_ref(), other.name.as_ref());
const PRODUCT: Same = |one, other| same(one.product.as_ref(), other.product.as_ref());

const RULES: [Rule; 9] = [
    Rule { same: &[ID], is_certain: true, reason: "the same account id" },
    Rule {
        same: &[IBAN, CURRENCY],
        is_certain: true,
        reason: "the only account with this IBAN and currency",
    },
    Rule {
        same: &[IBAN, CURRENCY, RESOURCE],
        is_certain: false,
        reason: "the same IBAN, currency and id at the bank",
    },
    Rule { same: &[IBAN, CURRENCY, NUMBER], is_certain: false, reason: "the same IBAN, currency and number" },
    Rule { same: &[IBAN, CURRENCY, NAME], is_certain: false, reason: "the same IBAN, currency and name" },
    Rule {
        same: &[IBAN, CURRENCY, PRODUCT],
        is_certain: false,
        reason: "the same IBAN, currency and product",
    },
    Rule {
        same: &[IBAN],
        is_certain: false,
        reason: "the only account with this IBAN; the currency is not known",
    },
    Rule {
        same: &[NUMBER, CURRENCY],
        is_certain: false,
        reason: "the only account with this number and currency",
    },
    Rule {
        same: &[NUMBER],
        is_certain: false,
        reason: "the only account with this number; the currency is not known",
    },
];

/// Recognises the accounts of a new link among earlier ones of the same person: one verdict for each new account.
///
/// `old` are the accounts that the person had connected before, at any institution. An account is recognised by what it has in
/// common with exactly one earlier account, and that with no other new one. The number of accounts says nothing, nor
/// does their order.
///
/// ```
/// use gocardless_bank_data_sync::{AccountFacts, match_accounts};
///
/// let account = |id: &str, currency: &str| AccountFacts {
///     id: id.parse().ok(),
///     iban: Some("GB33BUKB20201555555555".to_owned()),
///     currency: Some(currency.to_owned()),
///     ..AccountFacts::default()
/// };
/// let old = [account("a1", "EUR"), account("a2", "USD")];
/// let new = [account("b1", "USD"), account("b2", "EUR")];
/// let certain: Vec<_> = match_accounts(&old, &new).iter().map(|found| found.certain()).collect();
/// assert_eq!(certain, [Some(1), Some(0)]);
/// ```
#[must_use]
pub fn match_accounts(old: &[AccountFacts], new: &[AccountFacts]) -> Vec<AccountMatch> {
    let mut found: Vec<Option<AccountMatch>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    for rule in &RULES {
        // All pairs that the rule joins among those that are still free; what it joins twice is left for a finer rule.
        let joins = |one: &AccountFacts, other: &AccountFacts| {
            let is_same = rule.same.iter().all(|same| same(one, other) == Some(true));
            // The same id is the same account, whatever the bank says of it now.
            let contradicts = || {
                same(one.institution.as_ref(), other.institution.as_ref()) == Some(false)
                    || [CURRENCY, IBAN].iter().any(|same| same(one, other) == Some(false))
            };
            is_same && (ID(one, other) == Some(true) || !contradicts())
        };
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (place, account) in new.iter().enumerate() {
            // Accounts that were recognised before count too: with them the evidence is not the only one.
            pairs.extend(
                old.iter()
                    .enumerate()
                    .filter(|(_, earlier)| joins(earlier, account))
                    .map(|(index, _)| (index, place)),
            );
        }
        let (mut of_old, mut of_new) = (vec![0_usize; old.len()], vec![0_usize; new.len()]);
        for (index, place) in &pairs {
            for count in [of_old.get_mut(*index), of_new.get_mut(*place)].into_iter().flatten() {
                *count += 1;
            }
        }
        for (index, place) in &pairs {
            let is_only = of_old.get(*index) == Some(&1) && of_new.get(*place) == Some(&1);
            let is_free = taken.get(*index) == Some(&false) && found.get(*place) == Some(&None);
            if is_only
                && is_free
                && let Some((taken, found)) = taken.get_mut(*index).zip(found.get_mut(*place))
            {
                *taken = true;
                let reason = rule.reason;
                let is_doubtful = old.get(*index).zip(new.get(*place)).is_some_and(|(one, other)| {
                    let others = [RESOURCE, NUMBER, NAME, PRODUCT];
                    ID(one, other) != Some(true)
                        && others.iter().filter(|same| same(one, other) == Some(false)).count() > 1
                });
                let old = *index;
                *found = Some(if rule.is_certain && !is_doubtful {
                    AccountMatch::Certain { old, reason }
                } else {
                    AccountMatch::Likely { old, reason }
                });
            }
        }
    }
    let free: Vec<usize> =
        taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(index, _)| index).collect();
    found
        .into_iter()
        .zip(new)
        .map(|(found, account)| found.unwrap_or_else(|| open(old, &free, account)))
        .collect()
}

/// An account that no rule recognised: the free earlier ones that it can be.
fn open(old: &[AccountFacts], free: &[usize], account: &AccountFacts) -> AccountMatch {
    let institution =
        |one: &AccountFacts, other: &AccountFacts| same(one.institution.as_ref(), other.institution.as_ref());
    let can_be = |earlier: &AccountFacts| {
        institution(earlier, account) == Some(true)
            && CURRENCY(earlier, account) != Some(false)
            && IBAN(earlier, account) != Some(false)
            // The number of a card changes when it is renewed.
            && (IBAN(earlier, account) == Some(true)
                || RESOURCE(earlier, account) == Some(true)
                || NUMBER(earlier, account) != Some(false))
    };
    let candidates: Vec<usize> =
        free.iter().copied().filter(|index| old.get(*index).is_some_and(can_be)).collect();
    let reason = if candidates.is_empty() {
        "like none of the earlier accounts"
    } else {
        "nothing distinguishes these accounts"
    };
    AccountMatch::Open { candidates, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(iban: &str, currency: &str, name: &str) -> AccountFacts {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        AccountFacts {
            institution: "BANK_A".parse().ok(),
            iban: text(iban),
            currency: text(currency),
            name: text(name),
            ..AccountFacts::default()
        }
    }

    #[test]
    fn the_same_id_is_the_same_account_whatever_the_bank_says_of_it_now() {
        let with_id = |iban: &str, currency: &str| AccountFacts {
            id: "3fa85f64-5717-4562-b3fc-2c963f66afa6".parse().ok(),
            ..account(iban, currency, "")
        };
        let found = match_accounts(&[with_id("X1", "EUR")], &[with_id("X2", "USD")]);
        assert_eq!(found[0].certain(), Some(0), "{found:?}");
    }

    #[test]
    fn the_only_account_of_an_iban_is_not_certain_if_everything_else_differs() {
        let other = |name: &str, product: &str| AccountFacts {
            product: Some(product.to_owned()),
            ..account("X1", "EUR", name)
        };
        let found = match_accounts(&[other("Daily", "A")], &[other("Card", "B")]);
        assert!(matches!(found[0], AccountMatch::Likely { old: 0, .. }), "{found:?}");
    }

    #[test]
    fn a_number_is_the_same_with_other_separators_and_masks() {
        assert_eq!(plain_number("12-34-56 12345678"), "12345612345678");
        for masked in ["****5678", "XXXXXXXXXXXX5678", "xxxx xxxx 5678", "*5678"] {
            assert_eq!(plain_number(masked), "*5678", "{masked}");
        }
    }

    #[test]
    fn a_card_that_was_renewed_is_asked_about() {
        let card = |number: &str| AccountFacts {
            number: Some(number.to_owned()),
            resource: Some("r-1".to_owned()),
            ..account("", "EUR", "Card")
        };
        let found = match_accounts(&[card("*1111")], &[card("*2222")]);
        assert!(
            matches!(&found[0], AccountMatch::Open { candidates, .. } if *candidates == [0]),
            "{found:?}"
        );
    }

    #[test]
    fn two_accounts_of_one_iban_and_currency_are_never_certain() {
        let old = [account("X1", "EUR", "Daily"), account("X1", "EUR", "Savings")];
        let new = [account("X1", "EUR", "Savings"), account("X1", "EUR", "Other")];
        let found = match_accounts(&old, &new);
        assert!(matches!(found[0], AccountMatch::Likely { old: 1, .. }), "{found:?}");
        assert_eq!(
            found[1],
            AccountMatch::Open { candidates: vec![0], reason: "nothing distinguishes these accounts" }
        );
    }

    #[test]
    fn an_account_that_is_gone_leaves_the_others_as_they_are_and_one_that_came_is_new() {
        let old = [account("X1", "EUR", ""), account("X2", "EUR", ""), account("X3", "EUR", "")];
        let new = [account("X3", "EUR", ""), account("X1", "EUR", ""), account("X4", "EUR", "")];
        let found = match_accounts(&old, &new);
        assert_eq!(found[0].certain(), Some(2));
        assert_eq!(found[1].certain(), Some(0));
        assert!(found[2].is_new(), "{found:?}");
    }

    #[test]
    fn an_account_of_another_institution_or_currency_is_not_the_same() {
        let mut other = account("X1", "EUR", "");
        other.institution = "BANK_B".parse().ok();
        let old = [account("X1", "EUR", ""), other];
        assert_eq!(match_accounts(&old, &[account("X1", "EUR", "")])[0].certain(), Some(0));
        assert!(match_accounts(&old, &[account("X1", "GBP", "")])[0].is_new());
    }

    #[test]
    fn without_a_currency_an_iban_is_likely_only() {
        let old = [account("X1", "", "")];
        let found = match_accounts(&old, &[account("X1", "EUR", "")]);
        assert!(matches!(found[0], AccountMatch::Likely { old: 0, .. }), "{found:?}");
    }
}
