//! What the examples share: where to connect, how to follow a link, and how to print. None of it is needed to use the
//! client.
#![allow(dead_code, reason = "each example uses its own part")]

use std::io::Write;
use std::process::ExitCode;

use gocardless_bank_data::{BankData, Credentials, Error};
use gocardless_bank_data_sandbox::Sandbox;

/// The client, and the sandbox it talks to if no credentials are in the environment.
pub(crate) struct Connection {
    pub(crate) bank: BankData,
    pub(crate) sandbox: Option<Sandbox>,
}

/// Connects to the live API with the credentials of the environment, or else to a sandbox in this process.
pub(crate) async fn connect() -> Result<Connection, Box<dyn std::error::Error>> {
    if std::env::var_os("GOCARDLESS_SECRET_ID").is_some() {
        println!("Using the credentials of the environment.");
        return Ok(Connection { bank: BankData::from_env()?, sandbox: None });
    }
    let sandbox = Sandbox::start().await?;
    println!("No credentials in the environment: using a sandbox at {}.", sandbox.base_url());
    println!("Set GOCARDLESS_SECRET_ID and GOCARDLESS_SECRET_KEY to use the live API.");
    let credentials = Credentials::new(sandbox.secret_id(), sandbox.secret_key());
    let bank = BankData::builder(credentials).base_url(sandbox.base_url()).build()?;
    Ok(Connection { bank, sandbox: Some(sandbox) })
}

/// Does what the person does with the link: at a sandbox at once, otherwise by waiting for somebody to do it.
pub(crate) async fn follow(link: &str) -> Result<(), Box<dyn std::error::Error>> {
    // Only a sandbox has its pages on this machine.
    if link.starts_with("http://127.0.0.1:") {
        // Nobody is at hand to click, so the link is opened as a browser would open it.
        let browser = gocardless_bank_data::reqwest::Client::builder()
            .redirect(gocardless_bank_data::reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        let answer = browser.get(link).send().await?;
        let back = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or("no page");
        println!("  the person consented and came back to {back}");
        return Ok(());
    }
    print!("  open {link}\n  in a browser, consent, then press Enter here: ");
    std::io::stdout().flush()?;
    let read = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    if read == 0 { Err("nobody is at the terminal to follow the link".into()) } else { Ok(()) }
}

/// Prints rows under headings, each column as wide as its widest cell.
pub(crate) fn table<const N: usize>(headings: [&str; N], rows: &[[String; N]]) {
    let mut widths = headings.map(|heading| heading.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: [&str; N]| {
        let cells: Vec<_> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| {
                // Numbers stand under each other at the right.
                let is_number = cell.ends_with(|last: char| last.is_ascii_digit())
                    && cell.starts_with(|first: char| first == '-' || first.is_ascii_digit())
                    && cell.matches('-').count() < 2;
                if is_number { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
            })
            .collect();
        println!("  {}", cells.join("  ").trim_end());
    };
    line(headings);
    println!("  {}", widths.map(|width| "-".repeat(width)).join("  "));
    for row in rows {
        line(std::array::from_fn(|column| row.get(column).map_or("", String::as_str)));
    }
}

/// A text cut to a width that fits a terminal.
pub(crate) fn short(text: &str, width: usize) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.chars().count() <= width {
        return text;
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// Ends the program: quietly, or with the error, what led to it, and what to do about it.
pub(crate) fn finish(result: Result<(), Box<dyn std::error::Error>>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
    if let Some(error) = error.downcast_ref::<Error>() {
        eprintln!("  what to do: {}", error.advice());
    }
    ExitCode::FAILURE
}
