//! Calls that block the thread, for programs without async code.

use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Waker};
use std::thread;

use gocardless_bank_data_types::Response;
use gocardless_bank_data_types::error::{InvalidRequestError, Result};
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::pipeline::Call;

impl<T: DeserializeOwned + Send + 'static> Call<T> {
    /// Makes the call and waits for its value, blocking the thread.
    ///
    /// It works in every thread that may block, in [`tokio::task::spawn_blocking`] too.
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
        self.blocking_send().map(Response::into_value)
    }

    /// As [`send`](Self::send), blocking the thread: everything that came back.
    ///
    /// ```no_run
    /// # fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
    /// let response = bank.account("3fa85f64-5717-4562-b3fc-2c963f66afa6").balances().blocking_send()?;
    /// println!("{:?} calls left today", response.rate_limits().account);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`blocking`](Self::blocking).
    pub fn blocking_send(self) -> Result<Response<T>> {
        let operation = self.operation();
        block_on(&operation.words(), self.send())?
    }

    /// As [`optional`](Self::optional), blocking the thread: `None` if the API says that there is no such thing.
    ///
    /// # Errors
    /// Every other error of [`blocking`](Self::blocking).
    pub fn blocking_optional(self) -> Result<Option<T>> {
        let operation = self.operation();
        block_on(&operation.words(), self.optional())?
    }
}

/// Waits for the output of `future`, blocking the thread. `what` is its subject in the error.
///
/// # Errors
/// [`InvalidRequestError`] from async code, or if the system has no thread for it.
pub fn block_on<T: Send>(what: &str, future: impl Future<Output = T> + Send) -> Result<T> {
    // One runtime for the process: connections live in it and outlive each call.
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let refused = |why: &str| InvalidRequestError::new(what.to_owned(), why);
    if is_async() {
        return Err(refused("a blocking call was made from async code; await it instead").into());
    }
    let runtime =
        RUNTIME.get_or_init(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().ok());
    let runtime = runtime.as_ref().ok_or_else(|| refused("no runtime could be started"))?;
    if Handle::try_current().is_err() {
        return Ok(runtime.block_on(future));
    }
    // The thread belongs to another runtime. It may block, but tokio panics if two runtimes meet in one thread and the
    // outer one is polling, which `is_async` does not see inside `tokio::task::unconstrained`.
    thread::scope(|scope| {
        let waiting = thread::Builder::new().spawn_scoped(scope, || runtime.block_on(future));
        let waiting = waiting.map_err(|_| refused("no thread could be started"))?;
        Ok(waiting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Whether this thread is polling async code of tokio, so that blocking it would stop other tasks.
///
/// Tokio gives each poll of a task a budget of 128 steps. Where a thread may block, in `spawn_blocking`, `block_in_place` or
/// outside of a runtime, steps are not counted.
fn is_async() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    (0..1_000).any(|_| pin!(tokio::task::consume_budget()).poll(&mut context).is_pending())
}
