//! Tests of the patches: what each does to a small document, and that each notices when it is no longer needed.

mod adjustments;
mod chain;
mod helpers;
mod upstream_bugs;
mod values;
