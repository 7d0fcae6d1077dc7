//! What all errors have in common: what they say, what they hide, and what they answer when asked.

mod questions;
mod samples;
mod sentences;
