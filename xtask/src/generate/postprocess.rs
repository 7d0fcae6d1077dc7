//! The passes over the generator's syntax tree: attributes of members that read as empty if they are missing, and a JSON
//! schema for types that are written in place, as the components have.
//!
//! No setting of the generator puts an attribute on a member, and a type cannot leave itself out when it is encoded: without the
//! first, a list that was missing would come back as `null`, which the contract does not allow. It says how often it matched,
//! and the number must be that of the members that the patches gave these types.

use anyhow::anyhow;
use quote::ToTokens as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Field, File, Item, ItemEnum, ItemStruct, Type, parse_quote};

use super::document::{Document, walk};
use super::patch::rust_type;
use crate::failure::Failure;

/// This file, as the error names it.
const FILE: &str = "xtask/src/generate/postprocess.rs";

/// The types, and the attributes of their members.
fn attributes(name: &str) -> Option<[Attribute; 2]> {
    Some(match name {
        "OrEmpty" => [
            parse_quote!(#[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]),
            parse_quote!(#[cfg_attr(feature = "schemars", schemars(default))]),
        ],
        "Entries" => [
            parse_quote!(#[serde(skip_serializing_if = "::gocardless_bank_data_types::Entries::is_absent")]),
            parse_quote!(#[cfg_attr(feature = "schemars", schemars(default))]),
        ],
        "Unread" => [
            parse_quote!(#[serde(default, skip_serializing)]),
            parse_quote!(#[cfg_attr(feature = "schemars", schemars(skip))]),
        ],
        _ => return None,
    })
}

/// Adds the attributes.
pub(crate) fn members_that_may_be_missing(code: &mut File, document: &Document) -> Result<(), Failure> {
    let mut expected = 0;
    walk(document.root(), "", &mut |pointer, value| {
        let is_member = pointer.rsplit('/').nth(1) == Some("properties");
        expected += usize::from(is_member && value.as_object().is_some_and(rust_type::reads_as_empty));
    });
    let mut members = Members { matched: 0 };
    members.visit_file_mut(code);
    let matched = members.matched;
    if matched == expected {
        return Ok(());
    }
    let advice = "look at what the generator writes for them";
    Err(anyhow!("{FILE}: the pass matched {matched} members instead of {expected}: {advice}").into())
}

/// Gives each type its JSON schema, which the generator can be asked for by name only: those in place have none it would know.
pub(crate) fn describe_all_types(code: &mut File) {
    let types = code.items.iter_mut().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_mut(),
        _ => None,
    });
    for item in types.flat_map(|(_, items)| items) {
        let (Item::Struct(ItemStruct { attrs, .. }) | Item::Enum(ItemEnum { attrs, .. })) = item else {
            continue;
        };
        let attribute: Attribute =
            parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]);
        if !attrs.iter().any(|known| known.to_token_stream().to_string().contains("schemars")) {
            attrs.push(attribute);
        }
    }
}

struct Members {
    matched: usize,
}

impl VisitMut for Members {
    fn visit_field_mut(&mut self, field: &mut Field) {
        let Type::Path(path) = &field.ty else { return };
        let name = path.path.segments.last().map(|segment| segment.ident.to_string());
        if let (true, Some(attributes)) = (field.ident.is_some(), name.as_deref().and_then(attributes)) {
            self.matched += 1;
            field.attrs.extend(attributes);
        }
        visit_mut::visit_field_mut(self, field);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Document {
        let list = json!({ "x-rust-type": { "crate": "types", "version": "*", "path": "types::OrEmpty" } });
        Document::new(
            json!({ "components": { "schemas": { "A": { "properties": { "list": list, "other": {} } } } } }),
        )
    }

    #[test]
    fn a_member_that_may_be_missing_is_left_out_when_it_was() {
        let mut code: File = parse_quote!(
            pub struct A {
                pub list: ::types::OrEmpty<Vec<B>>,
                pub other: Vec<B>,
            }
        );
        members_that_may_be_missing(&mut code, &document()).unwrap();
        let text = prettyplease::unparse(&code);
        assert_eq!(text.matches("OrEmpty::is_absent").count(), 1, "{text}");
    }

    #[test]
    fn another_number_of_matches_than_there_are_members_is_an_error() {
        let mut code: File = parse_quote!(
            pub struct A {
                pub list: Vec<B>,
            }
        );
        let error = members_that_may_be_missing(&mut code, &document()).unwrap_err().to_string();
        assert!(error.contains("matched 0 members instead of 1"), "{error}");
    }
}
