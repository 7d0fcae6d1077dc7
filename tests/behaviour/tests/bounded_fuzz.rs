//! Does no input, however mangled, make what reads answers, errors, headers and strings panic?
//!
//! A run of a few seconds from a fixed seed; `tests/fuzz` runs the same targets for as long as you like. A failure prints the
//! input, which then belongs in the corpus. At full scale, with the time of the slowest input:
//! `BEHAVIOUR_INPUTS=10000000 cargo test --release -p behaviour --test it d22 -- --nocapture`.

use std::panic::catch_unwind;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use behaviour::fuzz::{TARGETS, Target};
use behaviour::responses::RESPONSES;
use serde_json::{Value, json};
use test_support::{Random, scale};

/// Inputs for each target and for each type of an answer: more of them with `BEHAVIOUR_INPUTS`.
fn inputs() -> u64 {
    scale("BEHAVIOUR_INPUTS", 20_000)
}

/// The corpus of a target: the files of its directory, by their names.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut files: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has no corpus");
    files
}

/// Bytes with a meaning in JSON, numbers, dates or URLs.
const TOKENS: [&[u8]; 24] = [
    b"null",
    b"true",
    b"{}",
    b"[]",
    b"\"\"",
    b"{\"",
    b"\":",
    b",",
    b"}",
    b"]",
    b"-",
    b"1e999",
    b"-0",
    b"0.1",
    b"18446744073709551616",
    b"\\u0000",
    b"\\ud800",
    b"\\ud83c\\udfe6",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\r\n",
    b"%2e",
    b"2025-02-30",
    b"T24:00:00+99:99",
];

/// The input with some bytes changed, removed, doubled or inserted.
fn mangled(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(8)).min(bytes.len());
        match random.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, random.one_of(&TOKENS).iter().copied())),
            2 => bytes[at..end].fill(random.number().to_le_bytes()[0]),
            3 => bytes.truncate(at),
            4 => {
                let doubled = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, doubled));
            }
            _ => {
                let from = random.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
        }
    }
    bytes
}

/// Values that replace another.
static ODD: LazyLock<Vec<Value>> = LazyLock::new(|| {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1.5),
        json!(1e300),
        json!(""),
        json!("x"),
        json!("-0"),
        json!("9".repeat(40)),
        json!("\u{0}\u{202e}"),
        json!([]),
        json!({}),
        json!([null]),
        json!([[1]]),
        json!({ "a": null }),
        json!({ "amount": 1.10, "currency": 978 }),
        json!("2025-02-30"),
        json!("0000-00-00T00:00:00Z"),
        json!({ "short": "CR" }),
    ]
});

/// The same JSON with one value replaced by something unexpected, so that a decoder gets past the syntax.
fn bent(value: &mut Value, random: &mut Random) {
    let deeper = random.below(4) > 0;
    match value {
        Value::Object(members) if deeper && !members.is_empty() => {
            let at = random.below(members.len());
            bent(members.values_mut().nth(at).unwrap(), random);
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = random.below(items.len());
            bent(&mut items[at], random);
        }
        other => {
            *other = random.one_of(&ODD).clone();
        }
    }
}

/// Runs a target. The name is part of the seed, so that no two targets get the same inputs.
fn run(name: &str, target: Target, seeds: &[Vec<u8>]) {
    let mut random = Random::new(name.bytes().fold(22, |seed, byte| (seed << 5) ^ u64::from(byte)));
    let seeds: Vec<_> =
        seeds.iter().map(|bytes| (bytes, serde_json::from_slice::<Value>(bytes).ok())).collect();
    let mut slowest = Duration::ZERO;
    for nth in 0..inputs() {
        let input = match random.one_of(&seeds) {
            (_, Some(value)) if nth % 2 == 0 => {
                let mut value = value.clone();
                bent(&mut value, &mut random);
                value.to_string().into_bytes()
            }
            (bytes, _) => mangled(bytes, random.one_of(&seeds).0, &mut random),
        };
        let time = || {
            let begin = Instant::now();
            let panicked = catch_unwind(|| target(&input)).is_err();
            assert!(!panicked, "{name} panics, as above, at {:?}", String::from_utf8_lossy(&input));
            begin.elapsed()
        };
        let took = time();
        if took > slowest {
            // The least of some tries, because in any one of them the machine may have done something else.
            slowest = (0..20).map(|_| time()).fold(took, Duration::min).max(slowest);
        }
    }
    println!("{name}: {} inputs, the slowest took {slowest:?}", inputs());
}

#[test]
fn d22_no_answer_however_mangled_brings_a_decoder_down() {
    let corpus = corpus("answers");
    std::thread::scope(|scope| {
        for (name, decode) in RESPONSES {
            let seeds = |is_own: bool| -> Vec<_> {
                let all = corpus.iter().filter(|(file, _)| !is_own || file == name);
                all.map(|(_, bytes)| bytes.clone()).collect()
            };
            // What has no file of its own begins with those of all the others.
            let own = Some(seeds(true)).filter(|own| !own.is_empty()).unwrap_or_else(|| seeds(false));
            scope.spawn(move || run(name, *decode, &own));
        }
    });
}

#[test]
fn d22_no_error_header_value_or_text_however_mangled_brings_its_reader_down() {
    for (name, target) in TARGETS.iter().filter(|(name, _)| *name != "answers") {
        let seeds: Vec<_> = corpus(name).into_iter().map(|(_, bytes)| bytes).collect();
        run(name, *target, &seeds);
    }
}

#[test]
fn d22_the_corpus_itself_is_read_by_every_target_and_each_answer_of_it_decodes() {
    for (name, target) in TARGETS {
        for (file, bytes) in corpus(name) {
            assert!(catch_unwind(|| target(&bytes)).is_ok(), "{name}/{file}");
        }
    }
    for (file, bytes) in corpus("answers") {
        let Some((_, decode)) = RESPONSES.iter().find(|(name, _)| *name == file) else {
            panic!("{file}.json is not a type of a response: {RESPONSES:?}");
        };
        decode(&bytes);
    }
}
