//! The pages that an end user's browser opens: a requisition's link and a reconfirmation's.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::answer::Answer;
use crate::data::find;
use crate::state::{LinkOutcome, Requisition, RequisitionStatus, SOMEBODY, State, Visit, follow};

/// Who opens a link, and what they have chosen.
pub(crate) struct Visitor<'a> {
    pub(crate) query: &'a [(String, String)],
    /// What the page's form sent, if it did.
    pub(crate) form: Option<&'a [(String, String)]>,
    /// Whether they take pages.
    pub(crate) browser: bool,
    pub(crate) now: DateTime<Utc>,
}

impl Visitor<'_> {
    fn members(&self) -> &[(String, String)] {
        self.form.unwrap_or(self.query)
    }

    fn member(&self, name: &str) -> Option<&str> {
        self.members().iter().find(|member| member.0 == name).map(|member| member.1.as_str())
    }
}

/// Opens a requisition's link. A browser is shown a page, whose form comes back here; `?outcome=` says how the visit ends
/// without it, and whoever takes no page links all accounts.
pub(crate) fn link(state: &mut State, link: &str, visitor: &Visitor<'_>) -> Answer {
    let link = Uuid::parse_str(link).ok();
    let found = state.requisitions.iter().find(|requisition| Some(requisition.link) == link);
    let Some(requisition) = found.cloned() else {
        return Answer::html(404, page("Not found", "There is no such link."));
    };
    let person = visitor.member("person").filter(|person| !person.trim().is_empty()).unwrap_or(SOMEBODY);
    let outcome = match visitor.member("outcome") {
        Some(outcome) => LinkOutcome::parse(outcome),
        None if visitor.form.is_some() => None,
        None if visitor.browser && !requisition.link_used => {
            if let Some(requisition) = state.requisitions.get_mut(requisition.id) {
                requisition.status = RequisitionStatus::GivingConsent;
            }
            return Answer::html(200, consent(state, &requisition, person, ""));
        }
        None => Some(LinkOutcome::Linked),
    };
    let Some(outcome) = outcome else {
        let words: Vec<&str> = LinkOutcome::all().map(LinkOutcome::as_str).collect();
        let text = format!("outcome is one of: {}", words.join(", "));
        return Answer::html(400, page("Unknown outcome", &text));
    };
    let chosen: Vec<String> = visitor
        .members()
        .iter()
        .filter(|member| member.0 == "account")
        .map(|member| member.1.clone())
        .collect();
    let chooses = visitor.member("choose").is_some();
    if chooses && chosen.is_empty() && outcome == LinkOutcome::Linked && !requisition.link_used {
        return Answer::html(400, consent(state, &requisition, person, "Choose at least one account."));
    }
    let visit = Visit { outcome, person, chosen: chooses.then_some(chosen.as_slice()), now: visitor.now };
    let Some(end) = follow(state, requisition.id, &visit) else {
        return Answer::html(404, page("Not found", "There is no such link."));
    };
    // After a form a browser must come back with GET.
    let status = if visitor.form.is_some() { 303 } else { 302 };
    match end.redirect {
        Some(redirect) => Answer::redirect(status, redirect),
        None if end.error.is_empty() => Answer::html(200, page("Done", "The accounts are linked.")),
        None => Answer::html(200, page(end.error, end.details)),
    }
}

/// The page on which a person agrees or refuses. It has no script and loads nothing.
fn consent(state: &mut State, requisition: &Requisition, person: &str, complaint: &str) -> String {
    let institution = find(&requisition.institution);
    let name = institution.map_or(requisition.institution.as_str(), |institution| institution.name.as_str());
    let mut terms = String::new();
    if let Some(agreement) = state.agreements.get(requisition.agreement) {
        let _ = writeln!(
            terms,
            "<p>An application asks to read, for {} days, the <b>{}</b> of your accounts, with {} days of history.</p>",
            agreement.access_valid_for_days,
            escaped(&agreement.access_scope.join(", ")),
            agreement.max_historical_days,
        );
    }
    let (_, places) = state.people.accounts_of(&requisition.institution, person);
    let mut rows = String::new();
    for account in places.into_iter().filter_map(|place| state.people.get(place)) {
        let facts = &account.facts;
        let number = facts.iban.as_deref().unwrap_or("no number");
        let _ = writeln!(
            rows,
            "<li><label><input type=\"checkbox\" name=\"account\" value=\"{}\" checked> {}, {}, {}</label></li>",
            account.id,
            escaped(&facts.name),
            escaped(number),
            escaped(&facts.currency),
        );
    }
    let (title, person) = (escaped(&format!("Connect {name}")), escaped(person));
    let complaint = if complaint.is_empty() {
        String::new()
    } else {
        format!("<p role=\"alert\"><b>{complaint}</b></p>\n")
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n\
         <h1>{title}</h1>\n<p>This is a sandbox: nothing here is real.</p>\n{terms}{complaint}\
         <form method=\"get\">\n<label>You are <input name=\"person\" value=\"{person}\"></label>\n\
         <button>Be somebody else</button>\n</form>\n\
         <form method=\"post\">\n<input type=\"hidden\" name=\"person\" value=\"{person}\">\n\
         <input type=\"hidden\" name=\"choose\" value=\"accounts\">\n<ul>\n{rows}</ul>\n\
         <button name=\"outcome\" value=\"linked\">Agree</button>\n\
         <button name=\"outcome\" value=\"cancel\">Refuse</button>\n\
         <button name=\"outcome\" value=\"institution-error\">Bank out of order</button>\n\
         </form>\n</body>\n</html>\n"
    )
}

/// A text between tags or in an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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
