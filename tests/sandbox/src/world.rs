//! Everything that the parts of a running sandbox share, including its settings, and what a test may change without HTTP:
//! the same steps for the typed API and for `/_sandbox`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use uuid::Uuid;

use crate::clock::Clock;
use crate::data;
use crate::error::SandboxError;
use crate::fault::Faults;
use crate::limits::Limits;
use crate::operation_table::Operation;
use crate::own;
use crate::profile::BankProfile;
use crate::random::Random;
use crate::recorded::Log;
use crate::state::{
    AccountStatus, BankAccount, LinkOutcome, Mark, RequisitionStatus, SOMEBODY, State, TokenKind, Visit,
    follow,
};
use crate::truth::Truth;

/// One sandbox.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    state: Mutex<State>,
    requests: AtomicU64,
}

impl World {
    pub(crate) fn new(config: Config, clock: Clock) -> Self {
        let state = Mutex::new(State::new(config.seed, clock.now().date_naive()));
        Self {
            config,
            clock,
            faults: Faults::default(),
            log: Log::default(),
            state,
            requests: AtomicU64::new(0),
        }
    }

    /// Reads or changes the state; one at a time.
    pub(crate) fn with_state<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The two request ids of an answer.
    pub(crate) fn request_ids(&self) -> (Uuid, Uuid) {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let mut random = Random::stream(self.config.seed ^ number, "request ids");
        (random.uuid(), random.uuid())
    }
}

/// The settings of a running sandbox.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "the settings are independent of each other")]
pub(crate) struct Config {
    pub(crate) seed: u64,
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    /// Without a slash at its end.
    pub(crate) base_url: String,
    pub(crate) limits: Limits,
    /// Whether the company may accept agreements itself.
    pub(crate) allow_accept: bool,
    /// Whether the company may use reconfirmation.
    pub(crate) allow_reconfirmation: bool,
    /// Whether only what the contract declares is taken and answered.
    pub(crate) declared_only: bool,
    /// Whether `next` and `previous` name this host instead of the vendor's.
    pub(crate) own_page_links: bool,
    /// Whether a browser, too, is sent through the link without a page.
    pub(crate) auto_link: bool,
}

impl Config {
    /// The credentials of a seed.
    pub(crate) fn credentials(seed: u64) -> (String, String) {
        let mut random = Random::stream(seed, "credentials");
        (random.uuid().to_string(), random.hex(128))
    }
}

/// Completes a requisition's link flow; gives its accounts.
pub(crate) fn link(
    world: &World,
    id: &str,
    outcome: LinkOutcome,
    person: Option<&str>,
) -> Result<Vec<String>, SandboxError> {
    let visit = Visit { outcome, person: person.unwrap_or(SOMEBODY), chosen: None, now: world.clock.now() };
    let accounts = world.with_state(|state| {
        let id = Uuid::parse_str(id).ok()?;
        follow(state, id, &visit)?;
        let requisition = state.requisitions.get(id)?;
        Some(requisition.accounts.iter().map(Uuid::to_string).collect())
    });
    accounts.ok_or_else(|| SandboxError::NotFound { what: "requisition", id: id.to_owned() })
}

/// Reads or changes the bank account behind an id: of an account of the API, or its own.
fn with_bank_account<T>(
    world: &World,
    id: &str,
    act: impl FnOnce(&mut BankAccount) -> Result<T, String>,
) -> Result<T, SandboxError> {
    let done = world.with_state(|state| {
        let account = Uuid::parse_str(id).ok().and_then(|id| state.accounts.get(id));
        let place = account.map(|account| account.place).or_else(|| state.people.find(id))?;
        state.people.get_mut(place).map(act)
    });
    let done = done.ok_or_else(|| SandboxError::NotFound { what: "account", id: id.to_owned() })?;
    done.map_err(|why| SandboxError::Invalid { why })
}

/// What really happened on an account.
pub(crate) fn truth(world: &World, id: &str) -> Result<Truth, SandboxError> {
    let now = world.clock.now();
    with_bank_account(world, id, |account| Ok(Truth::of(account, now)))
}

/// Gives a person an account; gives the id of the bank account.
pub(crate) fn put_account(world: &World, institution: &str, json: &Value) -> Result<String, SandboxError> {
    known_institution(institution)?;
    let own = own::account(institution, json).map_err(|why| SandboxError::Invalid { why })?;
    Ok(world.with_state(|state| {
        let place = state.people.put(own);
        state.people.get(place).map(|account| account.id.clone()).unwrap_or_default()
    }))
}

/// Adds transactions to an account, all of them or none; gives their ids.
pub(crate) fn put_transactions(world: &World, id: &str, json: &Value) -> Result<Vec<String>, SandboxError> {
    with_bank_account(world, id, |account| {
        let own = own::transactions(account, json)?;
        let ids = own.iter().map(|own| own.id.clone()).collect();
        account.own.extend(own);
        Ok(ids)
    })
}

/// Removes the transactions that a test put in.
pub(crate) fn clear_transactions(world: &World, id: &str) -> Result<(), SandboxError> {
    with_bank_account(world, id, |account| {
        account.own.clear();
        account.shown.retain(|mark, _| matches!(mark, Mark::Made(_)));
        Ok(())
    })
}

/// Sets the body that an operation of an account answers with; none: the made-up one again.
pub(crate) fn put_raw(
    world: &World,
    id: &str,
    operation: Operation,
    body: Option<Value>,
) -> Result<(), SandboxError> {
    with_bank_account(world, id, |account| {
        if !operation.is_account() {
            return Err(format!("{operation} is not an operation of an account"));
        }
        match body {
            Some(body) => account.raw.insert(operation, body),
            None => account.raw.remove(&operation),
        };
        Ok(())
    })
}

/// Sets how an institution behaves.
pub(crate) fn set_profile(
    world: &World,
    institution: &str,
    profile: BankProfile,
) -> Result<(), SandboxError> {
    known_institution(institution)?;
    let today = world.clock.now().date_naive();
    world.with_state(|state| state.people.set_profile(institution, profile, today));
    Ok(())
}

/// How an institution behaves now.
pub(crate) fn profile(world: &World, institution: &str) -> Result<BankProfile, SandboxError> {
    known_institution(institution)?;
    Ok(world.with_state(|state| (*state.people.profile(institution)).clone()))
}

fn known_institution(id: &str) -> Result<(), SandboxError> {
    let found = data::find(id).map(|_| ());
    found.ok_or_else(|| SandboxError::NotFound { what: "institution", id: id.to_owned() })
}

/// Sets the status of a requisition and changes nothing else.
pub(crate) fn set_requisition_status(
    world: &World,
    id: &str,
    status: RequisitionStatus,
) -> Result<(), SandboxError> {
    let done = world.with_state(|state| {
        state.requisitions.get_mut(Uuid::parse_str(id).ok()?)?.status = status;
        Some(())
    });
    done.ok_or_else(|| SandboxError::NotFound { what: "requisition", id: id.to_owned() })
}

/// Sets the status of an account.
pub(crate) fn set_account_status(world: &World, id: &str, status: AccountStatus) -> Result<(), SandboxError> {
    let done = world.with_state(|state| {
        state.accounts.get_mut(Uuid::parse_str(id).ok()?)?.set_status(status);
        Some(())
    });
    done.ok_or_else(|| SandboxError::NotFound { what: "account", id: id.to_owned() })
}

/// Refuses all access tokens given so far, and the refresh tokens too if `refresh` says so.
pub(crate) fn forget_tokens(world: &World, kinds: &[TokenKind]) {
    world.with_state(|state| kinds.iter().for_each(|kind| state.tokens.forget(*kind)));
}
