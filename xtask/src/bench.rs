//! `cargo xtask bench`: how fast the whole program is, on synthetic corpora of growing size, and what it gets right there.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};
use newsgraph_token::{Segmentation, Segmenter};

use crate::synth;

/// Options of the command.
#[derive(clap::Args)]
pub struct Args {
    /// Numbers of articles
    #[arg(long, value_name = "N,...", value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000])]
    documents: Vec<usize>,

    /// Program to time; the release build when not given
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,

    /// Another text to time: JSON Lines, one article a line
    #[arg(long, value_name = "FILE")]
    also: Vec<PathBuf>,

    /// Keep the corpora here, and use those that are there already
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,

    /// Print only; write no table under benches/results
    #[arg(long)]
    dry: bool,
}

/// What one run took.
struct Run {
    seconds: f64,
    /// Highest resident memory in MB, where the system tells it.
    peak: Option<f64>,
}

/// A corpus to be timed.
struct Corpus {
    name: String,
    path: PathBuf,
    documents: usize,
    bytes: usize,
    tokens: usize,
}

/// Runs the command.
pub fn run(args: Args) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let binary = args.binary.unwrap_or_else(|| root.join("target/release/newsgraph"));
    if !binary.is_file() {
        bail!("{} is not there: run cargo build --release -p newsgraph-cli first", binary.display());
    }
    let scratch = tempfile::tempdir()?;
    let work = args.work.unwrap_or_else(|| scratch.path().to_owned());
    fs::create_dir_all(&work)?;
    let cores = std::thread::available_parallelism()?.get();
    let mut table = head(&binary, cores)?;
    let mut corpora = Vec::new();
    for &documents in &args.documents {
        corpora.push(synthetic(&work, documents)?);
    }
    for path in &args.also {
        corpora.push(Corpus::read(path.file_stem().unwrap_or_default().to_string_lossy().into(), path)?);
    }
    for corpus in &corpora {
        for command in ["extract", "graph"] {
            for jobs in [1, cores] {
                let row = time(&binary, corpus, command, jobs, &work)?;
                print!("{row}");
                table.push_str(&row);
            }
        }
    }
    if let Some(&documents) = args.documents.first() {
        table.push_str(&quality(&work, documents)?);
    }
    if !args.dry {
        let path = root.join(format!("benches/results/{}.md", today()));
        fs::create_dir_all(path.parent().unwrap_or(&root))?;
        fs::write(&path, table).with_context(|| format!("cannot write {}", path.display()))?;
        println!("wrote benches/results/{}.md", today());
    }
    Ok(())
}

impl Corpus {
    fn read(name: String, path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let (mut segmenter, mut tokens) = (Segmenter::new(), Segmentation::default());
        let mut corpus = Self { name, path: path.to_owned(), documents: 0, bytes: 0, tokens: 0 };
        for line in BufReader::new(file).lines() {
            let document: serde_json::Value = serde_json::from_str(&line?)?;
            let text = document["text"].as_str().unwrap_or_default();
            segmenter.segment(text, &mut tokens);
            corpus.documents += 1;
            corpus.bytes += text.len();
            corpus.tokens += tokens.len() as usize;
        }
        Ok(corpus)
    }
}

fn synthetic(work: &Path, documents: usize) -> Result<Corpus> {
    let (path, truth) = (work.join(format!("{documents}.jsonl")), work.join(format!("{documents}.truth")));
    if !path.is_file() {
        synth::make(documents, 1, Some(&path), Some(&truth))?;
    }
    Corpus::read(format!("synthetic, {documents}"), &path)
}

/// The head of the table: what was timed, and where.
fn head(binary: &Path, cores: usize) -> Result<String> {
    let says = |program: &Path, flag: &str| -> Result<String> {
        let output = Command::new(program).arg(flag).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    Ok(format!(
        "# The whole program, {}\n\n{}, {}; {}, {cores} cores. Made by `cargo xtask bench`.\n\n\
         Wall time of the whole process, start-up included; text from the page cache, results to a file. Bytes are those of the \
         articles' texts.\n\n\
         | corpus | command | cores | MB | s | MB/s | tokens/s | documents/s | ms a document | peak MB |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        today(),
        says(binary, "--version")?,
        says(Path::new("rustc"), "--version").unwrap_or_default(),
        model.trim_start_matches([':', '\t', ' ']),
    ))
}

fn time(binary: &Path, corpus: &Corpus, command: &str, jobs: usize, work: &Path) -> Result<String> {
    let mut process = Command::new(binary);
    process.arg(command).arg(&corpus.path).args(["--jobs", &jobs.to_string()]).arg("-o");
    let output = if command == "graph" {
        work.join("graph")
    } else {
        work.join(format!("{}.records.jsonl", corpus.documents))
    };
    if output.is_dir() {
        fs::remove_dir_all(&output)?;
    }
    process.arg(&output).stdout(Stdio::null()).stderr(Stdio::null());
    let run = watch(process.spawn()?)?;
    let rate = |amount: usize| amount as f64 / run.seconds;
    let peak = run.peak.map_or(String::new(), |peak| format!("{peak:.0}"));
    Ok(format!(
        "| {} | {command} | {jobs} | {:.1} | {:.2} | {:.2} | {:.0} | {:.0} | {:.3} | {peak} |\n",
        corpus.name,
        corpus.bytes as f64 / 1e6,
        run.seconds,
        rate(corpus.bytes) / 1e6,
        rate(corpus.tokens),
        rate(corpus.documents),
        1000.0 * run.seconds / corpus.documents.max(1) as f64,
    ))
}

/// Waits for a process. Its highest memory is asked for now and then, since a process that has ended tells nothing; the
/// system keeps the maximum, so little is missed.
fn watch(mut child: Child) -> Result<Run> {
    let start = Instant::now();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        if let Some(exit) = child.try_wait()? {
            let seconds = start.elapsed().as_secs_f64();
            return if exit.success() {
                Ok(Run { seconds, peak })
            } else {
                bail!("the program ended with {exit}")
            };
        }
        if let Ok(text) = fs::read_to_string(&status) {
            let kilobytes = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let value = kilobytes.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
            peak = value.map(|kilobytes| kilobytes / 1024.0).or(peak);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What the program got right on the smallest corpus: speed is never bought with answers.
fn quality(work: &Path, documents: usize) -> Result<String> {
    let records = work.join(format!("{documents}.records.jsonl"));
    let table = synth::score_records(&records, &work.join(format!("{documents}.truth")))?;
    let text = format!(
        "\nAnswers on the {documents} synthetic articles, against the truth:\n\n```text\n{table}```\n"
    );
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(text)
}

fn today() -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    newsgraph_benches::synth::date((now.as_secs() / 86_400) as i64)
}
