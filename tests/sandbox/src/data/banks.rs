//! The names in the catalogue of institutions. No such banks exist; a table and nothing else.

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
