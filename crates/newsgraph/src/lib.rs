//! Who said what, who did what to whom, and which sentences say so.
//!
//! This crate puts the layers of newsgraph together. A [`Pipeline`] holds what all threads share, a [`Worker`] the
//! scratch space of one; a worker turns a [`Document`] into a [`Record`], the public form of everything that was
//! found, in code points.
//!
//! ```
//! use newsgraph::{Document, Pipeline, RecordOptions};
//!
//! let pipeline = Pipeline::new();
//! let mut worker = pipeline.worker();
//! let document = Document { id: "a".into(), text: "Éva came. She saw.".into(), ..Document::default() };
//!
//! let record = worker.record(document, RecordOptions { tokens: true, ..RecordOptions::default() });
//! let tokens = record.tokens.unwrap_or_default();
//! assert_eq!((tokens[0].span, tokens[1].span[0]), ([0, 3], 4)); // code points: "Éva" is four bytes
//! ```
//!
//! The crates below can be used alone; they are here under their own names.

mod convert;
mod furniture;
mod pipeline;

pub use newsgraph_entity as entity;
pub use newsgraph_gazetteer as gazetteer;
pub use newsgraph_graph as graph;
pub use newsgraph_record as record;
pub use newsgraph_record::Record;
pub use newsgraph_relation as relation;
pub use newsgraph_syntax as syntax;
pub use newsgraph_text as text;
pub use newsgraph_text::{Document, Metadata};
pub use newsgraph_token as token;
pub use pipeline::{Layers, Pipeline, RecordOptions, Worker};
