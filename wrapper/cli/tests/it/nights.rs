//! `bank-data sync` by cron, night after night.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::world::{Linking, World};

const DAY: Duration = Duration::from_secs(86_400);

/// Syncs each night, renews when `consents` or `sync` ask for it, and compares the ledger and an export that was added to each
/// night with the truth.
fn nights(count: u32) {
    let world = World::linked();
    let mut renewed = 0;
    for night in 0..count {
        // Other runs of the day are by the clock of the machine, which stands still beside the sandbox's.
        for name in ["state.sqlite", "state.sqlite-wal", "state.sqlite-shm"] {
            let _ = std::fs::remove_file(world.file("default").join(name));
        }
        let ran = world.run(&["sync"]);
        if ran.code == 4 {
            let mut linking = Linking::start(&world, &["renew", "--no-callback"]);
            world.sandbox.link(linking.requisition()).unwrap();
            linking.end().ends(0);
            world.run(&["sync"]).ends(0);
            renewed += 1;
        } else {
            ran.ends(0);
        }
        world.run(&["export", "--format", "csv", "--append", "bank.csv"]).ends(0);
        if night + 1 < count {
            world.sandbox.clock().advance(DAY);
        }
    }
    assert_eq!(renewed, count / 91, "consents of 90 days");
    let accounts = world.run(&["accounts", "--json"]).ends(0).json();
    let accounts = accounts["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2, "{accounts:?}");
    let file = std::fs::read_to_string(world.file("bank.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    for account in accounts {
        let number = account["account"].to_string();
        let truth = world.sandbox.truth(account["id"].as_str().unwrap()).unwrap();
        // What the bank has shown as booked, by day and amount, with how often.
        let mut expected: BTreeMap<(String, String), usize> = BTreeMap::new();
        for one in truth.transactions.iter().filter(|one| one.shown_as == Some("booked")) {
            let key = (one.booked.unwrap().to_string(), one.amount.clone());
            *expected.entry(key).or_default() += 1;
        }
        let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| row[1] == number) {
            *found.entry((row[4].to_owned(), row[6].to_owned())).or_default() += 1;
        }
        assert_eq!(found, expected, "account {number}");
    }
}

#[test]
fn some_nights_with_a_consent_that_ends_make_a_ledger_without_duplicate_or_gap() {
    nights(100);
}

/// `cargo test -p gocardless-bank-data-cli -- --ignored a_year`
#[test]
#[ignore = "a minute or more of processes"]
fn a_year_of_nights_makes_a_ledger_without_duplicate_or_gap() {
    nights(365);
}
