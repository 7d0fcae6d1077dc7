//! The texts that `generate` writes, and the writing or comparing of them, all at once.

pub(crate) mod head;
pub(crate) mod manifest;
mod outputs;
pub(crate) mod readme;
mod sources;

pub(crate) use outputs::Outputs;
pub(crate) use sources::sources;
