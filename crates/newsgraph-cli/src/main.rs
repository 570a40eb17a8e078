//! The newsgraph program: reads the command line, runs the command, and tells the shell how it went.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = newsgraph_cli::Args::parse();
    newsgraph_cli::finish(newsgraph_cli::run(args)).into()
}
