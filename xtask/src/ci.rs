//! `cargo xtask ci`: everything that CI runs, in order. Each command is printed as one types it, with the time it took.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, anyhow};

use crate::failure::Failure;
use crate::repository::{cargo, program};

/// The steps, cheap ones first. Words with `=` at the beginning are environment variables.
///
/// Rust with rustfmt and clippy, a C compiler and git are enough for all but the last; that one needs Node.js and Python,
/// and skips what is missing unless `CI=true`. Features are named because `native-tls` needs the headers of OpenSSL.
const STEPS: &[&str] = &[
    "cargo fmt --all --check",
    "cargo fmt --manifest-path xtask/Cargo.toml --check",
    "cargo xtask generate --check",
    "cargo xtask tidy",
    "cargo clippy --workspace --all-targets --features gocardless-bank-data/schemars,gocardless-bank-data/blocking \
     -- -D warnings",
    "cargo clippy --manifest-path xtask/Cargo.toml --all-targets -- -D warnings",
    // Each other TLS by itself: features that other packages turn on would hide a missing one.
    NATIVE_TLS,
    "cargo clippy --package gocardless-bank-data --no-default-features --features rustls-aws-lc-rs -- -D warnings",
    "cargo clippy --package gocardless-bank-data-redis --no-default-features -- -D warnings",
    "cargo clippy --package gocardless-bank-data-cli --no-default-features --features keyring -- -D warnings",
    // Workspaces of their own, which nothing here builds: their lock files fit.
    "cargo tree --quiet --locked --depth 0 --manifest-path tests/bench/Cargo.toml",
    "cargo tree --quiet --locked --depth 0 --manifest-path tests/fuzz/Cargo.toml",
    // The README's command; it runs the examples in the documentation too.
    "cargo test --workspace",
    // By itself, because some package of the workspace always turns TLS on.
    "cargo test --package gocardless-bank-data --no-default-features --test without_tls",
    // The same handshakes with the other cryptography. For the whole workspace, so that most of it is compiled already.
    "cargo test --workspace --features behaviour/aws-lc-rs --test transport_tls",
    "cargo test --manifest-path xtask/Cargo.toml",
    "RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps \
     --features gocardless-bank-data/schemars,gocardless-bank-data/blocking",
    "cargo run --example quickstart",
    "bash tests/interop/run",
];

const NATIVE_TLS: &str =
    "cargo clippy --package gocardless-bank-data --no-default-features --features native-tls -- -D warnings";

/// Runs the steps and stops at the first that fails.
pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let begin = Instant::now();
    for step in STEPS {
        println!("\n$ {step}");
        if *step == NATIVE_TLS && !has_openssl() {
            println!("  skipped: the headers of OpenSSL are not installed");
            continue;
        }
        let begin = Instant::now();
        let status = command(step, root).status().with_context(|| format!("running `{step}`"))?;
        println!("  {:.1} s", begin.elapsed().as_secs_f64());
        if !status.success() {
            return Err(anyhow!("`{step}` failed, see above").into());
        }
    }
    println!("\nall {} steps passed in {:.0} s", STEPS.len(), begin.elapsed().as_secs_f64());
    Ok(())
}

/// Systems other than Linux have a TLS of their own.
fn has_openssl() -> bool {
    let found = || program("pkg-config").args(["--exists", "openssl"]).status();
    !cfg!(target_os = "linux") || found().is_ok_and(|status| status.success())
}

fn command(step: &str, root: &Path) -> Command {
    let words: Vec<&str> = step.split(' ').collect();
    let variables =
        words.iter().take_while(|word| word.contains('=')).filter_map(|word| word.split_once('='));
    let mut rest = words.iter().skip_while(|word| word.contains('='));
    let mut command = match rest.next() {
        Some(&"cargo") | None => cargo(),
        Some(other) => program(other),
    };
    command.args(rest).envs(variables).current_dir(root);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_split_into_variables_program_and_arguments() {
        let command = command("A=-B CD=e bash run --f=g", Path::new("."));
        let variables: Vec<_> = command.get_envs().filter_map(|(name, value)| Some((name, value?))).collect();
        assert_eq!(
            variables,
            [("A", "-B"), ("CD", "e")].map(|(name, value)| (name.as_ref(), value.as_ref()))
        );
        assert_eq!(command.get_program(), "bash");
        assert_eq!(command.get_args().collect::<Vec<_>>(), ["run", "--f=g"]);
    }

    #[test]
    fn the_test_command_of_the_readme_is_a_step() {
        assert!(STEPS.contains(&"cargo test --workspace"));
    }
}
