//! Random instances of the schemas of the contract, from a seed.
//!
//! Items without a type are strings, as on the wire (`docs/api.md#access-scope-items`, `docs/api.md#accounts-untyped`).

use serde_json::{Map, Value, json};
use test_support::{
    Answer, Contract, FaultServer, Operation, Random, Request, members, required, token_answer,
};

/// Which optional members an instance has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// None of them, and lists are empty.
    Required,
    /// All of them, none null, and each list has two entries.
    All,
    /// Some of them, some null where the contract allows it, and lists of any length up to three.
    Some,
}

/// A generator of instances.
#[derive(Clone, Debug)]
pub struct Instances {
    random: Random,
    presence: Presence,
}

impl Instances {
    /// A generator with this seed.
    #[must_use]
    pub fn new(seed: u64, presence: Presence) -> Self {
        Self { random: Random::new(seed), presence }
    }

    /// The next instance of a schema.
    pub fn make(&mut self, schema: &Value) -> Value {
        // `nullable` may be set beside a reference, so it is checked before the reference is followed.
        if is_true(schema, "nullable") && self.presence == Presence::Some && self.random.one_in(4) {
            return Value::Null;
        }
        let schema = Contract::get().resolve(schema);
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            return self.random.one_of(words).clone();
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("object") if schema.get("properties").is_none() => self.free_object(),
            Some("object") => self.object(schema),
            Some("array") => self.array(&schema["items"]),
            Some("string") | None => self.string(schema).into(),
            Some("integer") => self.integer(schema).into(),
            Some("boolean") => self.random.one_in(2).into(),
            Some(other) => panic!("add to tests/conformance/src/instances.rs how to make {other}: {schema}"),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let required = required(schema);
        let mut made = Map::new();
        for (name, member) in members(schema) {
            let is_there = match self.presence {
                Presence::Required => required.contains(name),
                Presence::All => true,
                Presence::Some => required.contains(name) || !self.random.one_in(3),
            };
            if is_there {
                made.insert(name.to_owned(), self.make(member));
            }
        }
        Value::Object(made)
    }

    /// The only object in the contract without declared members: accounts of a reconfirmation, by id.
    fn free_object(&mut self) -> Value {
        let mut made = Map::new();
        for _ in 0..self.length() {
            let moment = if self.random.one_in(2) { self.date_time() } else { String::new() };
            made.insert(self.uuid(), json!({ "reconfirmed": moment, "rejected": "" }));
        }
        Value::Object(made)
    }

    fn array(&mut self, items: &Value) -> Value {
        (0..self.length()).map(|_| self.make(items)).collect()
    }

    fn length(&mut self) -> usize {
        match self.presence {
            Presence::Required => 0,
            Presence::All => 2,
            Presence::Some => *self.random.one_of(&[0, 0, 1, 1, 1, 2, 3]),
        }
    }

    fn integer(&mut self, schema: &Value) -> i64 {
        let bound = |name, or| schema.get(name).and_then(Value::as_i64).unwrap_or(or);
        let (least, most) = (bound("minimum", i64::MIN), bound("maximum", i64::MAX));
        let number = *self.random.one_of(&[0, 1, -1, 7, 90, 180, 86_400, 2_592_000, i64::MAX, i64::MIN]);
        number.clamp(least, most)
    }

    fn string(&mut self, schema: &Value) -> String {
        let text = match schema.get("format").and_then(Value::as_str) {
            Some("uuid") => self.uuid(),
            Some("date-time") => self.date_time(),
            Some("date") => self.date(),
            Some("uri") => self.uri(),
            Some(other) => {
                panic!("add to tests/conformance/src/instances.rs how to make a {other}: {schema}")
            }
            None => self.text(),
        };
        let bound =
            |name| schema.get(name).and_then(Value::as_u64).and_then(|bound| usize::try_from(bound).ok());
        let (least, most) = (bound("minLength").unwrap_or(0), bound("maxLength").unwrap_or(usize::MAX));
        let text: String = text.chars().take(most).collect();
        if text.chars().count() < least { "x".repeat(least) } else { text }
    }

    /// Strings as banks write them, and worse.
    fn text(&mut self) -> String {
        const TEXTS: [&str; 18] = [
            "EUR",
            "-24.0",
            "1000000",
            "-0.00",
            "2025-02-07",
            "2024-12-01T03:30Z",
            "READY",
            "interimAvailable",
            "SANDBOXFINANCE_SFIN0000",
            "Ünïcödé Žluťoučký кінь 銀行",
            "emoji 🏦👩‍👩‍👧",
            "two\nlines\tand a tab",
            "\"quotes\" and \\ backslashes / slashes",
            "\u{0}\u{1f}\u{7f}\u{2028}",
            " ",
            "",
            "null",
            "\\U0001F3E6",
        ];
        match self.random.below(20) {
            0 => "long ".repeat(60),
            1 => self.random.number().to_string(),
            2 => format!("{:.3}", self.random.below(100_000)),
            at => TEXTS[(at + self.random.below(TEXTS.len())) % TEXTS.len()].to_owned(),
        }
    }

    fn uuid(&mut self) -> String {
        let (high, low) = (self.random.number(), self.random.number());
        let hex = format!("{high:016x}{low:016x}");
        let uuid = [
            &hex[..8],
            &hex[8..12],
            &format!("4{}", &hex[13..16]),
            &format!("8{}", &hex[17..20]),
            &hex[20..],
        ];
        let uuid = uuid.join("-");
        if self.random.one_in(8) { uuid.to_uppercase() } else { uuid }
    }

    fn date(&mut self) -> String {
        let (year, month, day) =
            (1970 + self.random.below(130), 1 + self.random.below(12), 1 + self.random.below(28));
        format!("{year:04}-{month:02}-{day:02}")
    }

    fn date_time(&mut self) -> String {
        let (hour, minute, second) = (self.random.below(24), self.random.below(60), self.random.below(60));
        let fraction = match self.random.below(10) {
            0 => String::new(),
            digits => format!(".{}", &"123456789"[..digits]),
        };
        let zone = self.random.one_of(&["Z", "Z", "Z", "+00:00", "+01:00", "-11:30"]);
        format!("{}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}", self.date())
    }

    fn uri(&mut self) -> String {
        let uris = [
            "https://bankaccountdata.gocardless.com/api/v2/requisitions/?limit=100&offset=100",
            "https://ob.gocardless.com/ob-psd2/start/3fa85f64-5717-4562-b3fc-2c963f66afa6/A_B",
            "https://example.org/back?ref=%20a%2Fb#part",
            "ftp://example.org/",
            "my.app:/back",
        ];
        (*self.random.one_of(&uris)).to_owned()
    }
}

fn is_true(schema: &Value, keyword: &str) -> bool {
    schema.get(keyword) == Some(&Value::Bool(true))
}

/// The seed of this run: `CONFORMANCE_SEED` if it is set, else of the moment. Failures print it.
#[must_use]
pub fn run_seed() -> u64 {
    test_support::run_seed("CONFORMANCE_SEED")
}

/// A server that answers one operation with `answer`, and the token request before it.
pub async fn serve(
    operation: &'static Operation,
    answer: impl Fn(&Request) -> Answer + Send + Sync + 'static,
) -> FaultServer {
    FaultServer::start(move |request| {
        if request.is_obtain() && !operation.is_token() {
            token_answer(request).reply()
        } else {
            answer(request).reply()
        }
    })
    .await
}

/// A server that answers one operation with a success that has every declared member.
pub async fn serve_success(operation: &'static Operation) -> FaultServer {
    let (status, schema) = operation.success();
    let answer = Answer::json(status, &Instances::new(1, Presence::All).make(schema));
    serve(operation, move |_| answer.clone()).await
}
