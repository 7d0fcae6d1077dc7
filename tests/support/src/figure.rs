//! Figures: what a test measured, told to `cargo xtask goals`, which judges it.
//!
//! A test asserts what must be so on every machine, and tells here what is a goal, above all times: an ordinary run of the
//! tests must not fail because a machine is busy.

use std::ffi::OsStr;
use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::{self, Write as _};

/// The variable that names the file for the figures. Without it nobody asked for any.
const FILE: &str = "GOALS_FIGURES";

/// Tells a figure of a goal, such as `figure("G14", "ids", 1_000_000)`: a line `goal TAB name TAB value` at the end of the
/// file that `GOALS_FIGURES` names. Does nothing where that is not set.
///
/// The value is a decimal number. The same figure may be told often and by many processes; the table of goals in
/// `xtask/src/goals` says whether the most, the least or the sum of them counts.
pub fn figure(goal: &str, name: &str, value: impl Display) {
    if let Some(file) = std::env::var_os(FILE) {
        append(&file, goal, name, &value).expect("the file of GOALS_FIGURES can be written to");
    }
}

/// One line by one write at the end, so that lines of several processes do not mix.
fn append(file: &OsStr, goal: &str, name: &str, value: &dyn Display) -> io::Result<()> {
    let line = format!("{goal}\t{name}\t{value}\n");
    OpenOptions::new().append(true).create(true).open(file)?.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_is_a_line_after_those_before_it() {
        let file = std::env::temp_dir().join(format!("figures-{}", std::process::id()));
        append(file.as_os_str(), "G14", "ids", &1_000_000).unwrap();
        append(file.as_os_str(), "G14", "share kept", &0.5).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(text, "G14\tids\t1000000\nG14\tshare kept\t0.5\n");
    }
}
