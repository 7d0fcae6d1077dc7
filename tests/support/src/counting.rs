//! What the tests of every engine of shared state do with it: counters that many tasks and processes count up together, of
//! which none may lose a count, and none may write one of two.
//!
//! `open` opens the state that a text names. The other processes are the test program once more, which a variable makes run
//! its test `a_process_that_counts` only.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use gocardless_bank_data::state::{Change, Key, StateStore};

use crate::{Random, run_seed, scale};

/// Names the state for a process that was started by a test.
const PLACE: &str = "STATE_PLACE";

/// How often such a process counts before it ends by itself.
const COUNTS: u64 = 200;

/// Long enough that no record ends during a test.
pub const HOUR: Duration = Duration::from_secs(3_600);

/// A key of its own.
#[must_use]
pub fn key(id: &str) -> Key {
    Key::new("owner", "test", id)
}

/// A value that is to be written.
#[must_use]
pub fn change(key: &Key, expected: u64, value: &str, ttl: Duration) -> Change {
    Change { key: key.clone(), expected, value: Some(value.into()), ttl }
}

/// The version and the value under each of these keys.
pub async fn read(state: &dyn StateStore, keys: &[Key]) -> Vec<(u64, String)> {
    let records = state.load(keys).await.unwrap().records.into_iter();
    let text = |value| String::from_utf8(value).unwrap();
    records
        .map(|record| record.map_or((0, String::new()), |record| (record.version, text(record.value))))
        .collect()
}

/// Adds one to each of these counters in one step, however many others do so too.
pub async fn count(state: &dyn StateStore, keys: &[Key]) -> Vec<u64> {
    loop {
        let found = read(state, keys).await;
        let counts: Vec<u64> = found.iter().map(|(_, text)| text.parse().unwrap_or(0) + 1).collect();
        let changes: Vec<_> = (keys.iter().zip(&found).zip(&counts))
            .map(|((key, (version, _)), count)| change(key, *version, &count.to_string(), HOUR))
            .collect();
        if state.compare_and_swap(&changes).await.unwrap() {
            return counts;
        }
    }
}

/// Counts in many tasks at once, each of them in one of two clients of the same state.
pub async fn of_many_tasks_none_loses_a_count<S: StateStore>(states: [S; 2]) {
    let states = states.map(Arc::new);
    let tasks = (0..16).map(|task| {
        let state = Arc::clone(&states[task % 2]);
        tokio::spawn(async move {
            for _ in 0..25 {
                count(&*state, &[key("a"), key("b")]).await;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let found = read(&*states[0], &[key("a"), key("b")]).await;
    assert!(found.iter().all(|(_, value)| value == "400"), "{found:?}");
}

/// Starts many processes at once. All of them may find no state, and make it.
pub async fn of_many_processes_none_loses_a_count<S: StateStore>(place: &str, open: impl AsyncFn(&str) -> S) {
    let children: Vec<_> = (0..8).map(|_| start(place)).collect();
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    assert_eq!(counted(&open(place).await).await, 8 * COUNTS);
}

/// Kills processes while they count.
pub async fn a_process_that_is_killed_loses_nothing_that_it_wrote<S: StateStore>(
    place: &str,
    open: impl AsyncFn(&str) -> S,
) {
    let seed = run_seed("ENGINE_SEED");
    let mut random = Random::new(seed);
    for _ in 0..scale("ENGINE_KILLS", 20) {
        let mut least = counted(&open(place).await).await;
        let mut child = start(place);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut counts = lines.filter_map(|line| line.rsplit_once("counted ")?.1.parse().ok());
        for _ in 0..random.below(30) {
            least = counts.next().unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        least = counts.last().unwrap_or(least);
        let after = counted(&open(place).await).await;
        assert!(after >= least, "seed {seed}: {least} was counted, and {after} is left");
    }
}

/// What such a process does: the body of the test `a_process_that_counts`, which is ignored otherwise.
#[allow(clippy::print_stdout, reason = "the test that started it reads along")]
pub fn count_and_say_so<S: StateStore>(open: &impl AsyncFn(&str) -> S) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let state = open(&std::env::var(PLACE).unwrap()).await;
        for _ in 0..COUNTS {
            println!("counted {}", count(&state, &[key("a"), key("b")]).await[0]);
        }
    });
}

fn start(place: &str) -> Child {
    process(Command::new(std::env::current_exe().unwrap()), place)
}

/// Starts a process that counts; `command` runs this program.
#[must_use]
pub fn process(mut command: Command, place: &str) -> Child {
    command
        .args(["--exact", "a_process_that_counts", "--ignored", "--nocapture"])
        .env(PLACE, place)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

async fn counted(state: &dyn StateStore) -> u64 {
    let found = read(state, &[key("a"), key("b")]).await;
    assert_eq!(found[0].1, found[1].1, "one of two was written");
    found[0].1.parse().unwrap_or(0)
}
