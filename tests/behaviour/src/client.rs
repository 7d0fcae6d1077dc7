//! Clients as most tests want them.

use gocardless_bank_data::{AccountId, BankData, BankDataBuilder, Credentials, InstitutionId, Timing};

use crate::server::FaultServer;

/// The secret id that the tests use; it must be seen nowhere but in the request for a new pair.
pub const SECRET_ID: &str = "canary-secret-id";

/// The secret key that the tests use; it must be seen nowhere but in the request for a new pair.
pub const SECRET_KEY: &str = "canary-secret-key";

/// The account that the tests read.
#[must_use]
pub fn account() -> AccountId {
    "3fa85f64-5717-4562-b3fc-2c963f66afa6".parse().unwrap()
}

/// The institution that the tests link.
#[must_use]
pub fn institution() -> InstitutionId {
    "SANDBOXFINANCE_SFIN0000".parse().unwrap()
}

/// A builder of a client of this server.
pub fn builder(server: &FaultServer) -> BankDataBuilder {
    builder_at(&server.url())
}

/// A builder of a client of the server at this base URL. It reads no root certificates, since it will not need them and
/// that is most of the work of making a client.
pub fn builder_at(url: &str) -> BankDataBuilder {
    let http = gocardless_bank_data::reqwest::ClientBuilder::new().tls_certs_only([]);
    BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY)).base_url(url).http_client(http)
}

/// A client of this server with nothing changed.
#[must_use]
pub fn client(server: &FaultServer) -> BankData {
    builder(server).build().unwrap()
}

/// The usual timing with a change.
#[must_use]
pub fn timing(change: impl FnOnce(&mut Timing)) -> Timing {
    let mut timing = Timing::default();
    change(&mut timing);
    timing
}
