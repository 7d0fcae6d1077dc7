//! The operations of accounts.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value, json};

use super::{Call, dispatch};
use crate::answer::{Answer, Outcome, about};
use crate::clock::spaced;
use crate::data;
use crate::fault::{Preset, Subject};
use crate::operation_table::Operation;
use crate::profile::BankProfile;
use crate::state::{Account, AccountStatus, BankAccount, Reading, RequisitionStatus, State};

/// Carries out an operation of an account.
pub(crate) fn answer(call: &Call<'_>, state: &mut State) -> Outcome {
    match call.operation {
        Operation::AccountMetadata => metadata(call, state),
        Operation::AccountBalances => balances(call, state),
        Operation::AccountDetails => details(call, state),
        Operation::AccountTransactions => transactions(call, state),
        // `operations.rs` of the tests names each operation that has no arm.
        _ => Err(call.refuse(Preset::NotFound)),
    }
}

/// `GET /accounts/{id}/`: readable whatever became of the consent.
fn metadata(call: &Call<'_>, state: &State) -> Outcome {
    let account = the_account(call, state)?;
    let raw = state.people.get(account.place).and_then(|bank_account| bank_account.raw.get(&call.operation));
    Ok(Answer::json(200, raw.cloned().unwrap_or_else(|| account.view(call.now))))
}

/// `GET /accounts/{id}/balances/`
fn balances(call: &Call<'_>, state: &mut State) -> Outcome {
    the_account(call, state)?;
    read(call, state, |_, bank_account, profile| data::balances(bank_account, profile, call.now))
}

/// `GET /accounts/{id}/details/`
fn details(call: &Call<'_>, state: &mut State) -> Outcome {
    the_account(call, state)?;
    read(call, state, |_, bank_account, profile| data::details(&bank_account.facts, profile))
}

/// Some banks give more history than this only once.
const SAFE_DAYS: u32 = 90;

/// `GET /accounts/{id}/transactions/`: days before the agreed history are left out without a word. A history that is too
/// long for the bank comes as it was when it was first read.
fn transactions(call: &Call<'_>, state: &mut State) -> Outcome {
    let account = the_account(call, state)?;
    let (from, to) = dates(call)?;
    let agreed = state.agreement_of(account).map_or(0, |agreement| agreement.max_historical_days);
    let safe = data::find(&account.institution)
        .is_some_and(|institution| institution.has("separate_continuous_history_consent"))
        .then_some(SAFE_DAYS);
    read(call, state, |account, bank_account, profile| {
        let freezes = profile.frozen_over_days.or(safe).is_some_and(|days| agreed > days);
        let reading = account.frozen.clone().filter(|_| freezes).unwrap_or_else(|| {
            Arc::new(Reading {
                now: call.now,
                number: bank_account.reads,
                link: account.link,
                profile: Arc::clone(profile),
            })
        });
        let range = data::Range {
            first: from.unwrap_or(account.since).max(account.since),
            last: to,
            undated: from.or(to).is_none(),
        };
        let listed = data::transactions(bank_account, &reading, range);
        bank_account.reads += 1;
        if call.delivered {
            data::remember(bank_account, &reading, listed.shown, call.now);
        }
        account.frozen = freezes.then_some(reading);
        listed.body
    })
}

fn the_account<'s>(call: &Call<'_>, state: &'s State) -> Result<&'s Account, Answer> {
    let id = call.uuid(Preset::InvalidAccountId)?;
    state.accounts.get(id).ok_or_else(|| call.refuse(Preset::AccountNotFound))
}

/// Checks consent and quota, counts the read, and makes the body, unless a test has put one in.
fn read(
    call: &Call<'_>,
    state: &mut State,
    body: impl FnOnce(&mut Account, &mut BankAccount, &Arc<BankProfile>) -> Value,
) -> Outcome {
    let account = the_account(call, state)?.clone();
    let scope = call.operation.scope().unwrap_or_default();
    if let Err(refusal) = consented(call, state, &account, &scope) {
        note_expiry(call, state, &account);
        return Err(refusal);
    }
    let limits = &call.config.limits;
    if let Some(usage) = state.quota.reads(limits, account.id, &scope, call.now).filter(|usage| usage.refused)
    {
        let (limit, seconds) = (format!("{}/day", usage.limit), usage.reset);
        let refusal = Preset::AccountLimit.answer(&Subject { limit, seconds, ..call.subject() });
        return Err(dispatch::with_account(refusal, usage));
    }
    state.quota.count_read(account.id, &scope, call.now);
    let profile = state.people.profile(&account.institution);
    let shown = state.accounts.get_mut(account.id);
    let Some((shown, bank_account)) = shown.zip(state.people.get_mut(account.place)) else {
        return Err(call.refuse(Preset::AccountNotFound));
    };
    shown.note_read(call.now);
    let raw = bank_account.raw.get(&call.operation).cloned();
    let answer = Answer::json(200, raw.unwrap_or_else(|| body(shown, bank_account, &profile)));
    Ok(match state.quota.reads(limits, account.id, &scope, call.now) {
        Some(usage) => dispatch::with_account(answer, usage),
        None => answer,
    })
}

/// Whether the account can be read, and the agreement covers it.
fn consented(call: &Call<'_>, state: &State, account: &Account, scope: &str) -> Result<(), Answer> {
    let status = account.status(call.now);
    match status {
        AccountStatus::Suspended => return Err(call.refuse(Preset::AccountSuspended)),
        AccountStatus::Processing | AccountStatus::Discovered => {
            return Err(call.refuse(Preset::AccountProcessing));
        }
        AccountStatus::Error => {
            let mut view = account.view(call.now);
            if let Some(members) = view.as_object_mut() {
                members.retain(|name, _| matches!(name.as_str(), "id" | "created" | "iban" | "status"));
                members.insert("aspsp_identifier".to_owned(), json!(account.institution));
                members.insert("last_accessed".to_owned(), json!(account.last_accessed.map(zoned)));
                members.insert("created".to_owned(), json!(zoned(account.created)));
            }
            return Err(Answer::json(Preset::AccountState.status(), view));
        }
        AccountStatus::Ready | AccountStatus::Expired => {}
    }
    let Some(agreement) = state.agreement_of(account) else {
        return Err(call.refuse(Preset::NoValidAgreement));
    };
    let subject = || Subject { agreement: agreement.id.to_string(), ..call.subject() };
    if status == AccountStatus::Expired || agreement.has_expired(call.now) {
        return Err(Preset::AgreementExpired.answer(&Subject {
            when: spaced(agreement.expires().unwrap_or(call.now)),
            days: agreement.access_valid_for_days,
            ..subject()
        }));
    }
    if !agreement.access_scope.iter().any(|covered| covered == scope) {
        return Err(Preset::AccessScope.answer(&subject()));
    }
    Ok(())
}

/// A moment as the 409 with an account as its body writes it.
fn zoned(moment: DateTime<Utc>) -> String {
    format!("{}+00:00", spaced(moment))
}

/// Expiry is noticed only when an account is read: then the account and its requisition say so too.
fn note_expiry(call: &Call<'_>, state: &mut State, account: &Account) {
    let expired = match account.status(call.now) {
        AccountStatus::Expired => true,
        AccountStatus::Ready => {
            state.agreement_of(account).is_some_and(|agreement| agreement.has_expired(call.now))
        }
        _ => false,
    };
    if !expired {
        return;
    }
    if let Some(account) = state.accounts.get_mut(account.id) {
        account.set_status(AccountStatus::Expired);
    }
    if let Some(requisition) = state.requisitions.get_mut(account.requisition) {
        requisition.status = RequisitionStatus::Expired;
    }
}

/// The two dates of the query: not in the future, and in order.
fn dates(call: &Call<'_>) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Answer> {
    let mut wrong = Map::new();
    let mut date = |name: &str| {
        let text = call.parameter(name)?;
        let parsed = parse_date(text);
        let complaint = match parsed {
            None => about("Invalid date", &format!("'{text}' is not a date of the form YYYY-MM-DD")),
            Some(day) if day > call.today() => {
                about("Date can't be in future", &format!("'{text}' can't be greater than {}", call.today()))
            }
            Some(_) => return parsed,
        };
        wrong.insert(name.to_owned(), complaint);
        None
    };
    let (from, to) = (date("date_from"), date("date_to"));
    if !wrong.is_empty() {
        wrong.insert("status_code".to_owned(), json!(400));
        return Err(Answer::json(400, Value::Object(wrong)));
    }
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(call.refuse(Preset::IncorrectDateRange)),
        dates => Ok(dates),
    }
}

/// `YYYY-MM-DD` and nothing else: chrono alone would take `2026-1-2` and years of five digits.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shape.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}
