//! `cargo xtask scaffold METHOD PATH`: what a new operation needs by hand, file by file, to be copied and completed.
//!
//! It reads the contract and prints; nothing is written. What follows from the contract needs nothing by hand.

use std::path::Path;

use heck::{ToPascalCase as _, ToSnakeCase as _};

use crate::diff;
use crate::failure::Failure;
use crate::generate::CONTRACT;
use crate::generate::document::{Document, Place};
use crate::generate::{lists, stable_name};

/// Prints the places for the operation at `method path`.
pub(crate) fn run(root: &Path, method: &str, path: &str) -> Result<(), Failure> {
    let document = Document::new(diff::parse(CONTRACT, &diff::bytes(&root.join(CONTRACT))?)?);
    let place = Place { method: method.to_ascii_uppercase(), path: path.to_owned() };
    if document.operation(&place).is_none() {
        let advice = "import the vendor's document first, or add the operation to it by hand";
        return Err(Failure::at(place, format_args!("is not in {CONTRACT}: {advice}")));
    }
    print!("{}", text(&document, &place));
    Ok(())
}

fn text(document: &Document, place: &Place) -> String {
    let Place { method, path } = place;
    let id = stable_name(&document.places(), place);
    let constant = id.to_uppercase();
    let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty() && !it.starts_with('{')).collect();
    let last = segments.last().copied().unwrap_or("operation").to_snake_case();
    let resource = segments.get(2).copied().unwrap_or("resource").to_snake_case();
    let has_id = path.contains("{id}");
    let is_account = resource == "accounts" && has_id;
    let name = match method.as_str() {
        _ if is_account => last.clone(),
        "GET" if has_id => "get".to_owned(),
        "GET" => "list".to_owned(),
        "POST" => "create".to_owned(),
        "DELETE" => "delete".to_owned(),
        _ => last.clone(),
    };
    let handle = if is_account { "AccountHandle".to_owned() } else { resource.to_pascal_case() };
    let entry = if is_account { "account(id)".to_owned() } else { format!("{resource}()") };
    let subject = if is_account { "account(&on.account)".to_owned() } else { format!("{resource}()") };
    let argument = if has_id && !is_account { "&on.id" } else { "" };
    let arm = arm_of_sandbox(is_account, &resource, &lists::in_sandbox(&id), &name);
    let answer = answer(document, place);
    let optional = optional(document, place);
    let given = optional.iter().map(Optional::given).collect::<Vec<_>>().join(", ");
    let is_metered = is_account && segments.len() > 3;
    let sent = |bank: &str, own_id: &str| {
        let given_after = if given.is_empty() { String::new() } else { format!(", {given}") };
        if has_id {
            let account =
                if is_metered { format!("\n            .for_account({own_id})") } else { String::new() };
            format!(
                "{bank}\n            .call_by_id(operation::{constant}, {own_id}, async move |client, id| {{\n                \
                 client.{id}(id{given_after}).await\n            }}){account}"
            )
        } else {
            format!("{bank}.call(operation::{constant}, async move |client| client.{id}({given}).await)")
        }
    };
    let own_id = if is_account { "self.id.clone()" } else { "id" };
    let names: Vec<&str> = optional.iter().map(|it| &*it.name).collect();
    let (returned, body, builder) = if optional.is_empty() {
        (format!("Call<{answer}>"), sent("self.bank", own_id), String::new())
    } else {
        let builder = id.replace("_account_", "_").to_pascal_case();
        let id_of = if has_id { format!(", id: {own_id}") } else { String::new() };
        let none = names.iter().map(|name| format!(", {name}: None")).collect::<Vec<_>>().concat();
        let id_type = if is_account { "AccountId" } else { "String" };
        let id_member = if has_id { format!("    id: {id_type},\n") } else { String::new() };
        let members = optional
            .iter()
            .map(|it| format!("    {}: Option<{}>,\n", it.name, it.kept))
            .collect::<Vec<_>>()
            .concat();
        let setters: String = optional.iter().map(Optional::setter).collect();
        let parts = if has_id { "bank, id, " } else { "bank, " };
        let text = format!(
            "
   After the `impl` of `{handle}`; and in wrapper/src/lib.rs `{builder}` in `pub use {resource}::{{…}}`, which `cargo doc` asks for

/// One sentence; see [`{handle}::{name}`].
#[derive(Clone, Debug)]
#[must_use = \"a call does nothing before it is awaited or sent\"]
pub struct {builder} {{
    bank: BankData,
{id_member}{members}}}

impl {builder} {{
{setters}
    /// The call itself, for a timeout, a deadline or [`optional`](Call::optional).
    pub fn call(self) -> Call<{answer}> {{
        let Self {{ {parts}{} }} = self;
        {}
    }}
}}

operation_builder!({builder} => {answer});
",
            names.join(", "),
            sent("bank", if has_id { "id.clone()" } else { "" }),
        );
        (builder.clone(), format!("{builder} {{ bank: self.bank.clone(){id_of}{none} }}"), text)
    };
    let everything = with_everything(&optional, &format!("bank.{subject}.{name}({argument})"));
    let of = if is_account { "account".to_owned() } else { format!("bank.{entry}") };
    format!(
        "\
After `cargo xtask generate` each of these is asked for by name: 1 by rustc once 2 is there, 2 and 3 by `cargo test --workspace`, 4 by the
tests of xtask. `cargo fmt` puts lines right. CHANGELOG.md is yours.

1. wrapper/src/{resource}.rs, in `impl {handle}`, with `{answer}` in its `use crate::model::{{…}}`

    /// One sentence: what it does.
    ///
    /// ```no_run
    /// # async fn run(bank: gocardless_bank_data::BankData, id: gocardless_bank_data::AccountId) -> gocardless_bank_data::Result<()> {{
    /// println!(\"{{:?}}\", bank.{entry}.{name}().await?);
    /// # Ok(())
    /// # }}
    /// ```
    ///
    /// # Errors
    /// Which errors it has, and what to do about them.
    #[doc(alias(\"its names in other clients\"))]
    pub fn {name}(&self) -> {returned} {{
        {body}
    }}
{builder}
   xtask/src/generate/patch/adjustments.rs, in TYPE_NAMES, only if the vendor's names of the new schemas are not what people say

2. tests/support/src/calls.rs, in `drivers!`

    \"{method} {path}\": |bank, on| bank.{subject}.{name}({argument}){everything},

3. tests/sandbox/src/api/{resource}.rs{arm}

4. wrapper/examples/every_operation.rs

    println!(\"  {name}: {{:?}}\", {of}.{name}().await?);
"
    )
}

/// After the minimal call of a driver: the call with everything that can be set.
fn with_everything(optional: &[Optional], call: &str) -> String {
    let setters =
        optional.iter().map(|it| format!(".{}({})", it.name, it.example())).collect::<Vec<_>>().concat();
    if setters.is_empty() { setters } else { format!(";\n        {call}{setters}") }
}

/// Where the sandbox's response goes, after the name of the file of its resource.
fn arm_of_sandbox(is_account: bool, resource: &str, variant: &str, name: &str) -> String {
    if is_account {
        format!(
            ", in `answer`, and a function next to the others\n\n        Operation::{variant} => read(call, state, |_, _, _| json!({{}})),"
        )
    } else {
        format!(
            ": a function, and its arm in tests/sandbox/src/api/dispatch.rs\n\n        Operation::{variant} => {resource}::{name}(call, state),"
        )
    }
}

/// A parameter of the query, which every operation so far may leave out.
struct Optional {
    name: String,
    /// What the builder keeps, and what its method takes.
    kept: &'static str,
}

impl Optional {
    fn setter(&self) -> String {
        let Self { name, kept } = self;
        let (takes, value) = match *kept {
            "String" => ("impl Into<String>", format!("{name}.into()")),
            kept => (kept, name.clone()),
        };
        format!(
            "    /// What it asks for.\n    pub fn {name}(mut self, {name}: {takes}) -> Self {{\n        \
             self.{name} = Some({value});\n        self\n    }}\n"
        )
    }

    /// As the generated method takes it.
    fn given(&self) -> String {
        let Self { name, kept } = self;
        match *kept {
            "String" => format!("{name}.as_deref()"),
            "NaiveDate" => format!("{name}.as_ref()"),
            _ => name.clone(),
        }
    }

    fn example(&self) -> &'static str {
        match self.kept {
            "String" => "\"text\"",
            "NaiveDate" => "NaiveDate::default()",
            "bool" => "true",
            _ => "1",
        }
    }
}

fn optional(document: &Document, place: &Place) -> Vec<Optional> {
    let parameters = document.operation(place).and_then(|operation| operation.get("parameters")?.as_array());
    let in_query =
        parameters.into_iter().flatten().filter(|it| it.get("in").is_some_and(|place| place == "query"));
    in_query
        .filter_map(|parameter| {
            let text = |pointer| parameter.pointer(pointer).and_then(serde_json::Value::as_str);
            let kept = match (text("/schema/type"), text("/schema/format")) {
                (Some("integer"), _) => "i64",
                (Some("boolean"), _) => "bool",
                (_, Some("date")) => "NaiveDate",
                _ => "String",
            };
            Some(Optional { name: text("/name")?.to_snake_case(), kept })
        })
        .collect()
}

/// The type of a success, as far as it is one component.
fn answer(document: &Document, place: &Place) -> String {
    let responses = document.operation(place).and_then(|operation| operation.get("responses")?.as_object());
    let success = responses.and_then(|all| all.iter().find(|(status, _)| status.starts_with('2')));
    let schema = success.and_then(|(_, response)| response.pointer("/content/application~1json/schema"));
    let reference = schema.and_then(|schema| schema.get("$ref")?.as_str());
    let name = reference.and_then(|text| text.rsplit('/').next());
    name.map_or_else(|| "Json".to_owned(), |name| crate::generate::patch::name_of_type(name).to_pascal_case())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_place_that_an_operation_needs_is_printed_with_its_file() {
        let path = "/api/v2/accounts/{id}/standing-orders/";
        let schema = json!({ "$ref": "#/components/schemas/StandingOrders" });
        let responses = json!({ "200": { "content": { "application/json": { "schema": schema } } } });
        let document = Document::new(json!({ "paths": { path: { "get": { "responses": responses } } } }));
        let text = text(&document, &Place { method: "GET".to_owned(), path: path.to_owned() });
        for part in [
            "pub fn standing_orders(&self) -> Call<StandingOrders> {",
            "with `StandingOrders` in its `use crate::model",
            "client.get_account_standing_orders(id).await",
            ".for_account(self.id.clone())",
            "\"GET /api/v2/accounts/{id}/standing-orders/\": |bank, on| bank.account(&on.account).standing_orders(),",
            // As `read` takes it, which is generic: three arguments.
            "Operation::AccountStandingOrders => read(call, state, |_, _, _| json!({})),",
            "wrapper/examples/every_operation.rs",
        ] {
            assert!(text.contains(part), "`{part}` is not in {text}");
        }
    }

    #[test]
    fn an_operation_with_a_parameter_of_the_query_is_printed_as_a_builder() {
        let path = "/api/v2/accounts/{id}/standing-orders/";
        let parameters = json!([
            { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "status", "in": "query", "schema": { "type": "string" } },
            { "name": "since", "in": "query", "schema": { "type": "string", "format": "date" } },
        ]);
        let document = Document::new(
            json!({ "paths": { path: { "get": { "responses": {}, "parameters": parameters } } } }),
        );
        let text = text(&document, &Place { method: "GET".to_owned(), path: path.to_owned() });
        for part in [
            "pub fn standing_orders(&self) -> GetStandingOrders {",
            "GetStandingOrders { bank: self.bank.clone(), id: self.id.clone(), status: None, since: None }",
            "    status: Option<String>,",
            "pub fn since(mut self, since: NaiveDate) -> Self {",
            "let Self { bank, id, status, since } = self;",
            "client.get_account_standing_orders(id, status.as_deref(), since.as_ref()).await",
            "in wrapper/src/lib.rs `GetStandingOrders` in `pub use accounts::{…}`",
            "operation_builder!(GetStandingOrders => Json);",
            "bank.account(&on.account).standing_orders().status(\"text\").since(NaiveDate::default()),",
        ] {
            assert!(text.contains(part), "`{part}` is not in {text}");
        }
    }
}
