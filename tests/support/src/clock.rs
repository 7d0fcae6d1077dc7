//! Waiting for events, and for time on a clock that is paused or frozen. No test waits otherwise, so none depends on
//! the speed of the machine.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

/// Long enough that it only ends a hang, however busy the machine is.
pub const HANG: Duration = Duration::from_secs(120);

/// How far a frozen clock moves at a time.
const STEP: Duration = Duration::from_millis(20);

/// How often every task is polled before time moves on.
const TURNS: usize = 20;

/// Lets this time pass on a paused clock and runs whatever it wakes. Panics if the clock is not paused, since it would then
/// really wait.
pub async fn pass(time: Duration) {
    // Panics unless the clock is paused, and advances it by nothing.
    tokio::time::advance(Duration::ZERO).await;
    tokio::time::sleep(time).await;
}

/// A clock that stands still while sockets work, so that a timeout ends when the test says so and not when the machine
/// is slow.
///
/// Tokio's paused clock jumps to the next timer as soon as no task is ready, even if a task is waiting for a socket. It does
/// not jump while a blocking task runs, and this keeps one running until it is dropped. Then the clock runs
/// again.
#[derive(Debug)]
pub struct FrozenClock {
    _blocking: Sender<()>,
}

impl Drop for FrozenClock {
    fn drop(&mut self) {
        tokio::time::resume();
    }
}

impl FrozenClock {
    /// Stops the clock of the current runtime, which must be single-threaded.
    #[must_use]
    pub fn freeze() -> Self {
        tokio::time::pause();
        let (sender, receiver) = channel::<()>();
        // Ends with an error when the sender is dropped.
        drop(tokio::task::spawn_blocking(move || receiver.recv()));
        Self { _blocking: sender }
    }

    /// Lets this time pass in steps and runs whatever each step wakes.
    pub async fn pass(&self, time: Duration) {
        settle().await;
        let mut left = time;
        while !left.is_zero() {
            let step = left.min(STEP);
            tokio::time::advance(step).await;
            settle().await;
            left -= step;
        }
    }

    /// The output of `call` if, once `ready` has completed, this much time passes. Panics if the call takes longer.
    pub async fn pass_within<T>(
        &self,
        call: impl Future<Output = T>,
        ready: impl Future<Output = ()>,
        time: Duration,
    ) -> T {
        let clock = async {
            ready.await;
            self.pass(time).await;
            settle().await;
            panic!("it goes on beyond {time:?}");
        };
        tokio::select! {
            biased;
            outcome = call => outcome,
            () = clock => unreachable!(),
        }
    }
}

/// Polls every task several times, so that what was sent is received. It does not give up the processor, which on a busy
/// machine takes long to come back.
async fn settle() {
    for _ in 0..TURNS {
        tokio::task::yield_now().await;
    }
}

/// Waits until `happened` is true, and panics if it never is. Does not use the clock of the runtime.
pub async fn until(happened: impl Fn() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < HANG, "it never happened");
        tokio::task::yield_now().await;
        std::thread::yield_now();
    }
}

/// As [`until`], for tests without a runtime.
pub fn block_until(mut happened: impl FnMut() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < HANG, "it never happened");
        std::thread::yield_now();
    }
}

/// The output of `what`; panics if it hangs.
pub async fn ends<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(HANG, what).await.expect("it hangs")
}

/// Polls `future` at most `polls` times, then drops it. `None` if it had not ended by then.
pub async fn drop_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Blocks whoever waits for it until it is opened, for good.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }
}

impl Gate {
    /// Lets everyone through from now on.
    pub fn open(&self) {
        self.0.close();
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.is_closed()
    }

    /// Waits until it is open.
    pub async fn opened(&self) {
        // There is never a permit, so this ends when the semaphore is closed.
        let _ = self.0.acquire().await;
    }
}
