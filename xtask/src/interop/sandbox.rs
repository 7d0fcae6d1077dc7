//! The sandbox as a program, and what it has heard so far.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, anyhow};
use serde_json::{Value, json};

use super::http;
use super::process::Running;

/// A running sandbox; dropping it stops it.
pub(crate) struct Sandbox {
    _running: Running,
    pub(crate) base_url: String,
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
}

impl Sandbox {
    /// Starts it on a free port with these flags.
    pub(crate) fn start(program: &Path, flags: &[&str], log: &Path) -> anyhow::Result<Self> {
        let (running, line) = Running::announced(Command::new(program).arg("--json").args(flags), log)?;
        let told: Value = serde_json::from_str(&line).context("reading the sandbox's announcement")?;
        let member = |name: &str| text(&told, &format!("/{name}"));
        Ok(Self {
            _running: running,
            base_url: member("base_url")?,
            secret_id: member("secret_id")?,
            secret_key: member("secret_key")?,
        })
    }

    /// Sends a request; null is no body.
    pub(crate) fn call(&self, method: &str, path: &str, token: &str, body: &Value) -> anyhow::Result<Value> {
        http::call(&self.base_url, method, path, token, body)
    }

    /// A token pair: access and refresh.
    pub(crate) fn pair(&self) -> anyhow::Result<(String, String)> {
        let secrets = json!({ "secret_id": self.secret_id, "secret_key": self.secret_key });
        let pair = self.call("POST", "/api/v2/token/new/", "", &secrets)?;
        Ok((text(&pair, "/access")?, text(&pair, "/refresh")?))
    }

    /// A bank of the United Kingdom that has reconfirmation.
    pub(crate) fn reconfirming_bank(&self, access: &str) -> anyhow::Result<String> {
        let banks = self.call("GET", "/api/v2/institutions/?country=GB", access, &Value::Null)?;
        let mut banks = banks.as_array().into_iter().flatten();
        let bank = banks.find(|bank| bank.get("max_access_valid_for_days_reconfirmation").is_some());
        text(bank.ok_or_else(|| anyhow!("the sandbox has no bank with reconfirmation"))?, "/id")
    }

    /// How many requests it forgets from here on: those so far are nobody's business.
    pub(crate) fn forget_requests(&self) -> anyhow::Result<()> {
        self.call("DELETE", "/_sandbox/requests", "", &Value::Null).map(|_| ())
    }

    /// How it answered since then.
    pub(crate) fn heard(&self) -> anyhow::Result<Heard> {
        Ok(Heard::from(&self.call("GET", "/_sandbox/requests", "", &Value::Null)?))
    }
}

/// How often each operation was called, and how often with success.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Heard {
    pub(crate) operations: BTreeMap<String, (usize, usize)>,
}

impl From<&Value> for Heard {
    fn from(requests: &Value) -> Self {
        let mut heard = Self::default();
        let requests = requests.get("requests").and_then(Value::as_array);
        for request in requests.into_iter().flatten() {
            // What is no operation is a link page, or a judge's wrong path.
            let Some(operation) = request.get("operation").and_then(Value::as_str) else { continue };
            let good = request.get("status").and_then(Value::as_u64).is_some_and(|status| status < 300);
            let (calls, successes) = heard.operations.entry(operation.to_owned()).or_default();
            *calls += 1;
            *successes += usize::from(good);
        }
        heard
    }
}

impl Heard {
    /// All calls of operations.
    pub(crate) fn calls(&self) -> usize {
        self.operations.values().map(|(calls, _)| calls).sum()
    }

    /// The operations of the contract that never succeeded.
    pub(crate) fn never_succeeded(&self, contract: &Value) -> Vec<String> {
        let paths = contract.get("paths").and_then(Value::as_object).into_iter().flatten();
        let operations = paths.flat_map(|(_, path)| path.as_object().into_iter().flatten());
        let ids = operations.filter_map(|(_, operation)| operation.get("operationId")?.as_str());
        let successes = |id: &str| self.operations.get(id).map_or(0, |(_, successes)| *successes);
        ids.filter(|id| successes(id) == 0).map(str::to_owned).collect()
    }
}

/// A text in an answer.
pub(crate) fn text(value: &Value, pointer: &str) -> anyhow::Result<String> {
    let text = value.pointer(pointer).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| anyhow!("the sandbox's answer has no text at {pointer}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_and_successes_are_counted_by_operation() {
        let heard = Heard::from(&json!({ "requests": [
            { "operation": "create EUA", "status": 201 },
            { "operation": "create EUA", "status": 400 },
            { "operation": "accept EUA", "status": 403 },
            { "operation": "accept EUA", "status": null },
            { "operation": null, "status": 302 },
        ] }));
        assert_eq!(heard.operations["create EUA"], (2, 1));
        assert_eq!(heard.operations["accept EUA"], (2, 0));
        assert_eq!(heard.calls(), 4);
        let contract: Value = serde_json::from_str(include_str!("../../../openapi/contract.json")).unwrap();
        let never = heard.never_succeeded(&contract);
        assert_eq!(never.len(), 18);
        assert!(never.contains(&"accept EUA".to_owned()) && !never.contains(&"create EUA".to_owned()));
    }
}
