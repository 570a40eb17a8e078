//! The newsgraph program: reads the command line, runs the command, and tells the shell how it went.

use std::process::ExitCode;

use clap::Parser;

/// The layers of a document are many small lists, which this allocator makes and frees faster than those of most systems.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = newsgraph_cli::Args::parse();
    newsgraph_cli::finish(newsgraph_cli::run(args)).into()
}
