//! The goals: a copy of the table in `research/reliability.md`, section 5, with the tests that tell the figures.
//!
//! Which test tells a figure is found by its name in `tests/`; nothing else of a goal stands anywhere but here.

use super::goal::{Bound, Gather, Goal, Limit, at_least, at_most, most, none, sum};
use crate::tidy::MOST_WRAPPER_LINES;

/// The cases of goal 6, each of which has a test that tells how often a scarce read was sent.
const ONCE: [&str; 13] =
    ["C10", "C11", "C12", "C13", "D4", "D8 and D10", "D9", "D11", "D12", "E2", "E3", "E4", "E5"];

/// The answers that are fuzzed, by their names in `tests/behaviour/src/fuzz.rs`.
const ANSWERS: [&str; 14] = [
    "account",
    "agreement",
    "agreements",
    "balances",
    "deletion",
    "details",
    "institution",
    "institutions",
    "reconfirmation",
    "refreshed",
    "requisition",
    "requisitions",
    "tokens",
    "transactions",
];

/// The variants of the error that a call gives.
const VARIANTS: [&str; 8] =
    ["Api", "Auth", "Decode", "Guard", "InvalidRequest", "List", "Timeout", "Transport"];

/// The peers that must be refused.
const PEERS: [&str; 6] =
    ["self-signed", "expired", "another host", "unknown root", "TLS 1.1 alone", "swapped in the pool"];

/// Runs of the fuzzer for each type of an answer: in a run of the goals, and before a release.
pub(crate) const RUNS: (u32, u32) = (1_000_000, 10_000_000);

const fn each(figure: &'static str, each: &'static [&'static str], gather: Gather, bound: Bound) -> Limit {
    Limit { figure, each, gather, bound }
}

/// All of them, in their order.
pub(crate) const GOALS: &[Goal] = &[
    Goal {
        number: 1,
        name: "single flight, success",
        tests: &["a01_", "a02_", "a03_"],
        limits: &[
            at_least("callers", 10_000),
            sum("runs", Bound::AtLeast(100)),
            sum("runs with one request", Bound::SameAs("runs")),
            at_least("A1 callers", 10_000),
            sum("A1 runs", Bound::AtLeast(100)),
            sum("A1 runs with one request", Bound::SameAs("A1 runs")),
            at_least("A2 callers", 10_000),
            sum("A2 runs", Bound::AtLeast(100)),
            sum("A2 runs with one request", Bound::SameAs("A2 runs")),
            sum("A3 runs with one request", Bound::SameAs("A3 runs")),
            at_most("A3 ms that a caller waited", 0),
        ],
        remark: Some(
            "without an id: by the load program, on threads in real time; A1 to A3: on a paused clock. No sockets",
        ),
    },
    Goal {
        number: 2,
        name: "single flight, failure",
        tests: &["a10_", "a11_"],
        limits: &[
            at_least("callers", 10_000),
            most("requests", Bound::Exactly(1)),
            most("distinct errors", Bound::Exactly(1)),
            none("requests in cool-down"),
            at_least("A10 callers", 10_000),
            most("A10 requests", Bound::Exactly(1)),
            most("A10 distinct errors", Bound::Exactly(1)),
            at_least("A11 callers", 10_000),
            none("A11 requests"),
        ],
        remark: None,
    },
    Goal {
        number: 3,
        name: "no hammering",
        tests: &["a15_", "a22_", "a24_"],
        limits: &[
            at_most("obtains in an hour", 60),
            sum("random outages", Bound::AtLeast(100)),
            at_most("A22 refreshes in an hour", 60),
            none("A24 token requests for a refusal by the bank"),
        ],
        remark: None,
    },
    Goal {
        number: 4,
        name: "self-healing",
        tests: &["a08_", "a16_"],
        limits: &[
            at_most("A16 seconds after 5 min", 60),
            none("calls that failed beside a valid token"),
            most("worst seconds after hours", Bound::Told),
        ],
        remark: Some(
            "holds for outages of up to 54 min. After longer ones at most 60 obtains in any hour (goal 3) won over 60 s: \
             the worst case is told. The client is never rebuilt",
        ),
    },
    Goal {
        number: 5,
        name: "long run",
        tests: &["a07_"],
        limits: &[
            at_least("calls", 129_600),
            none("failures"),
            at_most("token requests", 95),
            at_most("obtains", 4),
        ],
        remark: None,
    },
    Goal {
        number: 6,
        name: "scarce quota",
        tests: &[
            "a20_", "c10_", "c11_", "c12_", "c13_", "d04_", "d08_", "d09_", "d10_", "d11_", "d12_", "e02_",
            "e03_", "e04_", "e05_",
        ],
        limits: &[
            each("hits in ", &ONCE, Gather::Most, Bound::Exactly(1)),
            most("hits after a refused token", Bound::Exactly(2)),
        ],
        remark: None,
    },
    Goal {
        number: 7,
        name: "no double write",
        tests: &["c14_", "c15_", "c16_", "c17_", "c24_"],
        limits: &[
            sum("schedules of creates", Bound::AtLeast(10_000)),
            most("creations of one", Bound::AtMost(1)),
        ],
        remark: None,
    },
    Goal {
        number: 8,
        name: "no long sleep",
        tests: &["c02_", "c03_", "c04_", "c05_", "c06_", "c09_"],
        limits: &[
            sum("spellings", Bound::AtLeast(20)),
            at_most("ms until return", 50),
            at_most("ms off the instant", 1_000),
        ],
        remark: None,
    },
    Goal {
        number: 9,
        name: "scarce bytes kept",
        tests: &["d04_", "d09_", "d11_", "d12_", "d15_", "d16_", "d17_", "d21_"],
        limits: &[sum("undecodable", Bound::AtLeast(100)), sum("kept whole", Bound::SameAs("undecodable"))],
        remark: None,
    },
    Goal {
        number: 10,
        name: "typed errors",
        tests: &["every_row_is_read_as_it_says", "every_known_error_has_its_row", "d18_"],
        limits: &[
            at_least("error bodies", 62),
            sum("of a named kind", Bound::SameAs("error bodies")),
            none("read otherwise"),
        ],
        remark: Some(
            "the bodies are those of tests/conformance/tests/errors/errors.txt: the contract has no examples",
        ),
    },
    Goal {
        number: 11,
        name: "decoder",
        tests: &["d22_"],
        limits: &[
            each("runs of ", &ANSWERS, Gather::Least, Bound::Runs(RUNS.0, RUNS.1)),
            none("panics"),
            none("inputs over 100 ms"),
            at_most("peak MiB", 64),
        ],
        remark: Some(
            "the cap is 16 MiB. The inputs are small, so that the peak says that nothing is kept of them",
        ),
    },
    Goal {
        number: 12,
        name: "leak",
        tests: &["f01_", "f02_", "f03_"],
        limits: &[
            each("leaks of ", &VARIANTS, Gather::Sum, Bound::Exactly(0)),
            sum("errors shown", Bound::AtLeast(100)),
            none("leaks in the log"),
            sum("lines logged", Bound::AtLeast(1_000)),
            none("leaks in Debug"),
        ],
        remark: Some("the log is that of f02_, which makes every kind of call over HTTP/1.1, TLS and HTTP/2"),
    },
    Goal {
        number: 13,
        name: "redirect",
        tests: &["e09_"],
        limits: &[
            sum("combinations", Bound::Exactly(40)),
            none("bytes at a target"),
            none("connections to a target over TLS"),
        ],
        remark: None,
    },
    Goal {
        number: 14,
        name: "path",
        tests: &["f05_", "f06_"],
        limits: &[
            at_least("ids", 1_000_000),
            none("URLs outside the template"),
            most("ids taken", Bound::Told),
        ],
        remark: None,
    },
    Goal {
        number: 15,
        name: "TLS",
        tests: &["e07_", "e08_"],
        limits: &[
            each("refused: ", &PEERS, Gather::Most, Bound::Exactly(1)),
            none("bytes of HTTP to a bad peer"),
            sum("settings tried", Bound::AtLeast(8)),
            none("settings that disable"),
        ],
        remark: None,
    },
    Goal {
        number: 16,
        name: "timeouts",
        tests: &["e01_", "e02_", "e03_", "e04_", "e05_"],
        limits: &[
            each("ms off in ", &["E1", "E2", "E3", "E4"], Gather::Most, Bound::AtMost(1_000)),
            at_most("ms until return in E5", 1_000),
            none("outer timeouts"),
        ],
        remark: None,
    },
    Goal {
        number: 17,
        name: "load",
        tests: &[],
        limits: &[
            at_least("calls", 10_000),
            at_most("most sockets", 64),
            none("failures"),
            at_most("rss growth MiB", 32),
            most("seconds", Bound::Below(10)),
            at_most("descriptor limit", 1_024),
        ],
        remark: None,
    },
    Goal {
        number: 18,
        name: "cancellation",
        tests: &["a17_", "a18_", "b08_", "b10_", "every_operation_dropped_at_any_of_its_polls"],
        limits: &[
            sum("operations", Bound::Exactly(19)),
            sum("drops", Bound::AtLeast(57)),
            none("next calls that failed"),
            at_most("ms until all tasks have ended", 1_000),
        ],
        remark: None,
    },
    Goal {
        number: 19,
        name: "memory",
        tests: &["d07_", "d14_"],
        limits: &[sum("bodies", Bound::AtLeast(6)), at_most("KiB beyond the cap", 1_024)],
        remark: Some("peak of a process of its own, beside one with a small body; Linux alone tells it"),
    },
    Goal {
        number: 20,
        name: "test strength",
        tests: &[],
        limits: &[
            most("cases", Bound::Exactly(118)),
            most("with a test or a reason", Bound::SameAs("cases")),
            most("with a test", Bound::Told),
        ],
        remark: Some("mutants and 200 runs without a flaky test are not measured by this command"),
    },
    Goal {
        number: 21,
        name: "thinness",
        tests: &[],
        limits: &[
            most("lines of the wrapper", Bound::AtMost(MOST_WRAPPER_LINES)),
            most("direct dependencies beyond progenitor's", Bound::AtMost(4)),
            most("packages that forbid unsafe code", Bound::Exactly(3)),
            most("those of core", Bound::Told),
        ],
        remark: Some("lines as the design decided; its 800 were of a wrapper whose policies are in core now"),
    },
];
