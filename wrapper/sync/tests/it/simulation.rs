//! A person with accounts at a bank of each profile, and a program that syncs them every day for a year and more: the ledger is
//! compared with the truth of the sandbox.
//!
//! At full scale: `SYNC_SEEDS=50 SYNC_DAYS=400 cargo test --release -p gocardless-bank-data-sync --test it simulation`; with
//! `SYNC_MIXES=300` at banks with the oddities of two profiles at once, and with `SYNC_FIRST_SEED=34` the seeds from there on.

use chrono::{Days, TimeDelta};
use gocardless_bank_data_sandbox::{BankProfile, Operation, TransactionIds};

use test_support::{Random, scale};

use crate::world::{World, start};

/// How long after the last day the bank has booked all that it will.
const QUIET_DAYS: u64 = 5;

async fn simulate(name: &str, profile: BankProfile, seed: u64, days: u64) -> Vec<String> {
    let mut world = World::new(profile, seed).await;
    world.connect().await;
    // Three weeks without a sync, somewhere in the first half.
    let gap = days / 8 + u64::try_from(world.random.below(usize::try_from(days / 4).unwrap())).unwrap();
    let mut faults = Vec::new();
    for day in 0..days + QUIET_DAYS {
        let is_gap = (gap..gap + 21).contains(&day) && day < days;
        let is_left_out = world.random.below(12) == 0 && day < days;
        if is_gap || is_left_out {
            continue;
        }
        let morning = start().checked_add_days(Days::new(day)).unwrap();
        let minutes = i64::try_from(world.random.below(240)).unwrap();
        world.advance_to(morning + TimeDelta::minutes(minutes));
        if world.has_to_connect().await {
            world.connect().await;
        }
        match world.random.below(10) {
            0 => {
                let polls = world.random.below(40);
                world.sync_in_part(polls).await;
            }
            1 => world.sync_killed(),
            _ => {}
        }
        world.sync().await;
        if day % 3 == 0 {
            world.advance_to(morning + TimeDelta::minutes(minutes + 600));
            world.sync().await;
        }
        // To compare a ledger with two years of truth takes longer than a sync.
        let found = if day % 25 == 0 || day >= days { world.faults() } else { Vec::new() };
        if !found.is_empty() {
            let sample = found.iter().take(6).cloned().collect::<Vec<_>>().join("\n  ");
            faults.push(format!("{name}, seed {seed}, day {day}: {} faults\n  {sample}", found.len()));
            break;
        }
    }
    // At the same instant nothing is due; a few hours later nothing has happened that was not seen.
    if world.sync().await != 0 {
        faults.push(format!("{name}, seed {seed}: a second run changed entries"));
    }
    if world.wrong > 0 {
        faults.push(format!("{name}, seed {seed}: {} accounts were taken for others", world.wrong));
    }
    for operation in [Operation::AccountTransactions, Operation::AccountBalances] {
        let (reads, most) = (world.reads(operation), world.syncs * world.owned.len());
        if reads > most {
            faults.push(format!(
                "{name}, seed {seed}: {reads} reads of {operation:?}, {most} expected at most"
            ));
        }
    }
    println!(
        "{name} seed {seed}: {} syncs, {} of {} processes killed, accounts {} certain {} decided, settled {:?}",
        world.syncs, world.killed_early, world.processes, world.certain, world.decided, world.settled
    );
    faults
}

/// The banks of a run: those with a name, or with `SYNC_MIXES` so many of those with the oddities of two of them.
fn profiles() -> Vec<(String, BankProfile)> {
    let named: Vec<_> = BankProfile::presets().map(|(name, profile)| (name.to_owned(), profile)).collect();
    let mixes = usize::try_from(scale("SYNC_MIXES", 0)).unwrap();
    if mixes == 0 {
        return named;
    }
    let mut pairs = Vec::new();
    for (place, (one, profile)) in named.iter().enumerate() {
        let others = named.iter().skip(place + 1);
        pairs.extend(others.map(|(other, odd)| (format!("{one}+{other}"), mixed(profile, odd))));
    }
    // Without an id nobody can distinguish a transaction that is listed twice from two equal ones.
    pairs.retain(|(_, profile)| {
        let has_ids = !matches!(
            profile.transaction_id,
            TransactionIds::Absent | TransactionIds::NotProvided(_) | TransactionIds::Placeholder(_)
        );
        profile.repeated == 0 || has_ids
    });
    let mut random = Random::new(1);
    (0..mixes.min(pairs.len())).map(|_| pairs.swap_remove(random.below(pairs.len()))).collect()
}

/// A bank with the oddities of both.
fn mixed(one: &BankProfile, other: &BankProfile) -> BankProfile {
    let (calm, mut mixed) = (BankProfile::calm().to_json(), one.to_json());
    for (name, value) in other.to_json().as_object().unwrap() {
        if *value != calm[name] {
            mixed[name] = value.clone();
        }
    }
    BankProfile::from_json(&mixed).unwrap()
}

#[test]
fn a_ledger_has_what_the_bank_has_shown_at_banks_of_every_profile() {
    let (seeds, days) = (scale("SYNC_SEEDS", 3), scale("SYNC_DAYS", 60));
    let only = std::env::var("SYNC_PROFILE").ok();
    let mut banks = profiles();
    banks.retain(|(name, _)| only.as_ref().is_none_or(|only| only == name));
    if days < 200 {
        // So that a short run has a person who connects again.
        for (_, profile) in &mut banks {
            profile.access_days = Some(profile.access_days.map_or(30, |days| days.min(30)));
        }
    }
    let runs: Vec<_> = (scale("SYNC_FIRST_SEED", 1)..=seeds)
        .flat_map(|seed| banks.iter().map(move |(name, profile)| (name, profile.clone(), seed)))
        .collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let faults = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                while let Some((name, profile, seed)) =
                    runs.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                {
                    let found = runtime.block_on(simulate(name, profile.clone(), *seed, days));
                    for fault in found {
                        println!("{fault}");
                        faults.lock().unwrap().push(fault);
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} faults in {} runs:\n{}", faults.len(), runs.len(), faults.join("\n"));
}
