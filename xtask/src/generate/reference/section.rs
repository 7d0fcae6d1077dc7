//! What a page says of one operation.

use std::fmt::Write as _;

use super::errors::{self, Outcome, Table};
use super::examples;
use super::links::Links;
use super::names::{self, MODELS, Names};
use super::operation::{Answer, Body, Input, Operation};

/// The heading of an operation, which is its method in the wrapper.
pub(super) fn heading(id: &str) -> &str {
    names::of(id).and_then(|names| names.method.rsplit("::").next()).unwrap_or(id)
}

/// A sentence as the content of a table's cell.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The section of `operation`. What is lacking is put into `complaints`.
pub(super) fn section(
    operation: &Operation,
    errors: &Table,
    links: &mut Links,
    complaints: &mut Vec<String>,
) -> String {
    let Operation { id, vendor_id, place, summary, description, .. } = operation;
    let names = names::of(id);
    if names.is_none() {
        complaints
            .push(format!("{place}: `{id}` has no name in the wrapper: add its line to {}", names::FILE));
    }
    let mut rows = Rows { operation, names, links, complaints };
    let method = names.map(|names| rows.method(names)).unwrap_or_default();
    let mut text = format!(
        "\n## {}\n\n**{}** `{}`; in the vendor's document `{vendor_id}`{method}\n\n{summary} {description}\n",
        heading(id),
        place.method,
        place.path,
    );
    text += &rows.example();
    text += &rows.parameters();
    text += &operation.body.as_ref().map(|body| rows.body(body)).unwrap_or_default();
    text += &rows.facts();
    text += &rows.answers(errors);
    text
}

struct Rows<'a> {
    operation: &'a Operation,
    names: Option<&'static Names>,
    links: &'a mut Links,
    complaints: &'a mut Vec<String>,
}

impl Rows<'_> {
    fn complain(&mut self, what: impl std::fmt::Display) {
        self.complaints.push(format!("{}: {what}", self.operation.place));
    }

    /// The method that starts the call, and what it gives if that is more than the call itself.
    fn method(&mut self, names: &Names) -> String {
        let method = self.links.to(names.method);
        let builder = names.builder.map(|builder| format!(", which gives a {}", self.links.to(builder)));
        format!("; here {method}{}", builder.unwrap_or_default())
    }

    fn example(&mut self) -> String {
        match examples::of(&self.operation.id) {
            Ok(example) => format!("\n{}\n\n```rust,no_run\n{}\n```\n", example.sentence, example.code),
            Err(why) => {
                self.complain(why);
                String::new()
            }
        }
    }

    fn parameters(&mut self) -> String {
        if self.operation.parameters.is_empty() {
            return "\n### Parameters\n\nNone.\n".to_owned();
        }
        let mut text = "\n### Parameters\n\n\
            | Name | Type | In | Required | Set by | Meaning | Default | Limits |\n\
            | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
        for input in &self.operation.parameters {
            let place = format!(" {} |", input.place);
            text += &self.input(input, &place);
        }
        text
    }

    fn body(&mut self, body: &Body) -> String {
        let mut text = format!(
            "\n### Request body\n\n`{}`, {}. {}\n\n\
             | Name | Type | Required | Set by | Meaning | Default | Limits |\n\
             | --- | --- | --- | --- | --- | --- | --- |\n",
            body.name,
            required(body.is_required),
            body.meaning,
        );
        for input in &body.members {
            text += &self.input(input, "");
        }
        text
    }

    fn input(&mut self, input: &Input, place: &str) -> String {
        let Input { name, is_required, meaning, kind, default, limits, .. } = input;
        let set_by = self.names.and_then(|names| names.set_by(name, self.links));
        if set_by.is_none() && self.names.is_some() {
            self.complain(format_args!(
                "nothing in the wrapper sets `{name}`: say what does in {}",
                names::FILE
            ));
        }
        let required = required(*is_required);
        let cells = [set_by.unwrap_or_default(), cell(meaning), cell(default), cell(limits)].join(" | ");
        format!("| `{name}` | {} |{place} {required} | {cells} |\n", cell(kind))
    }

    /// Return type, authorization and headers.
    fn facts(&mut self) -> String {
        let operation = self.operation;
        let returned = operation.success().map(|answer| self.returned(answer)).unwrap_or_default();
        let authorization = if operation.needs_token {
            "`jwtAuth`, a bearer token, which this client obtains, renews and sends by itself"
        } else {
            "none"
        };
        let sent = operation.body.as_ref().map_or_else(
            || "none".to_owned(),
            |body| format!("{} (this client sends JSON)", spelled(&body.media_types)),
        );
        let accepted = operation.success().map(|answer| spelled(&answer.media_types)).unwrap_or_default();
        format!(
            "\n- **Return type**: {returned}\n- **Authorization**: {authorization}\n\
             - **HTTP request headers**: Content-Type: {sent}; Accept: {accepted}\n"
        )
    }

    fn returned(&mut self, answer: &Answer) -> String {
        let component = answer.component.clone().unwrap_or_default();
        let Some((_, model)) = MODELS.iter().find(|(name, _)| *name == component) else {
            self.complain(format_args!(
                "its answer `{component}` has no name in the wrapper: add it to MODELS in {}",
                names::FILE
            ));
            return format!("`{component}`");
        };
        let link = self.links.to(model);
        if answer.is_list { format!("`Vec` of {link}") } else { link }
    }

    fn answers(&mut self, errors: &Table) -> String {
        let (kind, advice) =
            (self.links.words("Error kind", "ApiErrorKind"), self.links.words("advice", "Advice"));
        let mut text = format!(
            "\n### HTTP response details\n\n| Status | Meaning | {kind}: {advice} |\n| --- | --- | --- |\n"
        );
        for answer in &self.operation.answers {
            let Answer { status, meaning, .. } = answer;
            let outcome = if answer.is_success() {
                format!("none, returns {}", self.returned(answer))
            } else {
                self.failure(status, errors)
            };
            let _ = writeln!(text, "| {status} | {} | {outcome} |", cell(meaning));
        }
        let undeclared: Vec<String> = errors
            .undeclared(self.operation)
            .iter()
            .map(|(outcome, statuses)| format!("{} {}", enumerated(statuses), outcome_in_words(outcome)))
            .collect();
        if !undeclared.is_empty() {
            let _ = writeln!(text, "\nNot declared, and known all the same: {}.", undeclared.join("; "));
        }
        text
    }

    fn failure(&mut self, status: &str, errors: &Table) -> String {
        let outcomes = errors.declared(self.operation, status);
        if outcomes.is_empty() {
            self.complain(format_args!("its status {status} is in no row of {}: add one", errors::FILE));
        }
        outcomes.iter().map(outcome_in_words).collect::<Vec<_>>().join("<br>")
    }
}

/// `Kind`: `Advice` or `Advice`.
fn outcome_in_words(outcome: &Outcome) -> String {
    let advices: Vec<String> = outcome.advices.iter().map(|advice| format!("`{advice}`")).collect();
    format!("`{}`: {}", outcome.kind, advices.join(" or "))
}

/// `408, 500 and 502`.
fn enumerated(statuses: &[u16]) -> String {
    let words: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

fn required(is_required: bool) -> &'static str {
    if is_required { "required" } else { "optional" }
}

fn spelled(media_types: &[String]) -> String {
    let quoted: Vec<String> = media_types.iter().map(|media_type| format!("`{media_type}`")).collect();
    quoted.join(", ")
}
