//! `quota`: how many reads are left, as far as this machine knows, without a call.

use chrono::{DateTime, Utc};
use gocardless_bank_data_sync::Kind;
use serde::Serialize;

use crate::app::{self, App};
use crate::exit::Failure;
use crate::output::{Align, Column, Table, from_then_on, instant};

#[derive(Serialize)]
struct Shown {
    quota: Vec<Quota>,
}

#[derive(Serialize)]
struct Quota {
    account: i64,
    label: String,
    /// `transactions`, `balances` or `details`.
    kind: &'static str,
    /// Reads a day. Nothing: it has not been read today.
    allowed: Option<u64>,
    left: Option<u64>,
    /// When there are more.
    resets_at: Option<DateTime<Utc>>,
}

pub(crate) async fn run(app: &App) -> Result<(), Failure> {
    let (ledger, bank) = (app.existing_ledger()?, app.bank()?);
    let mut table = Table::new(
        &[
            Column::new("#", Align::Right),
            Column::new("Account", Align::Left).cut(12),
            Column::new("Kind", Align::Left),
            Column::new("Left", Align::Right),
            Column::new("Of", Align::Right),
            Column::new("More at", Align::Left).spare(1),
        ],
        super::accounts::none(&ledger)?,
    );
    let mut shown = Vec::new();
    for account in app::accounts_in_use(&ledger)? {
        let name = app.output.numbers.label(&account);
        let Some(id) = account.id() else { continue };
        let handle = bank.account(id);
        for kind in Kind::ALL {
            let known = handle.quota(&kind.scope()).await;
            let quota = Quota {
                account: account.key.0,
                label: name.clone(),
                kind: kind.as_str(),
                allowed: known.and_then(|known| known.limit),
                left: known.and_then(|known| known.remaining),
                resets_at: known.and_then(|known| known.resets_at).map(DateTime::from).map(from_then_on),
            };
            let number =
                |number: Option<u64>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
            table.row([
                account.key.to_string(),
                name.clone(),
                kind.as_str().to_owned(),
                number(quota.left),
                number(quota.allowed),
                quota.resets_at.map(instant).unwrap_or_default(),
            ]);
            shown.push(quota);
        }
    }
    let is_unknown = shown.iter().any(|quota| quota.left.is_none());
    app.output.show(&table, &Shown { quota: shown })?;
    if is_unknown {
        app.output.note("? is what has not been read in the last 24 hours: four reads are usual.");
    }
    Ok(())
}
