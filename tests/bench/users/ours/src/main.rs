//! A program that depends on this client, for the number of crates and the time of a clean check.

fn main() {}
