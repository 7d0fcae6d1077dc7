//! The load cases L1 to L6. `load --help` says how to run them; `behaviour::load` is where they are.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    behaviour::load::run(std::env::args().skip(1))
}
