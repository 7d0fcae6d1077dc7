//! Are the client's own copies of secrets wiped when they are dropped? Best effort: those of libraries are not.

#![forbid(unsafe_code)]
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in tests, but not in their helpers")]

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use gocardless_bank_data::{BankData, Credentials, Secret};
use test_support::Random;

/// Secrets are stored masked here, so that the test program does not contain them.
const MASK: u8 = 0x55;

/// How many bytes of its end are searched for: an allocator overwrites the beginning of freed memory.
const END: usize = 32;

/// A string of 1,000 letters, so that little else reuses its memory once freed. It is nowhere in memory until
/// it is requested.
struct Hidden(Vec<u8>);

impl Hidden {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self((0..1_000).map(|_| *random.one_of(b"abcdefghijklmnopqrstuvwxyz") ^ MASK).collect())
    }

    /// The secret, in a string of exactly its length, so that nothing has to move it.
    fn secret(&self) -> Secret {
        let mut text = String::with_capacity(self.0.len());
        text.extend(self.0.iter().map(|byte| char::from(byte ^ MASK)));
        Secret::from(text)
    }

    /// How often it occurs in the writable memory of this process: heap and stacks.
    fn found(&self) -> usize {
        let mut memory = File::open("/proc/self/mem").unwrap();
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        let mut buffer = Vec::new();
        let mut found = 0;
        for line in maps.lines().filter(|line| line.contains(" rw")) {
            let (start, end) = line.split(' ').next().unwrap().split_once('-').unwrap();
            let (start, end) =
                (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
            buffer.clear();
            buffer.resize(usize::try_from(end - start).unwrap(), 0);
            // A range may have disappeared or be unreadable: then there is nothing to find.
            if memory.seek(SeekFrom::Start(start)).is_ok() && memory.read_exact(&mut buffer).is_ok() {
                found += buffer.windows(END).filter(|window| self.is(window)).count();
            }
            // The buffer is a copy too, in a range that is searched later.
            buffer.fill(0);
        }
        found
    }

    fn is(&self, text: &[u8]) -> bool {
        text.iter().rev().zip(self.0.iter().rev()).all(|(byte, masked)| *byte == masked ^ MASK)
    }
}

// One test, because two that search the same memory would find each other's copies.
#[test]
fn f04_a_secret_is_found_while_it_is_held_and_gone_with_the_last_that_holds_it() {
    let hidden = Hidden::new(0);
    drop(hidden.secret());
    assert_eq!(hidden.found(), 0, "making a secret leaves a copy behind");

    let hidden = Hidden::new(1);
    let secret = hidden.secret();
    let copy = secret.clone();
    assert!(hidden.found() > 0, "a secret that is held is not found, so that this test says nothing");
    drop(secret);
    assert!(hidden.found() > 0);
    drop(copy);
    assert_eq!(hidden.found(), 0);

    let (id, key) = (Hidden::new(2), Hidden::new(3));
    let credentials = Credentials::new(id.secret(), key.secret());
    let bank = BankData::builder(credentials).base_url("http://127.0.0.1:9").build().unwrap();
    let all = (bank.clone(), bank.tokens(), bank.tokens().obtain(), bank);
    assert!(id.found() > 0 && key.found() > 0);
    drop(all);
    assert_eq!((id.found(), key.found()), (0, 0));
}
