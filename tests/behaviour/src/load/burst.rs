//! L5: does a burst of calls get along with few sockets, few descriptors and little memory?

use std::time::{Duration, Instant};

use gocardless_bank_data::AccountId;
use tokio::task::JoinSet;

use super::callers::{LONGEST, runtime};
use super::options::Options;
use super::process::{Growth, MostSockets, descriptor_limit};
use super::remote::Remote;
use super::report::{Bound, Report, Value};
use super::scale::Scale;
use super::serving::{ANSWER, Served};
use crate::client::builder_at;

/// Of a goal: the client's own bound. It is one of calls: where connecting is slower than an answer, as in a program without
/// optimisation on a busy machine, a call may go by a connection that came free, and the one it asked for is a few too many.
const MOST_SOCKETS: u64 = 64;

/// Of a goal: 32 MiB for ten thousand calls.
const MOST_MEMORY: f64 = 32.0;

/// Of a goal: 10 s for ten thousand calls. On 64 connections the answers alone take 3.1 s.
const LONGEST_ALL: f64 = 10.0;

pub(super) fn what(scale: &Scale) -> String {
    format!(
        "the balances of {} accounts at once, on a cold client; each answer takes {} ms",
        scale.callers,
        ANSWER.as_millis()
    )
}

pub(super) fn l05_a_burst_of_calls_opens_few_sockets(options: &Options) -> Report {
    let scale = options.scale();
    let mut server = Remote::start(Served::Burst, options.seed);
    let (succeeded, took, growth, sockets) = runtime().block_on(burst(server.url(), scale.callers));
    let counts = server.counts();
    Report::default()
        .with(&["G17"], "calls", scale.callers, None)
        .with(&["G17"], "most sockets", sockets, scale.cost(Bound::AtMost(MOST_SOCKETS)))
        .with(
            &[],
            "most connections at the server",
            counts.most_connections,
            scale.cost(Bound::AtMost(MOST_SOCKETS)),
        )
        .with(&["G17"], "failures", scale.callers - succeeded, Bound::Exactly(0))
        .with(&[], "requests", counts.requests, Bound::Exactly(scale.callers as u64))
        .with(&[], "token requests", counts.obtains + counts.refreshes, Bound::Exactly(1))
        .with(&["G17"], "rss growth MiB", growth, scale.cost(Bound::UpTo(MOST_MEMORY)))
        .with(&["G17"], "seconds", Value::Measured(took.as_secs_f64()), scale.cost(Bound::UpTo(LONGEST_ALL)))
        .with(&["G17"], "descriptor limit", descriptor_limit(), Bound::AtMost(1024))
}

/// How many succeeded, how long all took, by how many MiB the memory grew, and how many sockets there were.
async fn burst(url: &str, calls: usize) -> (usize, Duration, Option<f64>, Option<u64>) {
    let bank = builder_at(url).build().unwrap();
    let (sockets, growth, begin) = (MostSockets::watch(), Growth::begin(), Instant::now());
    let mut tasks = JoinSet::new();
    for number in 0..calls {
        let bank = bank.clone();
        // As a user writes it: the futures of the helpers here are twice as large.
        tasks.spawn(async move { bank.account(account(number)).balances().await.is_ok() });
    }
    let mut succeeded = 0;
    let all = async {
        while let Some(outcome) = tasks.join_next().await {
            succeeded += usize::from(outcome.unwrap());
        }
    };
    // What has not ended by then counts as a failure.
    let _ = tokio::time::timeout(LONGEST, all).await;
    (succeeded, begin.elapsed(), growth.mib(), sockets.most())
}

/// The account with this number.
pub(super) fn account(number: usize) -> AccountId {
    format!("{number:08x}-5717-4562-b3fc-2c963f66afa6").parse().unwrap()
}
