//! An attribution while it is being put together, and the layers it is read from.

use newsgraph_syntax::{Deprel, Syntax, Upos};
use newsgraph_text::TokenRange;
use newsgraph_token::{Quotation, QuotationKind, Segmentation};

use super::ranges;
use crate::{Frames, QuoteKind};

/// The layers below, and what is asked of them again and again.
pub(crate) struct Context<'a> {
    pub(crate) text: &'a str,
    pub(crate) segmentation: &'a Segmentation,
    pub(crate) syntax: &'a Syntax,
    pub(crate) frames: &'a Frames,
    /// For each token, the outermost quotation that it or its mark belongs to, or `u32::MAX`.
    pub(crate) quoted: Vec<u32>,
}

/// A found attribution, in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Attribution {
    pub(crate) kind: QuoteKind,
    /// The token that the attribution hangs on.
    pub(crate) cue_head: u32,
    pub(crate) cue: Vec<TokenRange>,
    pub(crate) source: Option<TokenRange>,
    /// The word whose entity speaks: in a relative clause the antecedent.
    pub(crate) source_head: Option<u32>,
    pub(crate) content: Vec<TokenRange>,
    pub(crate) addressee_head: Option<u32>,
    pub(crate) confidence: f32,
    /// Whether content was found as quoted words beside the cue: such an attribution may go on in the next
    /// sentence.
    pub(crate) quotes_words: bool,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        text: &'a str,
        segmentation: &'a Segmentation,
        syntax: &'a Syntax,
        frames: &'a Frames,
    ) -> Self {
        let mut quoted = vec![u32::MAX; segmentation.len() as usize];
        for (i, quotation) in segmentation.quotations().iter().enumerate() {
            for token in segmentation.tokens_in(quotation.span) {
                let slot = &mut quoted[token as usize];
                if *slot == u32::MAX {
                    *slot = i as u32;
                }
            }
        }
        Self { text, segmentation, syntax, frames, quoted }
    }

    pub(crate) fn form(&self, token: u32) -> &'a str {
        self.segmentation.form(self.text, token)
    }

    pub(crate) fn sentence_of(&self, token: u32) -> TokenRange {
        let index = self.segmentation.sentence_of(token);
        self.segmentation.sentences().get(index).copied().unwrap_or_default()
    }

    /// The outermost quotation that covers a token or its mark.
    pub(crate) fn quotation_at(&self, token: u32) -> Option<&'a Quotation> {
        self.segmentation.quotations().get(self.quoted[token as usize] as usize)
    }

    /// The tokens of a quotation with its marks.
    pub(crate) fn with_marks(&self, quotation: &Quotation) -> TokenRange {
        self.segmentation.tokens_in(quotation.span)
    }

    /// The outermost quotations that overlap a stretch, in order.
    pub(crate) fn quotations_in(&self, range: TokenRange) -> Vec<&'a Quotation> {
        let mut found: Vec<&Quotation> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.quotation_at(at) {
                Some(quotation) => {
                    found.push(quotation);
                    at = self.with_marks(quotation).end.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whether a quotation holds words that somebody said, rather than a title or a word held at arm's length.
    pub(crate) fn is_utterance(&self, quotation: &Quotation) -> bool {
        quotation.kind == QuotationKind::Utterance
    }

    pub(crate) fn is_punctuation(&self, token: u32) -> bool {
        self.syntax.upos(token) == Upos::Punct
    }

    /// Takes punctuation off both ends of each stretch, but leaves quotation marks, brackets and what ends a
    /// sentence inside them.
    pub(crate) fn trim(&self, content: &mut Vec<TokenRange>) {
        for range in content.iter_mut() {
            while range.start < range.end && self.is_edge(range.start) {
                range.start += 1;
            }
            while range.start < range.end && self.is_edge(range.end - 1) {
                range.end -= 1;
            }
        }
        ranges::normalise(content);
    }

    /// Whether a token is punctuation that separates rather than belongs.
    fn is_edge(&self, token: u32) -> bool {
        matches!(self.form(token), "," | "." | ";" | ":" | "-" | "–" | "—" | "--" | "!" | "?" | "…" | "...")
            && self.quoted[token as usize] == u32::MAX
    }

    /// Widens content that reaches into a quotation to the whole of it, marks included: the words of one mouth,
    /// over several sentences too. A cue that itself stands in quotation marks speaks only of what is inside.
    pub(crate) fn widen_inside(&self, cue_head: u32, content: &mut Vec<TokenRange>) {
        if self.quoted[cue_head as usize] != u32::MAX {
            return;
        }
        let mut more = Vec::new();
        for range in content.iter() {
            for quotation in self.quotations_in(*range) {
                more.push(self.with_marks(quotation));
            }
        }
        content.extend(more);
        ranges::normalise(content);
    }

    /// The whole phrase of a source: its subtree, without preposition and conjuncts' leftovers at the edges.
    pub(crate) fn source_phrase(&self, head: u32, cue_head: u32) -> TokenRange {
        let mut range = self.syntax.subtree(head);
        for child in self.syntax.children(head).take_while(|&c| c < head) {
            if self.syntax.deprel(child).is(Deprel::Case)
                && !matches!(self.form(child), "'s" | "’s" | "'" | "’")
            {
                range.start = range.start.max(self.syntax.subtree(child).end);
            }
        }
        if range.contains(cue_head) {
            // A phrase that swallows its own verb is a broken tree: keep the side of the head.
            if head < cue_head { range.end = cue_head } else { range.start = cue_head + 1 }
        }
        self.bounded_by_quotations(head, range)
    }

    /// A source outside of quotation marks does not reach into one that is an utterance.
    fn bounded_by_quotations(&self, head: u32, mut range: TokenRange) -> TokenRange {
        let own = self.quoted[head as usize];
        for token in range {
            let other = self.quoted[token as usize];
            let foreign = other != own && self.quotation_at(token).is_some_and(|q| self.is_utterance(q));
            if foreign && token > head {
                range.end = token;
                break;
            }
            if foreign && token < head {
                range.start = token + 1;
            }
        }
        while range.end > head + 1
            && matches!(self.form(range.end - 1), "," | ":" | "-" | "–" | "—" | ";" | ".")
        {
            range.end -= 1;
        }
        while range.start < head && self.is_punctuation(range.start) && self.form(range.start) != "(" {
            range.start += 1;
        }
        range
    }
}
