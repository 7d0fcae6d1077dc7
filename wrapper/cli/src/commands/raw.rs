//! `raw`: one call, with the token and within the limits, for what is not built in.
//!
//! The call is made by the client's own method for the path, so that it counts as any other does.

use gocardless_bank_data::{BankData, Call, Error, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::App;
use crate::args::Raw;
use crate::exit::{Code, Failure};
use crate::output::{Output, hide_in_json};

pub(crate) async fn run(app: &App, args: &Raw) -> Result<(), Failure> {
    let (path, query) = args.path.split_once('?').unwrap_or((&args.path, ""));
    let path = path.trim_matches('/');
    let Some(path) = path.strip_prefix("api/v2/") else {
        return Err(Failure::usage("name a path below /api/v2/, such as /api/v2/requisitions/"));
    };
    let segments: Vec<&str> = path.split('/').collect();
    let query = Query::parse(query)?;
    let body = match args.method.to_ascii_uppercase().as_str() {
        "DELETE" => delete(&app.bank()?, &segments, &query).await?,
        _ => get(&app.bank()?, &segments, &query).await?,
    };
    let Some(body) = body else {
        return Err(Failure::usage(
            "this program knows no such call: it reads institutions, agreements/enduser, requisitions and accounts, and deletes \
             agreements/enduser and requisitions",
        ));
    };
    if app.output.full_numbers {
        return Output::write_bytes(&body).and_then(|()| Output::write_bytes(b"\n"));
    }
    let mut value: Value = serde_json::from_slice(&body).map_err(|_| {
        Failure::new(Code::Other, "the answer is no JSON; see it as it came with --full-numbers")
    })?;
    hide_in_json(&mut value);
    Output::value(&value)
}

/// The parameters of a path.
struct Query(Vec<(String, String)>);

impl Query {
    fn parse(text: &str) -> Result<Self, Failure> {
        let mut found = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            if !value.chars().all(is_plain) {
                return Err(Failure::usage("a parameter takes letters, digits, -, _ and . here"));
            }
            found.push((name.to_owned(), value.to_owned()));
        }
        Ok(Self(found))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Failure> {
        let bad = |_| {
            Failure::usage(format!(
                "the parameter {name} is not what it should be: a number, or a day such as 2026-03-01"
            ))
        };
        self.get(name).map(|text| text.parse().map_err(bad)).transpose()
    }

    /// Refuses parameters that would be left out in silence.
    fn only(&self, known: &[&str]) -> Result<(), Failure> {
        match self.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) if known.is_empty() => {
                Err(Failure::usage(format!("this call takes no parameter, and got {name}")))
            }
            Some((name, _)) => Err(Failure::usage(format!(
                "this call takes no parameter {name}; it takes {}",
                known.join(", ")
            ))),
            None => Ok(()),
        }
    }
}

type Body = Option<Vec<u8>>;

async fn sent<T: DeserializeOwned + Send + 'static>(call: Call<T>) -> Result<Body, Failure> {
    let response: Result<Response<T>, Error> = call.send().await;
    Ok(Some(response?.body().to_vec()))
}

async fn get(bank: &BankData, segments: &[&str], query: &Query) -> Result<Body, Failure> {
    let page = ["limit", "offset"];
    match segments {
        ["institutions"] => {
            query.only(&["country"])?;
            let mut list = bank.institutions().list();
            if let Some(country) = query.get("country") {
                list = list.country(country);
            }
            sent(list.call()).await
        }
        ["agreements", "enduser"] => {
            query.only(&page)?;
            let mut list = bank.agreements().list().offset(query.parsed("offset")?.unwrap_or(0));
            if let Some(limit) = query.parsed::<u64>("limit")? {
                list = list.limit(limit);
            }
            sent(list.call()).await
        }
        ["requisitions"] => {
            query.only(&page)?;
            let mut list = bank.requisitions().list().offset(query.parsed("offset")?.unwrap_or(0));
            if let Some(limit) = query.parsed::<u64>("limit")? {
                list = list.limit(limit);
            }
            sent(list.call()).await
        }
        ["accounts", id, "transactions"] => {
            query.only(&["date_from", "date_to"])?;
            let mut read = bank.account(*id).transactions();
            if let Some(day) = query.parsed("date_from")? {
                read = read.from(day);
            }
            if let Some(day) = query.parsed("date_to")? {
                read = read.to(day);
            }
            sent(read.call()).await
        }
        others => {
            query.only(&[])?;
            match others {
                ["institutions", id] => sent(bank.institutions().get(*id)).await,
                ["agreements", "enduser", id] => sent(bank.agreements().get(*id)).await,
                ["agreements", "enduser", id, "reconfirm"] => {
                    sent(bank.agreements().reconfirmation(*id)).await
                }
                ["requisitions", id] => sent(bank.requisitions().get(*id)).await,
                ["accounts", id] => sent(bank.account(*id).metadata()).await,
                ["accounts", id, "balances"] => sent(bank.account(*id).balances()).await,
                ["accounts", id, "details"] => sent(bank.account(*id).details()).await,
                _ => Ok(None),
            }
        }
    }
}

async fn delete(bank: &BankData, segments: &[&str], query: &Query) -> Result<Body, Failure> {
    query.only(&[])?;
    match segments {
        ["agreements", "enduser", id] => sent(bank.agreements().delete(*id)).await,
        ["requisitions", id] => sent(bank.requisitions().delete(*id)).await,
        _ => Ok(None),
    }
}
