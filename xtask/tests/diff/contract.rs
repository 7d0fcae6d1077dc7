//! Edits of our contract, each with what it means for callers of this client, and what its reverse means.

use serde_json::json;

use crate::edit::Worst::{Breaking, Compatible, Nothing, Text};
use crate::edit::{
    ACCOUNT, AGREEMENTS, Edit, INSTITUTIONS, TOKEN, body, check, members, parameter, reference, remove,
    rename, schemas, set, split, success,
};

/// What says the same in other words, or nothing that callers of this client can meet.
const RESTATED: &[Edit] = &[
    Edit(
        "style and explode of a query parameter restated",
        |d| set(parameter(d, INSTITUTIONS, "country"), json!({ "style": "form", "explode": true })),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "flags that are off restated",
        |d| {
            let off = json!({ "allowReserved": false, "allowEmptyValue": false, "deprecated": false });
            set(parameter(d, INSTITUTIONS, "country"), off);
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "style of a path parameter restated",
        |d| set(parameter(d, ACCOUNT, "id"), json!({ "style": "simple", "explode": false })),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "style of a header of a response restated",
        |d| {
            let header = json!({ "X-A": { "style": "simple", "schema": { "type": "string" } } });
            success(d, ACCOUNT)["headers"] = header;
        },
        Compatible,
        Breaking,
        &["header `X-A`"],
    ),
    Edit(
        "a minimum length of nothing, and what is not exclusive",
        |d| {
            let member = &mut members(d, "EndUserAgreementRequest")["max_historical_days"];
            set(member, json!({ "exclusiveMinimum": false, "nullable": false, "readOnly": false }));
            set(&mut members(d, "RequisitionRequest")["ssn"], json!({ "minLength": 0 }));
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "undeclared members allowed in words",
        |d| schemas(d)["Account"]["additionalProperties"] = json!({}),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "another hint at the form of the token",
        |d| d["components"]["securitySchemes"]["jwtAuth"]["bearerFormat"] = json!("JWS"),
        Text,
        Text,
        &["security scheme `jwtAuth`"],
    ),
    Edit(
        "no hint at the form of the token",
        |d| drop(remove(&mut d["components"]["securitySchemes"]["jwtAuth"], "bearerFormat")),
        Text,
        Text,
        &["security scheme `jwtAuth`"],
    ),
    Edit(
        "a server with a slash at its end",
        |d| d["servers"][0]["url"] = json!(format!("{}/", d["servers"][0]["url"].as_str().unwrap())),
        Text,
        Text,
        &["the server is now written"],
    ),
    Edit(
        "a parameter of all methods of a path",
        |d| {
            let id = d["paths"][ACCOUNT]["get"]["parameters"][0].clone();
            remove(&mut d["paths"][ACCOUNT]["get"], "parameters");
            d["paths"][ACCOUNT]["parameters"] = json!([id]);
        },
        Nothing,
        Nothing,
        &[],
    ),
];

/// What is around the schemas.
const AROUND: &[Edit] = &[
    Edit(
        "links",
        |d| {
            success(d, ACCOUNT)["links"] = json!({ "a": { "operationId": "retrieve account balances" } });
        },
        Compatible,
        Compatible,
        &["GET /api/v2/accounts/{id}/", "response 200: `links`"],
    ),
    Edit(
        "callbacks",
        |d| {
            d["paths"][TOKEN]["post"]["callbacks"] = json!({ "a": { "{$url}": { "post": {} } } });
        },
        Compatible,
        Compatible,
        &["POST /api/v2/token/new/", "`callbacks`"],
    ),
    Edit(
        "a default response beside a success",
        |d| {
            let content = json!({ "application/json": { "schema": reference("ErrorResponse") } });
            d["paths"][ACCOUNT]["get"]["responses"]["default"] =
                json!({ "description": "Error.", "content": content });
        },
        Compatible,
        Compatible,
        &["GET /api/v2/accounts/{id}/", "response default"],
    ),
    Edit(
        "another error",
        |d| d["paths"][ACCOUNT]["get"]["responses"]["418"] = json!({ "description": "Teapot." }),
        Compatible,
        Compatible,
        &["response 418"],
    ),
    Edit(
        "another success",
        |d| d["paths"][ACCOUNT]["get"]["responses"]["202"] = json!({ "description": "Later." }),
        Breaking,
        Breaking,
        &["response 202"],
    ),
    Edit(
        "no forms for a body",
        |d| {
            remove(body(d, TOKEN), "application/x-www-form-urlencoded");
            remove(body(d, TOKEN), "multipart/form-data");
        },
        Compatible,
        Compatible,
        &["POST /api/v2/token/new/", "body: `multipart/form-data`"],
    ),
    Edit(
        "another schema of a form",
        |d| body(d, TOKEN)["multipart/form-data"]["schema"] = json!({ "type": "string" }),
        Compatible,
        Compatible,
        &["POST /api/v2/token/new/", "body `multipart/form-data`"],
    ),
    Edit(
        "no JSON for a body",
        |d| drop(remove(body(d, TOKEN), "application/json")),
        Breaking,
        Breaking,
        &["POST /api/v2/token/new/", "`application/json`"],
    ),
    Edit(
        "a response in another media type as well",
        |d| success(d, ACCOUNT)["content"]["text/csv"] = json!({ "schema": { "type": "string" } }),
        Compatible,
        Compatible,
        &["response 200: `text/csv`"],
    ),
    Edit(
        "a response with a charset",
        |d| {
            let content = remove(&mut success(d, ACCOUNT)["content"], "application/json");
            success(d, ACCOUNT)["content"]["application/json; charset=utf-8"] = content;
        },
        Compatible,
        Compatible,
        &["GET /api/v2/accounts/{id}/", "application/json; charset=utf-8"],
    ),
    Edit(
        "no default of an optional parameter",
        |d| drop(remove(&mut parameter(d, AGREEMENTS, "offset")["schema"], "default")),
        Breaking,
        Compatible,
        &["GET /api/v2/agreements/enduser/", "parameter `offset`: the default"],
    ),
    Edit(
        "another default of an optional parameter",
        |d| parameter(d, AGREEMENTS, "limit")["schema"]["default"] = json!(20),
        Breaking,
        Breaking,
        &["GET /api/v2/agreements/enduser/", "parameter `limit`: the default is now"],
    ),
    Edit(
        "no default of a member of a request",
        |d| drop(remove(&mut members(d, "EndUserAgreementRequest")["access_valid_for_days"], "default")),
        Breaking,
        Compatible,
        &["schema EndUserAgreementRequest (sent)", "`access_valid_for_days`: the default"],
    ),
    Edit(
        "no default of the items of a list, which are never left out",
        |d| {
            let items = &mut members(d, "EndUserAgreementRequest")["access_scope"]["items"];
            items.as_object_mut().unwrap().entry("default").or_insert(json!("a"));
            items["default"] = json!("balances");
        },
        Compatible,
        Compatible,
        &["schema EndUserAgreementRequest (sent)", "`access_scope[]`: the default"],
    ),
    Edit(
        "another style of a parameter",
        |d| parameter(d, INSTITUTIONS, "country")["style"] = json!("pipeDelimited"),
        Breaking,
        Breaking,
        &["parameter `country`: `style`"],
    ),
    Edit(
        "a required parameter",
        |d| parameter(d, INSTITUTIONS, "country")["required"] = json!(true),
        Breaking,
        Compatible,
        &["parameter `country`"],
    ),
    Edit(
        "another scheme of the token",
        |d| d["components"]["securitySchemes"]["jwtAuth"]["scheme"] = json!("basic"),
        Breaking,
        Breaking,
        &["security scheme `jwtAuth`: `scheme`"],
    ),
    Edit(
        "another server",
        |d| d["servers"][0]["url"] = json!("https://bank.example"),
        Breaking,
        Breaking,
        &["the server `https://bank.example`"],
    ),
    Edit(
        "an operation with schemas of its own",
        |d| {
            schemas(d)["Order"] = json!({ "type": "object", "properties": { "at": reference("OrderTime") } });
            schemas(d)["OrderTime"] = json!({ "type": "string", "format": "date-time" });
            let content = json!({ "application/json": { "schema": reference("Order") } });
            d["paths"]["/api/v2/orders/"]["get"] = json!({
                "operationId": "orders", "responses": { "200": { "description": "It.", "content": content } },
            });
        },
        Compatible,
        Breaking,
        &[
            "  GET /api/v2/orders/\n",
            "- schema Order (received) is ",
            "- schema OrderTime (received) is ",
            "1 change:",
        ],
    ),
];

/// Schemas.
const SCHEMAS: &[Edit] = &[
    Edit(
        "the old form and another one in a request",
        |d| {
            let member = members(d, "RequisitionRequest")["reference"].take();
            members(d, "RequisitionRequest")["reference"] =
                json!({ "oneOf": [member, { "type": "integer" }] });
        },
        Compatible,
        Breaking,
        &["schema RequisitionRequest (sent)", "`reference`: can ", "be an integer"],
    ),
    Edit(
        "the old form and another one in a response",
        |d| {
            let member = members(d, "Account")["iban"].take();
            members(d, "Account")["iban"] = json!({ "anyOf": [{ "type": "integer" }, member] });
        },
        Breaking,
        Compatible,
        &["schema Account (received)", "`iban`: can ", "be an integer"],
    ),
    Edit(
        "the old component and another one in a response",
        |d| {
            let both = json!({ "oneOf": [reference("Account"), reference("Requisition")] });
            success(d, ACCOUNT)["content"]["application/json"]["schema"] = both;
        },
        Breaking,
        Compatible,
        &["GET /api/v2/accounts/{id}/", "response 200: can ", "be `Requisition`", "1 change:"],
    ),
    Edit("a response in two parts of the same members", |d| split(d, "BalanceSchema"), Nothing, Nothing, &[]),
    Edit(
        "a request in two parts of the same members",
        |d| split(d, "RequisitionRequest"),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a part of a response as a component of its own",
        |d| {
            split(d, "BalanceSchema");
            let part = schemas(d)["BalanceSchema"]["allOf"][0].take();
            schemas(d)["BalanceBase"] = part;
            schemas(d)["BalanceSchema"]["allOf"][0] = reference("BalanceBase");
        },
        Compatible,
        Compatible,
        &["schema BalanceBase (received)"],
    ),
    Edit(
        "a response that inherits a component and requires one of its members",
        |d| {
            schemas(d)["AccountBase"] = schemas(d)["Account"].clone();
            schemas(d)["Account"] = json!({
                "allOf": [reference("AccountBase")], "description": schemas(d)["Account"]["description"],
                "properties": {}, "required": ["iban"],
            });
        },
        Compatible,
        Breaking,
        &["schema Account (received)", "`iban`: is now "],
    ),
    Edit(
        "a response in two parts, without one of its members",
        |d| {
            split(d, "BalanceSchema");
            remove(&mut schemas(d)["BalanceSchema"]["allOf"][1]["properties"], "referenceDate");
        },
        Breaking,
        Compatible,
        &["schema BalanceSchema (received)", "`referenceDate`: is ", "1 change:"],
    ),
    Edit(
        "an error without one of its members",
        |d| drop(remove(members(d, "ErrorResponse"), "summary")),
        Compatible,
        Compatible,
        &["schema ErrorResponse (in no request or successful response)"],
    ),
    Edit(
        "another schema of all errors",
        |d| {
            rename(d, "ErrorResponse", "Problem");
            schemas(d)["Problem"] =
                json!({ "type": "object", "properties": { "title": { "type": "string" } } });
        },
        Compatible,
        Compatible,
        &["GET /api/v2/accounts/{id}/"],
    ),
    Edit(
        "an error of another type in place",
        |d| {
            let content = json!({ "application/json": { "schema": { "type": "string" } } });
            d["paths"][ACCOUNT]["get"]["responses"]["404"]["content"] = content;
        },
        Compatible,
        Compatible,
        &["response 404: is now "],
    ),
    Edit(
        "two equal components merged",
        |d| {
            let before = d.to_string();
            let after = before.replace("schemas/TransactionAmountSchema\"", "schemas/BalanceAmountSchema\"");
            *d = serde_json::from_str(&after).unwrap();
            remove(schemas(d), "TransactionAmountSchema");
        },
        Compatible,
        Compatible,
        &["`BalanceAmountSchema`", "- schema TransactionAmountSchema (received) is "],
    ),
    Edit(
        "a renamed component",
        |d| rename(d, "Account", "AccountV2"),
        Compatible,
        Compatible,
        &["was called `Account", "1 change:"],
    ),
    Edit(
        "a renamed component that others refer to",
        |d| rename(d, "Requisition", "RequisitionV2"),
        Compatible,
        Compatible,
        &["was called `Requisition", "1 change:"],
    ),
    Edit(
        "a renamed component with a member more",
        |d| {
            rename(d, "Account", "AccountV2");
            members(d, "AccountV2")["colour"] = json!({ "type": "string" });
        },
        Compatible,
        Breaking,
        &["schema Account", "was called `Account", "`colour`: is ", "2 changes:"],
    ),
    Edit(
        "a component written in place",
        |d| {
            let schema = schemas(d)["Account"].clone();
            success(d, ACCOUNT)["content"]["application/json"]["schema"] = schema;
            remove(schemas(d), "Account");
        },
        Compatible,
        Compatible,
        &["GET /api/v2/accounts/{id}/", "response 200: is now "],
    ),
    Edit(
        "a value more in a response",
        |d| schemas(d)["StatusEnum"]["enum"].as_array_mut().unwrap().push(json!("ZZ")),
        Compatible,
        Compatible,
        &["schema StatusEnum (received)", "`ZZ`"],
    ),
    Edit(
        "a member of a response that may be null",
        |d| members(d, "Account")["created"]["nullable"] = json!(true),
        Breaking,
        Compatible,
        &["schema Account (received)", "`created`: "],
    ),
    Edit(
        "a member of a response that is read-only and required",
        |d| {
            let member = json!({ "type": "string", "readOnly": true });
            members(d, "RequisitionRequest")["colour"] = member;
            schemas(d)["RequisitionRequest"]["required"].as_array_mut().unwrap().push(json!("colour"));
        },
        Compatible,
        Compatible,
        &["schema RequisitionRequest (sent)", "`colour`: is "],
    ),
    Edit(
        "a limit of a response",
        |d| members(d, "Account")["iban"]["maxLength"] = json!(34),
        Compatible,
        Compatible,
        &["schema Account (received)", "`iban`: "],
    ),
    Edit(
        "an unknown key",
        |d| members(d, "Account")["iban"]["unheardOf"] = json!(1),
        Breaking,
        Breaking,
        &["schema Account (received)", "`iban`: `unheardOf` is "],
    ),
];

#[test]
fn what_is_restated_or_cannot_reach_this_client_is_not_a_change() {
    check(RESTATED);
}

#[test]
fn edits_of_operations_have_the_verdict_and_the_place_that_callers_need() {
    check(AROUND);
}

#[test]
fn edits_of_schemas_have_the_verdict_and_the_place_that_callers_need() {
    check(SCHEMAS);
}
