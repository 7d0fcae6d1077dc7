//! Each kind of failure has its exit code, and says what to do.

use std::time::Duration;

use gocardless_bank_data_sandbox::{Fault, Operation, Preset};

use crate::world::{BANK, Linking, Ran, World};

const DAY: Duration = Duration::from_secs(86_400);

#[test]
fn missing_wrong_and_open_secrets_end_with_6() {
    let world = World::linked();
    let without = |world: &World| {
        let mut command = world.command(&["sync"]);
        command.env_remove("GOCARDLESS_SECRET_ID").env_remove("GOCARDLESS_SECRET_KEY");
        command
    };
    let ran = Ran::of(&without(&world).output().unwrap()).ends(6);
    assert!(ran.err.contains("bank-data login"), "{}", ran.err);
    let ran = Ran::of(&without(&world).env("GOCARDLESS_SECRET_ID", "id").output().unwrap()).ends(6);
    assert!(ran.err.contains("GOCARDLESS_SECRET_KEY is not set"), "{}", ran.err);
    let ran =
        Ran::of(&world.command(&["sync"]).env("GOCARDLESS_SECRET_KEY", "a-wrong-key").output().unwrap());
    assert!(!ran.err.contains("a-wrong-key"));
    ran.ends(6);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let file = world.file("default/secrets.toml");
        std::fs::write(&file, "secret_id = \"a\"\nsecret_key = \"b\"\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let ran = Ran::of(&without(&world).output().unwrap()).ends(6);
        assert!(ran.err.contains("chmod 600"), "{}", ran.err);
    }
}

#[test]
fn a_consent_that_has_ended_ends_with_4_and_doctor_says_so() {
    let world = World::synced();
    world.sandbox.clock().advance(DAY * 91);
    let ran = world.run(&["sync"]).ends(4);
    assert!(ran.err.contains("bank-data renew"), "{}", ran.err);
    let consents = world.run(&["consents", "--json"]).ends(4);
    assert_eq!(consents.json()["consents"][0]["state"], "expired");
    let error: serde_json::Value = serde_json::from_str(&consents.err).unwrap();
    assert_eq!(error["error"]["code"], 4);
    assert_eq!(error["error"]["kind"], "consent");
    let doctor = world.run(&["doctor"]).ends(4);
    assert!(doctor.out.contains("ask the person to connect it again"), "{}", doctor.out);
}

#[test]
fn a_forgotten_account_is_skipped_everywhere_until_it_is_linked_again() {
    let world = World::synced();
    world.sandbox.clock().advance(DAY * 91);
    world.link("FERNWICKBANK_FRNWGB22");
    world.run(&["sync"]).ends(4);
    for account in ["1", "2"] {
        let ran = world.run(&["accounts", "forget", account]).ends(0);
        assert!(ran.err.contains(&format!("Account {account} is forgotten")), "{}", ran.err);
    }
    let standings = |world: &World| -> Vec<(i64, String)> {
        let accounts = world.run(&["accounts", "--json"]).ends(0).json();
        let accounts = accounts["accounts"].as_array().unwrap().iter();
        accounts
            .map(|one| (one["account"].as_i64().unwrap(), one["standing"].as_str().unwrap().to_owned()))
            .collect()
    };
    let before = standings(&world);
    assert_eq!(before[..2], [(1, "forgotten".to_owned()), (2, "forgotten".to_owned())]);
    // What a cron job runs has nothing to report, and does not mention them.
    let has_them = |value: &serde_json::Value| matches!(value.as_i64(), Some(1 | 2));
    for (args, list, member) in [
        (&["sync", "--again"] as &[&str], "reads", "account"),
        (&["consents"], "consents", "accounts"),
        (&["quota"], "quota", "account"),
        (&["doctor"], "findings", "account"),
    ] {
        let shown = world.run(&[args, &["--json"]].concat()).ends(0).json();
        let list = shown[list].as_array().unwrap();
        assert!(!list.is_empty(), "{args:?}");
        let flat = |value: &serde_json::Value| {
            value.as_array().map_or_else(|| has_them(value), |all| all.iter().any(has_them))
        };
        assert!(!list.iter().any(|one| flat(&one[member])), "{args:?}: {list:?}");
    }
    assert!(world.run(&["renew"]).ends(0).err.contains("No consent has ended"));
    for command in ["sync", "renew"] {
        let ran = world.run(&[command, "1"]).ends(2);
        assert!(ran.err.contains("account 1 is forgotten"), "{}", ran.err);
    }
    let export = world.run(&["export", "--format", "csv", "--account", "1"]).ends(0).out;
    assert!(export.lines().count() > 100, "its entries stay");
    world.link(BANK);
    let after = standings(&world);
    assert_eq!(after.len(), before.len(), "{after:?}");
    assert!(after.iter().all(|(_, standing)| standing == "active"), "{after:?}");
    world.run(&["sync", "1", "2"]).ends(0);
}

#[test]
fn a_ledger_whose_accounts_are_all_forgotten_says_so() {
    let world = World::linked();
    for account in ["1", "2"] {
        world.run(&["accounts", "forget", account]).ends(0);
    }
    for args in [&["consents"] as &[&str], &["quota"]] {
        let ran = world.run(args).ends(0);
        assert!(ran.out.contains("forgotten") && ran.out.contains("bank-data link"), "{}", ran.out);
    }
    world.run(&["renew"]).ends(0);
    world.run(&["sync"]).ends(2);
}

#[test]
fn an_access_that_was_withdrawn_ends_with_4() {
    let world = World::linked();
    world
        .sandbox
        .faults()
        .add(Fault::preset(Preset::AccountInactive).on(Operation::AccountTransactions).always());
    world.run(&["sync"]).ends(4);
    assert_eq!(world.run(&["consents", "--json"]).ends(4).json()["consents"][0]["state"], "withdrawn");
}

#[test]
fn one_account_that_fails_ends_with_3_and_the_others_are_read() {
    let world = World::linked();
    let accounts = world.run(&["accounts", "--json"]).ends(0).json();
    let id = accounts["accounts"][0]["id"].as_str().unwrap();
    world.sandbox.faults().add(Fault::preset(Preset::UnknownRequestError).account(id).always());
    let ran = world.run(&["sync", "--json"]).ends(3);
    let summary = &ran.json()["summary"];
    assert!(summary["failed"].as_i64().unwrap() > 0 && summary["added"].as_i64().unwrap() > 0, "{summary}");
    let doctor = world.run(&["doctor"]).ends(3);
    assert!(doctor.out.contains("--reset-circuit 1"), "{}", doctor.out);
    let reset = world.run(&["doctor", "--reset-circuit", "1"]).ends(0);
    assert!(reset.err.contains("closed"), "{}", reset.err);
    // Once the cause has gone, it is read at once.
    world.sandbox.faults().clear();
    assert!(!world.run(&["doctor"]).out.contains("reads wait until"));
    let read = world.run(&["sync", "1", "--json"]).ends(0).json();
    assert_eq!(read["summary"]["succeeded"], 2, "{read}");
}

#[test]
fn a_sync_of_which_no_read_succeeds_ends_with_1() {
    let world = World::linked();
    for operation in [Operation::AccountTransactions, Operation::AccountBalances] {
        world.sandbox.faults().add(Fault::preset(Preset::UnknownRequestError).on(operation).always());
    }
    let ran = world.run(&["sync"]).ends(1);
    assert!(ran.err.contains("no read succeeded"), "{}", ran.err);
}

#[test]
fn doctor_says_that_a_circuit_breaker_is_open_and_closes_it() {
    let world = World::linked();
    let accounts = world.run(&["accounts", "--json"]).ends(0).json();
    let id = accounts["accounts"][0]["id"].as_str().unwrap();
    world.sandbox.faults().add(Fault::preset(Preset::UnknownRequestError).account(id).always());
    let path = format!("/api/v2/accounts/{id}/balances/");
    for _ in 0..6 {
        assert_ne!(world.run(&["raw", "GET", &path]).code, 0);
    }
    let open = "its circuit breaker is open after 5 failures in a row: call again after ";
    let doctor = world.run(&["doctor"]).ends(0);
    let words = doctor.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(open) && words.contains("--reset-circuit 1"), "{words}");
    world.run(&["doctor", "--reset-circuit", "1"]).ends(0);
    assert!(!world.run(&["doctor"]).ends(0).out.contains("circuit"));
}

#[test]
fn raw_makes_calls_that_no_command_makes() {
    let world = World::new();
    let terms = r#"{"institution_id": "SANDBOXFINANCE_SFIN0000", "max_historical_days": 30}"#;
    let made = world.run(&["raw", "POST", "/api/v2/agreements/enduser/", "--data", terms]).ends(0).json();
    let path = format!("/api/v2/agreements/enduser/{}/", made["id"].as_str().unwrap());
    assert_eq!(world.run(&["raw", "get", &path]).ends(0).json()["max_historical_days"], 30);
    world.run(&["raw", "DELETE", &path]).ends(0);
    let gone = world.run(&["raw", "GET", &path]);
    assert!(gone.code != 0 && gone.err.contains("not found (404)"), "{} {}", gone.code, gone.err);
    let unknown = world.run(&["raw", "GET", "/api/v2/payments/"]);
    assert_ne!(unknown.code, 0);
}

#[test]
fn a_link_that_cannot_be_looked_at_can_be_continued() {
    let world = World::new();
    let mut linking = Linking::start(&world, &["link", BANK, "--no-callback"]);
    world
        .sandbox
        .faults()
        .add(Fault::preset(Preset::InsufficientPermissions).on(Operation::RetrieveAgreement).always());
    world.sandbox.link(linking.requisition()).unwrap();
    let ran = linking.end();
    assert_ne!(ran.code, 0);
    world.sandbox.faults().clear();
    let command = format!("link --requisition {}", linking.requisition());
    assert!(ran.err.contains(&command), "{}", ran.err);
    world.run(&command.split(' ').collect::<Vec<_>>()).ends(0);
}

#[test]
fn a_limit_ends_with_5_and_the_instant() {
    let world = World::synced();
    for _ in 0..3 {
        world.run(&["sync", "--again"]).ends(0);
    }
    let ran = world.run(&["sync", "--again", "--json"]).ends(5);
    let error: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    let retry_at = error["error"]["retry_at"].as_str().unwrap();
    assert!(retry_at.starts_with("2026-03-03T1"), "{error}");
    assert_eq!(retry_at.len(), "2026-03-03T12:00:00Z".len(), "{error}");
    // Without --again nothing is due, and that is not a failure.
    world.run(&["sync"]).ends(0);
}

#[test]
fn doctor_finds_a_clock_that_is_wrong_and_a_network_that_is_not_there() {
    let world = World::synced();
    let ahead = world.command(&["doctor"]).env("BANK_DATA_NOW", "2026-03-02T12:10:00Z").output().unwrap();
    let ran = Ran::of(&ahead).ends(1);
    assert!(ran.out.contains("600 seconds ahead of"), "{}", ran.out);
    let nowhere =
        world.command(&["doctor"]).env("GOCARDLESS_BASE_URL", "http://127.0.0.1:1").output().unwrap();
    let ran = Ran::of(&nowhere).ends(1);
    assert!(ran.out.contains("wrong   network: ") && ran.out.contains("GOCARDLESS_BASE_URL"), "{}", ran.out);
}

#[test]
fn a_call_that_cannot_be_made_says_why() {
    let world = World::new();
    let at = |address: &str| {
        let mut command = world.command(&["institutions"]);
        Ran::of(&command.env("GOCARDLESS_BASE_URL", address).output().unwrap())
    };
    let refused = at("http://127.0.0.1:1").ends(1);
    assert!(refused.err.to_lowercase().contains("could not connect (connection refused"), "{}", refused.err);
    let open = at("http://bank.example").ends(2);
    assert!(
        open.err.contains("GOCARDLESS_BASE_URL: uses http") && open.err.contains("unset"),
        "{}",
        open.err
    );
}

#[test]
fn doctor_offers_to_end_a_wait_only_where_the_account_can_be_read() {
    let world = World::linked();
    world
        .sandbox
        .faults()
        .add(Fault::preset(Preset::UnknownRequestError).on(Operation::AccountTransactions).always());
    world.sandbox.clock().advance(DAY / 24 * (90 * 24 - 1));
    world.run(&["sync"]);
    assert!(world.run(&["doctor"]).out.contains("--reset-circuit 1"));
    world.sandbox.clock().advance(DAY / 24 + Duration::from_secs(60));
    let doctor = world.run(&["doctor"]).ends(4);
    assert!(doctor.out.contains("has expired") && !doctor.out.contains("--reset-circuit"), "{}", doctor.out);
}

#[test]
fn doctor_names_the_calls_whose_limit_it_shows() {
    let world = World::of_today();
    let doctor = world.run(&["doctor"]).out;
    assert!(doctor.contains("reads of agreements are left to the company"), "{doctor}");
}

#[test]
fn a_file_that_is_not_a_ledger_ends_with_7_and_is_left_as_it_is() {
    let world = World::synced();
    let file = world.file("default/ledger.sqlite");
    for name in ["ledger.sqlite-wal", "ledger.sqlite-shm"] {
        let _ = std::fs::remove_file(world.file("default").join(name));
    }
    std::fs::write(&file, "not a database, but a text of some length\n".repeat(100)).unwrap();
    let before = std::fs::read(&file).unwrap();
    for args in [&["accounts"] as &[&str], &["sync"], &["export", "--format", "csv"], &["doctor"]] {
        let ran = world.run(args).ends(7);
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("move it away, and a new one is created"), "{said}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_with_7_and_leaves_file_and_ledger_as_they_were() {
    let world = World::linked();
    let limited = |script: &str| {
        let mut shell = std::process::Command::new("sh");
        let program = world.command(&[]);
        shell.args(["-c", script, crate::world::PROGRAM]).current_dir(world.folder());
        shell.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Ran::of(&shell.output().unwrap())
    };
    // `trap '' XFSZ` makes a write beyond the limit fail, as on a full disk, and not kill; the unit is 512 bytes.
    let ran = limited("trap '' XFSZ; ulimit -f 80; \"$0\" sync").ends(7);
    assert!(ran.err.contains("ledger"), "{}", ran.err);
    // With space again it continues, without a gap.
    world.run(&["sync", "--again"]).ends(0);
    let whole =
        world.run(&["transactions", "--json"]).ends(0).json()["transactions"].as_array().unwrap().len();
    assert!(whole > 100, "{whole}");
    world.run(&["export", "--format", "csv", "--output", "bank.csv"]).ends(0);
    let before = std::fs::read(world.file("bank.csv")).unwrap();
    let ran = limited("trap '' XFSZ; ulimit -f 70; \"$0\" export --format csv --output bank.csv").ends(7);
    assert!(ran.err.contains("free some space"), "{}", ran.err);
    assert_eq!(std::fs::read(world.file("bank.csv")).unwrap(), before);
    let ran = limited("\"$0\" export --format csv > /dev/full").ends(7);
    assert!(ran.err.contains("standard output cannot be written"), "{}", ran.err);
    let ran = world.run(&["export", "--format", "csv", "--output", "no/such/folder/bank.csv"]).ends(7);
    assert!(ran.err.contains("the folder no/such/folder does not exist; create it"), "{}", ran.err);
}
