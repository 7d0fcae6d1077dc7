//! L3: does it cost the other callers anything when half of them are aborted, the first one included?

use gocardless_bank_data::Timing;
use gocardless_bank_data_core::token::TokenKeeper;
use tokio::task::JoinHandle;

use super::callers::{LONGEST, runtime};
use super::options::Options;
use super::report::{Bound, Report};
use super::scale::Scale;
use crate::clock::until;
use crate::fetch::{Asked, Planned, ScriptedFetch};
use crate::gate::Gate;

pub(super) fn what(scale: &Scale) -> String {
    format!(
        "{} callers at once without a token; every other one is aborted, with the one whose request is under way",
        scale.callers
    )
}

pub(super) fn l03_aborted_callers_cost_the_others_nothing(options: &Options) -> Report {
    let callers = options.scale().callers;
    runtime().block_on(async {
        // Nobody is served before all who are aborted are gone, however busy the machine is.
        let gate = Gate::default();
        let held = gate.clone();
        let fetch = ScriptedFetch::new(move |asked: &Asked| Planned::from(asked.granted()).once(&held));
        let keeper = TokenKeeper::new(fetch.clone(), Timing::default());
        let ask = || {
            let keeper = keeper.clone();
            tokio::spawn(async move { keeper.token().await })
        };
        let leader = ask();
        until(|| fetch.obtains() == 1).await;
        let all: Vec<_> = std::iter::once(leader).chain((1..callers).map(|_| ask())).collect();
        all.iter().step_by(2).for_each(JoinHandle::abort);
        until(|| all.iter().step_by(2).all(JoinHandle::is_finished)).await;
        gate.open();
        let (mut served, mut aborted) = (0, 0);
        for caller in all {
            match tokio::time::timeout(LONGEST, caller).await {
                Ok(Ok(outcome)) => {
                    served += usize::from(outcome.is_ok_and(|token| token.secret.expose() == "access-1"));
                }
                Ok(Err(error)) => aborted += usize::from(error.is_cancelled()),
                Err(_) => {}
            }
        }
        let half = (callers / 2) as u64;
        Report::default()
            .with(&[], "callers", callers, None)
            .with(&[], "callers aborted", aborted, Bound::Exactly(callers as u64 - half))
            .with(&[], "callers served", served, Bound::Exactly(half))
            .with(&[], "requests", fetch.asked().len(), Bound::Exactly(1))
    })
}
