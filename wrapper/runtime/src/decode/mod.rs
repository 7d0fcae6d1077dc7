//! From the bytes of a success to its value: strictly first, and leniently if that fails, so that one odd member costs
//! itself and nothing else.

mod lenient;
mod tree;
mod value;

pub use value::{Undecodable, decode};
pub(crate) use value::{decode_with_one_of, nothing};
