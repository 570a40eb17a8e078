//! The files of a graph's folder.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use newsgraph::graph::{Dialect, DotOptions, Graph, MergeRules, NEO4J_EDGES, NEO4J_NODES};
use newsgraph_store::Store;

use crate::args::{DialectArg, ExportArgs};
use crate::output::{OutputFolder, PendingFile};

/// The database among them.
pub(crate) const DATABASE: &str = "graph.db";

/// The setting of the database that keeps a user's merges and splits.
const RULES: &str = "merges";

/// Writes one table or drawing.
type Write1 = fn(&Graph, &mut PendingFile, Dialect) -> io::Result<()>;

/// Files that are begun before the work, so that a folder that cannot be written to is known at once.
pub(crate) struct Exports {
    files: Vec<(PendingFile, Write1)>,
    dialect: Dialect,
}

impl Exports {
    /// Begins all files. With `again`, those on request that are there already are renewed too.
    pub(crate) fn begin(folder: &OutputFolder, path: &Path, args: &ExportArgs, again: bool) -> Result<Self> {
        let dialect = match args.dialect {
            DialectArg::Plain => Dialect::Plain,
            DialectArg::Excel => Dialect::Excel,
            DialectArg::Neo4j => Dialect::Neo4j,
        };
        let wanted = |flag: bool, name: &str| flag || (again && path.join(name).exists());
        let mut files: Vec<(&str, Write1)> = vec![
            ("nodes.csv", |graph, out, dialect| graph.write_nodes_csv(out, dialect)),
            ("edges.csv", |graph, out, dialect| graph.write_edges_csv(out, dialect)),
            ("evidence.csv", |graph, out, dialect| graph.write_evidence_csv(out, plain_header(dialect))),
            ("mentions.csv", |graph, out, dialect| graph.write_mentions_csv(out, plain_header(dialect))),
            ("graph.dot", |graph, out, _| graph.write_dot(out, DotOptions::default())),
        ];
        if dialect == Dialect::Neo4j {
            files.push(("nodes-header.csv", |_, out, _| out.write_all(NEO4J_NODES.as_bytes())));
            files.push(("edges-header.csv", |_, out, _| out.write_all(NEO4J_EDGES.as_bytes())));
        }
        if wanted(args.explain_merges, "merges.csv") {
            files.push(("merges.csv", |graph, out, dialect| {
                graph.write_merges_csv(out, plain_header(dialect))
            }));
        }
        if wanted(args.graphml, "graph.graphml") {
            files.push(("graph.graphml", |graph, out, _| graph.write_graphml(out)));
        }
        let files = files.into_iter().map(|(name, write)| Ok((folder.file(name)?, write)));
        Ok(Self { files: files.collect::<Result<_>>()?, dialect })
    }

    /// Writes all files; they are put in their places by [`crate::output::commit`].
    pub(crate) fn write(self, graph: &Graph, path: &Path) -> Result<Vec<PendingFile>> {
        let mut written = Vec::new();
        for (mut file, write) in self.files {
            write(graph, &mut file, self.dialect)
                .with_context(|| format!("cannot write to {}", path.display()))?;
            written.push(file);
        }
        Ok(written)
    }
}

/// Tables that `neo4j-admin` does not import keep their header.
fn plain_header(dialect: Dialect) -> Dialect {
    if dialect == Dialect::Neo4j { Dialect::Plain } else { dialect }
}

/// The user's merges and splits: of the file, which the database keeps, else those that the database kept.
pub(crate) fn rules(args: &ExportArgs, store: &mut Store) -> Result<MergeRules> {
    let text = match &args.merges {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?
        }
        None => store.setting(RULES)?.unwrap_or_default(),
    };
    let place = args
        .merges
        .as_ref()
        .map_or_else(|| "merges kept in graph.db".to_owned(), |p| p.display().to_string());
    let rules = MergeRules::parse(&text).with_context(|| place)?;
    store.set(RULES, &text)?;
    Ok(rules)
}

/// Unites the merges and splits of several databases, in an order that does not depend on theirs.
pub(crate) fn unite_rules(stores: &[Store], into: &mut Store) -> Result<()> {
    let mut lines: Vec<String> = Vec::new();
    for store in stores {
        lines.extend(store.setting(RULES)?.unwrap_or_default().lines().map(str::to_owned));
    }
    lines.sort();
    lines.dedup();
    Ok(into.set(RULES, &lines.join("\n"))?)
}
