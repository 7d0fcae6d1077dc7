//! Takes accounts into a ledger, and recognises those that it has.

use gocardless_bank_data::model::Agreement;
use gocardless_bank_data::{AccountId, IntoId, RequisitionId, RequisitionStatus};

use crate::accounts::{AccountFacts, AccountMatch, match_accounts};
use crate::consent::Consent;
use crate::engine::{LedgerSync, stops_all};
use crate::event::SyncError;
use crate::ledger::{AccountKey, Ledger, LedgerAccount, ReadRecord, Standing};
use crate::plan::Kind;

/// An account of a requisition that was taken into a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    /// Its key.
    pub key: AccountKey,
    /// Its name for people.
    pub label: String,
    /// How it was recognised.
    pub recognised: Recognised,
}

/// How an account was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// It is a new one.
    New,
    /// It is one that the ledger has, for this reason.
    Same(&'static str),
    /// It may be one of these: it is not read until [`LedgerSync::decide`] says which.
    Undecided {
        /// The accounts that it may be.
        candidates: Vec<AccountKey>,
        /// Why that is not certain.
        reason: &'static str,
    },
}

/// What a person decides about an account that was not recognised for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is a new one.
    New,
    /// It is this one.
    Same(AccountKey),
}

impl LedgerSync {
    /// Takes the accounts of a linked requisition into the ledger. `person` is whose they are, in your own words, such as a user
    /// id: accounts are recognised among those of one person at one institution.
    ///
    /// Call it once the person has linked, and again for each new requisition of theirs: an account that is known continues
    /// under its key, whatever its id. It reads the details of each account whose details are not known, which is one of the four a
    /// day. It can be repeated.
    ///
    /// # Errors
    /// [`SyncError::NotLinked`] if the person has not linked it yet; else if a call or the ledger fails.
    pub async fn track(
        &self,
        requisition: impl IntoId<RequisitionId>,
        person: &str,
    ) -> Result<Vec<Tracked>, SyncError> {
        let requisition = self.bank().requisitions().get(requisition.into_id()).await?;
        if requisition.status != Some(RequisitionStatus::Linked) {
            return Err(SyncError::NotLinked(requisition.status));
        }
        let agreement = match &requisition.agreement {
            Some(id) => Some(self.bank().agreements().get(id).await?),
            None => None,
        };
        let institution = self.bank().institutions().get(&requisition.institution_id).await?;
        let scopes = agreement.as_ref().map(|agreement| agreement.access_scope.to_vec()).unwrap_or_default();
        let covers = Kind::ALL.map(|kind| scopes.is_empty() || scopes.contains(&kind.scope()));
        let mut template = LedgerAccount {
            key: AccountKey(0),
            version: 0,
            person: person.to_owned(),
            facts: AccountFacts {
                institution: Some((*requisition.institution_id).clone()),
                ..AccountFacts::default()
            },
            requisition: requisition.id.clone(),
            consent: Consent::of(agreement.as_ref().unwrap_or(&Agreement::default())),
            covers,
            bank_days: institution.transaction_total_days.as_ref().and_then(gocardless_bank_data::Days::get),
            standing: Standing::Active,
            reads: [ReadRecord::default(), ReadRecord::default(), ReadRecord::default()],
            gap: None,
            undated: false,
        };
        // A requisition without an agreement of its own was linked just now, with the defaults.
        if template.consent.begins.is_none() {
            template.consent.begins = Some(self.now());
        }
        let known = self.with_ledger(Ledger::accounts).await?;
        let mut found = Vec::with_capacity(requisition.accounts.len());
        for id in &requisition.accounts {
            found.push(self.look_at(id, &template, &known).await?);
        }
        self.recognise(found, known).await
    }

    /// Reads what an account is recognised by.
    async fn look_at(
        &self,
        id: &AccountId,
        template: &LedgerAccount,
        known: &[LedgerAccount],
    ) -> Result<LedgerAccount, SyncError> {
        let metadata = self.bank().account(id).metadata().await?;
        let mut account = template.clone();
        let mut details = None;
        let has_details = known
            .iter()
            .any(|known| known.id() == Some(id) && known.read(Kind::Details).last_success.is_some());
        if account.covers[2] && !has_details {
            match self.bank().account(id).details().await {
                Ok(answer) => {
                    details = Some(answer.account.into_inner());
                    account.read_mut(Kind::Details).last_success = Some(self.now());
                }
                Err(error) if stops_all(&error) => return Err(error.into()),
                // Without details there is no currency, and perhaps a decision to make; the next run reads them.
                Err(_) => {}
            }
        }
        account.facts = AccountFacts::read(&metadata, details.as_ref());
        account.facts.id = Some(id.clone());
        if account.facts.institution.is_none() {
            account.facts.institution.clone_from(&template.facts.institution);
        }
        Ok(account)
    }

    async fn recognise(
        &self,
        found: Vec<LedgerAccount>,
        known: Vec<LedgerAccount>,
    ) -> Result<Vec<Tracked>, SyncError> {
        let person = found.first().map(|account| account.person.clone()).unwrap_or_default();
        let old: Vec<LedgerAccount> = known.into_iter().filter(|known| known.person == person).collect();
        let mut tracked = Vec::with_capacity(found.len());
        let is_waiting = |known: &&LedgerAccount| matches!(known.standing, Standing::Undecided(_));
        let candidates: Vec<&LedgerAccount> = old.iter().filter(|known| !is_waiting(known)).collect();
        let old_facts: Vec<AccountFacts> = candidates.iter().map(|known| known.facts.clone()).collect();
        // One that awaits a decision still does.
        let (waiting, found): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|account| old.iter().filter(is_waiting).any(|known| known.id() == account.id()));
        for account in waiting {
            if let Some(known) = old.iter().find(|known| known.id() == account.id())
                && let Standing::Undecided(candidates) = &known.standing
            {
                let reason = "a person must decide";
                let recognised = Recognised::Undecided { candidates: candidates.clone(), reason };
                tracked.push(Tracked { key: known.key, label: account.label(), recognised });
            }
        }
        let new_facts: Vec<AccountFacts> = found.iter().map(|account| account.facts.clone()).collect();
        let keys = |places: &[usize]| -> Vec<AccountKey> {
            places.iter().filter_map(|place| candidates.get(*place)).map(|known| known.key).collect()
        };
        for (account, verdict) in found.into_iter().zip(match_accounts(&old_facts, &new_facts)) {
            let label = account.label();
            let (key, recognised) = match verdict {
                AccountMatch::Certain { old, reason } => {
                    let Some(known) = candidates.get(old) else { continue };
                    self.take_over(known, &account).await?;
                    (known.key, Recognised::Same(reason))
                }
                AccountMatch::Open { candidates, .. } if candidates.is_empty() => {
                    (self.with_ledger(move |ledger| ledger.add_account(&account)).await?, Recognised::New)
                }
                AccountMatch::Likely { old, reason } => {
                    self.add_undecided(account, keys(&[old]), reason).await?
                }
                AccountMatch::Open { candidates, reason } => {
                    self.add_undecided(account, keys(&candidates), reason).await?
                }
            };
            tracked.push(Tracked { key, label, recognised });
        }
        Ok(tracked)
    }

    /// Adds an account that may be one of these, which a person must decide.
    async fn add_undecided(
        &self,
        mut account: LedgerAccount,
        candidates: Vec<AccountKey>,
        reason: &'static str,
    ) -> Result<(AccountKey, Recognised), SyncError> {
        account.standing = Standing::Undecided(candidates.clone());
        let key = self.with_ledger(move |ledger| ledger.add_account(&account)).await?;
        Ok((key, Recognised::Undecided { candidates, reason }))
    }

    /// A known account continues under the id and the consent of a new link.
    async fn take_over(&self, known: &LedgerAccount, new: &LedgerAccount) -> Result<(), SyncError> {
        let new = new.clone();
        self.update(known.key, None, move |account| {
            let is_new = account.consent.agreement != new.consent.agreement;
            account.facts = merged(&account.facts, &new.facts);
            account.requisition.clone_from(&new.requisition);
            account.consent = new.consent.clone();
            account.covers = new.covers;
            account.bank_days = new.bank_days;
            account.standing = Standing::Active;
            for kind in Kind::ALL {
                let read = new.read(kind).last_success;
                let record = account.read_mut(kind);
                record.failure = None;
                record.last_success = record.last_success.max(read);
            }
            // A read since the person agreed was one under the earlier consent, which may reach less far back.
            if let Some(begins) = account.consent.begins.filter(|_| is_new) {
                let record = account.read_mut(Kind::Transactions);
                record.last_success = record.last_success.map(|last| last.min(begins));
            }
        })
        .await
    }

    /// Decides which account one is that was not recognised for certain.
    ///
    /// # Errors
    /// [`SyncError::NoDecision`] if it does not await a decision, or if it is decided to be an account that the ledger does not have.
    pub async fn decide(&self, account: AccountKey, decision: Decision) -> Result<(), SyncError> {
        let accounts = self.with_ledger(Ledger::accounts).await?;
        let find = |key: AccountKey| accounts.iter().find(|known| known.key == key);
        let waiting = find(account).filter(|known| matches!(known.standing, Standing::Undecided(_)));
        let waiting = waiting.ok_or(SyncError::NoDecision(account))?;
        match decision {
            Decision::New => self.update(account, None, |account| account.standing = Standing::Active).await,
            Decision::Same(key) => {
                let is_decided = |known: &&LedgerAccount| !matches!(known.standing, Standing::Undecided(_));
                let known = find(key).filter(is_decided).ok_or(SyncError::NoDecision(account))?;
                self.take_over(known, waiting).await?;
                Ok(self.with_ledger(move |ledger| ledger.remove_account(account)).await?)
            }
        }
    }

    /// Forgets an account, such as one that is closed: it becomes [`Standing::Forgotten`]. A link that has it again brings it back.
    ///
    /// # Errors
    /// [`SyncError::Ledger`] if the ledger does not have it or cannot be written.
    pub async fn forget(&self, account: AccountKey) -> Result<(), SyncError> {
        self.update(account, None, |account| account.standing = Standing::Forgotten).await
    }
}

/// The newer facts, and the earlier ones where these say nothing.
pub(crate) fn merged(earlier: &AccountFacts, newer: &AccountFacts) -> AccountFacts {
    AccountFacts {
        id: newer.id.clone().or_else(|| earlier.id.clone()),
        institution: newer.institution.clone().or_else(|| earlier.institution.clone()),
        iban: newer.iban.clone().or_else(|| earlier.iban.clone()),
        number: newer.number.clone().or_else(|| earlier.number.clone()),
        currency: newer.currency.clone().or_else(|| earlier.currency.clone()),
        resource: newer.resource.clone().or_else(|| earlier.resource.clone()),
        name: newer.name.clone().or_else(|| earlier.name.clone()),
        product: newer.product.clone().or_else(|| earlier.product.clone()),
        owner: newer.owner.clone().or_else(|| earlier.owner.clone()),
    }
}
