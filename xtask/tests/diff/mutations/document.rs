//! What a document says of itself: security, servers, and lists that are empty.

use serde_json::{Value, json};

use crate::edit::Worst::{Breaking, Compatible, Nothing, Text};
use crate::edit::{ACCOUNT, Edit, INSTITUTIONS, TOKEN, body, check, check_after, remove, set, success};

fn each_operation(document: &mut Value, edit: impl Fn(&str, &mut Value)) {
    for (path, item) in document["paths"].as_object_mut().unwrap() {
        let operations =
            item.as_object_mut().unwrap().iter_mut().filter(|(method, _)| *method != "parameters");
        operations.for_each(|(_, operation)| edit(path, operation));
    }
}

fn scheme(document: &mut Value) -> &mut Value {
    &mut document["components"]["securitySchemes"]["jwtAuth"]
}

fn with_scheme(document: &mut Value, name: &str, scheme: Value) {
    document["components"]["securitySchemes"][name] = scheme;
}

fn key() -> Value {
    json!({ "type": "apiKey", "in": "header", "name": "X-Key" })
}

/// The scheme under another name, with something else about it.
fn rename_scheme(document: &mut Value, more: Value) {
    let mut scheme = remove(&mut document["components"]["securitySchemes"], "jwtAuth");
    set(&mut scheme, more);
    with_scheme(document, "bearerAuth", scheme);
    document["security"] = json!([{ "bearerAuth": [] }]);
}

fn server(document: &mut Value, url: impl Fn(&str) -> String) {
    let known = document["servers"][0]["url"].as_str().unwrap().to_owned();
    document["servers"][0]["url"] = json!(url(&known));
}

const SECURITY: &[Edit] = &[
    Edit(
        "security of the document restated by an operation",
        |d| d["paths"][ACCOUNT]["get"]["security"] = d["security"].clone(),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "security moved to the operations",
        |d| {
            let security = remove(d, "security");
            each_operation(d, |_, operation| operation["security"] = security.clone());
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "security moved to the operations but those of the token",
        |d| {
            let security = remove(d, "security");
            each_operation(d, |path, operation| {
                operation["security"] = if path.contains("/token/") { json!([]) } else { security.clone() };
            });
        },
        Compatible,
        Breaking,
        &["POST /api/v2/token/new/", "calls now need ", "2 changes:"],
    ),
    Edit(
        "a requirement written twice",
        |d| d["security"] = json!([{ "jwtAuth": [] }, { "jwtAuth": [] }]),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "no requirement",
        |d| drop(remove(d, "security")),
        Compatible,
        Breaking,
        &["calls now need ", "/security"],
    ),
    Edit(
        "a requirement that may be left out",
        |d| d["security"] = json!([{ "jwtAuth": [] }, {}]),
        Compatible,
        Breaking,
        &["calls now need ", "/security"],
    ),
    Edit(
        "a requirement that one operation may leave out",
        |d| d["paths"][ACCOUNT]["get"]["security"] = json!([{ "jwtAuth": [] }, {}]),
        Compatible,
        Breaking,
        &["GET /api/v2/accounts/{id}/", "calls now need "],
    ),
    Edit(
        "another scheme beside the one there is",
        |d| {
            with_scheme(d, "key", key());
            d["security"] = json!([{ "jwtAuth": [], "key": [] }]);
        },
        Breaking,
        Breaking,
        &["calls now need ", "`jwtAuth` and `key`"],
    ),
    Edit(
        "another scheme of one operation",
        |d| {
            with_scheme(d, "key", key());
            d["paths"][ACCOUNT]["get"]["security"] = json!([{ "key": [] }]);
        },
        Breaking,
        Breaking,
        &["GET /api/v2/accounts/{id}/", "calls now need "],
    ),
    Edit(
        "a scope of the scheme",
        |d| d["security"] = json!([{ "jwtAuth": ["read"] }]),
        Breaking,
        Breaking,
        &["`jwtAuth` with "],
    ),
    Edit(
        "another name of the scheme",
        |d| rename_scheme(d, json!({})),
        Compatible,
        Compatible,
        &["security scheme `bearerAuth`", "security scheme `jwtAuth`", "2 changes:"],
    ),
    Edit(
        "another name of the scheme and other words about it",
        |d| rename_scheme(d, json!({ "scheme": "Bearer", "bearerFormat": "JWS", "description": "A token." })),
        Compatible,
        Compatible,
        &["security scheme `bearerAuth`", "2 changes:"],
    ),
    Edit(
        "another name of the scheme, which is another one",
        |d| rename_scheme(d, json!({ "scheme": "basic" })),
        Breaking,
        Breaking,
        &["calls now need ", "`bearerAuth`"],
    ),
    Edit(
        "the scheme of HTTP with a capital",
        |d| scheme(d)["scheme"] = json!("Bearer"),
        Text,
        Text,
        &["security scheme `jwtAuth`: the scheme is now written"],
    ),
    Edit(
        "words about the scheme",
        |d| scheme(d)["description"] = json!("A token."),
        Text,
        Text,
        &["security scheme `jwtAuth`: the description "],
    ),
    Edit(
        "a key instead of the scheme",
        |d| *scheme(d) = key(),
        Breaking,
        Breaking,
        &["security scheme `jwtAuth`: `type`"],
    ),
];

const SERVERS: &[Edit] = &[
    Edit(
        "a host with capitals",
        |d| server(d, |url| url.replace("bank", "Bank")),
        Text,
        Text,
        &["the server is now written"],
    ),
    Edit(
        "HTTPS in capitals",
        |d| server(d, |url| url.replace("https", "HTTPS")),
        Text,
        Text,
        &["the server is now written"],
    ),
    Edit(
        "the port of HTTPS",
        |d| server(d, |url| format!("{url}:443/")),
        Text,
        Text,
        &["the server is now written"],
    ),
    Edit(
        "another port",
        |d| server(d, |url| format!("{url}:8443")),
        Breaking,
        Breaking,
        &["the server `https://"],
    ),
    Edit("a path", |d| server(d, |url| format!("{url}/v3")), Breaking, Breaking, &["the server `https://"]),
    Edit(
        "no TLS",
        |d| server(d, |url| url.replace("https", "http")),
        Breaking,
        Breaking,
        &["the server `http"],
    ),
    Edit(
        "words about a server",
        |d| d["servers"][0]["description"] = json!("Live."),
        Text,
        Text,
        &["the description is ", "/servers/0/description"],
    ),
    Edit(
        "one server more",
        |d| d["servers"].as_array_mut().unwrap().push(json!({ "url": "https://b.example" })),
        Compatible,
        Breaking,
        &["the server `https://b.example` is "],
    ),
    Edit(
        "servers of the document restated by a path and an operation",
        |d| {
            d["paths"][ACCOUNT]["servers"] = d["servers"].clone();
            d["paths"][ACCOUNT]["get"]["servers"] = d["servers"].clone();
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "other servers of one operation",
        |d| d["paths"][ACCOUNT]["get"]["servers"] = json!([{ "url": "https://b.example" }]),
        Breaking,
        Breaking,
        &["GET /api/v2/accounts/{id}/", "the server `https://b.example` is "],
    ),
    Edit(
        "other servers of one path",
        |d| d["paths"][ACCOUNT]["servers"] = json!([{ "url": "https://b.example" }]),
        Breaking,
        Breaking,
        &["/api/v2/accounts/{id}/", "the server `https://b.example` is "],
    ),
    Edit(
        "one server more for one operation",
        |d| {
            let mut servers = d["servers"].clone();
            servers.as_array_mut().unwrap().push(json!({ "url": "https://b.example" }));
            d["paths"][ACCOUNT]["get"]["servers"] = servers;
        },
        Compatible,
        Breaking,
        &["GET /api/v2/accounts/{id}/", "the server `https://b.example` is "],
    ),
    Edit(
        "servers of the document restated with another slash and other words",
        |d| {
            let url = d["servers"][0]["url"].as_str().unwrap().trim_end_matches('/').to_owned();
            d["paths"][ACCOUNT]["servers"] = json!([{ "url": format!("{url}/"), "description": "Live." }]);
            d["paths"][ACCOUNT]["get"]["servers"] = json!([{ "url": url }]);
        },
        Nothing,
        Nothing,
        &[],
    ),
];

/// Lists and objects without anything in them.
const EMPTY: &[Edit] = &[
    Edit("no links", |d| success(d, ACCOUNT)["links"] = json!({}), Nothing, Nothing, &[]),
    Edit("no headers", |d| success(d, ACCOUNT)["headers"] = json!({}), Nothing, Nothing, &[]),
    Edit("no callbacks", |d| d["paths"][TOKEN]["post"]["callbacks"] = json!({}), Nothing, Nothing, &[]),
    Edit("no parameters", |d| d["paths"][TOKEN]["post"]["parameters"] = json!([]), Nothing, Nothing, &[]),
    Edit(
        "no encoding",
        |d| body(d, TOKEN)["multipart/form-data"]["encoding"] = json!({}),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "no examples",
        |d| success(d, INSTITUTIONS)["content"]["application/json"]["examples"] = json!({}),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "no required members",
        |d| d["components"]["schemas"]["Account"]["required"] = json!([]),
        Nothing,
        Nothing,
        &[],
    ),
    Edit("no variables", |d| d["servers"][0]["variables"] = json!({}), Nothing, Nothing, &[]),
];

#[test]
fn the_name_and_the_place_of_a_security_scheme_do_not_count_and_what_it_does_counts() {
    check(SECURITY);
}

#[test]
fn a_server_in_another_spelling_is_the_same_and_another_one_is_another() {
    check(SERVERS);
    let edits =
        [Edit("another order", |d| d["servers"].as_array_mut().unwrap().reverse(), Nothing, Nothing, &[])];
    check_after(|d| d["servers"].as_array_mut().unwrap().push(json!({ "url": "https://b.example" })), &edits);
}

#[test]
fn what_is_empty_says_as_much_as_what_is_missing() {
    check(EMPTY);
}
