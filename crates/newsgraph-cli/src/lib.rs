//! The newsgraph program, as a library: so that tests call what the command line calls.
//!
//! [`Args`] is the command line as it was typed, settings are what follows from it, and each command is a module.
//! Nothing is known here about texts: documents come from `newsgraph-corpus`, all that is found in them from
//! `newsgraph`. Files, terminals, signals and threads are known nowhere else.

mod args;
mod commands;
mod inputs;
mod interrupt;
mod lexicon;
mod lists;
mod output;
mod parallel;
mod reading;
mod reporter;
mod settings;
mod status;

pub use args::Args;
pub use status::{ExitStatus, finish};

use args::{Command, EventsCommand};
use settings::Settings;

/// Runs a command to its end. Problems with single inputs are told on stderr and change the status.
///
/// # Errors
/// When nothing useful could be done: an input is missing, the output cannot be written.
pub fn run(args: Args) -> anyhow::Result<ExitStatus> {
    let Args { jobs, command } = args;
    interrupt::install();
    match command {
        Command::Graph(args) => commands::graph::run(
            &Settings::new(jobs, &args.inputs, &args.reading, args.output.as_deref())?,
            &args,
        ),
        Command::Merge(args) => commands::merge::run(settings::threads(jobs), &args),
        Command::Query(args) => commands::query::run(&args),
        Command::Extract(args) => commands::extract::run(
            &Settings::new(jobs, &args.inputs, &args.reading, args.output.as_deref())?,
            &args,
        ),
        Command::Gazetteer(args) => commands::gazetteer::run(&args),
        Command::Parse(args) => commands::parse::run(
            &Settings::new(jobs, &args.inputs, &args.reading, args.output.as_deref())?,
            &args,
        ),
        Command::Events(EventsCommand::Explain(args)) => commands::events::explain(&args),
        Command::Events(EventsCommand::Check(args)) => commands::events::check(&args),
        Command::Events(EventsCommand::Coverage(args)) => {
            commands::events::coverage(&Settings::new(jobs, &args.inputs, &args.reading, None)?, &args)
        }
    }
}
