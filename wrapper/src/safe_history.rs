//! How far back an agreement may safely reach.

use gocardless_bank_data_types::{Days, Entries, Feature};

use crate::model::{Institution, InstitutionDetails};

/// What an agreement covers unless it says otherwise, and what is safe with every institution.
const DEFAULT_DAYS: u32 = 90;

/// How many days of history an agreement with an institution may safely ask for.
///
/// At some 30 institutions an agreement for more than 90 days gives the transactions **once**: every later read returns
/// the same list without new transactions, and without an error, until the agreement ends. The vendor's help page
/// "Extended history and continuous access edge cases" says so, and users report it (`docs/api.md#safe-history`).
///
/// ```no_run
/// use gocardless_bank_data::SafeHistory;
///
/// # async fn run(bank: gocardless_bank_data::BankData) -> gocardless_bank_data::Result<()> {
/// let institution = bank.institutions().get("FERNWICKBANK_FRNWGB22").await?;
/// let agreement =
///     bank.agreements().create(&institution).max_historical_days(institution.safe_history_days()).await?;
/// # let _ = agreement;
/// # Ok(())
/// # }
/// ```
pub trait SafeHistory: sealed::Sealed {
    /// The most days of history after which later reads still bring new transactions.
    ///
    /// These are all that the institution offers, or at most 90 if [`freezes_long_history`](Self::freezes_long_history) or
    /// it is not known. At COOP (Estonia) 179 days were reported to be safe; this method says 90.
    fn safe_history_days(&self) -> u32;

    /// Whether an agreement for more than 90 days gives the transactions only once: the institution has the feature
    /// `separate_continuous_history_consent`, in its list of features or as a member of its own. `None` if it says nothing
    /// about its features.
    ///
    /// For both a long history and new transactions, make two agreements, each with a requisition of its own: one for the
    /// history, and one for 90 days to go on with. They have different account ids.
    fn freezes_long_history(&self) -> Option<bool>;
}

mod sealed {
    pub trait Sealed {}
}

fn freezes(flag: Option<bool>, features: &Entries<Feature>) -> Option<bool> {
    let is_listed = features.contains(&Feature::SeparateContinuousHistoryConsent);
    match flag {
        Some(flag) => Some(flag || is_listed),
        None => features.is_present().then_some(is_listed),
    }
}

fn safe_days(offered: Option<&Days>, freezes: Option<bool>) -> u32 {
    let offered = offered.and_then(Days::get).unwrap_or(DEFAULT_DAYS);
    if freezes == Some(false) { offered } else { offered.min(DEFAULT_DAYS) }
}

macro_rules! safe_history {
    ($($institution:ty),+) => {$(
        impl sealed::Sealed for $institution {}

        impl SafeHistory for $institution {
            fn safe_history_days(&self) -> u32 {
                safe_days(self.transaction_total_days.as_ref(), self.freezes_long_history())
            }

            fn freezes_long_history(&self) -> Option<bool> {
                freezes(self.separate_continuous_history_consent, &self.supported_features)
            }
        }
    )+};
}

safe_history!(Institution, InstitutionDetails);

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn more_than_ninety_days_are_safe_only_if_the_institution_lists_features_and_not_this_one() {
        let (listed, without) = (json!(["separate_continuous_history_consent"]), json!(["card_accounts"]));
        for (features, flag, freezes, days) in [
            (&without, Value::Null, Some(false), [365, 30, 90]),
            (&json!([]), Value::Null, Some(false), [365, 30, 90]),
            (&listed, Value::Null, Some(true), [90, 30, 90]),
            (&without, json!(true), Some(true), [90, 30, 90]),
            (&listed, json!(false), Some(true), [90, 30, 90]),
            (&Value::Null, json!(false), Some(false), [365, 30, 90]),
            (&Value::Null, json!(true), Some(true), [90, 30, 90]),
            (&Value::Null, Value::Null, None, [90, 30, 90]),
        ] {
            for (total, days) in [json!("365"), json!(30), json!("many")].into_iter().zip(days) {
                let institution = json!({
                    "id": "A",
                    "name": "B",
                    "transaction_total_days": total,
                    "supported_features": features,
                    "separate_continuous_history_consent": flag,
                });
                let one: InstitutionDetails = serde_json::from_value(institution.clone()).unwrap();
                let listed: Institution = serde_json::from_value(institution.clone()).unwrap();
                assert_eq!(one.freezes_long_history(), freezes, "{institution}");
                assert_eq!(listed.freezes_long_history(), freezes, "{institution}");
                assert_eq!(
                    (one.safe_history_days(), listed.safe_history_days()),
                    (days, days),
                    "{institution}"
                );
            }
        }
    }
}
