//! Do many processes keep the limits of one company together, whatever happens to them and to their engine?
//!
//! `cargo test` runs a small number of processes. `README.md` has the commands for all of them, and what they measured.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a panic in a test is its report"
)]

use std::collections::HashMap;
use std::time::Duration;

use fleet::{Engine, Fleet, Judge};
use gocardless_bank_data::{AccessScope, BankData, Credentials};
use gocardless_bank_data_redis::RedisState;
use gocardless_bank_data_sandbox::{Fault, Limits, Operation, Preset, Sandbox};
use gocardless_bank_data_sqlite::SqliteState;
use test_support::{Random, block_until, run_seed, scale};

const WORKER: &str = env!("CARGO_BIN_EXE_worker");
const HOUR: Duration = Duration::from_secs(3_600);
const READS: &[Operation] =
    &[Operation::AccountBalances, Operation::AccountDetails, Operation::AccountTransactions];

fn processes() -> usize {
    usize::try_from(scale("FLEET_PROCESSES", 6)).unwrap()
}

fn sandbox() -> Sandbox {
    Sandbox::builder().limits(Limits::documented()).start_blocking().unwrap()
}

/// Links so many accounts, with a client that shares its state with nobody, and forgets that it was there.
fn accounts(sandbox: &Sandbox, accounts: usize) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ids = runtime.block_on(async {
        let bank = BankData::builder(Credentials::new(sandbox.secret_id(), sandbox.secret_key()))
            .base_url(sandbox.base_url())
            .build()
            .unwrap();
        let mut ids = Vec::new();
        while ids.len() < accounts {
            let created = bank.requisitions().create(test_support::institution(), "https://example.org/back");
            let requisition = created.await.unwrap();
            ids.extend(sandbox.link(&requisition.id.unwrap()).unwrap());
        }
        ids
    });
    // Its token and its calls are not the fleet's.
    sandbox.clock().advance(2 * HOUR);
    sandbox.clear_requests();
    ids
}

fn fleet(processes: usize, sandbox: &Sandbox, engine: &Engine) -> Fleet {
    Fleet::new(WORKER, processes, sandbox, sandbox.secret_key(), &engine.argument())
}

/// Begins the state with a process that is started alone, so that the fleet that follows does not take it for one that
/// was lost.
fn begin(sandbox: &Sandbox, engine: &Engine) {
    drop(fleet(1, sandbox, engine).start("once").lines());
}

/// Waits for a request of this operation.
fn arrived(sandbox: &Sandbox, operation: Operation, times: usize) {
    block_until(|| sandbox.hits(operation) >= times);
}

#[test]
fn the_month_of_a_fleet_keeps_every_limit_with_two_obtains_and_a_refresh_a_day() {
    let (processes, days) = (processes(), scale("FLEET_DAYS", 2));
    for engine in Engine::all() {
        let (seed, sandbox) = (run_seed("FLEET_SEED"), sandbox());
        let accounts = accounts(&sandbox, 6);
        begin(&sandbox, &engine);
        let mut fleet = fleet(processes, &sandbox, &engine);
        let (mut random, mut judge) = (Random::new(seed), Judge::default());
        for hour in 0..24 * days {
            sandbox.faults().clear();
            // Every few hours the bank of an account fails, and another one's answers get lost.
            let unwell = random.one_of(&accounts).clone();
            match random.below(3) {
                0 => {
                    for operation in READS {
                        let fault = Fault::preset(Preset::UnknownRequestError).on(*operation);
                        sandbox.faults().add(fault.account(&unwell).always());
                    }
                }
                1 => {
                    sandbox.faults().add(Fault::reset().on(*random.one_of(READS)).commit());
                }
                _ => {}
            }
            let mut workers: Vec<_> = (0..processes)
                .map(|_| fleet.start(&format!("reads:4:{}:{}", random.below(1_000_000), accounts.join(","))))
                .collect();
            if random.one_in(4) {
                let victim = random.below(processes);
                workers.remove(victim).kill();
            }
            if random.one_in(6) {
                engine.pause(Duration::from_millis(300));
            }
            for worker in workers {
                drop(worker.lines());
            }
            judge.record(&sandbox.requests());
            judge.assert_limits(&format!("{engine}, seed {seed}, hour {hour}"));
            sandbox.clear_requests();
            fleet.advance(&sandbox, HOUR);
        }
        let (obtains, refreshes) = judge.tokens();
        let most = usize::try_from(days).unwrap() + 1;
        assert!(obtains <= 2 && refreshes <= most, "{engine}: {obtains} obtains, {refreshes} refreshes");
        println!(
            "{engine}: {processes} processes, {days} days: {:?}, {:?} tokens",
            judge.most(),
            judge.tokens()
        );
    }
}

#[test]
fn a_fleet_with_more_work_than_places_has_no_call_refused_and_no_process_starves() {
    let processes = processes();
    for engine in Engine::all() {
        let sandbox = sandbox();
        let account = accounts(&sandbox, 1).remove(0);
        begin(&sandbox, &engine);
        let fleet = fleet(processes, &sandbox, &engine);
        // Together more than the 90 of a minute, so that some have to wait, and each ends all the same. No more than the
        // service's 100, so that a machine that is late with many of them does not matter.
        let calls = 96 / processes.min(96);
        let workers: Vec<_> =
            (0..processes).map(|_| fleet.start(&format!("until:{calls}:{account}"))).collect();
        for worker in workers {
            drop(worker.lines());
        }
        let mut judge = Judge::default();
        judge.record(&sandbox.requests());
        judge.assert_limits(&engine);
        assert_eq!(judge.most().limited, 0, "{engine}: {:?}", judge.most());
    }
}

#[test]
#[ignore = "it measures the machine: FLEET_MINUTES=60 cargo test --release -p fleet -- --ignored"]
fn in_as_many_minutes_as_are_asked_for_a_busy_fleet_uses_the_budget() {
    let (processes, minutes) = (processes(), scale("FLEET_MINUTES", 1));
    for engine in Engine::all() {
        let sandbox = sandbox();
        let account = accounts(&sandbox, 1).remove(0);
        begin(&sandbox, &engine);
        let fleet = fleet(processes, &sandbox, &engine);
        let seconds = 60 * minutes + 2;
        let workers: Vec<_> =
            (0..processes).map(|_| fleet.start(&format!("busy:{seconds}:{account}"))).collect();
        let (mut judge, mut sent) = (Judge::default(), Vec::new());
        for worker in workers {
            sent.push(worker.lines().iter().filter(|line| line.starts_with("ok")).count());
        }
        judge.record(&sandbox.requests());
        let (most, calls) = (judge.most(), sent.iter().sum::<usize>());
        let budget = 90 * usize::try_from(minutes).unwrap();
        println!("{engine}: {processes} processes, {minutes} min: {calls} of {budget}, {sent:?}, {most:?}");
        judge.assert_limits(&engine);
        assert_eq!(most.limited, 0, "{engine}: {most:?}");
        assert!(100 * calls >= 95 * budget, "{engine}: {calls} of {budget}");
        assert!(sent.iter().all(|calls| *calls > 0) || processes > budget, "{engine}: {sent:?}");
    }
}

#[test]
fn a_wrong_secret_costs_the_whole_fleet_one_try_and_one_after_each_pause() {
    for engine in Engine::all() {
        let sandbox = sandbox();
        let mut fleet = Fleet::new(WORKER, processes(), &sandbox, "wrong", &engine.argument());
        for tries in 1..=3 {
            let workers: Vec<_> = (0..processes()).map(|_| fleet.start("once")).collect();
            for worker in workers {
                assert!(worker.lines().iter().all(|line| line.contains("CredentialsRejected")));
            }
            assert_eq!(sandbox.hits(Operation::ObtainToken), tries, "{engine}");
            fleet.advance(&sandbox, HOUR);
        }
        println!("{engine}: {} processes with a wrong secret, 3 hours: 3 tries", processes());
    }
}

#[test]
fn a_holder_that_is_stopped_beyond_its_lease_costs_one_more_token_and_its_late_one_is_refused() {
    for engine in Engine::all() {
        let sandbox = sandbox();
        let account = accounts(&sandbox, 1).remove(0);
        let fleet = fleet(2, &sandbox, &engine);
        // Longer than it takes to stop the process, shorter than its patience.
        sandbox.faults().add(Fault::delay(Duration::from_secs(4)).on(Operation::ObtainToken));
        let holder = fleet.start(&format!("busy:1:{account}"));
        arrived(&sandbox, Operation::ObtainToken, 1);
        holder.signal("STOP");
        // It waits for the lease of the holder, and then asks itself.
        let other = fleet.start(&format!("reads:1:1:{account}"));
        assert!(other.lines().iter().all(|line| line.starts_with("ok")));
        assert_eq!(sandbox.hits(Operation::ObtainToken), 2, "{engine}");
        holder.signal("CONT");
        drop(holder.lines());
        drop(fleet.start(&format!("reads:1:1:{account}")).lines());
        assert_eq!(sandbox.hits(Operation::ObtainToken), 2, "{engine}: both tokens were good");
    }
}

#[test]
fn an_engine_that_is_restarted_empty_receives_what_the_processes_know() {
    for mut engine in Engine::all() {
        let sandbox = sandbox();
        let account = accounts(&sandbox, 1).remove(0);
        begin(&sandbox, &engine);
        let fleet = fleet(4, &sandbox, &engine);
        let mut workers: Vec<_> = (0..3).map(|_| fleet.start(&format!("busy:15:{account}"))).collect();
        // Whether its first call got a place in the budget or not, it has its token by then.
        for worker in &mut workers {
            let line = worker.line();
            assert!(line.starts_with("ok") || line.starts_with("budget"), "{line}");
        }
        arrived(&sandbox, Operation::AccountMetadata, 45);
        engine.restart();
        // This one knows nothing, and may be the first to write.
        workers.push(fleet.start(&format!("busy:10:{account}")));
        for worker in workers {
            drop(worker.lines());
        }
        let mut judge = Judge::default();
        judge.record(&sandbox.requests());
        judge.assert_limits(&engine);
        // Those at work have their token in hand, and the new one needs another.
        assert!(matches!(judge.tokens(), (1 | 2, 0)), "{engine}: {:?}", judge.tokens());
        println!("{engine}, restarted empty: {:?}", judge.most());
    }
}

/// The service then gets the budget of the others and the part of the one that is cut off: with ten processes 99 of 100.
#[test]
fn a_process_that_is_cut_off_from_the_engine_uses_no_more_than_its_part() {
    for engine in Engine::all() {
        let Some(proxy) = engine.proxy() else { continue };
        let sandbox = sandbox();
        let account = accounts(&sandbox, 1).remove(0);
        begin(&sandbox, &engine);
        let (near, far) = (engine.argument(), proxy.url());
        let start = |state: &str| {
            let fleet = Fleet::new(WORKER, 10, &sandbox, sandbox.secret_key(), state);
            let worker = fleet.start(&format!("busy:15:{account}"));
            (fleet, worker)
        };
        // The one that will be cut off has the token of all before that.
        let mut first = start(&far);
        let line = first.1.line();
        assert!(line.starts_with("ok"), "{line}");
        let workers = [first, start(&near), start(&near)];
        arrived(&sandbox, Operation::AccountMetadata, 20);
        proxy.cut();
        for (fleet, worker) in workers {
            drop(worker.lines());
            drop(fleet);
        }
        let mut judge = Judge::default();
        judge.record(&sandbox.requests());
        judge.assert_limits(&engine);
        assert_eq!((judge.most().limited, judge.tokens()), (0, (1, 0)), "{engine}");
    }
}

#[test]
fn b05_whatever_a_killed_process_had_settled_is_kept_and_the_state_stays_whole() {
    for engine in Engine::all() {
        let (seed, sandbox) = (run_seed("FLEET_SEED"), sandbox());
        let accounts = accounts(&sandbox, 4);
        let mut fleet = fleet(1, &sandbox, &engine);
        let (mut random, mut settled) = (Random::new(seed), HashMap::<String, u64>::new());
        for round in 0..scale("FLEET_KILLS", 12) {
            let work = format!("reads:20:{}:{}", random.below(1_000_000), accounts.join(","));
            let mut worker = fleet.start(&work);
            let requests = seen(&sandbox) + random.below(12);
            worker.kill_when(|| seen(&sandbox) >= requests);
            for line in worker.lines_until_end() {
                if let Some(read) = line.strip_prefix("ok ") {
                    *settled.entry(read.to_owned()).or_default() += 1;
                }
            }
            if round % 12 == 11 {
                must_know(&sandbox, &engine, &settled, &format!("{engine}, seed {seed}, round {round}"));
                fleet.advance(&sandbox, 25 * HOUR);
                settled.clear();
            }
        }
        let mut judge = Judge::default();
        judge.record(&sandbox.requests());
        assert!(judge.most().reads <= 4, "{engine}, seed {seed}: {:?}", judge.most());
    }
}

/// How many requests of a worker came.
fn seen(sandbox: &Sandbox) -> usize {
    READS.iter().chain([&Operation::ObtainToken]).map(|operation| sandbox.hits(*operation)).sum()
}

/// Checks that a client that starts now knows of these reads.
fn must_know(sandbox: &Sandbox, engine: &Engine, settled: &HashMap<String, u64>, what: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let builder = BankData::builder(Credentials::new(sandbox.secret_id(), sandbox.secret_key()))
            .base_url(sandbox.base_url())
            .clock(sandbox.clock().as_client_clock());
        let argument = engine.argument();
        let bank = match argument.strip_prefix("sqlite:") {
            Some(file) => builder.state(SqliteState::open(file).unwrap()),
            None => builder.state(RedisState::connect(&argument).await.unwrap()),
        };
        let bank = bank.build().unwrap();
        for (read, times) in settled {
            let (account, kind) = read.split_once(' ').unwrap();
            let scope = AccessScope::from(kind);
            let quota =
                bank.account(account.parse::<gocardless_bank_data::AccountId>().unwrap()).quota(&scope).await;
            let left = quota.and_then(|quota| quota.remaining).unwrap();
            assert!(left <= 4_u64.saturating_sub(*times), "{what}: {read}: {times} settled, {left} left");
        }
    });
}

#[cfg(unix)]
#[test]
fn b04_a_file_of_state_is_private_and_one_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = test_support::Directory::default();
    let file = directory.file("state.sqlite");
    drop(SqliteState::open(&file).unwrap());
    let mode = |file: &std::path::Path| std::fs::metadata(file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(SqliteState::open(&file).is_err());
}
