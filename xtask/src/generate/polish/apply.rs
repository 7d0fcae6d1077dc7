//! The passes over the generator's output, in order.

use std::collections::{BTreeMap, BTreeSet};

use super::docs::Builders;
use super::rooms::Rooms;
use super::{calls, client, debug, derives, docs, objects, operation, or_empty, wire};
use crate::generate::document::{self, Document};

/// Polishes the generator's output for the patched document. `shown_as` has the names that people know types by.
pub(crate) fn polish(file: syn::File, document: &Document, shown_as: &BTreeMap<String, String>) -> Rooms {
    let mut rooms = Rooms::take_apart(file);
    or_empty::flatten(&mut rooms.types);
    debug::redact(&mut rooms, &bank_data(document), shown_as);
    derives::json_schemas(&mut rooms.types);
    let answers = answers(document);
    derives::non_exhaustive(&mut rooms.types, &answers);
    objects::only(&mut rooms.types, &answers);
    client::without_new(&mut rooms.client);
    rooms.client.push(client::hooks());
    calls::without_version_header(&mut rooms.builder);
    calls::plain_refusals(&mut rooms.builder);
    wire::through_the_transport(&mut rooms.builder);
    docs::complete(&mut rooms.client, Builders::None);
    docs::complete(&mut rooms.types, Builders::None);
    docs::complete(&mut rooms.builder, Builders::OfCalls);
    rooms
}

/// Names of the Rust types that account data is made of: what the answers of scarce reads reach.
fn bank_data(document: &Document) -> BTreeSet<String> {
    let places = document.places().into_iter();
    let reads = places.filter_map(|place| {
        let operation = document.operation(&place)?;
        let class = operation::class(&place.method, &place.path, operation);
        (class == operation::SCARCE_READ).then(|| operation.get("responses")).flatten()
    });
    let mut components = Vec::new();
    reads.for_each(|answers| document::schema_references(answers, &mut components));
    let reached = components.iter().flat_map(|name| document.schemas_from(name));
    reached.map(|name| derives::rust_name(&name)).collect()
}

/// Names of the Rust types that only answers are made of.
fn answers(document: &Document) -> BTreeSet<String> {
    let requests = document.schemas_of_requests();
    let answers = document.schemas_of_responses();
    answers.difference(&requests).map(|name| derives::rust_name(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn account_data_is_what_scarce_reads_reach_and_nothing_else() {
        let answer = |name: &str| {
            let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
            json!({ "get": { "responses": { "200": { "content": { "application/json": { "schema": schema } } } } } })
        };
        let inner = json!({ "x-rust-type": { "parameters": [{ "$ref": "#/components/schemas/Inner" }] } });
        let document = Document::new(json!({
            "paths": {
                "/api/v2/accounts/{id}/": answer("Metadata"),
                "/api/v2/accounts/{id}/newData/": answer("NewData"),
                "/api/v2/requisitions/": answer("Requisition"),
            },
            "components": { "schemas": {
                "Metadata": {}, "Requisition": {}, "Inner": {}, "NewData": { "properties": { "inner": inner } },
            } },
        }));
        assert_eq!(bank_data(&document), BTreeSet::from(["Inner".to_owned(), "NewData".to_owned()]));
    }
}
