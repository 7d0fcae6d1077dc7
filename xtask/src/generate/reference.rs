//! The reference pages of the wrapper: one for each resource, with its operations, parameters, bodies and answers.
//!
//! The contract says what there is; the tables here say what it is called in the wrapper. What they lack is a complaint
//! that names the operation. That the names exist is rustdoc's to check: each of them is a link on a page.
//!
//! A page is read in the repository and in rustdoc. It links by reference, `[text][label]`, and defines its labels at its
//! end as files of the repository. The wrapper's documentation puts `links.md` before each page, which defines the same
//! labels as items; of two definitions of one label the first counts (`CommonMark`, 4.7).

#![allow(clippy::indexing_slicing, reason = "reading a member that a JSON value does not have gives null")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use heck::ToPascalCase as _;
use serde_json::Value;

use super::document::{Document, Place, SCHEMA_PREFIX};
use super::operation;
use super::output::COMMAND;
use super::rustdoc_escape;

/// Where the pages are, inside the package of the wrapper, whose documentation they are part of.
pub(crate) const FOLDER: &str = "wrapper/reference";

/// The module of the wrapper that shows the pages.
const MODULE: &str = "wrapper/src/reference_pages.rs";

/// The module of the wrapper that has the types of answers.
const MODELS: &str = "wrapper/src/model.rs";

/// This file, as a complaint names it.
const FILE: &str = "xtask/src/generate/reference.rs";

/// The page of one resource.
struct Resource {
    /// The tag of its operations in the contract.
    tag: &'static str,
    /// The name of the page, which is the name of the class in other clients.
    page: &'static str,
    /// What the page begins with.
    sentence: &'static str,
    /// The method that gives the handle, and the handle.
    entry: &'static str,
    handle: &'static str,
    /// Whether `entry` takes the id of what the operations are about.
    takes_id: bool,
    /// The file of the handle and of its builders, as seen from a page.
    file: &'static str,
}

const RESOURCES: &[Resource] = &[
    Resource {
        tag: "token",
        page: "TokenApi",
        sentence: "The token operations. All other calls of this client share one token without any help.",
        entry: "BankData::tokens",
        handle: "Tokens",
        takes_id: false,
        file: "../src/tokens.rs",
    },
    Resource {
        tag: "institutions",
        page: "InstitutionsApi",
        sentence: "Institutions: the banks whose accounts can be linked.",
        entry: "BankData::institutions",
        handle: "Institutions",
        takes_id: false,
        file: "../src/institutions.rs",
    },
    Resource {
        tag: "agreements",
        page: "AgreementsApi",
        sentence: "End-user agreements: for how long and how far back a person gives access to what.",
        entry: "BankData::agreements",
        handle: "Agreements",
        takes_id: false,
        file: "../src/agreements.rs",
    },
    Resource {
        tag: "requisitions",
        page: "RequisitionsApi",
        sentence: "Requisitions: links between a person's accounts and you.",
        entry: "BankData::requisitions",
        handle: "Requisitions",
        takes_id: false,
        file: "../src/requisitions.rs",
    },
    Resource {
        tag: "accounts",
        page: "AccountsApi",
        sentence: "One linked account: its metadata, and its data of each kind.",
        entry: "BankData::account",
        handle: "AccountHandle",
        takes_id: true,
        file: "../src/accounts.rs",
    },
];

/// Methods that have another name than the stable operation id without its resource: operation, and method of the handle.
const METHODS: &[(&str, &str)] = &[
    ("obtain_token_pair", "obtain"),
    ("refresh_access_token", "refresh"),
    ("create_reconfirmation", "reconfirm"),
    ("get_account", "metadata"),
];

/// What neither the method nor its builder sets under its own name: operation, parameter or member, and what sets it.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("obtain_token_pair", "secret_id", "Credentials::new"),
    ("obtain_token_pair", "secret_key", "Credentials::new"),
    ("get_account_transactions", "date_from", "GetTransactions::from"),
    ("get_account_transactions", "date_to", "GetTransactions::to"),
];

/// One operation in the wrapper, which follows from the contract: what is required is an argument of a method, and where
/// something may be left out the method gives a builder.
struct Names {
    /// The method of the handle.
    method: String,
    /// The builder that the method gives, if it gives one. Its methods are called as what they set.
    builder: Option<String>,
    /// What sets another parameter or member than a method of the builder of that name.
    set_by: BTreeMap<String, String>,
}

impl Names {
    fn of(resource: &Resource, id: &str, parameters: &[(String, bool)]) -> Self {
        let chosen = METHODS.iter().find(|(operation, _)| *operation == id).map(|(_, method)| *method);
        let method =
            format!("{}::{}", resource.handle, chosen.unwrap_or_else(|| method_by_rule(resource, id)));
        let has_builder = parameters.iter().any(|(_, is_required)| !is_required);
        let required = parameters.iter().filter(|(_, is_required)| *is_required);
        let mut set_by: BTreeMap<_, _> = required.map(|(name, _)| (name.clone(), method.clone())).collect();
        if resource.takes_id {
            set_by.insert("id".to_owned(), resource.entry.to_owned());
        }
        let elsewhere = ELSEWHERE.iter().filter(|(operation, ..)| *operation == id);
        set_by.extend(elsewhere.map(|(_, name, other)| ((*name).to_owned(), (*other).to_owned())));
        let builder = has_builder.then(|| id.replace("_account_", "_").to_pascal_case());
        Self { method, builder, set_by }
    }

    /// The method without its type.
    fn heading(&self) -> &str {
        self.method.rsplit("::").next().unwrap_or_default()
    }
}

/// `list` for `list_agreements`, `balances` for `get_account_balances`, `reconfirmation` for `get_reconfirmation`.
fn method_by_rule<'a>(resource: &Resource, id: &'a str) -> &'a str {
    let one = resource.tag.trim_end_matches('s');
    let is_about_it = |name: &str| id.strip_suffix(name)?.strip_suffix('_');
    is_about_it(resource.tag).or_else(|| is_about_it(one)).unwrap_or_else(|| {
        let what = id.split_once('_').map_or(id, |(_, what)| what);
        what.strip_prefix(one).and_then(|rest| rest.strip_prefix('_')).unwrap_or(what)
    })
}

/// Parameters and members of the body by name, and whether they are required.
fn parameters_and_members(contract: &Document, declared: &Value) -> Vec<(String, bool)> {
    let parameters = list(&declared["parameters"]).filter_map(|parameter| {
        Some((parameter["name"].as_str()?.to_owned(), parameter["required"] == true))
    });
    let mut content = declared["requestBody"]["content"].as_object().into_iter().flatten();
    let schema = content.find_map(|(_, media_type)| component(&media_type["schema"]));
    let schema = schema.and_then(|name| contract.schema(&name)).cloned().unwrap_or_default();
    let names = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name);
    let members =
        names.map(|name| (name.clone(), list(&schema["required"]).any(|required| required == name)));
    parameters.chain(members).collect()
}

/// What pages link to besides handles, builders and generated types, and the files as seen from a page.
const OTHERS: &[(&str, &str)] = &[
    ("Advice", "../types/src/error/advice.rs"),
    ("ApiErrorKind", "../types/src/error/kind.rs"),
    ("BankData", "../src/client.rs"),
    ("BankDataBuilder", "../src/builder.rs"),
    ("Credentials", "../types/src/credentials.rs"),
    ("Error", "../types/src/error/call_error.rs"),
    ("Response", "../types/src/response.rs"),
];

/// The pages, and what they lack.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    /// Path in the repository, and text.
    pub(crate) files: Vec<(String, String)>,
    /// One sentence for each operation, parameter or member that cannot be shown as it should be.
    pub(crate) complaints: Vec<String>,
}

/// The pages of the operations of `contract`. `patched` knows their names, and what the types are called.
pub(crate) fn pages(contract: &Document, patched: &Document) -> Pages {
    let contract = &rustdoc_escape::for_rustdoc(contract);
    let mut pages = Pages::default();
    let mut all_labels = BTreeSet::new();
    let (mut module, mut known) = (module_head(), 0);
    let operations = operation::operations(patched);
    for resource in RESOURCES {
        let mut page = Page { contract, patched, resource, labels: BTreeSet::new() };
        let mut rows = String::new();
        let mut sections = String::new();
        for operation in &operations {
            let place = Place { method: operation.method.clone(), path: operation.path.clone() };
            let Some(declared) = contract.operation(&place).filter(|it| it["tags"][0] == resource.tag) else {
                continue;
            };
            let names = Names::of(resource, &operation.id, &parameters_and_members(contract, declared));
            let heading = names.heading();
            let Place { method, path } = &place;
            let _ = writeln!(
                rows,
                "| [`{heading}`](#{heading}) | **{method}** `{path}` | {} |",
                cell(&declared["summary"])
            );
            sections += &page.section(&place, declared, &names);
            known += 1;
        }
        let text = page.beginning() + &rows + &sections + "\n" + &page.definitions();
        pages.files.push((format!("{FOLDER}/{}.md", resource.page), head("<!-- ", " -->") + &text));
        module += &module_entry(resource);
        all_labels.append(&mut page.labels);
    }
    if known < operations.len() {
        let is_known = |tag: &Value| RESOURCES.iter().any(|resource| tag == resource.tag);
        for place in contract.places() {
            let tag = contract
                .operation(&place)
                .map(|operation| &operation["tags"][0])
                .filter(|tag| !is_known(tag));
            let complaint =
                |tag| format!("{place}: its tag {tag} has no reference page: add one to RESOURCES in {FILE}");
            pages.complaints.extend(tag.map(complaint));
        }
    }
    let mut links = head("<!-- ", " -->");
    for label in &all_labels {
        let _ = writeln!(links, "[{label}]: crate::{}{label}", module_of(patched, label));
    }
    pages.files.push((format!("{FOLDER}/links.md"), links));
    pages.files.push((MODULE.to_owned(), module));
    pages.files.push((MODELS.to_owned(), models(patched)));
    pages
}

fn head(before: &str, after: &str) -> String {
    format!("{before}Written by `{COMMAND}`. Do not edit: change the contract, or {FILE}.{after}\n\n")
}

/// What an answer can hold, as people import it.
fn models(patched: &Document) -> String {
    let names: BTreeSet<String> =
        patched.schemas_of_responses().iter().map(|name| name.to_pascal_case()).collect();
    let (mut lines, mut line) = (String::new(), "   ".to_owned());
    for name in names {
        if line.len() + name.len() > 104 {
            lines += &(std::mem::replace(&mut line, "   ".to_owned()) + "\n");
        }
        let _ = write!(line, " {name},");
    }
    head("// ", "")
        + "\
//! The objects of the API. They are generated from the contract.
//!
//! Members are optional if a bank has been seen leaving them out, lists read as empty if they are missing, and members that
//! the contract does not declare are ignored; [`Response::body`](crate::Response::body) still has them.

#[doc(inline)]
#[rustfmt::skip]
pub use gocardless_bank_data_generated::types::{
" + &lines
        + &line
        + "\n};\n"
}

fn module_head() -> String {
    head("// ", "")
        + "//! The reference: one page for each resource, with its operations, their parameters and answers.\n"
        + "//!\n//! The pages are read in the repository as well, in `wrapper/reference`.\n"
}

fn module_entry(resource: &Resource) -> String {
    let Resource { page, tag, .. } = resource;
    let name = page.trim_end_matches("Api").to_lowercase();
    format!(
        "\n/// The operations of the tag `{tag}`.\n#[doc = include_str!(\"../reference/links.md\")]\n\
         #[doc = include_str!(\"../reference/{page}.md\")]\npub mod {name}_api {{}}\n"
    )
}

/// The module of the wrapper that has the type `label`, if it is not the root.
fn module_of(patched: &Document, label: &str) -> &'static str {
    if patched.schema(label).is_some() { "model::" } else { "" }
}

/// One page while it is written.
struct Page<'a> {
    contract: &'a Document,
    patched: &'a Document,
    resource: &'a Resource,
    /// The labels that the page links by.
    labels: BTreeSet<String>,
}

impl Page<'_> {
    /// A link to the type `label` or to the method `Type::method`, under that name.
    fn link(&mut self, label: &str) -> String {
        self.link_as(&format!("`{label}`"), label)
    }

    fn link_as(&mut self, text: &str, label: &str) -> String {
        self.labels.insert(label.to_owned());
        format!("[{text}][{label}]")
    }

    /// The definitions of the links, as files of the repository.
    fn definitions(&self) -> String {
        let mut text = String::new();
        for label in &self.labels {
            let owner = label.split("::").next().unwrap_or(label);
            let other = OTHERS.iter().find(|(name, _)| *name == owner).map(|(_, file)| *file);
            // What is neither the handle nor a builder of its methods is a type of the API.
            let own = self.patched.schema(owner).is_none().then_some(self.resource.file);
            let _ = writeln!(text, "[{label}]: {}", other.or(own).unwrap_or("../../generated/src/types.rs"));
        }
        text
    }

    /// Heading, base URL, and the head of the table of the methods.
    fn beginning(&mut self) -> String {
        let resource = self.resource;
        let base = self.contract.at("/servers/0/url").and_then(Value::as_str).unwrap_or_default();
        let [entry, handle, base_url, response, error] =
            [resource.entry, resource.handle, "BankDataBuilder::base_url", "Response", "Error"]
                .map(|label| self.link(label));
        let kind = self.link_as("kind", "ApiErrorKind");
        let advice = self.link_as("advice", "Advice");
        format!(
            "# `{}`

{}

All paths are relative to <{base}>, or to what {base_url} says. {entry} gives the handle, {handle}; each of its methods has \
an example.

`.await` on a call gives its value; `.send().await` gives a {response} with the rate limits and the request id as well. \
Everything else is an {error}; one that the API sent has a {kind} and an {advice}.

| Method | HTTP request | What it does |
| --- | --- | --- |
",
            resource.page, resource.sentence,
        )
    }

    /// All about one operation.
    fn section(&mut self, place: &Place, declared: &Value, names: &Names) -> String {
        let heading = names.heading();
        let builder = names.builder.as_ref().map(|builder| format!(", which gives a {}", self.link(builder)));
        let here = self.link(&names.method) + &builder.unwrap_or_default();
        let Place { method, path } = place;
        let [id, summary, description] =
            ["operationId", "summary", "description"].map(|key| declared[key].as_str().unwrap_or_default());
        let parameters = self.parameters(declared, names);
        let (body, sent) = self.body(declared, names);
        let returned = self.returned(place);
        let authorization = if self.needs_token(place) {
            "`jwtAuth`, a bearer token, which this client obtains, renews and sends by itself"
        } else {
            "none"
        };
        let mut section = format!(
            "
## {heading}

**{method}** `{path}`; in the vendor's document `{id}`; here {here}

{summary} {description}

### Parameters

{parameters}{body}
- **Return type**: {returned}
- **Authorization**: {authorization}
- **HTTP request headers**: Content-Type: {sent}; Accept: `application/json`

### HTTP response details

| Status | Meaning |
| --- | --- |
"
        );
        let mut answers: Vec<_> = declared["responses"].as_object().into_iter().flatten().collect();
        answers.sort_by_key(|(status, _)| *status);
        for (status, answer) in answers {
            let _ = writeln!(section, "| {status} | {} |", cell(&answer["description"]));
        }
        section
    }

    fn needs_token(&self, place: &Place) -> bool {
        let security = self.patched.operation(place).and_then(|operation| operation.get("security"));
        security.and_then(Value::as_array).is_none_or(|ways| !ways.is_empty())
    }

    fn parameters(&mut self, declared: &Value, names: &Names) -> String {
        if list(&declared["parameters"]).next().is_none() {
            return "None.\n".to_owned();
        }
        let mut text = "\
| Name | Type | In | Required | Set by | Meaning | Default | Limits |
| --- | --- | --- | --- | --- | --- | --- | --- |
"
        .to_owned();
        for parameter in list(&declared["parameters"]) {
            let name = parameter["name"].as_str().unwrap_or_default();
            let first = format!(" {} |", parameter["in"].as_str().unwrap_or_default());
            let is_required = parameter["required"] == true;
            let (schema, meaning) = (&parameter["schema"], &parameter["description"]);
            text += &self.row(names, (name, is_required), &first, schema, meaning);
        }
        text
    }

    /// The members of the request body, and the media types that it can have.
    fn body(&mut self, declared: &Value, names: &Names) -> (String, String) {
        let body = &declared["requestBody"];
        let Some(content) = body["content"].as_object() else { return (String::new(), "none".to_owned()) };
        let media_types: Vec<String> = content.keys().map(|media_type| format!("`{media_type}`")).collect();
        let name =
            content.values().find_map(|media_type| component(&media_type["schema"])).unwrap_or_default();
        let required = if body["required"] == true { "required" } else { "optional" };
        let mut text = format!(
            "
### Request body

`{name}`, {required}. {}

| Name | Type | Required | Set by | Meaning | Default | Limits |
| --- | --- | --- | --- | --- | --- | --- |
",
            body["description"].as_str().unwrap_or_default(),
        );
        let schema = self.contract.schema(&name).cloned().unwrap_or_default();
        for (member, schema_of) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = list(&schema["required"]).any(|required| required == member);
            text += &self.row(names, (member, is_required), "", schema_of, &schema_of["description"]);
        }
        (text, format!("{} (this client sends JSON)", media_types.join(", ")))
    }

    /// The row of a parameter or of a member. `first` are the cells after its type.
    fn row(
        &mut self,
        names: &Names,
        (name, is_required): (&str, bool),
        first: &str,
        schema: &Value,
        meaning: &Value,
    ) -> String {
        let set_by = match (names.set_by.get(name), &names.builder) {
            (None, Some(builder)) => self.link_as(&format!("`{name}`"), &format!("{builder}::{name}")),
            (method, _) => self.link(method.unwrap_or(&names.method)),
        };
        let required = if is_required { "required" } else { "optional" };
        let default =
            schema.get("default").map(|default| format!("`{}`", spaced(default))).unwrap_or_default();
        let cells = [set_by, cell(meaning), default.replace('|', "\\|"), limits(schema).replace('|', "\\|")];
        format!(
            "| `{name}` | {} |{first} {required} | {} |\n",
            kind(self.contract, schema),
            cells.join(" | ")
        )
    }

    /// What a success returns.
    fn returned(&mut self, place: &Place) -> String {
        let responses =
            self.patched.operation(place).and_then(|operation| operation.get("responses")?.as_object());
        let success =
            responses.and_then(|responses| responses.iter().find(|(status, _)| status.starts_with('2')));
        let schema = success.and_then(|(_, answer)| answer.pointer("/content/application~1json/schema"));
        let Some(schema) = schema else { return "none".to_owned() };
        match (component(schema), component(&schema["items"])) {
            (Some(name), _) => self.link(&name),
            (None, Some(name)) => format!("`Vec` of {}", self.link(&name)),
            (None, None) => "JSON".to_owned(),
        }
    }
}

/// A sentence as the content of a table's cell.
fn cell(text: &Value) -> String {
    text.as_str().unwrap_or_default().replace('|', "\\|")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The component that a schema refers to.
fn component(schema: &Value) -> Option<String> {
    let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref"))?;
    reference.as_str()?.strip_prefix(SCHEMA_PREFIX).map(str::to_owned)
}

/// `string (uuid)`, `array of string`, or the name of a component.
fn kind(contract: &Document, schema: &Value) -> String {
    if let Some(name) = component(schema) {
        let is_word = contract.schema(&name).is_some_and(|schema| schema.get("enum").is_some());
        return if is_word { format!("string (`{name}`)") } else { format!("`{name}`") };
    }
    let plain = schema["type"].as_str().unwrap_or("any");
    let items = schema["items"].as_object().filter(|items| !items.is_empty());
    match (plain, schema["format"].as_str(), items) {
        ("array", _, Some(_)) => format!("array of {}", kind(contract, &schema["items"])),
        (plain, Some(format), _) => format!("{plain} ({format})"),
        (plain, None, _) => plain.to_owned(),
    }
}

/// Every limit, those without words of their own as the contract writes them.
fn limits(schema: &Value) -> String {
    const AS_WRITTEN: &[&str] = &[
        "pattern",
        "enum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "additionalProperties",
    ];
    let range = |least: &str, most: &str, unit: &str| match (schema.get(least), schema.get(most)) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}{unit}")),
        (Some(least), None) if *least == 1 => Some(format!("at least 1{}", unit.trim_end_matches('s'))),
        (Some(least), None) => Some(format!("at least {least}{unit}")),
        (None, Some(most)) => Some(format!("at most {most}{unit}")),
        (None, None) => None,
    };
    let as_written =
        AS_WRITTEN.iter().filter_map(|key| Some(format!("{key} `{}`", spaced(schema.get(*key)?))));
    let mut limits: Vec<String> = range("minLength", "maxLength", " characters").into_iter().collect();
    limits.extend(range("minimum", "maximum", ""));
    limits.extend(as_written);
    limits.extend((schema["nullable"] == true).then(|| "may be `null`".to_owned()));
    limits.join(", ")
}

/// JSON in one line with a blank after each comma, so that a long one can be broken there.
fn spaced(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::generate::patch::PATCHES;

    fn contract() -> Value {
        serde_json::from_str(include_str!("../../../openapi/contract.json")).unwrap()
    }

    fn of(contract: &Value) -> Pages {
        let contract = Document::new(contract.clone());
        let mut patched = contract.clone();
        for patch in PATCHES {
            (patch.apply)(&mut patched);
        }
        pages(&contract, &patched)
    }

    /// What of the contract has no line on its page. The contract is walked by other code than that which makes the pages.
    fn missing(contract: &Value, files: &[(String, String)]) -> Vec<String> {
        let mut missing = Vec::new();
        for place in Document::new(contract.clone()).places() {
            let operation = contract.pointer(&place.pointer()).unwrap();
            let key = format!("**{}** `{}`", place.method, place.path);
            let page = files
                .iter()
                .find_map(|(_, text)| text.split_once(&format!("{key};")).map(|found| (text, found.1)));
            let Some((page, rest)) = page else {
                missing.push(key);
                continue;
            };
            let section = rest.split("\n## ").next().unwrap();
            let mut lines = vec![(page.as_str(), format!("| {key} |"))];
            let parameters = list(&operation["parameters"]).map(|it| it["name"].as_str().unwrap().to_owned());
            let content = operation["requestBody"]["content"].as_object().into_iter().flatten();
            let members = content.flat_map(|(_, media_type)| {
                let body =
                    contract.pointer(media_type["schema"]["$ref"].as_str().unwrap().trim_start_matches('#'));
                body.unwrap()["properties"].as_object().unwrap().keys().cloned()
            });
            lines.extend(parameters.chain(members).map(|name| (section, format!("\n| `{name}` | "))));
            let statuses = operation["responses"].as_object().unwrap().keys();
            lines.extend(statuses.map(|status| (section, format!("\n| {status} | "))));
            let absent = lines.into_iter().filter(|(text, line)| !text.contains(line));
            missing.extend(absent.map(|(_, line)| format!("{key}: {}", line.trim())));
        }
        missing
    }

    #[test]
    fn every_operation_parameter_member_and_status_has_a_line_on_its_page() {
        let pages = of(&contract());
        assert_eq!(pages.complaints, Vec::<String>::new());
        assert_eq!(missing(&contract(), &pages.files), Vec::<String>::new());
    }

    #[test]
    fn every_operation_is_called_in_the_example() {
        let example = include_str!("../../../wrapper/examples/every_operation.rs");
        // The client obtains the tokens by itself.
        let pages = of(&contract()).files;
        for (_, page) in
            pages.iter().filter(|(file, _)| file.ends_with("Api.md") && !file.contains("TokenApi"))
        {
            for (method, _) in page.split("\n## ").skip(1).filter_map(|section| section.split_once('\n')) {
                assert!(
                    example.contains(&format!(".{method}(")),
                    "wrapper/examples/every_operation.rs does not call {method}"
                );
            }
        }
    }

    #[test]
    fn a_line_that_is_taken_away_is_missed() {
        let whole = of(&contract()).files;
        let heads = ["| ---", "| Name", "| Method", "| Status"];
        for (at, (name, page)) in whole.iter().enumerate() {
            let is_row =
                |line: &&str| line.starts_with("| ") && !heads.iter().any(|head| line.starts_with(head));
            for row in page.lines().filter(is_row) {
                let mut files = whole.clone();
                files[at].1 = page.replacen(&format!("{row}\n"), "", 1);
                // Of two rows that are the same, the first is taken away.
                let is_double = page.matches(&format!("{row}\n")).count() > 1;
                assert!(is_double || !missing(&contract(), &files).is_empty(), "{name}: nobody misses {row}");
            }
        }
    }

    #[test]
    fn an_operation_of_an_unknown_resource_is_named() {
        let mut contract = contract();
        contract["paths"]["/api/v2/requisitions/{id}/"]["get"]["tags"] = json!(["news"]);
        let complaints = of(&contract).complaints;
        let expected = format!(
            "GET /api/v2/requisitions/{{id}}/: its tag \"news\" has no reference page: add one to RESOURCES in {FILE}"
        );
        assert_eq!(complaints, [expected]);
    }

    #[test]
    fn names_in_the_wrapper_follow_from_the_contract() {
        let mut contract = contract();
        let parameter = json!({ "name": "depth", "in": "query", "schema": { "type": "integer" } });
        contract["paths"]["/api/v2/accounts/{id}/standing-orders/"] = json!({ "get": {
            "tags": ["accounts"], "operationId": "orders", "responses": {}, "summary": "Lists.", "description": "",
            "parameters": [parameter],
        } });
        let pages = of(&contract);
        let (_, page) = pages.files.iter().find(|(file, _)| file.ends_with("AccountsApi.md")).unwrap();
        for part in [
            "## standing_orders\n",
            "here [`AccountHandle::standing_orders`][AccountHandle::standing_orders], \
             which gives a [`GetStandingOrders`][GetStandingOrders]",
            "[`depth`][GetStandingOrders::depth]",
        ] {
            assert!(page.contains(part), "{part}");
        }
    }

    #[test]
    fn every_link_is_defined_for_the_repository_and_for_rustdoc_and_every_anchor_is_a_heading() {
        let files = of(&contract()).files;
        let defined = |text: &str| -> BTreeMap<String, String> {
            let lines = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
            lines.map(|(label, target)| (label.to_owned(), target.to_owned())).collect()
        };
        let find =
            |name: &str| files.iter().find(|(file, _)| file.ends_with(name)).map(|(_, text)| text).unwrap();
        let (items, module) = (defined(find("links.md")), find("reference_pages.rs"));
        for resource in RESOURCES {
            let page = find(&format!("/{}.md", resource.page));
            let used: BTreeSet<_> =
                page.split("][").skip(1).filter_map(|rest| rest.split(']').next()).collect();
            assert!(used.len() > 5, "{} has links", resource.page);
            assert_eq!(used, defined(page).keys().map(String::as_str).collect(), "{}", resource.page);
            assert!(used.iter().all(|label| items.contains_key(*label)), "{}", resource.page);
            assert!(
                module.contains(&format!("#[doc = include_str!(\"../reference/{}.md\")]", resource.page))
            );
            for anchor in page.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
                assert_eq!(
                    page.matches(&format!("\n## {anchor}\n")).count(),
                    1,
                    "{}: {anchor}",
                    resource.page
                );
            }
        }
        let small: BTreeSet<String> = items.keys().map(|label| label.to_lowercase()).collect();
        assert_eq!(small.len(), items.len(), "labels are compared without regard to capitals");
    }
}
