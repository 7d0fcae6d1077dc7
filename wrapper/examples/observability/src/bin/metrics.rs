//! Counts attempts with the crate `metrics`: `cargo run -p observability --bin metrics` prints them as Prometheus reads them.
//!
//! A service serves them with `metrics-exporter-prometheus`, or takes another exporter; `observe` stays as it is.

use gocardless_bank_data::Attempt;
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::PrometheusBuilder;
use observability::{Error, builder, read, sandbox};

/// One attempt as metrics. No label is an id, so that their number stays bounded.
fn observe(attempt: &Attempt<'_>) {
    let operation = attempt.operation.id();
    let status = attempt.status.map_or_else(|| "none".to_owned(), |status| status.as_u16().to_string());
    let error = attempt.error.unwrap_or("none");
    counter!("bank_data_attempts_total", "operation" => operation, "status" => status, "error" => error)
        .increment(1);
    histogram!("bank_data_attempt_duration_seconds", "operation" => operation).record(attempt.duration);
    if attempt.number > 1 {
        counter!("bank_data_resends_total", "operation" => operation).increment(1);
    }
    // What is left for the company in this minute. What is left for one account is asked with `account(id).quota(scope)`.
    let company = attempt.rate_limits.and_then(|limits| limits.general);
    if let Some(left) = company.and_then(|limit| limit.remaining).and_then(|left| u32::try_from(left).ok()) {
        gauge!("bank_data_company_calls_left", "operation" => operation).set(left);
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let (sandbox, account) = sandbox().await?;
    let metrics = PrometheusBuilder::new().install_recorder()?;
    let bank = builder(&sandbox).observer(observe).build()?;
    let refused = read(&bank, &account).await?;
    print!("{}", metrics.render());
    println!("# the program itself got: {refused}");
    Ok(())
}
