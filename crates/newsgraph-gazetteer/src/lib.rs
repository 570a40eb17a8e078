//! Finds known names in token streams: whole tokens, leftmost-longest, no name lost.

mod kind;

pub use kind::EntityType;
