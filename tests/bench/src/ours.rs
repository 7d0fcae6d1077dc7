//! The client of this repository, with its default settings, except that no call waits for its place in the minute.

use std::hint::black_box;
use std::num::NonZeroU64;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use futures_util::TryStreamExt as _;
use gocardless_bank_data::{AccountId, BankData, Credentials, InstitutionId, Pacing};

use crate::answers::{ACCOUNT, LIMITED, PER_PAGE};
use crate::body::account_with;
use crate::subject::Subject;

/// The largest response of the cases exceeds the default limit of a body.
const BODY_LIMIT: usize = 256 * 1024 * 1024;

/// The client, and the ids that it is called with.
pub struct Ours {
    bank: BankData,
    account: AccountId,
    limited: AccountId,
    institution: InstitutionId,
    /// A client whose calls are spread over time, and the milliseconds of its clock.
    paced: BankData,
    milliseconds: Arc<AtomicU64>,
}

impl Subject for Ours {
    fn connect(port: u16) -> Self {
        let builder = BankData::builder(Credentials::new("id", "key")).body_limit(BODY_LIMIT);
        let builder = builder.pacing(Pacing::off()).base_url(format!("http://127.0.0.1:{port}"));
        let bank = builder.build().expect("settings");
        let id = |text: &str| text.parse().expect("an id");
        let institution = "NO_BANK".parse().expect("an id");
        let milliseconds = Arc::new(AtomicU64::new(1_700_000_000_000));
        let read = Arc::clone(&milliseconds);
        let now = move || SystemTime::UNIX_EPOCH + Duration::from_millis(read.load(Ordering::Relaxed));
        let paced = BankData::builder(Credentials::new("id", "key")).clock(now);
        let paced = paced.base_url(format!("http://127.0.0.1:{port}")).build().expect("settings");
        Self { bank, account: id(ACCOUNT), limited: id(LIMITED), institution, paced, milliseconds }
    }

    async fn token(&self) {
        self.metadata().await;
    }

    async fn metadata(&self) {
        black_box(self.bank.account(&self.account).metadata().await.expect("an account"));
    }

    async fn paced(&self) {
        self.milliseconds.fetch_add(700, Ordering::Relaxed);
        black_box(self.paced.account(&self.account).metadata().await.expect("an account"));
    }

    async fn balances(&self) {
        black_box(self.bank.account(&self.account).balances().await.expect("balances"));
    }

    async fn transactions(&self, count: usize) -> usize {
        let id = account_with(count).parse::<AccountId>().expect("an id");
        let answer = black_box(self.bank.account(id).transactions().await.expect("transactions"));
        answer.transactions.booked.len()
    }

    async fn requisitions(&self) -> usize {
        let list = self.bank.requisitions().list().limit(NonZeroU64::new(PER_PAGE as u64).expect("a page"));
        let mut stream = pin!(list.stream());
        let mut count = 0;
        while let Some(requisition) = stream.try_next().await.expect("requisitions") {
            black_box(requisition);
            count += 1;
        }
        count
    }

    async fn limited(&self) {
        let error = self.bank.account(&self.limited).metadata().await.expect_err("a limit");
        assert!(error.retry_at().is_some());
        black_box(error);
    }

    async fn refused(&self) {
        let create = self.bank.requisitions().create(&self.institution, "https://example.org/back");
        let error = create.await.expect_err("a refusal");
        assert_eq!(error.api().map(|api| api.fields().len()), Some(1));
        black_box(error);
    }

    async fn broken(&self) {
        let error = self.bank.agreements().create(&self.institution).await.expect_err("a page of a proxy");
        assert_eq!(error.api().map(|api| api.status().as_u16()), Some(502));
        black_box(error);
    }
}
