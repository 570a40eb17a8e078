//! Trains a linear-chain conditional random field by AdaGrad (Duchi, Hazan and Singer 2011), one thread, fixed order.
//!
//! Tokens may allow several tags: the likelihood is that of all allowed sequences together (Tsuboi et al. 2008).

use newsgraph_entity::recognizer::{OUTSIDE, TAGS, may_begin, may_end, may_follow};

/// A stretch of tokens: for each its features by number and its allowed tags; how much it counts.
pub struct Stretch {
    pub features: Vec<Vec<u32>>,
    pub allowed: Vec<u32>,
    pub weight: f32,
}

/// How to train.
#[derive(Clone, Copy)]
pub struct Settings {
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
    pub seed: u64,
}

/// Dense weights: a row of tags for each feature, and the transitions.
pub struct Model {
    pub rows: Vec<[f32; TAGS]>,
    pub transitions: [[f32; TAGS]; TAGS],
}

/// A fixed sequence of numbers that look random (xorshift64*, Vigna 2016).
pub struct Shuffle(pub u64);

impl Shuffle {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn order<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}

struct Trainer {
    model: Model,
    squares: Vec<[f32; TAGS]>,
    transition_squares: [[f32; TAGS]; TAGS],
    /// Decay of a feature's weights at each use: the whole decay divided by its uses in an epoch.
    decay: Vec<f32>,
    rate: f32,
    exps: [[f32; TAGS]; TAGS],
    /// For each tag those that may come before it.
    before: Vec<Vec<usize>>,
}

/// Marginals of one stretch under a set of allowed tags.
#[derive(Default)]
struct Lattice {
    forward: Vec<[f32; TAGS]>,
    backward: Vec<[f32; TAGS]>,
    scales: Vec<f32>,
}

/// Trains on all stretches; `feature_count` is one more than the largest feature number.
pub fn train(stretches: &[Stretch], feature_count: usize, settings: Settings) -> Model {
    let mut uses = vec![0u32; feature_count];
    for feature in stretches.iter().flat_map(|s| s.features.iter().flatten()) {
        uses[*feature as usize] += 1;
    }
    let mut trainer = Trainer {
        model: Model { rows: vec![[0.0; TAGS]; feature_count], transitions: [[0.0; TAGS]; TAGS] },
        squares: vec![[1e-2; TAGS]; feature_count],
        transition_squares: [[1e-2; TAGS]; TAGS],
        decay: uses.iter().map(|&n| settings.decay / n.max(1) as f32).collect(),
        rate: settings.rate,
        exps: [[0.0; TAGS]; TAGS],
        before: (0..TAGS).map(|t| (0..TAGS).filter(|&b| may_follow(b as u8, t as u8)).collect()).collect(),
    };
    let mut shuffle = Shuffle(settings.seed);
    let mut order: Vec<u32> = (0..stretches.len() as u32).collect();
    for epoch in 0..settings.epochs {
        shuffle.order(&mut order);
        let mut loss = 0.0;
        for (i, &number) in order.iter().enumerate() {
            if i % 16 == 0 {
                trainer.refresh();
            }
            loss += trainer.learn(&stretches[number as usize]);
        }
        eprintln!("epoch {} loss {:.1}", epoch + 1, loss);
    }
    trainer.model
}

impl Trainer {
    fn refresh(&mut self) {
        for (row, weights) in self.exps.iter_mut().zip(&self.model.transitions) {
            for (cell, weight) in row.iter_mut().zip(weights) {
                *cell = weight.exp();
            }
        }
    }

    /// One step; returns the loss in nats.
    fn learn(&mut self, stretch: &Stretch) -> f64 {
        let emissions: Vec<[f32; TAGS]> = stretch.features.iter().map(|f| self.emission(f)).collect();
        let every = vec![u32::MAX; emissions.len()];
        let (free, free_total) = self.lattice(&emissions, &every);
        let (bound, bound_total) = self.lattice(&emissions, &stretch.allowed);
        if !bound_total.is_finite() {
            return 0.0;
        }
        self.update_rows(stretch, &free, &bound);
        self.update_transitions(&emissions, stretch, &free, &bound);
        f64::from(free_total - bound_total)
    }

    /// Exponentials of a token's scores, the largest being 1.
    fn emission(&self, features: &[u32]) -> [f32; TAGS] {
        let mut scores = [0.0f32; TAGS];
        for &feature in features {
            for (score, weight) in scores.iter_mut().zip(&self.model.rows[feature as usize]) {
                *score += weight;
            }
        }
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.map(|s| (s - most).exp().max(1e-30))
    }

    /// Forward and backward sums, each token's scaled to 1, and the logarithm of the whole sum.
    fn lattice(&self, emissions: &[[f32; TAGS]], allowed: &[u32]) -> (Lattice, f32) {
        let n = emissions.len();
        let mut lattice =
            Lattice { forward: vec![[0.0; TAGS]; n], backward: vec![[0.0; TAGS]; n], scales: vec![1.0; n] };
        let mut total = 0.0;
        for i in 0..n {
            let mut sums = [0.0f32; TAGS];
            for (tag, sum) in sums.iter_mut().enumerate().filter(|(t, _)| allowed[i] & 1 << t != 0) {
                let arriving: f32 = if i == 0 {
                    if may_begin(tag as u8) { self.exps[usize::from(OUTSIDE)][tag] } else { 0.0 }
                } else {
                    let last = &lattice.forward[i - 1];
                    self.before[tag].iter().map(|&b| last[b] * self.exps[b][tag]).sum()
                };
                *sum = arriving * emissions[i][tag];
            }
            let scale: f32 = sums.iter().sum::<f32>();
            total += scale.ln();
            lattice.scales[i] = scale;
            lattice.forward[i] = sums.map(|s| s / scale);
        }
        for i in (0..n).rev() {
            let mut sums = [0.0f32; TAGS];
            if i + 1 == n {
                for (tag, sum) in sums.iter_mut().enumerate().filter(|(t, _)| may_end(*t as u8)) {
                    *sum = self.exps[tag][usize::from(OUTSIDE)];
                }
            } else {
                let next = lattice.backward[i + 1];
                for tag in (0..TAGS).filter(|t| allowed[i + 1] & 1 << t != 0) {
                    let leaving = next[tag] * emissions[i + 1][tag] / lattice.scales[i + 1];
                    for &before in &self.before[tag] {
                        sums[before] += leaving * self.exps[before][tag];
                    }
                }
            }
            lattice.backward[i] = sums;
        }
        let end: f32 = (0..TAGS).map(|t| lattice.forward[n - 1][t] * lattice.backward[n - 1][t]).sum();
        (lattice, total + end.ln())
    }

    fn update_rows(&mut self, stretch: &Stretch, free: &Lattice, bound: &Lattice) {
        for (i, features) in stretch.features.iter().enumerate() {
            let (expected, wanted) = (free.marginals(i), bound.marginals(i));
            let gradient: [f32; TAGS] = std::array::from_fn(|t| stretch.weight * (expected[t] - wanted[t]));
            if gradient.iter().all(|g| g.abs() < 1e-3) {
                continue;
            }
            for &feature in features {
                let feature = feature as usize;
                let decay = self.decay[feature];
                let cells = self.model.rows[feature].iter_mut().zip(&mut self.squares[feature]);
                for ((weight, square), slope) in cells.zip(&gradient) {
                    let slope = slope + decay * *weight;
                    *square += slope * slope;
                    *weight -= self.rate * slope / square.sqrt();
                }
            }
        }
    }

    fn update_transitions(
        &mut self,
        emissions: &[[f32; TAGS]],
        stretch: &Stretch,
        free: &Lattice,
        bound: &Lattice,
    ) {
        let mut gradient = [[0.0f32; TAGS]; TAGS];
        let every = vec![u32::MAX; emissions.len()];
        for (lattice, allowed, sign) in
            [(free, &every, stretch.weight), (bound, &stretch.allowed, -stretch.weight)]
        {
            for (tag, p) in lattice.marginals(0).iter().enumerate() {
                gradient[usize::from(OUTSIDE)][tag] += sign * p;
            }
            for (tag, p) in lattice.marginals(emissions.len() - 1).iter().enumerate() {
                gradient[tag][usize::from(OUTSIDE)] += sign * p;
            }
            for i in 1..emissions.len() {
                let mut cells = Vec::new();
                for tag in (0..TAGS).filter(|t| allowed[i] & 1 << t != 0) {
                    let right = emissions[i][tag] * lattice.backward[i][tag];
                    for &before in &self.before[tag] {
                        cells.push((
                            before,
                            tag,
                            lattice.forward[i - 1][before] * self.exps[before][tag] * right,
                        ));
                    }
                }
                let sum: f32 = cells.iter().map(|c| c.2).sum();
                for (before, tag, p) in cells {
                    gradient[before][tag] += sign * p / sum.max(1e-30);
                }
            }
        }
        let cells = self.model.transitions.as_flattened_mut().iter_mut();
        let state = self.transition_squares.as_flattened_mut().iter_mut().zip(gradient.as_flattened());
        for (weight, (square, slope)) in cells.zip(state).filter(|(_, (_, slope))| **slope != 0.0) {
            *square += slope * slope;
            *weight -= self.rate * slope / square.sqrt();
        }
    }
}

impl Lattice {
    fn marginals(&self, i: usize) -> [f32; TAGS] {
        let products: [f32; TAGS] = std::array::from_fn(|t| self.forward[i][t] * self.backward[i][t]);
        let sum: f32 = products.iter().sum::<f32>().max(1e-30);
        products.map(|p| p / sum)
    }
}
