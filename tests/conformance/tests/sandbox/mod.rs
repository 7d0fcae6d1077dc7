//! The sandbox through the wrapper: every operation and status of the contract, with every response validated.

mod answers;
mod calls;

mod exceptions;
mod journeys;
mod stage;
mod states;
mod tokens;
