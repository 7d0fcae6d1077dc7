//! `renew`: new consents on the same terms.

use gocardless_bank_data::AgreementId;
use gocardless_bank_data_sync::{AccountKey, Ledger as _, LedgerAccount, renew};

use super::consents::Consent;
use crate::app::{self, App};
use crate::args::Renew;
use crate::exit::Failure;
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
    let mut agreements: Vec<(AgreementId, LedgerAccount)> = Vec::new();
    for account in accounts {
        let Some(agreement) = account.consent.agreement.clone() else {
            let key = account.key;
            return Err(Failure::usage(format!(
                "account {key} was linked without an agreement whose terms are known; link its bank with `bank-data link`"
            )));
        };
        if !agreements.iter().any(|(known, _)| *known == agreement) {
            agreements.push((agreement, account));
        }
    }
    if agreements.is_empty() {
        app.output.note("No consent has ended or ends within a week; name accounts to renew theirs earlier.");
        return if app.output.json { Output::value(&serde_json::json!({ "accounts": [] })) } else { Ok(()) };
    }
    let bank = app.bank()?;
    for (agreement, account) in agreements {
        let earlier = bank.agreements().get(&agreement).await?;
        app.output
            .note(&format!("Renewing the consent of {} at {}.", account.person, *earlier.institution_id));
        let create = renew(&bank, &earlier);
        flow::link(app, &bank, create, &earlier.institution_id, &account.person, &args.options).await?;
    }
    Ok(())
}
