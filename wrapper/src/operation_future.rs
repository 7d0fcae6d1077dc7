//! What every call can do besides being sent: be awaited for its value alone, and block the thread.

/// Lets a builder be awaited. The builder has a method `call` that gives the [`Call`](crate::Call) it stands for.
macro_rules! operation_builder {
    ($builder:ident => $value:ty) => {
        impl $builder {
            /// Makes the call and gives everything that came back: value, status, rate limits, request id, body.
            ///
            /// # Errors
            /// Every way a call can fail: see [`Error`](crate::Error).
            pub async fn send(self) -> crate::Result<crate::Response<$value>> {
                self.call().send().await
            }

            /// Makes the call and waits for its value, blocking the thread.
            ///
            /// # Errors
            /// Every way a call can fail, and being called from async code, which must `.await` instead.
            #[cfg(feature = "blocking")]
            pub fn blocking(self) -> crate::Result<$value> {
                self.call().blocking()
            }
        }

        impl IntoFuture for $builder {
            type Output = crate::Result<$value>;
            type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Self::Output> + Send>>;

            fn into_future(self) -> Self::IntoFuture {
                self.call().into_future()
            }
        }
    };
}

pub(crate) use operation_builder;
use serde::de::DeserializeOwned;

use crate::funnel::Call;

impl<T: DeserializeOwned + Send + 'static> IntoFuture for Call<T> {
    type Output = crate::Result<T>;
    type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(crate::Response::into_value) })
    }
}

#[cfg(feature = "blocking")]
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
    /// Every way a call can fail, and being called from async code, which must `.await` instead.
    pub fn blocking(self) -> crate::Result<T> {
        use crate::error::InvalidRequestError;
        use std::sync::OnceLock;
        use tokio::runtime::{Builder, Handle, Runtime};

        // One runtime for the process: connections live in it, and outlive each call.
        static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
        if Handle::try_current().is_ok() {
            let why = "a blocking call was made from async code; await it instead";
            return Err(InvalidRequestError::in_operation(self.operation(), why).into());
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
