//! Reads a request body in any of the three declared media types into named members, and takes typed members out of it,
//! collecting every complaint first, as Django REST does.
//!
//! Only what any member may get wrong (missing, null, blank, wrong type). Which members an operation has and what a value means
//! is known in `api/`, which adds its own complaints here.

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart};
use bytes::Bytes;
use http::{HeaderMap, Request, header};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::answer::Answer;

/// What a client sent, by member name.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// A JSON object.
    Json(Map<String, Value>),
    /// Form members in order; a name may come more than once.
    Form(Vec<(String, String)>),
}

impl Input {
    /// The names of all members.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Json(members) => members.keys().map(String::as_str).collect(),
            Self::Form(members) => members.iter().map(|(name, _)| name.as_str()).collect(),
        }
    }
}

/// Parses the body. An empty one has no members, whatever its media type, as in Django REST.
pub(crate) async fn read(headers: &HeaderMap, body: &Bytes) -> Result<Input, Answer> {
    if body.is_empty() {
        return Ok(Input::Json(Map::new()));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    match essence.as_str() {
        // Django REST takes a body without media type for the first parser's.
        "application/json" | "" => json(body),
        "application/x-www-form-urlencoded" => Ok(Input::Form(
            form_urlencoded::parse(body)
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )),
        "multipart/form-data" => multipart(kind, body).await,
        _ => {
            let text = format!("Unsupported media type \"{kind}\" in request.");
            Err(Answer::error(415, &text, &text))
        }
    }
}

fn json(body: &Bytes) -> Result<Input, Answer> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(Input::Json(members)),
        Ok(other) => {
            let detail = format!("Invalid data. Expected a dictionary, but got {}.", python_type(&other));
            Err(Answer::error(400, "Invalid data", &detail))
        }
        Err(error) => Err(Answer::error(400, "JSON parse error", &format!("JSON parse error - {error}"))),
    }
}

/// What Python, and so the real service, calls a JSON type.
pub(crate) const fn python_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

async fn multipart(kind: &str, body: &Bytes) -> Result<Input, Answer> {
    let refused = |detail: String| Answer::error(400, "Multipart form parse error", &detail);
    let request = Request::builder()
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(body.clone()))
        .map_err(|error| refused(error.to_string()))?;
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|error| refused(error.body_text()))?;
    let mut members = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|error| refused(error.body_text()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let value = part.bytes().await.map_err(|error| refused(error.body_text()))?;
        members.push((name, String::from_utf8_lossy(&value).into_owned()));
    }
    Ok(Input::Form(members))
}

/// A body being read, and what is wrong with it so far.
pub(crate) struct Fields<'a> {
    input: &'a Input,
    wrong: Map<String, Value>,
    status: u16,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(input: &'a Input) -> Self {
        Self { input, wrong: Map::new(), status: 400 }
    }

    /// Records what is wrong with a member; the first complaint stays.
    pub(crate) fn complain(&mut self, name: &str, about: Value) {
        self.wrong.entry(name).or_insert(about);
    }

    /// The same, and the answer will be a 404, as for an agreement that does not exist.
    pub(crate) fn not_found(&mut self, name: &str, about: Value) {
        if self.wrong.is_empty() {
            self.status = 404;
        }
        self.complain(name, about);
    }

    /// Whether nothing is wrong with a member.
    pub(crate) fn is_fine(&self, name: &str) -> bool {
        !self.wrong.contains_key(name)
    }

    /// Ends the reading: fine, or one field map with all complaints.
    pub(crate) fn finish(mut self) -> Result<(), Answer> {
        if self.wrong.is_empty() {
            return Ok(());
        }
        let status = if self.wrong.len() > 1 { 400 } else { self.status };
        self.wrong.insert("status_code".to_owned(), json!(status));
        Err(Answer::json(status, Value::Object(self.wrong)))
    }

    /// Whether the member was sent at all, null or not.
    pub(crate) fn is_present(&self, name: &str) -> bool {
        self.input.names().contains(&name)
    }

    /// The member as JSON; from a form the last value, as text; null and, in a form, blank are `None`.
    fn value(&self, name: &str) -> Option<Value> {
        match self.input {
            Input::Json(members) => members.get(name).filter(|value| !value.is_null()).cloned(),
            Input::Form(members) => members
                .iter()
                .rfind(|member| member.0 == name)
                .filter(|member| !member.1.is_empty())
                .map(|member| Value::from(member.1.as_str())),
        }
    }

    /// An optional text, without the blanks around it.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let message = match self.value(name)? {
            Value::String(text) if text.contains('\0') => "Null characters are not allowed.",
            Value::String(text) if text.trim().is_empty() => "This field may not be blank.",
            Value::String(text) => return Some(text.trim().to_owned()),
            _ => "Not a valid string.",
        };
        self.complain(name, json!([message]));
        None
    }

    /// An optional text that may be blank: one whose schema has no least length.
    pub(crate) fn text_or_blank(&mut self, name: &str) -> Option<String> {
        match self.value(name) {
            Some(Value::String(text)) if text.trim().is_empty() => Some(String::new()),
            _ => self.text(name),
        }
    }

    /// A text that must be there; empty if it is not, which is then already complained about.
    pub(crate) fn required_text(&mut self, name: &str) -> String {
        let text = self.text(name);
        if text.is_none() {
            let message = match (self.is_present(name), self.input) {
                (false, _) => "This field is required.",
                (true, Input::Json(_)) => "This field may not be null.",
                (true, Input::Form(_)) => "This field may not be blank.",
            };
            self.complain(name, json!([message]));
        }
        text.unwrap_or_default()
    }

    /// An optional whole number; text with digits is taken too, as Django REST does.
    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        let number = match self.value(name)? {
            Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.complain(name, json!(["A valid integer is required."]));
        }
        number
    }

    /// An optional truth value; absent is false.
    pub(crate) fn boolean(&mut self, name: &str) -> bool {
        let form = matches!(self.input, Input::Form(_));
        match self.value(name) {
            None => false,
            Some(Value::Bool(value)) => value,
            Some(Value::String(text)) if form && is_true(&text) => true,
            Some(Value::String(text)) if form && is_false(&text) => false,
            Some(_) => {
                self.complain(name, json!(["Must be a valid boolean."]));
                false
            }
        }
    }

    /// An optional UUID.
    pub(crate) fn uuid(&mut self, name: &str) -> Option<Uuid> {
        let text = self.text(name)?;
        let parsed = Uuid::parse_str(&text).ok();
        if parsed.is_none() {
            let detail = format!("'{text}' is not a valid UUID");
            self.complain(name, json!([{ "summary": "Invalid ID", "detail": detail }]));
        }
        parsed
    }

    /// An optional list; in a form every value under that name.
    pub(crate) fn list(&mut self, name: &str) -> Option<Vec<Value>> {
        if let Input::Form(members) = self.input {
            let items: Vec<Value> = members
                .iter()
                .filter(|member| member.0 == name && !member.1.is_empty())
                .map(|member| Value::from(member.1.as_str()))
                .collect();
            return (!items.is_empty()).then_some(items);
        }
        match self.value(name)? {
            Value::Array(items) => Some(items),
            other => {
                let message = format!("Expected a list of items but got type \"{}\".", python_type(&other));
                self.complain(name, json!([message]));
                None
            }
        }
    }
}

/// `90.0` is a whole number in JSON.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0).then(|| format!("{number:.0}").parse().ok()).flatten()
}

/// What Django REST takes for yes in a form or a query.
pub(crate) fn is_true(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "true" | "t" | "yes" | "y" | "on" | "1")
}

/// What Django REST takes for no.
pub(crate) fn is_false(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "false" | "f" | "no" | "n" | "off" | "0")
}
