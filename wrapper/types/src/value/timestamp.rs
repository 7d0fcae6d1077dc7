//! Points in time as the API and the banks send them.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use lean_string::LeanStr;
use serde::{Deserialize, Serialize};

use super::schema::schema_as;

/// A point in time as it was sent, read in every form that banks have been seen to use.
///
/// Recorded forms: `2023-09-30T10:31:27.553700Z`, seven digits of fraction, no seconds (`2024-12-01T03:30Z`), an offset
/// (`2025-09-10T01:00:00+01:00`), a blank for the `T`, no zone at all (`2023-12-09T15:43:37.950`), and the empty text
/// for "not yet".
///
/// ```
/// use gocardless_bank_data_types::Timestamp;
///
/// let booked: Timestamp = serde_json::from_str("\"2024-12-01T03:30Z\"")?;
/// assert_eq!(booked.instant().map(|at| at.timestamp()), Some(1_733_023_800));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(LeanStr);

impl Timestamp {
    /// The text as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is empty, which stands for "has not happened" in some answers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The instant, or `None` if the text is not a date-time or has no zone.
    #[must_use]
    pub fn instant(&self) -> Option<DateTime<Utc>> {
        let (local, offset) = self.parts()?;
        local.and_local_timezone(offset?).single().map(|at| at.with_timezone(&Utc))
    }

    /// Local date and time as the bank wrote them, with or without a zone; midnight if only a day was sent.
    #[must_use]
    pub fn wall_clock(&self) -> Option<NaiveDateTime> {
        self.parts().map(|(local, _)| local)
    }

    fn parts(&self) -> Option<(NaiveDateTime, Option<FixedOffset>)> {
        let text = self.0.trim();
        let (day, rest) = text.split_at_checked(10)?;
        let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
        let Some(clock) = rest.strip_prefix(['T', 't', ' ']) else {
            return rest.is_empty().then_some((day.and_time(NaiveTime::MIN), None));
        };
        let (clock, offset) = split_offset(clock)?;
        let clock = clock.replace(',', ".");
        let time =
            ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|form| NaiveTime::parse_from_str(&clock, form).ok())?;
        Some((day.and_time(time), offset))
    }
}

/// Splits `10:31:27.5+01:00` into clock and offset. `None`: there is an offset, and it is not one.
fn split_offset(clock: &str) -> Option<(&str, Option<FixedOffset>)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock.trim_end(), FixedOffset::east_opt(0)));
    }
    let Some(at) = clock.rfind(['+', '-']) else {
        return Some((clock, None));
    };
    let (clock, offset) = clock.split_at_checked(at)?;
    // Databases write whole hours without minutes.
    let minutes = if offset.len() == "+01".len() { ":00" } else { "" };
    let offset = format!("{offset}{minutes}").parse::<FixedOffset>().ok()?;
    Some((clock.trim_end(), Some(offset)))
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true).into())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

schema_as!(Timestamp, String, "Timestamp");

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(text.into())
    }

    #[test]
    fn every_recorded_form_with_a_zone_is_an_instant() {
        for (text, utc) in [
            ("2025-02-07T00:00:00.000Z", "2025-02-07T00:00:00Z"),
            ("2024-12-01T03:30Z", "2024-12-01T03:30:00Z"),
            ("2024-11-29T14:10:21.28Z", "2024-11-29T14:10:21.280Z"),
            ("2026-01-05T12:12:09.133455Z", "2026-01-05T12:12:09.133455Z"),
            ("2026-01-06T02:47:00.1234324Z", "2026-01-06T02:47:00.123432400Z"),
            ("2025-09-10T01:00:00+01:00", "2025-09-10T00:00:00Z"),
            ("2025-09-09T22:12:08.510+01:00", "2025-09-09T21:12:08.510Z"),
            ("2025-12-20 09:53:09.361801+00:00", "2025-12-20T09:53:09.361801Z"),
            ("2025-12-20 09:53:09,361+01", "2025-12-20T08:53:09.361Z"),
        ] {
            assert_eq!(at(text).instant(), Some(utc.parse().unwrap()), "{text}");
            assert_eq!(at(text).as_str(), text);
        }
    }

    #[test]
    fn a_text_without_a_zone_has_a_wall_clock_and_no_instant() {
        for text in ["2023-12-09T15:43:37.950", "2023-07-05 09:42:48.189388", "2023-12-09"] {
            assert!(at(text).instant().is_none(), "{text}");
            assert!(at(text).wall_clock().is_some(), "{text}");
        }
    }

    #[test]
    fn a_text_that_is_no_moment_is_kept_and_has_none() {
        for text in [
            "",
            " ",
            "ISO 8601 timestamp",
            "2025-02-30T10:00:00Z",
            "2025-02-03T25:00Z",
            "2025-02-03T10:00+xx",
        ] {
            assert_eq!(at(text).instant(), None, "{text}");
            assert_eq!(at(text).wall_clock(), None, "{text}");
        }
        assert!(at("").is_empty() && at(" ").is_empty());
        assert!(!at("2024-12-01T03:30Z").is_empty() && !at("soon").is_empty());
    }

    #[test]
    fn it_is_shown_as_it_came_and_lines_up_in_a_table() {
        assert_eq!(format!("[{:<18}]", at("2024-12-01T03:30Z")), "[2024-12-01T03:30Z ]");
    }
}
