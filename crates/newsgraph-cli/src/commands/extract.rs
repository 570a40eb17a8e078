//! `newsgraph extract`: document records.

use anyhow::{Context, Result};
use newsgraph::{Pipeline, RecordOptions, Worker};
use newsgraph_corpus::Item;

use crate::args::{ExtractArgs, RecordFormat};
use crate::lexicon;
use crate::lists;
use crate::output::Output;
use crate::parallel::{self, Task};
use crate::reporter::{Counts, Reporter};
use crate::settings::Settings;
use crate::status::ExitStatus;

pub(crate) fn run(settings: &Settings, args: &ExtractArgs) -> Result<ExitStatus> {
    let RecordFormat::Jsonl = args.format;
    let mut output = Output::create(args.output.as_deref())?;
    let mut reporter = Reporter::new(&settings.inputs);
    let pipeline = lists::extend(lexicon::pipeline(&args.lexicon)?, &args.lists)?;
    let options = RecordOptions {
        tokens: args.tokens,
        min_confidence: args.min_confidence,
        statements_only: args.statements_only,
    };
    let task = Extract { pipeline: &pipeline, options };
    parallel::run(&task, &settings.inputs, settings.jobs, &mut reporter, &mut output)
        .context("cannot write the records")?;
    reporter.require_documents(&settings.inputs)?;
    output.finish()?;
    Ok(reporter.finish(&settings.inputs))
}

struct Extract<'p> {
    pipeline: &'p Pipeline,
    options: RecordOptions,
}

impl<'p> Task for Extract<'p> {
    type State = Worker<'p>;
    type Gathered = ();

    fn begin(&self) -> Worker<'p> {
        self.pipeline.worker()
    }

    fn document(&self, worker: &mut Worker<'p>, item: Item, out: &mut Vec<u8>) -> Counts {
        let record = worker.record(item.into_document(), self.options);
        out.extend_from_slice(record.to_line().as_bytes());
        out.push(b'\n');
        Counts::of(&record)
    }

    fn end(&self, _: Worker<'p>) {}
}
