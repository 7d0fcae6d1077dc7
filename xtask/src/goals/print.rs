//! How the goals are shown: a line for each goal, and below it one for each of its figures.

use std::fmt;

use super::judge::{Judged, Verdict};

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Holds => "holds",
            Self::HoldsSoFar => "holds so far",
            Self::DoesNotHold => "DOES NOT HOLD",
        })
    }
}

/// The head of the table.
pub(crate) const HEAD: &str = "| goal | figure | required | measured | verdict |
| --- | --- | ---: | ---: | --- |";

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| **{}** | **{}** | | | **{}** |", self.number, self.name, self.verdict)?;
        for line in &self.lines {
            let verdict = if line.required == "told" { String::new() } else { line.verdict.to_string() };
            write!(f, "\n| | {} | {} | {} | {verdict} |", line.figure, line.required, line.measured)?;
        }
        for test in &self.failed {
            write!(f, "\n| | the test `{test}` | passes | failed | {} |", Verdict::DoesNotHold)?;
        }
        self.remark.map_or(Ok(()), |remark| write!(f, "\n| | *{remark}* | | | |"))
    }
}

/// One sentence about all of them.
pub(crate) fn summary(goals: &[Judged]) -> String {
    let of = |verdict: Verdict| goals.iter().filter(move |goal| goal.verdict == verdict);
    let missed: Vec<_> = of(Verdict::DoesNotHold).map(|goal| goal.number.to_string()).collect();
    let so_far = of(Verdict::HoldsSoFar).count();
    let holding = of(Verdict::Holds).count() + so_far;
    let more = if so_far > 0 {
        format!(", {so_far} of them so far: --full makes the runs of a release")
    } else {
        String::new()
    };
    let missed =
        if missed.is_empty() { String::new() } else { format!("; DOES NOT HOLD: {}", missed.join(", ")) };
    format!("{holding} of {} goals hold{more}{missed}", goals.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::judge::Line;

    fn goal(number: u32, verdict: Verdict) -> Judged {
        let line = Line {
            figure: "ids".to_owned(),
            required: "at least 1,000,000".to_owned(),
            measured: "7".to_owned(),
            verdict,
        };
        let failed = vec!["f05_ids".to_owned()];
        Judged { number, name: "path", lines: vec![line], failed, remark: Some("a remark"), verdict }
    }

    #[test]
    fn a_goal_is_shown_with_its_figures_its_failed_tests_and_its_remark() {
        assert_eq!(
            goal(14, Verdict::DoesNotHold).to_string(),
            "| **14** | **path** | | | **DOES NOT HOLD** |\n\
             | | ids | at least 1,000,000 | 7 | DOES NOT HOLD |\n\
             | | the test `f05_ids` | passes | failed | DOES NOT HOLD |\n\
             | | *a remark* | | | |"
        );
    }

    #[test]
    fn the_summary_names_what_does_not_hold() {
        use Verdict::{DoesNotHold, Holds, HoldsSoFar};
        let goals = [goal(1, Holds), goal(2, DoesNotHold), goal(3, HoldsSoFar), goal(4, DoesNotHold)];
        let said = summary(&goals);
        assert_eq!(
            said,
            "2 of 4 goals hold, 1 of them so far: --full makes the runs of a release; DOES NOT HOLD: 2, 4"
        );
        assert_eq!(summary(&[goal(1, Holds)]), "1 of 1 goals hold");
    }
}
