//! The token operations.

use serde_json::json;

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::body::Fields;
use crate::fault::Preset;
use crate::state::{State, TokenKind};

/// `POST /token/new/`: a pair for the right secrets. Older pairs stay as good as they were.
pub(crate) fn obtain(call: &Call<'_>, state: &mut State) -> Outcome {
    let mut fields = Fields::new(call.input()?);
    let secret_id = fields.required_text("secret_id");
    let secret_key = fields.required_text("secret_key");
    fields.finish()?;
    if secret_id != call.config.secret_id || secret_key != call.config.secret_key {
        return Err(call.refuse(Preset::AuthenticationFailed));
    }
    Ok(Answer::json(
        200,
        json!({
            "access": state.tokens.issue(TokenKind::Access, call.now),
            "access_expires": TokenKind::Access.lifetime(),
            "refresh": state.tokens.issue(TokenKind::Refresh, call.now),
            "refresh_expires": TokenKind::Refresh.lifetime(),
        }),
    ))
}

/// `POST /token/refresh/`: an access token. The refresh token is neither replaced nor prolonged.
pub(crate) fn refresh(call: &Call<'_>, state: &mut State) -> Outcome {
    let mut fields = Fields::new(call.input()?);
    let refresh = fields.required_text("refresh");
    fields.finish()?;
    if !state.tokens.accepts(&refresh, TokenKind::Refresh, call.now) {
        return Err(call.refuse(Preset::InvalidToken));
    }
    Ok(Answer::json(
        200,
        json!({
            "access": state.tokens.issue(TokenKind::Access, call.now),
            "access_expires": TokenKind::Access.lifetime(),
        }),
    ))
}
