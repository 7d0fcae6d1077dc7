//! Lists of a response, read entry by entry.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use super::unread::Unread;

/// The name by which the lenient decoder recognises a list that is read entry by entry. Every other deserializer ignores
/// the name of a newtype.
pub const ENTRIES: &str = "$gocardless_bank_data::Entries";

/// The same for a list in whose place a single value may stand, which is then read as it is.
pub const ONE_OR_MANY: &str = "$gocardless_bank_data::OneOrMany";

/// The size hint by which a list recognises the lenient decoder, whose sequences may be asked again after an error.
pub const LENIENT: usize = usize::MAX;

/// A list of a response. It dereferences to a [`Vec`].
///
/// Banks leave out a list, send `null` for it, or send `[]`: all three are an empty list to a reader. Encoding keeps the empty
/// list, and leaves out a member that was missing or null: both mean the same in this API.
///
/// An entry that cannot be read is left out and kept in [`unread`](Self::unread), with its place and the JSON as it came.
///
/// ```
/// use gocardless_bank_data_types::Entries;
///
/// let list: Entries<u8> = serde_json::from_str("null")?;
/// assert!(list.is_empty());
/// for number in serde_json::from_str::<Entries<u8>>("[1, 2]")? {
///     assert!(number > 0);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Entries<T> {
    read: Vec<T>,
    is_present: bool,
    unread: Unread,
}

impl<T> Entries<T> {
    /// Whether the list was missing or null.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        !self.is_present
    }

    /// Whether the response had the list, even an empty one.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.is_present
    }

    /// The entries, and the members inside entries, that could not be read.
    #[must_use]
    pub fn unread(&self) -> &Unread {
        &self.unread
    }

    /// The entries that could be read.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.read
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self { read: Vec::new(), is_present: false, unread: Unread::default() }
    }
}

impl<T> From<Vec<T>> for Entries<T> {
    fn from(entries: Vec<T>) -> Self {
        Self { read: entries, is_present: true, unread: Unread::default() }
    }
}

impl<T> FromIterator<T> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Vec::from_iter(entries).into()
    }
}

impl<T> Deref for Entries<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.read
    }
}

impl<T> DerefMut for Entries<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.read
    }
}

impl<T> IntoIterator for Entries<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.read.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Entries<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.read.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Entries<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.read.iter_mut()
    }
}

/// Shows the entries, and how many could not be read.
impl<T: fmt::Debug> fmt::Debug for Entries<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unread.is_empty() {
            return self.read.fmt(f);
        }
        f.debug_struct("Entries")
            .field("read", &self.read)
            .field("unread", &self.unread)
            .finish_non_exhaustive()
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_present { self.read.serialize(serializer) } else { serializer.serialize_none() }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Through `Option`, so that a list that is missing or null is an empty one without `#[serde(default)]`.
        Option::<Present<T>>::deserialize(deserializer)
            .map(|present| present.map_or_else(Self::default, |Present(entries)| entries))
    }
}

/// A list that is there.
struct Present<T>(Entries<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Present<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(ENTRIES, List(PhantomData)).map(Self)
    }
}

struct List<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let read = read_each(&mut sequence)?;
        let unread = if is_lenient(&sequence) {
            sequence.next_element()?.unwrap_or_default()
        } else {
            Unread::default()
        };
        Ok(Entries { read, is_present: true, unread })
    }
}

fn is_lenient<'de>(sequence: &impl SeqAccess<'de>) -> bool {
    sequence.size_hint() == Some(LENIENT)
}

/// Reads a list value by value. After an error the lenient decoder serves the same one again without the member that could
/// not be read, or the next one, so the loop ends.
pub(super) fn read_each<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
    sequence: &mut A,
) -> Result<Vec<T>, A::Error> {
    let is_lenient = is_lenient(sequence);
    let mut read = Vec::new();
    loop {
        match sequence.next_element() {
            Ok(Some(entry)) => {
                // A list of one, as most of those inside a transaction are, takes the room of one.
                if read.is_empty() {
                    read.reserve_exact(1);
                }
                read.push(entry);
            }
            Ok(None) => {
                // A list grows by doubling: without this, up to half of the room of a long one stays empty.
                read.shrink_to_fit();
                return Ok(read);
            }
            Err(_) if is_lenient => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Entries{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Option::<Vec<T>>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Response {
        booked: Entries<u8>,
    }

    #[test]
    fn missing_null_and_empty_are_an_empty_list_and_only_the_last_was_present() {
        for (json, is_present) in [("{}", false), (r#"{"booked":null}"#, false), (r#"{"booked":[]}"#, true)] {
            let response: Response = serde_json::from_str(json).unwrap();
            assert!(response.booked.is_empty() && response.booked.unread().is_empty(), "{json}");
            assert_eq!(response.booked.is_present(), is_present, "{json}");
        }
        assert_eq!(serde_json::to_string(&Entries::<u8>::default()).unwrap(), "null");
        assert_eq!(serde_json::to_string(&Entries::from(vec![1])).unwrap(), "[1]");
    }

    #[test]
    fn a_list_can_be_iterated_sorted_and_taken_apart() {
        let mut list: Entries<u8> = [2, 1].into_iter().collect();
        list.sort_unstable();
        for entry in &mut list {
            *entry += 1;
        }
        assert_eq!((&list).into_iter().collect::<Vec<_>>(), [&2, &3]);
        assert_eq!((format!("{list:?}"), list.clone().into_vec()), ("[2, 3]".to_owned(), vec![2, 3]));
        assert_eq!(list.into_iter().sum::<u8>(), 5);
    }

    #[test]
    fn an_ordinary_deserializer_fails_at_the_first_entry_that_cannot_be_read() {
        assert!(serde_json::from_str::<Entries<u8>>("[1, 256]").is_err());
        let value = serde_json::json!([1, 256]);
        assert!(serde_json::from_value::<Entries<u8>>(value).is_err());
    }

    #[test]
    #[cfg(feature = "schemars")]
    fn the_schema_takes_null_in_place_of_the_list() {
        let schema = schemars::schema_for!([Entries<String>; 1]).to_value();
        assert_eq!(schema["items"]["type"], serde_json::json!(["array", "null"]));
    }
}
