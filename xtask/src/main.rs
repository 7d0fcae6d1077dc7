//! `cargo xtask`: the commands that maintain this repository.
//!
//! This file has the command line and calls the module of each command.

#![deny(unused)]

mod bench;
mod ci;
mod diff;
mod failure;
mod generate;
mod import;
mod repository;
mod scaffold;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use failure::Failure;

const EXIT_CODES: &str = "Exit codes:
  0  success
  1  a step failed: a check found something, or a program or a file could not be used
  2  bad input: the document or the command line; the message says where and what to do
  4  stale: generated files differ from what would be written; run `cargo xtask generate`";

const IMPORT_EXIT_CODES: &str = "Exit codes:
  0  no change: the contract already says the same
  1  a file could not be written
  2  bad input: the document or the command line; the message says where and what to do
  4  the contract changed";

const DIFF_EXIT_CODES: &str = "Exit codes:
  0  no change
  2  bad input: a document or the command line; the message says where and what to do
  4  something changed
  5  with --breaking: something changed that breaks callers";

/// The commands that maintain this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
struct CommandLine {
    /// The folder of the repository; by default the current folder or the nearest above it that has `xtask`.
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    root: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the generated client from the contract.
    ///
    /// Reads openapi/contract.json, applies the patches, and writes openapi/client.json, the table of patches in
    /// openapi/README.md, everything in generated/, and the pages in wrapper/reference/. If anything fails, no file is
    /// changed.
    #[command(after_help = EXIT_CODES)]
    Generate {
        /// Compare instead of writing: print the differences and exit with 4 if there are any.
        #[arg(long)]
        check: bool,
        /// Read this OpenAPI 3.0 document, JSON or YAML, instead of the contract; a patch that does not apply to it is a
        /// warning. `-` is standard input.
        #[arg(long, value_name = "FILE")]
        contract: Option<PathBuf>,
        /// Write the crate, client.json and PATCHES.md to this folder and change nothing else. The folder must be empty or
        /// written by this command before, and not in the repository unless below `target`.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Updates the contract from a newer document of the vendor: its structure, our descriptions.
    ///
    /// Rewrites openapi/contract.json, keeps our summaries and descriptions where their place still exists, copies no text of
    /// the vendor's, prints what changed, and generates the client. New operations are named by rule; whatever else needs a
    /// person is listed. If no client can be generated, no file is changed.
    #[command(after_help = IMPORT_EXIT_CODES)]
    Import {
        /// A file, a URL, or `-` for standard input: OpenAPI 3.0 in JSON or YAML. The vendor's is at
        /// <https://bankaccountdata.gocardless.com/api/v2/swagger.json>.
        #[arg(value_name = "FILE-or-URL")]
        source: String,
        /// Keep the new contract even if no client can be generated from it.
        #[arg(long)]
        keep: bool,
        /// Stop a download after this time.
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        timeout: u64,
    },
    /// Reports what changed between two OpenAPI documents, and what it means for callers of this client.
    ///
    /// Each change has its place and is breaking, compatible, or text only. Breaking means that a call of this client that
    /// was correct by the old document may be refused, or that a successful response may not be what its caller expects.
    /// So it matters whether a schema is sent or received: a member that becomes required breaks requests and improves
    /// responses. What this client does not send or read cannot break it: other media types than JSON, what is declared of
    /// error responses, limits and new enum values in responses. What follows from a change is listed below it.
    #[command(after_help = DIFF_EXIT_CODES)]
    Diff(diff::Options),
    /// Prints what a new operation of the contract needs by hand, file by file.
    ///
    /// The method of the wrapper, its rows on the reference page and in the tables of calls, its place in the sandbox and in
    /// the example. What follows from the contract is not listed.
    #[command(after_help = EXIT_CODES)]
    Scaffold {
        /// Such as GET.
        method: String,
        /// As in the contract, such as `/api/v2/accounts/{id}/balances/`.
        path: String,
    },
    /// Measures the cost of the client against hand-written code and another client, and prints two tables.
    ///
    /// Instructions and memory are counted by valgrind. Times are ratios on this machine; `generate` is compared with
    /// openapi-generator-cli 7 if that is installed (or named by `OPENAPI_GENERATOR`). All parts take a quarter of an hour.
    #[command(after_help = EXIT_CODES)]
    Bench {
        /// Measure this part only; may be given more than once.
        #[arg(long, value_enum, value_name = "PART")]
        only: Vec<bench::Part>,
    },
    /// Checks what no compiler and no linter checks: links, anchors, a test for each failure mode, forbidden text.
    #[command(after_help = EXIT_CODES)]
    Tidy,
    /// Runs everything that CI runs, in order, and stops at the first failure.
    #[command(after_help = EXIT_CODES)]
    Ci,
}

fn main() -> ExitCode {
    match run(CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            failure.code()
        }
    }
}

fn run(line: CommandLine) -> Result<(), Failure> {
    let root = repository::root(line.root)?;
    match line.command {
        Command::Generate { check, contract, out } => {
            let input = contract.map_or(generate::Input::Contract, generate::Input::File);
            generate::run(&generate::Options { root, check, input, out })
        }
        Command::Import { source, keep, timeout } => {
            let timeout = Duration::from_secs(timeout);
            import::run(&import::Options { root, source, keep, timeout })
        }
        Command::Scaffold { method, path } => scaffold::run(&root, &method, &path),
        Command::Diff(options) => diff::run(&options),
        Command::Bench { only } => bench::run(&root, &only),
        Command::Tidy => tidy::run(&root),
        Command::Ci => ci::run(&root),
    }
}
