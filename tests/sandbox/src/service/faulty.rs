//! Carries out a fault: what the caller gets instead of the normal answer, or made from it, including bodies sent in pieces.

use std::convert::Infallible;
use std::future::pending;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_core::Stream;
use http::Response;
use serde_json::json;
use tokio::time::{Sleep, sleep};

use super::exchange::{Asked, lost, normal, normal_on};
use super::headers::{Message, of_api, of_edge};
use super::wire::{End, Line};
use crate::answer::{Answer, Content};
use crate::api;
use crate::clock::spaced;
use crate::fault::{Action, Cut, Delay, Fault, Preset, Subject, counts_as_failure};
use crate::limits::{DAY, LimitGroup, Limits};
use crate::operation_table::Operation;
use crate::state::Usage;
use crate::world::World;

/// What happens on the line.
pub(crate) enum Effect {
    /// An ordinary answer.
    Send(Message),
    /// An answer with a huge body.
    Huge(Message, u64),
    /// An answer whose body comes slowly.
    Drip(Message, usize, Duration),
    /// These bytes and an end.
    Raw(Bytes, End),
}

/// Decides what happens, after the fault's delay.
pub(crate) async fn apply(world: &World, asked: &Asked, fault: Fault) -> Effect {
    // The operation is carried out when the request arrives, not when the answer is due: a caller who gave up
    // waiting must find the work done.
    let effect = prepare(world, asked, &fault);
    match fault.delay {
        Delay::None => {}
        Delay::For(time) => sleep(time).await,
        Delay::Forever => pending().await,
    }
    effect
}

fn prepare(world: &World, asked: &Asked, fault: &Fault) -> Effect {
    let message = |answer: &Answer| Message::new(answer, &fault.headers, &fault.without);
    let needs_the_answer = matches!(fault.action, Action::Mangle(_) | Action::Cut(_) | Action::Drip(..));
    let committed = (fault.commit && !needs_the_answer).then(|| lost(world, asked));
    let dress = |answer: Answer| dressed(world, asked, answer, committed.as_ref());
    match &fault.action {
        Action::Mangle(edits) => {
            let mut answer = normal(world, asked);
            if !(200..300).contains(&answer.status) && !edits.is_empty() {
                world.faults.give_back(fault.clone());
                return Effect::Send(Message::new(&answer, &[], &[]));
            }
            for edit in edits {
                let done = match &mut answer.content {
                    Content::Json(body) => edit.apply(body),
                    _ => Err("the answer is not JSON".to_owned()),
                };
                if let Err(why) = done {
                    return Effect::Send(message(&Answer::error(500, "Sandbox fault does not fit", &why)));
                }
            }
            Effect::Send(message(&answer))
        }
        Action::Answer(status, content) => {
            let answer = Answer { status: *status, headers: Vec::new(), content: content.clone() };
            Effect::Send(message(&dress(answer)))
        }
        Action::Preset(preset, seconds) => {
            Effect::Send(message(&preset_answer(world, asked, *preset, *seconds, dress)))
        }
        Action::Raw(bytes) => Effect::Raw(bytes.clone(), End::Close),
        Action::Reset => Effect::Raw(Bytes::new(), End::Reset),
        Action::Cut(cut) => {
            let answer = if fault.commit && *cut == Cut::End {
                normal(world, asked)
            } else if fault.commit {
                lost(world, asked)
            } else {
                let mut copy = world.with_state(|state| state.clone());
                normal_on(world, asked, &mut copy, false)
            };
            Effect::Raw(cut_off(&message(&answer), *cut), End::Close)
        }
        Action::Huge(bytes) => Effect::Huge(message(&dress(Answer::json(200, json!("")))), *bytes),
        Action::Drip(size, pause) => Effect::Drip(message(&normal(world, asked)), *size, *pause),
    }
}

/// A scripted answer with the headers it would come with: JSON comes from the API, anything else from the edge.
fn dressed(world: &World, asked: &Asked, answer: Answer, committed: Option<&Answer>) -> Answer {
    count_failure(world, asked, &answer);
    if !matches!(answer.content, Content::Json(_)) {
        return of_edge(world, answer);
    }
    let answer = match committed {
        // Already counted: the limit headers are those of the lost answer.
        Some(lost) => {
            let general = ["http_x_ratelimit_limit", "http_x_ratelimit_remaining", "http_x_ratelimit_reset"];
            let limits = lost.headers.iter().filter(|header| general.contains(&header.0.as_str()));
            limits.fold(answer, |answer, (name, value)| answer.with(name, value.as_str()))
        }
        None => counted(world, asked, answer),
    };
    of_api(world, answer, asked.allow())
}

/// Counts the request for the company, as any that reaches the API.
fn counted(world: &World, asked: &Asked, answer: Answer) -> Answer {
    let Some(group) = asked.operation().map(LimitGroup::of) else { return answer };
    let now = world.clock.now();
    match world.with_state(|state| state.quota.call(&world.config.limits, group, now)) {
        Some(usage) => api::with_general(answer, usage),
        None => answer,
    }
}

/// The bank's failures raise the account's counter.
fn count_failure(world: &World, asked: &Asked, answer: &Answer) {
    let scoped = asked.operation().is_some_and(|operation| operation.scope().is_some());
    if scoped && counts_as_failure(answer) {
        world.with_state(|state| {
            let id = asked.id().and_then(|id| uuid::Uuid::parse_str(id).ok());
            if let Some(account) = id.and_then(|id| state.accounts.get_mut(id)) {
                account.count_failure();
            }
        });
    }
}

fn preset_answer(
    world: &World,
    asked: &Asked,
    preset: Preset,
    seconds: Option<u64>,
    dress: impl Fn(Answer) -> Answer,
) -> Answer {
    let group = asked.operation().map_or(LimitGroup::Accounts, LimitGroup::of);
    let (limit, period) = match preset {
        Preset::AccountLimit => (Limits::documented().account_reads().unwrap_or(0), "day"),
        _ => (Limits::documented().of(group).unwrap_or(0), group.period().1),
    };
    let likely = if preset == Preset::AccountLimit { u64::from(DAY) - 93 } else { 37 };
    let usage = Usage { limit, remaining: 0, reset: seconds.unwrap_or(likely), refused: true };
    let subject = Subject {
        scope: asked.operation().and_then(Operation::scope).unwrap_or_else(|| "data".to_owned()),
        id: asked.id().unwrap_or_default().to_owned(),
        agreement: agreement_of(world, asked),
        limit: format!("{limit}/{period}"),
        seconds: usage.reset,
        when: spaced(world.clock.now()),
        days: 90,
    };
    let answer = preset.answer(&subject);
    match preset {
        _ if preset.is_edge() => of_edge(world, answer),
        Preset::CompanyLimit => of_api(world, api::with_general(answer, usage), asked.allow()),
        Preset::AccountLimit => api::with_account(dress(answer), usage),
        _ => dress(answer),
    }
}

/// The agreement behind the account of the path; a made-up one if there is none.
fn agreement_of(world: &World, asked: &Asked) -> String {
    let id = asked.id().and_then(|id| uuid::Uuid::parse_str(id).ok());
    let known = id.and_then(|id| world.with_state(|state| state.accounts.get(id).map(|a| a.agreement)));
    known.unwrap_or_default().to_string()
}

/// The beginning of a message.
fn cut_off(message: &Message, cut: Cut) -> Bytes {
    let (mut head, body) = message.bytes();
    match cut {
        Cut::Head => head.truncate(head.len() / 2),
        Cut::Body => head.extend(body.iter().take(body.len() / 2)),
        Cut::End => head.extend(&body),
    }
    head.into()
}

/// Builds the response, and returns the status that the caller sees, if any.
pub(crate) fn carry_out(effect: Effect, line: &Line) -> (Option<u16>, Response<Body>) {
    let (message, body) = match effect {
        Effect::Send(message) => {
            let body = Body::from(message.body.clone());
            (message, body)
        }
        Effect::Huge(message, bytes) => (message, Body::from_stream(Huge::new(bytes))),
        Effect::Drip(message, size, pause) => {
            let body = Body::from_stream(Drip::new(message.body.clone(), size, pause));
            (message, body)
        }
        Effect::Raw(bytes, end) => {
            line.take_over(bytes, end);
            // Never seen by anyone: it makes the server write, and the line then writes something else.
            return (None, Response::new(Body::empty()));
        }
    };
    (Some(message.status.as_u16()), message.response(body))
}

/// The most that a huge body sends at a time.
const PIECE: u64 = 64 * 1_024;

/// A JSON string of so many bytes, quotes included (two at least), of which one piece only is in memory.
#[derive(Debug)]
pub(crate) struct Huge {
    left: u64,
    begun: bool,
}

impl Huge {
    pub(crate) const fn new(bytes: u64) -> Self {
        Self { left: if bytes < 2 { 2 } else { bytes }, begun: false }
    }
}

impl Stream for Huge {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let size = self.left.min(PIECE);
        let mut piece = vec![b'x'; usize::try_from(size).unwrap_or(0)];
        if let Some(first) = piece.first_mut()
            && !self.begun
        {
            *first = b'"';
        }
        self.begun = true;
        self.left -= size;
        if let Some(last) = piece.last_mut()
            && self.left == 0
        {
            *last = b'"';
        }
        Poll::Ready(Some(Ok(piece.into())))
    }
}

/// A body of which some bytes come after each pause.
#[derive(Debug)]
pub(crate) struct Drip {
    rest: Bytes,
    size: usize,
    pause: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Drip {
    pub(crate) fn new(body: Bytes, size: usize, pause: Duration) -> Self {
        Self { rest: body, size: size.max(1), pause, sleep: Box::pin(sleep(pause)) }
    }
}

impl Stream for Drip {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        if self.sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let (size, pause) = (self.size.min(self.rest.len()), self.pause);
        let piece = self.rest.split_to(size);
        self.sleep.set(sleep(pause));
        Poll::Ready(Some(Ok(piece)))
    }
}
