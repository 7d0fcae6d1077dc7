//! `institutions`: the banks that can be linked.

use gocardless_bank_data::model::Institution;
use gocardless_bank_data::{Days, SafeHistory as _};
use serde::Serialize;

use crate::app::App;
use crate::args::Institutions;
use crate::exit::Failure;
use crate::output::{Align, Column, Table};

#[derive(Serialize)]
struct Shown {
    institutions: Vec<Bank>,
}

#[derive(Serialize)]
struct Bank {
    id: String,
    name: String,
    bic: Option<String>,
    countries: Vec<String>,
    /// Days of history that the bank has.
    history_days: Option<u32>,
    /// Days of history after which new transactions still come.
    safe_history_days: u32,
    /// Days of access that one consent gives at most.
    access_days: Option<u32>,
    /// More than 90 days of history come once, and new transactions never.
    freezes_long_history: Option<bool>,
}

impl Bank {
    fn of(institution: &Institution) -> Self {
        Self {
            id: institution.id.to_string(),
            name: institution.name.as_str().to_owned(),
            bic: institution.bic.as_ref().map(|bic| bic.as_str().to_owned()),
            countries: institution.countries.iter().map(|country| country.as_str().to_owned()).collect(),
            history_days: institution.transaction_total_days.as_ref().and_then(Days::get),
            safe_history_days: institution.safe_history_days(),
            access_days: institution.max_access_valid_for_days.as_ref().and_then(Days::get),
            freezes_long_history: institution.freezes_long_history(),
        }
    }

    fn has(&self, text: &str) -> bool {
        let bic = self.bic.as_deref().unwrap_or_default();
        [self.id.as_str(), self.name.as_str(), bic].iter().any(|member| member.to_lowercase().contains(text))
    }
}

pub(crate) async fn run(app: &App, args: &Institutions) -> Result<(), Failure> {
    let mut list = app.bank()?.institutions().list();
    if let Some(country) = &args.country {
        list = list.country(country);
    }
    let mut banks: Vec<Bank> = list.await?.iter().map(Bank::of).collect();
    if let Some(text) = &args.search {
        let text = text.to_lowercase();
        banks.retain(|bank| bank.has(&text));
    }
    banks.sort_by_cached_key(|bank| bank.name.to_lowercase());
    let mut table = Table::new(
        &[
            Column::new("Id", Align::Left),
            Column::new("Name", Align::Left).cut(10),
            Column::new("History", Align::Right),
            Column::new("Access", Align::Right),
            Column::new("Countries", Align::Left).cut(4).spare(1),
        ],
        "No bank matches; try another text, or leave out the country.",
    );
    let days = |days: Option<u32>| days.map_or_else(|| "?".to_owned(), |days| format!("{days} d"));
    let mut has_frozen = false;
    for bank in &banks {
        let frozen = bank.freezes_long_history == Some(true);
        has_frozen |= frozen;
        let mark = if frozen { "*" } else { " " };
        table.row([
            bank.id.clone(),
            bank.name.clone(),
            format!("{}{mark}", days(bank.history_days)),
            days(bank.access_days),
            bank.countries.join(" "),
        ]);
    }
    app.output.show(&table, &Shown { institutions: banks })?;
    if has_frozen {
        app.output.note(
            "* With more than 90 days of history this bank gives the transactions once and new ones never. `link` asks it for 90.",
        );
    }
    Ok(())
}
