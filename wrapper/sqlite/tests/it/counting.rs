//! Counters that many processes count up together: none may lose a count, and none may write one of two.
//!
//! The tests of each engine have this file. They have `open`, which opens the state that a text names. The other processes
//! are the test program once more, told by a variable to run one test only.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use gocardless_bank_data_runtime::state::{Change, Key, StateStore, Version};
use test_support::{Random, run_seed, scale};

/// Names the state for a process that was started by a test.
const PLACE: &str = "STATE_PLACE";

/// How often such a process counts before it ends by itself.
const COUNTS: u64 = 200;

/// Long enough that no record ends during a test.
pub(crate) const HOUR: Duration = Duration::from_secs(3_600);

/// A key of its own.
pub(crate) fn key(id: &str) -> Key {
    Key::new("owner", "test", id)
}

/// A value that is to be written.
pub(crate) fn change(key: &Key, expected: Version, value: &str, ttl: Duration) -> Change {
    Change { key: key.clone(), expected, value: Some(value.into()), ttl }
}

/// The version and the value under each of these keys.
pub(crate) async fn read(state: &dyn StateStore, keys: &[Key]) -> Vec<(Version, String)> {
    let records = state.load(keys).await.unwrap().records.into_iter();
    let text = |value| String::from_utf8(value).unwrap();
    records
        .map(|record| record.map_or((0, String::new()), |record| (record.version, text(record.value))))
        .collect()
}

/// Adds one to each of these counters in one step, however many others do so too.
pub(crate) async fn count(state: &dyn StateStore, keys: &[Key]) -> Vec<u64> {
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

/// Starts many processes at once. All of them may find no state, and make it.
pub(crate) async fn of_many_processes_none_loses_a_count(place: &str) {
    let children: Vec<_> = (0..8).map(|_| start(place)).collect();
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    assert_eq!(counted(place).await, 8 * COUNTS);
}

/// Kills processes while they count.
pub(crate) async fn a_process_that_is_killed_loses_nothing_that_it_wrote(place: &str) {
    let seed = run_seed("ENGINE_SEED");
    let mut random = Random::new(seed);
    for _ in 0..scale("ENGINE_KILLS", 20) {
        let mut least = counted(place).await;
        let mut child = start(place);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut counts = lines.filter_map(|line| line.rsplit_once("counted ")?.1.parse().ok());
        for _ in 0..random.below(30) {
            least = counts.next().unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        least = counts.last().unwrap_or(least);
        let after = counted(place).await;
        assert!(after >= least, "seed {seed}: {least} was counted, and {after} is left");
    }
}

#[test]
#[ignore = "run by the other tests, in processes of its own"]
fn a_process_that_counts() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let state = crate::open(&std::env::var(PLACE).unwrap()).await;
        for _ in 0..COUNTS {
            println!("counted {}", count(&state, &[key("a"), key("b")]).await[0]);
        }
    });
}

fn start(place: &str) -> Child {
    process(Command::new(std::env::current_exe().unwrap()), place)
}

/// Starts a process that counts; `command` runs this program.
pub(crate) fn process(mut command: Command, place: &str) -> Child {
    command
        .args(["--exact", "counting::a_process_that_counts", "--ignored", "--nocapture"])
        .env(PLACE, place)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

async fn counted(place: &str) -> u64 {
    let found = read(&crate::open(place).await, &[key("a"), key("b")]).await;
    assert_eq!(found[0].1, found[1].1, "one of two was written");
    found[0].1.parse().unwrap_or(0)
}
