//! An attribution while it is being put together, and the layers it is read from.

use newsgraph_syntax::{Syntax, Upos};
use newsgraph_text::TokenRange;
use newsgraph_token::{Quotation, QuotationKind, Segmentation};

use crate::QuoteKind;

/// The layers below, and what is asked of them again and again.
pub(crate) struct Context<'a> {
    pub(crate) text: &'a str,
    pub(crate) segmentation: &'a Segmentation,
    pub(crate) syntax: &'a Syntax,
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
    pub(crate) fn new(text: &'a str, segmentation: &'a Segmentation, syntax: &'a Syntax) -> Self {
        let mut quoted = vec![u32::MAX; segmentation.len() as usize];
        let quotations = segmentation.quotations();
        let mut goes_on = vec![false; quotations.len()];
        for earlier in quotations.iter().filter_map(|q| q.continues) {
            if let Some(slot) = goes_on.get_mut(earlier as usize) {
                *slot = true;
            }
        }
        // They are in order of their begins: what lies before the farthest end so far is in an outer one.
        let mut done = 0;
        for (i, quotation) in quotations.iter().enumerate() {
            // A mark that nothing closes and no paragraph goes on with says nothing of the words after it.
            if !quotation.closed && !goes_on[i] && quotation.continues.is_none() {
                continue;
            }
            let tokens = segmentation.tokens_in(quotation.span);
            if done < tokens.end {
                quoted[tokens.start.max(done) as usize..tokens.end as usize].fill(i as u32);
                done = tokens.end;
            }
        }
        Self { text, segmentation, syntax, quoted }
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
}
