//! The pages that an end user's browser opens: a requisition's link and a reconfirmation's.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::answer::Answer;
use crate::state::{LinkOutcome, State, follow};

/// Opens a requisition's link. `?outcome=` says how the visit ends; without it the accounts are linked.
pub(crate) fn link(state: &mut State, link: &str, query: &[(String, String)], now: DateTime<Utc>) -> Answer {
    let wanted =
        query.iter().find(|member| member.0 == "outcome").map_or("linked", |member| member.1.as_str());
    let Some(outcome) = LinkOutcome::parse(wanted) else {
        let words: Vec<&str> = LinkOutcome::all().map(LinkOutcome::as_str).collect();
        return Answer::html(
            400,
            page("Unknown outcome", &format!("outcome is one of: {}", words.join(", "))),
        );
    };
    let found = Uuid::parse_str(link).ok().and_then(|link| {
        state
            .requisitions
            .iter()
            .find(|requisition| requisition.link == link)
            .map(|requisition| requisition.id)
    });
    let Some(end) = found.and_then(|id| follow(state, id, outcome, now)) else {
        return Answer::html(404, page("Not found", "There is no such link."));
    };
    match end.redirect {
        Some(redirect) => Answer::redirect(302, redirect),
        None if end.error.is_empty() => Answer::html(200, page("Done", "The accounts are linked.")),
        None => Answer::html(200, page(end.error, end.details)),
    }
}

/// Opens a reconfirmation's link: every account is confirmed.
pub(crate) fn reconfirm(state: &mut State, link: &str, now: DateTime<Utc>) -> Answer {
    let link = Uuid::parse_str(link).ok();
    let found = state
        .agreements
        .iter_mut()
        .filter_map(|agreement| agreement.reconfirmed.as_mut())
        .find(|reconfirmation| Some(reconfirmation.link) == link);
    let Some(reconfirmation) = found else {
        return Answer::html(404, page("Not found", "There is no such link."));
    };
    reconfirmation.last_accessed = Some(now);
    if now < reconfirmation.window.0 || reconfirmation.window.1 < now {
        return Answer::html(200, page("Not now", "This consent cannot be confirmed today."));
    }
    reconfirmation.last_submitted = Some(now);
    match &reconfirmation.redirect {
        Some(redirect) => Answer::redirect(302, redirect.clone()),
        None => Answer::html(200, page("Done", "The consent is confirmed.")),
    }
}

fn page(title: &str, text: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n\
         <p>{text}</p>\n</body>\n</html>\n"
    )
}
