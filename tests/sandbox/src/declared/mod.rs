//! The mode in which only the contract counts: what does not fit the contract is refused, and every refusal has a
//! status and a body that the contract declares.
//!
//! By default the sandbox is as the real service is, which its own document describes wrongly in places. Tools that
//! know nothing but the document would complain about those, so `--declared-only` does without them. Faults that were
//! asked for stay as they were asked for.

mod answers;
mod requests;

pub(crate) use answers::held;
pub(crate) use requests::refuse_misfits;
