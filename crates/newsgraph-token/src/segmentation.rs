//! The lowest layer over a text: tokens, sentences, quotations.

use newsgraph_text::{Span, TokenRange};

/// What a stretch inside quotation marks is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuotationKind {
    /// Words that somebody said or wrote: at least a clause, or a phrase quoted as said.
    Utterance,
    /// A title or a name of a work, a programme, an operation.
    Title,
    /// A word or a few held at arm's length, or quoted as a fragment ("substantial").
    Fragment,
}

/// A stretch of text inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening to the closing mark, both included; to the end of the paragraph where none closes it.
    pub span: Span,
    /// What stands between the marks.
    pub inner: Span,
    /// The tokens between the marks.
    pub tokens: TokenRange,
    /// 0 for an outermost quotation, 1 for one inside another, and so on.
    pub depth: u8,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// What kind of stretch it is.
    pub kind: QuotationKind,
    /// The index of the quotation of the paragraph before, of which this one is the continuation (paragraphs of
    /// a long quotation each open anew, and only the last is closed).
    pub continues: Option<u32>,
}

/// Tokens, sentences and quotations of one text, as arrays.
///
/// Tokens are sorted, never empty, never overlap, and lie on character boundaries; what lies between them is
/// white space. Every token belongs to exactly one sentence; sentences are in order and never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segmentation {
    tokens: Vec<Span>,
    sentences: Vec<TokenRange>,
    quotations: Vec<Quotation>,
}

impl Segmentation {
    /// Number of tokens.
    pub fn len(&self) -> u32 {
        self.tokens.len() as u32
    }

    /// Whether the text has no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The tokens' spans, in order of the text.
    pub fn tokens(&self) -> &[Span] {
        &self.tokens
    }

    /// The span of token `token`.
    pub fn token(&self, token: u32) -> Span {
        self.tokens[token as usize]
    }

    /// The words of token `token`, exactly as in the text.
    pub fn form<'t>(&self, text: &'t str, token: u32) -> &'t str {
        self.token(token).of(text)
    }

    /// The span from the first to the last token of a range; empty at 0 for an empty range.
    pub fn span(&self, range: TokenRange) -> Span {
        if range.is_empty() {
            return Span::default();
        }
        self.token(range.start).cover(self.token(range.end - 1))
    }

    /// The tokens that overlap `span`.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let start = self.tokens.partition_point(|t| t.end <= span.start) as u32;
        let end = self.tokens.partition_point(|t| t.start < span.end) as u32;
        TokenRange::new(start, end.max(start))
    }

    /// The sentences, as ranges of tokens, in order.
    pub fn sentences(&self) -> &[TokenRange] {
        &self.sentences
    }

    /// The index of the sentence that token `token` is in.
    pub fn sentence_of(&self, token: u32) -> usize {
        self.sentences.partition_point(|s| s.end <= token)
    }

    /// The quotations, in order of their opening marks; an outer one before those inside it.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// Forgets everything but keeps the memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.sentences.clear();
        self.quotations.clear();
    }

    /// Adds a token after all others; for segmenters and for readers of treebanks.
    pub fn push_token(&mut self, span: Span) {
        debug_assert!(!span.is_empty() && self.tokens.last().is_none_or(|last| last.end <= span.start));
        self.tokens.push(span);
    }

    /// Makes a sentence of all tokens since the last one ended; does nothing where there are none.
    pub fn end_sentence(&mut self) {
        self.end_sentence_at(self.len());
    }

    /// Makes a sentence of all tokens before token `end` since the last one ended; does nothing where there are none.
    pub fn end_sentence_at(&mut self, end: u32) {
        let start = self.sentences.last().map_or(0, |s| s.end);
        let end = end.min(self.len());
        if start < end {
            self.sentences.push(TokenRange::new(start, end));
        }
    }

    /// The tokens, and the sentences to be filled while they are read.
    pub(crate) fn tokens_and_ends(&mut self) -> (&[Span], SentenceEnds<'_>) {
        (&self.tokens, SentenceEnds { sentences: &mut self.sentences })
    }

    /// Adds a quotation after all others.
    pub fn push_quotation(&mut self, quotation: Quotation) {
        self.quotations.push(quotation);
    }
}

/// Adds sentences to a segmentation whose tokens are being read.
pub(crate) struct SentenceEnds<'s> {
    sentences: &'s mut Vec<TokenRange>,
}

impl SentenceEnds<'_> {
    /// Makes a sentence of all tokens before `next` since the last one ended.
    pub(crate) fn end_before(&mut self, next: usize) {
        let start = self.sentences.last().map_or(0, |s| s.end);
        self.sentences.push(TokenRange::new(start, next as u32));
    }
}
