//! Schemathesis against the sandbox: cases made from the document, good and bad, single and in sequence.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use super::process::finish;
use super::sandbox::Sandbox;
use super::stock::{self, Stock};
use super::verdict::Verdict;

/// What is the same in every run.
const SETTINGS: &str = include_str!("schemathesis.toml");

/// Random cases for each operation, besides the systematic ones and the sequences.
const EXAMPLES: &str = "100";

/// The fewest cases that a run is worth.
const LEAST_CASES: usize = 2_000;

/// The longest that it may take, on a machine that is busy; else it takes half a minute.
const LIMIT: Duration = Duration::from_secs(300);

/// Only the contract counts, nothing runs out, and time stands still, so that a seed gives the same run again. What
/// ordinary companies may not do is allowed, because behind a 403 there is nothing to judge.
const FLAGS: [&str; 6] = [
    "--declared-only",
    "--no-limits",
    "--allow-accept",
    "--allow-reconfirmation",
    "--fixed-clock",
    "2026-03-10T12:00:00Z",
];

/// Lets it judge, and fails if it complains of anything.
pub(crate) fn run(
    judge: impl Fn() -> Command,
    program: &Path,
    contract: &Path,
    folder: &Path,
    seed: u32,
) -> anyhow::Result<String> {
    let sandbox = Sandbox::start(program, &FLAGS, &folder.join("schemathesis-sandbox.log"))?;
    let settings = folder.join("schemathesis.toml");
    let text = settings_for(&sandbox, &stock::lay_in(&sandbox)?);
    fs::write(&settings, text).with_context(|| format!("writing {}", settings.display()))?;
    sandbox.forget_requests()?;

    let log = folder.join("schemathesis.log");
    let mut command = judge();
    command.arg("--config-file").arg(&settings).arg("run").arg(contract).args(["--url", &sandbox.base_url]);
    command.args(["--checks", "all", "--max-examples", EXAMPLES, "--seed", &seed.to_string()]);
    command.args(["--generation-database", "none", "--no-color"]).current_dir(folder);
    let (status, said) = finish(&mut command, &log, LIMIT, |line| {
        if is_phase(line) {
            println!("  {}", line.trim());
        }
    })?;
    let verdict = judged(&said);
    if !status.success() || !verdict.complaints.is_empty() {
        bail!(
            "Schemathesis complains of the sandbox (seed {seed}, {} cases):\n{}\nall of it is in {}",
            verdict.judged,
            if verdict.complaints.is_empty() { super::process::tail(&said, 25) } else { verdict.told(80) },
            log.display()
        );
    }
    if verdict.judged < LEAST_CASES {
        bail!(
            "Schemathesis made {} cases only, and {LEAST_CASES} are the least; see {}",
            verdict.judged,
            log.display()
        );
    }
    let contract: Value = serde_json::from_slice(&fs::read(contract).context("reading the contract")?)?;
    let heard = sandbox.heard()?;
    let never = heard.never_succeeded(&contract);
    if !never.is_empty() {
        bail!(
            "no case of Schemathesis succeeded on {}: mend the dictionaries of `interop/stock.rs`",
            never.join(", ")
        );
    }
    let least = heard.operations.values().map(|(_, successes)| *successes).min().unwrap_or_default();
    Ok(format!(
        "{} cases in {} requests, nothing to complain of; every operation succeeded {least} times or more",
        verdict.judged,
        heard.calls()
    ))
}

/// The settings with what only this run knows. JSON texts and lists are TOML as well.
fn settings_for(sandbox: &Sandbox, stock: &Stock) -> String {
    let tables = stock.dictionaries.iter();
    let tables = tables.map(|(name, values)| format!("[dictionaries.{name}]\nvalues = {}\n", json!(values)));
    let tables = tables.collect::<Vec<_>>().join("\n");
    let (id, key) = (json!(sandbox.secret_id), json!(sandbox.secret_key));
    format!(
        "{SETTINGS}\n{tables}\n[auth.dynamic.openapi.jwtAuth]\npath = \"/api/v2/token/new/\"\n\
         extract_selector = \"/access\"\npayload = {{ secret_id = {id}, secret_key = {key} }}\n"
    )
}

/// Whether a line says that a phase is over.
fn is_phase(line: &str) -> bool {
    ["Examples (", "Coverage (", "Fuzzing (", "Stateful ("].iter().any(|phase| line.contains(phase))
}

/// Reads what it says at its end.
fn judged(said: &str) -> Verdict {
    let mut verdict = Verdict::default();
    // Such as `FAILURES`, in a line of its own between `=`.
    let (mut section, mut warnings) = ("", Vec::new());
    for line in said.lines() {
        let heading = line.trim_matches('=').trim();
        if line.starts_with("===") && !heading.is_empty() {
            section = heading;
            if heading.starts_with("Warnings fail the run") {
                verdict.complaints.append(&mut warnings);
                verdict.complaints.push(heading.to_owned());
            }
            continue;
        }
        if section == "WARNINGS" && !line.trim().is_empty() {
            warnings.push(line.trim_end().to_owned());
        }
        if matches!(section, "FAILURES" | "ERRORS") && !line.trim().is_empty() {
            verdict.complaints.push(line.trim_end().to_owned());
        }
        // `4213 generated, 4213 passed, 229 skipped`, or `670 generated, 13 found 14 unique failures, 22 skipped`
        if section == "SUMMARY"
            && let Some((cases, rest)) = line.trim().split_once(" generated")
        {
            verdict.judged = cases.parse().unwrap_or_default();
            if rest.contains(" found ") || rest.contains(" failed") || rest.contains(" error") {
                verdict.complaints.push(line.trim().to_owned());
            }
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: &str = "
 ✅  Coverage (in 1.62s)

=================================== SUMMARY ====================================

Test Phases:
  ⏭  Examples
  ✅ Coverage

Warnings:
  ⚠️ Schema validation mismatch: 3 operations mostly rejected generated data

Test cases:
  4213 generated, 4213 passed, 229 skipped

Seed: 1

============================= 1 warning in 31.52s ==============================
";

    const COMPLAINT: &str = "
=================================== FAILURES ===================================
_______________________ GET /api/v2/agreements/enduser/ ________________________
1. Test Case ID: MysVZ1

- ST201 Schema-violating request accepted

=================================== SUMMARY ====================================

Failures:
  ❌ ST201 Schema-violating request accepted: 2

Test cases:
  670 generated, 13 found 14 unique failures, 22 skipped

======================= 14 failures, 1 warning in 3.61s ========================
";

    const WARNED: &str = "
=================================== WARNINGS ===================================

Missing test data: 6 operations repeatedly returned 404 Not Found

=================================== SUMMARY ====================================

Test cases:
  3337 generated, 3337 passed, 196 skipped

======================= Warnings fail the run in 64.43s ========================
";

    #[test]
    fn a_clean_run_is_clean() {
        assert_eq!(judged(CLEAN), Verdict { judged: 4_213, complaints: Vec::new() });
    }

    #[test]
    fn a_complaint_is_found() {
        let verdict = judged(COMPLAINT);
        assert_eq!(verdict.judged, 670);
        let told = verdict.complaints.join("\n");
        assert!(told.contains("GET /api/v2/agreements/enduser/") && told.contains("ST201"), "{told}");
        assert!(told.ends_with("670 generated, 13 found 14 unique failures, 22 skipped"), "{told}");
    }

    #[test]
    fn a_warning_that_fails_the_run_is_a_complaint() {
        let verdict = judged(WARNED);
        assert_eq!(verdict.judged, 3_337);
        assert_eq!(
            verdict.complaints,
            [
                "Missing test data: 6 operations repeatedly returned 404 Not Found",
                "Warnings fail the run in 64.43s"
            ]
        );
    }

    #[test]
    fn an_output_without_a_summary_has_no_cases() {
        assert_eq!(judged("Error: no such file"), Verdict::default());
    }

    #[test]
    fn every_dictionary_that_is_named_is_filled() {
        let names = SETTINGS.split("dictionary = \"").skip(1).filter_map(|rest| rest.split('"').next());
        let made =
            ["institutions", "accounts", "reconfirmable", "acceptable", "refresh", "secret-id", "secret-key"];
        for name in names {
            let here = SETTINGS.contains(&format!("\n{name} = {{ values"));
            assert!(here != made.contains(&name), "{name}");
        }
    }

    #[test]
    fn phases_are_progress() {
        assert!(is_phase(" ✅  Fuzzing (in 0.93s)") && !is_phase("  ✅ Fuzzing") && !is_phase("Seed: 1"));
    }
}
