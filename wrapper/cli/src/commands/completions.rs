//! `completions` and `man`, both from the description of the arguments.

use clap::CommandFactory as _;

use crate::args::{Args, Completions};
use crate::exit::Failure;
use crate::output::Output;

pub(crate) fn completions(args: &Completions) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "bank-data", &mut text);
    Output::write_bytes(&text)
}

pub(crate) fn manual() -> Result<(), Failure> {
    let mut text = Vec::new();
    let fail = |error| Failure::file(format!("the manual page cannot be made: {error}"));
    clap_mangen::Man::new(Args::command()).render(&mut text).map_err(fail)?;
    // One page for all: each command in a section of its own, and no page that does not exist is named.
    let mut program = Args::command();
    program.build();
    let mut page = String::from_utf8_lossy(&text).into_owned();
    for command in program.get_subcommands() {
        let name = command.get_name();
        page = page.replace(&format!("bank\\-data\\-{name}(1)"), &format!("bank\\-data {name}"));
    }
    let mut text = page.into_bytes();
    for command in program.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        let title = format!(".SH \"BANK\\-DATA {}\"\n.nf\n", command.get_name().to_uppercase());
        text.extend_from_slice(title.as_bytes());
        for line in command.render_long_help().to_string().lines() {
            // So that a line which begins with a point or an apostrophe is not a request of roff.
            let line = line.replace('\\', "\\\\").replace('-', "\\-");
            text.extend_from_slice(format!("\\&{line}\n").as_bytes());
        }
        text.extend_from_slice(b".fi\n");
    }
    Output::write_bytes(&text)
}
