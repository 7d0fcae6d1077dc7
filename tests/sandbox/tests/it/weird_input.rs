//! Input that no sane client sends: it never causes a 5xx, and the connection survives.

use gocardless_bank_data_sandbox::{Operation, Sandbox};
use serde_json::{Value, json};

use crate::support::{Bank, Raw, RawEnd};

fn odd_values() -> Vec<Value> {
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(1e308),
        json!(""),
        json!("\0"),
        json!("\u{202e}{id}{scope}"),
        json!("x".repeat(100_000)),
        json!([]),
        json!({}),
        json!([{ "a": [] }]),
        deep,
    ]
}

#[tokio::test]
async fn odd_members_are_refused_or_accepted_but_never_break_anything() {
    let bank = Bank::open().await;
    let creates: [(Operation, &[&str]); 4] = [
        (Operation::ObtainToken, &["secret_id", "secret_key"]),
        (Operation::RefreshToken, &["refresh"]),
        (
            Operation::CreateAgreement,
            &[
                "institution_id",
                "max_historical_days",
                "access_valid_for_days",
                "access_scope",
                "reconfirmation",
            ],
        ),
        (
            Operation::CreateRequisition,
            &[
                "redirect",
                "institution_id",
                "agreement",
                "reference",
                "user_language",
                "ssn",
                "account_selection",
                "redirect_immediate",
            ],
        ),
    ];
    for (operation, members) in creates {
        for member in members {
            for value in odd_values() {
                let mut body = json!({ "redirect": null, "institution_id": "SANDBOXFINANCE_SFIN0000" });
                body[*member] = value;
                // `call` checks that the status is declared and the body has a known form.
                let reply = bank.call(operation, "", &body).await;
                assert!(reply.status < 500, "{member}: {}", reply.text);
            }
        }
    }
}

#[tokio::test]
async fn odd_json_is_a_bad_request() {
    let bank = Bank::open().await;
    let nested = "[".repeat(100_000);
    for body in [
        b"\xff\xfe{\0}\0".as_slice(),
        b"{\"institution_id\": \"\xff\"}",
        b"{\"institution_id\": \"\\ud800\"}",
        b"{\"max_historical_days\": 1e999}",
        b"{\"max_historical_days\": NaN}",
        nested.as_bytes(),
        b"\0",
    ] {
        bank.send("POST", "/api/v2/agreements/enduser/", "application/json", body.to_vec())
            .await
            .error(400, "JSON parse");
    }
    let twice = r#"{"institution_id": "NOBANK", "institution_id": "SANDBOXFINANCE_SFIN0000"}"#;
    bank.send("POST", "/api/v2/agreements/enduser/", "application/json", twice).await.created();
}

#[tokio::test]
async fn odd_paths_and_queries_are_refused_gently() {
    let bank = Bank::open().await;
    for &operation in Operation::ALL {
        for id in
            ["%00", "%ff%fe", "..", "%2e%2e%2f", "%2F", "a%2fb", "%", "%zz", "{id}", "%F0%9F%92%B0", "'\"<>"]
        {
            for query in
                ["", "?%00=%ff", "?date_from=%ff&country=%00&limit=%00", "?&&==&", "?limit=1&limit=2"]
            {
                let path = operation.path().replace("{id}", id);
                let reply = bank.send(operation.method().as_str(), &format!("{path}{query}"), "", "").await;
                assert!(reply.status < 500, "{path}{query}: {}", reply.status);
                let (long, path) = ("x".repeat(20_000), operation.path());
                let path = path.replace("{id}", &long);
                assert!(bank.send(operation.method().as_str(), &path, "", "").await.status < 500);
            }
        }
    }
}

#[tokio::test]
async fn odd_forms_are_refused_gently() {
    let bank = Bank::open().await;
    for (kind, body) in [
        ("application/x-www-form-urlencoded", b"%ff=%00&institution_id=%ff&&=".as_slice()),
        ("application/x-www-form-urlencoded", b"\0\xff"),
        ("multipart/form-data; boundary=\"", b"x"),
        ("multipart/form-data; boundary=B", b"--B\r\n\r\n\xff\r\n--B--\r\n"),
        ("multipart/form-data; boundary=B", b"--B\r\ncontent-disposition: form-data\r\n\r\n\r\n--B--\r\n"),
    ] {
        for operation in [Operation::ObtainToken, Operation::CreateAgreement, Operation::CreateRequisition] {
            let reply = bank.send("POST", operation.path(), kind, body.to_vec()).await;
            assert!((400..500).contains(&reply.status), "{kind}: {}", reply.status);
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let bank = Bank::open().await;
    let body = vec![b' '; 3_000_000];
    let url = format!("{}/api/v2/agreements/enduser/", bank.sandbox.base_url());
    let sent =
        bank.http.post(url).bearer_auth(&bank.token).header("content-type", "application/json").body(body);
    // The server may have closed before all was sent; then there is no answer to read.
    if let Ok(response) = sent.send().await {
        assert_eq!(response.status(), 400);
    }
    bank.get(Operation::ListAgreements, "").await.ok();
}

#[test]
fn bytes_that_are_not_http_end_their_own_connection_only() {
    let sandbox = Sandbox::start_blocking().unwrap();
    for bytes in [b"\x16\x03\x01\x02\0".as_slice(), b"GET / HTTP/9.9\r\n\r\n", b"\0\0\0\0\r\n\r\n"] {
        let mut raw = Raw::connect(&sandbox);
        raw.send(bytes);
        let (_, end) = raw.read_to_end();
        assert_ne!(end, RawEnd::Open);
    }
    for (method, target) in
        [("BREW", "/api/v2/token/new/"), ("GET", "*"), ("OPTIONS", "*"), ("GET", "http://x/api/v2/")]
    {
        let mut raw = Raw::connect(&sandbox);
        raw.send(format!("{method} {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes());
        let (bytes, _) = raw.read_to_end();
        assert!(bytes.starts_with(b"HTTP/1.1 4"), "{target}: {}", String::from_utf8_lossy(&bytes));
    }
}
