//! What a fault is: whom it meets, how often, and what it does.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use super::Preset;
use super::mangle::Edit;
use crate::answer::Content;
use crate::operation_table::Operation;

/// Where an answer is cut off before the connection closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cut {
    /// After half of the status line and headers.
    Head,
    /// After all headers and half of the body.
    Body,
    /// After the whole answer: it is good, but the connection closes without having said so.
    End,
}

/// One thing that goes wrong, for requests that match it.
///
/// A constructor says what goes wrong, the other methods whom it meets ([`on`](Self::on),
/// [`account`](Self::account), [`path`](Self::path)) and how often ([`times`](Self::times), [`always`](Self::always);
/// once if nothing is said). Add it with [`Faults::add`](super::Faults::add).
///
/// ```
/// use gocardless_bank_data_sandbox::{Fault, Operation, Preset};
/// use serde_json::json;
///
/// let twice_503 = Fault::status(503).json(json!({ "summary": "down" })).on(Operation::AccountBalances).times(2);
/// let limited = Fault::preset(Preset::BankLimit).on(Operation::AccountTransactions).always();
/// let null_iban = Fault::mangle().set("/iban", json!(null)).on(Operation::AccountMetadata);
/// let lost_answer = Fault::reset().on(Operation::CreateRequisition).commit();
/// # let _ = (twice_503, limited, null_iban, lost_answer);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a fault does nothing until it is added to a sandbox's faults"]
pub struct Fault {
    pub(crate) target: Target,
    /// `None`: for ever.
    pub(crate) uses: Option<u32>,
    pub(crate) commit: bool,
    pub(crate) delay: Delay,
    pub(crate) action: Action,
    /// Headers to add, replacing those with the same name.
    pub(crate) headers: Vec<(String, String)>,
    /// Headers to leave out.
    pub(crate) without: Vec<String>,
}

/// Whom a fault meets; nothing set: every request to the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) operation: Option<Operation>,
    pub(crate) account: Option<String>,
    pub(crate) path: Option<String>,
}

/// How long nothing comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delay {
    None,
    For(Duration),
    Forever,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// The good answer, after these edits.
    Mangle(Vec<Edit>),
    /// Another answer.
    Answer(u16, Content),
    /// An error from the catalogue, and the wait that a limit announces, in seconds.
    Preset(Preset, Option<u64>),
    /// These bytes instead of an HTTP response, then the connection closes.
    Raw(Bytes),
    /// The connection is reset.
    Reset,
    /// The good answer, cut off.
    Cut(Cut),
    /// 200 and a JSON string of so many bytes, without a length.
    Huge(u64),
    /// The good answer, so many bytes at a time.
    Drip(usize, Duration),
}

impl Fault {
    pub(crate) const fn new(action: Action) -> Self {
        Self {
            target: Target { operation: None, account: None, path: None },
            uses: Some(1),
            commit: false,
            delay: Delay::None,
            action,
            headers: Vec::new(),
            without: Vec::new(),
        }
    }

    /// Answers with this status (200 to 999) and no body; see [`json`](Self::json) and the like.
    pub const fn status(status: u16) -> Self {
        Self::new(Action::Answer(status, Content::Bytes(Bytes::new(), None)))
    }

    /// Answers with an error of the vendor's catalogue.
    pub const fn preset(preset: Preset) -> Self {
        Self::new(Action::Preset(preset, None))
    }

    /// Answers with a redirect: `status` is one of the 3xx.
    pub fn redirect(status: u16, location: impl Into<String>) -> Self {
        Self::status(status).header("location", location)
    }

    /// Carries the operation out and changes its good answer: see [`set`](Self::set), [`remove`](Self::remove),
    /// [`header`](Self::header). An answer that is not 2xx passes unchanged and does not use the fault up.
    pub const fn mangle() -> Self {
        Self::new(Action::Mangle(Vec::new()))
    }

    /// Gives the good answer, but later, as a slow server does. With any other fault, see
    /// [`delayed`](Self::delayed).
    pub fn delay(by: Duration) -> Self {
        Self::mangle().delayed(by)
    }

    /// Never answers: the connection stays open until the caller gives up. With [`commit`](Self::commit) the
    /// operation has been carried out all the same.
    pub const fn stall() -> Self {
        let mut fault = Self::new(Action::Reset);
        fault.delay = Delay::Forever;
        fault
    }

    /// Resets the connection (TCP RST) after the request was read.
    pub const fn reset() -> Self {
        Self::new(Action::Reset)
    }

    /// Closes the connection in the middle of the good answer. Without [`commit`](Self::commit) the operation is
    /// carried out on a copy of the sandbox's memory, which is then forgotten.
    pub const fn cut(cut: Cut) -> Self {
        Self::new(Action::Cut(cut))
    }

    /// Answers 200 with a JSON string of about so many bytes, chunked.
    pub const fn huge(bytes: u64) -> Self {
        Self::new(Action::Huge(bytes))
    }

    /// Gives the good answer, but `bytes` of its body at a time with a pause before each.
    pub const fn drip(bytes: usize, pause: Duration) -> Self {
        Self::new(Action::Drip(bytes, pause))
    }

    /// Sends these bytes instead of an HTTP response and closes: for broken HTTP of any kind.
    pub fn raw(bytes: impl Into<Bytes>) -> Self {
        Self::new(Action::Raw(bytes.into()))
    }

    /// Gives a [`status`](Self::status) fault a JSON body and the API's usual headers.
    pub fn json(self, body: Value) -> Self {
        self.content(Content::Json(body))
    }

    /// Gives a [`status`](Self::status) fault an HTML body; like every body but JSON, without the API's headers.
    pub fn html(self, body: impl Into<String>) -> Self {
        self.content(Content::Html(body.into()))
    }

    /// Gives a [`status`](Self::status) fault a plain text body.
    pub fn text(self, body: impl Into<String>) -> Self {
        let kind = Some("text/plain; charset=utf-8".to_owned());
        self.content(Content::Bytes(body.into().into(), kind))
    }

    /// Gives a [`status`](Self::status) fault these bytes, and this content type if there is one.
    pub fn bytes(self, body: impl Into<Bytes>, content_type: Option<&str>) -> Self {
        self.content(Content::Bytes(body.into(), content_type.map(str::to_owned)))
    }

    fn content(mut self, content: Content) -> Self {
        if let Action::Answer(_, old) = &mut self.action {
            *old = content;
        }
        self
    }

    /// The wait that a limit's preset announces, in its text and its headers.
    pub fn reset_after(mut self, wait: Duration) -> Self {
        if let Action::Preset(_, seconds) = &mut self.action {
            *seconds = Some(wait.as_secs());
        }
        self
    }

    /// Sets a member of a [mangled](Self::mangle) answer, by JSON pointer; it may be new. `-` as the last part
    /// appends to an array.
    pub fn set(self, pointer: impl Into<String>, value: Value) -> Self {
        self.edit(Edit::Set(pointer.into(), value))
    }

    /// Removes a member of a [mangled](Self::mangle) answer, by JSON pointer.
    pub fn remove(self, pointer: impl Into<String>) -> Self {
        self.edit(Edit::Remove(pointer.into()))
    }

    fn edit(mut self, edit: Edit) -> Self {
        if let Action::Mangle(edits) = &mut self.action {
            edits.push(edit);
        }
        self
    }

    /// Adds a header to the response, replacing one with the same name.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Leaves out a header that the answer would have.
    pub fn without_header(mut self, name: impl Into<String>) -> Self {
        self.without.push(name.into());
        self
    }

    /// Waits so long (in real time, not the sandbox's) before the rest of the fault.
    pub const fn delayed(mut self, by: Duration) -> Self {
        // What never comes cannot come later.
        if !matches!(self.delay, Delay::Forever) {
            self.delay = Delay::For(by);
        }
        self
    }

    /// Meets only this operation.
    pub const fn on(mut self, operation: Operation) -> Self {
        self.target.operation = Some(operation);
        self
    }

    /// Meets only requests about this account.
    pub fn account(mut self, id: impl std::fmt::Display) -> Self {
        self.target.account = Some(id.to_string());
        self
    }

    /// Meets only requests to this path, written as on the wire without its query. This is the only way to meet
    /// the link pages.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.target.path = Some(path.into());
        self
    }

    /// Meets so many requests, then is gone.
    pub const fn times(mut self, uses: u32) -> Self {
        self.uses = Some(uses);
        self
    }

    /// Meets every matching request until the faults are cleared.
    pub const fn always(mut self) -> Self {
        self.uses = None;
        self
    }

    /// Carries the operation out before it goes wrong: the server did the work and the answer got lost.
    pub const fn commit(mut self) -> Self {
        self.commit = true;
        self
    }
}
