//! The page of the command line shows the output as it is.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::world::{World, snapshots};

/// Marks in the page the snapshot that the block below it must be.
const MARK: &str = "<!-- snapshot: ";

#[test]
fn the_page_shows_the_output_as_it_is() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/command-line.md");
    let page = fs::read_to_string(&file).unwrap();
    let mut parts = page.split(MARK);
    let mut written = parts.next().unwrap().to_owned();
    let mut count = 0;
    for part in parts {
        let (name, rest) = part.split_once(" -->\n").unwrap();
        let snapshot = fs::read_to_string(snapshots().join(name)).unwrap();
        let (head, rest) = rest.split_once("```").unwrap();
        let (language, rest) = rest.split_once('\n').unwrap();
        let (_, rest) = rest.split_once("```").unwrap();
        let _ = write!(written, "{MARK}{name} -->\n{head}```{language}\n{}\n```{rest}", snapshot.trim_end());
        count += 1;
    }
    assert!(count > 10, "{count}");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&file, &written).unwrap();
    }
    assert_eq!(page, written, "run the tests twice with UPDATE_SNAPSHOTS=1, and read the difference");
}

#[test]
fn the_page_has_each_command_and_each_exit_code() {
    let world = World::new();
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/command-line.md")).unwrap();
    let help = world.run(&["--help"]).ends(0).out;
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for line in commands {
        let name = line.split_whitespace().next().unwrap();
        // Lines that go on are indented further.
        if line.starts_with("  ") && !line.starts_with("   ") && name != "help" {
            assert!(
                [format!("bank-data {name}"), format!("--sandbox {name}")]
                    .iter()
                    .any(|text| page.contains(text)),
                "{name}"
            );
        }
    }
    let codes =
        help.lines().skip_while(|line| *line != "Exit codes:").skip(1).take_while(|line| !line.is_empty());
    for line in codes {
        let code = line.split_whitespace().next().unwrap();
        assert!(page.contains(&format!("| {code} |")), "{code}");
    }
}

#[test]
fn completions_and_the_manual_are_made_from_the_same_description() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = world.run(&["completions", shell]).ends(0).out;
        assert!(text.contains("institutions") && text.contains("full-numbers"), "{shell}");
    }
    let manual = world.run(&["man"]).ends(0).out;
    assert!(
        manual.starts_with(".ie") && manual.contains(".TH bank") && manual.contains("BANK\\-DATA EXPORT"),
        "{manual}"
    );
    assert!(
        manual.contains("bank\\-data demo\n") && !manual.contains("(1)"),
        "there is one page only: {manual}"
    );
}
