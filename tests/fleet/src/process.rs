//! The processes of a fleet.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use gocardless_bank_data_sandbox::Sandbox;
use test_support::{Directory, HANG};

/// What all workers of a fleet are given.
#[derive(Debug)]
pub struct Fleet {
    program: PathBuf,
    arguments: Vec<String>,
    clock: Directory,
    ahead: u64,
}

/// A process of a fleet, which is killed with the value.
#[derive(Debug)]
pub struct Worker {
    process: Child,
    output: BufReader<ChildStdout>,
}

impl Fleet {
    /// So many processes of `program` with the secrets of this sandbox, or another key, this state, and the sandbox's clock.
    #[must_use]
    pub fn new(program: &str, processes: usize, sandbox: &Sandbox, key: &str, state: &str) -> Self {
        let clock = Directory::default();
        let file = clock.file("ahead").display().to_string();
        let (processes, id) = (processes.to_string(), sandbox.secret_id());
        let arguments = [sandbox.base_url(), id, key, state, &file, &processes].map(str::to_owned);
        let ahead = SystemTime::from(sandbox.clock().now()).duration_since(SystemTime::now());
        let mut fleet = Self { program: program.into(), arguments: arguments.to_vec(), clock, ahead: 0 };
        fleet.set((ahead.unwrap_or_default() + Duration::from_millis(500)).as_secs());
        fleet
    }

    /// Starts a process that does this work.
    #[must_use]
    pub fn start(&self, work: &str) -> Worker {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg(work).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Worker { process, output }
    }

    /// Moves the clock of the sandbox and of all processes by whole seconds. None may be at work.
    pub fn advance(&mut self, sandbox: &Sandbox, time: Duration) {
        sandbox.clock().advance(time);
        self.set(self.ahead + time.as_secs());
    }

    fn set(&mut self, ahead: u64) {
        self.ahead = ahead;
        std::fs::write(self.clock.file("ahead"), ahead.to_string()).unwrap();
    }
}

impl Worker {
    /// What it printed, once it has ended. Panics if it failed.
    #[must_use]
    pub fn lines(mut self) -> Vec<String> {
        let lines = self.lines_until_end();
        assert!(self.process.wait().unwrap().success(), "a worker failed after {lines:?}");
        lines
    }

    /// What it printed until it ended, however it did.
    #[must_use]
    pub fn lines_until_end(&mut self) -> Vec<String> {
        self.output.by_ref().lines().map(Result::unwrap).collect()
    }

    /// Waits until its next call has ended.
    #[must_use]
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line
    }

    /// Ends it once this has happened, unless it ends by itself before.
    pub fn kill_when(&mut self, happened: impl Fn() -> bool) {
        let start = Instant::now();
        while !happened() && self.process.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < HANG, "it neither happened nor did the process end");
            std::thread::yield_now();
        }
        self.kill();
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Stops it where it is, or lets it go on.
    pub fn signal(&self, signal: &str) {
        let status =
            Command::new("kill").args(["-s", signal, &self.process.id().to_string()]).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}
