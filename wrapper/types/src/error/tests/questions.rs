//! What an error answers when asked: which kind, what to do, whether it was sent.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::time::Duration;

use super::samples::*;
use crate::error::{
    Advice, ApiErrorKind, AuthStage, ConnectionFailure, DecodeReason, Error, InvalidRequestError, ListReason,
    RateLimitScope, Sent, TimeoutPhase,
};
use crate::rate_limits::RateLimits;

/// The questions that an error answers with yes.
fn yes(error: &Error) -> String {
    let questions = [
        ("not found", error.is_not_found()),
        ("limited", error.is_rate_limited()),
        ("late", error.is_timeout()),
        ("consent", error.needs_new_consent()),
        ("passes", error.is_transient()),
        ("maybe sent", error.sent() == Sent::Maybe),
    ];
    questions.into_iter().filter(|(_, yes)| *yes).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

#[test]
fn every_error_answers_what_to_do_and_of_which_sort_it_is() {
    use ConnectionFailure::{Broken, Certificate, Connect};
    let server = || answered(TOKEN, 500, "");
    let taken = r#"{"reference":["must be unique"]}"#;
    let table = [
        (answered(READ, 404, ""), Advice::FixRequest, "not found, maybe sent"),
        (answered(READ, 429, ""), Advice::WaitLonger, "limited, passes, maybe sent"),
        (answered(READ, 503, ""), Advice::Retry, "passes, maybe sent"),
        (answered(METERED, 503, ""), Advice::WaitLonger, "passes, maybe sent"),
        (answered(CREATE, 503, ""), Advice::CheckFirst, "passes, maybe sent"),
        // To look what exists is advice, but the reference stays taken.
        (answered(CREATE, 400, taken), Advice::CheckFirst, "maybe sent"),
        (answered(METERED, 409, r#"{"summary":"Processing"}"#), Advice::PollAccount, "passes, maybe sent"),
        (answered(METERED, 409, r#"{"summary":"Suspended"}"#), Advice::Reconnect, "consent, maybe sent"),
        (answered(READ, 401, r#"{"summary":"Invalid token"}"#), Advice::Retry, "passes, maybe sent"),
        (answered(TOKEN, 401, r#"{"summary":"Invalid token"}"#), Advice::FixCredentials, "maybe sent"),
        (answered(READ, 401, "<html>"), Advice::FixCredentials, "maybe sent"),
        (answered(METERED, 401, "<html>"), Advice::ContactSupport, "maybe sent"),
        (auth(AuthStage::Obtain, server(), None), Advice::Retry, "passes"),
        (auth(AuthStage::Obtain, answered(TOKEN, 404, ""), None), Advice::FixRequest, "not found"),
        (auth(AuthStage::Obtain, answered(TOKEN, 429, ""), None), Advice::WaitLonger, "limited, passes"),
        (auth(AuthStage::Obtain, late(TOKEN, TimeoutPhase::Response), None), Advice::Retry, "late, passes"),
        (late(METERED, TimeoutPhase::Connect), Advice::Retry, "late, passes"),
        (late(METERED, TimeoutPhase::Body), Advice::WaitLonger, "late, passes, maybe sent"),
        (late(CREATE, TimeoutPhase::Response), Advice::CheckFirst, "late, passes, maybe sent"),
        (broken(CREATE, Connect), Advice::Retry, "passes"),
        (broken(CREATE, Broken), Advice::CheckFirst, "passes, maybe sent"),
        (broken(CREATE, Certificate), Advice::ContactSupport, ""),
        (undecoded(DecodeReason::Shape, None), Advice::ReadBody, "maybe sent"),
        (unlisted(ListReason::TooManyPages), Advice::FixRequest, "maybe sent"),
        (guarded(), Advice::ResetCircuit, "passes"),
        (paced(), Advice::WaitUntil(NOW), "limited, passes"),
        (InvalidRequestError::new("base url", "has no host").into(), Advice::FixRequest, ""),
    ];
    for (error, advice, expected) in table {
        assert_eq!((error.advice(), yes(&error).as_str()), (advice, expected), "{error}");
    }
    assert_eq!(unlisted(ListReason::EmptyPage).advice(), Advice::ContactSupport);
}

#[test]
fn an_answer_is_found_also_behind_the_token_that_was_not_had() {
    let headers = [("http_x_ratelimit_remaining", "0"), ("x-c-uuid", "7c1e")];
    let body = r#"{"refresh":["Too short."]}"#;
    let answer = || limited(READ, 400, &headers, body);
    for error in [answer(), auth(AuthStage::Refresh, answer(), None)] {
        assert_eq!(
            (error.kind(), error.status().map(|it| it.as_u16())),
            (Some(ApiErrorKind::InvalidInput), Some(400))
        );
        assert_eq!((error.headers().map(http::HeaderMap::len), error.fields().len()), (Some(3), 1));
        assert_eq!(error.body().map(AsRef::as_ref), Some(body.as_bytes()));
        assert_eq!(error.rate_limits().and_then(|it| it.general).and_then(|it| it.remaining), Some(0));
        let api = error.api().unwrap();
        assert_eq!((api.headers().len(), api.request_id()), (3, Some("7c1e")));
    }
    for (error, body) in [
        (late(READ, TimeoutPhase::Body), Some("canary")),
        (broken(READ, ConnectionFailure::CutShort), Some("canary")),
        (unlisted(ListReason::EmptyPage), None),
        (guarded(), None),
    ] {
        assert_eq!((error.kind(), error.status(), error.fields().len()), (None, None, 0));
        assert_eq!((error.headers(), error.rate_limits(), error.retry_at()), (None, None, None));
        assert_eq!(error.body().map(AsRef::as_ref), body.map(str::as_bytes));
    }
    let Error::Decode(undecoded) = undecoded(DecodeReason::Shape, Some("balances")) else { unreachable!() };
    assert_eq!((undecoded.path(), undecoded.body().as_ref()), (Some("balances"), &b"canary"[..]));
    assert_eq!(Error::Decode(undecoded).status().map(|it| it.as_u16()), Some(200));
}

#[test]
fn the_tries_and_the_reference_are_told_of_what_was_sent() {
    for error in [
        answered(CREATE, 500, ""),
        late(CREATE, TimeoutPhase::Response),
        broken(CREATE, ConnectionFailure::Broken),
        undecoded(DecodeReason::Shape, None),
    ] {
        assert_eq!((error.attempts(), error.reference()), (1, None));
        let error = error.after(3, Some("customer-17"));
        assert_eq!((error.attempts(), error.reference()), (3, Some("customer-17")));
    }
    for error in [auth(AuthStage::Obtain, answered(TOKEN, 500, ""), None), guarded(), paced()] {
        let error = error.after(3, Some("customer-17"));
        assert_eq!((error.attempts(), error.reference()), (0, None));
    }
}

#[test]
fn what_led_to_an_error_comes_next_in_the_chain_and_nothing_twice() {
    let late = || late(TOKEN, TimeoutPhase::Response);
    for (error, has_source) in [
        (late(), true),
        (broken(TOKEN, ConnectionFailure::Broken), true),
        (auth(AuthStage::Obtain, late(), None), true),
        (auth(AuthStage::Obtain, answered(TOKEN, 500, ""), None), false),
        (answered(TOKEN, 500, ""), false),
        (undecoded(DecodeReason::Shape, None), false),
    ] {
        assert_eq!(error.source().map(ToString::to_string), has_source.then(|| "builder error".to_owned()));
    }
    let Error::Timeout(late) = late() else { unreachable!() };
    assert_eq!((late.limit(), late.phase()), (Some(Duration::from_millis(2_500)), TimeoutPhase::Response));
}

#[test]
fn the_next_try_is_told_by_the_pause_or_else_by_the_answer() {
    let at = |seconds| Some(NOW + Duration::from_secs(seconds));
    let limited = || limited(TOKEN, 429, &[("http_x_ratelimit_reset", "7")], "");
    assert_eq!(limited().retry_at(), at(7));
    assert_eq!(auth(AuthStage::Obtain, limited(), None).retry_at(), at(7));
    assert_eq!(auth(AuthStage::Obtain, limited(), at(60)).retry_at(), at(60));
}

#[test]
fn each_limit_ends_with_its_own_window_and_that_of_a_bank_only_where_it_says_so() {
    let headers = [("http_x_ratelimit_reset", "7"), ("http_x_ratelimit_account_success_reset", "9")];
    let day = r#"{"detail":"The rate limit is 4/day. Please try again in 11 seconds"}"#;
    let bank = r#"{"type":"RateLimitError","detail":"Please try again in 11 seconds"}"#;
    for (headers, body, scope, wait) in [
        (&headers[..], "", RateLimitScope::Company, Some(7)),
        (&headers[..], day, RateLimitScope::Account, Some(9)),
        (&[], day, RateLimitScope::Account, Some(11)),
        (&headers[..], bank, RateLimitScope::Institution, Some(11)),
        (&headers[..], r#"{"type":"RateLimitError"}"#, RateLimitScope::Institution, None),
        (&[("retry-after", "13")], bank, RateLimitScope::Institution, Some(13)),
    ] {
        let error = limited(METERED, 429, headers, body);
        assert_eq!(error.rate_limit_scope(), Some(scope), "{body}");
        assert_eq!(error.retry_at(), wait.map(|wait| NOW + Duration::from_secs(wait)), "{body}");
    }
    // No limit was reached, so none is waited for.
    assert_eq!(limited(METERED, 503, &headers, day).retry_at(), None);
    assert_ne!(limited(METERED, 503, &headers, day).rate_limits(), Some(&RateLimits::default()));
}

#[test]
fn every_error_has_a_word_of_its_own_for_metrics_which_tells_nothing_else() {
    let phases =
        [TimeoutPhase::BeforeSending, TimeoutPhase::Connect, TimeoutPhase::Response, TimeoutPhase::Body];
    let failures = [
        ConnectionFailure::Connect,
        ConnectionFailure::Certificate,
        ConnectionFailure::Broken,
        ConnectionFailure::CutShort,
    ];
    let reasons = [
        DecodeReason::Shape,
        DecodeReason::Syntax,
        DecodeReason::Incomplete,
        DecodeReason::TooLarge,
        DecodeReason::Compressed,
    ];
    let mut errors: Vec<Error> = phases.map(|phase| late(METERED, phase)).into();
    errors.extend(failures.map(|failure| broken(METERED, failure)));
    errors.extend(reasons.map(|reason| undecoded(reason, None)));
    errors.extend([
        unlisted(ListReason::EmptyPage),
        paced(),
        guarded(),
        answered(READ, 404, ""),
        answered(READ, 429, ""),
    ]);
    errors.push(InvalidRequestError::new("canary", "canary").into());
    let words: BTreeSet<_> = errors.iter().map(Error::error_type).collect();
    assert_eq!(words.len(), errors.len(), "{words:?}");
    assert!(words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
    // Without a token, the cause is what an operator has to know.
    let refused =
        auth(AuthStage::Obtain, answered(TOKEN, 401, r#"{"detail":"No active account found"}"#), None);
    assert_eq!(refused.error_type(), "credentials_rejected");
}
