//! The surroundings of one cue: how far its source and content may reach, and how every word there stands to it.

use newsgraph_syntax::Subject;
use newsgraph_text::TokenRange;

use super::super::draft::Context;
use super::facts::{Facts, mark, pair};

/// Longest way from a cue to the edge of its window, in tokens: keeps time linear whatever the text.
const REACH: u32 = 160;

/// One cue and the words around it.
pub(crate) struct Scene<'a> {
    pub(crate) ctx: &'a Context<'a>,
    pub(crate) facts: &'a Facts,
    /// The head of the cue.
    pub(crate) head: u32,
    /// The whole cue.
    pub(crate) cue: TokenRange,
    /// The source; empty where there is none or it is not yet known.
    pub(crate) source: TokenRange,
    /// Where source and content may lie.
    pub(crate) window: TokenRange,
    /// What the features say of the cue.
    pub(crate) lemma: u32,
    pub(crate) class: u32,
    /// The cue's grammatical subject, and whether the cue is passive.
    pub(crate) subject: Option<Subject>,
    pub(crate) passive: bool,
    /// For each token of the window, its way through the tree to the cue.
    paths: Vec<u32>,
    /// The same, read coarsely.
    steps: Vec<u32>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(ctx: &'a Context<'a>, facts: &'a Facts, head: u32) -> Self {
        let window = window(ctx, facts, head);
        let fact = facts.of(head);
        let mut scene = Self {
            ctx,
            facts,
            head,
            cue: TokenRange::new(head, head + 1),
            source: TokenRange::new(head, head),
            window,
            lemma: fact.lemma,
            class: pair(u32::from(fact.class), u32::from(fact.upos)),
            subject: ctx.syntax.subject(head),
            passive: ctx.syntax.is_passive(head),
            paths: vec![0; window.len() as usize],
            steps: vec![0; window.len() as usize],
        };
        scene.trace();
        scene
    }

    /// Fills in the ways to the cue: up from its ancestors, down from everything else.
    fn trace(&mut self) {
        /// Edges after which ways are no longer told apart.
        const LONGEST: u32 = 4;
        let syntax = self.ctx.syntax;
        let (mut at, mut path, mut depth) = (self.head, 7, 0);
        self.set(self.head, path, 1);
        while let Some(head) = syntax.head(at).filter(|&h| self.window.contains(h)) {
            depth += 1;
            path = pair(path, 1000 + u32::from(self.facts.of(at).deprel));
            self.set(head, if depth > LONGEST { 11 } else { path }, 100 + depth.min(9));
            at = head;
        }
        let mut chain = Vec::new();
        for token in self.window {
            if self.path(token) != 0 {
                continue;
            }
            chain.clear();
            let mut up = Some(token);
            while let Some(t) = up.filter(|&t| self.window.contains(t) && self.path(t) == 0) {
                chain.push(t);
                up = syntax.head(t);
            }
            let known = up.filter(|&t| self.window.contains(t));
            let (mut path, mut step) = known.map_or((13, 900), |t| (self.path(t), self.step(t)));
            for &t in chain.iter().rev() {
                step += 10;
                path = if step % 100 > 50 { 17 } else { pair(path, u32::from(self.facts.of(t).deprel)) };
                self.set(t, path, step.min(980));
            }
        }
    }

    fn set(&mut self, token: u32, path: u32, step: u32) {
        let at = (token - self.window.start) as usize;
        (self.paths[at], self.steps[at]) = (path, step);
    }

    /// The way from a token to the cue, as a hash.
    pub(crate) fn path(&self, token: u32) -> u32 {
        self.paths.get(token.wrapping_sub(self.window.start) as usize).copied().unwrap_or(0)
    }

    /// Edges up from the cue (hundreds: whether any) and down again (tens).
    pub(crate) fn step(&self, token: u32) -> u32 {
        self.steps.get(token.wrapping_sub(self.window.start) as usize).copied().unwrap_or(0)
    }

    /// The words that a content around the cue leaves out: the cue with its source, to the next comma, quotation mark or
    /// end of the sentence on both sides.
    pub(crate) fn hole(&self) -> TokenRange {
        /// Furthest that the hole may reach beyond cue and source, in tokens.
        const FAR: u32 = 24;
        let near =
            !self.source.is_empty() && self.source.end + 12 > self.head && self.source.start < self.head + 12;
        let core = if near { cover(self.cue, self.source) } else { self.cue };
        let sentence = self.ctx.sentence_of(self.head);
        let low = sentence.start.max(core.start.saturating_sub(FAR));
        let separates = |t: u32| {
            let fact = self.facts.of(t);
            matches!(
                fact.mark,
                mark::COMMA | mark::OPENS | mark::CLOSES | mark::DASH | mark::STOP | mark::COLON
            )
        };
        let start = (low..core.start)
            .rev()
            .find(|&t| separates(t))
            .map_or(core.start, |t| if matches!(self.facts.of(t).mark, mark::CLOSES) { t + 1 } else { t });
        let high = sentence.end.min(core.end + FAR);
        let end = (core.end..high)
            .find(|&t| separates(t))
            .map_or(core.end, |t| if matches!(self.facts.of(t).mark, mark::OPENS) { t } else { t + 1 });
        TokenRange::new(start, end)
    }

    /// The highest word whose subtree begins at a token.
    pub(crate) fn top_left(&self, token: u32) -> u32 {
        self.facts.top_left.get(token as usize).copied().unwrap_or(token)
    }

    /// The highest word whose subtree ends before a token.
    pub(crate) fn top_right(&self, end: u32) -> u32 {
        let last = end.saturating_sub(1);
        self.facts.top_right.get(last as usize).copied().unwrap_or(last)
    }
}

/// The smallest range over both.
pub(crate) fn cover(a: TokenRange, b: TokenRange) -> TokenRange {
    TokenRange::new(a.start.min(b.start), a.end.max(b.end))
}

/// The sentence of the cue, with the quotations that begin or end in it, and the one that ends right before it. A cue
/// inside quotation marks sees no further than its sentence.
fn window(ctx: &Context<'_>, facts: &Facts, head: u32) -> TokenRange {
    let mut window = ctx.sentence_of(head);
    let quotation = |t: u32| ctx.quotation_at(t).map(|q| (ctx.with_marks(q), q.closed));
    if ctx.quoted[head as usize] == u32::MAX {
        let before = window.start.checked_sub(1).filter(|&t| facts.of(t).mark == mark::CLOSES);
        let same_line = |t: u32| {
            let gap =
                ctx.segmentation.token(t).end as usize..ctx.segmentation.token(window.start).start as usize;
            ctx.text.get(gap).is_some_and(|g| !g.contains('\n'))
        };
        let first = before.filter(|&t| same_line(t)).or(Some(window.start));
        if let Some((range, _)) = first.and_then(quotation) {
            window.start = window.start.min(range.start);
        }
        if let Some((range, _)) = window.end.checked_sub(1).and_then(quotation) {
            window.end = window.end.max(range.end);
        }
    }
    TokenRange::new(window.start.max(head.saturating_sub(REACH)), window.end.min(head + REACH))
}
