//! The client's spans in OpenTelemetry: `cargo run -p observability --bin traces` prints them.
//!
//! A service exports them with `opentelemetry-otlp` instead of `opentelemetry-stdout`; nothing else changes.

use gocardless_bank_data::BankData;
use observability::{Error, builder, read, sandbox};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Instrument as _;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let (sandbox, account) = sandbox().await?;
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(opentelemetry_stdout::SpanExporter::default())
        .build();
    // The client's spans are at debug level. Other crates may log more than one wants to export.
    let wanted = Targets::new()
        .with_default(LevelFilter::INFO)
        .with_target("gocardless_bank_data", LevelFilter::DEBUG);
    let exported = tracing_opentelemetry::layer().with_tracer(provider.tracer("my-ledger"));
    // Where in the source a span begins says nothing to an operator.
    let exported = exported.with_location(false).with_threads(false).with_target(false);
    tracing_subscriber::registry().with(exported.with_filter(wanted)).init();

    let bank: BankData = builder(&sandbox).build()?;
    // The spans of calls are children of the span that the caller is in.
    let refused = read(&bank, &account).instrument(tracing::info_span!("sync")).await?;
    provider.shutdown()?;
    println!("\nthe program itself got: {refused}");
    Ok(())
}
