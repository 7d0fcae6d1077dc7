//! L2: do callers whose credentials are refused share one request and one error, and is nothing asked in the pause after?

use std::time::Instant;

use gocardless_bank_data::Timing;
use gocardless_bank_data_core::token::TokenKeeper;

use super::callers::{ENDPOINT, ask_together, distinct_errors, runtime, with_error};
use super::options::Options;
use super::report::{Bound, Report, Value};
use super::scale::Scale;
use crate::fetch::ScriptedFetch;

const WRONG_CREDENTIALS: &str = r#"{"summary":"Authentication failed","detail":"No active account found with the given credentials","status_code":401}"#;

pub(super) fn what(scale: &Scale) -> String {
    format!(
        "{} callers at once whose credentials are refused, then as many in the pause after",
        scale.callers
    )
}

pub(super) fn l02_refused_callers_share_one_request_and_one_error(options: &Options) -> Report {
    let callers = options.scale().callers;
    runtime().block_on(async {
        let fetch = ScriptedFetch::new(|asked| asked.refused(401, &[], WRONG_CREDENTIALS).after(ENDPOINT));
        let keeper = TokenKeeper::new(fetch.clone(), Timing::default());
        let begin = Instant::now();
        let first = ask_together(&keeper, callers).await;
        let (requests, took) = (fetch.asked().len(), begin.elapsed());
        let begin = Instant::now();
        let more = ask_together(&keeper, callers).await;
        let (further, took_more) = (fetch.asked().len() - requests, begin.elapsed());
        let failed = with_error(&first) + with_error(&more);
        Report::default()
            .with(&["G2"], "callers", callers, None)
            .with(&["G2"], "requests", requests, Bound::Exactly(1))
            .with(&["G2"], "distinct errors", distinct_errors([&first, &more]), Bound::Exactly(1))
            .with(&["G2"], "requests in cool-down", further, Bound::Exactly(0))
            .with(&[], "callers with the error", failed, Bound::Exactly(2 * callers as u64))
            .with(&[], "seconds", Value::Measured(took.as_secs_f64()), None)
            .with(&[], "seconds in cool-down", Value::Measured(took_more.as_secs_f64()), None)
    })
}
