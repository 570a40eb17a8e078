//! One module a command.

pub(crate) mod extract;
pub(crate) mod graph;
pub(crate) mod parse;
