//! `cargo xtask synth`: makes a corpus whose answers are known, and scores a run against them.

mod score;
mod truth;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use newsgraph_benches::synth::Synth;

use truth::Truth;

/// Options of the command.
#[derive(clap::Args)]
pub struct Args {
    /// How many articles
    #[arg(long, value_name = "N", default_value_t = 1000)]
    documents: usize,

    /// What decides everything in them
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,

    /// Where the articles go, as JSON Lines
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Folder for the truth: records.jsonl and the graph's tables; with --score, where it lies
    #[arg(long, value_name = "DIR")]
    truth: Option<PathBuf>,

    /// Compare with the truth what the program made of the articles: a file of records, or a folder with a graph
    #[arg(long, value_name = "RUN", requires = "truth", conflicts_with_all = ["output", "documents", "seed"])]
    score: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<()> {
    if let (Some(run), Some(truth)) = (&args.score, &args.truth) {
        let table = if run.is_dir() { score::graph(run, truth)? } else { score_records(run, truth)? };
        print!("{table}");
        return Ok(());
    }
    if args.output.is_none() && args.truth.is_none() {
        anyhow::bail!("nothing to write: give --output FILE, --truth DIR or both");
    }
    make(args.documents, args.seed, args.output.as_deref(), args.truth.as_deref())
}

pub(crate) use score::records as score_records;

/// Writes a corpus, its truth, or both.
pub(crate) fn make(documents: usize, seed: u64, output: Option<&Path>, truth: Option<&Path>) -> Result<()> {
    let mut articles = output.map(create).transpose()?;
    let mut truth = truth.map(Truth::create).transpose()?;
    for article in Synth::new(seed, documents).articles() {
        if let Some(out) = &mut articles {
            let record = &article.record;
            let document = serde_json::json!({
                "id": record.id, "source": record.source, "published": record.published,
                "title": record.title, "url": record.url, "text": record.text,
            });
            serde_json::to_writer(&mut *out, &document)?;
            out.write_all(b"\n")?;
        }
        if let Some(truth) = &mut truth {
            truth.write(&article)?;
        }
    }
    if let Some(out) = &mut articles {
        out.flush()?;
    }
    truth.map_or(Ok(()), Truth::finish)
}

fn create(path: &Path) -> Result<BufWriter<File>> {
    Ok(BufWriter::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?))
}
