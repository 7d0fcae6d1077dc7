//! What a decision costs when the state holds few accounts and when it holds many.

use std::time::{Duration, Instant};

use gocardless_bank_data::state::{Change, Key, StateStore};

use crate::Random;

/// How many accounts few are, and many.
pub const SIZES: [u32; 2] = [1_000, 1_000_000];

/// As long as the record of an account of which all is read four times a day.
const ACCOUNT: usize = 235;

/// As long as the log of a minute with 90 calls.
const BUDGET: usize = 1_300;

const MONTH: Duration = Duration::from_secs(31 * 24 * 60 * 60);

/// Decisions in a round, and rounds. Both states take turns, so that a busy machine slows both.
const DECISIONS: u32 = 100;
const ROUNDS: u32 = 100;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn company(kind: &str) -> Key {
    Key::new("5f4dcc3b5aa765d61d8327deb882cf99", kind, "company")
}

/// Account number `id`. The names are as random as keyed hashes are.
fn account(id: u32) -> Key {
    let half = |id: u64| {
        (id + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    };
    let id = half(u64::from(id));
    Key::new("5f4dcc3b5aa765d61d8327deb882cf99", "account", &format!("{id:016x}{:016x}", half(id)))
}

fn value(length: usize) -> Vec<u8> {
    vec![b'7'; length]
}

/// Writes this many accounts and then what a company has one of, unless an earlier run did.
///
/// # Errors
/// What the engine says.
pub async fn fill(state: &dyn StateStore, accounts: u32) -> Outcome<()> {
    if state.load(&[company("token")]).await?.records != [None] {
        return Ok(());
    }
    let write = |key, length| Change { key, expected: 0, value: Some(value(length)), ttl: MONTH };
    let ids: Vec<_> = (0..accounts).collect();
    for ids in ids.chunks(500) {
        let changes: Vec<_> = ids.iter().map(|id| write(account(*id), ACCOUNT)).collect();
        assert!(state.compare_and_swap(&changes).await?, "an earlier run was cut short: empty the state");
    }
    let company = [write(company("budget"), BUDGET), write(company("token"), 1_500)];
    assert!(state.compare_and_swap(&company).await?, "an earlier run was cut short: empty the state");
    Ok(())
}

/// What a call does before it is sent: loads the budget and its account, and writes both.
async fn decide(state: &dyn StateStore, id: u32) -> Outcome<Duration> {
    let (keys, begin) = ([company("budget"), account(id)], Instant::now());
    let loaded = state.load(&keys).await?;
    let changes = keys.into_iter().zip(loaded.records).zip([BUDGET, ACCOUNT]);
    let changes = changes.map(|((key, record), length)| {
        let expected = record.map_or(0, |record| record.version);
        Change { key, expected, value: Some(value(length)), ttl: MONTH }
    });
    assert!(state.compare_and_swap(&changes.collect::<Vec<_>>()).await?, "nobody else writes");
    Ok(begin.elapsed())
}

/// Prints the median time of a decision in each state.
///
/// # Errors
/// What an engine says.
pub async fn compare(states: [&dyn StateStore; 2]) -> Outcome<()> {
    let mut times = [Vec::new(), Vec::new()];
    let mut random = Random::new(1);
    for round in 0..=ROUNDS {
        for ((state, size), times) in states.into_iter().zip(SIZES).zip(&mut times) {
            for _ in 0..DECISIONS {
                let time = decide(state, u32::try_from(random.below(usize::try_from(size)?))?).await?;
                // The first round fills caches.
                if round > 0 {
                    times.push(time);
                }
            }
        }
    }
    let medians = times.map(|mut times| {
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    });
    for (size, median) in SIZES.into_iter().zip(medians) {
        println!("{size:>9} accounts: {median:>10.1?} a decision (median of {})", DECISIONS * ROUNDS);
    }
    println!("ratio: {:.2}", medians[1].as_secs_f64() / medians[0].as_secs_f64());
    Ok(())
}
