//! How the generated types read responses that fit the contract, and responses that do not.

mod instances;
mod members;
mod places;
