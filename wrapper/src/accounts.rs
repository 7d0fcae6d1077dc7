//! One linked account.

use chrono::NaiveDate;
use gocardless_bank_data_generated::operation;
use gocardless_bank_data_runtime::Call;
use gocardless_bank_data_types::error::CircuitOpenError;
use gocardless_bank_data_types::{AccessScope, AccountId, OperationClass, RateLimit};

use crate::client::BankData;
use crate::model::{Account, AccountDetailsResponse, Balances, Transactions};
use crate::operation_builder::operation_builder;

/// One linked account.
///
/// Balances, details and transactions may each be read **four times in 24 hours**, and some banks allow fewer; only
/// successful calls count. [`Response::rate_limits`](crate::Response::rate_limits) says how many are left. All calls
/// for all accounts together: 100 a minute for a company. After ten failures in a row the service suspends an account,
/// and only a new requisition restores it.
#[derive(Clone, Debug)]
pub struct AccountHandle {
    bank: BankData,
    id: AccountId,
}

impl AccountHandle {
    pub(crate) fn new(bank: BankData, id: AccountId) -> Self {
        Self { bank, id }
    }

    /// The id of the account.
    #[must_use]
    pub fn id(&self) -> &AccountId {
        &self.id
    }

    /// The known quota for one kind of data, without a call: calls allowed, calls remaining, and when there are more.
    /// `None` if nothing is known of it.
    ///
    /// Every read that may have counted is taken off, also one without an answer or one in flight, and reads of all
    /// clients that share their [`state`](crate::BankDataBuilder::state).
    ///
    /// ```no_run
    /// use gocardless_bank_data::AccessScope;
    ///
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) -> gocardless_bank_data::Result<()> {
    /// let account = bank.account(id);
    /// match account.quota(&AccessScope::Transactions).await {
    ///     Some(quota) if quota.remaining == Some(0) => println!("none left until {:?}", quota.resets_at),
    ///     _ => drop(account.transactions().await?),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn quota(&self, scope: &AccessScope) -> Option<RateLimit> {
        // A scope is called as the end of the path that it covers.
        let end = format!("/{}/", scope.as_str()?.replace('_', "-"));
        let mut reads = operation::ALL.iter().filter(|it| it.class() == OperationClass::MeteredRead);
        let read = reads.find(|it| it.path().ends_with(&end))?;
        self.bank.0.state.quota(*read, &self.id).await
    }

    /// Why reads of this account are not made now, without a call: what [`Error::CircuitOpen`](crate::Error::CircuitOpen) of
    /// the next one would say. `None` while its circuit is closed, or would let one read through.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) {
    /// if let Some(open) = bank.account(id).open_circuit().await {
    ///     println!("{} failures in a row; {}", open.failures(), open.advice());
    /// }
    /// # }
    /// ```
    pub async fn open_circuit(&self) -> Option<CircuitOpenError> {
        self.bank.0.state.open_circuit(operation::GET_ACCOUNT_TRANSACTIONS, &self.id).await
    }

    /// Closes the circuit breaker of this account, so that calls that failed with
    /// [`Error::CircuitOpen`](crate::Error::CircuitOpen) are made again.
    ///
    /// The circuit opens after five failures in a row that lead to suspension; the service suspends after ten. It closes by
    /// itself: a day later, then after two, four and eight, one read goes if the account's metadata says that it is ready,
    /// and a success closes it. Reset it earlier if you know that the cause has gone, or after the ninth failure, which is
    /// the last that the client risks.
    pub async fn reset_circuit(&self) {
        self.bank.0.state.reset_circuit(&self.id).await;
    }

    /// Retrieves the metadata of the account: its status, institution and number. This read has no daily limit.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) -> gocardless_bank_data::Result<()> {
    /// let account = bank.account(id).metadata().await?;
    /// println!("{:?}", account.status);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("retrieve_account_metadata", "retrieveAccountMetadata", "get_metadata", "getMetadata"))]
    pub fn metadata(&self) -> Call<Account> {
        self.bank.call_by_id(operation::GET_ACCOUNT, self.id.clone(), async move |client, id| {
            client.get_account(id).await
        })
    }

    /// Retrieves the balances of the account.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) -> gocardless_bank_data::Result<()> {
    /// for balance in bank.account(id).balances().await?.balances {
    ///     println!("{} {}", balance.balance_amount.amount, balance.balance_amount.currency);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// 429 if a limit is reached; 400 or 401 if the consent has ended; 409 if the account is suspended or still being
    /// processed. The error's [`advice`](crate::Error::advice) says what to do.
    #[doc(alias("retrieve_account_balances", "retrieveAccountBalancesV2", "get_balances", "getBalances"))]
    pub fn balances(&self) -> Call<Balances> {
        self.bank
            .call_by_id(operation::GET_ACCOUNT_BALANCES, self.id.clone(), async move |client, id| {
                client.get_account_balances(id).await
            })
            .for_account(self.id.clone())
    }

    /// Retrieves the details of the account: number, owner, product.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) -> gocardless_bank_data::Result<()> {
    /// let details = bank.account(id).details().await?;
    /// println!("{}", details.account.product.as_deref().unwrap_or_default());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`balances`](Self::balances).
    #[doc(alias("retrieve_account_details", "retrieveAccountDetailsV2", "get_details", "getDetails"))]
    pub fn details(&self) -> Call<AccountDetailsResponse> {
        self.bank
            .call_by_id(operation::GET_ACCOUNT_DETAILS, self.id.clone(), async move |client, id| {
                client.get_account_details(id).await
            })
            .for_account(self.id.clone())
    }

    /// Retrieves the transactions of the account, booked and pending: all that the agreement covers, or a range of days.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) -> gocardless_bank_data::Result<()> {
    /// let from = gocardless_bank_data::chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    /// for transaction in &bank.account(id).transactions().from(from).await?.transactions.booked {
    ///     println!("{}", transaction.transaction_amount.amount);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`balances`](Self::balances), and 400 if the range lies in the future or is reversed.
    #[doc(alias("retrieve_account_transactions", "retrieveAccountTransactionsV22", "get_transactions"))]
    #[doc(alias("getTransactions"))]
    pub fn transactions(&self) -> GetTransactions {
        GetTransactions { bank: self.bank.clone(), id: self.id.clone(), from: None, to: None }
    }
}

/// Retrieves transactions; see [`AccountHandle::transactions`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct GetTransactions {
    bank: BankData,
    id: AccountId,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl GetTransactions {
    /// From this day on. The service silently moves a day before the agreed history to its start.
    ///
    /// Banks date entries back, so reading "since yesterday" every day loses some. Read from two weeks before the last success
    /// and compare with what is known: a longer range costs no further read. The package `gocardless-bank-data-sync` does so.
    #[doc(alias = "date_from")]
    pub fn from(mut self, day: NaiveDate) -> Self {
        self.from = Some(day);
        self
    }

    /// Up to this day, which is included.
    #[doc(alias = "date_to")]
    pub fn to(mut self, day: NaiveDate) -> Self {
        self.to = Some(day);
        self
    }

    /// The call itself, for a timeout, a deadline or [`optional`](Call::optional).
    pub fn call(self) -> Call<Transactions> {
        let Self { bank, id, from, to } = self;
        bank.call_by_id(operation::GET_ACCOUNT_TRANSACTIONS, id.clone(), async move |client, id| {
            client.get_account_transactions(id, from.as_ref(), to.as_ref()).await
        })
        .for_account(id)
    }
}

operation_builder!(GetTransactions => Transactions);
