//! The engine: what it reads, what it leaves, and what becomes of failures.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta, Utc};
use futures_util::StreamExt as _;
use gocardless_bank_data::{BankData, Credentials, RequisitionStatus};
use gocardless_bank_data_sandbox::{BankProfile, Fault, LinkOutcome, Operation, Preset};
use gocardless_bank_data_sync::{
    AccountKey, Consent, ConsentEnd, Edges, EntryFilter, Event, Failure, Finding, Kind, Known, Ledger,
    LedgerAccount, LedgerChange, LedgerError, LedgerSync, Patience, ReadOutcome, ReadRecord, Reason,
    Recognised, SqliteLedger, Standing, State, SyncError, WaitError, When, find_by_reference, renew,
    wait_until_linked, wait_until_ready,
};
use serde_json::{Value, json};

use crate::world::{INSTITUTION, World, start};

const AT_ONCE: Patience =
    Patience { first_pause: Duration::ZERO, longest_pause: Duration::ZERO, total: Duration::ZERO };

async fn run(world: &World) -> Vec<Event> {
    world.engine().run().collect().await
}

/// A person whose only account has these transactions, and has connected.
async fn world_of(transactions: Value) -> World {
    let mut world = World::new(BankProfile::calm(), 1).await;
    let account = world
        .sandbox
        .put_account(INSTITUTION, json!({ "only": true, "iban": "GL3343697694912188" }))
        .unwrap();
    world.sandbox.put_transactions(&account, transactions).unwrap();
    world.connect().await;
    world
}

fn transaction(state: &str, more: &Value) -> Value {
    let mut transaction = json!({
        "state": state,
        "transactionAmount": { "amount": "-5.00", "currency": "EUR" },
        "remittanceInformationUnstructured": "CORNER CAFE",
    });
    transaction.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    transaction
}

/// So many days after the start.
fn at_day(world: &World, day: i64) {
    world.advance_to(start() + TimeDelta::days(day));
}

fn failures(events: &[Event]) -> usize {
    events
        .iter()
        .filter(|event| matches!(event, Event::Read { outcome: ReadOutcome::Failed { .. }, .. }))
        .count()
}

#[tokio::test]
async fn an_account_that_fails_stops_no_other_and_is_not_read_until_its_instant() {
    let mut world = World::new(BankProfile::calm(), 1).await;
    world.connect().await;
    let accounts = world.ledger.accounts().unwrap();
    let first = accounts[0].id().unwrap().to_string();
    let fault = Fault::preset(Preset::BankLimit).account(&first).on(Operation::AccountTransactions);
    world.sandbox.faults().add(fault);

    let events = run(&world).await;
    assert_eq!(failures(&events), 1, "{events:?}");
    let Some(Event::Done(summary)) = events.last() else { panic!("{events:?}") };
    assert_eq!((summary.succeeded, summary.failed), (3, 1));
    let health = world.engine().health().await.unwrap();
    assert!(health[0].findings.iter().any(|finding| matches!(finding, Finding::Failing(..))), "{health:?}");
    assert!(health[1].findings.is_empty(), "{health:?}");

    let hits = world.sandbox.hits(Operation::AccountTransactions);
    let events = run(&world).await;
    let waits = events.iter().any(|event| {
        matches!(event, Event::NotRead { when: When::At(_, Reason::Waiting), account, .. } if *account == accounts[0].key)
    });
    assert!(waits, "{events:?}");
    assert_eq!(world.sandbox.hits(Operation::AccountTransactions), hits);

    world.sandbox.clock().advance(Duration::from_secs(86_400));
    assert_eq!(failures(&run(&world).await), 0);
    assert!(world.faults().is_empty(), "{:?}", world.faults());
}

#[tokio::test]
async fn reads_of_one_kind_that_are_used_up_stop_no_other_kind() {
    let mut world = World::new(BankProfile::calm(), 1).await;
    world.connect().await;
    let account = world.ledger.accounts().unwrap().remove(0);
    let id = account.id().unwrap().to_string();
    let fault = Fault::preset(Preset::AccountLimit).account(&id).on(Operation::AccountTransactions);
    world.sandbox.faults().add(fault);
    assert_eq!(failures(&run(&world).await), 1);

    world.sandbox.clock().advance(Duration::from_secs(6 * 3600));
    let events = run(&world).await;
    let balances = events.iter().any(|event| {
        matches!(event, Event::Read { outcome: ReadOutcome::Balances(_), account: key, .. } if *key == account.key)
    });
    let waits = events.iter().any(|event| {
        matches!(event, Event::NotRead { when: When::At(_, Reason::NoReadLeft), account: key, .. } if *key == account.key)
    });
    assert!(balances && waits, "{events:?}");
}

#[tokio::test]
async fn a_consent_that_was_withdrawn_ends_the_reads_of_its_account_until_it_is_connected_again() {
    let mut world = World::new(BankProfile::calm(), 2).await;
    world.connect().await;
    let account = world.ledger.accounts().unwrap().remove(0);
    let id = account.id().unwrap().to_string();
    world.sandbox.faults().add(Fault::preset(Preset::AccessExpired).account(&id).always());
    run(&world).await;
    let account = world.ledger.account(account.key).unwrap().unwrap();
    assert_eq!(account.standing, Standing::Ended(ConsentEnd::Expired));
    let hits = world.sandbox.requests().len();
    let events = run(&world).await;
    assert!(
        events.iter().any(|event| matches!(event, Event::NotRead { when: When::Never(Reason::Stopped), .. })),
        "{events:?}"
    );
    assert_eq!(world.sandbox.requests().len(), hits);

    world.connect().await;
    assert_eq!(failures(&run(&world).await), 0);
    assert!(world.faults().is_empty(), "{:?}", world.faults());
}

#[tokio::test]
async fn an_account_that_is_forgotten_while_it_is_read_stays_so_and_is_not_read_again() {
    let mut world = World::new(BankProfile::calm(), 2).await;
    world.connect().await;
    let account = world.ledger.accounts().unwrap().remove(0);
    let id = account.id().unwrap().to_string();
    world.sandbox.faults().add(Fault::preset(Preset::AccessExpired).account(&id).always());
    let ledger = Overtaken::before(Step::Edges, &world, |ledger, account| {
        account.standing = Standing::Forgotten;
        let change = LedgerChange { account, at: Utc::now(), entries: None, balances: None };
        assert!(ledger.write(&change).unwrap());
    });
    let engine = LedgerSync::new(world.bank().clone(), ledger).clock(world.sandbox.clock().as_client_clock());
    let events: Vec<Event> = engine.run_accounts(vec![account.key]).collect().await;
    assert!(failures(&events) > 0, "{events:?}");
    assert_eq!(world.ledger.account(account.key).unwrap().unwrap().standing, Standing::Forgotten);
    let of_it = |event: &Event| matches!(event, Event::Read { account: key, .. } | Event::NotRead { account: key, .. } if *key == account.key);
    let events = run(&world).await;
    assert!(!events.iter().any(of_it), "{events:?}");
    let health = world.engine().health().await.unwrap();
    assert!(health.iter().all(|one| one.account != account.key), "{health:?}");
}

#[tokio::test]
async fn wrong_credentials_end_a_run_at_once() {
    let mut world = World::new(BankProfile::calm(), 3).await;
    world.connect().await;
    world.sandbox.faults().add(Fault::preset(Preset::IpDenied).always());
    let events = run(&world).await;
    let stops = events.iter().filter(|event| matches!(event, Event::Stopped(SyncError::Call(_)))).count();
    assert_eq!(stops, 1, "{events:?}");
    let reads =
        world.sandbox.hits(Operation::AccountTransactions) + world.sandbox.hits(Operation::AccountBalances);
    assert!(reads <= 2, "the accounts that were begun together, and no other: {reads}");
}

#[tokio::test]
async fn a_limit_that_does_not_say_when_it_ends_is_left_to_a_later_run() {
    let mut world = World::new(BankProfile::calm(), 5).await;
    world.connect().await;
    let id = world.ledger.accounts().unwrap()[0].id().unwrap().to_string();
    let fault = Fault::preset(Preset::EdgeLimit).account(&id).on(Operation::AccountTransactions);
    world.sandbox.faults().add(fault.always());
    assert_eq!(failures(&run(&world).await), 1);
    assert_eq!(world.sandbox.hits(Operation::AccountTransactions), 2, "one of each account");
}

#[tokio::test]
async fn no_read_of_details_is_spent_while_the_metadata_cannot_be_had() {
    let mut world = World::new(BankProfile::calm(), 6).await;
    world.connect().await;
    let hits = world.sandbox.hits(Operation::AccountDetails);
    world.sandbox.clock().advance(Duration::from_secs(40 * 86_400));
    world
        .sandbox
        .faults()
        .add(Fault::preset(Preset::NoAccountMatches).on(Operation::AccountMetadata).always());
    assert_eq!(failures(&run(&world).await), 2);
    assert_eq!(world.sandbox.hits(Operation::AccountDetails), hits);
}

#[tokio::test]
async fn a_scope_that_is_not_covered_is_not_asked_for_again() {
    let mut world = World::new(BankProfile::calm(), 7).await;
    world.connect().await;
    world.sandbox.faults().add(Fault::preset(Preset::AccessScope).on(Operation::AccountBalances).always());
    assert_eq!(failures(&run(&world).await), 2);
    world.sandbox.clock().advance(Duration::from_secs(86_400));
    let events = run(&world).await;
    let left = events.iter().filter(|event| {
        let never = When::Never(Reason::NotCovered);
        matches!(event, Event::NotRead { kind: Kind::Balances, when, .. } if *when == never)
    });
    assert_eq!(left.count(), 2, "{events:?}");
    assert_eq!(world.sandbox.hits(Operation::AccountBalances), 2);
}

#[tokio::test]
async fn what_another_run_has_read_since_the_plan_is_not_read_again() {
    let mut world = World::new(BankProfile::calm(), 8).await;
    world.connect().await;
    let mut late = Box::pin(world.engine().run());
    assert!(matches!(late.next().await, Some(Event::Planned { due: 4, .. })));
    world.sandbox.clock().advance(Duration::from_secs(1));
    assert_eq!(failures(&run(&world).await), 0);
    let hits = world.sandbox.requests().len();
    let events: Vec<_> = late.collect().await;
    let fresh = events
        .iter()
        .filter(|event| matches!(event, Event::NotRead { when: When::At(_, Reason::Fresh), .. }));
    assert_eq!(fresh.count(), 6, "{events:?}");
    assert_eq!(world.sandbox.requests().len(), hits);
}

#[tokio::test]
async fn reads_that_another_program_has_used_up_are_no_failure() {
    let mut world = World::new(BankProfile::calm(), 9).await;
    world.connect().await;
    let (sandbox, clock) = (&world.sandbox, || world.sandbox.clock().as_client_clock());
    let credentials = Credentials::new(sandbox.secret_id(), sandbox.secret_key());
    let bank = BankData::builder(credentials).base_url(sandbox.base_url()).clock(clock()).build().unwrap();
    let engine = LedgerSync::new(bank.clone(), Arc::clone(&world.ledger)).clock(clock());
    let mut late = Box::pin(engine.run());
    assert!(late.next().await.is_some());
    for account in world.ledger.accounts().unwrap() {
        for _ in 0..4 {
            bank.account(account.id().unwrap()).transactions().await.unwrap();
        }
    }
    let events: Vec<_> = late.collect().await;
    let used_up = events.iter().filter(|event| {
        matches!(
            event,
            Event::NotRead { kind: Kind::Transactions, when: When::At(_, Reason::NoReadLeft), .. }
        )
    });
    assert_eq!((used_up.count(), failures(&events)), (2, 0), "{events:?}");
    let health = world.engine().health().await.unwrap();
    assert!(health.iter().all(|account| account.findings == [Finding::Stale(None)]), "{health:?}");
}

#[tokio::test]
async fn an_account_that_has_no_consent_is_not_said_to_need_a_sync() {
    let mut world = World::new(BankProfile::calm(), 10).await;
    world.connect().await;
    let fault = Fault::preset(Preset::AccountInactive).on(Operation::AccountTransactions);
    world.sandbox.faults().add(fault.always());
    run(&world).await;
    world.sandbox.clock().advance(Duration::from_secs(3 * 86_400));
    for account in world.engine().health().await.unwrap() {
        let [Finding::ConsentEnded(ConsentEnd::Withdrawn), Finding::Failing(Kind::Transactions, ..)] =
            account.findings.as_slice()
        else {
            panic!("{account:?}")
        };
    }
}

#[tokio::test]
async fn an_entry_that_is_listed_again_for_its_value_date_weeks_later_is_the_known_one() {
    let mut world = world_of(json!([
        transaction("booked", &json!({ "bookingDate": "2026-01-04", "valueDate": "2026-02-10" })),
        transaction("booked", &json!({ "bookingDate": "2026-02-08", "from": "2026-02-08T00:00:00Z" })),
    ]))
    .await;
    for day in [0, 34, 37, 38] {
        at_day(&world, day);
        assert_eq!(failures(&run(&world).await), 0);
    }
    assert!(world.faults().is_empty(), "{:?}", world.faults());
    assert_eq!(world.ledger.entries(&EntryFilter::default()).unwrap().len(), 2);
}

#[tokio::test]
async fn pending_entries_without_a_date_are_followed_after_the_first_read_too() {
    let undated = |until: &str, from: &str| transaction("pending", &json!({ "until": until, "from": from }));
    let mut world = world_of(json!([
        transaction("booked", &json!({ "bookingDate": "2026-01-04" })),
        undated("2026-01-08T00:00:00Z", "2026-01-01T00:00:00Z"),
        undated("2026-01-20T00:00:00Z", "2026-01-12T00:00:00Z"),
    ]))
    .await;
    for (day, pending) in [(0, 1), (1, 1), (4, 0), (8, 1), (9, 1)] {
        at_day(&world, day);
        assert_eq!(failures(&run(&world).await), 0);
        let filter = EntryFilter { states: vec![State::Pending], ..EntryFilter::default() };
        assert_eq!(world.ledger.entries(&filter).unwrap().len(), pending, "day {day}");
        assert!(world.faults().is_empty(), "day {day}: {:?}", world.faults());
    }
}

#[tokio::test]
async fn a_ledger_of_the_first_version_knows_which_accounts_have_had_entries_without_a_date() {
    let mut world = world_of(json!([transaction("pending", &json!({}))])).await;
    let path = world.path();
    assert_eq!(failures(&run(&world).await), 0);
    let older = "ALTER TABLE account DROP COLUMN undated; PRAGMA user_version = 1;";
    rusqlite::Connection::open(&path).unwrap().execute_batch(older).unwrap();
    world.ledger = Arc::new(SqliteLedger::open(&path).unwrap());
    let undated: Vec<bool> = world.ledger.accounts().unwrap().iter().map(|account| account.undated).collect();
    assert_eq!(undated, [true]);
}

#[tokio::test]
async fn an_account_without_a_valid_agreement_has_lost_its_consent_and_no_scope() {
    let mut world = World::new(BankProfile::calm(), 12).await;
    world.connect().await;
    let fault = Fault::preset(Preset::NoValidAgreement).on(Operation::AccountTransactions);
    world.sandbox.faults().add(fault.always());
    run(&world).await;
    for account in world.ledger.accounts().unwrap() {
        assert_eq!(account.standing, Standing::Ended(ConsentEnd::Withdrawn));
        assert_eq!(account.covers, [true; 3]);
    }
}

/// Reads of all accounts are answered as those of unknown ones.
fn forget_accounts(world: &World) {
    for operation in [Operation::AccountTransactions, Operation::AccountBalances] {
        world.sandbox.faults().add(Fault::preset(Preset::AccountNotFound).on(operation).always());
    }
}

#[tokio::test]
async fn an_api_that_knows_neither_accounts_nor_their_requisition_ends_no_consent() {
    let mut world = World::new(BankProfile::calm(), 13).await;
    world.connect().await;
    forget_accounts(&world);
    let fault = Fault::preset(Preset::NotFound).on(Operation::RetrieveRequisition);
    world.sandbox.faults().add(fault.always());
    let hits = world.sandbox.hits(Operation::RetrieveRequisition);
    assert_eq!(failures(&run(&world).await), 2);
    assert_eq!(world.sandbox.hits(Operation::RetrieveRequisition), hits + 1, "both accounts have one");
    assert!(world.ledger.accounts().unwrap().iter().all(|account| account.standing == Standing::Active));
    // Nor does one that is asked in vain.
    world.sandbox.faults().clear();
    forget_accounts(&world);
    let fault = Fault::preset(Preset::EdgeUnavailable).on(Operation::RetrieveRequisition);
    world.sandbox.faults().add(fault.always());
    at_day(&world, 1);
    assert_eq!(failures(&run(&world).await), 2);
    assert!(world.ledger.accounts().unwrap().iter().all(|account| account.standing == Standing::Active));
}

#[tokio::test]
async fn an_account_that_its_requisition_still_lists_keeps_its_consent() {
    let mut world = World::new(BankProfile::calm(), 14).await;
    world.connect().await;
    forget_accounts(&world);
    run(&world).await;
    assert!(world.ledger.accounts().unwrap().iter().all(|account| account.standing == Standing::Active));
    world.sandbox.faults().clear();
    at_day(&world, 1);
    assert_eq!(failures(&run(&world).await), 0);
    assert!(world.faults().is_empty(), "{:?}", world.faults());
}

#[tokio::test]
async fn an_unknown_account_has_lost_its_consent_if_its_requisition_says_so() {
    for (member, value, end) in [
        ("/accounts", json!([]), ConsentEnd::Withdrawn),
        ("/status", json!("EX"), ConsentEnd::Expired),
        ("/status", json!("CR"), ConsentEnd::Withdrawn),
    ] {
        let mut world = World::new(BankProfile::calm(), 15).await;
        world.connect().await;
        forget_accounts(&world);
        let fault = Fault::mangle().set(member, value).on(Operation::RetrieveRequisition);
        world.sandbox.faults().add(fault.always());
        run(&world).await;
        for account in world.ledger.accounts().unwrap() {
            assert_eq!(account.standing, Standing::Ended(end), "{member}");
        }
    }
}

#[tokio::test]
async fn a_deleted_requisition_ends_its_consents_where_the_api_knows_another_one_of_the_ledger() {
    let mut world = World::new(BankProfile::calm(), 16).await;
    world.connect().await;
    let bank = world.bank().clone();
    let theirs =
        bank.requisitions().create(INSTITUTION, "https://example.org/back").await.unwrap().id.unwrap();
    world.sandbox.link_as(&theirs, "Ben").unwrap();
    world.engine().track(&theirs, "ben").await.unwrap();
    let deleted = world.ledger.accounts().unwrap()[0].requisition.clone().unwrap();
    bank.requisitions().delete(&deleted).await.unwrap();
    for account in world.ledger.accounts().unwrap().iter().filter(|account| account.person == "anna") {
        let fault = Fault::preset(Preset::NoAccountMatches).account(account.id().unwrap());
        world.sandbox.faults().add(fault.always());
    }
    run(&world).await;
    for account in world.ledger.accounts().unwrap() {
        let ended = Standing::Ended(ConsentEnd::Withdrawn);
        assert_eq!(account.standing, if account.person == "anna" { ended } else { Standing::Active });
    }
}

#[tokio::test]
async fn a_consent_for_a_longer_history_brings_that_of_an_account_that_was_read_before() {
    let world = world_of(json!([
        transaction("booked", &json!({ "bookingDate": "2026-01-04" })),
        transaction("booked", &json!({ "bookingDate": "2025-06-01" })),
    ]))
    .await;
    let entries = || world.ledger.entries(&EntryFilter::default()).unwrap().len();
    run(&world).await;
    assert_eq!(entries(), 1, "90 days");
    at_day(&world, 1);
    let bank = world.bank();
    let agreement = bank.agreements().create(INSTITUTION).max_historical_days(365).await.unwrap();
    let create = bank.requisitions().create(INSTITUTION, "https://example.org/back");
    let requisition = create.agreement(agreement.id.unwrap()).await.unwrap().id.unwrap();
    world.sandbox.link(&requisition).unwrap();
    // A run before the new link is known reads under the old one.
    world.sandbox.clock().advance(Duration::from_secs(60));
    assert_eq!((failures(&run(&world).await), entries()), (0, 1));
    let tracked = world.engine().track(&requisition, "anna").await.unwrap();
    assert!(matches!(tracked[0].recognised, Recognised::Same(_)), "{tracked:?}");
    world.sandbox.clock().advance(Duration::from_secs(6 * 3_600));
    assert_eq!(failures(&run(&world).await), 0);
    assert_eq!(entries(), 2);
    // Once: then the window is short again.
    at_day(&world, 2);
    assert_eq!(failures(&run(&world).await), 0);
    let requests = world.sandbox.requests();
    let last = requests.iter().rfind(|request| request.operation == Some(Operation::AccountTransactions));
    assert!(last.unwrap().query.contains("date_from=2025-12"), "{last:?}");
}

#[tokio::test]
async fn an_account_that_two_processes_add_at_once_is_added_once() {
    let mut world = World::new(BankProfile::calm(), 17).await;
    world.connect().await;
    let account = world.ledger.accounts().unwrap().remove(0);
    assert_eq!(world.ledger.add_account(&account).unwrap(), account.key);
    assert_eq!(world.ledger.accounts().unwrap().len(), 2);
    // Another person may share it, and has a ledger of it.
    let shared = LedgerAccount { person: "ben".to_owned(), ..account.clone() };
    assert_ne!(world.ledger.add_account(&shared).unwrap(), account.key);
}

#[tokio::test]
async fn a_consent_that_is_given_during_a_run_is_read_and_not_ended_by_the_failure_of_the_old_one() {
    let mut world = World::new(BankProfile::calm(), 18).await;
    world.connect().await;
    let mut late = Box::pin(world.engine().run());
    assert!(matches!(late.next().await, Some(Event::Planned { due: 4, .. })));
    for account in world.ledger.accounts().unwrap() {
        let fault = Fault::preset(Preset::AccessExpired).account(account.id().unwrap()).always();
        world.sandbox.faults().add(fault);
    }
    world.connect().await;
    let events: Vec<_> = late.collect().await;
    assert_eq!(failures(&events), 0, "{events:?}");
    assert!(world.ledger.accounts().unwrap().iter().all(|account| account.standing == Standing::Active));
    assert!(world.faults().is_empty(), "{:?}", world.faults());
}

#[tokio::test]
async fn a_read_that_fails_under_an_id_that_has_been_replaced_meanwhile_says_nothing_of_the_new_consent() {
    for fault in [Preset::AccessExpired, Preset::AccessScope] {
        let mut world = World::new(BankProfile::calm(), 19).await;
        world.connect().await;
        world.sandbox.faults().add(Fault::preset(fault).on(Operation::AccountTransactions).always());
        let new = world.bank().account("3fa85f64-5717-4562-b3fc-2c963f66afa6").id().clone();
        let ledger = Overtaken::before(Step::Edges, &world, move |ledger, account| {
            account.facts.id = Some(new.clone());
            let change = LedgerChange { account, at: Utc::now(), entries: None, balances: None };
            assert!(ledger.write(&change).unwrap());
        });
        let keys: Vec<AccountKey> = world.ledger.accounts().unwrap().iter().map(|one| one.key).collect();
        let engine =
            LedgerSync::new(world.bank().clone(), ledger).clock(world.sandbox.clock().as_client_clock());
        let events: Vec<Event> = engine.run_accounts(keys[..1].to_vec()).collect().await;
        assert!(failures(&events) > 0, "{events:?}");
        let account = world.ledger.account(keys[0]).unwrap().unwrap();
        assert_eq!((account.standing, account.covers), (Standing::Active, [true; 3]), "{fault:?}");
        assert_eq!(account.reads[0].failure, None);
    }
}

#[tokio::test]
async fn a_clock_that_was_ahead_once_stops_no_read() {
    let mut world = World::new(BankProfile::calm(), 20).await;
    world.connect().await;
    let now = world.sandbox.clock().now();
    let later = now + TimeDelta::days(400);
    for mut account in world.ledger.accounts().unwrap() {
        for read in &mut account.reads {
            let failure =
                Failure { at: later, since: later, sentence: String::new(), wait_until: Some(later) };
            *read = ReadRecord { last_success: Some(later), failure: Some(failure) };
        }
        let change = LedgerChange { account: &account, at: later, entries: None, balances: None };
        assert!(world.ledger.write(&change).unwrap());
    }
    assert_eq!(failures(&run(&world).await), 0);
    assert!(world.faults().is_empty(), "{:?}", world.faults());
    for account in world.ledger.accounts().unwrap() {
        assert!(!world.ledger.balances(account.key).unwrap().is_empty());
        for kind in Kind::ALL {
            assert_eq!(
                account.read(kind),
                &ReadRecord { last_success: Some(now), failure: None },
                "{kind:?}"
            );
        }
    }
}

#[tokio::test]
async fn two_runs_at_once_write_each_entry_once() {
    let mut world = World::new(BankProfile::calm(), 4).await;
    world.connect().await;
    let (one, other) = tokio::join!(run(&world), run(&world));
    assert_eq!(failures(&one) + failures(&other), 0);
    assert!(world.faults().is_empty(), "{:?}", world.faults());
}

/// When another process changes the accounts of an [`Overtaken`] ledger.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Edges,
    Write,
}

/// What another process does to an account.
type Change = dyn Fn(&SqliteLedger, &mut LedgerAccount) + Send + Sync;

/// A ledger whose accounts another process changes once, just before a step of this one.
struct Overtaken {
    ledger: Arc<SqliteLedger>,
    step: Step,
    change: Box<Change>,
    is_over: AtomicBool,
}

impl Overtaken {
    fn before(
        step: Step,
        world: &World,
        change: impl Fn(&SqliteLedger, &mut LedgerAccount) + Send + Sync + 'static,
    ) -> Self {
        let ledger = Arc::clone(&world.ledger);
        Self { ledger, step, change: Box::new(change), is_over: AtomicBool::new(false) }
    }

    fn reach(&self, step: Step) -> Result<(), LedgerError> {
        if step == self.step && !self.is_over.swap(true, Ordering::Relaxed) {
            for mut account in self.ledger.accounts()? {
                (self.change)(&self.ledger, &mut account);
            }
        }
        Ok(())
    }
}

impl Ledger for Overtaken {
    fn accounts(&self) -> Result<Vec<LedgerAccount>, LedgerError> {
        self.ledger.accounts()
    }

    fn account(&self, key: AccountKey) -> Result<Option<LedgerAccount>, LedgerError> {
        self.ledger.account(key)
    }

    fn add_account(&self, account: &LedgerAccount) -> Result<AccountKey, LedgerError> {
        self.ledger.add_account(account)
    }

    fn remove_account(&self, account: AccountKey) -> Result<(), LedgerError> {
        self.ledger.remove_account(account)
    }

    fn edges(&self, account: AccountKey) -> Result<Edges, LedgerError> {
        self.reach(Step::Edges)?;
        self.ledger.edges(account)
    }

    fn known(&self, account: AccountKey, from: Option<NaiveDate>) -> Result<Vec<Known>, LedgerError> {
        self.ledger.known(account, from)
    }

    fn write(&self, change: &LedgerChange<'_>) -> Result<bool, LedgerError> {
        self.reach(Step::Write)?;
        self.ledger.write(change)
    }
}

#[tokio::test]
async fn an_answer_changes_nothing_if_a_newer_one_was_written_first() {
    let mut world = World::new(BankProfile::calm(), 1).await;
    world.connect().await;
    let newer = world.sandbox.clock().now() + TimeDelta::hours(1);
    let ledger = Overtaken::before(Step::Write, &world, move |ledger, account| {
        for read in &mut account.reads {
            read.last_success = Some(newer);
        }
        let change = LedgerChange { account, at: newer, entries: None, balances: None };
        assert!(ledger.write(&change).unwrap());
    });
    let slow = LedgerSync::new(world.bank().clone(), ledger).clock(world.sandbox.clock().as_client_clock());
    let events: Vec<Event> = slow.run().collect().await;
    assert_eq!(failures(&events), 0, "{events:?}");
    assert_eq!(world.ledger.entries(&EntryFilter::default()).unwrap().len(), 0);
    for account in world.ledger.accounts().unwrap() {
        assert!(world.ledger.balances(account.key).unwrap().is_empty());
        for kind in [Kind::Transactions, Kind::Balances] {
            assert_eq!(account.read(kind).last_success, Some(newer), "{kind:?}");
        }
    }
}

#[tokio::test]
async fn what_was_read_under_an_id_that_has_been_replaced_meanwhile_is_left_to_the_next_run() {
    let mut world = World::new(BankProfile::calm(), 21).await;
    world.connect().await;
    let new = world.bank().account("3fa85f64-5717-4562-b3fc-2c963f66afa6").id().clone();
    let ledger = Overtaken::before(Step::Write, &world, move |ledger, account| {
        account.facts.id = Some(new.clone());
        let change = LedgerChange { account, at: Utc::now(), entries: None, balances: None };
        assert!(ledger.write(&change).unwrap());
    });
    let key = world.ledger.accounts().unwrap()[0].key;
    let engine = LedgerSync::new(world.bank().clone(), ledger).clock(world.sandbox.clock().as_client_clock());
    let events: Vec<Event> = engine.run_accounts(vec![key]).collect().await;
    assert_eq!(failures(&events), 0, "{events:?}");
    assert_eq!(world.ledger.account(key).unwrap().unwrap().reads[0], ReadRecord::default());
}

#[tokio::test]
async fn a_requisition_is_taken_once_however_often_and_only_when_it_is_linked() {
    let mut world = World::new(BankProfile::calm(), 5).await;
    world.connect().await;
    let requisition = world.ledger.accounts().unwrap()[0].requisition.clone().unwrap();
    for _ in 0..2 {
        let tracked = world.engine().track(&requisition, "anna").await.unwrap();
        assert!(
            tracked.iter().all(|account| matches!(account.recognised, Recognised::Same(_))),
            "{tracked:?}"
        );
    }
    assert_eq!(world.ledger.accounts().unwrap().len(), 2);
    // Another person's accounts are others, even at the same bank.
    let bank = world.bank();
    let theirs =
        bank.requisitions().create(INSTITUTION, "https://example.org/back").await.unwrap().id.unwrap();
    let error = world.engine().track(&theirs, "ben").await.unwrap_err();
    assert!(matches!(error, SyncError::NotLinked(Some(RequisitionStatus::Created))), "{error:?}");
    world.sandbox.link_as(&theirs, "Ben").unwrap();
    let tracked = world.engine().track(&theirs, "ben").await.unwrap();
    assert!(tracked.iter().all(|account| account.recognised == Recognised::New), "{tracked:?}");
}

#[tokio::test]
async fn waiting_ends_with_the_link_with_its_rejection_or_with_the_time() {
    let world = World::new(BankProfile::calm(), 6).await;
    let bank = world.bank();
    let create = || async {
        bank.requisitions().create(INSTITUTION, "https://example.org/back").await.unwrap().id.unwrap()
    };
    let id = create().await;
    let error = wait_until_linked(bank, &id, AT_ONCE).await.unwrap_err();
    assert_eq!(error.to_string(), "the wait is over and the status is still CR; ask again later");
    world.sandbox.link(&id).unwrap();
    let linked = wait_until_linked(bank, &id, AT_ONCE).await.unwrap();
    let account = wait_until_ready(bank, &linked.accounts[0], AT_ONCE).await.unwrap();
    assert_eq!(account.id.as_ref(), Some(&linked.accounts[0]));
    let refused = create().await;
    world.sandbox.link_with(&refused, LinkOutcome::SsnFailed).unwrap();
    let error = wait_until_linked(bank, &refused, AT_ONCE).await.unwrap_err();
    assert!(matches!(error, WaitError::Ended(ConsentEnd::Rejected)), "{error:?}");
    assert_eq!(world.sandbox.hits(Operation::AccountTransactions), 0);
}

#[tokio::test]
async fn a_requisition_is_found_by_its_reference_on_any_page() {
    let world = World::new(BankProfile::calm(), 7).await;
    let bank = world.bank();
    for number in 0..130 {
        let create = bank.requisitions().create(INSTITUTION, "https://example.org/back");
        create.reference(format!("order-{number}")).await.unwrap();
    }
    for reference in ["order-0", "order-129"] {
        let found = find_by_reference(bank, reference).await.unwrap().unwrap();
        assert!(found.reference.is_some_and(|text| text == reference));
    }
    assert!(find_by_reference(bank, "order-130").await.unwrap().is_none());
}

#[tokio::test]
async fn a_consent_is_renewed_on_the_same_terms() {
    let world = World::new(BankProfile::calm(), 8).await;
    let bank = world.bank();
    let scopes =
        [gocardless_bank_data::AccessScope::Transactions, gocardless_bank_data::AccessScope::Balances];
    let create = bank.agreements().create(INSTITUTION).access_valid_for_days(45).max_historical_days(60);
    let earlier = create.access_scope(scopes.clone()).await.unwrap();
    let renewed = renew(bank, &earlier).await.unwrap();
    let terms = |agreement| {
        let Consent { access_days, history_days, .. } = Consent::of(agreement);
        (access_days, history_days)
    };
    assert_eq!(terms(&renewed), (45, 60));
    assert_eq!(renewed.access_scope.to_vec(), scopes);
    assert_ne!(renewed.id, earlier.id);
}

#[tokio::test]
async fn neither_debug_output_nor_the_events_of_a_run_hold_bank_data() {
    let mut world = World::new(BankProfile::calm(), 9).await;
    world.connect().await;
    let events = run(&world).await;
    let accounts = world.ledger.accounts().unwrap();
    let entries = world.ledger.entries(&gocardless_bank_data_sync::EntryFilter::default()).unwrap();
    let balances = world.ledger.balances(accounts[0].key).unwrap();
    let lines: Vec<String> = events.iter().map(ToString::to_string).collect();
    let shown = format!("{events:?} {lines:?} {accounts:?} {entries:?} {balances:?} {:?}", world.engine());
    for account in &accounts {
        let iban = account.facts.iban.as_deref().unwrap();
        assert!(!shown.contains(iban) && !shown.contains(account.facts.owner.as_deref().unwrap()));
    }
    for entry in entries.iter().take(200) {
        let entry = &entry.known.entry;
        let party = entry.counterparty.as_deref().unwrap();
        assert!(!shown.contains(&entry.description) && !shown.contains(party), "{party}");
    }
    let amount = balances[0].amount.to_string();
    assert!(!shown.contains(&amount));
}
