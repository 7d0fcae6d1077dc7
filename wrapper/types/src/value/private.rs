//! Values that are shown in most places and not in bank data.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

/// A value that `Debug` does not show. It dereferences to the value.
///
/// When an agreement was made is worth a line in a log; when a person paid is not.
///
/// ```
/// use gocardless_bank_data_types::{Private, Timestamp};
///
/// let booked: Private<Timestamp> = serde_json::from_str("\"2024-12-01T03:30Z\"")?;
/// assert!(booked.instant().is_some());
/// assert_eq!(format!("{booked} {booked:?}"), "2024-12-01T03:30Z <redacted>");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Private<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Private<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: fmt::Display> fmt::Display for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Private<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_read_written_and_used_as_it_is_and_not_shown() {
        let mut read: Private<String> = serde_json::from_str("\"canary\"").unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), "\"canary\"");
        assert_eq!(format!("{read:?} {:?}", Some(&read)), "<redacted> Some(<redacted>)");
        read.push('!');
        assert_eq!(Private::from("canary!".to_owned()), read);
        assert_eq!((read.len(), read.into_inner()), (7, "canary!".to_owned()));
    }
}
