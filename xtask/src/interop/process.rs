//! Programs of others: run to their end or kept running, their output in a file, stopped whatever happens.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

/// A program that runs until this is dropped.
pub(crate) struct Running {
    child: Child,
    log: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; either way there is nobody to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts a program whose whole output goes to `log`.
    pub(crate) fn start(command: &mut Command, log: &Path) -> anyhow::Result<Self> {
        let child = logged(command, log)?.spawn().with_context(|| format!("starting {}", name(command)))?;
        Ok(Self { child, log: log.to_owned() })
    }

    /// Starts a program and gives its first line on standard output as well; what else it says goes to `log`.
    pub(crate) fn announced(command: &mut Command, log: &Path) -> anyhow::Result<(Self, String)> {
        logged(command, log)?.stdout(Stdio::piped());
        let child = command.spawn().with_context(|| format!("starting {}", name(command)))?;
        let mut running = Self { child, log: log.to_owned() };
        let mut line = String::new();
        if let Some(out) = running.child.stdout.take() {
            std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line)
                .with_context(|| format!("reading what {} says", name(command)))?;
        }
        if line.is_empty() {
            bail!("{} ended at once: {}", name(command), running.said()?.trim());
        }
        Ok((running, line))
    }

    /// What it has said so far.
    pub(crate) fn said(&self) -> anyhow::Result<String> {
        read(&self.log)
    }

    /// Waits until `ready` likes what the program has said.
    pub(crate) fn wait_until(&mut self, ready: impl Fn(&str) -> bool, limit: Duration) -> anyhow::Result<()> {
        let begin = Instant::now();
        loop {
            let said = self.said()?;
            if ready(&said) {
                return Ok(());
            }
            if self.child.try_wait().context("waiting for a program")?.is_some() || begin.elapsed() > limit {
                bail!("the program did not get ready; it said in {}: {}", self.log.display(), said.trim());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Runs a program to its end, at most for `limit`, and hands on each line that it says meanwhile.
pub(crate) fn finish(
    command: &mut Command,
    log: &Path,
    limit: Duration,
    mut each: impl FnMut(&str),
) -> anyhow::Result<(ExitStatus, String)> {
    let mut running = Running::start(command, log)?;
    let (begin, mut told, mut rest) = (Instant::now(), 0, String::new());
    loop {
        let ended = running.child.try_wait().with_context(|| format!("waiting for {}", name(command)))?;
        let mut file = File::open(log).with_context(|| format!("reading {}", log.display()))?;
        file.seek(SeekFrom::Start(told)).with_context(|| format!("reading {}", log.display()))?;
        let mut fresh = Vec::new();
        told += u64::try_from(
            file.read_to_end(&mut fresh).with_context(|| format!("reading {}", log.display()))?,
        )
        .unwrap_or_default();
        rest.push_str(&String::from_utf8_lossy(&fresh));
        while let Some((line, after)) = rest.split_once('\n') {
            each(line);
            rest = after.to_owned();
        }
        if let Some(status) = ended {
            return Ok((status, read(log)?));
        }
        if begin.elapsed() > limit {
            bail!("{} did not end within {} s; see {}", name(command), limit.as_secs(), log.display());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The same for a program that must succeed.
pub(crate) fn succeed(command: &mut Command, log: &Path, limit: Duration) -> anyhow::Result<String> {
    let (status, said) = finish(command, log, limit, |_| {})?;
    if !status.success() {
        bail!(
            "{} failed ({status}); it said last:\n{}\nall of it is in {}",
            name(command),
            tail(&said, 15),
            log.display()
        );
    }
    Ok(said)
}

/// The last lines of a text.
pub(crate) fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.trim_end().lines().collect();
    all.iter()
        .skip(all.len().saturating_sub(lines))
        .map(|line| format!("  {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Sends the output to a file. On this machine nothing goes through a proxy, and nothing is coloured.
fn logged<'c>(command: &'c mut Command, log: &Path) -> anyhow::Result<&'c mut Command> {
    let file = File::create(log).with_context(|| format!("writing {}", log.display()))?;
    let twin = file.try_clone().with_context(|| format!("writing {}", log.display()))?;
    Ok(command.stdin(Stdio::null()).stdout(file).stderr(twin).env("NO_COLOR", "1"))
}

fn read(log: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(log).with_context(|| format!("reading {}", log.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_else(|| command.get_program());
    let first = command.get_args().next().map(OsStr::to_string_lossy).unwrap_or_default();
    format!("`{} {first} …`", program.to_string_lossy())
}
