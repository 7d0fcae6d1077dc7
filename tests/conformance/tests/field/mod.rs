//! Answers that programs in the field have met, or may meet: odd members, lists, bodies, limits and errors, each with what
//! the client must make of it.
//!
//! A file of `cases/` has `why` and `cases`. What a case says is documented at [`Case`]; a member that it does not have
//! fails.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gocardless_bank_data::{Advice, Amount, BankData, Error};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use test_support::{Answer, FaultServer, Ids, Request, Returned, builder, driver, ends, token_answer};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    why: String,
    cases: Vec<Case>,
}

/// An operation, what the server answers, and what the client must make of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// As [`key`] knows it.
    op: String,
    /// The answers one after another, the last one again and again; without any, [`reply`](Self::reply) alone.
    #[serde(default)]
    replies: Vec<Reply>,
    #[serde(flatten)]
    reply: Reply,
    /// What the token operations answer; a good pair without any.
    #[serde(default)]
    tokens: Vec<Reply>,
    /// Odd members: of the resource, or of the second of three entries where the operation has a list.
    members: Option<Map<String, Value>>,
    /// What stands in the place of the second of three entries.
    #[serde(default, deserialize_with = "also_null")]
    between: Option<Value>,
    /// How many entries are read of a list with [`members`](Self::members) or [`between`](Self::between), if not three.
    entries: Option<usize>,
    /// JSON pointers with the values that must come out, null where nothing does.
    #[serde(default)]
    is: Map<String, Value>,
    /// JSON pointers to lists, with their lengths.
    #[serde(default)]
    lengths: Map<String, Value>,
    /// JSON pointers to amounts: whether each is a debit, null where nobody knows, and then it has no decimal value either.
    #[serde(default)]
    debits: Map<String, Value>,
    /// All that could not be read, as `path: reason`.
    #[serde(default)]
    unread: Vec<String>,
    /// The error, if it must be one.
    error: Option<Failure>,
    /// How many requests there are beside those for tokens, if not one.
    hits: Option<usize>,
}

/// One answer; JSON in `body`, any text in `raw`, bytes in `hex`, or a list that is made of `generate`.
#[derive(Clone, Default, Deserialize)]
struct Reply {
    status: Option<u16>,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default, deserialize_with = "also_null")]
    body: Option<Value>,
    raw: Option<String>,
    hex: Option<String>,
    generate: Option<Generate>,
}

/// So many booked transactions of one form, each with a text of so many bytes.
#[derive(Clone, Deserialize)]
struct Generate {
    times: usize,
    one: Value,
    #[serde(default)]
    text: usize,
}

/// A member that is null is there.
fn also_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// What an error must say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Failure {
    variant: String,
    /// The kind of an answer of the API.
    kind: Option<String>,
    /// Why a success could not be decoded.
    reason: Option<String>,
    /// Where it could not be decoded.
    path: Option<String>,
    /// The id in the body of such a success.
    id: Option<String>,
    advice: String,
    /// Seconds until the call may be made again.
    retry: Option<u64>,
    /// What its sentence must hold.
    #[serde(default)]
    says: Vec<String>,
}

/// Method and path of an operation.
fn key(op: &str) -> &'static str {
    match op {
        "token" => "POST /api/v2/token/new/",
        "refresh" => "POST /api/v2/token/refresh/",
        "institutions" => "GET /api/v2/institutions/",
        "institution" => "GET /api/v2/institutions/{id}/",
        "agreements" => "GET /api/v2/agreements/enduser/",
        "create_agreement" => "POST /api/v2/agreements/enduser/",
        "agreement" => "GET /api/v2/agreements/enduser/{id}/",
        "delete_agreement" => "DELETE /api/v2/agreements/enduser/{id}/",
        "accept_agreement" => "PUT /api/v2/agreements/enduser/{id}/accept/",
        "reconfirmation" => "GET /api/v2/agreements/enduser/{id}/reconfirm/",
        "requisitions" => "GET /api/v2/requisitions/",
        "create_requisition" => "POST /api/v2/requisitions/",
        "requisition" => "GET /api/v2/requisitions/{id}/",
        "delete_requisition" => "DELETE /api/v2/requisitions/{id}/",
        "metadata" => "GET /api/v2/accounts/{id}/",
        "balances" => "GET /api/v2/accounts/{id}/balances/",
        "details" => "GET /api/v2/accounts/{id}/details/",
        "transactions" => "GET /api/v2/accounts/{id}/transactions/",
        other => panic!("there is no operation {other}"),
    }
}

/// A body in order, and the pointer to its list, or to its resource.
fn ordinary(op: &str) -> (Value, &'static str, bool) {
    let agreement = |id: &str| {
        json!({
            "id": id, "institution_id": "A_B", "max_historical_days": 90, "access_valid_for_days": 90,
        })
    };
    let requisition =
        |id: &str| json!({ "id": id, "status": "LN", "institution_id": "A_B", "accounts": ["acc"] });
    let institution = |id: &str| json!({ "id": id, "name": "Bank", "countries": ["GB"], "logo": "" });
    let page =
        |results: [Value; 3]| json!({ "count": 3, "next": null, "previous": null, "results": results });
    let ids = ["a", "b", "c"];
    match op {
        "transactions" => {
            let entries = ids.map(|id| {
                json!({ "transactionId": id, "transactionAmount": { "amount": "-1.00", "currency": "EUR" } })
            });
            (json!({ "transactions": { "booked": entries } }), "/transactions/booked", true)
        }
        "balances" => {
            let entries = ["1.00", "2.00", "3.00"].map(|amount| {
                json!({ "balanceAmount": { "amount": amount, "currency": "EUR" }, "balanceType": "expected" })
            });
            (json!({ "balances": entries }), "/balances", true)
        }
        "institutions" => (json!(ids.map(institution)), "", true),
        "requisitions" => (page(ids.map(requisition)), "/results", true),
        "agreements" => (page(ids.map(agreement)), "/results", true),
        "institution" => (institution("a"), "", false),
        "requisition" | "create_requisition" => (requisition("a"), "", false),
        "agreement" | "create_agreement" | "accept_agreement" => (agreement("a"), "", false),
        "details" => (
            json!({ "account": { "resourceId": "1", "currency": "EUR", "name": "Main" } }),
            "/account",
            false,
        ),
        "metadata" => (
            json!({ "id": "a", "iban": "GL3343697694912188", "institution_id": "A_B", "status": "READY" }),
            "",
            false,
        ),
        "reconfirmation" => {
            (json!({ "reconfirmation_url": "https://l", "redirect": null, "accounts": {} }), "", false)
        }
        other => panic!("there is no ordinary body of {other}: write it out"),
    }
}

impl Reply {
    fn answer(&self) -> Answer {
        let (kind, body) = match self {
            Self { body: Some(body), .. } => ("application/json", body.to_string().into_bytes()),
            Self { raw: Some(text), .. } => ("text/plain", text.clone().into_bytes()),
            Self { hex: Some(digits), .. } => ("application/json", bytes(digits)),
            Self { generate: Some(Generate { times, one, text }), .. } => {
                let mut one = one.clone();
                if *text > 0 {
                    one["additionalInformation"] = "x".repeat(*text).into();
                }
                let entries = vec![one.to_string(); *times].join(",");
                let body = format!(r#"{{"transactions":{{"booked":[{entries}]}}}}"#);
                ("application/json", body.into_bytes())
            }
            _ => ("text/plain", Vec::new()),
        };
        let answer = Answer::new(self.status.unwrap_or(200), body).header("content-type", kind);
        self.headers.iter().fold(answer, |answer, (name, value)| answer.header(name, value.as_str().unwrap()))
    }
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

impl Case {
    /// The answers of the server.
    fn answers(&self) -> Vec<Answer> {
        if !self.replies.is_empty() {
            return self.replies.iter().map(Reply::answer).collect();
        }
        if self.members.is_none() && self.between.is_none() {
            return vec![self.reply.answer()];
        }
        let (mut body, pointer, is_list) = ordinary(&self.op);
        let at = if is_list { format!("{pointer}/1") } else { pointer.to_owned() };
        let place = body.pointer_mut(&at).unwrap();
        if let Some(between) = &self.between {
            assert!(is_list, "{}: there is no list", self.name);
            *place = between.clone();
        }
        for (name, value) in self.members.iter().flatten() {
            place[name] = value.clone();
        }
        vec![Reply { body: Some(body), ..self.reply.clone() }.answer()]
    }

    /// Everything that came otherwise than the case says.
    async fn complaints(&self) -> Vec<String> {
        let (answers, tokens) = (self.answers(), self.tokens.clone());
        let is_of_token = key(&self.op).contains("/token/");
        let nth =
            |answers: &[Answer], request: &Request| answers[(request.nth - 1).min(answers.len() - 1)].reply();
        let answers: Arc<[Answer]> = answers.into();
        let tokens: Vec<Answer> = tokens.iter().map(Reply::answer).collect();
        let server = FaultServer::start(move |request| match request.is_token() {
            true if is_of_token => nth(&answers, request),
            true if tokens.is_empty() => token_answer(request).reply(),
            true => nth(&tokens, request),
            false => nth(&answers, request),
        })
        .await;
        let asked = SystemTime::now();
        let came = ends((driver(key(&self.op)).minimal)(&plain_client(&server), &Ids::default())).await;
        let mut wrong = match (&came, &self.error) {
            (Ok(reply), None) => self.of_success(reply),
            (Err(error), Some(failure)) => failure.complaints(error, asked),
            (Ok(reply), Some(_)) => {
                let value: String = reply.value.to_string().chars().take(500).collect();
                vec![format!("it succeeded with {value}, and unread {}", unread(&reply.shown))]
            }
            (Err(error), None) => vec![format!("it failed: {error}")],
        };
        let hits = if is_of_token { server.token_hits().0 + server.token_hits().1 } else { server.hits() };
        let expected = self.hits.unwrap_or(1);
        if hits != expected {
            wrong.push(format!("there were {hits} requests in place of {expected}"));
        }
        wrong
    }

    fn of_success(&self, reply: &Returned) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut same = |what: &str, came: Value, expected: Value| {
            if came != expected {
                wrong.push(format!("{what} is {came} in place of {expected}"));
            }
        };
        let at = |pointer: &str| reply.value.pointer(pointer).cloned().unwrap_or_default();
        for (pointer, expected) in &self.is {
            same(pointer, at(pointer), expected.clone());
        }
        for (pointer, expected) in &self.lengths {
            let length = at(pointer).as_array().map(Vec::len);
            same(&format!("the length of {pointer}"), json!(length), expected.clone());
        }
        for (pointer, expected) in &self.debits {
            let amount: Amount = serde_json::from_value(at(pointer)).unwrap();
            same(&format!("whether {pointer} is a debit"), json!(amount.is_debit()), expected.clone());
            same(
                &format!("whether {pointer} is a decimal"),
                (amount.to_decimal().is_some()).into(),
                (!expected.is_null()).into(),
            );
        }
        if self.members.is_some() || self.between.is_some() {
            let (body, pointer, is_list) = ordinary(&self.op);
            if is_list {
                let (sent, came) = (body.pointer(pointer).unwrap(), at(pointer));
                let came = came.as_array().cloned().unwrap_or_default();
                same("how many entries", came.len().into(), self.entries.unwrap_or(3).into());
                // Their neighbours are as they were.
                let ends = |entries: &[Value]| json!([entries.first(), entries.last()]);
                same("the first and the last", ends(&came), ends(sent.as_array().unwrap()));
            } else {
                let sent = body.pointer(pointer).unwrap().as_object().unwrap();
                let others =
                    sent.iter().filter(|(name, _)| !self.members.iter().flatten().any(|it| it.0 == *name));
                for (name, expected) in others.filter(|(_, expected)| !expected.is_null()) {
                    same(name, at(&format!("{pointer}/{name}")), expected.clone());
                }
            }
        }
        same("unread", unread(&reply.shown).into(), self.unread.join(", ").into());
        wrong
    }
}

/// What stands under `unread` of the outermost value in its `Debug`; empty if it has none.
fn unread(shown: &str) -> String {
    let (mut depth, mut quoted, mut escaped, mut start) = (0_usize, false, false, None);
    for (at, character) in shown.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' | '[' | '(' => {
                if depth == 1 && character == '[' && shown[..at].ends_with(" unread: ") {
                    start = Some(at + 1);
                }
                depth += 1;
            }
            '}' | ']' | ')' => {
                depth -= 1;
                if let Some(start) = start.filter(|_| depth == 1) {
                    return shown[start..at].to_owned();
                }
            }
            _ => {}
        }
    }
    String::new()
}

impl Failure {
    fn complaints(&self, error: &Error, asked: SystemTime) -> Vec<String> {
        let mut wrong = Vec::new();
        let advice = match error.advice() {
            Advice::WaitUntil(_) => "WaitUntil".to_owned(),
            other => format!("{other:?}"),
        };
        let (variant, kind, reason, path, id) = match error {
            Error::Api(api) => ("Api", Some(format!("{:?}", api.kind())), None, None, None),
            Error::Auth(_) => ("Auth", error.kind().map(|kind| format!("{kind:?}")), None, None, None),
            Error::Decode(decode) => {
                let reason = Some(format!("{:?}", decode.reason()));
                ("Decode", None, reason, decode.path().map(str::to_owned), decode.id())
            }
            _ => ("another", None, None, None, None),
        };
        for (what, came, expected) in [
            ("variant", json!(variant), json!(self.variant)),
            ("kind", json!(kind), json!(self.kind)),
            ("reason", json!(reason), json!(self.reason)),
            ("path", json!(path), json!(self.path)),
            ("id", json!(id), json!(self.id)),
            ("advice", json!(advice), json!(self.advice)),
        ] {
            if came != expected {
                wrong.push(format!("the {what} is {came} in place of {expected}: {error}"));
            }
        }
        // The wait begins with the answer, or with the token, which came between `asked` and now. The client keeps its instants
        // in whole milliseconds.
        let is_right = match (error.retry_at(), self.retry.map(Duration::from_secs)) {
            (Some(at), Some(wait)) => {
                at + Duration::from_millis(1) >= asked + wait && at <= SystemTime::now() + wait
            }
            (at, wait) => at.is_none() && wait.is_none(),
        };
        if !is_right {
            wrong.push(format!("the wait is until {:?} in place of {:?} s", error.retry_at(), self.retry));
        }
        let sentence = error.to_string();
        let missing = self.says.iter().filter(|words| !sentence.contains(*words));
        wrong.extend(missing.map(|words| format!("its sentence lacks {words}: {sentence}")));
        wrong
    }
}

/// All files with their names, in order.
fn files() -> Vec<(String, File)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/field/cases");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let file = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        found.push((name, file));
    }
    found.sort_by(|one: &(String, File), other| one.0.cmp(&other.0));
    found
}

#[tokio::test]
async fn every_answer_from_the_field_is_read_as_its_case_says() {
    let (mut wrong, mut names) = (Vec::new(), BTreeSet::new());
    for (file, File { why, cases }) in files() {
        assert!(!why.is_empty(), "{file} does not say why");
        for case in cases {
            assert!(names.insert(case.name.clone()), "{file}: {} comes twice", case.name);
            let found = case.complaints().await;
            wrong.extend(found.into_iter().map(|why| format!("{file}: {}: {why}", case.name)));
        }
    }
    assert!(names.len() > 120, "there are only {} cases", names.len());
    assert!(wrong.is_empty(), "of {} cases:\n{}", names.len(), wrong.join("\n"));
}

/// A client that unpacks nothing, whatever features of reqwest other packages turn on.
fn plain_client(server: &FaultServer) -> BankData {
    let http = reqwest::ClientBuilder::new().tls_certs_only([]).no_gzip().no_deflate().no_brotli().no_zstd();
    builder(server).http_client(http).build().unwrap()
}
