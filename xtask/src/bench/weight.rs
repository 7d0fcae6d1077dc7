//! What the client weighs in a user's build: crates, clean check and build, and the program that comes out.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Context as _;

use super::goals::Goal;
use super::table::{Row, Unit};
use super::workshop::{Workshop, output, timed};

const OURS: &str = "user-of-ours";
const PEER: &str = "user-of-the-peer";

/// Measures both users, one after the other for each figure, and adds rows and goals.
pub(crate) fn measure(workshop: &Workshop, rows: &mut Vec<Row>, goals: &mut Vec<Goal>) -> anyhow::Result<()> {
    let crates = (crates(workshop, OURS)?, crates(workshop, PEER)?);
    goals.push(Goal::at_most("crates in a user's default tree", crates.0, 110.0));
    rows.push(row("crates in a user's tree", Unit::Crates, crates));
    let check = (clean(workshop, OURS, "check")?, clean(workshop, PEER, "check")?);
    goals.push(Goal::at_most("clean check, ours / peer", check.0 / check.1, 0.9));
    rows.push(row("clean check, all processors", Unit::Seconds, check));
    let build = (clean(workshop, OURS, "build")?, clean(workshop, PEER, "build")?);
    rows.push(row("clean release build, all processors", Unit::Seconds, build));
    let size = (size(workshop, OURS)?, size(workshop, PEER)?);
    rows.push(row("stripped program of the quickstart", Unit::Bytes, size));
    Ok(())
}

fn row(case: &str, unit: Unit, (ours, peer): (f64, f64)) -> Row {
    Row { case: case.to_owned(), unit, ours, floor: None, peer: Some(peer), runtime: false }
}

/// How many crates the client brings, itself included and the user's own program not.
fn crates(workshop: &Workshop, user: &str) -> anyhow::Result<f64> {
    let tree = workshop.cargo(["tree", "-p", user, "-e", "normal", "--prefix", "none", "--format", "{p}"]);
    let text = String::from_utf8(output(tree)?.stdout).context("reading the answer of `cargo tree`")?;
    let names: BTreeSet<_> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    let others = names.iter().filter(|name| !name.is_empty() && !name.starts_with(user)).count();
    Ok(u32::try_from(others)?.into())
}

/// Seconds that a clean check or release build takes: of all processors where the system tells, so that other work on
/// the machine does not count, and on the wall otherwise.
fn clean(workshop: &Workshop, user: &str, what: &str) -> anyhow::Result<f64> {
    let target = workshop.empty(&format!("weight/{user}-{what}"))?;
    let mut command = workshop.cargo([what, "-p", user, "--config", "profile.release.strip=true"]);
    if what == "build" {
        command.arg("--release");
    }
    command.env("CARGO_TARGET_DIR", &target);
    let took = timed(command)?;
    Ok(took.processor.unwrap_or(took.wall))
}

/// The size of the program that [`clean`] built.
fn size(workshop: &Workshop, user: &str) -> anyhow::Result<f64> {
    let built = workshop.target.join("bench/weight").join(format!("{user}-build")).join("release").join(user);
    let length = fs::metadata(&built).with_context(|| format!("looking at {}", built.display()))?.len();
    Ok(u32::try_from(length)?.into())
}
