//! The table that is printed: figures as they were measured, and the ratios that count.

use std::fmt;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Instructions,
    Bytes,
    Seconds,
    Nanoseconds,
    Crates,
}

/// One case, as measured for each subject.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) case: String,
    pub(crate) unit: Unit,
    pub(crate) ours: f64,
    pub(crate) floor: Option<f64>,
    pub(crate) peer: Option<f64>,
    /// Whether the goal for all runtime cases is about it.
    pub(crate) runtime: bool,
}

impl Row {
    /// Ours beside the floor: below 1 is better than the floor.
    pub(crate) fn beside_floor(&self) -> Option<f64> {
        self.floor.map(|floor| self.ours / floor)
    }

    /// The peer beside ours: how many times we are ahead.
    pub(crate) fn ahead(&self) -> Option<f64> {
        self.peer.map(|peer| peer / self.ours)
    }
}

/// A figure as people read it. Nothing below a thousandth is told, and times are no more than a hint at the machine.
fn figure(unit: Unit, number: f64) -> String {
    match unit {
        Unit::Instructions if number >= 1e6 => format!("{:.2} M", number / 1e6),
        Unit::Instructions => format!("{:.1} k", number / 1e3),
        Unit::Bytes => format!("{:.1} MiB", number / (1024.0 * 1024.0)),
        Unit::Seconds => format!("{number:.2} s"),
        Unit::Nanoseconds => format!("{:.3} ms", number / 1e6),
        Unit::Crates => format!("{number:.0}"),
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Instructions => "instructions",
            Self::Bytes => "bytes",
            Self::Seconds | Self::Nanoseconds => "time",
            Self::Crates => "crates",
        })
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |number: Option<f64>| number.map_or_else(String::new, |number| figure(self.unit, number));
        let ratio = |ratio: Option<f64>| ratio.map_or_else(String::new, |ratio| format!("{ratio:.3}"));
        write!(
            f,
            "| {} | {} | {} | {} | {} | {} | {} |",
            self.case,
            self.unit,
            figure(self.unit, self.ours),
            shown(self.floor),
            shown(self.peer),
            ratio(self.beside_floor()),
            ratio(self.ahead()),
        )
    }
}

/// The head of the table.
pub(crate) const HEAD: &str = "| case | counted | ours | floor | peer | ours / floor | peer / ours |
| --- | --- | ---: | ---: | ---: | ---: | ---: |";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_both_ratios_and_leaves_out_what_was_not_measured() {
        let mut row = Row {
            case: "one call".to_owned(),
            unit: Unit::Instructions,
            ours: 95_000.0,
            floor: Some(100_000.0),
            peer: Some(190_000.0),
            runtime: true,
        };
        assert_eq!(
            row.to_string(),
            "| one call | instructions | 95.0 k | 100.0 k | 190.0 k | 0.950 | 2.000 |"
        );
        (row.floor, row.peer, row.unit) = (None, None, Unit::Crates);
        assert_eq!(row.to_string(), "| one call | crates | 95000 |  |  |  |  |");
    }
}
