//! A value from bytes: the order of the two ways to read it, and what is said if neither does.

use gocardless_bank_data_types::KnownMembers;
use gocardless_bank_data_types::error::DecodeReason;
use serde::de::DeserializeOwned;
use serde_json::Deserializer;
use serde_json::de::Read;
use serde_json::error::Category;

use super::{lenient, tree};

/// Why a body has no value, and where it fails as far as that is known.
#[derive(Debug, PartialEq)]
pub struct Undecodable {
    /// In which way.
    pub reason: DecodeReason,
    /// The place.
    pub path: Option<String>,
    /// What is wrong there, without any value of the body.
    pub detail: Option<String>,
}

/// The `T` of a response that said nothing, if there is one.
pub(crate) fn nothing<T: DeserializeOwned>() -> Option<T> {
    serde_json::from_str("{}").ok()
}

/// Reads a `T` from `body`, as far as it can be read.
///
/// # Errors
/// [`Undecodable`] if it is not JSON, if it has none of the members that the contract declares, or if one of those is
/// missing without which there is no value.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Undecodable> {
    decode_with_one_of(body, &[])
}

/// The same, for a response that is nothing without one of the members `essential`, if it may have them.
///
/// # Errors
/// As for [`decode`].
pub(crate) fn decode_with_one_of<T: DeserializeOwned>(
    body: &[u8],
    essential: &'static [&'static str],
) -> Result<T, Undecodable> {
    // The whole body is checked for UTF-8 at once; checking string by string took a fifth of the time.
    let strict = match str::from_utf8(body) {
        Ok(text) => strict(&mut Deserializer::from_str(text), essential),
        Err(_) => strict(&mut Deserializer::from_slice(body), essential),
    };
    match strict {
        Ok(value) => Ok(value),
        Err(_) => match tree::parse(body) {
            Ok((tree, parts)) => lenient::decode(&tree, parts, essential).map_err(|failure| Undecodable {
                reason: DecodeReason::Shape,
                path: Some(failure.path()).filter(|path| !path.is_empty()),
                detail: Some(failure.reason().to_owned()),
            }),
            Err(error) => Err(not_json::<T>(body, &error)),
        },
    }
}

fn strict<'de, T: DeserializeOwned>(
    deserializer: &mut Deserializer<impl Read<'de>>,
    essential: &'static [&'static str],
) -> serde_json::Result<T> {
    let value = T::deserialize(KnownMembers::required(&mut *deserializer).with_one_of(essential))?;
    deserializer.end()?;
    Ok(value)
}

/// Finds the place of the fault by decoding once more.
fn not_json<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> Undecodable {
    let reason = match error.classify() {
        Category::Eof => DecodeReason::Incomplete,
        Category::Syntax | Category::Io | Category::Data => DecodeReason::Syntax,
    };
    let fault = serde_path_to_error::deserialize::<_, T>(&mut Deserializer::from_slice(body)).err();
    let path = fault.filter(|fault| !fault.inner().is_data()).map(|fault| fault.path().to_string());
    Undecodable { reason, path: path.filter(|path| path != "."), detail: None }
}

#[cfg(test)]
mod tests {
    use gocardless_bank_data_types::{Entries, OneOrMany, OrEmpty, Text, Unread, UnreadPart};
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Root {
        name: Option<Text>,
        flag: Option<bool>,
        lists: OrEmpty<Lists>,
        many: Option<OneOrMany<Text>>,
        #[serde(rename = "$unread", default)]
        unread: Unread,
    }

    #[derive(Debug, Default, Deserialize)]
    struct Lists {
        booked: Entries<Entry>,
        pending: Entries<Entry>,
    }

    #[derive(Debug, Deserialize)]
    struct Entry {
        amount: Money,
        id: Option<Text>,
        lines: Entries<Text>,
        count: Option<u32>,
    }

    #[derive(Debug, Deserialize)]
    struct Money {
        amount: Text,
        currency: Option<Text>,
    }

    fn read(json: &str) -> Root {
        decode(json.as_bytes()).unwrap()
    }

    /// What could not be read, a line each.
    fn unread(root: &Root) -> Vec<String> {
        root.unread.iter().map(|part| format!("{part} <- {}", **part.json())).collect()
    }

    #[test]
    fn what_is_in_order_has_nothing_unread() {
        let root = read(r#"{"name":"a","lists":{"booked":[{"amount":{"amount":"1"}}]},"more":1}"#);
        assert_eq!((root.lists.booked.len(), unread(&root).len()), (1, 0));
    }

    #[test]
    fn an_odd_member_costs_itself_and_stays_with_its_place_and_its_json() {
        let root = read(
            r#"{"name":{"a":1},"lists":{"booked":[
                {"amount":{"amount":"1","currency":[]},"id":{"b":2},"lines":["x",null,["y"]]},
                {"amount":{"amount":"2"}}]}}"#,
        );
        assert_eq!(
            unread(&root),
            [
                r#"name: expected a string, found an object <- {"a":1}"#,
                "lists.booked[0].amount.currency: expected a string, found a list <- []",
                r#"lists.booked[0].id: expected a string, found an object <- {"b":2}"#,
                "lists.booked[0].lines[1]: expected a string, found null <- null",
                r#"lists.booked[0].lines[2]: expected a string, found a list <- ["y"]"#,
            ]
        );
        assert_eq!(root.lists.booked.len(), 2);
        assert_eq!((root.lists.booked[0].lines.len(), root.lists.booked[0].lines.unread().len()), (1, 2));
        assert_eq!(root.lists.booked.unread().len(), 4);
        assert!(root.name.is_none() && root.lists.pending.unread().is_empty());
    }

    #[test]
    fn an_entry_that_cannot_be_read_costs_itself() {
        let root = read(
            r#"{"lists":{"booked":[null,"text",{"id":"no amount"},{"amount":{"amount":null,"currency":"EUR"}},
                {"amount":{"amount":"1"}}]}}"#,
        );
        assert_eq!(root.lists.booked.len(), 1);
        assert_eq!(
            unread(&root),
            [
                "lists.booked[0]: expected an object, found null <- null",
                r#"lists.booked[1]: expected an object, found a string <- "text""#,
                r#"lists.booked[2]: member `amount` is missing <- {"id":"no amount"}"#,
                r#"lists.booked[3]: amount.amount: expected a string, found null <- {"amount":{"amount":null,"currency":"EUR"}}"#,
            ]
        );
    }

    #[test]
    fn scalars_are_converted_where_nothing_is_lost() {
        let root = read(
            r#"{"name":17,"flag":"true","lists":[{"booked":{"amount":[{"amount":1.5}],"lines":"one","count":"12.0"}}]}"#,
        );
        assert_eq!(unread(&root), [""; 0]);
        assert_eq!((root.name.as_deref(), root.flag), (Some("17"), Some(true)));
        let entry = &root.lists.booked[0];
        assert_eq!((entry.amount.amount.as_str(), entry.count, entry.lines.len()), ("1.5", Some(12), 1));
        assert!(entry.amount.currency.is_none());
    }

    #[test]
    fn an_object_without_any_known_member_is_not_a_success() {
        for json in ["{}", r#"{"summary":"x"}"#, r#"{"lists":{"lists":{"booked":[]}}}"#, "[]", "null", "12"] {
            let error = decode::<Root>(json.as_bytes()).unwrap_err();
            assert_eq!(error.reason, DecodeReason::Shape, "{json}");
        }
        assert!(decode::<Root>(br#"{"lists":{}}"#).is_ok(), "an empty object may stand for empty lists");
        assert_eq!(
            unread(&read(r#"{"lists":{"a":1},"flag":true}"#)).len(),
            1,
            "something else in the place of a known member"
        );
        assert!(decode::<Entries<Entry>>(b"[]").is_ok());
        for json in [r#"[[{"amount":{"amount":"1"}}]]"#, r#"{"summary":"x"}"#] {
            assert!(decode::<Entries<Entry>>(json.as_bytes()).is_err(), "{json}");
        }
    }

    #[test]
    fn unknown_members_beside_known_ones_that_cannot_be_read_are_not_a_success() {
        let error = decode::<Root>(br#"{"name":{"summary":"x"},"status_code":400}"#).unwrap_err();
        assert_eq!((error.reason, error.path.as_deref()), (DecodeReason::Shape, Some("name")));
        assert_eq!(error.detail.as_deref(), Some("expected a string, found an object"));
        assert_eq!(unread(&read(r#"{"name":{},"flag":true,"status_code":400}"#)).len(), 1);
    }

    #[test]
    fn what_is_hardly_json_is_read_and_reported() {
        let root = decode::<Root>(b"\xef\xbb\xbf{\"name\":\"a\xff\",\"name\":\"b\",\"lists\":{\"booked\":[{\"amount\":{\"amount\":\"1\"},\"id\":\"x\\ud83dy\\ud83d\\ude00\\\\ud83d\"}]}}");
        let root = root.unwrap();
        assert_eq!(root.name.as_deref(), Some("b"));
        assert_eq!(root.lists.booked[0].id.as_deref(), Some("x\u{fffd}y\u{1f600}\\ud83d"));
        let places: Vec<_> = root.unread.iter().map(UnreadPart::path).collect();
        assert_eq!(places, ["name", "lists.booked[0].id"]);
    }

    #[test]
    fn nesting_without_end_costs_itself_and_nothing_beside_it() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let root = read(&format!(r#"{{"name":{{"a":{deep}}},"flag":true,"more":{deep},"many":["b"]}}"#));
        assert_eq!((root.flag, root.many.is_some()), (Some(true), true));
        let told: Vec<_> = root.unread.iter().map(|part| part.to_string().replace("[0]", "")).collect();
        let expected = [
            "more: is nested too deeply, and its JSON is kept as text",
            "name: expected a string, found an object",
        ];
        assert_eq!(told, expected);
        let levels = |part: &UnreadPart| part.json().to_string().matches('[').count();
        // The path of the first one has the levels above it.
        let kept: Vec<_> = root.unread.iter().map(levels).collect();
        assert_eq!(kept, [10_000 - tree::DEEPEST + 1, 10_000]);
    }

    #[test]
    fn what_is_not_json_says_so() {
        for (json, reason, path) in [
            (r#"{"name":"a"#, DecodeReason::Incomplete, Some("name")),
            (r#"{"name":x}"#, DecodeReason::Syntax, Some("name")),
            ("<html>", DecodeReason::Syntax, None),
            ("", DecodeReason::Incomplete, None),
            (r#"{"name":"a"} x"#, DecodeReason::Syntax, None),
        ] {
            let error = decode::<Root>(json.as_bytes()).unwrap_err();
            assert_eq!((error.reason, error.path.as_deref()), (reason, path), "{json}");
        }
    }

    #[test]
    fn a_member_of_our_own_name_is_not_taken_from_the_response() {
        let root = read(r#"{"name":{},"$unread":[{"path":"x","reason":"y","json":1}]}"#);
        assert_eq!(unread(&root), ["name: expected a string, found an object <- {}"]);
    }

    #[test]
    fn a_member_that_holds_its_own_name_is_left_out_as_any_other() {
        let root = read(r#"{"name":{"name":"a"},"flag":true}"#);
        assert_eq!(unread(&root), [r#"name: expected a string, found an object <- {"name":"a"}"#]);
        assert_eq!(root.flag, Some(true));
    }

    #[test]
    fn a_success_of_which_nothing_could_be_read_is_none() {
        for (json, path) in [
            (r#"{"name":{"a":1}}"#, "name"),
            (r#"{"lists":"none"}"#, "lists"),
            (r#"{"lists":[{"amount":{"amount":"1"}},{"amount":{"amount":"2"}}]}"#, "lists"),
            (r#"{"lists":{"Booked":[{"amount":{"amount":"1"}}]}}"#, "lists"),
            (r#"{"lists":{"booked":[{"x":1},{"x":2}],"pending":[]},"more":"x"}"#, "lists.booked[0]"),
            (r#"{"lists":{"booked":{"0":{"amount":{"amount":"1"}}}}}"#, "lists.booked[0]"),
            (r#"{"lists":{"booked":[{"amount":{"amount":[1]},"id":"x"}]}}"#, "lists.booked[0].amount.amount"),
        ] {
            let error = decode::<Root>(json.as_bytes()).unwrap_err();
            assert_eq!((error.reason, error.path.as_deref()), (DecodeReason::Shape, Some(path)), "{json}");
        }
        for json in [
            r#"{"lists":[]}"#,
            r#"{"lists":null,"flag":null}"#,
            r#"{"lists":{"booked":[null],"pending":{}}}"#,
            r#"{"lists":{"booked":[{"x":1}]},"flag":false}"#,
            r#"{"lists":{"booked":[{"x":1}],"pending":[{"amount":{"amount":"1"}}]}}"#,
        ] {
            read(json);
        }
        let error = decode::<Entries<Entry>>(br#"[{"x":1},{"x":2}]"#).unwrap_err();
        assert_eq!((error.reason, error.path.as_deref()), (DecodeReason::Shape, Some("[0]")));
    }

    #[test]
    fn a_number_that_stands_for_a_text_keeps_all_its_characters() {
        for number in
            ["98765432109876543210", "-0", "1.10", "1e3", "-24.00", "1E+400", "0.1234567890123456789", "7"]
        {
            let root = read(&format!(r#"{{"name":{number},"flag":"true"}}"#));
            assert_eq!((root.name.as_deref(), root.flag), (Some(number), Some(true)));
        }
        // A text that looks like a number is not one.
        let root = read(r#"{"name":"1.10\\","flag":1,"x":"\\\"1.10"}"#);
        assert_eq!(root.name.as_deref(), Some("1.10\\"));
    }

    #[test]
    fn a_number_without_measure_costs_itself() {
        let long = "9".repeat(400);
        for number in ["1e999", "-1e999", long.as_str()] {
            let json = format!(
                r#"{{"name":7,"flag":{number},"more":{number},"lists":{{"booked":[{{"amount":{{"amount":"1"}},"count":{number}}}]}}}}"#
            );
            let root = read(&json);
            let parts: Vec<_> = root.unread.iter().map(UnreadPart::to_string).collect();
            assert_eq!(
                parts,
                [
                    "flag: expected a boolean, found a number",
                    "lists.booked[0].count: expected u32, found a number"
                ]
            );
            assert_eq!(root.unread[0].json().as_str(), Some(number), "as text, because no number holds it");
        }
        for json in
            [r#"{"name":7,"x":01}"#, r#"{"name":7,"x":1.}"#, r#"{"name":7,"x":.5}"#, r#"{"name":7,"x":-}"#]
        {
            assert_eq!(decode::<Root>(json.as_bytes()).unwrap_err().reason, DecodeReason::Syntax, "{json}");
        }
    }

    #[test]
    fn an_odd_one_of_many_costs_itself() {
        let root = read(r#"{"name":"a","many":["b",null,"c",{}]}"#);
        assert_eq!(root.many.as_ref().unwrap().as_slice(), ["b", "c"]);
        assert_eq!(
            unread(&root),
            [
                "many[1]: expected a string, found null <- null",
                "many[3]: expected a string, found an object <- {}"
            ]
        );
        // In time that grows with their number; by the square it would take minutes.
        let json = format!(r#"{{"name":"a","many":[{}]}}"#, vec!["{}"; 20_000].join(","));
        assert_eq!(read(&json).unread.len(), 20_000);
        let one = read(r#"{"name":7,"many":"b"}"#).many.unwrap();
        assert_eq!(serde_json::to_string(&one).unwrap(), r#""b""#);
    }

    #[test]
    fn an_entry_that_is_lost_says_which_member_cost_it() {
        let root = read(
            r#"{"name":"a","lists":{"booked":[{"amount":"12.50"},{"id":{},"count":1},{"amount":{"amount":{"x":1}}}]}}"#,
        );
        let parts: Vec<_> = root.unread.iter().map(UnreadPart::to_string).collect();
        assert_eq!(
            parts,
            [
                "lists.booked[0]: amount: expected an object, found a string",
                "lists.booked[1]: member `amount` is missing",
                "lists.booked[2]: amount.amount: expected a string, found an object",
            ]
        );
    }

    #[test]
    fn ten_thousand_odd_entries_are_all_reported() {
        let entry = r#"{"amount":{"amount":"1","currency":{}},"id":[],"lines":[{}],"count":"x"}"#;
        let json = format!(r#"{{"lists":{{"booked":[{}]}}}}"#, vec![entry; 10_000].join(","));
        let root = read(&json);
        assert_eq!((root.lists.booked.len(), root.unread.len()), (10_000, 40_000));
    }
}
