//! Wall time of the short cases, as criterion took it.

use std::fs;

use anyhow::Context as _;
use serde_json::Value;

use super::table::{Row, Unit};
use super::workshop::{Workshop, output};

/// The groups of the bench, and what people call them.
const GROUPS: [(&str, &str); 2] = [
    ("call", "one call, warm connection, small answer"),
    ("decode", "decoding 10,000 transactions and dropping them"),
];

/// Runs the bench and adds its medians.
pub(crate) fn measure(workshop: &Workshop, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    workshop.case()?;
    output(workshop.cargo(["bench", "--bench", "wall"]))?;
    for (group, name) in GROUPS {
        let median = |subject: &str| median(workshop, group, subject);
        rows.push(Row {
            case: format!("{name}, on the wall"),
            unit: Unit::Nanoseconds,
            ours: median("ours")?,
            floor: Some(median("floor")?),
            peer: Some(median("peer")?),
            runtime: false,
        });
    }
    Ok(())
}

fn median(workshop: &Workshop, group: &str, subject: &str) -> anyhow::Result<f64> {
    let path = workshop.target.join("criterion").join(group).join(subject).join("new/estimates.json");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let estimates: Value = serde_json::from_str(&text).context("reading what criterion wrote")?;
    let median = estimates.pointer("/median/point_estimate").and_then(Value::as_f64);
    median.context("criterion wrote no median")
}
