//! `cargo xtask ci`: everything that CI does, in order, each command printed before it runs.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, anyhow};

use crate::failure::Failure;

/// One step: environment, program and arguments, as one types them.
struct Step {
    environment: &'static [(&'static str, &'static str)],
    line: &'static str,
    /// Whether it needs the headers of OpenSSL, which is how `native-tls` speaks TLS on Linux.
    openssl: bool,
}

const fn step(line: &'static str) -> Step {
    Step { environment: &[], line, openssl: false }
}

/// The steps, cheap ones first.
///
/// Nothing but Rust, a C compiler and git may be needed, except by the outside judges at the end. So the features are
/// named instead of `--all-features`, and the one that needs more, `native-tls`, has a step of its own.
const STEPS: &[Step] = &[
    step("cargo fmt --all --check"),
    step("cargo xtask generate --check"),
    step("cargo xtask tidy"),
    step(
        "cargo clippy --workspace --all-targets --features gocardless-bank-data/schemars,gocardless-bank-data/blocking \
         -- -D warnings",
    ),
    // Without the default TLS, so that no other member's features hide a missing one.
    Step {
        openssl: true,
        ..step(
            "cargo clippy --package gocardless-bank-data --no-default-features --features native-tls -- -D warnings",
        )
    },
    // Without ring, which is what a program that wants aws-lc alone compiles.
    step(
        "cargo clippy --package gocardless-bank-data --no-default-features --features rustls-aws-lc-rs -- -D warnings",
    ),
    // The README's command; it runs the documentation's examples too.
    step("cargo test --workspace"),
    // By itself, because some member of the workspace always turns TLS on.
    step("cargo test --package gocardless-bank-data --no-default-features --test without_tls"),
    // The same handshakes with the other cryptography. Of the workspace, so that most of it is compiled already.
    step("cargo test --workspace --features behaviour/aws-lc-rs --test transport_tls"),
    Step {
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
        ..step(
            "cargo doc --workspace --no-deps --features gocardless-bank-data/schemars,gocardless-bank-data/blocking",
        )
    },
    step("cargo run --example quickstart"),
    // Says so where Node.js or Python is missing, and fails for it only with CI=true.
    step("cargo xtask interop"),
];

/// Runs the steps and stops at the first that fails.
pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let begin = Instant::now();
    for step in STEPS {
        println!("\n$ {}", spelled(step));
        if step.openssl && !has_openssl() {
            println!("  skipped: it needs the headers of OpenSSL, which this machine does not have");
            continue;
        }
        let begin = Instant::now();
        let status = command(step, root).status().with_context(|| format!("running `{}`", step.line))?;
        println!("  {:.1} s", begin.elapsed().as_secs_f64());
        if !status.success() {
            return Err(anyhow!(
                "`{}` failed: mend what it says above, and run it alone to see more",
                spelled(step)
            )
            .into());
        }
    }
    println!("\nall {} steps passed in {:.0} s", STEPS.len(), begin.elapsed().as_secs_f64());
    Ok(())
}

/// Other systems have a TLS of their own.
fn has_openssl() -> bool {
    let found = || Command::new("pkg-config").args(["--exists", "openssl"]).status();
    !cfg!(target_os = "linux") || found().is_ok_and(|status| status.success())
}

fn command(step: &Step, root: &Path) -> Command {
    let mut words = step.line.split(' ');
    // The cargo that runs this, so that a toolchain chosen with `+` holds for every step.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let program = words.next().filter(|word| *word != "cargo").map_or(cargo, Into::into);
    let mut command = Command::new(program);
    command.args(words).envs(step.environment.iter().copied()).current_dir(root);
    command
}

fn spelled(step: &Step) -> String {
    let environment = step.environment.iter().map(|(name, value)| format!("{name}=\"{value}\" "));
    environment.collect::<String>() + step.line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_printed_as_one_would_type_it() {
        let step = Step { environment: &[("RUSTDOCFLAGS", "-D warnings")], ..step("cargo doc") };
        assert_eq!(spelled(&step), "RUSTDOCFLAGS=\"-D warnings\" cargo doc");
    }

    #[test]
    fn every_feature_of_the_wrapper_is_linted() {
        let manifest = include_str!("../../wrapper/Cargo.toml");
        let features = manifest.lines().skip_while(|line| *line != "[features]").skip(1);
        let names =
            features.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once(" = "));
        for (name, _) in names.filter(|(name, _)| !matches!(*name, "default" | "rustls")) {
            let linted = STEPS.iter().any(|step| step.line.contains("clippy") && step.line.contains(name));
            assert!(linted, "`{name}` is in no clippy step");
        }
    }

    #[test]
    fn the_test_command_of_the_readme_is_one_of_the_steps() {
        assert!(STEPS.iter().any(|step| step.line == "cargo test --workspace"));
    }
}
