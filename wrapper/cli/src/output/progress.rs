//! Progress of a sync: a bar where a person watches, nothing in a pipe.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Output;

/// A bar on standard error, if that and standard output are terminals.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Without a length yet.
    pub(crate) fn start(output: &Output, what: &'static str) -> Self {
        if output.json || !output.is_terminal || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    pub(crate) fn length(&self, reads: usize) {
        self.0.set_length(u64::try_from(reads).unwrap_or(u64::MAX));
    }

    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// Does something that writes, with the bar out of the way.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
