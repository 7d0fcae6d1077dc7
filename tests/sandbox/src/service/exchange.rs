//! One request and its answer, from reading to sending: record, find the fault, find the route, answer.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::request::Parts;
use http::{Method, Request, Response, header};

use super::faulty::{self, Effect};
use super::headers::{self, Message};
use super::pages;
use super::wire::Line;
use crate::answer::Answer;
use crate::api::{self, Call};
use crate::body;
use crate::body::Input;
use crate::control;
use crate::fault::{Preset, Subject};
use crate::operation_table::Operation;
use crate::recorded::RecordedRequest;
use crate::route::{Route, route};
use crate::state::State;
use crate::world::World;

/// The largest request body, Django's default.
const MOST_BODY: usize = 2_621_440;

/// A request that was read, and what it means.
pub(crate) struct Asked {
    pub(crate) route: Route,
    pub(crate) path: String,
    query: Vec<(String, String)>,
    raw_query: String,
    method: Method,
    authorization: Option<String>,
    /// Whether the caller is a browser, which takes pages.
    browser: bool,
    input: Result<Input, Answer>,
}

impl Asked {
    pub(crate) fn operation(&self) -> Option<Operation> {
        if let Route::Operation(operation, ..) = self.route { Some(operation) } else { None }
    }

    pub(crate) fn id(&self) -> Option<&str> {
        if let Route::Operation(_, id, _) = &self.route { Some(id) } else { None }
    }

    pub(crate) fn allow(&self) -> &str {
        match &self.route {
            Route::Operation(_, _, allow) | Route::WrongMethod(allow) | Route::Options(allow) => allow,
            _ => "",
        }
    }

    /// The call of an operation.
    pub(crate) fn call<'a>(&'a self, world: &'a World, delivered: bool) -> Option<Call<'a>> {
        Some(Call {
            config: &world.config,
            operation: self.operation()?,
            now: world.clock.now(),
            id: self.id()?,
            query: &self.query,
            authorization: self.authorization.as_deref(),
            input: &self.input,
            delivered,
        })
    }
}

/// Answers a request, or takes the line over to do something else.
pub(crate) async fn exchange(world: Arc<World>, line: Line, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MOST_BODY).await;
    let found = route(&parts.method, parts.uri.path());
    if let Route::Control(rest) = &found {
        let answer = control::answer(&world, &parts.method, rest, &body.unwrap_or_default());
        let message = Message::new(&answer, &[], &[]);
        let body = Body::from(message.body.clone());
        return message.response(body);
    }
    let number = world.log.add(record(&parts, &found, body.as_ref().ok(), world.clock.now()));
    let asked = understand(parts, found, body).await;
    let effect = match world.faults.take(asked.operation(), asked.id(), &asked.path) {
        Some(fault) => faulty::apply(&world, &asked, fault).await,
        None => Effect::Send(Message::new(&normal(&world, &asked), &[], &[])),
    };
    let (status, response) = faulty::carry_out(effect, &line);
    if let Some(status) = status {
        world.log.answered(number, status);
    }
    response
}

fn record(parts: &Parts, found: &Route, body: Option<&Bytes>, at: DateTime<Utc>) -> RecordedRequest {
    RecordedRequest {
        at,
        operation: if let Route::Operation(operation, ..) = found { Some(*operation) } else { None },
        method: parts.method.clone(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.clone(),
        body: body.cloned().unwrap_or_default(),
        status: None,
    }
}

async fn understand(parts: Parts, route: Route, body: Result<Bytes, axum::Error>) -> Asked {
    let raw_query = parts.uri.query().unwrap_or_default().to_owned();
    let query = form_urlencoded::parse(raw_query.as_bytes());
    let input = match body {
        Ok(body) => body::read(&parts.headers, &body).await,
        Err(_) => Err(Answer::error(400, "Request body too large", "The request body could not be read.")),
    };
    let authorization = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let accepted = parts.headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let browser =
        accepted.flat_map(|value| value.split(',')).any(|kind| kind.trim().starts_with("text/html"));
    Asked {
        route,
        browser,
        path: parts.uri.path().to_owned(),
        query: query.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
        authorization: authorization.map(str::to_owned),
        raw_query,
        method: parts.method,
        input,
    }
}

/// The members of a page's form.
fn form(input: &Result<Input, Answer>) -> Vec<(String, String)> {
    match input {
        Ok(Input::Form(members)) => members.clone(),
        _ => Vec::new(),
    }
}

/// The answer that no fault touches.
pub(crate) fn normal(world: &World, asked: &Asked) -> Answer {
    world.with_state(|state| normal_on(world, asked, state, true))
}

/// The same when the caller never gets it.
pub(crate) fn lost(world: &World, asked: &Asked) -> Answer {
    world.with_state(|state| normal_on(world, asked, state, false))
}

/// The same, on any state.
pub(crate) fn normal_on(world: &World, asked: &Asked, state: &mut State, delivered: bool) -> Answer {
    let now = world.clock.now();
    let answer = match &asked.route {
        Route::Operation(..) => match asked.call(world, delivered) {
            Some(call) => api::perform(&call, state),
            None => Preset::NotFound.answer(&Subject::default()),
        },
        Route::WrongMethod(_) => {
            let text = format!("Method \"{}\" not allowed.", asked.method);
            Answer::error(405, &text, &text)
        }
        Route::Options(_) => Answer::json(200, serde_json::json!({ "name": "Sandbox" })),
        Route::AddSlash => {
            let query = if asked.raw_query.is_empty() { "" } else { "?" };
            return headers::of_edge(
                world,
                Answer::redirect(301, format!("{}/{query}{}", asked.path, asked.raw_query)),
            );
        }
        Route::Link(link) if matches!(asked.method, Method::GET | Method::POST) => {
            let form = if asked.method == Method::POST { Some(form(&asked.input)) } else { None };
            let browser = asked.browser && !world.config.auto_link;
            let visitor = pages::Visitor { query: &asked.query, form: form.as_deref(), browser, now };
            return headers::of_edge(world, pages::link(state, link, &visitor));
        }
        Route::Reconfirm(link) if asked.method == Method::GET => {
            return headers::of_edge(world, pages::reconfirm(state, link, now));
        }
        // Not for HEAD: looking at a link must not use it up.
        Route::Link(_) | Route::Reconfirm(_) => {
            let allow = if matches!(asked.route, Route::Link(_)) { "GET, POST" } else { "GET" };
            let answer = Answer::error(405, "Method not allowed", "this is a page to be opened");
            return headers::of_edge(world, answer).with("allow", allow);
        }
        Route::Control(_) | Route::Unknown => Preset::NotFound.answer(&Subject::default()),
    };
    headers::of_api(world, answer, asked.allow())
}
