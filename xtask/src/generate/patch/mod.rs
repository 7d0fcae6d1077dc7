//! From `contract.json` to `client.json`: named changes, each with its reason, in order.
//!
//! A patch is a function on the document. It says how much it changed, so that one that the document no longer needs, or
//! that matches more than was meant, is found. It never reads or writes files.

mod adjustments;
pub(crate) mod record;
pub(crate) mod rust_type;
mod schemas;
#[cfg(test)]
mod tests;
mod upstream_bugs;
mod values;

pub(crate) use adjustments::{name_in_contract, name_of_type, renamed};
use record::Patch;
pub(crate) use values::bank_data;

/// The patches, in the order in which they are applied: later ones count on what earlier ones did.
pub(crate) const PATCHES: &[Patch] = &[
    // Names, media types and answers of the operations.
    adjustments::WITHOUT_PROVENANCE,
    adjustments::STABLE_NAMES,
    adjustments::ONE_MEDIA_TYPE,
    adjustments::SUCCESS_ONLY,
    adjustments::ONE_TYPE_FOR_ONE_SHAPE,
    // What is wrong about the wire.
    upstream_bugs::TOKENS_NEED_NO_TOKEN,
    upstream_bugs::NULL_WAS_SEEN,
    upstream_bugs::NOT_ALWAYS_THERE,
    upstream_bugs::SEEN_AND_MISSING,
    upstream_bugs::ITEMS_ARE_STRINGS,
    // What the generator would make too much of.
    adjustments::NOTHING_HANGS_ON_IT,
    adjustments::NO_DEFAULTS,
    adjustments::NO_TITLES,
    // Our types, from the innermost outwards: what wraps a schema contains it as it is at that point.
    values::SECRETS,
    values::IDS,
    values::PATH_IDS_TYPED,
    values::MOMENTS,
    values::DATES,
    values::MONEY,
    values::DAYS,
    values::OPEN_ENUMS,
    values::OUTCOMES,
    values::NOT_SHOWN,
    adjustments::NO_LIMITS,
    adjustments::NO_MINIMUM_IN_ANSWERS,
    upstream_bugs::ONE_OR_MANY,
    upstream_bugs::OBJECT_OR_OTHER,
    upstream_bugs::MISSING_IS_EMPTY,
    adjustments::UNREAD,
    // Which components there are, and what they are called.
    adjustments::NO_UNUSED_SCHEMAS,
    adjustments::NAMES_OF_TYPES,
];
