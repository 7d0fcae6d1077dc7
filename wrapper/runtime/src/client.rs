//! One client: its connection, its state and its credentials, which all clones of a `BankData` share.

use std::sync::Arc;

use gocardless_bank_data_generated::types::{RefreshedToken, TokenPair};
use gocardless_bank_data_types::error::{InvalidRequestError, Result};
use gocardless_bank_data_types::{Credentials, Secret, Timeouts};

use crate::auth::{ApiTokenSource, Timing, obtain, renew};
use crate::net::{Connection, DEFAULT_BODY_LIMIT, LIVE, PreparedRequest};
use crate::observer::Observer;
use crate::policy::Pacing;
use crate::state::{ClientState, Clock, Owner, SharedState, StateStore};

/// How many calls are in flight at once; the others wait. Without it a burst of ten thousand calls would open a socket
/// each and run into the limit of the process.
const DEFAULT_MAX_CONNECTIONS: usize = 64;

/// The settings of a client.
#[derive(Debug)]
pub struct Settings {
    /// The secret id and key.
    pub credentials: Credentials,
    /// The address of the API.
    pub base_url: String,
    /// Whether that is a test server, which may be spoken to by `http`.
    pub is_test_server: bool,
    /// How long each class of call may take.
    pub timeouts: Timeouts,
    /// When tokens are refreshed.
    pub timing: Timing,
    /// What the client calls itself.
    pub user_agent: String,
    /// The caller's own settings for connections.
    pub http: reqwest::ClientBuilder,
    /// How many calls are in flight at once.
    pub max_connections: usize,
    /// The largest body that is accepted, in bytes.
    pub body_limit: usize,
    /// Where state is kept that other clients share; in memory if nowhere.
    pub state: Option<Box<dyn StateStore>>,
    /// How calls are spread over time.
    pub pacing: Pacing,
    /// What time it is.
    pub clock: Clock,
    /// What is called for each attempt.
    pub observer: Observer,
}

impl Settings {
    /// The defaults, which suit nearly everyone.
    #[must_use]
    pub fn new(credentials: Credentials, user_agent: &str) -> Self {
        Self {
            credentials,
            base_url: LIVE.to_owned(),
            is_test_server: false,
            timeouts: Timeouts::default(),
            timing: Timing::default(),
            user_agent: user_agent.to_owned(),
            http: reqwest::ClientBuilder::new(),
            max_connections: DEFAULT_MAX_CONNECTIONS,
            body_limit: DEFAULT_BODY_LIMIT,
            state: None,
            pacing: Pacing::default(),
            clock: Clock::default(),
            observer: Observer::default(),
        }
    }
}

/// One client.
#[derive(Debug)]
pub struct Client {
    /// How the API is reached.
    pub connection: Arc<Connection>,
    /// What the client remembers.
    pub state: ClientState,
    credentials: Credentials,
}

impl Client {
    /// A client with these settings. Nothing is sent before its first call.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](gocardless_bank_data_types::Error::InvalidRequest) if a setting cannot be right.
    pub fn new(mut settings: Settings) -> Result<Self> {
        let credentials = settings.credentials.clone();
        let (timing, pacing, clock) = (settings.timing, settings.pacing, settings.clock.clone());
        let (engine, token_timeout) = (settings.state.take(), settings.timeouts.token);
        if credentials.secret_id.is_empty() || credentials.secret_key.is_empty() {
            return Err(InvalidRequestError::new("credentials", "the secret id or key is empty").into());
        }
        let connection = Arc::new(Connection::new(settings)?);
        let source = ApiTokenSource { connection: Arc::clone(&connection), credentials: credentials.clone() };
        let owner = Owner::new(connection.address().as_str(), &credentials);
        let shared = SharedState::new(engine, owner, clock, pacing);
        let state = ClientState::new(source, timing, shared, pacing, token_timeout);
        Ok(Self { connection, state, credentials })
    }

    /// The request that obtains a new token pair with the client's credentials.
    #[must_use]
    pub fn obtain_token_pair(&self) -> PreparedRequest<TokenPair> {
        obtain(&self.credentials)
    }

    /// The request that obtains a new access token with a refresh token.
    #[must_use]
    pub fn refresh_access_token(&self, refresh: Secret) -> PreparedRequest<RefreshedToken> {
        renew(refresh)
    }
}
