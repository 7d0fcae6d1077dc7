//! What a sync costs in a large ledger. A measurement, not a test:
//! `cargo test --release -p gocardless-bank-data-sync --test it scale -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, Utc};
use gocardless_bank_data::model::Transactions;
use gocardless_bank_data_sync::{
    AccountFacts, AccountKey, Answer, Consent, EntrySettings, Ids, Known, Ledger as _, LedgerAccount,
    LedgerChange, ReadRecord, SqliteLedger, Standing, State, Window, known_from, reconcile,
};
use serde_json::{Value, json};

const ENTRIES_OF_AN_ACCOUNT: u64 = 1_000;

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap()
}

/// Two entries a day from the first day on.
fn transactions(from: u64, to: u64) -> Transactions {
    let entry = |number: u64| -> Value {
        json!({
            "transactionId": format!("id-{number}"),
            "bookingDate": (first_day() + Days::new(number / 2)).to_string(),
            "transactionAmount": { "amount": format!("-{}.{:02}", 1 + number % 90, number % 100), "currency": "EUR" },
            "creditorName": format!("Shop {}", number % 40),
            "remittanceInformationUnstructured": format!("PAYMENT SHOP {} REFERENCE {number}", number % 40),
        })
    };
    let booked: Vec<Value> = (from..to).map(entry).collect();
    serde_json::from_value(json!({ "transactions": { "booked": booked, "pending": [] } })).unwrap()
}

fn account() -> LedgerAccount {
    LedgerAccount {
        key: AccountKey(0),
        version: 0,
        person: String::new(),
        facts: AccountFacts::default(),
        requisition: None,
        consent: Consent { agreement: None, begins: Some(Utc::now()), access_days: 90, history_days: 90 },
        covers: [true; 3],
        bank_days: None,
        standing: Standing::Active,
        reads: [ReadRecord::default(), ReadRecord::default(), ReadRecord::default()],
        gap: None,
        undated: false,
    }
}

/// Reads an answer into an account.
fn sync(
    ledger: &SqliteLedger,
    key: AccountKey,
    transactions: &Transactions,
    from: Option<NaiveDate>,
) -> usize {
    let account = ledger.account(key).unwrap().unwrap();
    let window = Window { from, gap: None };
    let answer = Answer::read(transactions, &EntrySettings::default());
    let known = ledger.known(key, known_from(&window, &answer)).unwrap();
    let changes = reconcile(&known, &answer, &window, Utc::now().date_naive());
    let entries = Some((&answer, &changes));
    assert!(
        ledger.write(&LedgerChange { account: &account, at: Utc::now(), entries, balances: None }).unwrap()
    );
    changes.added.len()
}

/// The median time of a sync that brings 20 entries, in a ledger of so many accounts.
fn median(accounts: i64) -> Duration {
    let directory = test_support::Directory::default();
    let ledger = SqliteLedger::open(directory.file("ledger.sqlite")).unwrap();
    let first = transactions(0, ENTRIES_OF_AN_ACCOUNT);
    for _ in 0..accounts {
        let key = ledger.add_account(&account()).unwrap();
        assert_eq!(sync(&ledger, key, &first, None), 1_000);
    }
    let window = first_day() + Days::new(ENTRIES_OF_AN_ACCOUNT / 2 - 14);
    let mut times: Vec<Duration> = (0..200)
        .map(|round: i64| {
            // Ten accounts in turn, far from each other in the large ledger.
            let key = AccountKey(1 + round % 10 * (accounts / 10));
            let news = 20 * (1 + u64::try_from(round / 10).unwrap());
            let answer = transactions(ENTRIES_OF_AN_ACCOUNT - 28, ENTRIES_OF_AN_ACCOUNT + news);
            let begin = Instant::now();
            let added = sync(&ledger, key, &answer, Some(window));
            let time = begin.elapsed();
            assert_eq!(added, 20);
            time
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

#[test]
#[ignore = "a measurement, for the release build"]
fn a_sync_takes_as_long_in_a_ledger_of_a_million_entries_as_in_one_of_ten_thousand() {
    // Once to warm up.
    median(10);
    let (small, large) = (median(10), median(1_000));
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    println!("10,000 entries: {small:?}, 1,000,000 entries: {large:?}, ratio {ratio:.2}");
}

/// For callgrind, which counts the instructions of `reconcile` alone; `docs/sync.md` has the command and the figures.
#[test]
#[ignore = "a measurement, for the release build"]
fn reconciling_takes_time_in_proportion_to_the_entries() {
    let count: u64 = std::env::var("SYNC_ENTRIES").map_or(1_000, |text| text.parse().unwrap());
    let answer = Answer::read(&transactions(0, count), &EntrySettings::default());
    let known: Vec<Known> = answer
        .entries()
        .iter()
        .enumerate()
        .map(|(place, found)| Known {
            key: found.identity.key.clone(),
            entry: found.entry.clone(),
            // Every second one came without an id before.
            ids: if place % 2 == 0 { found.ids.clone() } else { Ids::default() },
            state: State::Booked,
            fingerprint: found.fingerprint(),
            first_seen: first_day(),
            since: first_day(),
            was_pending: false,
            missing: false,
            beside: None,
        })
        .collect();
    let changes = reconcile(&known, &answer, &Window::default(), first_day());
    assert_eq!(changes.unchanged.len(), known.len());
}
