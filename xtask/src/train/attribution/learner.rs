//! Log-linear models with hashed features, fitted by stochastic gradient steps whose size is set for each weight
//! (AdaGrad: Duchi, Hazan and Singer, JMLR 2011), averaged over the later passes.

use newsgraph_relation::attribution::{Choice, Table, Verdict};

/// How to fit.
#[derive(Clone, Copy)]
pub struct Settings {
    epochs: usize,
    rate: f32,
    /// Pull of every weight that is used towards zero.
    decay: f32,
    /// Uses in training below which a slot has no weight.
    uses: u32,
}

pub const CUE: Settings = Settings { epochs: 7, rate: 0.02, decay: 1e-3, uses: 6 };
pub const CHOICE: Settings = Settings { epochs: 6, rate: 0.02, decay: 2e-4, uses: 3 };

/// Where the shuffling of the data starts.
const SEED: u64 = 20;

/// How often each slot is used: once an example.
fn uses<'e>(table: Table, lists: impl Iterator<Item = &'e Vec<u32>>) -> Vec<u32> {
    let mut counts = vec![0; 1 << table.bits()];
    for &slot in lists.flatten() {
        counts[slot as usize] += 1;
    }
    counts
}

struct Model {
    weights: Vec<f32>,
    squares: Vec<f32>,
    /// Whether a slot is used often enough to have a weight.
    used: Vec<bool>,
    /// Sum of the weights at the end of the later passes.
    sums: Vec<f32>,
    settings: Settings,
}

impl Model {
    fn new(table: Table, settings: Settings, uses: &[u32]) -> Self {
        let size = 1 << table.bits();
        Self {
            used: uses.iter().map(|&n| n >= settings.uses).collect(),
            weights: vec![0.0; size],
            squares: vec![1e-3; size],
            sums: vec![0.0; size],
            settings,
        }
    }

    fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&f| self.weights[f as usize]).sum()
    }

    fn step(&mut self, features: &[u32], gradient: f32) {
        for &f in features {
            let f = f as usize;
            if !self.used[f] {
                continue;
            }
            let g = gradient + self.settings.decay * self.weights[f];
            self.squares[f] += g * g;
            self.weights[f] -= self.settings.rate * g / self.squares[f].sqrt();
        }
    }

    /// Passes over `count` examples in shuffled order, then averages.
    fn fit(mut self, count: usize, mut learn: impl FnMut(&mut Self, usize)) -> Vec<f32> {
        let mut order: Vec<usize> = (0..count).collect();
        let mut random = SEED;
        let from = self.settings.epochs / 2;
        for epoch in 0..self.settings.epochs {
            for i in (1..order.len()).rev() {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                order.swap(i, ((random >> 33) as usize) % (i + 1));
            }
            for &i in &order {
                learn(&mut self, i);
            }
            if epoch >= from {
                self.sums.iter_mut().zip(&self.weights).for_each(|(s, w)| *s += w);
            }
        }
        let passes = (self.settings.epochs - from) as f32;
        self.sums.iter().map(|s| s / passes).collect()
    }
}

/// Fits a logistic regression.
pub fn verdicts(examples: &[&Verdict], table: Table, settings: Settings) -> Vec<f32> {
    let uses = uses(table, examples.iter().map(|e| &e.features));
    Model::new(table, settings, &uses).fit(examples.len(), |model, i| {
        let example = examples[i];
        let p = 1.0 / (1.0 + (-model.score(&example.features)).exp());
        let gradient = p - f32::from(u8::from(example.yes));
        if gradient.abs() > 0.01 {
            model.step(&example.features, gradient);
        }
    })
}

/// Fits a conditional log-linear model of choices.
pub fn choices(examples: &[Choice], table: Table, settings: Settings) -> Vec<f32> {
    let (mut lefts, mut rights, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    let parts = |c: &'_ Choice| -> Vec<u32> {
        let own = c.options.iter().map(|(_, _, own)| own);
        let mut all: Vec<u32> = c.lefts.iter().chain(&c.rights).chain(own).flatten().copied().collect();
        // A feature that many options of one choice share counts once.
        all.sort_unstable();
        all.dedup();
        all
    };
    let lists: Vec<Vec<u32>> = examples.iter().map(parts).collect();
    let uses = uses(table, lists.iter());
    drop(lists);
    Model::new(table, settings, &uses).fit(examples.len(), |model, i| {
        let choice = &examples[i];
        lefts.clear();
        lefts.extend(choice.lefts.iter().map(|f| model.score(f)));
        rights.clear();
        rights.extend(choice.rights.iter().map(|f| model.score(f)));
        scores.clear();
        scores.extend(
            choice
                .options
                .iter()
                .map(|(l, r, own)| lefts[*l as usize] + rights[*r as usize] + model.score(own)),
        );
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
        lefts.fill(0.0);
        rights.fill(0.0);
        for (j, (l, r, own)) in choice.options.iter().enumerate() {
            let gradient = (scores[j] - top).exp() / sum - f32::from(u8::from(j == choice.truth));
            lefts[*l as usize] += gradient;
            rights[*r as usize] += gradient;
            if gradient.abs() > 0.002 {
                model.step(own, gradient);
            }
        }
        for (features, &gradient) in choice.lefts.iter().zip(&lefts).chain(choice.rights.iter().zip(&rights))
        {
            if gradient.abs() > 0.002 {
                model.step(features, gradient);
            }
        }
    })
}
