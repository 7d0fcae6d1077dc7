//! Tables of cases: one row per line, columns separated by ` | `, so that adding a case means adding a row.

/// One row, with its columns by name.
#[derive(Clone, Debug)]
pub struct Row {
    file: &'static str,
    line: usize,
    cells: Vec<(String, String)>,
}

impl Row {
    /// The cell in a column; `-` means empty.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        let cell = self.cells.iter().find(|(name, _)| name == column);
        let (_, text) = cell.unwrap_or_else(|| panic!("{} has no column {column}", self.file));
        if text == "-" { "" } else { text }
    }

    /// The same row with another text in a column.
    #[must_use]
    pub fn with(&self, column: &str, text: &str) -> Self {
        let mut row = self.clone();
        for (_, cell) in row.cells.iter_mut().filter(|(name, _)| name == column) {
            text.clone_into(cell);
        }
        row
    }

    /// The cell in a column, parsed.
    #[must_use]
    pub fn read<T: std::str::FromStr>(&self, column: &str) -> T {
        let text = self.get(column);
        text.parse().unwrap_or_else(|_| panic!("{self}: {column} cannot be {text:?}"))
    }
}

/// The location of the row: `errors.txt:17`.
impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The rows of a table. The first line that is neither empty nor a comment (`#`) names the columns; the last column
/// takes the rest of its line.
#[must_use]
pub fn rows(file: &'static str, text: &str) -> Vec<Row> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let mut lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let (_, head) = lines.next().unwrap_or_else(|| panic!("{file} is empty"));
    let names: Vec<_> = head.split(" | ").map(|name| name.trim().to_owned()).collect();
    let row = |(line, text): (usize, &str)| {
        let cells: Vec<_> = text.splitn(names.len(), " | ").map(|cell| cell.trim().to_owned()).collect();
        assert_eq!(cells.len(), names.len(), "{file}:{line} has not as many columns as the table");
        Row { file, line, cells: names.iter().cloned().zip(cells).collect() }
    };
    lines.map(row).collect()
}
