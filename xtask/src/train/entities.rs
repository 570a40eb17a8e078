//! `cargo xtask train entities`: the recogniser of names.

mod cluster;
pub(super) mod corpus;
mod crf;
mod score;

use std::path::Path;

use newsgraph_entity::recognizer::{
    NameClass, NameHint, Observation, Recognizer, TAGS, Weights, WordHabit, pack, word_key,
};
use newsgraph_gazetteer::{Gazetteer, Scratch};
use rustc_hash::FxHashMap;

use cluster::Sizes;
use corpus::{ANY, Document, Name, OUTSIDE_ONLY};
use crf::{Model, Settings, Stretch};

/// Weight units per nat: an i8 then holds weights up to 6.3 nats.
const SCALE: f32 = 20.0;
/// Features in the shipped model.
const FEATURES: usize = 250_000;
/// How much news counts whose names a program found.
const SILVER: f32 = 0.2;

/// Chosen on the development sets.
const SETTINGS: Settings = Settings { epochs: 12, rate: 0.1, decay: 4.0, seed: 7 };
const CLUSTERS: Sizes = Sizes { fine: 200, coarse: 50 };

/// Runs the command.
pub fn run(options: super::Options) -> anyhow::Result<()> {
    let shared = &options.shared;
    let model = train(shared)?;
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/entity/recognizer.bin");
    std::fs::write(&out, &model)?;
    println!("{} bytes to {}", model.len(), out.display());
    report(shared, &model)
}

/// Everything the shipped model is trained on.
fn training(shared: &Path) -> anyhow::Result<Vec<Document>> {
    let ner = shared.join("corpora/ner");
    let free = corpus::free_gum_documents(shared)?;
    let every = |_: &str| true;
    let mut all = corpus::read_iob2(&ner.join("gum-train.iob2.gz"), |id| free.contains(id))?;
    all.extend(corpus::read_iob2(&ner.join("wikigold.iob2.gz"), every)?);
    all.extend(corpus::read_iob2(&ner.join("re3d-train.iob2.gz"), |id| !id.contains("BBC Online"))?);
    all.extend(corpus::read_iob2(&ner.join("sec-filings.iob2.gz"), every)?);
    all.extend(corpus::read_iob2(&ner.join("btc-news-tweets.iob2.gz"), every)?);
    all.extend(corpus::read_iob2(&ner.join("btc-twitterati.iob2.gz"), every)?);
    all.extend(corpus::read_treebank(&shared.join("corpora/ud-ewt/train.conllu.gz"))?);
    Ok(all)
}

/// Trains on the gold standards, then on news as well in which a program found the names: where it and the first model do
/// not agree, either may be right.
fn train(shared: &Path) -> anyhow::Result<Vec<u8>> {
    let mut documents = training(shared)?;
    let mut silver = corpus::read_silver(&shared.join("corpora/polnear-silver/train.conllu.gz"))?;
    let words = habits(&silver, &documents);
    let first = fit(&documents, words.clone())?;
    doubt(&mut silver, &Weights::read(&first)?);
    documents.extend(silver);
    fit(&documents, words)
}

/// Lets the tokens of these documents also be what a model takes them for.
fn doubt(documents: &mut [Document], weights: &Weights<'_>) {
    let mut recognizer = Recognizer::with_weights(weights.clone());
    let mut found = Vec::new();
    for document in documents {
        recognizer.recognize(&document.text, &document.segmentation, &hints(document), &mut found);
        let names = found.iter().filter_map(|name| {
            let class = NameClass::of(name.kind)?;
            Some(Name { start: name.tokens.start, end: name.tokens.end, class })
        });
        let own = corpus::tags_of(names, document.allowed.len());
        document.allowed.iter_mut().zip(own).for_each(|(allowed, own)| *allowed |= own);
    }
}

/// Clusters and case habits of the words of all text.
fn habits(raw: &[Document], training: &[Document]) -> Vec<(u64, WordHabit)> {
    let habits = cluster::habits(&raw.iter().chain(training).collect::<Vec<_>>(), CLUSTERS);
    habits.into_iter().map(|(word, habit)| (word_key(&word), habit)).collect()
}

/// Trains a model and packs it.
fn fit(training: &[Document], words: Vec<(u64, WordHabit)>) -> anyhow::Result<Vec<u8>> {
    let bare = pack(&[[0; TAGS]; TAGS], words.clone(), Vec::new(), SCALE as u32)?;
    let weights = Weights::read(&bare)?;
    let (stretches, hashes) = features(training, &weights);
    eprintln!("{} stretches, {} features", stretches.len(), hashes.len());
    let model = crf::train(&stretches, hashes.len(), SETTINGS);
    Ok(pack(&quantized(&model), words, rows(&model, &hashes), SCALE as u32)?)
}

/// The stretches of all documents, features by number, and the hash of each numbered feature.
fn features(documents: &[Document], weights: &Weights<'_>) -> (Vec<Stretch>, Vec<u64>) {
    let mut hashes: Vec<u64> = Vec::new();
    let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
    let mut stretches: Vec<Stretch> = Vec::new();
    each_token(documents, weights, &mut |document, new, allowed, token| {
        let weight = if document.silver { SILVER } else { 1.0 };
        if new {
            stretches.push(Stretch { features: Vec::new(), allowed: Vec::new(), weight });
        }
        let token: Vec<u32> = token
            .iter()
            .map(|&hash| {
                *numbers.entry(hash).or_insert_with(|| {
                    hashes.push(hash);
                    hashes.len() as u32 - 1
                })
            })
            .collect();
        if let Some(stretch) = stretches.last_mut() {
            stretch.features.push(token);
            stretch.allowed.push(allowed);
        }
    });
    (stretches, hashes)
}

/// Hands every token of every stretch to `sink`: whether a stretch begins, its allowed tags, its features.
fn each_token(
    documents: &[Document],
    weights: &Weights<'_>,
    sink: &mut impl FnMut(&Document, bool, u32, &[u64]),
) {
    let mut seen = Observation::default();
    let mut token = Vec::new();
    for document in documents {
        seen.observe(&document.text, &document.segmentation, &hints(document), weights);
        let allowed = reachable(document, &seen);
        for stretch in seen.stretches() {
            for at in *stretch {
                token.clear();
                seen.features(at, &mut |hash| token.push(hash));
                sink(document, at == stretch.start, allowed[at as usize], &token);
            }
        }
    }
}

/// The allowed tags, where names with a token outside all stretches leave their other tokens open.
fn reachable(document: &Document, seen: &Observation) -> Vec<u32> {
    let mut inside = vec![false; document.allowed.len()];
    for stretch in seen.stretches() {
        inside[stretch.range()].fill(true);
    }
    let mut allowed = document.allowed.clone();
    for name in &document.names {
        let range = name.start as usize..name.end as usize;
        let whole = seen.stretches().iter().any(|s| s.start <= name.start && name.end <= s.end);
        if !whole {
            allowed[range].fill(ANY);
        }
    }
    for (mask, inside) in allowed.iter_mut().zip(inside) {
        if !inside {
            *mask = OUTSIDE_ONLY;
        }
    }
    allowed
}

/// What the gazetteer says of a document.
fn hints(document: &Document) -> Vec<NameHint> {
    let (mut matches, mut hints) = (Vec::new(), Vec::new());
    let gazetteer = Gazetteer::embedded();
    gazetteer.find(&document.text, &document.segmentation, &mut Scratch::default(), &mut matches);
    NameHint::of_matches(gazetteer, &matches, &mut hints);
    hints
}

fn unit(weight: f32) -> f32 {
    (weight * SCALE).round()
}

fn quantized(model: &Model) -> [[i16; TAGS]; TAGS] {
    model.transitions.map(|row| row.map(|w| unit(w) as i16))
}

/// The features with the largest weights, as bytes.
fn rows(model: &Model, hashes: &[u64]) -> Vec<(u64, [i8; TAGS])> {
    let size = |row: &[f32; TAGS]| row.iter().fold(0.0f32, |most, w| most.max(w.abs()));
    let mut order: Vec<(i64, usize)> =
        model.rows.iter().enumerate().map(|(i, row)| (-(size(row) * 1e6) as i64, i)).collect();
    order.sort_unstable();
    let packed = order
        .into_iter()
        .take(FEATURES)
        .map(|(_, i)| (hashes[i], model.rows[i].map(|w| unit(w).clamp(-127.0, 127.0) as i8)));
    packed.filter(|(_, row)| row.iter().any(|&w| w != 0)).collect()
}

/// Prints the scores on the development sets.
fn report(shared: &Path, model: &[u8]) -> anyhow::Result<()> {
    let mut recognizer = Recognizer::with_weights(Weights::read(model)?);
    let ner = shared.join("corpora/ner");
    for name in ["uner-ewt-dev", "gum-dev"] {
        let documents = corpus::read_iob2(&ner.join(format!("{name}.iob2.gz")), |_| true)?;
        let hints: Vec<_> = documents.iter().map(hints).collect();
        let start = std::time::Instant::now();
        let counts = score::score(&mut recognizer, &documents, &hints);
        let tokens: u32 = documents.iter().map(|d| d.segmentation.len()).sum();
        let speed = f64::from(tokens) / start.elapsed().as_secs_f64() / 1e6;
        println!("{}  {speed:.2} M tokens/s", score::line(name, &counts));
    }
    Ok(())
}
