//! Texts that cannot steer a terminal, whatever a bank or a payer wrote.

/// A text with blanks in place of control characters, and without those that turn the direction of what follows, so that a text
/// does not look like another one.
pub(crate) fn harmless(text: &str) -> String {
    let turns =
        |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !turns(c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_neither_control_characters_nor_ones_that_turn_its_direction() {
        assert_eq!(harmless("a\u{1b}[2J\r\nb\u{9b}c"), "a [2J  b c");
        assert_eq!(harmless("pay \u{202e}001\u{202c} \u{2066}x\u{2069}\u{200f}\u{200e}"), "pay 001 x");
        assert_eq!(harmless("Zoë שלום 😀"), "Zoë שלום 😀");
    }
}
