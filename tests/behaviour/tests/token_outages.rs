//! Whatever an outage is made of, how often is a token asked for in it, and how soon after it is there one again?
//! (A8, A15, A16; goals 3 and 4)
//!
//! `token_failures` asks the same of single kinds of failures; here they are mixed by chance, and long.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::unchecked_time_subtraction,
    reason = "clippy.toml allows these in tests, but takes helpers of integration tests for production code"
)]

use std::time::Duration;

use behaviour::{Asked, Outcome, Planned, Random, ScriptedFetch, figure, pass, scale, unreachable};
use gocardless_bank_data::Timing;
use gocardless_bank_data_core::token::TokenKeeper;
use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3_600);

/// One of all the ways in which a token operation goes wrong, or sometimes right; granted tokens often end soon.
fn anything(random: &mut Random, asked: &Asked) -> Planned {
    let planned = match random.below(12) {
        0 => asked.refused(401, &[], r#"{"summary":"Invalid token","status_code":401}"#),
        1 => asked.refused(401, &[], r#"{"detail":"No active account found","status_code":401}"#),
        2 => asked.refused(403, &[], r#"{"summary":"IP address access denied","status_code":403}"#),
        3 => asked.refused(429, &[("http_x_ratelimit_reset", "0")], ""),
        4 => asked.refused(429, &[("http_x_ratelimit_reset", "30")], ""),
        5 => asked.refused(429, &[], ""),
        6 => Planned::now(Outcome::Fails(unreachable(asked.operation()))),
        7 => Planned::now(Outcome::Panics("scripted")),
        8 => asked.granted().living(Some(1)).into(),
        9 => asked.granted().living(Some(400)).into(),
        _ => asked.refused(*random.one_of(&[500, 502, 503, 504]), &[], ""),
    };
    planned.after(*random.one_of(&[Duration::ZERO, SECOND / 10, 3 * SECOND, 15 * SECOND]))
}

/// The most of these instants that fall into one hour, wherever it begins.
fn most_in_an_hour(at: &[Instant]) -> usize {
    let within =
        |(nth, start): (usize, &Instant)| at.iter().skip(nth).take_while(|at| **at - *start < HOUR).count();
    at.iter().enumerate().map(within).max().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn a15_no_mixture_of_failures_obtains_more_than_sixty_times_in_any_hour() {
    for seed in 0..scale("BEHAVIOUR_OUTAGES", 8) {
        let random = std::sync::Mutex::new(Random::new(seed));
        let fetch = ScriptedFetch::new(move |asked| anything(&mut random.lock().unwrap(), asked));
        let keeper = TokenKeeper::new(fetch.clone(), Timing::default());
        for _ in 0..3 * 3_600 {
            if let Ok(token) = keeper.token().await {
                // As if every call were refused with it, which is the most that can be asked of a keeper.
                let _ = keeper.rejected(&token);
            }
            pass(SECOND).await;
        }
        let obtains: Vec<_> =
            fetch.asked().iter().filter(|asked| asked.is_obtain()).map(|asked| asked.at).collect();
        let most = most_in_an_hour(&obtains);
        figure("G3", "random outages", 1);
        figure("G3", "obtains in an hour", most);
        assert!(most <= 60, "seed {seed}: {most} in one hour");
    }
}

#[tokio::test(start_paused = true)]
async fn a16_after_an_outage_of_an_hour_the_first_success_waits_for_the_sixty_an_hour_at_most() {
    // Goals 3 and 4 contradict each other here: sixty obtains do not reach an hour far when the first pauses are short. The
    // sixty won, since the service limits them; what it costs is told. A service that recovers right after it was asked is
    // used again when it is asked the next time, so that the longest pause is the worst case.
    let fetch = ScriptedFetch::new(|asked| asked.refused(503, &[], ""));
    let keeper = TokenKeeper::new(fetch.clone(), Timing::default());
    for _ in 0..3 * 3_600 {
        assert!(keeper.token().await.is_err());
        pass(SECOND).await;
    }
    let asked = fetch.asked();
    let pauses = asked.windows(2).filter_map(|two| Some(two.get(1)?.at - two.first()?.at));
    let worst = pauses.max().unwrap();
    figure("G4", "worst seconds after hours", worst.as_secs_f64());
    assert!(worst <= 7 * 60 * SECOND, "{worst:?} between two obtains");
}

#[tokio::test(start_paused = true)]
async fn a08_no_call_fails_beside_a_valid_token_whatever_the_refresh_comes_to() {
    for seed in 0..scale("BEHAVIOUR_OUTAGES", 8) {
        let random = std::sync::Mutex::new(Random::new(seed));
        let fetch = ScriptedFetch::new(move |asked| match (asked.is_obtain(), asked.nth) {
            (true, 1) => asked.granted().living(Some(3_600)).into(),
            _ => match anything(&mut random.lock().unwrap(), asked) {
                Planned { outcome: Outcome::Grants(_), after, .. } => {
                    asked.refused(503, &[], "").after(after)
                }
                failing => failing,
            },
        });
        let keeper = TokenKeeper::new(fetch.clone(), Timing::default());
        keeper.token().await.unwrap();
        let mut failed = 0;
        for _ in 0..3_600 - 60 {
            failed += usize::from(keeper.token().await.is_err());
            pass(SECOND).await;
        }
        figure("G4", "calls that failed beside a valid token", failed);
        assert!(failed == 0 && fetch.asked().len() > 3, "seed {seed}: {failed}, {:?}", fetch.hits());
    }
}
