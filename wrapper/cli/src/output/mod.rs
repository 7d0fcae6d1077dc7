//! What people and programs get to see: tables or JSON, in the width there is, without whole account numbers.

mod chart;
mod file;
mod harmless;
mod hide;
mod instant;
mod progress;
mod table;
mod writer;

pub(crate) use chart::chart;
pub(crate) use file::replace;
pub(crate) use harmless::harmless;
pub(crate) use hide::Numbers;
pub(crate) use instant::{from_then_on, instant};
pub(crate) use progress::Progress;
pub(crate) use table::{Align, Column, Table};
pub(crate) use writer::Output;
