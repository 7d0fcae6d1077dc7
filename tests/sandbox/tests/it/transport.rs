//! Slashes, methods, unknown paths and media types, as Django and its REST framework treat them.

use gocardless_bank_data_sandbox::Operation;
use serde_json::{Value, json};

use crate::support::{Bank, Reply, member};

#[tokio::test]
async fn a_path_without_its_slash_is_redirected_for_any_method_and_without_a_token() {
    let mut bank = Bank::open().await;
    bank.token = "none".to_owned();
    for &operation in Operation::ALL {
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
async fn a_wrong_method_is_answered_with_the_right_ones() {
    let bank = Bank::open().await;
    for &operation in Operation::ALL {
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

/// Sends a body of text members in each of the three media types.
async fn in_each_media_type(bank: &Bank, path: &str, members: &[(&str, &str)]) -> [Reply; 3] {
    let url = format!("{}{path}", bank.sandbox.base_url());
    let post = || bank.http.post(&url).bearer_auth(&bank.token);
    let mut object = json!({});
    let mut parts = reqwest::multipart::Form::new();
    for (name, value) in members {
        object[*name] = json!(value);
        parts = parts.text((*name).to_owned(), (*value).to_owned());
    }
    [
        Reply::from(post().json(&object).send().await.unwrap()).await,
        Reply::from(post().form(members).send().await.unwrap()).await,
        Reply::from(post().multipart(parts).send().await.unwrap()).await,
    ]
}

#[tokio::test]
async fn both_token_operations_take_all_three() {
    let bank = Bank::open().await;
    let secrets = [("secret_id", bank.sandbox.secret_id()), ("secret_key", bank.sandbox.secret_key())];
    for pair in in_each_media_type(&bank, "/api/v2/token/new/", &secrets).await {
        let refresh = member(&pair.ok(), "/refresh");
        for renewed in in_each_media_type(&bank, "/api/v2/token/refresh/", &[("refresh", &refresh)]).await {
            assert_eq!(renewed.ok()["access_expires"], json!(86_400));
        }
    }
    for refused in
        in_each_media_type(&bank, "/api/v2/token/new/", &[("secret_id", "x"), ("secret_key", "y")]).await
    {
        refused.error(401, "Authentication failed");
    }
    for refused in in_each_media_type(&bank, "/api/v2/token/refresh/", &[]).await {
        assert_eq!(refused.field(400, "refresh"), json!(["This field is required."]));
    }
}

#[tokio::test]
async fn a_form_says_numbers_truth_and_lists_in_text() {
    let bank = Bank::open().await;
    let body = "institution_id=SANDBOXFINANCE_SFIN0000&max_historical_days=30&access_valid_for_days=&\
                access_scope=balances&access_scope=details&reconfirmation=False";
    let path = "/api/v2/agreements/enduser/";
    let agreement = bank.send("POST", path, "application/x-www-form-urlencoded", body).await.created();
    assert_eq!(agreement["max_historical_days"], json!(30));
    assert_eq!(agreement["access_valid_for_days"], json!(90));
    assert_eq!(agreement["access_scope"], json!(["balances", "details"]));

    let part = |name: &str, value: &str| {
        format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = [
        part("institution_id", "SANDBOXFINANCE_SFIN0000"),
        part("redirect", ""),
        part("account_selection", "true"),
        part("reference", "größe"),
        "--B--\r\n".to_owned(),
    ]
    .concat();
    let kind = "multipart/form-data; boundary=B";
    let requisition = bank.send("POST", "/api/v2/requisitions/", kind, body).await.created();
    assert_eq!(requisition["account_selection"], json!(true));
    assert_eq!(requisition["redirect"], Value::Null);
    assert_eq!(requisition["reference"], "größe");
}

#[tokio::test]
async fn form_members_are_checked_like_json_ones() {
    let bank = Bank::open().await;
    let kind = "application/x-www-form-urlencoded";
    let body = "institution_id=&max_historical_days=x&reconfirmation=perhaps&access_scope=payments";
    let reply = bank.send("POST", "/api/v2/agreements/enduser/", kind, body).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json["institution_id"], json!(["This field may not be blank."]));
    assert_eq!(reply.json["max_historical_days"], json!(["A valid integer is required."]));
    assert_eq!(reply.json["reconfirmation"], json!(["Must be a valid boolean."]));
    assert!(reply.json["access_scope"][0]["summary"].is_string());
    let unknown = bank.send("POST", "/api/v2/requisitions/", kind, "nonsense=1").await;
    unknown.error(400, "Unknown fields");
}

#[tokio::test]
async fn other_media_types_are_refused_and_an_empty_body_is_of_none() {
    let bank = Bank::open().await;
    for kind in
        ["text/plain", "application/xml", "application/jsonp", "multipart/mixed; boundary=B", "nonsense"]
    {
        let reply = bank.send("POST", "/api/v2/token/refresh/", kind, "{}").await;
        let body = reply.error(415, "Unsupported media type");
        assert!(member(&body, "/detail").contains(kind));
    }
    let empty = bank.send("POST", "/api/v2/token/refresh/", "text/plain", "").await;
    assert_eq!(empty.field(400, "refresh"), json!(["This field is required."]));
    let charset = bank.send("POST", "/api/v2/token/refresh/", "Application/JSON; charset=utf-8", "{}").await;
    assert_eq!(charset.status, 400);
}

#[tokio::test]
async fn broken_bodies_are_bad_requests() {
    let bank = Bank::open().await;
    let multipart = "multipart/form-data; boundary=B";
    for (kind, body, summary) in [
        ("application/json", "{", "JSON parse error"),
        ("application/json", "{} {}", "JSON parse error"),
        ("application/json", "\u{feff}{}", "JSON parse error"),
        ("application/json", "[]", "Invalid data"),
        ("application/json", "null", "Invalid data"),
        ("multipart/form-data", "x", "Multipart form parse error"),
        (multipart, "x", "Multipart form parse error"),
        (
            multipart,
            "--B\r\ncontent-disposition: form-data; name=\"refresh\"\r\n\r\nx",
            "Multipart form parse error",
        ),
    ] {
        for operation in [Operation::RefreshToken, Operation::CreateAgreement, Operation::CreateRequisition] {
            bank.send("POST", operation.path(), kind, body).await.error(400, summary);
        }
    }
}
