//! How long a call may take, by class of operation.

use std::time::Duration;

use crate::operation::OperationClass;

/// How long each class of call may take, from sending to the last byte of the response.
///
/// Banks are slow: one response was reported to take 125 seconds, and giving up on it may waste one of four calls a day.
/// So metered reads have the longest timeout.
///
/// ```
/// use std::time::Duration;
/// use gocardless_bank_data_types::{OperationClass, Timeouts};
///
/// let timeouts = Timeouts { plain_read: Duration::from_secs(5), ..Timeouts::default() };
/// assert_eq!(timeouts.of(OperationClass::PlainRead), Duration::from_secs(5));
/// assert_eq!(timeouts.of(OperationClass::MeteredRead), Duration::from_secs(150));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection, which is part of every call: 5 s.
    pub connect: Duration,
    /// For the token operations: 15 s.
    pub token: Duration,
    /// For reads without a daily limit: 30 s.
    pub plain_read: Duration,
    /// For [metered reads](crate::OperationClass::MeteredRead): 150 s.
    pub metered_read: Duration,
    /// For creates, deletes and accepts: 60 s.
    pub write: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            token: Duration::from_secs(15),
            plain_read: Duration::from_secs(30),
            metered_read: Duration::from_secs(150),
            write: Duration::from_secs(60),
        }
    }
}

impl Timeouts {
    /// The timeout of a call of this class.
    #[must_use]
    pub fn of(&self, class: OperationClass) -> Duration {
        match class {
            OperationClass::Token => self.token,
            OperationClass::PlainRead => self.plain_read,
            OperationClass::MeteredRead => self.metered_read,
            OperationClass::Write | OperationClass::IdempotentWrite => self.write,
        }
    }
}
