//! `cargo xtask generate`, warm, beside openapi-generator 7 making its Rust client of the same document.

use std::ffi::OsString;
use std::process::Command;

use super::goals::Goal;
use super::table::{Row, Unit};
use super::workshop::{Workshop, cargo, has, timed};

/// How often each is run, in turns.
const PAIRS: u32 = 3;

/// Measures whole processes on the wall, in turns, and adds a row and a goal. Says so where the other one is missing.
pub(crate) fn measure(workshop: &Workshop, rows: &mut Vec<Row>, goals: &mut Vec<Goal>) -> anyhow::Result<()> {
    let other = std::env::var_os("OPENAPI_GENERATOR").unwrap_or_else(|| "openapi-generator-cli".into());
    if !has(&other) && !answers_to_version(&other) {
        println!(
            "the generator has nothing to stand beside: install openapi-generator-cli 7 (it is on PyPI, and needs \
             Java), or name it in OPENAPI_GENERATOR"
        );
        return Ok(());
    }
    let (mut ours, mut theirs) = (0.0, 0.0);
    // The first of ours builds the tool, if that must be, and does not count.
    timed(generate(workshop)?)?;
    for _ in 0..PAIRS {
        ours += timed(generate(workshop)?)?.wall;
        theirs += timed(their_generate(workshop, &other)?)?.wall;
    }
    goals.push(Goal::at_least(
        "cargo xtask generate, warm, faster than openapi-generator 7",
        theirs / ours,
        10.0,
    ));
    rows.push(Row {
        case: "cargo xtask generate, warm, whole process; the peer is openapi-generator 7".to_owned(),
        unit: Unit::Seconds,
        ours: ours / f64::from(PAIRS),
        floor: None,
        peer: Some(theirs / f64::from(PAIRS)),
        runtime: false,
    });
    Ok(())
}

fn generate(workshop: &Workshop) -> anyhow::Result<Command> {
    let mut command = cargo();
    command.args(["xtask", "generate", "--out"]).arg(workshop.empty("generated")?);
    command.env("CARGO_TARGET_DIR", &workshop.target).current_dir(&workshop.root);
    Ok(command)
}

fn their_generate(workshop: &Workshop, program: &OsString) -> anyhow::Result<Command> {
    let mut command = Command::new(program);
    command.args([
        "generate",
        "--generator-name",
        "rust",
        "--input-spec",
        "openapi/contract.json",
        "--output",
    ]);
    command.arg(workshop.empty("openapi-generator")?).current_dir(&workshop.root);
    Ok(command)
}

/// It knows no `--version`, but a command of that name.
fn answers_to_version(program: &OsString) -> bool {
    Command::new(program).arg("version").output().is_ok_and(|output| output.status.success())
}
