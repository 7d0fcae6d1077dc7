//! One request, matched to its operation and taken apart, and the page of a list that it asks for, with `next` and `previous` as the
//! service writes them.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::answer::Answer;
use crate::body::Input;
use crate::fault::{Preset, Subject};
use crate::operation_table::Operation;
use crate::world::Config;

/// What an operation is given.
pub(crate) struct Call<'a> {
    pub(crate) config: &'a Config,
    pub(crate) operation: Operation,
    pub(crate) now: DateTime<Utc>,
    /// The `{id}` of the path, unescaped.
    pub(crate) id: &'a str,
    pub(crate) query: &'a [(String, String)],
    pub(crate) authorization: Option<&'a str>,
    pub(crate) input: &'a Result<Input, Answer>,
    /// Whether the caller gets the answer: faults keep some back.
    pub(crate) delivered: bool,
}

impl Call<'_> {
    /// The request body, or why it could not be read.
    pub(crate) fn input(&self) -> Result<&Input, Answer> {
        self.input.as_ref().map_err(Clone::clone)
    }

    /// The last query parameter of a name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().rfind(|parameter| parameter.0 == name).map(|parameter| parameter.1.as_str())
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// The path's id as a UUID; else the given answer.
    pub(crate) fn uuid(&self, otherwise: Preset) -> Result<Uuid, Answer> {
        Uuid::parse_str(self.id).map_err(|_| self.refuse(otherwise))
    }

    /// An error of the catalogue about this call.
    pub(crate) fn refuse(&self, preset: Preset) -> Answer {
        preset.answer(&self.subject())
    }

    /// What an error about this call names.
    pub(crate) fn subject(&self) -> Subject {
        Subject {
            scope: self.operation.scope().unwrap_or_else(|| "data".to_owned()),
            id: self.id.to_owned(),
            ..Subject::default()
        }
    }
}

/// Refuses query or body members that the operation does not know.
pub(crate) fn refuse_unknown<'n>(names: impl Iterator<Item = &'n str>, known: &[&str]) -> Result<(), Answer> {
    let unknown: Vec<&str> = names.filter(|name| !known.contains(name)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let detail = format!("Unknown fields: {}. Known fields: {}", unknown.join(", "), known.join(", "));
    Err(Answer::error(Preset::UnknownFields.status(), "Unknown fields", &detail))
}

/// What the real service calls itself in `next` and `previous`, under whatever address it was asked.
const VENDOR: &str = "https://bankaccountdata.gocardless.com";

/// The rows that no `limit` was given for.
const DEFAULT_LIMIT: u64 = 100;

/// One page of `count` rows; `rows` gives those from an offset on.
///
/// A `limit` or `offset` that is not such a number falls back to its default, as in Django REST: the contract
/// declares no error for them.
pub(crate) fn page<I: Iterator<Item = Value>>(
    call: &Call<'_>,
    count: usize,
    rows: impl FnOnce(usize) -> I,
) -> Value {
    let limit = number(call.parameter("limit")).filter(|limit| *limit > 0).unwrap_or(DEFAULT_LIMIT);
    let offset = number(call.parameter("offset")).unwrap_or(0);
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let host = if call.config.own_page_links { call.config.base_url.as_str() } else { VENDOR };
    let link = |offset: u64| format!("{host}{}?limit={limit}&offset={offset}", call.operation.path());
    let after = offset.saturating_add(limit);
    let results: Vec<Value> = rows(usize::try_from(offset).unwrap_or(usize::MAX))
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .collect();
    json!({
        "count": count,
        "next": (after < count).then(|| link(after)),
        "previous": (offset > 0).then(|| link(offset.saturating_sub(limit))),
        "results": results,
    })
}

/// A number without sign; one that is too large counts as the largest.
fn number(text: Option<&str>) -> Option<u64> {
    let digits = text?.trim();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}
