//! A scripted token endpoint without a socket.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gocardless_bank_data::operation::{OBTAIN_TOKEN_PAIR, REFRESH_ACCESS_TOKEN};
use gocardless_bank_data::{Error, Secret};
use gocardless_bank_data_runtime::auth::{IssuedTokens, IssuingTokens, TokenSource};
use gocardless_bank_data_types::Operation;
use gocardless_bank_data_types::error::{ApiError, ConnectionFailure, TransportError};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use test_support::Gate;

/// A token request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The refresh token that was sent, or `None` where a new pair is obtained.
    pub refresh: Option<Secret>,
    /// 1 for the first obtain and for the first refresh.
    pub nth: usize,
    /// When.
    pub at: Instant,
}

impl Asked {
    /// Whether a new pair is asked for.
    #[must_use]
    pub fn is_obtain(&self) -> bool {
        self.refresh.is_none()
    }

    /// The operation it is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        if self.is_obtain() { OBTAIN_TOKEN_PAIR } else { REFRESH_ACCESS_TOKEN }
    }

    /// The default response, valid for 24 hours: `access-1` with `refresh-1`, or `refreshed-1`.
    #[must_use]
    pub fn granted(&self) -> Grants {
        Grants(if self.is_obtain() {
            IssuedTokens {
                access: Secret::from(format!("access-{}", self.nth)),
                access_expires: Some(86_400),
                refresh: Some(Secret::from(format!("refresh-{}", self.nth))),
                refresh_expires: Some(2_592_000),
            }
        } else {
            IssuedTokens {
                access: Secret::from(format!("refreshed-{}", self.nth)),
                access_expires: Some(86_400),
                refresh: None,
                refresh_expires: None,
            }
        })
    }

    /// An error response to this request.
    #[must_use]
    pub fn refused(&self, status: u16, headers: &[(&'static str, &str)], body: &str) -> Planned {
        Planned::now(Outcome::Fails(refused(self.operation(), status, headers, body)))
    }
}

/// The tokens that are granted.
#[derive(Debug)]
pub struct Grants(pub IssuedTokens);

impl Grants {
    /// The same with this lifetime of the access token.
    #[must_use]
    pub fn living(mut self, seconds: impl Into<Option<i64>>) -> Self {
        self.0.access_expires = seconds.into();
        self
    }

    /// Grants them after this time.
    #[must_use]
    pub fn after(self, pause: Duration) -> Planned {
        Planned::now(Outcome::Grants(self.0)).after(pause)
    }
}

impl From<Grants> for Planned {
    fn from(grants: Grants) -> Self {
        grants.after(Duration::ZERO)
    }
}

/// The result of a token request.
#[derive(Debug)]
pub enum Outcome {
    /// Tokens.
    Grants(IssuedTokens),
    /// An error.
    Fails(Error),
    /// A panic with this text.
    Panics(&'static str),
    /// Nothing, for ever.
    Hangs,
}

/// The result of a token request, and when it comes.
#[derive(Debug)]
pub struct Planned {
    /// How long it takes.
    pub after: Duration,
    /// A gate that must be open before it completes.
    pub gate: Option<Gate>,
    /// Its result.
    pub outcome: Outcome,
}

impl Planned {
    /// At once.
    #[must_use]
    pub fn now(outcome: Outcome) -> Self {
        Self { after: Duration::ZERO, gate: None, outcome }
    }

    /// The same, once the gate is open.
    #[must_use]
    pub fn once(self, gate: &Gate) -> Self {
        Self { gate: Some(gate.clone()), ..self }
    }

    /// The same after this time.
    #[must_use]
    pub fn after(self, pause: Duration) -> Self {
        Self { after: pause, ..self }
    }
}

type Script = dyn Fn(&Asked) -> Planned + Send + Sync;

/// Answers token requests as a script says, and records them. Clones share both.
#[derive(Clone)]
pub struct ScriptedFetch {
    script: Arc<Script>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl ScriptedFetch {
    /// Answers as `script` says.
    pub fn new<P: Into<Planned>>(script: impl Fn(&Asked) -> P + Send + Sync + 'static) -> Self {
        Self { script: Arc::new(move |asked| script(asked).into()), asked: Arc::default() }
    }

    /// Grants tokens that are valid for 24 hours, each after `pause`.
    #[must_use]
    pub fn granting(pause: Duration) -> Self {
        Self::new(move |asked| asked.granted().after(pause))
    }

    /// Every token operation so far, in order.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often a new pair was asked for.
    #[must_use]
    pub fn obtains(&self) -> usize {
        self.asked().iter().filter(|asked| asked.is_obtain()).count()
    }

    /// How often a refresh was asked for.
    #[must_use]
    pub fn refreshes(&self) -> usize {
        self.asked().iter().filter(|asked| !asked.is_obtain()).count()
    }

    /// Both counts: obtains, then refreshes.
    #[must_use]
    pub fn hits(&self) -> (usize, usize) {
        (self.obtains(), self.refreshes())
    }

    fn ask(&self, refresh: Option<Secret>) -> IssuingTokens {
        let planned = {
            let mut all = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            let same = all.iter().filter(|asked| asked.is_obtain() == refresh.is_none()).count();
            let asked = Asked { refresh, nth: same + 1, at: Instant::now() };
            all.push(asked.clone());
            (self.script)(&asked)
        };
        Box::pin(async move {
            if !planned.after.is_zero() {
                tokio::time::sleep(planned.after).await;
            }
            if let Some(gate) = planned.gate {
                gate.opened().await;
            }
            match planned.outcome {
                Outcome::Grants(grant) => Ok(grant),
                Outcome::Fails(error) => Err(error),
                Outcome::Panics(text) => panic!("{text}"),
                Outcome::Hangs => std::future::pending().await,
            }
        })
    }
}

impl TokenSource for ScriptedFetch {
    fn obtain(&self) -> IssuingTokens {
        self.ask(None)
    }

    fn refresh(&self, refresh: Secret) -> IssuingTokens {
        self.ask(Some(refresh))
    }
}

impl fmt::Debug for ScriptedFetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScriptedFetch(..)")
    }
}

/// The error for a response with this status, these headers and this body.
#[must_use]
pub fn refused(operation: Operation, status: u16, headers: &[(&'static str, &str)], body: &str) -> Error {
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    let status = StatusCode::from_u16(status).unwrap();
    let body = Bytes::copy_from_slice(body.as_bytes());
    ApiError::read(operation, status, headers, body, SystemTime::now()).into()
}

/// The error of a refused connection.
#[must_use]
pub fn unreachable(operation: Operation) -> Error {
    TransportError::new(operation, ConnectionFailure::Connect, Bytes::new(), None).into()
}
