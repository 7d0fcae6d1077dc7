//! The sandbox as a program, for tests in any language: arguments in, one announcement out, until a signal comes.
//!
//! Everything that it serves is in the library.

use std::error::Error;
use std::io::{self, Write as _};
use std::net::IpAddr;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::Parser;
use gocardless_bank_data_sandbox::{Limits, Sandbox};

const LONG_ABOUT: &str = "\
A fake of the GoCardless Bank Account Data API v2 for tests: all operations, with tokens that expire, a link \
flow, accounts on which something happens every day, banks that behave in their own ways, rate limits, and faults on request. \
Nothing in it is real, and \
nothing is kept once it stops.";

const EXAMPLES: &str = "\
CREDENTIALS
  They follow from --seed and are printed at the start; with --json as one line:
    {\"base_url\":\"http://127.0.0.1:8099\",\"secret_id\":\"…\",\"secret_key\":\"…\"}

A FIRST CALL
  curl -s http://127.0.0.1:8099/api/v2/token/new/ -H 'content-type: application/json' \\
       -d '{\"secret_id\": \"…\", \"secret_key\": \"…\"}'

LINKING
  The link of a requisition is a page in a browser (agree, choose accounts, refuse), and redirects at once with curl or
  --auto-link. ?outcome=cancel and others end it otherwise. POST /_sandbox/link {\"requisition\": \"…\"} does the same
  without the redirect.

PROFILES
  Institutions behave: PROFILE_NO_IDS, PROFILE_TWINS and more as their names say (GET /_sandbox/profiles), any other as configured:
    curl -s http://127.0.0.1:8099/_sandbox/profiles -d '{\"institution\": \"FERNWICKBANK_FRNWGB22\",
         \"profile\": {\"preset\": \"twins\", \"late\": 20}}'
  GET /_sandbox/accounts/{id}/truth says what really happened on an account.

FAULTS
  The next two reads of balances answer 503:
    curl -s http://127.0.0.1:8099/_sandbox/faults -d '{\"status\": 503, \"json\": {\"summary\": \"down\"},
         \"operation\": \"GET /api/v2/accounts/{id}/balances/\", \"times\": 2}'
  Others: preset, mangle, stall, delay_seconds, reset, cut, huge, drip, raw, redirect (the README has them all).
  GET lists what is left, DELETE drops it.

CLOCK
  Tokens, consents and limits follow the sandbox's clock. A day later:
    curl -s http://127.0.0.1:8099/_sandbox/clock -d '{\"advance_seconds\": 86400}'

  GET /_sandbox lists every control endpoint.

EXIT CODES
  0  stopped by Ctrl-C or SIGTERM
  1  could not start, for instance because the port is in use
  2  bad arguments";

/// A fake of the GoCardless Bank Account Data API for tests.
#[derive(Debug, Parser)]
#[allow(clippy::struct_excessive_bools, reason = "a command line's flags are independent of each other")]
#[command(name = "gocardless-bank-data-sandbox", version, about, long_about = LONG_ABOUT, after_help = EXAMPLES)]
struct Arguments {
    /// Address to listen on; 0.0.0.0 lets other machines and containers in
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    host: IpAddr,

    /// Address by which others reach it, such as <http://sandbox:8099>, for links and the announcement
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// Port; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,

    /// What credentials, identifiers and bank data follow from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Print one line of JSON once it listens
    #[arg(long)]
    json: bool,

    /// Count nothing, refuse nothing, send no limit headers
    #[arg(long)]
    no_limits: bool,

    /// Let the company accept agreements itself (PUT …/accept/)
    #[arg(long)]
    allow_accept: bool,

    /// Let the company use reconfirmation (…/reconfirm/)
    #[arg(long)]
    allow_reconfirmation: bool,

    /// Send browsers, too, through the link of a requisition without a page
    #[arg(long)]
    auto_link: bool,

    /// Let `next` and `previous` of pages name this sandbox, not <https://bankaccountdata.gocardless.com>
    #[arg(long)]
    own_page_links: bool,

    /// Refuse what the contract does not allow, and refuse only as it declares
    ///
    /// By default the sandbox is as the real service is: some errors have a status or a body that the contract does
    /// not declare, and some odd input is taken. With this, a tool that knows nothing but the contract finds nothing
    /// to complain about.
    #[arg(long)]
    declared_only: bool,

    /// Stop the clock at an instant such as 2026-01-15T12:00:00Z; it then moves only on request
    #[arg(long, value_name = "INSTANT")]
    fixed_clock: Option<DateTime<Utc>>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            let _ = writeln!(io::stderr(), "error: {error}{cause}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let mut builder = Sandbox::builder()
        .host(arguments.host)
        .port(arguments.port)
        .auto_link(arguments.auto_link)
        .seed(arguments.seed)
        .allow_accept(arguments.allow_accept)
        .allow_reconfirmation(arguments.allow_reconfirmation)
        .own_page_links(arguments.own_page_links)
        .declared_only(arguments.declared_only);
    if arguments.no_limits {
        builder = builder.limits(Limits::off());
    }
    if let Some(url) = &arguments.public_url {
        builder = builder.public_url(url);
    }
    if let Some(instant) = arguments.fixed_clock {
        builder = builder.fixed_clock(instant);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Before the announcement: whoever reads it may send the signal at once.
        let stopped = stop_signal()?;
        let sandbox = builder.start_blocking()?;
        announce(&sandbox, arguments.json);
        stopped.await;
        drop(sandbox);
        Ok(())
    })
}

fn announce(sandbox: &Sandbox, json: bool) {
    let (url, id, key) = (sandbox.base_url(), sandbox.secret_id(), sandbox.secret_key());
    let text = if json {
        serde_json::json!({ "base_url": url, "secret_id": id, "secret_key": key }).to_string()
    } else {
        format!(
            "GoCardless Bank Account Data sandbox, listening until Ctrl-C\n\n  \
             base URL    {url}\n  secret id   {id}\n  secret key  {key}\n\n\
             For a program that reads its settings from the environment, such as bank-data:\n\n  \
             export GOCARDLESS_BASE_URL={url}\n  export GOCARDLESS_SECRET_ID={id}\n  \
             export GOCARDLESS_SECRET_KEY={key}\n\nTry it:\n\n  \
             curl -s {url}/api/v2/token/new/ -H 'content-type: application/json' \\\n       \
             -d '{{\"secret_id\": \"{id}\", \"secret_key\": \"{key}\"}}'\n\n\
             Faults, clock and the rest: curl -s {url}/_sandbox"
        )
    };
    // Nobody may be reading, which does not matter.
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Gets ready for Ctrl-C and SIGTERM; the future ends when one comes.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(std::future::poll_fn(move |context| {
        let came = interrupt.poll_recv(context).is_ready() || terminate.poll_recv(context).is_ready();
        if came { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    }))
}

/// Gets ready for Ctrl-C; the future ends when it comes.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a handler the default action ends the process, which is fine too.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
