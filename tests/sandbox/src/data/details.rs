//! The details of an account, as its bank has them, and its number.

use serde_json::{Map, Value, json};

use super::odd;
use crate::profile::{AccountKind, AccountNumber, BankProfile};
use crate::random::Random;
use crate::state::Facts;

/// The body of the details operation.
pub(crate) fn details(facts: &Facts, profile: &BankProfile) -> Value {
    let mut random = Random::stream(facts.key, "details");
    // Like the ULIDs of the vendor's sandbox bank.
    let resource = format!("01F3NS4YV9{}", random.hex(16).to_ascii_uppercase());
    let (scan, second) = (random.digits(14), random.digits(9));
    let mut details = Map::new();
    let mut put = |name: &str, value: Value| details.insert(name.to_owned(), value);
    put("resourceId", resource.into());
    put("currency", facts.currency.as_str().into());
    put("ownerName", facts.owner.as_str().into());
    put("name", facts.name.as_str().into());
    put("status", "enabled".into());
    put("usage", "PRIV".into());
    if let Some(iban) = &facts.iban {
        put("iban", iban.as_str().into());
    }
    match facts.kind {
        AccountKind::Current => {
            put("product", "Checkings".into());
            put("cashAccountType", "CACC".into());
            put("bic", "SFIN0000".into());
            put("ownerAddressUnstructured", json!(["Aqqusinersuaq 7", "3900 Nuuk"]));
        }
        // What the main account lacks, so that every member of the contract is met once.
        AccountKind::Card => {
            if let (Some(iban), AccountNumber::Iban | AccountNumber::SharedIban) = (&facts.iban, facts.number)
            {
                put("bban", iban.get(4..).unwrap_or_default().into());
                put("scan", scan.into());
                put("additionalAccountData", json!({ "secondaryIdentification": second }));
            }
            if facts.number != AccountNumber::Absent {
                put("maskedPan", masked_pan(facts.key).into());
            }
            put("displayName", "Jane's card".into());
            put("product", "Card".into());
            put("cashAccountType", "OTHR".into());
            put("details", "Statement on the 20th".into());
            put(
                "ownerAddressStructured",
                json!({
                    "streetName": "Imaneq",
                    "buildingNumber": "33",
                    "townName": "Nuuk",
                    "postCode": "3900",
                    "country": "GL",
                }),
            );
        }
    }
    details.extend(facts.details.clone());
    if profile.odd_members > 0 {
        odd::details(&mut details);
    }
    json!({ "account": details })
}

/// The number of a key's card, most of it hidden.
pub(crate) fn masked_pan(key: u64) -> String {
    format!("535910******{}", Random::stream(key, "masked").digits(4))
}

/// The IBAN of a key: `GL`, two check digits, 14 digits.
pub(crate) fn iban(key: u64) -> String {
    let number = Random::stream(key, "iban").digits(14);
    // ISO 7064 over the number, then the country (G = 16, L = 21) and two zeros.
    let remainder = format!("{number}162100")
        .bytes()
        .fold(0_u32, |remainder, digit| (remainder * 10 + u32::from(digit - b'0')) % 97);
    format!("GL{:02}{number}", 98 - remainder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_valid() {
        for key in 0..500 {
            let iban = iban(key);
            assert_eq!(iban.len(), 18);
            let moved = format!("{}1621{}", &iban[4..], &iban[2..4]);
            let remainder = moved.bytes().fold(0_u32, |r, digit| (r * 10 + u32::from(digit - b'0')) % 97);
            assert_eq!(remainder, 1, "{iban}");
        }
    }
}
