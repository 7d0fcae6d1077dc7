//! The handle of a running sandbox.

use std::borrow::Borrow;
use std::fmt::Display;
use std::sync::Arc;

use serde_json::Value;

use crate::builder::SandboxBuilder;
use crate::clock::Clock;
use crate::error::SandboxError;
use crate::fault::Faults;
use crate::operation_table::Operation;
use crate::profile::BankProfile;
use crate::recorded::RecordedRequest;
use crate::service::Server;
use crate::state::{AccountStatus, LinkOutcome, RequisitionStatus, TokenKind};
use crate::truth::Truth;
use crate::world;
use crate::world::World;

/// A running fake of the API, on a free port of the loopback interface. Dropping it stops it.
///
/// ```
/// use gocardless_bank_data_sandbox::Sandbox;
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # runtime.block_on(async {
/// let sandbox = Sandbox::start().await?;
/// assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
/// assert_eq!(sandbox.secret_key().len(), 128);
/// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
/// # }).unwrap();
/// ```
#[derive(Debug)]
pub struct Sandbox {
    world: Arc<World>,
    _server: Server,
}

impl Sandbox {
    /// Starts one with the defaults: seed 1, a free port, the machine's time, the documented limits.
    ///
    /// # Errors
    ///
    /// [`SandboxError`] if no port or thread is to be had.
    pub async fn start() -> Result<Self, SandboxError> {
        Self::builder().start().await
    }

    /// The same without a runtime.
    ///
    /// ```
    /// let sandbox = gocardless_bank_data_sandbox::Sandbox::start_blocking()?;
    /// # drop(sandbox);
    /// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SandboxError`] if no port or thread is to be had.
    pub fn start_blocking() -> Result<Self, SandboxError> {
        Self::builder().start_blocking()
    }

    /// Starts one with other settings.
    ///
    /// ```
    /// use gocardless_bank_data_sandbox::{Limits, Sandbox};
    ///
    /// let sandbox = Sandbox::builder().seed(7).limits(Limits::off()).start_blocking()?;
    /// # drop(sandbox);
    /// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
    /// ```
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    pub(crate) const fn new(world: Arc<World>, server: Server) -> Self {
        Self { world, _server: server }
    }

    /// The address to give to a client, such as `http://127.0.0.1:43123`: no slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.world.config.base_url
    }

    /// The secret id that this sandbox accepts: a UUID that follows from the seed.
    #[must_use]
    pub fn secret_id(&self) -> &str {
        &self.world.config.secret_id
    }

    /// The secret key that this sandbox accepts: 128 hexadecimal digits that follow from the seed.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        &self.world.config.secret_key
    }

    /// The faults: add some, and requests go wrong.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// The sandbox's time.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.world.clock
    }

    /// The requests received so far, oldest first; those to `/_sandbox` are not among them. The last 50,000 are
    /// kept.
    ///
    /// ```
    /// # use gocardless_bank_data_sandbox::Sandbox;
    /// # let sandbox = Sandbox::start_blocking()?;
    /// assert!(sandbox.requests().is_empty());
    /// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
    /// ```
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.world.log.list()
    }

    /// How many requests an operation has received, faulted ones included.
    #[must_use]
    pub fn hits(&self, operation: Operation) -> usize {
        self.world.log.hits(operation)
    }

    /// Forgets the requests received so far, and their count.
    pub fn clear_requests(&self) {
        self.world.log.clear();
    }

    /// Completes the link flow of a requisition, as its end user would in a browser; gives its accounts.
    ///
    /// A requisition that was linked before stays as it is.
    ///
    /// ```
    /// # use gocardless_bank_data_sandbox::Sandbox;
    /// # let sandbox = Sandbox::start_blocking()?;
    /// let error = sandbox.link(&"nonsense").unwrap_err();
    /// assert_eq!(error.to_string(), "the sandbox has no requisition nonsense");
    /// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such requisition.
    pub fn link(&self, requisition: &(impl Display + ?Sized)) -> Result<Vec<String>, SandboxError> {
        self.link_with(requisition, LinkOutcome::Linked)
    }

    /// The same with another end.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such requisition.
    pub fn link_with(
        &self,
        requisition: &(impl Display + ?Sized),
        outcome: LinkOutcome,
    ) -> Result<Vec<String>, SandboxError> {
        world::link(&self.world, &requisition.to_string(), outcome, None)
    }

    /// Completes the link flow of a requisition as another person: with accounts of their own. [`link`](Self::link) and
    /// browsers are one and the same person at each institution, who finds the same bank accounts whenever they connect.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such requisition.
    pub fn link_as(
        &self,
        requisition: &(impl Display + ?Sized),
        person: &str,
    ) -> Result<Vec<String>, SandboxError> {
        world::link(&self.world, &requisition.to_string(), LinkOutcome::Linked, Some(person))
    }

    /// What really happened on an account up to now, and how the bank last showed it. `account` is an id of the API's or the
    /// id of a bank account.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such account.
    pub fn truth(&self, account: &(impl Display + ?Sized)) -> Result<Truth, SandboxError> {
        world::truth(&self.world, &account.to_string())
    }

    /// How an institution behaves now.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such institution.
    pub fn profile(&self, institution: &str) -> Result<BankProfile, SandboxError> {
        world::profile(&self.world, institution)
    }

    /// Sets how an institution behaves. If somebody has accounts there already, what was done on them up to today stays, and is
    /// shown as the new profile says; what is done from tomorrow on follows it altogether.
    ///
    /// ```
    /// use gocardless_bank_data_sandbox::{BankProfile, Sandbox};
    ///
    /// let sandbox = Sandbox::start_blocking()?;
    /// let profile = BankProfile::preset("no-ids").unwrap_or_default();
    /// sandbox.set_profile("FERNWICKBANK_FRNWGB22", profile)?;
    /// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such institution.
    pub fn set_profile(&self, institution: &str, profile: BankProfile) -> Result<(), SandboxError> {
        world::set_profile(&self.world, institution, profile)
    }

    /// Gives a person an account at an institution, beside those that are made up, or with `"only": true` in place of them;
    /// gives the id of the bank account. The next link finds it.
    ///
    /// All members may be left out: `person`, `kind` (`current` or `card`), `currency` (`EUR`), `iban`, `name`, `owner`,
    /// `details` (members of the details), `made_up` (`false`: no transactions but the test's), `opening` (`"0.00"`), `only`.
    ///
    /// ```
    /// use gocardless_bank_data_sandbox::Sandbox;
    /// use serde_json::json;
    ///
    /// let sandbox = Sandbox::start_blocking()?;
    /// let account = json!({ "currency": "SEK", "opening": "100.00", "only": true });
    /// let account = sandbox.put_account("FERNWICKBANK_FRNWGB22", account)?;
    /// sandbox.put_transactions(
    ///     &account,
    ///     json!([
    ///         { "state": "pending", "id": "coffee", "until": "2026-03-12T00:00:00Z",
    ///           "transactionAmount": { "amount": "-3.00", "currency": "SEK" } },
    ///         { "state": "booked", "id": "coffee", "from": "2026-03-12T00:00:00Z", "bookingDate": "2026-03-11",
    ///           "transactionAmount": { "amount": "-3.50", "currency": "SEK" } },
    ///     ]),
    /// )?;
    /// # Ok::<(), gocardless_bank_data_sandbox::SandboxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such institution, [`SandboxError::Invalid`] if the JSON does not fit.
    pub fn put_account(
        &self,
        institution: &str,
        account: impl Borrow<Value>,
    ) -> Result<String, SandboxError> {
        world::put_account(&self.world, institution, account.borrow())
    }

    /// Adds transactions to an account, beside those that are made up; gives their ids. `account` is an id of the API's or the
    /// id of a bank account.
    ///
    /// Each is an entry as the API shows it, with members for the sandbox: `state` (`booked` or `pending`), and, if wanted,
    /// `id` (equal for the pending and the booked form of one transaction), `from` and `until` (instants: it is shown from the
    /// first to before the second), and `entry` for an entry that is not an object. Their amounts count in the balance.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such account, [`SandboxError::Invalid`] if the JSON does not fit; then none is
    /// added.
    pub fn put_transactions(
        &self,
        account: &(impl Display + ?Sized),
        transactions: impl Borrow<Value>,
    ) -> Result<Vec<String>, SandboxError> {
        world::put_transactions(&self.world, &account.to_string(), transactions.borrow())
    }

    /// Removes the transactions that were put in.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such account.
    pub fn clear_transactions(&self, account: &(impl Display + ?Sized)) -> Result<(), SandboxError> {
        world::clear_transactions(&self.world, &account.to_string())
    }

    /// Sets the whole body with which an operation of an account answers from now on, under all of its ids. Consent and
    /// limits still come first.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such account, [`SandboxError::Invalid`] if the operation is none of an
    /// account.
    pub fn put_raw(
        &self,
        account: &(impl Display + ?Sized),
        operation: Operation,
        body: impl Borrow<Value>,
    ) -> Result<(), SandboxError> {
        world::put_raw(&self.world, &account.to_string(), operation, Some(body.borrow().clone()))
    }

    /// Lets an operation answer with what is made up again.
    ///
    /// # Errors
    ///
    /// As [`put_raw`](Self::put_raw).
    pub fn clear_raw(
        &self,
        account: &(impl Display + ?Sized),
        operation: Operation,
    ) -> Result<(), SandboxError> {
        world::put_raw(&self.world, &account.to_string(), operation, None)
    }

    /// Sets the status of a requisition and changes nothing else: for polling through the stages.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such requisition.
    pub fn set_requisition_status(
        &self,
        requisition: &(impl Display + ?Sized),
        status: RequisitionStatus,
    ) -> Result<(), SandboxError> {
        world::set_requisition_status(&self.world, &requisition.to_string(), status)
    }

    /// Sets the status of an account, and with it what its data operations answer; its failures in a row are counted
    /// from zero.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such account.
    pub fn set_account_status(
        &self,
        account: &(impl Display + ?Sized),
        status: AccountStatus,
    ) -> Result<(), SandboxError> {
        world::set_account_status(&self.world, &account.to_string(), status)
    }

    /// Suspends an account, as ten failures of its bank in a row do.
    ///
    /// # Errors
    ///
    /// [`SandboxError::NotFound`] if there is no such account.
    pub fn suspend_account(&self, account: &(impl Display + ?Sized)) -> Result<(), SandboxError> {
        self.set_account_status(account, AccountStatus::Suspended)
    }

    /// Refuses every access token given so far; refresh tokens stay good.
    pub fn forget_access_tokens(&self) {
        world::forget_tokens(&self.world, &[TokenKind::Access]);
    }

    /// Refuses every access and refresh token given so far: only the secrets help.
    pub fn forget_all_tokens(&self) {
        world::forget_tokens(&self.world, &[TokenKind::Access, TokenKind::Refresh]);
    }
}
