//! The passes over the generator's output, in order.

use super::docs::Builders;
use super::rooms::Rooms;
use super::{calls, client, debug, derives, docs, or_empty};
use crate::generate::document::Document;

/// Polishes the generator's output for the patched document.
pub(crate) fn polish(file: syn::File, document: &Document) -> Rooms {
    let mut rooms = Rooms::take_apart(file);
    or_empty::flatten(&mut rooms.types);
    debug::redact(&mut rooms);
    derives::json_schemas(&mut rooms.types);
    derives::non_exhaustive(&mut rooms.types, &answers(document));
    client::without_new(&mut rooms.client);
    rooms.client.push(client::hooks());
    calls::without_version_header(&mut rooms.builder);
    calls::plain_refusals(&mut rooms.builder);
    docs::complete(&mut rooms.client, Builders::None);
    docs::complete(&mut rooms.types, Builders::None);
    docs::complete(&mut rooms.builder, Builders::OfCalls);
    rooms
}

/// Names of the Rust types that only answers are made of.
fn answers(document: &Document) -> std::collections::BTreeSet<String> {
    let requests = document.schemas_of_requests();
    let answers = document.schemas_of_responses();
    answers.difference(&requests).map(|name| derives::rust_name(name)).collect()
}
