//! `consents`: which there are, and when they end.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use gocardless_bank_data_sync::{ConsentEnd, ConsentState, LedgerAccount, SqliteLedger, Standing};
use serde::{Serialize, Serializer};

use crate::app::{self, App};
use crate::exit::{Code, Failure};
use crate::output::{Align, Column, Table, instant};

#[derive(Serialize)]
struct Shown<'a> {
    consents: &'a [Consent],
}

/// The consent of one link.
#[derive(Serialize)]
pub(crate) struct Consent {
    pub(crate) requisition: Option<String>,
    pub(crate) institution: String,
    pub(crate) person: String,
    /// The numbers of its accounts.
    pub(crate) accounts: Vec<i64>,
    pub(crate) begins: Option<DateTime<Utc>>,
    pub(crate) ends: Option<DateTime<Utc>>,
    /// Whole days until then.
    pub(crate) days_left: Option<i64>,
    state: State,
}

/// Where a consent stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Valid,
    /// It ends within a week.
    NearEnd,
    Ended(ConsentEnd),
}

impl State {
    fn of(account: &LedgerAccount, now: DateTime<Utc>) -> Self {
        if let Standing::Ended(end) = &account.standing {
            return Self::Ended(*end);
        }
        match account.consent.state(now) {
            ConsentState::Ended => Self::Ended(ConsentEnd::Expired),
            ConsentState::NearEnd { .. } => Self::NearEnd,
            ConsentState::Valid | ConsentState::NotGiven => Self::Valid,
        }
    }

    /// `valid`, `near-end`, `expired`, `withdrawn`, `suspended` or `rejected`.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::NearEnd => "near-end",
            Self::Ended(end) => end.as_str(),
        }
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Consent {
    /// All consents of a ledger but those of forgotten accounts, that which ends first before the others.
    pub(crate) fn all(ledger: &SqliteLedger, now: DateTime<Utc>) -> Result<Vec<Self>, Failure> {
        let mut found: BTreeMap<String, Self> = BTreeMap::new();
        for account in app::accounts_in_use(ledger)? {
            let key = account.requisition.as_ref().map(ToString::to_string).unwrap_or_default();
            let state = State::of(&account, now);
            let ends = account.consent.ends();
            let consent = found.entry(key).or_insert_with(|| Self {
                requisition: account.requisition.as_ref().map(ToString::to_string),
                institution: account.facts.institution.as_ref().map(ToString::to_string).unwrap_or_default(),
                person: account.person.clone(),
                accounts: Vec::new(),
                begins: account.consent.begins,
                ends,
                days_left: ends.map(|ends| (ends - now).num_days().max(0)),
                state,
            });
            consent.accounts.push(account.key.0);
            // One account that has ended is what a person must know of.
            if matches!(state, State::Ended(_)) {
                consent.state = state;
            }
        }
        let mut all: Vec<Self> = found.into_values().collect();
        all.sort_by_key(|consent| consent.ends);
        Ok(all)
    }

    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended(_))
    }

    pub(crate) fn is_near_end(&self) -> bool {
        self.state == State::NearEnd
    }
}

/// Says that a consent ends within a week, if one of these does.
pub(crate) fn note_near_end(app: &App, consents: &[Consent]) {
    if consents.iter().any(Consent::is_near_end) {
        app.output.note("A consent ends within a week; renew it with `bank-data renew`.");
    }
}

pub(crate) fn run(app: &App) -> Result<(), Failure> {
    let ledger = app.existing_ledger()?;
    let all = Consent::all(&ledger, app.now())?;
    let mut table = Table::new(
        &[
            Column::new("Bank", Align::Left).cut(12),
            Column::new("Person", Align::Left).cut(4).spare(1),
            Column::new("Accounts", Align::Left).cut(8).spare(2),
            Column::new("Ends", Align::Left),
            Column::new("Days", Align::Right),
            Column::new("State", Align::Left),
        ],
        super::accounts::none(&ledger)?,
    );
    for consent in &all {
        let accounts: Vec<String> = consent.accounts.iter().map(ToString::to_string).collect();
        table.row([
            consent.institution.clone(),
            consent.person.clone(),
            accounts.join(" "),
            consent.ends.map_or_else(|| "unknown".to_owned(), instant),
            consent.days_left.map(|days| days.to_string()).unwrap_or_default(),
            consent.state.as_str().to_owned(),
        ]);
    }
    app.output.show(&table, &Shown { consents: &all })?;
    let ended = all.iter().filter(|consent| consent.has_ended()).count();
    if ended > 0 {
        return Err(Failure::new(
            Code::Consent,
            match (ended, all.len()) {
                (1, 1) => "the consent has ended; renew it with `bank-data renew`".to_owned(),
                (1, all) => format!("1 of {all} consents has ended; renew it with `bank-data renew`"),
                (ended, all) => {
                    format!("{ended} of {all} consents have ended; renew them with `bank-data renew`")
                }
            },
        ));
    }
    note_near_end(app, &all);
    Ok(())
}
