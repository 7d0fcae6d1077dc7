//! What happens on an account on one day: made from the account's key and the date alone, so that a day looks the
//! same whenever and however often it is asked for. No such shops or people exist.
//!
//! Knows nothing of balances, of booked and pending, or of JSON: that is `history.rs` and `books.rs`.

use chrono::{Datelike as _, Days, NaiveDate};

use crate::profile::AccountKind;
use crate::random::Random;

/// The kind of a movement, and what only that kind has.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A card payment at home.
    Card,
    /// A card payment in another currency: currency, cents in it, and units of it for one unit of ours.
    Abroad { currency: &'static str, cents: i64, rate: String },
    /// Money back from a shop.
    Refund,
    /// A direct debit under a mandate.
    Debit { mandate: &'static str },
    /// Salary.
    Salary,
    /// A transfer from or to a person.
    Transfer,
    /// The bank's own charge.
    Fee,
}

/// One movement of money.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) date: NaiveDate,
    pub(crate) kind: Kind,
    /// In hundredths of the account's currency; negative leaves the account.
    pub(crate) cents: i64,
    pub(crate) party: &'static str,
    pub(crate) remittance: String,
    /// Seconds since midnight.
    pub(crate) second: u32,
    /// What its identifiers are made from.
    pub(crate) key: u64,
}

/// The movements of one day, in the order of the clock. `twins` is the share of days with equal purchases.
pub(crate) fn of_day(kind: AccountKind, currency: &str, key: u64, date: NaiveDate, twins: u8) -> Vec<Entry> {
    let day = u64::from(date.num_days_from_ce().unsigned_abs());
    let mut maker = Maker { random: Random::stream(key ^ (day << 20), "day"), date, entries: Vec::new() };
    match kind {
        AccountKind::Current => maker.main_day(currency),
        AccountKind::Card => maker.card_day(currency),
    }
    // A stream of its own: with twins or without, the other movements are the same.
    maker.random = Random::stream(key ^ (day << 20), "twins");
    if maker.random.chance(u64::from(twins)) {
        maker.twins();
    }
    maker.entries.sort_by_key(|entry| entry.second);
    maker.entries
}

struct Maker {
    random: Random,
    date: NaiveDate,
    entries: Vec<Entry>,
}

impl Maker {
    fn add(&mut self, kind: Kind, cents: i64, party: &'static str, remittance: String) {
        let second = u32::try_from(self.random.between(6 * 3_600, 22 * 3_600)).unwrap_or(0);
        let key = self.random.next();
        self.entries.push(Entry { date: self.date, kind, cents, party, remittance, second, key });
    }

    fn last_of_month(&self) -> bool {
        self.date.checked_add_days(Days::new(1)).is_none_or(|next| next.month() != self.date.month())
    }

    fn main_day(&mut self, currency: &str) {
        let month = self.date.format("%m/%Y").to_string();
        for (day, party, text, cents, mandate) in MONTHLY {
            if self.date.day() == day {
                self.add(Kind::Debit { mandate }, cents, party, format!("{text} {month}"));
            }
        }
        if self.date.day() == 25 {
            let cents = self.random.between(312_000, 318_000);
            self.add(Kind::Salary, cents, EMPLOYER.0, format!("{} {month}", EMPLOYER.1));
        }
        if self.date.day() == 27 {
            // About what is left over in a month, so that no fortune grows from year to year.
            let cents = self.random.between(88_000, 100_000);
            self.add(Kind::Transfer, -cents, "Sparhafen Beispiel", "Savings plan".to_owned());
        }
        if self.last_of_month() {
            self.add(Kind::Fee, -490, "Sandbox Finance", "Account maintenance fee".to_owned());
        }
        self.card(65, &GROCERS);
        self.card(85, &CAFES);
        self.card(60, &CAFES);
        self.abroad(18, currency);
        self.refund(4, &GROCERS);
        self.transfer(16);
    }

    fn card_day(&mut self, currency: &str) {
        if self.date.day() == 20 {
            // About what is spent in a month, so that no debt grows from year to year.
            let cents = self.random.between(125_000, 140_000);
            self.add(Kind::Transfer, cents, "John Doe", "Card repayment".to_owned());
        }
        if self.last_of_month() {
            self.add(Kind::Fee, -300, "Sandbox Finance", "Card fee".to_owned());
        }
        self.card(80, &SHOPS);
        self.card(50, &SHOPS);
        self.abroad(34, currency);
        self.refund(5, &SHOPS);
    }

    /// Makes the first purchase of the day two or three times, and sometimes takes one back.
    fn twins(&mut self) {
        let first = self.entries.iter().find(|entry| entry.kind == Kind::Card).cloned();
        let Some(Entry { cents, party, remittance, .. }) = first else { return };
        for _ in 0..self.random.between(1, 2) {
            self.add(Kind::Card, cents, party, remittance.clone());
        }
        if self.random.chance(25) {
            self.add(Kind::Refund, -cents, party, remittance);
        }
    }

    fn card(&mut self, percent: u64, shops: &'static [(&'static str, i64, i64)]) {
        if self.random.chance(percent)
            && let Some(&(party, least, most)) = self.random.pick(shops)
        {
            let cents = self.random.between(least, most);
            self.add(Kind::Card, -cents, party, format!("PAYMENT {party}"));
        }
    }

    fn refund(&mut self, percent: u64, shops: &'static [(&'static str, i64, i64)]) {
        if self.random.chance(percent)
            && let Some(&(party, least, most)) = self.random.pick(shops)
        {
            let cents = self.random.between(least, most);
            self.add(Kind::Refund, cents, party, format!("REFUND {party}"));
        }
    }

    fn transfer(&mut self, percent: u64) {
        if self.random.chance(percent)
            && let Some(&(party, text)) = self.random.pick(&PEOPLE)
        {
            let amount = self.random.between(500, 9_000);
            let cents = if self.random.chance(50) { amount } else { -amount };
            self.add(Kind::Transfer, cents, party, text.to_owned());
        }
    }

    fn abroad(&mut self, percent: u64, home: &str) {
        if self.random.chance(percent)
            && let Some(&(party, currency, least, most)) = self.random.pick(&ABROAD)
            && currency != home
        {
            let foreign = self.random.between(least, most);
            let rate = self.rate(home, currency);
            // Hundredths of ours, rounded to the nearest: foreign / rate, the rate being in ten-thousandths.
            let cents = (foreign * 10_000 + rate / 2) / rate;
            let rate = format!("{}.{:04}", rate / 10_000, rate % 10_000);
            let kind = Kind::Abroad { currency, cents: foreign, rate };
            self.add(kind, -cents.max(1), party, format!("{party} {currency}"));
        }
    }

    /// Ten-thousandths of the foreign currency for one unit of ours, within two percent of a plausible rate.
    fn rate(&mut self, home: &str, currency: &str) -> i64 {
        let middle = match (home, currency) {
            ("EUR", "USD") => 10_840,
            ("EUR", "GBP") => 8_520,
            ("EUR", "SEK") => 112_300,
            ("USD", "GBP") => 7_860,
            ("USD", "SEK") => 103_600,
            ("SEK", "USD") => 965,
            ("SEK", "GBP") => 759,
            ("GBP", "USD") => 12_720,
            ("GBP", "SEK") => 131_800,
            _ => 10_000,
        };
        middle + self.random.between(-middle / 50, middle / 50)
    }
}

/// Groceries, in euros: name, least and most in cents.
pub(crate) const GROCERS: [(&str, i64, i64); 4] = [
    ("Kornblume Markt", 450, 6_800),
    ("Frischhof Express", 230, 3_400),
    ("BIO HALLE 7", 890, 7_900),
    ("Corner Grocer Nuuk", 310, 2_900),
];

/// Small daily card payments.
pub(crate) const CAFES: [(&str, i64, i64); 5] = [
    ("Alderaan Coffee", 280, 620),
    ("Backstube Morgenrot", 190, 940),
    ("Tram & Metro Tickets", 240, 1_160),
    ("Kiosk am Tor", 150, 890),
    ("Noodle Corner", 790, 1_890),
];

/// Shops of the card account, in pounds.
pub(crate) const SHOPS: [(&str, i64, i64); 6] = [
    ("Penguin & Quill Books", 599, 4_250),
    ("Lanternhill Hardware", 340, 8_700),
    ("Tidewater Outfitters", 1_500, 12_900),
    ("STREAMLARK SUBSCRIPTION", 999, 999),
    ("Brambleway Cinema", 780, 2_600),
    ("Marlowe Street Pharmacy", 250, 1_990),
];

/// Card payments abroad: name, currency, least and most in that currency's cents.
pub(crate) const ABROAD: [(&str, &str, i64, i64); 6] = [
    ("HARBOUR FRONT DELI NYC", "USD", 640, 5_400),
    ("CLOUDSPINDLE INC", "USD", 500, 2_900),
    ("The Copper Kettle London", "GBP", 420, 3_600),
    ("KINGS PARADE RAIL", "GBP", 1_250, 9_800),
    ("Fjallbacka Fika AB", "SEK", 4_900, 32_000),
    ("SODERMALM CYKEL", "SEK", 19_900, 149_900),
];

/// People who send and receive transfers, with what they write.
pub(crate) const PEOPLE: [(&str, &str); 6] = [
    ("Liam Brown", "Dinner on Friday"),
    ("Mon Mothma", "Concert tickets"),
    ("Ava Lindqvist", "Thanks for the weekend!"),
    ("Noah Okafor", "Share of the gift"),
    ("Zoë Müller", "Straße 12, Nebenkosten"),
    ("Ines Carvalho", "INV 2291 / bike repair"),
];

/// Monthly payments from the main account: day of the month, name, remittance, cents, mandate.
pub(crate) const MONTHLY: [(u32, &str, &str, i64, &str); 5] = [
    (1, "Hausverwaltung Beispiel", "Miete Wohnung 14", -95_000, "MIETE-2021-0014"),
    (5, "Stadtwerke Muster", "Abschlag Strom/Gas KdNr 48110293", -11_850, "SWM-48110293"),
    (12, "Funkloch Mobil GmbH", "Rechnung Mobilfunk", -2_499, "FM-7734120"),
    (15, "Streamlark B.V.", "STREAMLARK MONTHLY", -1_299, "SL-00099317"),
    (18, "Nordwind Versicherung", "Haftpflicht Beitrag", -690, "NV-H-551200"),
];

/// Who pays the salary, and what they write.
pub(crate) const EMPLOYER: (&str, &str) = ("Example Industries GmbH", "SALARY");
