//! The graph as CSV files that graph tools, data frames and databases load without editing.

use crate::cell::{cell, coordinate, decimal, list};
use crate::facts::SentenceKey;
use crate::graph::{DocumentRef, Graph};
use petgraph::graph::EdgeIndex;
use std::io::{BufWriter, Write};

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
        let ids = DocumentCells::of(self, &table, |document| [Some(document.id), None]);
        let sources = DocumentCells::of(self, &table, |document| [document.outlet, document.published]);
        for &(edge, sentence) in self.evidence_numbers() {
            let SentenceKey { document, start, end } = self.facts.sentences[sentence as usize].key;
            table.push(&self.network[EdgeIndex::new(edge as usize)].id);
            table.push_made(ids.first(document));
            table.push_number(start);
            table.push_number(end);
            table.push(&cell(self.facts.sentence_text(sentence)));
            table.push_made(sources.first(document));
            table.push_made(sources.second(document));
            table.end_row()?;
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
            table.push(mention.node);
            table.push(&cell(mention.document));
            match mention.entity {
                Some(entity) => table.push_number(entity),
                None => table.push(""),
            }
            table.push_number(mention.start);
            table.push_number(mention.end);
            table.push(&cell(mention.form));
            table.push(&cell(mention.text));
            table.end_row()?;
        }
        table.flush()
    }
}

/// Two cells of each document, as they stand in every row.
struct DocumentCells {
    text: Vec<u8>,
    /// Where the first ends, and where the second.
    ends: Vec<(usize, usize)>,
}

impl DocumentCells {
    fn of<'g, W: Write>(
        graph: &'g Graph,
        rows: &Rows<W>,
        values: impl Fn(DocumentRef<'g>) -> [Option<&'g str>; 2],
    ) -> Self {
        let mut text = Vec::new();
        let mut ends = Vec::new();
        for document in graph.documents() {
            let [first, second] = values(document);
            push_cell(&mut text, &optional(first), rows.dialect);
            let end = text.len();
            push_cell(&mut text, &optional(second), rows.dialect);
            ends.push((end, text.len()));
        }
        Self { text, ends }
    }

    fn first(&self, document: u32) -> &[u8] {
        let at = document as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
        &self.text[start..self.ends[at].0]
    }

    fn second(&self, document: u32) -> &[u8] {
        let (start, end) = self.ends[document as usize];
        &self.text[start..end]
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

/// A table being written: RFC 4180, quotes only where needed.
struct Rows<W: Write> {
    out: BufWriter<W>,
    /// The row so far, a comma behind each cell.
    row: Vec<u8>,
    dialect: Dialect,
}

impl<W: Write> Rows<W> {
    /// Begins a table with its header.
    fn new(mut out: W, columns: &[&str], dialect: Dialect) -> std::io::Result<Self> {
        if dialect == Dialect::Excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut rows = Self { out: BufWriter::with_capacity(1 << 16, out), row: Vec::new(), dialect };
        if dialect != Dialect::Neo4j {
            columns.iter().for_each(|column| rows.push(column));
            rows.end_row()?;
        }
        Ok(rows)
    }

    fn push(&mut self, cell: &str) {
        push_cell(&mut self.row, cell, self.dialect);
        self.row.push(b',');
    }

    /// Takes what [`push_cell`] made.
    fn push_made(&mut self, cell: &[u8]) {
        self.row.extend_from_slice(cell);
        self.row.push(b',');
    }

    fn push_number(&mut self, mut number: u32) {
        let mut digits = [0; 10];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self.push_made(&digits[at..]);
    }

    fn end_row(&mut self) -> std::io::Result<()> {
        self.row.pop();
        self.row.extend_from_slice(if self.dialect == Dialect::Excel { b"\r\n" } else { b"\n" });
        self.out.write_all(&self.row)?;
        self.row.clear();
        Ok(())
    }

    fn write_record<const N: usize>(&mut self, cells: [&str; N]) -> std::io::Result<()> {
        cells.into_iter().for_each(|cell| self.push(cell));
        self.end_row()
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Adds a cell, in quotes where it holds what would end it.
fn push_cell(row: &mut Vec<u8>, cell: &str, dialect: Dialect) {
    let disarmed = if dialect == Dialect::Excel && is_formula(cell) { "'" } else { "" };
    let is_special = |byte: &u8| (*byte == b',') | (*byte == b'"') | (*byte == b'\n') | (*byte == b'\r');
    // Without branches, so that many bytes are looked at at once.
    if !cell.bytes().fold(false, |any, byte| any | is_special(&byte)) {
        row.extend_from_slice(disarmed.as_bytes());
        row.extend_from_slice(cell.as_bytes());
        return;
    }
    row.push(b'"');
    row.extend_from_slice(disarmed.as_bytes());
    for (number, part) in cell.split('"').enumerate() {
        row.extend_from_slice(if number > 0 { b"\"\"" } else { b"" });
        row.extend_from_slice(part.as_bytes());
    }
    row.push(b'"');
}

/// Whether a spreadsheet would compute it. A number is one, whatever its sign.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err()
}

fn optional(value: Option<&str>) -> std::borrow::Cow<'_, str> {
    cell(value.unwrap_or(""))
}
