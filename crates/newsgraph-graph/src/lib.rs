//! Merges document records into one knowledge graph, and exports it as CSV and DOT.
//!
//! A [`GraphBuilder`] takes [`Record`](newsgraph_record::Record)s in any order, on any number of machines, and
//! folds them: entities of the same identifier or full name, utterances of the same words and acts of the same
//! kind, parties and time become one node each. Every edge keeps the sentences that say so. [`Graph`] is the
//! result, with its nodes and edges in one order, and writers for the files that graph tools load.
//!
//! The rules of merging, each with an example and with what it must not merge, are in `docs/graph.md`.
//!
//! ```
//! use newsgraph_graph::{Dialect, GraphBuilder};
//! use newsgraph_record::{Entity, Mention, Quote, Record};
//!
//! let record = Record {
//!     id: "a".into(),
//!     text: "“No deal,” said Ann Lee.".into(),
//!     sentences: vec![[0, 24]],
//!     entities: vec![Entity {
//!         id: 0,
//!         name: "Ann Lee".into(),
//!         kind: "PERSON".into(),
//!         kb: None,
//!         entry: None,
//!         roles: vec![],
//!         members: vec![],
//!         mentions: vec![Mention { span: [16, 23], form: "name".into() }],
//!     }],
//!     quotes: vec![Quote {
//!         id: 0,
//!         form: "direct".into(),
//!         kind: "statement".into(),
//!         source: vec![[16, 23]],
//!         cue: vec![[11, 15]],
//!         content: vec![[0, 10]],
//!         speaker: Some(0),
//!         addressee: None,
//!         nested_in: None,
//!         confidence: 0.9,
//!     }],
//!     ..Record::default()
//! };
//!
//! let mut builder = GraphBuilder::new();
//! builder.add(&record);
//! let graph = builder.finish();
//!
//! let said = graph.edges().next().unwrap();
//! assert_eq!((&*said.source.label, &*said.edge.kind, &*said.target.label), ("Ann Lee", "SAID", "No deal"));
//! assert_eq!(graph.evidence().next().unwrap().text, "“No deal,” said Ann Lee.");
//!
//! let mut nodes = Vec::new();
//! graph.write_nodes_csv(&mut nodes, Dialect::Plain).unwrap();
//! assert!(nodes.starts_with(b"id,label,type,kb,"));
//! ```

mod assemble;
mod builder;
mod cell;
mod copies;
mod date;
mod dot;
mod events;
mod facts;
mod figures;
mod fold;
mod graph;
mod graphml;
mod homonyms;
mod id;
mod measures;
mod occasion;
mod offices;
mod phrase;
mod quotes;
mod reading;
mod repeats;
mod resolve;
mod retelling;
mod rules;
mod statement;
mod strings;
mod table;
mod utterances;
mod world;

pub use builder::{GraphBuilder, KbFacts};
pub use dot::DotOptions;
pub use graph::{
    DocumentRef, Edge, EdgeRef, Evidence, Figure, FigureRef, Graph, Joining, Mention, Node, Sentence,
    WordingRef,
};
pub use rules::{MergeRules, RuleError};
pub use strings::Text;
pub use table::{
    Dialect, EDGE_COLUMNS, EVIDENCE_COLUMNS, MENTION_COLUMNS, MERGE_COLUMNS, NEO4J_EDGES, NEO4J_NODES,
    NODE_COLUMNS,
};
