//! The output of each command, as it is.

use crate::world::{BANK, Linking, World};

#[test]
fn each_command_shows_its_table() {
    let world = World::synced();
    for (name, args) in [
        ("institutions.txt", &["institutions", "GB"] as &[&str]),
        ("accounts.txt", &["accounts"]),
        ("balances.txt", &["balances"]),
        ("transactions.txt", &["transactions", "--limit", "8"]),
        ("consents.txt", &["consents"]),
        ("doctor.txt", &["doctor"]),
    ] {
        world.snapshot(name, &world.run(args).ends(0).out);
    }
    let chart =
        world.command(&["balances", "--account", "1", "--chart"]).env("COLUMNS", "80").output().unwrap();
    world.snapshot("chart.txt", &crate::world::Ran::of(&chart).ends(0).out);
}

#[test]
fn each_command_gives_json_with_the_documented_members() {
    let world = World::synced();
    for (name, args) in [
        ("institutions.json", &["institutions", "GB", "--search", "hedge"] as &[&str]),
        ("accounts.json", &["accounts"]),
        ("balances.json", &["balances", "--account", "1"]),
        ("transactions.json", &["transactions", "--limit", "2", "--account", "1"]),
        ("consents.json", &["consents"]),
        ("doctor.json", &["doctor"]),
    ] {
        let ran = world.run(&[args, &["--json"]].concat()).ends(0);
        ran.json();
        world.snapshot(name, &ran.out);
    }
}

#[test]
fn a_first_link_and_sync_say_what_they_did() {
    let world = World::new();
    let mut linking = Linking::start(&world, &["link", BANK, "--no-callback"]);
    world.sandbox.link(linking.requisition()).unwrap();
    let linked = linking.end().ends(0);
    world.snapshot("link.txt", &linked.out);
    world.snapshot("sync.txt", &in_order(&world.run(&["sync"]).ends(0).out));
    // A second run has nothing to do and says so.
    world.snapshot("sync-again.txt", &world.run(&["sync"]).ends(0).out);
    world.snapshot("sync.json", &world.run(&["sync", "--again", "--json"]).ends(0).out);
}

/// Accounts are read at once, and reported in the order in which they are done.
fn in_order(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let is_account = |line: &&str| line.contains(" new entries, ") && !line.starts_with("done");
    lines.chunk_by_mut(|one, other| is_account(one) && is_account(other)).for_each(<[&str]>::sort_unstable);
    format!("{}\n", lines.join("\n"))
}

#[test]
fn reads_that_are_left_are_shown_without_a_call() {
    let world = World::of_today();
    world.link(BANK);
    world.run(&["sync"]).ends(0);
    world.sandbox.clear_requests();
    let text = world.run(&["quota"]).ends(0).out;
    // The minute differs from run to run.
    let text: Vec<String> = text
        .lines()
        .map(|line| match line.split_once("  20") {
            Some((reads, _)) => format!("{reads}  2026-03-03 12:00 UTC"),
            None => line.to_owned(),
        })
        .collect();
    world.snapshot("quota.txt", &format!("{}\n", text.join("\n")));
    let quota = world.run(&["quota", "--json"]).ends(0).json();
    assert_eq!(quota["quota"][0]["left"], 3, "{quota}");
    assert_eq!(quota["quota"][0]["kind"], "transactions");
    assert_eq!(world.sandbox.requests().len(), 0);
}

#[test]
fn the_demo_shows_a_person_their_money() {
    let world = World::new();
    let mut demo = world.command(&["--sandbox", "demo"]);
    demo.env_remove("GOCARDLESS_SECRET_ID").env_remove("GOCARDLESS_SECRET_KEY").env_remove("BANK_DATA_DIR");
    let ran = crate::world::Ran::of(&demo.env("COLUMNS", "100").output().unwrap()).ends(0);
    let link = ran.out.lines().find(|line| line.starts_with("http://")).unwrap();
    let port = link.split('/').nth(2).unwrap();
    world.snapshot("demo.txt", &in_order(&ran.out.replace(port, "127.0.0.1:8099")));
    let file = std::fs::read_to_string(world.file("bank-data-demo.csv")).unwrap();
    assert!(file.starts_with("id,account,") && file.lines().count() > 100);
    assert_eq!(world.sandbox.requests().len(), 0, "it has a sandbox of its own");
}
