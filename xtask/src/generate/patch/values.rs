//! Adjustments that put our value types in the place of bare strings and numbers, each by a table of places.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::record::{Applied, Kind, Patch};
use super::rust_type;
use super::schemas::{self, Side};
use crate::generate::document::{Document, Place, each_schema_mut, schema_references};
use crate::generate::operation::{self, METERED_READ};

const fn values(
    name: &'static str,
    why: &'static str,
    evidence: &'static str,
    apply: fn(&mut Document) -> Applied,
) -> Patch {
    let file = "xtask/src/generate/patch/values.rs";
    Patch { name, kind: Kind::Adjustment, why, evidence, since: "2025-12-20", file, apply }
}

/// A type of ours, and each place that has it, with how many there are.
type Row<'a> = (&'a str, &'a [(&'a str, usize)]);

/// Gives each place of each row the row's type.
fn rows(document: &mut Document, table: &[Row<'_>]) -> Applied {
    let mut applied = Applied::default();
    for (name, places) in table {
        for (row, expected) in *places {
            let changed = schemas::at_place(document, row, &mut |schema| rust_type::set_value(schema, name));
            applied.rows(format!("{row} ({name})"), changed, *expected);
        }
    }
    applied
}

pub(crate) const SECRETS: Patch = values(
    "secrets",
    "secrets, tokens and social security numbers never appear in a debug print and are erased when they are dropped",
    "the generated types derive `Debug`; a token in a log is a way into people's accounts",
    |document| {
        rows(
            document,
            &[(
                "Secret",
                &[("*.secret_id", 1), ("*.secret_key", 1), ("*.access", 2), ("*.refresh", 2), ("*.ssn", 3)],
            )],
        )
    },
);

pub(crate) const IDS: Patch = values(
    "ids",
    "ids of different things are different types, safe in a path, and read even if they are not UUIDs",
    "an empty string in the place of a UUID is known to RobinTTY (`GuidConverter.cs`); the account id was a UUID in the document of 2023 and is a string now",
    |document| {
        rows(
            document,
            &[
                (
                    "InstitutionId",
                    &[("Integration.id", 1), ("IntegrationRetrieve.id", 1), ("*.institution_id", 6)],
                ),
                ("AgreementId", &[("EndUserAgreement.id", 1), ("*.agreement", 3)]),
                ("RequisitionId", &[("Requisition.id", 1)]),
                ("AccountId", &[("Account.id", 1), ("Requisition.accounts[]", 1)]),
            ],
        )
    },
);

/// The type of the path parameter `id`, by the beginning of the path.
const PATH_IDS: &[(&str, &str)] = &[
    ("/api/v2/institutions/", "InstitutionId"),
    ("/api/v2/agreements/enduser/", "AgreementId"),
    ("/api/v2/requisitions/", "RequisitionId"),
    ("/api/v2/accounts/", "AccountId"),
];

pub(crate) const PATH_IDS_TYPED: Patch = values(
    "path-ids",
    "the `id` in a path is of the same type as in the answer that it came from",
    "an id with a slash or `..` in it would be another path",
    |document| {
        let mut applied = Applied::default();
        for (prefix, name) in PATH_IDS {
            let mut changed = 0;
            for place in document.places().into_iter().filter(|place| place.path.starts_with(prefix)) {
                let parameters =
                    document.operation_mut(&place).and_then(|operation| operation.get_mut("parameters"));
                for parameter in parameters.and_then(Value::as_array_mut).into_iter().flatten() {
                    let is_id = parameter.get("in").and_then(Value::as_str) == Some("path")
                        && parameter.get("name").and_then(Value::as_str) == Some("id");
                    let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
                    changed +=
                        usize::from(is_id && schema.is_some_and(|schema| rust_type::set_value(schema, name)));
                }
            }
            applied.rule(format!("{prefix}{{id}}/ ({name})"), changed);
        }
        applied
    },
);

pub(crate) const MOMENTS: Patch = values(
    "moments",
    "a date-time in an answer keeps its text and is read leniently, so that one odd form does not fail the whole answer; in bank data it is not shown by `Debug`",
    "without seconds, with seven digits, with an offset or without a zone: firefly-iii/firefly-iii#8414, #8430, #10540 and #10914, actual-server `abnamro_abnanl2a.spec.js`",
    |document| {
        let mut applied = Applied::default();
        let bank_data = bank_data(document);
        for name in document.schemas_of_responses() {
            let is_private = bank_data.contains(&name);
            let Some(schema) = document.schema_mut(&name) else { continue };
            each_schema_mut(schema, &mut |schema| {
                if schema.get("format").and_then(Value::as_str) == Some("date-time") {
                    applied.changed += usize::from(moment(schema, is_private));
                }
            });
        }
        for (row, expected) in [("*.bookingDateTime", 1), ("*.valueDateTime", 1), ("*.lastChangeDateTime", 1)]
        {
            applied.rows(row, schemas::at_place(document, row, &mut |schema| moment(schema, true)), expected);
        }
        applied
    },
);

fn moment(schema: &mut Map<String, Value>, is_private: bool) -> bool {
    if is_private {
        let inner = json!({ "type": "string", rust_type::KEY: rust_type::extension("Timestamp", &[]) });
        rust_type::set_nullable(schema, "Private", &[inner])
    } else {
        rust_type::set_value(schema, "Timestamp")
    }
}

/// Names of the components that bank data is made of: what the answers of metered reads reach.
pub(crate) fn bank_data(document: &Document) -> BTreeSet<String> {
    let reads = operation::operations(document).into_iter().filter(|read| read.class == METERED_READ);
    let answers = reads.filter_map(|read| {
        let place = Place { method: read.method, path: read.path };
        document.operation(&place)?.get("responses")
    });
    answers.flat_map(schema_references).flat_map(|name| document.schemas_from(name)).collect()
}

pub(crate) const DATES: Patch = values(
    "dates",
    "a date in an answer keeps its text and is read leniently; those of bank data have no format in the document",
    "`2022-08-15` and `2023-06-14T00:00:00.0000000`: Dhi13man/nordigen_integration#8, actualbudget/actual#1392",
    |document| {
        const WITHOUT_FORMAT: &[(&str, usize)] =
            &[("*.bookingDate", 1), ("*.valueDate", 1), ("*.referenceDate", 2), ("*.quotationDate", 1)];
        let mut applied = rows(document, &[("Date", WITHOUT_FORMAT)]);
        for name in document.schemas_of_responses() {
            let Some(schema) = document.schema_mut(&name) else { continue };
            each_schema_mut(schema, &mut |schema| {
                if schema.get("format").and_then(Value::as_str) == Some("date") {
                    applied.changed += usize::from(rust_type::set_value(schema, "Date"));
                }
            });
        }
        applied
    },
);

pub(crate) const MONEY: Patch = values(
    "money",
    "amounts are decimal text of any scale, kept exactly; currencies are codes, not prose",
    "`-3899`, `-24.0`, `-7.0000`, `-0.00`: martinohansen/ynabber#4, invoiceninja/invoiceninja#9250, actualbudget/actual#724",
    |document| {
        rows(
            document,
            &[
                (
                    "Amount",
                    &[("TransactionAmountSchema.amount", 1), ("BalanceAfterTransactionSchema.amount", 1)],
                ),
                (
                    "Currency",
                    &[
                        ("*.currency", 5),
                        ("*.sourceCurrency", 1),
                        ("*.targetCurrency", 1),
                        ("*.unitCurrency", 1),
                    ],
                ),
            ],
        )
    },
);

pub(crate) const DAYS: Patch = values(
    "days",
    "counts of days are strings for institutions and numbers for agreements; one type reads both, and the terms of an agreement can be asked for again",
    "the document says string; RobinTTY `Institution.cs` reads strings and numbers (release 7.0.0)",
    |document| {
        let places = [
            ("*.transaction_total_days", 2),
            ("*.max_access_valid_for_days", 2),
            ("*.max_access_valid_for_days_reconfirmation", 2),
            ("*.max_historical_days", 2),
            ("*.access_valid_for_days", 2),
        ];
        rows(document, &[("Days", &places)])
    },
);

pub(crate) const OPEN_ENUMS: Patch = values(
    "open-enums",
    "values of a list that the vendor or a bank may lengthen: known ones by name, unknown ones kept",
    "account status `EXPIRED` outside the enum of 2023 (RobinTTY, VMelnalksnis); `InterimBooked` in capitals; a requisition status `CZ` in one client",
    |document| {
        rows(
            document,
            &[
                ("RequisitionStatus", &[("Requisition.status", 1)]),
                ("AccountStatus", &[("Account.status", 1)]),
                ("BalanceType", &[("*.balanceType", 2)]),
                ("AccessScope", &[("*.access_scope[]", 2)]),
                ("Feature", &[("*.supported_features[]", 2)]),
            ],
        )
    },
);

pub(crate) const OUTCOMES: Patch = values(
    "outcomes",
    "what came of a reconfirmation is read account by account; the document gives the object no members",
    "the document's example: account ids, each with `reconfirmed` and `rejected`, a date-time or an empty string",
    |document| rows(document, &[("ReconfirmedAccounts", &[("ReconfirmationRetrieve.accounts", 1)])]),
);

pub(crate) const NOT_SHOWN: Patch = values(
    "not-shown",
    "whatever may be data of a person has a type that `Debug` does not show, so that the derived `Debug` of a struct is safe, with new members too",
    "the generated types derive `Debug`, and programs log what they cannot handle; strings are 16 bytes in place of 24",
    |document| {
        let mut applied = Applied::default();
        schemas::each_schema_mut(document, &[Side::Request, Side::Response], &mut |schema| {
            applied.changed += usize::from(hide(schema));
        });
        applied
    },
);

/// Formats of strings that the generator makes other types of.
const NOT_TEXT: [&str; 2] = ["date", "date-time"];

/// Gives a schema one of our types that are not shown, unless it has one already or is a count, a switch or a struct.
fn hide(schema: &mut Map<String, Value>) -> bool {
    const FORMS: [&str; 5] = ["$ref", "allOf", "oneOf", "anyOf", "not"];
    if schema.contains_key(rust_type::KEY) || FORMS.iter().any(|form| schema.contains_key(*form)) {
        return false;
    }
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    match schema.get("type").and_then(Value::as_str) {
        None if !schema.contains_key("properties") => rust_type::set(schema, "Json", &[]),
        Some("string") if !schema.contains_key("enum") && !NOT_TEXT.contains(&format) => {
            rust_type::set_nullable(schema, "Text", &[])
        }
        Some("number") => rust_type::wrap(schema, "Private"),
        Some("object") if !schema.contains_key("properties") => rust_type::wrap(schema, "Private"),
        _ => false,
    }
}
