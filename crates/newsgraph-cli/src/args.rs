//! The command line as it is typed: no effects, no checks beyond a value's own form.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Who said what, who did what to whom, and which sentences say so.
///
/// Reads news articles, finds the people, bodies and places they speak of, the quotes and the events, and makes one
/// knowledge graph of them. Everything it needs is inside the program; nothing is downloaded.
#[derive(Clone, Debug, Parser)]
#[command(name = "newsgraph", version, after_help = AFTER_HELP)]
pub struct Args {
    /// Threads to work with [default: one for each core]
    #[arg(long, global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Inputs are files, folders (read through and through, in order of the names; hidden files are left out), or - for \
standard input. A .txt file is one document; a .jsonl file holds one a line, with \"text\" and, where known, \"id\", \
\"source\", \"published\", \"title\" and \"url\". Files with other names, and standard input, are taken for JSON Lines \
when they begin with a brace. In folders only .txt and .jsonl are read.

Exit status: 0 when all inputs were read, 1 when some were skipped or damaged, 2 when nothing useful was done, \
130 when interrupted.";

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Make a knowledge graph of news, as CSV tables and a drawing
    Graph(GraphArgs),
    /// Write what each document says: entities, quotes and events, as JSON Lines
    Extract(ExtractArgs),
    /// Write the words, lemmas, tags and dependency trees of each document, as CoNLL-U
    Parse(ParseArgs),
}

/// Arguments of `newsgraph graph`.
#[derive(Clone, Debug, clap::Args)]
pub struct GraphArgs {
    /// Files, folders, or - for standard input; also the records that `newsgraph extract` wrote
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Folder for nodes.csv, edges.csv, evidence.csv, mentions.csv and graph.dot; made when it is missing
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// Arguments of `newsgraph extract`.
#[derive(Clone, Debug, clap::Args)]
pub struct ExtractArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Form of the records
    #[arg(long, value_enum, default_value_t = RecordFormat::Jsonl)]
    pub format: RecordFormat,

    /// Also write every token, with lemma, tags and syntactic head
    #[arg(long)]
    pub tokens: bool,

    /// File to write to [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Arguments of `newsgraph parse`.
#[derive(Clone, Debug, clap::Args)]
pub struct ParseArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// File to write to [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Forms in which records can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RecordFormat {
    /// JSON Lines, one document a line
    Jsonl,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }
}
