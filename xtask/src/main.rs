//! `cargo xtask`: what the repository does to itself.
//!
//! This file only dispatches; each command is a module. Nothing in the workspace depends on this crate, and it depends
//! on no other member.

#![deny(unused)]

mod bench;
mod cargo;
mod ci;
mod command_line;
mod diff;
mod failure;
mod generate;
mod goals;
mod import;
mod interop;
mod repository;
mod tidy;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;

use command_line::{Command, CommandLine};
use failure::Failure;

fn main() -> ExitCode {
    match dispatch(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            failure.code()
        }
    }
}

fn dispatch(line: CommandLine) -> Result<(), Failure> {
    let root = repository::root(line.root)?;
    match line.command {
        Command::Generate { check, contract, out } => {
            generate::run(&generate::Options { root, check, contract, out })
        }
        Command::Diff { old, new, json } => diff::run(&old, &new, json),
        Command::Interop { seed } => interop::run(&interop::Options { root, seed }),
        Command::Import { source, keep, timeout } => {
            let timeout = Duration::from_secs(timeout);
            import::run(&import::Options { root, source, keep, timeout })
        }
        Command::Bench { only } => bench::run(&bench::Options { root, only }),
        Command::Goals { full, only } => goals::run(&goals::Options { root, full, only }),
        Command::Tidy => tidy::run(&root),
        Command::Ci => ci::run(&root),
    }
}
