//! Where the sandbox deliberately responds as the real service does and not as the contract says.

use serde_json::Value;
use test_support::{Contract, Operation, Unknown, driver, validate};

use super::stage::{Stage, quiet};

/// Members that the sandbox sends and the contract does not declare: operation, path (`*` for each entry of a list), why.
const KNOWN: [(&str, &str, &str); 2] = [
    (
        "GET /api/v2/institutions/",
        "*/supported_features",
        "docs/api.md#features-in-list: listed institutions carry it",
    ),
    (
        "GET /api/v2/institutions/",
        "*/identification_codes",
        "docs/api.md#features-in-list: listed institutions carry it",
    ),
];

/// A body without these members.
pub(crate) fn without_known(operation: &Operation, mut body: Value) -> Value {
    for (key, place, _) in KNOWN {
        if key == operation.key {
            let path: Vec<_> = place.split('/').collect();
            remove(&mut body, &path);
        }
    }
    body
}

fn remove(value: &mut Value, path: &[&str]) {
    match (path, value) {
        ([name], Value::Object(members)) => drop(members.remove(*name)),
        (["*", rest @ ..], Value::Array(items)) => items.iter_mut().for_each(|item| remove(item, rest)),
        ([name, rest @ ..], Value::Object(members)) => {
            if let Some(member) = members.get_mut(*name) {
                remove(member, rest);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn every_known_member_is_still_sent_and_still_unknown_to_the_contract() {
    let mut stage = Stage::open(quiet()).await;
    stage.link().await;
    for (key, place, why) in KNOWN {
        let operation = Contract::get().operation(key);
        let reply = (driver(key).minimal)(&stage.bank, &stage.subject).await.unwrap();
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        let complaints = validate(operation.success().1, Unknown::Refused, &body).join("; ");
        let member = place.rsplit('/').next().unwrap();
        assert!(
            complaints.contains(member),
            "{key} at {place} ({why}) is not an exception any more: delete it"
        );
    }
}
