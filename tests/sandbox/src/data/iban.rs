//! Account numbers of Greenland with valid check digits, as the vendor's sandbox bank has them.

use crate::random::Random;

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
