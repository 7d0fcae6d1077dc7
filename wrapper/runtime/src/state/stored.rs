//! How records are written in few bytes: no defaults, instants as gaps, and in whole seconds where that is exact enough.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::clock::Moment;

/// Whether a member need not be written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Instants in order, in milliseconds: the first one and then the gaps, which have few digits.
pub(crate) mod gaps {
    use super::{Deserializer, Moment, Serializer, from_gaps, to_gaps};

    pub(crate) fn serialize<S: Serializer>(moments: &[Moment], serializer: S) -> Result<S::Ok, S::Error> {
        to_gaps(moments.iter().map(|at| at.0), serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Moment>, D::Error> {
        Ok(from_gaps(deserializer)?.map(Moment).collect())
    }
}

/// The same in whole seconds, rounded up, so that nothing ends before its time.
pub(crate) mod gaps_of_seconds {
    use super::{Deserializer, Moment, Serializer, from_gaps, to_gaps};

    pub(crate) fn serialize<S: Serializer>(moments: &[Moment], serializer: S) -> Result<S::Ok, S::Error> {
        to_gaps(moments.iter().map(|at| at.0.div_ceil(1_000)), serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Moment>, D::Error> {
        Ok(from_gaps(deserializer)?.map(|at| Moment(at.saturating_mul(1_000))).collect())
    }
}

/// An instant in whole seconds, rounded up.
pub(crate) mod seconds {
    use super::{Deserialize as _, Deserializer, Moment, Serialize as _, Serializer};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(crate) fn serialize<S: Serializer>(at: &Moment, serializer: S) -> Result<S::Ok, S::Error> {
        at.0.div_ceil(1_000).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        Ok(Moment(u64::deserialize(deserializer)?.saturating_mul(1_000)))
    }
}

fn to_gaps<S: Serializer>(instants: impl Iterator<Item = u64>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut before = 0;
    serializer.collect_seq(instants.map(|at| at.saturating_sub(std::mem::replace(&mut before, at))))
}

fn from_gaps<'de, D: Deserializer<'de>>(deserializer: D) -> Result<impl Iterator<Item = u64>, D::Error> {
    let mut at = 0_u64;
    Ok(Vec::<u64>::deserialize(deserializer)?.into_iter().map(move |gap| {
        at = at.saturating_add(gap);
        at
    }))
}
