//! The formats of other programs: each a function from accounts and their entries to a text.
//!
//! Each entry carries its id, the number of its account and its key, so that what a file has is known and a second import
//! adds nothing.

mod beancount;
mod csv;
mod format;
mod hledger;
mod jsonl;
mod ofx;
mod statement;

use format::TAG;
pub(crate) use format::{Settings, default_suspense, ids, is_fit_to_append, misreads_points, write};
pub(crate) use statement::Statement;
use statement::{bank, currency, id};
