//! The command line as it is typed: no effects, no checks beyond a value's own form.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::reading::ReadArgs;

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
Inputs are files, folders (read through and through, in order of the names; hidden files are left out), patterns \
such as 'news/*.jsonl.gz', or - for standard input. Names tell what they hold: .txt or .html one document; .jsonl one a \
line and .csv or .tsv one a row, with a text and, where known, id, source, date, headline and address; .warc what a \
crawler wrote. Each may be packed with gzip (.gz) or Zstandard (.zst). Of files with other names, and of standard input, \
the beginning tells. Documents that are not in English are skipped.

Exit status: 0 when all inputs were read, 1 when some were skipped or damaged, 2 when nothing useful was done, \
130 when interrupted.";

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Make a knowledge graph of news, as CSV tables and a drawing
    Graph(GraphArgs),
    /// Make one graph of several that were made apart
    Merge(MergeArgs),
    /// Ask a graph who said what and who did what to whom, with the sentences that say so
    Query(QueryArgs),
    /// Write what each document says: entities, quotes and events, as JSON Lines
    Extract(ExtractArgs),
    /// Write the words, lemmas, tags and dependency trees of each document, as CoNLL-U
    Parse(ParseArgs),
    /// Explain, check and measure the lexicon of acts
    #[command(subcommand)]
    Events(EventsCommand),
    /// Check lists of names, or prepare them for fast loading
    Gazetteer(GazetteerArgs),
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
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Also list the verbs that it knows
    #[arg(long)]
    pub all: bool,

    #[command(flatten)]
    pub lexicon: LexiconArgs,

    /// How inputs are read; last, as its heading holds for all that follows.
    #[command(flatten)]
    pub reading: ReadArgs,
}

/// Arguments of `newsgraph gazetteer`.
#[derive(Clone, Debug, clap::Args)]
pub struct GazetteerArgs {
    /// What to do with the lists.
    #[command(subcommand)]
    pub command: GazetteerCommand,
}

/// The commands for lists of names.
#[derive(Clone, Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Write one prepared gazetteer of the lists and of those inside the program, to be given with --gazetteer
    Build {
        /// Lists of names, dictionaries, or prepared gazetteers
        #[arg(required = true, value_name = "FILE")]
        lists: Vec<PathBuf>,

        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Tell what is wrong or doubtful in lists: duplicates, ambiguous names, codes never chosen, bad dates
    Check {
        /// Lists of names, or dictionaries
        #[arg(required = true, value_name = "FILE")]
        lists: Vec<PathBuf>,
    },
}

/// The user's own lists of names.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ListArgs {
    /// A list of names to know as well: JSON Lines, CSV, a dictionary of PETRARCH actors or agents, or what
    /// `newsgraph gazetteer build` wrote; may be given several times
    #[arg(long = "gazetteer", value_name = "FILE")]
    pub gazetteers: Vec<PathBuf>,
}

/// Arguments of `newsgraph graph`.
#[derive(Clone, Debug, clap::Args)]
pub struct GraphArgs {
    /// Files, folders, patterns, or - for standard input; also the records that `newsgraph extract` wrote
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Folder for graph.db, nodes.csv, edges.csv, evidence.csv, mentions.csv and graph.dot; made when it is missing
    #[arg(short, long, value_name = "DIR", required_unless_present = "into")]
    pub output: Option<PathBuf>,

    /// Folder of an earlier run to add to: gives the graph of all documents together
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    pub into: Option<PathBuf>,

    #[command(flatten)]
    pub exports: ExportArgs,

    /// Also link the named entities of one sentence with each other, as CO_OCCURS
    #[arg(long)]
    pub co_occurs: bool,

    /// The user's own lists.
    #[command(flatten)]
    pub lists: ListArgs,

    #[command(flatten)]
    pub lexicon: LexiconArgs,

    /// How inputs are read; last, as its heading holds for all that follows.
    #[command(flatten)]
    pub reading: ReadArgs,
}

/// What is written of a graph, and how.
#[derive(Clone, Debug, clap::Args)]
pub struct ExportArgs {
    /// Who is who, by your own word: lines merge,A,B or apart,A,B or split,A,DOCUMENT
    #[arg(long, value_name = "FILE")]
    pub merges: Option<PathBuf>,

    /// Also write merges.csv: why names and wordings became one node
    #[arg(long)]
    pub explain_merges: bool,

    /// For which program the tables are written
    #[arg(long, value_enum, default_value_t = DialectArg::Plain)]
    pub dialect: DialectArg,

    /// Also write graph.graphml, for Cytoscape, yEd and Gephi
    #[arg(long)]
    pub graphml: bool,
}

/// Dialects of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DialectArg {
    /// CSV that data frames, databases and graph tools read
    Plain,
    /// CSV that spreadsheets read as UTF-8 and do not compute
    Excel,
    /// Tables without header, and the headers for neo4j-admin import
    Neo4j,
}

/// Arguments of `newsgraph merge`.
#[derive(Clone, Debug, clap::Args)]
pub struct MergeArgs {
    /// Folders that newsgraph graph wrote
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,

    /// Folder for the graph of all their documents; made when it is missing
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,

    #[command(flatten)]
    pub exports: ExportArgs,
}

/// Arguments of `newsgraph query`.
#[derive(Clone, Debug, clap::Args)]
pub struct QueryArgs {
    /// Folder that newsgraph graph wrote
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Who said it: a name, or an identifier of the gazetteer
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,

    /// What was said mentions this person, body or place
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,

    /// What was said holds these words
    #[arg(long, value_name = "WORDS")]
    pub search: Option<String>,

    /// Who did something
    #[arg(long, value_name = "NAME", conflicts_with_all = ["speaker", "about", "search"])]
    pub actor: Option<String>,

    /// To whom something was done
    #[arg(long, value_name = "NAME", conflicts_with_all = ["speaker", "about", "search"])]
    pub recipient: Option<String>,

    /// What these two do to each other, and how they are connected
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with_all = ["speaker", "about", "search", "actor", "recipient"])]
    pub between: Option<Vec<String>>,

    /// Published on or after this day
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,

    /// Published on or before this day
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,

    /// Form of the answer [default: table on a terminal, else csv]
    #[arg(long, value_enum)]
    pub format: Option<AnswerFormat>,
}

/// Forms in which an answer can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For people
    Table,
    /// One row a sentence of evidence
    Csv,
    /// JSON Lines, one object a sentence of evidence
    Json,
}

/// Arguments of `newsgraph extract`.
#[derive(Clone, Debug, clap::Args)]
pub struct ExtractArgs {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Form of the records
    #[arg(long, value_enum, default_value_t = RecordFormat::Jsonl)]
    pub format: RecordFormat,

    /// Also write every token, with lemma, tags and syntactic head
    #[arg(long)]
    pub tokens: bool,

    /// Leave out quotes that are less sure than this, from 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = share)]
    pub min_confidence: f32,

    /// Leave out quotes that are beliefs, wishes or findings rather than statements
    #[arg(long)]
    pub statements_only: bool,

    /// The user's own lists.
    #[command(flatten)]
    pub lists: ListArgs,

    /// File to write to [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub lexicon: LexiconArgs,

    /// How inputs are read; last, as its heading holds for all that follows.
    #[command(flatten)]
    pub reading: ReadArgs,
}

/// Arguments of `newsgraph parse`.
#[derive(Clone, Debug, clap::Args)]
pub struct ParseArgs {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// File to write to [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// How inputs are read; last, as its heading holds for all that follows.
    #[command(flatten)]
    pub reading: ReadArgs,
}

/// Forms in which records can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RecordFormat {
    /// JSON Lines, one document a line
    Jsonl,
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("must be a number from 0 to 1".to_owned()),
    }
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
