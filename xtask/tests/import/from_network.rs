//! Documents from a server: what is taken, and what leaves every file as it is.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::json;

use crate::server::{answering, redirect, whole};
use crate::tree::Tree;
use crate::vendor::current;

#[test]
fn a_good_document_is_imported_and_its_url_noted() {
    let tree = Tree::generated("import-good");
    let mut document = current();
    document["paths"]["/api/v2/token/new/"]["post"]["operationId"] = json!("JWT Obtain");
    let body = document.to_string();
    let url = answering(move |stream, request| {
        assert!(request.starts_with("GET /api/v2/swagger.json HTTP/1.1\r\n"), "{request}");
        whole(stream, "200 OK", body.as_bytes());
    });
    let answer = tree.run(&["import", &url]);
    assert_eq!(answer.code, Some(4), "{answer:?}");
    assert!(
        answer.err.starts_with("fetched ") && answer.out.contains("the operation id is now `JWT Obtain`"),
        "{answer:?}"
    );
    assert!(tree.read("openapi/contract.json").contains(&format!("vendor OpenAPI from {url}")));
}

#[test]
fn yaml_is_taken_as_well() {
    let tree = Tree::generated("import-yaml");
    // JSON is YAML but for its first character, which says which of them it is.
    let yaml = format!("---\n{}", current());
    let url = answering(move |stream, _| whole(stream, "200 OK", yaml.as_bytes()));
    let answer = tree.run(&["import", &url.replace("swagger.json", "schema")]);
    assert_eq!((answer.code, answer.out.lines().next()), (Some(0), Some("no change")), "{answer:?}");
}

/// Imports what `answer` sends, and asserts that it is refused in one sentence and changes nothing.
fn unchanged(name: &str, answer: impl Fn(&mut TcpStream, &str) + Send + 'static, parts: &[&str]) {
    let tree = Tree::generated(name);
    let before = tree.files("");
    let url = answering(answer);
    let result = tree.run(&["import", &url, "--timeout", "5"]);
    assert_eq!(result.code, Some(2), "{result:?}");
    let refusal: Vec<&str> = result.err.lines().filter(|line| !line.starts_with("fetched ")).collect();
    assert_eq!(refusal.len(), 1, "{result:?}");
    assert!(refusal[0].starts_with(&url) && !refusal[0].contains("panicked"), "{result:?}");
    for part in parts {
        assert!(refusal[0].contains(part), "`{part}` is not in {result:?}");
    }
    assert_eq!(result.out, "");
    assert_eq!(tree.files(""), before, "a refused document changed a file");
}

#[test]
fn what_is_not_there_changes_nothing() {
    unchanged(
        "import-404",
        |stream, _| whole(stream, "404 Not Found", b"{}"),
        &["responds with 404 Not Found"],
    );
    unchanged(
        "import-500",
        |stream, _| whole(stream, "503 Service Unavailable", b""),
        &["responds with 503"],
    );
    unchanged("import-204", |stream, _| whole(stream, "204 No Content", b""), &["responds with 204"]);
}

#[test]
fn what_is_compressed_unasked_changes_nothing() {
    unchanged(
        "import-gzip",
        |stream, _| {
            let head =
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\nconnection: close\r\n\r\n";
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&[0x1f, 0x8b]));
        },
        &["is compressed with gzip"],
    );
}

#[test]
fn what_is_too_large_is_not_read_to_its_end() {
    unchanged(
        "import-endless",
        |stream, _| {
            let part = vec![b' '; 1024 * 1024];
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
            while stream.write_all(&part).is_ok() {}
        },
        &["is larger than 16 MiB"],
    );
    unchanged(
        "import-announced",
        |stream, _| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{");
        },
        &["is larger than 16 MiB"],
    );
}

const OTHER_API: &str = r#"{
    "openapi": "3.0.0", "info": { "title": "Pets", "version": "1" },
    "paths": { "/pets": { "get": { "operationId": "pets", "responses": { "200": { "description": "All." } } } } }
}"#;

#[test]
fn what_is_not_an_openapi_document_changes_nothing() {
    for (name, body, part) in [
        ("import-html", "<!doctype html>", "is a web page or XML"),
        ("import-json", "{\"summary\":\"Not found.\"}", "/openapi: is missing"),
        ("import-text", "nothing to see", "is not JSON"),
        ("import-swagger", "{\"swagger\":\"2.0\"}", "this is Swagger 2.0"),
        ("import-31", "{\"openapi\":\"3.1.0\"}", "this is OpenAPI `3.1.0`"),
        ("import-empty", "", "is empty"),
        ("import-other", OTHER_API, "has no operation in common with openapi/contract.json"),
    ] {
        unchanged(name, move |stream, _| whole(stream, "200 OK", body.as_bytes()), &[part]);
    }
}

#[test]
fn what_is_cut_short_changes_nothing() {
    let half = |body: String| body.get(..body.len() / 2).unwrap().to_owned();
    let text = half(current().to_string());
    unchanged(
        "import-cut",
        move |stream, _| {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", text.len() * 2);
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(text.as_bytes()));
        },
        &["ends before it is complete"],
    );
    let text = half(current().to_string());
    unchanged(
        "import-cut-chunk",
        move |stream, _| {
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            let _ = write!(stream, "{head}{:x}\r\n{text}\r\n", text.len());
        },
        &["ends before it is complete"],
    );
    // Without any length the end of the connection is the end of the text, which is then no JSON.
    let text = half(current().to_string());
    unchanged(
        "import-cut-silently",
        move |stream, _| {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{text}");
        },
        &["is not JSON"],
    );
}

#[test]
fn a_server_that_never_answers_is_a_timeout() {
    let silent = |stream: &mut TcpStream, _: &str| {
        // Until the client has closed the connection.
        let _ = stream.read(&mut [0]);
    };
    let tree = Tree::generated("import-silent");
    let before = tree.files("");
    let answer = tree.run(&["import", &answering(silent), "--timeout", "1"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("cannot be fetched (it took too long)"), "{answer:?}");
    assert_eq!(tree.files(""), before);
}

#[test]
fn a_redirect_without_tls_is_not_followed() {
    for (name, to) in [
        ("import-to-https", "https://127.0.0.1:1/"),
        ("import-to-http", "http://127.0.0.1:1/"),
        ("import-to-path", "/elsewhere"),
        ("import-to-nowhere", ""),
    ] {
        unchanged(name, move |stream, _| redirect(stream, to), &["responds with 302 Found"]);
    }
}

#[test]
fn a_url_that_may_not_be_fetched_is_refused() {
    let tree = Tree::generated("import-url");
    for (url, part) in [
        ("http://bank.example/swagger.json", "is not `https`"),
        ("ftp://127.0.0.1/swagger.json", "is not `https`"),
        ("https://me:secret@bank.example/", "holds credentials"),
        ("https://", "is not valid"),
        ("http://127.0.0.1:1/", "cannot be fetched (connection refused)"),
        ("none.json", "cannot be read (no such file or directory)"),
    ] {
        let answer = tree.run(&["import", url]);
        assert_eq!(answer.code, Some(2), "{answer:?}");
        assert!(answer.err.contains(part) && answer.err.lines().count() == 1, "{answer:?}");
        assert!(!answer.err.contains("secret"), "{answer:?}");
    }
}
