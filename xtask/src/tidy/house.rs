//! Rules about this house: what the wrapper is and what it keeps to itself.

use super::breach::Breach;
use super::tree::{File, Tree};

/// The most lines of the wrapper, documentation included.
pub(crate) const MOST_WRAPPER_LINES: u32 = 2000;

/// The only files that may name the generated client or a type of its run time, and why.
const BEHIND_THE_FUNNEL: [(&str, &str); 2] = [
    ("wrapper/src/funnel.rs", "makes the client of each call"),
    ("wrapper/src/convert.rs", "makes our errors of the run time's"),
];

const GENERATED: &str = "gocardless_bank_data_generated";
const RUN_TIME: &str = "progenitor_client";

/// Callers and handles speak of the wrapper's types; only two files know what is underneath.
pub(crate) fn generated_client_stays_behind_the_funnel(tree: &Tree) -> Vec<Breach> {
    let wrapper = tree.rust().filter(|file| file.path.starts_with("wrapper/src/"));
    let outside = wrapper.filter(|file| BEHIND_THE_FUNNEL.iter().all(|(path, _)| *path != file.path));
    outside.flat_map(names_the_client).collect()
}

fn names_the_client(file: &File) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for name in [GENERATED, RUN_TIME] {
        for (start, _) in file.text.match_indices(name) {
            let Some(statement) = file.text.get(start..).and_then(|rest| rest.split(';').next()) else {
                continue;
            };
            let is_client = statement.split(|c: char| !c.is_alphanumeric()).any(|word| word == "Client");
            if name == RUN_TIME || is_client {
                let line = file.text.get(..start).map_or(0, |before| before.lines().count()).max(1);
                let (one, two) = ("wrapper/src/funnel.rs", "wrapper/src/convert.rs");
                let sentence = format!("names what only `{one}` and `{two}` may know: go through them");
                breaches.push(Breach::new(&file.path, line, sentence));
            }
        }
    }
    breaches
}

/// The lines of the wrapper, documentation included.
pub(crate) fn wrapper_lines(tree: &Tree) -> u32 {
    let wrapper = tree.rust().filter(|file| file.path.starts_with("wrapper/src/"));
    let lines: usize = wrapper.map(|file| file.text.lines().count()).sum();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// What makes the wrapper thick belongs into core.
pub(crate) fn wrapper_is_thin(tree: &Tree) -> Vec<Breach> {
    let lines = wrapper_lines(tree);
    if lines <= MOST_WRAPPER_LINES {
        return Vec::new();
    }
    let sentence = format!(
        "the wrapper has {lines} lines, and {MOST_WRAPPER_LINES} are the most: move policies to core"
    );
    vec![Breach::new("wrapper/src/lib.rs", 1, sentence)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::testing::breaches;

    #[test]
    fn the_client_is_named_behind_the_funnel_only() {
        let text = "//! A.\nuse gocardless_bank_data_generated::{\n    Client, types,\n};\n";
        assert_eq!(
            breaches(generated_client_stays_behind_the_funnel, "wrapper/src/handle.rs", text).len(),
            1
        );
        assert!(breaches(generated_client_stays_behind_the_funnel, "wrapper/src/funnel.rs", text).is_empty());
        let types = "use gocardless_bank_data_generated::types::Account;\nstruct Client;\n";
        assert!(
            breaches(generated_client_stays_behind_the_funnel, "wrapper/src/handle.rs", types).is_empty()
        );
    }

    #[test]
    fn a_thick_wrapper_is_found() {
        assert_eq!(breaches(wrapper_is_thin, "wrapper/src/a.rs", &"//\n".repeat(2001)).len(), 1);
        assert!(breaches(wrapper_is_thin, "wrapper/core/src/a.rs", &"//\n".repeat(2001)).is_empty());
    }
}
