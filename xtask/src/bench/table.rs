//! The table that is printed: figures as measured, the two ratios, and the goals.

use std::fmt;

pub(super) const HEAD: &str = "| case | ours | floor | peer | ours / floor | peer / ours | goal | verdict |
| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |";

/// What a figure counts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    Instructions,
    Bytes,
    Seconds,
    Crates,
}

/// One case, as measured for each client.
#[derive(Debug)]
pub(super) struct Row {
    case: String,
    unit: Unit,
    ours: f64,
    floor: Option<f64>,
    peer: Option<f64>,
    pub(super) goals: Vec<Goal>,
}

impl Row {
    pub(super) fn new(
        case: impl Into<String>,
        unit: Unit,
        ours: f64,
        floor: Option<f64>,
        peer: Option<f64>,
    ) -> Self {
        Self { case: case.into(), unit, ours, floor, peer, goals: Vec::new() }
    }

    pub(super) fn with_goal(mut self, goal: Goal) -> Self {
        self.goals.push(goal);
        self
    }
}

/// A figure with the limit that it must keep.
#[derive(Debug)]
pub(super) struct Goal {
    what: &'static str,
    measured: f64,
    limit: f64,
    is_lower_limit: bool,
}

impl Goal {
    pub(super) fn at_most(what: &'static str, measured: f64, limit: f64) -> Self {
        Self { what, measured, limit, is_lower_limit: false }
    }

    pub(super) fn at_least(what: &'static str, measured: f64, limit: f64) -> Self {
        Self { what, measured, limit, is_lower_limit: true }
    }

    fn limits(&self) -> String {
        let bound = if self.is_lower_limit { "at least" } else { "at most" };
        format!("{} {bound} {}", self.what, self.limit)
    }

    fn verdict(&self) -> String {
        format!("{:.3}: {}", self.measured, if self.is_met() { "met" } else { "NOT MET" })
    }

    pub(super) fn is_met(&self) -> bool {
        if self.is_lower_limit { self.measured >= self.limit } else { self.measured <= self.limit }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figure = |number: f64| match self.unit {
            Unit::Instructions if number >= 1e6 => format!("{:.2} M", number / 1e6),
            Unit::Instructions => format!("{:.1} k", number / 1e3),
            Unit::Bytes => format!("{:.1} MiB", number / (1024.0 * 1024.0)),
            Unit::Seconds if number < 1.0 => format!("{:.1} ms", number * 1e3),
            Unit::Seconds => format!("{number:.2} s"),
            Unit::Crates => format!("{number:.0}"),
        };
        let cells = [
            self.floor.map(figure),
            self.peer.map(figure),
            self.floor.map(|floor| format!("{:.3}", self.ours / floor)),
            self.peer.map(|peer| format!("{:.3}", peer / self.ours)),
        ];
        write!(f, "| {} | {} |", self.case, figure(self.ours))?;
        for cell in cells {
            write!(f, " {} |", cell.unwrap_or_default())?;
        }
        let goals: Vec<_> = self.goals.iter().map(Goal::limits).collect();
        let verdicts: Vec<_> = self.goals.iter().map(Goal::verdict).collect();
        write!(f, " {} | {} |", goals.join("; "), verdicts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_ratios_and_goal_and_leaves_out_what_was_not_measured() {
        let row = Row::new("call", Unit::Instructions, 95_000.0, Some(1e5), Some(1.9e5));
        let row = row.with_goal(Goal::at_most("ours / floor", 0.95, 1.05));
        let shown =
            "| call | 95.0 k | 100.0 k | 190.0 k | 0.950 | 2.000 | ours / floor at most 1.05 | 0.950: met |";
        assert_eq!(row.to_string(), shown);
        let row = Row::new("call", Unit::Crates, 95.0, None, None);
        assert_eq!(row.to_string(), "| call | 95 |  |  |  |  |  |  |");
    }

    #[test]
    fn a_goal_is_met_on_its_side_of_the_limit() {
        let met = [Goal::at_most("", 2.0, 2.0), Goal::at_most("", 2.1, 2.0), Goal::at_least("", 2.1, 2.0)];
        assert_eq!(met.map(|goal| goal.is_met()), [true, false, true]);
        assert!(Goal::at_least("", 1.9, 2.0).verdict().ends_with("NOT MET"));
    }
}
