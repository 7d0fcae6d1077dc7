//! Members of type `Option<OrEmpty<T>>` become plain `OrEmpty<T>`, which knows by itself whether it was there.
//!
//! The generator puts `Option` around every optional member whose type it does not know.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Field, GenericArgument, Item, PathArguments, Type, parse_quote};

use super::attributes::serde_options;

/// Rewrites the members, and the builders that set them.
pub(crate) fn flatten(items: &mut [Item]) {
    for item in items {
        Flatten.visit_item_mut(item);
    }
}

struct Flatten;

impl VisitMut for Flatten {
    fn visit_field_mut(&mut self, field: &mut Field) {
        if or_empty_in_option(&field.ty).is_some() {
            field.attrs.iter_mut().for_each(default_instead_of_none);
        }
        visit_mut::visit_field_mut(self, field);
    }

    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Some(inner) = or_empty_in_option(ty) {
            *ty = inner;
        }
        visit_mut::visit_type_mut(self, ty);
    }
}

fn or_empty_in_option(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let option = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &option.arguments else { return None };
    let Some(GenericArgument::Type(inner @ Type::Path(inner_path))) = arguments.args.first() else {
        return None;
    };
    inner_path.path.segments.last().filter(|segment| segment.ident == "OrEmpty").map(|_| inner.clone())
}

fn default_instead_of_none(attribute: &mut Attribute) {
    let Some(options) = serde_options(attribute) else { return };
    let kept = options
        .iter()
        .filter(|option| !option.path().is_ident("skip_serializing_if"))
        .map(ToTokens::to_token_stream);
    *attribute = parse_quote! {
        #[serde(#(#kept,)* default, skip_serializing_if = "::gocardless_bank_data_core::OrEmpty::is_absent")]
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::polish::testing::{parsed, printed};

    #[test]
    fn a_member_that_may_be_missing_has_no_option_around_it() {
        let mut items = parsed(
            r#"pub struct Page {
                #[serde(rename = "Booked", skip_serializing_if = "::std::option::Option::is_none")]
                pub booked: ::std::option::Option<::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<u8>>>,
                #[serde(skip_serializing_if = "::std::option::Option::is_none")]
                pub count: ::std::option::Option<i64>,
            }"#,
        );
        flatten(&mut items);
        let text = printed(&items);
        assert!(
            text.contains("pub booked: ::gocardless_bank_data_core::OrEmpty<::std::vec::Vec<u8>>"),
            "{text}"
        );
        assert!(text.contains(r#"rename = "Booked""#) && text.contains("OrEmpty::is_absent"), "{text}");
        assert!(text.contains("pub count: ::std::option::Option<i64>"), "{text}");
    }

    #[test]
    fn a_builder_takes_the_same_type() {
        let mut items = parsed(
            "impl Page { pub fn booked<T>(self, value: T) -> Self where T: TryInto<Option<OrEmpty<Vec<u8>>>> { self } }",
        );
        flatten(&mut items);
        assert!(printed(&items).contains("TryInto<OrEmpty<Vec<u8>>>"));
    }
}
