//! A program that depends on the peer, for the number of crates and the time of a clean check.

fn main() {}
