//! One answer before it becomes bytes: status, own headers, body.
//!
//! Knows nothing of the operation that gave it. The headers that every answer has are added in
//! `service/headers.rs`.

use bytes::Bytes;
use serde_json::{Value, json};

/// What is said in the body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// `application/json`
    Json(Value),
    /// `text/html; charset=utf-8`
    Html(String),
    /// Anything, with its content type if it has one.
    Bytes(Bytes, Option<String>),
}

/// Status, headers and body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Content,
}

/// What an operation gives: both sides are answers, the second lets `?` end it early.
pub(crate) type Outcome = Result<Answer, Answer>;

impl Answer {
    /// A JSON answer.
    pub(crate) const fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), content: Content::Json(body) }
    }

    /// An HTML page.
    pub(crate) fn html(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), content: Content::Html(body.into()) }
    }

    /// No body at all.
    pub(crate) const fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), content: Content::Bytes(Bytes::new(), None) }
    }

    /// The vendor's usual error body (`docs/api.md#error-response`).
    pub(crate) fn error(status: u16, summary: &str, detail: &str) -> Self {
        Self::json(status, json!({ "summary": summary, "detail": detail, "status_code": status }))
    }

    /// An error about one field (`docs/api.md#field-map`).
    pub(crate) fn field(status: u16, field: &str, about: &Value) -> Self {
        Self::json(status, json!({ field: about, "status_code": status }))
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// A redirect.
    pub(crate) fn redirect(status: u16, location: impl Into<String>) -> Self {
        Self::html(status, "").with("location", location)
    }

    /// The body's bytes and its content type.
    pub(crate) fn body(&self) -> (Bytes, Option<String>) {
        match &self.content {
            Content::Json(value) => (value.to_string().into(), Some("application/json".to_owned())),
            Content::Html(page) => (page.clone().into(), Some("text/html; charset=utf-8".to_owned())),
            Content::Bytes(bytes, kind) => (bytes.clone(), kind.clone()),
        }
    }
}

/// `{summary, detail}`: the value of a field (`docs/api.md#field-map`).
pub(crate) fn about(summary: &str, detail: &str) -> Value {
    json!({ "summary": summary, "detail": detail })
}
