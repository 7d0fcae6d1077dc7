//! Everything that the parts of a running sandbox share, including its settings, and what a test may change without HTTP:
//! the same steps for the typed API and for `/_sandbox`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::clock::Clock;
use crate::error::SandboxError;
use crate::fault::Faults;
use crate::limits::Limits;
use crate::random::Random;
use crate::recorded::Log;
use crate::state::{AccountStatus, LinkOutcome, RequisitionStatus, State, TokenKind, follow};

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
        let state = Mutex::new(State::new(config.seed));
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
}

impl Config {
    /// The credentials of a seed.
    pub(crate) fn credentials(seed: u64) -> (String, String) {
        let mut random = Random::stream(seed, "credentials");
        (random.uuid().to_string(), random.hex(128))
    }
}

/// Completes a requisition's link flow; gives its accounts.
pub(crate) fn link(world: &World, id: &str, outcome: LinkOutcome) -> Result<Vec<String>, SandboxError> {
    let now = world.clock.now();
    let accounts = world.with_state(|state| {
        let id = Uuid::parse_str(id).ok()?;
        follow(state, id, outcome, now)?;
        let requisition = state.requisitions.get(id)?;
        Some(requisition.accounts.iter().map(Uuid::to_string).collect())
    });
    accounts.ok_or_else(|| SandboxError::NotFound { what: "requisition", id: id.to_owned() })
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
