//! From a file to a document that the patches can take: read, checked, and with its references to parts inlined.

use std::path::Path;

use serde_json::Value;

use super::{cycles, frame, inline, operations, references};
use crate::failure::Failure;
use crate::generate::document::Document;
use crate::generate::names::Unknown;

/// Reads and checks the document in `path`.
pub(crate) fn read(path: &Path, unknown: Unknown) -> Result<Document, Failure> {
    check(Document::new(parse(path)?), unknown)
}

/// The document, if it can be taken, with its parts in place.
fn check(document: Document, unknown: Unknown) -> Result<Document, Failure> {
    let document = outline(document)?;
    operations::check(&document, unknown)?;
    Ok(document)
}

/// The document, if it is one, with its parts in place. What the generator needs beyond that is not looked at.
pub(crate) fn outline(mut document: Document) -> Result<Document, Failure> {
    frame::check(&document)?;
    references::check(&document)?;
    cycles::check(&document)?;
    inline::parts(&mut document)?;
    Ok(document)
}

fn parse(path: &Path) -> Result<Value, Failure> {
    let name = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        let mend = "name an OpenAPI document in JSON that this user may read";
        Failure::at(&name, format_args!("cannot be read ({}): {mend}", plain(&error)))
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        Failure::at(&name, format_args!("is not UTF-8 ({}): save it as UTF-8", error.utf8_error()))
    })?;
    json(&name.to_string(), text.trim_start_matches('\u{feff}'))
}

/// The value that a JSON text stands for. `name` is where it came from.
pub(crate) fn json(name: &str, text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|error| {
        let place = format!("{name}:{}:{}", error.line(), error.column());
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        Failure::at(
            place,
            format_args!("is not JSON ({reason}): mend the text there, or convert YAML to JSON first"),
        )
    })
}

/// The kind of an I/O error without the number of the operating system.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string().to_lowercase();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}
