//! Feeds `values` of `behaviour/src/fuzz.rs`.

#![no_main]

#[path = "../../behaviour/src/fuzz.rs"]
#[allow(dead_code)]
mod fuzz;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::values(bytes));
