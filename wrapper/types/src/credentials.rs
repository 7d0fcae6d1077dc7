//! The secret id and key of a company.

use crate::Secret;
use crate::error::{InvalidRequestError, Result};

/// A secret id and key, as the portal of the service gives them.
///
/// `Debug` shows neither. A client keeps the credentials it was built with. After they are replaced in the portal, build a
/// new client and drop the old one: a rejection of the old ones, and the back-off after it, belong to the old client, so the
/// new ones are tried with the first call. Calls in flight complete with the token they have.
///
/// ```
/// use gocardless_bank_data_types::Credentials;
///
/// let credentials = Credentials::new("3fa85f64-5717-4562-b3fc-2c963f66afa6", "open sesame");
/// assert!(!format!("{credentials:?}").contains("sesame"));
/// ```
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The secret id, a UUID.
    pub secret_id: Secret,
    /// The secret key.
    pub secret_key: Secret,
}

impl Credentials {
    /// Takes a secret id and key.
    pub fn new(secret_id: impl Into<Secret>, secret_key: impl Into<Secret>) -> Self {
        Self { secret_id: secret_id.into(), secret_key: secret_key.into() }
    }

    /// Reads `GOCARDLESS_SECRET_ID` and `GOCARDLESS_SECRET_KEY`.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) if one of them is missing or empty.
    pub fn from_env() -> Result<Self> {
        Ok(Self {
            secret_id: variable("GOCARDLESS_SECRET_ID")?,
            secret_key: variable("GOCARDLESS_SECRET_KEY")?,
        })
    }
}

fn variable(name: &'static str) -> Result<Secret> {
    half(name, std::env::var(name).ok().as_deref())
}

/// One half of the credentials, from the text that the variable `name` has.
fn half(name: &'static str, text: Option<&str>) -> Result<Secret> {
    match text.map(str::trim) {
        Some(text) if !text.is_empty() => Ok(Secret::from(text)),
        _ => Err(InvalidRequestError::new(name, "is not set; set it to the value from the portal").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_gives_its_text_without_the_blanks_around_it_and_an_empty_one_none() {
        assert_eq!(half("KEY", Some(" open sesame\n")).unwrap().expose(), "open sesame");
        for text in [None, Some(""), Some(" \n")] {
            let refused = half("KEY", text).unwrap_err().to_string();
            assert_eq!(refused, "KEY: is not set; set it to the value from the portal");
        }
    }
}
