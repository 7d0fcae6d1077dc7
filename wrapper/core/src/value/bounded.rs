//! Whole numbers that the contract bounds on both sides.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A whole number of a request that the contract allows only from `MIN` to `MAX`, both included.
///
/// The bounds come from the contract, so a value that the API would refuse is refused before anything is sent.
///
/// ```
/// use gocardless_bank_data_core::Bounded;
///
/// let days = Bounded::<1, 730>::try_from(180_u32)?;
/// assert_eq!(days.get(), 180);
/// let refused = Bounded::<1, 730>::try_from(731_u32).expect_err("too many");
/// assert_eq!(refused.to_string(), "731 is not from 1 to 730");
/// # Ok::<(), gocardless_bank_data_core::OutOfBounds>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bounded<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Bounded<MIN, MAX> {
    /// Takes `number` where the contract allows it.
    ///
    /// # Errors
    /// [`OutOfBounds`] where it is below `MIN` or above `MAX`.
    pub fn new(number: i64) -> Result<Self, OutOfBounds> {
        if (MIN..=MAX).contains(&number) {
            Ok(Self(number))
        } else {
            Err(OutOfBounds { number, min: MIN, max: MAX })
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

/// A number that the contract does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBounds {
    number: i64,
    min: i64,
    max: i64,
}

impl fmt::Display for OutOfBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not from {} to {}", self.number, self.min, self.max)
    }
}

impl std::error::Error for OutOfBounds {}

macro_rules! from_number {
    ($($number:ty),*) => {$(
        impl<const MIN: i64, const MAX: i64> TryFrom<$number> for Bounded<MIN, MAX> {
            type Error = OutOfBounds;

            fn try_from(number: $number) -> Result<Self, OutOfBounds> {
                Self::new(number.into())
            }
        }
    )*};
}

from_number!(u8, u16, u32, i32, i64);

impl<const MIN: i64, const MAX: i64> Serialize for Bounded<MIN, MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de, const MIN: i64, const MAX: i64> Deserialize<'de> for Bounded<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(i64::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(feature = "schemars")]
impl<const MIN: i64, const MAX: i64> schemars::JsonSchema for Bounded<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Bounded{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Day = Bounded<1, 730>;

    #[test]
    fn both_bounds_are_allowed_and_nothing_beyond_them_however_it_comes() {
        for (number, is_allowed) in [(i64::MIN, false), (0, false), (1, true), (730, true), (731, false)] {
            let read: Result<Day, _> = serde_json::from_str(&number.to_string());
            assert_eq!(read.is_ok(), is_allowed, "{number}");
            assert_eq!(Day::try_from(number).map(Day::get).ok(), is_allowed.then_some(number));
        }
        assert_eq!(serde_json::to_string(&Day::try_from(90_u8).unwrap()).unwrap(), "90");
    }

    #[test]
    fn a_number_that_is_refused_is_told_with_its_bounds() {
        let refused = serde_json::from_str::<Day>("731").unwrap_err().to_string();
        assert_eq!(refused, "731 is not from 1 to 730");
    }

    #[test]
    #[cfg(feature = "schemars")]
    fn the_schema_has_the_bounds_in_place() {
        let schema = schemars::schema_for!([Day; 1]).to_value();
        let bounds = serde_json::json!({ "type": "integer", "minimum": 1, "maximum": 730 });
        assert_eq!(schema["items"], bounds);
    }
}
