//! `bank-data`: bank accounts at a terminal. Links accounts with the consent of their owner, syncs them into a ledger that
//! stays right, shows and exports what is in it.
//!
//! `bank-data --help` and `docs/command-line.md` describe it. [`args`] has the arguments, [`commands`] one file for each
//! command, [`app`] what they work with, [`output`] tables and JSON, [`export`] the formats of other programs.

mod app;
mod args;
mod callback;
mod commands;
mod exit;
mod export;
mod flow;
mod output;
#[cfg(feature = "sandbox")]
mod sandbox;
mod secrets;
mod sentence;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Args;
use crate::exit::{Code, Failure};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refused(&error),
    };
    let json = args.global.json;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(args)),
        Err(error) => Err(Failure::new(Code::Other, format!("no thread can be started: {error}"))),
    };
    let Err(failure) = done else { return ExitCode::SUCCESS };
    if let Some(text) = failure.render(json) {
        // Standard error may be closed.
        let _ = writeln!(std::io::stderr(), "{text}");
    }
    failure.code.exit()
}

/// Reports arguments that are not a command: help, or a failure in the form that was asked for.
fn refused(error: &clap::Error) -> ExitCode {
    let wants_json = std::env::args_os().any(|argument| argument == "--json");
    if !(wants_json && error.use_stderr()) {
        error.exit();
    }
    let text = error.to_string();
    let sentence: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let failure = Failure::usage(sentence.join(" ").trim_start_matches("error: "));
    if let Some(text) = failure.render(true) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }
    failure.code.exit()
}
