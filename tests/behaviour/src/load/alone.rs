//! Runs one case in a process of its own, so that neither memory nor a panic of one touches another.

use std::process::{Command, ExitStatus, Stdio};

use super::case::Case;
use super::options::Options;
use super::report::Report;

/// How many descriptors the process of a case may have open, as many systems have it.
const DESCRIPTORS: u32 = 1024;

/// Runs this case in a new process with few descriptors.
///
/// # Errors
/// One sentence where the process did not come to a report.
pub(crate) fn alone(case: &Case, options: &Options) -> Result<Report, String> {
    let output = limited().args(options.alone(case)).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("the process of {} did not start: {error}", case.id))?;
    serde_json::from_slice(&output.stdout).map_err(|_| ended(case, output.status))
}

/// Prints the report of this one case for the process that started this one.
pub(crate) fn print(options: &Options) {
    if let Some(case) = options.cases.first() {
        println!("{}", serde_json::to_string(&(case.run)(options)).unwrap());
    }
}

/// This program again. Setting a limit of a process needs a system call that only unsafe code can make, so a shell does
/// it and then becomes this program.
fn limited() -> Command {
    let program = std::env::current_exe().unwrap();
    if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("ulimit -n {DESCRIPTORS} && exec \"$0\" \"$@\"")).arg(program);
        shell
    } else {
        Command::new(program)
    }
}

fn ended(case: &Case, status: ExitStatus) -> String {
    format!("the process of {} ended without a report ({status}): see what it said above", case.id)
}
