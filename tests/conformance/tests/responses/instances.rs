//! Random responses that fit the contract: each is decoded and encoded to the same JSON, which still fits the contract.
//!
//! The same JSON, except that null members may come back absent. Set `CONFORMANCE_SEED` to the number that
//! a failure prints to repeat it.

use std::collections::BTreeSet;

use conformance::{Instances, Presence, TYPES, Type, WITHOUT_TYPE, difference, run_seed};
use serde_json::{Value, json};
use test_support::{Contract, Unknown, validate};

/// How many responses are generated for each schema.
const TRIES: u64 = 1_000;

#[test]
fn every_schema_of_the_contract_has_a_type_and_every_type_a_schema() {
    let contract: BTreeSet<_> = Contract::get().schemas().keys().map(String::as_str).collect();
    let listed = TYPES.iter().map(|it| it.schema).chain(WITHOUT_TYPE.iter().map(|(schema, _)| *schema));
    let types: BTreeSet<_> = listed.collect();
    let without_type: Vec<_> = contract.difference(&types).collect();
    assert!(without_type.is_empty(), "schemas without a type in src/types.rs: {without_type:?}");
    let without_schema: Vec<_> = types.difference(&contract).collect();
    assert!(without_schema.is_empty(), "types of schemas that are gone: {without_schema:?}");
    for (schema, why) in WITHOUT_TYPE {
        assert!(!Contract::get().schemas_of_successes().contains(schema), "{schema} ({why}) is in a success");
    }
}

#[test]
fn every_random_answer_is_decoded_and_encoded_again_to_the_same_json() {
    let seed = run_seed();
    // Two threads for two processors: the largest schema takes as long as all others together.
    let answers = Contract::get().schemas_of_successes();
    let types = TYPES.iter().filter(|it| answers.contains(it.schema));
    let (large, others): (Vec<_>, Vec<_>) = types.partition(|it| it.schema.ends_with("Transactions"));
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let halves = [large, others].map(|half| {
            scope.spawn(move || half.into_iter().filter_map(|it| first_wrong(it, seed)).collect::<Vec<_>>())
        });
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "CONFORMANCE_SEED={seed}\n{}", wrong.join("\n"));
}

/// The first response that does not survive the round trip, and why.
fn first_wrong(it: &Type, seed: u64) -> Option<String> {
    let contract = Contract::get();
    let schema = contract.schema(it.schema);
    for number in 0..TRIES {
        let presence = match number {
            0 => Presence::Required,
            1 => Presence::All,
            _ => Presence::Some,
        };
        let made = Instances::new(seed.wrapping_mul(TRIES) + number, presence).make(schema);
        if let Err(why) = comes_back(it, schema, &made) {
            return Some(format!("{} as {}, answer {number}: {why}", it.schema, it.rust));
        }
    }
    None
}

fn comes_back(it: &Type, schema: &Value, made: &Value) -> Result<(), String> {
    let complaints = validate(schema, Unknown::Refused, made);
    if !complaints.is_empty() {
        return Err(format!("the maker of instances is wrong {complaints:?}"));
    }
    let again = (it.round_trip)(made)?;
    if let Some(why) = difference(&again, made) {
        return Err(format!("it came back otherwise {why}"));
    }
    let complaints = validate(schema, Unknown::Refused, &with_required_nulls(schema, made, again));
    if complaints.is_empty() { Ok(()) } else { Err(format!("it came back wrong {complaints:?}")) }
}

/// The result with the lost nulls of required members restored: `redirect` of a requisition.
fn with_required_nulls(schema: &Value, made: &Value, mut again: Value) -> Value {
    let schema = Contract::get().resolve(schema);
    if let (Value::Object(made), Value::Object(again)) = (made, &mut again) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if made.get(name) == Some(&Value::Null) {
                again.entry(name).or_insert(Value::Null);
            }
        }
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            if let (Some(made), Some(came)) = (made.get(name), again.get_mut(name)) {
                *came = with_required_nulls(member, made, came.take());
            }
        }
    } else if let (Value::Array(made), Value::Array(again)) = (made, &mut again) {
        for (made, came) in made.iter().zip(again) {
            *came = with_required_nulls(&schema["items"], made, came.take());
        }
    }
    again
}

/// Items that the contract leaves untyped are strings on the wire, and are kept whatever they are, except the accounts
/// of a created requisition: those are ids, and an id is a string (`docs/api.md#accounts-untyped`).
#[test]
fn untyped_items_that_are_not_texts_are_kept_where_they_are_not_ids() {
    let odd = json!(["text", 7, -1.5, true, null, ["nested"], { "a": 1 }]);
    for (schema, member, is_kept) in [
        ("EndUserAgreement", "access_scope", true),
        ("IntegrationRetrieve", "supported_features", true),
        ("IntegrationRetrieve", "identification_codes", true),
        ("SpectacularRequisition", "accounts", false),
    ] {
        let items = &Contract::get().schema(schema)["properties"][member]["items"];
        assert!(items.get("type").is_none(), "{schema}.{member} has a type now: {items}");
        let it = TYPES.iter().find(|it| it.schema == schema).unwrap();
        for item in odd.as_array().unwrap() {
            let mut made = Instances::new(1, Presence::Required).make(Contract::get().schema(schema));
            made[member] = json!([item]);
            match (it.round_trip)(&made) {
                Ok(again) => {
                    assert!(is_kept || item.is_string(), "{schema}.{member} took {item}");
                    assert_eq!(again[member], made[member], "{schema}.{member}");
                }
                Err(why) => {
                    assert!(!is_kept && !item.is_string(), "{schema}.{member} refused {item}: {why}");
                    assert!(why.starts_with(&format!("{member}[0]: ")), "{why}");
                }
            }
        }
    }
}
