//! The layers below, in one place, with the few questions that all steps ask of them.

use newsgraph_gazetteer::Gazetteer;
use newsgraph_syntax::{Deprel, Syntax, Upos};
use newsgraph_text::{Span, TokenRange};
use newsgraph_token::Segmentation;

/// What resolution reads.
pub(crate) struct Context<'a> {
    pub(crate) text: &'a str,
    pub(crate) segmentation: &'a Segmentation,
    pub(crate) syntax: &'a Syntax,
    pub(crate) gazetteer: &'a Gazetteer,
    /// ISO 8601 date of publication: decides who held an office.
    pub(crate) published: Option<&'a str>,
}

impl<'a> Context<'a> {
    pub(crate) fn form(&self, token: u32) -> &'a str {
        self.segmentation.form(self.text, token)
    }

    pub(crate) fn span(&self, tokens: TokenRange) -> Span {
        self.segmentation.span(tokens)
    }

    pub(crate) fn words(&self, tokens: TokenRange) -> &'a str {
        self.span(tokens).of(self.text)
    }

    pub(crate) fn sentence_of(&self, token: u32) -> TokenRange {
        let index = self.segmentation.sentence_of(token);
        self.segmentation.sentences().get(index).copied().unwrap_or_default()
    }

    /// The word of a range on which the others hang: the one whose head lies outside; of several the last
    /// that is no modifier, since English names and compounds end in their head when the tree is unsure.
    pub(crate) fn head_of(&self, tokens: TokenRange) -> u32 {
        let outside = |t: &u32| self.syntax.head(*t).is_none_or(|h| !tokens.contains(h));
        let mut heads = tokens.iter().filter(outside);
        let first = heads.next().unwrap_or(tokens.start);
        heads
            .rfind(|&t| !matches!(self.syntax.upos(t), Upos::Punct | Upos::Adp | Upos::Det | Upos::Cconj))
            .filter(|_| self.is_modifier(first))
            .unwrap_or(first)
    }

    /// Whether a word only modifies the noun it hangs on.
    pub(crate) fn is_modifier(&self, token: u32) -> bool {
        let deprel = self.syntax.deprel(token);
        [Deprel::Amod, Deprel::Compound, Deprel::Det, Deprel::Nummod].iter().any(|&d| deprel.is(d))
            || deprel == Deprel::NmodPoss
    }

    /// Whether a noun is the predicate of a copular clause: "he is the president".
    pub(crate) fn is_predicate_nominal(&self, token: u32) -> bool {
        self.syntax.child(token, Deprel::Cop).is_some()
    }

    /// Whether a word is the grammatical subject of its clause.
    pub(crate) fn is_subject(&self, token: u32) -> bool {
        self.syntax.deprel(token).is(Deprel::Nsubj)
    }
}
