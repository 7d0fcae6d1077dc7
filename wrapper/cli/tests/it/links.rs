//! Links: a person goes to the bank and comes back.

use gocardless_bank_data_sandbox::{Fault, Operation, Preset};

use crate::world::{BANK, Linking, Ran, World, visit};

#[test]
fn the_browser_comes_back_to_the_program_with_its_state() {
    let world = World::new();
    let mut linking = Linking::start(&world, &["link", BANK, "--no-browser"]);
    let page = linking.visit("");
    assert!(page.contains("You can close this page"), "{page}");
    let ran = linking.end().ends(0);
    assert!(ran.out.contains("Account 1: ") && ran.out.contains(", new"), "{}", ran.out);
    assert!(ran.err.contains("bank-data sync"), "{}", ran.err);
}

#[test]
fn what_the_bank_says_of_a_failure_is_reported_with_what_to_do() {
    let world = World::new();
    for (outcome, sentence) in [
        ("cancel", "did not consent"),
        ("institution-error", "the bank failed"),
        ("gocardless-error", "the service failed"),
        ("ssn-failed", "social security number"),
        ("unknown-error", "make a new requisition"),
    ] {
        let mut linking = Linking::start(&world, &["link", BANK, "--no-browser"]);
        let page = linking.visit(&format!("?outcome={outcome}"));
        assert!(page.contains("The bank was not linked"), "{outcome}: {page}");
        let ran = linking.end().ends(4);
        assert!(ran.err.contains(sentence), "{outcome}: {}", ran.err);
    }
    assert!(world.run(&["accounts"]).ends(0).out.contains("no accounts"));
}

#[test]
fn whoever_comes_back_without_the_state_is_turned_away_and_the_wait_goes_on() {
    let world = World::new();
    let mut linking = Linking::start(&world, &["link", BANK, "--no-browser"]);
    let requisition = world
        .run(&["raw", "GET", &format!("/api/v2/requisitions/{}/", linking.requisition())])
        .ends(0)
        .json();
    let redirect = requisition["redirect"].as_str().unwrap();
    for query in ["", "?ref=other", "?ref=other&error=UserCancelledSession"] {
        let page = visit(&format!("{redirect}{query}"));
        assert!(page.contains("not the link that bank-data waits for"), "{query}: {page}");
    }
    assert_eq!(requisition["reference"].as_str().unwrap().len(), 32);
    linking.visit("");
    linking.end().ends(0);
}

#[test]
fn a_script_gets_the_link_first_and_then_the_accounts() {
    let world = World::new();
    let mut child = world.start(&["--json", "link", BANK, "--no-callback"]);
    let mut values =
        serde_json::Deserializer::from_reader(std::io::BufReader::new(child.stdout.take().unwrap()))
            .into_iter::<serde_json::Value>();
    let begun = values.next().unwrap().unwrap();
    assert!(begun["link"].as_str().unwrap().starts_with("http"));
    world.sandbox.link(begun["requisition"].as_str().unwrap()).unwrap();
    let done = values.next().unwrap().unwrap();
    assert_eq!(done["accounts"][0]["recognised"], "new", "{done}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_person_who_does_not_come_ends_the_wait_with_consent_needed() {
    let world = World::new();
    let ran = world.run(&["link", BANK, "--no-browser", "--wait", "0", "--person", "anna"]).ends(4);
    assert!(
        ran.err.contains("has not come back in time") && ran.err.contains(" --person 'anna'`"),
        "{}",
        ran.err
    );
    // The link stays valid: a person who comes later is not lost.
    let id = ran.err.split("--requisition ").nth(1).unwrap()[..36].to_owned();
    world.sandbox.link(&id).unwrap();
    let later = world.run(&["link", "--requisition", &id]).ends(0);
    assert!(later.out.contains("Account 1: "), "{}", later.out);
}

#[test]
fn the_safe_history_is_asked_for_and_more_only_with_full_knowledge() {
    let world = World::new();
    let frozen = "HEDGEHOGMONEY_HDGHGB22";
    let ran = world.run(&["link", frozen, "--days", "365", "--no-browser", "--wait", "0"]).ends(2);
    assert!(ran.err.contains("once and new ones never"), "{}", ran.err);
    let agreed = |args: &[&str]| {
        world.run(&[&["link", frozen, "--no-browser", "--wait", "0"], args].concat()).ends(4);
        let list = world.run(&["raw", "GET", "/api/v2/agreements/enduser/?limit=1"]).ends(0).json();
        list["results"][0]["max_historical_days"].as_i64().unwrap()
    };
    assert_eq!(agreed(&[]), 90);
    assert_eq!(agreed(&["--days", "30"]), 30);
    assert_eq!(agreed(&["--days", "365", "--once"]), 365);
}

#[test]
fn an_account_that_is_not_recognised_for_certain_waits_for_a_decision() {
    let world = World::new();
    // Three accounts without a number that distinguishes them.
    let bank = "PROFILE_NO_IBAN";
    world.link(bank);
    let before = world.run(&["accounts", "--json"]).ends(0).json()["accounts"].as_array().unwrap().len();
    let mut linking = Linking::start(&world, &["link", bank, "--no-callback"]);
    world.sandbox.link(linking.requisition()).unwrap();
    let ran = linking.end().ends(4);
    let accounts = world.run(&["accounts", "--json"]).ends(0).json();
    let undecided: Vec<_> = accounts["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|account| account["standing"] == "undecided")
        .collect();
    assert!(!undecided.is_empty(), "{accounts}");
    let number = undecided[0]["account"].to_string();
    let is = undecided[0]["may_be"][0].to_string();
    assert!(ran.out.contains(&format!("bank-data accounts decide {number} {is}")), "{}", ran.out);
    world.run(&["sync"]).ends(4);
    for account in &undecided {
        let (number, is) = (account["account"].to_string(), account["may_be"][0].to_string());
        world.run(&["accounts", "decide", &number, &is]).ends(0);
    }
    world.run(&["sync"]).ends(0);
    let after = world.run(&["accounts", "--json"]).ends(0).json();
    assert_eq!(after["accounts"].as_array().unwrap().len(), before, "{after}");
}

#[test]
fn the_link_comes_with_the_command_that_continues_it() {
    let world = World::new();
    let args = ["link", BANK, "--no-callback", "--wait", "0", "--person", "anna"];
    let ran = world.run(&args).ends(4);
    let list = world.run(&["raw", "GET", "/api/v2/requisitions/?limit=1"]).ends(0).json();
    let id = list["results"][0]["id"].as_str().unwrap();
    let command = format!("bank-data link --requisition {id} --person 'anna'");
    // Whoever stops the program sees no error.
    assert!(ran.out.contains(&command), "{}", ran.out);
}

#[test]
fn renewing_keeps_accounts_and_terms() {
    let world = World::synced();
    assert!(world.run(&["renew"]).ends(0).err.contains("No consent has ended"));
    world.sandbox.clock().advance(std::time::Duration::from_secs(86_400 * 85));
    let near = world.run(&["consents"]).ends(0);
    assert!(
        near.out.contains("near-end") && near.err.contains("bank-data renew"),
        "{}{}",
        near.out,
        near.err
    );
    let mut linking = Linking::start(&world, &["renew", "--no-callback"]);
    world.sandbox.link(linking.requisition()).unwrap();
    let ran = linking.end().ends(0);
    assert!(ran.out.contains("Account 1: ") && ran.out.contains("recognised: "), "{}", ran.out);
    let consents = world.run(&["consents", "--json"]).ends(0).json();
    let consents = consents["consents"].as_array().unwrap().clone();
    assert_eq!(consents.len(), 1, "{consents:?}");
    assert_eq!(consents[0]["accounts"], serde_json::json!([1, 2]));
    assert_eq!(consents[0]["days_left"], 90);
}

#[test]
fn a_renewal_that_fails_does_not_keep_the_others_from_being_renewed() {
    let world = World::synced();
    world.link("FERNWICKBANK_FRNWGB22");
    world.sandbox.clock().advance(std::time::Duration::from_secs(86_400 * 91));
    let fault = Fault::preset(Preset::InsufficientPermissions).on(Operation::RetrieveAgreement);
    world.sandbox.faults().add(fault.times(1));
    let mut linking = Linking::start(&world, &["renew", "--no-callback"]);
    world.sandbox.link(linking.requisition()).unwrap();
    let ran = linking.end().ends(1);
    assert!(ran.err.contains("1 of 2 renewals failed: me at "), "{}", ran.err);
    assert!(ran.err.contains("Insufficient permissions"), "{}", ran.err);
    let consents = world.run(&["consents", "--json"]).ends(4).json();
    let states: Vec<&str> =
        consents["consents"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["expired", "valid"], "{consents}");
}

#[test]
fn renewals_that_fail_for_one_reason_end_with_its_exit_code() {
    let world = World::synced();
    world.link("FERNWICKBANK_FRNWGB22");
    world.sandbox.clock().advance(std::time::Duration::from_secs(86_400 * 91));
    let ran = world.run(&["renew", "--no-browser", "--no-callback", "--wait", "0"]).ends(4);
    assert!(ran.err.contains("2 of 2 renewals failed: me at "), "{}", ran.err);
    assert_eq!(ran.err.matches("bank-data link --requisition ").count(), 2, "{}", ran.err);
}

#[test]
fn a_qr_code_is_printed_where_it_is_asked_for_and_fits() {
    let world = World::new();
    let run = |columns: &str| {
        let mut command = world.command(&["link", BANK, "--no-browser", "--qr", "--wait", "0"]);
        Ran::of(&command.env("COLUMNS", columns).output().unwrap()).ends(4)
    };
    assert!(run("80").out.contains('█'));
    assert!(!run("30").out.contains('█'));
}
