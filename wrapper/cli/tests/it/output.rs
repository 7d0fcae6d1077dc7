//! Width, numbers, colours, and files in place of a terminal.

use crate::world::{Ran, World};

#[test]
fn all_output_fits_a_terminal_of_60_columns() {
    let world = World::synced();
    let all: &[&[&str]] = &[
        &["institutions", "GB"],
        &["accounts"],
        &["balances", "--chart"],
        &["transactions", "--limit", "20"],
        &["consents"],
        &["quota"],
        &["doctor"],
        &["sync"],
        &["sync", "--help"],
        &["export", "--help"],
        &["--help"],
    ];
    for args in all {
        let ran = Ran::of(&world.command(args).env("COLUMNS", "60").output().unwrap()).ends(0);
        for line in ran.out.lines().chain(ran.err.lines()) {
            // An address or a folder stays whole, so that it can be used.
            let is_whole = line.split_whitespace().any(|word| word.len() > 50);
            let is_example = line.starts_with("  bank-data ")
                || line.starts_with("  GOCARDLESS_")
                || line.starts_with("  BANK_");
            let width = console::measure_text_width(line);
            assert!(width <= 60 || is_whole || is_example, "{args:?}: {width}: {line}");
        }
    }
}

#[test]
fn no_whole_account_number_is_shown_unless_asked_for() {
    let world = World::synced();
    let accounts = world.run(&["accounts", "--json", "--full-numbers"]).ends(0).json();
    let numbers: Vec<String> = accounts["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|account| account["number"].as_str().unwrap().to_owned())
        .collect();
    assert!(numbers.iter().all(|number| number.len() > 12), "{numbers:?}");
    let id = accounts["accounts"][0]["id"].as_str().unwrap().to_owned();
    let details = format!("/api/v2/accounts/{id}/details/");
    let all: &[&[&str]] = &[
        &["accounts"],
        &["accounts", "--json"],
        &["balances", "--json"],
        &["transactions", "--json"],
        &["sync", "--json", "--again"],
        &["export", "--format", "csv"],
        &["export", "--format", "jsonl"],
        &["export", "--format", "ofx"],
        &["export", "--format", "hledger"],
        &["export", "--format", "beancount"],
        &["doctor", "--json"],
        &["raw", "GET", &details],
    ];
    for args in all {
        let ran = world.run(args).ends(0);
        for number in &numbers {
            assert!(!ran.out.contains(number) && !ran.err.contains(number), "{args:?}");
        }
        // Nor is a secret, ever.
        assert!(
            !ran.out.contains(world.sandbox.secret_key()) && !ran.err.contains(world.sandbox.secret_key())
        );
        // Nor are the numbers of other people.
        let is_iban = |word: &str| {
            word.len() > 14 && !word.contains(char::is_lowercase) && gocardless_bank_data_sync::is_iban(word)
        };
        let words = ran.out.split(|c: char| !c.is_ascii_alphanumeric());
        assert_eq!(words.filter(|word| is_iban(word)).collect::<Vec<_>>(), Vec::<&str>::new(), "{args:?}");
    }
    assert!(world.run(&["raw", "GET", &details, "--full-numbers"]).ends(0).out.contains(&numbers[0]));
}

#[test]
fn a_pipe_gets_no_colours_and_a_reader_that_leaves_causes_no_error_message() {
    let world = World::synced();
    let ran = world.run(&["doctor"]).ends(0);
    assert!(!ran.out.contains('\u{1b}'));
    for args in [
        &["transactions"] as &[&str],
        &["transactions", "--json"],
        &["export", "--format", "jsonl"],
        &["balances", "--chart"],
        &["accounts", "--json"],
        &["raw", "GET", "/api/v2/requisitions/?limit=1"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran = world.command(args).stdout(writer).output().unwrap();
        assert_eq!(Ran::of(&ran).ends(0).err, "", "{args:?}");
    }
}

#[test]
fn a_reader_that_leaves_does_not_end_what_the_command_does() {
    let run = |world: &World, args: &[&str]| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        Ran::of(&world.command(args).stdout(writer).output().unwrap())
    };
    let world = World::linked();
    world.sandbox.clock().advance(std::time::Duration::from_secs(86_400 * 91));
    world.link("FERNWICKBANK_FRNWGB22");
    // What is not read is reported before anything is read.
    let synced = run(&world, &["sync"]);
    let accounts = world.run(&["accounts", "--json"]).ends(0).json();
    assert!(accounts["accounts"][2]["last_sync"].is_string(), "{accounts}");
    synced.ends(4);
    run(&world, &["consents"]).ends(4);
    // The sandbox consents once the link is shown, and the accounts come into the ledger after that.
    let linked = run(&world, &["--sandbox", "link", "SANDBOXFINANCE_SFIN0000", "--no-callback"]).ends(0);
    assert!(linked.err.contains("`bank-data sync` reads them"), "{}", linked.err);
}

#[test]
fn texts_of_a_bank_cannot_steer_the_terminal() {
    let world = World::new();
    let bank = "FERNWICKBANK_FRNWGB22";
    let account = world
        .sandbox
        .put_account(
            bank,
            serde_json::json!({ "opening": "100.00", "only": true, "name": "Main\u{1b}[2J\u{202e}" }),
        )
        .unwrap();
    let entry = serde_json::json!([{
        "state": "booked",
        "bookingDate": "2026-03-01",
        "transactionAmount": { "amount": "-3.00", "currency": "EUR" },
        "creditorName": "\u{1b}]0;title\u{7}\u{2066}Shop\u{200f}",
        "remittanceInformationUnstructured": "a\r\nb, \"c\"; d | e",
    }]);
    world.sandbox.put_transactions(&account, &entry).unwrap();
    world.link(bank);
    for args in [
        &["sync"] as &[&str],
        &["doctor"],
        &["balances", "--chart"],
        &["transactions"],
        &["accounts"],
        &["balances"],
        &["consents"],
        &["export", "--format", "hledger"],
        &["export", "--format", "beancount"],
        &["export", "--format", "ofx"],
    ] {
        let ran = world.run(args).ends(0);
        let steers = ['\u{1b}', '\u{7}', '\u{202e}', '\u{2066}', '\u{200f}'];
        assert!(!ran.out.contains(steers), "{args:?}: {:?}", ran.out);
    }
}
