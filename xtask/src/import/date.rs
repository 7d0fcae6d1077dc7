//! Today, as the provenance writes it.

use std::time::{SystemTime, UNIX_EPOCH};

/// The day in UTC, `2025-12-20`.
pub(crate) fn today() -> String {
    const SECONDS_OF_A_DAY: u64 = 86_400;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    day(since.as_secs() / SECONDS_OF_A_DAY)
}

/// The day that is `days` after the first of January 1970: Howard Hinnant's `civil_from_days`, for days after that one.
fn day(days: u64) -> String {
    // Counted from the first of March of the year 0, in eras of 400 years, so that the leap day is a year's last.
    let days = days + 719_468;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + days / 146_097 * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{:02}", of_year - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, text) in [
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (19_722, "2023-12-31"),
            (19_782, "2024-02-29"),
            (20_442, "2025-12-20"),
        ] {
            assert_eq!(day(days), text);
        }
    }
}
