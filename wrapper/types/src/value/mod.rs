//! The types of the members of generated structs. Each keeps what was sent, and offers a lenient reading of it.
//!
//! None of them fails to decode odd but harmless data, and encoding gives back what was decoded. `Debug` shows no data of a
//! person.

mod amount;
mod currency;
mod date;
mod days;
mod entries;
pub mod enums;
mod id;
mod json;
mod known_members;
mod number;
mod one_or_many;
mod open_enum;
mod or_empty;
mod or_other;
mod private;
mod reconfirmed_accounts;
mod schema;
mod secret;
mod text;
mod timestamp;
mod unread;

pub use amount::Amount;
pub use currency::Currency;
pub use date::Date;
pub use days::Days;
pub use entries::{ENTRIES, Entries, LENIENT, ONE_OR_MANY};
pub use id::{AccountId, AgreementId, InstitutionId, InvalidId, PathId, RequisitionId};
pub use json::Json;
pub use known_members::KnownMembers;
pub use one_or_many::OneOrMany;
pub use open_enum::UnknownValue;
pub use or_empty::OrEmpty;
pub use or_other::OrOther;
pub use private::Private;
pub use reconfirmed_accounts::{ReconfirmationOutcome, ReconfirmedAccounts};
pub use secret::Secret;
pub use text::Text;
pub use timestamp::Timestamp;
pub use unread::{UNREAD_MEMBER, Unread, UnreadPart};
