//! Does a program without async code get what one with it gets, in every thread that may block?

use gocardless_bank_data::error::Sent;
use gocardless_bank_data::{AccessScope, BankData, Credentials, Error};
use gocardless_bank_data_sandbox::{Fault, Operation, Preset, Sandbox};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{block_in_place, spawn_blocking};

const BANK: &str = "SANDBOXFINANCE_SFIN0000";
const REFUSED: &str = "get institution: a blocking call was made from async code; await it instead";

fn stage() -> (Sandbox, BankData) {
    let sandbox = Sandbox::start_blocking().unwrap();
    let credentials = Credentials::new(sandbox.secret_id(), sandbox.secret_key());
    let bank = BankData::builder(credentials).base_url(sandbox.base_url()).build().unwrap();
    (sandbox, bank)
}

/// The id of an account that was linked without async code.
fn linked(sandbox: &Sandbox, bank: &BankData) -> String {
    let requisition = bank.requisitions().create(BANK, "https://example.org/back").blocking().unwrap();
    sandbox.link(&requisition.id.unwrap()).unwrap().remove(0)
}

#[test]
fn a_call_gives_its_value_all_that_came_or_none_if_there_is_no_such_thing() {
    let (sandbox, bank) = stage();
    let account = bank.account(linked(&sandbox, &bank));
    let value = account.balances().blocking().unwrap();
    let response = account.balances().blocking_send().unwrap();
    assert_eq!(response.value(), &value);
    assert_eq!(response.rate_limits().account.and_then(|limit| limit.remaining), Some(2));
    let sent = account.transactions().blocking_send().unwrap();
    assert!(sent.rate_limits().account.is_some() && !sent.body().is_empty());

    let listed = bank.institutions().get(BANK).blocking_optional().unwrap();
    assert_eq!(listed.unwrap().name, "Sandbox Finance");
    let unknown = "00000000-0000-4000-8000-000000000000";
    assert_eq!(bank.requisitions().get(unknown).blocking_optional().unwrap(), None);
    assert!(bank.requisitions().get("no/id").blocking_optional().is_err());
}

#[test]
fn a_list_is_an_iterator_over_all_entries_that_ends_with_the_first_error() {
    let (sandbox, bank) = stage();
    for _ in 0..5 {
        bank.requisitions().create(BANK, "https://example.org/back").blocking().unwrap();
    }
    let before = sandbox.hits(Operation::ListRequisitions);
    let all = || bank.requisitions().list().limit(2).blocking_iter();
    let ids: Vec<_> = all().map(|entry| entry.unwrap().id.unwrap()).collect();
    assert_eq!((ids.len(), sandbox.hits(Operation::ListRequisitions) - before), (5, 3));

    let mut entries = all();
    assert_eq!(entries.next().unwrap().unwrap().id.as_ref(), ids.first());
    assert!(entries.next().unwrap().is_ok());
    sandbox.faults().add(Fault::preset(Preset::IpDenied).on(Operation::ListRequisitions));
    assert!(matches!(entries.next(), Some(Err(Error::Api(_)))));
    assert!(entries.next().is_none());
}

#[test]
fn the_quota_is_known_and_an_open_circuit_is_closed_without_async_code() {
    let (sandbox, bank) = stage();
    let account = bank.account(linked(&sandbox, &bank));
    assert_eq!(account.blocking_quota(&AccessScope::Balances).unwrap(), None);
    account.balances().blocking().unwrap();
    let quota = account.blocking_quota(&AccessScope::Balances).unwrap().unwrap();
    assert_eq!(quota.remaining, Some(3));

    sandbox.faults().add(Fault::preset(Preset::AccessExpired).on(Operation::AccountDetails).times(5));
    while !matches!(account.details().blocking(), Err(Error::CircuitOpen(_))) {}
    account.blocking_reset_circuit().unwrap();
    account.details().blocking().unwrap();
}

fn runtimes() -> [Runtime; 2] {
    [Builder::new_current_thread().build().unwrap(), Builder::new_multi_thread().build().unwrap()]
}

#[test]
fn it_works_in_threads_of_a_runtime_that_may_block() {
    let (sandbox, bank) = stage();
    for runtime in runtimes() {
        let bank = bank.clone();
        let name = runtime
            .block_on(async { spawn_blocking(move || bank.institutions().get(BANK).blocking()).await })
            .unwrap()
            .unwrap()
            .name;
        assert_eq!(name, "Sandbox Finance");
    }
    let [_, runtime] = runtimes();
    let in_place = || block_in_place(|| bank.institutions().get(BANK).blocking().is_ok());
    assert!(runtime.block_on(async { in_place() }));
    assert_eq!(sandbox.hits(Operation::RetrieveInstitution), 3);
}

#[test]
fn it_refuses_in_async_code_and_sends_nothing() {
    let (sandbox, bank) = stage();
    for runtime in runtimes() {
        let first = runtime.block_on(async { bank.institutions().get(BANK).blocking().unwrap_err() });
        let bank = bank.clone();
        let task = async move {
            let list = bank.requisitions().list().blocking_iter().next();
            assert!(matches!(list, Some(Err(Error::InvalidRequest(_)))));
            let account = bank.account(BANK);
            assert!(account.blocking_quota(&AccessScope::Balances).is_err());
            assert!(account.blocking_reset_circuit().is_err());
            bank.institutions().get(BANK).blocking().unwrap_err()
        };
        let second = runtime.block_on(async { tokio::spawn(task).await.unwrap() });
        for error in [first, second] {
            assert_eq!((error.to_string().as_str(), error.sent()), (REFUSED, Sent::No));
        }
    }
    assert!(sandbox.requests().is_empty());
}

#[test]
fn async_code_that_hides_from_the_budget_blocks_its_thread_and_does_not_panic() {
    let (_sandbox, bank) = stage();
    for runtime in runtimes() {
        let hidden = tokio::task::unconstrained(async { bank.institutions().get(BANK).blocking() });
        assert_eq!(runtime.block_on(hidden).unwrap().name, "Sandbox Finance");
    }
}
