//! What else the types derive and declare: JSON schemas behind a feature, and openness of answers to new members.

use std::collections::BTreeSet;

use heck::ToPascalCase;
use syn::{Fields, Item, parse_quote};

/// Derives `JsonSchema` on each type, if the feature `schemars` is on.
pub(crate) fn json_schemas(types: &mut [Item]) {
    for item in types {
        let attributes = match item {
            Item::Struct(item) => &mut item.attrs,
            Item::Enum(item) => &mut item.attrs,
            _ => continue,
        };
        attributes.push(parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
    }
}

/// Marks the structs that only answers are made of: the vendor may add a member without breaking a caller.
pub(crate) fn non_exhaustive(types: &mut [Item], answers: &BTreeSet<String>) {
    for item in types {
        if let Item::Struct(item) = item
            && matches!(item.fields, Fields::Named(_))
            && answers.contains(&item.ident.to_string())
        {
            item.attrs.push(parse_quote!(#[non_exhaustive]));
        }
    }
}

/// The name of the Rust type that the generator makes of a component; it uses the same rule.
pub(crate) fn rust_name(component: &str) -> String {
    component.to_pascal_case()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::polish::testing::{parsed, printed};

    #[test]
    fn each_type_can_have_a_json_schema() {
        let mut items = parsed("pub struct A { pub b: u8 } pub struct B(String); pub enum C { D }");
        json_schemas(&mut items);
        assert_eq!(printed(&items).matches("::schemars::JsonSchema").count(), 3);
    }

    #[test]
    fn capitals_in_a_row_are_one_word() {
        assert_eq!(rust_name("SpectacularJWTObtain"), "SpectacularJwtObtain");
        assert_eq!(rust_name("EndUserAgreement"), "EndUserAgreement");
    }

    #[test]
    fn only_answers_stay_open_to_new_members() {
        let mut items = parsed(
            "pub struct Answer { pub b: u8 } pub struct Request { pub b: u8 } pub struct Text(String);",
        );
        non_exhaustive(&mut items, &BTreeSet::from(["Answer".to_owned(), "Text".to_owned()]));
        let text = printed(&items);
        assert_eq!(text.matches("#[non_exhaustive]").count(), 1);
        assert!(text.contains("#[non_exhaustive]\npub struct Answer"), "{text}");
    }
}
