//! What looks like another schema and is the same on the wire, and what looks harmless there and is not.

use serde_json::{Value, json};

use crate::edit::Worst::{Breaking, Compatible, Nothing, Text};
use crate::edit::{
    ACCOUNT, AGREEMENTS, Edit, INSTITUTIONS, TOKEN, body, check, check_after, members, parameter, reference,
    remove, rename, schemas, set, success,
};

const REQUISITIONS: &str = "/api/v2/requisitions/";
const JSON: &str = "application/json";

fn text() -> Value {
    json!({ "type": "string" })
}

fn object() -> Value {
    json!({ "type": "object" })
}

/// The member of a response that is an object without declared members.
fn received(document: &mut Value) -> &mut Value {
    &mut members(document, "ReconfirmationRetrieve")["accounts"]
}

/// A member of a request.
fn sent(document: &mut Value) -> &mut Value {
    &mut members(document, "RequisitionRequest")["meta"]
}

fn response(document: &mut Value) -> &mut Value {
    &mut success(document, ACCOUNT)["content"][JSON]["schema"]
}

/// Requires a member of a request.
fn require(document: &mut Value, schema: &str, member: &str) {
    let schema = schemas(document)[schema].as_object_mut().unwrap();
    schema.entry("required").or_insert(json!([])).as_array_mut().unwrap().push(json!(member));
}

/// Sends and receives the agreement as one component.
fn joined(document: &mut Value) {
    body(document, AGREEMENTS)[JSON]["schema"] = reference("EndUserAgreement");
}

#[test]
fn an_object_without_declared_members_is_still_an_object() {
    check(&[
        Edit("text instead", |d| *received(d) = reference("StatusEnum"), Breaking, Breaking, &["is now "]),
        Edit(
            "a list instead",
            |d| {
                schemas(d)["List"] = json!({ "type": "array", "items": text() });
                *received(d) = reference("List");
            },
            Breaking,
            Breaking,
            &["`accounts`: is now "],
        ),
        Edit(
            "text as well",
            |d| *received(d) = json!({ "oneOf": [object(), text()] }),
            Breaking,
            Compatible,
            &["`accounts`: can ", "be a string"],
        ),
        Edit(
            "a component that may be null",
            |d| *received(d) = json!({ "allOf": [reference("AccountBalance")], "nullable": true }),
            Breaking,
            Breaking,
            &["`accounts`: "],
        ),
        Edit("anything", |d| *received(d) = json!({}), Breaking, Compatible, &["`accounts`: "]),
        Edit(
            "a component without declared members",
            |d| {
                schemas(d)["Outcomes"] = object();
                *received(d) = reference("Outcomes");
            },
            Compatible,
            Compatible,
            &["of the same shape"],
        ),
    ]);
    let language = |d: &mut Value| {
        schemas(d)["Language"] = json!({ "type": "string", "enum": ["en"] });
        *sent(d) = reference("Language");
    };
    check_after(
        language,
        &[
            Edit("an object", |d| *sent(d) = object(), Breaking, Breaking, &["`meta`: is now "]),
            Edit("anything", |d| *sent(d) = json!({}), Compatible, Breaking, &["`meta`: is now "]),
        ],
    );
}

#[test]
fn members_that_a_map_did_not_declare_break_callers_that_send_others() {
    let edits = [
        Edit(
            "in place",
            |d| sent(d)["properties"] = json!({ "a": text() }),
            Breaking,
            Compatible,
            &["`meta`: ", "members"],
        ),
        Edit(
            "as a component",
            |d| {
                schemas(d)["Meta"] = json!({ "type": "object", "properties": { "a": text() } });
                *sent(d) = reference("Meta");
            },
            Breaking,
            Compatible,
            &["`meta`: ", "members"],
        ),
        Edit(
            "a type of all",
            |d| sent(d)["additionalProperties"] = text(),
            Breaking,
            Compatible,
            &["`meta{}`: "],
        ),
    ];
    check_after(|d| *sent(d) = object(), &edits);
}

#[test]
fn a_component_that_says_nothing_is_as_good_as_no_schema() {
    let edits = [
        Edit(
            "in a request",
            |d| members(d, "EndUserAgreementRequest")["access_scope"]["items"] = reference("Anything"),
            Compatible,
            Compatible,
            &["of the same shape"],
        ),
        Edit(
            "in a response",
            |d| members(d, "IntegrationRetrieve")["supported_features"]["items"] = reference("Open"),
            Compatible,
            Compatible,
            &["of the same shape"],
        ),
    ];
    let free = |d: &mut Value| {
        schemas(d)["Anything"] = json!({});
        schemas(d)["Open"] = json!({ "oneOf": [{}, text()] });
        members(d, "EndUserAgreementRequest")["access_scope"]["items"] = json!({});
        members(d, "IntegrationRetrieve")["supported_features"]["items"] = json!({});
    };
    check_after(free, &edits);
}

#[test]
fn what_was_read_only_and_required_is_missing_from_the_requests_of_now() {
    let edits = [Edit(
        "to be sent",
        |d| drop(remove(sent(d), "readOnly")),
        Breaking,
        Breaking,
        &["schema RequisitionRequest (sent)", "`meta`: is now "],
    )];
    let read_only = |d: &mut Value| {
        *sent(d) = json!({ "type": "string", "readOnly": true });
        require(d, "RequisitionRequest", "meta");
    };
    check_after(read_only, &edits);
    let edits = [Edit(
        "to be sent, by the component",
        |d| drop(remove(&mut schemas(d)["Colour"], "readOnly")),
        Breaking,
        Breaking,
        &["`meta`: is now "],
    )];
    let read_only = |d: &mut Value| {
        schemas(d)["Colour"] = json!({ "type": "string", "readOnly": true });
        *sent(d) = reference("Colour");
        require(d, "RequisitionRequest", "meta");
    };
    check_after(read_only, &edits);
}

#[test]
fn what_is_only_below_something_read_only_is_not_sent() {
    let edits = [
        Edit(
            "a limit",
            |d| members(d, "Inner")["a"]["maxLength"] = json!(3),
            Compatible,
            Compatible,
            &["schema Inner (received)"],
        ),
        Edit(
            "a required member",
            |d| require(d, "Inner", "a"),
            Compatible,
            Breaking,
            &["schema Inner (received)"],
        ),
    ];
    for below in [
        (|d| {
            joined(d);
            schemas(d)["Inner"] = json!({ "type": "object", "properties": { "a": text() } });
            members(d, "EndUserAgreement")["inner"] =
                json!({ "allOf": [reference("Inner")], "readOnly": true });
        }) as fn(&mut Value),
        |d| {
            joined(d);
            schemas(d)["Inner"] =
                json!({ "type": "object", "properties": { "a": text() }, "readOnly": true });
            members(d, "EndUserAgreement")["inner"] = reference("Inner");
        },
    ] {
        check_after(below, &edits);
    }
    let write_only = |d: &mut Value| {
        joined(d);
        schemas(d)["Inner"] = json!({ "type": "object", "properties": { "a": text() } });
        members(d, "EndUserAgreement")["inner"] = json!({ "allOf": [reference("Inner")], "writeOnly": true });
    };
    let edits = [Edit(
        "null",
        |d| members(d, "Inner")["a"]["nullable"] = json!(true),
        Compatible,
        Breaking,
        &["schema Inner (sent)"],
    )];
    check_after(write_only, &edits);
}

#[test]
fn that_a_response_is_read_only_goes_without_saying() {
    let edits = [Edit(
        "read-only",
        |d| members(d, "Account")["iban"]["readOnly"] = json!(true),
        Text,
        Text,
        &["schema Account (received)", "`iban`: "],
    )];
    check_after(|d| members(d, "Account")["iban"] = text(), &edits);
}

#[test]
fn headers_of_responses_are_judged_as_members_are() {
    let header = |d: &mut Value| success(d, ACCOUNT)["headers"] = json!({ "X-A": { "schema": text() } });
    check_after(
        header,
        &[
            Edit(
                "required",
                |d| success(d, ACCOUNT)["headers"]["X-A"]["required"] = json!(true),
                Compatible,
                Breaking,
                &["response 200, header `X-A`: is now "],
            ),
            Edit(
                "as a component",
                |d| {
                    d["components"]["headers"] = json!({ "A": success(d, ACCOUNT)["headers"]["X-A"].take() });
                    success(d, ACCOUNT)["headers"]["X-A"] = json!({ "$ref": "#/components/headers/A" });
                },
                Compatible,
                Compatible,
                &["`headers` is "],
            ),
        ],
    );
    let shared = |d: &mut Value| {
        d["components"]["headers"] = json!({ "A": { "schema": text() } });
        success(d, ACCOUNT)["headers"] = json!({ "X-A": { "$ref": "#/components/headers/A" } });
    };
    let edits = [Edit(
        "another type",
        |d| d["components"]["headers"]["A"]["schema"]["type"] = json!("integer"),
        Breaking,
        Breaking,
        &["response 200, header `X-A`: is now "],
    )];
    check_after(shared, &edits);
}

#[test]
fn it_does_not_matter_where_alternatives_are_written() {
    let component = |d: &mut Value| {
        schemas(d)["Either"] = json!({ "oneOf": [reference("Account"), reference("BalanceSchema")] });
        *response(d) = reference("Either");
    };
    let edits = [Edit(
        "in place",
        |d| *response(d) = remove(schemas(d), "Either"),
        Compatible,
        Compatible,
        &["schema Either (received)", "1 change:"],
    )];
    check_after(component, &edits);
    let flat = |d: &mut Value| {
        members(d, "Account")["iban"] =
            json!({ "oneOf": [text(), { "type": "integer" }, { "type": "boolean" }] });
    };
    let edits = [Edit(
        "within one another",
        |d| {
            let inner = json!({ "oneOf": [text(), { "type": "integer" }] });
            members(d, "Account")["iban"] = json!({ "oneOf": [inner, { "type": "boolean" }] });
        },
        Nothing,
        Nothing,
        &[],
    )];
    check_after(flat, &edits);
    check_after(
        |d| members(d, "Account")["iban"] = text(),
        &[Edit(
            "two more within one another",
            |d| {
                let inner = json!({ "oneOf": [{ "type": "integer" }, { "type": "boolean" }] });
                members(d, "Account")["iban"] = json!({ "oneOf": [text(), inner] });
            },
            Breaking,
            Compatible,
            &["be an integer", "be a boolean", "2 changes:"],
        )],
    );
    let nullable = |d: &mut Value| {
        schemas(d)["Word"] = json!({ "type": "string", "nullable": true });
        *sent(d) = json!({ "oneOf": [reference("Word"), { "type": "integer" }] });
    };
    let edits = [Edit(
        "null in place",
        |d| {
            sent(d)["oneOf"][0] = json!({ "type": "string", "nullable": true });
            remove(schemas(d), "Word");
        },
        Compatible,
        Compatible,
        &["schema Word", "1 change:"],
    )];
    check_after(nullable, &edits);
}

#[test]
fn an_alternative_that_another_one_covers_is_not_another() {
    check_after(
        |d| {
            members(d, "Account")["status"] = text();
            *sent(d) = text();
        },
        &[
            Edit(
                "in a response",
                |d| {
                    members(d, "Account")["status"] =
                        json!({ "anyOf": [{ "type": "string", "enum": ["READY"] }, text()] });
                },
                Compatible,
                Compatible,
                &["`status`: can "],
            ),
            Edit(
                "in a request",
                |d| *sent(d) = json!({ "anyOf": [{ "type": "string", "enum": ["READY"] }, text()] }),
                Compatible,
                Compatible,
                &["`meta`: can "],
            ),
        ],
    );
    let value = |d: &mut Value| schemas(d)["StatusEnum"]["enum"].as_array_mut().unwrap().push(json!(""));
    let edits = [Edit(
        "of one value",
        |d| {
            schemas(d)["StatusEnum"]["enum"].as_array_mut().unwrap().pop();
            schemas(d)["BlankEnum"] = json!({ "enum": [""] });
            for name in ["Requisition", "SpectacularRequisition"] {
                members(d, name)["status"] =
                    json!({ "oneOf": [reference("StatusEnum"), reference("BlankEnum")] });
            }
        },
        Compatible,
        Compatible,
        &["be `BlankEnum`"],
    )];
    check_after(value, &edits);
}

#[test]
fn two_components_that_share_a_name_and_no_place_are_two() {
    fn moved(d: &mut Value) {
        rename(d, "Integration", "IntegrationList");
        rename(d, "IntegrationRetrieve", "Integration");
    }
    check(&[
        Edit("names that move along", moved, Compatible, Compatible, &["of the same shape"]),
        Edit(
            "names that are swapped",
            |d| {
                moved(d);
                rename(d, "IntegrationList", "IntegrationRetrieve");
            },
            Compatible,
            Compatible,
            &["of the same shape"],
        ),
    ]);
}

#[test]
fn what_no_call_sends_yet_breaks_no_call() {
    check(&[
        Edit(
            "a new operation sends a component that changed",
            |d| {
                let content = json!({ JSON: { "schema": reference("BalanceAmountSchema") } });
                d["paths"][ACCOUNT]["patch"] = json!({
                    "operationId": "a", "parameters": d["paths"][ACCOUNT]["get"]["parameters"],
                    "requestBody": { "content": content }, "responses": { "204": { "description": "" } },
                });
                members(d, "BalanceAmountSchema")["currency"]["maxLength"] = json!(3);
            },
            Compatible,
            Breaking,
            &["schema BalanceAmountSchema (received)"],
        ),
        Edit(
            "a component that is no longer sent",
            |d| {
                schemas(d)["TokenInput"] = schemas(d)["JWTObtainPairRequest"].clone();
                for content in body(d, TOKEN).as_object_mut().unwrap().values_mut() {
                    content["schema"] = reference("TokenInput");
                }
                members(d, "JWTObtainPairRequest")["otp"] = text();
                require(d, "JWTObtainPairRequest", "otp");
            },
            Compatible,
            Compatible,
            &["`otp`: is "],
        ),
    ]);
}

#[test]
fn ways_to_be_allowed_that_this_client_does_not_take_do_not_count() {
    let schemes = |d: &mut Value| {
        d["components"]["securitySchemes"]["cookieAuth"] =
            json!({ "type": "apiKey", "in": "cookie", "name": "sessionid" });
        d["security"] = json!([{ "cookieAuth": [] }, { "jwtAuth": [] }]);
    };
    check_after(
        schemes,
        &[
            Edit(
                "without the cookie",
                |d| d["security"] = json!([{ "jwtAuth": [] }]),
                Compatible,
                Compatible,
                &["calls now need "],
            ),
            Edit(
                "another cookie",
                |d| d["components"]["securitySchemes"]["cookieAuth"]["name"] = json!("sid"),
                Compatible,
                Compatible,
                &["security scheme `cookieAuth`: `name`"],
            ),
            Edit(
                "without the token",
                |d| d["security"] = json!([{ "cookieAuth": [] }]),
                Breaking,
                Compatible,
                &["calls now need "],
            ),
        ],
    );
    check(&[Edit(
        "the same under another name",
        |d| {
            let scheme = d["components"]["securitySchemes"]["jwtAuth"].clone();
            d["components"]["securitySchemes"]["bearerAuth"] = scheme;
            d["security"] = json!([{ "bearerAuth": [] }]);
        },
        Compatible,
        Compatible,
        &["calls now need "],
    )]);
}

#[test]
fn a_body_that_is_always_sent_may_be_required() {
    check(&[Edit(
        "required",
        |d| {
            d["paths"]["/api/v2/agreements/enduser/{id}/reconfirm/"]["post"]["requestBody"]["required"] =
                json!(true);
        },
        Compatible,
        Compatible,
        &["body: is now "],
    )]);
}

#[test]
fn numbers_are_compared_as_numbers_and_hints_as_hints() {
    check(&[
        Edit(
            "with a fraction of nothing",
            |d| {
                let days = &mut members(d, "EndUserAgreementRequest")["max_historical_days"];
                for key in ["maximum", "default"] {
                    days[key] = json!(days[key].as_f64().unwrap());
                }
            },
            Nothing,
            Nothing,
            &[],
        ),
        Edit(
            "a number with a lower limit",
            |d| {
                set(
                    &mut members(d, "EndUserAgreementRequest")["max_historical_days"],
                    json!({ "type": "number", "maximum": 90 }),
                );
            },
            Breaking,
            Breaking,
            &["`max_historical_days`: the maximum "],
        ),
        Edit(
            "64 bits of what is sent",
            |d| parameter(d, REQUISITIONS, "limit")["schema"]["format"] = json!("int64"),
            Compatible,
            Compatible,
            &["parameter `limit`: the format"],
        ),
        Edit(
            "64 bits of what is received",
            |d| members(d, "PaginatedRequisitionList")["count"]["format"] = json!("int64"),
            Compatible,
            Compatible,
            &["`count`: the format"],
        ),
        Edit(
            "32 bits of what is received",
            |d| members(d, "PaginatedRequisitionList")["count"]["format"] = json!("int32"),
            Compatible,
            Breaking,
            &["`count`: "],
        ),
        Edit(
            "a password",
            |d| {
                members(d, "SpectacularJWTObtain")["access"]["format"] = json!("password");
                members(d, "JWTObtainPairRequest")["secret_key"]["format"] = json!("password");
            },
            Compatible,
            Compatible,
            &["`access`", "`secret_key`"],
        ),
        Edit(
            "both values of a flag",
            |d| members(d, "RequisitionRequest")["account_selection"]["enum"] = json!([true, false]),
            Compatible,
            Compatible,
            &["`account_selection`: "],
        ),
    ]);
    let days = |d: &mut Value| {
        members(d, "EndUserAgreementRequest")["max_historical_days"]["maximum"] = json!(i64::MAX - 1);
    };
    let edits = [Edit(
        "one more than a float distinguishes",
        |d| members(d, "EndUserAgreementRequest")["max_historical_days"]["maximum"] = json!(i64::MAX),
        Compatible,
        Breaking,
        &["`max_historical_days`: the maximum "],
    )];
    check_after(days, &edits);
}

#[test]
fn it_does_not_matter_whether_a_component_says_it_or_each_place_that_uses_it() {
    fn component(d: &mut Value) {
        schemas(d)["Language"] = json!({ "type": "string", "default": "en", "maxLength": 2 });
        *sent(d) = reference("Language");
        schemas(d)["StatusEnum"]["nullable"] = json!(true);
    }
    let edits = [
        Edit(
            "a default and a limit of what is sent",
            |d| {
                set(&mut schemas(d)["Language"], json!({ "minLength": 0 }));
                let said = ["default", "maxLength"].map(|key| remove(&mut schemas(d)["Language"], key));
                let [default, most] = said;
                *sent(d) = json!({ "allOf": [reference("Language")], "default": default, "maxLength": most });
            },
            Compatible,
            Compatible,
            &["schema Language (sent)", "2 changes:"],
        ),
        Edit(
            "null in a response",
            |d| {
                remove(&mut schemas(d)["StatusEnum"], "nullable");
                for name in ["Requisition", "SpectacularRequisition"] {
                    members(d, name)["status"]["nullable"] = json!(true);
                }
            },
            Compatible,
            Compatible,
            &["schema StatusEnum (received)", "1 change:"],
        ),
    ];
    check_after(component, &edits);
    let required = |d: &mut Value| {
        component(d);
        require(d, "RequisitionRequest", "meta");
    };
    let edits = [Edit(
        "a default of what is never left out",
        |d| schemas(d)["Language"]["default"] = json!("lv"),
        Compatible,
        Compatible,
        &["schema Language (sent)", "the default is now"],
    )];
    check_after(required, &edits);
}

/// An account that takes over another schema.
fn derived(document: &mut Value) {
    schemas(document)["Base"] = json!({ "type": "object", "properties": { "id": text() } });
    let own = json!({ "type": "object", "properties": { "k": text(), "m": text() }, "required": ["m"] });
    schemas(document)["Derived"] = json!({ "allOf": [reference("Base"), own] });
}

/// A member of the one becomes one of the other.
fn pulled_up(document: &mut Value) {
    schemas(document)["Base"] =
        json!({ "type": "object", "properties": { "id": text(), "m": text() }, "required": ["m"] });
    let own = json!({ "type": "object", "properties": { "k": text() } });
    schemas(document)["Derived"]["allOf"][1] = own;
}

#[test]
fn a_part_is_judged_by_the_whole_that_it_makes() {
    let received = |d: &mut Value| {
        derived(d);
        *response(d) = reference("Derived");
    };
    check_after(
        received,
        &[
            Edit("a member of the whole", pulled_up, Compatible, Compatible, &["schema Base (received)"]),
            Edit(
                "another type of a member of the part",
                |d| members(d, "Base")["id"] = json!({ "type": "integer" }),
                Breaking,
                Breaking,
                &["schema Derived (received)", "`id`: is now "],
            ),
            Edit(
                "another type in the whole",
                |d| schemas(d)["Derived"]["allOf"][1]["properties"]["id"] = json!({ "type": "integer" }),
                Breaking,
                Breaking,
                &["schema Derived (received)", "`id`: is now "],
            ),
        ],
    );
    let sent = |d: &mut Value| {
        derived(d);
        body(d, REQUISITIONS)[JSON]["schema"] = reference("Derived");
    };
    check_after(
        sent,
        &[
            Edit(
                "a member of the whole that is sent",
                pulled_up,
                Compatible,
                Compatible,
                &["schema Base (sent)"],
            ),
            Edit(
                "a required member of the part",
                |d| require(d, "Base", "id"),
                Breaking,
                Compatible,
                &["schema Derived (sent)", "`id`: is now "],
            ),
        ],
    );
}

#[test]
fn extensions_are_text_wherever_they_stand() {
    check(&[
        Edit(
            "beside responses",
            |d| d["paths"][ACCOUNT]["get"]["responses"]["x-internal"] = json!({ "a": 1 }),
            Text,
            Text,
            &["GET /api/v2/accounts/{id}/", "`x-internal` is "],
        ),
        Edit(
            "beside paths",
            |d| d["paths"]["x-internal"] = json!({ "get": { "a": 1 } }),
            Text,
            Text,
            &["document", "`x-internal` is "],
        ),
        Edit(
            "beside paths, as text",
            |d| d["paths"]["x-internal"] = json!("yes"),
            Text,
            Text,
            &["`x-internal` is "],
        ),
    ]);
}

#[test]
fn what_nothing_uses_is_reported_too() {
    let own_security = |d: &mut Value| {
        let security = d["security"].clone();
        for item in d["paths"].as_object_mut().unwrap().values_mut() {
            for operation in item.as_object_mut().unwrap().values_mut() {
                operation["security"] = security.clone();
            }
        }
        d["components"]["parameters"] = json!({ "Q": { "name": "q", "in": "query", "schema": text() } });
    };
    check_after(
        own_security,
        &[
            Edit(
                "security",
                |d| d["security"] = json!([]),
                Compatible,
                Compatible,
                &["document", "security: changed"],
            ),
            Edit(
                "a parameter",
                |d| d["components"]["parameters"]["Q"]["required"] = json!(true),
                Compatible,
                Compatible,
                &["parameter `Q`, which nothing uses: changed"],
            ),
            Edit(
                "a response",
                |d| d["components"]["responses"] = json!({ "Q": { "description": "" } }),
                Compatible,
                Compatible,
                &["response `Q`, which nothing uses: is "],
            ),
        ],
    );
}

#[test]
fn each_pointer_leads_to_where_it_is_written() {
    check(&[
        Edit(
            "no type",
            |d| drop(remove(&mut members(d, "Account")["iban"], "type")),
            Breaking,
            Compatible,
            &["/components/schemas/Account/properties/iban/type"],
        ),
        Edit(
            "no security of one operation",
            |d| d["paths"][ACCOUNT]["get"]["security"] = json!([{ "jwtAuth": [] }, {}]),
            Compatible,
            Breaking,
            &["get/security"],
        ),
        Edit(
            "undeclared members",
            |d| schemas(d)["RequisitionRequest"]["additionalProperties"] = json!(false),
            Breaking,
            Compatible,
            &["/components/schemas/RequisitionRequest/additionalProperties"],
        ),
    ]);
    let shared = |d: &mut Value| {
        let country =
            json!({ "in": "query", "name": "colour", "schema": { "type": "string", "format": "uuid" } });
        d["paths"][INSTITUTIONS]["parameters"] = json!([country]);
        crate::edit::split(d, "BalanceSchema");
    };
    let edits = [
        Edit(
            "of a path",
            |d| drop(remove(&mut d["paths"][INSTITUTIONS]["parameters"][0]["schema"], "format")),
            Compatible,
            Breaking,
            &["/paths/~1api~1v2~1institutions~1/parameters/0/schema"],
        ),
        Edit(
            "of a part",
            |d| {
                let part = &mut schemas(d)["BalanceSchema"]["allOf"][0]["properties"];
                part["balanceType"] = json!({ "type": "integer" });
            },
            Breaking,
            Breaking,
            &["/components/schemas/BalanceSchema/allOf/0/properties/balanceType"],
        ),
    ];
    check_after(shared, &edits);
}
