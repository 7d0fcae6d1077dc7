//! Reading attributes of generated items.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Path, Token};

/// The options of a `#[serde(…)]` attribute.
pub(crate) fn serde_options(attribute: &Attribute) -> Option<Punctuated<Meta, Token![,]>> {
    if !attribute.path().is_ident("serde") {
        return None;
    }
    attribute.parse_args_with(Punctuated::parse_terminated).ok()
}

/// The traits of a `#[derive(…)]` attribute.
pub(crate) fn derived(attribute: &Attribute) -> Option<Punctuated<Path, Token![,]>> {
    if !attribute.path().is_ident("derive") {
        return None;
    }
    attribute.parse_args_with(Punctuated::parse_terminated).ok()
}
