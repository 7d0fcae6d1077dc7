//! Runs what measures, judges what was told, and prints it.

use std::path::PathBuf;

use anyhow::anyhow;

use super::figures::Figures;
use super::goal::Goal;
use super::judge::{Judged, Verdict, judge};
use super::programs::Programs;
use super::table::GOALS;
use super::{print, source};
use crate::failure::Failure;
use crate::tidy::Tree;

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) root: PathBuf,
    /// As many runs as a release needs.
    pub(crate) full: bool,
    /// These goals alone, or all where there is none.
    pub(crate) only: Vec<u32>,
}

/// Fails if a goal does not hold.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let goals = chosen(&options.only)?;
    let outcome = Programs::new(&options.root, options.full)?.run(&goals)?;
    let mut figures = Figures::read(&outcome.figures)?;
    source::add(&Tree::read(&options.root)?, &mut figures);
    let judged: Vec<_> =
        goals.iter().map(|goal| judge(goal, &figures, &outcome.failed, options.full)).collect();
    println!("\n{}", print::HEAD);
    for goal in &judged {
        println!("{goal}");
    }
    println!("\n{}", print::summary(&judged));
    for sentence in &outcome.broken {
        println!("{sentence}");
    }
    verdict(&judged, &outcome.broken)
}

fn chosen(only: &[u32]) -> Result<Vec<&'static Goal>, Failure> {
    if let Some(unknown) = only.iter().find(|number| GOALS.iter().all(|goal| goal.number != **number)) {
        let sentence = format!("there is no goal {unknown}: name one from 1 to {}", GOALS.len());
        return Err(Failure::at("--only", sentence));
    }
    Ok(GOALS.iter().filter(|goal| only.is_empty() || only.contains(&goal.number)).collect())
}

fn verdict(judged: &[Judged], broken: &[String]) -> Result<(), Failure> {
    let missed = judged.iter().filter(|goal| goal.verdict == Verdict::DoesNotHold).count();
    if missed > 0 {
        return Err(anyhow!("{missed} of {} goals do not hold: see above", judged.len()).into());
    }
    // A program that broke off after it told everything is still no proof.
    if broken.is_empty() { Ok(()) } else { Err(anyhow!("a program that measures failed: see above").into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_can_be_chosen_by_number_and_no_other_can() {
        let numbers =
            |only: &[u32]| chosen(only).map(|goals| goals.iter().map(|goal| goal.number).collect::<Vec<_>>());
        assert_eq!(numbers(&[14, 3]).unwrap(), [3, 14]);
        assert_eq!(numbers(&[]).unwrap(), (1..=21).collect::<Vec<_>>());
        assert!(chosen(&[22]).unwrap_err().to_string().contains("no goal 22"));
    }
}
