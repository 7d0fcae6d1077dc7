//! What does not change while a sandbox runs: its seed, credentials, address and permissions.

use crate::limits::Limits;
use crate::random::Random;

/// The settings of a running sandbox.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "the settings are independent of each other")]
pub(crate) struct Config {
    pub(crate) seed: u64,
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    /// Without a slash at its end.
    pub(crate) base_url: String,
    pub(crate) limits: Limits,
    /// Whether the company may accept agreements itself.
    pub(crate) allow_accept: bool,
    /// Whether the company may use reconfirmation.
    pub(crate) allow_reconfirmation: bool,
    /// Whether only what the contract declares is taken and answered.
    pub(crate) declared_only: bool,
    /// Whether `next` and `previous` name this host instead of the vendor's.
    pub(crate) own_page_links: bool,
}

impl Config {
    /// The credentials of a seed.
    pub(crate) fn credentials(seed: u64) -> (String, String) {
        let mut random = Random::stream(seed, "credentials");
        (random.uuid().to_string(), random.hex(128))
    }
}
