//! One linked account: its metadata, balances, details and transactions.

use chrono::NaiveDate;
use gocardless_bank_data_core::{AccessScope, AccountId, RateLimit};
use gocardless_bank_data_generated::operation;

use crate::client::BankData;
use crate::funnel::Call;
use crate::model::{Account, Balances, Details, Transactions};
use crate::operation_future::operation_builder;

/// One linked account.
///
/// Balances, details and transactions may each be read **four times in 24 hours**, and some banks allow fewer; only
/// successful calls count. [`Response::rate_limits`](crate::Response::rate_limits) says how many are left. All calls
/// for all accounts together: 100 a minute for a company. After ten failures in a row the service suspends an account,
/// and only a new requisition mends that.
#[derive(Clone, Debug)]
pub struct AccountData {
    bank: BankData,
    id: AccountId,
}

impl AccountData {
    pub(crate) fn new(bank: BankData, id: AccountId) -> Self {
        Self { bank, id }
    }

    /// The id of the account.
    #[must_use]
    pub fn id(&self) -> &AccountId {
        &self.id
    }

    /// What is known of the calls left today for one kind of data, without asking: the limit, how many remain, and when
    /// the window starts anew. `None` where no answer has told yet, or the window has ended since.
    ///
    /// With a [`store`](crate::BankDataBuilder::store) this survives the program.
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
        let operation = match scope {
            AccessScope::Balances => operation::GET_ACCOUNT_BALANCES,
            AccessScope::Details => operation::GET_ACCOUNT_DETAILS,
            AccessScope::Transactions => operation::GET_ACCOUNT_TRANSACTIONS,
            _ => return None,
        };
        self.bank.0.custody.quota(operation, &self.id).await
    }

    /// Allows calls for this account again after the client stopped them with
    /// [`Error::Guard`](crate::Error::Guard): call it once the person has connected the account anew.
    ///
    /// The client stops after five failures in a row that lead to suspension; the service suspends after ten.
    pub async fn reopen(&self) {
        self.bank.0.custody.reopen(&self.id).await;
    }

    /// Retrieves the metadata of the account: its status, institution and number. This read is not limited by the day.
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
        self.bank.call_by_id(operation::GET_ACCOUNT, self.id.clone(), |client, id| async move {
            client.get_account().id(id).send().await
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
    /// 429 where a limit is reached; 400 or 401 where the consent ended; 409 where the account is suspended or still
    /// being processed. The error's [`advice`](crate::Error::advice) says what to do.
    #[doc(alias("retrieve_account_balances", "retrieveAccountBalancesV2", "get_balances", "getBalances"))]
    pub fn balances(&self) -> Call<Balances> {
        self.bank
            .call_by_id(operation::GET_ACCOUNT_BALANCES, self.id.clone(), |client, id| async move {
                client.get_account_balances().id(id).send().await
            })
            .about(self.id.clone())
    }

    /// Retrieves the details of the account: number, owner, product.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) -> gocardless_bank_data::Result<()> {
    /// let details = bank.account(id).details().await?;
    /// println!("{}", details.account.product.unwrap_or_default());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`balances`](Self::balances).
    #[doc(alias("retrieve_account_details", "retrieveAccountDetailsV2", "get_details", "getDetails"))]
    pub fn details(&self) -> Call<Details> {
        self.bank
            .call_by_id(operation::GET_ACCOUNT_DETAILS, self.id.clone(), |client, id| async move {
                client.get_account_details().id(id).send().await
            })
            .about(self.id.clone())
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
    /// Those of [`balances`](Self::balances), and 400 where the range lies in the future or is reversed.
    #[doc(alias("retrieve_account_transactions", "retrieveAccountTransactionsV22", "get_transactions"))]
    #[doc(alias("getTransactions"))]
    pub fn transactions(&self) -> GetTransactions {
        GetTransactions { bank: self.bank.clone(), id: self.id.clone(), from: None, to: None }
    }
}

/// Retrieves transactions; see [`AccountData::transactions`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing before it is awaited or sent"]
pub struct GetTransactions {
    bank: BankData,
    id: AccountId,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl GetTransactions {
    /// From this day on. A day before the agreed history is moved to its start by the service, without a word.
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

    /// The call itself, for a time limit, a deadline or [`optional`](Call::optional) of its own.
    pub fn call(self) -> Call<Transactions> {
        let Self { bank, id, from, to } = self;
        let account = id.clone();
        bank.call_by_id(operation::GET_ACCOUNT_TRANSACTIONS, id, move |client, id| async move {
            let mut call = client.get_account_transactions().id(id);
            if let Some(from) = from {
                call = call.date_from(from);
            }
            if let Some(to) = to {
                call = call.date_to(to);
            }
            call.send().await
        })
        .about(account)
    }
}

operation_builder!(GetTransactions => Transactions);
