//! The graph as CSV files that graph tools, data frames and databases load without editing.

use crate::cell::{cell, coordinate, decimal, list};
use crate::graph::Graph;
use std::io::Write;

/// Columns of `nodes.csv`.
pub const NODE_COLUMNS: [&str; 19] = [
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
    "figures",
    "degree",
    "pagerank",
    "community",
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
    /// Writes `nodes.csv`.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_nodes_csv(&self, out: impl Write, dialect: Dialect) -> std::io::Result<()> {
        let mut table = Rows::new(out, &NODE_COLUMNS, dialect)?;
        for node in self.nodes() {
            let row = [
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
                &list(node.figures.iter().map(|f| format!("{} {} ({})", f.what, f.value, f.documents))),
                &node.degree.to_string(),
                &format!("{:.8}", node.rank),
                self.community(node),
            ];
            if dialect == Dialect::Neo4j {
                let mut labelled = [""; NODE_COLUMNS.len() + 1];
                labelled[..row.len()].copy_from_slice(&row);
                labelled[row.len()] = row[2];
                table.write_record(labelled)?;
            } else {
                table.write_record(row)?;
            }
        }
        table.flush()
    }

    /// Writes `edges.csv`.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_edges_csv(&self, out: impl Write, dialect: Dialect) -> std::io::Result<()> {
        let mut table = Rows::new(out, &EDGE_COLUMNS, dialect)?;
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
    pub fn write_evidence_csv(&self, out: impl Write, dialect: Dialect) -> std::io::Result<()> {
        let mut table = Rows::new(out, &EVIDENCE_COLUMNS, dialect)?;
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
    pub fn write_mentions_csv(&self, out: impl Write, dialect: Dialect) -> std::io::Result<()> {
        let mut table = Rows::new(out, &MENTION_COLUMNS, dialect)?;
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

/// Columns of `merges.csv`.
pub const MERGE_COLUMNS: [&str; 5] = ["node", "label", "rule", "variant", "documents"];

impl Graph {
    /// Writes `merges.csv`: for each node of several documents or names, why these are one.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_merges_csv(&self, out: impl Write, dialect: Dialect) -> std::io::Result<()> {
        let mut table = Rows::new(out, &MERGE_COLUMNS, dialect)?;
        for (node, joining) in
            self.joinings().filter(|(node, _)| node.documents > 1 || node.aliases.len() > 1)
        {
            table.write_record([
                &*node.id,
                &cell(&node.label),
                joining.rule,
                &cell(&joining.variant),
                &joining.documents.to_string(),
            ])?;
        }
        table.flush()
    }
}

/// Ways to write tables for programs that do not read plain CSV as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// UTF-8, `\n`, one header line, quotes only where needed.
    #[default]
    Plain,
    /// For spreadsheets: a byte order mark, CRLF, and `'` before what would be taken for a formula.
    Excel,
    /// For `neo4j-admin database import`: no header line (see [`NEO4J_NODES`], [`NEO4J_EDGES`]), nodes with their label
    /// at the end.
    Neo4j,
}

/// The header of `nodes.csv` for `neo4j-admin`.
pub const NEO4J_NODES: &str = "id:ID,label,type,kb,aliases:string[],roles:string[],country,latitude:double,\
longitude:double,mentions:int,documents:int,first,last,type_plover,date,figures:string[],degree:int,pagerank:double,\
community,:LABEL\n";

/// The header of `edges.csv` for `neo4j-admin`.
pub const NEO4J_EDGES: &str = ":START_ID,:END_ID,:TYPE,weight:int,id,label,type_plover,mode:string[],polarity,modality,\
documents:int,sources:int,first,last,confidence:double\n";

/// A table being written.
struct Rows<W: Write> {
    out: csv::Writer<W>,
    dialect: Dialect,
}

impl<W: Write> Rows<W> {
    /// Begins a table with its header.
    fn new(mut out: W, columns: &[&str], dialect: Dialect) -> std::io::Result<Self> {
        let mut builder = csv::WriterBuilder::new();
        builder.quote_style(csv::QuoteStyle::Necessary).terminator(csv::Terminator::Any(b'\n'));
        if dialect == Dialect::Excel {
            builder.terminator(csv::Terminator::CRLF);
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut rows = Self { out: builder.from_writer(out), dialect };
        if dialect != Dialect::Neo4j {
            rows.out.write_record(columns)?;
        }
        Ok(rows)
    }

    fn write_record<const N: usize>(&mut self, cells: [&str; N]) -> std::io::Result<()> {
        if self.dialect != Dialect::Excel {
            return Ok(self.out.write_record(cells)?);
        }
        let cells = cells.map(|cell| if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() });
        Ok(self.out.write_record(cells)?)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Whether a spreadsheet would compute it. A number is one, whatever its sign.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err()
}

fn optional(value: Option<&str>) -> std::borrow::Cow<'_, str> {
    cell(value.unwrap_or(""))
}
