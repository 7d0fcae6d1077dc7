//! Rate limits, as the headers of a response state them. Nothing here waits.
//!
//! The names on the wire have underscores (`http_x_ratelimit_remaining`); proxies and other documents spell them with
//! dashes, or without the leading `http`. All spellings are read. A reset is a number of seconds from now, has been seen
//! negative, and may be anything (`docs/api.md#limit-headers`, `docs/api.md#negative-reset`).

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};

/// One limit: calls allowed, calls remaining, and when the window resets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Calls allowed in the window.
    pub limit: Option<u64>,
    /// Calls remaining in the window.
    pub remaining: Option<u64>,
    /// Time until the window resets, as the response stated it; none if it is negative or more than a week.
    pub resets_in: Option<Duration>,
    /// The instant at which the window resets, by this machine's clock.
    pub resets_at: Option<SystemTime>,
}

impl RateLimit {
    fn is_known(&self) -> bool {
        self.limit.is_some() || self.remaining.is_some() || self.resets_in.is_some()
    }
}

/// The limits that a response stated, whether it is a success or an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimits {
    /// The company's limit for this group of operations, shared by all its credentials.
    pub general: Option<RateLimit>,
    /// The limit of this account for this kind of data: four successful calls in 24 hours, sometimes fewer.
    pub account: Option<RateLimit>,
    /// The standard `Retry-After` header. This service has never been seen sending it; a proxy may.
    pub retry_after: Option<Duration>,
}

impl RateLimits {
    /// Reads the limits from the headers of a response that arrived at `now`.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use gocardless_bank_data_types::RateLimits;
    ///
    /// let mut headers = http::HeaderMap::new();
    /// headers.insert("http_x_ratelimit_account_success_remaining", "0".parse()?);
    /// headers.insert("http_x_ratelimit_account_success_reset", "86307".parse()?);
    /// let limits = RateLimits::from_headers(&headers, SystemTime::now());
    /// let account = limits.account.expect("account limits");
    /// assert_eq!(account.remaining, Some(0));
    /// assert_eq!(account.resets_in, Some(Duration::from_secs(86307)));
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn from_headers(headers: &HeaderMap, now: SystemTime) -> Self {
        let mut general = RateLimit::default();
        let mut account = RateLimit::default();
        let mut waits = None;
        for (name, value) in headers {
            if name == http::header::RETRY_AFTER {
                waits = waits.or_else(|| retry_after(value, now));
                continue;
            }
            let Some(name) = without_prefix(name.as_str()) else { continue };
            match name.strip_prefix("account").and_then(without_separator) {
                Some(name) => {
                    let name = name.strip_prefix("success").and_then(without_separator);
                    read_into(&mut account, name.unwrap_or_default(), value, now);
                }
                None => read_into(&mut general, name, value, now),
            }
        }
        Self {
            general: general.is_known().then_some(general),
            account: account.is_known().then_some(account),
            retry_after: waits,
        }
    }

    /// Whether this account has no calls of this kind left.
    #[must_use]
    pub fn account_is_spent(&self) -> bool {
        self.account.is_some_and(|account| account.remaining == Some(0))
    }
}

/// What the name of a limit's header says, without `http-x-ratelimit-` or `x-ratelimit-`.
fn without_prefix(name: &str) -> Option<&str> {
    let name = name.strip_prefix("http").and_then(without_separator).unwrap_or(name);
    let name = name.strip_prefix('x').and_then(without_separator)?;
    name.strip_prefix("ratelimit").and_then(without_separator)
}

/// An underscore counts as a dash.
fn without_separator(name: &str) -> Option<&str> {
    name.strip_prefix(['-', '_'])
}

/// If a figure comes twice, the more careful value is kept: fewer calls remaining, a later reset.
fn read_into(limit: &mut RateLimit, name: &str, value: &HeaderValue, now: SystemTime) {
    let Some(text) = value.to_str().ok().map(str::trim_ascii) else { return };
    match name {
        "limit" => limit.limit = least(limit.limit, text.parse().ok()),
        "remaining" => limit.remaining = least(limit.remaining, text.parse().ok()),
        "reset" => {
            let Some(seconds) = seconds(text) else { return };
            let longest = limit.resets_in.map_or(seconds, |known| known.max(seconds));
            // An instant that the clock cannot represent is ignored.
            if let Some(at) = now.checked_add(longest) {
                limit.resets_in = Some(longest);
                limit.resets_at = Some(at);
            }
        }
        _ => {}
    }
}

fn least(known: Option<u64>, read: Option<u64>) -> Option<u64> {
    match (known, read) {
        (Some(known), Some(read)) => Some(known.min(read)),
        (known, read) => known.or(read),
    }
}

/// The longest wait that is believed. All limits of this API reset within a day; a larger number is something else, such as
/// seconds since 1970.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A number of seconds that can be a wait. A negative one, which has been recorded, counts as none, and so does an absurd one.
fn seconds(text: &str) -> Option<Duration> {
    text.parse().ok().map(Duration::from_secs).filter(|wait| *wait <= LONGEST_WAIT)
}

/// Seconds, or a date in any of the three forms of HTTP. A date that has passed or is more than a week away counts as none.
fn retry_after(value: &HeaderValue, now: SystemTime) -> Option<Duration> {
    let text = value.to_str().ok()?.trim();
    let wait = seconds(text).or_else(|| {
        let wait = httpdate::parse_http_date(text).ok()?.duration_since(now).ok()?;
        Some(wait).filter(|wait| *wait <= LONGEST_WAIT)
    });
    wait.filter(|wait| now.checked_add(*wait).is_some())
}

/// The time after the last "in" or "after" of a sentence such as "Please try again in 85092 seconds".
pub(crate) fn wait_in_text(text: &str) -> Option<Duration> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let mut waits = words.windows(2).enumerate().filter_map(|(place, pair)| {
        let [before, number] = pair else { return None };
        let is_before = ["in", "after", "wait"].iter().any(|word| before.eq_ignore_ascii_case(word));
        // "85,092", "12.5", "30s"
        let digits = number.trim_end_matches(|sign: char| !sign.is_ascii_digit());
        let attached = number.get(digits.len()..).unwrap_or_default();
        let unit =
            if attached.starts_with(char::is_alphabetic) { attached } else { *words.get(place + 2)? };
        let number: f64 = digits.replace(',', "").parse().ok().filter(|_| is_before)?;
        let seconds = (number * unit_in_seconds(unit)?).ceil();
        (seconds >= 1.0 && seconds <= LONGEST_WAIT.as_secs_f64()).then(|| Duration::from_secs_f64(seconds))
    });
    waits.next_back()
}

fn unit_in_seconds(unit: &str) -> Option<f64> {
    let unit = unit.trim_end_matches(|sign: char| !sign.is_ascii_alphabetic()).to_ascii_lowercase();
    match unit.as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1.0),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60.0),
        "h" | "hour" | "hours" => Some(3_600.0),
        "d" | "day" | "days" => Some(86_400.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &'static str)]) -> RateLimits {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(http::HeaderName::try_from(*name).unwrap(), HeaderValue::from_static(value));
        }
        RateLimits::from_headers(&headers, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn every_spelling_of_the_names_says_the_same() {
        for name in [
            "http_x_ratelimit_reset",
            "HTTP_X_RATELIMIT_RESET",
            "http-x-ratelimit-reset",
            "X-RateLimit-Reset",
            "x_ratelimit_reset",
        ] {
            let general = read(&[(name, "59")]).general.unwrap();
            assert_eq!(general.resets_in, Some(Duration::from_secs(59)), "{name}");
            assert_eq!(general.resets_at, Some(SystemTime::UNIX_EPOCH + Duration::from_secs(59)));
        }
    }

    #[test]
    fn a_reset_that_is_no_number_of_seconds_is_no_reset() {
        for value in ["", "abc", "1.5", "99999999999999999999", "18446744073709551615", "--1", "-"] {
            assert_eq!(read(&[("http_x_ratelimit_reset", value)]).general, None, "{value}");
        }
    }

    #[test]
    fn a_reset_that_cannot_be_one_is_none() {
        for value in ["-1875538", "-1", "1893456000", "604801"] {
            assert_eq!(read(&[("http_x_ratelimit_account_success_reset", value)]).account, None, "{value}");
            assert_eq!(read(&[("retry-after", value)]).retry_after, None, "{value}");
        }
        let week = read(&[("http_x_ratelimit_account_success_reset", "604800")]).account.unwrap();
        assert_eq!(week.resets_in, Some(Duration::from_secs(604_800)));
        for date in [
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Wed, 31 Dec 1969 23:00:00 GMT",
            "Thu, 01 Jan 2060 00:00:00 GMT",
        ] {
            let wait = read(&[("retry-after", date)]).retry_after.unwrap_or_default();
            assert_eq!(wait, Duration::ZERO, "{date}");
        }
    }

    #[test]
    fn of_two_values_the_more_careful_one_counts() {
        let general = read(&[
            ("http_x_ratelimit_reset", "5"),
            ("x-ratelimit-reset", "7"),
            ("http_x_ratelimit_remaining", "3"),
            ("x-ratelimit-remaining", "0"),
        ]);
        assert_eq!(general.general.unwrap().resets_in, Some(Duration::from_secs(7)));
        assert_eq!(general.general.unwrap().remaining, Some(0));
    }

    #[test]
    fn retry_after_is_read_in_all_three_forms_of_a_date_and_as_seconds() {
        for value in [
            "Thu, 01 Jan 1970 00:02:00 GMT",
            "Thursday, 01-Jan-70 00:02:00 GMT",
            "Thu Jan  1 00:02:00 1970",
            "120",
        ] {
            assert_eq!(
                read(&[("retry-after", value)]).retry_after,
                Some(Duration::from_secs(120)),
                "{value}"
            );
        }
        assert_eq!(read(&[("retry-after", "soon")]).retry_after, None);
    }

    #[test]
    fn the_wait_is_found_in_the_recorded_sentence() {
        let sentence = "The rate limit for this resource is 4/day. Please try again in 85092 seconds";
        assert_eq!(wait_in_text(sentence), Some(Duration::from_secs(85092)));
        assert_eq!(wait_in_text("Daily request limit set by the Institution has been exceeded."), None);
        assert_eq!(wait_in_text("in a few seconds"), None);
        for (sentence, seconds) in [
            ("Please try again in 85,092 seconds.", Some(85_092)),
            ("try again in 85092.5 seconds", Some(85_093)),
            ("try again in -5 seconds", None),
            ("4 per 86400 seconds. Please try again in 120 seconds", Some(120)),
            ("try again after 5 minutes", Some(300)),
            ("available in 3 hours", Some(10_800)),
            ("retry in 30s", Some(30)),
            ("in 0 seconds", None),
            ("in 99999999999 seconds", None),
            ("in 5", None),
        ] {
            assert_eq!(wait_in_text(sentence), seconds.map(Duration::from_secs), "{sentence}");
        }
    }

    #[test]
    fn a_name_that_is_only_alike_tells_no_limit() {
        for name in ["xxratelimitxreset", "_-ratelimit-reset", "httpxx-ratelimit-reset", "x-ratelimit-resets"]
        {
            assert_eq!(read(&[(name, "59")]), RateLimits::default(), "{name}");
        }
    }
}
