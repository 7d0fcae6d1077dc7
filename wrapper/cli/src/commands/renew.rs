//! `renew`: new consents on the same terms.

use gocardless_bank_data::{AgreementId, BankData};
use gocardless_bank_data_sync::{AccountKey, Ledger as _, LedgerAccount, renew};

use super::consents::Consent;
use crate::app::{self, App};
use crate::args::Renew;
use crate::exit::{Code, Failure};
use crate::flow;
use crate::output::Output;

pub(crate) async fn run(app: &App, args: &Renew) -> Result<(), Failure> {
    let ledger = app.existing_ledger()?;
    let mut accounts: Vec<LedgerAccount> = Vec::new();
    if args.accounts.is_empty() {
        for consent in Consent::all(&ledger, app.now())? {
            if consent.has_ended() || consent.is_near_end() {
                // One account of a link is enough: it leads to the agreement of all.
                if let Some(first) = consent.accounts.first() {
                    accounts.extend(ledger.account(AccountKey(*first))?);
                }
            }
        }
    } else {
        for number in &args.accounts {
            accounts.push(app::account_in_use(&ledger, *number)?);
        }
    }
    let mut failures: Vec<(String, Failure)> = Vec::new();
    let mut agreements: Vec<(AgreementId, LedgerAccount)> = Vec::new();
    for account in accounts {
        let Some(agreement) = account.consent.agreement.clone() else {
            let key = account.key;
            let failure = Failure::usage(format!(
                "account {key} was linked without an agreement whose terms are known; link its bank with `bank-data link`"
            ));
            failures.push((whose(&account), failure));
            continue;
        };
        if !agreements.iter().any(|(known, _)| *known == agreement) {
            agreements.push((agreement, account));
        }
    }
    let count = agreements.len() + failures.len();
    if count == 0 {
        app.output.note("No consent has ended or ends within a week; name accounts to renew theirs earlier.");
        return if app.output.json { Output::value(&serde_json::json!({ "accounts": [] })) } else { Ok(()) };
    }
    let bank = app.bank()?;
    for (agreement, account) in agreements {
        // The next consent may be renewed although this one cannot.
        if let Err(failure) = one(app, &bank, &agreement, &account, args).await {
            failures.push((whose(&account), failure));
        }
    }
    outcome(failures, count)
}

async fn one(
    app: &App,
    bank: &BankData,
    agreement: &AgreementId,
    account: &LedgerAccount,
    args: &Renew,
) -> Result<(), Failure> {
    let earlier = bank.agreements().get(agreement).await?;
    app.output.note(&format!("Renewing the consent of {} at {}.", account.person, *earlier.institution_id));
    let create = renew(bank, &earlier);
    flow::link(app, bank, create, &earlier.institution_id, &account.person, &args.options).await
}

/// Whose consent it is, and where.
fn whose(account: &LedgerAccount) -> String {
    let institution = account.facts.institution.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{} at {institution}", account.person)
}

/// The failure of this many renewals as a whole. Its exit code is the one that all have, so that a script can rely on it.
fn outcome(mut failures: Vec<(String, Failure)>, count: usize) -> Result<(), Failure> {
    let Some((_, first)) = failures.first().cloned() else { return Ok(()) };
    if count == 1 {
        return Err(first);
    }
    let is_same = failures.iter().all(|(_, failure)| failure.code == first.code);
    let code = if is_same { first.code } else { Code::Other };
    let retry_at = failures.iter().filter_map(|(_, failure)| failure.retry_at).min();
    // One that awaits a decision is renewed, and the output has said what to decide.
    failures.retain(|(_, failure)| !failure.message.is_empty());
    if failures.is_empty() {
        return Err(Failure::already_reported(code));
    }
    let number = failures.len();
    let sentences: Vec<String> =
        failures.into_iter().map(|(whose, failure)| format!("{whose}: {}", failure.message)).collect();
    Err(Failure::new(code, format!("{number} of {count} renewals failed: {}", sentences.join("; and ")))
        .until(retry_at))
}
