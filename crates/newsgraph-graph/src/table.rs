//! The graph as CSV files that graph tools, data frames and databases load without editing.

use crate::cell::{cell, coordinate, decimal, list};
use crate::graph::Graph;
use std::io::Write;

/// Columns of `nodes.csv`.
pub const NODE_COLUMNS: [&str; 15] = [
    "id",
    "label",
    "type",
    "kb",
    "aliases",
    "roles",
    "country",
    "latitude",
    "longitude",
    "mentions",
    "documents",
    "first",
    "last",
    "type_plover",
    "date",
];

/// Columns of `edges.csv`.
pub const EDGE_COLUMNS: [&str; 15] = [
    "source",
    "target",
    "kind",
    "weight",
    "id",
    "label",
    "type_plover",
    "mode",
    "polarity",
    "modality",
    "documents",
    "sources",
    "first",
    "last",
    "confidence",
];

/// Columns of `evidence.csv`.
pub const EVIDENCE_COLUMNS: [&str; 7] = ["edge", "document", "start", "end", "text", "outlet", "published"];

/// Columns of `mentions.csv`.
pub const MENTION_COLUMNS: [&str; 7] = ["node", "document", "entity", "start", "end", "form", "text"];

impl Graph {
    /// Writes `nodes.csv`: UTF-8, `\n`, one header line, quotes only where needed.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_nodes_csv(&self, out: impl Write) -> std::io::Result<()> {
        let mut table = table(out, &NODE_COLUMNS)?;
        for node in self.nodes() {
            table.write_record([
                &*node.id,
                &cell(&node.label),
                &cell(&node.kind),
                &optional(node.kb.as_deref()),
                &list(&node.aliases),
                &list(&node.roles),
                &optional(node.country.as_deref()),
                &coordinate(node.latitude),
                &coordinate(node.longitude),
                &node.mentions.to_string(),
                &node.documents.to_string(),
                &optional(node.first.as_deref()),
                &optional(node.last.as_deref()),
                &optional(node.plover.as_deref()),
                &optional(node.date.as_deref()),
            ])?;
        }
        table.flush()
    }

    /// Writes `edges.csv`.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_edges_csv(&self, out: impl Write) -> std::io::Result<()> {
        let mut table = table(out, &EDGE_COLUMNS)?;
        for ends in self.edges() {
            let edge = ends.edge;
            table.write_record([
                &*ends.source.id,
                &*ends.target.id,
                &cell(&edge.kind),
                &edge.weight.to_string(),
                &*edge.id,
                &cell(&edge.label),
                &optional(edge.plover.as_deref()),
                &list(&edge.modes),
                &optional(edge.polarity.as_deref()),
                &optional(edge.modality.as_deref()),
                &edge.documents.to_string(),
                &edge.sources.to_string(),
                &optional(edge.first.as_deref()),
                &optional(edge.last.as_deref()),
                &decimal(edge.confidence),
            ])?;
        }
        table.flush()
    }

    /// Writes `evidence.csv`: for each edge the sentences that say so.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_evidence_csv(&self, out: impl Write) -> std::io::Result<()> {
        let mut table = table(out, &EVIDENCE_COLUMNS)?;
        for evidence in self.evidence() {
            table.write_record([
                evidence.edge,
                &cell(evidence.document),
                &evidence.start.to_string(),
                &evidence.end.to_string(),
                &cell(evidence.text),
                &optional(evidence.outlet),
                &optional(evidence.published),
            ])?;
        }
        table.flush()
    }

    /// Writes `mentions.csv`: which node each mention in each document belongs to.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_mentions_csv(&self, out: impl Write) -> std::io::Result<()> {
        let mut table = table(out, &MENTION_COLUMNS)?;
        for mention in self.mentions() {
            table.write_record([
                mention.node,
                &cell(mention.document),
                &mention.entity.map_or_else(String::new, |entity| entity.to_string()),
                &mention.start.to_string(),
                &mention.end.to_string(),
                &cell(mention.form),
                &cell(mention.text),
            ])?;
        }
        table.flush()
    }
}

/// A writer that has written its header.
fn table<W: Write>(out: W, columns: &[&str]) -> std::io::Result<csv::Writer<W>> {
    let mut builder = csv::WriterBuilder::new();
    builder.quote_style(csv::QuoteStyle::Necessary).terminator(csv::Terminator::Any(b'\n'));
    let mut table = builder.from_writer(out);
    table.write_record(columns)?;
    Ok(table)
}

fn optional(value: Option<&str>) -> std::borrow::Cow<'_, str> {
    cell(value.unwrap_or(""))
}
