//! The best sequence of tags: Viterbi's algorithm over one stretch at a time.

use newsgraph_text::TokenRange;

use super::observe::Observation;
use super::probe;
use super::tags::{OUTSIDE, TAGS, may_begin, may_end, may_follow};
use super::weights::Weights;

/// A score that no path has.
const NEVER: i32 = i32::MIN / 2;

/// Scratch of the decoder.
#[derive(Default)]
pub(super) struct Decoder {
    emissions: Vec<[i32; TAGS]>,
    back: Vec<[u8; TAGS]>,
    tags: Vec<u8>,
    features: Vec<u64>,
    slots: Vec<(u32, u16)>,
}

impl Decoder {
    /// The tags of the tokens of `stretch`. Of paths with equal scores, the one with lower tag numbers wins,
    /// compared from the end.
    pub(super) fn decode(&mut self, stretch: TokenRange, seen: &Observation, weights: &Weights) -> &[u8] {
        self.emissions.clear();
        self.back.clear();
        for at in stretch {
            self.features.clear();
            seen.features(at, &mut |feature| self.features.push(feature));
            self.emissions.push(probe::sum(weights, &self.features, &mut self.slots));
        }
        self.forward(weights)
    }

    /// How far the chosen tags of a part of the stretch score above no name at all, in weight units.
    pub(super) fn lead(&self, part: std::ops::Range<usize>) -> i32 {
        let tags = self.tags.get(part.clone()).unwrap_or_default();
        let scores = self.emissions.get(part).unwrap_or_default();
        tags.iter().zip(scores).map(|(&t, s)| s[usize::from(t)] - s[usize::from(OUTSIDE)]).sum()
    }

    fn forward(&mut self, weights: &Weights) -> &[u8] {
        let mut best = [NEVER; TAGS];
        for (i, emission) in self.emissions.iter().enumerate() {
            let (mut next, mut from) = ([NEVER; TAGS], [OUTSIDE; TAGS]);
            for tag in 0..TAGS as u8 {
                let (mut score, mut source) = (NEVER, OUTSIDE);
                if i == 0 {
                    if may_begin(tag) {
                        score = weights.transition(OUTSIDE, tag);
                    }
                } else {
                    for before in (0..TAGS as u8).filter(|&b| may_follow(b, tag)) {
                        let through = best[usize::from(before)] + weights.transition(before, tag);
                        if through > score {
                            (score, source) = (through, before);
                        }
                    }
                }
                next[usize::from(tag)] = score.max(NEVER) + emission[usize::from(tag)];
                from[usize::from(tag)] = source;
            }
            best = next;
            self.back.push(from);
        }
        self.trace(&best, weights)
    }

    fn trace(&mut self, last: &[i32; TAGS], weights: &Weights) -> &[u8] {
        let (mut score, mut tag) = (i32::MIN, OUTSIDE);
        for end in (0..TAGS as u8).filter(|&t| may_end(t)) {
            let total = last[usize::from(end)] + weights.transition(end, OUTSIDE);
            if total > score {
                (score, tag) = (total, end);
            }
        }
        self.tags.clear();
        for from in self.back.iter().rev() {
            self.tags.push(tag);
            tag = from[usize::from(tag)];
        }
        self.tags.reverse();
        &self.tags
    }
}
