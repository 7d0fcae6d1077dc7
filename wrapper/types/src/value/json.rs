//! JSON of no declared form.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A member whose form is the bank's own, as it came. It dereferences to [`serde_json::Value`].
///
/// `Debug` does not show it.
///
/// ```
/// use gocardless_bank_data_types::Json;
///
/// let agent: Json = serde_json::from_str(r#"{"bic": "AAAAGB2L"}"#)?;
/// assert_eq!(agent["bic"], "AAAAGB2L");
/// assert_eq!(format!("{agent:?}"), "<redacted>");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
// In a box, because it stands inside every transaction, and hardly any has it.
pub struct Json(Box<Value>);

impl Json {
    /// The value itself.
    #[must_use]
    pub fn into_value(self) -> Value {
        *self.0
    }
}

impl Deref for Json {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self(Box::new(value))
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Json {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Json".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::Schema::from(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_json_is_read_and_written_as_it_came_and_not_shown() {
        for json in ["null", "true", "12", r#""canary""#, r#"["canary"]"#, r#"{"canary":"canary"}"#] {
            let read: Json = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
            assert_eq!(Json::from(read.clone().into_value()), read);
            assert_eq!(format!("{read:?}"), "<redacted>");
        }
        assert_eq!(size_of::<Option<Json>>(), 8);
    }
}
