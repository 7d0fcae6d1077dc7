//! Everything that is logged through `tracing`, as text.

use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// Keeps every event and span of this thread, at every level, until it is dropped.
#[derive(Debug)]
pub struct LogCapture {
    text: Arc<Mutex<String>>,
    _guard: DefaultGuard,
}

impl LogCapture {
    /// Captures what this thread logs. Tests that need it run on one thread.
    #[must_use]
    pub fn start() -> Self {
        let text = Arc::<Mutex<String>>::default();
        let guard = tracing::subscriber::set_default(Recorder(Arc::clone(&text)));
        Self { text, _guard: guard }
    }

    /// What was logged so far: a line for each event, span and record of a span.
    #[must_use]
    pub fn text(&self) -> String {
        lock(&self.text).clone()
    }

    /// How many lines have this text.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        self.text().lines().filter(|line| line.contains(text)).count()
    }
}

struct Recorder(Arc<Mutex<String>>);

fn lock(text: &Mutex<String>) -> MutexGuard<'_, String> {
    text.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Recorder {
    fn line(&self, begin: fmt::Arguments<'_>, record: impl FnOnce(&mut Members<'_>)) {
        let mut text = lock(&self.0);
        let _ = text.write_fmt(begin);
        record(&mut Members(&mut text));
        text.push('\n');
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(format_args!("span {}", span.metadata().name()), |members| span.record(members));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.line(format_args!("record"), |members| values.record(members));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        self.line(format_args!("{} {}", metadata.level(), metadata.target()), |members| {
            event.record(members);
        });
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Members<'a>(&'a mut String);

impl Visit for Members<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}
