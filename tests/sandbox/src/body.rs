//! Reads a request body in any of the three declared media types into named members.
//!
//! Does not know which members an operation has: that is `fields.rs` and `api/`.

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart};
use bytes::Bytes;
use http::{HeaderMap, Request, header};
use serde_json::{Map, Value};

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
