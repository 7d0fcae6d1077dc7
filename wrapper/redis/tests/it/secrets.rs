//! Users, passwords, and that neither is shown.

use gocardless_bank_data_redis::RedisState;
use gocardless_bank_data_runtime::state::StateStore as _;
use test_support::counting::{self, count, key};

use crate::{Server, Tell as _, open, patient};

/// The rights that the documentation of the package names.
pub(crate) const RIGHTS: &str = "ACL SETUSER bank-data on >canary-pass ~bank-data:* +@connection +evalsha +script|load +get \
                      +set +del +time";

/// The URL of a server for this user.
pub(crate) fn url(server: &Server, user: &str) -> String {
    format!("redis://{user}@127.0.0.1:{}", server.port())
}

#[tokio::test]
async fn a_user_with_the_documented_rights_can_do_all_and_no_more() {
    let Some(server) = Server::start() else { return };
    let documentation = include_str!("../../src/lib.rs").replace(">password", ">canary-pass");
    assert!(documentation.contains(RIGHTS));
    server.command::<()>(RIGHTS);
    let state = open(&url(&server, "bank-data:canary-pass")).await;
    for expected in 1..=2 {
        assert_eq!(count(&state, &[key("a"), key("b")]).await, [expected; 2]);
        server.command::<()>("SCRIPT FLUSH");
    }
    for (taken, given) in [("-set", "+set"), ("-del", "+del"), ("resetkeys ~other:*", "~bank-data:*")] {
        server.command::<()>(&format!("ACL SETUSER bank-data {taken}"));
        let error = patient(RedisState::builder(&url(&server, "bank-data:canary-pass"))).connect().await;
        let error = error.unwrap_err().to_string();
        assert!(error.contains("the documentation of this package lists its rights"), "{taken}: {error}");
        server.command::<()>(&format!("ACL SETUSER bank-data {given}"));
    }
    server.command::<()>("ACL SETUSER bank-data -set");
    let error = state.compare_and_swap(&[counting::change(&key("c"), 0, "x", counting::HOUR)]).await;
    let error = error.unwrap_err().to_string();
    assert!(error.contains("the documentation of this package lists its rights"), "{error}");
}

#[tokio::test]
async fn a_wrong_password_is_said_to_be_refused_and_not_shown() {
    let Some(server) = Server::start() else { return };
    server.command::<()>(RIGHTS);
    for user in ["bank-data:canary-wrong", "canary-nobody:canary-pass"] {
        let error = patient(RedisState::builder(&url(&server, user))).connect().await.unwrap_err();
        let expected =
            format!("redis at 127.0.0.1:{}: the server refuses the user or the password", server.port());
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    }
    server.command::<()>("CONFIG SET requirepass canary-pass");
    let error = RedisState::connect(&server.url()).await.unwrap_err().to_string();
    assert!(error.ends_with(": the server refuses the user or the password"), "{error}");
    open(&url(&server, ":canary-pass")).await;
}

#[tokio::test]
async fn nothing_that_is_printed_holds_the_password() {
    let urls =
        ["redis://user:canary@localhost/0", "redis://canary@localhost", "rediss://:canary@localhost:7000"];
    for url in urls {
        let builders =
            || [RedisState::builder(url), RedisState::cluster([url]), RedisState::sentinel([url], url)];
        for builder in builders() {
            assert!(!format!("{builder:?}").contains("canary"), "{builder:?}");
        }
        for builder in builders() {
            let state = builder.connect_lazily().unwrap();
            assert!(
                !format!("{state:?}").contains("canary") && format!("{state:?}").contains("localhost"),
                "{state:?}"
            );
        }
    }
    for broken in [
        "canary",
        "http://canary@host",
        "redis://u:canary@",
        "redis://u:canary@host/canary",
        "redis://[canary",
    ] {
        let error = RedisState::connect(broken).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
        assert!(error.to_string().starts_with("redis: the URL cannot be read: "), "{error}");
    }
    let none = RedisState::cluster::<&str>([]).connect_lazily().unwrap_err().to_string();
    assert_eq!(none, "redis: no URL was given");
}
