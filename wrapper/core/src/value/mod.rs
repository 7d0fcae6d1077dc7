//! The types that members of generated structs have: each keeps what came, and reads it leniently on request.
//!
//! No type here may fail to decode odd but harmless data, and encoding gives back what was decoded.

mod amount;
mod bounded;
mod currency;
mod date;
mod days;
mod id;
mod number;
mod object_only;
mod one_or_many;
mod open_enum;
mod or_empty;
mod or_other;
mod schema;
mod secret;
mod timestamp;
mod vocabulary;

pub use amount::Amount;
pub use bounded::{Bounded, OutOfBounds};
pub use currency::Currency;
pub use date::Date;
pub use days::Days;
pub use id::{AccountId, AgreementId, InstitutionId, InvalidId, PathId, RequisitionId};
pub use object_only::ObjectOnly;
pub use one_or_many::OneOrMany;
pub use open_enum::Unrecognised;
pub use or_empty::OrEmpty;
pub use or_other::OrOther;
pub use secret::Secret;
pub use timestamp::Timestamp;
pub use vocabulary::{AccessScope, AccountStatus, BalanceType, Feature, RequisitionStatus};
