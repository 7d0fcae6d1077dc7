//! How far a download has come, for whoever looks at a terminal; for a log, one line at the end.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// A display on the standard error.
#[derive(Debug)]
pub(crate) struct Progress {
    is_terminal: bool,
    shown: Option<Instant>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { is_terminal: std::io::stderr().is_terminal(), shown: None }
    }

    /// Shows the bytes so far, not more often than an eye can see.
    pub(crate) fn at(&mut self, bytes: u64, of: Option<u64>) {
        const PAUSE: Duration = Duration::from_millis(100);
        if !self.is_terminal || self.shown.is_some_and(|shown| shown.elapsed() < PAUSE) {
            return;
        }
        let of = of.map(|of| format!(" of {}", grouped(of))).unwrap_or_default();
        // A display that cannot be written is no reason to stop.
        let _ = write!(std::io::stderr(), "\r\x1b[K  {}{of} bytes", grouped(bytes));
        let _ = std::io::stderr().flush();
        self.shown = Some(Instant::now());
    }

    /// Ends the display with what came, or with nothing if it broke off.
    pub(crate) fn end(&mut self, bytes: Option<u64>) {
        let clear = if self.is_terminal { "\r\x1b[K" } else { "" };
        let line = bytes.map(|bytes| format!("fetched {} bytes\n", grouped(bytes))).unwrap_or_default();
        let _ = write!(std::io::stderr(), "{clear}{line}");
    }
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn great_numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (16_777_216, "16,777,216")] {
            assert_eq!(grouped(number), text);
        }
    }
}
