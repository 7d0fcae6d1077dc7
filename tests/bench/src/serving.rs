//! Starts the server, a process of its own, from beside the program that asks.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A server that ends with the process that started it.
#[derive(Debug)]
pub struct Serving {
    /// Where it listens, on this machine.
    pub port: u16,
    // Its standard input is what it lives by.
    _process: Child,
}

/// Starts the server, whose first access token lives for so many seconds.
///
/// # Panics
/// Where the server cannot be started: there is nothing to measure then.
#[must_use]
pub fn start(lifetime: u32) -> Serving {
    let here = std::env::current_exe().expect("this program");
    // Benches stand one folder below the programs.
    let beside = here.ancestors().skip(1).map(|folder| folder.join("server")).find(|path| path.is_file());
    let mut command = Command::new(beside.expect("the server beside this program"));
    command.arg(lifetime.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.spawn().expect("the server");
    let mut line = String::new();
    let output = process.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut line).expect("its port");
    Serving { port: line.trim().parse().expect("a port"), _process: process }
}
