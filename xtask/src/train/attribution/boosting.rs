//! Gradient boosting of complete decision trees for a yes or no, with second-order gains over quantised numbers (Friedman
//! 2001; Chen and Guestrin, "XGBoost", KDD 2016, section 2). Each tree sees part of the examples and of the numbers.

use newsgraph_relation::attribution::{Judged, Split, Trees};

const TREES: usize = 400;
const DEPTH: u32 = 5;
const RATE: f64 = 0.03;
/// Pull of the leaves towards zero.
const PULL: f64 = 5.0;
/// Fewest examples on either side of a split.
const FEWEST: u32 = 40;
/// Values that a number is cut into, at most.
const BINS: usize = 48;
/// Parts of the numbers and of the examples that a tree sees, in percent.
const NUMBERS: u64 = 50;
const EXAMPLES: u64 = 70;
/// Where chance starts.
const SEED: u64 = 20;

/// Fits the trees.
pub fn fit(examples: &[&Judged]) -> Trees {
    let width = examples.first().map_or(0, |e| e.numbers.len());
    let cuts: Vec<Vec<f32>> = (0..width).map(|f| cuts(examples, f)).collect();
    let bins: Vec<Vec<u8>> = cuts
        .iter()
        .enumerate()
        .map(|(f, cuts)| examples.iter().map(|e| cuts.partition_point(|&c| c < e.numbers[f]) as u8).collect())
        .collect();
    let mut trees = Trees::new(DEPTH);
    let mut random = SEED;
    let mut chance = |percent: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % 100 < percent
    };
    let mut scores = vec![0.0f64; examples.len()];
    for _ in 0..TREES {
        let features: Vec<usize> = (0..width).filter(|_| chance(NUMBERS)).collect();
        let seen: Vec<bool> = (0..examples.len()).map(|_| chance(EXAMPLES)).collect();
        let slopes: Vec<Slope> = examples
            .iter()
            .zip(&scores)
            .map(|(e, &score)| {
                let p = 1.0 / (1.0 + (-score).exp());
                Slope { gradient: p - f64::from(u8::from(e.yes)), curvature: p * (1.0 - p), count: 1 }
            })
            .collect();
        let tree = Tree::grow(&bins, &features, &seen, &slopes);
        for (score, leaf) in scores.iter_mut().zip(&tree.places) {
            *score += f64::from(tree.leaves[*leaf]);
        }
        let split = |&(feature, bin): &(usize, usize)| Split {
            feature: feature as u8,
            // Beyond the last cut everything goes left.
            threshold: cuts[feature].get(bin).copied().unwrap_or(f32::MAX),
        };
        trees.push(&tree.splits.iter().map(split).collect::<Vec<_>>(), &tree.leaves);
    }
    trees
}

/// The values at which a number is cut: at most [`BINS`] quantiles.
fn cuts(examples: &[&Judged], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = examples.iter().map(|e| e.numbers[feature]).collect();
    values.sort_unstable_by(f32::total_cmp);
    let mut cuts: Vec<f32> = (1..BINS).filter_map(|i| values.get(i * values.len() / BINS).copied()).collect();
    // Values that few have must be cut off too where there are few values at all.
    values.dedup();
    if values.len() <= BINS {
        cuts = values;
    }
    cuts.dedup();
    cuts
}

/// Derivatives of the loss, summed.
#[derive(Clone, Copy, Default)]
struct Slope {
    gradient: f64,
    curvature: f64,
    count: u32,
}

impl Slope {
    fn add(&mut self, other: Slope) {
        self.gradient += other.gradient;
        self.curvature += other.curvature;
        self.count += other.count;
    }

    fn less(self, other: Slope) -> Slope {
        Slope {
            gradient: self.gradient - other.gradient,
            curvature: self.curvature - other.curvature,
            count: self.count - other.count,
        }
    }

    fn gain(self) -> f64 {
        self.gradient * self.gradient / (self.curvature + PULL)
    }
}

struct Tree {
    /// Number and bin of each inner node, level by level.
    splits: Vec<(usize, usize)>,
    leaves: Vec<f32>,
    /// The leaf of each example.
    places: Vec<usize>,
}

impl Tree {
    fn grow(bins: &[Vec<u8>], features: &[usize], seen: &[bool], slopes: &[Slope]) -> Self {
        let mut places = vec![0usize; slopes.len()];
        let mut splits = Vec::new();
        for level in 0..DEPTH {
            let best = best_splits(bins, features, seen, slopes, &places, 1 << level);
            for (i, place) in places.iter_mut().enumerate() {
                let (feature, bin) = best[*place];
                let right = bins.get(feature).is_some_and(|b| usize::from(b[i]) > bin);
                *place = 2 * *place + usize::from(right);
            }
            splits.extend(best);
        }
        let mut sums = vec![Slope::default(); 1 << DEPTH];
        for (i, &place) in places.iter().enumerate().filter(|(i, _)| seen[*i]) {
            sums[place].add(slopes[i]);
        }
        let leaf = |s: &Slope| (-RATE * s.gradient / (s.curvature + PULL)) as f32;
        Self { splits, leaves: sums.iter().map(leaf).collect(), places }
    }
}

/// For each node of a level the number and the bin that part its examples best; everything goes left where nothing does.
fn best_splits(
    bins: &[Vec<u8>],
    features: &[usize],
    seen: &[bool],
    slopes: &[Slope],
    places: &[usize],
    nodes: usize,
) -> Vec<(usize, usize)> {
    let mut best = vec![(0.0f64, (0usize, BINS)); nodes];
    let mut histogram = vec![Slope::default(); nodes * (BINS + 1)];
    for &feature in features {
        histogram.fill(Slope::default());
        for (i, &bin) in bins[feature].iter().enumerate().filter(|(i, _)| seen[*i]) {
            histogram[places[i] * (BINS + 1) + usize::from(bin)].add(slopes[i]);
        }
        for (node, slots) in histogram.chunks_exact(BINS + 1).enumerate() {
            let mut all = Slope::default();
            slots.iter().for_each(|s| all.add(*s));
            let mut left = Slope::default();
            for (bin, slot) in slots.iter().enumerate().take(BINS) {
                left.add(*slot);
                let right = all.less(left);
                if left.count < FEWEST || right.count < FEWEST {
                    continue;
                }
                let gain = left.gain() + right.gain() - all.gain();
                if gain > best[node].0 {
                    best[node] = (gain, (feature, bin));
                }
            }
        }
    }
    best.into_iter().map(|(_, split)| split).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_what_no_single_number_tells() {
        // Yes where exactly one of two numbers is high.
        let example = |i: u32| {
            let (a, b) = (i % 7, (i / 7) % 5);
            Judged { numbers: vec![a as f32, b as f32, (i % 3) as f32], yes: (a > 3) != (b > 2) }
        };
        let examples: Vec<Judged> = (0..2000).map(example).collect();
        let trees = fit(&examples.iter().collect::<Vec<_>>());
        let right = examples.iter().filter(|e| (trees.score(&e.numbers) > 0) == e.yes).count();
        assert!(right > 1980, "{right} of 2000");
    }
}
