//! One module a command.

pub(crate) mod events;
pub(crate) mod extract;
pub(crate) mod graph;
pub(crate) mod parse;
