//! What is asked of the binary `load`: its arguments and its help.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

use super::case::{CASES, Case, case};
use super::scale::Scale;
use super::serving::Served;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
The load cases: what ten thousand callers at once, and an hour of faults, cost the client.

    cargo run --release -p behaviour --bin load [-- [OPTIONS] [CASE]...]

Each CASE is one of l1 to l6 (l01 to l06 do as well); without any, all are run.

    --minutes N   how long l6 lasts; 1 unless told otherwise, 60 is the real thing
    --seed N      the faults of l6; another one each time unless told, and printed
    --small       a few hundred callers and three seconds; time, memory and sockets are not judged
    --help        this text

Prints one table. Exit code 0: every case holds; 1: one does not; 2: the arguments are wrong.
Where the environment variable GOALS_FIGURES names a file, each figure is appended to it: goal, name, value, with tabs
between. Memory, sockets and descriptors are told on Linux only.
";

const MINUTE: Duration = Duration::from_secs(60);

/// What the process is to do.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    /// Print the help.
    Help,
    /// Run cases and print the table.
    Run(Options),
    /// Run the one case here, and print its report for the process that started this one.
    Alone(Options),
    /// Be the server of a case.
    Serve(Served, u64),
}

/// How cases are to be run.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Which.
    pub(crate) cases: Vec<&'static Case>,
    /// Where the faults come from.
    pub(crate) seed: u64,
    minutes: u32,
    small: bool,
}

impl Options {
    /// How large the run is.
    pub(crate) fn scale(&self) -> Scale {
        if self.small { Scale::small() } else { Scale::full(MINUTE * self.minutes) }
    }

    /// The arguments for a process that runs this case alone.
    pub(crate) fn alone(&self, case: &Case) -> Vec<String> {
        let (minutes, seed) = (self.minutes.to_string(), self.seed.to_string());
        let mut arguments = vec!["--alone", "--minutes", &minutes, "--seed", &seed, case.id];
        if self.small {
            arguments.push("--small");
        }
        arguments.into_iter().map(str::to_owned).collect()
    }
}

/// Reads the arguments.
///
/// # Errors
/// One sentence that says which is wrong and what is right.
pub(crate) fn read(arguments: impl IntoIterator<Item = String>) -> Result<Task, String> {
    let mut options = Options { cases: Vec::new(), seed: any(), minutes: 1, small: false };
    let (mut alone, mut serve) = (false, None);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--help" | "-h" => return Ok(Task::Help),
            "--small" => options.small = true,
            "--minutes" => options.minutes = number("--minutes", arguments.next())?,
            "--seed" => options.seed = number("--seed", arguments.next())?,
            // These two are for the processes that this program starts itself.
            "--alone" => alone = true,
            "--serve" => serve = arguments.next().as_deref().and_then(Served::named),
            id => options.cases.push(case(&id.replacen("l0", "l", 1)).ok_or_else(|| unknown(id))?),
        }
    }
    if options.minutes == 0 {
        return Err("`--minutes` is 0, so that nothing would be seen: give 1 or more".to_owned());
    }
    if options.cases.is_empty() {
        options.cases = CASES.iter().collect();
    }
    Ok(match (serve, alone) {
        (Some(served), _) => Task::Serve(served, options.seed),
        (None, true) => Task::Alone(options),
        (None, false) => Task::Run(options),
    })
}

fn number<N: std::str::FromStr>(name: &str, given: Option<String>) -> Result<N, String> {
    let given = given.ok_or_else(|| format!("`{name}` has no number: write one behind it"))?;
    given.parse().map_err(|_| format!("`{name} {given}` is no number that fits: give a whole one"))
}

fn unknown(given: &str) -> String {
    format!("`{given}` is neither a case nor an option: the cases are l1 to l6, and --help names the options")
}

/// A number that differs from run to run. The seed of the standard hasher is random enough.
fn any() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &str) -> Result<Task, String> {
        read(arguments.split_whitespace().map(str::to_owned))
    }

    fn run(arguments: &str) -> Options {
        match of(arguments) {
            Ok(Task::Run(options)) => options,
            other => panic!("{arguments}: {other:?}"),
        }
    }

    #[test]
    fn without_arguments_all_cases_are_run_at_full_scale() {
        let options = run("");
        assert_eq!(options.cases.len(), CASES.len());
        assert_eq!(options.scale().callers, 10_000);
        assert_eq!(options.scale().soak, MINUTE);
    }

    #[test]
    fn a_case_is_named_with_and_without_a_zero() {
        for name in ["l5", "L5", "l05"] {
            assert_eq!(run(name).cases[0].id, "L5", "{name}");
        }
        let both: Vec<_> = run("l6 l2").cases.iter().map(|case| case.id).collect();
        assert_eq!(both, ["L6", "L2"]);
    }

    #[test]
    fn a_process_for_one_case_is_told_all_that_was_asked_for() {
        let asked = run("--minutes 60 --seed 18446744073709551615 l6");
        let Ok(Task::Alone(told)) = read(asked.alone(asked.cases[0])) else { panic!() };
        assert_eq!((told.seed, told.scale().soak), (u64::MAX, MINUTE * 60));
        assert_eq!(told.cases.len(), 1);
        let asked = run("--small l1");
        let Ok(Task::Alone(told)) = read(asked.alone(asked.cases[0])) else { panic!() };
        assert_eq!(told.scale().callers, Scale::small().callers);
    }

    #[test]
    fn what_is_wrong_is_said_in_a_sentence_that_says_what_is_right() {
        for (arguments, part) in [
            ("l7", "the cases are l1 to l6"),
            ("--fast", "--help names the options"),
            ("--minutes", "has no number"),
            ("--minutes soon", "`--minutes soon` is no number"),
            ("--minutes 0", "give 1 or more"),
            ("--seed -1", "`--seed -1` is no number"),
        ] {
            assert!(of(arguments).unwrap_err().contains(part), "{arguments}");
        }
    }
}
