//! Many callers who want a token, and what they got. No socket is opened: the token endpoint is a script.

use std::collections::HashSet;
use std::time::Duration;

use gocardless_bank_data_core::error::AuthError;
use gocardless_bank_data_core::token::{AccessToken, TokenKeeper};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// How long the scripted token endpoint takes.
pub(crate) const ENDPOINT: Duration = Duration::from_millis(100);

/// How long a case waits for its callers before it calls them stuck.
pub(crate) const LONGEST: Duration = Duration::from_secs(60);

/// More threads than this machine may have processors, so that callers really race each other.
const THREADS: usize = 4;

/// What each caller got.
pub(crate) type Outcomes = Vec<Result<AccessToken, AuthError>>;

/// The runtime of a case.
pub(crate) fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(THREADS).enable_all().build().unwrap()
}

/// What this many callers get who ask at the same time, each in a task of its own. One that is stuck got nothing.
pub(crate) async fn ask_together(keeper: &TokenKeeper, callers: usize) -> Outcomes {
    let mut tasks = JoinSet::new();
    for _ in 0..callers {
        let keeper = keeper.clone();
        tasks.spawn(async move { keeper.token().await });
    }
    let mut outcomes = Vec::with_capacity(callers);
    let all = async {
        while let Some(outcome) = tasks.join_next().await {
            outcomes.push(outcome.unwrap());
        }
    };
    let _ = tokio::time::timeout(LONGEST, all).await;
    outcomes
}

/// How many got the token with this text.
pub(crate) fn with_token(outcomes: &Outcomes, text: &str) -> usize {
    outcomes.iter().flatten().filter(|token| token.secret.expose() == text).count()
}

/// How many got an error.
pub(crate) fn with_error(outcomes: &Outcomes) -> usize {
    outcomes.iter().filter(|outcome| outcome.is_err()).count()
}

/// How many errors there are that are not one and the same, however alike they look.
pub(crate) fn distinct_errors<'a>(outcomes: impl IntoIterator<Item = &'a Outcomes>) -> usize {
    let errors = outcomes.into_iter().flatten().filter_map(|outcome| outcome.as_ref().err());
    errors.map(|error| std::ptr::from_ref(error.cause())).collect::<HashSet<_>>().len()
}
