//! What goes wrong in L6, and how often: everything the fault server can do to an answer.

use std::time::Duration;

use super::serving::{short_lived, truth};
use crate::Random;
use crate::reply::{Answer, Reply, Step};
use crate::server::Request;

/// How long an answer takes that comes.
const ANSWER: Duration = Duration::from_millis(20);

/// The pause before each byte of an answer that drips. It is cut off by the client's timeout long before its end.
const DRIP: Duration = Duration::from_millis(20);

const HTML: &str = "<html><body><h1>Bad Gateway</h1></body></html>";

/// Does to this request what chance says: the truth for three quarters of the calls and nine tenths of the tokens, a
/// fault for the rest.
pub(crate) fn reply(random: &mut Random, request: &Request) -> Reply {
    let (truth, wells) = if request.is_token() { (short_lived(request), 90) } else { (truth(request), 75) };
    if random.below(100) < wells {
        return truth.reply().after(ANSWER);
    }
    let half = isize::try_from(truth.bytes().len() / 2).unwrap();
    match random.below(19) {
        0 => Reply::reset(),
        1 => Reply::close(),
        2 => Reply::stall(),
        // Within the head, and within the body.
        3 => truth.cut(10).then(Step::Reset),
        4 => truth.cut(half).then(Step::Reset),
        5 => truth.cut(10).then(Step::Close),
        6 => truth.cut(-1).then(Step::Close),
        7 => truth.cut(half).then(Step::FinishSending),
        8 => truth.cut(half).then(Step::Stall),
        9 => Reply::steps([Step::Drip(truth.bytes(), DRIP), Step::Close]),
        10 => Answer::error(500, None, "Server error", "Something went wrong").reply(),
        11 => Answer::new(502, HTML).header("content-type", "text/html").reply(),
        12 => Answer::error(503, Some("ServiceError"), "Service error", "The bank is away").reply(),
        13 => Answer::error(429, None, "Rate limit exceeded", "Try again in 1 seconds")
            .header("http_x_ratelimit_reset", "1")
            .reply(),
        14 => {
            Answer::error(429, Some("RateLimitError"), "Rate limit exceeded", "Come again tomorrow").reply()
        }
        15 => Answer::invalid_token().reply(),
        16 => Answer::error(401, Some("AccessExpiredError"), "Expired", "Access has expired").reply(),
        17 => Answer::new(200, HTML).header("content-type", "text/html").reply(),
        // Well answered, and the connection is gone after it.
        _ => truth.closing(),
    }
}
