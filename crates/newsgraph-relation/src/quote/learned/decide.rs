//! From a possible cue to a whole attribution: the cue's extent, the source, the content, and how sure all that is.

use newsgraph_text::TokenRange;

use super::super::draft::Context;
use super::facts::Facts;
use super::scene::Scene;
use super::weights::{Table, UNIT, Weights, decayed};
use super::whole::Weighing;
use super::{content, cues, fit, source};

/// What was chosen for one cue.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) head: u32,
    pub(crate) cue: TokenRange,
    pub(crate) source: Option<Source>,
    pub(crate) content: Vec<TokenRange>,
    /// Score of the cue.
    pub(crate) score: i32,
    /// Share of the probability that fell on the chosen source, and on the chosen content or ones much like it.
    pub(crate) source_share: f32,
    pub(crate) content_share: f32,
    /// How far the chosen source and the chosen content are ahead of the next, in score units.
    pub(crate) source_margin: i32,
    pub(crate) content_margin: i32,
    /// Edges of the tree to the cue: from the head of the source, from the phrases at the edges of the content.
    pub(crate) steps: [u32; 3],
}

/// A source and the word that heads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) head: u32,
    pub(crate) range: TokenRange,
}

/// The score of the features that a function hands out.
macro_rules! sum {
    ($judge:ident, $table:ident, $features:path, ($($argument:expr),*)) => {{
        let weights = $judge.weights.table(Table::$table);
        let mut total = 0;
        $features($($argument),*, &mut |f| total += i32::from(weights[Table::$table.slot(f)]));
        total
    }};
}

/// How far the best is ahead, at most ten nats.
fn margin(best: i32, second: Option<i32>) -> i32 {
    second.map_or(10 * UNIT, |s| (best - s).min(10 * UNIT))
}

/// Scores with the weights of one document's features.
pub(crate) struct Judge<'a> {
    pub(crate) ctx: &'a Context<'a>,
    pub(crate) facts: &'a Facts,
    pub(crate) weights: &'a Weights,
}

impl Judge<'_> {
    /// Words whose cue scores less are not looked at further.
    const LEAST: i32 = -2 * UNIT;

    /// How much speaks for a word as cue.
    pub(crate) fn cue_score(&self, token: u32) -> i32 {
        sum!(self, Cue, cues::features, (self.ctx, self.facts, token))
    }

    /// The decisions for all possible cues of the document, in order.
    pub(crate) fn decisions(&self) -> Vec<Decision> {
        let mut decisions: Vec<Decision> = (0..self.ctx.syntax.len())
            .filter(|&t| cues::may_be_cue(self.ctx, self.facts, self.weights, t))
            .filter_map(|t| {
                let score = self.cue_score(t);
                (score >= Self::LEAST).then(|| self.decide(t, score)).flatten()
            })
            .collect();
        fit::fit(self.ctx, self.facts, &mut decisions);
        decisions
    }

    fn decide(&self, head: u32, score: i32) -> Option<Decision> {
        let mut scene = Scene::new(self.ctx, self.facts, head);
        scene.cue = self.cue_range(&scene);
        let (source, source_share, source_margin) = self.source(&scene);
        let source = source.or_else(|| source::inverted(&scene));
        scene.source = source.map_or(TokenRange::new(head, head), |s| s.range);
        let (content, content_share, content_margin) = self.content(&scene)?;
        let (first, last) = (content.first()?.start, content.last()?.end);
        let steps = [
            source.map_or(0, |s| scene.step(s.head)),
            scene.step(scene.top_left(first)),
            scene.step(scene.top_right(last)),
        ];
        Some(Decision {
            head,
            cue: scene.cue,
            source,
            content,
            score,
            source_share,
            content_share,
            source_margin,
            content_margin,
            steps,
        })
    }

    fn cue_range(&self, scene: &Scene<'_>) -> TokenRange {
        let TokenRange { start: low, end: high } = source::cue_reach(scene);
        let left = (low..=scene.head).map(|at| sum!(self, CueSpan, source::cue_left, (scene, at)));
        let right = (scene.head + 1..=high).map(|at| sum!(self, CueSpan, source::cue_right, (scene, at)));
        // The two sides are chosen apart.
        let best = |scores: &mut dyn Iterator<Item = i32>| {
            scores
                .enumerate()
                .max_by_key(|&(i, score)| (score, std::cmp::Reverse(i)))
                .map_or(0, |(i, _)| i as u32)
        };
        let start = low + best(&mut left.into_iter());
        let end = scene.head + 1 + best(&mut right.into_iter());
        TokenRange::new(start, end)
    }

    fn source(&self, scene: &Scene<'_>) -> (Option<Source>, f32, i32) {
        let nodes = source::nodes(scene);
        let none = sum!(self, Source, source::none_features, (scene));
        let heads: Vec<i32> =
            nodes.iter().map(|&n| sum!(self, Source, source::node_features, (scene, n))).collect();
        let top = heads.iter().copied().max().unwrap_or(none).max(none);
        let mut best: (i32, Option<Source>) = (none, None);
        let mut total: Vec<i32> = vec![none];
        // Heads that are far behind are not spelled out.
        let live = |score: i32| score + 5 * UNIT >= top;
        for candidate in source::candidates(scene, &nodes).iter().filter(|c| live(heads[c.node as usize])) {
            let head = nodes[candidate.node as usize];
            let score = heads[candidate.node as usize]
                + sum!(self, Source, source::range_features, (scene, head, candidate.range));
            total.push(score);
            if score > best.0 {
                best = (score, Some(Source { head, range: candidate.range }));
            }
        }
        let sum: f32 = total.iter().map(|s| decayed(best.0 - s)).sum();
        let second = total.iter().copied().filter(|&s| s < best.0).max();
        (best.1, 1.0 / sum, margin(best.0, second))
    }

    fn content(&self, scene: &Scene<'_>) -> Option<(Vec<TokenRange>, f32, i32)> {
        let hole = scene.hole();
        let (lefts, rights) = (content::lefts(scene), content::rights(scene));
        let score_left = |&at: &u32| sum!(self, Content, content::left_features, (scene, at));
        let score_right = |&at: &u32| sum!(self, Content, content::right_features, (scene, at));
        let left: Vec<i32> = lefts.iter().map(score_left).collect();
        let right: Vec<i32> = rights.iter().map(score_right).collect();
        let pairs = content::pairs(scene, hole, &lefts, &rights);
        let edges = |&(l, r): &(u32, u32)| left[l as usize] + right[r as usize];
        let top = pairs.iter().map(edges).max()?;
        let mut scored: Vec<(i32, u32, u32)> = Vec::new();
        for pair in pairs.iter().filter(|p| edges(p) + 6 * UNIT >= top) {
            let (l, r) = (lefts[pair.0 as usize], rights[pair.1 as usize]);
            let whole = sum!(self, Content, content::pair_features, (scene, hole, l, r));
            scored.push((edges(pair) + whole, l, r));
        }
        let &(best, l, r) = scored.iter().max_by_key(|&&(s, l, r)| (s, std::cmp::Reverse((l, r))))?;
        let (mut all, mut like) = (0.0, 0.0);
        for &(score, a, z) in &scored {
            let weight = decayed(best - score);
            all += weight;
            if 2 * (a.abs_diff(l) + z.abs_diff(r)) <= r - l {
                like += weight;
            }
        }
        let second = scored.iter().filter(|s| (s.1, s.2) != (l, r)).map(|s| s.0).max();
        Some((content::ranges(scene, hole, l, r), like / all, margin(best, second)))
    }

    /// How sure each attribution is as a whole, from 0 to 1.
    pub(crate) fn confidences(&self, decisions: &[Decision]) -> Vec<f32> {
        let weighing = Weighing { ctx: self.ctx, facts: self.facts, decisions };
        (0..decisions.len()).map(|i| self.weights.confidence(&weighing.numbers(i))).collect()
    }
}
