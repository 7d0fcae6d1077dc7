//! The changes as people and programs read them.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::change::{Change, Side, Verdict};

/// The number of places from which equal changes are reported together.
const MANY: usize = 3;

/// The most parts of one place that are listed with equal changes.
const MOST_PARTS: usize = 12;

/// The most text-only changes that are reported one by one.
const MOST_TEXTS: usize = 30;

/// The report: breaking changes first, each with its place, and a last line with the counts.
pub(crate) fn text(changes: &[Change]) -> String {
    let mut text = String::new();
    for (verdict, title) in [
        (Verdict::Breaking, "Breaking for callers"),
        (Verdict::Compatible, "Compatible"),
        (Verdict::TextOnly, "Text only"),
    ] {
        let section: Vec<&Change> = changes.iter().filter(|change| change.verdict == verdict).collect();
        if !section.is_empty() {
            let most = if verdict == Verdict::TextOnly { MOST_TEXTS } else { usize::MAX };
            let _ = writeln!(text, "{title}\n");
            write_section(&mut text, &section, most);
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
pub(super) fn json(changes: &[Change]) -> anyhow::Result<String> {
    let count = |verdict| changes.iter().filter(|change| change.verdict == verdict).count();
    let counts = json!({
        "breaking": count(Verdict::Breaking),
        "compatible": count(Verdict::Compatible),
        "text_only": count(Verdict::TextOnly),
    });
    let changes: Value = serde_json::to_value(changes)?;
    Ok(serde_json::to_string_pretty(&json!({ "counts": counts, "changes": changes }))? + "\n")
}

/// Changes in their order: equal ones of many places together, and the others of one place together.
fn write_section(text: &mut String, changes: &[&Change], most: usize) {
    let mut equal: HashMap<&str, Vec<&Change>> = HashMap::new();
    for change in changes {
        equal.entry(change.words.as_str()).or_default().push(change);
    }
    let is_common = |change: &Change| equal.get(change.words.as_str()).is_some_and(|all| all.len() >= MANY);
    let mut places: HashMap<&str, Vec<&Change>> = HashMap::new();
    let single = || changes.iter().filter(|change| !is_common(change));
    for change in single().take(most) {
        places.entry(change.place.as_str()).or_default().push(change);
    }
    let mut written = HashSet::new();
    for change in changes {
        if is_common(change) {
            let all = equal.get(change.words.as_str()).filter(|_| written.insert(change.words.as_str()));
            if let Some(all) = all {
                let _ = writeln!(text, "  in {} places\n    {}", all.len(), change.words);
                write_places(text, all);
                for change in all {
                    write_consequences(text, change);
                }
                text.push('\n');
            }
        } else if let Some(all) = places.remove(change.place.as_str()) {
            let _ = writeln!(text, "  {}", change.place);
            for change in all {
                let gone = if change.document == Side::Old { " (of the old document)" } else { "" };
                let colon = if change.within.is_empty() { "" } else { ": " };
                let _ = writeln!(text, "    {}{colon}{}", change.within, change.words);
                let pointer = if change.pointer.is_empty() { "/" } else { &change.pointer };
                let _ = writeln!(text, "      {pointer}{gone}");
                write_consequences(text, change);
            }
            text.push('\n');
        }
    }
    let hidden = single().count().saturating_sub(most);
    if hidden > 0 {
        let _ = writeln!(text, "  and {hidden} more, which `cargo xtask diff --json` lists\n");
    }
}

/// What follows from a change, the worst first.
fn write_consequences(text: &mut String, change: &Change) {
    for consequence in change.consequences.iter().take(MOST_PARTS) {
        let within = if consequence.place == change.place { &consequence.within } else { &consequence.place };
        let colon = if within.is_empty() || consequence.place != change.place { " " } else { ": " };
        let milder = match consequence.verdict {
            verdict if verdict == change.verdict => "",
            Verdict::TextOnly => " (text only)",
            _ => " (compatible)",
        };
        let _ = writeln!(text, "      - {}{milder}", format!("{within}{colon}{}", consequence.words).trim());
    }
    let more = change.consequences.len().saturating_sub(MOST_PARTS);
    if more > 0 {
        let _ = writeln!(text, "      - and {more} more, which `cargo xtask diff --json` lists");
    }
}

/// One line for each place of equal changes, with what changed within it.
fn write_places(text: &mut String, equal: &[&Change]) {
    let mut order = Vec::new();
    let mut parts: HashMap<&str, Vec<&str>> = HashMap::new();
    for change in equal {
        let parts = parts.entry(change.place.as_str()).or_insert_with(|| {
            order.push(change.place.as_str());
            Vec::new()
        });
        parts.extend((!change.within.is_empty()).then_some(change.within.as_str()));
    }
    for place in order {
        let parts = responses_together(parts.get(place).map(Vec::as_slice).unwrap_or_default());
        let more = parts.len().saturating_sub(MOST_PARTS);
        let mut parts = parts.iter().take(MOST_PARTS).cloned().collect::<Vec<_>>().join(", ");
        if more > 0 {
            let _ = write!(parts, " and {more} more");
        }
        let colon = if parts.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "      {place}{colon}{parts}");
    }
}

/// `response 401` and `response 404` become `responses 401 404`.
fn responses_together(parts: &[&str]) -> Vec<String> {
    let status =
        |part: &str| part.strip_prefix("response ").filter(|rest| !rest.contains(' ')).map(str::to_owned);
    let mut statuses: Vec<String> = parts.iter().filter_map(|part| status(part)).collect();
    let mut others: Vec<String> =
        parts.iter().filter(|part| status(part).is_none()).map(|part| (*part).to_owned()).collect();
    statuses.sort();
    match statuses.as_slice() {
        [] => {}
        [one] => others.push(format!("response {one}")),
        more => others.push(format!("responses {}", more.join(" "))),
    }
    others
}
