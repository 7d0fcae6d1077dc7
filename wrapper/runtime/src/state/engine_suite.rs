//! The tests that every engine of shared state passes. Behind the feature `engine-suite`.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test: a panic is the report")]

use std::collections::HashMap;
use std::time::Duration;

use super::engine::{Change, Key, StateStore, Version};

const HOUR: Duration = Duration::from_secs(3_600);

/// Checks that `engine` keeps the promises of [`StateStore`], with this many random histories of operations.
///
/// # Panics
/// If it does not.
pub async fn run(engine: &dyn StateStore, histories: u64) {
    // Keys of their own, so that an engine that is shared with others, or used twice, gives the same results.
    let owner = format!("suite-{:016x}", crate::policy::random());
    versions_and_absence(engine, &owner).await;
    all_or_nothing(engine, &owner).await;
    owners_are_apart(engine, &owner).await;
    expiry(engine, &owner).await;
    any_bytes(engine, &owner).await;
    one_of_many_writers_wins(engine, &owner).await;
    for seed in 0..histories {
        history(engine, &format!("{owner}-{seed}"), seed).await;
    }
}

fn change(key: &Key, expected: Version, value: Option<&[u8]>) -> Change {
    Change { key: key.clone(), expected, value: value.map(<[u8]>::to_vec), ttl: HOUR }
}

/// The version and value of each record.
async fn read(engine: &dyn StateStore, keys: &[Key]) -> Vec<(Version, Vec<u8>)> {
    let loaded = engine.load(keys).await.unwrap();
    assert_eq!(loaded.records.len(), keys.len());
    let record = |record: Option<super::engine::Record>| record.map(|record| (record.version, record.value));
    loaded.records.into_iter().map(|found| record(found).unwrap_or_default()).collect()
}

async fn swap(engine: &dyn StateStore, changes: &[Change]) -> bool {
    engine.compare_and_swap(changes).await.unwrap()
}

async fn version(engine: &dyn StateStore, key: &Key) -> Version {
    read(engine, std::slice::from_ref(key)).await.first().map_or(0, |record| record.0)
}

async fn versions_and_absence(engine: &dyn StateStore, owner: &str) {
    let key = Key::new(owner, "versions", "a");
    assert_eq!(read(engine, std::slice::from_ref(&key)).await, [(0, Vec::new())], "a new key has no record");
    assert!(read(engine, &[]).await.is_empty());
    assert!(swap(engine, &[]).await, "nothing to write is no conflict");
    assert!(!swap(engine, &[change(&key, 1, Some(b"x"))]).await, "there is no version 1");
    assert!(swap(engine, &[change(&key, 0, Some(b"one"))]).await);
    let first = version(engine, &key).await;
    assert!(first > 0);
    assert!(!swap(engine, &[change(&key, 0, Some(b"x"))]).await, "it exists");
    assert!(swap(engine, &[change(&key, first, Some(b"two"))]).await);
    assert!(!swap(engine, &[change(&key, first, Some(b"x"))]).await, "a late write is refused");
    let [(second, value)] = &*read(engine, std::slice::from_ref(&key)).await else { unreachable!() };
    assert!(*second > first && value == b"two");
    assert!(!swap(engine, &[change(&key, first, None)]).await, "a late delete is refused");
    assert!(swap(engine, &[change(&key, *second, None)]).await);
    assert_eq!(version(engine, &key).await, 0);
    assert!(swap(engine, &[change(&key, 0, None)]).await, "deleting what is not there is no conflict");
    assert!(swap(engine, &[change(&key, 0, Some(b"three"))]).await);
    assert!(version(engine, &key).await > *second, "a version that somebody may remember");
}

async fn all_or_nothing(engine: &dyn StateStore, owner: &str) {
    let keys = ["a", "b", "c"].map(|id| Key::new(owner, "together", id));
    assert!(swap(engine, &keys.clone().map(|key| change(&key, 0, Some(b"1")))).await);
    let before = read(engine, &keys).await;
    let expected = [before[0].0, before[1].0, before[2].0 + 1];
    let changes: Vec<_> =
        keys.iter().zip(expected).map(|(key, expected)| change(key, expected, Some(b"2"))).collect();
    assert!(!swap(engine, &changes).await);
    assert_eq!(read(engine, &keys).await, before, "a part was written");
    let reversed = [keys[2].clone(), keys[0].clone()];
    assert_eq!(
        read(engine, &reversed).await,
        [before[2].clone(), before[0].clone()],
        "the order of the keys"
    );
}

/// Two owners that have records of the same name do not see each other's.
async fn owners_are_apart(engine: &dyn StateStore, owner: &str) {
    let keys = ["one", "two"].map(|id| Key::new(&format!("{owner}-{id}"), "account", "a"));
    for key in &keys {
        assert!(swap(engine, &[change(key, 0, Some(b"x"))]).await);
    }
    let [first, second] = [version(engine, &keys[0]).await, version(engine, &keys[1]).await];
    assert!(swap(engine, &[change(&keys[0], first, None)]).await);
    assert_eq!([version(engine, &keys[0]).await, version(engine, &keys[1]).await], [0, second]);
}

async fn expiry(engine: &dyn StateStore, owner: &str) {
    let key = Key::new(owner, "expiry", "a");
    assert!(swap(engine, &[change(&key, 0, Some(b"w"))]).await);
    let first = version(engine, &key).await;
    let brief = Change { ttl: Duration::from_millis(50), ..change(&key, first, Some(b"x")) };
    assert!(swap(engine, &[brief]).await);
    // By the engine's own clock, which a paused clock of the test does not move.
    while version(engine, &key).await != 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(swap(engine, &[change(&key, 0, Some(b"y"))]).await, "an expired record counts as absent");
    let [(second, value)] = &*read(engine, std::slice::from_ref(&key)).await else { unreachable!() };
    assert!(*second > first + 1 && value == b"y", "a version that somebody may remember");
    let endless = Change { ttl: Duration::MAX, ..change(&key, *second, Some(b"z")) };
    assert!(swap(engine, &[endless]).await);
    assert!(version(engine, &key).await > *second, "kept, though no clock shows its end");
}

async fn any_bytes(engine: &dyn StateStore, owner: &str) {
    let key = Key::new(owner, "bytes", "a");
    let value: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    assert!(swap(engine, &[change(&key, 0, Some(&value))]).await);
    assert_eq!(read(engine, std::slice::from_ref(&key)).await.first().map(|record| &record.1), Some(&value));
}

async fn one_of_many_writers_wins(engine: &dyn StateStore, owner: &str) {
    let key = Key::new(owner, "race", "a");
    for _ in 0..20 {
        let expected = version(engine, &key).await;
        let changes: Vec<_> = (0..10_u8).map(|id| [change(&key, expected, Some(&[id]))]).collect();
        let writes = changes.iter().map(|changes| swap(engine, changes));
        let won = futures_util::future::join_all(writes).await;
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
        let winner = won.iter().position(|won| *won).and_then(|at| u8::try_from(at).ok());
        assert_eq!(
            read(engine, std::slice::from_ref(&key)).await.first().and_then(|r| r.1.first().copied()),
            winner
        );
    }
}

/// Random operations on a few keys, compared with a map.
async fn history(engine: &dyn StateStore, owner: &str, seed: u64) {
    let keys: Vec<_> = ["a", "b", "c"].map(|id| Key::new(owner, "history", id)).to_vec();
    let mut model: HashMap<Key, Vec<u8>> = HashMap::new();
    let mut word = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |limit: u64| {
        // xorshift: the same in every run.
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        word % limit
    };
    for step in 0..12_u8 {
        let before = read(engine, &keys).await;
        for (key, (version, value)) in keys.iter().zip(&before) {
            assert_eq!(model.get(key).cloned().unwrap_or_default(), *value, "seed {seed}, step {step}");
            assert_eq!(*version == 0, !model.contains_key(key), "seed {seed}, step {step}");
        }
        let mut is_current = true;
        let mut changes = Vec::new();
        for (key, (version, _)) in keys.iter().zip(&before) {
            if below(2) == 0 {
                continue;
            }
            let is_late = below(5) == 0;
            is_current &= !is_late;
            let value = (below(4) != 0).then(|| vec![step, u8::try_from(below(256)).unwrap_or_default()]);
            changes.push(change(key, version + u64::from(is_late), value.as_deref()));
        }
        assert_eq!(swap(engine, &changes).await, is_current, "seed {seed}, step {step}: {changes:?}");
        if is_current {
            for change in changes {
                match change.value {
                    Some(value) => model.insert(change.key, value),
                    None => model.remove(&change.key),
                };
            }
        }
    }
}
