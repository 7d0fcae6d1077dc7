//! One call in a separate process, for tests of environment variables and memory.
//!
//! `lone_call BASE_URL [ROOT RESOLVED]`: reads the balances of the test account and prints the result. `ROOT` is a file with
//! a certificate to trust, `RESOLVED` the address of the host in the base URL.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool of the tests: what it says is what it is for"
)]

use std::error::Error;

use gocardless_bank_data::reqwest::{Certificate, ClientBuilder, Url};
use gocardless_bank_data::{BankData, Credentials};
use test_support::{SECRET_ID, SECRET_KEY, account};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let mut http = ClientBuilder::new();
    if let [base_url, root, resolved] = arguments.as_slice() {
        let url = Url::parse(base_url).unwrap();
        http = http.tls_certs_only([Certificate::from_der(&std::fs::read(root).unwrap()).unwrap()]);
        // Settings that the client must override.
        http = http.tls_sslkeylogfile(true).connection_verbose(true);
        http = http.resolve(url.host_str().unwrap(), resolved.parse().unwrap());
    }
    let builder = BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY)).http_client(http);
    let bank = builder.base_url(arguments.first().unwrap()).build().unwrap();
    match bank.account(account()).balances().send().await {
        Ok(response) => println!("succeeded: {response:?}"),
        Err(error) => {
            println!("failed: {error}\n{error:#?}");
            let mut source = error.source();
            while let Some(cause) = source {
                println!("since {cause}\n{cause:#?}");
                source = cause.source();
            }
        }
    }
    // Peak memory, if known.
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
    }
}
