//! Training the parser: epochs over the treebanks with growing exploration, in two lanes whose sums are added in order.

use newsgraph_syntax::training::lexicon::{Lexemes, Lexicon};
use newsgraph_syntax::training::network::{PARTS, WORD, rows};

use super::corpus::{Dice, Sentence};
use super::matrix::dot;
use super::network::{Example, Network, Regime, Worker};
use super::tagger::Tags;

/// Sentences are divided among so many lanes, whatever the number of processors: the result is the same everywhere.
const LANES: usize = 2;
const BATCH_TOKENS: usize = 320;
const RATE: f32 = 0.002;
const BETA1: f32 = 0.9;
const BETA2: f32 = 0.99;
/// Largest norm of a batch's gradient, per sentence.
const CLIP: f32 = 5.0;
/// A word seen so often is taken as unknown half the time, so that unknown words are learnt.
const FORGET: f32 = 0.4;

/// Sentences as numbers.
pub(super) struct Encoded {
    rows: Vec<[u32; PARTS]>,
    heads: Vec<u32>,
    labels: Vec<u8>,
    /// The right tags; what the network sees are the predicted ones, in `rows`.
    tags: Vec<u8>,
}

/// Turns sentences into numbers; `predicted` are the tags that the network gets to see.
pub(super) fn encode(
    tags: &Tags,
    lexicon: &Lexicon<'_>,
    sentences: &[Sentence],
    predicted: &[Vec<u8>],
) -> Vec<Encoded> {
    let mut lexemes = Lexemes::default();
    sentences
        .iter()
        .zip(predicted)
        .map(|(s, predicted)| {
            lexemes.fill_from(Some(lexicon), s.forms());
            Encoded {
                rows: lexemes.iter().zip(predicted).map(|(l, t)| rows(l, *t, lexicon.len())).collect(),
                heads: s.heads.clone(),
                labels: s.deprels.iter().map(|d| *d as u8).collect(),
                tags: s.tags.iter().map(|t| tags.number(*t)).collect(),
            }
        })
        .collect()
}

/// Moments of Adam (Kingma and Ba 2015).
struct Adam {
    dense: Vec<[f32; 2]>,
    embeddings: Vec<[f32; 2]>,
    step: i32,
}

#[inline(always)]
fn update(parameters: &mut [f32], moments: &mut [[f32; 2]], gradients: &[f32], scale: f32, rate: f32) {
    for ((p, m), g) in parameters.iter_mut().zip(moments).zip(gradients) {
        let g = g * scale;
        m[0] = BETA1 * m[0] + (1.0 - BETA1) * g;
        m[1] = BETA2 * m[1] + (1.0 - BETA2) * g * g;
        *p -= rate * m[0] / (m[1].sqrt() + 1e-8);
    }
}

/// Trains a network; `report` is told the epoch and the network after it.
pub(super) fn train(
    words: usize,
    frequencies: &[u32],
    data: &[Encoded],
    epochs: usize,
    mut report: impl FnMut(usize, f32, &Network),
) -> Network {
    let mut network = Network::new(words);
    let mut adam = Adam {
        dense: vec![[0.0; 2]; network.dense.len()],
        embeddings: vec![[0.0; 2]; network.embeddings.len()],
        step: 0,
    };
    let mut workers: Vec<Worker> = (0..LANES).map(|_| Worker::new(&network)).collect();
    let mut dice: Vec<Dice> = (0..LANES).map(|lane| Dice(100 + lane as u64)).collect();
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut shuffler = Dice(5);
    let total: usize = data.iter().map(|e| e.heads.len()).sum::<usize>() * epochs;
    let mut done = 0usize;
    for epoch in 0..epochs {
        shuffler.shuffle(&mut order);
        let mut loss = 0.0;
        for batch in batches(&order, data) {
            let regime =
                Regime { input_dropout: 0.2, context_dropout: 0.25, hidden_dropout: 0.2, explore: epoch > 0 };
            std::thread::scope(|scope| {
                for (lane, (worker, dice)) in workers.iter_mut().zip(&mut dice).enumerate() {
                    let share =
                        Share { network: &network, worker, dice, batch, data, frequencies, regime, lane };
                    scope.spawn(move || pulp::Arch::new().dispatch(share));
                }
            });
            loss += workers.iter().map(|w| w.loss).sum::<f32>();
            done += batch.iter().map(|&i| data[i].heads.len()).sum::<usize>();
            let progress = done as f32 / total as f32;
            pulp::Arch::new().dispatch(Step {
                network: &mut network,
                adam: &mut adam,
                workers: &mut workers,
                sentences: batch.len(),
                rate: RATE * (1.0 - progress).max(0.02),
            });
        }
        report(epoch, loss, &network);
    }
    network
}

/// Runs of sentences with about [`BATCH_TOKENS`] tokens.
fn batches<'o>(order: &'o [usize], data: &[Encoded]) -> Vec<&'o [usize]> {
    let (mut out, mut from, mut tokens) = (Vec::new(), 0, 0);
    for (i, &s) in order.iter().enumerate() {
        tokens += data[s].heads.len();
        if tokens >= BATCH_TOKENS || i + 1 == order.len() {
            out.push(&order[from..=i]);
            (from, tokens) = (i + 1, 0);
        }
    }
    out
}

/// A lane's share of a batch.
struct Share<'a> {
    network: &'a Network,
    worker: &'a mut Worker,
    dice: &'a mut Dice,
    batch: &'a [usize],
    data: &'a [Encoded],
    frequencies: &'a [u32],
    regime: Regime,
    lane: usize,
}

impl pulp::WithSimd for Share<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.worker.reset();
        for &i in self.batch.iter().skip(self.lane).step_by(LANES) {
            let example = &self.data[i];
            let rows: Vec<_> = example.rows.iter().map(|r| forget(*r, self.frequencies, self.dice)).collect();
            let example =
                Example { rows: &rows, heads: &example.heads, labels: &example.labels, tags: &example.tags };
            self.worker.learn(self.network, &example, self.regime, self.dice);
        }
    }
}

/// Takes a word as unknown now and then, rare ones more often.
#[inline(always)]
fn forget(mut rows: [u32; PARTS], frequencies: &[u32], dice: &mut Dice) -> [u32; PARTS] {
    let chance = dice.unit();
    if let Some(&count) = frequencies.get(rows[0] as usize)
        && chance < FORGET / (FORGET + count as f32)
    {
        rows[0] = frequencies.len() as u32;
    }
    rows
}

/// A step of Adam with the gradients of all lanes.
struct Step<'a> {
    network: &'a mut Network,
    adam: &'a mut Adam,
    workers: &'a mut [Worker],
    sentences: usize,
    rate: f32,
}

impl pulp::WithSimd for Step<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Some((first, others)) = self.workers.split_first_mut() else { return };
        for other in others.iter() {
            first.dense.iter_mut().zip(&other.dense).for_each(|(a, b)| *a += b);
            first.touched.extend(&other.touched);
            for &row in &other.touched {
                let span = row as usize * WORD..(row as usize + 1) * WORD;
                let target = &mut first.embeddings[span.clone()];
                target.iter_mut().zip(&other.embeddings[span]).for_each(|(a, b)| *a += b);
            }
        }
        first.touched.sort_unstable();
        first.touched.dedup();
        let norm = dot(&first.dense, &first.dense).sqrt() / self.sentences as f32;
        let scale = if norm > CLIP { CLIP / norm } else { 1.0 } / self.sentences as f32;
        self.adam.step += 1;
        let correction = (1.0 - BETA2.powi(self.adam.step)).sqrt() / (1.0 - BETA1.powi(self.adam.step));
        let rate = self.rate * correction;
        update(&mut self.network.dense, &mut self.adam.dense, &first.dense, scale, rate);
        for &row in &first.touched {
            let span = row as usize * WORD..(row as usize + 1) * WORD;
            let (parameters, moments) = (&mut self.network.embeddings, &mut self.adam.embeddings);
            update(
                &mut parameters[span.clone()],
                &mut moments[span.clone()],
                &first.embeddings[span],
                scale,
                rate,
            );
        }
        self.network.transpose();
    }
}

/// Parses with the network as it is.
struct Trial<'a> {
    network: &'a Network,
    worker: &'a mut Worker,
    rows: &'a [[u32; PARTS]],
}

impl pulp::WithSimd for Trial<'_> {
    type Output = Vec<(u32, u8)>;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> Self::Output {
        self.worker.parse(self.network, self.rows)
    }
}

/// Shares of words with the right head, and with the right head and relation, subtypes aside, in percent.
pub(super) fn score(network: &Network, data: &[Encoded]) -> (f64, f64) {
    let mut worker = Worker::new(network);
    let (mut words, mut heads, mut both) = (0usize, 0usize, 0usize);
    for example in data {
        let trial = Trial { network, worker: &mut worker, rows: &example.rows };
        let arcs = pulp::Arch::new().dispatch(trial);
        for (i, (head, label)) in arcs.into_iter().enumerate() {
            words += 1;
            if head == example.heads[i] {
                heads += 1;
                let universal = |l: u8| newsgraph_syntax::Deprel::ALL[l as usize].universal();
                both += usize::from(universal(label) == universal(example.labels[i]));
            }
        }
    }
    let percent = |k: usize| 100.0 * k as f64 / words.max(1) as f64;
    (percent(heads), percent(both))
}
