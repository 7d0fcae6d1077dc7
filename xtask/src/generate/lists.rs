//! What the sandbox and the tests have for each thing that the contract has: the names of the operations in the sandbox, and a
//! decoder of every response for the fuzzer.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use heck::{ToPascalCase as _, ToSnakeCase as _};
use serde_json::Value;

use super::document::{Document, SCHEMA_PREFIX};
use super::operation::{self, Operation};
use super::output::COMMAND;

const OPERATIONS: &str = "tests/sandbox/src/operation_table.rs";
const RESPONSES: &str = "tests/behaviour/src/responses.rs";

/// Operations that are called otherwise than the rule below says.
const NAMES: &[(&str, &str)] = &[
    ("obtain_token_pair", "ObtainToken"),
    ("refresh_access_token", "RefreshToken"),
    ("get_account", "AccountMetadata"),
];

/// The files with the lists, and their texts.
pub(crate) fn files(patched: &Document) -> Vec<(String, String)> {
    [(OPERATIONS, operations(&operation::operations(patched))), (RESPONSES, responses(patched))]
        .map(|(file, text)| (file.to_owned(), format!("// {}\n\n{text}", written_by())))
        .into()
}

fn written_by() -> String {
    format!("Written by `{COMMAND}`. Do not edit: change the contract, or xtask/src/generate/lists.rs.")
}

/// `AccountBalances` for `get_account_balances`, `RetrieveAgreement` for `get_agreement`.
pub(crate) fn in_sandbox(id: &str) -> String {
    let chosen = NAMES.iter().find(|(operation, _)| *operation == id).map(|(_, name)| (*name).to_owned());
    chosen.unwrap_or_else(|| match (id.strip_prefix("get_account_"), id.strip_prefix("get_")) {
        (Some(what), _) => format!("Account{}", what.to_pascal_case()),
        (None, Some(what)) => format!("Retrieve{}", what.to_pascal_case()),
        (None, None) => id.to_pascal_case(),
    })
}

fn operations(operations: &[Operation]) -> String {
    let (mut variants, mut all, mut keys) = (String::new(), String::new(), String::new());
    for Operation { id, method, path, summary, .. } in operations {
        let name = in_sandbox(id);
        let _ = writeln!(variants, "    /// `{method} {path}`. {summary}");
        let _ = writeln!(variants, "    {name},");
        let _ = writeln!(all, "        Self::{name},");
        let _ = writeln!(keys, "            Self::{name} => \"{method} {path}\",");
    }
    format!(
        "\
//! The operations of the API by name.

/// One of the API's operations.
///
/// ```
/// use gocardless_bank_data_sandbox::Operation;
///
/// let balances = Operation::AccountBalances;
/// assert_eq!(balances.method(), \"GET\");
/// assert_eq!(balances.path(), \"/api/v2/accounts/{{id}}/balances/\");
/// assert_eq!(Operation::parse(\"retrieve account balances\"), Some(balances));
/// assert_eq!(Operation::parse(\"GET /api/v2/accounts/{{id}}/balances/\"), Some(balances));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {{
{variants}}}

impl Operation {{
    /// All of them, in the order of the contract.
    pub const ALL: &'static [Self] = &[
{all}    ];

    /// Method and path.
    pub(crate) const fn key(self) -> &'static str {{
        match self {{
{keys}        }}
    }}
}}
"
    )
}

fn responses(patched: &Document) -> String {
    let success = patched.places().into_iter().filter_map(|place| {
        let responses = patched.operation(&place)?.get("responses")?.as_object()?;
        let (_, success) = responses.iter().find(|(status, _)| status.starts_with('2'))?;
        success.pointer("/content/application~1json/schema").cloned()
    });
    let (mut types, mut rows) = (BTreeSet::new(), BTreeSet::new());
    for schema in success {
        let name = |pointer| schema.pointer(pointer).and_then(Value::as_str)?.strip_prefix(SCHEMA_PREFIX);
        let (name, is_list) = match (name("/$ref"), name("/items/$ref")) {
            (Some(name), _) => (name, false),
            (None, Some(name)) => (name, true),
            (None, None) => continue,
        };
        let rust = name.to_pascal_case();
        let (label, decoded) = if is_list {
            (format!("{}_list", rust.to_snake_case()), format!("Vec<{rust}>"))
        } else {
            (rust.to_snake_case(), rust.clone())
        };
        types.insert(rust);
        rows.insert(format!("    (\"{label}\", decode::<{decoded}>),\n"));
    }
    let types = types.iter().map(|name| format!("    {name},\n")).collect::<Vec<_>>().concat();
    let rows: String = rows.into_iter().collect();
    format!(
        "\
//! The types of the API's responses.

#[rustfmt::skip]
use gocardless_bank_data::model::{{
{types}}};

use crate::fuzz::{{Target, decode}};

/// The type of every response of the API, with its decoder. The corpus has a file of that name for most of them.
pub const RESPONSES: &[(&str, Target)] = &[
{rows}];
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_called_as_it_is_read_in_a_test() {
        for (id, expected) in [
            ("get_account_standing_orders", "AccountStandingOrders"),
            ("get_account", "AccountMetadata"),
            ("get_agreement", "RetrieveAgreement"),
            ("list_institutions", "ListInstitutions"),
        ] {
            assert_eq!(in_sandbox(id), expected, "{id}");
        }
    }
}
