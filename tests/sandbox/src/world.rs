//! Everything that the parts of a running sandbox share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::clock::Clock;
use crate::config::Config;
use crate::fault::Faults;
use crate::random::Random;
use crate::recorded::Log;
use crate::state::State;

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
