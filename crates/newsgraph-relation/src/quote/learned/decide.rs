//! From a possible cue to a whole attribution: the cue's extent, the source, the content, and how sure all that is.

use newsgraph_text::TokenRange;

use super::super::draft::Context;
use super::super::ranges;
use super::facts::{Facts, feature, pair};
use super::scene::Scene;
use super::weights::{Table, UNIT, Weights, decayed, logistic};
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
    /// Ways through the tree to the cue: from the head of the source, from the phrases at the edges of the content.
    pub(crate) paths: [u32; 3],
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
        let (source, source_share) = self.source(&scene);
        let source = source.or_else(|| source::inverted(&scene));
        scene.source = source.map_or(TokenRange::new(head, head), |s| s.range);
        let (content, content_share) = self.content(&scene)?;
        let (first, last) = (content.first()?.start, content.last()?.end);
        let paths = [
            source.map_or(1, |s| scene.path(s.head)),
            scene.path(scene.top_left(first)),
            scene.path(scene.top_right(last)),
        ];
        Some(Decision { head, cue: scene.cue, source, content, score, source_share, content_share, paths })
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

    fn source(&self, scene: &Scene<'_>) -> (Option<Source>, f32) {
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
        (best.1, 1.0 / sum)
    }

    fn content(&self, scene: &Scene<'_>) -> Option<(Vec<TokenRange>, f32)> {
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
        Some((content::ranges(scene, hole, l, r), like / all))
    }

    /// How sure each attribution is as a whole, from 0 to 1.
    pub(crate) fn confidences(&self, decisions: &[Decision]) -> Vec<f32> {
        let weights = self.weights.table(Table::Whole);
        (0..decisions.len())
            .map(|i| {
                let mut total = 0;
                self.whole_features(decisions, i, &mut |f| total += i32::from(weights[Table::Whole.slot(f)]));
                logistic(total)
            })
            .collect()
    }

    /// What speaks for an attribution once all its parts, and its neighbours, are known.
    pub(crate) fn whole_features(&self, decisions: &[Decision], at: usize, sink: &mut impl FnMut(u64)) {
        let decision = &decisions[at];
        self.part_features(decision, sink);
        self.shape_features(decision, sink);
        let level = |d: &Decision| d.score.div_euclid(24).clamp(-3, 5).cast_unsigned();
        let own = level(decision);
        let (mut within, mut around, mut crossing, mut same) = (9, 9, 9, 9);
        for (i, other) in decisions.iter().enumerate().take(at + 7).skip(at.saturating_sub(6)) {
            if i == at {
                continue;
            }
            // The best of each relation counts.
            let slot = match relation(decision, other) {
                Relation::Apart => continue,
                Relation::Within => &mut within,
                Relation::Around => &mut around,
                Relation::Crossing => &mut crossing,
                Relation::Same => &mut same,
            };
            let value = level(other).cast_signed();
            *slot = if *slot == 9 { value } else { value.max(*slot) };
        }
        sink(feature(4100, pair(within.cast_unsigned(), own), 0));
        sink(feature(4101, pair(around.cast_unsigned(), own), 0));
        sink(feature(4102, pair(crossing.cast_unsigned(), own), 0));
        sink(feature(4103, pair(same.cast_unsigned(), own), 0));
    }

    fn part_features(&self, decision: &Decision, sink: &mut impl FnMut(u64)) {
        let fact = self.facts.of(decision.head);
        let cue = decision.score.div_euclid(12).clamp(-8, 16).cast_unsigned();
        let share = |s: f32| (s * 8.0) as u32;
        let (source, content) = (share(decision.source_share), share(decision.content_share));
        let class = pair(u32::from(fact.class), u32::from(fact.upos));
        let quoted =
            decision.content.iter().flat_map(|r| r.iter()).filter(|&t| self.facts.of(t).quoted).count();
        let length: u32 = decision.content.iter().map(|r| r.len()).sum();
        let form = (4 * quoted as u32) / length.max(1);
        let speaker = decision.source.map_or(0, |s| {
            let fact = self.facts.of(s.head);
            pair(u32::from(fact.upos), u32::from(fact.entity))
        });
        let own = u32::from(fact.quoted);
        let after = u32::from(decision.content.first().is_some_and(|r| r.start > decision.head));
        sink(feature(4000, cue, 0));
        sink(feature(4001, cue / 2, pair(content / 2, source / 2)));
        sink(feature(4002, content, cue / 4));
        sink(feature(4003, source, cue / 4));
        sink(feature(4004, form, pair(cue / 2, after)));
        sink(feature(4005, speaker, 0));
        sink(feature(4006, speaker, u32::from(fact.upos)));
        sink(feature(4007, class, 0));
        sink(feature(4008, length.min(8), after));
        sink(feature(4009, own, cue / 2));
        sink(feature(4010, content, form));
        sink(feature(4011, decision.content.len() as u32, form));
        sink(feature(4012, 0, 0));
        sink(feature(4013, fact.lemma, 0));
        sink(feature(4014, fact.lemma, cue / 4));
        sink(feature(4015, class, pair(cue / 2, form)));
        sink(feature(4016, class, pair(u32::from(decision.source.is_some()), content / 2)));
    }

    /// Which words and phrases were taken for source and content.
    fn shape_features(&self, decision: &Decision, sink: &mut impl FnMut(u64)) {
        let (Some(first), Some(last)) = (decision.content.first(), decision.content.last()) else { return };
        let fact = self.facts.of(decision.head);
        let class = pair(u32::from(fact.class), u32::from(fact.upos));
        let cue = decision.score.div_euclid(36).clamp(-3, 5).cast_unsigned();
        let [by, left, right] = decision.paths;
        let (start, end) = (self.facts.of(first.start), self.facts.of(last.end.saturating_sub(1)));
        let (before, after) = (self.facts.near(first.start, -1), self.facts.of(last.end));
        let edges = pair(u32::from(before.mark), u32::from(after.mark));
        let form = u32::from(start.quoted) + 2 * u32::from(end.quoted);
        let source = decision.source.map(|s| self.facts.of(s.head));
        let (speaker, sort, said) = source.map_or((0, 0, 0), |f| {
            (f.lemma, pair(u32::from(f.upos), u32::from(f.entity)), u32::from(f.said))
        });
        let sentence = self.ctx.segmentation.sentence_of(decision.head) as u32;
        let own = self.ctx.sentence_of(decision.head);
        let whole =
            u32::from(first.start == own.start) + 2 * u32::from(last.end >= own.end.saturating_sub(1));
        sink(feature(4020, by, class));
        sink(feature(4021, by, fact.lemma));
        sink(feature(4022, left, class));
        sink(feature(4023, left, fact.lemma));
        sink(feature(4024, right, class));
        sink(feature(4025, pair(by, left), right));
        sink(feature(4026, pair(by, left), class));
        sink(feature(4027, start.lemma, class));
        sink(feature(4028, start.lemma, fact.lemma));
        sink(feature(4029, speaker, class));
        sink(feature(4030, speaker, cue));
        sink(feature(4031, sort, pair(by, class)));
        sink(feature(4032, sort, fact.lemma));
        sink(feature(4033, pair(said, sort), class));
        sink(feature(4034, pair(said, sort), cue));
        sink(feature(4035, edges, form));
        sink(feature(4036, edges, class));
        sink(feature(4037, whole, pair(form, class)));
        sink(feature(4038, sentence.min(2), pair(cue, class)));
        sink(feature(4039, u32::from(fact.xpos), pair(u32::from(fact.deprel), class)));
        sink(feature(4040, u32::from(fact.xpos), pair(u32::from(fact.deprel), fact.lemma)));
        sink(feature(4041, pair(u32::from(start.upos), u32::from(start.xpos)), pair(left, class)));
    }
}

/// How the content of an attribution lies to that of another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Apart,
    /// It lies, with its cue, inside the other's content.
    Within,
    /// It holds the other with its cue.
    Around,
    /// They share words, and neither holds the other.
    Crossing,
    /// They are the same words.
    Same,
}

fn relation(own: &Decision, other: &Decision) -> Relation {
    let holds = |outer: &Decision, inner: &Decision| {
        let cue = TokenRange::new(inner.head, inner.head + 1);
        ranges::covers(&outer.content, &[cue]) && ranges::covers(&outer.content, &inner.content)
    };
    if own.content == other.content {
        Relation::Same
    } else if holds(other, own) {
        Relation::Within
    } else if holds(own, other) {
        Relation::Around
    } else if own.content.iter().any(|a| other.content.iter().any(|b| a.overlaps(*b))) {
        Relation::Crossing
    } else {
        Relation::Apart
    }
}
