//! The requisition operations.

use serde_json::json;
use uuid::Uuid;

use super::{Call, agreements, page};
use crate::answer::{Answer, Outcome, about};
use crate::body::Fields;
use crate::data::find;
use crate::fault::Preset;
use crate::state::{Agreement, Requisition, RequisitionStatus, SCOPES, State};

/// The members of a create request; anything else is refused.
const MEMBERS: &[&str] = &[
    "redirect",
    "institution_id",
    "agreement",
    "reference",
    "user_language",
    "ssn",
    "account_selection",
    "redirect_immediate",
];

/// Languages of the link pages: the official ones of the 31 countries, and a few of their neighbours'.
const LANGUAGES: [&str; 34] = [
    "BG", "CA", "CS", "CY", "DA", "DE", "EL", "EN", "ES", "ET", "EU", "FI", "FR", "GA", "HR", "HU", "IS",
    "IT", "LB", "LT", "LV", "MT", "NB", "NL", "NN", "NO", "PL", "PT", "RO", "RU", "SK", "SL", "SV", "UK",
];

/// `GET /requisitions/`, newest first.
pub(crate) fn list(call: &Call<'_>, state: &State) -> Outcome {
    super::refuse_unknown(call.query.iter().map(|parameter| parameter.0.as_str()), &call.operation.query())?;
    let view = |requisition: &Requisition| requisition.view(&call.config.base_url);
    let rows = |offset| state.requisitions.iter().rev().skip(offset).map(view);
    Ok(Answer::json(200, page(call, state.requisitions.len(), rows)))
}

/// `POST /requisitions/`
pub(crate) fn create(call: &Call<'_>, state: &mut State) -> Outcome {
    let input = call.input()?;
    super::refuse_unknown(input.names().into_iter(), MEMBERS)?;
    let mut fields = Fields::new(input);
    if !fields.is_present("redirect") {
        fields.complain("redirect", json!(["This field is required."]));
    }
    let redirect = fields.text("redirect");
    if let Some(redirect) = &redirect {
        check_redirect(&mut fields, redirect);
    }
    let institution = fields.required_text("institution_id");
    let agreement = fields.uuid("agreement");
    let reference = fields.text("reference");
    let user_language = fields.text("user_language");
    let ssn = fields.text_or_blank("ssn");
    let account_selection = fields.boolean("account_selection");
    let redirect_immediate = fields.boolean("redirect_immediate");
    check_institution(&mut fields, &institution, account_selection);
    check_reference(&mut fields, state, reference.as_deref());
    check_language(&mut fields, user_language.as_deref());
    check_ssn(&mut fields, ssn.as_deref());
    if let Some(agreement) = agreement {
        check_agreement(&mut fields, state, agreement, &institution);
    }
    fields.finish()?;

    let id = state.new_id();
    let requisition = Requisition {
        id,
        created: call.now,
        redirect,
        status: RequisitionStatus::Created,
        agreement: agreement.unwrap_or_else(|| automatic_agreement(call, state, &institution)),
        institution,
        reference: reference.unwrap_or_else(|| state.new_id().to_string()),
        accounts: Vec::new(),
        user_language: user_language.map(|language| language.to_ascii_uppercase()),
        ssn,
        account_selection,
        redirect_immediate,
        link: state.new_id(),
        link_used: false,
    };
    if let Some(agreement) = state.agreements.get_mut(requisition.agreement) {
        agreement.requisition = Some(id);
    }
    let view = requisition.view(&call.config.base_url);
    state.requisitions.insert(id, requisition);
    Ok(Answer::json(201, view))
}

/// The agreement of a requisition that names none: 90 days of everything, or as many as the bank grants.
fn automatic_agreement(call: &Call<'_>, state: &mut State, institution: &str) -> Uuid {
    let agreement = Agreement {
        id: state.new_id(),
        created: call.now,
        institution: institution.to_owned(),
        max_historical_days: 90,
        access_valid_for_days: state.people.profile(institution).access_days.map_or(90, |days| days.min(90)),
        access_scope: SCOPES.clone(),
        accepted: None,
        reconfirmation: false,
        requisition: None,
        reconfirmed: None,
    };
    let id = agreement.id;
    state.agreements.insert(id, agreement);
    id
}

/// A redirect is an absolute URI with a host, of characters that a URI may have.
///
/// Any scheme will do: apps have their own, and the real service did not refuse `ftp` either.
pub(crate) fn check_redirect(fields: &mut Fields<'_>, redirect: &str) {
    let is_uri = redirect.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && rest.starts_with(|first: char| !"/?#".contains(first))
            && rest.chars().all(|c| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c))
    });
    if !is_uri {
        let detail = format!("'{redirect}' is not a valid URL");
        fields.complain("redirect", json!([about("Invalid redirect", &detail)]));
    } else if redirect.len() > 1_024 {
        let detail = "redirect must have no more than 1024 characters";
        fields.complain("redirect", json!([about("Invalid redirect", detail)]));
    }
}

fn check_institution(fields: &mut Fields<'_>, id: &str, account_selection: bool) {
    match find(id) {
        None if fields.is_fine("institution_id") => {
            fields.complain("institution_id", agreements::unknown_institution(id));
        }
        Some(institution) if account_selection && !institution.has("account_selection") => {
            let detail = format!("Account selection is not supported for {id}");
            fields.complain("account_selection", about("Account selection not supported", &detail));
        }
        _ => {}
    }
}

fn check_reference(fields: &mut Fields<'_>, state: &State, reference: Option<&str>) {
    let Some(reference) = reference else { return };
    if reference.chars().count() > 256 {
        let detail = "reference must have no more than 256 characters";
        fields.complain("reference", about("Client reference is too long", detail));
    } else if state.requisitions.iter().any(|other| other.reference == reference) {
        let detail = format!("The provided client reference {reference} is already in use");
        fields.complain("reference", about("Client reference must be unique", &detail));
    }
}

fn check_language(fields: &mut Fields<'_>, language: Option<&str>) {
    let Some(language) = language else { return };
    let upper = language.to_ascii_uppercase();
    let (code, region) = upper.split_once(['-', '_']).map_or((upper.as_str(), "XX"), |split| split);
    let is_region = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !LANGUAGES.contains(&code) || !is_region {
        let detail = format!("'{language}' is an invalid or unsupported language");
        fields
            .complain("user_language", about("Provided user_language is invalid or not supported", &detail));
    }
}

fn check_ssn(fields: &mut Fields<'_>, ssn: Option<&str>) {
    if ssn.is_some_and(|ssn| ssn.chars().count() > 64) {
        let detail = "ssn must have no more than 64 characters";
        fields.complain("ssn", json!([about("Invalid SSN", detail)]));
    }
}

fn check_agreement(fields: &mut Fields<'_>, state: &State, id: Uuid, institution: &str) {
    let Some(agreement) = state.agreements.get(id) else {
        let detail = "Please check whether you specified a valid ID";
        return fields.not_found("agreement", about(&format!("ID {id} not found"), detail));
    };
    if agreement.requisition.is_some() {
        let detail = "An End User Agreement can be used by one Requisition only";
        fields.complain("agreement", about(&format!("EUA {id} is already in use"), detail));
    } else if agreement.institution != institution && fields.is_fine("institution_id") {
        let right = &agreement.institution;
        let detail = format!(
            "Provided Institution ID: '{institution}' for requisition does not match EUA institution ID \
             '{right}'. Please provide correct institution ID: '{right}'"
        );
        fields.complain("institution_id", about(&format!("Incorrect Institution ID {institution}"), &detail));
    }
}

/// Finds the requisition of the path. A malformed id is not found either, whatever the document says.
fn the_requisition<'s>(call: &Call<'_>, state: &'s State) -> Result<&'s Requisition, Answer> {
    let id = call.uuid(Preset::NotFound)?;
    state.requisitions.get(id).ok_or_else(|| call.refuse(Preset::NotFound))
}

/// `GET /requisitions/{id}/`
pub(crate) fn retrieve(call: &Call<'_>, state: &State) -> Outcome {
    let requisition = the_requisition(call, state)?;
    Ok(Answer::json(200, requisition.view(&call.config.base_url)))
}

/// `DELETE /requisitions/{id}/`, and its agreement with it.
pub(crate) fn delete(call: &Call<'_>, state: &mut State) -> Outcome {
    let (id, agreement) = the_requisition(call, state).map(|row| (row.id, row.agreement))?;
    state.requisitions.remove(id);
    state.agreements.remove(agreement);
    let detail = format!("Requisition '{id}' deleted with all its End User Agreements");
    Ok(Answer::json(200, about("Requisition deleted", &detail)))
}
