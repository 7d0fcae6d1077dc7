//! Is the cryptography that a program chose for its TLS the one that the client uses? (E7)
//!
//! In a file of its own: a process can choose only once. That a process which chose none gets one is tested by the lone
//! process of `transport_environment`.

#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicUsize, Ordering};

use behaviour::{Authority, FaultServer, SECRET_ID, SECRET_KEY, Subject, TlsFront};
use gocardless_bank_data::reqwest::ClientBuilder;
use gocardless_bank_data::{BankData, Credentials};
use tokio_rustls::rustls::crypto::{CryptoProvider, GetRandomFailed, SecureRandom};

/// How often somebody wanted something random.
static DRAWN: AtomicUsize = AtomicUsize::new(0);

/// What the program chose, told from all others by being counted.
#[derive(Debug)]
struct Counted;

impl SecureRandom for Counted {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), GetRandomFailed> {
        DRAWN.fetch_add(1, Ordering::SeqCst);
        behaviour::provider().secure_random.fill(buffer)
    }
}

#[tokio::test]
async fn e07_the_cryptography_that_a_program_chose_is_used_and_stays() {
    let chosen = CryptoProvider { secure_random: &Counted, ..(*behaviour::provider()).clone() };
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
