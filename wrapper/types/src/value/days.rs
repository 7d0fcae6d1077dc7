//! Numbers of days, which the API writes as text in one place and as a number in another.

use std::fmt;

use lean_string::LeanStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::number;
use super::schema::schema_as;

/// A number of days, as it was sent: `"90"` for institutions, `90` for agreements.
///
/// ```
/// use gocardless_bank_data_types::Days;
///
/// let text: Days = serde_json::from_str("\"180\"")?;
/// let number: Days = serde_json::from_str("180")?;
/// assert_eq!(text.get(), Some(180));
/// assert_eq!(number.get(), Some(180));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Days(Form);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    Text(LeanStr),
    Number(i64),
}

impl Days {
    /// The number of days, or `None` if the text is not a whole number of zero or more.
    #[must_use]
    pub fn get(&self) -> Option<u32> {
        match &self.0 {
            Form::Text(text) => text.trim().parse().ok(),
            Form::Number(number) => u32::try_from(*number).ok(),
        }
    }
}

impl From<u32> for Days {
    fn from(days: u32) -> Self {
        Self(Form::Number(days.into()))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Text(text) => f.pad(text),
            Form::Number(number) => number.fmt(f),
        }
    }
}

impl Serialize for Days {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Text(text) => serializer.serialize_str(text),
            Form::Number(number) => serializer.serialize_i64(*number),
        }
    }
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

const EXPECTED: &str = "a number of days as text or number";

struct Visitor;

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Days;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Days, A::Error> {
        number::text_of(map, EXPECTED).map(|text| Days(Form::Text(text.into())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Days, E> {
        Ok(Days(Form::Text(text.into())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Days, E> {
        Ok(Days(Form::Number(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Days, E> {
        // A number beyond i64 is not a count of days; its text is kept.
        Ok(Days(i64::try_from(number).map_or_else(|_| Form::Text(number.to_string().into()), Form::Number)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Days, E> {
        Ok(Days(Form::Text(number.to_string().into())))
    }
}

schema_as!(Days, Written, "Days");

/// How days are written: the document says text for institutions and a number for agreements.
#[cfg(feature = "schemars")]
#[derive(schemars::JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum Written {
    Text(String),
    Number(i64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_number_are_read_alike_and_written_back_as_they_came() {
        for (json, days) in
            [("\"90\"", Some(90)), ("730", Some(730)), ("\"\"", None), ("\"ninety\"", None), ("-1", None)]
        {
            let read: Days = serde_json::from_str(json).unwrap();
            assert_eq!(read.get(), days, "{json}");
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
    }

    #[test]
    fn a_number_that_is_not_whole_is_kept_however_it_is_handed_over() {
        let plain: Days = serde_json::from_str("90.5").unwrap();
        let exact: Days = number::testing::read("90.5").unwrap();
        assert_eq!((plain.to_string(), exact.to_string(), exact.get()), ("90.5".into(), "90.5".into(), None));
        assert!(number::testing::read_object::<Days>("days", "90").is_err());
    }

    #[test]
    fn either_form_lines_up_in_a_table() {
        for json in ["\"90\"", "90"] {
            let read: Days = serde_json::from_str(json).unwrap();
            assert_eq!(format!("[{read:>4}]"), "[  90]");
        }
    }

    #[test]
    fn what_is_neither_is_refused_with_what_was_expected() {
        let error = serde_json::from_str::<Days>("true").unwrap_err().to_string();
        assert!(error.contains("expected a number of days as text or number"), "{error}");
    }
}
