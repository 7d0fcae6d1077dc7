//! The types that members of generated structs have: each keeps what came, and reads it leniently on request.
//!
//! No type here may fail to decode odd but harmless data, and encoding gives back what was decoded.

mod amount;
mod currency;
mod date;
mod days;
mod enums;
mod id;
mod json;
mod number;
mod one_or_many;
mod open_enum;
mod or_empty;
mod or_other;
mod private;
mod schema;
mod secret;
mod text;
mod timestamp;

pub use amount::Amount;
pub use currency::Currency;
pub use date::Date;
pub use days::Days;
pub use enums::{AccessScope, AccountStatus, BalanceType, Feature, RequisitionStatus};
pub use id::{AccountId, AgreementId, InstitutionId, InvalidId, PathId, RequisitionId};
pub use json::Json;
pub use one_or_many::OneOrMany;
pub use open_enum::UnknownValue;
pub use or_empty::OrEmpty;
pub use or_other::OrOther;
pub use private::Private;
pub use secret::Secret;
pub use text::Text;
pub use timestamp::Timestamp;
