//! The program: what it prints, how it stops, and how it rejects arguments. And the README, which lists everything.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use gocardless_bank_data_sandbox::{
    BankProfile, Faults, LinkOutcome, Operation, Preset, RecordedRequest, Sandbox,
};
use serde_json::Value;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gocardless-bank-data-sandbox"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// Starts it and reads its first line; what it prints after that is still to be read.
fn start(arguments: &[&str]) -> (Child, BufReader<ChildStdout>, String) {
    let mut child = program(arguments).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    (child, out, line)
}

#[tokio::test]
async fn it_announces_itself_in_one_line_of_json_and_serves() {
    let (mut child, _out, line) =
        start(&["--json", "--seed", "7", "--no-limits", "--fixed-clock", "2026-01-15T12:00:00Z"]);
    let printed: Value = serde_json::from_str(&line).unwrap();
    let same = Sandbox::builder().seed(7).start_blocking().unwrap();
    assert_eq!(printed["secret_id"], same.secret_id());
    assert_eq!(printed["secret_key"], same.secret_key());
    let url = format!("{}/_sandbox/clock", printed["base_url"].as_str().unwrap());
    test_support::install_cryptography();
    let clock = reqwest::get(url).await.unwrap().text().await.unwrap();
    assert_eq!(clock, r#"{"now":"2026-01-15T12:00:00.000000Z"}"#);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_cleanly() {
    for signal in ["INT", "TERM"] {
        let (mut child, _out, _) = start(&["--json"]);
        let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
        let mut complaints = String::new();
        child.stderr.unwrap().read_to_string(&mut complaints).unwrap();
        assert_eq!(complaints, "");
    }
}

#[test]
fn without_json_it_tells_a_person_how_to_begin() {
    let (mut child, mut out, line) = start(&["--port", "0"]);
    assert!(line.contains("sandbox"));
    let mut text = String::new();
    while !text.contains("/_sandbox") {
        assert_ne!(out.read_line(&mut text).unwrap(), 0, "{text}");
    }
    for part in ["base URL    http://127.0.0.1:", "secret id   ", "secret key  ", "curl -s http://127.0.0.1:"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_port_in_use_is_one_sentence_and_exit_code_1() {
    let taken = Sandbox::start_blocking().unwrap();
    let port = taken.base_url().rsplit_once(':').unwrap().1;
    let output = run(&["--port", port]);
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stderr).unwrap();
    assert_eq!(printed, format!("error: cannot listen on 127.0.0.1:{port}: the port is in use\n"));
    assert!(output.stdout.is_empty());
}

#[test]
fn bad_arguments_exit_2() {
    for arguments in
        [&["--port", "x"], &["--port", "70000"], &["--nonsense", "1"], &["--fixed-clock", "noon"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn help_and_version_are_for_people() {
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    for part in [
        "--port",
        "--seed",
        "--json",
        "--no-limits",
        "--declared-only",
        "--host",
        "--public-url",
        "--auto-link",
        "/_sandbox/profiles",
        "curl",
        "/_sandbox/faults",
        "/_sandbox/clock",
        "EXIT CODES",
    ] {
        assert!(help.contains(part), "{part}");
    }
    let version = run(&["--version"]);
    assert_eq!(version.status.code(), Some(0));
    assert!(String::from_utf8(version.stdout).unwrap().starts_with("gocardless-bank-data-sandbox "));
}

const README: &str = include_str!("../../README.md");

#[test]
fn the_readme_names_every_preset_and_every_outcome() {
    for preset in Preset::all() {
        assert!(README.contains(&format!("`{}`", preset.name())), "{preset:?}");
    }
    for outcome in LinkOutcome::all() {
        assert!(README.contains(&format!("| `{}` |", outcome.as_str())), "{outcome:?}");
    }
}

#[test]
fn the_readme_names_every_profile_and_every_member_of_one() {
    for (name, profile) in BankProfile::presets() {
        let institution = format!("PROFILE_{}", name.to_ascii_uppercase().replace('-', "_"));
        assert!(README.contains(&format!("| `{name}` | `{institution}` |")), "{name}");
        for member in profile.to_json().as_object().unwrap().keys() {
            assert!(README.contains(&format!("`{member}`")), "{member}");
        }
    }
}

#[tokio::test]
async fn it_listens_on_its_host_and_prints_how_others_reach_it() {
    let (mut child, _out, line) = start(&[
        "--json",
        "--host",
        "0.0.0.0",
        "--public-url",
        "http://sandbox.example:8099/",
        "--auto-link",
    ]);
    let printed: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(printed["base_url"], "http://sandbox.example:8099");
    child.kill().unwrap();
    child.wait().unwrap();
    let everywhere = Sandbox::builder().host("0.0.0.0".parse().unwrap()).start_blocking().unwrap();
    assert!(everywhere.base_url().starts_with("http://127.0.0.1:"), "{}", everywhere.base_url());
    test_support::install_cryptography();
    assert!(reqwest::get(format!("{}/_sandbox", everywhere.base_url())).await.unwrap().status().is_success());
}

#[test]
fn a_sandbox_can_be_shared_between_threads() {
    const fn shared<T: Send + Sync + 'static>() {}
    shared::<Sandbox>();
    shared::<Faults>();
    shared::<RecordedRequest>();
    shared::<Operation>();
}
