//! `raw`: one call, with the token and within the limits, for what is not built in.

use std::io::Read as _;

use gocardless_bank_data::http::Method;
use serde_json::Value;

use crate::app::App;
use crate::args::Raw;
use crate::exit::Failure;
use crate::output::Output;

pub(crate) async fn run(app: &App, args: &Raw) -> Result<(), Failure> {
    let method = Method::from_bytes(args.method.to_ascii_uppercase().as_bytes())
        .map_err(|_| Failure::usage("the method is GET, POST, PUT, PATCH or DELETE"))?;
    let body = args.data.as_deref().map(json).transpose()?;
    let response = app.bank()?.raw(&method, &args.path, body.as_ref()).send().await?;
    if app.output.numbers.are_whole {
        return Output::write_bytes(response.body()).and_then(|()| Output::write_bytes(b"\n"));
    }
    Output::value(&app.output.numbers.json(response.into_value()))
}

/// The body that is sent: the argument itself, or the standard input for `-`.
fn json(argument: &str) -> Result<Value, Failure> {
    let mut text = argument.to_owned();
    if argument == "-" {
        text.clear();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| Failure::usage(format!("the standard input cannot be read: {error}")))?;
    }
    serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("the data is not valid JSON: {error}")))
}
