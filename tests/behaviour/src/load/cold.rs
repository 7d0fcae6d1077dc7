//! L1: do callers without a token share one request for it, whether they never had one or it has expired?

use std::time::{Duration, Instant};

use gocardless_bank_data::Timing;
use gocardless_bank_data_core::token::TokenKeeper;

use super::callers::{ENDPOINT, ask_together, runtime, with_token};
use super::options::Options;
use super::process::Growth;
use super::report::{Bound, Report};
use super::samples::median;
use super::scale::Scale;
use crate::fetch::{Asked, ScriptedFetch};

/// How long the tokens live that are to expire: the shortest lifetime the API can name.
const SHORT: Duration = Duration::from_secs(1);

/// Of a goal: 16 MiB for ten thousand callers.
const MOST_MEMORY: f64 = 16.0;

/// Of a goal: what ten thousand callers may take beyond the endpoint's own time.
const MOST_DELAY: f64 = 100.0;

pub(super) fn what(scale: &Scale) -> String {
    format!(
        "{} callers at once without a token, and as many after expiry; {} runs; the endpoint takes {} ms",
        scale.callers,
        scale.runs,
        ENDPOINT.as_millis()
    )
}

pub(super) fn l01_cold_and_expired_callers_share_one_request(options: &Options) -> Report {
    let scale = options.scale();
    runtime().block_on(async {
        let (mut delays, mut growth, mut served, mut shared) = (Vec::new(), None, 0, 0);
        let expired = expired(scale.runs).await;
        for (expired, refreshing) in &expired {
            let fetch = ScriptedFetch::granting(ENDPOINT);
            let keeper = TokenKeeper::new(fetch.clone(), Timing::default());
            let (memory, begin) = (Growth::begin(), Instant::now());
            let cold = ask_together(&keeper, scale.callers).await;
            delays.push(milliseconds(begin.elapsed().saturating_sub(ENDPOINT)));
            // Of the first run alone: later ones take again what the first gave back.
            growth = growth.or_else(|| memory.mib());
            let late = ask_together(expired, scale.callers).await;
            let all = with_token(&cold, "access-1") + with_token(&late, "refreshed-1");
            served += all;
            let once = fetch.hits() == (1, 0) && refreshing.hits() == (1, 1);
            shared += usize::from(once && all == 2 * scale.callers);
        }
        let longest = delays.iter().copied().reduce(f64::max);
        Report::default()
            .with(&["G1"], "callers", scale.callers, None)
            .with(&["G1"], "runs", scale.runs, None)
            .with(&["G1"], "runs with one request", shared, Bound::Exactly(scale.runs as u64))
            .with(&[], "callers served", served, Bound::Exactly((2 * scale.callers * scale.runs) as u64))
            .with(&[], "rss growth MiB", growth, scale.cost(Bound::UpTo(MOST_MEMORY)))
            .with(&[], "ms beyond the endpoint, median", median(delays), scale.cost(Bound::UpTo(MOST_DELAY)))
            .with(&[], "ms beyond the endpoint, longest", longest, None)
    })
}

/// This many keepers whose access token has expired and whose refresh token has not.
async fn expired(runs: usize) -> Vec<(TokenKeeper, ScriptedFetch)> {
    let lifetime = i64::try_from(SHORT.as_secs()).unwrap();
    let mut keepers = Vec::new();
    for _ in 0..runs {
        let fetch = ScriptedFetch::new(move |asked: &Asked| {
            if asked.is_obtain() {
                asked.granted().living(lifetime).into()
            } else {
                asked.granted().after(ENDPOINT)
            }
        });
        let keeper = TokenKeeper::new(fetch.clone(), Timing::default());
        keeper.token().await.unwrap();
        keepers.push((keeper, fetch));
    }
    tokio::time::sleep(SHORT).await;
    keepers
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
