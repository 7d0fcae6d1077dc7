//! The pages of all resources.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::errors::{self, Table};
use super::links::{self, Links};
use super::names::{self, RESOURCES, Resource};
use super::operation::{self, Operation};
use super::section::{self, cell};
use crate::failure::Failure;
use crate::generate::document::Document;
use crate::generate::files::head::COMMAND;
use crate::generate::words;

/// Where the pages are, inside the package of the wrapper, whose documentation they are part of.
pub(crate) const FOLDER: &str = "wrapper/reference";

/// The definitions of links for rustdoc.
const LINKS: &str = "links.md";

/// The pages, and what they lack.
#[derive(Debug)]
pub(crate) struct Pages {
    /// Name in the folder, and text.
    pub(crate) files: Vec<(String, String)>,
    /// One sentence for each operation, parameter, member or status that cannot be shown as it should be.
    pub(crate) complaints: Vec<String>,
}

/// The pages of the operations of `contract`. `types` is the text of the generated types.
pub(crate) fn pages(contract: &Document, patched: &Document, types: &str) -> Result<Pages, Failure> {
    let operations = operation::operations(&words::for_rustdoc(contract), patched);
    let errors = Table::read(errors::TEXT)?;
    let base = contract.at("/servers/0/url").and_then(Value::as_str).unwrap_or_default();
    let mut pages = Pages { files: Vec::new(), complaints: strangers(&operations) };
    let mut labels = BTreeSet::new();
    for resource in &RESOURCES {
        let operations: Vec<&Operation> =
            operations.iter().filter(|operation| operation.tag == resource.tag).collect();
        if operations.is_empty() {
            continue;
        }
        let mut links = Links::default();
        let mut text = beginning(resource, &operations, base, &mut links);
        for operation in operations {
            text += &section::section(operation, &errors, &mut links, &mut pages.complaints);
        }
        let _ = write!(text, "\n{}", links.definitions(types));
        labels.extend(links.labels().cloned());
        pages.files.push((format!("{}.md", resource.page), head() + &text));
    }
    pages.files.push((LINKS.to_owned(), head() + &links::for_rustdoc(&labels)));
    Ok(pages)
}

/// A complaint about each operation that is on no page.
fn strangers(operations: &[Operation]) -> Vec<String> {
    let is_known = |operation: &&Operation| RESOURCES.iter().any(|resource| resource.tag == operation.tag);
    let strangers = operations.iter().filter(|operation| !is_known(operation));
    let file = names::FILE;
    let complaint = |operation: &Operation| {
        let Operation { place, tag, .. } = operation;
        format!(
            "{place}: its tag `{tag}` has no reference page: add one to RESOURCES in {file} and to wrapper/src/reference_pages.rs"
        )
    };
    strangers.map(complaint).collect()
}

fn head() -> String {
    format!(
        "<!-- Written by `{COMMAND}`. Do not edit: change the contract, or what stands in \
         xtask/src/generate/reference. -->\n\n"
    )
}

/// Heading, base URL, and the table of the methods.
fn beginning(resource: &Resource, operations: &[&Operation], base: &str, links: &mut Links) -> String {
    let Resource { page, sentence, entry, handle, .. } = resource;
    let (entry, handle) = (links.to(entry), links.to(handle));
    let base_url = links.to("BankDataBuilder::base_url");
    let (response, error) = (links.to("Response"), links.to("Error"));
    let mut text = format!(
        "# `{page}`

{sentence}

All paths are relative to <{base}>, or to what {base_url} says. {entry} gives the handle, {handle}.

`.await` on a call gives its value; `.send().await` gives a {response} with the rate limits and the request id as well. \
Whatever is no success is an {error} with a kind and an advice; the advice is `WaitUntil` where the answer says until when.

| Method | HTTP request | What it does |
| --- | --- | --- |
"
    );
    for operation in operations {
        let Operation { id, place, summary, .. } = operation;
        let method = section::heading(id);
        let _ = writeln!(
            text,
            "| [`{method}`](#{method}) | **{}** `{}` | {} |",
            place.method,
            place.path,
            cell(summary)
        );
    }
    text
}
