//! Reading of error bodies in all the shapes the API sends. It never fails: what it cannot read, it leaves out.
//!
//! Four shapes are known (contract, 6.1 to 6.4): the declared one; a map of fields; the declared one with arrays for
//! texts; and the account itself. A proxy in front may send HTML or nothing. Every member is optional.

use serde_json::{Map, Value};

/// The longest body that is read for its message: a longer one is none of this API's, and read it would take many times
/// its size in memory.
const LONGEST: usize = 64 * 1024;

/// What the API said about one field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    field: String,
    summary: Option<String>,
    detail: Option<String>,
}

impl FieldError {
    /// The name of the field, as the contract spells it.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is wrong, in short.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        self.summary.as_deref()
    }

    /// What is wrong, at length.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }
}

/// The readable part of an error body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    pub(crate) summary: Option<String>,
    pub(crate) detail: Option<String>,
    /// The member `type`, such as `AccessExpiredError`.
    pub(crate) code: Option<String>,
    pub(crate) fields: Vec<FieldError>,
    /// Whether the body is an account in place of an error.
    pub(crate) is_account: bool,
}

impl ErrorBody {
    pub(crate) fn read(body: &[u8]) -> Self {
        if body.len() > LONGEST {
            return Self::default();
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Self::from_members(&members),
            Ok(Value::String(text)) => Self { summary: Some(text), ..Self::default() },
            Ok(list @ Value::Array(_)) => Self { summary: text(&list), ..Self::default() },
            _ => Self::default(),
        }
    }

    fn from_members(members: &Map<String, Value>) -> Self {
        let summary = members.get("summary").and_then(text);
        let detail = members.get("detail").and_then(text);
        let code = members.get("type").and_then(text);
        // Shape D: the account itself, which has an IBAN and must never be taken for a map of fields.
        let has = |name| members.contains_key(name);
        if has("iban") || (summary.is_none() && has("id") && has("status")) {
            return Self { is_account: summary.is_none(), summary, detail, code, fields: Vec::new() };
        }
        let mut fields: Vec<FieldError> = members
            .iter()
            .filter(|(name, _)| !["summary", "detail", "type", "status_code"].contains(&name.as_str()))
            // Without the sign of an error a bare text is data: an echo of what was sent, an account, a token.
            .filter(|(_, value)| has("status_code") || !value.is_string())
            .flat_map(|(name, value)| field_errors(name, value))
            .collect();
        // By name: whether JSON keeps its order depends on a feature that any crate of a build can switch on.
        fields.sort_by(|a, b| a.field.cmp(&b.field));
        Self { summary, detail, code, fields, is_account: false }
    }
}

/// A text, or the texts of an array joined.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(Value::as_str).collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        _ => None,
    }
}

/// The errors of one field: an object, an array of objects, an array of texts, or a bare text.
fn field_errors(field: &str, value: &Value) -> Vec<FieldError> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    items
        .iter()
        .filter_map(|item| {
            let (summary, detail) = match item {
                Value::Object(members) => {
                    (members.get("summary").and_then(text), members.get("detail").and_then(text))
                }
                other => (text(other), None),
            };
            (summary.is_some() || detail.is_some()).then(|| FieldError {
                field: field.to_owned(),
                summary,
                detail,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let body = ErrorBody::read(json.as_bytes());
        body.fields.into_iter().map(|field| (field.field, field.summary, field.detail)).collect()
    }

    #[test]
    fn the_declared_shape_is_read_whatever_the_order_of_its_members() {
        let body =
            ErrorBody::read(br#"{"detail":"d","status_code":401,"summary":"s","type":"AccessExpiredError"}"#);
        assert_eq!(
            (body.summary.as_deref(), body.detail.as_deref(), body.code.as_deref()),
            (Some("s"), Some("d"), Some("AccessExpiredError"))
        );
        assert!(body.fields.is_empty());
    }

    #[test]
    fn all_four_forms_of_a_field_error_are_read_from_one_body() {
        let read = fields(
            r#"{"a":{"summary":"s","detail":"d"},"b":[{"summary":"x"},{"detail":"y"}],
                "c":["This field is required."],"d":"bare","status_code":400}"#,
        );
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            read,
            [
                ("a".to_owned(), some("s"), some("d")),
                ("b".to_owned(), some("x"), None),
                ("b".to_owned(), None, some("y")),
                ("c".to_owned(), some("This field is required."), None),
                ("d".to_owned(), some("bare"), None),
            ]
        );
    }

    #[test]
    fn texts_in_arrays_are_joined() {
        let body = ErrorBody::read(br#"{"summary":["a","b"],"detail":["c"],"status_code":400}"#);
        assert_eq!((body.summary.as_deref(), body.detail.as_deref()), (Some("a; b"), Some("c")));
    }

    #[test]
    fn an_account_in_place_of_an_error_gives_no_text_of_it() {
        for members in [
            r#""id":"x","iban":"GL29","status":"SUSPENDED""#,
            r#""id":"x","status":"SUSPENDED""#,
            r#""iban":"GL29","owner_name":"N","status_code":409"#,
        ] {
            let body = ErrorBody::read(format!("{{{members}}}").as_bytes());
            assert_eq!(body, ErrorBody { is_account: true, ..ErrorBody::default() }, "{members}");
        }
        let told = ErrorBody::read(br#"{"summary":"s","iban":"GL29","status_code":409}"#);
        assert_eq!((told.summary.as_deref(), told.fields.len(), told.is_account), (Some("s"), 0, false));
    }

    #[test]
    fn a_request_that_is_echoed_is_no_map_of_fields() {
        assert!(fields(r#"{"secret_id":"x","secret_key":"y"}"#).is_empty());
        assert_eq!(fields(r#"{"secret_id":"This field is required.","status_code":400}"#).len(), 1);
    }

    #[test]
    fn what_is_not_json_gives_nothing() {
        let long = format!("\"{}\"", "x".repeat(LONGEST));
        for body in ["", "<html>502</html>", "null", "12", "{", "\u{feff}{}", &long] {
            assert_eq!(ErrorBody::read(body.as_bytes()), ErrorBody::default(), "{body}");
        }
    }
}
