//! What a failure comes to: the error table of the conformance tests, which prove each of its rows on the client.

use super::operation::Operation;
use crate::failure::Failure;
use crate::generate::polish::SCARCE_READ;

/// The table, as a complaint names it. Its head explains the columns.
pub(super) const FILE: &str = "tests/conformance/tests/errors/errors.txt";

/// The table itself. Compiled in, so that a copy of the contract alone is enough to generate from.
pub(super) const TEXT: &str = include_str!("../../../../tests/conformance/tests/errors/errors.txt");

const SEPARATOR: &str = " | ";

/// The error table.
#[derive(Debug)]
pub(super) struct Table(Vec<Row>);

#[derive(Debug)]
struct Row {
    /// A group of operations, or methods and paths parted by commas.
    operations: String,
    status: u16,
    /// Whether the row speaks of operations that do not declare the status, too.
    of_every: bool,
    outcome: Outcome,
}

/// A kind of error, and what it advises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) kind: String,
    pub(super) advices: Vec<String>,
}

impl Table {
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let refusal = |line: usize, why: &str| Failure::at(format_args!("{FILE}:{line}"), why);
        let (line, head) = lines.next().ok_or_else(|| refusal(1, "has no line that names the columns"))?;
        let head: Vec<&str> = head.split(SEPARATOR).map(str::trim).collect();
        let column = |name: &str| {
            let found = head.iter().position(|column| *column == name);
            found
                .ok_or_else(|| refusal(line, &format!("has no column `{name}`: the reference pages need it")))
        };
        let (operations, status) = (column("operations")?, column("status")?);
        let (kind, advice) = (column("kind")?, column("advice")?);
        let row = |(line, text): (usize, &str)| {
            let cells: Vec<&str> = text.splitn(head.len(), SEPARATOR).map(str::trim).collect();
            let cell = |index: usize| {
                cells.get(index).copied().ok_or_else(|| refusal(line, "has fewer columns than the head"))
            };
            let written = cell(status)?;
            let digits = written.trim_end_matches('!');
            Ok(Row {
                operations: cell(operations)?.to_owned(),
                status: digits.parse().map_err(|_| refusal(line, "has no number as its status"))?,
                of_every: digits != written,
                outcome: Outcome { kind: cell(kind)?.to_owned(), advices: vec![cell(advice)?.to_owned()] },
            })
        };
        lines.map(row).collect::<Result<_, _>>().map(Self)
    }

    /// What a status that `operation` declares comes to, each kind once.
    pub(super) fn declared(&self, operation: &Operation, status: &str) -> Vec<Outcome> {
        let mut found: Vec<Outcome> = Vec::new();
        for row in self.0.iter().filter(|row| row.status.to_string() == status && speaks_of(row, operation)) {
            match found.iter_mut().find(|outcome| outcome.kind == row.outcome.kind) {
                Some(outcome) => add(&mut outcome.advices, &row.outcome.advices),
                None => found.push(row.outcome.clone()),
            }
        }
        found
    }

    /// The kinds that statuses come to which `operation` does not declare and which are known all the same.
    pub(super) fn undeclared(&self, operation: &Operation) -> Vec<(Outcome, Vec<u16>)> {
        let is_declared =
            |status: u16| operation.answers.iter().any(|answer| answer.status == status.to_string());
        let rows = self.0.iter().filter(|row| row.of_every && !is_declared(row.status));
        let mut found: Vec<(Outcome, Vec<u16>)> = Vec::new();
        // What is of no known kind is no news about the operation.
        for row in rows.filter(|row| row.outcome.kind != "Other" && speaks_of(row, operation)) {
            match found.iter_mut().find(|(outcome, _)| outcome.kind == row.outcome.kind) {
                Some((outcome, statuses)) => {
                    add(&mut outcome.advices, &row.outcome.advices);
                    add(statuses, &[row.status]);
                }
                None => found.push((row.outcome.clone(), vec![row.status])),
            }
        }
        found
    }
}

/// Whether a row is about an operation: the groups are those that the head of the table explains.
fn speaks_of(row: &Row, operation: &Operation) -> bool {
    match (row.operations.as_str(), operation.class) {
        ("all", _)
        | ("tokens", "Token")
        | ("data", SCARCE_READ)
        | ("reads", "PlainRead")
        | ("writes", "Write")
        | ("idempotent writes", "IdempotentWrite") => true,
        ("all but tokens", class) => class != "Token",
        ("reconfirmation", _) => operation.place.path.ends_with("/reconfirm/"),
        (named, _) => named.split(", ").any(|key| key == operation.place.to_string()),
    }
}

/// Adds what is not there yet.
fn add<T: PartialEq + Clone>(list: &mut Vec<T>, new: &[T]) {
    for item in new {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}
