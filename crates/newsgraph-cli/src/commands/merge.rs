//! `newsgraph merge`: one graph of several that were made apart.

use std::io::Write as _;

use anyhow::{Context, Result};
use newsgraph::Pipeline;
use newsgraph_store::Store;

use super::export::{self, DATABASE, Exports};
use super::graph;
use crate::args::MergeArgs;
use crate::output::{self, OutputFolder};
use crate::reporter::count;
use crate::status::ExitStatus;

pub(crate) fn run(jobs: usize, args: &MergeArgs) -> Result<ExitStatus> {
    let parts = args.folders.iter().map(|folder| {
        let path = folder.join(DATABASE);
        Store::open_to_read(&path).with_context(|| format!("cannot read {}", path.display()))
    });
    let parts = parts.collect::<Result<Vec<_>>>()?;
    let folder = OutputFolder::create(&args.output)?;
    let exports = Exports::begin(&folder, &args.output, &args.exports, false)?;
    let database = folder.file(DATABASE)?;
    let place = || format!("cannot write {}", args.output.join(DATABASE).display());
    let mut store = Store::create(database.path()).with_context(place)?;
    let mut co_occurs = false;
    for part in &parts {
        store.absorb(part).with_context(place)?;
        co_occurs |= graph::co_occurs(part)?;
    }
    if co_occurs {
        graph::keep_co_occurs(&mut store)?;
    }
    export::unite_rules(&parts, &mut store)?;
    let rules = export::rules(&args.exports, &mut store)?;
    let builders = graph::all_records(&mut store, co_occurs, jobs)?;
    let graph = Pipeline::new().finish_by(builders, &rules);
    store.write_graph(&graph).with_context(place)?;
    store.finish().with_context(place)?;
    let mut files = exports.write(&graph, &args.output)?;
    files.push(database);
    output::commit(files)?;
    let (nodes, edges) = (count(graph.node_count() as u64, "node"), count(graph.edge_count() as u64, "edge"));
    let documents = count(graph.document_count() as u64, "document");
    // When stderr is gone there is nobody left to tell.
    let _ = writeln!(
        std::io::stderr().lock(),
        "newsgraph: {nodes} and {edges} of {documents} in {}",
        args.output.display()
    );
    Ok(ExitStatus::Success)
}
