//! Is no secret and no personal data in any log, even with everything below the client logged at trace level?
//!
//! The client logs through `tracing`, as do h2 and hyper-util; reqwest and rustls log through `log`. Both are captured.

use std::cell::RefCell;
use std::fmt::Write;

use gocardless_bank_data::reqwest::ClientBuilder;
use gocardless_bank_data::{AccountId, BankData, BankDataBuilder, Credentials};
use serde_json::{Value, json};
use test_support::{
    Act, Answer, Authority, FaultServer, FrozenClock, HANG, Http2Server, LogCapture, PATIENT, Reply,
    SECRET_ID, SECRET_KEY, Settings, Step, Subject, TlsFront,
};
use tokio::runtime::Builder;

thread_local! {
    /// What this thread logged through `log` since a test began to capture. Each test has a thread of its own, and its runtime
    /// runs on it.
    static LOGGED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps each record with the thread that logged it.
struct Recorder;

impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        // A thread may log after its thread-local storage is gone.
        let _ = LOGGED.try_with(|logged| {
            if let Some(logged) = logged.borrow_mut().as_mut() {
                let _ = writeln!(logged, "{} {}", record.target(), record.args());
            }
        });
    }

    fn flush(&self) {}
}

/// Captures both kinds of log from now on.
fn capture() -> LogCapture {
    // Another test in this process may have set it already.
    let _ = log::set_logger(&Recorder);
    log::set_max_level(log::LevelFilter::Trace);
    LOGGED.with(|logged| _ = logged.borrow_mut().get_or_insert_default());
    LogCapture::start()
}

/// Everything that was logged.
fn logged(capture: &LogCapture) -> String {
    capture.text() + &LOGGED.with(|logged| logged.borrow().clone().unwrap_or_default())
}

/// An account whose id, which is part of the URL, would show up if a URL were logged.
fn account() -> AccountId {
    "canary-account".parse().unwrap()
}

fn tokens() -> Value {
    json!({
        "access": "canary-access", "access_expires": 86_400, "refresh": "canary-refresh", "refresh_expires": 2_592_000,
    })
}

fn person() -> Value {
    json!({ "account": { "iban": "CANARY29NWBK60161331926819", "ownerName": "Canary Owner" }, "summary": "canary" })
}

fn with_credentials() -> BankDataBuilder {
    BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY)).timeouts(PATIENT)
}

/// Makes calls of every kind and ignores their results.
async fn exercise(bank: &BankData) {
    let _ = bank.tokens().obtain().await;
    let _ = bank.tokens().refresh("canary-refresh").await;
    for &subject in Subject::ALL {
        let _ = subject.call_for(bank, account()).await;
    }
    let requisition = bank.requisitions().create(test_support::institution(), "https://example.org/?canary");
    let _ = requisition.ssn("canary-ssn").reference("canary-reference").user_language("EN").await;
    let agreement: gocardless_bank_data::AgreementId = "canary-agreement".parse().unwrap();
    let _ = bank.agreements().accept(&agreement, "canary browser", "canary address").await;
    let _ = bank.institutions().list().country("canary").await;
}

/// Asserts that no canary was logged.
#[track_caller]
fn is_clean(case: &str, capture: &LogCapture) {
    let logged = logged(capture);
    for line in logged.lines() {
        assert!(!line.to_lowercase().contains("canary"), "{case}: {line}");
    }
}

#[tokio::test]
async fn f02_no_secret_is_logged_whatever_the_server_does() {
    let replies = [
        Answer::json(200, &person()).header("set-cookie", "canary").reply(),
        Answer::json(201, &person()).reply(),
        Answer::new(200, "canary").reply(),
        Answer::json(400, &json!({ "iban": "CANARY29", "id": "x", "status": "y" })).reply(),
        Answer::error(401, None, "canary", "canary").reply(),
        Answer::invalid_token().reply(),
        Answer::new(307, "canary").header("location", "/canary").reply(),
        Answer::new(404, "<html>canary").reply(),
        Answer::error(429, None, "canary", "try again in 99 seconds").reply(),
        Reply::steps([
            Step::Send(b"HTTP/1.1 200 canary\r\ncontent-length: 99\r\n\r\nCANARY".to_vec()),
            Step::Close,
        ]),
        Reply::close(),
        Reply::reset(),
        Reply::stall(),
    ];
    let clock = FrozenClock::freeze();
    for (at, reply) in replies.into_iter().enumerate() {
        let capture = capture();
        let server = FaultServer::start(move |request| {
            if request.is_token() { Answer::json(200, &tokens()).reply() } else { reply.clone() }
        })
        .await;
        // Only calls that are never retried, so that nothing waits.
        let bank = with_credentials().base_url(server.url()).build().unwrap();
        for (call, subject) in
            [Subject::Balances, Subject::Details, Subject::CreateRequisition].iter().enumerate()
        {
            let call =
                clock.pass_within(subject.call_for(&bank, account()), server.arrived(call + 1), 2 * HANG);
            let _ = call.await;
        }
        is_clean(&at.to_string(), &capture);
        assert!(
            capture.count("bank_data") > 0 && logged(&capture).contains("reqwest"),
            "nothing was captured"
        );
    }
}

#[tokio::test]
async fn f02_no_secret_is_logged_where_all_is_well_nor_where_the_token_is_refused() {
    for refused in [false, true] {
        let capture = capture();
        let server = FaultServer::start(move |request| {
            if request.is_token() && refused {
                Answer::json(
                    401,
                    &json!({ "detail": "canary", "secret_key": SECRET_KEY, "status_code": 401 }),
                )
                .reply()
            } else if request.is_token() {
                Answer::json(200, &tokens()).reply()
            } else {
                Answer::json(200, &person()).reply()
            }
        })
        .await;
        exercise(&with_credentials().base_url(server.url()).build().unwrap()).await;
        is_clean("plain", &capture);
    }
}

#[tokio::test]
async fn f13_each_attempt_is_a_span_with_the_names_of_opentelemetry_and_no_id_but_the_requests() {
    let server = FaultServer::api(|request| {
        let answer =
            if request.nth == 1 { Answer::json(503, &json!({})) } else { Subject::Metadata.success() };
        answer.header("x-c-uuid", format!("request-{}", request.nth)).reply()
    })
    .await;
    let bank = test_support::client(&server);
    let log = LogCapture::start();
    Subject::Metadata.call(&bank).await.unwrap();
    let text = log.text();
    let lines: Vec<_> = text.lines().skip_while(|line| !line.contains("get_account\"")).collect();
    let span = |resent: &str| {
        format!(
            r#"span bank_data otel.name=GET /api/v2/accounts/{{id}}/ otel.kind="client" operation="get_account" http.request.method="GET"{resent} url.template="/api/v2/accounts/{{id}}/" server.address="127.0.0.1" server.port={}"#,
            server.address().port()
        )
    };
    let expected = [
        &span(""),
        "record http.response.status_code=503",
        r#"record request_id="request-1""#,
        r#"record error.type="server""#,
        r#"record otel.status_code="error""#,
        &span(" http.request.resend_count=1"),
        "record http.response.status_code=200",
        r#"record request_id="request-2""#,
    ];
    let shown = lines.iter().filter(|line| line.starts_with("span bank") || line.starts_with("record "));
    assert_eq!(shown.copied().collect::<Vec<_>>(), expected, "{text}");
    assert!(!text.contains(test_support::account().as_str()), "{text}");
    let failed = log.count(r#"message=failed error.type="server""#);
    assert_eq!((failed, log.count("message=succeeded")), (1, 2), "{text}");
}

#[tokio::test]
async fn f02_no_secret_is_logged_over_tls() {
    let capture = capture();
    let authority = Authority::default();
    let server = FaultServer::start(|request| {
        Answer::json(200, &if request.is_token() { tokens() } else { person() }).reply()
    })
    .await;
    let front = TlsFront::start(&server, authority.peer("localhost")).await;
    let http = ClientBuilder::new().tls_certs_only([authority.root()]).connection_verbose(true);
    exercise(&with_credentials().base_url(front.url("localhost")).http_client(http).build().unwrap()).await;
    is_clean("tls", &capture);
    assert!(server.hits() > 0 && logged(&capture).contains("rustls"));
}

#[tokio::test]
async fn f02_no_secret_is_logged_over_http2() {
    let capture = capture();
    // On a separate thread: what the server logs about requests is not the client's doing.
    let elsewhere = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let answer = |_: &str, _| Act::Answer(Answer::new(200, "{\"account\":{\"iban\":\"CANARY29\"}}"));
    let starting = elsewhere.spawn(Http2Server::start(Settings::default(), answer));
    let server = starting.await.unwrap();
    let http = ClientBuilder::new().http2_prior_knowledge();
    let url = format!("http://{}", server.address());
    let bank = with_credentials().base_url(url).http_client(http).build().unwrap();
    exercise(&bank).await;
    is_clean("http2", &capture);
    assert!(server.hits() > 0 && logged(&capture).contains("h2::"));
    elsewhere.shutdown_background();
}

#[tokio::test]
async fn f02_verbose_connections_would_log_secrets_which_is_why_they_are_switched_off() {
    // This shows that the tests above mean something: without the client's own setting, the secret is logged.
    let capture = capture();
    let server = FaultServer::start(|_| Answer::new(200, "").reply()).await;
    gocardless_bank_data::install_cryptography();
    let http = ClientBuilder::new().connection_verbose(true).build().unwrap();
    http.get(server.url()).header("authorization", "Bearer canary-access").send().await.unwrap();
    assert!(logged(&capture).contains("canary-access"));
    LOGGED.with(|logged| *logged.borrow_mut() = None);
    let capture = self::capture();
    let http = ClientBuilder::new().connection_verbose(true);
    let bank = with_credentials().base_url(server.url()).http_client(http).build().unwrap();
    exercise(&bank).await;
    is_clean("verbose", &capture);
}
