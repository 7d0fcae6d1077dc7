//! What a 404 of an account says about its consent.
//!
//! The API does not know an account that is no longer shared. But the API of another company, or a sandbox, knows none of the
//! accounts of a ledger, and an account whose consent has ended is not read again. So its requisition is asked for
//! (`docs/sync.md#an-account-that-is-unknown`).

use std::collections::{HashMap, HashSet};

use gocardless_bank_data::model::Requisition;
use gocardless_bank_data::{AccountId, ApiErrorKind, Error, RequisitionId, RequisitionStatus};
use tokio::sync::Mutex;

use crate::consent::ConsentEnd;
use crate::engine::LedgerSync;
use crate::ledger::LedgerAccount;
use crate::plan::Kind;

/// What the API says about a requisition.
#[derive(Clone)]
enum Link {
    /// It is linked, with these accounts.
    Linked(Vec<AccountId>),
    /// It is linked no longer.
    Ended(ConsentEnd),
    /// It does not know it: it was deleted, or this is another API.
    Unknown,
    /// Nothing: it could not be asked, or gives no status.
    Silent,
}

impl Link {
    fn of(answer: Result<Requisition, Error>) -> Self {
        match answer {
            Ok(requisition) => match requisition.status {
                Some(RequisitionStatus::Linked) => Self::Linked(requisition.accounts.to_vec()),
                Some(status) => {
                    Self::Ended(ConsentEnd::of_requisition(&status).unwrap_or(ConsentEnd::Withdrawn))
                }
                None => Self::Silent,
            },
            Err(error) if is_unknown(&error) => Self::Unknown,
            Err(_) => Self::Silent,
        }
    }
}

/// Whether the API itself, and no proxy, says that it does not know what was asked for.
pub(crate) fn is_unknown(error: &Error) -> bool {
    error.kind() == Some(ApiErrorKind::NotFound) && error.api().is_some_and(|api| api.summary().is_some())
}

/// The requisitions of a run.
pub(crate) struct Links {
    /// The two that were read last: one of them is another than that of an account.
    latest: Vec<RequisitionId>,
    /// Those that were asked for, each once.
    asked: Mutex<HashMap<RequisitionId, Link>>,
}

impl Links {
    pub(crate) fn of(accounts: &[LedgerAccount]) -> Self {
        let last_success = |account: &&LedgerAccount| Kind::ALL.map(|kind| account.read(kind).last_success);
        let mut accounts: Vec<&LedgerAccount> = accounts.iter().collect();
        accounts.sort_by_cached_key(|account| last_success(account).into_iter().max());
        let mut seen = HashSet::new();
        let latest = accounts.into_iter().rev().filter_map(|account| account.requisition.clone());
        Self {
            latest: latest.filter(|id| seen.insert(id.clone())).take(2).collect(),
            asked: Mutex::default(),
        }
    }
}

impl LedgerSync {
    /// What has ended the consent of an account that the API does not know. `None`: nothing, as far as can be said.
    pub(crate) async fn end_of_unknown(&self, account: &LedgerAccount, links: &Links) -> Option<ConsentEnd> {
        let requisition = account.requisition.as_ref()?;
        match self.link(requisition, links).await {
            Link::Linked(accounts) => {
                let is_listed = account.id().is_some_and(|id| accounts.contains(id));
                (!is_listed).then_some(ConsentEnd::Withdrawn)
            }
            Link::Ended(end) => Some(end),
            Link::Unknown => {
                // An API that knows another one of this ledger is the right one: this one was deleted.
                let other = links.latest.iter().find(|other| *other != requisition)?;
                let other = self.link(other, links).await;
                matches!(other, Link::Linked(_) | Link::Ended(_)).then_some(ConsentEnd::Withdrawn)
            }
            Link::Silent => None,
        }
    }

    async fn link(&self, id: &RequisitionId, links: &Links) -> Link {
        // Held during the call, so that the accounts of a requisition make one together.
        let mut asked = links.asked.lock().await;
        if let Some(link) = asked.get(id) {
            return link.clone();
        }
        let link = Link::of(self.within_budget(|| self.bank().requisitions().get(id)).await);
        asked.insert(id.clone(), link.clone());
        link
    }
}
