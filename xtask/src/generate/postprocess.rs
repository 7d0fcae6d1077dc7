//! The one pass over the generator's syntax tree: a member that reads as empty if it is missing is written back as it came.
//!
//! No setting of the generator puts an attribute on a member, and a type cannot leave itself out when it is encoded: without the
//! pass, a list that was missing comes back as `null`, which the contract does not allow. The pass says how often it
//! matched, and the number must be that of the members that the patches gave the type.

use anyhow::anyhow;
use syn::visit_mut::{self, VisitMut};
use syn::{Field, File, Type, parse_quote};

use super::document::{Document, walk};
use super::patch::rust_type;
use crate::failure::Failure;

/// The type whose members may be missing.
const TYPE: &str = "OrEmpty";

/// This file, as the error names it.
const FILE: &str = "xtask/src/generate/postprocess.rs";

/// Adds the attributes.
pub(crate) fn leave_out_absent_members(code: &mut File, document: &Document) -> Result<(), Failure> {
    let mut expected = 0;
    walk(document.root(), "", &mut |pointer, value| {
        let is_member = pointer.rsplit('/').nth(1) == Some("properties");
        expected += usize::from(is_member && value.as_object().is_some_and(|it| rust_type::is(it, TYPE)));
    });
    let mut members = AbsentMembers { matched: 0 };
    members.visit_file_mut(code);
    if members.matched == expected {
        return Ok(());
    }
    let matched = members.matched;
    Err(anyhow!("{FILE}: the pass over `{TYPE}` matched {matched} members instead of {expected}: look at what the generator writes for them").into())
}

struct AbsentMembers {
    matched: usize,
}

impl VisitMut for AbsentMembers {
    fn visit_field_mut(&mut self, field: &mut Field) {
        let is_it =
            matches!(&field.ty, Type::Path(it) if it.path.segments.last().is_some_and(|it| it.ident == TYPE));
        if is_it && field.ident.is_some() {
            self.matched += 1;
            field.attrs.push(parse_quote!(#[serde(skip_serializing_if = "::gocardless_bank_data_types::OrEmpty::is_absent")]));
            field.attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", schemars(default))]));
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
        leave_out_absent_members(&mut code, &document()).unwrap();
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
        let error = leave_out_absent_members(&mut code, &document()).unwrap_err().to_string();
        assert!(error.contains("matched 0 members instead of 1"), "{error}");
    }
}
