//! Money as the bank wrote it. No arithmetic: that is `rust_decimal`'s.

use std::fmt;
use std::str::FromStr;

use lean_string::LeanStr;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::number;
use super::schema::schema_as;

/// An amount of money, exactly as it came: `"-24.0"`, `"5"`, `"1000000"`, `"-0.00"`.
///
/// A negative amount is a debit. The unit is the currency that stands beside it. The text is never passed through a
/// binary floating-point number; [`Amount::to_decimal`] reads it as an exact decimal. `Debug` does not show it,
/// `Display` does.
///
/// Banks send decimal text with a point and any number of decimals. A JSON number is accepted too, although no bank has
/// been seen sending one. Such a number is exact
/// - as a whole number of up to 18 digits;
/// - as any other of up to 15 significant digits, without zeros at its end: `1.10` is read as `1.1`. The JSON reader makes
///   a binary floating-point number of it before this type sees it, and further digits may be lost;
/// - always, and as it was written, where a crate of the program enables `serde_json/arbitrary_precision`.
///
/// ```
/// use gocardless_bank_data_types::Amount;
///
/// let amount: Amount = serde_json::from_str("\"-24.0\"")?;
/// assert_eq!(amount.as_str(), "-24.0");
/// assert_eq!(amount.to_decimal(), Some("-24.0".parse().expect("a decimal")));
/// assert_eq!(amount.is_debit(), Some(true));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Amount(Form);

/// The form it was sent in. In a box, so that it is no larger than a `LeanStr`: no bank has been seen sending a number.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Text(LeanStr),
    Number(Box<LeanStr>),
}

impl Amount {
    /// The text of the amount, as the bank wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Form::Text(text) => text,
            Form::Number(text) => text,
        }
    }

    /// The exact decimal value, or `None` if the text is not a decimal number of at most 28 digits.
    #[must_use]
    pub fn to_decimal(&self) -> Option<Decimal> {
        decimal(self.as_str()).ok()
    }

    /// Whether money left the account: the amount is less than zero. `None` if the text is not a number, such as `5-` or
    /// `(5.00)`.
    ///
    /// Some banks get the sign wrong; check it before relying on it for a new institution.
    #[must_use]
    pub fn is_debit(&self) -> Option<bool> {
        // The sign of a number with more digits than a decimal has is known all the same.
        let is_negative = || {
            let text = plain(self.as_str()).filter(|text| text.parse::<f64>().is_ok())?;
            let is_zero = !text.split(['e', 'E']).next()?.contains(|digit| ('1'..='9').contains(&digit));
            Some(text.starts_with('-') && !is_zero)
        };
        self.to_decimal().map(|amount| amount < Decimal::ZERO).or_else(is_negative)
    }
}

/// The text, if it has no characters but those of a decimal number. `1_000` is a number in Rust, and no bank writes it.
fn plain(text: &str) -> Option<&str> {
    let text = text.trim();
    text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)).then_some(text)
}

fn decimal(text: &str) -> Result<Decimal, rust_decimal::Error> {
    let text = plain(text).ok_or("it has a character other than digits, '+', '-', '.' and 'e'")?;
    Decimal::from_str_exact(text).or_else(|error| Decimal::from_scientific(text).map_err(|_| error))
}

/// Keeps the text, which [`to_decimal`](Amount::to_decimal) reads; a text that is not a number is refused.
impl FromStr for Amount {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, rust_decimal::Error> {
        decimal(text).map(|_| text.into())
    }
}

/// Keeps the text, even if it is not a number.
impl From<&str> for Amount {
    fn from(text: &str) -> Self {
        Self(Form::Text(text.into()))
    }
}

/// Keeps the text, even if it is not a number.
impl From<String> for Amount {
    fn from(text: String) -> Self {
        Self(Form::Text(text.into()))
    }
}

impl From<Decimal> for Amount {
    fn from(value: Decimal) -> Self {
        Self(Form::Text(value.to_string().into()))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Text(text) => serializer.serialize_str(text),
            Form::Number(text) => match serde_json::from_str::<serde_json::Number>(text) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

const EXPECTED: &str = "an amount as text or number";

struct Visitor;

impl Visitor {
    fn number(text: &impl ToString) -> Amount {
        Amount(Form::Number(Box::new(text.to_string().into())))
    }
}

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Amount, A::Error> {
        number::text_of(map, EXPECTED).map(|text| Self::number(&text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Amount, E> {
        Ok(Amount(Form::Text(text.into())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Amount, E> {
        Ok(Self::number(&number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Amount, E> {
        Ok(Self::number(&number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Amount, E> {
        // serde_json's own number keeps the shortest text that reads back as the same value.
        serde_json::Number::from_f64(number)
            .map(|number| Self::number(&number))
            .ok_or_else(|| E::custom("not a number"))
    }
}

schema_as!(Amount, String, "Amount");

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Amount {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_recorded_form_is_read_exactly_and_written_back_as_it_came() {
        for (json, decimal) in [
            ("\"5\"", "5"),
            ("\"-3899\"", "-3899"),
            ("\"-24.0\"", "-24.0"),
            ("\"-7.0000\"", "-7.0000"),
            ("\"-0.00\"", "0.00"),
            ("\"1000000\"", "1000000"),
            ("\"1e3\"", "1000"),
            ("1.1", "1.1"),
            ("12", "12"),
            ("-3", "-3"),
        ] {
            let amount = read(json);
            assert_eq!(amount.to_decimal(), Some(decimal.parse().unwrap()), "{json}");
            assert_eq!(serde_json::to_string(&amount).unwrap(), json);
        }
    }

    #[test]
    fn a_number_is_as_exact_as_the_reader_of_the_json_leaves_it() {
        // What the documentation says of a build without `arbitrary_precision`.
        for (json, kept) in [
            ("-999999999999999999", "-999999999999999999"),
            ("-123456789012.345", "-123456789012.345"),
            ("0.1", "0.1"),
        ] {
            assert_eq!(read(json).as_str(), kept);
        }
        assert_eq!(read("1.10").to_decimal(), read("1.1").to_decimal());
        // And with it, every digit and zero.
        for text in ["1.10", "-24.00", "0.1234567890123456789", "12345678901234567890.123456789"] {
            let amount: Amount = number::testing::read(text).unwrap();
            assert_eq!((amount.as_str(), amount.to_decimal()), (text, Some(text.parse().unwrap())));
        }
    }

    #[test]
    fn an_object_is_refused() {
        let error = number::testing::read_object::<Amount>("amount", "1.10").unwrap_err().to_string();
        assert_eq!(error, "invalid type: map, expected an amount as text or number");
        assert!(serde_json::from_str::<Amount>("{}").is_err());
    }

    #[test]
    fn a_text_that_is_not_a_number_is_kept_and_has_no_decimal_value() {
        for json in ["\"\"", "\"12,50\"", "\"n/a\""] {
            assert_eq!(read(json).to_decimal(), None);
            assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
        }
    }

    #[test]
    fn minus_zero_is_not_a_debit_and_the_sign_of_a_number_without_a_decimal_is_known() {
        for (text, is_debit) in [
            ("-0.00", false),
            ("-0.01", true),
            ("5", false),
            ("+5", false),
            ("-1e3", true),
            ("-123456789012345678901234567890123.45", true),
            ("123456789012345678901234567890123.45", false),
            ("-1e-999", true),
            ("-0e999", false),
        ] {
            assert_eq!(Amount::from(text).is_debit(), Some(is_debit), "{text}");
        }
    }

    #[test]
    fn a_sign_that_is_not_one_is_unknown_and_a_number_with_underscores_is_none() {
        for text in [
            "\u{2212}5",
            "5-",
            "(5.00)",
            "5 DR",
            "- 5",
            "--5",
            "1_000",
            "_1",
            "1_",
            "1_0.5_0",
            "-_5",
            "",
            "n/a",
        ] {
            let amount = Amount::from(text);
            assert_eq!((amount.is_debit(), amount.to_decimal()), (None, None), "{text}");
        }
    }

    #[test]
    fn a_text_of_the_caller_is_kept_and_parsing_refuses_what_is_no_number() {
        let parsed: Amount = "-1.00".parse().unwrap();
        assert_eq!((parsed.as_str(), &parsed), ("-1.00", &read("\"-1.00\"")));
        assert_eq!((Amount::from("12,50").as_str(), Amount::from("5".to_owned()).as_str()), ("12,50", "5"));
        for text in ["12,50", "1_000", "", "n/a"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }

    #[test]
    fn debug_does_not_show_the_amount() {
        assert!(!format!("{:?}", read("\"-24.17\"")).contains("24"));
    }

    #[test]
    fn it_is_shown_as_it_came_and_lines_up_in_a_table() {
        assert_eq!(format!("[{:>7}]", read("\"-24.0\"")), "[  -24.0]");
    }

    #[test]
    fn anything_else_is_refused_with_what_was_expected() {
        let error = serde_json::from_str::<Amount>("true").unwrap_err().to_string();
        assert!(error.contains("expected an amount as text or number"), "{error}");
    }
}
