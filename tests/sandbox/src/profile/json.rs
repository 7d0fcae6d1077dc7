//! A profile as JSON: every member may be left out, an unknown or unfitting one is refused with a sentence.

use serde_json::{Map, Value, json};

use super::{
    AccountIds, AccountKind, AccountNumber, AccountProfile, BankProfile, EntryReferences, InternalIds,
    TransactionIds,
};

/// The most that `pending_days` and `late_days` can be.
const MOST_DAYS: u64 = 28;

/// The members that are shares in percent.
type Share = (&'static str, fn(&mut BankProfile) -> &mut u8);
const SHARES: [Share; 17] = [
    ("other_text", |p| &mut p.other_text),
    ("other_day", |p| &mut p.other_day),
    ("other_amount", |p| &mut p.other_amount),
    ("vanishing", |p| &mut p.vanishing),
    ("stays_beside", |p| &mut p.stays_beside),
    ("positive_pending", |p| &mut p.positive_pending),
    ("undated_pending", |p| &mut p.undated_pending),
    ("late", |p| &mut p.late),
    ("twins", |p| &mut p.twins),
    ("repeated", |p| &mut p.repeated),
    ("moved_days", |p| &mut p.moved_days),
    ("far_value_days", |p| &mut p.far_value_days),
    ("cut_texts", |p| &mut p.cut_texts),
    ("padded_texts", |p| &mut p.padded_texts),
    ("capital_texts", |p| &mut p.capital_texts),
    ("odd_members", |p| &mut p.odd_members),
    ("odd_amounts", |p| &mut p.odd_amounts),
];

/// The members that may be no number.
type Bound = (&'static str, fn(&mut BankProfile) -> &mut Option<u32>);
const BOUNDS: [Bound; 4] = [
    ("frozen_over_days", |p| &mut p.frozen_over_days),
    ("window_days", |p| &mut p.window_days),
    ("most_entries", |p| &mut p.most_entries),
    ("access_days", |p| &mut p.access_days),
];

/// One value of an enumeration that is one word in JSON.
type Word<T> = (&'static str, T);
const TRANSACTION_IDS: [Word<TransactionIds>; 4] = [
    ("stable", TransactionIds::Stable),
    ("absent", TransactionIds::Absent),
    ("kept", TransactionIds::Kept),
    ("changed-on-settlement", TransactionIds::ChangedOnSettlement),
];
const INTERNAL_IDS: [Word<InternalIds>; 4] = [
    ("stable", InternalIds::Stable),
    ("absent", InternalIds::Absent),
    ("each-read", InternalIds::EachRead),
    ("each-link", InternalIds::EachLink),
];
const REFERENCES: [Word<EntryReferences>; 2] =
    [("stable", EntryReferences::Stable), ("absent", EntryReferences::Absent)];
const ACCOUNT_IDS: [Word<AccountIds>; 2] = [("new", AccountIds::New), ("kept", AccountIds::Kept)];
const KINDS: [Word<AccountKind>; 2] = [("current", AccountKind::Current), ("card", AccountKind::Card)];
const NUMBERS: [Word<AccountNumber>; 5] = [
    ("iban", AccountNumber::Iban),
    ("shared-iban", AccountNumber::SharedIban),
    ("masked", AccountNumber::Masked),
    ("masked-as-iban", AccountNumber::MaskedAsIban),
    ("none", AccountNumber::Absent),
];

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
            Some(name) => name.as_str().and_then(Self::preset).ok_or_else(|| {
                let names: Vec<&str> = Self::presets().map(|(name, _)| name).collect();
                format!("preset must be one of: {}", names.join(", "))
            })?,
        };
        for (name, value) in members.iter().filter(|member| member.0 != "preset") {
            profile.set(name, value)?;
        }
        Ok(profile)
    }

    fn set(&mut self, name: &str, value: &Value) -> Result<(), String> {
        if let Some((_, place)) = SHARES.iter().find(|share| share.0 == name) {
            *place(self) = percent(name, value)?;
            return Ok(());
        }
        if let Some((_, place)) = BOUNDS.iter().find(|bound| bound.0 == name) {
            *place(self) = if value.is_null() { None } else { Some(number(name, value, 1, 100_000)?) };
            return Ok(());
        }
        match name {
            "pending_days" => self.pending_days = number(name, value, 0, MOST_DAYS)?,
            "late_days" => self.late_days = number(name, value, 1, MOST_DAYS)?,
            "pending" => self.pending = flag(name, value)?,
            "code_changes" => self.code_changes = flag(name, value)?,
            "booking_times" => self.booking_times = flag(name, value)?,
            "balance_after" => self.balance_after = flag(name, value)?,
            "transaction_id" => {
                self.transaction_id = match only_member(value) {
                    Some(("form_days", n)) => TransactionIds::ChangingForm(number("form_days", n, 1, 9_999)?),
                    Some(("regenerated_days", n)) => {
                        TransactionIds::Regenerated(number("regenerated_days", n, 1, 9_999)?)
                    }
                    Some(("not_provided", n)) => TransactionIds::NotProvided(percent("not_provided", n)?),
                    Some(("placeholder", n)) => TransactionIds::Placeholder(percent("placeholder", n)?),
                    _ => word(
                        name,
                        value,
                        &TRANSACTION_IDS,
                        ", or an object with form_days, regenerated_days, not_provided or placeholder",
                    )?,
                }
            }
            "internal_id" => {
                self.internal_id = match only_member(value) {
                    Some(("regenerated_days", n)) => {
                        InternalIds::Regenerated(number("regenerated_days", n, 1, 9_999)?)
                    }
                    _ => word(name, value, &INTERNAL_IDS, ", or an object with regenerated_days")?,
                }
            }
            "entry_reference" => {
                self.entry_reference = match only_member(value) {
                    Some(("form_days", n)) => {
                        EntryReferences::ChangingForm(number("form_days", n, 1, 9_999)?)
                    }
                    _ => word(name, value, &REFERENCES, ", or an object with form_days")?,
                }
            }
            "account_ids" => self.account_ids = word(name, value, &ACCOUNT_IDS, "")?,
            "balance_types" => {
                let types = value.as_array().into_iter().flatten().map(|one| one.as_str().map(str::to_owned));
                let types: Option<Vec<String>> = types.collect();
                self.balance_types =
                    types.filter(|_| value.is_array()).ok_or("balance_types must be a list of texts")?;
            }
            "accounts" => {
                let accounts = value.as_array().filter(|accounts| !accounts.is_empty());
                let accounts = accounts.ok_or("accounts must be a list of at least one account")?;
                self.accounts = accounts.iter().map(account).collect::<Result<_, _>>()?;
            }
            _ => {
                let known = Self::calm().to_json();
                let known: Vec<&str> =
                    known.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
                return Err(format!("unknown member {name}; known are: preset, {}", known.join(", ")));
            }
        }
        Ok(())
    }

    /// The profile as JSON, with every member.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut copy = self.clone();
        let mut json = Map::new();
        for (name, place) in SHARES {
            json.insert(name.to_owned(), json!(*place(&mut copy)));
        }
        for (name, place) in BOUNDS {
            json.insert(name.to_owned(), json!(*place(&mut copy)));
        }
        let accounts: Vec<Value> = self.accounts.iter().map(account_json).collect();
        for (name, value) in [
            ("pending_days", json!(self.pending_days)),
            ("late_days", json!(self.late_days)),
            ("pending", json!(self.pending)),
            ("code_changes", json!(self.code_changes)),
            ("booking_times", json!(self.booking_times)),
            ("balance_after", json!(self.balance_after)),
            ("account_ids", json!(name_of(&ACCOUNT_IDS, self.account_ids))),
            ("balance_types", json!(self.balance_types)),
            ("accounts", json!(accounts)),
            (
                "transaction_id",
                match self.transaction_id {
                    TransactionIds::ChangingForm(days) => json!({ "form_days": days }),
                    TransactionIds::Regenerated(days) => json!({ "regenerated_days": days }),
                    TransactionIds::NotProvided(share) => json!({ "not_provided": share }),
                    TransactionIds::Placeholder(share) => json!({ "placeholder": share }),
                    one => json!(name_of(&TRANSACTION_IDS, one)),
                },
            ),
            (
                "internal_id",
                match self.internal_id {
                    InternalIds::Regenerated(days) => json!({ "regenerated_days": days }),
                    one => json!(name_of(&INTERNAL_IDS, one)),
                },
            ),
            (
                "entry_reference",
                match self.entry_reference {
                    EntryReferences::ChangingForm(days) => json!({ "form_days": days }),
                    one => json!(name_of(&REFERENCES, one)),
                },
            ),
        ] {
            json.insert(name.to_owned(), value);
        }
        Value::Object(json)
    }
}

fn account(value: &Value) -> Result<AccountProfile, String> {
    let members = value.as_object().ok_or("an account of a profile must be a JSON object")?;
    let mut account = AccountProfile::new(AccountKind::Current, "EUR");
    for (name, value) in members {
        match name.as_str() {
            "kind" => account.kind = word(name, value, &KINDS, "")?,
            "currency" => account.currency = currency(value)?,
            "number" => account.number = word(name, value, &NUMBERS, "")?,
            "from_link" => account.from_link = number(name, value, 1, 1_000)?,
            "until_link" if value.is_null() => account.until_link = None,
            "until_link" => account.until_link = Some(number(name, value, 1, 1_000)?),
            _ => {
                return Err(format!(
                    "unknown member {name} of an account; known are: kind, currency, number, from_link, until_link"
                ));
            }
        }
    }
    Ok(account)
}

fn account_json(account: &AccountProfile) -> Value {
    json!({
        "kind": name_of(&KINDS, account.kind),
        "currency": account.currency,
        "number": name_of(&NUMBERS, account.number),
        "from_link": account.from_link,
        "until_link": account.until_link,
    })
}

/// Three letters.
pub(crate) fn currency(value: &Value) -> Result<String, String> {
    let letters = |text: &&str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let currency = value.as_str().filter(letters).map(str::to_owned);
    currency.ok_or_else(|| "currency must be three capital letters, such as EUR".to_owned())
}

fn name_of<T: PartialEq + Copy>(words: &[Word<T>], value: T) -> &'static str {
    words.iter().find(|word| word.1 == value).map_or("", |word| word.0)
}

fn word<T: Copy>(name: &str, value: &Value, words: &[Word<T>], others: &str) -> Result<T, String> {
    let found = value.as_str().and_then(|text| words.iter().find(|word| word.0 == text));
    found.map(|word| word.1).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|word| word.0).collect();
        format!("{name} must be one of: {}{others}", known.join(", "))
    })
}

fn flag(name: &str, value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("{name} must be true or false"))
}

fn percent(name: &str, value: &Value) -> Result<u8, String> {
    number(name, value, 0, 100)
}

fn number<T: TryFrom<u64>>(name: &str, value: &Value, least: u64, most: u64) -> Result<T, String> {
    let fitting = value.as_u64().filter(|number| (least..=most).contains(number));
    let number = fitting.and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| format!("{name} must be a whole number from {least} to {most}"))
}

/// The one member of an object.
fn only_member(value: &Value) -> Option<(&str, &Value)> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    members.iter().next().map(|(name, value)| (name.as_str(), value))
}

#[cfg(test)]
mod tests {
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
    fn what_does_not_fit_is_told_in_one_sentence() {
        for (profile, why) in [
            (json!([]), "a profile must be a JSON object"),
            (json!({ "twin": 1 }), "unknown member twin; known are: preset, "),
            (json!({ "preset": "x" }), "preset must be one of: calm, no-ids, "),
            (json!({ "pending_days": 29 }), "pending_days must be a whole number from 0 to 28"),
            (json!({ "transaction_id": "x" }), "transaction_id must be one of: stable, absent, kept, "),
            (json!({ "transaction_id": { "form_days": 0 } }), "form_days must be a whole number from 1 to "),
            (json!({ "accounts": [] }), "accounts must be a list of at least one account"),
            (json!({ "accounts": [{ "currency": "euro" }] }), "currency must be three capital letters"),
            (json!({ "accounts": [{ "x": 1 }] }), "unknown member x of an account"),
            (json!({ "balance_types": [1] }), "balance_types must be a list of texts"),
            (json!({ "balance_types": "x" }), "balance_types must be a list of texts"),
            (json!({ "pending": 1 }), "pending must be true or false"),
        ] {
            let told = BankProfile::from_json(&profile).unwrap_err();
            assert!(told.starts_with(why), "{told}");
        }
    }
}
