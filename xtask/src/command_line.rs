//! The command line: commands, options, and the help that people read.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

const EXIT_CODES: &str = "Exit codes:
  0  good
  1  a task failed: a rule broken, a program or a file that could not be used
  2  bad input: the document or the command line; one sentence says where and how to mend it
  4  stale: generated files are not what the tool would write; run `cargo xtask generate`";

/// What the repository does to itself.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
pub(crate) struct CommandLine {
    /// The folder of the repository, if it is not the current one or above it.
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes the generated client from the contract.
    ///
    /// Reads openapi/contract.json, applies the patches, and writes openapi/client.json, the table of patches in
    /// openapi/README.md, and everything in generated/. Nothing is written unless all of it could be made.
    #[command(after_help = EXIT_CODES)]
    Generate {
        /// Compare instead of writing; print the differences and exit with 4 if there are any.
        #[arg(long)]
        check: bool,
        /// Read this OpenAPI 3.0 document instead of the contract; patches that do not apply to it are warnings.
        #[arg(long, value_name = "FILE")]
        contract: Option<PathBuf>,
        /// Write crate, client.json and PATCHES.md to this folder and leave the tree alone.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Checks the rules of the house that no compiler knows, and reports every breach with its place and mend.
    #[command(after_help = EXIT_CODES)]
    Tidy,
    /// Does what CI does, in order, and stops at the first failure.
    #[command(after_help = EXIT_CODES)]
    Ci,
}
