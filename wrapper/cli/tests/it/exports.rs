//! What other programs make of the files.

use std::collections::BTreeSet;
use std::process::Command;

use gocardless_bank_data_sandbox::Operation;

use crate::world::World;

/// The ids and amounts of the booked entries, as the program itself lists them.
fn booked(world: &World) -> BTreeSet<(String, String)> {
    let all = world.run(&["transactions", "--json"]).ends(0).json();
    let all = all["transactions"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    all.iter()
        .filter(|one| one["status"] == "booked")
        .map(|one| (text(&one["id"]), text(&one["amount"])))
        .collect()
}

/// Accounts with all that a year brings, and one whose texts have what each format gives a meaning.
fn world() -> World {
    let world = World::linked();
    let bank = "FERNWICKBANK_FRNWGB22";
    let account =
        serde_json::json!({ "opening": "100.00", "only": true, "name": "A \"quoted\" <b>&amp;</b> name" });
    let account = world.sandbox.put_account(bank, &account).unwrap();
    let texts = [
        "a\r\nb, \"c\"; d | e",
        "* (x) ! = <CURDEF>\\ & \u{7f}\u{1}",
        "\"",
        "  ; note:x, y:z  ",
        "]]> &lt; \u{fffe} Ünïcödé 😀 of more than thirty-two letters in a name",
        "bank-data-id: 1-0",
        "ends with \\",
        "=1+1",
        "-",
    ];
    let entries: Vec<serde_json::Value> = (0_usize..)
        .zip(texts)
        .map(|(number, text)| {
            serde_json::json!({
                "state": "booked",
                "bookingDate": "2026-02-28",
                "transactionId": format!("T-{number}"),
                "transactionAmount": { "amount": format!("-{number}.50"), "currency": "EUR" },
                "creditorName": text,
                "remittanceInformationUnstructured": format!("{text}{text}"),
            })
        })
        .collect();
    world.sandbox.put_transactions(&account, serde_json::Value::Array(entries)).unwrap();
    world.link(bank);
    world.run(&["sync"]).ends(0);
    world
}

#[test]
fn an_ofx_parser_reads_each_transaction_with_its_amount_and_id() {
    let world = world();
    let text = world.run(&["export", "--format", "ofx"]).ends(0).out;
    let document = ofx_rs::parse(&text).unwrap();
    assert!(document.signon().status().is_success());
    let mut found = BTreeSet::new();
    for statement in document.banking().unwrap().statement_responses() {
        let statement = statement.response().unwrap();
        let id = statement.bank_account().account_id().as_str().strip_prefix("account-").unwrap();
        let number = id.split('-').next().unwrap();
        for one in statement.transaction_list().unwrap().transactions() {
            found.insert((format!("{number}-{}", one.fit_id().as_str()), one.amount().to_string()));
        }
    }
    assert_eq!(found, booked(&world));
    // A second export has the same ids, so an importer adds nothing.
    let again = world.run(&["export", "--format", "ofx"]).ends(0).out;
    assert_eq!(again, text);
}

#[test]
fn an_account_with_entries_in_two_currencies_is_two_statements_in_ofx() {
    let world = World::new();
    let bank = "FERNWICKBANK_FRNWGB22";
    let account = serde_json::json!({ "opening": "100.00", "only": true, "name": "Two", "currency": "EUR" });
    let account = world.sandbox.put_account(bank, &account).unwrap();
    let entry = |id: &str, currency: &str| {
        serde_json::json!({
            "state": "booked",
            "bookingDate": "2026-02-28",
            "transactionId": id,
            "transactionAmount": { "amount": "-3.50", "currency": currency },
        })
    };
    let entries = serde_json::json!([entry("T-1", "EUR"), entry("T-2", "USD"), entry("T-3", "CHF")]);
    world.sandbox.put_transactions(&account, entries).unwrap();
    let balance = |amount: &str, currency: &str| {
        serde_json::json!({
            "balanceAmount": { "amount": amount, "currency": currency },
            "balanceType": "interimBooked",
        })
    };
    let balances = serde_json::json!({ "balances": [balance("20.00", "USD"), balance("10.00", "EUR")] });
    world.sandbox.put_raw(&account, Operation::AccountBalances, balances).unwrap();
    world.link(bank);
    world.run(&["sync"]).ends(0);
    for args in [&[] as &[&str], &["--full-numbers"]] {
        let text = world.run(&[&["export", "--format", "ofx"], args].concat()).ends(0).out;
        assert!(!text.contains("CURRATE"), "{text}");
        let document = ofx_rs::parse(&text).unwrap();
        let mut found = Vec::new();
        let mut ids = BTreeSet::new();
        for statement in document.banking().unwrap().statement_responses() {
            let statement = statement.response().unwrap();
            found.push((
                statement.currency_default().as_str().to_owned(),
                statement.transaction_list().unwrap().transactions().len(),
                statement.ledger_balance().unwrap().amount().to_string(),
            ));
            let id = statement.bank_account().account_id().as_str();
            assert!(id.len() <= 22, "{id}");
            ids.insert(id.to_owned());
        }
        let expected = [("EUR", 1, "10.00"), ("USD", 1, "20.00"), ("CHF", 1, "0")];
        assert_eq!(
            found,
            expected.map(|(code, count, balance)| (code.to_owned(), count, balance.to_owned()))
        );
        // A reader that goes by the number books no currency into the account of another one.
        assert_eq!(ids.len(), 3, "{ids:?}");
    }
}

#[test]
fn the_strict_parser_of_ofxtools_reads_it_too() {
    let world = world();
    if !python_has("ofxtools") {
        eprintln!("skipped: the Python package ofxtools is not installed");
        return;
    }
    world.run(&["export", "--format", "ofx", "--output", "bank.ofx"]).ends(0);
    let script = "import sys\nfrom ofxtools.Parser import OFXTree\ntree = OFXTree()\ntree.parse(sys.argv[1])\n\
                  ofx = tree.convert()\nprint(sum(len(s.transactions) for s in ofx.statements))";
    let file = world.file("bank.ofx");
    let output = Command::new("python3").args(["-c", script, file.to_str().unwrap()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), booked(&world).len().to_string());
}

fn python_has(package: &str) -> bool {
    let import = format!("import {package}");
    Command::new("python3").args(["-c", &import]).output().is_ok_and(|output| output.status.success())
}

#[test]
fn beancount_and_hledger_read_their_journals() {
    let world = world();
    world.run(&["export", "--format", "beancount", "--output", "bank.beancount"]).ends(0);
    world.run(&["export", "--format", "hledger", "--output", "bank.journal"]).ends(0);
    let count = booked(&world).len().to_string();
    if python_has("beancount") {
        let script = "import sys\nfrom beancount import loader\nfrom beancount.core.data import Transaction\n\
                      entries, errors, _ = loader.load_file(sys.argv[1])\nassert not errors, errors\n\
                      print(len({e.meta['bank-data-id'] for e in entries if isinstance(e, Transaction)}))";
        let file = world.file("bank.beancount");
        let output = Command::new("python3").args(["-c", script, file.to_str().unwrap()]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), count);
    } else {
        eprintln!("skipped: the Python package beancount is not installed");
    }
    let hledger =
        |args: &[&str]| Command::new("hledger").arg("-f").arg(world.file("bank.journal")).args(args).output();
    match hledger(&["check", "--strict"]) {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let printed = hledger(&["print"]).unwrap().stdout;
            let printed = String::from_utf8_lossy(&printed).into_owned();
            let read = printed.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
            assert_eq!(read.to_string(), count);
        }
        Err(_) => eprintln!("skipped: hledger is not installed"),
    }
}

#[test]
fn a_journal_of_hledger_declares_each_currency_and_account_once() {
    let world = World::synced();
    for until in ["2026-02-01", "2026-02-15", "2026-03-02"] {
        world.run(&["export", "--format", "hledger", "--append", "j", "--until", until]).ends(0);
    }
    let text = std::fs::read_to_string(world.file("j")).unwrap();
    let mut declared: Vec<&str> =
        text.lines().filter(|line| line.starts_with("commodity ") || line.starts_with("account ")).collect();
    declared.sort_unstable();
    let accounts = ["assets:sandboxfinance:1", "assets:sandboxfinance:2", "expenses:unsorted"];
    let mut expected = accounts.map(|name| format!("account {name}")).to_vec();
    expected.extend(["commodity 1000.00 EUR", "commodity 1000.00 GBP"].map(str::to_owned));
    assert_eq!(declared, expected);
}

#[test]
fn nothing_is_added_to_a_journal_that_reads_a_comma_as_decimal_mark() {
    let world = World::synced();
    let append = ["export", "--format", "hledger", "--append", "j"];
    for own in [
        "decimal-mark ,\n",
        "commodity 1.000,00 EUR\n",
        "commodity EUR 1.000,00  ; mine\n",
        "commodity EUR\r\n  note money\r\n  format 1 000,00 EUR\r\n",
        "D 1.000,00 EUR\n",
        "D €1000,\n",
    ] {
        std::fs::write(world.file("j"), own).unwrap();
        let ran = world.run(&append).ends(7);
        assert!(ran.err.contains("decimal mark") && ran.err.contains("`include`"), "{own}: {}", ran.err);
        assert_eq!(std::fs::read_to_string(world.file("j")).unwrap(), own);
    }
    for own in [
        "decimal-mark .\n",
        "commodity 1,000.00 EUR\n",
        "commodity EUR\n  format 1 000.00 EUR\n",
        "D $1,000,000.\n",
        "; commodity 1.000,00 EUR\n",
        "2026-01-01 commodity, 1.000,00 EUR\n    a  1 EUR\n    b\n",
    ] {
        std::fs::write(world.file("j"), own).unwrap();
        world.run(&append).ends(0);
    }
    // An included file takes over the decimal mark of the one that includes it, unless it has its own.
    world.run(&["export", "--format", "hledger", "--output", "own"]).ends(0);
    let text = std::fs::read_to_string(world.file("own")).unwrap();
    assert_eq!(text.lines().nth(1), Some("decimal-mark ."));
}

#[test]
fn an_account_that_a_journal_has_is_not_opened_or_declared_again() {
    let world = World::synced();
    for (format, own, opens) in [
        ("beancount", "2015-01-01 open Expenses:Unsorted EUR,GBP\n", 1),
        ("beancount", "2015-01-01  open\tExpenses:Unsorted  ; mine\n", 1),
        ("beancount", "2015-01-01 open Expenses:Unsorted\r\n", 1),
        ("beancount", "2015-01-01 open Expenses:Unsorted:Other\n", 2),
        ("beancount", "; 2015-01-01 open Expenses:Unsorted\n", 2),
        ("hledger", "account expenses:unsorted  ; type: X\n", 1),
        ("hledger", "account expenses:unsorted\r\n", 1),
        ("hledger", "account expenses:unsorted:other\n", 2),
    ] {
        std::fs::write(world.file("j"), own).unwrap();
        world.run(&["export", "--format", format, "--append", "j"]).ends(0);
        let text = std::fs::read_to_string(world.file("j")).unwrap();
        let is_open = |line: &&str| {
            let mut words = line.split_whitespace();
            let is_directive = words.any(|word| word == "open" || word == "account");
            is_directive && words.next().is_some_and(|name| name.to_lowercase().starts_with("expenses:"))
        };
        assert_eq!(text.lines().filter(is_open).count(), opens, "{own}");
    }
}

#[test]
fn the_other_side_of_a_journal_has_the_name_that_was_given() {
    let world = World::synced();
    let ran = world.run(&["export", "--format", "hledger", "--suspense", "Ausgaben:Unsortiert"]).ends(0);
    assert!(ran.out.contains("\naccount Ausgaben:Unsortiert\n"), "{}", ran.out);
    assert!(ran.out.contains("\n    Ausgaben:Unsortiert  ") && !ran.out.contains("unsorted"), "{}", ran.out);
    let ran = world.run(&["export", "--format", "beancount"]).ends(0);
    assert!(ran.out.contains("\n  Expenses:Unsorted  "), "{}", ran.out);
}

#[test]
fn a_table_of_another_program_is_no_journal() {
    let world = World::synced();
    for format in ["hledger", "beancount"] {
        let append = ["export", "--format", format, "--append", "j"];
        for own in [
            "Booking Date,Amount\n",
            "Buchungstag;Betrag\r\n",
            "\u{feff}Buchungstag;Betrag\n",
            "\n\"Date\",\"Amount\"\n",
            "Date\tAmount\n",
            "01.03.2026;Netto Markt;-3,50\n",
            "2026-03-01,Shop,3.00\n",
        ] {
            std::fs::write(world.file("j"), own).unwrap();
            let ran = world.run(&append).ends(7);
            assert!(ran.err.contains("not a file in this format"), "{own}: {}", ran.err);
            assert_eq!(std::fs::read_to_string(world.file("j")).unwrap(), own);
        }
        for own in [
            "commodity 1,000.00 EUR\n",
            "option \"title\" \"Mine, and ours\"\n",
            "account assets:a  ; mine, ours\n",
            "include a,b.journal\n",
            "2026-01-01 A; B, C\n",
            "; Date,Amount\n",
            "~ monthly  mine, ours\n",
        ] {
            std::fs::write(world.file("j"), own).unwrap();
            world.run(&append).ends(0);
        }
    }
}

#[test]
fn appending_twice_adds_nothing_and_later_only_what_is_new() {
    let world = world();
    for format in ["csv", "jsonl", "hledger", "beancount"] {
        let file = format!("bank.{format}");
        let append = |args: &[&str]| {
            world.run(&[&["export", "--format", format, "--append", &file], args].concat()).ends(0)
        };
        append(&["--until", "2026-02-15"]);
        let part = std::fs::read_to_string(world.file(&file)).unwrap();
        append(&[]);
        let whole = std::fs::read_to_string(world.file(&file)).unwrap();
        assert!(whole.starts_with(&part) && whole.len() > part.len(), "{format}");
        let ran = append(&[]);
        assert!(ran.err.contains("0 transactions written"), "{}", ran.err);
        assert_eq!(std::fs::read_to_string(world.file(&file)).unwrap(), whole, "{format}");
        for (id, _) in booked(&world) {
            assert_eq!(whole.matches(&id).count(), 1, "{format}: {id}");
        }
    }
}

#[test]
fn no_text_in_csv_is_a_formula() {
    let world = World::new();
    let bank = "FERNWICKBANK_FRNWGB22";
    let account = serde_json::json!({ "opening": "100.00", "only": true, "name": "=NOW()" });
    let account = world.sandbox.put_account(bank, &account).unwrap();
    let texts =
        ["=HYPERLINK(\"http://x\",\"a\")", "@SUM(A1)", "-cmd|' /C calc'!A0", "+1+1", "\t=1", "\r=1", "a=b"];
    let entries: Vec<serde_json::Value> = (0_usize..)
        .zip(texts)
        .map(|(number, text)| {
            serde_json::json!({
                "state": "booked",
                "bookingDate": "2026-02-28",
                "transactionId": format!("T-{number}"),
                "transactionAmount": { "amount": "-3.50", "currency": "EUR" },
                "creditorName": text,
                "creditorAccount": { "bban": "=12" },
                "remittanceInformationUnstructured": format!("{text};"),
            })
        })
        .collect();
    world.sandbox.put_transactions(&account, serde_json::Value::Array(entries)).unwrap();
    world.link(bank);
    world.run(&["sync"]).ends(0);
    let csv = world.run(&["export", "--format", "csv"]).ends(0).out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), texts.len());
    for row in &rows {
        for column in [2, 3, 8, 9, 10] {
            assert!(!row[column].starts_with(['=', '+', '-', '@', '\t', '\r']), "{row:?}");
        }
        assert_eq!((&row[6], &row[9]), ("-3.50", "'=12"), "amounts stay numbers");
    }
    let has = |text: &str| rows.iter().any(|row| &row[8] == text);
    assert!(has("a=b") && has("'+1+1") && has("'=HYPERLINK(\"http://x\",\"a\")"), "{rows:?}");
}

#[test]
fn nothing_is_added_to_a_file_in_another_format() {
    let world = World::synced();
    let formats = ["csv", "jsonl", "hledger", "beancount"];
    for format in formats {
        world.run(&["export", "--format", format, "--output", format]).ends(0);
    }
    world.run(&["export", "--format", "ofx", "--output", "ofx"]).ends(0);
    std::fs::write(world.file("json"), world.run(&["transactions", "--json"]).ends(0).out).unwrap();
    std::fs::write(world.file("other-csv"), "Date,Payee,Amount\n2026-03-01,Shop,3.00\n").unwrap();
    for format in formats {
        for file in formats.iter().chain(&["ofx", "json", "other-csv"]).filter(|file| **file != format) {
            let before = std::fs::read(world.file(file)).unwrap();
            let ran = world.run(&["export", "--format", format, "--append", file]).ends(7);
            let sentence = format!("bank-data: {file} is not a file in this format");
            assert!(ran.err.starts_with(&sentence) && ran.err.contains("name another file"), "{}", ran.err);
            assert_eq!(std::fs::read(world.file(file)).unwrap(), before, "{format} to {file}");
        }
    }
    for format in ["csv", "jsonl"] {
        std::fs::write(world.file("note"), "hello").unwrap();
        world.run(&["export", "--format", format, "--append", "note"]).ends(7);
        assert_eq!(std::fs::read_to_string(world.file("note")).unwrap(), "hello");
    }
}

#[test]
fn a_file_of_ones_own_is_added_to_behind_its_last_line() {
    let world = World::synced();
    for (format, own) in [
        (
            "csv",
            "id,account,account_name,institution,day,status,amount,currency,counterparty,counterparty_account,description",
        ),
        ("jsonl", "{\"id\": \"mine\"}"),
        ("hledger", "2026-01-01 A, B, C\n    assets:a  1 EUR\n    assets:b"),
        ("beancount", "option \"title\" \"Mine\""),
    ] {
        std::fs::write(world.file(format), own).unwrap();
        world.run(&["export", "--format", format, "--append", format]).ends(0);
        let text = std::fs::read_to_string(world.file(format)).unwrap();
        assert!(text.starts_with(&format!("{own}\n")) && text.lines().count() > 300, "{format}");
    }
}

#[test]
fn csv_and_json_lines_hold_the_same_and_pending_ones_only_if_asked() {
    let world = world();
    let csv = world.run(&["export", "--format", "csv"]).ends(0).out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: BTreeSet<(String, String)> =
        reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[6].to_owned())).collect();
    assert_eq!(rows, booked(&world));
    let lines = world.run(&["export", "--format", "jsonl", "--pending"]).ends(0).out;
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.len() > rows.len());
    assert!(lines.iter().all(|line| line["bank"]["transactionAmount"]["amount"].is_string()));
    assert_eq!(lines.iter().filter(|line| line["status"] == "booked").count(), rows.len());
}
