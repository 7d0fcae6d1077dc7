//! The catalogue of institutions: the vendor's sandbox bank, four banks in each country and two across borders.
//!
//! Built from the names in `banks.rs` and the profiles here, once per process.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::banks::{BANKS, BORDERLESS};

/// The 31 countries that the API serves.
pub(crate) static COUNTRIES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| BANKS.iter().map(|row| row.0).collect());

/// One institution.
#[derive(Clone, Debug)]
pub(crate) struct Institution {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) bic: String,
    /// How far back its transactions go.
    pub(crate) total_days: u32,
    /// How long a consent may last.
    pub(crate) max_access: u32,
    /// How long with reconfirmation, where there is such a thing.
    pub(crate) max_access_reconfirmed: Option<u32>,
    pub(crate) countries: Vec<String>,
    pub(crate) features: Vec<&'static str>,
}

impl Institution {
    pub(crate) fn has(&self, feature: &str) -> bool {
        self.features.contains(&feature)
    }

    /// As the API shows it. Lists show as much as the single view: the contract does not say so, the wire does.
    pub(crate) fn view(&self) -> Value {
        let mut view = json!({
            "id": self.id,
            "name": self.name,
            "bic": self.bic,
            // The API sends day counts as text.
            "transaction_total_days": self.total_days.to_string(),
            "max_access_valid_for_days": self.max_access.to_string(),
            "countries": self.countries,
            "logo": format!("https://cdn-logos.gocardless.com/ais/{}.png", self.id),
            "supported_features": self.features,
            "identification_codes": [],
        });
        if let (Some(members), Some(days)) = (view.as_object_mut(), self.max_access_reconfirmed) {
            members.insert("max_access_valid_for_days_reconfirmation".to_owned(), days.to_string().into());
        }
        view
    }
}

/// What the n-th bank of a country is like: days of history, days of consent, features.
const PROFILES: [(u32, u32, &[&str]); 4] = [
    (
        730,
        180,
        &[
            "access_scopes",
            "account_selection",
            "business_accounts",
            "card_accounts",
            "corporate_accounts",
            "pending_transactions",
            "private_accounts",
            "read_debtor_account",
            "read_refund_account",
            "submit_payment",
        ],
    ),
    (90, 90, &["business_accounts", "pending_transactions", "private_accounts"]),
    (
        365,
        180,
        &["card_accounts", "pending_transactions", "private_accounts", "separate_continuous_history_consent"],
    ),
    (180, 90, &["access_scopes", "corporate_accounts", "private_accounts", "ssn_verification"]),
];

static CATALOGUE: LazyLock<Vec<Institution>> = LazyLock::new(build);

/// All institutions, the vendor's sandbox bank first.
pub(crate) fn catalogue() -> &'static [Institution] {
    &CATALOGUE
}

/// The institution of an id; capitals matter.
pub(crate) fn find(id: &str) -> Option<&'static Institution> {
    catalogue().iter().find(|institution| institution.id == id)
}

fn build() -> Vec<Institution> {
    let mut all = vec![sandbox_finance()];
    for (country, names) in BANKS {
        for (name, (total_days, max_access, features)) in names.into_iter().zip(PROFILES) {
            let mut bank = bank(name, country, "22");
            bank.total_days = total_days;
            bank.max_access = max_access;
            bank.features = features.to_vec();
            // Consents are reconfirmed in the United Kingdom only, and last 90 days there.
            if country == "GB" {
                bank.max_access = 90;
                bank.max_access_reconfirmed = Some(730);
                bank.features.push("reconfirmation_of_consent");
            }
            all.push(bank);
        }
    }
    for (name, home) in BORDERLESS.into_iter().zip(["LT", "DE"]) {
        let mut bank = bank(name, home, "XX");
        bank.countries =
            COUNTRIES.iter().filter(|country| **country != "GB").map(|&c| c.to_owned()).collect();
        all.push(bank);
    }
    all
}

/// The vendor's own bank for trying things out. Its country is `XX`, which no list can be asked for.
fn sandbox_finance() -> Institution {
    Institution {
        id: "SANDBOXFINANCE_SFIN0000".to_owned(),
        name: "Sandbox Finance".to_owned(),
        bic: "SFIN0000".to_owned(),
        total_days: 90,
        max_access: 180,
        max_access_reconfirmed: None,
        countries: vec!["XX".to_owned()],
        features: vec![
            "account_selection",
            "business_accounts",
            "card_accounts",
            "pending_transactions",
            "private_accounts",
        ],
    }
}

/// A bank with the id and BIC that follow from its name and country.
fn bank(name: &str, country: &str, place: &str) -> Institution {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.to_ascii_uppercase();
    let code: String =
        letters.chars().filter(|letter| !"AEIOU".contains(*letter)).chain("XXXX".chars()).take(4).collect();
    let bic = format!("{code}{country}{place}");
    Institution {
        id: format!("{letters}_{bic}"),
        name: name.to_owned(),
        bic,
        total_days: 730,
        max_access: 180,
        max_access_reconfirmed: None,
        countries: vec![country.to_owned()],
        features: vec!["card_accounts", "pending_transactions", "private_accounts"],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_country_has_several_banks_and_every_id_is_its_own() {
        let ids: HashSet<_> = catalogue().iter().map(|bank| &bank.id).collect();
        assert_eq!(ids.len(), catalogue().len());
        for country in COUNTRIES.iter() {
            let banks = catalogue().iter().filter(|bank| bank.countries.iter().any(|c| c == country)).count();
            assert!(banks >= 4, "{country} has {banks}");
        }
    }

    #[test]
    fn ids_have_the_vendors_shape() {
        for bank in catalogue() {
            let (name, bic) = bank.id.split_once('_').unwrap();
            assert!(!name.is_empty() && bic.len() == 8, "{}", bank.id);
            assert!(bank.id.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
        }
    }
}
