//! Online training of a log-linear model over candidates, by AdaGrad (Duchi, Hazan and Singer 2011).

use newsgraph_entity::coreference::{Candidate, Choice};
use rustc_hash::FxHashMap;

use super::Taught;
use super::corpus::{Answer, Document};

const RATE: f64 = 0.15;
/// Pull towards zero at each update of a weight.
const DECAY: f64 = 0.2;
/// How much more a pronoun of GAP counts than one of GUM: there are fewer, and they are the hard ones.
const WEIGHT_OF_GAP: f64 = 1.5;
/// Epochs that do not count towards the average.
const WARM_UP: u32 = 3;

#[derive(Clone, Copy, Default)]
struct Weight {
    feature: u32,
    value: f64,
    squares: f64,
    total: f64,
}

/// The model while it learns.
#[derive(Default)]
pub struct Learner {
    weights: Vec<Weight>,
    /// Where in `weights` each feature is.
    places: FxHashMap<u32, usize>,
    epoch: u32,
    averaged: u32,
    right: u32,
    all: u32,
    loss: f64,
}

impl Learner {
    pub fn start_epoch(&mut self, epoch: u32) {
        if epoch > WARM_UP {
            self.average();
        }
        self.epoch = epoch;
        (self.right, self.all, self.loss) = (0, 0, 0.0);
    }

    fn average(&mut self) {
        for weight in &mut self.weights {
            weight.total += weight.value;
        }
        self.averaged += 1;
    }

    /// How the epoch went.
    pub fn summary(&self) -> String {
        let all = f64::from(self.all.max(1));
        format!("{} of {} right, loss {:.4}", self.right, self.all, self.loss / all)
    }

    /// The features and their weights, averaged over the epochs, in order.
    pub fn averaged(mut self) -> Vec<(u32, f64)> {
        self.average();
        let count = f64::from(self.averaged);
        let mut all: Vec<(u32, f64)> = self.weights.iter().map(|w| (w.feature, w.total / count)).collect();
        all.sort_unstable_by_key(|&(feature, _)| feature);
        all
    }

    fn score(&self, candidate: &Candidate) -> f64 {
        candidate
            .features
            .iter()
            .filter_map(|f| self.places.get(&f.number()))
            .map(|&at| self.weights[at].value)
            .sum()
    }

    /// One step up the gradient of the log of the right candidates' probability.
    fn learn(&mut self, weight_of_pronoun: f64, choice: &Choice<'_>, scores: &[f64], right: &[bool]) {
        let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let exponents: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
        let all: f64 = exponents.iter().sum();
        let good: f64 = exponents.iter().zip(right).filter(|(_, r)| **r).map(|(e, _)| e).sum();
        self.loss += (all / good.max(1e-12)).ln();
        for ((candidate, exponent), right) in choice.candidates.iter().zip(&exponents).zip(right) {
            let wanted = if *right { exponent / good.max(1e-12) } else { 0.0 };
            let gradient = weight_of_pronoun * (wanted - exponent / all);
            for feature in &candidate.features {
                let feature = feature.number();
                let weights = &mut self.weights;
                let at = *self.places.entry(feature).or_insert_with(|| {
                    weights.push(Weight { feature, ..Weight::default() });
                    weights.len() - 1
                });
                let weight = &mut weights[at];
                let step = gradient - DECAY * weight.value;
                weight.squares += step * step;
                weight.value += RATE * step / (1.0 + weight.squares).sqrt();
            }
        }
    }
}

impl Taught for Learner {
    fn choose(&mut self, document: &Document, choice: &Choice<'_>) -> usize {
        let scores: Vec<f64> = choice.candidates.iter().map(|c| self.score(c)).collect();
        let chosen = (0..scores.len()).rev().max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
        if let Some(right) = document.lesson(choice) {
            self.all += 1;
            self.right += u32::from(right[chosen]);
            let of_gap = matches!(document.answers.get(&choice.pronoun), Some(Answer::Names(_)));
            self.learn(if of_gap { WEIGHT_OF_GAP } else { 1.0 }, choice, &scores, &right);
        }
        chosen
    }
}
