//! Who may call, how often, and which file answers: authentication, then the company's limit, then the operation.

use super::{Call, accounts, agreements, institutions, reconfirmation, requisitions, tokens};
use crate::answer::{Answer, Outcome};
use crate::declared;
use crate::fault::{Preset, Subject};
use crate::limits::LimitGroup;
use crate::operation_table::Operation;
use crate::state::{State, TokenKind, Usage};

/// Carries out a call.
pub(crate) fn perform(call: &Call<'_>, state: &mut State) -> Answer {
    let answer =
        authorised(call, state).and_then(|()| limited(call, state)).unwrap_or_else(|refusal| refusal);
    if call.config.declared_only { declared::held(call.operation, answer) } else { answer }
}

/// Every operation but the token operations needs a living access token.
fn authorised(call: &Call<'_>, state: &State) -> Result<(), Answer> {
    if call.operation.is_token() {
        return Ok(());
    }
    let token = call.authorization.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    match token {
        Some(token) if state.tokens.accepts(token, TokenKind::Access, call.now) => Ok(()),
        _ => Err(call.refuse(Preset::InvalidToken)),
    }
}

/// Counts the call against the company's limit, answers it, and adds the limit headers.
fn limited(call: &Call<'_>, state: &mut State) -> Outcome {
    let group = LimitGroup::of(call.operation);
    let Some(usage) = state.quota.call(&call.config.limits, group, call.now) else {
        return answer(call, state);
    };
    if usage.refused {
        let limit = format!("{}/{}", usage.limit, group.period().1);
        let subject = Subject { limit, seconds: usage.reset, ..call.subject() };
        return Err(with_general(Preset::CompanyLimit.answer(&subject), usage));
    }
    let answer = answer(call, state).unwrap_or_else(|refusal| refusal);
    Ok(with_general(answer, usage))
}

/// Adds the three general headers.
pub(crate) fn with_general(answer: Answer, usage: Usage) -> Answer {
    answer
        .with("http_x_ratelimit_limit", usage.limit.to_string())
        .with("http_x_ratelimit_remaining", usage.remaining.to_string())
        .with("http_x_ratelimit_reset", usage.reset.to_string())
}

/// Adds the three headers about one account and scope.
pub(crate) fn with_account(answer: Answer, usage: Usage) -> Answer {
    answer
        .with("http_x_ratelimit_account_success_limit", usage.limit.to_string())
        .with("http_x_ratelimit_account_success_remaining", usage.remaining.to_string())
        .with("http_x_ratelimit_account_success_reset", usage.reset.to_string())
}

fn answer(call: &Call<'_>, state: &mut State) -> Outcome {
    if call.config.declared_only {
        declared::refuse_misfits(call)?;
    }
    match call.operation {
        Operation::ObtainToken => tokens::obtain(call, state),
        Operation::RefreshToken => tokens::refresh(call, state),
        Operation::ListInstitutions => institutions::list(call, state),
        Operation::RetrieveInstitution => institutions::retrieve(call, state),
        Operation::ListAgreements => Ok(agreements::list(call, state)),
        Operation::CreateAgreement => agreements::create(call, state),
        Operation::RetrieveAgreement => agreements::retrieve(call, state),
        Operation::DeleteAgreement => agreements::delete(call, state),
        Operation::AcceptAgreement => agreements::accept(call, state),
        Operation::RetrieveReconfirmation => reconfirmation::retrieve(call, state),
        Operation::CreateReconfirmation => reconfirmation::create(call, state),
        Operation::ListRequisitions => requisitions::list(call, state),
        Operation::CreateRequisition => requisitions::create(call, state),
        Operation::RetrieveRequisition => requisitions::retrieve(call, state),
        Operation::DeleteRequisition => requisitions::delete(call, state),
        // The operations of accounts.
        _ => accounts::answer(call, state),
    }
}
