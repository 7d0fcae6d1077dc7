//! `--sandbox`: made-up banks in this process, and a folder that goes with it.

use std::path::Path;

use chrono::{DateTime, Utc};
use gocardless_bank_data::{BankData, Credentials};
use gocardless_bank_data_sandbox::Sandbox;

use crate::app::App;
use crate::exit::{Code, Failure};

/// The bank whose accounts are linked for commands that need some.
pub(crate) const BANK: &str = "SANDBOXFINANCE_SFIN0000";

/// A running sandbox and the folder of its ledger.
#[derive(Debug)]
pub(crate) struct Running {
    sandbox: Sandbox,
    folder: tempfile::TempDir,
}

impl Running {
    pub(crate) fn start(fixed_now: Option<DateTime<Utc>>) -> Result<Self, Failure> {
        let mut builder = Sandbox::builder();
        if let Some(now) = fixed_now {
            builder = builder.fixed_clock(now);
        }
        let sandbox = builder
            .start_blocking()
            .map_err(|error| Failure::new(Code::Other, format!("the sandbox cannot be started: {error}")))?;
        let folder = tempfile::Builder::new()
            .prefix("bank-data-sandbox-")
            .tempdir()
            .map_err(|error| Failure::file(format!("no folder can be made for the sandbox: {error}")))?;
        Ok(Self { sandbox, folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn base_url(&self) -> &str {
        self.sandbox.base_url()
    }

    pub(crate) fn credentials(&self) -> Credentials {
        Credentials::new(self.sandbox.secret_id(), self.sandbox.secret_key())
    }

    /// Links a requisition, as a person in a browser would.
    pub(crate) fn link(&self, requisition: &str) -> Result<(), Failure> {
        let linked = self.sandbox.link(requisition);
        linked
            .map(drop)
            .map_err(|error| Failure::new(Code::Other, format!("the sandbox could not link: {error}")))
    }
}

/// Gives commands that work with a ledger one that has something: accounts of a made-up person, linked and, if wanted, read.
pub(crate) async fn fill(app: &App, read: bool) -> Result<(), Failure> {
    use futures_util::StreamExt as _;
    let Some(sandbox) = &app.sandbox else { return Ok(()) };
    let bank: BankData = app.bank()?;
    let requisition = bank.requisitions().create_without_redirect(BANK).await?;
    let id = requisition
        .id
        .ok_or_else(|| Failure::new(Code::Other, "the sandbox gave a requisition without an id"))?;
    sandbox.link(id.as_str())?;
    let ledger = app.ledger()?;
    let sync = app.sync(&bank, &ledger, false);
    sync.track(&id, crate::args::DEFAULT_PERSON).await?;
    if read {
        let events = sync.run();
        let mut events = std::pin::pin!(events);
        while events.next().await.is_some() {}
    }
    app.output.note("This is the sandbox: the accounts are made up, and nothing is kept.");
    Ok(())
}
