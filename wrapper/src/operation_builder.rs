//! What every builder of a call can do: be awaited for its value, be sent for the whole response, and block the thread.

/// Lets a builder be awaited. The builder has a method `call` that returns the [`Call`](crate::Call) it stands for.
macro_rules! operation_builder {
    ($builder:ident => $value:ty) => {
        impl $builder {
            /// Makes the call and returns everything that came back: value, status, rate limits, request id, body.
            ///
            /// # Errors
            /// Every way a call can fail: see [`Error`](crate::Error).
            pub async fn send(self) -> crate::Result<crate::Response<$value>> {
                self.call().send().await
            }

            /// Makes the call and waits for its value, blocking the thread.
            ///
            /// # Errors
            /// Every way a call can fail, and [`Error::InvalidRequest`](crate::Error::InvalidRequest) if it is made from
            /// async code, which must `.await` instead.
            #[cfg(feature = "blocking")]
            pub fn blocking(self) -> crate::Result<$value> {
                self.call().blocking()
            }

            /// As [`send`](Self::send), blocking the thread: everything that came back.
            ///
            /// # Errors
            /// Those of [`blocking`](Self::blocking).
            #[cfg(feature = "blocking")]
            pub fn blocking_send(self) -> crate::Result<crate::Response<$value>> {
                self.call().blocking_send()
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
