//! The sentences of the document, made fit for rustdoc.
//!
//! Only the generator sees them so; `client.json` keeps them as they are written.

use serde_json::Value;

use super::document::{Document, each_schema_mut};

/// Rewrites each summary and description below the root.
pub(crate) fn for_rustdoc(document: &Document) -> Document {
    let mut root = document.root().clone();
    rewrite(&mut root);
    Document::new(root)
}

/// As `for_rustdoc`, for the generator, which puts what it is given directly after the slashes of a comment.
pub(crate) fn for_generator(document: &Document) -> Document {
    let mut document = for_rustdoc(document);
    for name in document.schema_names() {
        let Some(schema) = document.schema_mut(&name) else { continue };
        each_schema_mut(schema, &mut |schema| {
            if let Some(Value::String(text)) = schema.get_mut("description") {
                text.insert(0, ' ');
            }
        });
    }
    document
}

fn rewrite(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if key == "summary" || key == "description" => *text = fit(text),
                    other => rewrite(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(rewrite),
        _ => {}
    }
}

/// Puts bare URLs into angle brackets and escapes what rustdoc would take for a link or for HTML. Code stays.
fn fit(text: &str) -> String {
    let pieces = text.split('`').enumerate().map(|(index, piece)| {
        let is_code = index % 2 == 1;
        if is_code { piece.to_owned() } else { fit_prose(piece) }
    });
    pieces.collect::<Vec<_>>().join("`")
}

fn fit_prose(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        let Some(start) = word.find("https://").or_else(|| word.find("http://")) else {
            return word.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<");
        };
        let (before, url) = word.split_at(start);
        if before.ends_with('<') {
            return word.to_owned();
        }
        let end = url.trim_end_matches(|c: char| c.is_whitespace() || ".,;:!?)".contains(c)).len();
        let (url, after) = url.split_at(end);
        format!("{before}<{url}>{after}")
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_url_becomes_a_link() {
        assert_eq!(fit("See https://example.com/a. Then"), "See <https://example.com/a>. Then");
        assert_eq!(fit("(see <https://example.com/>)"), "(see <https://example.com/>)");
    }

    #[test]
    fn brackets_are_no_links_and_no_html_except_in_code() {
        assert_eq!(fit("a [b] <c> `[d] <e>`"), "a \\[b\\] \\<c> `[d] <e>`");
    }
}
