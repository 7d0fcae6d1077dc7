//! What a client remembers and shares with other clients of its company: tokens, budgets, and what is known of accounts.
//!
//! [`StateStore`] is implemented by engines: [`MemoryState`], and packages of their own for files and servers. Every rule is
//! a pure function from records and an instant to new records and a verdict; [`ClientState`] applies them for the
//! pipeline.

mod client_state;
mod clock;
mod engine;
#[cfg(any(test, feature = "engine-suite"))]
pub mod engine_suite;
mod epoch;
mod memory;
mod owner;
mod record;
mod shared;
pub(crate) mod stored;

pub use client_state::ClientState;
pub(crate) use client_state::{Admission, Place};
pub use clock::Clock;
pub(crate) use clock::Moment;
pub use engine::{Change, Key, Loaded, Record, StateError, StateFuture, StateStore, Version};
pub(crate) use epoch::Recovery;
pub use memory::MemoryState;
pub(crate) use owner::Owner;
pub(crate) use record::{Form, StateRecord};
pub(crate) use shared::SharedState;
