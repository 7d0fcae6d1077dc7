//! Slashes, methods and unknown paths, as Django and its REST framework answer them.

use gocardless_bank_data_sandbox::Operation;
use serde_json::json;

use crate::support::{Bank, member};

#[tokio::test]
async fn a_path_without_its_slash_is_redirected_for_any_method_and_without_a_token() {
    let mut bank = Bank::open().await;
    bank.token = "none".to_owned();
    for operation in Operation::ALL {
        let path = operation.path().replace("{id}", "x%20y");
        let short = path.trim_end_matches('/');
        for query in ["", "?country=gb&limit=%20"] {
            let reply = bank.send(operation.method().as_str(), &format!("{short}{query}"), "", "").await;
            assert_eq!(reply.status, 301);
            assert_eq!(reply.header("location"), format!("{path}{query}"));
        }
    }
}

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let bank = Bank::open().await;
    for path in [
        "/",
        "/api",
        "/api/v2/",
        "/api/v2/accounts/",
        "/api/v2/accounts/x/y/",
        "/api/v1/requisitions/",
        "/%00/",
    ] {
        let body = bank.send("GET", path, "", "").await.error(404, "Not found.");
        assert_eq!(body, json!({ "summary": "Not found.", "detail": "Not found.", "status_code": 404 }));
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let bank = Bank::open().await;
    for operation in Operation::ALL {
        let path = operation.path().replace("{id}", "x");
        let reply = bank.send("PATCH", &path, "", "").await;
        let allow = reply.header("allow").to_owned();
        assert!(allow.split(", ").any(|method| method == operation.method()), "{operation}: {allow}");
        reply.error(405, "Method \"PATCH\" not allowed.");
        let options = bank.send("OPTIONS", &path, "", "").await;
        assert_eq!((options.status, options.header("allow")), (200, allow.as_str()));
    }
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let bank = Bank::open().await;
    let get = bank.send("GET", "/api/v2/institutions/", "", "").await;
    let head = bank.send("HEAD", "/api/v2/institutions/", "", "").await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.text.len().to_string());
}

#[tokio::test]
async fn an_escaped_id_is_unescaped_once() {
    let bank = Bank::open().await;
    let body = bank.send("GET", "/api/v2/accounts/a%2520b/", "", "").await.error(400, "Invalid Account ID");
    assert!(member(&body, "/detail").starts_with("a%20b "));
}
