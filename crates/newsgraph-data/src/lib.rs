//! What newsgraph knows, embedded in the program: gazetteers, lexicons and models.
//!
//! Nothing but bytes and accessors: the crates that read a format own it. Every file lies in `data/`, whose
//! README names its origin, its licence and the command that makes it.

pub mod entity;
pub mod gazetteer;
mod nouns;
pub mod relation;
pub mod syntax;

pub use nouns::nouns;
