//! The state of the sandbox before a call, by the names used in `journeys.txt`.

use chrono::{DateTime, Utc};
use gocardless_bank_data::{BankData, Credentials, InstitutionId, Timing};
use gocardless_bank_data_sandbox::{
    AccountStatus, Fault, LimitGroup, Limits, Operation as Id, Preset, Sandbox, SandboxBuilder,
};
use std::time::Duration;
use test_support::{Ids, Operation};

const DAY: Duration = Duration::from_secs(86_400);

/// A sandbox, the ids of what is in it, and a client that has not called it yet.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) subject: Ids,
    pub(crate) bank: BankData,
}

/// The sandbox's name for an operation of the contract.
pub(crate) fn id_of(operation: &Operation) -> Id {
    Id::parse(&operation.key).unwrap_or_else(|| {
        panic!("the sandbox does not have {}: add its row to tests/sandbox/src/operation.rs", operation.key)
    })
}

/// A sandbox with a fixed clock and without limits, so that a case depends only on what it is about.
pub(crate) fn quiet() -> SandboxBuilder {
    let noon: DateTime<Utc> = "2026-03-10T12:00:00Z".parse().unwrap();
    Sandbox::builder().fixed_clock(noon).limits(Limits::off())
}

/// Prepares the state with this name for a call of `operation`.
pub(crate) async fn set(name: &str, operation: &Operation) -> Stage {
    let id = id_of(operation);
    let builder = match name {
        "company limit" => quiet().limits(Limits::documented().company(LimitGroup::of(id), 0)),
        "four reads today" => quiet().limits(Limits::documented()),
        name if name.starts_with("accept is allowed") || name == "accepted before" => {
            quiet().allow_accept(true)
        }
        name if name.starts_with("reconfirmation") => quiet().allow_reconfirmation(true),
        _ => quiet(),
    };
    let mut stage = Stage::open(builder).await;
    if let Some(preset) = name.strip_prefix("preset ") {
        let preset = Preset::parse(preset).unwrap_or_else(|| panic!("the sandbox has no preset {preset}"));
        stage.sandbox.faults().add(Fault::preset(preset).on(id).always());
    } else {
        stage.prepare(name, operation).await;
    }
    stage.bank = client_of(&stage.sandbox, if name == "wrong secrets" { "wrong" } else { "" });
    if name.ends_with(", then the token was forgotten") {
        stage.bank.institutions().list().await.unwrap();
        stage.sandbox.forget_access_tokens();
    }
    stage.sandbox.clear_requests();
    stage
}

/// A client with the sandbox's secrets and this appended to the key. It replaces a rejected token however young it is.
fn client_of(sandbox: &Sandbox, too_much: &str) -> BankData {
    let key = format!("{}{too_much}", sandbox.secret_key());
    let credentials = Credentials::new(sandbox.secret_id(), key);
    let mut timing = Timing::default();
    timing.youngest_eviction = Duration::ZERO;
    BankData::builder(credentials).base_url(sandbox.base_url()).timing(timing).build().unwrap()
}

impl Stage {
    /// An empty sandbox.
    pub(crate) async fn open(builder: SandboxBuilder) -> Self {
        let sandbox = builder.start().await.unwrap();
        let bank = client_of(&sandbox, "");
        Self { subject: Ids::default(), bank, sandbox }
    }

    async fn prepare(&mut self, name: &str, operation: &Operation) {
        match name {
            // All agreements are unknown, which is what a 404 needs.
            "as it stands"
            | "wrong secrets"
            | "company limit"
            | "accept is allowed, of none"
            | "reconfirmation is allowed" => {}
            "a refresh token" => {
                let pair = self.bank.tokens().obtain().await.unwrap();
                pair.refresh.unwrap().expose().clone_into(&mut self.subject.refresh);
            }
            "unknown institution" => self.subject.institution = "NOSUCHBANK_XX".parse().unwrap(),
            "linked" | "linked, then the token was forgotten" => self.link().await,
            "an agreement" | "accept is allowed" | "reconfirmation is allowed, of an agreement without" => {
                self.agree().await;
            }
            "accepted before" => {
                self.agree().await;
                self.bank.agreements().accept(&self.subject.agreement, "a", "192.0.2.1").await.unwrap();
            }
            "reference in use" => {
                self.agree().await;
                let create =
                    self.bank.requisitions().create(&self.subject.institution, "https://example.org/");
                create.reference("customer-17 ü").await.unwrap();
            }
            "reconfirmation is due" => self.reconfirmable().await,
            "reconfirmation was made" => {
                self.reconfirmable().await;
                self.bank.agreements().reconfirm(&self.subject.agreement).await.unwrap();
            }
            "four reads today" => {
                self.link().await;
                for _ in 0..4 {
                    (test_support::driver(&operation.key).minimal)(&self.bank, &self.subject).await.unwrap();
                }
            }
            "the agreement expired" => {
                self.link().await;
                self.sandbox.clock().advance(91 * DAY);
            }
            "out of scope" => self.link_out_of_scope(operation).await,
            "account suspended" => self.link_with(AccountStatus::Suspended).await,
            "account processing" => self.link_with(AccountStatus::Processing).await,
            "account in error" => self.link_with(AccountStatus::Error).await,
            other => panic!("journeys.txt names the stage {other:?}, which stage.rs cannot set"),
        }
    }

    async fn agree(&mut self) {
        let agreement = self.bank.agreements().create(&self.subject.institution).await.unwrap();
        self.subject.agreement = agreement.id.unwrap();
    }

    /// A linked requisition with its agreement and its first account.
    pub(crate) async fn link(&mut self) {
        self.agree().await;
        self.link_agreement().await;
    }

    async fn link_agreement(&mut self) {
        let create = self.bank.requisitions().create(&self.subject.institution, "https://example.org/back");
        let requisition = create.agreement(self.subject.agreement.clone()).await.unwrap();
        self.subject.requisition = requisition.id.unwrap();
        let accounts = self.sandbox.link(&self.subject.requisition).unwrap();
        self.subject.account = accounts[0].parse().unwrap();
    }

    async fn link_with(&mut self, status: AccountStatus) {
        self.link().await;
        self.sandbox.set_account_status(&self.subject.account, status).unwrap();
    }

    /// Linked under an agreement that does not cover what this operation reads.
    async fn link_out_of_scope(&mut self, operation: &Operation) {
        let other = if operation.path.ends_with("/details/") { "balances" } else { "details" };
        let create = self.bank.agreements().create(&self.subject.institution);
        let agreement = create.access_scope([other.into()]).await.unwrap();
        self.subject.agreement = agreement.id.unwrap();
        self.link_agreement().await;
    }

    /// Linked at a bank in the United Kingdom, with an agreement that can be reconfirmed.
    async fn reconfirmable(&mut self) {
        let institutions = self.bank.institutions().list().country("GB").await.unwrap();
        let with = institutions.iter().find(|it| it.max_access_valid_for_days_reconfirmation.is_some());
        let institution: InstitutionId = with.expect("a bank with reconfirmation").id.clone();
        let create =
            self.bank.agreements().create(&institution).access_valid_for_days(180).reconfirmation(true);
        self.subject.agreement = create.await.unwrap().id.unwrap();
        self.subject.institution = institution;
        self.link_agreement().await;
        self.sandbox.clock().advance(80 * DAY);
    }
}
