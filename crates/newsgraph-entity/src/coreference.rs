//! What decides which candidate a pronoun refers to: a linear model over features of the pronoun and each candidate.
//!
//! Resolution lists the candidates of a pronoun and asks a [`Judge`]. In the program that is [`Weights`], trained by
//! `cargo xtask train coref` as a log-linear model over candidates with the antecedent's mention left open (Denis
//! and Baldridge 2007, "A Ranking Approach to Pronoun Resolution"); the training is another judge.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub use crate::resolve::{ClusterId, Coordination, DraftMention};

/// A feature: which template, and the values that fill it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(u32);

impl Feature {
    /// Most values of a template; each is below 16.
    const MOST_VALUES: usize = 6;

    pub(crate) fn new(template: u8, values: &[u32]) -> Self {
        debug_assert!(values.len() <= Self::MOST_VALUES && values.iter().all(|v| *v < 16));
        let packed = values.iter().fold(0, |packed, value| packed << 4 | value & 15);
        Self(u32::from(template) << 24 | packed & 0x00ff_ffff)
    }

    /// The feature as a number, as the file of weights has it.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// One candidate of a pronoun.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// The entity; `None` for a noun phrase that is no entity, and for "nobody".
    pub cluster: Option<ClusterId>,
    /// The head of its mention nearest to the pronoun; `None` for "nobody".
    pub head: Option<u32>,
    /// What speaks for and against it.
    pub features: Vec<Feature>,
}

/// A pronoun and who it may refer to. The first candidate is nobody in particular.
pub struct Choice<'a> {
    /// The token of the pronoun.
    pub pronoun: u32,
    /// Nobody, then the candidates, nearest first.
    pub candidates: &'a [Candidate],
    /// The mentions of all entities as far as they are known.
    pub mentions: &'a [DraftMention],
    /// What the groups among the candidates are made of.
    pub coordinations: &'a [Coordination],
}

/// Decides between the candidates of a pronoun.
pub trait Judge {
    /// The index of the candidate that the pronoun refers to.
    fn choose(&mut self, choice: &Choice<'_>) -> usize;
}

/// The trained weights.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    weights: FxHashMap<u32, i32>,
}

impl Weights {
    /// The weights that the program brings along.
    pub fn embedded() -> &'static Self {
        static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(newsgraph_data::entity::PRONOUNS));
        &WEIGHTS
    }

    /// Reads weights: on each line the number of a feature in hexadecimal digits, a tab, its weight; `#` begins a
    /// comment. Lines that are neither are left out.
    pub fn read(table: &str) -> Self {
        let row = |line: &str| {
            let (feature, weight) = line.split_once('\t')?;
            Some((u32::from_str_radix(feature, 16).ok()?, weight.trim().parse().ok()?))
        };
        Self { weights: table.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect() }
    }

    fn score(&self, candidate: &Candidate) -> i32 {
        candidate.features.iter().filter_map(|f| self.weights.get(&f.0)).sum()
    }
}

impl Judge for &Weights {
    /// The best candidate; of equals the first, which is the nearest.
    fn choose(&mut self, choice: &Choice<'_>) -> usize {
        let scores = choice.candidates.iter().map(|c| self.score(c)).enumerate();
        let best = scores.max_by_key(|&(i, score)| (score, std::cmp::Reverse(i)));
        best.map_or(0, |(i, _)| i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_candidate_wins_and_of_equals_the_nearest() {
        let (a, b) = (Feature::new(1, &[0]), Feature::new(1, &[2]));
        let weights =
            Weights::read(&format!("# comment\n{:x}\t-5\n{:x}\t7\nbroken\n", a.number(), b.number()));
        let candidate =
            |features: &[Feature]| Candidate { features: features.to_vec(), ..Default::default() };
        let choose = |candidates: &[Candidate]| {
            (&weights).choose(&Choice { pronoun: 9, candidates, mentions: &[], coordinations: &[] })
        };
        assert_eq!(choose(&[candidate(&[]), candidate(&[a]), candidate(&[b]), candidate(&[b])]), 2);
        assert_eq!(choose(&[candidate(&[]), candidate(&[a])]), 0);
    }

    #[test]
    fn values_of_a_feature_stay_apart() {
        assert_ne!(Feature::new(1, &[1, 0]), Feature::new(1, &[0, 1]));
        assert_ne!(Feature::new(1, &[1]), Feature::new(2, &[1]));
    }
}
