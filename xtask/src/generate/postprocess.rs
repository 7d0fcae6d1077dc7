//! The passes over the generator's syntax tree, for what none of its settings does: attributes of members that read as empty if
//! they are missing, a JSON schema for types that are written in place, as the components have, and no header that the document
//! does not declare. A member that the contract cannot describe points to its type.
//!
//! A type cannot leave itself out when it is encoded: without the first, a list that was missing would come back as `null`, which
//! the contract does not allow. The generator sends the version of the document along; to take it out of each request again
//! would cost 1.7 % of a call. Both say how often they matched, and the number must be that of the members that the patches gave
//! these types, and of the operations.

use anyhow::anyhow;
use quote::ToTokens as _;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Expr, Field, File, GenericArgument, ImplItemFn, Item, ItemEnum, ItemStruct, PathArguments,
    Stmt, Type, TypePath, parse_quote,
};

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
    is_as_expected(members.matched, expected, "members")
}

/// Takes out the header with the version of the document, which each operation has.
pub(crate) fn no_undeclared_header(code: &mut File, document: &Document) -> Result<(), Failure> {
    let mut version = Version { matched: 0 };
    version.visit_file_mut(code);
    is_as_expected(version.matched, document.places().len(), "operations")
}

fn is_as_expected(matched: usize, expected: usize, of: &str) -> Result<(), Failure> {
    if matched == expected {
        return Ok(());
    }
    let advice = "check what the generator writes for them";
    Err(anyhow!("{FILE}: the pass matched {matched} {of} instead of {expected}: {advice}").into())
}

/// Gives each type its JSON schema, which the generator gives by name only: those that are written in place have no name.
pub(crate) fn describe_all_types(code: &mut File) {
    let types = code.items.iter_mut().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_mut(),
        _ => None,
    });
    for item in types.flat_map(|(_, items)| items) {
        if let Item::Struct(it) = &mut *item {
            it.fields.iter_mut().for_each(describe_reference);
        }
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

/// A member that is nothing but a reference has no room for a sentence in the contract: its type has one.
fn describe_reference(field: &mut Field) {
    if field.attrs.iter().any(|attribute| attribute.path().is_ident("doc")) {
        return;
    }
    let name = innermost(&field.ty).and_then(|path| path.get_ident().map(ToString::to_string));
    if let Some(name) = name.filter(|name| name.starts_with(char::is_uppercase) && name != "String") {
        let sentence = format!(" See [`{name}`].");
        field.attrs.push(parse_quote!(#[doc = #sentence]));
    }
}

/// `T` of `Option<T>`, `Vec<T>` and the like.
fn innermost(kind: &Type) -> Option<&syn::Path> {
    let Type::Path(TypePath { path, .. }) = kind else { return None };
    let inner = match &path.segments.last()?.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => Some(inner),
            _ => None,
        },
        _ => None,
    };
    inner.map_or(Some(path), innermost)
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

struct Version {
    matched: usize,
}

impl VisitMut for Version {
    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        if function.sig.asyncness.is_none() {
            return;
        }
        let text = |it: &Stmt| it.to_token_stream().to_string();
        let appends = |it: &Stmt| text(it).contains("header_map . append");
        let statements = &mut function.block.stmts;
        let before = statements.len();
        statements.retain(|it| !(appends(it) && text(it).contains("\"api-version\"")));
        self.matched += before - statements.len();
        // An operation without headers of its own needs no map of them.
        if before != statements.len() && !statements.iter().any(appends) {
            statements.retain(|it| !text(it).starts_with("let mut header_map"));
            for statement in statements {
                Headers.visit_stmt_mut(statement);
            }
        }
    }
}

/// Takes `.headers(header_map)` out of the building of a request.
struct Headers;

impl VisitMut for Headers {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::MethodCall(call) = expression
            && call.method == "headers"
        {
            *expression = (*call.receiver).clone();
        }
        visit_mut::visit_expr_mut(self, expression);
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

    #[test]
    fn the_version_of_the_document_is_not_sent_and_headers_that_are_declared_are() {
        let operation = json!({ "responses": {} });
        let document = Document::new(json!({ "paths": { "/a": { "get": operation } } }));
        let code = |append: Option<Stmt>| -> File {
            parse_quote!(
                impl Client {
                    pub async fn get(&self) {
                        let mut header_map = HeaderMap::with_capacity(1usize);
                        header_map.append(HeaderName::from_static("api-version"), Self::api_version());
                        #append
                        let mut request = self.client.get(url).header(ACCEPT, "json").headers(header_map).build()?;
                    }
                }
            )
        };
        let mut without = code(None);
        no_undeclared_header(&mut without, &document).unwrap();
        let text = prettyplease::unparse(&without);
        assert!(
            !text.contains("header_map") && text.contains(r#".header(ACCEPT, "json").build()?"#),
            "{text}"
        );
        let declared: Stmt = parse_quote!(if let Some(value) = language {
            header_map.append("language", value.into());
        });
        let mut with = code(Some(declared));
        no_undeclared_header(&mut with, &document).unwrap();
        let text = prettyplease::unparse(&with);
        assert!(!text.contains("api-version") && text.contains(".headers(header_map)"), "{text}");
        let error = no_undeclared_header(&mut with, &document).unwrap_err().to_string();
        assert!(error.contains("matched 0 operations instead of 1"), "{error}");
    }

    #[test]
    fn a_member_that_is_only_a_reference_points_to_its_type_and_no_other_gets_a_sentence() {
        let mut code: File = parse_quote!(
            pub mod types {
                pub struct Order {
                    pub amount: ::std::option::Option<Amount>,
                    /// Its own.
                    pub price: Amount,
                    pub name: ::std::option::Option<::std::string::String>,
                }
            }
        );
        describe_all_types(&mut code);
        let text = code.to_token_stream().to_string();
        assert_eq!(text.matches("See [`Amount`].").count(), 1, "{text}");
        assert_eq!(text.matches("doc =").count(), 2, "{text}");
    }
}
