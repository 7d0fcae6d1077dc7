//! Holds the figures against the goals.

use super::figures::{Figures, gathered};
use super::goal::{Bound, Goal, Limit};

/// Whether a goal holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Holds,
    /// As far as an ordinary run goes; a release asks for more.
    HoldsSoFar,
    DoesNotHold,
}

/// One figure of a goal as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) figure: String,
    pub(crate) required: String,
    pub(crate) measured: String,
    pub(crate) verdict: Verdict,
}

/// A goal, judged.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) number: u32,
    pub(crate) name: &'static str,
    pub(crate) lines: Vec<Line>,
    /// Tests that failed, by name.
    pub(crate) failed: Vec<String>,
    pub(crate) remark: Option<&'static str>,
    pub(crate) verdict: Verdict,
}

/// What a goal came to. `failed` are the names of all tests that failed; `full` asks for what a release asks.
pub(crate) fn judge(goal: &Goal, figures: &Figures, failed: &[String], full: bool) -> Judged {
    let lines: Vec<_> = goal.limits.iter().map(|limit| line(goal, limit, figures, full)).collect();
    let proves = |name: &&String| goal.tests.iter().any(|test| last(name).starts_with(test));
    let failed: Vec<_> = failed.iter().filter(proves).cloned().collect();
    let all = |verdicts: &[Verdict]| lines.iter().all(|line| verdicts.contains(&line.verdict));
    let verdict = if !failed.is_empty() || lines.is_empty() {
        Verdict::DoesNotHold
    } else if all(&[Verdict::Holds]) {
        Verdict::Holds
    } else if all(&[Verdict::Holds, Verdict::HoldsSoFar]) {
        Verdict::HoldsSoFar
    } else {
        Verdict::DoesNotHold
    };
    Judged { number: goal.number, name: goal.name, lines, failed, remark: goal.remark, verdict }
}

/// The name of a test without its modules.
fn last(name: &str) -> &str {
    name.rsplit("::").next().unwrap_or(name)
}

fn line(goal: &Goal, limit: &Limit, figures: &Figures, full: bool) -> Line {
    let told = |name: &str| figures.gather(goal.number, name, limit.gather);
    let names: Vec<_> = if limit.each.is_empty() {
        vec![limit.figure.to_owned()]
    } else {
        limit.each.iter().map(|each| format!("{}{each}", limit.figure)).collect()
    };
    let missing: Vec<_> = names.iter().filter(|name| told(name).is_none()).cloned().collect();
    let value = gathered(names.iter().filter_map(|name| told(name)), limit.gather);
    let same = if let Bound::SameAs(other) = limit.bound { told(other) } else { None };
    let verdict = match value.filter(|_| missing.is_empty()) {
        Some(value) => lies(value, limit.bound, same, full),
        None => Verdict::DoesNotHold,
    };
    let figure = match limit.each.len() {
        0 => limit.figure.to_owned(),
        count => format!("{}each of {count}", limit.figure),
    };
    let measured = match value {
        Some(value) if missing.is_empty() => number(value),
        _ => format!("not measured: {}", missing.join(", ")),
    };
    Line { figure, required: required(limit.bound, same, full), measured, verdict }
}

/// On which side of its bound a value lies.
fn lies(value: f64, bound: Bound, same: Option<f64>, full: bool) -> Verdict {
    let is_equal = |one: f64, other: f64| (one - other).abs() < 1e-9;
    let holds = match bound {
        Bound::Exactly(bound) => is_equal(value, f64::from(bound)),
        Bound::AtMost(bound) => value <= f64::from(bound),
        Bound::Below(bound) => value < f64::from(bound),
        Bound::AtLeast(bound) => value >= f64::from(bound),
        Bound::SameAs(_) => same.is_some_and(|same| is_equal(value, same)),
        Bound::Runs(_, release) if value >= f64::from(release) => true,
        Bound::Runs(ordinary, _) if !full && value >= f64::from(ordinary) => return Verdict::HoldsSoFar,
        Bound::Runs(..) => false,
        Bound::Told => true,
    };
    if holds { Verdict::Holds } else { Verdict::DoesNotHold }
}

fn required(bound: Bound, same: Option<f64>, full: bool) -> String {
    let of = |bound: u32| number(f64::from(bound));
    match bound {
        Bound::Exactly(bound) => of(bound),
        Bound::AtMost(bound) => format!("at most {}", of(bound)),
        Bound::Below(bound) => format!("below {}", of(bound)),
        Bound::AtLeast(bound) => format!("at least {}", of(bound)),
        Bound::SameAs(other) => {
            same.map_or_else(|| format!("as many as {other}"), |same| format!("all {}", number(same)))
        }
        Bound::Runs(_, release) if full => format!("at least {}", of(release)),
        Bound::Runs(ordinary, release) => {
            format!("at least {}; of a release {}: --full", of(ordinary), of(release))
        }
        Bound::Told => "told".to_owned(),
    }
}

/// A number as people read it: thousands apart, and a part of one only where there is one.
fn number(value: f64) -> String {
    let text = if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") };
    let (whole, part) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let digits = whole.chars().rev().enumerate();
    let apart =
        digits.flat_map(|(at, digit)| (at > 0 && at % 3 == 0).then_some(',').into_iter().chain([digit]));
    let whole: String = apart.collect::<Vec<_>>().into_iter().rev().collect();
    part.map_or(whole.clone(), |part| format!("{whole}.{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::goal::{Gather, at_most, most, none, sum};

    const GOAL: Goal = Goal {
        number: 7,
        name: "no double write",
        tests: &["c24_"],
        limits: &[
            at_most("creations", 1),
            none("losses"),
            sum("right", Bound::SameAs("all")),
            Limit { figure: "hits in ", each: &["C1", "C2"], gather: Gather::Most, bound: Bound::Exactly(1) },
            most("worst", Bound::Told),
        ],
        remark: None,
    };
    const GOOD: &str = "G7\tcreations\t0\nG7\tcreations\t1\nG7\tlosses\t0\nG7\tright\t2\nG7\tright\t3\nG7\tall\t5\nG7\thits in C1\t1\n\
        G7\thits in C2\t1\nG7\tworst\t9.25\n";

    fn judged(text: &str, failed: &[&str]) -> Judged {
        let failed: Vec<_> = failed.iter().map(|name| (*name).to_owned()).collect();
        judge(&GOAL, &Figures::read(text).unwrap(), &failed, false)
    }

    #[test]
    fn a_goal_holds_when_each_of_its_figures_does() {
        let good = judged(GOOD, &["c23_other", "tests::c2"]);
        assert_eq!(good.verdict, Verdict::Holds, "{good:?}");
        assert_eq!(good.lines[4].measured, "9.2");
        for worse in ["G7\tcreations\t2\n", "G7\tlosses\t1\n", "G7\tright\t1\n", "G7\thits in C2\t2\n"] {
            let bad = judged(&format!("{GOOD}{worse}"), &[]);
            assert_eq!(bad.verdict, Verdict::DoesNotHold, "{worse}");
            assert_eq!(bad.lines.iter().filter(|line| line.verdict == Verdict::DoesNotHold).count(), 1);
        }
    }

    #[test]
    fn a_figure_that_nobody_told_does_not_hold_and_is_named() {
        for name in ["creations", "losses", "right", "all", "hits in C2", "worst"] {
            let lines = GOOD.lines().filter(|line| !line.starts_with(&format!("G7\t{name}\t")));
            let text = lines.collect::<Vec<_>>().join("\n");
            let bad = judged(&text, &[]);
            assert_eq!(bad.verdict, Verdict::DoesNotHold, "{name}");
            let shown = format!("{:?}", bad.lines);
            let is_named =
                shown.contains(&format!("not measured: {name}")) || shown.contains("as many as all");
            assert!(is_named, "{shown}");
        }
    }

    #[test]
    fn a_test_that_failed_takes_its_goals_with_it_by_name() {
        let bad = judged(GOOD, &["inner::c24_schedules", "c25_x"]);
        assert_eq!(
            (bad.verdict, bad.failed),
            (Verdict::DoesNotHold, vec!["inner::c24_schedules".to_owned()])
        );
    }

    #[test]
    fn fewer_runs_than_a_release_asks_for_hold_so_far_and_not_in_full() {
        let bound = Bound::Runs(300, 1_000);
        let lies = |value, full| lies(value, bound, None, full);
        assert_eq!([lies(299.0, false), lies(300.0, false)], [Verdict::DoesNotHold, Verdict::HoldsSoFar]);
        assert_eq!([lies(300.0, true), lies(1e3, true)], [Verdict::DoesNotHold, Verdict::Holds]);
        assert_eq!(required(bound, None, false), "at least 300; of a release 1,000: --full");
    }

    #[test]
    fn numbers_are_shown_as_people_read_them() {
        let shown = [0.0, 999.0, 1_000.0, 129_600.0, 1_234_567.89].map(number);
        assert_eq!(shown, ["0", "999", "1,000", "129,600", "1,234,567.9"]);
    }
}
