//! Many callers who want a token, and what they got. No socket is opened: the token endpoint is a script.

use std::collections::HashSet;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gocardless_bank_data_core::error::AuthError;
use gocardless_bank_data_core::token::{AccessToken, TokenKeeper};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::clock::until;
use crate::gate::Gate;

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
    gathered(spawned(keeper, callers, &Arc::default())).await
}

/// The same, where the gate is opened once every caller waits, however long that takes on a busy machine.
pub(crate) async fn ask_before(gate: &Gate, keeper: &TokenKeeper, callers: usize) -> Outcomes {
    let waiting = Arc::default();
    let tasks = spawned(keeper, callers, &waiting);
    until(|| waiting.load(Ordering::SeqCst) == callers).await;
    gate.open();
    gathered(tasks).await
}

type Tasks = JoinSet<Result<AccessToken, AuthError>>;

fn spawned(keeper: &TokenKeeper, callers: usize, waiting: &Arc<AtomicUsize>) -> Tasks {
    let mut tasks = JoinSet::new();
    for _ in 0..callers {
        tasks.spawn(ask(keeper.clone(), Arc::clone(waiting)));
    }
    tasks
}

/// Asks, and counts itself as one who waits once it was polled: only then it has asked.
async fn ask(keeper: TokenKeeper, waiting: Arc<AtomicUsize>) -> Result<AccessToken, AuthError> {
    let mut asking = pin!(keeper.token());
    let mut first = true;
    poll_fn(|context| {
        let polled = asking.as_mut().poll(context);
        waiting.fetch_add(usize::from(std::mem::take(&mut first)), Ordering::SeqCst);
        polled
    })
    .await
}

async fn gathered(mut tasks: Tasks) -> Outcomes {
    let mut outcomes = Vec::with_capacity(tasks.len());
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
