//! Is a peer that cannot prove its identity rejected before a byte of HTTP is sent, and can no setting turn that off?

#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in tests, but not in their helpers"
)]

use std::sync::Arc;

use gocardless_bank_data::error::{ConnectionFailure, Sent};
use gocardless_bank_data::reqwest::ClientBuilder;
use gocardless_bank_data::{BankData, Credentials, Error};
use test_support::{Authority, FaultServer, Peer, RawPeer, SECRET_ID, SECRET_KEY, Step, Subject, TlsFront};
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, NamedGroup, SignatureScheme};

/// A server that answers everything, each request on its own connection.
async fn behind() -> FaultServer {
    FaultServer::start(|request| {
        if request.is_token() {
            test_support::token_answer(request).closing()
        } else {
            Subject::Balances.success().closing()
        }
    })
    .await
}

fn client(url: String, http: ClientBuilder) -> BankData {
    let builder = BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY));
    builder.base_url(url).http_client(http).build().unwrap()
}

/// Asserts that a token request and a call that needs a token both fail at the handshake, at the first attempt.
async fn is_refused(case: &str, bank: &BankData) {
    let error = bank.tokens().obtain().await.unwrap_err();
    let Error::Transport(refused) = &error else { panic!("{case}: {error:?}") };
    assert_eq!(refused.failure(), ConnectionFailure::Certificate, "{case}: {error:#?}");
    assert_eq!((error.attempts(), error.sent()), (1, Sent::No), "{case}");
    let error = Subject::Balances.call(bank).await.unwrap_err();
    let Error::Auth(no_token) = &error else { panic!("{case}: {error:?}") };
    let Error::Transport(refused) = no_token.cause() else { panic!("{case}: {error:?}") };
    assert_eq!(refused.failure(), ConnectionFailure::Certificate, "{case}");
}

#[tokio::test]
async fn e07_a_peer_whom_the_client_trusts_is_spoken_to() {
    let (authority, server) = (Authority::default(), behind().await);
    for name in ["127.0.0.1", "localhost"] {
        let front = TlsFront::start(&server, authority.peer(name)).await;
        let http = ClientBuilder::new().tls_certs_only([authority.root()]);
        Subject::Balances.call(&client(front.url(name), http)).await.unwrap();
        assert_eq!(front.connections(), 2);
        assert!(front.bytes() > 0);
    }
}

#[tokio::test]
async fn e07_a_process_that_chose_no_cryptography_gets_the_one_that_the_features_name() {
    drop(client("https://localhost".to_owned(), ClientBuilder::new()));
    let first = CryptoProvider::get_default().unwrap().kx_groups[0].name();
    // Both are compiled in, and only aws-lc offers post-quantum key exchange.
    let named = if cfg!(feature = "aws-lc-rs") { NamedGroup::X25519MLKEM768 } else { NamedGroup::X25519 };
    assert_eq!(first, named);
}

#[tokio::test]
async fn e07_a_peer_that_cannot_prove_who_it_is_receives_no_byte_of_http_and_is_not_asked_again() {
    let (ours, foreign, server) = (Authority::default(), Authority::default(), behind().await);
    let peers = [
        ("self-signed", Peer::self_signed("localhost")),
        ("expired", ours.expired_peer("localhost")),
        ("another host", ours.peer("bankaccountdata.gocardless.com")),
        ("unknown root", foreign.peer("localhost")),
    ];
    for (case, peer) in peers {
        let front = TlsFront::start(&server, peer).await;
        let http = ClientBuilder::new().tls_certs_only([ours.root()]);
        is_refused(case, &client(front.url("localhost"), http)).await;
        assert_eq!((front.connections(), front.bytes()), (2, 0), "{case}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn e07_the_roots_of_this_machine_do_not_vouch_for_an_authority_of_a_test() {
    let server = behind().await;
    let front = TlsFront::start(&server, Authority::default().peer("localhost")).await;
    is_refused("no root given", &client(front.url("localhost"), ClientBuilder::new())).await;
    assert_eq!((front.connections(), front.bytes()), (2, 0));
}

#[tokio::test]
async fn e07_a_peer_that_knows_only_tls_1_1_is_refused() {
    for (case, greeting) in [("hello", RawPeer::TLS_1_1), ("alert", RawPeer::NO_SUCH_VERSION)] {
        let peer = RawPeer::start(greeting).await;
        is_refused(case, &client(peer.url(), ClientBuilder::new())).await;
        assert_eq!(peer.connections(), 2, "{case}");
    }
}

#[tokio::test]
async fn e07_a_certificate_that_changes_hands_while_connections_are_pooled_is_looked_at_anew() {
    let (ours, foreign, server) = (Authority::default(), Authority::default(), behind().await);
    let front = TlsFront::start(&server, ours.peer("localhost")).await;
    let http = ClientBuilder::new().tls_certs_only([ours.root()]);
    let bank = client(front.url("localhost"), http);
    Subject::Balances.call(&bank).await.unwrap();
    let (connections, bytes) = (front.connections(), front.bytes());
    front.become_peer(foreign.peer("localhost"));
    let error = Subject::Balances.call(&bank).await.unwrap_err();
    let Error::Transport(refused) = &error else { panic!("{error:?}") };
    assert_eq!(refused.failure(), ConnectionFailure::Certificate);
    assert_eq!((front.connections(), front.bytes()), (connections + 1, bytes));
}

/// Accepts any certificate.
#[derive(Debug)]
struct Credulous;

impl ServerCertVerifier for Credulous {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, tokio_rustls::rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, tokio_rustls::rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, tokio_rustls::rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ECDSA_NISTP256_SHA256, SignatureScheme::ED25519]
    }
}

/// Every way to turn certificate checks off.
fn careless() -> [(&'static str, ClientBuilder); 4] {
    let config = ClientConfig::builder_with_provider(test_support::provider());
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = config.dangerous().with_custom_certificate_verifier(Arc::new(Credulous));
    let config = config.with_no_client_auth();
    [
        ("certificates", ClientBuilder::new().tls_danger_accept_invalid_certs(true)),
        ("host names", ClientBuilder::new().tls_danger_accept_invalid_hostnames(true)),
        (
            "both",
            ClientBuilder::new()
                .tls_danger_accept_invalid_certs(true)
                .tls_danger_accept_invalid_hostnames(true),
        ),
        ("a verifier of the caller's", ClientBuilder::new().tls_backend_preconfigured(config)),
    ]
}

#[tokio::test]
async fn e08_no_setting_of_the_caller_switches_the_checks_off() {
    let (ours, foreign, server) = (Authority::default(), Authority::default(), behind().await);
    for (case, peer) in [("root", foreign.peer("localhost")), ("host", ours.peer("example.org"))] {
        for (setting, http) in careless() {
            // A client with such settings accepts this peer, so the wrapper makes the difference.
            let front = TlsFront::start(&server, peer.clone()).await;
            let http = if case == "host" { http.tls_certs_merge([ours.root()]) } else { http };
            is_refused(&format!("{case}, {setting}"), &client(front.url("localhost"), http)).await;
            assert_eq!(front.bytes(), 0, "{case}, {setting}");
        }
    }
}

#[tokio::test]
async fn e08_the_same_settings_do_switch_the_checks_off_where_nobody_sets_them_right() {
    gocardless_bank_data::install_cryptography();
    let server = FaultServer::start(|_| Subject::Balances.success().reply().then(Step::Close)).await;
    let front = TlsFront::start(&server, Peer::self_signed("localhost")).await;
    for (setting, http) in careless().into_iter().filter(|(setting, _)| *setting != "host names") {
        let answer = http.build().unwrap().get(front.url("localhost")).send().await;
        assert!(answer.is_ok(), "{setting}: {answer:?}");
    }
}
