//! `soak [MINUTES] [CALLERS] [SEED]`: by default one minute, 200 callers and a new seed.
//!
//! Prints a summary. Exit code 0 if everything holds, 1 if not, 2 for invalid arguments. Tasks and
//! memory in the last third should be close to the second; that is for you to judge, since they depend on the
//! machine.

#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program: what it prints is what it is for")]

use std::process::ExitCode;
use std::time::Duration;

use behaviour::soak::{Options, run};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Option<Vec<u64>> = std::env::args().skip(1).map(|text| text.parse().ok()).collect();
    let numbers =
        arguments.filter(|numbers| numbers.len() <= 3 && !numbers.iter().take(2).any(|it| *it == 0));
    let Some(numbers) = numbers else {
        eprintln!("soak takes up to three whole numbers: minutes, callers, and a seed");
        return ExitCode::from(2);
    };
    let number = |at: usize| numbers.get(at).copied();
    let (minutes, callers) = (number(0).unwrap_or(1), number(1).unwrap_or(200));
    let seed = number(2).unwrap_or_else(|| test_support::run_seed("SOAK_SEED"));
    let lasts = Duration::from_secs(60 * minutes);
    println!("{minutes} min, {callers} callers, seed {seed}");
    let summary = run(Options { callers: usize::try_from(callers).unwrap_or(usize::MAX), lasts, seed }).await;
    print!("{summary}");
    println!("{}", if summary.holds() { "all holds that must" } else { "something does not hold" });
    if summary.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
