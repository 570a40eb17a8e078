//! Names, their kinds and identity, and coreference within a document.

mod analyzer;
mod model;
mod nouns;
mod recognizer;
mod resolve;

pub use analyzer::EntityAnalyzer;
pub use model::{Entities, Entity, EntityId, Mention, MentionForm};
pub use newsgraph_gazetteer::EntityType;
pub use nouns::{NounClass, noun_class};
pub use recognizer::{
    FORMAT, NameClass, NameHint, OUTSIDE, Observation, Position, RecognizedName, Recognizer, TAGS, Weights,
    WeightsError, WordHabit, may_begin, may_end, may_follow, names_of, pack, parts, tag,
};
