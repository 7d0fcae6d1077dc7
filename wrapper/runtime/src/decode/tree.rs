//! JSON as it should not be: a byte order mark, bytes that are not UTF-8, lone surrogates, members that come twice, numbers
//! beyond measure, nesting without end.
//!
//! Each is read as far as it can be, and reported with its place.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use gocardless_bank_data_types::UnreadPart;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

/// Stands for a character that is not valid.
const REPLACEMENT: char = '\u{fffd}';

/// The only member of the object that stands for a number which `Number` would change; its value is the text of the number.
/// It is how `serde_json` itself hands over numbers where some crate turned on its feature `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// How deep values are nested that are read: far deeper than any that the contract declares, and less deep than 128 levels,
/// where `serde_json` ends.
pub(super) const DEEPEST: usize = 100;

/// The text of a number for which an object stands.
pub(super) fn number(value: &Value) -> Option<&str> {
    value.as_object().filter(|members| members.len() == 1)?.get(NUMBER)?.as_str()
}

/// The value as it came, for the caller: a number that none can hold is its text.
pub(super) fn plain(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => match number(value) {
            Some(text) => text.parse().map_or_else(|_| text.into(), Value::Number),
            None => members.iter().map(|(name, member)| (name.clone(), plain(member))).collect(),
        },
        other => other.clone(),
    }
}

/// Reads `body` as JSON, and returns the parts that could not be read as they came.
///
/// # Errors
/// What is wrong with it if it is not JSON.
pub(super) fn parse(body: &[u8]) -> serde_json::Result<(Value, Vec<UnreadPart>)> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = String::from_utf8_lossy(body);
    let repaired = without_lone_surrogates(&text);
    let mut parts = Vec::new();
    let exact = with_exact_numbers(&repaired);
    let mut deserializer = serde_json::Deserializer::from_str(&exact);
    let value = Node { path: String::new(), depth: 0, parts: &mut parts }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    if matches!(text, Cow::Owned(_)) || matches!(repaired, Cow::Owned(_)) {
        find_replacements(&value, &mut String::new(), &mut parts);
    }
    Ok((value, parts))
}

/// The same JSON with `\ufffd` in place of each escaped surrogate that has no partner.
fn without_lone_surrogates(text: &str) -> Cow<'_, str> {
    let surrogate = |at: usize| -> Option<u32> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..0xe000).contains(unit))
    };
    let (mut repaired, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        let Some(unit) = surrogate(at) else {
            // Any other escape, an escaped backslash among them, has at least two characters, the first two of one byte.
            at += 1 + text.get(at + 1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            continue;
        };
        let is_pair = unit < 0xdc00 && surrogate(at + 6).is_some_and(|low| low >= 0xdc00);
        if is_pair {
            at += 12;
        } else {
            repaired.push_str(text.get(copied..at).unwrap_or_default());
            repaired.push_str("\\ufffd");
            at += 6;
            copied = at;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    repaired.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(repaired)
}

/// The same JSON with an object in place of each number that would not keep its text: a large one, `1.10`, `1e999`.
fn with_exact_numbers(text: &str) -> Cow<'_, str> {
    let (mut exact, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        let length = match rest {
            [b'"', string @ ..] => 1 + string_length(string),
            [b'-' | b'0'..=b'9', ..] => {
                let is_of_number = |byte: &&u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
                rest.iter().take_while(is_of_number).count()
            }
            _ => 1,
        };
        let number = text.get(at..at + length).filter(|token| !token.starts_with('"')).unwrap_or_default();
        let is_kept = || number.parse::<Number>().is_ok_and(|read| read.to_string() == number);
        // What is not a number is left for the parser to refuse.
        if number.ends_with(|end: char| end.is_ascii_digit())
            && !is_kept()
            && serde_json::from_str::<IgnoredAny>(number).is_ok()
        {
            exact.push_str(text.get(copied..at).unwrap_or_default());
            _ = write!(exact, "{{\"{NUMBER}\":\"{number}\"}}");
            copied = at + length;
        }
        at += length;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    exact.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(exact)
}

/// How many bytes a string has after its first quotation mark, the last one included.
fn string_length(bytes: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = bytes.iter().position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(bytes.len(), |end| end + 1)
}

/// Reports each string in which a character was replaced. It is still read, with the replacement in it.
fn find_replacements(value: &Value, path: &mut String, parts: &mut Vec<UnreadPart>) {
    let length = path.len();
    match value {
        Value::String(text) if text.contains(REPLACEMENT) => {
            let reason = "holds a character that is not valid, which reads as U+FFFD";
            parts.push(UnreadPart::new(path, reason, value.clone().into()));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                _ = write!(path, "[{index}]");
                find_replacements(item, path, parts);
                path.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                path.push_str(if length == 0 { "" } else { "." });
                path.push_str(name);
                find_replacements(member, path, parts);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

/// Builds a tree in which the last of several members of one name counts, and reports the others.
struct Node<'a> {
    path: String,
    depth: usize,
    parts: &'a mut Vec<UnreadPart>,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.depth < DEEPEST {
            return deserializer.deserialize_any(self);
        }
        let json = Box::<RawValue>::deserialize(deserializer)?;
        let reason = "is nested too deeply, and its JSON is kept as text";
        let text = Value::from(json.get());
        self.parts.push(UnreadPart::new(&self.path, reason, text.clone().into()));
        Ok(text)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            let path = format!("{}[{}]", self.path, items.len());
            match sequence.next_element_seed(Node { path, depth: self.depth + 1, parts: self.parts })? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let path = if self.path.is_empty() { name.clone() } else { format!("{}.{name}", self.path) };
            let node = Node { path: path.clone(), depth: self.depth + 1, parts: self.parts };
            let value = map.next_value_seed(node)?;
            if let Some(earlier) = members.insert(name, value) {
                let reason = "comes twice, and the last one is read";
                self.parts.push(UnreadPart::new(&path, reason, plain(&earlier).into()));
            }
        }
        Ok(Value::Object(members))
    }
}
