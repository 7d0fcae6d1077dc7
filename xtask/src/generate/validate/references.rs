//! Every `$ref` leads to a component of this document.

use crate::failure::Failure;
use crate::generate::document::{Document, walk};

/// Keys below which anything may stand, `$ref` included.
const FREE: [&str; 5] = ["example", "examples", "default", "enum", "value"];

/// Keys whose members are called as the document likes: `default` is a name there.
const NAMING: [&str; 6] = ["properties", "schemas", "parameters", "responses", "requestBodies", "paths"];

/// Refuses the first reference that leads nowhere.
pub(crate) fn check(document: &Document) -> Result<(), Failure> {
    let mut refusal = None;
    walk(document.root(), "", &mut |pointer, value| {
        let Some(reference) = value.get("$ref").filter(|_| refusal.is_none()) else { return };
        if is_free(pointer) {
            return;
        }
        let why = match reference.as_str() {
            None => "is no text: write it as `#/components/…`".to_owned(),
            Some(text) => match leads_to(document, text) {
                Ok(()) => return,
                Err(why) => format!("`{text}` {why}"),
            },
        };
        refusal = Some(Failure::at(format_args!("{pointer}/$ref"), why));
    });
    refusal.map_or(Ok(()), Err)
}

/// Whether `pointer` lies in an example or another place of free JSON.
fn is_free(pointer: &str) -> bool {
    let mut above = "";
    pointer.split('/').any(|token| {
        let is_name = NAMING.contains(&above);
        above = if is_name { "" } else { token };
        !is_name && (FREE.contains(&token) || token.starts_with("x-"))
    })
}

fn leads_to(document: &Document, reference: &str) -> Result<(), String> {
    let Some(pointer) = reference.strip_prefix('#') else {
        return Err("is outside the document: copy what it names into `components`".to_owned());
    };
    let is_component = pointer.starts_with("/components/") && pointer.split('/').count() == 4;
    if !is_component {
        return Err("is no component: move what it names to `components` and refer to it there".to_owned());
    }
    if document.at(pointer).is_none() {
        return Err(format!("leads nowhere: add `{pointer}` or correct the reference"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_json_is_told_from_things_of_the_same_name() {
        for free in [
            "/components/schemas/A/example/b",
            "/info/x-provenance",
            "/paths/~1a/get/responses/200/content/j/examples/a",
        ] {
            assert!(is_free(free), "{free}");
        }
        for checked in [
            "/paths/~1a/get/responses/default",
            "/components/schemas/A/properties/value",
            "/components/schemas/default",
        ] {
            assert!(!is_free(checked), "{checked}");
        }
    }
}
