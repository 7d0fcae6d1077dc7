//! The parts of a run, in order, and what is printed of them.

use std::path::PathBuf;

use super::cases::{CALL, Case, DECODE, LARGE, WIRE};
use super::counting::{self, Counter};
use super::goals::{self, Goal};
use super::table::{self, Row, Unit};
use super::workshop::Workshop;
use super::{generator, wall, weight};
use crate::failure::Failure;

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) root: PathBuf,
    /// Nothing but these parts, or everything where there is none.
    pub(crate) only: Vec<Part>,
}

/// A part of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Instructions of all runtime cases.
    Runtime,
    /// Peak memory of 100,000 transactions.
    Memory,
    /// Wall time of the short cases.
    Wall,
    /// Crates, clean check, clean build, size of a program.
    Weight,
    /// `cargo xtask generate` beside openapi-generator.
    Generator,
}

/// Measures, and prints one table and the verdicts. A goal that is not met is shown, and is no failure of the command.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let wanted = |part: Part| options.only.is_empty() || options.only.contains(&part);
    let workshop = Workshop::new(options.root.clone());
    let (mut rows, mut goals) = (Vec::new(), Vec::new());
    if wanted(Part::Runtime) || wanted(Part::Memory) {
        counting::check()?;
        let counter = Counter::new(&workshop)?;
        if wanted(Part::Runtime) {
            runtime(&counter, &mut rows, &mut goals)?;
        }
        if wanted(Part::Memory) {
            memory(&counter, &mut rows, &mut goals)?;
        }
    }
    if wanted(Part::Wall) {
        wall::measure(&workshop, &mut rows)?;
    }
    if wanted(Part::Weight) {
        weight::measure(&workshop, &mut rows, &mut goals)?;
    }
    if wanted(Part::Generator) {
        generator::measure(&workshop, &mut rows, &mut goals)?;
    }
    println!("\n{}", table::HEAD);
    for row in &rows {
        println!("{row}");
    }
    println!("\n{}", goals::HEAD);
    for goal in &goals {
        println!("{goal}");
    }
    let missed = goals.iter().filter(|goal| !goal.is_met()).count();
    println!("\n{} goals, {missed} not met; BENCHMARKS.md says why", goals.len());
    Ok(())
}

fn runtime(counter: &Counter, rows: &mut Vec<Row>, goals: &mut Vec<Goal>) -> anyhow::Result<()> {
    let first = rows.len();
    let call = count(counter, &CALL)?;
    goals.extend(call.beside_floor().map(|ratio| Goal::at_most("one call, ours / floor", ratio, 1.03)));
    rows.push(call);
    let mut decoded = Vec::new();
    for case in &DECODE {
        let row = count(counter, case)?;
        decoded.push((case.count, row.ours));
        if case.count == 10_000 {
            let ratio =
                row.beside_floor().map(|ratio| Goal::at_most("decoding 10,000, ours / floor", ratio, 0.85));
            goals.extend(ratio);
        }
        rows.push(row);
        let ignored = counter.instructions(case, "ignored")?;
        rows.push(Row {
            case: format!("{}, and keeping nothing of them (IgnoredAny)", case.name),
            ..bare(ignored)
        });
    }
    if let [(100, few), (10_000, many), ..] = decoded.as_slice() {
        goals.push(Goal::at_most("instructions for 100 times the transactions", many / few, 105.0));
    }
    for case in &WIRE {
        rows.push(count(counter, case)?);
    }
    goals.extend(goals::against_the_peer(rows.get(first..).unwrap_or_default()));
    Ok(())
}

fn bare(ours: f64) -> Row {
    Row { case: String::new(), unit: Unit::Instructions, ours, floor: None, peer: None, runtime: false }
}

fn count(counter: &Counter, case: &Case) -> anyhow::Result<Row> {
    eprintln!("counting: {}", case.name);
    let floor = Some(counter.instructions(case, "floor")?);
    let peer = Some(counter.instructions(case, "peer")?);
    let ours = counter.instructions(case, "ours")?;
    Ok(Row { case: case.name.to_owned(), unit: Unit::Instructions, ours, floor, peer, runtime: true })
}

/// The peak of decoding, beside what the floor holds when it is done; and of a whole call, body and all.
fn memory(counter: &Counter, rows: &mut Vec<Row>, goals: &mut Vec<Goal>) -> anyhow::Result<()> {
    let Some(case) = DECODE.last() else { return Ok(()) };
    eprintln!("weighing: {}", case.name);
    let (ours, floor, peer) =
        (counter.heap(case, "ours")?, counter.heap(case, "floor")?, counter.heap(case, "peer")?);
    let row = |case: String, ours: f64, floor: f64, peer: f64| Row {
        case,
        unit: Unit::Bytes,
        ours,
        floor: Some(floor),
        peer: Some(peer),
        runtime: false,
    };
    rows.push(Row { case: format!("the body of {}", case.name), unit: Unit::Bytes, ..bare(ours.body) });
    rows.push(row(format!("{}: the values", case.name), ours.end, floor.end, peer.end));
    let beyond =
        row(format!("{}: peak beyond the body", case.name), ours.beyond(), floor.beyond(), peer.beyond());
    goals.push(Goal::at_most("peak of decoding 100,000 / values of the floor", beyond.ours / floor.end, 1.5));
    rows.push(beyond);
    eprintln!("weighing: {}", LARGE.name);
    let peak = |subject| counter.heap(&LARGE, subject).map(|heap| heap.peak);
    let whole =
        row(format!("{}: peak, body and all", LARGE.name), peak("ours")?, peak("floor")?, peak("peer")?);
    rows.push(whole);
    Ok(())
}
