//! Does `Debug` of everything a program may log show structure but no personal data and no secret?

use std::collections::BTreeSet;
use std::fmt::Debug;

use gocardless_bank_data::reqwest::{ClientBuilder, Proxy};
use gocardless_bank_data::state::{MemoryState, StateStore as _};
use gocardless_bank_data::{BankData, Credentials, Secret, model};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use test_support::{FaultServer, SECRET_ID, SECRET_KEY, Subject, account, builder, client, institution};

const CONTRACT: &str = include_str!("../../../openapi/contract.json");

/// The only members whose values `Debug` shows, beside instants: ids, states and counts, without which a log is useless.
const SHOWN: &[&str] = &[
    "id",
    "institution_id",
    "agreement",
    "accounts",
    "status",
    "balanceType",
    "access_scope",
    "transaction_total_days",
    "max_access_valid_for_days",
    "max_access_valid_for_days_reconfirmation",
];

/// An instance with every member, in which each string names its path.
fn instance(schemas: &Value, schema: &Value, place: &str) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return instance(schemas, &schemas[name], name);
    }
    if let Some(first) = ["allOf", "oneOf", "anyOf"].iter().find_map(|key| schema[*key].get(0)) {
        return instance(schemas, first, place);
    }
    match schema["type"].as_str() {
        Some("object") => {
            let none = Map::new();
            let members = schema["properties"].as_object().unwrap_or(&none);
            let made = members.iter().map(|(name, member)| {
                let schema = place.split('.').next().unwrap();
                (name.clone(), instance(schemas, member, &format!("{schema}.{name}")))
            });
            made.collect()
        }
        Some("array") => json!([instance(schemas, &schema["items"], place)]),
        Some("integer" | "number") => json!(7),
        Some("boolean") => json!(true),
        _ => json!(format!("canary {place}!")),
    }
}

/// The paths of the strings that `Debug` of an instance shows.
fn shown<T: DeserializeOwned + Debug>(name: &str, schemas: &Value) -> BTreeSet<String> {
    let json = instance(schemas, &schemas[name], name);
    assert!(json.to_string().contains("canary"), "{name}: {json}");
    let value: T = serde_json::from_value(json).unwrap_or_else(|error| panic!("{name}: {error}"));
    let text = format!("{value:?} {value:#?}");
    let places = text.split("canary ").skip(1).map(|rest| rest.split('!').next().unwrap().to_owned());
    places.collect()
}

macro_rules! models {
    ($($schema:literal => $model:ident,)+) => {
        /// Every response model by its schema, and what its `Debug` shows.
        fn models(schemas: &Value) -> Vec<(&'static str, BTreeSet<String>)> {
            vec![$(($schema, shown::<model::$model>($schema, schemas))),+]
        }
    };
}

gocardless_bank_data_generated::each_received_schema!(models);

#[test]
fn f03_debug_of_a_model_shows_the_listed_members_and_no_other() {
    let contract: Value = serde_json::from_str(CONTRACT).unwrap();
    let schemas = &contract["components"]["schemas"];
    let models = models(schemas);
    let all: BTreeSet<_> = models.into_iter().flat_map(|(_, shown)| shown).collect();
    // The requisition status is a schema without members.
    let member = |place: &str| place.split_once('.').map_or("status", |(_, member)| member).to_owned();
    // When something was done at the service; those of the bank have a type that is not shown.
    let is_instant = |place: &str| {
        let (schema, member) = place.split_once('.').unwrap_or_default();
        schemas[schema]["properties"][member]["format"] == "date-time"
    };
    let (instants, others): (Vec<_>, Vec<_>) = all.iter().partition(|place| is_instant(place));
    assert!(
        instants.len() > 5 && !instants.iter().any(|place| place.contains("Transaction")),
        "{instants:?}"
    );
    let members: BTreeSet<_> = others.into_iter().map(|place| member(place)).collect();
    let listed: BTreeSet<_> = SHOWN.iter().map(|name| (*name).to_owned()).collect();
    let differing: Vec<_> = members.symmetric_difference(&listed).collect();
    assert!(
        differing.is_empty(),
        "shown or in SHOWN of tests/behaviour/tests/security_debug.rs, and not both: {differing:?}. What may be data of a \
         person gets another type in xtask/src/generate/patch/values.rs, and else a line in SHOWN. Shown: {all:#?}"
    );
}

/// Asserts that this shows no secret, no personal data, and no confidential setting.
#[track_caller]
fn is_clean(value: &dyn Debug) {
    let shown = format!("{value:?} {value:#?}");
    assert!(!shown.to_lowercase().contains("canary"), "{shown}");
}

/// A caller's HTTP settings with secrets in them.
fn confidential() -> ClientBuilder {
    let proxy = Proxy::all("http://canary-user:canary-password@127.0.0.1:9").unwrap();
    let header = Proxy::all("http://127.0.0.1:9").unwrap().basic_auth("canary-user", "canary-password");
    let mut secret = http::HeaderValue::from_static("canary-header");
    secret.set_sensitive(true);
    let headers = [(http::HeaderName::from_static("x-api-key"), secret)].into_iter().collect();
    ClientBuilder::new().proxy(proxy).proxy(header).default_headers(headers)
}

#[tokio::test]
async fn f03_debug_of_a_client_and_all_that_leads_to_it_shows_no_secret() {
    let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
    is_clean(&Credentials::new(SECRET_ID, SECRET_KEY));
    is_clean(&Secret::from(SECRET_KEY));
    is_clean(&Some(vec![Secret::from(SECRET_KEY)]));
    is_clean(&builder(&server));
    is_clean(&builder(&server).http_client(confidential()));
    let bank = builder(&server).http_client(confidential()).build().unwrap();
    is_clean(&bank);
    let elsewhere =
        builder(&server).base_url("https://example.org").http_client(confidential()).build().unwrap();
    is_clean(&elsewhere);
    // With a token in the cache.
    Subject::Balances.call(&bank).await.unwrap();
    let shown = format!("{bank:?} {bank:#?} {:?}", bank.account(account()));
    assert!(
        !shown.contains("access-1") && !shown.contains("refresh-1") && !shown.contains("canary"),
        "{shown}"
    );
}

#[test]
fn f03_debug_of_a_builder_does_not_show_the_password_of_an_address_that_it_will_refuse() {
    let builder = BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY));
    is_clean(&builder.base_url("https://user:canary@example.org/?canary"));
}

#[tokio::test]
async fn f03_debug_of_a_call_before_it_is_made_shows_nothing_of_a_person() {
    let server = FaultServer::api(|_| Subject::Balances.success().reply()).await;
    let bank = client(&server);
    let requisition =
        bank.requisitions().create(institution(), "https://example.org/?canary").ssn("canary-ssn");
    is_clean(&requisition);
    is_clean(&requisition.call());
    is_clean(&bank.tokens().obtain());
    is_clean(&bank.tokens().refresh("canary-refresh"));
    let agreement: gocardless_bank_data::AgreementId = "a".parse().unwrap();
    is_clean(&bank.agreements().accept(&agreement, "canary browser", "canary address"));
    is_clean(&bank.agreements().reconfirm(&agreement).redirect("https://example.org/?canary"));
}

#[tokio::test]
async fn f03_debug_of_a_call_before_it_is_made_shows_which_it_is() {
    let bank = client(&FaultServer::api(|_| Subject::Balances.success().reply()).await);
    let page = bank.requisitions().list().limit(7).offset(300);
    assert_eq!(format!("{page:?}"), "List { limit: Some(7), offset: Some(300), .. }");
    assert_eq!(format!("{:?}", page.call()), r#"Call { operation: "list_requisitions", .. }"#);
    let settings = BankData::builder(Credentials::new(SECRET_ID, SECRET_KEY));
    assert!(format!("{settings:?}").starts_with("BankDataBuilder { timeouts: Timeouts { connect: 5s, "));
}

#[tokio::test]
async fn f03_debug_of_an_answer_shows_neither_its_value_nor_its_body() {
    let body = json!({ "account": { "iban": "CANARY29", "ownerName": "Canary Owner" } });
    let server = FaultServer::api(move |_| {
        test_support::Answer::json(200, &body)
            .header("set-cookie", "canary")
            .header("x-c-uuid", "request-7")
            .reply()
    })
    .await;
    let bank = client(&server);
    let response = bank.account(account()).details().send().await.unwrap();
    is_clean(&response);
    is_clean(response.value());
    assert!(format!("{response:?}").contains("request-7"));
    let pair = json!({ "access": "canary-access", "access_expires": 1, "refresh": "canary-refresh" });
    let server = FaultServer::start(move |_| test_support::Answer::json(200, &pair).reply()).await;
    let response = client(&server).tokens().obtain().send().await.unwrap();
    is_clean(&response);
    is_clean(&response.into_value());
}

#[tokio::test]
async fn f03_neither_debug_nor_the_records_of_shared_state_show_a_token_or_an_account() {
    let pair = json!({ "access": "canary-access", "access_expires": 1, "refresh": "canary-refresh" });
    let server = FaultServer::start(move |request| {
        let answer = if request.is_token() { &pair } else { &json!({ "balances": [] }) };
        test_support::Answer::json(200, answer).reply()
    })
    .await;
    let state = MemoryState::default();
    let bank = builder(&server).state(state.clone()).build().unwrap();
    bank.account(account()).balances().await.unwrap();
    is_clean(&state);
    let keys = state.keys();
    assert!(keys.len() >= 3, "{keys:?}");
    let records = state.load(&keys).await.unwrap().records;
    let records = records.into_iter().flatten().map(|record| String::from_utf8(record.value).unwrap());
    let shown = format!("{keys:?} {:?}", records.collect::<Vec<_>>());
    assert!(!shown.contains("canary") && !shown.contains(account().as_str()), "{shown}");
}

#[test]
fn f03_a_panic_on_any_of_them_says_no_more_than_debug_does() {
    let credentials = Credentials::new(SECRET_ID, SECRET_KEY);
    let panic = std::panic::catch_unwind(move || panic!("{credentials:?}")).unwrap_err();
    let said = panic.downcast_ref::<String>().unwrap();
    assert!(!said.contains(SECRET_ID) && !said.contains(SECRET_KEY), "{said}");
}
