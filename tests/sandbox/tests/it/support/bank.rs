//! A client of the sandbox that validates every response against the contract.

use chrono::{DateTime, Utc};
use gocardless_bank_data_sandbox::{Limits, Operation, Sandbox, SandboxBuilder};
use http::HeaderMap;
use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::{complaints, error_complaints, statuses};

/// The institution that most tests use.
const SANDBOX_FINANCE: &str = "SANDBOXFINANCE_SFIN0000";

/// A sandbox with a token for it.
pub(crate) struct Bank {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// Null if the body is not JSON.
    pub(crate) json: Value,
}

/// A linked requisition.
pub(crate) struct Linked {
    pub(crate) requisition: String,
    pub(crate) agreement: String,
    pub(crate) main: String,
    pub(crate) card: String,
}

/// A builder with a fixed clock and without limits, so that a test depends only on what it is about.
pub(crate) fn pause_free() -> SandboxBuilder {
    let noon: DateTime<Utc> = "2026-03-10T12:00:00Z".parse().unwrap();
    Sandbox::builder().fixed_clock(noon).limits(Limits::off())
}

impl Bank {
    /// Without limits and with a fixed clock.
    pub(crate) async fn open() -> Self {
        Self::with(pause_free()).await
    }

    pub(crate) async fn with(builder: SandboxBuilder) -> Self {
        let sandbox = builder.start().await.unwrap();
        test_support::install_cryptography();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let mut bank = Self { sandbox, http: http.build().unwrap(), token: String::new() };
        bank.log_in().await;
        bank
    }

    /// Obtains a new token pair and returns the refresh token.
    pub(crate) async fn log_in(&mut self) -> String {
        let secrets =
            json!({ "secret_id": self.sandbox.secret_id(), "secret_key": self.sandbox.secret_key() });
        let pair = self.call(Operation::ObtainToken, "", &secrets).await.ok();
        self.token = member(&pair, "/access");
        member(&pair, "/refresh")
    }

    /// Calls an operation with a JSON body (null: none), and checks the answer against the contract.
    pub(crate) async fn call(&self, operation: Operation, id: &str, body: &Value) -> Reply {
        self.ask(operation, id, "", body).await
    }

    /// Calls an operation without a body.
    pub(crate) async fn get(&self, operation: Operation, id: &str) -> Reply {
        self.ask(operation, id, "", &Value::Null).await
    }

    /// Calls an operation with a query, which begins with `?`.
    pub(crate) async fn query(&self, operation: Operation, id: &str, query: &str) -> Reply {
        self.ask(operation, id, query, &Value::Null).await
    }

    async fn ask(&self, operation: Operation, id: &str, query: &str, body: &Value) -> Reply {
        let path = operation.path().replace("{id}", id);
        let url = format!("{}{path}{query}", self.sandbox.base_url());
        let mut request = self.http.request(operation.method(), url);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        let reply = Reply::from(request.send().await.unwrap()).await;
        reply.check(operation);
        reply
    }

    /// Sends any request with the token.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        kind: &str,
        body: impl Into<reqwest::Body>,
    ) -> Reply {
        let url = format!("{}{path}", self.sandbox.base_url());
        let mut request = self.http.request(method.parse().unwrap(), url).bearer_auth(&self.token).body(body);
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        Reply::from(request.send().await.unwrap()).await
    }

    /// Creates a requisition at the sandbox bank with these additional members.
    pub(crate) async fn requisition(&self, members: &Value) -> Value {
        let mut body = json!({ "redirect": "https://shop.example/back", "institution_id": SANDBOX_FINANCE });
        for (name, value) in members.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.call(Operation::CreateRequisition, "", &body).await.created()
    }

    /// Creates an agreement at the sandbox bank with these additional members.
    pub(crate) async fn agreement(&self, members: &Value) -> Value {
        let mut body = json!({ "institution_id": SANDBOX_FINANCE });
        for (name, value) in members.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.call(Operation::CreateAgreement, "", &body).await.created()
    }

    /// Creates a requisition and completes its link flow.
    pub(crate) async fn linked(&self, members: &Value) -> Linked {
        let requisition = self.requisition(members).await;
        let id = member(&requisition, "/id");
        let accounts = self.sandbox.link(&id).unwrap();
        Linked {
            requisition: id,
            agreement: member(&requisition, "/agreement"),
            main: accounts[0].clone(),
            card: accounts[1].clone(),
        }
    }
}

impl Reply {
    pub(crate) async fn from(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self { status, headers, text, json }
    }

    /// Validates the response: the status is declared (or one of the few that the real service is
    /// known to send besides) and the body has the declared form (or one of the real error forms).
    fn check(&self, operation: Operation) {
        if statuses(operation).contains(&self.status) {
            let complaints = complaints(operation, self.status, &self.json);
            assert!(complaints.is_empty() || self.is_real_error(), "{operation}: {self:?}\n{complaints:#?}");
        } else {
            let token = matches!(operation, Operation::ObtainToken | Operation::RefreshToken);
            let metadata = operation == Operation::AccountMetadata;
            let known = self.status == 415 || (self.status == 400 && (token || metadata));
            assert!(known, "{operation} does not declare {}: {}", self.status, self.text);
        }
        assert_eq!(self.header("content-type"), "application/json");
    }

    /// The error forms of the real service that the contract does not declare (`docs/api.md#field-map`, `docs/api.md#account-as-error`).
    fn is_real_error(&self) -> bool {
        let Some(members) = self.json.as_object() else { return false };
        let fields = members.get("status_code") == Some(&json!(self.status))
            && !members.contains_key("summary")
            && members.iter().all(|(name, value)| name == "status_code" || is_field_error(value));
        let account = self.status == 409 && members.contains_key("aspsp_identifier");
        self.status >= 400 && (fields || account)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body of a 200.
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json
    }

    /// The body of a 201.
    pub(crate) fn created(self) -> Value {
        assert_eq!(self.status, 201, "{}", self.text);
        self.json
    }

    /// Expects an `ErrorResponse` and returns its body.
    pub(crate) fn error(self, status: u16, summary: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(error_complaints(&self.json), Vec::<String>::new());
        assert_eq!(self.json["status_code"], json!(status));
        let text = member(&self.json, "/summary");
        assert!(text.starts_with(summary), "{text}");
        self.json
    }

    /// Expects a field map with one field and returns its value.
    pub(crate) fn field(self, status: u16, field: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        let names: BTreeSet<&str> = self.json.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = BTreeSet::from([field, "status_code"]);
        assert_eq!(names, expected, "{}", self.text);
        assert_eq!(self.json["status_code"], json!(status));
        self.json[field].clone()
    }
}

fn is_field_error(value: &Value) -> bool {
    match value {
        Value::Object(about) => about.contains_key("summary") && about.contains_key("detail"),
        Value::Array(items) => {
            !items.is_empty() && items.iter().all(|item| item.is_string() || is_field_error(item))
        }
        _ => false,
    }
}

/// A string in a JSON value, by pointer.
pub(crate) fn member(value: &Value, pointer: &str) -> String {
    let text = value.pointer(pointer).and_then(Value::as_str);
    text.unwrap_or_else(|| panic!("no text at {pointer} in {value}")).to_owned()
}
