//! What a store has to do: three blocking methods over one small value. When to save, what a stale token is and what a
//! failing store means is decided elsewhere.

use super::error::StoreError;
use super::saved::Saved;

/// A guard for a store's lock; dropping it releases the lock.
pub type StoreLock = Box<dyn Send>;

/// Keeps a [`Saved`] between runs and shares it between processes.
///
/// The methods may block: the client calls them on blocking threads, and continues without the store if they fail or
/// take too long. A store holds tokens, so it must be readable by nobody else.
///
/// ```
/// use std::sync::Mutex;
/// use gocardless_bank_data_runtime::state::{Saved, Store, StoreError, StoreLock};
///
/// #[derive(Debug, Default)]
/// struct InThisProcess(Mutex<Option<Saved>>);
///
/// impl Store for InThisProcess {
///     fn load(&self) -> Result<Option<Saved>, StoreError> {
///         Ok(self.0.lock().map_err(|_| StoreError::other("the store is poisoned"))?.clone())
///     }
///
///     fn save(&self, saved: &Saved) -> Result<(), StoreError> {
///         *self.0.lock().map_err(|_| StoreError::other("the store is poisoned"))? = Some(saved.clone());
///         Ok(())
///     }
///
///     fn lock(&self) -> Result<StoreLock, StoreError> {
///         Ok(Box::new(()))
///     }
/// }
/// ```
pub trait Store: std::fmt::Debug + Send + Sync + 'static {
    /// What was saved last, or `None` if nothing was.
    ///
    /// # Errors
    /// If the store cannot be read. Content that cannot be understood is not an error: it counts as nothing.
    fn load(&self) -> Result<Option<Saved>, StoreError>;

    /// Replaces what was saved, as a whole or not at all.
    ///
    /// # Errors
    /// If the store cannot be written.
    fn save(&self, saved: &Saved) -> Result<(), StoreError>;

    /// Waits until no other process holds the lock, and acquires it.
    ///
    /// # Errors
    /// If the lock cannot be acquired, for example because another process does not release it in time.
    fn lock(&self) -> Result<StoreLock, StoreError>;
}
