//! What only the clock shows: decoding 10,000 transactions and dropping them. `cargo xtask bench --only wall` runs it on a machine
//! that does nothing else, and prints the medians.

#[allow(dead_code, reason = "only one of its bodies is decoded here")]
#[path = "../src/body.rs"]
mod body;
#[allow(dead_code, reason = "nothing reads the members")]
#[path = "../src/plain.rs"]
mod plain;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use gocardless_bank_data::model::Transactions;
use gocardless_bankaccountdata::models::AccountTransactions;

/// Each as its client does it, which `src/main.rs` explains.
fn decode(criterion: &mut Criterion) {
    let body = body::transactions(10_000);
    let bytes = body.as_bytes();
    let mut group = criterion.benchmark_group("decode");
    group.bench_function("ours", |bencher| {
        bencher.iter(|| {
            let text = std::str::from_utf8(black_box(bytes)).expect("text");
            serde_json::from_str::<Transactions>(text).expect("json")
        });
    });
    group.bench_function("floor", |bencher| {
        bencher.iter(|| serde_json::from_slice::<plain::Transactions>(black_box(bytes)).expect("json"));
    });
    group.bench_function("peer", |bencher| {
        bencher.iter(|| {
            let text = String::from_utf8_lossy(black_box(bytes)).into_owned();
            serde_json::from_str::<AccountTransactions>(&text).expect("json")
        });
    });
    group.finish();
}

criterion_group!(wall, decode);
criterion_main!(wall);
