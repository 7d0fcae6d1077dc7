//! How the calls of L6 ended.

use gocardless_bank_data::Error;

/// Counts of calls by how they ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// With a value.
    pub(crate) succeeded: usize,
    /// The caller did not wait for the end.
    pub(crate) given_up: usize,
    /// Not at all within the time in which every call must.
    pub(crate) overdue: usize,
    /// With an error answer.
    pub(crate) refused: usize,
    /// For want of a token.
    pub(crate) without_token: usize,
    /// At a timeout.
    pub(crate) late: usize,
    /// With the connection.
    pub(crate) broken: usize,
    /// With a body that is not what was promised.
    pub(crate) undecodable: usize,
    /// Unsent, to spare an account.
    pub(crate) guarded: usize,
    /// With an error that no fault explains.
    pub(crate) unexplained: usize,
}

impl Tally {
    /// Counts an error.
    pub(crate) fn failed(&mut self, error: &Error) {
        let count = match error {
            Error::Api(_) => &mut self.refused,
            Error::Auth(_) => &mut self.without_token,
            Error::Timeout(_) => &mut self.late,
            Error::Transport(_) => &mut self.broken,
            Error::Decode(_) => &mut self.undecodable,
            Error::Guard(_) => &mut self.guarded,
            _ => &mut self.unexplained,
        };
        *count += 1;
    }

    /// How many there were.
    pub(crate) fn calls(&self) -> usize {
        let failed = self.refused + self.without_token + self.late + self.broken + self.undecodable;
        self.succeeded + self.given_up + self.overdue + failed + self.guarded + self.unexplained
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            succeeded: self.succeeded + other.succeeded,
            given_up: self.given_up + other.given_up,
            overdue: self.overdue + other.overdue,
            refused: self.refused + other.refused,
            without_token: self.without_token + other.without_token,
            late: self.late + other.late,
            broken: self.broken + other.broken,
            undecodable: self.undecodable + other.undecodable,
            guarded: self.guarded + other.guarded,
            unexplained: self.unexplained + other.unexplained,
        }
    }
}
