//! Is the observer called once for each attempt, with how it ended, and without an id?

use std::sync::{Arc, Mutex};

use gocardless_bank_data::{Attempt, BankData, RateLimits};
use test_support::{Answer, FaultServer, Reply, Step, Subject, builder};

/// What an observer received.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<Vec<Entry>>>);

/// Operation, number of the attempt, status and kind of error.
type Line = (&'static str, u32, Option<u16>, Option<&'static str>);

/// One attempt: the parts that are compared, and the whole as `Debug` shows it.
#[derive(Clone, Debug)]
struct Entry {
    line: Line,
    limits: Option<RateLimits>,
    shown: String,
}

impl Seen {
    /// A client of this server whose observer writes here.
    fn by(&self, server: &FaultServer) -> BankData {
        let seen = self.clone();
        let observe = move |attempt: &Attempt<'_>| {
            let status = attempt.status.map(|status| status.as_u16());
            let line = (attempt.operation.id(), attempt.number, status, attempt.error);
            let (limits, shown) = (attempt.rate_limits.copied(), format!("{attempt:?}"));
            seen.0.lock().unwrap().push(Entry { line, limits, shown });
        };
        builder(server).observer(observe).build().unwrap()
    }

    /// All but the token operations.
    fn calls(&self) -> Vec<Entry> {
        let entries = self.0.lock().unwrap();
        entries.iter().filter(|entry| !entry.line.0.contains("token")).cloned().collect()
    }

    fn lines(&self) -> Vec<Line> {
        self.calls().iter().map(|entry| entry.line).collect()
    }
}

#[tokio::test]
async fn f13_the_observer_receives_each_attempt_and_the_token() {
    let server = FaultServer::api(|request| match request.nth {
        1 => Answer::json(503, &serde_json::json!({})).reply(),
        _ => Subject::Metadata.success().reply(),
    })
    .await;
    let seen = Seen::default();
    Subject::Metadata.call(&seen.by(&server)).await.unwrap();
    let all: Vec<_> = seen.0.lock().unwrap().iter().map(|entry| entry.line).collect();
    let expected = [
        ("obtain_token_pair", 1, Some(200), None),
        ("get_account", 1, Some(503), Some("server")),
        ("get_account", 2, Some(200), None),
    ];
    assert_eq!(all, expected);
}

#[tokio::test]
async fn f13_the_observer_receives_the_limits_whether_the_read_succeeds_or_not() {
    let header = "http_x_ratelimit_account_success_remaining";
    for (status, left) in [(200, 3), (429, 0)] {
        let server = FaultServer::api(move |_| {
            let answer = if status == 200 { Subject::Balances.success() } else { Answer::new(status, "{}") };
            answer.header(header, left.to_string()).reply()
        })
        .await;
        let seen = Seen::default();
        let _ = Subject::Balances.call(&seen.by(&server)).await;
        let limits: Vec<_> = seen.calls().iter().map(|entry| entry.limits.unwrap().account).collect();
        assert_eq!(limits.iter().map(|limit| limit.unwrap().remaining).collect::<Vec<_>>(), [Some(left)]);
    }
}

#[tokio::test]
async fn f13_the_observer_receives_why_no_response_came_and_why_one_could_not_be_read() {
    type Fault = fn() -> Reply;
    let table: [(Fault, Option<u16>, &str); 4] = [
        (Reply::close, None, "connection_broken"),
        (|| Subject::Balances.success().cut(-3).then(Step::Close), Some(200), "response_cut_short"),
        (|| Answer::new(200, "<html>").reply(), Some(200), "response_syntax"),
        (|| Answer::error(401, Some("AccessExpiredError"), "x", "y").reply(), Some(401), "consent_expired"),
    ];
    for (reply, status, error) in table {
        let server = FaultServer::api(move |_| reply()).await;
        let seen = Seen::default();
        Subject::Balances.call(&seen.by(&server)).await.unwrap_err();
        assert_eq!(seen.lines(), [("get_account_balances", 1, status, Some(error))]);
    }
}

#[tokio::test]
async fn f13_the_observer_receives_that_a_call_was_cancelled() {
    let server = FaultServer::api(|_| Reply::stall()).await;
    let seen = Seen::default();
    let bank = seen.by(&server);
    tokio::select! {
        _ = Subject::Balances.call(&bank) => unreachable!("the server never answers"),
        () = server.arrived(1) => {}
    }
    assert_eq!(seen.lines(), [("get_account_balances", 1, None, Some("cancelled"))]);
}

#[tokio::test]
async fn f13_the_observer_receives_no_id_and_no_secret() {
    let server = FaultServer::api(|request| {
        // The id of the account, a person's name and a cookie come back in each response.
        let body = serde_json::json!({ "summary": request.path, "detail": "canary", "ownerName": "canary" });
        Answer::json(if request.nth % 2 == 0 { 400 } else { 200 }, &body)
            .header("set-cookie", "canary")
            .reply()
    })
    .await;
    let seen = Seen::default();
    let bank = seen.by(&server);
    for &subject in Subject::ALL {
        let _ = subject.call(&bank).await;
    }
    let entries = seen.0.lock().unwrap().clone();
    assert!(entries.len() > Subject::ALL.len());
    for entry in entries {
        let shown = entry.shown.to_lowercase();
        assert!(!shown.contains("canary") && !shown.contains("3fa85f64"), "{shown}");
    }
}
