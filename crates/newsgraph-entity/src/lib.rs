//! Names, their kinds and identity, and coreference within a document.

mod analyzer;
mod coding;
pub mod coreference;
pub mod expression;
mod model;
mod nouns;
pub mod recognizer;
mod resolve;

pub use analyzer::EntityAnalyzer;
pub use model::{Entities, Entity, EntityId, Joined, Mention, MentionForm};
pub use newsgraph_gazetteer::EntityType;
pub use nouns::{NounClass, noun_class};
pub use recognizer::{NameClass, NameHint, RecognizedName, Recognizer};
