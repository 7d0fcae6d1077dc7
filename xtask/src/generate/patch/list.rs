//! The patches, in the order in which they are applied: later ones count on what earlier ones did.

use super::record::Patch;
use super::{faults, shaping, values};

/// From `contract.json` to `client.json`.
pub(crate) const PATCHES: &[Patch] = &[
    // The frame: what there is to talk about.
    shaping::WITHOUT_PROVENANCE,
    shaping::STABLE_NAMES,
    shaping::ONE_MEDIA_TYPE,
    shaping::SUCCESS_ONLY,
    shaping::ONE_TYPE_FOR_ONE_SHAPE,
    // What is wrong about the wire.
    faults::TOKENS_NEED_NO_TOKEN,
    faults::NULL_WAS_SEEN,
    faults::NOT_ALWAYS_THERE,
    faults::SEEN_AND_MISSING,
    faults::ITEMS_ARE_STRINGS,
    // What the generator would make too much of.
    shaping::NOTHING_HANGS_ON_IT,
    shaping::NO_DEFAULTS,
    shaping::NO_TITLES,
    // Our types, from the innermost outwards: what wraps a schema takes it along as it is by then.
    values::SECRETS,
    values::IDS,
    values::PATH_IDS_TYPED,
    values::MOMENTS,
    values::DATES,
    values::MONEY,
    values::DAYS,
    values::OPEN_ENUMS,
    shaping::NO_LIMITS_ON_ANSWERS,
    shaping::BOUNDED,
    faults::ONE_OR_MANY,
    faults::OBJECT_OR_OTHER,
    faults::MISSING_IS_EMPTY,
    // At last what is left over.
    shaping::NO_UNUSED_SCHEMAS,
];
