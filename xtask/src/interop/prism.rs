//! Prism between the wrapper and the sandbox: every request and every answer is held against the document.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::journeys::{Journey, Programs, take};
use super::process::Running;
use super::sandbox::Sandbox;
use super::verdict::Verdict;

/// How long it may take to read the document.
const STARTING: Duration = Duration::from_secs(60);

/// One company's way through the API.
struct Company {
    name: &'static str,
    flags: &'static [&'static str],
    journeys: &'static [Journey],
    /// Whether nothing is refused to it, so that every operation must have succeeded in the end.
    may_all: bool,
}

const COMPANIES: [Company; 2] = [
    Company {
        name: "ordinary",
        flags: &[],
        journeys: &[Journey::Quickstart, Journey::EveryOperation],
        may_all: false,
    },
    Company {
        name: "permitted",
        flags: &["--allow-accept", "--allow-reconfirmation"],
        journeys: &[Journey::EveryOperation],
        may_all: true,
    },
];

/// Lets it judge the journeys, and fails if it complains of anything. Gives one line for each company.
pub(crate) fn run(
    judge: impl Fn() -> Command,
    programs: &Programs,
    contract: &Path,
    folder: &Path,
) -> anyhow::Result<Vec<String>> {
    COMPANIES.iter().map(|company| judge_company(judge(), company, programs, contract, folder)).collect()
}

fn judge_company(
    mut judge: Command,
    company: &Company,
    programs: &Programs,
    contract: &Path,
    folder: &Path,
) -> anyhow::Result<String> {
    let name = company.name;
    let log = |of: &str| folder.join(format!("prism-{name}{of}.log"));
    let sandbox = Sandbox::start(&programs.sandbox, company.flags, &log("-sandbox"))?;
    let bank = sandbox.reconfirming_bank(&sandbox.pair()?.0)?;
    sandbox.forget_requests()?;

    // Without `--errors`: with it the first complaint would end the journey, and the log would not name it.
    let port = free_port()?;
    judge.arg("proxy").arg(contract).arg(&sandbox.base_url);
    judge.args(["--host", "127.0.0.1", "--port", &port.to_string()]).current_dir(folder);
    let mut prism = Running::start(&mut judge, &log(""))?;
    prism.wait_until(|said| said.contains("Prism is listening"), STARTING)?;

    let proxy = format!("http://127.0.0.1:{port}");
    let mut failed = None;
    for journey in company.journeys {
        let institution = (company.may_all && *journey == Journey::EveryOperation).then_some(bank.as_str());
        let journey_log = log(&format!("-{}", journey.name()));
        failed = failed.or(take(*journey, programs, &sandbox, &proxy, institution, &journey_log).err());
    }
    let verdict = judged(&prism.said()?);
    if !verdict.complaints.is_empty() {
        let told = verdict.told(40);
        let calls = verdict.judged;
        bail!(
            "Prism complains of the {name} company's {calls} calls:\n{told}\nall of it is in {}",
            log("").display()
        );
    }
    if let Some(failed) = failed {
        return Err(failed.context("Prism has no complaint, but a journey did not get to its end"));
    }
    let heard = sandbox.heard()?;
    if heard.calls() != verdict.judged {
        bail!("the sandbox heard {} calls, and {} went through Prism", heard.calls(), verdict.judged);
    }
    let document: Value = serde_json::from_slice(&std::fs::read(contract).context("reading the contract")?)?;
    let (all, never) = (heard.operations.len(), heard.never_succeeded(&document));
    if company.may_all && !never.is_empty() {
        bail!("these operations did not succeed: {}", never.join(", "));
    }
    Ok(format!("{name} company: {all} operations in {} calls, nothing to complain of", verdict.judged))
}

/// A port that is free now.
fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("looking for a free port")?;
    Ok(listener.local_addr().context("looking for a free port")?.port())
}

/// Reads the log.
fn judged(log: &str) -> Verdict {
    let (mut verdict, mut request) = (Verdict::default(), "no request");
    for line in log.lines() {
        let said = line.split_once(" › ").map_or(line, |(_, said)| said).trim();
        if let Some((place, _)) = said.split_once("ℹ  info      Request received") {
            request = place.trim_start_matches("[HTTP SERVER]").trim();
        }
        if said.contains("The upstream call to ") {
            verdict.judged += 1;
        }
        let words = ["Violation: ", "terminated with error: "];
        let found = words.iter().find_map(|word| said.split_once(word).map(|(_, complaint)| complaint));
        // Whatever else it calls an error.
        let bad = || ["✖  error", "✖  fatal"].iter().any(|word| said.contains(word));
        if let Some(complaint) = found.or_else(|| bad().then_some(said)) {
            let complaint = format!("{request}: {complaint}");
            // Each call of an operation has the same ones.
            if !verdict.complaints.contains(&complaint) {
                verdict.complaints.push(complaint);
            }
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: &str = "\
[1:14:05 AM] › [CLI] …  awaiting  Starting Prism…
[1:14:06 AM] › [CLI] ℹ  info      GET        http://127.0.0.1:8193/api/v2/accounts/error/
[1:14:06 AM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:8193
[1:14:06 AM] › [HTTP SERVER] post /api/v2/token/new/ ℹ  info      Request received
[1:14:06 AM] ›     [PROXY] ℹ  info      > Forwarding \"post\" request to http://127.0.0.1:8192/api/v2/token/new/...
[1:14:06 AM] ›     [PROXY] ℹ  info      The upstream call to /api/v2/token/new/ has returned 200
[1:14:06 AM] ›     [PROXY] ℹ  info      < Received forward response
";

    const VIOLATIONS: &str = "\
[1:15:05 AM] › [HTTP SERVER] post /api/v2/token/new/ ℹ  info      Request received
[1:15:05 AM] ›     [PROXY] ℹ  info      The upstream call to /api/v2/token/new/ has returned 400
[1:15:05 AM] ›     [VALIDATOR] ✖  error     Violation: request.body.secret_id Request body property secret_id must be string
[1:15:05 AM] ›     [VALIDATOR] ⚠  warning   Violation: response Unable to match the returned status code with those defined in the document: 200,401,403,429
[1:15:05 AM] › [HTTP SERVER] get /api/v2/institutions/ ℹ  info      Request received
[1:15:05 AM] ›     [PROXY] ℹ  info      The upstream call to /api/v2/institutions/ has returned 401
[1:15:05 AM] ›     [VALIDATOR] ✖  error     Violation: request Invalid security scheme used
";

    #[test]
    fn a_clean_log_is_clean() {
        assert_eq!(judged(CLEAN), Verdict { judged: 1, complaints: Vec::new() });
    }

    #[test]
    fn violations_are_found_with_their_request() {
        let verdict = judged(VIOLATIONS);
        assert_eq!(verdict.judged, 2);
        assert_eq!(
            verdict.complaints,
            [
                "post /api/v2/token/new/: request.body.secret_id Request body property secret_id must be string",
                "post /api/v2/token/new/: response Unable to match the returned status code with those defined in \
                 the document: 200,401,403,429",
                "get /api/v2/institutions/: request Invalid security scheme used",
            ]
        );
    }

    #[test]
    fn a_request_that_prism_does_not_let_through_is_a_complaint() {
        let log = "[1:14:26 AM] › [HTTP SERVER] get /api/v2/nowhere/ ✖  error     Request terminated with error: \
                   NO_PATH_MATCHED_ERROR: Route not resolved, no path matched\n";
        assert_eq!(
            judged(log).complaints,
            ["no request: NO_PATH_MATCHED_ERROR: Route not resolved, no path matched"]
        );
    }
}
