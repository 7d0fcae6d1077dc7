//! What a test may do to the sandbox's memory without HTTP: the same steps for the typed API and for `/_sandbox`.

use uuid::Uuid;

use crate::error::SandboxError;
use crate::state::{AccountStatus, LinkOutcome, RequisitionStatus, TokenKind, follow};
use crate::world::World;

/// Completes a requisition's link flow; gives its accounts.
pub(crate) fn link(world: &World, id: &str, outcome: LinkOutcome) -> Result<Vec<String>, SandboxError> {
    let now = world.clock.now();
    let accounts = world.with_state(|state| {
        let id = Uuid::parse_str(id).ok()?;
        follow(state, id, outcome, now)?;
        let requisition = state.requisitions.get(id)?;
        Some(requisition.accounts.iter().map(Uuid::to_string).collect())
    });
    accounts.ok_or_else(|| SandboxError::NotFound { what: "requisition", id: id.to_owned() })
}

/// Sets the status of a requisition and leaves all else as it is.
pub(crate) fn set_requisition_status(
    world: &World,
    id: &str,
    status: RequisitionStatus,
) -> Result<(), SandboxError> {
    let done = world.with_state(|state| {
        state.requisitions.get_mut(Uuid::parse_str(id).ok()?)?.status = status;
        Some(())
    });
    done.ok_or_else(|| SandboxError::NotFound { what: "requisition", id: id.to_owned() })
}

/// Sets the status of an account.
pub(crate) fn set_account_status(world: &World, id: &str, status: AccountStatus) -> Result<(), SandboxError> {
    let done = world.with_state(|state| {
        state.accounts.get_mut(Uuid::parse_str(id).ok()?)?.set_status(status);
        Some(())
    });
    done.ok_or_else(|| SandboxError::NotFound { what: "account", id: id.to_owned() })
}

/// Refuses all access tokens given so far, and the refresh tokens too if `refresh` says so.
pub(crate) fn forget_tokens(world: &World, kinds: &[TokenKind]) {
    world.with_state(|state| kinds.iter().for_each(|kind| state.tokens.forget(*kind)));
}
