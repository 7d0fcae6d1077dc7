//! A sandbox, a folder, and the program that works with both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use chrono::SecondsFormat;
use gocardless_bank_data_sandbox::{Limits, Sandbox, SandboxBuilder};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_bank-data");
pub const BANK: &str = "SANDBOXFINANCE_SFIN0000";

/// A made-up service that stands at noon of 2 March 2026 until its clock is moved, and a folder for ledger and state.
pub struct World {
    pub sandbox: Sandbox,
    folder: tempfile::TempDir,
}

/// What a run of the program returned.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Panics unless it ended with this code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

impl World {
    pub fn new() -> Self {
        let builder = Sandbox::builder().fixed_clock("2026-03-02T12:00:00Z".parse().unwrap());
        Self::of(builder.limits(Limits::off().account_reads_per_day(4)))
    }

    /// One with the limits of the real service, whose clock goes with the machine's, by which limits are counted.
    pub fn of_today() -> Self {
        Self::of(Sandbox::builder())
    }

    fn of(builder: SandboxBuilder) -> Self {
        Self { sandbox: builder.start_blocking().unwrap(), folder: tempfile::tempdir().unwrap() }
    }

    /// With the accounts of a person linked.
    pub fn linked() -> Self {
        let world = Self::new();
        world.link(BANK);
        world
    }

    /// With accounts that have been read.
    pub fn synced() -> Self {
        let world = Self::linked();
        world.run(&["sync"]).ends(0);
        world
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, with this world as its own.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        let now = self.sandbox.clock().now().to_rfc3339_opts(SecondsFormat::Secs, true);
        command
            .args(args)
            .current_dir(self.folder())
            .env_clear()
            .env("GOCARDLESS_SECRET_ID", self.sandbox.secret_id())
            .env("GOCARDLESS_SECRET_KEY", self.sandbox.secret_key())
            .env("GOCARDLESS_BASE_URL", self.sandbox.base_url())
            .env("BANK_DATA_DIR", self.folder())
            .env("BANK_DATA_NOW", now)
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    /// Starts the program and does not wait for it.
    pub fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Links accounts of a bank, as a person without a browser on this machine does.
    pub fn link(&self, bank: &str) {
        let mut linking = Linking::start(self, &["link", bank, "--no-callback", "--access-days", "90"]);
        self.sandbox.link(linking.requisition()).unwrap();
        linking.end().ends(0);
    }

    /// A text without what differs from run to run: ports and folders.
    pub fn settled(&self, text: &str) -> String {
        let address = self.sandbox.base_url();
        text.replace(address, "http://127.0.0.1:8099").replace(self.folder().to_str().unwrap(), "/data")
    }

    /// Compares a text with the file of this name. With `UPDATE_SNAPSHOTS` set, writes it.
    #[track_caller]
    pub fn snapshot(&self, name: &str, text: &str) {
        let file = snapshots().join(name);
        let text = self.settled(text);
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(&file, &text).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(
            text, expected,
            "{name} differs; if that is meant, run the tests with UPDATE_SNAPSHOTS=1 and read the difference"
        );
    }
}

pub fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots")
}

/// A `link` that waits for its person.
pub struct Linking {
    child: Child,
    lines: std::io::Lines<std::io::BufReader<std::process::ChildStdout>>,
    pub link: String,
    requisition: String,
    said: String,
}

impl Linking {
    /// Starts it and reads the link that it prints.
    pub fn start(world: &World, args: &[&str]) -> Self {
        use std::io::BufRead as _;
        let mut child = world.start(args);
        let mut lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut said, mut address) = (String::new(), None);
        while address.is_none() {
            let Some(line) = lines.next() else { break };
            let line = line.unwrap();
            if line.starts_with("http") {
                address = Some(line.clone());
            }
            said.push_str(&line);
            said.push('\n');
        }
        let Some(link) = address else {
            panic!("no link came: {}", Ran::of(&child.wait_with_output().unwrap()).err);
        };
        // The newest comes first.
        let list = world.run(&["raw", "GET", "/api/v2/requisitions/?limit=1"]).ends(0).json();
        let requisition = list["results"][0]["id"].as_str().unwrap().to_owned();
        Self { child, lines, link, requisition, said }
    }

    pub fn requisition(&self) -> &str {
        &self.requisition
    }

    /// What a browser does: it opens a page and follows where that leads.
    pub fn visit(&self, query: &str) -> String {
        visit(&format!("{}{query}", self.link))
    }

    pub fn end(&mut self) -> Ran {
        for line in self.lines.by_ref() {
            self.said.push_str(&line.unwrap());
            self.said.push('\n');
        }
        let mut err = String::new();
        std::io::Read::read_to_string(&mut self.child.stderr.take().unwrap(), &mut err).unwrap();
        let code = self.child.wait().unwrap().code().unwrap();
        Ran { code, out: self.said.clone(), err }
    }
}

/// The text of a page.
pub fn visit(url: &str) -> String {
    gocardless_bank_data::install_cryptography();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.get(url).send().await.unwrap().text().await.unwrap()
    })
}
