//! Wrong input is reported in a sentence, with exit code 2, before anything is sent.

use crate::world::World;

#[test]
fn bad_input_of_each_command_is_reported_before_anything_is_sent() {
    let world = World::synced();
    world.sandbox.clear_requests();
    let all: &[(&[&str], &str)] = &[
        (&[], "Usage: bank-data"),
        (&["pay"], "unrecognized subcommand"),
        (&["demo"], "run it as `bank-data --sandbox demo`"),
        (&["institutions", "Britain"], "two letters"),
        (&["link"], "<INSTITUTION>"),
        (&["link", "BANK", "--requisition", "x"], "cannot be used with"),
        (&["link", "--requisition", "a/b"], "not a requisition id"),
        (&["link", "a/../b"], "not an institution id"),
        (&["link", "BANK", "--days", "0"], "not in 1..=730"),
        (&["link", "BANK", "--once"], "--days"),
        (&["accounts", "decide", "9", "new"], "the ledger has no account 9"),
        (&["accounts", "decide", "1", "2"], "does not await a decision"),
        (&["accounts", "decide", "1", "perhaps"], "or new"),
        (&["accounts", "decide", "1"], "or new"),
        (&["accounts", "forget", "9"], "the ledger has no account 9"),
        (&["sync", "9"], "the ledger has no account 9"),
        (&["sync", "main"], "name an account by its number"),
        (&["transactions", "--account", "main"], "name an account by its number"),
        (&["accounts", "decide", "main", "1"], "name an account by its number"),
        (&["balances", "--account", "9"], "the ledger has no account 9"),
        (&["balances", "--chart", "--json"], "cannot be used with"),
        (&["transactions", "--since", "yesterday"], "YEAR-MONTH-DAY"),
        (&["transactions", "--since", "2026-03-02", "--until", "2026-03-01"], "exchange them"),
        (&["export"], "--format"),
        (&["export", "--format", "xls"], "possible values"),
        (&["export", "--format", "ofx", "--append", "a.ofx"], "FITID"),
        (&["export", "--format", "ofx", "--pending"], "leave out --pending"),
        (&["export", "--format", "csv", "--pending", "--append", "a.csv"], "leave out --pending"),
        (&["export", "--format", "csv", "--json"], "--output"),
        (&["export", "--format", "beancount", "--suspense", "Unsorted"], "Expenses:Unsorted"),
        (&["renew", "9"], "the ledger has no account 9"),
        (&["doctor", "--reset-circuit", "9"], "the ledger has no account 9"),
        (&["raw", "GET", "/other"], "below /api/v2/"),
        (&["raw", "GET", "/api/v2/token/new/"], "tokens"),
        (&["raw", "TRACE", "/api/v2/requisitions/"], "possible values"),
        (&["raw", "GET", "/api/v2/accounts/a b/"], "below /api/v2/"),
        (&["raw", "GET", "/api/v2/requisitions/?limit=#1"], "special character"),
        (&["raw", "POST", "/api/v2/requisitions/", "--data", "{"], "the data is not valid JSON"),
        (&["completions", "cmd"], "possible values"),
        (&["--profile", "../other", "accounts"], "the name of a profile"),
    ];
    for (args, sentence) in all {
        let ran = world.run(args).ends(2);
        assert!(ran.err.contains(sentence), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    }
    assert_eq!(world.sandbox.requests().len(), 0);
}

#[test]
fn arguments_that_are_wrong_are_reported_in_json_where_json_is_asked_for() {
    let world = World::new();
    for (args, sentence) in [
        (&["pay", "--json"] as &[&str], "unrecognized subcommand 'pay'"),
        (&["export", "--json"], "--format"),
        (&["--json"], "requires a subcommand"),
    ] {
        let error: serde_json::Value = serde_json::from_str(&world.run(args).ends(2).err).unwrap();
        let error = &error["error"];
        assert_eq!(error["kind"], "usage", "{error}");
        assert!(error["message"].as_str().unwrap().contains(sentence), "{error}");
    }
}

#[test]
fn an_unknown_bank_or_requisition_is_reported_with_where_to_find_it() {
    let world = World::new();
    let ran = world.run(&["link", "NOBANK_NOBKGB22"]).ends(2);
    assert!(ran.err.contains("bank-data institutions --search"), "{}", ran.err);
    let id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
    let ran = world.run(&["link", "--requisition", id]).ends(2);
    assert!(ran.err.contains("there is no requisition 3fa85f64"), "{}", ran.err);
}

#[test]
fn a_mistyped_folder_or_profile_is_reported_and_not_created() {
    let world = World::synced();
    let all: &[&[&str]] = &[
        &["accounts"],
        &["accounts", "decide", "1", "new"],
        &["sync"],
        &["balances"],
        &["transactions"],
        &["export", "--format", "csv"],
        &["consents"],
        &["renew"],
        &["quota"],
        &["doctor", "--reset-circuit", "1"],
    ];
    for args in all {
        for place in [["--profile", "typo"], ["--data-dir", "typo"]] {
            let ran = world.run(&[args, &place as &[&str]].concat()).ends(2);
            assert!(
                ran.err.contains("there is no ledger ") && ran.err.contains("`bank-data link` makes one")
            );
            assert_eq!(ran.out, "", "{args:?}");
        }
    }
    let doctor = world.run(&["doctor", "--profile", "typo"]).ends(0);
    assert!(doctor.out.contains("warning ledger: there is no ledger "), "{}", doctor.out);
    assert!(!world.file("typo").exists());
}

#[test]
fn an_empty_ledger_says_how_to_begin() {
    let world = World::new();
    // A link makes it, also one that comes to nothing.
    world.run(&["link", "NOBANK_NOBKGB22"]).ends(2);
    assert!(world.run(&["sync"]).ends(2).err.contains("bank-data link"));
    for args in [&["accounts"] as &[&str], &["consents"], &["quota"]] {
        assert!(world.run(args).ends(0).out.contains("bank-data link"), "{args:?}");
    }
}

#[test]
fn login_takes_two_lines_and_stores_only_what_the_service_takes() {
    use std::io::Write as _;
    use std::process::Stdio;
    let world = World::new();
    let login = |lines: &str| {
        let mut command = world.command(&["login"]);
        command.env_remove("GOCARDLESS_SECRET_ID").env_remove("GOCARDLESS_SECRET_KEY");
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        crate::world::Ran::of(&child.wait_with_output().unwrap())
    };
    login("only one\n").ends(2);
    let wrong = login(&format!("{}\nwrong-key\n", world.sandbox.secret_id())).ends(6);
    assert!(!wrong.err.contains("wrong-key"));
    assert!(!world.file("default/secrets.toml").exists());
    login(&format!("{}\n{}\n", world.sandbox.secret_id(), world.sandbox.secret_key())).ends(0);
    let mut command = world.command(&["institutions", "GB"]);
    command.env_remove("GOCARDLESS_SECRET_ID").env_remove("GOCARDLESS_SECRET_KEY");
    crate::world::Ran::of(&command.output().unwrap()).ends(0);
}
