//! What an error says in one sentence, and what its `Debug` shows.

use super::samples::*;
use crate::error::{
    Advice, ApiErrorKind, AuthStage, BudgetError, CircuitOpenError, ConnectionFailure, DecodeReason, Error,
    InvalidRequestError, ListReason, RateLimitScope, TimeoutPhase,
};

#[test]
fn every_error_is_one_sentence_that_says_what_failed_and_what_to_know() {
    let refused = r#"{"summary":"Authentication failed","detail":"No active account"}"#;
    let table: [(Error, &str); 24] = [
        (answered(READ, 404, ""), "get account: not found (404); change the request"),
        (
            answered(READ, 403, r#"{"summary":"Forbidden","detail":""}"#),
            "get account: forbidden (403): Forbidden; contact the support of the service with the request id",
        ),
        (
            answered(CREATE, 400, r#"{"b":["Too long."],"a":{"summary":"Bad","detail":"It is bad"}}"#),
            "create requisition: invalid input (400): a: It is bad, b: Too long.; change the request",
        ),
        (
            auth(AuthStage::Obtain, answered(TOKEN, 401, refused), None),
            "no access token: obtain token pair: credentials rejected (401): Authentication failed: No active \
             account; check the secret id and key",
        ),
        (late(READ, TimeoutPhase::Connect), "get account: no connection in time (2.5s)"),
        (late(READ, TimeoutPhase::Body), "get account: the response was not complete in time (2.5s)"),
        (
            late(METERED, TimeoutPhase::Response),
            "get account balances: no response in time (2.5s); it may have counted towards the daily limit: call again in some hours",
        ),
        (
            late(CREATE, TimeoutPhase::Response),
            "create requisition: no response in time (2.5s); it may have been created: check before creating it again",
        ),
        (broken(CREATE, ConnectionFailure::Connect), "create requisition: could not connect"),
        (
            broken(METERED, ConnectionFailure::Certificate),
            "get account balances: tls certificate verification failed",
        ),
        (
            broken(TOKEN, ConnectionFailure::Broken),
            "obtain token pair: the connection broke before the response",
        ),
        (
            broken(METERED, ConnectionFailure::CutShort),
            "get account balances: the response was cut short; it may have counted towards the daily limit: call again in some hours",
        ),
        (
            undecoded(DecodeReason::Shape, Some("balances[3]\n.amount")),
            "get account balances: the response is not what the contract declares (200) at balances[3].amount; the call has counted: read what came with body(), and report the response",
        ),
        (
            undecoded(DecodeReason::Syntax, None),
            "get account balances: the response is not json (200); the call has counted: read what came with body(), and report the response",
        ),
        (
            undecoded(DecodeReason::Incomplete, None),
            "get account balances: the response ends too early (200); the call has counted: read what came with body(), and report the response",
        ),
        (
            undecoded(DecodeReason::TooLarge, None),
            "get account balances: the response is larger than the client accepts (200); raise body_limit, or request fewer days",
        ),
        (
            unlisted(ListReason::EmptyPage),
            "get account: the page from offset 300 is empty although its count announces more entries",
        ),
        (
            guarded(),
            "get account balances: not called, because 5 calls in a row failed and ten suspend the account; \
             look at the account's metadata and, if it is ready, reset its circuit breaker",
        ),
        (
            CircuitOpenError::new(METERED, 6, Some(ApiErrorKind::InstitutionFailed)).into(),
            "get account balances: not called, because 6 calls in a row failed, the last with \"the bank failed\", \
             and ten suspend the account; look at the account's metadata and, if it is ready, reset its circuit breaker",
        ),
        (
            paced(),
            "get account balances: not sent, because the company's rate limit for this kind of call is used up; \
             call again after 1970-01-01T00:00:00Z",
        ),
        (
            BudgetError::new(METERED, Some(RateLimitScope::Account), NOW).into(),
            "get account balances: not sent, because the account has no read of this kind left today; \
             call again after 1970-01-01T00:00:00Z",
        ),
        (
            BudgetError::recovering(METERED, NOW).into(),
            "get account balances: not sent, because the shared state is new or was lost, so that few calls are sent \
             for about a minute; call again after 1970-01-01T00:00:00Z",
        ),
        (
            BudgetError::new(METERED, None, NOW).into(),
            "get account balances: not sent, because the shared state cannot be used; \
             call again after 1970-01-01T00:00:00Z",
        ),
        (InvalidRequestError::in_operation(CREATE, "no").into(), "create requisition: no"),
    ];
    for (error, sentence) in table {
        assert_eq!(error.to_string(), sentence);
    }
}

#[test]
fn of_many_fields_twenty_are_shown_and_the_others_counted() {
    for (fields, tail) in [(20, None), (21, Some(" and 1 more")), (33, Some(" and 13 more"))] {
        let members: Vec<_> = (0..fields).map(|at| format!(r#""f{at:02}":["bad"]"#)).collect();
        let said = answered(CREATE, 400, &format!("{{{}}}", members.join(","))).to_string();
        assert_eq!(said.matches(": bad").count(), 20, "{said}");
        let end = [": bad", tail.unwrap_or_default(), "; change the request"].concat();
        assert!(said.ends_with(&end), "{said}");
    }
}

#[test]
fn debug_begins_with_the_sentence_and_shows_no_header_and_no_body() {
    let api = answered(METERED, 500, r#"{"type":"ServiceError","summary":"canary"}"#).after(2, None);
    for (error, shown) in [
        (
            api,
            r#"ApiError { operation: "get_account_balances", kind: InstitutionUnavailable, status: 500, code: Some("ServiceError"), attempts: 2, request_id: None, headers: {"set-cookie": "<redacted>"}, body: <42 bytes>, .. }"#,
        ),
        (
            auth(AuthStage::Refresh, late(TOKEN, TimeoutPhase::Connect), None),
            r#"AuthError { stage: Refresh, cause: obtain token pair: no connection in time (2.5s) (TimeoutError { operation: "obtain_token_pair", phase: Connect, limit: Some(2.5s), body: <6 bytes>, .. }), .. }"#,
        ),
        (
            broken(READ, ConnectionFailure::CutShort),
            r#"TransportError { operation: "get_account", failure: CutShort, body: <6 bytes>, .. }"#,
        ),
        (
            undecoded(DecodeReason::Shape, Some("balances")),
            r#"DecodeError { operation: "get_account_balances", reason: Shape, status: 200, path: Some("balances"), request_id: Some("7c1e"), headers: {"x-c-uuid": "7c1e"}, body: <6 bytes>, .. }"#,
        ),
    ] {
        assert_eq!(format!("{error:?}"), format!("{error} ({shown})"));
    }
}

#[test]
fn every_kind_of_answer_has_words_of_its_own() {
    use ApiErrorKind as Kind;
    let kinds = [
        (Kind::InvalidInput, "invalid input"),
        (Kind::ConsentExpired, "consent expired"),
        (Kind::RateLimited(RateLimitScope::Company), "rate limited"),
        (Kind::RateLimited(RateLimitScope::Account), "rate limited for this account"),
        (Kind::RateLimited(RateLimitScope::Institution), "rate limited by the bank"),
        (Kind::Other, "unexpected response"),
    ];
    for (kind, words) in kinds {
        assert_eq!(kind.to_string(), words);
    }
}

#[test]
fn every_advice_is_a_thing_to_do() {
    let at = |seconds| NOW + std::time::Duration::from_secs(seconds);
    let wait = |at| Advice::WaitUntil(at).to_string();
    assert_eq!(wait(at(3_600)), "call again after 1970-01-01T01:00:00Z");
    assert_eq!(wait(NOW + std::time::Duration::from_millis(1)), "call again after 1970-01-01T00:00:01Z");
    assert_eq!(wait(at(1 << 60)), "call again later", "an instant beyond the calendar");
    assert_eq!(Advice::RaiseQuota.to_string(), "raise the quota of the company");
}

#[test]
fn an_invalid_request_gives_its_reason_alone() {
    let error = InvalidRequestError::new("base url", "has no host");
    assert_eq!((error.message(), error.to_string().as_str()), ("has no host", "base url: has no host"));
}
