//! What a judge came to.

/// How much was judged, and what is wrong.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Verdict {
    /// Calls or cases.
    pub(crate) judged: usize,
    /// Each complaint, as the judge puts it.
    pub(crate) complaints: Vec<String>,
}

impl Verdict {
    /// The complaints, one a line, and at most `most` of them.
    pub(crate) fn told(&self, most: usize) -> String {
        let mut lines: Vec<String> =
            self.complaints.iter().take(most).map(|complaint| format!("  {complaint}")).collect();
        if self.complaints.len() > most {
            lines.push(format!("  … and {} lines more", self.complaints.len() - most));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_told_but_not_without_end() {
        let complaints = ["a", "b", "c"].map(str::to_owned).to_vec();
        let verdict = Verdict { judged: 3, complaints };
        assert_eq!(verdict.told(9), "  a\n  b\n  c");
        assert_eq!(verdict.told(1), "  a\n  … and 2 lines more");
    }
}
