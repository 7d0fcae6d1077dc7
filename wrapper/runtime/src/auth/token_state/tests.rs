//! Each rule about a token, at the instant where it begins and at the one before.

#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use bytes::Bytes;

use super::*;
use gocardless_bank_data_types::error::{ApiError, ConnectionFailure, TransportError};
use gocardless_bank_data_types::{Operation, OperationClass};

const TOKEN: Operation =
    Operation::new("obtain_token_pair", "POST", "/api/v2/token/new/", OperationClass::Token);

/// The wall clock of these tests, in seconds since 1970.
const WALL: u64 = 1_800_000_000;

const MOMENT: Duration = Duration::from_millis(1);

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn wall() -> SystemTime {
    SystemTime::UNIX_EPOCH + secs(WALL)
}

fn state() -> TokenState {
    TokenState::new(Timing::default())
}

fn issued(access_expires: impl Into<Option<i64>>) -> IssuedTokens {
    let refresh = Some(Secret::from("refresh"));
    let access = Secret::from("access");
    IssuedTokens { access, access_expires: access_expires.into(), refresh, refresh_expires: Some(2_592_000) }
}

fn saved(access: &str, obtained_at: u64, access_until: u64) -> SavedTokens {
    SavedTokens::new(Secret::from(access), obtained_at, access_until)
}

fn need(state: &TokenState, at: Instant) -> &'static str {
    match state.need(at) {
        Need::Ready(_) => "ready",
        Need::Stale(_) => "stale",
        Need::Missing => "missing",
        Need::CoolingDown(_) => "cooling down",
    }
}

fn plans_refresh(state: &TokenState, at: Instant) -> bool {
    matches!(state.plan(at), Plan::Refresh(_))
}

fn unreachable() -> Error {
    TransportError::new(TOKEN, ConnectionFailure::Connect, Bytes::new(), None).into()
}

fn answered(status: u16, retry_after: Option<u64>) -> Error {
    let headers = retry_after.map(|wait| (http::header::RETRY_AFTER, wait.into())).into_iter().collect();
    let status = status.try_into().unwrap();
    ApiError::read(TOKEN, status, headers, Bytes::new(), SystemTime::now()).into()
}

#[test]
fn a_token_is_replaced_in_its_last_minutes_and_unused_in_its_last_seconds() {
    for (lifetime, jitter, soft, hard) in [
        (86_400, 0.0, 86_100, 86_370),
        (86_400, 1.0, 86_250, 86_370),
        (86_400, 9.0, 86_250, 86_370),
        // Of a short life a tenth and a twentieth.
        (100, 0.0, 90, 95),
        (1_000, 1.0, 950, 970),
    ] {
        let (mut state, asked) = (state(), Instant::now());
        state.cache(issued(lifetime), asked, jitter);
        for (at, expected) in [
            (asked + secs(soft) - MOMENT, "ready"),
            (asked + secs(soft), "stale"),
            (asked + secs(hard) - MOMENT, "stale"),
            (asked + secs(hard), "missing"),
        ] {
            assert_eq!(need(&state, at), expected, "{lifetime} {jitter} {:?}", at - asked);
        }
    }
}

#[test]
fn a_lifetime_of_up_to_a_week_is_believed_and_any_other_taken_for_five_minutes() {
    let week = 7 * 24 * 60 * 60;
    for (stated, hard) in
        [(Some(604_800), week - 30), (Some(604_801), 285), (None, 285), (Some(0), 285), (Some(-1), 285)]
    {
        let (mut state, asked) = (state(), Instant::now());
        state.cache(issued(stated), asked, 0.0);
        assert_eq!(need(&state, asked + secs(hard) - MOMENT), "stale", "{stated:?}");
        assert_eq!(need(&state, asked + secs(hard)), "missing", "{stated:?}");
    }
}

#[test]
fn a_refresh_token_is_tried_until_shortly_before_its_end() {
    for (stated, until) in [(Some(2_592_000), 2_591_970), (Some(100), 95), (None, 285), (Some(-1), 285)] {
        let (mut state, asked) = (state(), Instant::now());
        state.cache(IssuedTokens { refresh_expires: stated, ..issued(86_400) }, asked, 0.0);
        // What refreshing gives extends nothing.
        state.cache(IssuedTokens { refresh: None, ..issued(86_400) }, asked + secs(1), 0.0);
        assert!(plans_refresh(&state, asked + secs(until) - MOMENT), "{stated:?}");
        assert!(!plans_refresh(&state, asked + secs(until)), "{stated:?}");
    }
    let mut state = state();
    state.cache(IssuedTokens { refresh: Some(Secret::from("")), ..issued(86_400) }, Instant::now(), 0.0);
    assert!(!plans_refresh(&state, Instant::now()), "an empty one is none");
}

#[test]
fn saved_tokens_are_taken_where_their_times_can_be_right() {
    for (obtained_at, access_until, taken) in [
        (WALL - 10, WALL + 100, true),
        (WALL - 10, WALL + 1, true),
        (WALL - 10, WALL, false),
        (WALL - 10, WALL - 1, false),
        (WALL - 10, WALL + 25 * 3_600, true),
        (WALL - 10, WALL + 25 * 3_600 + 1, false),
        (WALL + 30, WALL + 100, true),
        (WALL + 31, WALL + 100, false),
        (u64::MAX, WALL + 100, false),
        (WALL - 10, u64::MAX, false),
    ] {
        let token = state().adopt(&saved("saved", obtained_at, access_until), Instant::now(), wall());
        assert_eq!(token.is_some(), taken, "{obtained_at} {access_until}");
    }
}

#[test]
fn a_saved_token_lives_as_long_as_was_saved_and_is_replaced_early() {
    for (left, soft) in [(100, 90), (86_400, 86_100)] {
        let (mut state, now) = (state(), Instant::now());
        state.failed(AuthStage::Obtain, Arc::new(answered(429, Some(86_400))), now);
        assert_eq!(need(&state, now), "cooling down");
        state.adopt(&saved("saved", WALL, WALL + left), now, wall()).unwrap();
        assert_eq!(need(&state, now + secs(soft) - MOMENT), "ready");
        assert_eq!(need(&state, now + secs(soft)), "stale", "what failed before is over");
        assert_eq!(need(&state, now + secs(left) - MOMENT), "stale");
        assert_eq!(need(&state, now + secs(left)), "missing");
    }
}

#[test]
fn of_two_tokens_the_one_that_lives_longer_is_kept() {
    let (mut state, now) = (state(), Instant::now());
    let first = state.cache(issued(100), now, 0.0);
    assert_eq!(state.adopt(&saved("same end", WALL, WALL + 95), now, wall()), None);
    let second = state.adopt(&saved("later end", WALL, WALL + 96), now, wall()).unwrap();
    let third = state.adopt(&saved("last end", WALL, WALL + 97), now, wall()).unwrap();
    assert_eq!([first.generation, second.generation, third.generation], [1, 2, 3]);
    assert_eq!(third.secret.expose(), "last end");
}

#[test]
fn a_token_that_was_refused_is_not_taken_back_from_where_it_was_saved() {
    let (mut state, now) = (state(), Instant::now());
    let refused = state.cache(issued(86_400), now, 0.0);
    assert!(state.rejected(refused.generation, now + secs(60)));
    assert_eq!(state.adopt(&saved("access", WALL, WALL + 9_000), now, wall()), None);
    assert!(state.adopt(&saved("another", WALL, WALL + 9_000), now, wall()).is_some());
}

#[test]
fn a_saved_refresh_token_is_taken_where_there_is_none_and_it_was_not_refused() {
    let mut tokens = saved("saved", WALL, WALL + 100);
    (tokens.refresh, tokens.refresh_until) = (Some(Secret::from("refresh")), Some(WALL + 500));
    let (mut empty, now) = (state(), Instant::now());
    empty.adopt(&tokens, now, wall());
    assert!(plans_refresh(&empty, now + secs(500) - MOMENT) && !plans_refresh(&empty, now + secs(500)));

    let mut full = state();
    full.cache(issued(86_400), now, 0.0);
    full.adopt(&tokens, now, wall());
    assert!(plans_refresh(&full, now + secs(500)), "the one at hand is kept");

    full.drop_refresh();
    assert!(!plans_refresh(&full, now));
    full.adopt(&tokens, now, wall());
    assert!(!plans_refresh(&full, now), "it was refused");
    tokens.refresh = Some(Secret::from("another"));
    full.adopt(&tokens, now, wall());
    assert!(plans_refresh(&full, now));
}

#[test]
fn the_age_of_a_saved_token_counts_from_when_it_was_obtained() {
    for (age, is_replaced) in [(59, false), (60, true)] {
        let (mut state, now) = (state(), Instant::now());
        let token = state.adopt(&saved("saved", WALL - age, WALL + 100), now, wall()).unwrap();
        assert_eq!(state.rejected(token.generation, now), is_replaced, "{age}");
    }
}

#[test]
fn what_is_saved_says_when_each_token_began_and_ends() {
    assert_eq!(state().to_save(Instant::now(), wall()), None);
    let (mut state, asked) = (state(), Instant::now());
    state.cache(issued(86_400), asked, 0.0);
    let mut expected = saved("access", WALL - 10, WALL + 86_360);
    (expected.refresh, expected.refresh_until) = (Some(Secret::from("refresh")), Some(WALL + 2_591_960));
    assert_eq!(state.to_save(asked + secs(10), wall()), Some(expected));
}

#[test]
fn sixty_pairs_are_obtained_in_an_hour_and_the_next_one_waits_for_its_end() {
    let (mut state, start) = (state(), Instant::now());
    assert_eq!((0..60).filter(|at| state.may_obtain(start + secs(*at)).is_ok()).count(), 60);
    let end = start + secs(3_600);
    let error = state.may_obtain(end - MOMENT).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no access token: access token: 60 token pairs were obtained within the hour, which is as many as are safe"
    );
    assert_eq!((need(&state, end - MOMENT), need(&state, end)), ("cooling down", "missing"));
    assert!(state.may_obtain(end).is_ok());
    assert!(state.may_obtain(end).is_err());
    assert!(state.may_obtain(end + secs(1)).is_ok());
}

#[test]
fn an_obtain_that_was_sent_three_times_counts_three_times_and_its_error_is_passed_on() {
    let (mut state, start) = (state(), Instant::now());
    for _ in 0..20 {
        assert!(state.may_obtain(start).is_ok());
        state.failed(AuthStage::Obtain, Arc::new(answered(503, None).after(3, None)), start);
        state.failed(AuthStage::Refresh, Arc::new(answered(503, None).after(3, None)), start);
    }
    let error = state.may_obtain(start).unwrap_err();
    assert_eq!((error.stage(), error.cause().kind()), (AuthStage::Obtain, Some(ApiErrorKind::Server)));
}

#[test]
fn the_pause_after_a_failure_that_passes_doubles_to_a_minute_and_a_success_ends_it() {
    let (mut state, now) = (state(), Instant::now());
    for pause in [1, 2, 4, 8, 16, 32, 60, 60, 1] {
        if pause == 1 {
            state.cache(issued(100), now - secs(100), 0.0);
        }
        let before = SystemTime::now();
        let error = state.failed(AuthStage::Obtain, Arc::new(unreachable()), now);
        assert_eq!(need(&state, now + secs(pause) - MOMENT), "cooling down", "{pause}");
        assert_eq!(need(&state, now + secs(pause)), "missing", "{pause}");
        let stated = error.retry_at().unwrap();
        assert!(before + secs(pause) <= stated && stated <= SystemTime::now() + secs(pause), "{pause}");
    }
}

#[test]
fn after_a_refusal_a_minute_passes_and_after_a_limit_what_it_says_up_to_a_day() {
    let day = 24 * 60 * 60;
    for (error, pause) in [
        (answered(401, None), 60),
        (answered(429, Some(1)), 1),
        (answered(429, Some(day + 1)), day),
        (answered(429, Some(7 * day)), day),
    ] {
        let (mut state, now) = (state(), Instant::now());
        state.failed(AuthStage::Obtain, Arc::new(error), now);
        assert_eq!(need(&state, now + secs(pause) - MOMENT), "cooling down", "{pause}");
        assert_eq!(need(&state, now + secs(pause)), "missing", "{pause}");
    }
    let (mut state, now) = (state(), Instant::now());
    state.failed(AuthStage::Obtain, Arc::new(answered(429, Some(day / 2))), now);
    assert_eq!(need(&state, now + secs(day / 2) - secs(60)), "cooling down");
    assert_eq!(need(&state, now + secs(day / 2)), "missing");
}

#[test]
fn a_valid_token_outlives_a_failure_and_one_that_ended_after_a_failed_refresh_is_obtained_again() {
    for (stage, at_its_end) in [(AuthStage::Refresh, "missing"), (AuthStage::Obtain, "cooling down")] {
        let (mut state, asked) = (state(), Instant::now());
        state.cache(issued(100), asked, 0.0);
        state.failed(stage, Arc::new(answered(401, None)), asked + secs(90));
        assert_eq!(need(&state, asked + secs(95) - MOMENT), "ready", "{stage:?}");
        assert_eq!(need(&state, asked + secs(95)), at_its_end, "{stage:?}");
    }
}

#[test]
fn a_refused_refresh_token_is_replaced_at_once_and_any_other_failure_only_where_no_token_is_left() {
    let (mut state, asked) = (state(), Instant::now());
    assert!(state.falls_back_to_obtain(&unreachable(), asked), "there is no token");
    state.cache(issued(100), asked, 0.0);
    for (error, is_refusal) in [
        (answered(401, None), true),
        (answered(400, None), true),
        (answered(403, None), false),
        (answered(500, None), false),
        (unreachable(), false),
    ] {
        assert_eq!(state.falls_back_to_obtain(&error, asked + secs(95) - MOMENT), is_refusal, "{error}");
        assert!(state.falls_back_to_obtain(&error, asked + secs(95)), "{error}");
    }
}

#[test]
fn a_token_is_given_up_where_it_is_the_refused_one_and_a_minute_old() {
    let (mut state, asked) = (state(), Instant::now());
    assert!(state.rejected(7, asked), "there is none to keep");
    let token = state.cache(issued(86_400), asked, 0.0);
    assert!(state.rejected(token.generation - 1, asked + secs(60)), "the one at hand is another");
    assert!(!state.rejected(token.generation, asked + secs(60) - MOMENT), "a new one would be refused too");
    assert_eq!(need(&state, asked + secs(60)), "ready");
    assert!(state.rejected(token.generation, asked + secs(60)));
    assert_eq!(need(&state, asked + secs(60)), "missing");
}
