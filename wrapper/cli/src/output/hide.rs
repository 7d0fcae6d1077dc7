//! Account numbers, hidden but for their end.

use gocardless_bank_data_sync::{LedgerAccount, is_iban};
use serde_json::Value;

/// Members of the API's objects that hold an account number.
const NUMBERS: &[&str] = &["iban", "bban", "maskedPan", "msisdn", "resourceId"];
/// How much of a number is shown.
const SHOWN: usize = 4;

/// How account numbers are shown: whole, or their ends only. All that shows one goes through it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers {
    pub(crate) are_whole: bool,
}

impl Numbers {
    /// An account number.
    pub(crate) fn number(self, number: &str) -> String {
        if self.are_whole { number.to_owned() } else { end_of(number) }
    }

    /// A text of a bank or a person, which may contain an IBAN.
    pub(crate) fn text(self, text: &str) -> String {
        if self.are_whole { text.to_owned() } else { hide_in_text(text) }
    }

    /// The name of an account for people, which may contain its number.
    pub(crate) fn label(self, account: &LedgerAccount) -> String {
        self.text(&account.label())
    }

    /// An answer of the API.
    pub(crate) fn json(self, mut value: Value) -> Value {
        if !self.are_whole {
            hide_in_json(&mut value);
        }
        value
    }
}

/// The end of a number.
fn end_of(number: &str) -> String {
    let count = number.chars().count();
    if count <= SHOWN {
        return number.to_owned();
    }
    let end: String = number.chars().skip(count - SHOWN).collect();
    format!("…{end}")
}

/// A text with the IBANs in it cut to their ends: in one piece, or in groups of four.
fn hide_in_text(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, from) = rest.split_at(start);
        hidden.push_str(before);
        let end = iban_at(from).unwrap_or(0);
        let (number, after) = from.split_at(end);
        if end > 0 {
            hidden.push_str(&end_of(&number.replace(' ', "")));
            rest = after;
            continue;
        }
        let word = from.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(from.len());
        let (word, after) = from.split_at(word);
        hidden.push_str(word);
        rest = after;
    }
    hidden.push_str(rest);
    hidden
}

/// The length of the IBAN that a text begins with.
fn iban_at(text: &str) -> Option<usize> {
    let mut letters = text.chars();
    let is_country = letters.by_ref().take(2).filter(char::is_ascii_alphabetic).count() == 2;
    if !is_country || !letters.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    // With blanks, the longest run of words that is one.
    let longest = text.find(|c: char| !c.is_ascii_alphanumeric() && c != ' ').unwrap_or(text.len()).min(42);
    let mut ends: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .take_while(|at| *at <= longest)
        .filter(|at| {
            let is_before_word_end =
                text.get(*at..).is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
            let is_behind_word = text.get(..*at).is_some_and(|head| !head.ends_with(' '));
            is_before_word_end && is_behind_word
        })
        .collect();
    ends.reverse();
    ends.into_iter().find(|end| text.get(..*end).is_some_and(is_iban))
}

/// An answer of the API with the numbers in it cut to their ends.
fn hide_in_json(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(number) if NUMBERS.contains(&name.as_str()) => *number = end_of(number),
                    member => hide_in_json(member),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(hide_in_json),
        Value::String(text) => *text = hide_in_text(text),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_within_a_text_is_hidden_and_other_words_stay() {
        for (text, hidden) in [
            ("to GB33BUKB20201555555555, rent", "to …5555, rent"),
            ("GB33 BUKB 2020 1555 5555 55 rent", "…5555 rent"),
            ("INV GB12345 of 2026 for Zoë", "INV GB12345 of 2026 for Zoë"),
            ("", ""),
        ] {
            assert_eq!(hide_in_text(text), hidden);
        }
    }

    #[test]
    fn an_answer_has_no_whole_number_left() {
        let mut answer = serde_json::json!({
            "account": {"iban": "GB33BUKB20201555555555", "bban": "BUKB20201555555555", "name": "Main"},
            "texts": ["from GB33BUKB20201555555555"],
        });
        hide_in_json(&mut answer);
        let shown = serde_json::json!({
            "account": {"iban": "…5555", "bban": "…5555", "name": "Main"},
            "texts": ["from …5555"],
        });
        assert_eq!(answer, shown);
    }
}
