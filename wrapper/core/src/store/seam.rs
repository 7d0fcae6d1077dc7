//! The seam: three blocking methods over one small value. Everything that decides (when to save, what a stale token is,
//! what a failing store means) is elsewhere.

use super::error::StoreError;
use super::saved::Saved;

/// Proof that this process holds a store's lock; dropping it lets go.
pub type StoreLock = Box<dyn Send>;

/// Keeps a [`Saved`] between runs and shares it between processes.
///
/// The methods may block: the client calls them on threads that may, and goes on without the store when they fail or
/// take too long. A store holds tokens, so it must be readable by nobody else.
///
/// ```
/// use std::sync::Mutex;
/// use gocardless_bank_data_core::store::{Saved, Store, StoreError, StoreLock};
///
/// #[derive(Debug, Default)]
/// struct InThisProcess(Mutex<Option<Saved>>);
///
/// impl Store for InThisProcess {
///     fn load(&self) -> Result<Option<Saved>, StoreError> {
///         Ok(self.0.lock().map_err(|_| StoreError::other("the store is broken"))?.clone())
///     }
///
///     fn save(&self, saved: &Saved) -> Result<(), StoreError> {
///         *self.0.lock().map_err(|_| StoreError::other("the store is broken"))? = Some(saved.clone());
///         Ok(())
///     }
///
///     fn lock(&self) -> Result<StoreLock, StoreError> {
///         Ok(Box::new(()))
///     }
/// }
/// ```
pub trait Store: std::fmt::Debug + Send + Sync + 'static {
    /// What was saved last, or `None` where nothing was.
    ///
    /// # Errors
    /// Whatever keeps the store from being read. What is saved there but cannot be understood is not an error: it is
    /// as good as nothing.
    fn load(&self) -> Result<Option<Saved>, StoreError>;

    /// Replaces what was saved, as a whole or not at all.
    ///
    /// # Errors
    /// Whatever keeps the store from being written.
    fn save(&self, saved: &Saved) -> Result<(), StoreError>;

    /// Waits until no other process holds the lock, and takes it.
    ///
    /// # Errors
    /// Whatever keeps the lock from being had, such as another process that does not let go in time.
    fn lock(&self) -> Result<StoreLock, StoreError>;
}
