//! TLS with certificates of one's own, on both sides.

use gocardless_bank_data_redis::{RedisState, RedisStateBuilder};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
};
use test_support::counting::{count, key};
use test_support::{Directory, free_port};

use crate::{Server, patient};

/// A certificate and its key, both in PEM.
struct Pair {
    certificate: String,
    key: String,
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    // Else it has the name that rcgen gives to every certificate, and those that it signs seem to have signed themselves.
    params.distinguished_name.push(DnType::CommonName, "authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn signed(authority: &CertifiedIssuer<'static, KeyPair>, purpose: ExtendedKeyUsagePurpose) -> Pair {
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.extended_key_usages = vec![purpose];
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, authority).unwrap().pem();
    Pair { certificate, key: key.serialize_pem() }
}

/// A server with TLS on the returned port and asks clients for a certificate.
fn start(directory: &Directory, authority: &str, pair: &Pair) -> Option<(Server, u16)> {
    let file = |name: &str, content: &str| {
        std::fs::write(directory.file(name), content).unwrap();
        directory.file(name).to_str().unwrap().to_owned()
    };
    let files = [file("ca", authority), file("certificate", &pair.certificate), file("key", &pair.key)];
    let [authority, certificate, key] = files.each_ref().map(|path| &**path);
    let port = free_port();
    let files = ["--tls-ca-cert-file", authority, "--tls-cert-file", certificate, "--tls-key-file", key];
    let server = Server::start_with(&[&["--tls-port", &port.to_string()][..], &files].concat())?;
    Some((server, port))
}

#[tokio::test]
async fn both_sides_prove_who_they_are() {
    let (directory, authority) = (Directory::default(), authority());
    let pair = signed(&authority, ExtendedKeyUsagePurpose::ServerAuth);
    let Some((server, port)) = start(&directory, &authority.pem(), &pair) else { return };
    let ours = signed(&authority, ExtendedKeyUsagePurpose::ClientAuth);
    let url = format!("rediss://localhost:{port}");
    let trusting = |builder: RedisStateBuilder| patient(builder).root_certificate(authority.pem());
    let known = |builder| trusting(builder).client_certificate(&*ours.certificate, &*ours.key);

    let state = known(RedisState::builder(&url)).connect().await.unwrap();
    assert_eq!(count(&state, &[key("a")]).await, [1]);
    for refused in [
        trusting(RedisState::builder(&url)),
        patient(RedisState::builder(&url)),
        known(RedisState::builder(&format!("rediss://127.0.0.1:{port}"))),
    ] {
        let error = refused.connect().await.unwrap_err().to_string();
        assert!(error.contains(&format!(":{port}: it cannot be reached: ")), "{error}");
    }
    let plain = known(RedisState::builder(&server.url())).connect_lazily().unwrap_err().to_string();
    assert_eq!(
        plain,
        format!("redis at 127.0.0.1:{}: certificates need a URL with `rediss://`", server.port())
    );
    let broken = "-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n";
    let broken = RedisState::builder(&url).root_certificate(broken).connect_lazily().unwrap_err();
    assert!(!format!("{broken:?}").contains("canary"), "{broken:?}");
}
