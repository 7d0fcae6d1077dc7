//! The feature `schemars`: the JSON Schema of each generated type agrees with the contract.

use std::collections::BTreeSet;

use conformance::{Instances, Presence, TYPES, run_seed};
use serde_json::Value;
use test_support::Contract;

/// How many instances each schema has to accept.
const TRIES: u64 = 200;

/// Members that patches add because they were seen on the wire (`openapi/README.md`).
const ADDED: &[(&str, &[&str])] = &[
    ("BalanceAfterTransactionSchema", &["amount", "currency", "referenceDate"]),
    ("CurrencyExchangeSchema", &["instructedAmount"]),
    ("Integration", &["identification_codes", "separate_continuous_history_consent", "supported_features"]),
    ("IntegrationRetrieve", &["separate_continuous_history_consent"]),
    (
        "TransactionSchema",
        &[
            "additionalDataStructured",
            "additionalInformationStructured",
            "bookingStatus",
            "creditorAgent",
            "debtorAgent",
            "merchantCategoryCode",
            "proprietaryBank",
        ],
    ),
];

#[test]
fn every_type_has_the_members_of_its_schema_and_those_that_patches_add() {
    let mut wrong = Vec::new();
    for it in TYPES {
        let schema = (it.json_schema)().to_value();
        // One type may stand for two components, of which one has more that may be missing.
        let twins = TYPES.iter().filter(|other| other.rust == it.rust);
        let declared: BTreeSet<_> =
            twins.flat_map(|twin| members(Contract::get().schema(twin.schema))).collect();
        let added =
            ADDED.iter().find(|(name, _)| *name == it.schema).map_or(&[] as &[_], |(_, members)| *members);
        let expected: BTreeSet<_> =
            declared.into_iter().chain(added.iter().map(ToString::to_string)).collect();
        let found = members(&schema);
        for name in expected.difference(&found) {
            wrong.push(format!("{} lacks {}.{name}", it.rust, it.schema));
        }
        for name in found.difference(&expected) {
            wrong.push(format!("{} has {name}, which neither {} nor a patch has", it.rust, it.schema));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn members(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

#[test]
fn every_type_accepts_by_its_schema_what_the_contract_allows() {
    let seed = run_seed();
    for it in TYPES {
        let schema = (it.json_schema)().to_value();
        let judge = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{}: {error}", it.rust));
        for number in 0..TRIES {
            let made = Instances::new(seed.wrapping_mul(TRIES) + number, Presence::Some)
                .make(Contract::get().schema(it.schema));
            let errors: Vec<_> = judge.iter_errors(&made).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "CONFORMANCE_SEED={seed}: {}: {errors:?}: {made}", it.rust);
        }
    }
}

#[test]
fn every_type_accepts_by_its_schema_what_it_writes_itself() {
    let seed = run_seed();
    for it in TYPES {
        let schema = (it.json_schema)().to_value();
        let judge = jsonschema::validator_for(&schema).unwrap();
        for number in 0..TRIES {
            let made = Instances::new(seed.wrapping_mul(TRIES) + number, Presence::Some)
                .make(Contract::get().schema(it.schema));
            let written = (it.round_trip)(&made).unwrap();
            let errors: Vec<_> = judge.iter_errors(&written).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "CONFORMANCE_SEED={seed}: {}: {errors:?}: {written}", it.rust);
        }
    }
}

#[test]
fn a_wrong_member_is_refused_by_the_schema_of_its_type() {
    let it = TYPES.iter().find(|it| it.schema == "TransactionSchema").unwrap();
    let judge = jsonschema::validator_for(&(it.json_schema)().to_value()).unwrap();
    let made = Instances::new(1, Presence::All).make(Contract::get().schema(it.schema));
    assert!(judge.is_valid(&made));
    for (member, value) in
        [("transactionAmount", Value::Null), ("creditorName", 7.into()), ("valueDate", true.into())]
    {
        let mut wrong = made.clone();
        wrong[member] = value;
        assert!(!judge.is_valid(&wrong), "{member}");
    }
}
