//! `newsgraph graph`: the main job, from articles or records to one knowledge graph.

use std::io;

use anyhow::{Context, Result};
use newsgraph::graph::{DotOptions, Graph, GraphBuilder};
use newsgraph::{Pipeline, RecordOptions, Worker};
use newsgraph_corpus::Item;

use crate::args::GraphArgs;
use crate::lexicon;
use crate::output::{self, OutputFolder, PendingFile};
use crate::parallel::{self, Task};
use crate::reporter::{Counts, Reporter, count};
use crate::settings::Settings;
use crate::status::ExitStatus;

/// Writes one table or drawing.
type Export = fn(&Graph, &mut PendingFile) -> io::Result<()>;

/// The files of the folder.
const FILES: [(&str, Export); 5] = [
    ("nodes.csv", |graph, out| graph.write_nodes_csv(out)),
    ("edges.csv", |graph, out| graph.write_edges_csv(out)),
    ("evidence.csv", |graph, out| graph.write_evidence_csv(out)),
    ("mentions.csv", |graph, out| graph.write_mentions_csv(out)),
    ("graph.dot", |graph, out| graph.write_dot(out, DotOptions::default())),
];

pub(crate) fn run(settings: &Settings, args: &GraphArgs) -> Result<ExitStatus> {
    // Begun before the work, so that a folder that cannot be written to is known at once and not after hours.
    let folder = OutputFolder::create(&args.output)?;
    let mut files = FILES.iter().map(|(name, _)| folder.file(name)).collect::<Result<Vec<_>>>()?;
    let mut reporter = Reporter::new(&settings.inputs);
    let pipeline = lexicon::pipeline(&args.lexicon)?;
    let fold = Fold { pipeline: &pipeline };
    let parts = parallel::run(&fold, &settings.inputs, settings.jobs, &mut reporter, &mut io::sink())?;
    reporter.require_documents(&settings.inputs)?;

    let graph = pipeline.finish(parts);
    for ((name, write), file) in FILES.iter().zip(&mut files) {
        write(&graph, file).with_context(|| format!("cannot write {}", args.output.join(name).display()))?;
    }
    output::commit(files)?;
    let (nodes, edges) = (count(graph.node_count() as u64, "node"), count(graph.edge_count() as u64, "edge"));
    reporter.say(format_args!("{nodes} and {edges} in {}", args.output.display()));
    Ok(reporter.finish(&settings.inputs))
}

/// Each thread folds its documents into a graph of its own.
struct Fold<'p> {
    pipeline: &'p Pipeline,
}

impl<'p> Task for Fold<'p> {
    type State = (Worker<'p>, GraphBuilder);
    type Gathered = GraphBuilder;

    fn begin(&self) -> Self::State {
        (self.pipeline.worker(), GraphBuilder::new())
    }

    fn document(&self, (worker, builder): &mut Self::State, item: Item, _: &mut Vec<u8>) -> Counts {
        let record = match item {
            Item::Document(document) => worker.record(document, RecordOptions::default()),
            Item::Record(record) => *record,
        };
        builder.add(&record);
        Counts::of(&record)
    }

    fn end(&self, (_, builder): Self::State) -> GraphBuilder {
        builder
    }
}
