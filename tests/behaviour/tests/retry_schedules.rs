//! Does any sequence of faults create something twice, repeat a read that counts, or exceed the retry table?
//!
//! The table is written here a second time, independently, so that a change to the client's table is noticed.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use gocardless_bank_data::OperationClass;
use test_support::{Answer, FaultServer, Random, Reply, Step, Subject, builder, scale, timing};

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The server carries out the request, then the connection breaks.
    Reset,
    End,
    HalfHeader,
    CutShort,
    /// A response with this status and no body.
    Status(u16),
    /// The company's limit, which resets at once.
    ShortLimit,
    /// The company's limit, which resets in an hour.
    LongLimit,
    /// The company's limit without a reset time.
    OpenLimit,
    AccountLimit,
    BankLimit,
    InvalidToken,
    ConsentEnded,
}

const FAULTS: [Fault; 22] = [
    Fault::Reset,
    Fault::Reset,
    Fault::End,
    Fault::HalfHeader,
    Fault::CutShort,
    Fault::Status(500),
    Fault::Status(502),
    Fault::Status(503),
    Fault::Status(504),
    Fault::Status(408),
    Fault::Status(400),
    Fault::Status(403),
    Fault::Status(404),
    Fault::Status(409),
    Fault::Status(307),
    Fault::ShortLimit,
    Fault::LongLimit,
    Fault::OpenLimit,
    Fault::AccountLimit,
    Fault::BankLimit,
    Fault::InvalidToken,
    Fault::ConsentEnded,
];

impl Fault {
    /// How often a call of this class may be retried after it.
    #[allow(clippy::match_same_arms, reason = "a table, a line for each of its rows")]
    fn allowed(self, class: OperationClass) -> u32 {
        use OperationClass::{IdempotentWrite, PlainRead};
        match (self, class) {
            (Self::Reset | Self::End | Self::HalfHeader | Self::CutShort, PlainRead) => 1,
            (Self::Reset | Self::End | Self::HalfHeader, IdempotentWrite) => 1,
            (Self::Status(408 | 502 | 503 | 504), PlainRead) => 2,
            (Self::Status(408 | 502 | 503 | 504), IdempotentWrite) => 1,
            (Self::Status(500), PlainRead) => 1,
            (Self::ShortLimit, _) => 1,
            _ => 0,
        }
    }

    /// Whether the server carried out the request nevertheless.
    fn carries_out(self) -> bool {
        matches!(
            self,
            Self::Reset | Self::End | Self::HalfHeader | Self::CutShort | Self::Status(408 | 500 | 502..=504)
        )
    }

    fn reply(self, subject: Subject) -> Reply {
        let limit = |detail| Answer::error(429, None, "Rate limit exceeded", detail);
        let reset = "http_x_ratelimit_reset";
        match self {
            Self::Reset => Reply::reset(),
            Self::End => Reply::close(),
            Self::HalfHeader => subject.success().cut(25).then(Step::Close),
            Self::CutShort => subject.success().cut(-4).then(Step::Close),
            Self::Status(status) => Answer::new(status, "").reply(),
            Self::ShortLimit => limit("").header(reset, "1").reply(),
            Self::LongLimit => limit("").header(reset, "3600").reply(),
            Self::OpenLimit => limit("").reply(),
            Self::AccountLimit => {
                limit("The rate limit for this resource is 4/day. Please try again in 5 seconds").reply()
            }
            Self::BankLimit => {
                Answer::error(429, Some("RateLimitError"), "x", "x").header(reset, "1").reply()
            }
            Self::InvalidToken => Answer::invalid_token().reply(),
            Self::ConsentEnded => Answer::error(401, Some("AccessExpiredError"), "x", "x").reply(),
        }
    }
}

fn schedule(random: &mut Random) -> Vec<Fault> {
    (0..random.below(5)).map(|_| *random.one_of(&FAULTS)).collect()
}

/// How often the table allows a call to be sent under this schedule, and whether it succeeds.
fn expected(class: OperationClass, schedule: &[Fault]) -> (usize, bool) {
    let (mut retries, mut was_refused) = (0, false);
    for (sent, fault) in schedule.iter().enumerate() {
        if *fault == Fault::InvalidToken && !was_refused {
            was_refused = true;
        } else if retries < fault.allowed(class) {
            retries += 1;
        } else {
            return (sent + 1, false);
        }
    }
    (schedule.len() + 1, true)
}

/// Makes one call under the schedule of this seed and compares it with the table.
async fn run(seed: u64) {
    let mut random = Random::new(seed);
    let subject = *random.one_of(Subject::ALL);
    let faults = schedule(&mut random);
    let (mut hits, mut succeeds) = expected(subject.class(), &faults);
    let cut = faults.iter().position(|fault| *fault == Fault::CutShort);
    if let Some(cut) = cut.filter(|cut| subject.key().starts_with("DELETE") && *cut < hits) {
        // What is deleted is deleted, whatever of the body arrives.
        (hits, succeeds) = (cut + 1, true);
    }
    let what = format!("seed {seed}: {subject:?} under {faults:?}");

    let carried_out = Arc::new(Mutex::new((0_usize, 0_usize)));
    let counts = Arc::clone(&carried_out);
    let script = faults.clone();
    let server = FaultServer::api(move |_| {
        let mut counts = counts.lock().unwrap();
        let fault = script.get(counts.0);
        counts.0 += 1;
        counts.1 += usize::from(fault.is_none_or(|fault| fault.carries_out()));
        fault.map_or_else(|| subject.success().reply(), |fault| fault.reply(subject))
    })
    .await;
    let timing = timing(|timing| timing.youngest_eviction = Duration::ZERO);
    let bank = builder(&server).timing(timing).build().unwrap();
    let outcome = subject.call(&bank).await;
    assert_eq!(outcome.is_ok(), succeeds, "{what}: {outcome:?}");
    assert_eq!(server.hits(), hits, "{what}: {outcome:?}");
    let (_, carried_out) = *carried_out.lock().unwrap();
    if matches!(subject.class(), OperationClass::Write | OperationClass::MeteredRead) {
        assert!(carried_out <= 1, "{what}: carried out {carried_out} times");
    }
    let (obtains, refreshes) = server.token_hits();
    let refused = usize::from(faults.iter().take(hits).any(|fault| *fault == Fault::InvalidToken));
    assert_eq!((obtains, refreshes), (1, refused), "{what}");
}

#[tokio::test]
async fn c24_ten_thousand_schedules_on_the_wire_keep_to_the_table() {
    // `BEHAVIOUR_SEEDS` changes the number; 150 at a time, since each has its own sockets.
    let seeds = scale("BEHAVIOUR_SEEDS", 10_000);
    stream::iter(0..seeds).for_each_concurrent(150, run).await;
}
