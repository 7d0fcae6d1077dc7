//! What a case came to: figures, and what each was to be.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A figure as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Value {
    /// So many of something.
    Count(u64),
    /// So much of what the figure's name names.
    Measured(f64),
    /// The system does not tell.
    Untold,
}

/// What a figure is to be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Bound {
    /// This count.
    Exactly(u64),
    /// This count or less.
    AtMost(u64),
    /// This count or more.
    AtLeast(u64),
    /// This measure or less.
    UpTo(f64),
    /// Not further from zero than this measure.
    Within(f64),
}

/// Whether a figure is what it was to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is.
    Holds,
    /// It is not.
    Broken,
    /// Nothing was expected, or the system does not tell.
    Unjudged,
}

/// One figure of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figure {
    /// What it counts or measures, with the unit.
    pub(crate) name: String,
    /// What it is.
    pub(crate) value: Value,
    /// What it is to be.
    pub(crate) bound: Option<Bound>,
    /// The goals of `research/reliability.md`, section 5, that name this figure too.
    pub(crate) goals: Vec<String>,
}

/// The figures of a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report(pub(crate) Vec<Figure>);

impl Report {
    /// The same with a figure for `goals` as well, of which `bound` is expected.
    pub(crate) fn with(
        mut self,
        goals: &[&str],
        name: &str,
        value: impl Into<Value>,
        bound: impl Into<Option<Bound>>,
    ) -> Self {
        let goals = goals.iter().map(|&goal| goal.to_owned()).collect();
        self.0.push(Figure { name: name.to_owned(), value: value.into(), bound: bound.into(), goals });
        self
    }

    /// Whether no figure is other than it was to be.
    pub(crate) fn holds(&self) -> bool {
        self.0.iter().all(|figure| figure.verdict() != Verdict::Broken)
    }
}

impl Figure {
    /// Whether it is what it was to be.
    pub(crate) fn verdict(&self) -> Verdict {
        let holds = match (self.bound, self.value) {
            (None, _) | (_, Value::Untold) => return Verdict::Unjudged,
            (Some(Bound::Exactly(bound)), Value::Count(count)) => count == bound,
            (Some(Bound::AtMost(bound)), Value::Count(count)) => count <= bound,
            (Some(Bound::AtLeast(bound)), Value::Count(count)) => count >= bound,
            (Some(Bound::UpTo(bound)), Value::Measured(measure)) => measure <= bound,
            (Some(Bound::Within(bound)), Value::Measured(measure)) => measure.abs() <= bound,
            // A count against a bound of measures, or the other way round, is a mistake in the case.
            (Some(_), _) => false,
        };
        if holds { Verdict::Holds } else { Verdict::Broken }
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<Option<u64>> for Value {
    fn from(count: Option<u64>) -> Self {
        count.map_or(Self::Untold, Self::Count)
    }
}

impl From<Option<f64>> for Value {
    fn from(measure: Option<f64>) -> Self {
        measure.map_or(Self::Untold, Self::Measured)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Measured(measure) => write!(f, "{measure:.2}"),
            Self::Untold => f.write_str("not told"),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(bound) => write!(f, "{bound}"),
            Self::AtMost(bound) => write!(f, "at most {bound}"),
            Self::AtLeast(bound) => write!(f, "at least {bound}"),
            Self::UpTo(bound) => write!(f, "at most {bound}"),
            Self::Within(bound) => write!(f, "within ±{bound}"),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Holds => "holds",
            Self::Broken => "DOES NOT HOLD",
            Self::Unjudged => "",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(value: Value, bound: impl Into<Option<Bound>>) -> Verdict {
        let report = Report::default().with(&[], "requests", value, bound);
        let verdict = report.0[0].verdict();
        assert_eq!(report.holds(), verdict != Verdict::Broken);
        verdict
    }

    #[test]
    fn a_figure_beyond_its_bound_breaks_the_case() {
        let (count, measured) = (Value::Count, Value::Measured);
        for (within, beyond, bound) in [
            (count(1), count(2), Bound::Exactly(1)),
            (count(64), count(65), Bound::AtMost(64)),
            (count(64), count(63), Bound::AtLeast(64)),
            (measured(32.0), measured(32.1), Bound::UpTo(32.0)),
            (measured(-5.0), measured(-5.1), Bound::Within(5.0)),
        ] {
            assert_eq!(verdict(within, bound), Verdict::Holds, "{bound:?}");
            assert_eq!(verdict(beyond, bound), Verdict::Broken, "{bound:?}");
            assert_eq!(verdict(Value::Untold, bound), Verdict::Unjudged, "{bound:?}");
        }
        assert_eq!(verdict(count(2), None), Verdict::Unjudged);
    }

    #[test]
    fn a_bound_of_another_sort_than_the_figure_never_holds() {
        assert_eq!(verdict(Value::Measured(1.0), Bound::Exactly(1)), Verdict::Broken);
        assert_eq!(verdict(Value::Count(1), Bound::UpTo(1.0)), Verdict::Broken);
    }
}
