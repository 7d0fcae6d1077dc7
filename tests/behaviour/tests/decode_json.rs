//! Is unusual or invalid JSON either read as the contract allows, or rejected with its path and without its content?

use gocardless_bank_data::error::{DecodeError, DecodeReason};
use gocardless_bank_data::model::{AccountDetailsResponse, Transactions};
use gocardless_bank_data::{ApiErrorKind, Error, UnreadPart};
use serde_json::json;
use test_support::{Answer, FaultServer, Subject, account, builder, client};

/// The result of reading details with this body. It is sent once, and the body is kept whatever it is.
async fn details(body: impl Into<Vec<u8>>) -> Result<AccountDetailsResponse, Error> {
    let (body, answer) = {
        let body = body.into();
        (body.clone(), Answer::new(200, body))
    };
    let server = FaultServer::api(move |_| answer.reply()).await;
    let outcome = client(&server).account(account()).details().send().await;
    assert_eq!(server.hits(), 1);
    match outcome {
        Ok(response) => {
            assert_eq!(response.body(), &body);
            Ok(response.into_value())
        }
        Err(error) => {
            let kept = error.body().is_some_and(|kept| *kept == body);
            assert!(kept, "{:?}", error.body());
            Err(error)
        }
    }
}

#[track_caller]
fn decode(error: &Error) -> &DecodeError {
    let Error::Decode(decode) = error else { panic!("{error:?}") };
    decode
}

#[tokio::test]
async fn d11_bytes_that_are_not_json_text_are_refused_and_kept() {
    let utf16: Vec<u8> = "{\"account\":{}}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8]); 3] = [
        ("a bare nul", b"{\"account\":{\"iban\":\"\x00\"}}"),
        ("a bare line break", b"{\"account\":{\"iban\":\"\n\"}}"),
        ("utf-16", &utf16),
    ];
    for (case, body) in cases {
        let error = details(body).await.unwrap_err();
        assert_eq!(decode(&error).reason(), DecodeReason::Syntax, "{case}");
    }
}

#[tokio::test]
async fn d11_bytes_that_are_not_text_cost_their_characters_and_a_byte_order_mark_nothing() {
    let cases: [(&str, &[u8], &str); 4] = [
        ("invalid utf-8", b"{\"account\":{\"iban\":\"a\xff\",\"bban\":\"1\"}}", "a\u{fffd}"),
        ("half a letter", b"{\"account\":{\"iban\":\"a\xc3\",\"bban\":\"1\"}}", "a\u{fffd}"),
        ("a lone surrogate", b"{\"account\":{\"iban\":\"a\\ud800\",\"bban\":\"1\"}}", "a\u{fffd}"),
        ("a byte order mark", b"\xef\xbb\xbf{\"account\":{\"iban\":\"a\",\"bban\":\"1\"}}", "a"),
    ];
    for (case, body, iban) in cases {
        let read = details(body).await.unwrap();
        assert_eq!(
            (read.account.iban.as_deref(), read.account.bban.as_deref()),
            (Some(iban), Some("1")),
            "{case}"
        );
        let places: Vec<_> = read.unread.iter().map(UnreadPart::path).collect();
        assert_eq!(places.len(), usize::from(iban != "a"), "{case}: {places:?}");
    }
}

#[tokio::test]
async fn d11_texts_that_are_odd_and_json_are_kept_as_they_came() {
    for text in ["\u{0}", "\u{feff}x", "\u{202e}x", "\u{ffff}", "\u{1f3e6}", "\u{ffff}\u{10ffff}"] {
        let read = details(json!({ "account": { "iban": text } }).to_string()).await.unwrap();
        assert_eq!(read.account.iban.as_deref(), Some(text));
    }
}

/// A transaction with an array or object nested this deep in a member.
fn nested(member: &str, levels: usize, (open, close): (&str, &str)) -> String {
    let value = format!("{}1{}", open.repeat(levels), close.repeat(levels));
    let rest = "\"transactionAmount\":{\"amount\":\"1\",\"currency\":\"EUR\"}";
    format!("{{\"transactions\":{{\"booked\":[{{\"{member}\":{value},{rest}}}]}}}}")
}

async fn transactions(body: String) -> Result<Transactions, Error> {
    let server = FaultServer::api(move |_| Answer::new(200, body.clone()).reply()).await;
    client(&server).account(account()).transactions().await
}

#[tokio::test]
async fn d15_nesting_without_end_is_kept_as_text_and_ends_no_stack() {
    // Tests have a stack of 2 MiB, and this one is built without optimisation.
    for form in [("[", "]"), ("{\"a\":", "}")] {
        // Unknown members are skipped without recursion.
        for levels in [100, 127, 128, 100_000] {
            transactions(nested("unknown", levels, form)).await.unwrap();
        }
        // Members that are kept as they came are parsed, up to 128 levels including those around them; deeper ones have text there.
        let kept = transactions(nested("additionalDataStructured", 100, form)).await.unwrap();
        drop(kept.clone());
        assert!(serde_json::to_string(&kept).unwrap().contains(&form.0.repeat(100)));
        for levels in [127, 128, 100_000] {
            let read = transactions(nested("additionalDataStructured", levels, form)).await.unwrap();
            let [part] = &*read.unread else { panic!("{levels}: {:?}", read.unread) };
            assert_eq!(part.reason(), "is nested too deeply, and its JSON is kept as text");
            assert!(part.json().as_str().unwrap().starts_with(form.0), "{levels}");
            let body = format!("{}1{}", form.0.repeat(levels), form.1.repeat(levels));
            let server = FaultServer::api(move |_| Answer::new(400, body.clone()).reply()).await;
            let error = Subject::Details.call(&client(&server)).await.unwrap_err();
            assert_eq!(error.kind(), Some(ApiErrorKind::InvalidInput), "{levels}");
        }
    }
}

#[tokio::test]
async fn d16_of_a_member_that_comes_twice_the_last_one_counts_and_the_first_is_reported_in_data() {
    let read = details("{\"account\":{\"iban\":\"A\",\"iban\":\"B\"}}").await.unwrap();
    assert_eq!(read.account.iban.as_deref(), Some("B"));
    let parts: Vec<_> = read.unread.iter().map(|part| (part.path(), part.json().as_str())).collect();
    assert_eq!(parts, [("account.iban", Some("A"))]);
    // Members that the contract does not know may be repeated.
    let read = details("{\"account\":{\"iban\":\"A\",\"x\":1,\"x\":2},\"y\":1,\"y\":2}").await.unwrap();
    assert_eq!(read.unread.len(), 0, "{read:?}");
    let body = "{\"summary\":\"first\",\"summary\":\"last\",\"type\":\"A\",\"type\":\"AccessExpiredError\"}";
    let server = FaultServer::api(move |_| Answer::new(401, body).reply()).await;
    let error = Subject::Details.call(&client(&server)).await.unwrap_err();
    assert_eq!(error.api().unwrap().summary(), Some("last"));
    assert_eq!(error.kind(), Some(ApiErrorKind::ConsentExpired));
}

#[tokio::test]
async fn d17_what_comes_after_the_json_or_is_none_is_refused() {
    for body in [
        "{\"account\":{}}x",
        "{\"account\":{}}{\"account\":{}}",
        "{\"account\":{}},",
        "{\"account\":{}}\0",
        "{\"account\":{\"x\":NaN}}",
        "{\"account\":{\"x\":Infinity}}",
        "{\"account\":{\"x\":01}}",
        "{\"account\":{\"x\":+1}}",
        "{\"account\":{\"x\":.5}}",
        "{\"account\":{},}",
        "{\"account\":{} /* x */}",
        "// x\n{\"account\":{}}",
        "{'account':{}}",
        "{account:{}}",
        "callback({\"account\":{}})",
    ] {
        let error = details(body).await.unwrap_err();
        assert_eq!(decode(&error).reason(), DecodeReason::Syntax, "{body}");
    }
    details(" \r\n\t{\"account\":{}}\r\n \t").await.unwrap();
}

#[test]
fn d19_a_hundred_thousand_transactions_are_read_in_one_list() {
    // About a second of work. If it grew with the square of their number, this would hang.
    let one =
        "{\"transactionId\":\"1\",\"transactionAmount\":{\"amount\":\"-1.00\",\"currency\":\"EUR\"},\"x\":1}";
    let body = format!("{{\"transactions\":{{\"booked\":[{}]}}}}", vec![one; 100_000].join(","));
    let read: Transactions = serde_json::from_str(&body).unwrap();
    assert_eq!(read.transactions.booked.len(), 100_000);
}

#[tokio::test]
async fn d19_a_list_that_is_empty_null_or_missing_is_an_empty_list() {
    for body in [
        json!({ "transactions": { "booked": [], "pending": [] } }),
        json!({ "transactions": { "booked": null, "pending": null } }),
        json!({ "transactions": {} }),
        json!({ "transactions": null }),
        json!({ "transactions": [], "last_updated": null }),
    ] {
        let answer = Answer::json(200, &body);
        let server = FaultServer::api(move |_| answer.reply()).await;
        let read = client(&server).account(account()).transactions().await.unwrap();
        assert_eq!((read.transactions.booked.len(), read.transactions.pending.len()), (0, 0), "{body}");
    }
}

#[tokio::test]
async fn d20_an_access_token_that_is_not_text_is_reported_by_its_place_and_not_shown() {
    let good = json!({
        "access": "token-access", "access_expires": 86_400, "refresh": "token-refresh", "refresh_expires": 2_592_000,
    });
    for wrong in [json!(["token-access", "x"]), json!({ "token": "token-access" }), json!(null), json!("")] {
        let mut body = good.clone();
        body["access"] = wrong.clone();
        let server = FaultServer::start(move |_| Answer::json(200, &body).reply()).await;
        let bank = builder(&server).build().unwrap();
        let error = Subject::Balances.call(&bank).await.unwrap_err();
        let Error::Auth(auth) = &error else { panic!("{wrong}: {error:?}") };
        let decode = decode(auth.cause());
        assert_eq!((decode.reason(), decode.path()), (DecodeReason::Shape, Some("access")), "{wrong}");
        assert!(decode.body().is_empty());
        let pair = bank.tokens().obtain().await.unwrap();
        let shown = format!("{error} {error:?} {error:#?} {pair:?}");
        assert!(!shown.contains("token-"), "{shown}");
        assert!(std::error::Error::source(&error).is_none());
    }
}

#[tokio::test]
async fn d20_any_other_odd_member_of_a_token_answer_costs_itself_and_the_call_is_made() {
    let good = json!({
        "access": "token-access", "access_expires": 86_400, "refresh": "token-refresh", "refresh_expires": 2_592_000,
    });
    for (member, wrong) in [
        ("access_expires", json!("token-access")),
        ("access_expires", json!([])),
        ("refresh", json!([["token-refresh"]])),
        ("refresh", json!(7)),
        ("refresh_expires", json!({ "token-refresh": 1 })),
    ] {
        let mut body = good.clone();
        body[member] = wrong.clone();
        let server = FaultServer::start(move |request| {
            if request.is_token() {
                Answer::json(200, &body).reply()
            } else {
                Subject::Balances.success().reply()
            }
        })
        .await;
        let bank = builder(&server).build().unwrap();
        Subject::Balances.call(&bank).await.unwrap_or_else(|error| panic!("{member} as {wrong}: {error:?}"));
        let pair = bank.tokens().obtain().await.unwrap();
        assert!(!format!("{pair:?}").contains("token-"), "{pair:?}");
    }
}

#[tokio::test]
async fn d21_what_could_not_be_read_is_reported_by_its_place_and_never_shown() {
    let odd = [
        (json!({ "iban": { "GL3343697694912188": 1 } }), "account.iban"),
        (json!({ "ownerName": [[3_343_697_694_912_188_u64]] }), "account.ownerName"),
        (json!({ "cashAccountType": [false, true] }), "account.cashAccountType"),
    ];
    // Where nothing else could be read either, it is not an account without data.
    let nothing = [
        (json!("GL3343697694912188"), "account"),
        (json!(["GL3343697694912188", "GL3343697694912188"]), "account"),
    ];
    for (account, path) in odd.iter().chain(&nothing) {
        let error = details(json!({ "account": account }).to_string()).await.unwrap_err();
        let error = decode(&error);
        assert_eq!((error.reason(), error.path()), (DecodeReason::Shape, Some(*path)), "{account}");
        let shown = format!("{error} {error:#} {error:?} {error:#?}");
        assert!(!shown.contains("3343697694912188") && !shown.contains("false"), "{shown}");
    }
    for (account, path) in odd {
        let mut body = json!({ "account": account });
        body["account"]["currency"] = json!("EUR");
        let read = details(body.to_string()).await.unwrap();
        let places: Vec<_> = read.unread.iter().map(UnreadPart::path).collect();
        assert_eq!(places, [path], "{body}");
        let shown = format!("{read:?} {read:#?} {}", read.unread.iter().next().unwrap());
        assert!(!shown.contains("3343697694912188") && !shown.contains("false"), "{shown}");
        assert!(shown.contains(path));
    }
    // Numbers are read as the text that they are.
    let read = details("{\"account\":{\"iban\":3343697694912188}}").await.unwrap();
    assert_eq!(read.account.iban.as_deref(), Some("3343697694912188"));
    let error = details("{\"acct\":\"GL3343697694912188\"}").await.unwrap_err();
    let shown = format!("{error} {error:#} {error:?} {error:#?}");
    assert!(decode(&error).reason() == DecodeReason::Shape && !shown.contains("3343697694912188"), "{shown}");
}

#[tokio::test]
async fn d23_the_content_type_counts_for_nothing_where_the_body_is_json() {
    for content_type in [
        None,
        Some("application/json"),
        Some("text/plain"),
        Some("text/html; charset=utf-8"),
        Some("application/json; charset=utf-16"),
        Some("application/octet-stream"),
        Some(""),
        Some("\u{e4}"),
    ] {
        let answer = Answer::new(200, "{\"account\":{\"ownerName\":\"\u{e4}\"}}");
        let answer = match content_type {
            Some(text) => answer.header("content-type", text),
            None => answer,
        };
        let server = FaultServer::api(move |_| answer.reply()).await;
        let read = client(&server).account(account()).details().await.unwrap();
        assert_eq!(read.account.owner_name.as_deref(), Some("\u{e4}"), "{content_type:?}");
    }
}
