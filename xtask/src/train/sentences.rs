//! `cargo xtask train sentences`: the weights that tell where sentences end, from the treebanks' train files.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use newsgraph_token::{BOUNDARY_WEIGHTS, BoundaryFeatures, Segmentation, Segmenter};

/// Weight units per nat: a signed byte then holds weights up to 8 nats.
const SCALE: f32 = 16.0;
/// Passes over the data.
const EPOCHS: usize = 14;
/// First step of the gradient.
const RATE: f32 = 0.02;
/// Pull of every weight that is used towards zero.
const DECAY: f32 = 2e-5;
/// Where the shuffling of the data starts.
const SEED: u64 = 20;

/// Runs the command.
pub fn run(options: super::Options) -> anyhow::Result<()> {
    let corpora = options.shared.join("corpora");
    let ewt = read(&corpora.join("ud-ewt/train.conllu.gz"), |_| true)?;
    let free = free_documents(&corpora.join("ud-gum/documents.tsv"))?;
    let gum = read(&corpora.join("ud-gum/train.conllu.gz"), |id| free.iter().any(|f| f == id))?;
    let mut places = Vec::new();
    for document in ewt.iter().chain(&gum) {
        places.extend(document.places());
    }
    let weights = fit(&places);
    let bytes: Vec<u8> =
        weights.iter().map(|w| ((w * SCALE).round().clamp(-127.0, 127.0) as i8).cast_unsigned()).collect();
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/newsgraph-token/data/sentences.weights");
    std::fs::write(&out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    for (name, corpus) in [("ud-ewt", ewt), ("ud-gum", gum)] {
        println!("{name} train: {:.2} of sentences", f1(&corpus, &bytes));
        let dev = read(&corpora.join(name).join("dev.conllu.gz"), |_| true)?;
        println!("{name} dev: {:.2} of sentences", f1(&dev, &bytes));
    }
    Ok(())
}

/// The documents of GUM whose text may be used for any purpose.
fn free_documents(path: &Path) -> anyhow::Result<Vec<String>> {
    let table = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(table
        .lines()
        .filter(|line| !line.contains("-NC-"))
        .filter_map(|line| line.split('\t').next())
        .map(str::to_owned)
        .collect())
}

/// Text of one document with the ends of its sentences, in bytes.
#[derive(Default)]
struct Document {
    text: String,
    ends: Vec<usize>,
}

/// One place where a sentence may end.
struct Place {
    features: BoundaryFeatures,
    ends: bool,
}

impl Document {
    fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        Segmenter::new().visit_boundaries(
            &self.text,
            &mut Segmentation::default(),
            |layers, next, features| {
                let from = layers.token(next - 1).end as usize;
                let to = layers.token(next).start as usize;
                let at = self.ends.partition_point(|&end| end < from);
                let ends = self.ends.get(at).is_some_and(|&end| end <= to);
                places.push(Place { features: *features, ends });
                ends
            },
        );
        places
    }
}

/// Reads a treebank as running text: sentences joined by spaces, an empty line before each paragraph.
fn read(path: &Path, keep: impl Fn(&str) -> bool) -> anyhow::Result<Vec<Document>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut conllu = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut conllu)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut documents: Vec<Document> = Vec::new();
    let (mut kept, mut fresh, mut glue) = (true, true, " ");
    for block in conllu.split("\n\n").filter(|block| !block.trim().is_empty()) {
        if let Some(id) = block.lines().find_map(|line| line.strip_prefix("# newdoc id = ")) {
            kept = keep(id);
            documents.push(Document::default());
            fresh = true;
        }
        let (Some(document), true) = (documents.last_mut(), kept) else { continue };
        fresh |= block.lines().any(|line| line.starts_with("# newpar"));
        let Some(text) = block.lines().find_map(|line| line.strip_prefix("# text = ")) else { continue };
        if !document.text.is_empty() {
            document.text.push_str(if fresh { "\n\n" } else { glue });
        }
        document.text.push_str(text.trim());
        document.ends.push(document.text.len());
        fresh = false;
        let last = block.lines().rfind(|line| line.contains('\t')).unwrap_or("");
        glue = if last.contains("SpaceAfter=No") { "" } else { " " };
    }
    documents.retain(|document| !document.text.is_empty());
    Ok(documents)
}

/// Logistic regression by stochastic gradient steps, averaged over the second half of them.
fn fit(places: &[Place]) -> Vec<f32> {
    let mut weights = vec![0f32; BOUNDARY_WEIGHTS];
    let mut sums = vec![0f64; BOUNDARY_WEIGHTS];
    let mut order: Vec<usize> = (0..places.len()).collect();
    let mut state = SEED;
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (state >> 33) as usize % (i + 1));
        }
        let rate = RATE / (1.0 + epoch as f32 * 0.3);
        for &index in &order {
            let place = &places[index];
            let score: f32 = place.features.iter().map(|&f| weights[usize::from(f)]).sum();
            let probability = 1.0 / (1.0 + (-score).exp());
            let step = rate * (f32::from(u8::from(place.ends)) - probability);
            for &f in &place.features {
                let weight = &mut weights[usize::from(f)];
                *weight += step - rate * DECAY * *weight;
            }
        }
        if epoch * 2 >= EPOCHS {
            for (sum, weight) in sums.iter_mut().zip(&weights) {
                *sum += f64::from(*weight);
            }
        }
    }
    let averaged = EPOCHS - EPOCHS.div_ceil(2);
    sums.iter().map(|sum| (*sum / averaged as f64) as f32).collect()
}

/// F1 of whole sentences, in percent, over documents.
fn f1(documents: &[Document], weights: &[u8]) -> f64 {
    let (mut gold, mut found, mut right) = (0usize, 0usize, 0usize);
    for document in documents {
        let mut ends = Vec::new();
        let mut layers = Segmentation::default();
        let mut segmenter = Segmenter::new();
        segmenter.segment(&document.text, &mut layers);
        let tokens = layers.tokens().to_vec();
        // ends of paragraphs are told, not asked: every empty line
        for next in 1..tokens.len() {
            if document.text[tokens[next - 1].end as usize..tokens[next].start as usize].contains("\n\n") {
                ends.push(tokens[next - 1].end as usize);
            }
        }
        segmenter.visit_boundaries(&document.text, &mut layers, |layers, next, features| {
            let score: i32 = features.iter().map(|&f| i32::from(weights[usize::from(f)].cast_signed())).sum();
            if score > 0 {
                ends.push(layers.token(next - 1).end as usize);
            }
            score > 0
        });
        ends.push(document.text.trim_end().len());
        ends.sort_unstable();
        ends.dedup();
        let spans = |ends: &[usize]| -> Vec<(usize, usize)> {
            ends.iter().scan(0, |start, &end| Some((std::mem::replace(start, end), end))).collect()
        };
        let (truth, guess) = (spans(&document.ends), spans(&ends));
        gold += truth.len();
        found += guess.len();
        right += guess.iter().filter(|span| truth.binary_search(span).is_ok()).count();
    }
    200.0 * right as f64 / (gold + found).max(1) as f64
}
