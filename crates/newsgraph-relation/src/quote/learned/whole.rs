//! What speaks for an attribution once all its parts, and its neighbours, are known: numbers for the decision trees that
//! say how sure the whole is. Tags and relations go in by their number: the trees cut them into ranges.

use newsgraph_syntax::Deprel;

use super::super::draft::Context;
use super::super::ranges;
use super::decide::Decision;
use super::facts::{Fact, Facts, class_flags};

/// Stands for what is not there.
const NONE: f32 = -1.0;

/// Decisions before and after one that are its neighbours.
const NEAR: usize = 6;

/// A document whose decisions are weighed.
pub(crate) struct Weighing<'a> {
    pub(crate) ctx: &'a Context<'a>,
    pub(crate) facts: &'a Facts,
    pub(crate) decisions: &'a [Decision],
}

impl Weighing<'_> {
    /// The numbers of a decision.
    pub(crate) fn numbers(&self, at: usize) -> Vec<f32> {
        let mut numbers = Vec::with_capacity(96);
        let decision = &self.decisions[at];
        self.cue(decision, &mut numbers);
        self.source(decision, &mut numbers);
        self.content(decision, &mut numbers);
        self.place(decision, &mut numbers);
        self.neighbours(at, &mut numbers);
        numbers
    }

    fn cue(&self, decision: &Decision, out: &mut Vec<f32>) {
        let syntax = self.ctx.syntax;
        let head = decision.head;
        let fact = self.facts.of(head);
        out.extend([decision.score as f32, decision.cue.len() as f32, flag(fact.quoted)]);
        tags(fact, out);
        out.extend(class_flags(fact.class));
        let subject = syntax.subject(head);
        let is_source = subject.is_some_and(|s| decision.source.is_some_and(|d| d.head == s.token));
        out.extend([
            subject.map_or(NONE, |s| s.kind as u8 as f32),
            flag(is_source),
            flag(syntax.is_passive(head)),
        ]);
        let below = [Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Obl, Deprel::Parataxis, Deprel::Aux];
        out.extend(below.map(|d| flag(syntax.child(head, d).is_some())));
        let above = self.facts.of(syntax.head(head).unwrap_or(u32::MAX));
        tags(above, out);
        out.push(flag(above.class != 0));
        for by in [-2, -1, 1, 2] {
            let near = self.facts.near(head, by);
            out.extend([f32::from(near.upos), f32::from(near.mark)]);
        }
    }

    fn source(&self, decision: &Decision, out: &mut Vec<f32>) {
        let Some(source) = decision.source else {
            out.extend([NONE; 14]);
            return;
        };
        let fact = self.facts.of(source.head);
        let head = source.head as f32 - decision.head as f32;
        out.extend([decision.source_share, decision.source_margin as f32, head, source.range.len() as f32]);
        tags(fact, out);
        let (first, before) = (self.facts.of(source.range.start), self.facts.near(source.range.start, -1));
        out.extend([f32::from(fact.entity), f32::from(fact.said), decision.steps[0] as f32]);
        out.extend([f32::from(first.upos), f32::from(before.mark)]);
    }

    fn content(&self, decision: &Decision, out: &mut Vec<f32>) {
        let (Some(first), Some(last)) = (decision.content.first(), decision.content.last()) else {
            out.extend([NONE; 26]);
            return;
        };
        let length = ranges::size(&decision.content) as f32;
        let quoted = decision.content.iter().flat_map(|r| r.iter()).filter(|&t| self.facts.of(t).quoted);
        let quoted = quoted.count() as f32;
        let offset = |t: u32| t as f32 - decision.head as f32;
        out.extend([decision.content_share, decision.content_margin as f32, length, quoted, quoted / length]);
        out.extend([decision.content.len() as f32, offset(first.start), offset(last.end)]);
        out.extend([decision.steps[1] as f32, decision.steps[2] as f32]);
        let (start, end) = (self.facts.of(first.start), self.facts.of(last.end.saturating_sub(1)));
        tags(start, out);
        out.extend([start.mark, end.mark, end.upos, end.deprel].map(f32::from));
        let (before, after) = (self.facts.near(first.start, -1), self.facts.of(last.end));
        out.extend([before.mark, after.mark, before.upos, after.upos, start.quotation].map(f32::from));
        let sentence = self.ctx.sentence_of(decision.head);
        out.extend([flag(first.start == sentence.start), flag(last.end + 1 >= sentence.end)]);
    }

    fn place(&self, decision: &Decision, out: &mut Vec<f32>) {
        let sentence = self.ctx.sentence_of(decision.head);
        let words = self.ctx.syntax.len().max(1) as f32;
        out.extend([sentence.len() as f32, (decision.head - sentence.start) as f32]);
        out.extend([(sentence.end - decision.head) as f32, words]);
        out.push(self.ctx.segmentation.sentence_of(decision.head) as f32);
        out.push(1000.0 * self.decisions.len() as f32 / words);
    }

    /// The best score of the neighbours in each relation, and how many there are.
    fn neighbours(&self, at: usize, out: &mut Vec<f32>) {
        let own = &self.decisions[at];
        let mut best = [-999.0f32; Relation::COUNT];
        let mut counts = [0.0f32; Relation::COUNT];
        for (i, other) in self.decisions.iter().enumerate().take(at + NEAR + 1).skip(at.saturating_sub(NEAR))
        {
            if i != at {
                let relation = relation(own, other) as usize;
                best[relation] = best[relation].max(other.score as f32);
                counts[relation] += 1.0;
            }
        }
        out.extend(best);
        out.extend(counts);
    }
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Five numbers of a word.
fn tags(fact: Fact, out: &mut Vec<f32>) {
    out.extend([fact.upos, fact.xpos, fact.deprel, fact.senses[0], fact.senses[1]].map(f32::from));
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

impl Relation {
    const COUNT: usize = 5;
}

fn relation(own: &Decision, other: &Decision) -> Relation {
    let holds =
        |outer: &Decision, inner: &Decision| ranges::holds(&outer.content, inner.head, &inner.content);
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
