//! What was promised, and whether it holds.

use std::fmt;

use super::table::Row;

/// Within this of the floor, a case is at the floor: the margin that the goal for one call allows.
const AT_THE_FLOOR: f64 = 1.03;
/// How far ahead of the peer a case must be that is not at the floor.
const AHEAD: f64 = 1.3;

/// A goal with what was measured.
#[derive(Debug)]
pub(crate) struct Goal {
    name: String,
    measured: f64,
    limit: Limit,
}

/// On which side of a figure the goal lies.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    pub(crate) fn at_most(name: impl Into<String>, measured: f64, limit: f64) -> Self {
        Self { name: name.into(), measured, limit: Limit::AtMost(limit) }
    }

    pub(crate) fn at_least(name: impl Into<String>, measured: f64, limit: f64) -> Self {
        Self { name: name.into(), measured, limit: Limit::AtLeast(limit) }
    }

    pub(crate) fn is_met(&self) -> bool {
        match self.limit {
            Limit::AtMost(limit) => self.measured <= limit,
            Limit::AtLeast(limit) => self.measured >= limit,
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = match self.limit {
            Limit::AtMost(limit) => format!("at most {limit}"),
            Limit::AtLeast(limit) => format!("at least {limit}"),
        };
        let verdict = if self.is_met() { "met" } else { "NOT MET" };
        write!(f, "| {} | {limit} | {:.3} | {verdict} |", self.name, self.measured)
    }
}

/// The head of the verdicts.
pub(crate) const HEAD: &str = "| goal | limit | measured | verdict |
| --- | ---: | ---: | --- |";

/// One goal for each runtime case that is not at the floor: to be ahead of the peer.
pub(crate) fn against_the_peer(rows: &[Row]) -> Vec<Goal> {
    let runtime = rows.iter().filter(|row| row.runtime);
    let counted = runtime.filter_map(|row| Some((row, row.beside_floor()?, row.ahead()?)));
    let goals = counted.map(|(row, beside_floor, ahead)| {
        if beside_floor <= AT_THE_FLOOR {
            Goal::at_most(format!("{}: at the floor", row.case), beside_floor, AT_THE_FLOOR)
        } else {
            Goal::at_least(format!("{}: ahead of the peer, or at the floor", row.case), ahead, AHEAD)
        }
    });
    goals.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::table::Unit;

    fn row(ours: f64, floor: f64, peer: f64) -> Row {
        let (floor, peer) = (Some(floor), Some(peer));
        Row { case: "a".to_owned(), unit: Unit::Instructions, ours, floor, peer, runtime: true }
    }

    #[test]
    fn a_case_at_the_floor_need_not_be_ahead_of_the_peer() {
        let goals = against_the_peer(&[row(1.0, 1.0, 1.0), row(1.2, 1.0, 1.2), row(1.2, 1.0, 2.4)]);
        assert_eq!(goals.iter().map(Goal::is_met).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn a_verdict_names_limit_and_figure() {
        let goal = Goal::at_most("one call", 1.1, 1.03);
        assert_eq!(goal.to_string(), "| one call | at most 1.03 | 1.100 | NOT MET |");
    }
}
