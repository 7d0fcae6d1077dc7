//! What survives a run of the program and is shared between processes: tokens, and what is known of accounts.
//!
//! [`Store`] is the seam, [`FileStore`] an implementation of it, and the vault the way the client uses one.

mod error;
mod file;
mod saved;
mod seam;
mod vault;

pub use error::StoreError;
pub use file::FileStore;
pub use saved::{Saved, SavedAccount, SavedQuota, SavedTokens};
pub(crate) use saved::{fingerprint, instant_of, seconds_of};
pub use seam::{Store, StoreLock};
pub(crate) use vault::Vault;
