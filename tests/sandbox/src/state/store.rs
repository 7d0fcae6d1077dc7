//! All that one sandbox remembers, in one value: cloning it lets a fault try an operation without its effect.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::{Account, Agreement, People, Quota, Requisition, Tokens};
use crate::random::Random;

/// How long before the sandbox's start accounts were opened: the most that any agreement shows.
const HISTORY: Days = Days::new(730);

/// The memory of a sandbox.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) tokens: Tokens,
    pub(crate) agreements: Table<Agreement>,
    pub(crate) requisitions: Table<Requisition>,
    pub(crate) accounts: Table<Account>,
    pub(crate) people: People,
    pub(crate) quota: Quota,
    ids: Random,
}

impl State {
    /// Nothing yet, on a day on which people have had their accounts for two years.
    pub(crate) fn new(seed: u64, today: NaiveDate) -> Self {
        Self {
            tokens: Tokens::new(Random::stream(seed, "tokens")),
            agreements: Table::default(),
            requisitions: Table::default(),
            accounts: Table::default(),
            people: People::new(seed, today.checked_sub_days(HISTORY).unwrap_or(today)),
            quota: Quota::default(),
            ids: Random::stream(seed, "identifiers"),
        }
    }

    /// An identifier that was not given before.
    pub(crate) fn new_id(&mut self) -> Uuid {
        self.ids.uuid()
    }

    /// The agreement that an account is read under, unless it was deleted.
    pub(crate) fn agreement_of(&self, account: &Account) -> Option<&Agreement> {
        self.agreements.get(account.agreement)
    }
}

/// A small table.
#[derive(Clone, Debug)]
pub(crate) struct Table<T> {
    rows: BTreeMap<u64, T>,
    places: HashMap<Uuid, u64>,
    next: u64,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), places: HashMap::new(), next: 0 }
    }
}

impl<T> Table<T> {
    pub(crate) fn insert(&mut self, id: Uuid, row: T) {
        self.places.insert(id, self.next);
        self.rows.insert(self.next, row);
        self.next += 1;
    }

    pub(crate) fn get(&self, id: Uuid) -> Option<&T> {
        self.rows.get(self.places.get(&id)?)
    }

    pub(crate) fn get_mut(&mut self, id: Uuid) -> Option<&mut T> {
        self.rows.get_mut(self.places.get(&id)?)
    }

    pub(crate) fn remove(&mut self, id: Uuid) -> Option<T> {
        self.rows.remove(&self.places.remove(&id)?)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.rows.values()
    }

    /// Oldest first, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.rows.values_mut()
    }
}
