//! Who the source of a cue is, and how the cue reaches beyond its head.

use newsgraph_syntax::{Deprel, Upos, Xpos};
use newsgraph_text::TokenRange;

use super::decide::Source;
use super::facts::{bucket, feature, mark, pair};
use super::scene::Scene;

/// A stretch that may be the source, with the word that it hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The head, as an index into the list of heads.
    pub(crate) node: u32,
    pub(crate) range: TokenRange,
}

/// The words that may head the source, nearest in the tree first come cheapest.
pub(crate) fn nodes(scene: &Scene<'_>) -> Vec<u32> {
    /// Most heads that are weighed.
    const MOST: usize = 24;
    let syntax = scene.ctx.syntax;
    let sentence = scene.ctx.sentence_of(scene.head);
    let own = scene.facts.of(scene.head).quoted;
    let nominal = |&t: &u32| {
        matches!(
            syntax.upos(t),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Adj | Upos::X
        )
    };
    let outer = |&t: &u32| {
        let deprel = syntax.deprel(t);
        !(deprel.is(Deprel::Amod)
            || deprel.is(Deprel::Flat)
            || deprel.is(Deprel::Fixed)
            || deprel.is(Deprel::Nummod))
            && (deprel != Deprel::Det)
    };
    let reach =
        TokenRange::new(sentence.start.max(scene.head.saturating_sub(60)), sentence.end.min(scene.head + 40));
    let mut found: Vec<u32> = reach
        .iter()
        .filter(|&t| t != scene.head && !scene.cue.contains(t))
        .filter(nominal)
        .filter(outer)
        .filter(|&t| own || !scene.facts.of(t).quoted)
        .collect();
    if found.len() > MOST {
        found.sort_by_key(|&t| (t.abs_diff(scene.head), t));
        found.truncate(MOST);
        found.sort_unstable();
    }
    found
}

/// Who speaks in "“…?” asked the mayor": after quoted words and the cue, trees often take the speaker for an object.
pub(crate) fn inverted(scene: &Scene<'_>) -> Option<Source> {
    let (syntax, facts) = (scene.ctx.syntax, scene.facts);
    let after_quote = facts.near(scene.head, -1).mark == mark::CLOSES && !facts.of(scene.head).quoted;
    let finite = matches!(syntax.xpos(scene.head), Xpos::Vbd | Xpos::Vbz);
    if !after_quote || !finite {
        return None;
    }
    let is_object = |&c: &u32| syntax.deprel(c).is(Deprel::Obj) || syntax.deprel(c).is(Deprel::Iobj);
    let head = syntax.children(scene.head).find(is_object)?;
    let range = syntax.subtree(head);
    let noun = matches!(syntax.upos(head), Upos::Noun | Upos::Propn | Upos::Pron);
    let end = range.iter().find(|&t| t > head && facts.of(t).mark != mark::NONE).unwrap_or(range.end);
    (noun && range.start == scene.head + 1).then(|| Source { head, range: TokenRange::new(range.start, end) })
}

/// The stretches around the heads.
pub(crate) fn candidates(scene: &Scene<'_>, nodes: &[u32]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (node, &head) in nodes.iter().enumerate() {
        let (mut starts, mut ends) = (vec![head], vec![head + 1]);
        edges(scene, head, &mut starts, &mut ends);
        for &start in &starts {
            for &end in &ends {
                let range = TokenRange::new(start, end);
                if start <= head && end > head && !range.contains(scene.head) {
                    found.push(Candidate { node: node as u32, range });
                }
            }
        }
    }
    found
}

/// Where a phrase with this head may begin and end.
fn edges(scene: &Scene<'_>, head: u32, starts: &mut Vec<u32>, ends: &mut Vec<u32>) {
    let syntax = scene.ctx.syntax;
    let whole = syntax.subtree(head);
    let (low, high) = (whole.start.max(scene.window.start), whole.end.min(scene.window.end));
    let mut start = low;
    while start < head
        && scene.facts.of(start).mark != mark::NONE
        && scene.facts.of(start).mark != mark::OPENS
    {
        start += 1;
    }
    starts.push(start);
    for child in syntax.children(head) {
        let deprel = syntax.deprel(child);
        let range = syntax.subtree(child);
        if child < head {
            let outside =
                [Deprel::Case, Deprel::Cc, Deprel::Punct, Deprel::Advmod, Deprel::Mark, Deprel::Det];
            if outside.iter().any(|&d| deprel.is(d)) {
                starts.push(range.end);
            }
            if deprel.is(Deprel::Amod) || deprel.is(Deprel::Compound) || deprel.is(Deprel::NmodPoss) {
                starts.push(range.start);
            }
        } else {
            ends.push(range.start);
            if scene.facts.near(range.start, -1).mark == mark::COMMA {
                ends.push(range.start - 1);
            }
            ends.push(range.end);
        }
    }
    // Before a relative clause, a comma or a bracket inside.
    let inner = (head + 1..high.min(head + 30)).filter(|&t| scene.facts.of(t).mark != mark::NONE).take(3);
    ends.extend(inner);
    ends.push(high);
    if scene.head > head && scene.head < high {
        ends.push(scene.cue.start);
    }
    starts.retain(|&s| s >= low && s <= head && !(s < scene.cue.end && head > scene.head));
    ends.retain(|&e| e > head && e <= high && !(e > scene.cue.start && head < scene.head));
    for list in [starts, ends] {
        list.sort_unstable();
        list.dedup();
    }
}

/// Features of a head.
pub(crate) fn node_features(scene: &Scene<'_>, head: u32, sink: &mut impl FnMut(u64)) {
    let syntax = scene.ctx.syntax;
    let fact = scene.facts.of(head);
    let side = u32::from(head > scene.head);
    let (path, k, l) = (scene.path(head), scene.class, scene.lemma);
    let sort = pair(u32::from(fact.upos), u32::from(fact.entity));
    let case = syntax.children(head).take_while(|&c| c < head).find(|&c| syntax.deprel(c).is(Deprel::Case));
    let case = case.map_or(0, |c| scene.facts.of(c).lemma);
    let subject = scene.subject.map_or(9, |s| if s.token == head { s.kind as u32 } else { 8 });
    let passive = u32::from(scene.passive);
    let distance = bucket(head.abs_diff(scene.head)) * 2 + side;
    let nominals = scene.facts.near(scene.head, if side == 1 { 1 } else { -1 });
    sink(feature(2000, path, side));
    sink(feature(2001, path, k));
    sink(feature(2002, path, l));
    sink(feature(2003, path, sort));
    sink(feature(2004, sort, distance));
    sink(feature(2005, fact.lemma, side));
    sink(feature(2006, fact.lemma, path));
    sink(feature(2007, pair(case, k), side));
    sink(feature(2008, case, path));
    sink(feature(2009, pair(case, l), side));
    sink(feature(2010, subject, pair(sort, passive)));
    sink(feature(2011, subject, pair(k, passive)));
    sink(feature(2012, subject, pair(l, passive)));
    sink(feature(2013, subject, path));
    sink(feature(2014, scene.step(head), pair(sort, side)));
    sink(feature(2015, u32::from(fact.deprel), pair(scene.step(head), k)));
    sink(feature(2016, distance, k));
    sink(feature(2017, distance, l));
    sink(feature(2018, pair(u32::from(nominals.mark), u32::from(nominals.upos)), distance));
    sink(feature(2019, u32::from(fact.quoted), sort));
    sink(feature(2020, u32::from(fact.deprel), pair(sort, distance)));
}

/// Features of a stretch.
pub(crate) fn range_features(scene: &Scene<'_>, head: u32, range: TokenRange, sink: &mut impl FnMut(u64)) {
    let syntax = scene.ctx.syntax;
    let whole = syntax.subtree(head);
    let (first, last) = (scene.facts.of(range.start), scene.facts.of(range.end - 1));
    let (before, next) = (scene.facts.near(range.start, -1), scene.facts.of(range.end));
    let head_fact = scene.facts.of(head);
    let fit = u32::from(range.start == whole.start) * 2 + u32::from(range.end == whole.end);
    let bare = u32::from(range.start == head) * 2 + u32::from(range.end == head + 1);
    let cut = scene.facts.of(scene.top_left(range.end)).deprel;
    let kept = scene.facts.of(scene.top_right(range.end)).deprel;
    let meets = u32::from(range.end == scene.cue.start) * 2 + u32::from(range.start == scene.cue.end);
    sink(feature(2100, fit, bare));
    sink(feature(2101, fit, pair(u32::from(head_fact.upos), meets)));
    sink(feature(2102, first.lemma, u32::from(first.deprel)));
    sink(feature(2103, before.lemma, u32::from(first.upos)));
    sink(feature(2104, u32::from(last.upos), pair(u32::from(next.mark), next.lemma)));
    sink(feature(2105, last.lemma, u32::from(next.upos)));
    sink(feature(2106, u32::from(cut), pair(u32::from(kept), meets)));
    sink(feature(2107, u32::from(cut), u32::from(next.mark)));
    sink(feature(2108, pair(fit, u32::from(next.mark)), pair(meets, u32::from(kept))));
    sink(feature(2109, bucket(range.len()), pair(fit, meets)));
    sink(feature(2110, meets, scene.class));
    sink(feature(2111, first.lemma, scene.path(head)));
    sink(feature(2112, bare, pair(u32::from(head_fact.upos), u32::from(head_fact.entity))));
    let commas = range.iter().filter(|&t| scene.facts.of(t).mark == mark::COMMA).count() as u32;
    sink(feature(2113, commas.min(4), pair(meets, u32::from(next.mark))));
    sink(feature(2114, u32::from(before.upos), pair(u32::from(first.upos), u32::from(first.deprel))));
    sink(feature(2115, u32::from(last.xpos), u32::from(next.xpos)));
}

/// Features of there being no source.
pub(crate) fn none_features(scene: &Scene<'_>, sink: &mut impl FnMut(u64)) {
    let fact = scene.facts.of(scene.head);
    let passive = u32::from(scene.passive);
    let subject = scene.subject;
    let kind = subject.map_or(9, |s| s.kind as u32);
    let sort = subject.map_or(0, |s| {
        let fact = scene.facts.of(s.token);
        pair(u32::from(fact.upos), u32::from(fact.entity))
    });
    sink(feature(2200, scene.lemma, passive));
    sink(feature(2201, scene.class, passive));
    sink(feature(2202, kind, pair(passive, u32::from(fact.upos))));
    sink(feature(2203, sort, pair(passive, kind)));
    sink(feature(2204, u32::from(fact.xpos), u32::from(fact.deprel)));
    sink(feature(2205, scene.facts.near(scene.head, 1).lemma, 0));
    sink(feature(2206, scene.facts.near(scene.head, -1).lemma, 0));
    sink(feature(2207, scene.lemma, kind));
    sink(feature(2208, u32::from(fact.quoted), 0));
}

/// How far the cue may reach.
pub(crate) fn cue_reach(scene: &Scene<'_>) -> TokenRange {
    let sentence = scene.ctx.sentence_of(scene.head);
    let low = sentence.start.max(scene.head.saturating_sub(5));
    TokenRange::new(low, sentence.end.min(scene.head + 7))
}

/// Features of a cue that begins at a token.
pub(crate) fn cue_left(scene: &Scene<'_>, at: u32, sink: &mut impl FnMut(u64)) {
    cue_edge(scene, 3000, at, at.checked_sub(1), scene.head - at, sink);
}

/// Features of a cue that ends before a token.
pub(crate) fn cue_right(scene: &Scene<'_>, end: u32, sink: &mut impl FnMut(u64)) {
    cue_edge(scene, 3100, end - 1, Some(end), end - 1 - scene.head, sink);
}

fn cue_edge(
    scene: &Scene<'_>,
    base: u32,
    inner: u32,
    outer: Option<u32>,
    extent: u32,
    sink: &mut impl FnMut(u64),
) {
    let a = scene.facts.of(inner);
    let b = scene.facts.of(outer.unwrap_or(u32::MAX));
    let (pa, pb) = (scene.path(inner), scene.path(outer.unwrap_or(u32::MAX)));
    let entity = u32::from(b.entity);
    sink(feature(base, extent, scene.class));
    sink(feature(base + 1, extent, scene.lemma));
    sink(feature(base + 2, pa, pb));
    sink(feature(base + 3, pair(pa, extent), a.lemma));
    sink(feature(base + 4, pair(pb, extent), b.lemma));
    sink(feature(base + 5, a.lemma, b.lemma));
    sink(feature(base + 6, scene.lemma, b.lemma));
    sink(feature(base + 7, scene.lemma, a.lemma));
    sink(feature(base + 8, pair(u32::from(a.upos), u32::from(b.upos)), extent));
    sink(feature(base + 9, pair(u32::from(a.xpos), u32::from(b.xpos)), pair(pa, pb)));
    sink(feature(base + 10, pair(scene.class, extent), u32::from(b.upos)));
    sink(feature(base + 11, pair(u32::from(b.deprel), entity), extent));
    let fact = scene.facts.of(scene.head);
    sink(feature(base + 12, pair(u32::from(fact.xpos), extent), pair(pa, b.lemma)));
}
