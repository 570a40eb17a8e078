//! Part-of-speech tags, lemmas and Universal Dependencies trees for English.
//!
//! [`Parser`] fills a [`Syntax`] from a text and its [`Segmentation`]. Relations read it through queries that
//! do not allocate: head, children, subtree, lemma.

pub mod conllu;
mod features;
#[doc(hidden)]
pub mod hash;
mod islands;
mod labels;
#[doc(hidden)]
pub mod lemmatizer;
#[doc(hidden)]
pub mod lexicon;
#[doc(hidden)]
pub mod model;
mod morphology;
#[doc(hidden)]
pub mod network;
mod parser;
mod queries;
#[doc(hidden)]
pub mod scorer;
#[doc(hidden)]
pub mod tagger;
#[doc(hidden)]
pub mod transition;
mod tree;

pub use features::{
    Abbr, Case, Definite, Degree, Features, Gender, Mood, NumType, Number, Person, Polarity, Poss, PronType,
    Reflex, Tense, VerbForm, Voice,
};
pub use labels::{Deprel, Upos, Xpos};
pub use model::{AlignedBytes, ModelError};
pub use parser::{Model, Parser};
pub use queries::{Conjuncts, Path, Subject, SubjectKind};
pub use tree::{Children, Syntax, SyntaxBuilder, Word};

/// The parts that training shares with the program: what is learnt is read by the same code.
#[doc(hidden)]
pub mod training {
    pub use crate::{hash, lemmatizer, lexicon, model, network, scorer, tagger, transition};
}
