//! Adjustments: the document is right, but the generator or we need it in another form.
//!
//! A patch here must not change what a correct answer or request looks like; that is for `upstream_bugs`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::record::{Applied, Kind, Patch};
use super::rust_type;
use super::schemas::{self, EVERYWHERE, Side};
use crate::generate::document::{Document, SCHEMA_PREFIX};
use crate::generate::names;

const fn adjustment(
    name: &'static str,
    why: &'static str,
    evidence: &'static str,
    apply: fn(&mut Document) -> Applied,
) -> Patch {
    let file = "xtask/src/generate/patch/adjustments.rs";
    Patch { name, kind: Kind::Adjustment, why, evidence, since: "2025-12-20", file, apply }
}

pub(crate) const WITHOUT_PROVENANCE: Patch = adjustment(
    "without-provenance",
    "`info.x-provenance` speaks of `contract.json`; with it, a document of another day with the same content would change every generated file. Components that the vendor has renamed get the names back by which the patches and people know them",
    "the sha256 in the head of each generated file is that of `client.json`; `AccountV2`, `RequisitionV2` and `Status1c5Enum` are names of one document of the vendor's each",
    |document| {
        let mut applied = Applied::default();
        for (known, name) in renamed(document) {
            schemas::rename(document, &name, &known);
        }
        let removed = document.object_mut("/info").and_then(|info| info.remove("x-provenance"));
        applied.row("/info/x-provenance", usize::from(removed.is_some()));
        applied
    },
);

/// The components that `cargo xtask import` found under another name: the name that the patches know, and the one in the
/// document.
pub(crate) fn renamed(document: &Document) -> Vec<(String, String)> {
    let pairs = document.at(RENAMED).and_then(Value::as_object).into_iter().flatten();
    pairs.filter_map(|(known, name)| Some((known.clone(), name.as_str()?.to_owned()))).collect()
}

/// Where the provenance has the components that were renamed.
const RENAMED: &str = "/info/x-provenance/renamed";

pub(crate) const ONE_MEDIA_TYPE: Patch = adjustment(
    "one-media-type",
    "each request body is declared as JSON, form and multipart; the generator takes one, and JSON is what clients send",
    "progenitor-impl 0.15.1, `get_body_param` stops at \"more media types than expected\"",
    |document| {
        let mut applied = Applied::default();
        for place in document.places() {
            let Some(operation) = document.operation_mut(&place) else { continue };
            let content = operation.get_mut("requestBody").and_then(|body| body.get_mut("content"));
            let Some(content) = content.and_then(Value::as_object_mut) else { continue };
            if content.len() > 1 && content.contains_key("application/json") {
                content.retain(|media_type, _| media_type == "application/json");
                applied.changed += 1;
            }
        }
        applied
    },
);

pub(crate) const SUCCESS_ONLY: Patch = adjustment(
    "success-only",
    "without the declared failures each of them arrives as `UnexpectedResponse` with status, headers and body; a declared one whose body differs loses its status and headers",
    "progenitor-client 0.15.1, `ResponseValue::from_response` gives `InvalidResponsePayload(bytes, error)`; real failures are field maps, account objects and HTML as well",
    |document| {
        let mut applied = Applied::default();
        for place in document.places() {
            let Some(operation) = document.operation_mut(&place) else { continue };
            let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else {
                continue;
            };
            // What is declared of every status is the success if no other is.
            if !responses.keys().any(|status| status.starts_with('2'))
                && let Some(response) = responses.shift_remove("default")
            {
                responses.insert("2XX".to_owned(), response);
                applied.changed += 1;
            }
            let before = responses.len();
            responses.retain(|status, _| status.starts_with('2'));
            applied.changed += before - responses.len();
        }
        applied
    },
);

pub(crate) const STABLE_NAMES: Patch = adjustment(
    "stable-names",
    "the vendor's operation ids are sentences with blanks and a slash, and change between documents; ours are chosen by method and path",
    "`JWT Obtain` of 2023 is `Obtain new access/refresh token pair` since 2024, on the same path",
    |document| {
        let mut applied = Applied::default();
        let places = document.places();
        for (method, path, name) in names::NAMES {
            let place = places.iter().find(|place| place.method == *method && place.path == *path);
            let operation = place.and_then(|place| document.operation_mut(place));
            let changed = operation.is_some_and(|operation| {
                operation.insert("operationId".to_owned(), json!(name)) != Some(json!(name))
            });
            applied.row(format!("{method} {path}"), usize::from(changed));
        }
        for (place, name) in names::derived(&places) {
            if let Some(operation) = document.operation_mut(place) {
                operation.insert("operationId".to_owned(), json!(name));
                applied.changed += 1;
            }
        }
        applied
    },
);

/// Components of one shape under two names: the second replaces the first. It may have more members if none is required.
const TWINS: &[(&str, &str)] =
    &[("SpectacularRequisition", "Requisition"), ("BalanceAmountSchema", "TransactionAmountSchema")];

pub(crate) const ONE_TYPE_FOR_ONE_SHAPE: Patch = adjustment(
    "one-type-for-one-shape",
    "a created and a read requisition have the same members, but for some that may be missing, and so have the amounts of balances and of transactions: one Rust type each",
    "the two shapes are compared; the items of the created requisition's `accounts` are untyped in the document and strings on the wire (nordigen-python, RobinTTY `responses.json`)",
    |document| {
        let mut applied = Applied::default();
        for (twin, name) in TWINS {
            let fits = schemas::fits(document, twin, name);
            let changed = if fits { schemas::redirect(document, twin, name) } else { 0 };
            applied.row(format!("/components/schemas/{twin}"), changed);
        }
        applied
    },
);

/// Members that are required in the document, and without which the rest of the answer is as good as before.
const NOTHING_HANGS_ON: &[(&str, &[&str])] = &[
    ("Integration", &["countries", "logo"]),
    ("IntegrationRetrieve", &["countries", "logo"]),
    ("Requisition", &["redirect"]),
];

pub(crate) const NOTHING_HANGS_ON_IT: Patch = adjustment(
    "nothing-hangs-on-it",
    "members that are there to be shown: one institution without a logo would fail the list of all, one requisition without a redirect its whole page",
    "the generator makes a required member one whose absence refuses the whole answer; members of institutions have come and gone between documents (`supported_payments`, `identification_codes`)",
    |document| {
        let mut applied = Applied::default();
        for (name, members) in NOTHING_HANGS_ON {
            for member in *members {
                let freed = schemas::no_longer_required(document, name, member);
                let nullable = document.member_mut(name, member).is_some_and(|schema| {
                    let is_list = schema.get("type").and_then(Value::as_str) == Some("array");
                    !is_list && schema.insert("nullable".to_owned(), json!(true)) != Some(json!(true))
                });
                applied.row(format!("{name}.{member}"), usize::from(freed > 0 || nullable));
            }
        }
        applied
    },
);

pub(crate) const NO_DEFAULTS: Patch = adjustment(
    "no-defaults",
    "in an answer the generator would invent what the server did not say, such as the life of a token; in a request what the caller left out must stay out",
    "typify-impl 0.8.0 writes `#[serde(default = \"defaults::…\")]`; the document's default of `link` is a sandbox link",
    |document| strip(document, &["default"], &EVERYWHERE),
);

pub(crate) const NO_TITLES: Patch = adjustment(
    "no-titles",
    "the generator names a type after its title, and a title is half a sentence here; the members' names are better",
    "`user agent string for the end user` would be `UserAgentStringForTheEndUser`",
    |document| strip(document, &["title"], &EVERYWHERE),
);

const LIMITS: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

pub(crate) const NO_LIMITS: Patch = adjustment(
    "no-limits",
    "a string that is longer than declared would fail the whole answer; of a request the server says what it refuses, field by field",
    "typify-impl 0.8.0 makes newtypes whose `Deserialize` refuses (\"longer than 256 characters\")",
    |document| strip(document, LIMITS, &EVERYWHERE),
);

pub(crate) const NO_MINIMUM_IN_ANSWERS: Patch = adjustment(
    "no-minimum-in-answers",
    "a number below its minimum would fail the whole answer; in a request it makes the type unsigned, and nothing is checked",
    "typify-impl 0.8.0 makes `u64` or `NonZeroU64` of an integer with a minimum",
    |document| strip(document, &["minimum"], &[Side::Response]),
);

pub(crate) const NO_UNUSED_SCHEMAS: Patch = adjustment(
    "no-unused-schemas",
    "a component that no operation reaches any more would be a type that nobody can meet",
    "`ErrorResponse` goes with the declared failures, `StatusEnum` with the open enum that takes its place",
    |document| {
        let mut used = document.schemas_of_requests();
        used.append(&mut document.schemas_of_responses());
        let mut applied = Applied::default();
        if let Some(schemas) = document.object_mut("/components/schemas") {
            let before = schemas.len();
            schemas.retain(|name, _| used.contains(name));
            applied.changed = before - schemas.len();
        }
        applied
    },
);

fn strip(document: &mut Document, keys: &[&str], sides: &[Side]) -> Applied {
    let mut applied = Applied::default();
    schemas::each_schema_mut(document, sides, &mut |schema: &mut Map<String, Value>| {
        let before = schema.len();
        schema.retain(|key, _| !keys.contains(&key.as_str()));
        applied.changed += before - schema.len();
    });
    applied
}

/// The vendor's name of a component, and the name that people know the type by.
const TYPE_NAMES: &[(&str, &str)] = &[
    ("AccountBalance", "Balances"),
    ("AccountDetail", "AccountDetailsResponse"),
    ("AccountSchema", "CounterpartyAccount"),
    ("AccountTransactions", "Transactions"),
    ("AdditionalAccountDataSchema", "AdditionalAccountData"),
    ("BalanceAfterTransactionSchema", "BalanceAfterTransaction"),
    ("BalanceSchema", "Balance"),
    ("BankTransaction", "BookedAndPending"),
    ("CurrencyExchangeSchema", "CurrencyExchange"),
    ("DetailSchema", "AccountDetails"),
    ("EndUserAgreement", "Agreement"),
    ("EndUserAgreementRequest", "NewAgreement"),
    ("EnduserAcceptanceDetailsRequest", "AcceptAgreementRequest"),
    ("Integration", "Institution"),
    ("IntegrationRetrieve", "InstitutionDetails"),
    ("JWTObtainPairRequest", "TokenRequest"),
    ("JWTRefreshRequest", "RefreshRequest"),
    ("OwnerAddressStructuredSchema", "OwnerAddress"),
    ("PaginatedEndUserAgreementList", "AgreementPage"),
    ("PaginatedRequisitionList", "RequisitionPage"),
    ("ReconfirmationRetrieve", "Reconfirmation"),
    ("ReconfirmationRetrieveRequest", "NewReconfirmation"),
    ("RequisitionRequest", "NewRequisition"),
    ("SpectacularJWTObtain", "TokenPair"),
    ("SpectacularJWTRefresh", "RefreshedToken"),
    ("SuccessfulDeleteResponse", "Deletion"),
    ("TransactionSchema", "Transaction"),
    ("TransactionAmountSchema", "Money"),
];

/// The name in client.json of the component `name` of the contract, or of that which took its place.
pub(crate) fn name_of_type(name: &str) -> &str {
    let name = TWINS.iter().find(|(twin, _)| *twin == name).map_or(name, |(_, other)| other);
    TYPE_NAMES.iter().find(|(from, _)| *from == name).map_or(name, |(_, to)| to)
}

/// The name in the contract of the component `name` of client.json: people correct the contract.
pub(crate) fn name_in_contract(name: &str) -> &str {
    TYPE_NAMES.iter().find(|(_, to)| *to == name).map_or(name, |(from, _)| from)
}

pub(crate) const NAMES_OF_TYPES: Patch = adjustment(
    "names-of-types",
    "the vendor's names of components are those of its program, and change with it; the names of types are what people write",
    "`Integration` is an institution, `SpectacularJWTObtain` a token pair",
    |document| {
        let mut applied = Applied::default();
        for (from, to) in TYPE_NAMES {
            let renamed = schemas::rename(document, from, to);
            applied.row(format!("/components/schemas/{from}"), usize::from(renamed));
        }
        applied
    },
);

/// The member through which the decoder hands over what it could not read.
const UNREAD_MEMBER: &str = "$unread";

pub(crate) const UNREAD: Patch = adjustment(
    "unread",
    "what could not be read of a response stays with its value, in a member that the decoder fills in",
    "one odd member would cost the response, or be lost without a word",
    |document| {
        let mut applied = Applied::default();
        let mut roots = BTreeSet::new();
        for place in document.places() {
            let success = format!("{}/responses/200/content/application~1json/schema", place.pointer());
            let created = success.replace("/200/", "/201/");
            for schema in [success, created].iter().filter_map(|pointer| document.at(pointer)) {
                let name = schema.get("$ref").and_then(Value::as_str);
                roots.extend(name.and_then(|name| name.strip_prefix(SCHEMA_PREFIX)).map(str::to_owned));
            }
        }
        for name in roots {
            let Some(schema) = document.schema_mut(&name).and_then(Value::as_object_mut) else { continue };
            // Only a struct has room for it.
            if schema.keys().any(|key| matches!(key.as_str(), "allOf" | "anyOf" | "oneOf")) {
                continue;
            }
            let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else { continue };
            if members.contains_key(UNREAD_MEMBER) {
                continue;
            }
            let member = json!({
                "description": "The parts of the response that could not be read. Empty unless the bank sent something odd.",
                rust_type::KEY: rust_type::extension("Unread", &[]),
            });
            members.insert(UNREAD_MEMBER.to_owned(), member);
            let required = schema.entry("required").or_insert_with(|| json!([]));
            if let Some(required) = required.as_array_mut() {
                required.push(UNREAD_MEMBER.into());
            }
            applied.changed += 1;
        }
        applied
    },
);
