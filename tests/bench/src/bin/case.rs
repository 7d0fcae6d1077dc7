//! Runs one case for one subject: `case CASE SUBJECT COUNT`. Callgrind counts what happens inside `measured`.
//!
//! What warms up, connects and makes bodies stands outside of it. The server is a process of its own, so it is never
//! counted. Nothing here takes the time.

use std::hint::black_box;
use std::mem::forget;
use std::rc::Rc;
use std::time::Duration;

use gocardless_bank_data::model::Transactions;
use gocardless_bank_data_bench::floor::Floor;
use gocardless_bank_data_bench::ours::Ours;
use gocardless_bank_data_bench::peer::Peer;
use gocardless_bank_data_bench::subject::Subject;
use gocardless_bank_data_bench::{answers, body, plain, serving};
use gocardless_bankaccountdata::models::AccountTransactions;
use serde::de::IgnoredAny;
use tokio::task::LocalSet;

/// Its name is what callgrind's `--toggle-collect` looks for.
#[inline(never)]
fn measured<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [case, subject, count] = args.as_slice() else { panic!("case CASE SUBJECT COUNT") };
    let count: usize = count.parse().expect("a number");
    match (case.as_str(), subject.as_str()) {
        ("decode", subject) => decode(subject, &body::transactions(count).into_boxed_str()),
        (case, "ours") => over_the_wire::<Ours>(case, count),
        (case, "floor") => over_the_wire::<Floor>(case, count),
        (case, "peer") => over_the_wire::<Peer>(case, count),
        (_, other) => panic!("no subject {other}"),
    }
}

/// The same bytes through the types of each subject, in the way in which each reads them. Nothing is dropped, which is
/// no part of decoding.
fn decode(subject: &str, body: &str) {
    let bytes = black_box(body.as_bytes());
    // The heap is told beside it.
    eprintln!("body {}", bytes.len());
    match subject {
        // As `conclude` does.
        "ours" => forget(measured(|| {
            let text = std::str::from_utf8(bytes).expect("text");
            serde_json::from_str::<Transactions>(text).expect("json")
        })),
        // As `reqwest::Response::json` does.
        "floor" => forget(measured(|| serde_json::from_slice::<plain::Transactions>(bytes).expect("json"))),
        // As the peer does after `reqwest::Response::text`, which checks the bytes and copies them.
        "peer" => forget(measured(|| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            serde_json::from_str::<AccountTransactions>(&text).expect("json")
        })),
        "ignored" => drop(measured(|| serde_json::from_slice::<IgnoredAny>(bytes).expect("json"))),
        other => panic!("no subject {other}"),
    }
}

fn over_the_wire<S: Subject + 'static>(case: &str, count: usize) {
    let server = serving::start(if case == "expired" { 1 } else { 86_400 });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let subject = Rc::new(S::connect(server.port));
    runtime.block_on(async {
        subject.token().await;
        match case {
            // All connections are open before the count begins.
            "many" => at_once(&subject, answers::PER_PAGE).await,
            "expired" => tokio::time::sleep(Duration::from_millis(1_100)).await,
            _ => subject.metadata().await,
        }
    });
    measured(|| {
        runtime.block_on(async {
            match case {
                "call" => (0..count).fold_calls(|| subject.metadata()).await,
                "scarce" => (0..count).fold_calls(|| subject.balances()).await,
                "limited" => (0..count).fold_calls(|| subject.limited()).await,
                "refused" => (0..count).fold_calls(|| subject.refused()).await,
                "broken" => (0..count).fold_calls(|| subject.broken()).await,
                "many" | "expired" => at_once(&subject, count).await,
                "pages" => assert_eq!(subject.requisitions().await, answers::PAGES * answers::PER_PAGE),
                "transactions" => assert_eq!(subject.transactions(count).await, count),
                other => panic!("no case {other}"),
            }
        });
    });
}

/// So many callers, each a task of its own, as callers are.
async fn at_once<S: Subject + 'static>(subject: &Rc<S>, count: usize) {
    let tasks = LocalSet::new();
    for _ in 0..count {
        let subject = Rc::clone(subject);
        drop(tasks.spawn_local(async move { subject.metadata().await }));
    }
    tasks.await;
}

/// One call after the other.
trait FoldCalls: Iterator + Sized {
    async fn fold_calls<F: Future<Output = ()>>(self, call: impl Fn() -> F) {
        for _ in self {
            call().await;
        }
    }
}

impl<I: Iterator> FoldCalls for I {}
