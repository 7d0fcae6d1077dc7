//! Text for people or JSON for programs, to where output goes.

use std::io::{self, IsTerminal as _, Write as _};

use console::{Style, Term};
use serde::Serialize;

use super::{Numbers, Table, harmless};
use crate::exit::{Code, Failure};

/// Where output goes, and how it looks there.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// JSON for programs.
    pub(crate) json: bool,
    pub(crate) numbers: Numbers,
    /// The width to fill. `None`: there is no terminal, and nothing is cut.
    pub(crate) width: Option<usize>,
    /// Whether standard output is a terminal.
    pub(crate) is_terminal: bool,
    /// Does nothing where there are no colours.
    style: Style,
}

impl Output {
    pub(crate) fn new(json: bool, full_numbers: bool) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let variable = |name| std::env::var(name).ok().filter(|text| !text.is_empty());
        let columns = variable("COLUMNS").and_then(|text| text.parse().ok()).filter(|width| *width >= 20);
        let width = columns.or_else(|| is_terminal.then(|| usize::from(Term::stdout().size().1)));
        let is_plain = variable("NO_COLOR").is_some() || variable("TERM").is_some_and(|term| term == "dumb");
        let style = Style::new().force_styling(is_terminal && !is_plain && !json);
        Self { json, numbers: Numbers { are_whole: full_numbers }, width, is_terminal, style }
    }

    /// A style that does nothing where there are no colours.
    pub(crate) fn style(&self) -> Style {
        self.style.clone()
    }

    /// Writes lines for people; nothing with `--json`.
    pub(crate) fn say(&self, text: &str) -> Result<(), Failure> {
        if self.json { Ok(()) } else { Self::write(text) }
    }

    /// Writes a note for people that is not a result, such as what to do next, to standard error; nothing with `--json`.
    pub(crate) fn note(&self, text: &str) {
        if !self.json {
            // Standard error may be closed.
            let _ = writeln!(io::stderr(), "{}", self.wrap(text));
        }
    }

    /// Writes one value as JSON.
    pub(crate) fn value(value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(|error| {
            Failure::new(Code::Other, format!("the output cannot be written as JSON: {error}"))
        })?;
        Self::write(&text)
    }

    /// Writes a table for people, or the value for programs.
    pub(crate) fn show(&self, table: &Table, value: &impl Serialize) -> Result<(), Failure> {
        if self.json { Self::value(value) } else { Self::write(table.render(self).trim_end()) }
    }

    fn write(text: &str) -> Result<(), Failure> {
        Self::write_bytes(text.as_bytes()).and_then(|()| Self::write_bytes(b"\n"))
    }

    /// Writes bytes as they are; nothing once nobody reads them any more.
    pub(crate) fn write_bytes(bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            // Such as `| head`, which has read enough: what the command is there for, such as reading accounts, goes on.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done.map_err(|error| {
                Failure::file(format!(
                    "standard output cannot be written: {error}; free some space or choose another file"
                ))
            }),
        }
    }

    /// Breaks a text into lines at blanks, so that it fits the width, and makes it [`harmless()`].
    pub(crate) fn wrap(&self, text: &str) -> String {
        let paragraphs = text.split('\n').map(harmless);
        let Some(width) = self.width else { return paragraphs.collect::<Vec<_>>().join("\n") };
        let mut lines: Vec<String> = Vec::new();
        for paragraph in paragraphs {
            let indent: String = paragraph.chars().take_while(|c| *c == ' ').collect();
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                let is_first = line.is_empty();
                let fits =
                    console::measure_text_width(&line) + 1 + console::measure_text_width(word) <= width;
                if !is_first && !fits {
                    lines.push(std::mem::take(&mut line));
                }
                line.push_str(if line.is_empty() { &indent } else { " " });
                line.push_str(word);
            }
            lines.push(line);
        }
        lines.join("\n")
    }
}
