//! What the client promises when servers, networks, stores and callers misbehave: one module for each topic. The name of each
//! test begins with the id of its case in `docs/failure-modes.md`.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unchecked_time_subtraction,
    reason = "a panic in a test is its report"
)]

mod bounded_fuzz;
mod decode_bodies;
mod decode_errors;
mod decode_json;
mod decode_values;
mod load;
mod observer;
mod raw_calls;
mod retry_limits;
mod retry_metered;
mod retry_reads;
mod retry_schedules;
mod retry_writes;
mod security_debug;
mod security_errors;
mod security_input;
mod security_links;
mod security_logs;
mod security_tree;
mod store_outage;
mod store_shutdown;
mod token_failures;
mod token_lifetime;
mod token_outages;
mod token_refused;
mod token_single_flight;
mod transport_address;
mod transport_environment;
mod transport_faults;
mod transport_http2;
