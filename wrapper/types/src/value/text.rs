//! Text of the API: names, account numbers, remittance information.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use lean_string::LeanStr;
use serde::{Deserialize, Serialize};

use super::schema::schema_as;

/// A text as it was sent. It dereferences to [`str`].
///
/// `Debug` does not show it, so that a logged struct holds no data of a person; `Display` does. It is 16 bytes, in an
/// `Option` too.
///
/// ```
/// use gocardless_bank_data_types::Text;
///
/// let owner: Text = serde_json::from_str("\"Jane Doe\"")?;
/// assert_eq!(owner, "Jane Doe");
/// assert_eq!(owner.to_uppercase(), "JANE DOE");
/// assert_eq!(format!("{owner} {owner:?}"), "Jane Doe <redacted>");
/// assert_eq!(owner.into_string(), "Jane Doe".to_owned());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(LeanStr);

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as a `String`.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.into_string()
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        *self.0 == **other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

schema_as!(Text, String, "Text");

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_text_is_read_and_written_as_it_came() {
        for json in [r#""""#, r#""Jane Doe""#, r#""a\nb""#, r#""äöü""#] {
            let text: Text = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&text).unwrap(), json);
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::from_value::<Text>(value).unwrap(), text);
        }
        let error = serde_json::from_str::<Text>("12").unwrap_err().to_string();
        assert!(error.contains("expected a string"), "{error}");
    }

    #[test]
    fn a_text_stands_for_the_string_that_it_holds() {
        let text = Text::from("GB");
        let owned = String::from("GB");
        assert!(text == "GB" && text == *"GB" && text == owned && text.as_str() == "GB");
        let later = Text::from("GL");
        assert!(text < later && text.starts_with('G') && Text::default().is_empty());
        assert!(HashSet::from([text.clone()]).contains("GB"));
        assert_eq!((format!("[{text:>4}]"), String::from(text)), ("[  GB]".into(), "GB".to_owned()));
    }

    #[test]
    fn no_form_of_debug_shows_the_text() {
        let text = Text::from("canary");
        for shown in [format!("{text:?}"), format!("{text:#?}"), format!("{:?}", Some(&text))] {
            assert!(!shown.contains("canary") && shown.contains("<redacted>"), "{shown}");
        }
    }

    #[test]
    fn a_text_takes_16_bytes() {
        assert_eq!((size_of::<Text>(), size_of::<Option<Text>>()), (16, 16));
    }
}
