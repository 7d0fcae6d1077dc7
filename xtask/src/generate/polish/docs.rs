//! Documentation of the generated items: every public one has some, and none of it is an example that nobody runs.
//!
//! The sentences are the contract's. Where it has none, a plain one says what the item is.

use quote::ToTokens;
use syn::{
    Attribute, Expr, ExprLit, Fields, FnArg, ImplItem, Item, ItemImpl, ItemStruct, Lit, Meta, Pat,
    Visibility, parse_quote,
};

use super::attributes::serde_options;

/// Tidies and completes the documentation of the items of one module. `builders` says what its setters set.
pub(crate) fn complete(items: &mut [Item], builders: Builders) {
    for item in items {
        match item {
            Item::Struct(item) => complete_struct(item, builders),
            Item::Enum(item) => {
                tidy(&mut item.attrs);
                for variant in &mut item.variants {
                    let text =
                        format!("The value `{}`.", wire_name(&variant.attrs, &variant.ident.to_string()));
                    document(&mut variant.attrs, &text);
                }
            }
            Item::Impl(item) => complete_impl(item, builders),
            Item::Mod(module) => {
                tidy(&mut module.attrs);
                let inner = if module.ident == "builder" { Builders::OfTypes } else { builders };
                if let Some((_, items)) = &mut module.content {
                    complete(items, inner);
                }
            }
            _ => {}
        }
    }
}

/// What the structs of a module build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builders {
    /// Nothing: they are values.
    None,
    /// A value of the same name one module up.
    OfTypes,
    /// A call of an operation.
    OfCalls,
}

fn complete_struct(item: &mut ItemStruct, builders: Builders) {
    let text = match builders {
        Builders::OfTypes => format!("Builder of [`{0}`](super::{0}).", item.ident),
        _ => format!("The schema `{}`.", item.ident),
    };
    document(&mut item.attrs, &text);
    if let (Builders::None, Fields::Named(fields)) = (builders, &mut item.fields) {
        for field in fields.named.iter_mut().filter(|field| matches!(field.vis, Visibility::Public(_))) {
            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            let text = format!("The member `{}`.", wire_name(&field.attrs, &name));
            document(&mut field.attrs, &text);
        }
    }
}

fn complete_impl(item: &mut ItemImpl, builders: Builders) {
    if item.trait_.is_some() {
        return;
    }
    let owner = item.self_ty.to_token_stream().to_string();
    for member in &mut item.items {
        let ImplItem::Fn(function) = member else { continue };
        let name = function.sig.ident.to_string();
        let text = match (builders, name.as_str()) {
            (Builders::None, "builder") => "Starts to build a value, member by member.".to_owned(),
            (Builders::OfTypes, _) => format!("Sets [`{name}`](super::{owner}::{name})."),
            (Builders::OfCalls, "new") => "Starts a call on this client.".to_owned(),
            (Builders::OfCalls, "body") => "Sets the whole body.".to_owned(),
            (Builders::OfCalls, "body_map") => "Changes the body through its builder.".to_owned(),
            (Builders::OfCalls, _) if takes_value(function) => format!("Sets the parameter `{name}`."),
            _ => format!("The function `{name}`."),
        };
        document(&mut function.attrs, &text);
    }
}

fn takes_value(function: &syn::ImplItemFn) -> bool {
    function.sig.inputs.iter().any(|input| {
        matches!(input, FnArg::Typed(typed) if matches!(typed.pat.as_ref(), Pat::Ident(name) if name.ident == "value"))
    })
}

/// The name of a member on the wire.
fn wire_name(attributes: &[Attribute], name: &str) -> String {
    let options = attributes.iter().filter_map(serde_options).flatten();
    options
        .filter(|option| option.path().is_ident("rename"))
        .find_map(|option| match option {
            Meta::NameValue(pair) => text_of(&pair.value),
            _ => None,
        })
        .unwrap_or_else(|| name.to_owned())
}

fn text_of(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// Tidies the documentation; gives the item `text` if it has none.
fn document(attributes: &mut Vec<Attribute>, text: &str) {
    if !tidy(attributes) {
        attributes.insert(0, line(text));
    }
}

/// Brings the documentation into one line each, without unrun examples. False if there is none.
fn tidy(attributes: &mut Vec<Attribute>) -> bool {
    let mut lines = Vec::new();
    attributes.retain(|attribute| {
        let text = match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => text_of(&pair.value),
            _ => None,
        };
        lines.extend(text.iter().flat_map(|text| text.split('\n').map(str::to_owned)));
        text.is_none()
    });
    let lines = without_unrun_examples(lines);
    let found = !lines.is_empty();
    attributes.splice(0..0, lines.iter().map(|text| line(text)));
    found
}

fn line(text: &str) -> Attribute {
    let text = if text.is_empty() || text.starts_with(' ') { text.to_owned() } else { format!(" {text}") };
    parse_quote!(#[doc = #text])
}

/// Leaves out blocks that are never compiled, and empty lines at the end.
fn without_unrun_examples(lines: Vec<String>) -> Vec<String> {
    const BEGIN: &str = concat!("```", "ignore");
    let mut inside = false;
    let mut kept: Vec<String> = Vec::new();
    for line in lines {
        match line.trim() {
            BEGIN => inside = true,
            "```" if inside => inside = false,
            _ if inside => {}
            _ => kept.push(line.trim_end().to_owned()),
        }
    }
    while kept.last().is_some_and(String::is_empty) {
        kept.pop();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::polish::testing::{parsed, printed};

    fn completed(code: &str, builders: Builders) -> String {
        let mut items = parsed(code);
        complete(&mut items, builders);
        printed(&items)
    }

    #[test]
    fn an_example_that_is_never_compiled_goes() {
        let code = concat!(
            "impl Client { #[doc = \"Lists.\\n\\n```",
            "ignore\\nclient.list()\\n```\"] pub fn list() {} }"
        );
        let text = completed(code, Builders::None);
        assert!(text.contains("/// Lists.") && !text.contains("client.list"), "{text}");
    }

    #[test]
    fn a_member_without_a_sentence_gets_its_name_on_the_wire() {
        let text =
            completed("pub struct A { #[serde(rename = \"maskedPan\")] pub masked_pan: u8 }", Builders::None);
        assert!(text.contains("/// The member `maskedPan`."), "{text}");
    }

    #[test]
    fn a_setter_leads_to_the_member_it_sets() {
        let text = completed("impl Account { pub fn iban<T>(self, value: T) -> Self {} }", Builders::OfTypes);
        assert!(text.contains("/// Sets [`iban`](super::Account::iban)."), "{text}");
    }

    #[test]
    fn paragraphs_stay_apart() {
        let text =
            completed("#[doc = \" One.\"] #[doc = \"\"] #[doc = \" Two.\"] pub struct A;", Builders::None);
        assert!(text.contains("/// One.\n///\n/// Two."), "{text}");
    }

    #[test]
    fn sentences_of_the_contract_stay() {
        let text = completed(
            "#[doc = \"An account.\"] pub struct A { #[doc = \"Its number.\"] pub iban: u8 }",
            Builders::None,
        );
        assert!(text.contains("/// An account.") && text.contains("/// Its number."), "{text}");
    }
}
