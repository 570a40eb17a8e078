//! The tables of the graph, written anew in one transaction.

use crate::{INDICES, Store, StoreError};
use newsgraph_graph::{DocumentRef, Graph, Node};
use rusqlite::{Transaction, params};

/// The tables that are a function of the records.
const TABLES: &[&str] = &[
    "documents",
    "nodes",
    "aliases",
    "roles",
    "figures",
    "edges",
    "evidence",
    "mentions",
    "quotes",
    "merge_decisions",
];

/// The indices of these tables.
const INDEX_NAMES: &[&str] = &[
    "aliases_by_node",
    "aliases_by_alias",
    "nodes_by_label",
    "edges_by_source",
    "edges_by_target",
    "evidence_by_edge",
    "mentions_by_node",
    "quotes_by_node",
    "figures_by_node",
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
        write_edges(&transaction, graph)?;
        write_mentions(&transaction, graph)?;
        write_quotes(&transaction, graph)?;
        transaction.execute_batch(INDICES)?;
        transaction.commit()?;
        Ok(())
    }
}

fn write_documents(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare("INSERT INTO documents VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for document in graph.documents() {
        let DocumentRef { id, outlet, published, title, url } = document;
        insert.execute(params![id, outlet, published, title, url])?;
    }
    Ok(())
}

fn write_nodes(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare(
        "INSERT INTO nodes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    let mut alias = out.prepare("INSERT INTO aliases VALUES (?1, ?2)")?;
    let mut role = out.prepare("INSERT INTO roles VALUES (?1, ?2)")?;
    for node in graph.nodes() {
        let Node { id, label, kind, kb, country, latitude, longitude, mentions, documents, .. } = node;
        insert.execute(params![
            id,
            label,
            kind,
            kb,
            country,
            latitude,
            longitude,
            mentions,
            documents,
            node.first,
            node.last,
            node.plover,
            node.date,
            node.degree,
            node.rank,
            node.community
        ])?;
        for name in &node.aliases {
            alias.execute(params![id, name])?;
        }
        for name in &node.roles {
            role.execute(params![id, name])?;
        }
    }
    let mut figure = out.prepare("INSERT INTO figures VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (node, what, value, document, [start, end]) in graph.figures() {
        figure.execute(params![node.id, what, value, document, start, end])?;
    }
    let mut decision = out.prepare("INSERT INTO merge_decisions VALUES (?1, ?2, ?3, ?4)")?;
    for (node, joining) in graph.joinings() {
        decision.execute(params![node.id, joining.rule, joining.variant, joining.documents])?;
    }
    Ok(())
}

fn write_edges(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare(
        "INSERT INTO edges VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    for ends in graph.edges() {
        let edge = ends.edge;
        let modes = Some(edge.modes.join(";")).filter(|modes| !modes.is_empty());
        insert.execute(params![
            edge.id,
            ends.source.id,
            ends.target.id,
            edge.kind,
            edge.weight,
            edge.label,
            edge.plover,
            modes,
            edge.polarity,
            edge.modality,
            edge.documents,
            edge.sources,
            edge.first,
            edge.last,
            f64::from(edge.confidence) / 1000.0
        ])?;
    }
    let mut insert = out.prepare("INSERT INTO evidence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for e in graph.evidence() {
        insert.execute(params![e.edge, e.document, e.start, e.end, e.text, e.outlet, e.published])?;
    }
    Ok(())
}

fn write_mentions(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare("INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for m in graph.mentions() {
        insert.execute(params![m.node, m.document, m.entity, m.start, m.end, m.form, m.text])?;
    }
    Ok(())
}

fn write_quotes(out: &Transaction<'_>, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = out.prepare("INSERT INTO quotes VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (number, (node, document, start, text)) in graph.wordings().enumerate() {
        insert.execute(params![number as i64 + 1, node.id, document, start, text])?;
    }
    out.execute("INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild')", [])?;
    Ok(())
}
