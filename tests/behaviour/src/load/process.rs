//! What the system tells of this process: memory, sockets, descriptors. From `/proc`, so on Linux only; elsewhere it
//! tells nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often sockets are counted where the most is wanted.
const GLANCE: Duration = Duration::from_millis(2);

/// KiB of memory that this process has at the moment.
pub(crate) fn resident() -> Option<u64> {
    status("VmRSS:")
}

/// How many sockets this process has open.
pub(crate) fn sockets() -> Option<u64> {
    let descriptors = std::fs::read_dir("/proc/self/fd").ok()?;
    let targets = descriptors.flatten().filter_map(|descriptor| std::fs::read_link(descriptor.path()).ok());
    Some(targets.filter(|target| target.to_string_lossy().starts_with("socket:")).count() as u64)
}

/// How many descriptors this process may have open.
pub(crate) fn descriptor_limit() -> Option<u64> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// `kib` in MiB.
pub(crate) fn mib(kib: u64) -> f64 {
    f64::from(u32::try_from(kib).unwrap()) / 1024.0
}

fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// How much memory this process takes at the most beyond what it had at the beginning.
#[derive(Debug)]
pub(crate) struct Growth(Option<u64>);

impl Growth {
    /// From now on.
    pub(crate) fn begin() -> Self {
        // Sets the peak back to what is taken now. Where that is refused the growth comes out too large, never too small.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        Self(resident())
    }

    /// The growth so far in MiB, at its peak.
    pub(crate) fn mib(&self) -> Option<f64> {
        Some(mib(status("VmHWM:")?.saturating_sub(self.0?)))
    }
}

/// Counts the sockets of this process again and again.
#[derive(Debug)]
pub(crate) struct MostSockets {
    most: Arc<AtomicU64>,
    ends: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl MostSockets {
    /// From now on, on a thread of its own.
    pub(crate) fn watch() -> Self {
        let (most, ends) = (Arc::<AtomicU64>::default(), Arc::<AtomicBool>::default());
        let (found, ended) = (Arc::clone(&most), Arc::clone(&ends));
        let thread = std::thread::spawn(move || {
            while !ended.load(Ordering::Relaxed) {
                // Without a descriptor left there is no looking, but what was seen on the way there is kept.
                found.fetch_max(sockets().unwrap_or_default(), Ordering::Relaxed);
                std::thread::sleep(GLANCE);
            }
        });
        Self { most, ends, thread }
    }

    /// Ends, and tells the most there were. None where none were ever seen.
    pub(crate) fn most(self) -> Option<u64> {
        self.ends.store(true, Ordering::Relaxed);
        self.thread.join().unwrap();
        Some(self.most.load(Ordering::Relaxed)).filter(|most| *most > 0)
    }
}
