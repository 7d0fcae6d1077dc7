//! Do the load cases still run and hold? At a small scale, and nothing is said about time, memory and sockets. (L1 to L6)

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use std::fs;
use std::process::{Command, Output};

use behaviour::Directory;

/// The figures that goals name, by goal, and which of them Linux alone tells.
const OF_GOALS: [(&str, &[&str]); 3] = [
    ("G1", &["callers", "runs", "runs with one request"]),
    ("G2", &["callers", "requests", "distinct errors", "requests in cool-down"]),
    ("G17", &["calls", "most sockets", "failures", "rss growth MiB", "seconds", "descriptor limit"]),
];
const OF_LINUX: [&str; 3] = ["most sockets", "rss growth MiB", "descriptor limit"];

fn load(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_load"));
    command.args(arguments).env_remove("GOALS_FIGURES");
    command
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn every_load_case_holds_at_a_small_scale() {
    let directory = Directory::default();
    let file = directory.file("figures.tsv");
    let output = load(&["--small", "--seed", "17"]).env("GOALS_FIGURES", &file).output().unwrap();
    let text = text(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("seed 17\n"), "{text}");
    let figures = fs::read_to_string(file).unwrap();
    let figures: Vec<Vec<&str>> = figures.lines().map(|line| line.split('\t').collect()).collect();
    assert!(figures.iter().all(|figure| figure.len() == 3), "{figures:?}");
    let has = |goal: &str, name: &str| figures.iter().any(|figure| figure.starts_with(&[goal, name]));
    for case in 1..=6 {
        let id = format!("L{case}");
        assert!(figures.iter().any(|figure| figure.starts_with(&[&id])), "nothing was told of {id}: {text}");
    }
    for (goal, names) in OF_GOALS {
        for name in names {
            let told = cfg!(target_os = "linux") || !OF_LINUX.contains(name);
            assert_eq!(has(goal, name), told, "`{name}` of {goal} was not told: {text}");
        }
    }
}

#[test]
fn only_the_cases_that_are_named_are_run() {
    let output = load(&["--small", "l3"]).output().unwrap();
    let text = text(&output);
    assert!(output.status.success(), "{text}");
    let cases: Vec<_> = text.lines().filter(|line| line.starts_with('L')).collect();
    assert!(matches!(cases[..], [case] if case.starts_with("L3")), "{text}");
}

#[test]
fn the_help_is_printed_and_wrong_arguments_are_refused_with_what_is_right() {
    let help = load(&["--help"]).output().unwrap();
    assert!(help.status.success());
    for option in ["--minutes", "--seed", "--small", "l1 to l6", "GOALS_FIGURES"] {
        assert!(text(&help).contains(option), "{option}");
    }
    let wrong = load(&["l7"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(text(&wrong).lines().count(), 1, "{}", text(&wrong));
}
