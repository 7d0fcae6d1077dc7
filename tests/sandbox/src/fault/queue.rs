//! The faults that wait for a request: first come, first used.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Fault, Target};
use crate::operation_table::Operation;

/// The faults of a sandbox; clones are the same queue.
///
/// For each request the first fault that matches and has uses left is applied, one at most.
///
/// ```
/// # use gocardless_bank_data_sandbox::{Fault, Operation, Sandbox};
/// # let sandbox = Sandbox::start_blocking()?;
/// sandbox.faults().add(Fault::status(503).on(Operation::AccountBalances).times(2));
/// assert_eq!(sandbox.faults().len(), 1);
/// sandbox.faults().clear();
/// assert!(sandbox.faults().is_empty());
/// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
/// ```
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Fault>>>);

impl Faults {
    /// Adds a fault at the end of the queue. One of zero uses is not added.
    pub fn add(&self, fault: Fault) {
        if fault.uses != Some(0) {
            self.with(|queue| queue.push(fault));
        }
    }

    /// Drops all faults.
    pub fn clear(&self) {
        self.with(Vec::clear);
    }

    /// How many faults have uses left.
    #[must_use]
    pub fn len(&self) -> usize {
        self.with(|queue| queue.len())
    }

    /// Whether no fault is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All faults with their uses left.
    pub(crate) fn list(&self) -> Vec<Fault> {
        self.with(|queue| queue.clone())
    }

    /// Uses up the first fault that matches.
    pub(crate) fn take(&self, operation: Option<Operation>, id: Option<&str>, path: &str) -> Option<Fault> {
        self.with(|queue| {
            let at = queue.iter().position(|fault| fault.target.meets(operation, id, path))?;
            let fault = queue.get_mut(at)?;
            match &mut fault.uses {
                None => Some(fault.clone()),
                Some(uses) if *uses > 1 => {
                    *uses -= 1;
                    Some(fault.clone())
                }
                Some(_) => Some(queue.remove(at)),
            }
        })
    }

    /// Gives back one use of a fault that could not be applied.
    pub(crate) fn give_back(&self, mut fault: Fault) {
        if fault.uses.is_some() {
            self.with(|queue| {
                fault.uses = Some(1);
                queue.insert(0, fault);
            });
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Vec<Fault>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Faults").field(&self.list()).finish()
    }
}

impl Target {
    /// Whether a request is meant. Without `path` only requests to the API are, matched to an operation or not.
    fn meets(&self, operation: Option<Operation>, id: Option<&str>, path: &str) -> bool {
        let about_account = operation.is_some_and(Operation::is_account);
        let right_place = match &self.path {
            Some(wanted) => wanted == path,
            None => path.starts_with("/api/"),
        };
        right_place
            && self.operation.is_none_or(|wanted| operation == Some(wanted))
            && self
                .account
                .as_deref()
                .is_none_or(|wanted| about_account && id.is_some_and(|id| id.eq_ignore_ascii_case(wanted)))
    }
}
