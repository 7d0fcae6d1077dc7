//! What the generator writes without complaint and the compiler refuses: two things of one name. Each is reported with its
//! place in the contract.

use std::collections::HashMap;

use heck::ToPascalCase as _;
use syn::{Attribute, Field, FnArg, ImplItem, Item, ItemImpl, Pat, Type};

use super::document::{Document, Place, escape, schema_pointer};
use super::patch::name_in_contract;
use crate::failure::Failure;

const ADJUSTMENTS: &str = "xtask/src/generate/patch/adjustments.rs";

/// Refuses code in which two items, members, variants or parameters have one name.
pub(crate) fn check(code: &syn::File, document: &Document) -> Result<(), Failure> {
    let mut faults = Vec::new();
    items(&code.items, document, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(Failure::BadInput(faults.join("\n"))) }
}

fn items(all: &[Item], document: &Document, faults: &mut Vec<String>) {
    let types = all.iter().filter_map(|item| match item {
        Item::Struct(it) => Some(it.ident.to_string()),
        Item::Enum(it) => Some(it.ident.to_string()),
        Item::Type(it) => Some(it.ident.to_string()),
        Item::Trait(it) => Some(it.ident.to_string()),
        Item::Mod(it) => Some(it.ident.to_string()),
        _ => None,
    });
    for (name, _) in twice(types.map(|name| (name, String::new()))) {
        faults.push(two_types(&name, document));
    }
    for item in all {
        match item {
            Item::Mod(module) => {
                module.content.iter().for_each(|(_, inner)| items(inner, document, faults));
            }
            Item::Struct(it) => members(&it.ident.to_string(), it.fields.iter(), document, faults),
            Item::Enum(it) => {
                let name = it.ident.to_string();
                let variants =
                    it.variants.iter().map(|it| (it.ident.to_string(), known_as(&it.attrs, &it.ident)));
                for (rust, written) in twice(variants) {
                    faults.push(two_parts(&name, "values", &rust, &written, document));
                }
                for variant in &it.variants {
                    members(&name, variant.fields.iter(), document, faults);
                }
            }
            Item::Impl(it) if it.trait_.is_none() => functions(it, document, faults),
            _ => {}
        }
    }
}

fn members<'a>(
    owner: &str,
    fields: impl Iterator<Item = &'a Field>,
    document: &Document,
    faults: &mut Vec<String>,
) {
    let named = fields.filter_map(|field| {
        let name = field.ident.as_ref()?;
        Some((unraw(name), known_as(&field.attrs, name)))
    });
    for (rust, written) in twice(named) {
        faults.push(two_parts(owner, "members", &rust, &written, document));
    }
}

/// The functions of the client: their names, and the names of what each takes.
fn functions(block: &ItemImpl, document: &Document, faults: &mut Vec<String>) {
    if !matches!(&*block.self_ty, Type::Path(path) if path.path.is_ident("Client")) {
        return;
    }
    let functions = || {
        block.items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function),
            _ => None,
        })
    };
    let names = functions().map(|function| (unraw(&function.sig.ident), String::new()));
    for (name, _) in twice(names) {
        faults.push(format!(
            "operation `{name}`: two operations have this name: give one another in xtask/src/generate/names.rs"
        ));
    }
    for function in functions() {
        let taken = function.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Ident(it) => Some((unraw(&it.ident), String::new())),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        });
        // The generator gives its own variables other names if they are taken, but for this one.
        let own = std::iter::once(("header_map".to_owned(), String::new()));
        for (rust, _) in twice(own.chain(taken)) {
            faults.push(format!(
                "{}: two variables of its function would be called `{rust}`: remove a parameter of that name by a patch in {ADJUSTMENTS}",
                operation(&function.sig.ident.to_string(), document)
            ));
        }
    }
}

/// The names that come more than once, each with what the document calls those that have it.
fn twice(names: impl Iterator<Item = (String, String)>) -> Vec<(String, Vec<String>)> {
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    let mut order = Vec::new();
    for (rust, written) in names {
        let all = known.entry(rust.clone()).or_default();
        all.push(written);
        if all.len() == 2 {
            order.push(rust);
        }
    }
    order.into_iter().filter_map(|name| known.remove_entry(&name)).collect()
}

fn unraw(name: &syn::Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// What a member or value is called in JSON.
fn known_as(attributes: &[Attribute], name: &syn::Ident) -> String {
    let mut found = unraw(name);
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let value = meta.value().and_then(syn::parse::ParseBuffer::parse::<syn::Expr>);
            if let (true, Ok(syn::Expr::Lit(literal))) = (meta.path.is_ident("rename"), value)
                && let syn::Lit::Str(text) = literal.lit
            {
                found = text.value();
            }
            Ok(())
        });
    }
    found
}

/// The names in the contract of the components that become the type `rust`.
fn components(rust: &str, document: &Document) -> Vec<String> {
    let names = document.schema_names().into_iter().filter(|name| name.to_pascal_case() == rust);
    names.map(|name| name_in_contract(&name).to_owned()).collect()
}

/// Where the type `rust` comes from: a component, or a member of one whose type is written in place.
fn place(rust: &str, document: &Document) -> String {
    if let Some(name) = components(rust, document).first() {
        return schema_pointer(name);
    }
    let names = document.schema_names();
    let owners = names.iter().filter_map(|name| Some((name, rust.strip_prefix(&name.to_pascal_case())?)));
    let member = owners.min_by_key(|(_, rest)| rest.len()).and_then(|(name, rest)| {
        let members = document.schema(name)?.get("properties")?.as_object()?;
        let member = members.keys().find(|member| rest.starts_with(&member.to_pascal_case()))?;
        Some(format!("{}/properties/{}", schema_pointer(name_in_contract(name)), escape(member)))
    });
    member.unwrap_or_else(|| format!("the type `{rust}`"))
}

fn operation(id: &str, document: &Document) -> String {
    let has_id = |place: &&Place| {
        let operation = document.operation(place);
        operation.is_some_and(|operation| operation.get("operationId").is_some_and(|known| known == id))
    };
    document.places().iter().find(has_id).map_or_else(|| format!("operation `{id}`"), ToString::to_string)
}

fn two_types(rust: &str, document: &Document) -> String {
    let (place, names) = (place(rust, document), components(rust, document));
    let others = match names.get(1) {
        Some(other) => format!("as is `{other}`"),
        None => "as is another type that is written in place".to_owned(),
    };
    format!(
        "{place}: is called `{rust}` in Rust, {others}: give one another name by a row of TYPE_NAMES in {ADJUSTMENTS}"
    )
}

fn two_parts(owner: &str, what: &str, rust: &str, written: &[String], document: &Document) -> String {
    let place = place(owner, document);
    let written = written.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
    format!(
        "{place}: its {what} {written} have one name in Rust, `{rust}`: take one out by a patch in {ADJUSTMENTS}"
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use syn::parse_quote;

    use super::*;

    fn faults(code: &syn::File) -> Vec<String> {
        let schemas = json!({ "Account": {}, "ab": {}, "Ab": {} });
        let document = Document::new(json!({ "components": { "schemas": schemas } }));
        let failure = check(code, &document).err().map(|failure| failure.to_string());
        failure.iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
    }

    #[test]
    fn two_of_one_name_are_reported_with_what_the_document_calls_them() {
        let found = faults(&parse_quote!(
            impl Client {
                pub fn get(&self, a_b: i64, a_b: i64) {}
                pub fn get(&self) {}
            }
            mod types {
                pub struct Ab(Option<Ab>);
                pub enum Ab {}
                pub struct Account {
                    #[serde(rename = "a-b", default)]
                    a_b: String,
                    a_b: String,
                    r#type: String,
                    #[serde(rename = "Type")]
                    r#type: String,
                }
            }
        ));
        for part in [
            "operation `get`: two operations",
            "operation `get`: two variables of its function would be called `a_b`",
            "/components/schemas/ab: is called `Ab` in Rust, as is `Ab`",
            "/components/schemas/Account: its members `a-b` and `a_b` have one name in Rust, `a_b`",
            "/components/schemas/Account: its members `type` and `Type` have one name in Rust, `type`",
        ] {
            assert!(found.iter().any(|fault| fault.starts_with(part)), "{part}: {found:#?}");
        }
        assert_eq!(found.len(), 5, "{found:#?}");
    }
}
