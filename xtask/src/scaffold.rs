//! `cargo xtask scaffold METHOD PATH`: what a new operation needs by hand, file by file, to be copied and completed.
//!
//! It reads the contract and prints; nothing is written. What follows from the contract needs nothing by hand.

use std::path::Path;

use heck::{ToPascalCase as _, ToSnakeCase as _};

use crate::diff;
use crate::failure::Failure;
use crate::generate::CONTRACT;
use crate::generate::document::{Document, Place};
use crate::generate::stable_name;

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
    let variant = if is_account { format!("Account{}", last.to_pascal_case()) } else { id.to_pascal_case() };
    let answer = answer(document, place);
    let own_id = if is_account { "self.id.clone()" } else { "id" };
    let (row, call, account) = if has_id {
        let row = if is_account { "Names { elsewhere: ACCOUNT, .." } else { "" };
        let call = format!(
            "self.bank\n            .call_by_id(operation::{constant}, {own_id}, async move |client, id| {{\n                \
             client.{id}(id).await\n            }})"
        );
        let is_metered = is_account && segments.len() > 3;
        (row, call, if is_metered { "\n            .for_account(self.id.clone())" } else { "" })
    } else {
        let call = format!("self.bank.call(operation::{constant}, async move |client| client.{id}().await)");
        ("", call, "")
    };
    let end = if row.is_empty() { "," } else { " }," };
    let takes = if has_id && !is_account { "\"id\"" } else { "" };
    format!(
        "\
Each of these is asked for by name: 1 by `cargo xtask generate`, 2 by rustc, 3 to 5 by `cargo test --workspace`, 6 by the tests of
xtask. What has optional parameters is a builder: see `operation_builder!` and `build(…)` beside the others.

1. xtask/src/generate/reference.rs, in OPERATIONS

    {row}call(\"{id}\", \"{handle}::{name}\", &[{takes}]){end}

   xtask/src/generate/patch/adjustments.rs, in TYPE_NAMES, if the vendor's names of the new schemas are not what people say

2. wrapper/src/{resource}.rs, in `impl {handle}`, with `{answer}` in its `use crate::model::{{…}}`

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
    pub fn {name}(&self) -> Call<{answer}> {{
        {call}{account}
    }}

3. tests/support/src/calls.rs, in `drivers!`

    \"{method} {path}\": |bank, on| bank.{subject}.{name}({argument}),

4. tests/sandbox/src/operation.rs, in `operations!`, in the place that it has in the contract

        /// `{method} {path}`
        {variant} = \"{method} {path}\",

5. tests/sandbox/src/api/{resource}.rs{arm}

6. wrapper/examples/every_operation.rs

    println!(\"  {name}: {{:?}}\", {of}.{name}().await?);
",
        of = if is_account { "account".to_owned() } else { format!("bank.{entry}") },
        arm = if is_account {
            format!(
                ", in `answer`, and a function beside the others\n\n        Operation::{variant} => read(call, state, |_, _, _| json!({{}})),"
            )
        } else {
            format!(
                ": a function, and its arm in tests/sandbox/src/api/dispatch.rs\n\n        Operation::{variant} => {resource}::{name}(call, state),"
            )
        },
    )
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
            "Names { elsewhere: ACCOUNT, ..call(\"get_account_standing_orders\", \"AccountHandle::standing_orders\", &[]) },",
            "pub fn standing_orders(&self) -> Call<StandingOrders> {",
            "with `StandingOrders` in its `use crate::model",
            "client.get_account_standing_orders(id).await",
            ".for_account(self.id.clone())",
            "\"GET /api/v2/accounts/{id}/standing-orders/\": |bank, on| bank.account(&on.account).standing_orders(),",
            "AccountStandingOrders = \"GET /api/v2/accounts/{id}/standing-orders/\",",
            // As `read` takes it, which is generic: three arguments.
            "Operation::AccountStandingOrders => read(call, state, |_, _, _| json!({})),",
            "wrapper/examples/every_operation.rs",
        ] {
            assert!(text.contains(part), "`{part}` is not in {text}");
        }
    }
}
