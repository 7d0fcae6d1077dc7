//! The end user agreement operations, reconfirmation apart.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, page};
use crate::answer::{Answer, Outcome, about};
use crate::body::Fields;
use crate::data::{Institution, find};
use crate::fault::Preset;
use crate::state::{Agreement, SCOPES, State};

/// `GET /agreements/enduser/`, newest first.
pub(crate) fn list(call: &Call<'_>, state: &State) -> Answer {
    let rows = |offset| state.agreements.iter().rev().skip(offset).map(Agreement::view);
    Answer::json(200, page(call, state.agreements.len(), rows))
}

/// `POST /agreements/enduser/`
pub(crate) fn create(call: &Call<'_>, state: &mut State) -> Outcome {
    let mut fields = Fields::new(call.input()?);
    let institution_id = fields.required_text("institution_id");
    let historical = fields.integer("max_historical_days");
    let access = fields.integer("access_valid_for_days");
    let reconfirmation = fields.boolean("reconfirmation");
    let scope = access_scope(&mut fields);
    let institution = find(&institution_id);
    if institution.is_none() && fields.is_fine("institution_id") {
        fields.complain("institution_id", unknown_institution(&institution_id));
    }
    let (mut max_history, mut max_access) = (730, 730);
    if let Some(institution) = institution {
        let access_days = state.people.profile(&institution.id).access_days;
        (max_history, max_access) = (institution.total_days, access_days.unwrap_or(institution.max_access));
        if reconfirmation {
            check_reconfirmation(call, &mut fields, institution, access);
            max_access = institution.max_access_reconfirmed.unwrap_or(max_access);
        }
    }
    let max_historical_days = days(&mut fields, "max_historical_days", historical, max_history);
    let access_valid_for_days = days(&mut fields, "access_valid_for_days", access, max_access);
    fields.finish()?;
    let agreement = Agreement {
        id: state.new_id(),
        created: call.now,
        institution: institution_id,
        max_historical_days,
        access_valid_for_days,
        access_scope: scope,
        accepted: None,
        reconfirmation,
        requisition: None,
        reconfirmed: None,
    };
    let view = agreement.view();
    state.agreements.insert(agreement.id, agreement);
    Ok(Answer::json(201, view))
}

/// What is said about an institution that is not in the catalogue.
pub(crate) fn unknown_institution(id: &str) -> Value {
    about(
        &format!("Unknown Institution ID {id}"),
        "Get Institution IDs from /institutions/?country={$COUNTRY_CODE}",
    )
}

/// A number of days between 1 and the institution's most; if none was given, 90 or that most.
fn days(fields: &mut Fields<'_>, name: &str, given: Option<i64>, most: u32) -> u32 {
    let given = given.unwrap_or_else(|| i64::from(most.min(90)));
    let fitting = u32::try_from(given).ok().filter(|days| (1..=most).contains(days));
    if fitting.is_none() {
        let detail = format!("{name} must be > 0 and <= {most}");
        fields.complain(name, json!([about(&format!("Incorrect {name}"), &detail)]));
    }
    fitting.unwrap_or(90)
}

fn access_scope(fields: &mut Fields<'_>) -> Vec<String> {
    let Some(items) = fields.list("access_scope") else {
        return SCOPES.clone();
    };
    if items.is_empty() {
        let detail = format!("access_scope needs at least one of: {}", SCOPES.join(", "));
        fields.complain("access_scope", json!([about("Empty access_scope", &detail)]));
    }
    let mut scope: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for item in items {
        match item.as_str().filter(|text| SCOPES.iter().any(|scope| scope == text)) {
            Some(text) if scope.iter().any(|known| known == text) => {}
            Some(text) => scope.push(text.to_owned()),
            None => {
                let detail = format!("Choose one or several from: {}", SCOPES.join(", "));
                wrong.push(about(&format!("Unknown value {item} in access_scope"), &detail));
            }
        }
    }
    if !wrong.is_empty() {
        fields.complain("access_scope", Value::Array(wrong));
    }
    scope
}

fn check_reconfirmation(
    call: &Call<'_>,
    fields: &mut Fields<'_>,
    institution: &Institution,
    access: Option<i64>,
) {
    let complaint = if !call.config.allow_reconfirmation {
        about("Reconfirmation not permitted", "Your company does not have permission to use reconfirmation")
    } else if institution.max_access_reconfirmed.is_none() {
        about("Reconfirmation not supported", &format!("{} does not support reconfirmation", institution.id))
    } else if access.unwrap_or(90) <= 90 {
        about("Reconfirmation not needed", "reconfirmation needs access_valid_for_days > 90")
    } else {
        return;
    };
    fields.complain("reconfirmation", complaint);
}

/// Finds the agreement of the path.
fn the_id(call: &Call<'_>, state: &State) -> Result<Uuid, Answer> {
    let id = call.uuid(Preset::InvalidAgreementId)?;
    state.agreements.get(id).map(|agreement| agreement.id).ok_or_else(|| call.refuse(Preset::NotFound))
}

/// `GET /agreements/enduser/{id}/`
pub(crate) fn retrieve(call: &Call<'_>, state: &State) -> Outcome {
    let id = the_id(call, state)?;
    let agreement = state.agreements.get(id).ok_or_else(|| call.refuse(Preset::NotFound))?;
    Ok(Answer::json(200, agreement.view()))
}

/// `DELETE /agreements/enduser/{id}/`: accepted or not.
pub(crate) fn delete(call: &Call<'_>, state: &mut State) -> Outcome {
    let id = the_id(call, state)?;
    state.agreements.remove(id);
    let detail = format!("End User Agreement {id} deleted");
    Ok(Answer::json(200, about("End User Agreement deleted", &detail)))
}

/// `PUT /agreements/enduser/{id}/accept/`: only for a company that may.
pub(crate) fn accept(call: &Call<'_>, state: &mut State) -> Outcome {
    if !call.config.allow_accept {
        return Err(call.refuse(Preset::InsufficientPermissions));
    }
    let id = the_id(call, state)?;
    let mut fields = Fields::new(call.input()?);
    fields.required_text("user_agent");
    let address = fields.required_text("ip_address");
    if fields.is_fine("ip_address") && address.parse::<std::net::IpAddr>().is_err() {
        fields.complain("ip_address", json!(["Enter a valid IPv4 or IPv6 address."]));
    }
    fields.finish()?;
    let agreement = state.agreements.get_mut(id).ok_or_else(|| call.refuse(Preset::NotFound))?;
    if agreement.accepted.is_some() {
        return Err(call.refuse(Preset::AlreadyAccepted));
    }
    agreement.accepted = Some(call.now);
    Ok(Answer::json(200, agreement.view()))
}
