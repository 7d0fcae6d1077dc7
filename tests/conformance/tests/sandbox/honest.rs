//! Where the sandbox answers as the real service does and not as the contract says. Everything else is a fault of it.

use conformance::{Contract, Operation, Unknown, driver, judge};
use serde_json::Value;

use crate::stage::{Stage, quiet};

/// Members that the sandbox sends and the contract does not know: operation, place (`*` for each entry of a list), why.
const KNOWN: [(&str, &str, &str); 2] = [
    ("GET /api/v2/institutions/", "*/supported_features", "deviations, 29: listed institutions carry it"),
    ("GET /api/v2/institutions/", "*/identification_codes", "deviations, 29: listed institutions carry it"),
];

/// A body without the known members that the contract does not know.
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
        let complaints = judge(operation.success().1, Unknown::Refused, &body).join("; ");
        let member = place.rsplit('/').next().unwrap();
        assert!(complaints.contains(member), "{key} at {place} ({why}) is no exception any more: delete it");
    }
}
