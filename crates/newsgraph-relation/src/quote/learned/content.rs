//! Where the content of a cue begins and ends.

use newsgraph_text::TokenRange;

use super::facts::{bucket, feature, mark, pair};
use super::scene::Scene;

/// Boundaries on one side that are weighed, at most.
const MOST: usize = 36;

/// Where a content may begin.
pub(crate) fn lefts(scene: &Scene<'_>) -> Vec<u32> {
    let fits = |&t: &u32| {
        let (before, here) = (scene.facts.near(t, -1), scene.facts.of(t));
        let beside = t == scene.window.start
            || t == scene.cue.end
            || t == scene.source.end
            || (before.mark != mark::NONE && here.mark != mark::CLOSES)
            || here.mark == mark::OPENS;
        beside || (here.mark == mark::NONE && scene.facts.begins_phrase(t))
    };
    nearest(scene, scene.window.iter().filter(|t| !scene.cue.contains(*t)).filter(fits).collect())
}

/// Where a content may end: one past its last token.
pub(crate) fn rights(scene: &Scene<'_>) -> Vec<u32> {
    let fits = |&end: &u32| {
        let (last, next) = (scene.facts.of(end - 1), scene.facts.of(end));
        let beside = end == scene.window.end
            || end == scene.cue.start
            || end == scene.source.start
            || next.mark != mark::NONE
            || last.mark == mark::CLOSES;
        beside || (last.mark == mark::NONE && scene.facts.ends_phrase(end - 1))
    };
    let ends = scene.window.start + 1..=scene.window.end;
    nearest(scene, ends.filter(|e| !scene.cue.contains(e - 1)).filter(fits).collect())
}

/// The boundaries at quotation marks, those nearest to the cue and, always, the first and the last.
fn nearest(scene: &Scene<'_>, mut all: Vec<u32>) -> Vec<u32> {
    if all.len() > MOST {
        let ends = [all[0], all[all.len() - 1]];
        let marks =
            |t: u32| scene.facts.of(t).mark == mark::OPENS || scene.facts.near(t, -1).mark == mark::CLOSES;
        all.sort_by_key(|&t| (!marks(t), t.abs_diff(scene.head), t));
        all.truncate(MOST - 2);
        all.extend(ends);
        all.sort_unstable();
        all.dedup();
    }
    all
}

/// The pairs of boundaries that make a content; pairs around the cue leave out `hole`.
pub(crate) fn pairs(scene: &Scene<'_>, hole: TokenRange, lefts: &[u32], rights: &[u32]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (l, &left) in lefts.iter().enumerate() {
        for (r, &right) in rights.iter().enumerate() {
            let beside = left < right && (right <= scene.cue.start || left >= scene.cue.end);
            if beside || (left < hole.start && right > hole.end) {
                pairs.push((l as u32, r as u32));
            }
        }
    }
    pairs
}

/// The content between two boundaries.
pub(crate) fn ranges(scene: &Scene<'_>, hole: TokenRange, left: u32, right: u32) -> Vec<TokenRange> {
    if left < scene.cue.start && right > scene.cue.start {
        vec![TokenRange::new(left, hole.start), TokenRange::new(hole.end, right)]
    } else {
        vec![TokenRange::new(left, right)]
    }
}

/// A boundary as its features see it.
struct Edge {
    /// The token inside the content, and the one outside.
    inner: u32,
    outer: Option<u32>,
    /// The highest word whose subtree begins or ends here.
    top: u32,
    /// First template.
    base: u32,
}

/// Features of a place where the content may begin.
pub(crate) fn left_features(scene: &Scene<'_>, at: u32, sink: &mut impl FnMut(u64)) {
    let edge = Edge { inner: at, outer: at.checked_sub(1), top: scene.top_left(at), base: 1000 };
    edge.features(scene, at, sink);
}

/// Features of a place where the content may end.
pub(crate) fn right_features(scene: &Scene<'_>, end: u32, sink: &mut impl FnMut(u64)) {
    let edge = Edge { inner: end - 1, outer: Some(end), top: scene.top_right(end), base: 1100 };
    edge.features(scene, end, sink);
}

impl Edge {
    fn features(&self, scene: &Scene<'_>, at: u32, sink: &mut impl FnMut(u64)) {
        let inner = scene.facts.of(self.inner);
        let outer = self.outer.map_or_else(|| scene.facts.of(u32::MAX), |t| scene.facts.of(t));
        let top = scene.facts.of(self.top);
        let side = u32::from(self.inner > scene.head);
        let path = scene.path(self.top);
        let (b, k, l) = (self.base, scene.class, scene.lemma);
        let marks = pair(u32::from(inner.mark), u32::from(outer.mark) * 2 + side);
        let offset = at.wrapping_sub(scene.head).wrapping_add(16).min(32);
        let quoted = u32::from(inner.quoted) * 4
            + u32::from(outer.quoted) * 2
            + u32::from(scene.facts.of(scene.head).quoted);
        let special = self.special(scene, at);
        let between = self.between(scene, at);
        sink(feature(b, path, side));
        sink(feature(b + 1, path, k));
        sink(feature(b + 2, path, l));
        sink(feature(b + 3, path, marks));
        sink(feature(b + 4, inner.lemma, side));
        sink(feature(b + 5, outer.lemma, side));
        sink(feature(b + 6, inner.lemma, outer.lemma));
        sink(feature(b + 7, pair(u32::from(inner.upos), u32::from(outer.upos)), side));
        sink(feature(b + 8, pair(k, side), inner.lemma));
        sink(feature(b + 9, pair(k, side), outer.lemma));
        sink(feature(b + 10, pair(l, side), inner.lemma));
        sink(feature(b + 11, pair(l, side), outer.lemma));
        sink(feature(b + 12, marks, quoted));
        sink(feature(b + 13, marks, k));
        sink(feature(b + 14, marks, l));
        sink(feature(b + 15, offset, k));
        sink(feature(b + 16, offset, l));
        sink(feature(b + 17, special, marks));
        sink(feature(b + 18, special, k));
        sink(feature(b + 19, special, l));
        sink(feature(b + 20, special, path));
        sink(feature(b + 21, pair(u32::from(top.deprel), u32::from(inner.deprel)), side));
        sink(feature(b + 22, between, side));
        sink(feature(b + 23, between, pair(marks, special)));
        sink(feature(b + 24, scene.step(self.top), pair(side, u32::from(inner.xpos))));
        sink(feature(b + 25, scene.step(self.top), pair(special, quoted)));
        sink(feature(
            b + 26,
            pair(u32::from(top.upos), u32::from(top.deprel)),
            pair(scene.step(self.top), k),
        ));
        sink(feature(b + 27, path, inner.lemma));
        sink(feature(b + 28, path, outer.lemma));
        sink(feature(b + 29, pair(path, u32::from(inner.upos)), special));
    }

    /// Whether the place is an edge of the window, the sentence, the cue, the source.
    fn special(&self, scene: &Scene<'_>, at: u32) -> u32 {
        let sentence = scene.ctx.sentence_of(scene.head);
        let flags = [
            at == scene.window.start || at == scene.window.end,
            at == sentence.start || at == sentence.end,
            at + 1 == sentence.end,
            at == scene.cue.start || at == scene.cue.end,
            at == scene.source.start || at == scene.source.end,
            scene.source.start < scene.source.end,
            scene.source.contains(self.inner),
            self.inner > scene.head,
            scene.source.start > scene.head,
        ];
        flags.iter().fold(0, |bits, &flag| bits * 2 + u32::from(flag))
    }

    /// What lies between the cue and the place: marks and clauses.
    fn between(&self, scene: &Scene<'_>, at: u32) -> u32 {
        let (from, to) = if at > scene.head { (scene.cue.end, at) } else { (at, scene.cue.start) };
        let [commas, marks, stops] = scene.facts.marks_between(from, to);
        commas.min(3) * 100 + marks.min(4) * 10 + stops.min(2) * 1000 + bucket(to.saturating_sub(from)).min(8)
    }
}

/// Features of a content as a whole.
pub(crate) fn pair_features(
    scene: &Scene<'_>,
    hole: TokenRange,
    left: u32,
    right: u32,
    sink: &mut impl FnMut(u64),
) {
    let (k, l) = (scene.class, scene.lemma);
    let around = left < scene.cue.start && right > scene.cue.start;
    let side = if around { 2 } else { u32::from(left > scene.head) };
    let (top, bottom) = (scene.top_left(left), scene.top_right(right));
    let syntax = scene.ctx.syntax;
    let (a, z) = (syntax.subtree(top), syntax.subtree(bottom));
    let fit = (a.end.cmp(&right) as i8 + 1) * 3 + (z.start.cmp(&left) as i8 + 1);
    let whole = pair(u32::from(fit.unsigned_abs()), side + 4 * u32::from(top == bottom));
    let quotes = quotes(scene, left, right) * 4 + side;
    let source = if scene.source.is_empty() {
        0
    } else {
        let span = TokenRange::new(left, right);
        1 + u32::from(span.overlaps(scene.source)) + u32::from(span.covers(scene.source))
    };
    let gaps = if around {
        let before = scene.facts.near(hole.start, -1).mark;
        1 + u32::from(before) * 9
            + u32::from(scene.facts.of(hole.start).mark) * 81
            + u32::from(scene.facts.near(hole.end, -1).mark)
    } else {
        0
    };
    let length = bucket(right - left);
    sink(feature(1200, whole, quotes));
    sink(feature(1201, whole, k));
    sink(feature(1202, whole, l));
    sink(feature(1203, pair(whole, scene.path(top)), scene.path(bottom)));
    sink(feature(1204, quotes, k));
    sink(feature(1205, quotes, l));
    sink(feature(1206, length, pair(side, k)));
    sink(feature(1207, length, quotes));
    sink(feature(1208, source, side));
    sink(feature(1209, source, gaps));
    sink(feature(1210, gaps, k));
    sink(feature(1211, gaps, l));
    sink(feature(1212, gaps, quotes));
    sink(feature(1213, whole, scene.path(if fit % 3 == 1 { bottom } else { top })));
}

/// How a stretch lies to the quotations at its edges.
fn quotes(scene: &Scene<'_>, left: u32, right: u32) -> u32 {
    let ctx = scene.ctx;
    let at = |t: u32| ctx.quotation_at(t).map(|q| ctx.with_marks(q));
    let (first, last) = (at(left), at(right - 1));
    let opens = first.map_or(0, |q| if q.start == left { 1 } else { 2 });
    let closes = last.map_or(0, |q| if q.end == right { 1 } else { 2 });
    let same = u32::from(first.is_some() && first == last);
    let cuts =
        u32::from(first.is_some_and(|q| q.end > right)) + 2 * u32::from(last.is_some_and(|q| q.start < left));
    opens + 3 * closes + 9 * same + 18 * cuts + 72 * u32::from(scene.facts.of(left).quotation)
}
