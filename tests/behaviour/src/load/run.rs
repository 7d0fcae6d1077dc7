//! The binary `load`: reads the arguments, runs the cases one after the other, prints the table, says whether all hold.

use std::process::ExitCode;

use super::options::{HELP, Options, Task, read};
use super::report::{Report, Value};
use super::{alone, serving, table};

/// Does what the arguments ask for. The code is 0 where every case holds, 1 where one does not, 2 where the arguments are
/// wrong.
pub fn run(arguments: impl IntoIterator<Item = String>) -> ExitCode {
    match read(arguments) {
        Ok(Task::Help) => print!("{HELP}"),
        Ok(Task::Run(options)) => return cases(&options),
        Ok(Task::Alone(options)) => alone::print(&options),
        Ok(Task::Serve(served, seed)) => serving::serve(served, seed),
        Err(wrong) => {
            eprintln!("{wrong}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn cases(options: &Options) -> ExitCode {
    println!("seed {}\n", options.seed);
    print!("{}", table::head());
    let mut broken = Vec::new();
    for case in &options.cases {
        let outcome = alone::alone(case, options);
        print!("{}", table::rows(case.id, &(case.what)(&options.scale()), &outcome));
        if let Ok(report) = &outcome {
            hand_on(case.id, report);
        }
        if !outcome.is_ok_and(|report| report.holds()) {
            broken.push(case.id);
        }
    }
    if broken.is_empty() {
        println!("\nevery case holds");
        ExitCode::SUCCESS
    } else {
        println!("\nnot every case holds: {}", broken.join(", "));
        ExitCode::FAILURE
    }
}

/// Hands each figure on under the case's id and under each goal that names it. What the system does not tell is no figure.
fn hand_on(case: &str, report: &Report) {
    for figure in report.0.iter().filter(|figure| figure.value != Value::Untold) {
        for goal in std::iter::once(case).chain(figure.goals.iter().map(String::as_str)) {
            crate::figure(goal, &figure.name, figure.value);
        }
    }
}
