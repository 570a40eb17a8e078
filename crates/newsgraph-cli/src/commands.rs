//! One module a command.

pub(crate) mod events;
mod export;
pub(crate) mod extract;
pub(crate) mod gazetteer;
pub(crate) mod graph;
pub(crate) mod merge;
pub(crate) mod parse;
pub(crate) mod query;
