//! Calls that block the thread, for programs without async code.

use std::sync::OnceLock;

use gocardless_bank_data_types::error::{InvalidRequestError, Result};
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::pipeline::Call;

impl<T: DeserializeOwned + Send + 'static> Call<T> {
    /// Makes the call and waits for its value, blocking the thread.
    ///
    /// ```no_run
    /// # fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let institutions = bank.institutions().list().country("GB").blocking()?;
    /// # let _ = institutions;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Every error of a call, and [`Error::InvalidRequest`](gocardless_bank_data_types::Error::InvalidRequest) if it is made
    /// from async code, which must `.await` instead.
    pub fn blocking(self) -> Result<T> {
        // One runtime for the process: connections live in it and outlive each call.
        static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
        if Handle::try_current().is_ok() {
            let reason = "a blocking call was made from async code; await it instead";
            return Err(InvalidRequestError::in_operation(self.operation(), reason).into());
        }
        let runtime =
            RUNTIME.get_or_init(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().ok());
        match runtime {
            Some(runtime) => runtime.block_on(self.into_future()),
            None => {
                Err(InvalidRequestError::in_operation(self.operation(), "no runtime could be started").into())
            }
        }
    }
}
