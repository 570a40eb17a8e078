//! Names, their kinds and identity, and coreference within a document.

mod model;

pub use model::{Entities, Entity, EntityId, Mention, MentionForm};
pub use newsgraph_gazetteer::EntityType;
