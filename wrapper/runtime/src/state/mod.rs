//! What survives a run of the program and is shared between processes: tokens, and what is known of accounts.
//!
//! [`Store`] is implemented by [`FileStore`] and by whoever keeps the state elsewhere; [`ClientState`] is how the client uses
//! one.

mod client_state;
mod clock;
mod engine;
#[cfg(any(test, feature = "engine-suite"))]
pub mod engine_suite;
mod error;
mod file;
mod memory;
mod owner;
mod saved;
mod shared_store;
mod store;

pub use client_state::ClientState;
pub use clock::Clock;
pub use engine::{Change, Key, Loaded, Record, StateError, StateFuture, StateStore, Version};
pub use error::StoreError;
pub use file::FileStore;
pub use memory::MemoryState;
pub use saved::{Saved, SavedAccount, SavedQuota, SavedTokens};
pub(crate) use saved::{instant_of, seconds_of};
pub(crate) use shared_store::SharedStore;
pub use store::{Store, StoreLock};
