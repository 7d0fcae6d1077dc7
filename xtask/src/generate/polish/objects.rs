//! Answers are read from JSON objects only. What serde derives would also take a list for a struct, by position.

use std::collections::BTreeSet;

use syn::{Fields, Item, parse_quote};

/// Lets each struct that only answers are made of read itself through core's `ObjectOnly`.
///
/// `remote = "Self"` makes serde derive its two functions beside the traits instead of as the traits, which are then
/// written here in terms of them.
pub(crate) fn only(types: &mut Vec<Item>, answers: &BTreeSet<String>) {
    let mut implementations: Vec<Item> = Vec::new();
    for item in types.iter_mut() {
        let Item::Struct(item) = item else { continue };
        if !matches!(item.fields, Fields::Named(_)) || !answers.contains(&item.ident.to_string()) {
            continue;
        }
        item.attrs.push(parse_quote!(#[serde(remote = "Self")]));
        let name = &item.ident;
        implementations.push(parse_quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::std::result::Result<S::Ok, S::Error> {
                    Self::serialize(self, serializer)
                }
            }
        });
        implementations.push(parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    Self::deserialize(::gocardless_bank_data_core::ObjectOnly(deserializer))
                }
            }
        });
    }
    // Before the builders, which stand in a module of their own at the end.
    let end = types.iter().position(|item| matches!(item, Item::Mod(_))).unwrap_or(types.len());
    types.splice(end..end, implementations);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::polish::testing::{parsed, printed};

    #[test]
    fn an_answer_reads_itself_from_an_object_and_a_request_is_left_alone() {
        let mut items =
            parsed("pub struct Answer { pub b: u8 } pub struct Request { pub b: u8 } pub mod builder {}");
        only(&mut items, &BTreeSet::from(["Answer".to_owned()]));
        let text = printed(&items);
        assert_eq!(text.matches("ObjectOnly").count(), 1, "{text}");
        assert!(text.contains("#[serde(remote = \"Self\")]\npub struct Answer"), "{text}");
        assert!(text.find("ObjectOnly") < text.find("mod builder"), "{text}");
    }
}
