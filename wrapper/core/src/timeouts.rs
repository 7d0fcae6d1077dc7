//! How long a call may take, by what it costs to call again.

use std::time::Duration;

use crate::operation::Class;

/// How long each class of call may take, from sending to the last byte of the answer.
///
/// Banks are slow: one answer was reported to take 125 seconds, and giving up on it spends one of four calls a day for
/// nothing. So the reads that count have the longest time.
///
/// ```
/// use std::time::Duration;
/// use gocardless_bank_data_core::{Class, Timeouts};
///
/// let timeouts = Timeouts { plain_read: Duration::from_secs(5), ..Timeouts::default() };
/// assert_eq!(timeouts.of(Class::PlainRead), Duration::from_secs(5));
/// assert_eq!(timeouts.of(Class::ScarceRead), Duration::from_secs(150));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection, which is part of every call: 5 s.
    pub connect: Duration,
    /// For the token operations: 15 s.
    pub token: Duration,
    /// For reads that do not count by the day: 30 s.
    pub plain_read: Duration,
    /// For balances, details and transactions: 150 s.
    pub scarce_read: Duration,
    /// For creates, deletes and accepts: 60 s.
    pub write: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            token: Duration::from_secs(15),
            plain_read: Duration::from_secs(30),
            scarce_read: Duration::from_secs(150),
            write: Duration::from_secs(60),
        }
    }
}

impl Timeouts {
    /// The time for a call of this class.
    #[must_use]
    pub fn of(&self, class: Class) -> Duration {
        match class {
            Class::Token => self.token,
            Class::PlainRead => self.plain_read,
            Class::ScarceRead => self.scarce_read,
            Class::Write | Class::IdempotentWrite => self.write,
        }
    }
}
