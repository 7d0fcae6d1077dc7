//! Wall time of the cases that are short enough to be repeated, with criterion. Ratios only: a figure alone says
//! something of the machine and of nothing else.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use gocardless_bank_data::model::Transactions;
use gocardless_bank_data_bench::floor::Floor;
use gocardless_bank_data_bench::ours::Ours;
use gocardless_bank_data_bench::peer::Peer;
use gocardless_bank_data_bench::subject::Subject;
use gocardless_bank_data_bench::{body, plain, serving};
use gocardless_bankaccountdata::models::AccountTransactions;

fn main() {
    let mut criterion = Criterion::default()
        .configure_from_args()
        .without_plots()
        .sample_size(30)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    decode(&mut criterion);
    call(&mut criterion);
    criterion.final_summary();
}

fn decode(criterion: &mut Criterion) {
    let body = body::transactions(10_000);
    let bytes = body.as_bytes();
    let mut group = criterion.benchmark_group("decode");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("floor", |bencher| {
        bencher.iter(|| serde_json::from_slice::<plain::Transactions>(black_box(bytes)).expect("json"));
    });
    group.bench_function("ours", |bencher| {
        bencher.iter(|| {
            let text = std::str::from_utf8(black_box(bytes)).expect("text");
            serde_json::from_str::<Transactions>(text).expect("json")
        });
    });
    group.bench_function("peer", |bencher| {
        bencher.iter(|| {
            let text = String::from_utf8_lossy(black_box(bytes)).into_owned();
            serde_json::from_str::<AccountTransactions>(&text).expect("json")
        });
    });
    group.finish();
}

fn call(criterion: &mut Criterion) {
    let server = serving::start(86_400);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut group = criterion.benchmark_group("call");
    let (floor, ours, peer) =
        (Floor::connect(server.port), Ours::connect(server.port), Peer::connect(server.port));
    group.bench_function("floor", |bencher| bencher.iter(|| runtime.block_on(floor.metadata())));
    group.bench_function("ours", |bencher| bencher.iter(|| runtime.block_on(ours.metadata())));
    group.bench_function("peer", |bencher| bencher.iter(|| runtime.block_on(peer.metadata())));
    group.finish();
}
