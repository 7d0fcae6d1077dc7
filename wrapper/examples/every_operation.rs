//! Each operation once, in the order in which a program meets them.
//!
//! `cargo run --example every_operation` runs it against a sandbox in this process, or against the live API when
//! `GOCARDLESS_SECRET_ID` and `GOCARDLESS_SECRET_KEY` are set; `GOCARDLESS_INSTITUTION` names another institution than
//! the vendor's test bank. What it creates, it deletes again.

mod support;

use std::error::Error;
use std::num::NonZeroU64;
use std::process::ExitCode;

use futures_util::TryStreamExt as _;
use gocardless_bank_data::chrono::{Days, Utc};
use gocardless_bank_data::model::{Agreement, InstitutionDetails};
use gocardless_bank_data::{AccountId, AgreementId, BankData, InstitutionId, RequisitionId};
use support::{connect, finish, follow};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    finish(run().await)
}

async fn run() -> Outcome<()> {
    let connection = connect().await?;
    let bank = &connection.bank;
    tokens(bank).await?;
    let institution = institutions(bank).await?;
    let agreement = agreements(bank, &institution).await?;
    let requisition = requisitions(bank, &institution, &agreement).await?;
    for account in bank.requisitions().get(&requisition).await?.accounts {
        self::account(bank, account).await?;
    }
    reconfirmation(bank, &agreement).await?;
    println!("\nTidying up");
    // The agreement goes with its requisition.
    println!("  {}", bank.requisitions().delete(&requisition).await?.summary);
    Ok(())
}

/// No program needs these two: every other call gets its token by itself.
async fn tokens(bank: &BankData) -> Outcome<()> {
    println!("\nTokens");
    let pair = bank.tokens().obtain().await?;
    println!("  a pair for {} s", pair.access_expires.unwrap_or_default());
    let refresh = pair.refresh.ok_or("the pair has no refresh token")?;
    let refreshed = bank.tokens().refresh(refresh).await?;
    println!("  an access token for {} s", refreshed.access_expires.unwrap_or_default());
    Ok(())
}

async fn institutions(bank: &BankData) -> Outcome<InstitutionDetails> {
    println!("\nInstitutions");
    let british = bank.institutions().list().country("GB").private_accounts_supported(true).await?;
    println!("  {} in the United Kingdom have private accounts", british.len());
    let wanted = std::env::var("GOCARDLESS_INSTITUTION");
    let wanted: InstitutionId = wanted.as_deref().unwrap_or("SANDBOXFINANCE_SFIN0000").parse()?;
    let institution = bank.institutions().get(&wanted).await?;
    println!("  taking {}", institution.name);
    Ok(institution)
}

/// Creates the agreement that is used from here on, and another one to delete.
async fn agreements(bank: &BankData, institution: &InstitutionDetails) -> Outcome<AgreementId> {
    println!("\nAgreements");
    let spare = id_of(&bank.agreements().create(&institution.id).max_historical_days(30).await?)?;
    // Most companies may not accept agreements: the person does.
    show("accepted for the person", bank.agreements().accept(&spare, "Mozilla/5.0", "192.0.2.7")).await?;
    println!("  {}", bank.agreements().delete(&spare).await?.summary);

    let mut agreement = None;
    if institution.max_access_valid_for_days_reconfirmation.is_some() {
        // Only for companies that may.
        let asked = bank.agreements().create(&institution.id).access_valid_for_days(180).reconfirmation(true);
        agreement = show("with reconfirmation", asked).await?;
    }
    let agreement = match agreement {
        Some(agreement) => agreement,
        None => bank.agreements().create(&institution.id).await?,
    };
    let id = id_of(&agreement)?;
    let again = bank.agreements().get(&id).await?;
    let days = again.max_historical_days.map_or("?".to_owned(), |days| days.to_string());
    println!("  {id} gives {days} days of history");
    let page = bank.agreements().list().limit(NonZeroU64::MIN).await?;
    println!("  one of {} on the first page", page.count.unwrap_or_default());
    Ok(id)
}

fn id_of(agreement: &Agreement) -> Outcome<AgreementId> {
    Ok(agreement.id.clone().ok_or("the agreement came without an id")?)
}

async fn requisitions(
    bank: &BankData,
    institution: &InstitutionDetails,
    agreement: &AgreementId,
) -> Outcome<RequisitionId> {
    println!("\nRequisitions");
    let create = bank.requisitions().create(&institution.id, "https://example.org/back");
    let created = create.agreement(agreement.clone()).user_language("EN").await?;
    let (Some(id), Some(link)) = (created.id, created.link) else {
        return Err("the requisition came without an id or a link".into());
    };
    follow(&link).await?;
    println!("  {id} is {:?} now", bank.requisitions().get(&id).await?.status);
    let all: Vec<_> = bank.requisitions().list().stream().try_collect().await?;
    println!("  {} in all", all.len());
    Ok(id)
}

async fn account(bank: &BankData, id: AccountId) -> Outcome<()> {
    let account = bank.account(id);
    let metadata = account.metadata().await?;
    println!("\nAccount of {}, {:?}", metadata.owner_name.unwrap_or_default(), metadata.status);
    let details = account.details().await?.account.into_inner();
    let currency = details.currency.map_or(String::new(), |currency| currency.to_string());
    println!("  {} {currency}", details.product.unwrap_or_default());
    for balance in account.balances().await?.balances {
        println!(
            "  {}: {} {}",
            balance.balance_type.as_ref().map_or("balance".to_owned(), ToString::to_string),
            balance.balance_amount.amount,
            balance.balance_amount.currency
        );
    }
    let today = Utc::now().date_naive();
    let month_ago = today.checked_sub_days(Days::new(30)).ok_or("no such day")?;
    let transactions = account.transactions().from(month_ago).to(today).await?.transactions.into_inner();
    println!("  {} booked, {} pending in 30 days", transactions.booked.len(), transactions.pending.len());
    Ok(())
}

/// The person is asked to confirm the access again (United Kingdom); only for companies that may.
async fn reconfirmation(bank: &BankData, agreement: &AgreementId) -> Outcome<()> {
    println!("\nReconfirmation");
    let asked = bank.agreements().reconfirm(agreement).redirect("https://example.org/back");
    show("asked for", asked).await?;
    show("still asked for", bank.agreements().reconfirmation(agreement)).await?;
    Ok(())
}

/// Awaits a call that the API may refuse to this company, and prints which it was.
async fn show<T>(
    what: &str,
    call: impl IntoFuture<Output = Result<T, gocardless_bank_data::Error>>,
) -> Outcome<Option<T>> {
    match call.await {
        Ok(value) => {
            println!("  {what}");
            Ok(Some(value))
        }
        Err(error) if error.status().is_some_and(|status| status.is_client_error()) => {
            println!("  not {what}: {error}");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
