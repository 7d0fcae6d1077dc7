//! A token endpoint without a socket: what it answers, and when, is a script.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use gocardless_bank_data::operation::{OBTAIN_TOKEN_PAIR, REFRESH_ACCESS_TOKEN};
use gocardless_bank_data::{Error, Secret};
use gocardless_bank_data_core::Operation;
use gocardless_bank_data_core::error::{ApiError, ConnectionFailure, TransportError};
use gocardless_bank_data_core::token::{Fetch, Fetching, Grant};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use crate::gate::Gate;

/// Which token operation is asked for, for the how many-th time.
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

    /// The usual answer, which lives 24 hours: `access-1` with `refresh-1`, or `refreshed-1`.
    #[must_use]
    pub fn granted(&self) -> Grants {
        Grants(if self.is_obtain() {
            Grant {
                access: Secret::from(format!("access-{}", self.nth)),
                access_expires: Some(86_400),
                refresh: Some(Secret::from(format!("refresh-{}", self.nth))),
                refresh_expires: Some(2_592_000),
            }
        } else {
            Grant {
                access: Secret::from(format!("refreshed-{}", self.nth)),
                access_expires: Some(86_400),
                refresh: None,
                refresh_expires: None,
            }
        })
    }

    /// An error answer to what is asked for.
    #[must_use]
    pub fn refused(&self, status: u16, headers: &[(&'static str, &str)], body: &str) -> Planned {
        Planned::now(Outcome::Fails(refused(self.operation(), status, headers, body)))
    }
}

/// The tokens that are granted.
#[derive(Debug)]
pub struct Grants(pub Grant);

impl Grants {
    /// The same with this lifetime of the access token.
    #[must_use]
    pub fn living(mut self, seconds: impl Into<Option<i64>>) -> Self {
        self.0.access_expires = seconds.into();
        self
    }

    /// Granted after this time.
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

/// What a token operation comes to.
#[derive(Debug)]
pub enum Outcome {
    /// Tokens.
    Grants(Grant),
    /// An error.
    Fails(Error),
    /// A panic with this text.
    Panics(&'static str),
    /// Nothing, for ever.
    Hangs,
}

/// What a token operation comes to, and after how long.
#[derive(Debug)]
pub struct Planned {
    /// How long it takes.
    pub after: Duration,
    /// What must be open before it ends, where anything must.
    pub gate: Option<Gate>,
    /// What it comes to.
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

/// Answers the token operations as a script says, and counts them. Clones share both.
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

    /// Grants tokens that live 24 hours, each after `pause`.
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

    fn ask(&self, refresh: Option<Secret>) -> Fetching {
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
                gate.passed().await;
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

impl Fetch for ScriptedFetch {
    fn obtain(&self) -> Fetching {
        self.ask(None)
    }

    fn refresh(&self, refresh: Secret) -> Fetching {
        self.ask(Some(refresh))
    }
}

impl fmt::Debug for ScriptedFetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScriptedFetch(..)")
    }
}

/// The error that an answer with this status, these headers and this body is read as.
#[must_use]
pub fn refused(operation: Operation, status: u16, headers: &[(&'static str, &str)], body: &str) -> Error {
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    let status = StatusCode::from_u16(status).unwrap();
    let body = Bytes::copy_from_slice(body.as_bytes());
    ApiError::read(operation, status, headers, body, SystemTime::now()).into()
}

/// The error of a call that found nobody there.
#[must_use]
pub fn unreachable(operation: Operation) -> Error {
    TransportError::new(operation, ConnectionFailure::Connect, Bytes::new(), None).into()
}
