//! Examples for training, from documents whose attributions are known. The features are those of the analysis.

use newsgraph_entity::Entities;
use newsgraph_syntax::{Syntax, Upos};
use newsgraph_text::{Span, TokenRange};
use newsgraph_token::Segmentation;

use super::super::{Quote, draft::Context, extract_quotes_with, ranges};
use super::decide::{Decision, Judge};
use super::facts::{Facts, mark};
use super::scene::Scene;
use super::weights::{Table, Weights};
use super::whole::Weighing;
use super::{content, cues, source};
use crate::cue::CueLexicon;

/// An attribution that annotators marked, in bytes.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// Who says it.
    pub source: Vec<Span>,
    /// The words that say so.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// A yes or no, with what speaks for it.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Slots of the table.
    pub features: Vec<u32>,
    /// The truth.
    pub yes: bool,
}

/// A whole attribution that was found, in numbers.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What speaks for it.
    pub numbers: Vec<f32>,
    /// Whether it is one.
    pub yes: bool,
}

/// One of several, each scored as the sum of its left part, its right part and its own features.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Features of the left parts.
    pub lefts: Vec<Vec<u32>>,
    /// Features of the right parts.
    pub rights: Vec<Vec<u32>>,
    /// The options.
    pub options: Vec<(u32, u32, Vec<u32>)>,
    /// The right one.
    pub truth: usize,
}

/// What training learns from.
#[derive(Default)]
pub struct Examples {
    /// Whether words are cues.
    pub cues: Vec<Verdict>,
    /// How far cues reach: first tokens, then ends.
    pub cue_spans: Vec<Choice>,
    /// Who the source is.
    pub sources: Vec<Choice>,
    /// What the content is.
    pub contents: Vec<Choice>,
    /// Marked attributions seen, and of these: whose cue was a candidate, whose source and content were among the options.
    pub counts: [u32; 4],
}

/// A document with its layers.
pub struct Lesson {
    /// The document's name.
    pub id: String,
    /// The text.
    pub text: String,
    /// Its tokens.
    pub segmentation: Segmentation,
    /// Its trees.
    pub syntax: Syntax,
    /// Its entities.
    pub entities: Entities,
    /// Its attributions.
    pub marked: Vec<Marked>,
}

/// A marked attribution in tokens.
struct Truth {
    head: u32,
    cue: TokenRange,
    source: TokenRange,
    content: Vec<TokenRange>,
}

impl Lesson {
    fn context(&self) -> Context<'_> {
        Context::new(&self.text, &self.segmentation, &self.syntax)
    }

    fn tokens(&self, spans: &[Span]) -> Vec<TokenRange> {
        let mut tokens: Vec<TokenRange> = spans.iter().map(|&s| self.segmentation.tokens_in(s)).collect();
        ranges::normalise(&mut tokens);
        tokens
    }

    fn truths(&self) -> Vec<Truth> {
        let whole = |ranges: &[TokenRange]| {
            let (first, last) = (ranges.first()?, ranges.last()?);
            Some(TokenRange::new(first.start, last.end))
        };
        let truth = |m: &Marked| {
            let cue = whole(&self.tokens(&m.cue))?;
            let head = self.head_of(cue)?;
            let source = whole(&self.tokens(&m.source)).unwrap_or(TokenRange::new(head, head));
            Some(Truth { head, cue, source, content: self.tokens(&m.content) })
        };
        self.marked.iter().filter_map(truth).collect()
    }

    /// The word that a cue hangs on: the first that hangs on a word outside, content words before others.
    fn head_of(&self, cue: TokenRange) -> Option<u32> {
        let rank = |t: u32| match self.syntax.upos(t) {
            Upos::Verb => 0,
            Upos::Noun | Upos::Adj => 1,
            Upos::Aux | Upos::Adv | Upos::Propn => 2,
            Upos::Punct => 4,
            _ => 3,
        };
        cue.iter()
            .filter(|&t| self.syntax.head(t).is_none_or(|h| !cue.contains(h)))
            .min_by_key(|&t| (rank(t), t))
    }

    /// The quotes that the weights find in it.
    pub fn quotes(&self, weights: &Weights) -> Vec<Quote> {
        extract_quotes_with(weights, &self.text, &self.segmentation, &self.syntax, &mut self.entities.clone())
    }

    /// Counts each word with its part of speech, and how often it heads a cue.
    pub fn count_words(&self, sink: &mut impl FnMut(u32, bool)) {
        let heads: Vec<u32> = self.truths().iter().map(|t| t.head).collect();
        for t in 0..self.syntax.len() {
            sink(cues::candidate_key(self.syntax.lemma(t), self.syntax.upos(t)), heads.contains(&t));
        }
    }

    /// Adds what this document teaches.
    pub fn teach(&self, weights: &Weights, out: &mut Examples) {
        let ctx = self.context();
        let facts = Facts::new(&ctx, &self.entities, CueLexicon::embedded());
        let truths = self.truths();
        let mut reported = vec![false; self.syntax.len() as usize];
        for range in truths.iter().flat_map(|t| &t.content) {
            reported[range.range()].fill(true);
        }
        for t in 0..self.syntax.len() {
            let yes = truths.iter().any(|truth| truth.head == t);
            // What stands inside a content may be an attribution that the annotators left unmarked.
            if cues::may_be_cue(&ctx, &facts, weights, t) && (yes || !reported[t as usize]) {
                let features = collect(Table::Cue, |mut s| cues::features(&ctx, &facts, t, &mut s));
                out.cues.push(Verdict { features, yes });
            }
        }
        for truth in &truths {
            out.counts[0] += 1;
            out.counts[1] += u32::from(cues::may_be_cue(&ctx, &facts, weights, truth.head));
            let mut scene = Scene::new(&ctx, &facts, truth.head);
            cue_choice(&scene, truth, out);
            scene.cue = truth.cue;
            source_choice(&scene, truth, out);
            scene.source = truth.source;
            content_choice(&scene, truth, out);
        }
    }

    /// The attributions that the weights find, each with its numbers and whether it is one.
    pub fn judge(&self, weights: &Weights) -> Vec<Judged> {
        let ctx = self.context();
        let facts = Facts::new(&ctx, &self.entities, CueLexicon::embedded());
        let judge = Judge { ctx: &ctx, facts: &facts, weights };
        let truths = self.truths();
        let inside = |d: &Decision| truths.iter().any(|t| ranges::holds(&t.content, d.head, &d.content));
        let decisions = judge.decisions();
        let mut right = vec![false; decisions.len()];
        let told = |d: &Decision, truth: &Truth| is_right(d, truth, &told_so_far(&ctx, &facts, d, truth));
        for truth in &truths {
            // Of several that tell the same one counts, that of the marked cue before others.
            let rank = |d: &Decision| (d.head == truth.head, truth.cue.contains(d.head), d.score);
            let fits = decisions.iter().enumerate().filter(|(i, d)| !right[*i] && told(d, truth));
            if let Some((i, _)) = fits.max_by_key(|(i, d)| (rank(d), std::cmp::Reverse(*i))) {
                right[i] = true;
            }
        }
        let weighing = Weighing { ctx: &ctx, facts: &facts, decisions: &decisions };
        let judged = decisions.iter().enumerate().filter(|(i, d)| right[*i] || !inside(d));
        judged.map(|(i, _)| Judged { numbers: weighing.numbers(i), yes: right[i] }).collect()
    }
}

/// What a truth has up to the end of the sentence in which a decision ends, if it goes on with a quotation after that: such
/// words are added to what is found only when all is decided.
fn told_so_far(ctx: &Context<'_>, facts: &Facts, found: &Decision, truth: &Truth) -> Vec<TokenRange> {
    let last = found.content.last().map_or(found.head, |r| r.end.saturating_sub(1)).max(found.head);
    let end = ctx.sentence_of(last).end;
    let later = truth.content.iter().map(|r| r.start.max(end)).zip(truth.content.iter().map(|r| r.end));
    let goes_on = later.filter(|(start, end)| start < end).map(|(start, _)| start).next();
    let mut content = truth.content.clone();
    if goes_on.is_some_and(|start| facts.of(start).mark == mark::OPENS) {
        ranges::subtract(&mut content, &[TokenRange::new(end, u32::MAX)]);
    }
    content
}

fn is_right(found: &Decision, truth: &Truth, content: &[TokenRange]) -> bool {
    let source = match found.source {
        Some(source) => source.range.overlaps(truth.source),
        None => truth.source.is_empty(),
    };
    source && 2 * ranges::common(&found.content, content) >= ranges::union(&found.content, content)
}

fn collect(table: Table, features: impl FnOnce(&mut dyn FnMut(u64))) -> Vec<u32> {
    let mut slots = Vec::new();
    features(&mut |f| slots.push(table.slot(f) as u32));
    slots
}

/// The left and the right side of the cue are two choices.
fn cue_choice(scene: &Scene<'_>, truth: &Truth, out: &mut Examples) {
    let reach = source::cue_reach(scene);
    let lefts: Vec<u32> = (reach.start..=scene.head).collect();
    let rights: Vec<u32> = (scene.head + 1..=reach.end).collect();
    let sides: [(&[u32], u32, bool); 2] = [(&lefts, truth.cue.start, true), (&rights, truth.cue.end, false)];
    for (places, at, left) in sides {
        let Some(right) = places.iter().position(|&p| p == at) else { continue };
        let features = |&p: &u32| {
            collect(Table::CueSpan, |mut s| {
                if left { source::cue_left(scene, p, &mut s) } else { source::cue_right(scene, p, &mut s) }
            })
        };
        out.cue_spans.push(Choice {
            lefts: places.iter().map(features).collect(),
            rights: vec![Vec::new()],
            options: (0..places.len() as u32).map(|i| (i, 0, Vec::new())).collect(),
            truth: right,
        });
    }
}

fn source_choice(scene: &Scene<'_>, truth: &Truth, out: &mut Examples) {
    let nodes = source::nodes(scene);
    let candidates = source::candidates(scene, &nodes);
    // Option 0 is that there is none.
    let right = if truth.source.is_empty() {
        Some(0)
    } else {
        let score = |range: TokenRange| {
            let (common, union) =
                (ranges::common(&[range], &[truth.source]), ranges::union(&[range], &[truth.source]));
            (f64::from(common) / f64::from(union.max(1)) * 1e6) as u32
        };
        let best = candidates.iter().enumerate().max_by_key(|(i, c)| (score(c.range), std::cmp::Reverse(*i)));
        best.filter(|(_, c)| score(c.range) >= 500_000).map(|(i, c)| {
            out.counts[2] += u32::from(c.range == truth.source);
            i + 1
        })
    };
    let Some(right) = right else { return };
    out.counts[2] += u32::from(right == 0);
    let mut lefts = vec![collect(Table::Source, |mut s| source::none_features(scene, &mut s))];
    lefts.extend(
        nodes.iter().map(|&n| collect(Table::Source, |mut s| source::node_features(scene, n, &mut s))),
    );
    let mut options = vec![(0, 0, Vec::new())];
    options.extend(candidates.iter().map(|c| {
        let head = nodes[c.node as usize];
        let own = collect(Table::Source, |mut s| source::range_features(scene, head, c.range, &mut s));
        (c.node + 1, 0, own)
    }));
    out.sources.push(Choice { lefts, rights: vec![Vec::new()], options, truth: right });
}

fn content_choice(scene: &Scene<'_>, truth: &Truth, out: &mut Examples) {
    let hole = scene.hole();
    let (lefts, rights) = (content::lefts(scene), content::rights(scene));
    let pairs = content::pairs(scene, hole, &lefts, &rights);
    let inside: Vec<TokenRange> = truth
        .content
        .iter()
        .map(|r| {
            TokenRange::new(
                r.start.max(scene.window.start),
                r.end.min(scene.window.end).max(r.start.max(scene.window.start)),
            )
        })
        .filter(|r| !r.is_empty())
        .collect();
    let score = |&(l, r): &(u32, u32)| {
        let ranges = content::ranges(scene, hole, lefts[l as usize], rights[r as usize]);
        (f64::from(ranges::common(&ranges, &inside)) / f64::from(ranges::union(&ranges, &inside).max(1))
            * 1e6) as u32
    };
    let best = pairs.iter().enumerate().max_by_key(|(i, p)| (score(p), std::cmp::Reverse(*i)));
    let Some((right, pair)) = best.filter(|(_, p)| score(p) >= 600_000) else { return };
    out.counts[3] += u32::from(score(pair) == 1_000_000);
    let own = |&(l, r): &(u32, u32)| {
        let (left, end) = (lefts[l as usize], rights[r as usize]);
        (l, r, collect(Table::Content, |mut s| content::pair_features(scene, hole, left, end, &mut s)))
    };
    out.contents.push(Choice {
        lefts: lefts
            .iter()
            .map(|&l| collect(Table::Content, |mut s| content::left_features(scene, l, &mut s)))
            .collect(),
        rights: rights
            .iter()
            .map(|&r| collect(Table::Content, |mut s| content::right_features(scene, r, &mut s)))
            .collect(),
        options: pairs.iter().map(own).collect(),
        truth: right,
    });
}
