//! One example for each operation, written by hand: a sentence as its `//!` head, and a program that compiles.
//!
//! They are compiled as documentation tests of the wrapper, not here.

/// Where the examples are, as a complaint names it.
const FOLDER: &str = "xtask/src/generate/reference/examples";

macro_rules! examples {
    ($($operation:literal),+ $(,)?) => {
        /// Operation, and the text of its example.
        pub(super) const EXAMPLES: &[(&str, &str)] =
            &[$(($operation, include_str!(concat!("examples/", $operation, ".rs")))),+];
    };
}

examples! {
    "obtain_token_pair",
    "refresh_access_token",
    "list_institutions",
    "get_institution",
    "list_agreements",
    "create_agreement",
    "get_agreement",
    "delete_agreement",
    "accept_agreement",
    "get_reconfirmation",
    "create_reconfirmation",
    "list_requisitions",
    "create_requisition",
    "get_requisition",
    "delete_requisition",
    "get_account",
    "get_account_balances",
    "get_account_details",
    "get_account_transactions",
}

/// An example as a page shows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Example {
    /// What it does, with a colon at its end.
    pub(super) sentence: String,
    pub(super) code: String,
}

/// The example of an operation, or why there is none.
pub(super) fn of(operation: &str) -> Result<Example, String> {
    let found = EXAMPLES.iter().find(|(name, _)| *name == operation);
    let (_, text) = found.ok_or_else(|| {
        format!("has no example: write {FOLDER}/{operation}.rs and add its name to the list in {FOLDER}.rs")
    })?;
    read(text).map_err(|why| format!("its example {FOLDER}/{operation}.rs {why}"))
}

/// An example without its head.
pub(super) fn read(text: &str) -> Result<Example, String> {
    let head = text.lines().take_while(|line| line.starts_with("//!"));
    let words: Vec<&str> = head.filter_map(|line| line.strip_prefix("//!")).map(str::trim).collect();
    let sentence = words.join(" ");
    let sentence = sentence.strip_suffix('.').ok_or("has no sentence as its `//!` head: write one")?;
    let code: Vec<&str> = text.lines().skip(words.len()).collect();
    let code = code.join("\n").trim().to_owned();
    syn::parse_file(&code).map_err(|error| format!("is not Rust ({error}): mend it"))?;
    Ok(Example { sentence: format!("{sentence}:"), code })
}
