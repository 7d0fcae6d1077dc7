//! The table that is printed: one row for each figure. What is done stands beside the first figures of a case.

use std::fmt::Write;

use super::report::Report;

const WHAT: usize = 44;

/// The heads of the columns.
pub(crate) fn head() -> String {
    let row = row("case", "what was done", "figure", "value", "expected", "verdict");
    let line = "-".repeat(row.trim_end().len() + 8);
    format!("{row}{line}\n")
}

/// The rows of a case.
pub(crate) fn rows(id: &str, what: &str, outcome: &Result<Report, String>) -> String {
    let what = wrapped(what);
    let mut figures: Vec<[String; 4]> = match outcome {
        Ok(report) => report.0.iter().map(cells).collect(),
        Err(why) => vec![[why.clone(), String::new(), String::new(), "DOES NOT HOLD".to_owned()]],
    };
    figures.resize(figures.len().max(what.len()), [const { String::new() }; 4]);
    let mut text = String::new();
    for (number, [name, value, bound, verdict]) in figures.iter().enumerate() {
        let what = what.get(number).map_or("", String::as_str);
        text += &row(if number == 0 { id } else { "" }, what, name, value, bound, verdict);
    }
    text
}

fn cells(figure: &super::report::Figure) -> [String; 4] {
    let bound = figure.bound.map(|bound| bound.to_string()).unwrap_or_default();
    [figure.name.clone(), figure.value.to_string(), bound, figure.verdict().to_string()]
}

fn row(id: &str, what: &str, name: &str, value: &str, bound: &str, verdict: &str) -> String {
    let row = format!("{id:<5} {what:<WHAT$}  {name:<37} {value:>20}  {bound:<16} {verdict}");
    format!("{}\n", row.trim_end())
}

/// The text in lines that fit the column.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().unwrap();
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= WHAT {
            let _ = write!(line, " {word}");
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::report::{Bound, Value};

    #[test]
    fn a_case_has_a_row_for_each_figure_and_what_is_done_beside_them() {
        let report = Report::default()
            .with(&[], "callers", 10_000_usize, None)
            .with(&[], "requests", 2_usize, Bound::Exactly(1))
            .with(&[], "rss growth MiB", Value::Measured(6.125), Bound::UpTo(16.0));
        let text = rows("L1", "10,000 callers at once without a token, and as many after", &Ok(report));
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!((lines[0].first(), lines[0].last()), (Some(&"L1"), Some(&"10000")));
        assert!(lines[1].ends_with(&["requests", "2", "1", "DOES", "NOT", "HOLD"]), "{text}");
        assert!(lines[2].ends_with(&["MiB", "6.12", "at", "most", "16", "holds"]), "{text}");
    }

    #[test]
    fn a_case_without_a_report_does_not_hold() {
        let text = rows("L4", "a", &Err("the process of L4 ended without a report".to_owned()));
        assert!(text.contains("ended without a report") && text.contains("DOES NOT HOLD"), "{text}");
    }
}
