//! `cargo xtask train attribution`: the models of cues, sources and contents, from PolNeAR's train part or any file of
//! the same format.

mod boosting;
mod learner;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context;
use newsgraph_entity::EntityAnalyzer;
use newsgraph_gazetteer::Gazetteer;
use newsgraph_relation::attribution::{Examples, Judged, Lesson, Marked, Table, Weights};
use newsgraph_syntax::{Parser, Syntax};
use newsgraph_text::{CharIndex, CharSpan, Span};
use newsgraph_token::{Segmentation, Segmenter};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Parts of the training text for the confidence of the whole: its features come from models that did not see the document.
const FOLDS: usize = 4;

/// Options of the command.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    common: super::Options,
    /// Folder for what the models find in the parts of the training text that they did not see (`train.jsonl`), and in
    /// the development text (`dev.jsonl`): records as the program writes them, with their quotes alone.
    #[arg(long, value_name = "DIR")]
    predictions: Option<PathBuf>,
}

/// Runs the command.
pub fn run(options: Options) -> anyhow::Result<()> {
    let lessons = read(&options.common.shared.join("corpora/polnear/train.jsonl.gz"))?;
    eprintln!("{} documents", lessons.len());
    let candidates = candidates(&lessons);
    eprintln!("{} words that can be cues", candidates.len());
    let (mut folds, mut verdicts) = (Vec::new(), Vec::new());
    for fold in 0..FOLDS {
        let others = lessons.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, l)| l);
        let weights = fit(others, &candidates);
        let unseen = lessons.iter().skip(fold).step_by(FOLDS);
        verdicts.push(unseen.flat_map(|l| l.judge(&weights)).collect::<Vec<Judged>>());
        folds.push(weights);
    }
    for (i, fold) in folds.iter_mut().enumerate() {
        let others: Vec<&Judged> =
            verdicts.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, v)| v).collect();
        fold.set_whole(boosting::fit(&others));
    }
    let mut weights = fit(lessons.iter(), &candidates);
    weights.set_whole(boosting::fit(&verdicts.iter().flatten().collect::<Vec<_>>()));
    let judged: Vec<(f32, bool)> = verdicts
        .iter()
        .zip(&folds)
        .flat_map(|(verdicts, fold)| verdicts.iter().map(|v| (fold.confidence(&v.numbers), v.yes)))
        .collect();
    report(&judged);
    let marked = lessons.iter().map(|l| l.marked.len()).sum();
    let (threshold, f1) = best_f1(&judged, marked);
    println!(
        "on other folds, before contents are made to fit each other: F1 {f1:.1} from confidence {threshold:.2}"
    );
    if let Some(folder) = &options.predictions {
        let unseen = lessons.iter().enumerate().map(|(i, l)| predict(l, &folds[i % FOLDS]));
        std::fs::write(folder.join("train.jsonl"), unseen.collect::<String>())?;
        let dev = read(&options.common.shared.join("corpora/polnear/dev.jsonl.gz"))?;
        let found = dev.iter().map(|l| predict(l, &weights));
        std::fs::write(folder.join("dev.jsonl"), found.collect::<String>())?;
    }
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/relation/attribution.bin");
    let bytes = weights.write();
    std::fs::write(&out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{} bytes to {}", bytes.len(), out.display());
    Ok(())
}

/// The quotes of a document as a line of JSON.
fn predict(lesson: &Lesson, weights: &Weights) -> String {
    let index = CharIndex::new(&lesson.text);
    let spans = |spans: &[Span]| -> Vec<[u32; 2]> {
        spans.iter().map(|&s| index.chars(s)).map(|s| [s.start, s.end]).collect()
    };
    let quotes: Vec<serde_json::Value> = lesson
        .quotes(weights)
        .iter()
        .map(|q| {
            serde_json::json!({
                "source": spans(&q.source), "cue": spans(&q.cue), "content": spans(&q.content),
                "form": q.form.as_str(), "kind": q.kind.as_str(), "confidence": q.confidence,
            })
        })
        .collect();
    format!("{}\n", serde_json::json!({ "id": lesson.id, "quotes": quotes }))
}

/// Trains all models but that of the whole.
fn fit<'l>(lessons: impl Iterator<Item = &'l Lesson>, candidates: &[u32]) -> Weights {
    let mut weights = Weights::default();
    weights.set_candidates(candidates.to_vec());
    let mut examples = Examples::default();
    for lesson in lessons {
        lesson.teach(&weights, &mut examples);
    }
    let [all, cues, sources, contents] = examples.counts;
    eprintln!(
        "{} possible cues; of {all} attributions {cues} have a possible cue, {sources} a possible source, {contents} a possible content",
        examples.cues.len()
    );
    weights.set(
        Table::Cue,
        &learner::verdicts(&examples.cues.iter().collect::<Vec<_>>(), Table::Cue, learner::CUE),
    );
    weights.set(Table::CueSpan, &learner::choices(&examples.cue_spans, Table::CueSpan, learner::CHOICE));
    weights.set(Table::Source, &learner::choices(&examples.sources, Table::Source, learner::CHOICE));
    weights.set(Table::Content, &learner::choices(&examples.contents, Table::Content, learner::CHOICE));
    weights
}

/// Words that head a cue in at least one of a hundred uses.
fn candidates(lessons: &[Lesson]) -> Vec<u32> {
    let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    for lesson in lessons {
        lesson.count_words(&mut |word, cue| {
            let count = counts.entry(word).or_default();
            count.0 += 1;
            count.1 += u32::from(cue);
        });
    }
    let mut words: Vec<u32> =
        counts.iter().filter(|(_, (uses, cues))| *cues > 0 && cues * 200 >= *uses).map(|(&w, _)| w).collect();
    words.sort_unstable();
    words
}

/// The best F1 that a threshold on the confidence reaches.
fn best_f1(judged: &[(f32, bool)], marked: usize) -> (f32, f64) {
    let mut sorted: Vec<(i64, bool)> =
        judged.iter().map(|&(c, yes)| (-(f64::from(c) * 1e6) as i64, yes)).collect();
    sorted.sort_unstable();
    let (mut right, mut best) = (0, (0.0, 0.0));
    for (i, (negative, yes)) in sorted.iter().enumerate() {
        right += u32::from(*yes);
        let f1 = 200.0 * f64::from(right) / (i + 1 + marked) as f64;
        if f1 > best.1 {
            best = (-*negative as f32 / 1e6, f1);
        }
    }
    best
}

/// What each confidence is worth.
fn report(judged: &[(f32, bool)]) {
    let mut table = [(0u32, 0u32, 0.0f64); 10];
    for &(confidence, yes) in judged {
        let row = &mut table[((confidence * 10.0) as usize).min(9)];
        *row = (row.0 + 1, row.1 + u32::from(yes), row.2 + f64::from(confidence));
    }
    println!("confidence on other folds: number, right, mean confidence");
    for (i, (all, right, sum)) in table.iter().enumerate() {
        let n = f64::from((*all).max(1));
        println!("0.{i}  {all:6}  {:5.1} %  {:5.1} %", 100.0 * f64::from(*right) / n, 100.0 * sum / n);
    }
}

/// An article as the corpus has it; spans in code points.
#[derive(Deserialize)]
struct Article {
    #[serde(default)]
    id: String,
    text: String,
    published: Option<String>,
    attributions: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
}

fn read(path: &Path) -> anyhow::Result<Vec<Lesson>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut parser = Parser::new();
    let mut segmenter = Segmenter::new();
    let mut entities = EntityAnalyzer::new(Gazetteer::embedded());
    let mut lessons = Vec::new();
    for line in BufReader::new(flate2::read::GzDecoder::new(file)).lines() {
        let article: Article = serde_json::from_str(&line?).with_context(|| path.display().to_string())?;
        let (mut segmentation, mut syntax) = (Segmentation::default(), Syntax::default());
        segmenter.segment(&article.text, &mut segmentation);
        parser.parse(&article.text, &segmentation, &mut syntax);
        let entities = entities.analyze(&article.text, &segmentation, &syntax, article.published.as_deref());
        let marked = marked(&article);
        lessons.push(Lesson { id: article.id, text: article.text, segmentation, syntax, entities, marked });
    }
    Ok(lessons)
}

fn marked(article: &Article) -> Vec<Marked> {
    let index = CharIndex::new(&article.text);
    let spans = |spans: &[[u32; 2]]| -> Vec<Span> {
        spans.iter().map(|&[start, end]| index.bytes(CharSpan { start, end })).collect()
    };
    let mark =
        |a: &Annotation| Marked { source: spans(&a.source), cue: spans(&a.cue), content: spans(&a.content) };
    article.attributions.iter().map(mark).collect()
}
