//! `link`: a person gives consent at their bank, and their accounts come into the ledger.

use gocardless_bank_data::model::InstitutionDetails;
use gocardless_bank_data::{Days, InstitutionId, RequisitionId, SafeHistory as _};
use gocardless_bank_data_sync::HistoryPlan;

use crate::app::App;
use crate::args::Link;
use crate::exit::Failure;
use crate::flow;

pub(crate) async fn run(app: &App, args: &Link) -> Result<(), Failure> {
    if let Some(requisition) = &args.requisition {
        let requisition: RequisitionId = requisition.parse().map_err(Failure::usage)?;
        app.ledger()?;
        return flow::resume(app, &app.bank()?, &requisition, &args.person, &args.options).await;
    }
    let id: InstitutionId =
        args.institution.as_deref().unwrap_or_default().parse().map_err(Failure::usage)?;
    // Everything that can be wrong on this machine is found before the service is asked to create something.
    app.ledger()?;
    let bank = app.bank()?;
    let institution = match bank.institutions().get(&id).await {
        Err(error) if error.is_not_found() => {
            return Err(Failure::usage(format!(
                "there is no bank with the id {id}; find it with `bank-data institutions --search TEXT`"
            )));
        }
        outcome => outcome?,
    };
    let days = history(&institution, args)?;
    let access = args.access_days.or(institution.max_access_valid_for_days.as_ref().and_then(Days::get));
    let mut create = bank.agreements().create(&id).max_historical_days(days);
    if let Some(access) = access {
        create = create.access_valid_for_days(access);
    }
    flow::link(app, &bank, create, &id, &args.person, &args.options).await
}

/// How many days of history to ask for.
fn history(institution: &InstitutionDetails, args: &Link) -> Result<u32, Failure> {
    let Some(wanted) = args.days else { return Ok(institution.safe_history_days()) };
    if args.once {
        return Ok(wanted);
    }
    match HistoryPlan::of(institution, wanted) {
        HistoryPlan::One { days } => Ok(days),
        HistoryPlan::Two { continuing, .. } => Err(Failure::usage(format!(
            "with more than {continuing} days this bank gives the transactions once and new ones never; link with --days {wanted} \
             --once, sync, and then link again without --days"
        ))),
    }
}
