//! Why the program ends: a sentence for people, a code for scripts.

use std::fmt;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use gocardless_bank_data::{Advice, Error};
use gocardless_bank_data_sync::{LedgerError, SyncError, WaitError};
use serde::Serialize;

use crate::output::{from_then_on, harmless};
use crate::sentence::{self, at_terminal};

/// The exit code of a kind of failure; the help of the program lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    Other = 1,
    Usage = 2,
    SomeFailed = 3,
    Consent = 4,
    Limit = 5,
    Credentials = 6,
    File = 7,
    Interrupted = 130,
}

impl Code {
    /// The word for it in JSON.
    fn as_str(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Usage => "usage",
            Self::SomeFailed => "some-failed",
            Self::Consent => "consent",
            Self::Limit => "limit",
            Self::Credentials => "credentials",
            Self::File => "file",
            Self::Interrupted => "interrupted",
        }
    }

    pub(crate) fn exit(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// Why a command failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) code: Code,
    /// What happened and what to do. Empty: the output has reported it.
    pub(crate) message: String,
    /// When the same may succeed.
    pub(crate) retry_at: Option<DateTime<Utc>>,
}

impl Failure {
    pub(crate) fn new(code: Code, message: impl fmt::Display) -> Self {
        Self { code, message: at_terminal(&message.to_string()), retry_at: None }
    }

    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self::new(Code::Usage, message)
    }

    pub(crate) fn file(message: impl fmt::Display) -> Self {
        Self::new(Code::File, message)
    }

    /// For a command whose output has reported what is wrong.
    pub(crate) fn already_reported(code: Code) -> Self {
        Self::new(code, "")
    }

    pub(crate) fn until(mut self, instant: Option<DateTime<Utc>>) -> Self {
        self.retry_at = instant.map(from_then_on);
        self
    }

    /// What is written to standard error.
    pub(crate) fn render(&self, json: bool) -> Option<String> {
        if json {
            #[derive(Serialize)]
            struct Shown<'a> {
                code: u8,
                kind: &'static str,
                message: &'a str,
                retry_at: Option<DateTime<Utc>>,
            }
            let shown = Shown {
                code: self.code as u8,
                kind: self.code.as_str(),
                message: &self.message,
                retry_at: self.retry_at,
            };
            return Some(serde_json::json!({ "error": shown }).to_string());
        }
        (!self.message.is_empty()).then(|| format!("bank-data: {}", harmless(&self.message)))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let code = match error.advice() {
            _ if error.is_rate_limited() => Code::Limit,
            Advice::Reconnect => Code::Consent,
            Advice::FixCredentials | Advice::AllowIp => Code::Credentials,
            Advice::FixRequest if matches!(error, Error::InvalidRequest(_)) => Code::Usage,
            _ => Code::Other,
        };
        Self::new(code, sentence::of(error)).until(error.retry_at().map(DateTime::from))
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        Self::file(error)
    }
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        Self::from(&error)
    }
}

impl From<&SyncError> for Failure {
    fn from(error: &SyncError) -> Self {
        match error {
            SyncError::Call(error) => Self::from(&**error),
            SyncError::Ledger(error) => Self::from(error.clone()),
            SyncError::NotLinked(_) => Self::new(Code::Consent, error),
            SyncError::NoDecision(_) => Self::usage(error),
            _ => Self::new(Code::Other, error),
        }
    }
}

impl From<WaitError> for Failure {
    fn from(error: WaitError) -> Self {
        match error {
            WaitError::Call(error) => Self::from(error),
            error => Self::new(Code::Consent, error),
        }
    }
}
