//! Who said what and who did what to whom.

mod cue;
mod event;
mod explain;
mod frame;
mod lexicon;
mod quote;
mod senses;

pub use event::{
    Event, EventArgument, EventExtractor, EventInput, EventMention, Quantity, Role, unite_events,
};
pub use explain::explain_events;
pub use frame::{
    Argument, Frame, Frames, Link, Modality, Polarity, PredicateKind, Relation, Tense, Voice, noun_phrase,
};
pub use lexicon::{
    EventLexicon, LexiconError, LexiconProblem, Mode, ModeSet, PloverType, Quad, Rule, RuleId, VerbKnowledge,
};
pub use quote::{Quote, QuoteForm, QuoteKind, extract_quotes};

/// The learned models of attribution, for whoever trains them.
pub mod attribution {
    pub use crate::quote::extract_quotes_with;
    pub use crate::quote::learned::{
        Choice, Examples, Judged, Lesson, Marked, Split, Table, Trees, UNIT, Verdict, Weights,
    };
    pub use crate::senses::Senses;
}
