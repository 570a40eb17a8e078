//! `newsgraph events`: for those who work on a lexicon of acts.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use anyhow::{Context, Result, bail};
use newsgraph::relation::{EventLexicon, VerbKnowledge};
use newsgraph::{Pipeline, Worker};
use newsgraph_corpus::Item;

use crate::args::{CheckArgs, CoverageArgs, ExplainArgs};
use crate::lexicon;
use crate::output::Output;
use crate::parallel::{self, Task};
use crate::reporter::{Counts, Reporter, count};
use crate::settings::Settings;
use crate::status::ExitStatus;

/// Prints frames, rules and roles of each sentence.
pub(crate) fn explain(args: &ExplainArgs) -> Result<ExitStatus> {
    let pipeline = lexicon::pipeline(&args.lexicon)?;
    let mut worker = pipeline.worker();
    let mut out = Output::create(None)?;
    for sentence in &args.sentences {
        let mut text = sentence.clone();
        if sentence == "-" {
            text.clear();
            io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        }
        out.write_all(worker.explain(&text).as_bytes()).context("cannot write the explanation")?;
    }
    out.finish()?;
    Ok(ExitStatus::Success)
}

/// Prints the faults of lexicon files.
pub(crate) fn check(args: &CheckArgs) -> Result<ExitStatus> {
    let mut out = Output::create(None)?;
    let mut known = EventLexicon::without_acts();
    let mut faults = 0;
    for path in &args.files {
        let (name, text) = (path.display().to_string(), lexicon::read(path)?);
        for fault in known.check(&name, &text) {
            writeln!(out, "{fault}").context("cannot write the faults")?;
            faults += 1;
        }
    }
    if faults > 0 {
        out.finish()?;
        bail!("{} in {}", count(faults, "fault"), count(args.files.len() as u64, "file"));
    }
    let (verbs, nouns) = known.counts();
    let (verbs, nouns) = (count(verbs as u64, "verb"), count(nouns as u64, "noun"));
    writeln!(out, "no faults; {verbs} and {nouns}").context("cannot write the faults")?;
    out.finish()?;
    Ok(ExitStatus::Success)
}

/// Counts the verbs of documents by what the lexicon knows of them.
pub(crate) fn coverage(settings: &Settings, args: &CoverageArgs) -> Result<ExitStatus> {
    let pipeline = lexicon::pipeline(&args.lexicon)?;
    let mut out = Output::create(None)?;
    let mut reporter = Reporter::new(&settings.inputs);
    let task = CountVerbs { pipeline: &pipeline };
    let parts = parallel::run(&task, &settings.inputs, settings.jobs, &mut reporter, &mut io::sink())?;
    reporter.require_documents(&settings.inputs)?;

    let mut verbs: BTreeMap<String, u64> = BTreeMap::new();
    for (lemma, number) in parts.into_iter().flatten() {
        *verbs.entry(lemma).or_default() += number;
    }
    let knowledge = |lemma: &str| pipeline.acts().verb_knowledge(lemma);
    let mut rows: Vec<(&str, u64)> = verbs.iter().map(|(lemma, &number)| (&**lemma, number)).collect();
    rows.sort_by_key(|&(_, number)| std::cmp::Reverse(number));
    let total: u64 = rows.iter().map(|&(_, number)| number).sum();
    let unknown: u64 =
        rows.iter().filter(|(l, _)| knowledge(l) == VerbKnowledge::Unknown).map(|&(_, number)| number).sum();
    write_coverage(&mut out, &rows, knowledge, args.all).context("cannot write the verbs")?;
    out.finish()?;
    let share = 100.0 * (total - unknown) as f64 / total.max(1) as f64;
    reporter.say(format_args!("{share:.1} % of {} are in the lexicon", count(total, "verb")));
    Ok(reporter.finish(&settings.inputs))
}

fn write_coverage(
    out: &mut Output,
    rows: &[(&str, u64)],
    knowledge: impl Fn(&str) -> VerbKnowledge,
    all: bool,
) -> io::Result<()> {
    writeln!(out, "verb\tcount\tknown")?;
    for &(lemma, number) in rows {
        let known = knowledge(lemma);
        if all || known == VerbKnowledge::Unknown {
            // A lemma comes from a text: nothing in it may break the table.
            let lemma: String = lemma.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            writeln!(out, "{lemma}\t{number}\t{}", known.as_str())?;
        }
    }
    Ok(())
}

struct CountVerbs<'p> {
    pipeline: &'p Pipeline,
}

impl<'p> Task for CountVerbs<'p> {
    type State = (Worker<'p>, BTreeMap<String, u64>);
    type Gathered = BTreeMap<String, u64>;

    fn begin(&self) -> Self::State {
        (self.pipeline.worker(), BTreeMap::new())
    }

    fn document(&self, (worker, verbs): &mut Self::State, item: Item, _: &mut Vec<u8>) -> Counts {
        let document = item.into_document();
        for lemma in worker.verbs(&document.text) {
            match verbs.get_mut(lemma) {
                Some(number) => *number += 1,
                None => {
                    verbs.insert(lemma.to_owned(), 1);
                }
            }
        }
        Counts { documents: 1, ..Counts::default() }
    }

    fn end(&self, (_, verbs): Self::State) -> Self::Gathered {
        verbs
    }
}
