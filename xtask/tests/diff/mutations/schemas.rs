//! Schemas: choices, compositions, errors, values, and components with other names.

use serde_json::{Map, Value, json};

use crate::edit::Worst::{Breaking, Compatible, Nothing, Text};
use crate::edit::{
    ACCOUNT, Edit, body, check, check_after, members, reference, remove, rename, schemas, set, split, success,
};

const REQUISITIONS: &str = "/api/v2/requisitions/";
const JSON: &str = "application/json";

fn member<'d>(document: &'d mut Value, schema: &str, name: &str) -> &'d mut Value {
    &mut members(document, schema)[name]
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn integer() -> Value {
    json!({ "type": "integer" })
}

/// Makes a choice of a member and one more alternative, with some of its keys next to the choice.
fn choose(member: &mut Value, key: &str, more: &Value, outside: &[&str]) {
    let mut first = member.take();
    let mut choice = Map::new();
    for key in outside {
        choice.insert((*key).to_owned(), remove(&mut first, key));
    }
    choice.insert(key.to_owned(), json!([first, more]));
    *member = Value::Object(choice);
}

/// Puts the members of a schema into parts, of which each holds so many.
fn parts(document: &mut Value, schema: &str, size: usize) -> Vec<Value> {
    let members: Vec<_> =
        schemas(document)[schema]["properties"].as_object().unwrap().clone().into_iter().collect();
    members
        .chunks(size)
        .map(|chunk| json!({ "properties": chunk.iter().cloned().collect::<Map<_, _>>() }))
        .collect()
}

/// Another alternative for what is sent.
const CHOICES_SENT: &[Edit] = &[
    Edit(
        "any of the old form and another",
        |d| choose(member(d, "RequisitionRequest", "ssn"), "anyOf", &integer(), &[]),
        Compatible,
        Breaking,
        &["schema RequisitionRequest (sent)", "`ssn`: can ", "be an integer"],
    ),
    Edit(
        "a default within the old form",
        |d| choose(member(d, "EndUserAgreementRequest", "access_valid_for_days"), "oneOf", &text(), &[]),
        Compatible,
        Breaking,
        &["`access_valid_for_days`: can ", "be a string"],
    ),
    Edit(
        "a default beside the choice",
        |d| {
            choose(
                member(d, "EndUserAgreementRequest", "access_valid_for_days"),
                "oneOf",
                &text(),
                &["default", "description", "title"],
            );
        },
        Compatible,
        Breaking,
        &["`access_valid_for_days`: can ", "be a string", "1 change:"],
    ),
    Edit(
        "a choice without the default",
        |d| {
            let days = member(d, "EndUserAgreementRequest", "access_valid_for_days");
            choose(days, "oneOf", &text(), &["default"]);
            remove(days, "default");
        },
        Breaking,
        Breaking,
        &["`access_valid_for_days`: the default"],
    ),
    Edit(
        "a lower limit of the old form",
        |d| {
            let reference = member(d, "RequisitionRequest", "reference");
            choose(reference, "oneOf", &integer(), &[]);
            reference["oneOf"][0]["maxLength"] = json!(10);
        },
        Breaking,
        Breaking,
        &["`reference"],
    ),
    Edit(
        "another form of the items of a list",
        |d| {
            member(d, "ReconfirmationRetrieveRequest", "redirect")["items"] =
                json!({ "oneOf": [{}, integer()] });
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "another component as a body",
        |d| {
            schemas(d)["Extra"] =
                json!({ "type": "object", "required": ["z"], "properties": { "z": text() } });
            body(d, REQUISITIONS)[JSON]["schema"] =
                json!({ "oneOf": [reference("RequisitionRequest"), reference("Extra")] });
        },
        Compatible,
        Breaking,
        &["POST /api/v2/requisitions/", "body: can ", "be `Extra`", "- schema Extra (sent) is "],
    ),
];

/// Another alternative for what is received.
const CHOICES_RECEIVED: &[Edit] = &[
    Edit(
        "the old form and another",
        |d| choose(member(d, "Account", "name"), "oneOf", &integer(), &[]),
        Breaking,
        Compatible,
        &["schema Account (received)", "`name`: can ", "be an integer"],
    ),
    Edit(
        "read-only beside the choice",
        |d| choose(member(d, "Account", "iban"), "oneOf", &integer(), &["readOnly", "description"]),
        Breaking,
        Compatible,
        &["`iban`: can ", "be an integer", "1 change:"],
    ),
    Edit(
        "null as an alternative",
        |d| choose(member(d, "Account", "iban"), "anyOf", &json!({ "enum": [null], "nullable": true }), &[]),
        Breaking,
        Compatible,
        &["`iban`: ", "be null"],
    ),
    Edit(
        "null as a component",
        |d| {
            schemas(d)["NullEnum"] = json!({ "enum": [null] });
            choose(member(d, "Requisition", "status"), "oneOf", &reference("NullEnum"), &[]);
        },
        Breaking,
        Compatible,
        &["schema Requisition (received)", "`status`: ", "be null"],
    ),
    Edit(
        "the empty text as a component",
        |d| {
            schemas(d)["BlankEnum"] = json!({ "enum": [""] });
            choose(member(d, "Requisition", "status"), "oneOf", &reference("BlankEnum"), &[]);
        },
        // As a value more in the list: this client keeps values that it does not know.
        Compatible,
        Compatible,
        &["schema Requisition (received)", "`status`: can ", "be `BlankEnum`"],
    ),
];

/// A choice that there is, of `a` in a request and in a response.
const OF_A_CHOICE: &[Edit] = &[
    Edit(
        "another order",
        |d| member(d, "RequisitionRequest", "ssn")["oneOf"].as_array_mut().unwrap().reverse(),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "null said of the whole and not of one",
        |d| {
            let ssn = member(d, "RequisitionRequest", "ssn");
            remove(&mut ssn["oneOf"][0], "nullable");
            ssn["nullable"] = json!(true);
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "one more that is sent",
        |d| {
            member(d, "RequisitionRequest", "ssn")["oneOf"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "type": "boolean" }));
        },
        Compatible,
        Breaking,
        &["`ssn`: can ", "be a boolean"],
    ),
    Edit(
        "one more that is received",
        |d| member(d, "Account", "iban")["oneOf"].as_array_mut().unwrap().push(json!({ "type": "boolean" })),
        Breaking,
        Compatible,
        &["`iban`: can ", "be a boolean"],
    ),
    Edit(
        "several at once in a request",
        |d| {
            let ssn = member(d, "RequisitionRequest", "ssn");
            ssn["anyOf"] = remove(ssn, "oneOf");
        },
        Compatible,
        Breaking,
        &["`ssn`: ", "several of the alternatives at once"],
    ),
    Edit(
        "free JSON in a response",
        |d| *member(d, "Account", "iban") = json!({}),
        Breaking,
        Compatible,
        &["schema Account (received)", "`iban`: ", "free JSON"],
    ),
    Edit(
        "free JSON in a request",
        |d| *member(d, "RequisitionRequest", "ssn") = json!({}),
        Compatible,
        Breaking,
        &["schema RequisitionRequest (sent)", "`ssn`: ", "free JSON"],
    ),
];

/// Parts of the same members, and of others.
const PARTS: &[Edit] = &[
    Edit("two parts of a long schema", |d| split(d, "TransactionSchema"), Nothing, Nothing, &[]),
    Edit("two parts of a page", |d| split(d, "PaginatedRequisitionList"), Nothing, Nothing, &[]),
    Edit("two parts of a request", |d| split(d, "EndUserAgreementRequest"), Nothing, Nothing, &[]),
    Edit(
        "many parts without a type, and one with what is required",
        |d| {
            let mut list = parts(d, "RequisitionRequest", 3);
            list.push(json!({ "required": schemas(d)["RequisitionRequest"]["required"] }));
            let description = schemas(d)["RequisitionRequest"]["description"].take();
            schemas(d)["RequisitionRequest"] = json!({ "description": description, "allOf": list });
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "parts within parts",
        |d| {
            split(d, "Account");
            let parts = schemas(d)["Account"]["allOf"].as_array().unwrap().clone();
            schemas(d)["Account"]["allOf"] = json!([parts[0], { "allOf": [parts[1]] }]);
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a member in both parts in other words",
        |d| {
            let mut id = member(d, "Account", "id").clone();
            id["description"] = json!("Other words.");
            split(d, "Account");
            schemas(d)["Account"]["allOf"][1]["properties"]["id"] = id;
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a schema that takes over another one",
        |d| {
            let (base, whole) = (schemas(d)["Integration"].clone(), schemas(d)["IntegrationRetrieve"].take());
            let own = whole["properties"].as_object().unwrap().iter();
            let own: Map<_, _> = own
                .filter(|(name, _)| base["properties"].get(name).is_none())
                .map(|(name, member)| (name.clone(), member.clone()))
                .collect();
            let part = json!({ "type": "object", "required": ["identification_codes", "supported_features"], "properties": own });
            schemas(d)["IntegrationRetrieve"] =
                json!({ "description": whole["description"], "allOf": [reference("Integration"), part] });
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a member more in a part",
        |d| {
            split(d, "Account");
            schemas(d)["Account"]["allOf"][1]["properties"]["colour"] = text();
        },
        Compatible,
        Breaking,
        &["schema Account (received)", "`colour`: is ", "1 change:"],
    ),
    Edit(
        "a required member more in a part",
        |d| {
            split(d, "RequisitionRequest");
            schemas(d)["RequisitionRequest"]["allOf"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "required": ["ssn"] }));
        },
        Breaking,
        Compatible,
        &["schema RequisitionRequest (sent)", "`ssn`: is now ", "1 change:"],
    ),
    Edit(
        "parts that contradict each other",
        |d| {
            schemas(d)["Account"] =
                json!({ "allOf": [schemas(d)["Account"], { "properties": { "iban": integer() } }] });
        },
        Breaking,
        Breaking,
        &["schema Account (received)", "`allOf` is "],
    ),
    Edit(
        "wrapped in a composition of one within one of one",
        |d| {
            success(d, ACCOUNT)["content"][JSON]["schema"] =
                json!({ "allOf": [{ "oneOf": [{ "anyOf": [reference("Account")] }] }] });
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a component that is nothing but another one",
        |d| {
            schemas(d)["Alias"] = reference("Account");
            success(d, ACCOUNT)["content"][JSON]["schema"] = reference("Alias");
        },
        Compatible,
        Compatible,
        &["GET /api/v2/accounts/{id}/", "response 200: is now ", "of the same shape"],
    ),
];

/// What failures look like, which this client reads alike whatever is declared.
const ERRORS: &[Edit] = &[
    Edit(
        "another type of a member",
        |d| *member(d, "ErrorResponse", "status_code") = text(),
        Compatible,
        Compatible,
        &["schema ErrorResponse (in no request or successful response)", "`status_code`: is now "],
    ),
    Edit(
        "no required member",
        |d| drop(remove(&mut schemas(d)["ErrorResponse"], "required")),
        Compatible,
        Compatible,
        &["schema ErrorResponse", "`summary`", "optional"],
    ),
    Edit(
        "text",
        |d| schemas(d)["ErrorResponse"] = text(),
        Compatible,
        Compatible,
        &["schema ErrorResponse", "is now "],
    ),
    Edit(
        "a choice under another name",
        |d| {
            rename(d, "ErrorResponse", "Problem");
            schemas(d)["Problem"] =
                json!({ "oneOf": [text(), { "type": "object", "properties": { "a": text() } }] });
        },
        Compatible,
        Compatible,
        &["GET /api/v2/accounts/{id}/"],
    ),
];

/// Values, each where it is sent and where it is received.
const VALUES: &[Edit] = &[
    Edit(
        "a day instead of an instant",
        |d| member(d, "Account", "created")["format"] = json!("date"),
        Breaking,
        Breaking,
        &["schema Account (received)", "`created`: now has the format"],
    ),
    Edit(
        "text instead of an integer in a request",
        |d| member(d, "EndUserAgreementRequest", "max_historical_days")["type"] = json!("string"),
        Breaking,
        Breaking,
        &["`max_historical_days`: is now "],
    ),
    Edit(
        "a number instead of an integer in a request",
        |d| member(d, "EndUserAgreementRequest", "max_historical_days")["type"] = json!("number"),
        Compatible,
        Breaking,
        &["`max_historical_days`: is now "],
    ),
    Edit(
        "write-only in a response",
        |d| set(member(d, "Account", "iban"), json!({ "writeOnly": true, "readOnly": false })),
        Breaking,
        Compatible,
        &["`iban`: is now "],
    ),
    Edit(
        "null in a request",
        |d| member(d, "RequisitionRequest", "ssn")["nullable"] = json!(true),
        Compatible,
        Breaking,
        &["`ssn`: "],
    ),
    Edit(
        "null as a component",
        |d| schemas(d)["StatusEnum"]["nullable"] = json!(true),
        Breaking,
        Compatible,
        &["schema StatusEnum"],
    ),
    Edit(
        "a component of another type",
        |d| schemas(d)["StatusEnum"] = integer(),
        Breaking,
        Breaking,
        &["schema StatusEnum (received)", "is now "],
    ),
    Edit(
        "no undeclared members in a request",
        |d| schemas(d)["RequisitionRequest"]["additionalProperties"] = json!(false),
        Breaking,
        Compatible,
        &["schema RequisitionRequest (sent)", "undeclared members"],
    ),
    Edit(
        "another default in a request",
        |d| member(d, "RequisitionRequest", "redirect_immediate")["default"] = json!(true),
        Breaking,
        Breaking,
        &["`redirect_immediate`: the default is now"],
    ),
    Edit(
        "no default in a response",
        |d| drop(remove(member(d, "Requisition", "redirect_immediate"), "default")),
        Compatible,
        Compatible,
        &["`redirect_immediate`: the default"],
    ),
    Edit(
        "required in a request",
        |d| schemas(d)["RequisitionRequest"]["required"].as_array_mut().unwrap().push(json!("ssn")),
        Breaking,
        Compatible,
        &["schema RequisitionRequest (sent)", "`ssn`: is now "],
    ),
    Edit(
        "optional in a response",
        |d| schemas(d)["Integration"]["required"].as_array_mut().unwrap().retain(|name| name != "logo"),
        Breaking,
        Compatible,
        &["schema Integration (received)", "`logo`: is now "],
    ),
    Edit(
        "another order of what is required and of values",
        |d| {
            schemas(d)["RequisitionRequest"]["required"].as_array_mut().unwrap().reverse();
            schemas(d)["StatusEnum"]["enum"].as_array_mut().unwrap().reverse();
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "what a schema says anyway",
        |d| {
            remove(&mut schemas(d)["Account"], "type");
            set(
                member(d, "EndUserAgreementRequest", "access_scope"),
                json!({ "minItems": 0, "uniqueItems": false }),
            );
            set(
                &mut schemas(d)["RequisitionRequest"],
                json!({ "minProperties": 0, "additionalProperties": true }),
            );
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a title",
        |d| schemas(d)["Account"]["title"] = json!("Account"),
        Text,
        Text,
        &["schema Account", "the title is "],
    ),
];

/// Components with other names.
const NAMES: &[Edit] = &[
    Edit(
        "the two amounts as one with another name",
        |d| {
            let amount = schemas(d)["TransactionAmountSchema"].clone();
            for name in ["TransactionAmountSchema", "BalanceAmountSchema"] {
                rename(d, name, "Amount");
                schemas(d)["Amount"] = amount.clone();
            }
        },
        Compatible,
        Compatible,
        &["`Amount`", "AmountSchema"],
    ),
    Edit(
        "renamed with a value more",
        |d| {
            rename(d, "StatusEnum", "Status1c5Enum");
            schemas(d)["Status1c5Enum"]["enum"].as_array_mut().unwrap().push(json!("ZZ"));
        },
        Compatible,
        Compatible,
        &["schema Status", "was called `Status", "`ZZ`", "2 changes:"],
    ),
    Edit(
        "renamed without a member",
        |d| {
            rename(d, "Requisition", "RequisitionV2");
            remove(members(d, "RequisitionV2"), "ssn");
        },
        Breaking,
        Compatible,
        &["schema Requisition", "was called `Requisition", "`ssn`: is ", "2 changes:"],
    ),
    Edit(
        "a request renamed with a member more",
        |d| {
            rename(d, "RequisitionRequest", "RequisitionInput");
            *member(d, "RequisitionInput", "colour") = text();
        },
        Compatible,
        Breaking,
        &["(sent)", "was called `Requisition", "`colour`: is ", "2 changes:"],
    ),
    Edit(
        "a list and its entries renamed and changed",
        |d| {
            rename(d, "AccountTransactions", "TransactionPage");
            rename(d, "TransactionSchema", "TransactionEntry");
            *member(d, "TransactionPage", "colour") = text();
            *member(d, "TransactionEntry", "colour") = text();
        },
        Compatible,
        Breaking,
        &["schema Transaction", "was called `Transaction", "`colour`: is ", "4 changes:"],
    ),
    Edit(
        "another component with few of the members",
        |d| {
            rename(d, "Account", "Wallet");
            let id = member(d, "Wallet", "id").take();
            schemas(d)["Wallet"] =
                json!({ "type": "object", "properties": { "id": id, "a": text(), "b": text() } });
        },
        Breaking,
        Breaking,
        &["GET /api/v2/accounts/{id}/", "response 200: is now ", "of another shape"],
    ),
];

#[test]
fn a_choice_in_a_request_is_judged_by_its_alternatives() {
    check_after(
        |d| *member(d, "ReconfirmationRetrieveRequest", "redirect") = json!({ "type": "array", "items": {} }),
        CHOICES_SENT,
    );
}

#[test]
fn a_choice_in_a_response_is_judged_by_its_alternatives() {
    check(CHOICES_RECEIVED);
}

#[test]
fn it_does_not_matter_in_which_order_and_where_a_choice_says_something() {
    let choices = |d: &mut Value| {
        member(d, "RequisitionRequest", "ssn")["nullable"] = json!(true);
        choose(member(d, "RequisitionRequest", "ssn"), "oneOf", &integer(), &[]);
        choose(member(d, "Account", "iban"), "oneOf", &integer(), &[]);
    };
    check_after(choices, OF_A_CHOICE);
}

#[test]
fn parts_are_judged_by_what_they_make_together() {
    check(PARTS);
}

#[test]
fn the_form_of_an_error_breaks_nothing() {
    check(ERRORS);
}

#[test]
fn values_are_judged_by_whether_they_are_sent_or_received() {
    check(VALUES);
}

#[test]
fn what_was_renamed_and_changed_is_named_with_what_changed() {
    check(NAMES);
}
