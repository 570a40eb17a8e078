//! `newsgraph parse`: CoNLL-U.

use anyhow::{Context, Result};
use newsgraph::{Pipeline, Worker};
use newsgraph_corpus::Item;

use crate::args::ParseArgs;
use crate::output::Output;
use crate::parallel::{self, Task};
use crate::reporter::{Counts, Reporter};
use crate::settings::Settings;
use crate::status::ExitStatus;

pub(crate) fn run(settings: &Settings, args: &ParseArgs) -> Result<ExitStatus> {
    let mut output = Output::create(args.output.as_deref())?;
    let mut reporter = Reporter::new(&settings.inputs);
    let pipeline = Pipeline::new();
    parallel::run(
        &Parse { pipeline: &pipeline },
        &settings.inputs,
        settings.jobs,
        &mut reporter,
        &mut output,
    )
    .context("cannot write the trees")?;
    reporter.require_documents(&settings.inputs)?;
    output.finish()?;
    Ok(reporter.finish(&settings.inputs))
}

struct Parse<'p> {
    pipeline: &'p Pipeline,
}

impl<'p> Task for Parse<'p> {
    /// The worker and the text of the document at hand.
    type State = (Worker<'p>, String);
    type Gathered = ();

    fn begin(&self) -> Self::State {
        (self.pipeline.worker(), String::new())
    }

    fn document(&self, (worker, conllu): &mut Self::State, item: Item, out: &mut Vec<u8>) -> Counts {
        conllu.clear();
        let sentences = worker.conllu(&item.into_document(), conllu) as u64;
        out.extend_from_slice(conllu.as_bytes());
        Counts { documents: 1, sentences, ..Counts::default() }
    }

    fn end(&self, _: Self::State) {}
}
