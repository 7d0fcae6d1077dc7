//! Runs one case for one client: `CASE CLIENT COUNT`. Callgrind counts the instructions of `measured`.
//!
//! Warming up, connecting and preparing bodies happens outside of it, and the server is another process: `serve SECONDS`.
//! Nothing here measures time. `cargo xtask bench` runs it all.

mod answers;
mod body;
mod floor;
mod ours;
mod peer;
mod plain;
mod server;
mod subject;

use std::hint::black_box;
use std::mem::forget;
use std::rc::Rc;
use std::time::Duration;

use gocardless_bank_data::model::Transactions;
use gocardless_bankaccountdata::models::AccountTransactions;
use tokio::task::LocalSet;

use floor::Floor;
use ours::Ours;
use peer::Peer;
use subject::Subject;

/// Its name is what callgrind's `--toggle-collect` looks for.
#[inline(never)]
fn measured<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse().expect("a number");
    match args[..] {
        ["serve", seconds] => server::run(number(seconds)).expect("the server runs until its input ends"),
        ["decode", subject, count] => decode(subject, &body::transactions(number(count)).into_boxed_str()),
        [case, "ours", count] => over_the_wire::<Ours>(case, number(count)),
        [case, "floor", count] => over_the_wire::<Floor>(case, number(count)),
        [case, "peer", count] => over_the_wire::<Peer>(case, number(count)),
        _ => panic!("arguments: CASE ours|floor|peer COUNT, or serve SECONDS"),
    }
}

/// The same bytes decoded into the types of each subject, the way each does it. Nothing is dropped: that is not decoding.
fn decode(subject: &str, body: &str) {
    let bytes = black_box(body.as_bytes());
    // `cargo xtask bench` subtracts it from the peak of the heap.
    eprintln!("body of {} bytes", bytes.len());
    match subject {
        // As the pipeline does.
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
        other => panic!("no subject {other}"),
    }
}

fn over_the_wire<S: Subject + 'static>(case: &str, count: usize) {
    let server = server::start(if case == "expired" { 1 } else { 86_400 });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let subject = Rc::new(S::connect(server.port));
    runtime.block_on(async {
        subject.token().await;
        match case {
            // All connections are open before the count begins.
            "many" => at_once(&subject, answers::PER_PAGE).await,
            "expired" => tokio::time::sleep(Duration::from_millis(1_100)).await,
            "paced" => (0..100).fold_calls(|| subject.paced()).await,
            _ => subject.metadata().await,
        }
    });
    measured(|| {
        runtime.block_on(async {
            match case {
                "call" => (0..count).fold_calls(|| subject.metadata()).await,
                "paced" => (0..count).fold_calls(|| subject.paced()).await,
                "metered" => (0..count).fold_calls(|| subject.balances()).await,
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

/// Calls by `count` tasks at once.
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
