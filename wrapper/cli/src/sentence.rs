//! Sentences of the libraries in the words of somebody at a terminal, who has commands and variables and no functions.

use std::error::Error as _;

use gocardless_bank_data::{Advice, Error};

/// The sentence of an error of a call; of one of the connection with its cause, which never holds an address or a secret.
pub(crate) fn of(error: &Error) -> String {
    let text = at_terminal(&error.to_string());
    let is_connection =
        ["connection_", "certificate_"].iter().any(|kind| error.error_type().starts_with(kind));
    let Some(cause) = error.source().filter(|_| is_connection) else { return text };
    // The last one is what the system said.
    let mut last = cause;
    while let Some(cause) = last.source() {
        last = cause;
    }
    let cause = last.to_string();
    if text.contains(&cause) {
        return text;
    }
    match text.split_once("; ") {
        Some((what, advice)) => format!("{what} ({cause}); {advice}"),
        None => format!("{text} ({cause})"),
    }
}

/// A text with the sentences of the libraries in it replaced.
pub(crate) fn at_terminal(text: &str) -> String {
    let text = match text.strip_prefix("base url: ") {
        Some(rest) => format!("GOCARDLESS_BASE_URL: {rest}"),
        None => text.to_owned(),
    };
    [
        (
            Advice::ReadBody.to_string().as_str(),
            "the call has counted: look at the answer with `bank-data raw`, which counts as well, and report it",
        ),
        (Advice::RaiseBodyLimit.to_string().as_str(), "link again with fewer --days"),
        ("; use https, or name a test server as one", "; use https, or unset the variable"),
        ("it is not a file of this library", "it is not a file of this program"),
        ("newer version of this library", "newer version of this program"),
        // This program chose the path.
        ("; choose another path", "; move it away, and a new one is created"),
    ]
    .into_iter()
    .fold(text, |text, (theirs, ours)| text.replace(theirs, ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_names_what_a_terminal_does_not_have() {
        let all = [
            "base url: uses http, which is allowed only to this machine; use https, or name a test server as one",
            "get account balances: the response is not json (200); {}",
            "the response is too large (200); {}",
            "the ledger x cannot be opened: it is not a file of this library; choose another path",
        ];
        let advices = [Advice::ReadBody, Advice::RaiseBodyLimit].map(|advice| advice.to_string());
        for text in all.iter().flat_map(|text| advices.iter().map(move |advice| text.replace("{}", advice))) {
            let shown = at_terminal(&text);
            for word in ["body", "base url", "test server", "library", "choose another"] {
                assert!(!shown.contains(word), "{shown}");
            }
        }
    }
}
