//! Who said what and who did what to whom.

mod cue;
mod frame;
mod quote;

pub use frame::{
    Argument, Frame, Frames, Link, Modality, Polarity, PredicateKind, Relation, Tense, Voice, noun_phrase,
};
pub use quote::{Quote, QuoteForm, QuoteKind, extract_quotes};
