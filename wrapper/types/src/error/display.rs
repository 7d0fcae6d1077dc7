//! How parts of a response are shown in errors: shortened, cleaned, or only by their length.

use std::fmt;

use http::HeaderMap;

/// How many characters of a server's text are shown.
const LONGEST: usize = 300;

/// A text of the server without control characters, cut after 300 characters.
pub(crate) struct Cleaned<'a>(pub(crate) &'a str);

impl fmt::Display for Cleaned<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.trim();
        for character in text.chars().take(LONGEST).filter(|character| !character.is_control()) {
            write!(f, "{character}")?;
        }
        if text.chars().nth(LONGEST).is_some() { f.write_str("…") } else { Ok(()) }
    }
}

/// A body, shown only by its length.
pub(crate) struct Length(pub(crate) usize);

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0)
    }
}

/// Headers, with values only for those that reveal nothing about a person.
pub(crate) struct SafeHeaders<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for SafeHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.0.iter().map(|(name, value)| {
                let shown = if is_safe(name.as_str()) { value.to_str().ok() } else { None };
                (name.as_str(), shown.unwrap_or("<redacted>"))
            }))
            .finish()
    }
}

fn is_safe(name: &str) -> bool {
    let listed = [
        "retry-after",
        "content-type",
        "content-length",
        "date",
        "allow",
        "server",
        "x-c-uuid",
        "x-u-uuid",
        "cf-ray",
    ];
    listed.contains(&name) || name.replace('_', "-").contains("x-ratelimit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_cut_and_loses_its_control_characters() {
        assert_eq!(Cleaned("a\u{1b}[31mb\nc ").to_string(), "a[31mbc");
        assert_eq!(Cleaned(&"x".repeat(301)).to_string().chars().count(), 301);
    }

    #[test]
    fn only_listed_headers_show_their_values() {
        let mut headers = HeaderMap::new();
        headers.insert("set-cookie", "canary".parse().unwrap());
        headers.insert("http_x_ratelimit_reset", "59".parse().unwrap());
        let shown = format!("{:?}", SafeHeaders(&headers));
        assert!(!shown.contains("canary") && shown.contains("59"), "{shown}");
    }
}
