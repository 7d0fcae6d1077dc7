//! A table that fits the width of the terminal: amounts aligned at the point, texts cut where there is no room.

use console::{Alignment, measure_text_width, pad_str, truncate_str};

use super::{Output, harmless};

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
    /// Amounts: their decimal points below each other.
    Point,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    title: &'static str,
    align: Align,
    /// The least width that it is cut to. `None`: it is never cut.
    least: Option<usize>,
    /// Left out where even cut columns do not fit: the highest first. 0: never.
    spare: u8,
}

impl Column {
    pub(crate) const fn new(title: &'static str, align: Align) -> Self {
        Self { title, align, least: None, spare: 0 }
    }

    /// May be cut to this width.
    pub(crate) const fn cut(mut self, least: usize) -> Self {
        self.least = Some(least);
        self
    }

    /// May be left out, the highest first.
    pub(crate) const fn spare(mut self, spare: u8) -> Self {
        self.spare = spare;
        self
    }
}

/// Rows under columns.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    empty: &'static str,
}

impl Table {
    /// A table that shows `empty` where it has no rows.
    pub(crate) fn new(columns: &[Column], empty: &'static str) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new(), empty }
    }

    /// Adds a row. Control characters of a bank's texts become blanks, so that they cannot steer the terminal.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| harmless(&cell)).collect());
    }

    /// The table as text, each line with its end.
    pub(crate) fn render(&self, output: &Output) -> String {
        if self.rows.is_empty() {
            return format!("{}\n", output.wrap(self.empty));
        }
        let mut columns: Vec<Shown> =
            self.columns.iter().enumerate().map(|(at, column)| self.shown(at, *column)).collect();
        if let Some(width) = output.width {
            fit(&mut columns, width);
        }
        let head = output.style().bold();
        let mut text = String::new();
        let titles: Vec<String> = columns.iter().map(|shown| shown.pad(shown.column.title)).collect();
        text.push_str(&head.apply_to(titles.join("  ").trim_end()).to_string());
        text.push('\n');
        for row in 0..self.rows.len() {
            let cells: Vec<String> = columns
                .iter()
                .map(|shown| shown.pad(shown.cells.get(row).map_or("", String::as_str)))
                .collect();
            text.push_str(cells.join("  ").trim_end());
            text.push('\n');
        }
        text
    }

    fn shown(&self, at: usize, column: Column) -> Shown {
        let mut cells: Vec<String> =
            self.rows.iter().map(|row| row.get(at).cloned().unwrap_or_default()).collect();
        if column.align == Align::Point {
            let behind = |cell: &String| cell.split_once('.').map_or(0, |(_, fraction)| fraction.len() + 1);
            let most = cells.iter().map(behind).max().unwrap_or_default();
            for cell in &mut cells {
                let missing = most - behind(cell);
                cell.push_str(&" ".repeat(missing));
            }
        }
        let widest = cells.iter().map(|cell| measure_text_width(cell)).max().unwrap_or_default();
        Shown { column, width: widest.max(measure_text_width(column.title)), cells }
    }
}

/// A column with its cells as they are shown.
struct Shown {
    column: Column,
    width: usize,
    cells: Vec<String>,
}

impl Shown {
    fn pad(&self, cell: &str) -> String {
        let alignment = if self.column.align == Align::Left { Alignment::Left } else { Alignment::Right };
        let cell = truncate_str(cell, self.width, "…");
        pad_str(&cell, self.width, alignment, None).into_owned()
    }
}

/// Cuts columns, the widest first, and then leaves out spare ones, until they fit.
fn fit(columns: &mut Vec<Shown>, width: usize) {
    loop {
        let total = columns.iter().map(|shown| shown.width + 2).sum::<usize>().saturating_sub(2);
        let mut excess = total.saturating_sub(width);
        if excess == 0 {
            return;
        }
        let room = |shown: &Shown| shown.width.saturating_sub(shown.column.least.unwrap_or(shown.width));
        if columns.iter().map(room).sum::<usize>() >= excess {
            while excess > 0 {
                let widest =
                    columns.iter_mut().filter(|shown| room(shown) > 0).max_by_key(|shown| shown.width);
                let Some(shown) = widest else { return };
                shown.width -= 1;
                excess -= 1;
            }
            return;
        }
        let spare = columns.iter().enumerate().filter(|(_, shown)| shown.column.spare > 0);
        let Some((at, _)) = spare.max_by_key(|(_, shown)| shown.column.spare) else {
            // All that can be cut is; a terminal that narrow breaks the lines.
            for shown in columns {
                shown.width = shown.column.least.map_or(shown.width, |least| least.min(shown.width));
            }
            return;
        };
        columns.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let columns = [
            Column::new("day", Align::Left),
            Column::new("amount", Align::Point),
            Column::new("who", Align::Left).cut(6),
            Column::new("what", Align::Left).cut(6).spare(1),
        ];
        let mut table = Table::new(&columns, "nothing");
        table.row(["2026-03-01", "-4.20", "Corner Cafe", "CARD 1234\u{1b}[2J CORNER"].map(str::to_owned));
        table.row(["2026-03-02", "1000", "A name of some length", "RENT"].map(str::to_owned));
        table
    }

    fn output(width: Option<usize>) -> Output {
        let mut output = Output::new(false, false);
        output.width = width;
        output
    }

    #[test]
    fn amounts_stand_at_their_points_and_texts_cannot_steer_the_terminal() {
        let text = table().render(&output(None));
        assert_eq!(
            text,
            "day          amount  who                    what\n\
             2026-03-01    -4.20  Corner Cafe            CARD 1234 [2J CORNER\n\
             2026-03-02  1000     A name of some length  RENT\n"
        );
    }

    #[test]
    fn lines_fit_the_width_and_the_least_important_column_goes_first() {
        for width in 27..80 {
            let text = table().render(&output(Some(width)));
            assert!(text.lines().all(|line| measure_text_width(line) <= width), "{width}:\n{text}");
        }
        let text = table().render(&output(Some(30)));
        assert!(text.contains('…') && !text.contains("what"), "{text}");
    }
}
