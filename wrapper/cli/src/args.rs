//! The arguments of the program, and what `--help` says about them.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};

/// What the help of the program ends with.
const AFTER_HELP: &str = "\
First steps:
  bank-data --sandbox demo               every step with made-up money, without an account
  bank-data login                        stores your secret id and key
  bank-data institutions GB --search fern
  bank-data link FERNWICKBANK_FRNWGB22
  bank-data sync
  bank-data export --format csv > bank.csv

Exit codes:
  0    done
  1    any other failure
  2    the command line is wrong, or there is nothing to work with
  3    some reads failed, the others are in the ledger
  4    a person must give consent, or decide something
  5    a limit is reached; the message says until when
  6    the secrets are missing, wrong, or not allowed from this address
  7    the ledger or another file cannot be read or written
  130  stopped by Ctrl-C; what was read by then is in the ledger

Environment:
  GOCARDLESS_SECRET_ID, GOCARDLESS_SECRET_KEY  the secrets
  GOCARDLESS_BASE_URL                          another address of the API, such as that of a sandbox
  BANK_DATA_PROFILE, BANK_DATA_DIR             as --profile and --data-dir
  NO_COLOR                                     no colours
  COLUMNS                                      the width to fill
  BANK_DATA_NOW                                for tests: the current time to use";

/// What the options of every command stand under.
const GLOBAL: &str = "Global options";

/// Whose accounts they are unless `--person` names somebody.
pub(crate) const DEFAULT_PERSON: &str = "me";

/// Link, sync, view and export bank accounts.
#[derive(Debug, Parser)]
#[command(name = "bank-data", version, about, after_help = AFTER_HELP, max_term_width = 100)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Global {
    /// Writes JSON for programs; errors are JSON on standard error
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) json: bool,
    /// Shows whole account numbers; without it, their last four digits
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) full_numbers: bool,
    /// Profile to use; each has its own secrets, ledger and state
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "NAME", env = "BANK_DATA_PROFILE", hide_env = true)]
    pub(crate) profile: Option<String>,
    /// Where ledger, state and secrets are, in place of the folders of the platform
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "DIR", env = "BANK_DATA_DIR", hide_env = true)]
    pub(crate) data_dir: Option<PathBuf>,
    /// Made-up banks in this process, and nothing is kept: a first try without an account
    #[cfg(feature = "sandbox")]
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) sandbox: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Shows every step: links, syncs 90 days, shows balances, entries and a chart, writes a file
    #[cfg(feature = "sandbox")]
    #[command(after_help = "Example:\n  bank-data --sandbox demo")]
    Demo(Demo),
    /// Stores the secret id and key, which it asks for
    #[command(after_help = "Examples:\n  bank-data login\n  pass bank-data | bank-data login")]
    Login(Login),
    /// Lists the banks that can be linked
    #[command(
        after_help = "Examples:\n  bank-data institutions GB\n  bank-data institutions --search revolut --json"
    )]
    Institutions(Institutions),
    /// Links accounts of a bank: the person gives consent in the browser
    #[command(
        after_help = "Examples:\n  bank-data link FERNWICKBANK_FRNWGB22\n  bank-data link FERNWICKBANK_FRNWGB22 --no-callback --person anna"
    )]
    Link(Link),
    /// Lists the accounts in the ledger, and what a person must decide
    #[command(
        after_help = "Examples:\n  bank-data accounts\n  bank-data accounts decide 3 1\n  bank-data accounts decide 3 new\n  bank-data accounts forget 3"
    )]
    Accounts(Accounts),
    /// Reads what is due into the ledger
    #[command(
        after_help = "Examples:\n  bank-data sync\n  bank-data sync 1 3\n  bank-data sync --json | jq .summary.added"
    )]
    Sync(Sync),
    /// Shows the balances as they were last read
    #[command(after_help = "Examples:\n  bank-data balances\n  bank-data balances --account 1 --chart")]
    Balances(Balances),
    /// Shows the transactions in the ledger, the newest first
    #[command(
        after_help = "Examples:\n  bank-data transactions --since 2026-03-01\n  bank-data transactions --account 1 --limit 20"
    )]
    Transactions(Transactions),
    /// Writes the booked transactions in a format of another program
    #[command(
        after_help = "Examples:\n  bank-data export --format csv > bank.csv\n  bank-data export --format beancount --append bank.beancount"
    )]
    Export(Export),
    /// Lists the consents and when they end
    #[command(
        after_help = "Examples:\n  bank-data consents\n  bank-data consents || mail -s 'bank consent' me"
    )]
    Consents,
    /// Renews consents on the same terms: those that have ended or end within a week, or those of some accounts
    #[command(after_help = "Examples:\n  bank-data renew\n  bank-data renew 1 --no-callback")]
    Renew(Renew),
    /// Shows how many reads of each account are left, without a call
    #[command(after_help = "Example:\n  bank-data quota")]
    Quota,
    /// Looks for what is wrong, and says what to do about it
    #[command(after_help = "Examples:\n  bank-data doctor\n  bank-data doctor --reset-circuit 2")]
    Doctor(Doctor),
    /// Makes one call with token and limits, and writes the answer as it comes
    #[command(
        after_help = "Examples:\n  bank-data raw GET /api/v2/requisitions/\n  bank-data raw GET '/api/v2/institutions/?country=GB'\n  bank-data raw DELETE /api/v2/requisitions/3fa85f64-5717-4562-b3fc-2c963f66afa6/\n  bank-data raw POST /api/v2/agreements/enduser/ --data '{\"institution_id\": \"SANDBOXFINANCE_SFIN0000\"}'"
    )]
    Raw(Raw),
    /// Writes completions for a shell
    #[command(
        after_help = "Example:\n  bank-data completions bash > ~/.local/share/bash-completion/completions/bank-data"
    )]
    Completions(Completions),
    /// Writes the manual page
    #[command(after_help = "Example:\n  bank-data man | man -l -")]
    Man,
}

#[cfg(feature = "sandbox")]
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Writes the file here in place of the current folder
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Links by itself, also where there is a browser
    #[arg(long)]
    pub(crate) no_browser: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Login {
    /// Stores them in the keyring of the system, not in a file
    #[cfg(feature = "keyring")]
    #[arg(long)]
    pub(crate) keyring: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Institutions {
    /// Only those of this country, such as GB
    #[arg(value_parser = country)]
    pub(crate) country: Option<String>,
    /// Only those with this text in their name, id or BIC
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
}

fn country(text: &str) -> Result<String, String> {
    let is_country = text.len() == 2 && text.chars().all(|character| character.is_ascii_alphabetic());
    if is_country {
        Ok(text.to_ascii_uppercase())
    } else {
        Err("name a country by its two letters, such as GB".to_owned())
    }
}

/// How the person is sent to the bank, and how long to wait.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct LinkOptions {
    /// Does not wait for the browser to come back, and asks the API instead: for a browser on another machine
    #[arg(long)]
    pub(crate) no_callback: bool,
    /// Prints the link and opens no browser
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Prints the link as a QR code as well, also where standard output is not a terminal
    #[arg(long)]
    pub(crate) qr: bool,
    /// How many seconds to wait for the person
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    pub(crate) wait: u64,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Link {
    /// The id of the bank; bank-data institutions lists them
    #[arg(required_unless_present = "requisition", conflicts_with = "requisition")]
    pub(crate) institution: Option<String>,
    /// Continues with an earlier link, such as one whose person came too late
    #[arg(long, value_name = "ID", conflicts_with_all = ["days", "access_days"])]
    pub(crate) requisition: Option<String>,
    /// Days of history; without it, as many as are safe at this bank
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=730))]
    pub(crate) days: Option<u32>,
    /// Asks for the history although this bank then gives no new transactions
    #[arg(long, requires = "days")]
    pub(crate) once: bool,
    /// Days of access; without it, as many as the bank allows
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=730))]
    pub(crate) access_days: Option<u32>,
    /// Whose accounts they are, in your own words; accounts are recognised among those of one person
    #[arg(long, value_name = "NAME", default_value = DEFAULT_PERSON)]
    pub(crate) person: String,
    #[command(flatten)]
    pub(crate) options: LinkOptions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Accounts {
    #[command(subcommand)]
    pub(crate) command: Option<AccountsCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsCommand {
    /// Decides which existing account a newly linked account is
    #[command(after_help = "Examples:\n  bank-data accounts decide 3 1\n  bank-data accounts decide 3 new")]
    Decide {
        /// The number of the account that awaits a decision
        #[arg(value_parser = account)]
        account: i64,
        /// The number of the account that it is, or new
        #[arg(value_name = "ACCOUNT|new", value_parser = decision)]
        is: Option<Decided>,
    },
    /// No longer reads an account, such as one that is closed; its entries stay, and linking it again brings it back
    #[command(after_help = "Example:\n  bank-data accounts forget 3")]
    Forget {
        /// The number of the account
        #[arg(value_parser = account)]
        account: i64,
    },
}

fn account(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| "name an account by its number, as `bank-data accounts` shows it".to_owned())
}

/// What a person decides.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Decided {
    New,
    Same(i64),
}

fn decision(text: &str) -> Result<Decided, String> {
    if text.eq_ignore_ascii_case("new") {
        return Ok(Decided::New);
    }
    text.parse().map(Decided::Same).map_err(|_| "name the number of an account, or new".to_owned())
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sync {
    /// Only these accounts, by number; bank-data accounts lists them
    #[arg(value_parser = account)]
    pub(crate) accounts: Vec<i64>,
    /// Reads again even if last read less than five hours ago; the bank allows four reads a day
    #[arg(long)]
    pub(crate) again: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Balances {
    /// Only this account, by number
    #[arg(long, value_name = "ACCOUNT", value_parser = account)]
    pub(crate) account: Option<i64>,
    /// Draws the balance of the last 90 days
    #[arg(long, conflicts_with = "json")]
    pub(crate) chart: bool,
}

/// Which entries.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Range {
    /// From this day on, such as 2026-03-01
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) since: Option<NaiveDate>,
    /// Up to this day, which is included
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) until: Option<NaiveDate>,
    /// Only this account, by number
    #[arg(long, value_name = "ACCOUNT", value_parser = account)]
    pub(crate) account: Option<i64>,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| "name a day as YEAR-MONTH-DAY, such as 2026-03-01".to_owned())
}

#[derive(Debug, clap::Args)]
pub(crate) struct Transactions {
    #[command(flatten)]
    pub(crate) range: Range,
    /// How many to show at most
    #[arg(long, value_name = "COUNT")]
    pub(crate) limit: Option<usize>,
    /// Also pending ones that vanished without being booked
    #[arg(long)]
    pub(crate) vanished: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// The format
    #[arg(long, value_enum)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) range: Range,
    /// Also pending ones, which may still change (csv and jsonl only, and not with --append)
    #[arg(long)]
    pub(crate) pending: bool,
    /// Writes to this file in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Adds to this file what it does not have yet, by the ids in it; a second run adds nothing (not for ofx)
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pub(crate) append: Option<PathBuf>,
    /// The account of a journal on the other side of each posting [default: Expenses:Unsorted, in hledger expenses:unsorted]
    #[arg(long, value_name = "NAME")]
    pub(crate) suspense: Option<String>,
}

/// A format of another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated values with a header, RFC 4180, UTF-8
    Csv,
    /// JSON Lines, one object a transaction
    Jsonl,
    // Not in a comment: the help would show the marks around the names.
    #[value(help = "OFX 2.2, for GnuCash, KMyMoney and others; importers detect duplicates by FITID")]
    Ofx,
    /// A journal of hledger
    Hledger,
    /// A file of beancount
    Beancount,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Renew {
    /// Only the consents of these accounts, by number
    #[arg(value_parser = account)]
    pub(crate) accounts: Vec<i64>,
    #[command(flatten)]
    pub(crate) options: LinkOptions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    /// Closes the circuit breaker of this account, once the cause of its failures has gone
    #[arg(long, value_name = "ACCOUNT", value_parser = account)]
    pub(crate) reset_circuit: Option<i64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Raw {
    /// The method
    #[arg(ignore_case = true, value_parser = ["GET", "POST", "PUT", "PATCH", "DELETE"])]
    pub(crate) method: String,
    /// A path below /api/v2/, with its query
    pub(crate) path: String,
    /// The JSON to send; - reads it from the standard input
    #[arg(long, value_name = "JSON")]
    pub(crate) data: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn each_command_is_consistent_and_its_help_has_an_example() {
        let mut program = Args::command();
        program.build();
        program.clone().debug_assert();
        for command in program.get_subcommands_mut().filter(|command| command.get_name() != "help") {
            let help = command.render_long_help().to_string();
            assert!(help.contains("Example"), "{}", command.get_name());
            let (own, global) = help.split_once("Global options:").unwrap();
            assert!(!own.contains("--json\n") && global.contains("--json\n"), "{own}");
            // Marks of rustdoc.
            assert!(!help.contains(['`']) && !help.contains("<http"), "{help}");
        }
    }
}
