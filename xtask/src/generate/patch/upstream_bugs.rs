//! Bugs of the document: it is wrong about the wire. Each has a symptom, what shows it, and a date.

use serde_json::{Map, Value, json};

use super::record::{Applied, Kind, Patch};
use super::rust_type;
use super::schemas::{self, Side};
use crate::generate::document::{Document, schema_references};

const fn upstream_bug(
    name: &'static str,
    why: &'static str,
    evidence: &'static str,
    apply: fn(&mut Document) -> Applied,
) -> Patch {
    let file = "xtask/src/generate/patch/upstream_bugs.rs";
    Patch { name, kind: Kind::UpstreamBug, why, evidence, since: "2025-12-20", file, apply }
}

pub(crate) const TOKENS_NEED_NO_TOKEN: Patch = upstream_bug(
    "tokens-need-no-token",
    "security is declared once, at the root, and so covers the operations that give the token",
    "the vendor's YAML at `/api/schema` declares none for them; every client calls them without",
    |document| {
        let mut applied = Applied::default();
        for path in ["/api/v2/token/new/", "/api/v2/token/refresh/"] {
            let place = document.places().into_iter().find(|place| place.path == path);
            let operation = place.and_then(|place| document.operation_mut(&place));
            let changed = operation.is_some_and(|operation| {
                operation.insert("security".to_owned(), json!([])) != Some(json!([]))
            });
            applied.row(path, usize::from(changed));
        }
        applied
    },
);

pub(crate) const NULL_WAS_SEEN: Patch = upstream_bug(
    "null-was-seen",
    "members that the document never allows to be null, and that are",
    "requisition: firefly-iii/firefly-iii#8006, VMelnalksnis `RequisitionsClientTests.cs`; `last_accessed`: VMelnalksnis commit 388accf; `iban`, `bban`: OCA/bank-statement-import PR 1004",
    |document| {
        let mut applied = Applied::default();
        for row in [
            "Requisition.ssn",
            "Requisition.user_language",
            "Requisition.agreement",
            "Account.last_accessed",
            "Account.iban",
            "Account.bban",
        ] {
            let changed = schemas::at_place(document, row, &mut |schema| {
                schema.insert("nullable".to_owned(), json!(true)) != Some(json!(true))
            });
            applied.row(row, changed);
        }
        applied
    },
);

/// Component, and the members it does not always have.
const SOMETIMES_MISSING: &[(&str, &[&str])] = &[
    ("AccountTransactions", &["transactions"]),
    ("BalanceSchema", &["balanceType"]),
    ("PaginatedEndUserAgreementList", &["count"]),
    ("PaginatedRequisitionList", &["count"]),
    ("BankTransaction", &["booked"]),
    ("BalanceAfterTransactionSchema", &["balanceAmount", "balanceType"]),
    ("IntegrationRetrieve", &["supported_features", "identification_codes"]),
];

pub(crate) const NOT_ALWAYS_THERE: Patch = upstream_bug(
    "not-always-there",
    "members that the document requires, and that are missing from some answers",
    "transactions: firefly-iii data-importer `GetTransactionsRequest.php` checks each key; balance after a transaction: firefly-iii/firefly-iii#10540, and `amount` and `currency` in the document until 2025; institution: the two lists come and go between documents",
    |document| {
        let mut applied = Applied::default();
        for (name, members) in SOMETIMES_MISSING {
            for member in *members {
                let changed = schemas::no_longer_required(document, name, member);
                applied.row(format!("/components/schemas/{name}/required ({member})"), changed);
            }
        }
        applied
    },
);

/// Component, member, JSON of its schema without the description, description.
const MISSING: &[(&str, &str, &str, &str)] = &[
    (
        "TransactionSchema",
        "merchantCategoryCode",
        r#"{"type":"string"}"#,
        "Category of the merchant, a four-digit code of ISO 18245. Not in the vendor's document.",
    ),
    (
        "TransactionSchema",
        "bookingStatus",
        r#"{"type":"string"}"#,
        "Whether the bank calls the entry booked or pending, as some banks repeat it in the entry. Not in the vendor's document.",
    ),
    (
        "TransactionSchema",
        "additionalDataStructured",
        "{}",
        "Further data of the bank, such as the card that was used; the form is the bank's own. Not in the vendor's document.",
    ),
    (
        "TransactionSchema",
        "additionalInformationStructured",
        "{}",
        "Further information in the bank's own form. Not in the vendor's document.",
    ),
    (
        "TransactionSchema",
        "debtorAgent",
        "{}",
        "Bank of the debtor; the form is the bank's own. Not in the vendor's document.",
    ),
    (
        "TransactionSchema",
        "creditorAgent",
        "{}",
        "Bank of the creditor; the form is the bank's own. Not in the vendor's document.",
    ),
    (
        "TransactionSchema",
        "proprietaryBank",
        "{}",
        "A code of the bank's own; the form is the bank's own. Not in the vendor's document.",
    ),
    (
        "CurrencyExchangeSchema",
        "instructedAmount",
        r##"{"allOf":[{"$ref":"#/components/schemas/TransactionAmountSchema"}]}"##,
        "Amount before the exchange, in the currency of the order. Not in the vendor's document.",
    ),
    (
        "BalanceAfterTransactionSchema",
        "amount",
        r#"{"type":"string"}"#,
        "Amount of the balance in the older form of this object, which has no `balanceAmount`.",
    ),
    (
        "BalanceAfterTransactionSchema",
        "currency",
        r#"{"type":"string"}"#,
        "Currency of the balance in the older form of this object, which has no `balanceAmount`.",
    ),
    (
        "BalanceAfterTransactionSchema",
        "referenceDate",
        r#"{"type":"string"}"#,
        "Day that the balance is of, which some banks add. Not in the vendor's document.",
    ),
    (
        "Integration",
        "supported_features",
        r#"{"type":"array","items":{}}"#,
        "What the institution can do, such as `account_selection`. The list of institutions has it, although the document gives it to a single one only.",
    ),
    (
        "Integration",
        "identification_codes",
        r#"{"type":"array","items":{}}"#,
        "Codes that identify the institution; empty in every answer seen.",
    ),
    (
        "Integration",
        "separate_continuous_history_consent",
        r#"{"type":"boolean","nullable":true}"#,
        "Whether an agreement for more than 90 days of history freezes the list of transactions, where it is not in `supported_features`. Not in the vendor's document.",
    ),
    (
        "IntegrationRetrieve",
        "separate_continuous_history_consent",
        r#"{"type":"boolean","nullable":true}"#,
        "Whether an agreement for more than 90 days of history freezes the list of transactions, where it is not in `supported_features`. Not in the vendor's document.",
    ),
];

pub(crate) const SEEN_AND_MISSING: Patch = upstream_bug(
    "seen-and-missing",
    "members seen on the wire that the document does not have: without them the generated types drop them silently",
    "the vendor's page on the output of transactions; RobinTTY `Transaction.cs`; firefly-iii/firefly-iii#10540; currency exchange: Dhi13man/nordigen_integration#8; institutions: the vendor's own example and RobinTTY `responses.json`",
    |document| {
        let mut applied = Applied::default();
        for (name, member, schema, description) in MISSING {
            let Ok(Value::Object(mut schema)) = serde_json::from_str(schema) else { continue };
            let mut needed = schema.values().flat_map(schema_references);
            if let Some(needed) = needed.find(|needed| document.schema(needed).is_none()) {
                applied.row(format!("{needed}.* (the type of {name}.{member})"), 0);
                continue;
            }
            let properties = document.schema_mut(name).and_then(|schema| schema.get_mut("properties"));
            let properties = properties.and_then(Value::as_object_mut);
            let changed = match properties.filter(|properties| !properties.contains_key(*member)) {
                Some(properties) => {
                    schema.insert("description".to_owned(), json!(description));
                    properties.insert((*member).to_owned(), Value::Object(schema));
                    1
                }
                None => 0,
            };
            applied.row(format!("/components/schemas/{name}/properties ({member})"), changed);
        }
        applied
    },
);

pub(crate) const ITEMS_ARE_STRINGS: Patch = upstream_bug(
    "items-are-strings",
    "items of these lists have no type in the document, and are strings on the wire",
    "every client reads `access_scope` and `supported_features` as lists of strings; the document of 2023 called the first a list of lists",
    |document| {
        let mut applied = Applied::default();
        for (row, expected) in [("*.access_scope[]", 2), ("*.supported_features[]", 2)] {
            let changed = schemas::at_place(document, row, &mut |schema| {
                let untyped = !["type", "allOf", "$ref"].iter().any(|key| schema.contains_key(*key));
                if untyped {
                    schema.insert("type".to_owned(), json!("string"));
                }
                untyped
            });
            applied.rows(row, changed, expected);
        }
        applied
    },
);

pub(crate) const ONE_OR_MANY: Patch = upstream_bug(
    "one-or-many",
    "declared as a list, and sent by some banks as its single element",
    "`currencyExchange`: RobinTTY commit dd492d7, tarioch/beancounttools `importer.py`, as a list in actualbudget/actual#1392; `ownerAddressUnstructured`: firefly-iii data-importer `AccountInformationCollector.php`",
    |document| {
        let mut applied = Applied::default();
        for (row, expected) in [("*.currencyExchange", 1), ("*.ownerAddressUnstructured", 1)] {
            let changed =
                schemas::at_place(document, row, &mut |schema| match schema.get("items").cloned() {
                    Some(item) => rust_type::set(schema, "OneOrMany", &[item]),
                    None => false,
                });
            applied.rows(row, changed, expected);
        }
        applied
    },
);

pub(crate) const OBJECT_OR_OTHER: Patch = upstream_bug(
    "object-or-other",
    "declared as an object, and met as a bare value: any other JSON is kept as it is",
    "accounts as strings in actual-server's types; a scalar balance guarded against in firefly-iii data-importer `Model/Transaction.php`",
    |document| {
        let mut applied = Applied::default();
        // The last was never met. All its members are optional, so that a list would be read as one, by position.
        for (row, expected) in [
            ("*.creditorAccount", 1),
            ("*.debtorAccount", 1),
            ("*.balanceAfterTransaction", 1),
            ("*.additionalAccountData", 1),
        ] {
            let changed = schemas::at_place(document, row, &mut |schema| rust_type::wrap(schema, "OrOther"));
            applied.rows(row, changed, expected);
        }
        applied
    },
);

/// Component and member that reads as empty if it is missing, null, or nothing that can be read. Of a response as a whole no
/// member can be required: one unexpected member must not make the others unreadable.
const READS_AS_EMPTY: &[(&str, &str)] = &[
    ("AccountDetail", "account"),
    ("AccountTransactions", "transactions"),
    ("EndUserAgreement", "institution_id"),
    ("Integration", "name"),
    ("IntegrationRetrieve", "id"),
    ("IntegrationRetrieve", "name"),
    ("ReconfirmationRetrieve", "accounts"),
    ("Requisition", "institution_id"),
    ("SuccessfulDeleteResponse", "detail"),
    ("SuccessfulDeleteResponse", "summary"),
    ("TransactionAmountSchema", "currency"),
];

pub(crate) const MISSING_IS_EMPTY: Patch = upstream_bug(
    "missing-is-empty",
    "lists and members of responses that may be missing, null or odd; required in client.json, so that the generator puts no `Option` around the type, which takes a missing member by itself",
    "balances: actual-server `integration-bank.js`; `booked` and `pending`: firefly-iii data-importer, the OCA provider reads them with `.get(…)`; an amount without a currency: martinohansen/ynabber `nordigen-transactions.json`",
    |document| {
        let mut applied = Applied::default();
        schemas::each_schema_mut(document, &[Side::Response], &mut |schema| {
            let members = schema.get("properties").and_then(Value::as_object);
            let lists = members
                .into_iter()
                .flatten()
                .filter(|(_, member)| member["type"] == "array" && member.get(rust_type::KEY).is_none());
            let names: Vec<String> = lists.map(|(name, _)| name.clone()).collect();
            for name in names {
                applied.changed += usize::from(replaced(schema, &name, rust_type::entries));
            }
        });
        // The list that is a response as it is.
        for place in document.places() {
            let success = format!("{}/responses/200/content/application~1json/schema", place.pointer());
            let list =
                document.object_mut(&success).filter(|schema| schema.get("type") == Some(&json!("array")));
            applied.changed += usize::from(list.is_some_and(rust_type::entries));
        }
        for (schema, member) in READS_AS_EMPTY {
            let component = document.schema_mut(schema).and_then(Value::as_object_mut);
            let or_empty = |member: &mut Map<String, Value>| rust_type::wrap(member, "OrEmpty");
            let changed = component.is_some_and(|component| replaced(component, member, or_empty));
            applied.row(format!("{schema}.{member}"), usize::from(changed));
        }
        applied
    },
);

/// Gives a member another type, and makes it required.
fn replaced(
    schema: &mut Map<String, Value>,
    member: &str,
    replace: impl Fn(&mut Map<String, Value>) -> bool,
) -> bool {
    let found = schema.get_mut("properties").and_then(|members| members.get_mut(member)?.as_object_mut());
    let changed = found.is_some_and(replace);
    if changed && !schemas::is_required(schema, member) {
        let required = schema.entry("required").or_insert_with(|| json!([]));
        required.as_array_mut().into_iter().for_each(|required| required.push(json!(member)));
    }
    changed
}
