//! From a file or a text to a document that can be compared: JSON or YAML, OpenAPI 3.0, with valid references.

use std::io::Read as _;
use std::path::Path;
use std::rc::Rc;

use serde_json::Value;

use crate::failure::Failure;
use crate::generate::document::Document;
use crate::generate::validate;

/// Reads the document in `path`: as it is written, and with its parts in place. Refusals name the file.
pub(super) fn document(path: &Path) -> Result<(Rc<Document>, Rc<Document>), Failure> {
    let name = name(path);
    let written = Rc::new(Document::new(parse(&name, &bytes(path)?)?));
    let document =
        validate::outline(Document::clone(&written)).map_err(|failure| Failure::at(&name, failure))?;
    // Most documents have no parts to put in place, and a large one is not kept twice.
    let document = if document == *written { Rc::clone(&written) } else { Rc::new(document) };
    Ok((written, document))
}

/// What messages call the file `path`.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// What is in the file `path`; `-` is standard input.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if is_stdin(path) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| {
        let text = error.to_string().to_lowercase();
        let reason = text.split(" (os error").next().unwrap_or_default();
        let advice = "name an OpenAPI document in JSON or YAML";
        Failure::at(name(path), format_args!("cannot be read ({reason}): {advice}"))
    })
}

/// The value of a JSON or YAML text. `name` is where it came from.
pub(crate) fn parse(name: &str, bytes: &[u8]) -> Result<Value, Failure> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Failure::at(name, format_args!("is not UTF-8 ({error}): save it as UTF-8")))?;
    let text = text.trim_start_matches('\u{feff}');
    let is_json = Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    match text.trim_start().chars().next() {
        None => Err(Failure::at(name, "is empty: name an OpenAPI document in JSON or YAML")),
        Some('<') => Err(Failure::at(name, "is a web page or XML: name an OpenAPI document in JSON or YAML")),
        Some('{' | '[') => validate::json(name, text),
        _ if is_json => validate::json(name, text),
        _ => yaml(name, text),
    }
}

fn yaml(name: &str, text: &str) -> Result<Value, Failure> {
    let options = serde_saphyr::options! {
        // `NO` is the country code of Norway, not a boolean.
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let place = error.location().map(|at| format!(":{}:{}", at.line(), at.column())).unwrap_or_default();
        let reason = error.to_string();
        // What follows repeats the place, or says how a program could allow it.
        let reason = reason.split(" at line ").next().unwrap_or_default();
        let reason = reason.split(", set ").next().unwrap_or_default();
        Failure::at(
            format_args!("{name}{place}"),
            format_args!("is neither JSON nor YAML ({reason}): correct the text there"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn yaml_gives_what_the_same_json_gives() {
        let yaml = "responses:\n  200: {description: fine}\n  '404':\n    description: 'no'\n\
                    countries: [NO, SE]\ndays: '90'\nmost: 730\nnothing: null\n";
        let json = json!({
            "responses": { "200": { "description": "fine" }, "404": { "description": "no" } },
            "countries": ["NO", "SE"], "days": "90", "most": 730, "nothing": null,
        });
        assert_eq!(parse("a.yaml", yaml.as_bytes()).unwrap(), json);
        assert_eq!(parse("a.json", json.to_string().as_bytes()).unwrap(), json);
    }

    #[test]
    fn what_is_not_a_document_is_one_sentence_with_its_place() {
        for (name, text, sentence) in [
            ("a", "", "a: is empty"),
            ("a", "<!doctype html>", "a: is a web page"),
            ("a.json", "openapi: 3.0.3", "a.json:1:1: is not JSON"),
            ("a", "{\n oops }", "a:2:2: is not JSON"),
            ("a.yaml", "a: [1\nb: 2\n", "a.yaml:2:2: is neither JSON nor YAML"),
            ("a.yaml", "a: 1\na: 2\n", "a.yaml:2:1: is neither JSON nor YAML (duplicate mapping key: a)"),
        ] {
            let refusal = parse(name, text.as_bytes()).unwrap_err().to_string();
            assert!(refusal.starts_with(sentence), "{refusal}");
            assert_eq!(refusal.lines().count(), 1, "{refusal}");
        }
    }

    #[test]
    fn a_text_that_unfolds_without_end_is_refused() {
        let mut lines = vec!["a: &a [x,x,x,x,x,x,x,x,x]".to_owned()];
        for (before, name) in "abcdefgh".chars().zip("bcdefghi".chars()) {
            let items = vec![format!("*{before}"); 9].join(",");
            lines.push(format!("{name}: &{name} [{items}]"));
        }
        let text = lines.join("\n");
        assert!(
            parse("a.yaml", text.as_bytes()).unwrap_err().to_string().contains("is neither JSON nor YAML")
        );
    }
}
