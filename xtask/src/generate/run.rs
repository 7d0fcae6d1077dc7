//! The pipeline of `generate`: contract, patches, generator, files. Nothing is written until all of it exists.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::Value;

use super::document::Document;
use super::names::{self, Unknown};
use super::output::{self, COMMAND, Head, Outputs};
use super::patch::PATCHES;
use super::patch::record::Patch;
use super::{operation, package, postprocess, progenitor, reference, rustdoc_escape, strictness, validate};
use crate::failure::Failure;

const CONTRACT: &str = "openapi/contract.json";
const CLIENT: &str = "openapi/client.json";
const README: &str = "openapi/README.md";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder of the repository.
    pub(crate) root: PathBuf,
    /// Compare instead of writing.
    pub(crate) check: bool,
    /// Another document than the contract; what does not apply to it is a warning.
    pub(crate) contract: Option<PathBuf>,
    /// Another folder than the tree.
    pub(crate) out: Option<PathBuf>,
}

/// Generates the client, or checks that it is what would be generated.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let contract = options.contract.clone().unwrap_or_else(|| options.root.join(CONTRACT));
    let unknown = if options.contract.is_some() { Unknown::Named } else { Unknown::Refused };
    let contract = validate::read(&contract, unknown)?;
    let mut document = contract.clone();
    let mut complaints = names::complaints(&document.places());
    let (applied, more) = patch(&mut document);
    complaints.extend(more);
    report(options, &complaints)?;

    let mut client = serde_json::to_string_pretty(document.root()).context("writing client.json")?;
    client.push('\n');
    let mut code = progenitor::generate(&rustdoc_escape::for_generator(&document))?;
    postprocess::members_that_may_be_missing(&mut code, &document)?;
    let mut outputs = outputs(options, &document, client, code, &applied)?;
    // They are part of the wrapper's documentation, and another folder has no wrapper.
    if options.out.is_none() {
        add_pages(&mut outputs, options, &contract, &document)?;
    }
    if options.check { check(&outputs) } else { write(&outputs, options, &document) }
}

/// Applies the patches. Gives those that applied, and what the document no longer needs or should not have.
fn patch(document: &mut Document) -> (Vec<&'static Patch>, Vec<String>) {
    let mut applied = Vec::new();
    let mut complaints = Vec::new();
    for patch in PATCHES {
        let result = (patch.apply)(document);
        complaints.extend(result.complaint(patch));
        if result.changed > 0 {
            applied.push(patch);
        }
    }
    complaints.extend(strictness::complaints(document));
    (applied, complaints)
}

/// A complaint about our own contract is an error; about another document it is a warning.
fn report(options: &Options, complaints: &[String]) -> Result<(), Failure> {
    if options.contract.is_none()
        && let Some(first) = complaints.first()
    {
        return Err(Failure::BadInput(first.clone()));
    }
    for complaint in complaints {
        eprintln!("warning: {complaint}");
    }
    Ok(())
}

fn outputs(
    options: &Options,
    document: &Document,
    client: String,
    code: syn::File,
    applied: &[&Patch],
) -> Result<Outputs, Failure> {
    let head = Head::new(&client);
    let files = package::files(code, &operation::operations(document), &head)?;
    let code: String = files.iter().map(|(_, text)| text.as_str()).collect();
    let table = output::patches(applied);

    let mut outputs = Outputs::new(options.out.as_deref().unwrap_or(&options.root));
    let home = if options.out.is_some() {
        outputs.add("client.json", client);
        outputs.add("PATCHES.md", output::patches_page(&table, &head));
        outputs.add("Cargo.toml", package::manifest_alone(&code, &head, &absolute(&options.root)?)?);
        ""
    } else {
        let readme = options.root.join(README);
        let page = fs::read_to_string(&readme).with_context(|| format!("reading {}", readme.display()))?;
        outputs.add(CLIENT, client);
        outputs.add(README, output::with_patches(&page, &table, README)?);
        outputs.add("generated/Cargo.toml", package::manifest(&code, &head));
        "generated/"
    };
    for (name, text) in files {
        outputs.add(format!("{home}{name}"), text);
    }
    outputs.own(format!("{home}src"));
    Ok(outputs)
}

/// Adds the reference pages; what they lack is reported like the rest of the contract.
fn add_pages(
    outputs: &mut Outputs,
    options: &Options,
    contract: &Document,
    document: &Document,
) -> Result<(), Failure> {
    let pages = reference::pages(contract, document);
    report(options, &pages.complaints)?;
    for (file, text) in pages.files {
        outputs.add(file, text);
    }
    outputs.own(reference::FOLDER);
    Ok(())
}

fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    path.canonicalize().with_context(|| format!("finding {}", path.display()))
}

fn write(outputs: &Outputs, options: &Options, document: &Document) -> Result<(), Failure> {
    let changed = outputs.write()?;
    let place = options.out.as_ref().map_or_else(
        || format!("openapi, generated and {}", reference::FOLDER),
        |out| out.display().to_string(),
    );
    let schemas =
        document.at("/components/schemas").and_then(Value::as_object).map_or(0, serde_json::Map::len);
    println!("{} operations, {schemas} schemas; {changed} files changed in {place}", document.places().len());
    Ok(())
}

fn check(outputs: &Outputs) -> Result<(), Failure> {
    let stale = outputs.compare()?;
    for file in &stale {
        println!("{} is stale:\n{}", file.file.display(), file.difference);
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(Failure::Stale(format!("{} generated files are stale: run `{}`", stale.len(), COMMAND)))
}
