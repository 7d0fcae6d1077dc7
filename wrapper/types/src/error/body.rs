//! Reading of error bodies in all the shapes the API sends. It never fails: what it cannot read, it leaves out.
//!
//! These shapes are known (`docs/api.md#errors`): the declared one; a map of fields; the declared one with arrays for
//! texts; and the account itself. A proxy in front may send HTML or nothing. Every member is optional.

use serde_json::{Map, Value};

use crate::operation::{Operation, OperationClass};

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
        let body = body.get(..LONGEST).unwrap_or(body);
        let text = String::from_utf8_lossy(body);
        let text = text.trim_start_matches('\u{feff}');
        match serde_json::from_str(text) {
            Ok(Value::Object(members)) => Self::from_object(members),
            Ok(Value::Array(items)) if items.first().is_some_and(Value::is_object) => {
                items.into_iter().find_map(|item| match item {
                    Value::Object(members) => Some(Self::from_object(members)),
                    _ => None,
                })
            }
            .unwrap_or_default(),
            Ok(value) => Self { summary: text_of(&value), ..Self::default() },
            Err(_) => Self::from_damaged(text),
        }
    }

    /// What can be found in JSON that is cut off, or has something in it that is no JSON.
    fn from_damaged(text: &str) -> Self {
        let [summary, detail, code] = ["summary", "detail", "type"].map(|name| member_in_text(text, name));
        Self { summary, detail, code: code.filter(|code| is_type(code)), ..Self::default() }
    }

    /// All that is said, in small letters.
    pub(crate) fn words(&self) -> String {
        let fields = self.fields.iter().flat_map(|field| [&field.summary, &field.detail]);
        let said: Vec<_> =
            [&self.summary, &self.detail].into_iter().chain(fields).flatten().cloned().collect();
        said.join("\n").to_ascii_lowercase()
    }

    /// The same without words that may be a secret which the service repeats: a token, and in the answer to a token
    /// operation everything as long as a secret id.
    pub(crate) fn without_secrets(mut self, operation: Operation) -> Self {
        let is_of_token = operation.class() == OperationClass::Token;
        let is_secret = |word: &str| {
            let is_long = word.len() >= 20 && word.contains(|character: char| character.is_ascii_digit());
            is_long && (is_of_token || word.starts_with("eyJ"))
        };
        let is_of_word = |character: char| character.is_ascii_alphanumeric() || "-_.~+/=".contains(character);
        let fields = self.fields.iter_mut().flat_map(|field| [&mut field.summary, &mut field.detail]);
        for text in [&mut self.summary, &mut self.detail].into_iter().chain(fields).flatten() {
            for word in text.clone().split(|character| !is_of_word(character)).filter(|word| is_secret(word))
            {
                *text = text.replace(word, "<redacted>");
            }
        }
        self
    }

    fn from_object(mut members: Map<String, Value>) -> Self {
        let [summary, detail] = ["summary", "detail"].map(|name| take_message(&mut members, name));
        let mut take = |name: &str| members.remove(name);
        let code = take("type").as_ref().and_then(text_of).filter(|code| is_type(code));
        let status_code = take("status_code");
        let has_status_code = status_code.is_some();
        let is_token_not_valid = members.get("code").and_then(Value::as_str) == Some("token_not_valid");
        let status_code = status_code.as_ref().and_then(status);
        let mut body = Self { summary, detail, code, status_code, is_token_not_valid, ..Self::default() };
        if body.summary.is_none() && body.detail.is_none() {
            // What proxies and frameworks call it.
            let mut first = |names: &[&str]| names.iter().find_map(|name| take_message(&mut members, name));
            body.summary = first(&["error", "title"]);
            body.detail =
                first(&["message", "errors", "messages", "error_description", "description", "reason"]);
        }
        // The account itself, which has an IBAN and must never be taken for a map of fields.
        let has = |name| members.contains_key(name);
        if has("iban") || (body.summary.is_none() && has("id") && has("status")) {
            return Self { is_account: body.summary.is_none(), ..body };
        }
        // Without a status code a bare text is data: an echo of what was sent, an account, a token.
        members.retain(|_, value| has_status_code || !value.is_string());
        let mut fields = Vec::new();
        for (name, value) in members {
            // A map of fields under a name of its own.
            let field = if WRAPPERS.contains(&&*name) { "" } else { &name };
            field_errors(field, &value, &mut fields);
        }
        fields.sort_by(|one, other| one.field.cmp(&other.field));
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

/// Members under which frameworks send a map of fields.
const WRAPPERS: &[&str] = &["error", "errors", "detail"];

/// Whether it is a word such as `AccessExpiredError`. Others send an address or `about:blank` under `type` (RFC 9457).
fn is_type(code: &str) -> bool {
    code.starts_with(|first: char| first.is_ascii_uppercase())
        && code.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// The text of a member in something that is no JSON as a whole, up to where it is cut off.
pub(super) fn member_in_text(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("\"{name}\""))?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let mut is_escaped = false;
    let end = rest.find(|character| {
        let is_end = character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        is_end
    });
    let text = rest.get(..end?)?;
    Some(serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|_| text.to_owned()))
}

/// Takes the text of a member that holds a message. One that holds something else stays.
fn take_message(members: &mut Map<String, Value>, name: &str) -> Option<String> {
    let message = message(members.get(name)?)?;
    members.remove(name);
    Some(message)
}

/// A string, a list of them, or an object with one.
fn message(value: &Value) -> Option<String> {
    const NAMES: [&str; 5] = ["message", "detail", "description", "summary", "msg"];
    let inner = |value: &Value| NAMES.iter().find_map(|name| text_of(value.get(name)?));
    match value {
        Value::Object(_) => inner(value),
        Value::Array(items) => {
            let texts: Vec<_> =
                items.iter().filter_map(|item| text_of(item).or_else(|| inner(item))).collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        single => text_of(single),
    }
}

/// The text, or the texts of a list joined.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let texts: Vec<_> = items.iter().filter_map(Value::as_str).collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        _ => None,
    }
}

/// The errors of one field: an object, an array of objects, an array of texts, or a bare text. An object without any text of
/// its own has the errors of fields below this one.
fn field_errors(field: &str, value: &Value, errors: &mut Vec<FieldError>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| field_errors(field, item, errors)),
        Value::Object(members) => {
            let [summary, detail] = ["summary", "detail"].map(|name| members.get(name).and_then(text_of));
            if summary.is_some() || detail.is_some() {
                errors.push(FieldError { field: field.to_owned(), summary, detail });
                return;
            }
            // Below a field a bare text is data, and an account is not a map of fields.
            let is_map = |value: &Value| field.is_empty() || !value.is_string();
            for (name, value) in
                members.iter().filter(|(_, value)| is_map(value) && !members.contains_key("iban"))
            {
                let below = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
                field_errors(&below, value, errors);
            }
        }
        // What is sent as a secret may come back as it is; a sentence has blanks.
        Value::String(text) if is_secret(field) && !text.contains(' ') => {}
        Value::String(text) => {
            errors.push(FieldError { field: field.to_owned(), summary: Some(text.clone()), detail: None });
        }
        _ => {}
    }
}

/// Whether a request sends a secret in this field.
fn is_secret(field: &str) -> bool {
    ["secret_id", "secret_key", "refresh", "access"].contains(&field.rsplit('.').next().unwrap_or_default())
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
        for body in ["", "<html>502</html>", "null", "12", "{", "\u{feff}{}", "{\"summary\":\"cut", &long] {
            assert_eq!(ErrorBody::read(body.as_bytes()), ErrorBody::default(), "{body}");
        }
    }

    #[test]
    fn a_damaged_body_gives_what_can_be_read_of_it() {
        let whole = br#"{"summary":"s \"q\"","detail":"d","type":"AccessExpiredError","status_code":401}"#;
        let cut = whole.get(..whole.len() - 5).unwrap().to_vec();
        let mut longer = whole.to_vec();
        longer.extend_from_slice(b"<!-- -->");
        let infinite =
            br#"{"x":1e999,"summary":"s \"q\"","detail":"d","type":"AccessExpiredError"}"#.to_vec();
        let surrogate =
            br#"{"x":"\ud800","summary":"s \"q\"","detail":"d","type":"AccessExpiredError"}"#.to_vec();
        let mut marked = "\u{feff}".as_bytes().to_vec();
        marked.extend_from_slice(whole);
        let large = [whole.get(..whole.len() - 1).unwrap(), b",\"x\":\"", &*vec![b'x'; LONGEST]].concat();
        for body in [cut, longer, infinite, surrogate, marked, large] {
            let read = ErrorBody::read(&body);
            let shown = String::from_utf8_lossy(body.get(..60).unwrap()).into_owned();
            assert_eq!(
                (read.summary.as_deref(), read.detail.as_deref()),
                (Some("s \"q\""), Some("d")),
                "{shown}"
            );
            assert_eq!(read.code.as_deref(), Some("AccessExpiredError"), "{shown}");
        }
        let latin = ErrorBody::read(b"{\"detail\":\"Conex\xe3o expired\",\"type\":\"AccessExpiredError\"}");
        assert_eq!(latin.code.as_deref(), Some("AccessExpiredError"));
    }

    #[test]
    fn fields_are_found_below_others_and_under_the_names_of_frameworks() {
        let named = |json: &str| -> Vec<String> {
            fields(json)
                .into_iter()
                .map(|(field, summary, _)| format!("{field}: {}", summary.unwrap()))
                .collect()
        };
        assert_eq!(named(r#"{"errors":{"reference":["It is long."]}}"#), ["reference: It is long."]);
        assert_eq!(named(r#"{"detail":{"x":["No."]}}"#), ["x: No."]);
        assert_eq!(
            named(r#"{"account":{"address":{"street":["Long."]}}}"#),
            ["account.address.street: Long."]
        );
        assert!(named(r#"{"account":{"owner":"N","iban":"GL29","lines":["Street 1"]}}"#).is_empty());
        assert!(named(r#"{"account":{"owner":"N"}}"#).is_empty());
        for (json, detail) in [
            (r#"{"detail":[{"msg":"a"},{"msg":"b"}]}"#, "a; b"),
            (r#"[{"detail":"a; b"}]"#, "a; b"),
            (r#"{"reason":"a; b"}"#, "a; b"),
        ] {
            assert_eq!(ErrorBody::read(json.as_bytes()).detail.as_deref(), Some(detail), "{json}");
        }
    }

    #[test]
    fn a_secret_that_comes_back_is_left_out() {
        let read = fields(
            r#"{"secret_id":["id"],"secret_key":["This field is required.","key"],"status_code":400}"#,
        );
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].1.as_deref(), Some("This field is required."));
    }

    #[test]
    fn a_secret_inside_a_sentence_is_left_out_and_an_id_is_not() {
        let id = "0d21fb4c-8f0a-4f1f-9d0c-6a1b2c3d4e5f";
        let json = format!(
            r#"{{"summary":"Key {id}, or '{id}', is wrong","detail":"Token eyJhbGciOiJIUzI1NiJ9.x.y is wrong",
                "secret_id":["Invalid: \"{id}\"."],"status_code":400}}"#
        );
        let obtain = Operation::new(&("obtain_token_pair", "POST", "/", OperationClass::Token));
        let read = Operation::new(&("get_account_balances", "GET", "/", OperationClass::MeteredRead));
        let body = ErrorBody::read(json.as_bytes());
        let (of_token, of_account) = (body.clone().without_secrets(obtain), body.without_secrets(read));
        assert_eq!(of_token.words().matches(id).count(), 0, "{of_token:?}");
        assert_eq!(of_account.words().matches(id).count(), 3, "an agreement or an account has such an id");
        for body in [of_token, of_account] {
            assert_eq!(body.detail.as_deref(), Some("Token <redacted> is wrong"));
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
