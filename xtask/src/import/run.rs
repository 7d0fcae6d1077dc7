//! The command `cargo xtask import`, step by step. Contract and client are written together, or neither is.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::source::Source;
use super::{rewrite, summary};
use crate::diff;
use crate::failure::Failure;
use crate::generate::document::Document;
use crate::generate::validate;
use crate::generate::{self, CONTRACT, Input};

/// What the command line asks for.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder of the repository.
    pub(crate) root: PathBuf,
    /// A file, a URL, or `-` for standard input.
    pub(crate) source: String,
    /// Keep the new contract even if no client can be generated from it.
    pub(crate) keep: bool,
    /// How long a download may take.
    pub(crate) timeout: Duration,
}

/// Imports the document. A change is reported as a failure although it succeeded, for its exit code.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let source = Source::get(&options.source, options.timeout)?;
    let vendor = Document::new(diff::parse(&source.name, &source.bytes)?);
    // Documents may be large, so that none is kept longer than it is needed.
    drop(outline(&source.name, vendor.clone())?);
    let path = options.root.join(CONTRACT);
    let ours = Document::new(diff::parse(CONTRACT, &diff::bytes(&path)?)?);
    drop(outline(CONTRACT, ours.clone())?);

    if diff::operations(&ours, &vendor).iter().all(|pair| pair.0.is_none() || pair.1.is_none()) {
        let advice = "name a document of this API, or put its first operation into the contract by hand";
        return Err(Failure::at(
            &source.name,
            format_args!("has no operation in common with {CONTRACT}: {advice}"),
        ));
    }
    let rewritten = rewrite::rewrite(&ours, &vendor, provenance(&source));
    drop(vendor);
    // Documents are compared with their parts in place.
    let old = outline(CONTRACT, ours)?;
    let new = validate::outline(Document::new(rewritten.contract.clone()))?;
    let changes = diff::compare(&old, &new);
    print!("{}", diff::text(&changes));
    if changes.is_empty() {
        println!("{CONTRACT} is unchanged");
        return Ok(());
    }
    print!("{}", summary::sentences(&rewritten, &old, &new));
    print!("{}", summary::renamed(&rewritten.renamed));
    let next = summary::next(&rewritten, CONTRACT);
    drop((old, new));
    put(options, rewritten.contract)?;
    print!("{next}");
    Err(Failure::Stale(format!("the contract changed: {}", diff::counts(&changes))))
}

/// The document with its parts in place. Refusals name where it came from.
fn outline(name: &str, document: Document) -> Result<Document, Failure> {
    validate::outline(document).map_err(|failure| Failure::at(name, failure))
}

/// Where the structure of the contract comes from, as `info.x-provenance` says it.
fn provenance(source: &Source) -> Value {
    let sum: Vec<String> = Sha256::digest(&source.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "document": format!("vendor OpenAPI from {}", source.origin),
        "fetched": chrono::Utc::now().date_naive().to_string(),
        "verbatim-sha256": sum.concat(),
        "changes-here": "structure kept; the vendor's prose and examples of bodies were removed, and every summary and \
                         description was written by this project",
    })
}

/// Generates from the new contract, and puts it in its place when that has worked.
fn put(options: &Options, contract: Value) -> Result<(), Failure> {
    println!("\nGenerating\n");
    // Warnings go to the other stream, and belong below this.
    let _ = std::io::stdout().flush();
    let generate = generate::Options {
        root: options.root.clone(),
        check: false,
        input: Input::NewContract(contract),
        out: None,
    };
    match (generate::run(&generate), generate.input) {
        (Err(Failure::BadInput(sentences)), Input::NewContract(contract)) if options.keep => {
            generate::keep(&options.root, &contract)?;
            Err(Failure::BadInput(format!(
                "{sentences}\n{CONTRACT} is the new one, and the client is still the old one"
            )))
        }
        (Err(Failure::BadInput(sentences)), _) => {
            let keep = "nothing was changed; `--keep` keeps the new contract without a client";
            Err(Failure::BadInput(format!("{sentences}\n{keep}")))
        }
        (result, _) => result,
    }
}
