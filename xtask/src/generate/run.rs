//! The pipeline of `generate`: contract, patches, generator, files. Nothing is written until all of it exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use heck::ToPascalCase as _;
use serde_json::Value;

use super::document::{Document, schema_pointer};
use super::output::{self, COMMAND, Head, Outputs};
use super::package::Schema;
use super::patch::record::Patch;
use super::patch::{self, PATCHES};
use super::{
    compiles, lists, normal_form, operation, package, postprocess, progenitor, reference, rustdoc_escape,
    strictness, validate,
};
use crate::diff;
use crate::failure::Failure;

/// The vendor's document with our sentences.
pub(crate) const CONTRACT: &str = "openapi/contract.json";
const CLIENT: &str = "openapi/client.json";
const README: &str = "openapi/README.md";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder of the repository.
    pub(crate) root: PathBuf,
    /// Compare instead of writing.
    pub(crate) check: bool,
    pub(crate) input: Input,
    /// Another folder than the tree.
    pub(crate) out: Option<PathBuf>,
}

/// What is generated from.
#[derive(Debug)]
pub(crate) enum Input {
    /// The contract. What a person has to decide about it is an error.
    Contract,
    /// Another document, for which that is a warning.
    File(PathBuf),
    /// A document that takes the place of the contract if a client can be generated from it; as for another document.
    NewContract(Value),
}

/// Generates the client, or checks that it is what would be generated.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    if let Some(out) = options.out.as_deref().filter(|_| !options.check) {
        output::may_be_written(out, &options.root)?;
    }
    let contract = read(options)?;
    let renamed = patch::renamed(&contract);
    from(&contract, &renamed, options)
        .map_err(|failure| failure.each(|sentence| in_contract(sentence, &renamed)))
}

fn from(contract: &Document, renamed: &[(String, String)], options: &Options) -> Result<(), Failure> {
    let mut document = contract.clone();
    let mut complaints = Vec::new();
    let (applied, more) = apply(&mut document);
    // Only the contract has a provenance.
    let is_contract = matches!(options.input, Input::Contract);
    complaints.extend(more.into_iter().filter(|it| is_contract || !it.contains("`without-provenance`")));
    complaints.extend(strictness::complaints(&document));
    let mut faults = validate::operation_ids(contract);
    faults.extend(validate::operations(&document));
    // The pages are part of the wrapper's documentation, and another folder has no wrapper.
    let pages = options.out.is_none().then(|| reference::pages(contract, &document));
    complaints.extend(pages.iter().flat_map(|pages| pages.complaints.clone()));
    let complaints: Vec<String> =
        complaints.iter().map(|complaint| in_contract(complaint, renamed)).collect();
    report(options, &complaints, &faults)?;

    normal_form::items_are_components(&mut document);
    let mut client = serde_json::to_string_pretty(document.root()).context("writing client.json")?;
    client.push('\n');
    let mut code = progenitor::generate(&rustdoc_escape::for_generator(&document))?;
    compiles::check(&code, &document)?;
    postprocess::members_that_may_be_missing(&mut code, &document)?;
    postprocess::no_undeclared_header(&mut code, &document)?;
    postprocess::describe_all_types(&mut code);
    let schemas = schemas(contract, renamed, &document);
    let mut outputs = outputs(options, &document, client, code, &schemas, &applied)?;
    if let Some(pages) = pages {
        for (file, text) in pages.files.into_iter().chain(lists::files(&document)) {
            outputs.add(file, text);
        }
        outputs.own(reference::FOLDER);
    }
    if let Input::NewContract(contract) = &options.input {
        outputs.add(CONTRACT, text(contract)?);
    }
    if options.check { check(&outputs) } else { write(&outputs, options, &document) }
}

/// A sentence with the places of the contract, whose components the patches know by other names.
fn in_contract(sentence: &str, renamed: &[(String, String)]) -> String {
    let mut sentence = sentence.to_owned();
    for (known, name) in renamed {
        let pointers = sentence
            .replace(&format!("{}/", schema_pointer(known)), &format!("{}/", schema_pointer(name)))
            .replace(&format!("{}:", schema_pointer(known)), &format!("{}:", schema_pointer(name)));
        let is_row =
            pointers.split(|sign: char| !sign.is_alphanumeric() && sign != '_').any(|word| word == known);
        sentence =
            pointers + &if is_row { format!("; `{known}` is now called `{name}`") } else { String::new() };
    }
    sentence
}

/// Puts `contract` into the tree and generates nothing.
pub(crate) fn keep(root: &Path, contract: &Value) -> Result<(), Failure> {
    let mut outputs = Outputs::new(root, None);
    outputs.add(CONTRACT, text(contract)?);
    outputs.write().map(drop)
}

fn text(contract: &Value) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(contract).context("writing the contract")? + "\n")
}

/// The document, checked. Refusals name the file.
fn read(options: &Options) -> Result<Document, Failure> {
    let (name, root) = match &options.input {
        Input::Contract => {
            (CONTRACT.to_owned(), diff::parse(CONTRACT, &diff::bytes(&options.root.join(CONTRACT))?)?)
        }
        Input::File(path) => (diff::name(path), diff::parse(&diff::name(path), &diff::bytes(path)?)?),
        Input::NewContract(contract) => ("the new contract".to_owned(), contract.clone()),
    };
    let checked = validate::outline(Document::new(root)).map(normal_form::before_patches);
    checked.map_err(|failure| failure.each(|sentence| format!("{name}: {sentence}")))
}

/// Applies the patches. Gives those that applied, and what the document no longer needs or should not have.
fn apply(document: &mut Document) -> (Vec<&'static Patch>, Vec<String>) {
    let mut applied = Vec::new();
    let mut complaints = Vec::new();
    for patch in PATCHES {
        let result = (patch.apply)(document);
        complaints.extend(result.complaints(patch, document));
        if result.changed > 0 {
            applied.push(patch);
        }
    }
    (applied, complaints)
}

/// Faults are errors. A complaint about our own contract is one too, and about another document a warning. All of them are
/// reported, each once.
fn report(options: &Options, complaints: &[String], faults: &[String]) -> Result<(), Failure> {
    let (mut errors, mut known) = (Vec::new(), BTreeSet::new());
    for complaint in complaints.iter().filter(|complaint| known.insert(complaint.as_str())) {
        if matches!(options.input, Input::Contract) {
            errors.push(complaint.as_str());
        } else {
            eprintln!("warning: {complaint}");
        }
    }
    errors.extend(faults.iter().map(String::as_str).filter(|fault| known.insert(fault)));
    if errors.is_empty() { Ok(()) } else { Err(Failure::BadInput(errors.join("\n"))) }
}

/// The components of the contract with their types. Those that no type of theirs is made of are left out.
fn schemas(contract: &Document, renamed: &[(String, String)], document: &Document) -> Vec<Schema> {
    let received = document.schemas_of_responses();
    let schema = |name: String| {
        let known = renamed.iter().find(|(_, now)| *now == name).map_or(&name, |(known, _)| known);
        let patched = patch::name_of_type(known);
        let rust = document.schema(patched).map(|_| patched.to_pascal_case())?;
        Some(Schema { is_received: received.contains(patched), name, rust })
    };
    contract.schema_names().into_iter().filter_map(schema).collect()
}

fn outputs(
    options: &Options,
    document: &Document,
    client: String,
    code: syn::File,
    schemas: &[Schema],
    applied: &[&Patch],
) -> Result<Outputs, Failure> {
    let head = Head::new(&client);
    let files = package::files(code, &operation::operations(document), schemas, &head)?;
    let code: String = files.iter().map(|(_, text)| text.as_str()).collect();
    let table = output::patches(applied);

    let mut outputs = Outputs::new(&options.root, options.out.as_deref());
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

fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    path.canonicalize().with_context(|| format!("finding {}", path.display()))
}

fn write(outputs: &Outputs, options: &Options, document: &Document) -> Result<(), Failure> {
    let changed = outputs.write()?;
    let place =
        options.out.as_ref().map_or_else(|| "the repository".to_owned(), |out| out.display().to_string());
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
