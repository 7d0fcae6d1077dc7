//! All that one sandbox remembers, in one value: cloning it lets a fault try an operation without its effect.

use uuid::Uuid;

use super::{Account, Agreement, Quota, Requisition, Table, Tokens};
use crate::random::Random;

/// The memory of a sandbox.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) seed: u64,
    pub(crate) tokens: Tokens,
    pub(crate) agreements: Table<Agreement>,
    pub(crate) requisitions: Table<Requisition>,
    pub(crate) accounts: Table<Account>,
    pub(crate) quota: Quota,
    ids: Random,
}

impl State {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            tokens: Tokens::new(Random::stream(seed, "tokens")),
            agreements: Table::default(),
            requisitions: Table::default(),
            accounts: Table::default(),
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
