//! Part-of-speech tags, lemmas and Universal Dependencies trees for English.
//!
//! [`Parser`] fills a [`Syntax`] from a text and its segmentation, with the model inside the program or another
//! ([`Model::read`]). Relations read it through queries that do not allocate: head, children, subtree, path, subject,
//! voice, negation. [`conllu`] reads treebanks into the same types and writes what was analysed.
//!
//! ```
//! use newsgraph_syntax::{Parser, Syntax, Upos};
//! use newsgraph_text::Span;
//! use newsgraph_token::Segmentation;
//!
//! let text = "Prices were raised by the bank .";
//! let mut tokens = Segmentation::default();
//! let mut start = 0;
//! for word in text.split(' ') {
//!     tokens.push_token(Span::new(start, start + word.len() as u32));
//!     start += word.len() as u32 + 1;
//! }
//! tokens.end_sentence();
//!
//! let mut syntax = Syntax::default();
//! Parser::new().parse(text, &tokens, &mut syntax);
//! assert_eq!(syntax.lemma(2), "raise");
//! assert_eq!(syntax.upos(5), Upos::Noun);
//! assert!(syntax.is_passive(2));
//! assert_eq!(syntax.subjects(2).collect::<Vec<_>>(), [0]);
//! ```

mod agreement;
pub mod conllu;
mod features;
#[doc(hidden)]
pub mod hash;
mod islands;
mod kernel;
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
mod recurrent;
#[doc(hidden)]
pub mod scorer;
mod squash;
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
