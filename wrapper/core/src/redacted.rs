//! What stands in `Debug` output in place of a secret or of bank data.

use std::fmt;

/// Prints as `<redacted>`, whatever it holds.
///
/// The generated `Debug` implementations use it for every member that may hold bank data, so that a logged struct
/// shows its shape and never its content.
///
/// ```
/// use gocardless_bank_data_core::Redacted;
///
/// let iban = Some("GL2981370000081378".to_owned());
/// assert_eq!(format!("{:?}", Redacted::of(&"GL2981370000081378")), "<redacted>");
/// assert_eq!(format!("{:?}", Redacted::option(&iban)), "Some(<redacted>)");
/// assert_eq!(format!("{:?}", Redacted::option(&None::<String>)), "None");
/// ```
pub struct Redacted {
    shown: &'static str,
}

impl Redacted {
    /// Stands for `value` without showing it.
    pub fn of<T: ?Sized>(_value: &T) -> Self {
        Self { shown: "<redacted>" }
    }

    /// Stands for `value`, showing only whether there is one.
    pub fn option<T>(value: &Option<T>) -> Self {
        Self { shown: if value.is_some() { "Some(<redacted>)" } else { "None" } }
    }
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown)
    }
}
