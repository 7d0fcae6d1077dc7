//! The handle on a server that runs in a process of its own. It ends when dropped.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command as Process, Stdio};

use super::serving::{Command, Counts, Served};

/// A server in a process of its own.
#[derive(Debug)]
pub(crate) struct Remote {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    url: String,
}

impl Remote {
    /// Starts it, and waits until it serves.
    pub(crate) fn start(served: Served, seed: u64) -> Self {
        let mut process = Process::new(std::env::current_exe().unwrap());
        process.args(["--serve", served.name(), "--seed", &seed.to_string()]);
        let mut child = process.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let orders = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        answers.read_line(&mut url).unwrap();
        Self { child, orders, answers, url: url.trim_end().to_owned() }
    }

    /// The base URL for a client.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What it has counted so far.
    pub(crate) fn counts(&mut self) -> Counts {
        self.tell(Command::Count)
    }

    /// Ends its faults.
    pub(crate) fn heal(&mut self) {
        self.tell(Command::Heal);
    }

    fn tell(&mut self, command: Command) -> Counts {
        writeln!(self.orders, "{}", serde_json::to_string(&command).unwrap()).unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // It would end with its input, but not before whatever it was asked last.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
