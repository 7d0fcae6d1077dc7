//! The changes as people and programs read them.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::change::{Change, Verdict, Which};

/// From how many places on equal changes are told once.
const MANY: usize = 3;

/// The most parts of one place that are listed with equal changes.
const MOST_WITHIN: usize = 12;

/// The most text-only changes that are told one by one.
const MOST_TEXTS: usize = 30;

/// The report: breaking changes first, each with its place, and a last line with the counts.
pub(crate) fn text(changes: &[Change]) -> String {
    let mut text = String::new();
    for (verdict, title) in [
        (Verdict::Breaking, "Breaking for callers"),
        (Verdict::Compatible, "Compatible"),
        (Verdict::TextOnly, "Text only"),
    ] {
        let of: Vec<&Change> = changes.iter().filter(|change| change.verdict == verdict).collect();
        if !of.is_empty() {
            let _ = writeln!(text, "{title}\n");
            section(&mut text, &of, verdict == Verdict::TextOnly);
        }
    }
    text + &counts(changes) + "\n"
}

/// The last line.
pub(crate) fn counts(changes: &[Change]) -> String {
    let count = |verdict| changes.iter().filter(|change| change.verdict == verdict).count();
    match changes.len() {
        0 => "no change".to_owned(),
        all => format!(
            "{all} {}: {} breaking, {} compatible, {} text only",
            if all == 1 { "change" } else { "changes" },
            count(Verdict::Breaking),
            count(Verdict::Compatible),
            count(Verdict::TextOnly),
        ),
    }
}

/// All changes for a program.
pub(crate) fn json(changes: &[Change]) -> anyhow::Result<String> {
    let count = |verdict| changes.iter().filter(|change| change.verdict == verdict).count();
    let counts = json!({
        "breaking": count(Verdict::Breaking),
        "compatible": count(Verdict::Compatible),
        "text_only": count(Verdict::TextOnly),
    });
    let changes: Value = serde_json::to_value(changes)?;
    Ok(serde_json::to_string_pretty(&json!({ "counts": counts, "changes": changes }))? + "\n")
}

fn section(text: &mut String, changes: &[&Change], is_short: bool) {
    let mut left: Vec<&Change> = changes.to_vec();
    for change in changes {
        let same: Vec<&Change> = left.iter().filter(|other| other.words == change.words).copied().collect();
        if same.len() >= MANY {
            let _ = writeln!(text, "  in {} places\n    {}", same.len(), change.words);
            by_place(text, same);
            text.push('\n');
            left.retain(|other| other.words != change.words);
        }
    }
    let hidden = if is_short { left.len().saturating_sub(MOST_TEXTS) } else { 0 };
    left.truncate(left.len() - hidden);
    while let Some(first) = left.first().copied() {
        let _ = writeln!(text, "  {}", first.place);
        for change in left.iter().filter(|change| change.place == first.place) {
            let gone = if change.document == Which::Old { " (of the old document)" } else { "" };
            let within =
                if change.within.is_empty() { String::new() } else { format!("{}: ", change.within) };
            let _ = writeln!(text, "    {within}{}\n      {}{gone}", change.words, shown(&change.pointer));
        }
        text.push('\n');
        left.retain(|change| change.place != first.place);
    }
    if hidden > 0 {
        let _ = writeln!(text, "  and {hidden} more, which `cargo xtask diff --json` lists\n");
    }
}

/// One line for each place of equal changes, with what is meant within it.
fn by_place(text: &mut String, mut same: Vec<&Change>) {
    while let Some(first) = same.first().copied() {
        let within = same.iter().filter(|change| change.place == first.place && !change.within.is_empty());
        let within: Vec<String> = within.map(|change| change.within.clone()).collect();
        let within = answers_together(within);
        let more = within.len().saturating_sub(MOST_WITHIN);
        let mut within = within.iter().take(MOST_WITHIN).cloned().collect::<Vec<_>>().join(", ");
        if more > 0 {
            let _ = write!(within, " and {more} more");
        }
        let colon = if within.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "      {}{colon}{within}", first.place);
        same.retain(|change| change.place != first.place);
    }
}

/// `answer 401` and `answer 404` are `answers 401 404`.
fn answers_together(within: Vec<String>) -> Vec<String> {
    let status =
        |label: &str| label.strip_prefix("answer ").filter(|rest| !rest.contains(' ')).map(str::to_owned);
    let (mut others, mut statuses) = (Vec::new(), Vec::new());
    for label in within {
        match status(&label) {
            Some(status) => statuses.push(status),
            None => others.push(label),
        }
    }
    statuses.sort();
    match statuses.as_slice() {
        [] => {}
        [one] => others.push(format!("answer {one}")),
        more => others.push(format!("answers {}", more.join(" "))),
    }
    others
}

fn shown(pointer: &str) -> &str {
    if pointer.is_empty() { "/" } else { pointer }
}
