//! The command `cargo xtask bench`: the cases of each part, and their goals.

use std::path::Path;

use super::measure::Bench;
use super::table::{self, Goal, Row, Unit};
use crate::failure::Failure;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Instructions of calls and of decoding.
    Runtime,
    /// Memory while decoding 100,000 transactions.
    Memory,
    /// Decoding 10,000 transactions and dropping them, by the clock.
    Wall,
    /// Crates and time of a clean check for a program that uses the client.
    Weight,
    /// Time of `cargo xtask generate`, compared with openapi-generator.
    Generate,
}

/// A call costs at most this much of the floor: what remains is noise and a few checks.
const AT_FLOOR: f64 = 1.03;

/// And at most this much with its place in the minute, which the floor does not look for.
const WITH_ITS_PLACE: f64 = 1.05;

/// A case of the measured program: its name there, how often or with how many, whether the figure is for each of these, and
/// its name in the table.
type Case = (&'static str, u32, bool, &'static str);

const CALLS: [Case; 9] = [
    ("call", 100, true, "one call, warm connection, small response"),
    ("paced", 100, true, "the same after 85 other calls within the minute"),
    ("metered", 100, true, "one metered read, with its limits"),
    ("many", 10_000, true, "10,000 calls at once on 64 connections, each"),
    ("expired", 10_000, true, "10,000 callers with an expired token, each"),
    ("pages", 1, false, "streaming 100 pages of requisitions"),
    ("limited", 100, true, "a 429 with headers"),
    ("refused", 100, true, "a 400 with a field map"),
    ("broken", 100, true, "a 502 with a page of HTML"),
];
const DECODE_FEW: Case = ("decode", 100, false, "decoding 100 transactions");
const DECODE_MANY: Case = ("decode", 10_000, false, "decoding 10,000 transactions");
const DECODE_MOST: Case = ("decode", 100_000, false, "decoding 100,000 transactions");
const CALL_MOST: Case = ("transactions", 100_000, false, "a call for 100,000 transactions");

/// Measures the parts, all if none is named, and prints the table. A goal that is not met is shown; it is not a failure.
pub(crate) fn run(root: &Path, only: &[Part]) -> Result<(), Failure> {
    let wanted = |part: Part| only.is_empty() || only.contains(&part);
    let bench = Bench::new(root);
    let mut rows = Vec::new();
    if wanted(Part::Runtime) || wanted(Part::Memory) {
        bench.build()?;
    }
    if wanted(Part::Runtime) {
        rows.extend(runtime(&bench)?);
    }
    if wanted(Part::Memory) {
        rows.extend(memory(&bench)?);
    }
    if wanted(Part::Wall) {
        rows.push(wall(&bench)?);
    }
    if wanted(Part::Weight) {
        rows.extend(weight(&bench)?);
    }
    if wanted(Part::Generate) {
        rows.push(generate(&bench)?);
    }
    println!("\n{}", table::HEAD);
    for row in &rows {
        println!("{row}");
    }
    let goals: Vec<&Goal> = rows.iter().flat_map(|row| &row.goals).collect();
    println!("\n{} of {} goals met", goals.iter().filter(|goal| goal.is_met()).count(), goals.len());
    Ok(())
}

/// A figure of each client.
#[derive(Clone, Copy, Debug)]
struct Figures {
    ours: f64,
    floor: f64,
    peer: f64,
}

impl Figures {
    fn of(measure: impl Fn(&str) -> anyhow::Result<f64>) -> anyhow::Result<Self> {
        Ok(Self { ours: measure("ours")?, floor: measure("floor")?, peer: measure("peer")? })
    }

    fn row(self, case: impl Into<String>, unit: Unit) -> Row {
        Row::new(case, unit, self.ours, Some(self.floor), Some(self.peer))
    }

    fn beside_floor(self) -> f64 {
        self.ours / self.floor
    }
}

fn runtime(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for case in CALLS {
        let figures = instructions(bench, case)?;
        let row = figures.row(case.3, Unit::Instructions);
        rows.push(match case.0 {
            "call" => row.with_goal(Goal::at_most("ours / floor", figures.beside_floor(), AT_FLOOR)),
            "paced" => row.with_goal(Goal::at_most("ours / floor", figures.beside_floor(), WITH_ITS_PLACE)),
            _ => row,
        });
    }
    let (few, many) = (instructions(bench, DECODE_FEW)?, instructions(bench, DECODE_MANY)?);
    let growth = Goal::at_most("growth for 100 times as many", many.ours / few.ours, 105.0);
    rows.push(few.row(DECODE_FEW.3, Unit::Instructions).with_goal(growth));
    let beside_floor = Goal::at_most("ours / floor", many.beside_floor(), 0.7);
    rows.push(many.row(DECODE_MANY.3, Unit::Instructions).with_goal(beside_floor));
    Ok(rows)
}

fn instructions(bench: &Bench, (id, count, each, name): Case) -> anyhow::Result<Figures> {
    eprintln!("counting instructions: {name}");
    let units = if each { f64::from(count) } else { 1.0 };
    Figures::of(|client| Ok(bench.instructions(id, client, count)? / units))
}

/// The peak of decoding, compared with what the floor's values take; and the peak of a whole call, body and all.
fn memory(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let (id, count, _, name) = DECODE_MOST;
    eprintln!("counting bytes: {name}");
    let (ours, floor, peer) =
        (bench.heap(id, "ours", count)?, bench.heap(id, "floor", count)?, bench.heap(id, "peer", count)?);
    let values = Figures { ours: ours.end, floor: floor.end, peer: peer.end };
    let peaks = Figures { ours: ours.beyond_body(), floor: floor.beyond_body(), peer: peer.beyond_body() };
    let goal = Goal::at_most("peak / values of the floor", peaks.ours / values.floor, 1.5);
    let mut rows = vec![
        values
            .row(format!("{name}: the values"), Unit::Bytes)
            .with_goal(Goal::at_most("ours / floor", values.beside_floor(), 0.7))
            .with_goal(Goal::at_most("ours / peer", values.ours / values.peer, 1.0)),
        peaks.row(format!("{name}: peak without the body"), Unit::Bytes).with_goal(goal),
    ];
    let (id, count, _, name) = CALL_MOST;
    eprintln!("counting bytes: {name}");
    let peaks = Figures::of(|client| Ok(bench.heap(id, client, count)?.peak))?;
    rows.push(peaks.row(format!("{name}: peak, body and all"), Unit::Bytes));
    Ok(rows)
}

fn wall(bench: &Bench) -> anyhow::Result<Row> {
    eprintln!("timing: decoding 10,000 transactions and dropping them");
    bench.time()?;
    let figures = Figures::of(|client| bench.median("decode", client))?;
    let goal = Goal::at_least("peer / ours", figures.peer / figures.ours, 1.3);
    Ok(figures
        .row("decoding 10,000 transactions and dropping them, by the clock", Unit::Seconds)
        .with_goal(goal))
}

fn weight(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    const OURS: &str = "user-of-ours";
    const PEER: &str = "user-of-the-peer";
    eprintln!("counting crates, and checking from scratch");
    let (ours, peer) = (bench.crates(OURS)?, bench.crates(PEER)?);
    let crates = Row::new("crates in a user's tree", Unit::Crates, ours, None, Some(peer));
    let crates = crates.with_goal(Goal::at_most("crates", ours, 105.0));
    let (ours, peer) = (bench.clean_check(OURS)?, bench.clean_check(PEER)?);
    let check = Row::new("clean check, all processors", Unit::Seconds, ours, None, Some(peer));
    Ok(vec![crates, check.with_goal(Goal::at_most("ours / peer", ours / peer, 0.5))])
}

/// Whole processes, in turns; the first run builds the tool where needed, and does not count.
fn generate(bench: &Bench) -> anyhow::Result<Row> {
    const TURNS: u32 = 3;
    eprintln!("generating");
    bench.generate()?;
    let (mut ours, mut peer) = (0.0, Some(0.0));
    for _ in 0..TURNS {
        ours += bench.generate()?;
        peer = peer.zip(bench.openapi_generator()?).map(|(sum, time)| sum + time);
    }
    let name = "cargo xtask generate, whole process; the peer is openapi-generator 7";
    let turns = f64::from(TURNS);
    let row = Row::new(name, Unit::Seconds, ours / turns, None, peer.map(|peer| peer / turns));
    let Some(peer) = peer else {
        eprintln!(
            "openapi-generator-cli 7 is not installed (it needs Java) and not named by OPENAPI_GENERATOR"
        );
        return Ok(row);
    };
    Ok(row.with_goal(Goal::at_least("peer / ours", peer / ours, 10.0)))
}
