//! Where the contract's structure comes from, as `info.x-provenance` says it.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::date;
use super::source::Source;

const CHANGES: &str = "structure kept; the vendor's prose and examples of bodies were removed, and every summary and \
                       description was written by this project";

/// The note for a contract that is made of `source`.
pub(crate) fn note(source: &Source) -> Value {
    json!({
        "document": format!("vendor OpenAPI from {}", source.origin),
        "fetched": date::today(),
        "verbatim-sha256": sum(&source.bytes),
        "changes-here": CHANGES,
    })
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
