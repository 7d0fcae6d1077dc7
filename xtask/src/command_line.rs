//! The command line: commands, options, and the help that people read.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

const EXIT_CODES: &str = "Exit codes:
  0  good
  1  a task failed: a rule broken, a program or a file that could not be used
  2  bad input: the document or the command line; one sentence says where and how to mend it
  4  stale: generated files are not what the tool would write; run `cargo xtask generate`";

const IMPORT_EXIT_CODES: &str = "Exit codes:
  0  no change: the contract says the same already
  1  a task failed: a file that could not be written
  2  bad input: the document or the command line; one sentence says where and how to mend it
  4  the contract changed";

const DIFF_EXIT_CODES: &str = "Exit codes:
  0  no change
  2  bad input: a document or the command line; one sentence says where and how to mend it
  4  something changed";

const GOALS_EXIT_CODES: &str = "Exit codes:
  0  every goal holds
  1  a goal does not hold, or a program could not be run
  2  bad input: no goal has that number";

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
    /// openapi/README.md, everything in generated/, and the pages in wrapper/reference/. Nothing is written unless all
    /// of it could be made.
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
    /// Takes over another document of the vendor's: its structure, with our sentences.
    ///
    /// Rewrites openapi/contract.json, keeps our summaries and descriptions where their place still exists, copies none
    /// of the vendor's prose, prints the change report, and generates the client. New operations get a name by rule, and
    /// what else needs a person is listed. If no client can be generated, nothing is changed.
    #[command(after_help = IMPORT_EXIT_CODES)]
    Import {
        /// A file or a URL: OpenAPI 3.0 in JSON or YAML. The vendor's is at
        /// <https://bankaccountdata.gocardless.com/api/v2/swagger.json>.
        #[arg(value_name = "FILE-or-URL")]
        source: String,
        /// Keep the new contract even if no client can be generated from it.
        #[arg(long)]
        keep: bool,
        /// Give a download up after this time.
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        timeout: u64,
    },
    /// Says what changed between two OpenAPI documents, and what it means for callers.
    ///
    /// Each change has its place and is breaking for callers, compatible, or text only. Whether a schema is sent or
    /// received decides: a member that becomes required breaks requests and improves answers. A value more in a list
    /// of an answer counts as compatible, because this client's lists are open.
    #[command(after_help = DIFF_EXIT_CODES)]
    Diff {
        /// The document before, OpenAPI 3.0 in JSON or YAML.
        old: PathBuf,
        /// The document after, OpenAPI 3.0 in JSON or YAML.
        new: PathBuf,
        /// Print the changes as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lets two judges that are not ours watch the wrapper and the sandbox, with the contract in their hands.
    ///
    /// Prism, a validating proxy, stands between the wrapper's journeys and the sandbox. Schemathesis makes thousands of
    /// cases from the contract and judges the sandbox's answers. Both are installed below target/interop by npm and
    /// pip, at pinned versions; where Node.js or Python is missing, the judge is skipped, unless the environment says
    /// CI=true. The logs stay in target/interop.
    #[command(after_help = EXIT_CODES)]
    Interop {
        /// What the cases of Schemathesis follow from.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u32,
    },
    /// Measures what the client costs, beside a floor written by hand and beside the direct peer, and prints one table.
    ///
    /// Instructions and memory are counted with valgrind. Times are ratios of pairs on this machine; for the generator's,
    /// openapi-generator-cli 7 is needed (`OPENAPI_GENERATOR` names it). All of it takes a quarter of an hour.
    #[command(after_help = EXIT_CODES)]
    Bench {
        /// Measure nothing but this part; may be given more than once.
        #[arg(long, value_enum, value_name = "PART")]
        only: Vec<crate::bench::Part>,
    },
    /// Measures every goal of reliability and security, and says of each whether it holds.
    ///
    /// Runs the tests that prove the goals, at the scale that the goals ask for, and the load program; reads the figures that
    /// they tell; prints each with what is required. It takes about ten minutes beside the build. A goal whose test failed
    /// or told nothing does not hold. The figures and the logs stay in target/goals.
    #[command(after_help = GOALS_EXIT_CODES)]
    Goals {
        /// Make as many runs of the fuzzer as a release needs: ten million of each type of an answer.
        #[arg(long)]
        full: bool,
        /// Measure nothing but this goal; may be given more than once.
        #[arg(long, value_name = "NUMBER")]
        only: Vec<u32>,
    },
    /// Checks the rules of the house that no compiler knows, and reports every breach with its place and mend.
    #[command(after_help = EXIT_CODES)]
    Tidy,
    /// Does what CI does, in order, and stops at the first failure.
    #[command(after_help = EXIT_CODES)]
    Ci,
}
