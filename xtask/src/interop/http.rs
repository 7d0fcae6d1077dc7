//! As much HTTP as it takes to talk to the sandbox on this machine: a request with JSON, an answer with JSON.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use serde_json::Value;

/// Sends a request to `base_url`, which is `http://` and an address; null is no body.
pub(crate) fn call(
    base_url: &str,
    method: &str,
    path: &str,
    token: &str,
    body: &Value,
) -> anyhow::Result<Value> {
    let place = || format!("{method} {path} of the sandbox");
    let address =
        base_url.strip_prefix("http://").ok_or_else(|| anyhow!("{base_url} is no http:// address"))?;
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let authorization =
        if token.is_empty() { String::new() } else { format!("authorization: Bearer {token}\r\n") };
    // Of HTTP/1.0 the answer ends with the connection, and is never in chunks.
    let request = format!(
        "{method} {path} HTTP/1.0\r\nhost: {address}\r\n{authorization}content-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).with_context(place)?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).with_context(place)?;
    stream.write_all(request.as_bytes()).with_context(place)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).with_context(place)?;
    let (status, body) = split(&String::from_utf8_lossy(&answer)).with_context(place)?;
    if !(200..300).contains(&status) {
        bail!("{} answered {status}: {body}", place());
    }
    Ok(body)
}

/// The status and the body of an answer.
fn split(answer: &str) -> anyhow::Result<(u16, Value)> {
    let (head, body) =
        answer.split_once("\r\n\r\n").ok_or_else(|| anyhow!("the answer has no end of headers"))?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| anyhow!("the answer has no status"))?;
    Ok((status, serde_json::from_str(body).context("the answer is not JSON")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_a_status_and_a_body() {
        let (status, body) = split("HTTP/1.1 201 Created\r\na: b\r\n\r\n{\"c\": 1}").unwrap();
        assert_eq!((status, body), (201, serde_json::json!({ "c": 1 })));
    }

    #[test]
    fn what_is_no_answer_is_told() {
        for (answer, told) in [
            ("", "the answer has no end of headers"),
            ("HTTP/1.1\r\n\r\n{}", "the answer has no status"),
            ("HTTP/1.1 200 OK\r\n\r\n<html>", "the answer is not JSON"),
        ] {
            assert_eq!(split(answer).unwrap_err().to_string(), told);
        }
    }
}
