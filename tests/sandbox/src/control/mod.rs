//! The endpoints under `/_sandbox`, by which a test in any language steers the sandbox.

mod endpoints;

pub(crate) use endpoints::answer;
