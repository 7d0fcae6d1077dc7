//! What is saved. Times are wall-clock seconds, because a monotonic clock means nothing to another process.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use gocardless_bank_data_types::{AccountId, Secret};

/// Everything a store keeps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Saved {
    /// Which API and which secret id this belongs to; what belongs to another owner is not used.
    #[serde(default)]
    pub owner: String,
    /// The tokens, if there are any.
    #[serde(default)]
    pub tokens: Option<SavedTokens>,
    /// What is known of accounts.
    #[serde(default)]
    pub accounts: Vec<SavedAccount>,
}

/// The current tokens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedTokens {
    /// The access token.
    pub access: Secret,
    /// When it was asked for, in seconds since 1970.
    pub obtained_at: u64,
    /// When it ends, in seconds since 1970.
    pub access_until: u64,
    /// The refresh token.
    pub refresh: Option<Secret>,
    /// When the refresh token ends, in seconds since 1970.
    pub refresh_until: Option<u64>,
}

/// What is known of one account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedAccount {
    /// The account.
    pub id: AccountId,
    /// How many failures of the kind that leads to suspension came in a row.
    #[serde(default)]
    pub failures: u32,
    /// How many calls are left, by kind of data.
    #[serde(default)]
    pub quotas: Vec<SavedQuota>,
}

/// How many calls of one kind are left for one account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedQuota {
    /// The operation, by its stable name.
    pub operation: String,
    /// Calls allowed in the window.
    pub limit: Option<u64>,
    /// Calls left in the window.
    pub remaining: Option<u64>,
    /// When the window resets, in seconds since 1970.
    pub resets_at: Option<u64>,
}

impl SavedAccount {
    pub(crate) fn new(id: AccountId, failures: u32, quotas: Vec<SavedQuota>) -> Self {
        Self { id, failures, quotas }
    }
}

impl Saved {
    /// Replaces what is known of the accounts of `newer`, and keeps the others.
    pub(crate) fn take_accounts(&mut self, newer: Self) {
        self.accounts.retain(|known| newer.accounts.iter().all(|account| account.id != known.id));
        self.accounts.extend(newer.accounts);
        self.accounts.sort_by(|a, b| a.id.cmp(&b.id));
    }

    pub(crate) fn owned_by(owner: &str) -> Self {
        Self { owner: owner.to_owned(), ..Self::default() }
    }
}

impl SavedTokens {
    pub(crate) fn new(access: Secret, obtained_at: u64, access_until: u64) -> Self {
        Self { access, obtained_at, access_until, refresh: None, refresh_until: None }
    }
}

/// Seconds since 1970; a time before that is the first second.
pub(crate) fn seconds_of(at: SystemTime) -> u64 {
    at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// The instant of a number of seconds since 1970, where the clock can hold it.
pub(crate) fn instant_of(seconds: u64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// A short name for an API and a secret id that reveals neither.
pub(crate) fn fingerprint(parts: [&str; 2]) -> String {
    // FNV-1a: the same in every build and on every machine, which the standard hasher does not promise.
    let hash = parts
        .iter()
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_account_the_newer_knowledge_counts_and_the_others_stay() {
        let account = |id: &str, failures| SavedAccount::new(id.parse().unwrap(), failures, Vec::new());
        let mut saved = Saved { accounts: vec![account("b", 1), account("c", 1)], ..Saved::default() };
        saved.take_accounts(Saved { accounts: vec![account("c", 2), account("a", 2)], ..Saved::default() });
        assert_eq!(saved.accounts, [account("a", 2), account("b", 1), account("c", 2)]);
    }

    #[test]
    fn the_name_of_an_owner_is_the_same_in_every_version() {
        // FNV-1a, computed independently: another value would orphan every saved token.
        let live = "https://bankaccountdata.gocardless.com";
        for (parts, name) in [
            (["a", "b"], "ab40d7820d408076"),
            ([live, "3fa85f64-5717-4562-b3fc-2c963f66afa6"], "5dc28e0d5c555c14"),
        ] {
            assert_eq!(fingerprint(parts), name);
        }
        assert_ne!(fingerprint(["ab", ""]), fingerprint(["a", "b"]));
    }

    #[test]
    fn a_time_before_1970_is_the_first_second_and_one_beyond_the_clock_is_none() {
        let early = SystemTime::UNIX_EPOCH.checked_sub(Duration::from_secs(9)).unwrap();
        assert_eq!(seconds_of(early), 0);
        assert_eq!(instant_of(u64::MAX), None);
        assert_eq!(instant_of(9).map(seconds_of), Some(9));
    }
}
