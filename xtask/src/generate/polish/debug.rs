//! Derived `Debug` gives way to one that shows no bank data: what a struct is like, never what it says.
//!
//! What may be shown is listed; everything else is redacted, so that a new type is safe before anybody thinks of it.
//! In the answers of scarce reads, which are what a bank says of a person, moments are not shown either: when somebody
//! paid is a trace of them, and when an agreement was made is not.
//!
//! A type is shown under the name that people use it by, which the wrapper gives it; the vendor's own is of no help in a
//! log (`SpectacularJwtObtain`).

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};
use syn::{Attribute, Field, Fields, GenericArgument, Item, ItemStruct, PathArguments, Type, parse_quote};

use super::attributes::derived;
use super::rooms::{Rooms, module_mut};

/// Types whose `Debug` gives nothing away, by the last word of their path.
const SHOWN: [&str; 19] = [
    "bool",
    "i32",
    "i64",
    "u32",
    "u64",
    "NonZeroU32",
    "NonZeroU64",
    "Bounded",
    "Days",
    "InstitutionId",
    "AgreementId",
    "RequisitionId",
    "AccountId",
    "RequisitionStatus",
    "AccountStatus",
    "BalanceType",
    "AccessScope",
    "Feature",
    "Secret",
];

/// Moments, which are shown wherever they are not bank data.
const MOMENT: &str = "Timestamp";

/// Types that show what they hold, and so are as safe as that.
const HOLDERS: [&str; 5] = ["Option", "Vec", "OneOrMany", "OrEmpty", "OrOther"];

/// Replaces the derived `Debug` of the types, of their builders, of the operations' builders and of the client.
///
/// `bank_data` are the names of the types that account data is made of; `shown_as` has other names to show types under.
pub(crate) fn redact(rooms: &mut Rooms, bank_data: &BTreeSet<String>, shown_as: &BTreeMap<String, String>) {
    let structs: BTreeSet<String> = rooms
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => Some(item.ident.to_string()),
            _ => None,
        })
        .collect();
    replace(&mut rooms.types, &|item| {
        let name = item.ident.to_string();
        let moments = !bank_data.contains(&name);
        by_member(item, shown_as.get(&name).unwrap_or(&name), &Shown { structs: &structs, moments })
    });
    if let Some(builders) = module_mut(&mut rooms.types, "builder") {
        replace(builders, &name_only);
    }
    replace(&mut rooms.builder, &name_only);
    // An HTTP client may show its default headers.
    replace(&mut rooms.client, &name_only);
}

/// Replaces each derived `Debug` among `items` by what `body` writes.
fn replace(items: &mut Vec<Item>, body: &dyn Fn(&ItemStruct) -> Item) {
    let mut written = Vec::with_capacity(items.len());
    for mut item in std::mem::take(items) {
        let implementation = match &mut item {
            Item::Struct(item) => item.attrs.iter_mut().any(drop_debug).then(|| body(item)),
            // An enum of plain words has no data to hide.
            _ => None,
        };
        written.push(item);
        written.extend(implementation);
    }
    *items = written;
}

/// Takes `Debug` out of a `#[derive(…)]`; true if it was there.
fn drop_debug(attribute: &mut Attribute) -> bool {
    let Some(traits) = derived(attribute) else { return false };
    let kept: Vec<_> = traits.iter().filter(|path| !path.is_ident("Debug")).collect();
    let found = kept.len() < traits.len();
    if found {
        *attribute = parse_quote!(#[derive(#(#kept),*)]);
    }
    found
}

/// What the members of one struct may show.
struct Shown<'a> {
    /// The generated structs, each of which redacts itself.
    structs: &'a BTreeSet<String>,
    /// Whether moments are shown.
    moments: bool,
}

impl Shown<'_> {
    fn allows(&self, ty: &Type) -> bool {
        let (Some(word), Type::Path(path)) = (last_word(ty), ty) else { return false };
        if HOLDERS.contains(&word.as_str()) {
            let held = path.path.segments.last().map(|segment| &segment.arguments);
            let Some(PathArguments::AngleBracketed(held)) = held else { return false };
            return held
                .args
                .iter()
                .all(|argument| matches!(argument, GenericArgument::Type(ty) if self.allows(ty)));
        }
        SHOWN.contains(&word.as_str()) || self.structs.contains(&word) || (self.moments && word == MOMENT)
    }
}

fn by_member(item: &ItemStruct, text: &str, shown: &Shown<'_>) -> Item {
    let name = &item.ident;
    let Fields::Named(fields) = &item.fields else {
        return parse_quote! {
            impl ::std::fmt::Debug for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.debug_tuple(#text).field(&::gocardless_bank_data_core::Redacted::of(&self.0)).finish()
                }
            }
        };
    };
    let members = fields.named.iter().filter_map(|field| member(field, shown));
    parse_quote! {
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#text) #(#members)* .finish()
            }
        }
    }
}

fn member(field: &Field, allowed: &Shown<'_>) -> Option<proc_macro2::TokenStream> {
    let name = field.ident.as_ref()?;
    let text = name.to_string();
    let shown = if allowed.allows(&field.ty) {
        quote!(&self.#name)
    } else if last_word(&field.ty).is_some_and(|word| word == "Option") {
        quote!(&::gocardless_bank_data_core::Redacted::option(&self.#name))
    } else {
        quote!(&::gocardless_bank_data_core::Redacted::of(&self.#name))
    };
    Some(quote!(.field(#text, #shown)))
}

fn last_word(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// A builder holds the same data, and conversion errors besides: it shows its name alone.
fn name_only(item: &ItemStruct) -> Item {
    let (name, text) = (&item.ident, item.ident.to_string());
    let borrowed = item.generics.params.to_token_stream();
    let lifetime = if borrowed.is_empty() { quote!() } else { quote!(<'_>) };
    parse_quote! {
        impl ::std::fmt::Debug for #name #lifetime {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#text).finish_non_exhaustive()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::polish::testing::{parsed, printed};

    fn redacted(types: &str) -> String {
        let mut rooms = Rooms { types: parsed(types), ..Rooms::default() };
        let shown_as = BTreeMap::from([("VendorsWord".to_owned(), "Word".to_owned())]);
        redact(&mut rooms, &BTreeSet::from(["BankData".to_owned()]), &shown_as);
        printed(&rooms.types)
    }

    #[test]
    fn a_type_that_people_know_by_another_name_is_shown_under_it() {
        for members in ["{ pub n: bool }", "(String);"] {
            let text = redacted(&format!("#[derive(Debug)] pub struct VendorsWord {members}"));
            assert!(text.contains("Debug for VendorsWord") && text.contains("(\"Word\")"), "{text}");
        }
    }

    #[test]
    fn a_member_of_a_type_that_is_not_listed_is_redacted() {
        let text =
            redacted("#[derive(Clone, Debug)] pub struct A { pub iban: String, pub new: ::core::Novelty }");
        assert!(text.contains("#[derive(Clone)]"), "{text}");
        assert_eq!(text.matches("Redacted::of").count(), 2, "{text}");
    }

    #[test]
    fn an_option_shows_whether_it_is_there() {
        assert!(
            redacted("#[derive(Debug)] pub struct A { pub b: Option<String> }").contains("Redacted::option")
        );
    }

    #[test]
    fn ids_counts_and_other_generated_structs_are_shown() {
        let text = redacted(
            "#[derive(Debug)] pub struct A { pub id: c::AccountId, pub n: i64, pub b: Option<Vec<B>>, pub c: c::OrEmpty<c::OrOther<B>> }
             #[derive(Debug)] pub struct B { pub n: bool }",
        );
        assert!(!text.contains("Redacted"), "{text}");
    }

    #[test]
    fn moments_are_redacted_in_bank_data_and_shown_elsewhere() {
        let members = "{ pub at: Option<c::Timestamp>, pub each: c::OrEmpty<Vec<c::Timestamp>> }";
        let bank_data = redacted(&format!("#[derive(Debug)] pub struct BankData {members}"));
        assert!(
            bank_data.contains("Redacted::option(&self.at)")
                && bank_data.contains("Redacted::of(&self.each)"),
            "{bank_data}"
        );
        let agreement = redacted(&format!("#[derive(Debug)] pub struct Agreement {members}"));
        assert!(!agreement.contains("Redacted"), "{agreement}");
    }

    #[test]
    fn a_checked_string_is_redacted_as_a_whole() {
        assert!(redacted("#[derive(Debug)] pub struct Reference(String);").contains("Redacted::of(&self.0)"));
    }

    #[test]
    fn builders_show_their_name_alone() {
        let types = parsed("pub mod builder { #[derive(Debug)] pub struct A { b: Result<String, String> } }");
        let builder = parsed("#[derive(Debug, Clone)] pub struct Get<'a> { client: &'a super::Client }");
        let mut rooms = Rooms { types, builder, ..Rooms::default() };
        redact(&mut rooms, &BTreeSet::new(), &BTreeMap::new());
        assert!(printed(&rooms.types).contains("finish_non_exhaustive"));
        assert!(printed(&rooms.builder).contains("impl ::std::fmt::Debug for Get<'_>"));
    }
}
