//! Who the made-up money comes from and goes to. Tables and nothing else; no such shops or people exist.

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
