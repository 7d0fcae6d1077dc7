//! Faults as JSON, both ways: what `POST /_sandbox/faults` takes and `GET /_sandbox/faults` shows.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::mangle::Edit;
use super::{Action, Cut, Delay, Fault, Preset};
use crate::answer::Content;
use crate::error::one_of;
use crate::operation_table::Operation;

/// The members that say what goes wrong: one of them, or none if there is a delay.
const KINDS: [&str; 10] =
    ["status", "preset", "redirect", "mangle", "stall", "reset", "cut", "huge", "drip", "raw"];

/// All other members.
const OTHERS: [&str; 13] = [
    "operation",
    "account",
    "path",
    "times",
    "commit",
    "delay_seconds",
    "headers",
    "without_headers",
    "json",
    "html",
    "text",
    "hex",
    "reset_seconds",
];

/// The longest wait: a day.
const MOST_SECONDS: f64 = 86_400.0;

impl Fault {
    /// Reads a fault; else one sentence on what is wrong with it.
    pub(crate) fn from_json(value: &Value) -> Result<Self, String> {
        let members = value.as_object().ok_or("a fault must be a JSON object")?;
        let known = || KINDS.iter().chain(&OTHERS);
        if let Some(unknown) = members.keys().find(|name| !known().any(|known| known == name)) {
            let known: Vec<&str> = known().copied().collect();
            return Err(format!("unknown member {unknown} of a fault; known are: {}", known.join(", ")));
        }
        let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| members.contains_key(*kind)).collect();
        let mut fault = match kinds.as_slice() {
            [kind] => one_kind(kind, members)?,
            [] if members.contains_key("delay_seconds") => Self::mangle(),
            _ => return Err(format!("a fault needs exactly one of: {}", KINDS.join(", "))),
        };
        if let Some(seconds) = members.get("delay_seconds") {
            fault = fault.delayed(duration("delay_seconds", seconds)?);
        }
        if let Some(text) = members.get("operation") {
            let operation = text.as_str().and_then(Operation::parse);
            fault = fault.on(operation.ok_or(
                "operation must be an operationId of the contract, or a method and path such as \
                 GET /api/v2/requisitions/{id}/",
            )?);
        }
        if let Some(account) = text(members, "account")? {
            fault = fault.account(account);
        }
        if let Some(path) = text(members, "path")? {
            fault = fault.path(path);
        }
        fault.uses = match members.get("times") {
            None => Some(1),
            Some(Value::String(word)) if word == "always" => None,
            Some(times) => {
                let times =
                    times.as_u64().and_then(|times| u32::try_from(times).ok()).filter(|times| *times > 0);
                Some(times.ok_or("times must be a whole number above 0, or \"always\"")?)
            }
        };
        fault.commit = match members.get("commit") {
            None => false,
            Some(commit) => commit.as_bool().ok_or("commit must be true or false")?,
        };
        fault.headers.extend(headers(members)?);
        if let Some(names) = members.get("without_headers") {
            let names: Option<Vec<&str>> =
                names.as_array().and_then(|names| names.iter().map(Value::as_str).collect());
            let names = names.ok_or("without_headers must be an array of names")?;
            fault.without.extend(names.into_iter().map(str::to_owned));
        }
        Ok(fault)
    }

    /// Writes a fault in the form in which it is read, with its remaining uses in `times`.
    pub(crate) fn to_json(&self) -> Value {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
        match &self.action {
            Action::Mangle(edits) if edits.is_empty() && self.delay != Delay::None => {}
            Action::Mangle(edits) => {
                let edits: Vec<Value> = edits.iter().map(edit_json).collect();
                put("mangle", edits.into());
            }
            Action::Answer(status, content) => {
                put("status", json!(status));
                match content {
                    Content::Json(body) => put("json", body.clone()),
                    Content::Html(page) => put("html", json!(page)),
                    Content::Bytes(bytes, _) => put("hex", json!(to_hex(bytes))),
                };
            }
            Action::Preset(preset, seconds) => {
                put("preset", json!(preset.name()));
                if let Some(seconds) = seconds {
                    put("reset_seconds", json!(seconds));
                }
            }
            Action::Raw(bytes) => {
                put("raw", json!(to_hex(bytes)));
            }
            Action::Reset if self.delay == Delay::Forever => {
                put("stall", json!(true));
            }
            Action::Reset => {
                put("reset", json!(true));
            }
            Action::Cut(cut) => {
                put("cut", json!(cut_name(*cut)));
            }
            Action::Huge(bytes) => {
                put("huge", json!(bytes));
            }
            Action::Drip(bytes, pause) => {
                put("drip", json!({ "bytes": bytes, "pause_seconds": pause.as_secs_f64() }));
            }
        }
        if let Delay::For(time) = self.delay {
            put("delay_seconds", json!(time.as_secs_f64()));
        }
        if let Some(operation) = self.target.operation {
            put("operation", json!(operation.operation_id()));
        }
        if let Some(account) = &self.target.account {
            put("account", json!(account));
        }
        if let Some(path) = &self.target.path {
            put("path", json!(path));
        }
        put("times", self.uses.map_or_else(|| json!("always"), |uses| json!(uses)));
        put("commit", json!(self.commit));
        if !self.headers.is_empty() {
            let pairs: Vec<Value> = self.headers.iter().map(|(name, value)| json!([name, value])).collect();
            put("headers", pairs.into());
        }
        if !self.without.is_empty() {
            put("without_headers", json!(self.without));
        }
        Value::Object(members)
    }
}

/// The part of a fault that its kind decides.
fn one_kind(kind: &str, members: &Map<String, Value>) -> Result<Fault, String> {
    let value = members.get(kind).unwrap_or(&Value::Null);
    match kind {
        "status" => {
            let status = status(value).ok_or("status must be a number from 200 to 999")?;
            content(Fault::status(status), members)
        }
        "preset" => {
            let preset = value.as_str().and_then(Preset::parse);
            let preset = preset.ok_or_else(|| one_of("preset", Preset::all().map(Preset::name)))?;
            Ok(match members.get("reset_seconds") {
                None => Fault::preset(preset),
                Some(seconds) => Fault::preset(preset).reset_after(duration("reset_seconds", seconds)?),
            })
        }
        "redirect" => {
            let url = value.get("url").and_then(Value::as_str);
            let status = value.get("status").map_or(Some(302), status);
            match (url, status) {
                (Some(url), Some(status @ 300..=399)) => Ok(Fault::redirect(status, url)),
                _ => {
                    Err("redirect must be like {\"status\": 307, \"url\": \"https://example.org/\"}"
                        .to_owned())
                }
            }
        }
        "mangle" => mangle(value),
        "stall" | "reset" if *value != Value::Bool(true) => Err(format!("{kind} must be true")),
        "stall" => Ok(Fault::stall()),
        "reset" => Ok(Fault::reset()),
        "cut" => {
            let cuts = [Cut::Head, Cut::Body, Cut::End];
            let cut = cuts.into_iter().find(|cut| value.as_str() == Some(cut_name(*cut)));
            cut.map(Fault::cut).ok_or_else(|| one_of("cut", cuts.map(cut_name)))
        }
        "huge" => value.as_u64().map(Fault::huge).ok_or_else(|| "huge must be a number of bytes".to_owned()),
        "drip" => {
            let bytes =
                value.get("bytes").and_then(Value::as_u64).and_then(|bytes| usize::try_from(bytes).ok());
            match (bytes, value.get("pause_seconds")) {
                (Some(bytes), Some(pause)) => Ok(Fault::drip(bytes, duration("pause_seconds", pause)?)),
                _ => Err("drip must be like {\"bytes\": 1, \"pause_seconds\": 0.5}".to_owned()),
            }
        }
        _ => value
            .as_str()
            .and_then(from_hex)
            .map(Fault::raw)
            .ok_or_else(|| "raw must be the bytes in hexadecimal".to_owned()),
    }
}

fn content(fault: Fault, members: &Map<String, Value>) -> Result<Fault, String> {
    let bodies: Vec<&str> =
        ["json", "html", "text", "hex"].into_iter().filter(|name| members.contains_key(*name)).collect();
    match bodies.as_slice() {
        [] => Ok(fault),
        ["json"] => Ok(fault.json(members.get("json").cloned().unwrap_or_default())),
        ["html"] => Ok(fault.html(text(members, "html")?.unwrap_or_default())),
        ["text"] => Ok(fault.text(text(members, "text")?.unwrap_or_default())),
        ["hex"] => {
            let bytes = members.get("hex").and_then(Value::as_str).and_then(from_hex);
            Ok(fault.bytes(bytes.ok_or("hex must be the bytes in hexadecimal")?, None))
        }
        _ => Err("a fault has at most one of: json, html, text, hex".to_owned()),
    }
}

/// `[{"set": "/pointer", "to": value}, {"remove": "/pointer"}]`
fn mangle(value: &Value) -> Result<Fault, String> {
    let shape = "mangle must be an array of {\"set\": pointer, \"to\": value} and {\"remove\": pointer}";
    let mut fault = Fault::mangle();
    for edit in value.as_array().ok_or(shape)? {
        let pointer = |name: &str| edit.get(name).and_then(Value::as_str);
        fault = match (pointer("set"), edit.get("to"), pointer("remove")) {
            (Some(pointer), Some(value), None) => fault.set(pointer, value.clone()),
            (None, None, Some(pointer)) => fault.remove(pointer),
            _ => return Err(shape.to_owned()),
        };
    }
    Ok(fault)
}

fn edit_json(edit: &Edit) -> Value {
    match edit {
        Edit::Set(pointer, value) => json!({ "set": pointer, "to": value }),
        Edit::Remove(pointer) => json!({ "remove": pointer }),
    }
}

/// Headers as an object, or as an array of pairs when a name comes twice.
fn headers(members: &Map<String, Value>) -> Result<Vec<(String, String)>, String> {
    let pair = |name: &str, value: &Value| Some((name.to_owned(), value.as_str()?.to_owned()));
    let pairs: Option<Vec<_>> = match members.get("headers") {
        None => Some(Vec::new()),
        Some(Value::Object(headers)) => headers.iter().map(|(name, value)| pair(name, value)).collect(),
        Some(Value::Array(headers)) => headers
            .iter()
            .map(|header| match header.as_array()?.as_slice() {
                [Value::String(name), value] => pair(name, value),
                _ => None,
            })
            .collect(),
        Some(_) => None,
    };
    pairs.ok_or_else(|| "headers must be an object of texts, or an array of pairs of texts".to_owned())
}

fn text(members: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{name} must be text")),
    }
}

fn status(value: &Value) -> Option<u16> {
    value.as_u64().and_then(|status| u16::try_from(status).ok()).filter(|status| (200..=999).contains(status))
}

fn duration(name: &str, value: &Value) -> Result<Duration, String> {
    let seconds = value.as_f64().filter(|seconds| (0.0..=MOST_SECONDS).contains(seconds));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("{name} must be a number from 0 to {MOST_SECONDS}"))
}

const fn cut_name(cut: Cut) -> &'static str {
    match cut {
        Cut::Head => "head",
        Cut::Body => "body",
        Cut::End => "end",
    }
}

fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hex(text: &str) -> Option<Bytes> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_written_as_it_is_read() {
        for fault in [
            Fault::status(418).json(json!({ "a": [1] })).on(Operation::AccountBalances).times(3),
            Fault::status(502).html("<p>").always().header("x-a", "1").without_header("server"),
            Fault::preset(Preset::CompanyLimit).reset_after(Duration::from_secs(9)).account("abc"),
            Fault::mangle().set("/a", json!(null)).remove("/b").path("/api/v2/x/"),
            Fault::delay(Duration::from_millis(500)),
            Fault::stall().commit(),
            Fault::reset().commit(),
            Fault::cut(Cut::Body),
            Fault::huge(1 << 40),
            Fault::drip(1, Duration::from_millis(250)),
            Fault::raw("HTTP/1.1 200 OK\r\n"),
            Fault::redirect(308, "https://example.org/"),
        ] {
            let text = fault.to_json();
            let read = Fault::from_json(&text);
            let Action::Answer(308, _) = fault.action else {
                assert_eq!(read, Ok(fault), "{text}");
                continue;
            };
            // A redirect is shown as the status and header that it is.
            assert_eq!(read.unwrap().headers, fault.headers);
        }
    }

    #[test]
    fn bad_faults_are_refused_in_one_sentence() {
        for (fault, why) in [
            (json!([]), "a fault must be a JSON object"),
            (json!({}), "a fault needs exactly one of"),
            (json!({ "reset": true, "huge": 1 }), "a fault needs exactly one of"),
            (json!({ "reset": true, "hug": 1 }), "unknown member hug"),
            (json!({ "reset": 1 }), "reset must be true"),
            (json!({ "status": 99 }), "status must be"),
            (json!({ "preset": "nonsense" }), "preset must be one of: invalid-token, "),
            (json!({ "stall": true, "times": 0 }), "times must be"),
            (json!({ "stall": true, "operation": "x" }), "operation must be"),
            (json!({ "mangle": [{ "set": "/a" }] }), "mangle must be"),
            (json!({ "raw": "0g" }), "raw must be"),
            (json!({ "delay_seconds": -1 }), "delay_seconds must be"),
            (json!({ "redirect": "https://x" }), "redirect must be"),
        ] {
            let error = Fault::from_json(&fault).unwrap_err();
            assert!(error.starts_with(why), "{fault}: {error}");
            assert!(!error.contains('\n'));
        }
    }
}
