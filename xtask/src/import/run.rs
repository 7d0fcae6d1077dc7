//! The command: the vendor's document in, contract and client out, and a report of what changed. All of it, or nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use serde_json::Value;

use super::rewrite::rewrite;
use super::source::Source;
use super::{provenance, summary};
use crate::diff;
use crate::failure::Failure;
use crate::generate;
use crate::generate::document::Document;
use crate::generate::validate;

const CONTRACT: &str = "openapi/contract.json";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder of the repository.
    pub(crate) root: PathBuf,
    /// A file or a URL.
    pub(crate) source: String,
    /// Keep the new contract even if no client can be generated from it.
    pub(crate) keep: bool,
    /// How long a download may take.
    pub(crate) timeout: Duration,
}

/// Imports the document; the failure of a change that succeeded says that there was one.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let source = Source::get(&options.source, options.timeout)?;
    let vendor = document(&source.name, diff::parse(&source.name, &source.bytes)?)?;
    let path = options.root.join(CONTRACT);
    let ours = document(CONTRACT, diff::parse(CONTRACT, &diff::bytes(&path)?)?)?;

    if diff::operations(&ours, &vendor).iter().all(|pair| pair.0.is_none() || pair.1.is_none()) {
        let mend = "name a document of this API, or put its first operation into the contract by hand";
        return Err(Failure::at(
            &source.name,
            format_args!("has no operation in common with {CONTRACT}: {mend}"),
        ));
    }
    let rewritten = rewrite(&ours, &vendor, provenance::note(&source));
    let new = Document::new(rewritten.contract.clone());
    // The report speaks of the document as it is compared: with its parts in place.
    let (old, new) = (validate::outline(ours)?, validate::outline(new)?);
    let changes = diff::compare(&old, &new);
    print!("{}", diff::text(&changes));
    if changes.is_empty() {
        println!("{CONTRACT} stays as it is");
        return Ok(());
    }
    print!("{}", summary::sentences(&rewritten, &old, &new));
    put(options, &path, &rewritten.contract)?;
    print!("{}", summary::next(&rewritten, CONTRACT));
    Err(Failure::Stale(format!("the contract changed: {}", diff::counts(&changes))))
}

/// The value as a document, if it is one; what is wrong with it is said with its name.
fn document(name: &str, root: Value) -> Result<Document, Failure> {
    let document = Document::new(root);
    match validate::outline(document.clone()) {
        Ok(_) => Ok(document),
        Err(failure) => Err(Failure::at(name, failure)),
    }
}

/// Generates from the new contract, and puts it in its place when that has worked.
fn put(options: &Options, path: &Path, contract: &Value) -> Result<(), Failure> {
    let mut text = serde_json::to_string_pretty(contract).context("writing the contract")?;
    text.push('\n');
    let beside = path.with_file_name(format!(".contract.{}.json", std::process::id()));
    fs::write(&beside, text).with_context(|| format!("writing {}", beside.display()))?;
    println!("\nGenerating\n");
    // What is warned of goes to the other stream, below this.
    let _ = std::io::stdout().flush();
    let generated = generate::run(&generate::Options {
        root: options.root.clone(),
        check: false,
        contract: Some(beside.clone()),
        out: None,
    });
    let place = || fs::rename(&beside, path).with_context(|| format!("writing {}", path.display()));
    match generated {
        Ok(()) => Ok(place()?),
        Err(failure) if options.keep => {
            place()?;
            Err(Failure::BadInput(format!(
                "{failure}\n{CONTRACT} is the new one, and the client is still the old one"
            )))
        }
        Err(failure) => {
            let _ = fs::remove_file(&beside);
            let keep = "nothing was changed; `--keep` keeps the new contract without a client";
            Err(Failure::BadInput(format!("{failure}\n{keep}")))
        }
    }
}
