//! Tests of the patches: what each does to a small document, and that each notices when it is no longer needed.

mod chain;
mod faults;
mod helpers;
mod shaping;
mod values;
