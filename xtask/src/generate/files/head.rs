//! What each generated file begins with.

use sha2::{Digest, Sha256};

use crate::generate::progenitor::GENERATOR;

/// The command that writes the generated files.
pub(crate) const COMMAND: &str = "cargo xtask generate";

/// The lines at the head of a generated file.
#[derive(Debug)]
pub(crate) struct Head([String; 3]);

impl Head {
    /// The head of files that are made from `client`, the text of `client.json`.
    ///
    /// It is not the contract's sum that stands there: a renamed operation of the vendor's changes the contract and
    /// nothing that is generated.
    pub(crate) fn new(client: &str) -> Self {
        let sum: Vec<String> =
            Sha256::digest(client.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        Self([
            format!("Written by `{COMMAND}`. Do not edit: change the contract, a patch or a pass instead."),
            format!("Input: openapi/client.json, sha256 {}", sum.concat()),
            format!("Generator: {GENERATOR}, then xtask/src/generate/polish"),
        ])
    }

    /// The lines as comments, each between `before` and `after`, and an empty line.
    pub(crate) fn comment(&self, before: &str, after: &str) -> String {
        let lines: Vec<String> = self.0.iter().map(|line| format!("{before}{line}{after}\n")).collect();
        lines.concat() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_command_input_generator_and_not_to_edit() {
        let text = Head::new("{}").comment("// ", "");
        // The sum of two braces, as `sha256sum` gives it.
        let sum = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        for part in [COMMAND, "Do not edit", sum, GENERATOR] {
            assert!(text.contains(part), "{text}");
        }
        assert!(text.lines().filter(|line| !line.is_empty()).all(|line| line.starts_with("// ")));
    }

    #[test]
    fn the_generator_named_is_the_one_that_is_pinned() {
        let manifest = include_str!("../../../../Cargo.toml");
        let version = GENERATOR.trim_start_matches("progenitor ");
        assert!(manifest.contains(&format!("progenitor = {{ version = \"={version}\"")), "{GENERATOR}");
    }
}
