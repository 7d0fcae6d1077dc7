//! The members of a response, one by one, with the schema of each.

use serde_json::Value;
use test_support::Contract;

/// A member of a response, or the first item of a list in it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// `TransactionSchema.valueDate`, `DetailSchema.ownerAddressUnstructured[]` for items, `Account` for the whole.
    pub(crate) name: String,
    /// As the client names it: `transactions.booked[0].valueDate`.
    pub(crate) path: String,
    /// The same as a JSON pointer: `/transactions/booked/0/valueDate`.
    pub(crate) pointer: String,
    /// Whether it is a member of an object, not an item.
    pub(crate) is_member: bool,
    /// Whether it is a member that the contract does not require.
    pub(crate) is_optional: bool,
}

/// All places in a response, starting with the whole. It must have every member, and two items in each list.
pub(crate) fn places(schema: &'static Value, answer: &Value) -> Vec<Place> {
    let root = Place {
        name: name_of(schema).unwrap_or("list").to_owned(),
        path: String::new(),
        pointer: String::new(),
        is_member: false,
        is_optional: false,
    };
    let mut found = vec![root];
    walk(schema, "list", answer, &Step { path: String::new(), pointer: String::new() }, &mut found);
    found
}

struct Step {
    path: String,
    pointer: String,
}

fn walk(schema: &'static Value, name: &str, answer: &Value, at: &Step, found: &mut Vec<Place>) {
    let contract = Contract::get();
    let owner = name_of(schema).unwrap_or(name).to_owned();
    let schema = contract.resolve(schema);
    if let Some(items) = schema.get("items").filter(|_| answer.get(0).is_some()) {
        let (name, step) = (
            format!("{owner}[]"),
            Step { path: format!("{}[0]", at.path), pointer: format!("{}/0", at.pointer) },
        );
        found.push(Place {
            name: name.clone(),
            path: step.path.clone(),
            pointer: step.pointer.clone(),
            is_member: false,
            is_optional: false,
        });
        walk(items, &name, &answer[0], &step, found);
    }
    for (member, declared) in schema["properties"].as_object().into_iter().flatten() {
        let dot = if at.path.is_empty() { "" } else { "." };
        let step =
            Step { path: format!("{}{dot}{member}", at.path), pointer: format!("{}/{member}", at.pointer) };
        let name = format!("{owner}.{member}");
        found.push(Place {
            name: name.clone(),
            path: step.path.clone(),
            pointer: step.pointer.clone(),
            is_member: true,
            is_optional: !required(schema, member),
        });
        walk(declared, &name, &answer[member], &step, found);
    }
}

fn required(schema: &Value, member: &str) -> bool {
    schema["required"].as_array().is_some_and(|names| names.iter().any(|name| name == member))
}

/// The name of the component that a schema refers to.
fn name_of(schema: &Value) -> Option<&str> {
    let reference = schema.get("$ref").or_else(|| schema["allOf"].get(0)?.get("$ref"))?;
    reference.as_str()?.strip_prefix("#/components/schemas/")
}
