//! One request, matched to its operation and taken apart.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::answer::Answer;
use crate::body::Input;
use crate::config::Config;
use crate::fault::{Preset, Subject};
use crate::operation::Operation;

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

    /// What an error about this call speaks of.
    pub(crate) fn subject(&self) -> Subject {
        Subject {
            scope: self.operation.scope().unwrap_or("data").to_owned(),
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
