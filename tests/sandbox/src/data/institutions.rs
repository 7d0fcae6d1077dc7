//! The catalogue of institutions: the vendor's sandbox bank, four banks in each country, two across borders, and one for each
//! named profile.
//!
//! Built from the names at the end and the profiles here, once per process. No such banks exist.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::profile::BankProfile;

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

    /// As the API shows it; `access` is the most days of consent if the bank's profile says so. Lists show as much as the
    /// single view: the contract does not say so, the wire does.
    pub(crate) fn view(&self, access: Option<u32>) -> Value {
        let mut view = json!({
            "id": self.id,
            "name": self.name,
            "bic": self.bic,
            // The API sends day counts as text.
            "transaction_total_days": self.total_days.to_string(),
            "max_access_valid_for_days": access.unwrap_or(self.max_access).to_string(),
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
    all.extend(BankProfile::about_presets().map(|(name, about)| profile_bank(name, about)));
    all
}

/// The bank that behaves as a named profile says. It is in the list without country only, as the vendor's own.
fn profile_bank(name: &str, about: &str) -> Institution {
    Institution {
        id: BankProfile::institution(name),
        name: format!("Sandbox Profile {name}: {about}"),
        bic: "SFIN0001".to_owned(),
        total_days: 730,
        max_access: 180,
        ..sandbox_finance()
    }
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

/// Country, and the names of its banks in the order of the profiles in `institutions.rs`.
pub(crate) const BANKS: [(&str, [&str; 4]); 31] = [
    ("AT", ["Alpenquell Bank", "Donaufels Sparkasse", "Murmeltier Direkt", "Gamsblick Privatbank"]),
    ("BE", ["Bank van de Zeven Kanalen", "Ardenvelle Banque", "Kompas Direct", "Griffioen Krediet"]),
    ("BG", ["Rila Zora Bank", "Tundzha Savings", "Black Poppy Bank", "Perperik Credit"]),
    ("HR", ["Jadranova Banka", "Velebit Stedionica", "Lavanda Direkt", "Plava Kuna Banka"]),
    ("CY", ["Troodhos Harbour Bank", "Kypros Almond Bank", "Bank of the Moufflon", "Salamina Credit"]),
    ("CZ", ["Vltavska Lipova Banka", "Moravske Zrno", "Krtek Direct", "Krkonos Sporitelna"]),
    ("DK", ["Fyrtaarn Bank", "Limfjord Sparekasse", "Havfrue Direkt", "Rav og Klit Bank"]),
    ("EE", ["Kadakas Pank", "Saaremaa Hoiupank", "Pohjatuul Pank", "Tamme Krediit"]),
    ("FI", ["Revontuli Pankki", "Saimaan Saastokassa", "Pikkupeura Pankki", "Kuukkeli Direkti"]),
    ("FR", ["Banque du Grand Tilleul", "Credit des Trois Rivieres", "Hirondelle Direct", "Caisse du Phare"]),
    ("DE", ["Lindenhain Bank", "Sparkasse Oberfels", "Eichhorn Direkt", "Nordlicht Genossenschaft"]),
    ("GR", ["Trapeza Elaiona", "Bank of Kalamos", "Meltemi Direct", "Thalassa Pisti"]),
    ("HU", ["Tiszavirag Bank", "Bukki Takarek", "Golya Direkt", "Paprika Hitel"]),
    ("IS", ["Nordurljos Banki", "Hverasparisjodur", "Lundi Direkt", "Jokla Banki"]),
    ("IE", ["Bank of Tirnavarra", "Shannonmere Credit", "Puffin Direct", "Claddagh Savings"]),
    ("IT", ["Banca del Girasole", "Cassa di Montefiore", "Civetta Diretta", "Credito Lagunare"]),
    ("LV", ["Dzintara Krasta Banka", "Gaujas Krajkase", "Stabule Direkt", "Baltais Starkis"]),
    ("LI", ["Dreischwestern Bank", "Rheinau Privatbank", "Enzian Direkt", "Falknis Kredit"]),
    ("LT", ["Gintaro Juros Bankas", "Nemuno Taupykla", "Gandras Direkt", "Azuolo Kreditas"]),
    ("LU", ["Banque de la Petite Vallee", "Mosella Epargne", "Renard Direct", "Kleeschen Bank"]),
    ("MT", ["Bank of the Eight Points", "Luzzu Savings", "Gebla Direct", "Gardjola Credit"]),
    ("NL", ["Waterlinie Bank", "Polderspaarkas", "Kievit Direct", "Stroopgracht Krediet"]),
    ("NO", ["Fjordlys Bank", "Tindefjell Sparebank", "Lundefugl Direkte", "Torsk og Nett Bank"]),
    ("PL", ["Bank Zlota Sowa", "Kasa Mazurska", "Bocian Direct", "Bursztyn Kredyt"]),
    ("PT", ["Banco do Farol", "Caixa da Cortica", "Andorinha Directo", "Credito Azulejo"]),
    ("RO", ["Banca Codrului", "Casa Dunarii", "Mierla Direct", "Credit Carpatin Alb"]),
    ("SK", ["Tatranska Plesova Banka", "Dukla Sporitelna", "Svist Direkt", "Modranska Banka"]),
    ("SI", ["Lipicanska Banka", "Sava Hranilnica", "Zlatorog Direkt", "Soska Banka"]),
    ("ES", ["Banco de la Encina", "Caja Tres Molinos", "Lince Directo", "Credito Levantino"]),
    ("SE", ["Norrskensbanken", "Sparbanken Lingonmo", "Dalahasten Direkt", "Skargardskredit"]),
    ("GB", ["Fernwick Bank", "Wharfedale Mutual", "Hedgehog Money", "Bank of Lanternhill"]),
];

/// Banks in many countries at once.
pub(crate) const BORDERLESS: [&str; 2] = ["Halcyon One", "Tern Mobile"];

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
        for bank in catalogue().iter().filter(|bank| !bank.id.starts_with("PROFILE_")) {
            let (name, bic) = bank.id.split_once('_').unwrap();
            assert!(!name.is_empty() && bic.len() == 8, "{}", bank.id);
            assert!(bank.id.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
        }
    }
}
