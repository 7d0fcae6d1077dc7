//! Ctrl-C, and several runs at once.

use gocardless_bank_data_sandbox::{Fault, Operation};

use crate::world::{Ran, World};

#[cfg(unix)]
#[test]
fn ctrl_c_in_a_sync_drops_the_read_in_flight_and_leaves_the_ledger_whole() {
    let world = World::linked();
    world.sandbox.faults().add(Fault::stall().on(Operation::AccountTransactions));
    let child = world.start(&["sync", "--json", "1"]);
    while world.sandbox.hits(Operation::AccountTransactions) == 0 {
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let ran = Ran::of(&child.wait_with_output().unwrap()).ends(130);
    assert_eq!(ran.json()["summary"]["interrupted"], true, "{}", ran.out);
    // The read may have counted; the others of the day bring everything.
    let ran = world.run(&["sync", "--json"]).ends(0);
    assert!(ran.json()["summary"]["added"].as_i64().unwrap() > 100, "{}", ran.out);
}

#[test]
fn two_runs_at_once_neither_fail_nor_add_anything_twice() {
    let world = World::linked();
    let children: Vec<_> = (0..4).map(|_| world.start(&["sync"])).collect();
    for child in children {
        Ran::of(&child.wait_with_output().unwrap()).ends(0);
    }
    let found = world.run(&["transactions", "--json", "--account", "1"]).ends(0).json();
    let alone = World::synced();
    let expected = alone.run(&["transactions", "--json", "--account", "1"]).ends(0).json();
    assert_eq!(
        found["transactions"].as_array().unwrap().len(),
        expected["transactions"].as_array().unwrap().len()
    );
}

#[test]
fn profiles_do_not_see_each_other() {
    let world = World::synced();
    world.run(&["--profile", "other", "link", "NOBANK_NOBKGB22"]).ends(2);
    let ran = world.run(&["--profile", "other", "accounts", "--json"]).ends(0);
    assert_eq!(ran.json()["accounts"], serde_json::json!([]));
    let ran = Ran::of(
        &world.command(&["accounts", "--json"]).env("BANK_DATA_PROFILE", "default").output().unwrap(),
    );
    assert_eq!(ran.ends(0).json()["accounts"].as_array().unwrap().len(), 2);
}
