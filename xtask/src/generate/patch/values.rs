//! Shapings that put our value types in the place of bare strings and numbers, each by a table of places.
//!
//! What the types do with odd data is core's business.

use serde_json::Value;

use super::place;
use super::record::{Applied, Kind, Patch};
use super::rust_type;
use super::schemas::{self, Side};
use crate::generate::document::Document;

const fn values(
    name: &'static str,
    why: &'static str,
    evidence: &'static str,
    apply: fn(&mut Document) -> Applied,
) -> Patch {
    let file = "xtask/src/generate/patch/values.rs";
    Patch { name, kind: Kind::Shaping, why, evidence, since: "2025-12-20", file, apply }
}

/// Gives each place of each row the row's type.
fn rows(document: &mut Document, table: &[(&str, &[&str])]) -> Applied {
    let mut applied = Applied::default();
    for (name, places) in table {
        for row in *places {
            let changed = place::each(document, row, &mut |schema| rust_type::set_value(schema, name));
            applied.row(format!("{row} ({name})"), changed);
        }
    }
    applied
}

pub(crate) const SECRETS: Patch = values(
    "secrets",
    "secrets, tokens and social security numbers never appear in a debug print and are erased when they are dropped",
    "the generated types derive `Debug`; a token in a log is a way into people's accounts",
    |document| {
        rows(document, &[("Secret", &["*.secret_id", "*.secret_key", "*.access", "*.refresh", "*.ssn"])])
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
                ("InstitutionId", &["Integration.id", "IntegrationRetrieve.id", "*.institution_id"]),
                ("AgreementId", &["EndUserAgreement.id", "*.agreement"]),
                ("RequisitionId", &["Requisition.id"]),
                ("AccountId", &["Account.id", "Requisition.accounts[]"]),
            ],
        )
    },
);

/// The type of the path parameter `id`, by the beginning of the path.
const PATH_IDS: [(&str, &str); 4] = [
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
            applied.row(format!("{prefix}{{id}}/ ({name})"), changed);
        }
        applied
    },
);

pub(crate) const MOMENTS: Patch = values(
    "moments",
    "a date-time in an answer keeps its text and is read leniently, so that one odd form does not fail the whole answer",
    "without seconds, with seven digits, with an offset or without a zone: firefly-iii/firefly-iii#8414, #8430, #10540 and #10914, actual-server `abnamro_abnanl2a.spec.js`",
    |document| {
        let mut applied = Applied::default();
        schemas::each_schema_mut(document, &[Side::Response], &mut |schema| {
            if schema.get("format").and_then(Value::as_str) == Some("date-time") {
                applied.changed += usize::from(rust_type::set_value(schema, "Timestamp"));
            }
        });
        let places = ["*.bookingDateTime", "*.valueDateTime", "*.lastChangeDateTime"];
        let Applied { changed, idle } = rows(document, &[("Timestamp", &places)]);
        Applied { changed: applied.changed + changed, idle }
    },
);

pub(crate) const DATES: Patch = values(
    "dates",
    "dates of bank data have no format in the document; ours keep their text and read every form that was seen",
    "`2022-08-15` and `2023-06-14T00:00:00.0000000`: Dhi13man/nordigen_integration#8, actualbudget/actual#1392",
    |document| {
        rows(document, &[("Date", &["*.bookingDate", "*.valueDate", "*.referenceDate", "*.quotationDate"])])
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
                ("Amount", &["TransactionAmountSchema.amount", "BalanceAfterTransactionSchema.amount"]),
                ("Currency", &["*.currency", "*.sourceCurrency", "*.targetCurrency", "*.unitCurrency"]),
            ],
        )
    },
);

pub(crate) const DAYS: Patch = values(
    "days",
    "counts of days are strings for institutions and numbers for agreements; one type reads both",
    "the document says string; RobinTTY `Institution.cs` reads strings and numbers (release 7.0.0)",
    |document| {
        let places = [
            "*.transaction_total_days",
            "*.max_access_valid_for_days",
            "*.max_access_valid_for_days_reconfirmation",
            "EndUserAgreement.max_historical_days",
            "EndUserAgreement.access_valid_for_days",
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
                ("RequisitionStatus", &["Requisition.status"]),
                ("AccountStatus", &["Account.status"]),
                ("BalanceType", &["*.balanceType"]),
                ("AccessScope", &["*.access_scope[]"]),
                ("Feature", &["*.supported_features[]"]),
            ],
        )
    },
);
