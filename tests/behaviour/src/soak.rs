//! The soak: many callers and a server that fails at random, for as long as you like. (`docs/failure-modes.md#l06`)
//!
//! The program `soak` runs it for minutes and reports tasks, connections and memory; a test runs it for seconds. What must
//! hold however long it runs: every call ends, every error is explained by a fault, and afterwards as many calls as may be in
//! flight at once succeed at once, so no permit was lost.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gocardless_bank_data::{AccountId, BankData, Error, Pacing, Timeouts};
use serde_json::json;
use test_support::{
    Answer, FaultServer, Gate, HANG, Random, Reply, Request, Step, Subject, builder, institution, timing,
    token_answer,
};
use tokio::runtime::Handle;
use tokio::task::JoinSet;

/// How many calls the client has in flight at most.
pub const AT_ONCE: usize = 64;

/// How long the client waits for a silent server.
const TIMEOUT: Duration = Duration::from_millis(500);

/// How long a response takes, and each byte of one that drips.
const PAUSE: Duration = Duration::from_millis(20);

/// Enough that calls share accounts, few enough that all are used early on.
const ACCOUNTS: usize = 500;

/// How many samples are taken in each third of the run.
const LOOKS: u32 = 100;

const HTML: &str = "<html><body><h1>Bad Gateway</h1></body></html>";

/// How to run the soak.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many callers make one call after another.
    pub callers: usize,
    /// How long it runs.
    pub lasts: Duration,
    /// The seed of the faults.
    pub seed: u64,
}

/// How many calls ended how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// With a value.
    pub succeeded: usize,
    /// With an error that a fault explains.
    pub failed: usize,
    /// The caller did not wait for the end.
    pub given_up: usize,
    /// With an error that no fault explains.
    pub unexplained: usize,
    /// Never, although every call must end.
    pub stuck: usize,
}

/// Medians of the samples in one third of the run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Level {
    /// Live tasks.
    pub tasks: usize,
    /// Resident memory in KiB; 0 if unknown.
    pub memory: usize,
}

/// The result of the soak.
#[derive(Clone, Debug)]
pub struct Summary {
    /// All calls.
    pub calls: Tally,
    /// Requests for anything but a token.
    pub requests: usize,
    /// Requests for new pairs and for new access tokens.
    pub tokens: (usize, usize),
    /// The most connections that were open at once.
    pub most_connections: usize,
    /// The first, the second and the last third of the run.
    pub levels: [Level; 3],
    /// How many of [`AT_ONCE`] final calls succeed, none of which is answered until all are in flight.
    pub last_calls: usize,
}

impl Summary {
    /// Whether everything holds that must hold on every machine and however long the run is.
    #[must_use]
    pub fn holds(&self) -> bool {
        let Tally { succeeded, unexplained, stuck, .. } = self.calls;
        succeeded > 0 && unexplained == 0 && stuck == 0 && self.last_calls == AT_ONCE
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { succeeded, failed, given_up, unexplained, stuck } = self.calls;
        writeln!(f, "calls that succeeded            {succeeded}")?;
        writeln!(f, "calls that failed as they may   {failed}")?;
        writeln!(f, "calls given up by the caller    {given_up}")?;
        writeln!(f, "calls with an unexplained error {unexplained} (must be 0)")?;
        writeln!(f, "calls that never ended          {stuck} (must be 0)")?;
        writeln!(f, "requests                        {}", self.requests)?;
        writeln!(f, "token requests                  {} new, {} refreshed", self.tokens.0, self.tokens.1)?;
        writeln!(f, "most connections at once        {}", self.most_connections)?;
        for (level, third) in self.levels.iter().zip(["first", "second", "last"]) {
            writeln!(f, "{third:<6} third: tasks, KiB        {}, {}", level.tasks, level.memory)?;
        }
        writeln!(f, "calls at the end that succeed   {} (must be {AT_ONCE})", self.last_calls)
    }
}

/// Runs the soak; the runtime should be multi-threaded.
pub async fn run(options: Options) -> Summary {
    let healed = Arc::<AtomicBool>::default();
    let server = serve(options.seed, Arc::clone(&healed)).await.forgetting();
    let bank = client(&server);
    let end = Instant::now() + options.lasts;
    let mut callers = JoinSet::new();
    for number in 0..options.callers as u64 {
        callers.spawn(caller(bank.clone(), Random::new(options.seed ^ number), end));
    }
    let levels = watch(options.lasts).await;
    let mut calls = Tally::default();
    let all = async {
        while let Some(tally) = callers.join_next().await {
            calls.add(tally.expect("a caller does not panic"));
        }
    };
    let _ = tokio::time::timeout(2 * HANG, all).await;
    calls.stuck += callers.len();
    let (requests, tokens) = (server.hits(), server.token_hits());
    healed.store(true, Ordering::SeqCst);
    let last_calls = last_calls(&bank).await;
    Summary { calls, requests, tokens, most_connections: server.most_connections(), levels, last_calls }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.succeeded += other.succeeded;
        self.failed += other.failed;
        self.given_up += other.given_up;
        self.unexplained += other.unexplained;
        self.stuck += other.stuck;
    }
}

/// A client with short timeouts.
fn client(server: &FaultServer) -> BankData {
    let timeouts = Timeouts {
        connect: TIMEOUT,
        token: TIMEOUT,
        plain_read: TIMEOUT,
        metered_read: TIMEOUT,
        write: TIMEOUT,
    };
    let timing = timing(|timing| {
        timing.youngest_eviction = Duration::from_secs(10);
        timing.first_cooldown = Duration::from_millis(100);
        timing.longest_cooldown = Duration::from_secs(1);
    });
    builder(server).timeouts(timeouts).timing(timing).pacing(Pacing::off()).build().unwrap()
}

/// Makes one call after another, of every kind, and abandons some.
async fn caller(bank: BankData, mut random: Random, end: Instant) -> Tally {
    let mut tally = Tally::default();
    while Instant::now() < end {
        let (subject, account) = (*random.one_of(Subject::ALL), account(random.below(ACCOUNTS)));
        let impatient = random.one_in(20);
        let patience = if impatient { Duration::from_millis(random.number() % 60) } else { HANG };
        match tokio::time::timeout(patience, subject.call_for(&bank, account.clone())).await {
            Ok(Ok(_)) => tally.succeeded += 1,
            Ok(Err(Error::CircuitOpen(_))) => {
                tally.failed += 1;
                // As an operator would after looking at the account.
                bank.account(account).reset_circuit().await;
            }
            Ok(Err(
                Error::Api(_) | Error::Auth(_) | Error::Timeout(_) | Error::Transport(_) | Error::Decode(_),
            )) => tally.failed += 1,
            Ok(Err(_)) => tally.unexplained += 1,
            Err(_) if impatient => tally.given_up += 1,
            Err(_) => tally.stuck += 1,
        }
    }
    tally
}

fn account(number: usize) -> AccountId {
    format!("{number:08x}-5717-4562-b3fc-2c963f66afa6").parse().unwrap()
}

/// How many of [`AT_ONCE`] calls succeed if none is answered before all are in flight.
async fn last_calls(bank: &BankData) -> usize {
    // The client still backs off for a moment after the last failure to obtain a token.
    let begin = Instant::now();
    while Subject::Metadata.call(bank).await.is_err() && begin.elapsed() < HANG {
        tokio::time::sleep(TIMEOUT).await;
    }
    let mut calls = JoinSet::new();
    for _ in 0..AT_ONCE {
        let call = bank.institutions().get(institution()).timeout(HANG);
        calls.spawn(async move { call.await.is_ok() });
    }
    calls.join_all().await.into_iter().filter(|succeeded| *succeeded).count()
}

/// Samples the process for this long.
async fn watch(lasts: Duration) -> [Level; 3] {
    let mut levels = [Level::default(); 3];
    for level in &mut levels {
        let (mut tasks, mut memory) = (Vec::new(), Vec::new());
        for _ in 0..LOOKS {
            tokio::time::sleep(lasts / (3 * LOOKS)).await;
            tasks.push(Handle::current().metrics().num_alive_tasks());
            memory.push(resident());
        }
        *level = Level { tasks: median(tasks), memory: median(memory) };
    }
    levels
}

fn median(mut samples: Vec<usize>) -> usize {
    samples.sort_unstable();
    samples.get(samples.len() / 2).copied().unwrap_or_default()
}

/// Resident memory of this process in KiB, if known.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// A server that fails at random until it is healed. Then it holds institution requests until [`AT_ONCE`] of them have
/// arrived.
async fn serve(seed: u64, healed: Arc<AtomicBool>) -> FaultServer {
    let (random, gate, waiting) = (Mutex::new(Random::new(seed)), Gate::default(), AtomicUsize::new(0));
    FaultServer::start(move |request| {
        if !healed.load(Ordering::SeqCst) {
            return anything(&mut random.lock().unwrap(), request);
        }
        match Subject::asked(request) {
            _ if request.is_token() => token_answer(request).reply(),
            Subject::Institution => {
                if waiting.fetch_add(1, Ordering::SeqCst) + 1 == AT_ONCE {
                    gate.open();
                }
                Subject::Institution.success().reply().once(&gate)
            }
            subject => subject.success().reply(),
        }
    })
    .await
}

/// A correct response to three quarters of the calls and nine tenths of the token requests, a fault for the rest.
fn anything(random: &mut Random, request: &Request) -> Reply {
    let (truth, percent) =
        if request.is_token() { (short_lived(request), 90) } else { (Subject::asked(request).success(), 75) };
    if random.below(100) < percent {
        return truth.reply().after(PAUSE);
    }
    let half = isize::try_from(truth.bytes().len() / 2).unwrap();
    match random.below(19) {
        0 => Reply::reset(),
        1 => Reply::close(),
        2 => Reply::stall(),
        // Within the head, and within the body.
        3 => truth.cut(10).then(Step::Reset),
        4 => truth.cut(half).then(Step::Reset),
        5 => truth.cut(10).then(Step::Close),
        6 => truth.cut(-1).then(Step::Close),
        7 => truth.cut(half).then(Step::FinishSending),
        8 => truth.cut(half).then(Step::Stall),
        9 => Reply::steps([Step::Drip(truth.bytes(), PAUSE), Step::Close]),
        10 => Answer::error(500, None, "Server error", "Something went wrong").reply(),
        11 => Answer::new(502, HTML).header("content-type", "text/html").reply(),
        12 => Answer::error(503, Some("ServiceError"), "Service error", "The bank is away").reply(),
        13 => Answer::error(429, None, "Rate limit exceeded", "Try again in 1 seconds")
            .header("http_x_ratelimit_reset", "1")
            .reply(),
        14 => {
            Answer::error(429, Some("RateLimitError"), "Rate limit exceeded", "Come again tomorrow").reply()
        }
        15 => Answer::invalid_token().reply(),
        16 => Answer::error(401, Some("AccessExpiredError"), "Expired", "Access has expired").reply(),
        17 => Answer::new(200, HTML).header("content-type", "text/html").reply(),
        // Answered correctly, but the connection closes.
        _ => truth.closing(),
    }
}

/// Tokens so short-lived that a run needs many. The refresh token lasts long enough for new pairs to stay far
/// below sixty an hour, the client's own limit.
fn short_lived(request: &Request) -> Answer {
    let mut answer = json!({ "access": format!("access-{}", request.nth), "access_expires": 20 });
    if request.is_obtain() {
        answer["refresh"] = format!("refresh-{}", request.nth).into();
        answer["refresh_expires"] = 600.into();
    }
    Answer::json(200, &answer)
}
