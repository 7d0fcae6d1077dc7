//! The server of L5 and L6, in a process of its own. It does what it is told over its standard input: see [`Command`].

use std::io::BufRead;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::faults;
use crate::Random;
use crate::gate::Gate;
use crate::reply::{Answer, token_answer};
use crate::server::{FaultServer, Request};
use crate::subject::Subject;

/// How long an answer of L5 takes.
pub(crate) const ANSWER: Duration = Duration::from_millis(20);

/// How many calls must be under way at once before any of those at the end of L6 is answered: the client's own bound.
pub(crate) const AT_ONCE: usize = 64;

/// What the server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Served {
    /// Answers everything, each after the same time.
    Burst,
    /// Fails at random until it is healed. Once it is, institutions are told only to as many at once as may be.
    Soak,
}

/// What the server can be told, one a line. It answers each with a line. At the end of the input it ends.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Command {
    /// Tell the [`Counts`].
    Count,
    /// Fail no more. Answered with the counts too.
    Heal,
}

/// What the server has counted.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Requests for anything but a token.
    pub(crate) requests: usize,
    /// Requests for a new pair.
    pub(crate) obtains: usize,
    /// Requests for a new access token.
    pub(crate) refreshes: usize,
    /// Connections that were open at once.
    pub(crate) most_connections: usize,
}

impl Served {
    /// Its name as an argument.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Burst => "burst",
            Self::Soak => "soak",
        }
    }

    /// The one with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Burst, Self::Soak].into_iter().find(|kind| kind.name() == name)
    }
}

/// Serves, and says where, until the input ends.
pub(crate) fn serve(kind: Served, seed: u64) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let healed = Arc::<AtomicBool>::default();
    let server = runtime.block_on(start(kind, seed, Arc::clone(&healed))).forgetting();
    println!("{}", server.url());
    for line in std::io::stdin().lock().lines() {
        let command = line.ok().and_then(|line| serde_json::from_str(&line).ok());
        match command {
            Some(Command::Heal) => healed.store(true, Ordering::SeqCst),
            Some(Command::Count) => {}
            None => return,
        }
        let (obtains, refreshes) = server.token_hits();
        let (requests, most_connections) = (server.hits(), server.most_connections());
        let counts = Counts { requests, obtains, refreshes, most_connections };
        println!("{}", serde_json::to_string(&counts).unwrap());
    }
}

async fn start(kind: Served, seed: u64, healed: Arc<AtomicBool>) -> FaultServer {
    match kind {
        Served::Burst => FaultServer::start(|request| truth(request).reply().after(ANSWER)).await,
        Served::Soak => {
            let (random, gate, waiting) =
                (Mutex::new(Random::new(seed)), Gate::default(), AtomicUsize::new(0));
            FaultServer::start(move |request| {
                if !healed.load(Ordering::SeqCst) {
                    return faults::reply(&mut random.lock().unwrap(), request);
                }
                if !request.path.starts_with(INSTITUTIONS) {
                    return truth(request).reply();
                }
                if waiting.fetch_add(1, Ordering::SeqCst) + 1 == AT_ONCE {
                    gate.open();
                }
                truth(request).reply().once(&gate)
            })
            .await
        }
    }
}

const INSTITUTIONS: &str = "/api/v2/institutions/";

/// What a server that is well answers.
pub(crate) fn truth(request: &Request) -> Answer {
    if request.is_token() {
        return token_answer(request);
    }
    let subject = match (request.method.as_str(), request.path.trim_end_matches('/')) {
        ("POST", path) if path.ends_with("requisitions") => Subject::CreateRequisition,
        ("POST", _) => Subject::CreateAgreement,
        ("DELETE", _) => Subject::DeleteRequisition,
        ("PUT", _) => Subject::AcceptAgreement,
        (_, path) if path.ends_with("balances") => Subject::Balances,
        (_, path) if path.ends_with("details") => Subject::Details,
        (_, path) if path.ends_with("transactions") => Subject::Transactions,
        (_, path) if path.starts_with(INSTITUTIONS) => Subject::Institution,
        _ => Subject::Metadata,
    };
    subject.success()
}

/// Tokens that live so short that many are asked for in a run. The refresh token lives long enough that the obtains stay
/// far below sixty an hour, beyond which the client asks for none.
pub(crate) fn short_lived(request: &Request) -> Answer {
    let nth = request.nth;
    let mut answer = json!({ "access": format!("access-{nth}"), "access_expires": 20 });
    if request.is_obtain() {
        answer = json!({
            "access": format!("access-{nth}"), "access_expires": 20,
            "refresh": format!("refresh-{nth}"), "refresh_expires": 600,
        });
    }
    Answer::json(200, &answer)
}
