//! `newsgraph graph`: the main job, from articles or records to one knowledge graph.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use newsgraph::graph::{Graph, GraphBuilder};
use newsgraph::{Pipeline, Record, RecordOptions, Worker};
use newsgraph_corpus::Item;
use newsgraph_store::{Store, StoreError};

use super::export::{self, DATABASE, Exports};
use crate::args::GraphArgs;
use crate::lexicon;
use crate::lists;
use crate::output::{self, OutputFolder};
use crate::parallel::{self, Task};
use crate::reporter::{Counts, Reporter, count};
use crate::settings::Settings;
use crate::status::ExitStatus;

/// The setting of the database that says whether entities of one sentence are linked.
const CO_OCCURS: &str = "co_occurs";

/// Records that are handed to a thread at once.
const BATCH: usize = 64;

pub(crate) fn run(settings: &Settings, args: &GraphArgs) -> Result<ExitStatus> {
    let (path, again) = match (&args.into, &args.output) {
        (Some(into), _) => (into, true),
        (None, Some(output)) => (output, false),
        (None, None) => anyhow::bail!("no folder to write to"),
    };
    let folder = OutputFolder::create(path)?;
    let exports = Exports::begin(&folder, path, &args.exports, again)?;
    let database = if again { None } else { Some(folder.file(DATABASE)?) };
    let place = || format!("cannot use {}", path.join(DATABASE).display());
    let store = match &database {
        Some(file) => Store::create(file.path()),
        None => Store::open(&path.join(DATABASE)),
    };
    let mut store = store.with_context(place)?;
    let rules = export::rules(&args.exports, &mut store)?;
    let co_occurs = args.co_occurs || store.setting(CO_OCCURS)?.is_some();
    if co_occurs {
        store.set(CO_OCCURS, "yes")?;
    }

    let mut reporter = Reporter::new(&settings.inputs);
    let pipeline = lists::extend(lexicon::pipeline(&args.lexicon)?, &args.lists)?;
    let fold = Fold { pipeline: &pipeline, co_occurs };
    let mut sink = RecordSink { store: &mut store, line: Vec::new() };
    let mut parts = parallel::run(&fold, &settings.inputs, settings.jobs, &mut reporter, &mut sink)
        .with_context(place)?;
    reporter.require_documents(&settings.inputs)?;
    store.flush().with_context(place)?;
    if again {
        parts = all_records(&mut store, co_occurs, settings.jobs)?;
    }
    let graph = pipeline.finish_by(parts, &rules);
    store.write_graph(&graph).with_context(place)?;
    store.finish().with_context(place)?;
    let mut files = exports.write(&graph, path)?;
    files.extend(database);
    output::commit(files)?;
    say_size(&reporter, &graph, path);
    Ok(reporter.finish(&settings.inputs))
}

/// Builders that together know all records of a database, one for each of `jobs` threads.
pub(crate) fn all_records(store: &mut Store, co_occurs: bool, jobs: usize) -> Result<Vec<GraphBuilder>> {
    let (batches, waiting) = sync_channel::<Vec<String>>(jobs);
    let waiting = Mutex::new(waiting);
    // The lock is held only while waiting; a poisoned one means a panic, which ends the run by itself.
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
    let fold = || {
        let mut builder = builder(co_occurs);
        let mut damaged = None;
        while let Ok(lines) = next() {
            for line in lines {
                match Record::from_line(&line) {
                    Ok(record) => builder.add(&record),
                    Err(error) => damaged = Some(error),
                }
            }
        }
        damaged.map_or(Ok(builder), |error| Err(StoreError::from(error)))
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs).map(|_| scope.spawn(fold)).collect();
        let mut batch = Vec::new();
        let read = store.for_each_line(|line| {
            batch.push(line.to_owned());
            if batch.len() >= BATCH && batches.send(std::mem::take(&mut batch)).is_err() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        // Fails only when there is no worker any more, which the join tells.
        let _ = batches.send(batch);
        drop(batches);
        let builders =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
        let builders = builders.collect::<Result<Vec<_>, _>>()?;
        read?;
        Ok(builders)
    })
}

/// Whether the graph of a database links the entities of one sentence.
pub(crate) fn co_occurs(store: &Store) -> Result<bool> {
    Ok(store.setting(CO_OCCURS)?.is_some())
}

pub(crate) fn keep_co_occurs(store: &mut Store) -> Result<()> {
    Ok(store.set(CO_OCCURS, "yes")?)
}

fn builder(co_occurs: bool) -> GraphBuilder {
    if co_occurs { GraphBuilder::with_co_occurrences() } else { GraphBuilder::new() }
}

fn say_size(reporter: &Reporter, graph: &Graph, path: &Path) {
    let (nodes, edges) = (count(graph.node_count() as u64, "node"), count(graph.edge_count() as u64, "edge"));
    reporter.say(format_args!("{nodes} and {edges} in {}", path.display()));
}

/// Each thread folds its documents into a graph of its own, and writes their records for the database.
struct Fold<'p> {
    pipeline: &'p Pipeline,
    co_occurs: bool,
}

impl<'p> Task for Fold<'p> {
    type State = (Worker<'p>, GraphBuilder);
    type Gathered = GraphBuilder;

    fn begin(&self) -> Self::State {
        (self.pipeline.worker(), builder(self.co_occurs))
    }

    fn document(&self, (worker, builder): &mut Self::State, item: Item, out: &mut Vec<u8>) -> Counts {
        let (record, line) = match item {
            Item::Document(document) => {
                let record = worker.record(document, RecordOptions::default());
                let line = record.to_line();
                (record, line)
            }
            Item::Record(record, line) if record.tokens.is_none() && !line.contains('\n') => (*record, line),
            Item::Record(mut record, _) => {
                // The graph needs no tokens.
                record.tokens = None;
                let line = record.to_line();
                (*record, line)
            }
        };
        builder.add(&record);
        out.extend_from_slice(line.as_bytes());
        out.push(b'\n');
        Counts::of(&record)
    }

    fn end(&self, (_, builder): Self::State) -> GraphBuilder {
        builder
    }
}

/// Takes records, one a line, for the database.
struct RecordSink<'s> {
    store: &'s mut Store,
    line: Vec<u8>,
}

impl Write for RecordSink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(part);
            if self.line.last() == Some(&b'\n') {
                self.line.pop();
                let line = std::str::from_utf8(&self.line).map_err(io::Error::other)?;
                self.store.add(line).map_err(io::Error::other)?;
                self.line.clear();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.store.flush().map_err(io::Error::other)
    }
}
