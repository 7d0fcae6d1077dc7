//! The load cases L1 to L6 of `research/reliability.md`, section 3: what ten thousand callers at once, and an hour of
//! faults, cost this client.
//!
//! The binary `load` runs them and prints a table. Each case runs in a process of its own, and the server of L5 and L6 in
//! another, so that memory, sockets and descriptors are the client's alone. They are told by `/proc`, so on Linux only;
//! elsewhere the figures of memory and the client's own sockets are left out, and the rest is judged.
//!
//! Nothing here is a benchmark: `tests/bench` compares with others, this holds against a bound. No test asserts speed: the
//! ordinary suite runs the cases at a small scale, where bounds on time, memory and sockets are not judged.

mod aborted;
mod alone;
mod burst;
mod callers;
mod case;
mod cold;
mod faults;
mod options;
mod panicked;
mod process;
mod refused;
mod remote;
mod report;
mod run;
mod samples;
mod scale;
mod serving;
mod soak;
mod table;
mod tally;

pub use run::run;
