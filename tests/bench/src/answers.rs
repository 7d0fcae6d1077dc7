//! The responses of the server, head and body, by path.

use std::collections::HashMap;

use crate::body;

/// The account that all cases ask about.
pub const ACCOUNT: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
/// An account whose responses are 429.
pub const LIMITED: &str = "00000000-0000-4000-8000-000000000429";
/// The number of pages of requisitions, and of requisitions on each.
pub const PAGES: usize = 100;
pub const PER_PAGE: usize = 100;

const JSON: &str = "application/json";

/// All responses, by path and query. The first access token is valid for `lifetime` seconds.
pub fn all(lifetime: usize) -> HashMap<String, Vec<u8>> {
    let mut all = HashMap::new();
    let mut put = |path: String, status: &str, kind: &str, more: &str, body: &str| {
        let mut answer = head(status, kind, body.len(), more);
        answer.extend_from_slice(body.as_bytes());
        all.insert(path, answer);
    };
    let pair = format!(
        r#"{{"access":"eyJ.access.1","access_expires":{lifetime},"refresh":"eyJ.refresh.1","refresh_expires":2592000}}"#
    );
    put("/api/v2/token/new/".into(), "200 OK", JSON, "", &pair);
    let refreshed = r#"{"access":"eyJ.access.2","access_expires":86400}"#;
    put("/api/v2/token/refresh/".into(), "200 OK", JSON, "", refreshed);
    put(format!("/api/v2/accounts/{ACCOUNT}/"), "200 OK", JSON, "", body::ACCOUNT_METADATA);
    put(format!("/api/v2/accounts/{ACCOUNT}/balances/"), "200 OK", JSON, ACCOUNT_LIMITS, body::BALANCES);
    for count in [100, 10_000, 100_000] {
        put(
            format!("/api/v2/accounts/{}/transactions/", body::account_with(count)),
            "200 OK",
            JSON,
            ACCOUNT_LIMITS,
            &body::transactions(count),
        );
    }
    for page in 0..PAGES {
        let (offset, body) = (page * PER_PAGE, body::requisitions(page, PER_PAGE, PAGES * PER_PAGE));
        let path = format!("/api/v2/requisitions/?limit={PER_PAGE}");
        if page == 0 {
            put(path.clone(), "200 OK", JSON, "", &body);
        }
        put(format!("{path}&offset={offset}"), "200 OK", JSON, "", &body);
    }
    put(
        format!("/api/v2/accounts/{LIMITED}/"),
        "429 Too Many Requests",
        JSON,
        "",
        r#"{"summary":"Rate limit exceeded","detail":"The rate limit for this resource is 100/minute. Please try again in 59 seconds","status_code":429}"#,
    );
    put("/api/v2/requisitions/".into(), "400 Bad Request", JSON, "", FIELD_MAP);
    put("/api/v2/agreements/enduser/".into(), "502 Bad Gateway", "text/html", "", HTML);
    all
}

const FIELD_MAP: &str = r#"{"institution_id":{"summary":"Unknown Institution ID NO_BANK","detail":"Get Institution IDs from /institutions/?country={COUNTRY_CODE}"},"status_code":400}"#;

const HTML: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

const ACCOUNT_LIMITS: &str = "http_x_ratelimit_account_success_limit: 4000000\r\nhttp_x_ratelimit_account_success_remaining: 3999999\r\nhttp_x_ratelimit_account_success_reset: 86307\r\n";

/// The head of a response, with the headers that every response of the service has.
pub fn head(status: &str, kind: &str, length: usize, more: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nDate: Fri, 06 Jun 2025 10:00:00 GMT\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Connection: keep-alive\r\nx-c-uuid: 5f8a3c1e-0d5b-4a55-9a54-6d3c0a1f7b11\r\nAllow: GET, HEAD, OPTIONS\r\n\
         http_x_ratelimit_limit: 100\r\nhttp_x_ratelimit_remaining: 99\r\nhttp_x_ratelimit_reset: 59\r\n\
         X-Frame-Options: DENY\r\nVary: accept, Accept-Language\r\nX-Content-Type-Options: nosniff\r\n{more}\r\n"
    )
    .into_bytes()
}
