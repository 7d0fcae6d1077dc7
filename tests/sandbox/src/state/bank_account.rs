//! What a person has at a bank, whether it is connected or not: bank accounts, which the accounts of the API are views of.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use crate::data::{History, Profiles, Source, iban, masked_pan};
use crate::operation_table::Operation;
use crate::profile::{AccountKind, AccountNumber, AccountProfile, BankProfile};
use crate::random::Random;

/// The person who connects if nobody else is named.
pub(crate) const SOMEBODY: &str = "John Doe";

/// What never changes about a bank account.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) kind: AccountKind,
    pub(crate) currency: String,
    pub(crate) number: AccountNumber,
    /// The member `iban`, whatever it holds.
    pub(crate) iban: Option<String>,
    pub(crate) owner: String,
    pub(crate) name: String,
    /// What its details are made from.
    pub(crate) key: u64,
    /// Members of the details that a test put in.
    pub(crate) details: Map<String, Value>,
}

/// A read of transactions: all that their form depends on but themselves.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) now: DateTime<Utc>,
    /// How many reads there were before.
    pub(crate) number: u64,
    /// The connection under which it is read.
    pub(crate) link: u32,
    pub(crate) profile: Arc<BankProfile>,
}

/// In which of the two lists a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Booked,
    Pending,
}

impl Form {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Pending => "pending",
        }
    }
}

/// Which transaction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mark {
    /// A made-up one, by its number.
    Made(usize),
    /// One that a test put in, by its id.
    Own(String),
}

/// How a transaction stood in the last answer that it was in.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) form: Form,
    pub(crate) reading: Arc<Reading>,
    /// When that answer was given.
    pub(crate) at: DateTime<Utc>,
    /// What a test put in. A made-up one can be made again.
    pub(crate) entry: Option<Value>,
}

/// A transaction that a test put in, in one of its forms.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub(crate) id: String,
    pub(crate) form: Form,
    pub(crate) from: Option<DateTime<Utc>>,
    pub(crate) until: Option<DateTime<Utc>>,
    pub(crate) entry: Value,
}

impl Own {
    pub(crate) fn is_shown(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// One bank account.
#[derive(Clone, Debug)]
pub(crate) struct BankAccount {
    pub(crate) id: String,
    pub(crate) institution: String,
    pub(crate) person: String,
    pub(crate) facts: Arc<Facts>,
    /// Its place among the accounts of the profile; `None`: a test put it in.
    place: Option<usize>,
    /// How often its transactions were read.
    pub(crate) reads: u64,
    pub(crate) own: Vec<Own>,
    /// Whole bodies that a test put in.
    pub(crate) raw: HashMap<Operation, Value>,
    pub(crate) shown: HashMap<Mark, Shown>,
    /// Shared by copies of the state: it follows from the account, and is kept only for speed.
    history: Arc<Mutex<History>>,
}

impl BankAccount {
    pub(crate) fn history(&self) -> MutexGuard<'_, History> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a test says about an account of its own.
#[derive(Clone, Debug)]
pub(crate) struct OwnAccount {
    pub(crate) institution: String,
    pub(crate) person: String,
    pub(crate) kind: AccountKind,
    pub(crate) currency: String,
    pub(crate) iban: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) details: Map<String, Value>,
    pub(crate) made_up: bool,
    pub(crate) opening: i64,
    /// Whether the person has only accounts of the test's at this bank.
    pub(crate) only: bool,
}

/// One person at one bank.
#[derive(Clone, Debug, Default)]
struct Customer {
    /// How often they connected.
    links: u32,
    accounts: Vec<usize>,
    only_own: bool,
}

/// All people and what they have.
#[derive(Clone, Debug)]
pub(crate) struct People {
    seed: u64,
    /// The first day of every account.
    opened: NaiveDate,
    profiles: HashMap<String, Profiles>,
    calm: Arc<BankProfile>,
    /// By institution and name.
    customers: BTreeMap<(String, String), Customer>,
    accounts: Vec<BankAccount>,
}

impl People {
    pub(crate) fn new(seed: u64, opened: NaiveDate) -> Self {
        let profiles = BankProfile::presets()
            .map(|(name, profile)| (BankProfile::institution(name), vec![(opened, Arc::new(profile))]))
            .collect();
        let calm = Arc::new(BankProfile::calm());
        Self { seed, opened, profiles, calm, customers: BTreeMap::new(), accounts: Vec::new() }
    }

    /// How an institution behaves now.
    pub(crate) fn profile(&self, institution: &str) -> Arc<BankProfile> {
        let last = self.profiles.get(institution).and_then(|profiles| profiles.last());
        Arc::clone(last.map_or(&self.calm, |(_, profile)| profile))
    }

    /// Sets how an institution behaves. What was made up for its customers stays: of what they do, the profile decides
    /// from the day after `today`.
    pub(crate) fn set_profile(&mut self, institution: &str, profile: BankProfile, today: NaiveDate) {
        let known = self.accounts.iter().any(|account| account.institution == institution);
        let mut profiles = self.profiles(institution);
        if known {
            let tomorrow = today.succ_opt().unwrap_or(today);
            profiles.retain(|(from, _)| *from < tomorrow);
            profiles.push((tomorrow, Arc::new(profile)));
        } else {
            profiles = vec![(self.opened, Arc::new(profile))];
        }
        for account in self.accounts.iter().filter(|account| account.institution == institution) {
            account.history().restart(profiles.clone());
        }
        self.profiles.insert(institution.to_owned(), profiles);
    }

    fn profiles(&self, institution: &str) -> Profiles {
        let known = self.profiles.get(institution).cloned();
        known.unwrap_or_else(|| vec![(self.opened, Arc::clone(&self.calm))])
    }

    pub(crate) fn get(&self, place: usize) -> Option<&BankAccount> {
        self.accounts.get(place)
    }

    pub(crate) fn get_mut(&mut self, place: usize) -> Option<&mut BankAccount> {
        self.accounts.get_mut(place)
    }

    /// The place of a bank account, by its id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.accounts.iter().position(|account| account.id == id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &BankAccount> {
        self.accounts.iter()
    }

    /// What a person would see at a bank on connecting now: the number of the connection, and the places of the accounts.
    pub(crate) fn accounts_of(&mut self, institution: &str, person: &str) -> (u32, Vec<usize>) {
        let profile = self.profile(institution);
        let customer = (institution.to_owned(), person.to_owned());
        let Customer { links, accounts, only_own } =
            self.customers.entry(customer.clone()).or_default().clone();
        let link = links + 1;
        let mut visible = Vec::new();
        for (place, account) in profile.accounts.iter().enumerate().filter(|_| !only_own) {
            let known = accounts.iter().copied();
            let mut known = known.filter(|at| self.get(*at).is_some_and(|it| it.place == Some(place)));
            let at = known.next().unwrap_or_else(|| {
                let at = self.made_up(institution, person, place, account);
                self.customers.entry(customer.clone()).or_default().accounts.push(at);
                at
            });
            if account.is_shown(link) {
                visible.push(at);
            }
        }
        visible.extend(accounts.iter().filter(|at| self.get(**at).is_some_and(|it| it.place.is_none())));
        (link, visible)
    }

    /// Counts a connection.
    pub(crate) fn connected(&mut self, institution: &str, person: &str) {
        self.customers.entry((institution.to_owned(), person.to_owned())).or_default().links += 1;
    }

    fn key(&self, institution: &str, person: &str, what: &str) -> u64 {
        Random::stream(self.seed, &format!("{institution}\n{person}\n{what}")).next()
    }

    fn made_up(&mut self, institution: &str, person: &str, place: usize, account: &AccountProfile) -> usize {
        let key = self.key(institution, person, &place.to_string());
        let number = match account.number {
            AccountNumber::Iban => Some(iban(key)),
            AccountNumber::SharedIban => Some(iban(self.key(institution, person, "shared"))),
            AccountNumber::MaskedAsIban => Some(masked_pan(key)),
            AccountNumber::Masked | AccountNumber::Absent => None,
        };
        let (owner, name) = match account.kind {
            AccountKind::Current => (SOMEBODY, "Main Account"),
            AccountKind::Card => ("Jane Doe", "Credit Account"),
        };
        let facts = Facts {
            kind: account.kind,
            currency: account.currency.clone(),
            number: account.number,
            iban: number,
            owner: if person == SOMEBODY { owner } else { person }.to_owned(),
            name: name.to_owned(),
            key,
            details: Map::new(),
        };
        let opening = Random::stream(key, "opening").between(180_000, 420_000);
        self.open(institution, person, Some(place), facts, true, opening)
    }

    /// Opens an account that a test describes; gives its place.
    pub(crate) fn put(&mut self, own: OwnAccount) -> usize {
        let customer = (own.institution.clone(), own.person.clone());
        let count = self.accounts.len();
        let key = self.key(&own.institution, &own.person, &format!("own {count}"));
        let facts = Facts {
            kind: own.kind,
            currency: own.currency,
            number: if own.iban.is_some() { AccountNumber::Iban } else { AccountNumber::Absent },
            iban: own.iban,
            owner: own.owner.unwrap_or_else(|| own.person.clone()),
            name: own.name.unwrap_or_else(|| "Account".to_owned()),
            key,
            details: own.details,
        };
        let at = self.open(&own.institution, &own.person, None, facts, own.made_up, own.opening);
        let customer = self.customers.entry(customer).or_default();
        customer.accounts.push(at);
        customer.only_own |= own.only;
        at
    }

    fn open(
        &mut self,
        institution: &str,
        person: &str,
        place: Option<usize>,
        facts: Facts,
        made_up: bool,
        opening: i64,
    ) -> usize {
        let source = Source {
            kind: facts.kind,
            currency: facts.currency.clone(),
            key: facts.key,
            opened: self.opened,
            made_up,
            opening,
        };
        let account = BankAccount {
            id: Random::stream(facts.key, "bank account").uuid().to_string(),
            institution: institution.to_owned(),
            person: person.to_owned(),
            facts: Arc::new(facts),
            place,
            reads: 0,
            own: Vec::new(),
            raw: HashMap::new(),
            shown: HashMap::new(),
            history: Arc::new(Mutex::new(History::new(source, self.profiles(institution)))),
        };
        self.accounts.push(account);
        self.accounts.len() - 1
    }
}
