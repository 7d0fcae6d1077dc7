//! The figures that tests told: `goal TAB name TAB value` a line, as `tests/support` writes them.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};

use super::goal::Gather;

/// Every figure with all of its values, in the order in which they were told.
#[derive(Debug, Default)]
pub(crate) struct Figures(BTreeMap<(String, String), Vec<f64>>);

impl Figures {
    /// Reads what was told. A line that is none means that a program writes another form, so that nothing can be judged.
    pub(crate) fn read(text: &str) -> anyhow::Result<Self> {
        let mut figures = Self::default();
        for (nth, line) in text.lines().enumerate() {
            let [goal, name, value] = line.split('\t').collect::<Vec<_>>()[..] else {
                bail!(
                    "figure {}: is no `goal TAB name TAB value`: mend the test that tells it: {line}",
                    nth + 1
                );
            };
            let number: f64 =
                value.parse().with_context(|| format!("figure {}: reading `{value}`", nth + 1))?;
            figures.add(goal, name, number);
        }
        Ok(figures)
    }

    /// One more value of a figure.
    pub(crate) fn add(&mut self, goal: &str, name: &str, value: f64) {
        self.0.entry((goal.to_owned(), name.to_owned())).or_default().push(value);
    }

    /// A figure of a goal, if it was told.
    pub(crate) fn gather(&self, goal: u32, name: &str, gather: Gather) -> Option<f64> {
        let values = self.0.get(&(format!("G{goal}"), name.to_owned()))?;
        gathered(values.iter().copied(), gather)
    }
}

/// What counts of several values; nothing of none.
pub(crate) fn gathered(values: impl Iterator<Item = f64>, gather: Gather) -> Option<f64> {
    values.reduce(|one, other| match gather {
        Gather::Most => one.max(other),
        Gather::Least => one.min(other),
        Gather::Sum => one + other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_the_least_and_the_sum_of_what_was_told_can_be_had() {
        let figures = Figures::read("G6\thits\t1\nG6\thits\t3\nG7\thits\t9\nG6\thits\t1.5\n").unwrap();
        let gather = |how| figures.gather(6, "hits", how);
        assert_eq!(
            [gather(Gather::Most), gather(Gather::Least), gather(Gather::Sum)],
            [Some(3.0), Some(1.0), Some(5.5)]
        );
        assert_eq!(figures.gather(6, "misses", Gather::Most), None);
        assert_eq!(figures.gather(60, "hits", Gather::Most), None);
    }

    #[test]
    fn a_line_that_is_no_figure_is_refused_with_its_number() {
        for line in ["G6\thits", "G6 hits 1", "G6\thits\tmany", "G6\thits\t1\t2", "\n"] {
            let error = Figures::read(&format!("G6\thits\t1\n{line}\n")).unwrap_err();
            assert!(error.to_string().contains("figure 2"), "{error}");
        }
    }
}
