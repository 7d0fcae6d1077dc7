//! The details of an account, as its bank has them, and its number.

use serde_json::{Value, json};

use crate::random::Random;
use crate::state::{Account, Role};

/// The body of the details operation.
pub(crate) fn details(account: &Account) -> Value {
    let mut random = Random::stream(account.key, "details");
    // Like the ULIDs of the vendor's sandbox bank.
    let resource = format!("01F3NS4YV9{}", random.hex(16).to_ascii_uppercase());
    let account = match account.role {
        Role::Main => json!({
            "resourceId": resource,
            "iban": account.iban,
            "currency": account.role.currency(),
            "ownerName": account.role.owner(),
            "name": account.role.name(),
            "product": "Checkings",
            "cashAccountType": "CACC",
            "status": "enabled",
            "bic": "SFIN0000",
            "usage": "PRIV",
            "ownerAddressUnstructured": ["Aqqusinersuaq 7", "3900 Nuuk"],
        }),
        // What the main account lacks, so that every member of the contract is met once.
        Role::Card => json!({
            "resourceId": resource,
            "iban": account.iban,
            "bban": account.iban.get(4..).unwrap_or_default(),
            "scan": random.digits(14),
            "currency": account.role.currency(),
            "ownerName": account.role.owner(),
            "name": account.role.name(),
            "displayName": "Jane's card",
            "product": "Card",
            "cashAccountType": "OTHR",
            "status": "enabled",
            "maskedPan": format!("535910******{}", random.digits(4)),
            "usage": "PRIV",
            "details": "Statement on the 20th",
            "ownerAddressStructured": {
                "streetName": "Imaneq",
                "buildingNumber": "33",
                "townName": "Nuuk",
                "postCode": "3900",
                "country": "GL",
            },
            "additionalAccountData": { "secondaryIdentification": random.digits(9) },
        }),
    };
    json!({ "account": account })
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
