//! The life of the access token: obtained once for all callers, refreshed early, replaced when refused.
//!
//! `state` holds every rule as a state machine whose clock is handed in; `keeper` runs it, one flight at a time.

mod access;
mod grant;
mod keeper;
mod state;

pub use access::AccessToken;
pub(crate) use access::bearer;
pub use grant::{Fetch, Fetching, Grant};
pub use keeper::{TokenKeeper, spread};
pub use state::Timing;
