//! Instants as they are shown.

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

/// From when on something can be done, rounded up to whole seconds, so that a wait until then is long enough.
pub(crate) fn from_then_on(at: DateTime<Utc>) -> DateTime<Utc> {
    let whole = at.trunc_subsecs(0);
    if whole == at { at } else { whole + TimeDelta::seconds(1) }
}

/// An instant as people read it.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}
