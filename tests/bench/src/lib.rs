//! What the three subjects do in each case, and the server they talk to. `cargo xtask bench` runs it all.

pub mod answers;
pub mod body;
pub mod floor;
pub mod ours;
pub mod peer;
pub mod plain;
pub mod serving;
pub mod subject;
