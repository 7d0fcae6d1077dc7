//! What does a client without any TLS do? It can be built only for this machine. The other tests have TLS, because some member
//! of the workspace always turns it on: `cargo xtask ci` runs this file with the package alone.

#![cfg(not(any(feature = "rustls", feature = "rustls-aws-lc-rs", feature = "native-tls")))]

use gocardless_bank_data::{BankData, Credentials};

#[test]
fn without_tls_only_this_machine_can_be_reached_and_the_error_names_the_features() {
    let build = |base_url| BankData::builder(Credentials::new("id", "key")).base_url(base_url).build();
    assert!(build("http://127.0.0.1:8099").is_ok());
    let refused = build("https://bankaccountdata.gocardless.com").unwrap_err().to_string();
    assert_eq!(
        refused,
        "base url: needs tls; enable the feature rustls or native-tls of gocardless-bank-data"
    );
}
