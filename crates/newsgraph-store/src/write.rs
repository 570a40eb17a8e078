//! The tables of the graph, written anew in one transaction: rows in the order of their keys, indices after them.

use crate::{INDICES, Store, StoreError};
use newsgraph_graph::{DocumentRef, Graph, Node};
use rusqlite::{Transaction, params};

/// The tables that are a function of the records.
const TABLES: &[&str] = &[
    "document_rows",
    "node_rows",
    "alias_rows",
    "role_rows",
    "figure_rows",
    "edge_rows",
    "sentence_rows",
    "evidence_rows",
    "mention_rows",
    "wording_rows",
    "quote_rows",
    "merge_rows",
];

/// The indices of these tables.
const INDEX_NAMES: &[&str] = &[
    "nodes_by_id",
    "nodes_by_label",
    "nodes_by_kb",
    "aliases_by_alias",
    "edges_by_id",
    "edges_by_source",
    "edges_by_target",
    "figures_by_node",
    "quotes_by_wording",
];

impl Store {
    /// Replaces the graph in the database by this one.
    ///
    /// # Errors
    /// When the database cannot be written; then the graph of before is still there.
    pub fn write_graph(&mut self, graph: &Graph) -> Result<(), StoreError> {
        self.flush()?;
        let transaction = self.connection.transaction()?;
        for index in INDEX_NAMES {
            transaction.execute(&format!("DROP INDEX IF EXISTS {index}"), [])?;
        }
        for table in TABLES {
            transaction.execute(&format!("DELETE FROM {table}"), [])?;
        }
        write_documents(&transaction, graph)?;
        write_nodes(&transaction, graph)?;
        write_names(&transaction, graph)?;
        write_edges(&transaction, graph)?;
        write_evidence(&transaction, graph)?;
        write_mentions(&transaction, graph)?;
        write_quotes(&transaction, graph)?;
        transaction.execute_batch(INDICES)?;
        transaction.commit()?;
        Ok(())
    }
}

fn write_documents(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare("INSERT INTO document_rows VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (number, document) in (0_u32..).zip(graph.documents()) {
        let DocumentRef { id, outlet, published, title, url } = document;
        insert.execute(params![number, id, outlet, published, title, url])?;
    }
    Ok(())
}

fn write_nodes(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare(
        "INSERT INTO node_rows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?;
    for (number, node) in (0_u32..).zip(graph.nodes()) {
        let Node { id, label, kind, kb, country, latitude, longitude, mentions, documents, .. } = node;
        insert.execute(params![
            number,
            id,
            &**label,
            &**kind,
            kb.as_deref(),
            country,
            latitude,
            longitude,
            mentions,
            documents,
            node.first.as_deref(),
            node.last.as_deref(),
            node.plover.as_deref(),
            node.date,
            node.degree,
            node.rank,
            node.community
        ])?;
    }
    Ok(())
}

/// What nodes are called, what they are, what is told of them, and why they are one.
fn write_names(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut alias = out.prepare("INSERT INTO alias_rows VALUES (?1, ?2, ?3, ?4)")?;
    let mut role = out.prepare("INSERT INTO role_rows VALUES (?1, ?2, ?3)")?;
    for (number, node) in (0_u32..).zip(graph.nodes()) {
        let is_name = !matches!(&*node.kind, "QUOTE" | "EVENT");
        for (place, name) in (0_u32..).zip(&node.aliases) {
            alias.execute(params![number, place, &**name, is_name])?;
        }
        for (place, name) in (0_u32..).zip(&node.roles) {
            role.execute(params![number, place, &**name])?;
        }
    }
    let mut figure = out.prepare("INSERT INTO figure_rows VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for told in graph.figures() {
        let [start, end] = told.span;
        figure.execute(params![told.node_number, told.what, told.value, told.document_number, start, end])?;
    }
    let mut decision = out.prepare("INSERT INTO merge_rows VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (place, (node, joining)) in (0_u32..).zip(graph.numbered_joinings()) {
        decision.execute(params![node, place, joining.rule, &*joining.variant, joining.documents])?;
    }
    Ok(())
}

fn write_edges(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare(
        "INSERT INTO edge_rows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    for (number, ends) in (0_u32..).zip(graph.edges()) {
        let (edge, [source, target]) = (ends.edge, ends.numbers);
        let modes = Some(edge.modes.join(";")).filter(|modes| !modes.is_empty());
        insert.execute(params![
            number,
            edge.id,
            source,
            target,
            &*edge.kind,
            edge.weight,
            &*edge.label,
            edge.plover.as_deref(),
            modes,
            edge.polarity.as_deref(),
            edge.modality.as_deref(),
            edge.documents,
            edge.sources,
            edge.first.as_deref(),
            edge.last.as_deref(),
            f64::from(edge.confidence) / 1000.0
        ])?;
    }
    Ok(())
}

fn write_evidence(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare("INSERT INTO sentence_rows VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (number, sentence) in (0_u32..).zip(graph.sentences()) {
        insert.execute(params![
            number,
            sentence.document_number,
            sentence.start,
            sentence.end,
            sentence.text
        ])?;
    }
    let mut evidence = graph.evidence_numbers().to_vec();
    evidence.sort_unstable();
    let mut insert = out.prepare("INSERT INTO evidence_rows VALUES (?1, ?2)")?;
    for (edge, sentence) in evidence {
        insert.execute(params![edge, sentence])?;
    }
    Ok(())
}

fn write_mentions(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare("INSERT INTO mention_rows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for (place, m) in (0_u32..).zip(graph.mentions_by_node()) {
        insert.execute(params![
            m.node_number,
            place,
            m.document_number,
            m.entity,
            m.start,
            m.end,
            m.form,
            m.text
        ])?;
    }
    Ok(())
}

fn write_quotes(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut quotes: Vec<_> = graph.wordings().collect();
    quotes.sort_by_key(|quote| quote.number);
    let mut insert = out.prepare("INSERT INTO wording_rows VALUES (?1, ?2)")?;
    for same in quotes.chunk_by(|a, b| a.number == b.number) {
        insert.execute(params![same[0].number, same[0].text])?;
    }
    quotes.sort_by_key(|quote| (quote.node_number, quote.document_number, quote.start));
    let mut insert = out.prepare("INSERT INTO quote_rows VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (place, quote) in (0_u32..).zip(&quotes) {
        insert.execute(params![
            quote.node_number,
            place,
            quote.number,
            quote.document_number,
            quote.start
        ])?;
    }
    out.execute("INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild')", [])?;
    Ok(())
}
