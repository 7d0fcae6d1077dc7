//! L4: does a panic in the task that fetches the token reach all who wait as an error, and nobody as a hang?

use gocardless_bank_data::Timing;
use gocardless_bank_data_core::token::TokenKeeper;

use super::callers::{ENDPOINT, ask_before, ask_together, runtime, with_error, with_token};
use super::options::Options;
use super::report::{Bound, Report};
use super::scale::Scale;
use crate::fetch::{Outcome, Planned, ScriptedFetch};
use crate::gate::Gate;

const SCRIPTED: &str = "scripted";

pub(super) fn what(scale: &Scale) -> String {
    format!("{} callers wait when the task that fetches the token panics; then as many again", scale.callers)
}

pub(super) fn l04_a_panic_reaches_all_waiters_as_an_error(options: &Options) -> Report {
    silence_the_scripted();
    let callers = options.scale().callers;
    runtime().block_on(async {
        let gate = Gate::default();
        let held = gate.clone();
        let fetch = ScriptedFetch::new(move |asked| match asked.nth {
            1 => Planned::now(Outcome::Panics(SCRIPTED)).once(&held),
            _ => asked.granted().after(ENDPOINT),
        });
        let keeper = TokenKeeper::new(fetch.clone(), Timing::default());
        let first = ask_before(&gate, &keeper, callers).await;
        let requests = fetch.asked().len();
        let more = ask_together(&keeper, callers).await;
        let further = fetch.asked().len() - requests;
        Report::default()
            .with(&[], "callers", callers, None)
            .with(&[], "callers with an error", with_error(&first), Bound::Exactly(callers as u64))
            .with(&[], "callers without an answer", callers - first.len(), Bound::Exactly(0))
            .with(&[], "requests", requests, Bound::Exactly(1))
            .with(&[], "callers served after", with_token(&more, "access-2"), Bound::Exactly(callers as u64))
            .with(&[], "requests after", further, Bound::Exactly(1))
    })
}

/// What panics on purpose is not worth a line on the screen; anything else is.
fn silence_the_scripted() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.payload().downcast_ref::<String>().is_none_or(|text| text != SCRIPTED) {
            usual(panic);
        }
    }));
}
