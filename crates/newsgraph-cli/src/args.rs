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
    /// Explain, check and measure the lexicon of acts
    #[command(subcommand)]
    Events(EventsCommand),
}

/// What `newsgraph events` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum EventsCommand {
    /// Show which frames, rules and roles a sentence gives
    Explain(ExplainArgs),
    /// Check lexicon files: each fault with its line and the remedy
    Check(CheckArgs),
    /// List the verbs of documents that the lexicon does not know, by frequency
    Coverage(CoverageArgs),
}

/// Which lexicon of acts is used.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct LexiconArgs {
    /// Lexicon of acts to add to the embedded one (format: docs/events.md); may be given several times
    #[arg(long, value_name = "FILE")]
    pub event_lexicon: Vec<PathBuf>,

    /// Leave out the verbs and nouns of the embedded lexicon; its classes and words for modes remain
    #[arg(long, requires = "event_lexicon")]
    pub only_event_lexicon: bool,
}

/// Arguments of `newsgraph events explain`.
#[derive(Clone, Debug, clap::Args)]
pub struct ExplainArgs {
    /// What to explain, or - for standard input
    #[arg(required = true, value_name = "SENTENCE")]
    pub sentences: Vec<String>,

    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

/// Arguments of `newsgraph events check`.
#[derive(Clone, Debug, clap::Args)]
pub struct CheckArgs {
    /// Lexicon files, in the order in which they would be added
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Arguments of `newsgraph events coverage`.
#[derive(Clone, Debug, clap::Args)]
pub struct CoverageArgs {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Also list the verbs that it knows
    #[arg(long)]
    pub all: bool,

    #[command(flatten)]
    pub lexicon: LexiconArgs,
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

    #[command(flatten)]
    pub lexicon: LexiconArgs,
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

    #[command(flatten)]
    pub lexicon: LexiconArgs,
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
