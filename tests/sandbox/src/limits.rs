//! The figures of the rate limits: which operations share one, how many calls, in what time.
//!
//! Figures only. Counting is `state/quota.rs`, refusing is `api/dispatch.rs` and `api/accounts.rs`.

use crate::operation_table::Operation;

/// Operations that share one company-wide limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LimitGroup {
    /// The `GET /accounts/…` operations together.
    Accounts,
    /// The `GET /institutions/…` operations.
    Institutions,
    /// Creating agreements, reconfirmations and requisitions.
    Creates,
    /// Reading agreements, reconfirmations and requisitions, lists and single ones.
    Reads,
    /// `PUT …/accept/`.
    Accepts,
    /// Deleting agreements and requisitions.
    Deletes,
    /// `POST /token/new/`.
    ObtainToken,
    /// `POST /token/refresh/`.
    RefreshToken,
}

impl LimitGroup {
    /// All groups.
    pub const ALL: &'static [Self] = &[
        Self::Accounts,
        Self::Institutions,
        Self::Creates,
        Self::Reads,
        Self::Accepts,
        Self::Deletes,
        Self::ObtainToken,
        Self::RefreshToken,
    ];

    /// The group of an operation, by its method and path.
    #[must_use]
    pub fn of(operation: Operation) -> Self {
        let path = operation.path();
        match operation.method().as_str() {
            _ if path == "/api/v2/token/new/" => Self::ObtainToken,
            _ if operation.is_token() => Self::RefreshToken,
            _ if path.starts_with("/api/v2/institutions/") => Self::Institutions,
            _ if operation.is_account() => Self::Accounts,
            "POST" => Self::Creates,
            "PUT" => Self::Accepts,
            "DELETE" => Self::Deletes,
            _ => Self::Reads,
        }
    }

    /// The documented number of calls.
    const fn documented(self) -> u32 {
        match self {
            Self::Institutions | Self::Reads => 300,
            _ => 100,
        }
    }

    /// The window in seconds, and the word for it in the refusal.
    pub(crate) const fn period(self) -> (u32, &'static str) {
        match self {
            Self::ObtainToken => (3_600, "hour"),
            _ => (60, "minute"),
        }
    }
}

/// The seconds of the window of the limit per account and scope.
pub(crate) const DAY: u32 = 86_400;

/// How many calls the sandbox lets through.
///
/// ```
/// use gocardless_bank_data_sandbox::{LimitGroup, Limits};
///
/// let limits = Limits::documented().company(LimitGroup::ObtainToken, 3).account_reads_per_day(1);
/// assert_eq!(limits.of(LimitGroup::ObtainToken), Some(3));
/// assert_eq!(Limits::off().of(LimitGroup::ObtainToken), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    on: bool,
    company: Vec<(LimitGroup, u32)>,
    account: u32,
}

impl Limits {
    /// The vendor's figures: 100 or 300 a minute, 100 token pairs an hour, 4 reads a day per account and scope.
    #[must_use]
    pub fn documented() -> Self {
        let company = LimitGroup::ALL.iter().copied().map(|group| (group, group.documented())).collect();
        Self { on: true, company, account: 4 }
    }

    /// Nothing is counted, nothing is refused and no limit header is sent.
    #[must_use]
    pub fn off() -> Self {
        Self { on: false, ..Self::documented() }
    }

    /// Sets the calls that a group may make in its window (an hour for `ObtainToken`, else a minute).
    #[must_use]
    pub fn company(mut self, group: LimitGroup, calls: u32) -> Self {
        for row in &mut self.company {
            if row.0 == group {
                row.1 = calls;
            }
        }
        self
    }

    /// Sets the successful reads in 24 hours of each account and each scope, such as balances.
    #[must_use]
    pub fn account_reads_per_day(mut self, calls: u32) -> Self {
        self.account = calls;
        self
    }

    /// The figure of a group; `None` when limits are off.
    #[must_use]
    pub fn of(&self, group: LimitGroup) -> Option<u32> {
        self.company.iter().find(|row| self.on && row.0 == group).map(|row| row.1)
    }

    /// The figure per account and scope; `None` when limits are off.
    #[must_use]
    pub fn account_reads(&self) -> Option<u32> {
        self.on.then_some(self.account)
    }
}

impl Default for Limits {
    /// The documented ones.
    fn default() -> Self {
        Self::documented()
    }
}
