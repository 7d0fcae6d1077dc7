//! Does the client use the cryptography that the program chose for its TLS?
//!
//! A program of its own: a process can choose only once. A process that chose none is tested in `transport_environment`.

#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicUsize, Ordering};

use gocardless_bank_data::reqwest::ClientBuilder;
use gocardless_bank_data::{BankData, Credentials};
use test_support::{Authority, FaultServer, SECRET_ID, SECRET_KEY, Subject, TlsFront};
use tokio_rustls::rustls::crypto::{CryptoProvider, GetRandomFailed, SecureRandom};

/// How often random bytes were requested.
static DRAWN: AtomicUsize = AtomicUsize::new(0);

/// The program's choice, recognisable because it counts.
#[derive(Debug)]
struct Counted;

impl SecureRandom for Counted {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), GetRandomFailed> {
        DRAWN.fetch_add(1, Ordering::SeqCst);
        test_support::provider().secure_random.fill(buffer)
    }
}

#[tokio::test]
async fn e07_the_cryptography_that_a_program_chose_is_used_and_stays() {
    let chosen = CryptoProvider { secure_random: &Counted, ..(*test_support::provider()).clone() };
    assert!(chosen.install_default().is_ok());
    let authority = Authority::default();
    let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
    let front = TlsFront::start(&server, authority.peer("localhost")).await;
    let http = ClientBuilder::new().tls_certs_only([authority.root()]);
    let builder = BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY)).http_client(http);
    let bank = builder.base_url(front.url("localhost")).build().unwrap();
    assert_eq!(DRAWN.load(Ordering::SeqCst), 0);
    Subject::Balances.call(&bank).await.unwrap();
    assert!(DRAWN.load(Ordering::SeqCst) > 0);
}
