//! What the fault server does with a connection: complete and partial responses, silence, resets.

use std::time::Duration;

use serde_json::{Value, json};

use crate::clock::Gate;
use crate::server::Request;

/// One thing that is done with a connection.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes one by one, with this pause before each.
    Drip(Vec<u8>, Duration),
    /// Does nothing for this time.
    Pause(Duration),
    /// Does nothing until the gate is open.
    Until(Gate),
    /// Does nothing until the client closes. No step runs after it.
    Stall,
    /// Shuts down the sending side and continues.
    FinishSending,
    /// Resets the connection. No step runs after it.
    Reset,
    /// Closes the connection. No step runs after it.
    Close,
}

/// What is done with the connection once a request was read. The connection stays open unless a step closes it.
#[derive(Clone, Debug)]
pub struct Reply(Vec<Step>);

impl Reply {
    /// These steps, one after the other.
    pub fn steps(steps: impl IntoIterator<Item = Step>) -> Self {
        Self(steps.into_iter().collect())
    }

    /// A reset instead of a response.
    #[must_use]
    pub fn reset() -> Self {
        Self::steps([Step::Reset])
    }

    /// Closes the connection instead of responding.
    #[must_use]
    pub fn close() -> Self {
        Self::steps([Step::Close])
    }

    /// Silence instead of a response.
    #[must_use]
    pub fn stall() -> Self {
        Self::steps([Step::Stall])
    }

    pub(crate) fn into_steps(self) -> Vec<Step> {
        self.0
    }

    /// The same, once the gate is open.
    #[must_use]
    pub fn once(mut self, gate: &Gate) -> Self {
        self.0.insert(0, Step::Until(gate.clone()));
        self
    }

    /// The same, after this time.
    #[must_use]
    pub fn after(mut self, pause: Duration) -> Self {
        self.0.insert(0, Step::Pause(pause));
        self
    }

    /// The same, and then this.
    #[must_use]
    pub fn then(mut self, step: Step) -> Self {
        self.0.push(step);
        self
    }
}

/// A complete HTTP response.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Answer {
    /// A response with this status and body, and no header but its length.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// A JSON response.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    /// An error as the API documents it: summary, detail, and optionally a `type`.
    #[must_use]
    pub fn error(status: u16, code: Option<&str>, summary: &str, detail: &str) -> Self {
        let mut body = json!({ "summary": summary, "detail": detail, "status_code": status });
        if let (Some(code), Some(members)) = (code, body.as_object_mut()) {
            members.insert("type".to_owned(), code.into());
        }
        Self::json(status, &body)
    }

    /// The 401 for an invalid access token.
    #[must_use]
    pub fn invalid_token() -> Self {
        Self::error(401, None, "Invalid token", "Token is invalid or expired")
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Its body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Adds a header with these bytes as its value.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Sends it and closes the connection.
    #[must_use]
    pub fn closing(self) -> Reply {
        self.header("connection", "close").reply().then(Step::Close)
    }

    /// The response as bytes on the wire.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let head = format!("HTTP/1.1 {} x\r\ncontent-length: {}\r\n", self.status, self.body.len());
        let mut bytes = head.into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Sends it, and keeps the connection.
    #[must_use]
    pub fn reply(&self) -> Reply {
        Reply::steps([Step::Send(self.bytes())])
    }

    /// Sends the first `left` bytes, or all but the last `-left`.
    #[must_use]
    pub fn cut(&self, left: isize) -> Reply {
        let mut bytes = self.bytes();
        let length =
            if left < 0 { bytes.len().saturating_sub(left.unsigned_abs()) } else { left.unsigned_abs() };
        bytes.truncate(length);
        Reply::steps([Step::Send(bytes)])
    }
}

/// The response to a token request: `access-1` with `refresh-1`, or `refreshed-1`, valid for 24 hours.
#[must_use]
pub fn token_answer(request: &Request) -> Answer {
    let nth = request.nth;
    Answer::json(
        200,
        &if request.is_obtain() {
            json!({
                "access": format!("access-{nth}"), "access_expires": 86_400,
                "refresh": format!("refresh-{nth}"), "refresh_expires": 2_592_000,
            })
        } else {
            json!({ "access": format!("refreshed-{nth}"), "access_expires": 86_400 })
        },
    )
}
