//! Chores of the repository, as code: `cargo xtask <command>`.

mod bench;
mod eval;
mod gazetteer;
mod senses;
mod synth;
mod tidy;
mod train;

use clap::{Parser, Subcommand};

/// Chores of the newsgraph repository.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Time the whole program on synthetic corpora of growing size.
    Bench(bench::Args),
    /// Score the program on the development sets and compare with the committed table.
    Eval(eval::Args),
    /// Make the embedded gazetteer from packages and our own lists.
    Gazetteer(gazetteer::Args),
    /// Make the table of words and their senses from WordNet.
    Senses(senses::Args),
    /// Make a corpus of news that never happened, with the truth beside it, or score a run over one.
    Synth(synth::Args),
    /// Check documents, file sizes and other rules of the repository.
    Tidy(tidy::Args),
    /// Train the embedded models.
    Train(train::Args),
}

fn main() -> anyhow::Result<()> {
    match Args::parse().command {
        Command::Bench(args) => bench::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Gazetteer(args) => gazetteer::run(args),
        Command::Senses(args) => senses::run(args),
        Command::Synth(args) => synth::run(args),
        Command::Tidy(args) => tidy::run(args),
        Command::Train(args) => train::run(args),
    }
}
