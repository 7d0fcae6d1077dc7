//! Captures what is logged through `tracing`.

use std::cell::RefCell;
use std::fmt::{self, Write};
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static CAPTURES: RefCell<Vec<Arc<Mutex<String>>>> = const { RefCell::new(Vec::new()) };
}

/// Captures every event and span of this thread, at every level, until it is dropped.
#[derive(Debug)]
pub struct LogCapture {
    text: Arc<Mutex<String>>,
    // It must be dropped on the thread that created it.
    _thread: PhantomData<*const ()>,
}

impl LogCapture {
    /// Captures what this thread logs. Tests that use it are single-threaded.
    #[must_use]
    pub fn start() -> Self {
        // One subscriber for the process: `tracing` caches for each callsite whether anyone is interested, and subscribers of
        // single threads that come and go while others log invalidate that.
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| tracing::subscriber::set_global_default(Recorder).unwrap());
        let text = Arc::<Mutex<String>>::default();
        CAPTURES.with_borrow_mut(|captures| captures.push(Arc::clone(&text)));
        Self { text, _thread: PhantomData }
    }

    /// What was logged so far: a line for each event, span and record of a span.
    #[must_use]
    pub fn text(&self) -> String {
        lock(&self.text).clone()
    }

    /// How many lines contain this text.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        self.text().lines().filter(|line| line.contains(text)).count()
    }
}

impl Drop for LogCapture {
    fn drop(&mut self) {
        let _ = CAPTURES.try_with(|captures| {
            captures.borrow_mut().retain(|capture| !Arc::ptr_eq(capture, &self.text));
        });
    }
}

struct Recorder;

fn lock(text: &Mutex<String>) -> MutexGuard<'_, String> {
    text.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Recorder {
    fn line(begin: fmt::Arguments<'_>, record: impl FnOnce(&mut Members<'_>)) {
        let _ = CAPTURES.try_with(|captures| {
            let captures = captures.borrow();
            let Some(innermost) = captures.last() else { return };
            let mut line = begin.to_string();
            record(&mut Members(&mut line));
            line.push('\n');
            lock(innermost).push_str(&line);
        });
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        Self::line(format_args!("span {}", span.metadata().name()), |members| span.record(members));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        Self::line(format_args!("record"), |members| values.record(members));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        Self::line(format_args!("{} {}", metadata.level(), metadata.target()), |members| {
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
