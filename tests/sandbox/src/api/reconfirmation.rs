//! Asking the end user to confirm an agreement again (United Kingdom only, with the vendor's permission).

use uuid::Uuid;

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::body::Fields;
use crate::clock::spaced;
use crate::fault::{Preset, Subject};
use crate::state::{Agreement, Reconfirmation, State};

/// `GET …/reconfirm/`: the request that was made; 404 if none was.
pub(crate) fn retrieve(call: &Call<'_>, state: &State) -> Outcome {
    let agreement = the_agreement(call, state)?;
    let reconfirmation = agreement.reconfirmed.as_ref().ok_or_else(|| call.refuse(Preset::NotFound))?;
    Ok(Answer::json(200, reconfirmation.view(&call.config.base_url)))
}

/// `POST …/reconfirm/`: one request for each agreement.
pub(crate) fn create(call: &Call<'_>, state: &mut State) -> Outcome {
    let agreement = the_agreement(call, state)?;
    let mut fields = Fields::new(call.input()?);
    let redirect = fields.text("redirect");
    if let Some(redirect) = &redirect {
        super::requisitions::check_redirect(&mut fields, redirect);
    }
    fields.finish()?;
    let (window, accounts) = may_reconfirm(call, state, agreement)?;
    let (id, link) = (agreement.id, state.new_id());
    let reconfirmation = Reconfirmation {
        link,
        created: call.now,
        window,
        redirect,
        last_accessed: None,
        last_submitted: None,
        accounts,
    };
    let view = reconfirmation.view(&call.config.base_url);
    if let Some(agreement) = state.agreements.get_mut(id) {
        agreement.reconfirmed = Some(reconfirmation);
    }
    Ok(Answer::json(201, view))
}

type Window = (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>);

/// The five reasons against it, in the order of the contract.
fn may_reconfirm(
    call: &Call<'_>,
    state: &State,
    agreement: &Agreement,
) -> Result<(Window, Vec<Uuid>), Answer> {
    if !agreement.reconfirmation {
        return Err(call.refuse(Preset::ReconfirmationNotEnabled));
    }
    let Some(window) = agreement.reconfirmation_window() else {
        return Err(call.refuse(Preset::ReconfirmationNotAccepted));
    };
    if call.now > window.1 {
        let subject = Subject { when: spaced(window.1), ..call.subject() };
        return Err(Preset::ReconfirmationTooLate.answer(&subject));
    }
    if agreement.reconfirmed.is_some() {
        return Err(call.refuse(Preset::ReconfirmationNoneLeft));
    }
    let requisition = agreement.requisition.and_then(|id| state.requisitions.get(id));
    match requisition.map(|requisition| requisition.accounts.clone()) {
        Some(accounts) if !accounts.is_empty() => Ok((window, accounts)),
        _ => Err(call.refuse(Preset::ReconfirmationNoAccounts)),
    }
}

fn the_agreement<'s>(call: &Call<'_>, state: &'s State) -> Result<&'s Agreement, Answer> {
    if !call.config.allow_reconfirmation {
        return Err(call.refuse(Preset::ReconfirmationForbidden));
    }
    let id = call.uuid(Preset::InvalidAgreementId)?;
    state.agreements.get(id).ok_or_else(|| call.refuse(Preset::NotFound))
}
