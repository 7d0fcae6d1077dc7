//! Decoding that loses nothing but what cannot be read: the second attempt, after strict decoding has failed.
//!
//! It reads from a tree of JSON values. A list of type [`Entries`](gocardless_bank_data_types::Entries) is read entry by
//! entry: after an error the same entry is served again without the member that failed, or, if the entry as a whole
//! cannot be read, the next one. The response itself is treated in the same way. Scalars are converted if nothing is lost:
//! a number where a string belongs becomes its text. Everything that was left out is reported with its place.
//!
//! Where something came and not one value could be read, there is no success: it could not be distinguished from an empty one.
//!
//! Each attempt leaves at least one member out, so an entry is read at most as often as it has members, and a list in time
//! proportional to its length.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::{self, Display, Write as _};
use std::slice;

use gocardless_bank_data_types::{ENTRIES, KnownMembers, LENIENT, ONE_OR_MANY, UNREAD_MEMBER, UnreadPart};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer as _, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde_json::{Map, Number, Value, json, map};

use super::tree::{self, plain};

/// Reads a `T` from `value` as far as it can be read. `parts` are those that were left out before; without one of the
/// members `essential` it is nothing.
///
/// # Errors
/// A [`Failure`] if nothing remains that could be left out.
pub(super) fn decode<T: DeserializeOwned>(
    value: &Value,
    parts: Vec<UnreadPart>,
    essential: &'static [&'static str],
) -> Result<T, Failure> {
    let sink = Sink::default();
    let mut element = Element::new(value, parts, &sink);
    let mut first = None;
    loop {
        sink.begin(&element);
        let lenient = Lenient { value: &element.value, path: Path::Root, start: 0, sink: &sink };
        // What fails on a known member has one. If nothing is there but unknown members once that is left out, they are
        // something else, such as an error.
        let checked = match first {
            None => KnownMembers::required(lenient),
            Some(_) => KnownMembers::unless_empty(lenient),
        };
        match T::deserialize(checked.with_one_of(essential)) {
            Ok(read) => {
                let lost = sink.lost.take().filter(|_| sink.values.get() == 0);
                return lost.map_or(Ok(read), Err);
            }
            Err(reason) => {
                let failure = sink.take_failure(&Path::Root, reason);
                let first = first.get_or_insert_with(|| failure.clone());
                element.leave_out(failure, 0, &sink).map_err(|_| first.clone())?;
            }
        }
    }
}

/// Why a part cannot be read, and where it is.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    place: Vec<Segment>,
    reason: String,
}

impl Failure {
    /// The place as a JSON path such as `transactions.booked[3].checkId`; empty for the whole response.
    pub(super) fn path(&self) -> String {
        text(&self.place)
    }

    /// The reason, without any value of the response.
    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether this, for which a member was left out, is why the other says that it is missing.
    fn explains(&self, other: &Self) -> bool {
        let Some((Segment::Member(name), parents)) = self.place.split_last() else { return false };
        parents == other.place && other.reason == missing(name)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Segment {
    Member(String),
    Index(usize),
}

/// The way from the response to a value.
#[derive(Clone, Copy)]
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn segments(&self) -> Vec<Segment> {
        let (parent, segment) = match self {
            Self::Root => return Vec::new(),
            Self::Member(parent, name) => (parent, Segment::Member((*name).to_owned())),
            Self::Index(parent, index) => (parent, Segment::Index(*index)),
        };
        let mut segments = parent.segments();
        segments.push(segment);
        segments
    }
}

/// A path as people write it.
fn text(segments: &[Segment]) -> String {
    let mut text = String::new();
    for segment in segments {
        match segment {
            Segment::Member(name) if text.is_empty() => text.push_str(name),
            Segment::Member(name) => _ = write!(text, ".{name}"),
            Segment::Index(index) => _ = write!(text, "[{index}]"),
        }
    }
    text
}

/// Whether `path` is `ancestor` or lies below it.
fn is_within(path: &str, ancestor: &str) -> bool {
    path.strip_prefix(ancestor)
        .is_some_and(|rest| ancestor.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

/// What is being read as a unit: the response, or one entry of a list.
struct Element<'a> {
    original: &'a Value,
    /// The original without what was left out.
    value: Cow<'a, Value>,
    left_out: Vec<UnreadPart>,
    /// Why each member was left out, also those inside of what was left out later.
    causes: Vec<Failure>,
    /// How many parts the sink held before, and how many values were read before.
    start: usize,
    values: usize,
}

impl<'a> Element<'a> {
    fn new(original: &'a Value, left_out: Vec<UnreadPart>, sink: &Sink) -> Self {
        let (value, start, values) = (Cow::Borrowed(original), sink.len(), sink.values.get());
        Self { original, value, left_out, causes: Vec::new(), start, values }
    }

    /// Why the part that `depth` segments lead to cannot be read. A member that is missing because it was left out is
    /// named with the reason for that.
    fn reason<'f>(&'f self, failure: &'f Failure, depth: usize) -> Cow<'f, str> {
        let mut cause = failure;
        while let Some(earlier) = self.causes.iter().find(|earlier| earlier.explains(cause)) {
            cause = earlier;
        }
        if std::ptr::eq(cause, failure) {
            return Cow::Borrowed(&failure.reason);
        }
        format!("{}: {}", text(cause.place.get(depth..).unwrap_or_default()), cause.reason).into()
    }

    /// Leaves out the member that failed; `depth` is how many segments lead to the element itself.
    ///
    /// # Errors
    /// The failure if it is the element itself that cannot be read.
    fn leave_out(&mut self, failure: Failure, depth: usize, sink: &Sink) -> Result<(), Failure> {
        // An item cannot be taken out of an array without moving the others, so its array goes.
        let end = failure.place.iter().rposition(|segment| matches!(segment, Segment::Member(_)));
        let Some(end) = end.filter(|end| *end >= depth) else {
            sink.lose(&failure, self.original);
            return Err(failure);
        };
        let place = failure.place.get(..=end).unwrap_or_default();
        let within = place.get(depth..).unwrap_or_default();
        if !remove(self.value.to_mut(), within) {
            return Err(failure);
        }
        let (path, json) = (text(place), lookup(self.original, within).unwrap_or(&Value::Null));
        sink.lose(&failure, json);
        self.left_out.retain(|part| !is_within(part.path(), &path));
        self.left_out.push(UnreadPart::new(&path, &self.reason(&failure, place.len()), plain(json).into()));
        self.causes.push(Failure { place: place.to_vec(), reason: failure.reason });
        Ok(())
    }
}

fn missing(member: &str) -> String {
    format!("member `{member}` is missing")
}

fn lookup<'a>(value: &'a Value, place: &[Segment]) -> Option<&'a Value> {
    place.iter().try_fold(value, |value, segment| match segment {
        Segment::Member(name) => value.get(name),
        Segment::Index(index) => value.get(index),
    })
}

/// Removes the member at `place`; `false` if there is none.
fn remove(value: &mut Value, place: &[Segment]) -> bool {
    let Some((Segment::Member(name), parents)) = place.split_last() else { return false };
    let parent = parents.iter().try_fold(value, |value, segment| match segment {
        Segment::Member(name) => value.get_mut(name),
        Segment::Index(index) => value.get_mut(index),
    });
    // A single object may stand where a list belongs, and is then its entry 0.
    parent.and_then(Value::as_object_mut).is_some_and(|object| object.remove(name).is_some())
}

/// Where the parts that were left out are collected, in the order of the response.
#[derive(Default)]
struct Sink {
    parts: RefCell<Vec<UnreadPart>>,
    /// The innermost failure of the current attempt.
    failure: RefCell<Option<Failure>>,
    /// Why the first part was left out that says something.
    lost: RefCell<Option<Failure>>,
    /// How many texts, numbers and booleans were read.
    values: Cell<usize>,
}

impl Sink {
    fn begin(&self, element: &Element<'_>) {
        let mut parts = self.parts.borrow_mut();
        parts.truncate(element.start);
        parts.extend(element.left_out.iter().cloned());
        self.values.set(element.values);
        self.failure.take();
    }

    fn note(&self, path: &Path<'_>, reason: &Reason) {
        let mut failure = self.failure.borrow_mut();
        failure
            .get_or_insert_with(|| Failure { place: path.segments(), reason: reason.0.clone().into_owned() });
    }

    fn take_failure(&self, path: &Path<'_>, reason: Reason) -> Failure {
        let noted = self.failure.take();
        noted.unwrap_or_else(|| Failure { place: path.segments(), reason: reason.0.into_owned() })
    }

    /// Remembers the first failure that cost something: null, `[]` and `{}` say nothing.
    fn lose(&self, failure: &Failure, value: &Value) {
        let is_nothing = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if !is_nothing {
            self.lost.borrow_mut().get_or_insert_with(|| failure.clone());
        }
    }

    fn len(&self) -> usize {
        self.parts.borrow().len()
    }

    /// The parts at or below `path` that were added since `start`, as the JSON that `Unread` is read from.
    fn below(&self, path: &Path<'_>, start: usize) -> Value {
        let (parts, ancestor) = (self.parts.borrow(), text(&path.segments()));
        let parts = parts.iter().skip(start).filter(|part| is_within(part.path(), &ancestor));
        parts
            .map(|part| json!({ "path": part.path(), "reason": part.reason(), "json": part.json() }))
            .collect()
    }
}

/// Why a value cannot be read, without the value.
#[derive(Debug)]
struct Reason(Cow<'static, str>);

impl Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Reason {}

impl de::Error for Reason {
    /// The text may quote the value, so it is not used.
    fn custom<T: Display>(_: T) -> Self {
        Self("cannot be read".into())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match unexpected {
            Unexpected::Bool(_) => "a boolean",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
            Unexpected::Str(_) | Unexpected::Char(_) => "a string",
            Unexpected::Unit | Unexpected::Option => "null",
            Unexpected::Seq => "a list",
            Unexpected::Map => "an object",
            _ => "another value",
        };
        let expected = expected.to_string();
        // How derived code names the struct that an object is read into.
        let expected = if expected.starts_with("struct ") { "an object" } else { &expected };
        Self(format!("expected {expected}, found {found}").into())
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}").into())
    }

    fn missing_field(field: &'static str) -> Self {
        Self(missing(field).into())
    }
}

/// Reads one value.
#[derive(Clone, Copy)]
struct Lenient<'a> {
    value: &'a Value,
    path: Path<'a>,
    /// How many parts the sink held when the current element began.
    start: usize,
    sink: &'a Sink,
}

impl<'a> Lenient<'a> {
    fn noted<R>(&self, result: Result<R, Reason>) -> Result<R, Reason> {
        result.inspect_err(|reason| self.sink.note(&self.path, reason))
    }

    /// The result of reading a text, a number or a boolean.
    fn read<R>(&self, result: Result<R, Reason>) -> Result<R, Reason> {
        let values = self.sink.values.get();
        self.noted(result.inspect(|_| self.sink.values.set(values + 1)))
    }

    fn unexpected<R>(&self, expected: &dyn Expected) -> Result<R, Reason> {
        let found = match self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(_) => Unexpected::Float(0.0),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) if tree::number(self.value).is_some() => Unexpected::Float(0.0),
            Value::Object(_) => Unexpected::Map,
        };
        self.noted(Err(de::Error::invalid_type(found, expected)))
    }

    fn number<'de, V: Visitor<'de>>(&self, number: &Number, visitor: V) -> Result<V::Value, Reason> {
        self.read(number.deserialize_any(visitor).map_err(de::Error::custom))
    }

    fn list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        // A single value where a list belongs is a list of one.
        let items = self.value.as_array().map_or(slice::from_ref(self.value), Vec::as_slice);
        let list = List { items, at: 0, element: None, is_done: false, whole: self };
        self.noted(visitor.visit_seq(list))
    }

    /// The members of an object that stands for no number.
    fn members(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object().filter(|_| tree::number(self.value).is_none())
    }

    fn object<'de, V: Visitor<'de>>(
        self,
        object: &'a Map<String, Value>,
        takes_unread: bool,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        let rest = object.iter();
        self.noted(visitor.visit_map(Members { rest, value: None, takes_unread, object: self }))
    }
}

/// The number that a number or a text states, if there is one.
fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => text.trim().parse().ok(),
        other => tree::number(other)?.parse().ok(),
    }
}

/// The integer that it is, also as `86400.0`.
fn integer(number: Number) -> Option<Number> {
    if number.is_f64() {
        let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
        return format!("{float:.0}").parse().ok();
    }
    Some(number)
}

macro_rules! integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
            match number(self.value).and_then(integer) {
                Some(number) => self.number(&number, visitor),
                None => self.unexpected(&visitor),
            }
        }
    )*};
}

macro_rules! floats {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
            match number(self.value) {
                Some(number) => self.number(&number, visitor),
                None => self.unexpected(&visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Lenient<'_> {
    type Error = Reason;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        if let Some(number) = tree::number(self.value).and_then(|text| text.parse().ok()) {
            return self.number(&number, visitor);
        }
        match self.value {
            Value::Null => self.noted(visitor.visit_unit()),
            Value::Bool(value) => self.read(visitor.visit_bool(*value)),
            Value::Number(number) => self.number(number, visitor),
            Value::String(text) => self.read(visitor.visit_str(text)),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        if let Some(number) = tree::number(self.value) {
            return self.read(visitor.visit_str(number));
        }
        match self.value {
            Value::String(text) => self.read(visitor.visit_str(text)),
            Value::Number(number) => self.read(visitor.visit_string(number.to_string())),
            Value::Bool(value) => self.read(visitor.visit_string(value.to_string())),
            _ => self.unexpected(&visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        let value = match self.value {
            Value::Bool(value) => Some(*value),
            Value::Number(number) => match number.as_u64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
            _ => None,
        };
        match value {
            Some(value) => self.read(visitor.visit_bool(value)),
            None => self.unexpected(&visitor),
        }
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64
    }

    floats! { deserialize_f32 deserialize_f64 }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        self.noted(if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        let is_list = name == ENTRIES || (name == ONE_OR_MANY && self.value.is_array());
        if is_list { self.list(visitor) } else { self.noted(visitor.visit_newtype_struct(self)) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        let Value::Array(items) = self.value else { return self.unexpected(&visitor) };
        self.noted(visitor.visit_seq(Items { items: items.iter().enumerate(), array: self }))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        let Some(object) = self.members() else { return self.unexpected(&visitor) };
        self.object(object, false, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        let takes_unread = fields.contains(&UNREAD_MEMBER);
        if let Some(object) = self.members() {
            return self.object(object, takes_unread, visitor);
        }
        match self.value {
            // A list of one object where the object itself belongs.
            Value::Array(items) => match items.as_slice() {
                [Value::Object(object)] if matches!(self.path, Path::Member(..)) => {
                    self.object(object, takes_unread, visitor)
                }
                _ => self.unexpected(&visitor),
            },
            _ => self.unexpected(&visitor),
        }
    }

    /// A member that nobody knows is not a value that was read.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

/// A list that is read entry by entry.
struct List<'a> {
    items: &'a [Value],
    at: usize,
    element: Option<Element<'a>>,
    is_done: bool,
    whole: Lenient<'a>,
}

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = Reason;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Reason> {
        let Lenient { path: parent, start, sink, .. } = self.whole;
        let Some(original) = self.items.get(self.at) else {
            if !self.is_done {
                self.is_done = true;
                return Ok(None);
            }
            // After its end a list asks for what could not be read.
            return seed.deserialize(sink.below(&parent, start)).map(Some).map_err(de::Error::custom);
        };
        let path = Path::Index(&parent, self.at);
        let element = self.element.get_or_insert_with(|| Element::new(original, Vec::new(), sink));
        sink.begin(element);
        let lenient = Lenient { value: &element.value, path, start: element.start, sink };
        match seed.deserialize(lenient) {
            Ok(entry) => {
                self.at += 1;
                self.element = None;
                Ok(Some(entry))
            }
            Err(reason) => {
                let place = path.segments();
                let failure = sink.take_failure(&path, Reason(reason.0.clone()));
                if let Err(failure) = element.leave_out(failure, place.len(), sink) {
                    let reason = element.reason(&failure, place.len());
                    let mut parts = sink.parts.borrow_mut();
                    parts.truncate(element.start);
                    parts.push(UnreadPart::new(&text(&place), &reason, plain(original).into()));
                    sink.values.set(element.values);
                    self.at += 1;
                    self.element = None;
                }
                Err(reason)
            }
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(LENIENT)
    }
}

/// An array that is read as a whole.
struct Items<'a> {
    items: std::iter::Enumerate<slice::Iter<'a, Value>>,
    array: Lenient<'a>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Reason;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Reason> {
        let Some((index, value)) = self.items.next() else { return Ok(None) };
        let path = Path::Index(&self.array.path, index);
        seed.deserialize(Lenient { value, path, ..self.array }).map(Some)
    }
}

/// The members of an object, and after them, for a struct that takes it, what could not be read of it.
struct Members<'a> {
    rest: map::Iter<'a>,
    value: Option<(&'a String, &'a Value)>,
    takes_unread: bool,
    object: Lenient<'a>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Reason;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Reason> {
        // A member of the response that has the name is not one of ours.
        self.value = self.rest.by_ref().find(|(name, _)| *name != UNREAD_MEMBER);
        match self.value {
            Some((name, _)) => seed.deserialize(name.as_str().into_deserializer()).map(Some),
            None if std::mem::take(&mut self.takes_unread) => {
                seed.deserialize(UNREAD_MEMBER.into_deserializer()).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Reason> {
        let Lenient { path, start, sink, .. } = self.object;
        match self.value {
            Some((name, value)) => {
                seed.deserialize(Lenient { value, path: Path::Member(&path, name), start, sink })
            }
            None => seed.deserialize(sink.below(&path, start)).map_err(de::Error::custom),
        }
    }
}
