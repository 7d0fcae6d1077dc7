//! L6: does anything grow, hang or stick while calls meet every fault for a long time?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use gocardless_bank_data::{BankData, Error, Timeouts};
use tokio::runtime::Handle;
use tokio::task::JoinSet;

use super::burst::account;
use super::callers::runtime;
use super::options::Options;
use super::process;
use super::remote::Remote;
use super::report::{Bound, Report, Value};
use super::samples::Trend;
use super::scale::Scale;
use super::serving::{AT_ONCE, Served};
use super::tally::Tally;
use crate::Random;
use crate::client::{builder_at, institution, timing};
use crate::subject::Subject;

/// Of a goal: how far a figure may move in the long run, in hundredths.
const FLAT: f64 = 5.0;

/// A call may wait for a token, for a turn and for a limit of a second, and be sent three times. This is much longer.
const OVERDUE: Duration = Duration::from_secs(20);

/// Silence of the server costs this long.
const TIMEOUT: Duration = Duration::from_millis(500);

/// Enough for calls to meet on one, few enough that all are known early on.
const ACCOUNTS: usize = 500;

/// How many samples are taken of a run, at the most five a second.
const SAMPLES: u32 = 600;

/// How long the memory grows towards what the client takes while it works.
const WARM_UP: Duration = Duration::from_secs(30);

pub(super) fn what(scale: &Scale) -> String {
    format!(
        "{} callers for {} s; a quarter of the answers and a tenth of the tokens are faults, and callers give up",
        scale.soak_callers,
        scale.soak.as_secs()
    )
}

pub(super) fn l06_nothing_grows_under_faults(options: &Options) -> Report {
    let scale = options.scale();
    let mut server = Remote::start(Served::Soak, options.seed);
    let bank = client(server.url());
    runtime().block_on(async {
        let ends = Arc::<AtomicBool>::default();
        let mut callers = JoinSet::new();
        for number in 0..scale.soak_callers as u64 {
            callers.spawn(caller(bank.clone(), Random::new(options.seed ^ number), Arc::clone(&ends)));
        }
        let samples = Samples::take(scale.soak).await;
        ends.store(true, Ordering::Relaxed);
        let mut tally = Tally::default();
        // Every call has ended by then, well or not.
        let all = async {
            while let Some(ended) = callers.join_next().await {
                tally = tally.and(ended.unwrap());
            }
        };
        let _ = tokio::time::timeout(OVERDUE * 2, all).await;
        let stuck = callers.len();
        let faults = server.counts();
        server.heal();
        let last = last_calls(&bank).await;
        let report = Report::default()
            .with(&[], "seed", Value::Count(options.seed), None)
            .with(&[], "seconds", Value::Count(scale.soak.as_secs()), None)
            .with(&[], "callers", scale.soak_callers, None)
            .with(&[], "calls", tally.calls(), None)
            .with(&[], "requests", faults.requests, None)
            .with(&[], "token requests", faults.obtains + faults.refreshes, None)
            .with(&[], "calls that succeeded", tally.succeeded, Bound::AtLeast(1))
            .with(&[], "calls given up by the caller", tally.given_up, None)
            .with(&[], "failed: error answer", tally.refused, None)
            .with(&[], "failed: no token", tally.without_token, None)
            .with(&[], "failed: timeout", tally.late, None)
            .with(&[], "failed: connection", tally.broken, None)
            .with(&[], "failed: undecodable", tally.undecodable, None)
            .with(&[], "failed: account spared", tally.guarded, None)
            .with(&[], "failed: unexplained", tally.unexplained, Bound::Exactly(0))
            .with(&[], "calls overdue", tally.overdue, Bound::Exactly(0))
            .with(&[], "callers stuck", stuck, Bound::Exactly(0));
        let report = samples.report(report, &scale);
        report.with(&[], "calls at once at the end that succeed", last, Bound::Exactly(AT_ONCE as u64))
    })
}

/// A client that waits for no fault for long.
fn client(url: &str) -> BankData {
    let timeouts = Timeouts {
        connect: TIMEOUT,
        token: TIMEOUT,
        plain_read: TIMEOUT,
        scarce_read: TIMEOUT,
        write: TIMEOUT,
    };
    let timing = timing(|timing| {
        timing.youngest_eviction = Duration::from_secs(10);
        timing.first_cooldown = Duration::from_millis(100);
        timing.longest_cooldown = Duration::from_secs(1);
    });
    builder_at(url).timeouts(timeouts).timing(timing).build().unwrap()
}

/// Makes one call after the other, of every kind, and gives some up.
async fn caller(bank: BankData, mut random: Random, ends: Arc<AtomicBool>) -> Tally {
    let mut tally = Tally::default();
    while !ends.load(Ordering::Relaxed) {
        let (subject, account) = (*random.one_of(&Subject::ALL), account(random.below(ACCOUNTS)));
        let impatient = random.one_in(20);
        let patience = if impatient { Duration::from_millis(random.number() % 60) } else { OVERDUE };
        match tokio::time::timeout(patience, subject.call_about(&bank, account.clone())).await {
            Ok(Ok(_)) => tally.succeeded += 1,
            Ok(Err(error)) => {
                tally.failed(&error);
                if matches!(error, Error::Guard(_)) {
                    // As a person would who has looked at it.
                    bank.account(account).reopen().await;
                }
            }
            Err(_) if impatient => tally.given_up += 1,
            Err(_) => tally.overdue += 1,
        }
        tokio::time::sleep(Duration::from_millis(50 + random.number() % 100)).await;
    }
    tally
}

/// How many of as many calls as may be under way at once succeed, if none is answered before all are under way.
async fn last_calls(bank: &BankData) -> usize {
    // The last failure to get a token is still remembered for a moment.
    let begin = Instant::now();
    while Subject::Metadata.call(bank).await.is_err() && begin.elapsed() < OVERDUE {
        tokio::time::sleep(TIMEOUT).await;
    }
    let mut calls = JoinSet::new();
    for _ in 0..AT_ONCE {
        let call = bank.institutions().get(institution()).timeout(OVERDUE);
        calls.spawn(async move { call.await.is_ok() });
    }
    calls.join_all().await.into_iter().filter(|succeeded| *succeeded).count()
}

/// What was seen of the process in the run, again and again.
#[derive(Debug, Default)]
struct Samples {
    tasks: Vec<f64>,
    sockets: Vec<f64>,
    resident: Vec<f64>,
}

impl Samples {
    /// Looks for as long as the run lasts.
    async fn take(run: Duration) -> Self {
        let pause = (run / SAMPLES).max(Duration::from_millis(200));
        let (begin, mut samples) = (Instant::now(), Self::default());
        while begin.elapsed() < run {
            tokio::time::sleep(pause).await;
            let tasks = Handle::current().metrics().num_alive_tasks();
            samples.tasks.push(f64::from(u32::try_from(tasks).unwrap()));
            samples
                .sockets
                .extend(process::sockets().map(|sockets| f64::from(u32::try_from(sockets).unwrap())));
            samples.resident.extend(process::resident().map(process::mib));
        }
        samples
    }

    fn report(&self, mut report: Report, scale: &Scale) -> Report {
        for (name, samples) in
            [("tasks", &self.tasks), ("sockets", &self.sockets), ("rss MiB", &self.resident)]
        {
            let trend = samples.get(warm_up(samples.len(), scale.soak)..).and_then(Trend::of);
            let (first, last) = (trend.map(|trend| trend.first), trend.map(|trend| trend.last));
            report = report
                .with(&[], &format!("{name}, first third"), first, None)
                .with(&[], &format!("{name}, last third"), last, None)
                .with(
                    &[],
                    &format!("{name}, growth %"),
                    trend.map(Trend::percent),
                    scale.cost(Bound::Within(FLAT)),
                );
        }
        report
    }
}

/// How many of so many samples of a run are from its warm-up: a quarter, but not less than half a minute unless that is more
/// than half.
fn warm_up(samples: usize, run: Duration) -> usize {
    let warm = (run / 4).max(WARM_UP.min(run / 2));
    samples * usize::try_from(warm.as_millis()).unwrap() / usize::try_from(run.as_millis()).unwrap()
}
