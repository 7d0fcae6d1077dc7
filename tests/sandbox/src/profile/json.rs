//! A profile as JSON: every member may be left out, an unknown or unfitting one is refused with a sentence.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::BankProfile;
use crate::error::one_of;

impl BankProfile {
    /// Reads a profile from JSON. Members that are left out are calm; `"preset"` names a profile to start from.
    ///
    /// ```
    /// use gocardless_bank_data_sandbox::BankProfile;
    /// use serde_json::json;
    ///
    /// let profile = BankProfile::from_json(&json!({ "preset": "twins", "window_days": 60 }))?;
    /// assert_eq!((profile.twins, profile.window_days), (30, Some(60)));
    /// let error = BankProfile::from_json(&json!({ "twins": 101 })).unwrap_err();
    /// assert_eq!(error, "twins must be a whole number from 0 to 100");
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// One sentence that names the member and what it must be.
    pub fn from_json(json: &Value) -> Result<Self, String> {
        let members = json.as_object().ok_or("a profile must be a JSON object")?;
        let mut profile = match members.get("preset") {
            None => Self::calm(),
            Some(name) => name
                .as_str()
                .and_then(Self::preset)
                .ok_or_else(|| one_of("preset", Self::presets().map(|(name, _)| name)))?,
        };
        // One by one, so that an error names its member.
        for (name, value) in members.iter().filter(|member| member.0 != "preset") {
            check(name, value)?;
            let mut whole = profile.to_json();
            if let Some(whole) = whole.as_object_mut() {
                whole.insert(name.clone(), value.clone());
            }
            profile = serde_json::from_value(whole).map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(profile)
    }

    /// The profile as JSON, with every member.
    #[must_use]
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// What the types of a member and of those inside it do not say.
fn check(name: &str, value: &Value) -> Result<(), String> {
    match value {
        Value::Array(items) if name == "accounts" && items.is_empty() => {
            Err("accounts must be a list of at least one account".to_owned())
        }
        Value::Array(items) => items.iter().try_for_each(|item| check(name, item)),
        Value::Object(members) => members.iter().try_for_each(|(name, value)| check(name, value)),
        Value::Null => Ok(()),
        _ if name == "currency" => currency(value).map(drop),
        _ => match range(name) {
            Some(range) if !value.as_u64().is_some_and(|number| range.contains(&number)) => {
                Err(format!("{name} must be a whole number from {} to {}", range.start(), range.end()))
            }
            _ => Ok(()),
        },
    }
}

/// What a number may be; `None` if the member is not a number.
fn range(name: &str) -> Option<RangeInclusive<u64>> {
    Some(match name {
        "pending_days" => 0..=28,
        "late_days" => 1..=28,
        "form_days" | "regenerated_days" => 1..=9_999,
        "from_link" | "until_link" => 1..=1_000,
        "frozen_over_days" | "window_days" | "most_entries" | "access_days" => 1..=100_000,
        "other_text" | "other_day" | "other_amount" | "vanishing" | "stays_beside" | "positive_pending"
        | "undated_pending" | "late" | "twins" | "repeated" | "moved_days" | "far_value_days"
        | "cut_texts" | "padded_texts" | "capital_texts" | "odd_members" | "odd_amounts" | "not_provided"
        | "placeholder" => 0..=100,
        _ => return None,
    })
}

/// Three letters.
pub(crate) fn currency(value: &Value) -> Result<String, String> {
    let letters = |text: &&str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let currency = value.as_str().filter(letters).map(str::to_owned);
    currency.ok_or_else(|| "currency must be three capital letters, such as EUR".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_named_profile_survives_json() {
        for (name, profile) in BankProfile::presets() {
            assert_eq!(BankProfile::from_json(&profile.to_json()).as_ref(), Ok(&profile), "{name}");
            assert_eq!(BankProfile::from_json(&json!({ "preset": name })).as_ref(), Ok(&profile), "{name}");
        }
    }

    #[test]
    fn nothing_is_calm() {
        assert_eq!(BankProfile::from_json(&json!({})), Ok(BankProfile::calm()));
    }

    #[test]
    fn what_does_not_fit_is_refused_in_one_sentence() {
        for (profile, why) in [
            (json!([]), "a profile must be a JSON object"),
            (json!({ "twin": 1 }), "twin: unknown field `twin`, expected one of `transaction_id`, "),
            (json!({ "preset": "x" }), "preset must be one of: calm, no-ids, "),
            (json!({ "pending_days": 29 }), "pending_days must be a whole number from 0 to 28"),
            (
                json!({ "transaction_id": "x" }),
                "transaction_id: unknown variant `x`, expected one of `stable`, `absent`, ",
            ),
            (json!({ "transaction_id": { "form_days": 0 } }), "form_days must be a whole number from 1 to "),
            (json!({ "accounts": [] }), "accounts must be a list of at least one account"),
            (json!({ "accounts": [{ "currency": "euro" }] }), "currency must be three capital letters"),
            (json!({ "accounts": [{ "x": 1 }] }), "accounts: unknown field `x`, expected one of `kind`, "),
            (json!({ "balance_types": [1] }), "balance_types: invalid type: integer `1`, expected a string"),
            (
                json!({ "balance_types": "x" }),
                "balance_types: invalid type: string \"x\", expected a sequence",
            ),
            (json!({ "pending": 1 }), "pending: invalid type: integer `1`, expected a boolean"),
            (json!({ "twins": "1" }), "twins must be a whole number from 0 to 100"),
            (json!({ "twins": null }), "twins: invalid type: null, expected u8"),
        ] {
            let error = BankProfile::from_json(&profile).unwrap_err();
            assert!(error.starts_with(why), "{error}");
        }
    }

    #[test]
    fn every_number_of_a_profile_has_its_range() {
        for (name, value) in BankProfile::calm().to_json().as_object().unwrap() {
            assert_eq!(range(name).is_some(), value.is_number() || value.is_null(), "{name}");
        }
    }
}
