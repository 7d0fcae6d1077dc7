//! A balance over time as text.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// From an eighth of a line to all of it.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ROWS: usize = 6;

/// Draws the values, the oldest first, `width` characters wide at most: the highest and lowest at the left, their days below.
pub(crate) fn chart(values: &[Decimal], first: &str, last: &str, width: usize) -> String {
    let (Some(high), Some(low)) = (values.iter().max().copied(), values.iter().min().copied()) else {
        return String::new();
    };
    let labels = [high.round_dp(2).to_string(), low.round_dp(2).to_string()];
    let margin = labels.iter().map(String::len).max().unwrap_or_default() + 2;
    let columns = values.len().min(width.saturating_sub(margin)).max(1);
    // Each column shows the last of the values that fall on it.
    let heights: Vec<usize> = (0..columns)
        .map(|column| {
            let at = (column + 1) * values.len() / columns - 1;
            let value = values.get(at).copied().unwrap_or(low);
            let span = (high - low).to_f64().unwrap_or_default();
            let share = if span > 0.0 { (value - low).to_f64().unwrap_or_default() / span } else { 1.0 };
            eighths(share)
        })
        .collect();
    let mut text = String::new();
    for row in (0..ROWS).rev() {
        let label = match row {
            _ if row + 1 == ROWS => labels.first(),
            0 => labels.last(),
            _ => None,
        };
        let label = label.map_or("", String::as_str);
        let _ = write!(text, "{label:>width$}  ", width = margin - 2);
        let line: String = heights
            .iter()
            .map(|height| match height.saturating_sub(row * BLOCKS.len()) {
                0 => ' ',
                filled => BLOCKS.get(filled.min(BLOCKS.len()) - 1).copied().unwrap_or('█'),
            })
            .collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let gap = columns.saturating_sub(first.len() + last.len()).max(1);
    let _ = writeln!(text, "{:margin$}{first}{:gap$}{last}", "", "");
    text
}

/// A share of the height, 0 to 1, in eighths of a line: one at least, so that each day is seen.
fn eighths(share: f64) -> usize {
    const MOST: u8 = 47;
    let height = (share * f64::from(MOST)).round();
    (0..=MOST).find(|step| f64::from(*step) >= height).map_or(1, |step| usize::from(step) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_has_the_highest_and_lowest_value_and_fits_the_width() {
        let values: Vec<Decimal> = (0..90).map(|day| Decimal::new(10_000 + day * 100, 2)).collect();
        let text = chart(&values, "2026-01-01", "2026-03-31", 40);
        assert!(text.starts_with("189.00  ") && text.contains("\n100.00  ▂"), "{text}");
        assert!(text.lines().all(|line| console::measure_text_width(line) <= 40), "{text}");
        assert!(text.lines().next().unwrap().ends_with('█'), "{text}");
        assert_eq!(chart(&[], "", "", 40), "");
        assert!(chart(&[Decimal::ONE], "a", "b", 10).contains('█'));
    }
}
