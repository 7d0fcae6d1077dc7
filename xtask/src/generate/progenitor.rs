//! The call of the generator, and the narrowing down of what it cannot take.
//!
//! The generator reports some things by panicking. That is caught here and becomes one sentence with a place.

use std::panic::{self, AssertUnwindSafe};

use heck::ToPascalCase as _;
use progenitor::{CrateVers, GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle, TypePatch};
use quote::quote;
use serde_json::Value;

use super::document::{Document, Place, escape, schema_pointer};
use super::patch::name_in_contract;
use super::patch::rust_type::{self, TYPES_PACKAGE};
use crate::failure::Failure;

/// Name and version of the generator, for the head of the generated files.
pub(crate) const GENERATOR: &str = "progenitor 0.15.1";

/// The generated client as one syntax tree.
pub(crate) fn generate(document: &Document) -> Result<syn::File, Failure> {
    attempt(document).map_err(|reason| {
        let place = narrow_down(document).unwrap_or_else(|| "/".to_owned());
        let correction = "write it differently, or add a patch in xtask/src/generate/patch";
        Failure::at(place, format_args!("the generator cannot take this ({reason}): {correction}"))
    })
}

fn attempt(document: &Document) -> Result<syn::File, String> {
    let spec: openapiv3::OpenAPI =
        serde_json::from_value(document.root().clone()).map_err(|error| one_line(&error))?;
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let result =
        panic::catch_unwind(AssertUnwindSafe(|| Generator::new(&settings(document)).generate_tokens(&spec)));
    panic::set_hook(hook);
    let tokens = result
        .map_err(|payload| one_line(&panic_text(payload.as_ref())))?
        .map_err(|error| one_line(&error))?;
    syn::parse2(tokens).map_err(|error| one_line(&error))
}

fn settings(document: &Document) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(::gocardless_bank_data_types::RequestCapture))
        .with_derive("PartialEq")
        .with_crate(TYPES_PACKAGE, CrateVers::Any, None);
    let requests = document.schemas_of_requests();
    for name in document.schema_names() {
        let mut patch = TypePatch::default();
        patch.with_attr("#[cfg_attr(feature = \"schemars\", derive(::schemars::JsonSchema))]");
        // The vendor may add a member to an answer without breaking a caller.
        if !requests.contains(&name) {
            patch.with_attr("#[non_exhaustive]");
        }
        if can_be_empty(document, &name) {
            patch.with_derive("Default");
        }
        settings.with_patch(name.to_pascal_case(), &patch);
    }
    settings
}

/// Whether each member that a component requires is one that reads as empty where it is missing. The generator, which does
/// not know that, derives `Default` only where it requires none.
fn can_be_empty(document: &Document, name: &str) -> bool {
    let Some(schema) = document.schema(name).and_then(Value::as_object) else { return false };
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|required| {
        let mut members =
            required.iter().filter_map(|member| schema.get("properties")?.get(member.as_str()?));
        members.all(|member| {
            member.as_object().is_some_and(|member| {
                ["OrEmpty", "Entries", "Unread"].iter().any(|name| rust_type::is(member, name))
            })
        })
    })
}

/// The smallest part that the generator refuses on its own: a component or one of its members, or one operation.
fn narrow_down(document: &Document) -> Option<String> {
    let mut bare = document.clone();
    let paths = bare.object_mut("/paths").map(std::mem::take)?;
    let mut names = bare.schema_names();
    // What refers to a bad component is refused as well, and reaches more than that one does.
    names.sort_by_key(|name| bare.schemas_from(name).len());
    if let Some(name) = names.into_iter().find(|name| attempt(&component(&bare, name)).is_err()) {
        return Some(member(&bare, &name).unwrap_or_else(|| schema_pointer(name_in_contract(&name))));
    }
    let place = document.places().into_iter().find(|place| attempt(&only(&bare, &paths, place)).is_err());
    place.map(|place| place.to_string())
}

/// The member of a refused component that is refused as its only member.
fn member(bare: &Document, name: &str) -> Option<String> {
    let alone = component(bare, name);
    let members = alone.schema(name)?.get("properties")?.as_object()?.clone();
    let refused = members.iter().find(|(member, schema)| {
        let mut document = alone.clone();
        if let Some(component) = document.schema_mut(name) {
            *component = serde_json::json!({ "type": "object", "properties": { *member: schema } });
        }
        attempt(&document).is_err()
    });
    refused.map(|(member, _)| {
        format!("{}/properties/{}", schema_pointer(name_in_contract(name)), escape(member))
    })
}

/// The document with nothing but one component and what it reaches.
fn component(bare: &Document, name: &str) -> Document {
    let mut document = bare.clone();
    let needed = document.schemas_from(name);
    if let Some(schemas) = document.object_mut("/components/schemas") {
        schemas.retain(|other, _| needed.contains(other));
    }
    document
}

fn only(bare: &Document, paths: &serde_json::Map<String, Value>, place: &Place) -> Document {
    let mut document = bare.clone();
    let method = place.method.to_ascii_lowercase();
    if let (Some(open), Some(operation)) =
        (document.object_mut("/paths"), paths.get(&place.path).and_then(|item| item.get(&method)))
    {
        open.insert(place.path.clone(), serde_json::json!({ method: operation }));
    }
    document
}

fn panic_text(payload: &(dyn std::any::Any + Send)) -> String {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_else(|| "it panicked".to_owned())
}

/// The first line of `text`, short enough for a sentence.
fn one_line(text: &impl ToString) -> String {
    const LONGEST: usize = 200;
    let text = text.to_string();
    let line = text.lines().next().unwrap_or_default().trim();
    line.chars().take(LONGEST).collect()
}
