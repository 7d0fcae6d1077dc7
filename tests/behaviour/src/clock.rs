//! Waiting: for time on a paused clock, and for something to happen in real time.

use std::time::{Duration, Instant};

const LONGEST: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(1);

/// Lets this time pass on a paused clock, and everything run that it wakes. On a clock that is not paused it would really
/// wait, so there it panics.
pub async fn pass(time: Duration) {
    // Panics unless the clock is paused, and advances it by nothing.
    tokio::time::advance(Duration::ZERO).await;
    tokio::time::sleep(time).await;
}

/// Waits in real time until `happened`, and panics where it does not.
pub async fn until(happened: impl Fn() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < LONGEST, "it never happened");
        tokio::time::sleep(PAUSE).await;
    }
}

/// As [`until`], for tests without a runtime.
pub fn block_until(happened: impl Fn() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < LONGEST, "it never happened");
        std::thread::yield_now();
    }
}
