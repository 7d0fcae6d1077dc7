//! The token operations in all media types of the contract, without the wrapper: 200, 401, 403 and 429.

use gocardless_bank_data_sandbox::{Fault, LimitGroup, Limits, Operation, Preset};
use reqwest::multipart::Form;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use test_support::{Contract, Unknown, validate};

use super::stage::{Stage, quiet};

type Fields = [(&'static str, String)];
type Send = fn(RequestBuilder, &Fields) -> RequestBuilder;

/// Each media type of the contract, and how to send fields in it.
const MEDIA_TYPES: [(&str, Send); 3] = [
    ("application/json", |request, fields| {
        request.json(&fields.iter().cloned().collect::<std::collections::BTreeMap<_, _>>())
    }),
    ("application/x-www-form-urlencoded", |request, fields| request.form(fields)),
    ("multipart/form-data", |request, fields| {
        let form = fields.iter().fold(Form::new(), |form, (name, value)| form.text(*name, value.clone()));
        request.multipart(form)
    }),
];

/// What is rejected, if anything.
#[derive(Clone, Copy, Debug)]
enum Case {
    Good,
    Refused,
    FromElsewhere,
    TooOften,
}

#[test]
fn the_media_types_are_those_of_the_contract() {
    for key in ["POST /api/v2/token/new/", "POST /api/v2/token/refresh/"] {
        let body = Contract::get().operation(key).body.as_ref().unwrap();
        assert_eq!(body.media_types, MEDIA_TYPES.map(|(name, _)| name), "{key}");
    }
}

#[tokio::test]
async fn both_token_operations_answer_as_the_contract_says_in_every_media_type() {
    for (media_type, send) in MEDIA_TYPES {
        for operation in [Operation::ObtainToken, Operation::RefreshToken] {
            for (case, status) in
                [(Case::Good, 200), (Case::Refused, 401), (Case::FromElsewhere, 403), (Case::TooOften, 429)]
            {
                let (came, body) = ask(operation, send, case).await;
                let place = format!("{operation} as {media_type}, {case:?}");
                assert_eq!(came, status, "{place}: {body}");
                let declared = Contract::get().operation(&format!("POST {}", operation.path()));
                let complaints = validate(&declared.answers[&status], Unknown::Refused, &body);
                assert!(complaints.is_empty(), "{place}: {complaints:?}");
                if matches!(case, Case::Good) {
                    assert_eq!(body["access_expires"], 86_400, "{place}");
                    assert_eq!(body.get("refresh").is_some(), operation == Operation::ObtainToken, "{place}");
                }
            }
        }
    }
}

/// Status and body of one call to a new sandbox.
async fn ask(operation: Operation, send: Send, case: Case) -> (u16, Value) {
    let mut builder = quiet();
    if matches!(case, Case::TooOften) {
        builder = builder.limits(Limits::documented().company(LimitGroup::of(operation), 0));
    }
    let stage = Stage::open(builder).await;
    if matches!(case, Case::FromElsewhere) {
        stage.sandbox.faults().add(Fault::preset(Preset::IpDenied).on(operation));
    }
    let fields = fields(&stage, operation, case).await;
    let http = Client::builder().no_proxy().build().unwrap();
    let request = http.post(format!("{}{}", stage.sandbox.base_url(), operation.path()));
    let answer = send(request, &fields).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn fields(stage: &Stage, operation: Operation, case: Case) -> Vec<(&'static str, String)> {
    let id = stage.sandbox.secret_id().to_owned();
    match (operation, case) {
        (Operation::ObtainToken, Case::Refused) => {
            vec![("secret_id", id), ("secret_key", "wrong".to_owned())]
        }
        (Operation::ObtainToken, _) => {
            vec![("secret_id", id), ("secret_key", stage.sandbox.secret_key().to_owned())]
        }
        (_, Case::Refused) => vec![("refresh", "nonsense".to_owned())],
        _ => {
            let pair = stage.bank.tokens().obtain().await.unwrap();
            vec![("refresh", pair.refresh.unwrap().expose().to_owned())]
        }
    }
}
