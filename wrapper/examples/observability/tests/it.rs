//! What both programs export.

#![allow(clippy::unwrap_used, reason = "a panic in a test is its report")]

use std::process::Command;

fn output(program: &str) -> String {
    let output = Command::new(program).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_attempt_is_a_client_span_within_the_span_of_the_caller() {
    let text = output(env!("CARGO_BIN_EXE_traces"));
    let spans: Vec<_> = text.split("Spans\n").skip(1).collect();
    let sync = spans.iter().find(|span| span.contains(": sync\n")).unwrap();
    let id = sync.lines().find_map(|line| line.trim().strip_prefix("SpanId       : ")).unwrap();
    let children: Vec<_> =
        spans.iter().filter(|span| span.contains(&format!("ParentSpanId : {id}"))).collect();
    assert_eq!(text.matches("Name         : POST /api/v2/token/new/\n").count(), 1, "{text}");
    assert!(children.iter().all(|span| span.contains("Kind         : Client")), "{text}");
    // The metadata twice, the balances, and the transactions that may not be read any more. The token stands alone, because
    // many calls may wait for it.
    for (expected, times) in [
        ("Name         : GET /api/v2/accounts/{id}/\n", 2),
        ("http.request.resend_count: I64(1)\n", 1),
        ("http.response.status_code: I64(200)\n", 2),
        // Of the span, and of the event in it.
        ("error.type: String(Owned(\"rate_limited_account\"))\n", 2),
        ("Status       : Error", 2),
    ] {
        let found: usize = children.iter().map(|span| span.matches(expected).count()).sum();
        assert_eq!(found, times, "{expected}: {text}");
    }
}

#[test]
fn attempts_are_counted_by_operation_status_and_error() {
    let text = output(env!("CARGO_BIN_EXE_metrics"));
    for line in [
        "bank_data_attempts_total{operation=\"get_account\",status=\"503\",error=\"server\"} 1",
        "bank_data_attempts_total{operation=\"get_account\",status=\"200\",error=\"none\"} 1",
        "bank_data_attempts_total{operation=\"get_account_transactions\",status=\"429\",error=\"rate_limited_account\"} 1",
        "bank_data_resends_total{operation=\"get_account\"} 1",
        "bank_data_attempt_duration_seconds_count{operation=\"get_account\"} 2",
        "bank_data_company_calls_left{operation=\"get_account_balances\"} ",
    ] {
        assert!(text.lines().any(|found| found.starts_with(line)), "{line} is missing in\n{text}");
    }
}
