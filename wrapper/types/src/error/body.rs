//! Reading of error bodies in all the shapes the API sends. It never fails: what it cannot read, it leaves out.
//!
//! These shapes are known (`docs/api.md#errors`): the declared one; a map of fields; the declared one with arrays for
//! texts; and the account itself. A proxy in front may send HTML or nothing. Every member is optional.

use serde_json::{Map, Value};

/// The longest body that is parsed for its message: this API sends no longer one, and parsing takes many times its size in
/// memory.
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
    /// The member `status_code`, if it is an error status.
    pub(crate) status_code: Option<u16>,
    /// Whether the body says `token_not_valid`, as the framework of the service does.
    pub(crate) is_token_not_valid: bool,
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
            Ok(Value::Object(members)) => Self::from_object(members),
            Ok(value) => Self { summary: text(&value), ..Self::default() },
            Err(_) => Self::default(),
        }
    }

    fn from_object(mut members: Map<String, Value>) -> Self {
        let mut take = |name: &str| members.remove(name);
        let [summary, detail, code] =
            ["summary", "detail", "type"].map(|name| take(name).as_ref().and_then(text));
        let status_code = take("status_code");
        let has_status_code = status_code.is_some();
        let is_token_not_valid = members.get("code").and_then(Value::as_str) == Some("token_not_valid");
        let status_code = status_code.as_ref().and_then(status);
        let mut body = Self { summary, detail, code, status_code, is_token_not_valid, ..Self::default() };
        if body.summary.is_none() && body.detail.is_none() {
            // What proxies and frameworks call it.
            let mut take = |name: &str| members.remove(name).as_ref().and_then(message);
            body.summary = take("error").or_else(|| take("title"));
            body.detail = take("message").or_else(|| take("errors"));
        }
        // The account itself, which has an IBAN and must never be taken for a map of fields.
        let has = |name| members.contains_key(name);
        if has("iban") || (body.summary.is_none() && has("id") && has("status")) {
            return Self { is_account: body.summary.is_none(), ..body };
        }
        // Without a status code a bare text is data: an echo of what was sent, an account, a token.
        members.retain(|_, value| has_status_code || !value.is_string());
        let mut members: Vec<_> = members.iter().collect();
        members.sort_by_key(|(name, _)| *name);
        let fields = members.into_iter().flat_map(|(name, value)| field_errors(name, value)).collect();
        Self { fields, ..body }
    }
}

/// An error status, as a number or as text.
fn status(value: &Value) -> Option<u16> {
    let number = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.and_then(|number| u16::try_from(number).ok()).filter(|status| (400..600).contains(status))
}

/// The text of a member that holds a message: a string, a list of them, or an object with one.
fn message(value: &Value) -> Option<String> {
    let inner = |value: &Value| {
        ["message", "detail", "description", "summary"].iter().find_map(|name| text(value.get(name)?))
    };
    match value {
        Value::Object(_) => inner(value),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(|item| text(item).or_else(|| inner(item))).collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        single => text(single),
    }
}

/// The text, or the texts of a list joined.
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
    let errors = items.iter().filter_map(|item| {
        let member = |name| item.get(name).and_then(text);
        let (summary, detail) =
            if item.is_object() { (member("summary"), member("detail")) } else { (text(item), None) };
        (summary.is_some() || detail.is_some()).then(|| FieldError {
            field: field.to_owned(),
            summary,
            detail,
        })
    });
    errors.collect()
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
            assert_eq!((body.is_account, body.fields.len()), (true, 0), "{members}");
            assert_eq!((body.summary, body.detail, body.code), (None, None, None), "{members}");
        }
        let error = ErrorBody::read(br#"{"summary":"s","iban":"GL29","status_code":409}"#);
        assert_eq!((error.summary.as_deref(), error.fields.len(), error.is_account), (Some("s"), 0, false));
    }

    #[test]
    fn the_message_is_found_under_the_names_that_proxies_and_frameworks_give_it() {
        for (json, summary, detail) in [
            (r#"{"error":"unauthorized","message":"No."}"#, Some("unauthorized"), Some("No.")),
            (r#"{"error":{"message":"No.","code":7}}"#, Some("No."), None),
            (r#"{"errors":["a",{"detail":"b"}]}"#, None, Some("a; b")),
            (r#"{"message":"No."}"#, None, Some("No.")),
            (r#"{"summary":"s","message":"not used"}"#, Some("s"), None),
        ] {
            let body = ErrorBody::read(json.as_bytes());
            assert_eq!((body.summary.as_deref(), body.detail.as_deref()), (summary, detail), "{json}");
        }
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

    #[test]
    fn a_body_of_up_to_64_kib_is_read() {
        for (bytes, is_read) in [(65_536, true), (65_537, false)] {
            let body = format!("\"{}\"", "x".repeat(bytes - 2));
            assert_eq!(ErrorBody::read(body.as_bytes()).summary.is_some(), is_read, "{bytes}");
        }
    }

    #[test]
    fn an_id_or_a_status_alone_makes_no_account() {
        for members in [r#""id":["Invalid."]"#, r#""status":["Invalid."]"#] {
            let body = ErrorBody::read(format!("{{{members},\"status_code\":400}}").as_bytes());
            assert_eq!((body.is_account, body.fields.len()), (false, 1), "{members}");
        }
    }
}
