//! The treebanks as the trainers want them, and what is added to make them look more like news.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use newsgraph_syntax::conllu::{self, Document};
use newsgraph_syntax::{Deprel, Upos, Xpos};

/// A sentence of a treebank.
#[derive(Clone)]
pub(super) struct Sentence {
    pub(super) forms: Vec<String>,
    pub(super) tags: Vec<(Upos, Xpos)>,
    pub(super) lemmas: Vec<String>,
    /// Index of the head in the sentence; the length of the sentence for the root.
    pub(super) heads: Vec<u32>,
    pub(super) deprels: Vec<Deprel>,
    /// Number of the document, for the folds of jackknifing.
    pub(super) document: usize,
}

impl Sentence {
    pub(super) fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(String::as_str)
    }
}

/// Splitmix64: a sequence of numbers that looks random and is the same on every machine.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Reads a gzipped treebank.
fn read(path: &Path) -> Result<Vec<Document>> {
    let mut text = String::new();
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    GzDecoder::new(file)
        .read_to_string(&mut text)
        .with_context(|| format!("cannot read {}", path.display()))?;
    conllu::read(&text)
        .collect::<Result<_, _>>()
        .with_context(|| format!("{} is no valid CoNLL-U", path.display()))
}

/// The dev part of a treebank.
pub(super) fn dev(shared: &Path, treebank: &str) -> Result<Vec<Document>> {
    read(&shared.join("corpora").join(treebank).join("dev.conllu.gz"))
}

/// The train parts that are safe ground: all of EWT, and the documents of GUM whose text may be used by anybody.
pub(super) fn training(shared: &Path) -> Result<Vec<Sentence>> {
    let corpora = shared.join("corpora");
    let table = corpora.join("ud-gum/documents.tsv");
    let table = fs::read_to_string(&table).with_context(|| format!("cannot read {}", table.display()))?;
    let free: BTreeSet<&str> = table
        .lines()
        .filter(|line| line.split('\t').nth(3).is_some_and(|licence| !licence.contains("NC")))
        .filter_map(|line| line.split('\t').next())
        .collect();
    let mut documents = read(&corpora.join("ud-ewt/train.conllu.gz"))?;
    let gum = read(&corpora.join("ud-gum/train.conllu.gz"))?;
    documents.extend(gum.into_iter().filter(|d| d.id.as_deref().is_some_and(|id| free.contains(id))));
    Ok(sentences(&documents))
}

/// The sentences of documents.
pub(super) fn sentences(documents: &[Document]) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (number, d) in documents.iter().enumerate() {
        for range in d.segmentation.sentences() {
            let syntax = &d.syntax;
            out.push(Sentence {
                forms: range.iter().map(|t| d.segmentation.form(&d.text, t).to_string()).collect(),
                tags: range.iter().map(|t| (syntax.upos(t), syntax.xpos(t))).collect(),
                lemmas: range.iter().map(|t| syntax.lemma(t).to_string()).collect(),
                heads: range
                    .iter()
                    .map(|t| syntax.head(t).map_or(range.len(), |h| h - range.start))
                    .collect(),
                deprels: range.iter().map(|t| syntax.deprel(t)).collect(),
                document: number,
            });
        }
    }
    out
}

/// Copies of some sentences as headlines write them: in capitals, with capitals, without a full stop.
pub(super) fn headlines(sentences: &[Sentence]) -> Vec<Sentence> {
    let mut dice = Dice(2);
    let mut out = Vec::new();
    for sentence in sentences.iter().filter(|s| s.forms.len() > 3) {
        let mut copy = sentence.clone();
        match dice.below(100) {
            0..4 => copy.forms.iter_mut().for_each(|f| *f = f.to_uppercase()),
            4..9 => copy.forms.iter_mut().zip(&copy.tags).for_each(|(f, t)| *f = title_case(f, t.0)),
            9..15 => {}
            _ => continue,
        }
        drop_full_stop(&mut copy);
        out.push(copy);
    }
    out
}

fn title_case(form: &str, upos: Upos) -> String {
    if matches!(upos, Upos::Det | Upos::Adp | Upos::Cconj | Upos::Part) && form.len() < 4 {
        return form.to_string();
    }
    let mut chars = form.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn drop_full_stop(sentence: &mut Sentence) {
    let last = sentence.forms.len() - 1;
    let leaf = !sentence.heads.contains(&(last as u32));
    if !leaf || sentence.forms[last] != "." {
        return;
    }
    sentence.forms.pop();
    sentence.tags.pop();
    sentence.lemmas.pop();
    sentence.heads.pop();
    sentence.deprels.pop();
    for head in &mut sentence.heads {
        if *head as usize == last + 1 {
            *head = last as u32;
        }
    }
}
