//! Operations, parameters, bodies and responses.

use serde_json::{Value, json};

use crate::edit::Worst::{Breaking, Compatible, Nothing};
use crate::edit::{
    ACCOUNT, AGREEMENTS, Edit, INSTITUTIONS, body, check, check_after, members, parameter, reference, remove,
    schemas, set, success,
};

const ACCEPT: &str = "/api/v2/agreements/enduser/{id}/accept/";
const RECONFIRM: &str = "/api/v2/agreements/enduser/{id}/reconfirm/";
const REQUISITIONS: &str = "/api/v2/requisitions/";
const JSON: &str = "application/json";

fn responses(document: &mut Value) -> &mut Value {
    &mut document["paths"][ACCOUNT]["get"]["responses"]
}

fn failure(schema: &Value) -> Value {
    json!({ "description": "Error.", "content": { JSON: { "schema": schema } } })
}

/// A parameter more of the list of institutions.
fn with_parameter(document: &mut Value, parameter: Value) {
    document["paths"][INSTITUTIONS]["get"]["parameters"].as_array_mut().unwrap().push(parameter);
}

/// Gives a member of an object another name.
fn renamed(object: &mut Value, from: &str, to: &str) {
    let value = remove(object, from);
    object[to] = value;
}

/// What a parameter or a path says anyway.
const RESTATED: &[Edit] = &[
    Edit(
        "style alone",
        |d| parameter(d, AGREEMENTS, "limit")["style"] = json!("form"),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "explode alone",
        |d| parameter(d, AGREEMENTS, "limit")["explode"] = json!(true),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "explode of one value",
        |d| parameter(d, INSTITUTIONS, "country")["explode"] = json!(false),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "not required",
        |d| parameter(d, INSTITUTIONS, "country")["required"] = json!(false),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "not deprecated",
        |d| d["paths"][ACCOUNT]["get"]["deprecated"] = json!(false),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a body that is not required",
        |d| d["paths"][RECONFIRM]["post"]["requestBody"]["required"] = json!(false),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "another order of parameters",
        |d| d["paths"][INSTITUTIONS]["get"]["parameters"].as_array_mut().unwrap().reverse(),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a parameter as a component",
        |d| {
            d["components"]["parameters"] = json!({ "Limit": parameter(d, AGREEMENTS, "limit").take() });
            let list = d["paths"][AGREEMENTS]["get"]["parameters"].as_array_mut().unwrap();
            *list.iter_mut().find(|parameter| parameter.is_null()).unwrap() =
                json!({ "$ref": "#/components/parameters/Limit" });
        },
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "a response and a body as components",
        |d| {
            d["components"]["responses"] = json!({ "NotFound": responses(d)["404"].take() });
            responses(d)["404"] = json!({ "$ref": "#/components/responses/NotFound" });
            d["components"]["requestBodies"] =
                json!({ "Accept": d["paths"][ACCEPT]["put"]["requestBody"].take() });
            d["paths"][ACCEPT]["put"]["requestBody"] = json!({ "$ref": "#/components/requestBodies/Accept" });
        },
        Nothing,
        Nothing,
        &[],
    ),
];

/// Parameters.
const PARAMETERS: &[Edit] = &[
    Edit(
        "no default of the length of a page",
        |d| drop(remove(&mut parameter(d, REQUISITIONS, "limit")["schema"], "default")),
        Breaking,
        Compatible,
        &["GET /api/v2/requisitions/", "parameter `limit`: the default"],
    ),
    Edit(
        "another first page",
        |d| parameter(d, REQUISITIONS, "offset")["schema"]["default"] = json!(1),
        Breaking,
        Breaking,
        &["GET /api/v2/requisitions/", "parameter `offset`: the default is now"],
    ),
    Edit(
        "a filter more",
        |d| with_parameter(d, json!({ "in": "query", "name": "colour", "schema": { "type": "string" } })),
        Compatible,
        Breaking,
        &["GET /api/v2/institutions/", "parameter `colour`: is "],
    ),
    Edit(
        "a filter in a header",
        |d| parameter(d, INSTITUTIONS, "country")["in"] = json!("header"),
        Breaking,
        Breaking,
        &["    parameter `country`: is ", "    header `country`: is "],
    ),
    Edit(
        "an object of its own style",
        |d| parameter(d, INSTITUTIONS, "country")["style"] = json!("deepObject"),
        Breaking,
        Breaking,
        &["parameter `country`: `style`"],
    ),
    Edit(
        "reserved characters",
        |d| parameter(d, INSTITUTIONS, "country")["allowReserved"] = json!(true),
        Breaking,
        Breaking,
        &["parameter `country`: `allowReserved`"],
    ),
    Edit(
        "a list of what is allowed",
        |d| parameter(d, INSTITUTIONS, "country")["schema"]["enum"] = json!(["GB"]),
        Breaking,
        Compatible,
        &["parameter `country`: can "],
    ),
    Edit(
        "another form of a parameter",
        |d| {
            let schema = parameter(d, AGREEMENTS, "limit")["schema"].take();
            parameter(d, AGREEMENTS, "limit")["schema"] = json!({ "oneOf": [schema, { "type": "string" }] });
        },
        Compatible,
        Breaking,
        &["GET /api/v2/agreements/enduser/", "parameter `limit`: can ", "be a string"],
    ),
];

/// A parameter that is a list.
const LISTS: &[Edit] = &[
    Edit(
        "style and explode",
        |d| set(parameter(d, INSTITUTIONS, "ids"), json!({ "style": "form", "explode": true })),
        Nothing,
        Nothing,
        &[],
    ),
    Edit(
        "commas",
        |d| parameter(d, INSTITUTIONS, "ids")["explode"] = json!(false),
        Breaking,
        Breaking,
        &["parameter `ids`: `explode`"],
    ),
    Edit(
        "pipes",
        |d| set(parameter(d, INSTITUTIONS, "ids"), json!({ "style": "pipeDelimited", "explode": false })),
        Breaking,
        Breaking,
        &["parameter `ids`: `style`"],
    ),
];

/// Responses, of which this client reads the success.
const RESPONSES: &[Edit] = &[
    Edit(
        "a default response of a create",
        |d| d["paths"][REQUISITIONS]["post"]["responses"]["default"] = failure(&reference("ErrorResponse")),
        Compatible,
        Compatible,
        &["POST /api/v2/requisitions/", "response default: is "],
    ),
    Edit(
        "a default response of the type of the success",
        |d| responses(d)["default"] = failure(&reference("Account")),
        Compatible,
        Compatible,
        &["GET /api/v2/accounts/{id}/", "response default: is "],
    ),
    Edit(
        "a range of errors",
        |d| responses(d)["4XX"] = json!({ "description": "Error." }),
        Compatible,
        Compatible,
        &["response 4XX: is "],
    ),
    Edit(
        "the success as the default",
        |d| renamed(responses(d), "200", "default"),
        Breaking,
        Breaking,
        &["response 200", "response default"],
    ),
    Edit(
        "a create that answers like a read",
        |d| renamed(&mut d["paths"][REQUISITIONS]["post"]["responses"], "201", "200"),
        Breaking,
        Breaking,
        &["response 200", "response 201"],
    ),
    Edit(
        "links of an error",
        |d| responses(d)["404"]["links"] = json!({ "a": { "operationId": "retrieve account balances" } }),
        Compatible,
        Compatible,
        &["response 404: `links` is "],
    ),
    Edit(
        "links as components",
        |d| d["components"]["links"] = json!({ "A": { "operationId": "retrieve account balances" } }),
        Compatible,
        Compatible,
        &["document", "`links` is "],
    ),
    Edit(
        "a header of an error",
        |d| responses(d)["429"]["headers"] = json!({ "Retry-After": { "schema": { "type": "integer" } } }),
        Compatible,
        Compatible,
        &["response 429, header `Retry-After`"],
    ),
    Edit(
        "no content of an error",
        |d| drop(remove(&mut responses(d)["404"], "content")),
        Compatible,
        Compatible,
        &["response 404: "],
    ),
    Edit(
        "no content of a success",
        |d| drop(remove(&mut responses(d)["200"], "content")),
        Breaking,
        Compatible,
        &["response 200: "],
    ),
    Edit(
        "a page instead of a list",
        |d| {
            let schema = success(d, INSTITUTIONS)["content"][JSON]["schema"].take();
            success(d, INSTITUTIONS)["content"][JSON]["schema"] =
                json!({ "type": "object", "properties": { "results": schema } });
        },
        Breaking,
        Breaking,
        &["GET /api/v2/institutions/", "response 200: is now "],
    ),
];

/// Media types, of which this client uses JSON.
const MEDIA_TYPES: &[Edit] = &[
    Edit(
        "no multipart form",
        |d| drop(remove(body(d, REQUISITIONS), "multipart/form-data")),
        Compatible,
        Compatible,
        &["POST /api/v2/requisitions/", "body: `multipart/form-data`"],
    ),
    Edit(
        "no form of an update",
        |d| {
            let content = &mut d["paths"][ACCEPT]["put"]["requestBody"]["content"];
            remove(content, "application/x-www-form-urlencoded");
        },
        Compatible,
        Compatible,
        &["PUT /api/v2/agreements/enduser/{id}/accept/", "body: `application/x-www-form-urlencoded`"],
    ),
    Edit(
        "a required member of a form",
        |d| {
            body(d, REQUISITIONS)["multipart/form-data"]["schema"] =
                json!({ "type": "object", "required": ["x"], "properties": { "x": { "type": "integer" } } });
        },
        Compatible,
        Compatible,
        &["POST /api/v2/requisitions/", "body `multipart/form-data`"],
    ),
    Edit(
        "how parts of a form are encoded",
        |d| {
            body(d, REQUISITIONS)["multipart/form-data"]["encoding"] =
                json!({ "ssn": { "contentType": "text/plain" } });
        },
        Compatible,
        Compatible,
        &["body `multipart/form-data`: `encoding` is "],
    ),
    Edit(
        "a body with a charset",
        |d| renamed(body(d, REQUISITIONS), JSON, "application/json;charset=UTF-8"),
        Compatible,
        Compatible,
        &["POST /api/v2/requisitions/", "body: the media type is now written"],
    ),
    Edit(
        "a media type with capitals",
        |d| renamed(&mut success(d, INSTITUTIONS)["content"], JSON, "Application/JSON"),
        Compatible,
        Compatible,
        &["GET /api/v2/institutions/", "response 200: the media type is now written"],
    ),
    Edit(
        "any media type of a success",
        |d| renamed(&mut success(d, INSTITUTIONS)["content"], JSON, "*/*"),
        Compatible,
        Compatible,
        &["response 200: the media type is now written"],
    ),
    Edit(
        "another media type of an error",
        |d| renamed(&mut responses(d)["404"]["content"], JSON, "application/problem+json"),
        Compatible,
        Compatible,
        &["response 404: this client has to use"],
    ),
    Edit(
        "another media type of a body",
        |d| renamed(body(d, REQUISITIONS), JSON, "application/vnd.api+json"),
        Breaking,
        Breaking,
        &["body: this client has to use"],
    ),
    Edit(
        "another media type of a success",
        |d| renamed(&mut success(d, INSTITUTIONS)["content"], JSON, "text/csv"),
        Breaking,
        Breaking,
        &["response 200: this client has to use"],
    ),
];

#[test]
fn what_is_restated_around_a_schema_is_not_a_change() {
    check(RESTATED);
}

#[test]
fn edits_of_parameters_have_the_right_verdict_and_place() {
    check(PARAMETERS);
    let list = |d: &mut Value| {
        let schema = json!({ "type": "array", "items": { "type": "string" } });
        with_parameter(d, json!({ "in": "query", "name": "ids", "schema": schema }));
    };
    check_after(list, LISTS);
    let required = |d: &mut Value| parameter(d, AGREEMENTS, "limit")["required"] = json!(true);
    let gone = |d: &mut Value| drop(remove(&mut parameter(d, AGREEMENTS, "limit")["schema"], "default"));
    let edits = [Edit(
        "no default of what is never left out",
        gone,
        Compatible,
        Compatible,
        &["`limit`: the default"],
    )];
    check_after(required, &edits);
}

#[test]
fn edits_of_responses_have_the_right_verdict_and_place() {
    check(RESPONSES);
}

#[test]
fn headers_in_upper_and_lower_case_are_the_same() {
    let edits = [Edit(
        "in lower case",
        |d| {
            renamed(&mut success(d, ACCOUNT)["headers"], "X-A", "x-a");
            parameter(d, ACCOUNT, "X-B")["name"] = json!("x-b");
        },
        Compatible,
        Compatible,
        &["response 200, header `", "is now written `", "header `", "calls stay the same", "2 changes:"],
    )];
    let headers = |d: &mut Value| {
        let header = json!({ "schema": { "type": "string" } });
        success(d, ACCOUNT)["headers"] = json!({ "X-A": header });
        let parameters = d["paths"][ACCOUNT]["get"]["parameters"].as_array_mut().unwrap();
        parameters.push(json!({ "in": "header", "name": "X-B", "schema": { "type": "string" } }));
    };
    check_after(headers, &edits);
}

#[test]
fn edits_of_media_types_have_the_right_verdict_and_place() {
    check(MEDIA_TYPES);
    let form = |d: &mut Value| {
        schemas(d)["Form"] = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        body(d, REQUISITIONS)["multipart/form-data"]["schema"] = reference("Form");
    };
    let edits = [Edit(
        "a component that only a form uses",
        |d| members(d, "Form")["a"]["type"] = json!("integer"),
        Compatible,
        Compatible,
        &["schema Form (in no request or successful response)", "`a`: is now "],
    )];
    check_after(form, &edits);
}
