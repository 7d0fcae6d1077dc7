//! `accounts`: what is in the ledger, decisions about accounts that were not recognised for certain, and accounts to forget.

use chrono::{DateTime, Utc};
use gocardless_bank_data_sync::{
    AccountKey, Decision, Edges, Kind, Ledger as _, LedgerAccount, SqliteLedger, Standing,
};
use serde::Serialize;

use crate::app::{self, App};
use crate::args::{Accounts, AccountsCommand, Decided};
use crate::exit::Failure;
use crate::output::{Align, Column, Numbers, Table, instant};

#[derive(Serialize)]
struct Shown {
    accounts: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    account: i64,
    person: String,
    institution: Option<String>,
    name: Option<String>,
    product: Option<String>,
    owner: Option<String>,
    /// IBAN or another number, as [`Numbers`] shows it.
    number: Option<String>,
    currency: Option<String>,
    /// Its present id in the API.
    id: Option<String>,
    /// `active`, `ended`, `undecided` or `forgotten`.
    standing: &'static str,
    /// The accounts that it may be.
    may_be: Vec<i64>,
    last_sync: Option<DateTime<Utc>>,
    newest_entry: Option<chrono::NaiveDate>,
    consent_ends: Option<DateTime<Utc>>,
}

impl Row {
    fn of(account: &LedgerAccount, edges: Edges, numbers: Numbers) -> Self {
        let facts = &account.facts;
        let text = |text: &Option<String>| text.as_ref().map(|text| numbers.text(text));
        let number = facts.iban.as_ref().or(facts.number.as_ref());
        let (standing, may_be) = match &account.standing {
            Standing::Active => ("active", Vec::new()),
            Standing::Ended(_) => ("ended", Vec::new()),
            Standing::Forgotten => ("forgotten", Vec::new()),
            Standing::Undecided(keys) => ("undecided", keys.iter().map(|key| key.0).collect()),
        };
        Self {
            account: account.key.0,
            person: account.person.clone(),
            institution: facts.institution.as_ref().map(ToString::to_string),
            name: text(&facts.name),
            product: text(&facts.product),
            owner: text(&facts.owner),
            number: number.map(|number| numbers.number(number)),
            currency: facts.currency.clone(),
            id: account.id().map(ToString::to_string),
            standing,
            may_be,
            last_sync: account.read(Kind::Transactions).last_success,
            newest_entry: edges.newest_booked,
            consent_ends: account.consent.ends(),
        }
    }
}

/// What a ledger without accounts says.
const NONE: &str = "The ledger has no accounts; find your bank with `bank-data institutions` and link it with `bank-data link`.";

/// What a ledger says of which all accounts are forgotten.
const FORGOTTEN: &str = "All accounts of the ledger are forgotten; link a bank with `bank-data link`.";

/// What a list of the accounts that are not forgotten says where it is empty.
pub(crate) fn none(ledger: &SqliteLedger) -> Result<&'static str, Failure> {
    Ok(if ledger.accounts()?.is_empty() { NONE } else { FORGOTTEN })
}

pub(crate) async fn run(app: &App, args: &Accounts) -> Result<(), Failure> {
    let ledger = app.existing_ledger()?;
    match &args.command {
        None => list(app, &ledger),
        Some(AccountsCommand::Decide { account, is }) => {
            let Some(is) = is else {
                return Err(Failure::usage("name the account that it is, or new"));
            };
            app::account(&ledger, *account)?;
            let decision = match is {
                Decided::New => Decision::New,
                Decided::Same(key) => Decision::Same(AccountKey(*key)),
            };
            app.offline(&ledger)?.decide(AccountKey(*account), decision).await?;
            match decision {
                Decision::New => {
                    app.output.note(&format!("Account {account} is a new one. `bank-data sync` reads it."));
                }
                Decision::Same(key) => {
                    app.output.note(&format!("It continues as account {key}. `bank-data sync` reads it."));
                }
            }
            list(app, &ledger)
        }
        Some(AccountsCommand::Forget { account }) => {
            app::account(&ledger, *account)?;
            app.offline(&ledger)?.forget(AccountKey(*account)).await?;
            app.output.note(&format!(
                "Account {account} is forgotten: it is no longer read. Its entries stay, and linking it again brings it back."
            ));
            list(app, &ledger)
        }
    }
}

fn list(app: &App, ledger: &SqliteLedger) -> Result<(), Failure> {
    let mut table = Table::new(
        &[
            Column::new("#", Align::Right),
            Column::new("Account", Align::Left).cut(12),
            Column::new("Bank", Align::Left).cut(8).spare(2),
            Column::new("Person", Align::Left).cut(4).spare(3),
            Column::new("Standing", Align::Left),
            Column::new("Newest", Align::Left),
            Column::new("Synced", Align::Left).spare(1),
        ],
        NONE,
    );
    let (mut shown, mut undecided) = (Vec::new(), Vec::new());
    for account in ledger.accounts()? {
        let one = Row::of(&account, ledger.edges(account.key)?, app.output.numbers);
        table.row([
            one.account.to_string(),
            app.output.numbers.label(&account),
            one.institution.clone().unwrap_or_default(),
            one.person.clone(),
            one.standing.to_owned(),
            one.newest_entry.map(|day| day.to_string()).unwrap_or_default(),
            one.last_sync.map_or_else(|| "never".to_owned(), instant),
        ]);
        if !one.may_be.is_empty() {
            undecided.push((one.account, one.may_be.clone()));
        }
        shown.push(one);
    }
    app.output.show(&table, &Shown { accounts: shown })?;
    for (account, may_be) in undecided {
        app.output.note(&ask(account, &may_be));
    }
    Ok(())
}

/// What to ask of a person about an account that may be one of these.
pub(crate) fn ask(account: i64, may_be: &[i64]) -> String {
    let commands: Vec<String> = may_be
        .iter()
        .map(ToString::to_string)
        .chain(["new".to_owned()])
        .map(|is| format!("`bank-data accounts decide {account} {is}`"))
        .collect();
    format!("Account {account} is not read until you say which it is: {}", commands.join(" or "))
}
