//! What the program says on stderr: problems as they come, progress on a terminal, and a summary.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::ops::AddAssign;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use newsgraph::Record;
use newsgraph_corpus::{CorpusError, Note};

use crate::inputs::Inputs;
use crate::status::ExitStatus;

/// Notes on metadata that are printed; a corpus may hold as many as documents.
const NOTES: u64 = 20;

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) documents: u64,
    pub(crate) sentences: u64,
    pub(crate) entities: u64,
    pub(crate) quotes: u64,
    pub(crate) events: u64,
}

impl Counts {
    /// What one record holds.
    pub(crate) fn of(record: &Record) -> Self {
        Self {
            documents: 1,
            sentences: record.sentences.len() as u64,
            entities: record.entities.len() as u64,
            quotes: record.quotes.len() as u64,
            events: record.events.len() as u64,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.sentences += other.sentences;
        self.entities += other.entities;
        self.quotes += other.quotes;
        self.events += other.events;
    }
}

/// Something that the user should know about an input.
#[derive(Debug)]
pub(crate) struct Problem {
    gravity: Gravity,
    what: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gravity {
    /// The document is not in the output.
    Skipped,
    /// It is not, for its language.
    Foreign,
    /// There was none: what a crawl holds beside pages.
    NoDocument,
    /// It is, but its text may be misread.
    Damaged,
    /// Only metadata is missing.
    Note,
}

impl Problem {
    pub(crate) fn skipped(what: impl Display) -> Self {
        Self { gravity: Gravity::Skipped, what: what.to_string() }
    }
}

impl From<CorpusError> for Problem {
    fn from(error: CorpusError) -> Self {
        let gravity = if error.is_no_document() {
            Gravity::NoDocument
        } else if error.is_foreign() {
            Gravity::Foreign
        } else {
            Gravity::Skipped
        };
        Self { gravity, what: error.to_string() }
    }
}

impl From<Note> for Problem {
    fn from(note: Note) -> Self {
        let gravity = if note.is_damage() { Gravity::Damaged } else { Gravity::Note };
        Self { gravity, what: note.to_string() }
    }
}

/// Speaks to the user, and keeps count.
pub(crate) struct Reporter {
    started: Instant,
    bar: ProgressBar,
    counts: Counts,
    skipped: u64,
    foreign: u64,
    damaged: u64,
    notes: u64,
    no_documents: u64,
}

impl Reporter {
    /// Begins; progress is shown on a terminal only.
    pub(crate) fn new(inputs: &Inputs) -> Self {
        let bar = if io::stderr().is_terminal() {
            progress_bar(inputs.total_bytes())
        } else {
            ProgressBar::hidden()
        };
        Self {
            started: Instant::now(),
            bar,
            counts: Counts::default(),
            skipped: 0,
            foreign: 0,
            damaged: 0,
            notes: 0,
            no_documents: 0,
        }
    }

    /// Takes note of what was done.
    pub(crate) fn advance(&mut self, bytes: u64, counts: Counts, problems: Vec<Problem>) {
        self.counts += counts;
        for Problem { gravity, what } in problems {
            match gravity {
                Gravity::Skipped => self.skipped += 1,
                Gravity::Foreign => {
                    self.skipped += 1;
                    self.foreign += 1;
                }
                Gravity::NoDocument => self.no_documents += 1,
                Gravity::Damaged => self.damaged += 1,
                Gravity::Note => self.notes += 1,
            }
            match gravity {
                Gravity::Skipped | Gravity::Foreign => self.say(format_args!("skipped: {what}")),
                Gravity::Damaged => self.say(format_args!("damaged: {what}")),
                Gravity::Note if self.notes <= NOTES => self.say(format_args!("note: {what}")),
                Gravity::Note | Gravity::NoDocument => {}
            }
        }
        self.bar.set_message(self.counts.documents.to_string());
        self.bar.inc(bytes);
    }

    /// Checks that there was something to read.
    ///
    /// # Errors
    /// When there was not: then no output is better than an empty one.
    pub(crate) fn require_documents(&self, inputs: &Inputs) -> anyhow::Result<()> {
        if self.counts.documents == 0 && self.skipped == 0 {
            anyhow::bail!("no document in {}", inputs.describe());
        }
        Ok(())
    }

    /// Ends: prints the summary and gives the status.
    pub(crate) fn finish(self, inputs: &Inputs) -> ExitStatus {
        self.bar.finish_and_clear();
        if self.notes > NOTES {
            self.say(format_args!("note: {} more fields were left out", self.notes - NOTES));
        }
        let aside = inputs.left_aside();
        if aside > 0 {
            self.say(format_args!("note: {} left aside: of no form that is read", count(aside, "file")));
        }
        if self.no_documents > 0 {
            let records = count(self.no_documents, "record");
            self.say(format_args!("note: {records} left aside: answers of servers that are no pages"));
        }
        if self.foreign > 0 {
            let documents = count(self.foreign, "document");
            self.say(format_args!(
                "note: {documents} not in English; --any-language reads them all the same"
            ));
        }
        self.say(self.summary());
        let whole = self.skipped == 0 && self.damaged == 0;
        if whole { ExitStatus::Success } else { ExitStatus::Incomplete }
    }

    fn summary(&self) -> String {
        let Counts { documents, sentences, entities, quotes, events } = self.counts;
        format!(
            "{}, {}, {}, {}, {}, {} skipped, {} damaged, {:.1} s",
            count(documents, "document"),
            count(sentences, "sentence"),
            // The one irregular plural.
            if entities == 1 { "1 entity".to_owned() } else { format!("{entities} entities") },
            count(quotes, "quote"),
            count(events, "event"),
            count(self.skipped, "input"),
            self.damaged,
            self.started.elapsed().as_secs_f64(),
        )
    }

    /// One line on stderr, above the progress bar where there is one.
    pub(crate) fn say(&self, message: impl Display) {
        self.bar.suspend(|| {
            // When stderr is gone there is nobody left to tell.
            let _ = writeln!(io::stderr().lock(), "newsgraph: {message}");
        });
    }
}

pub(crate) fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn progress_bar(total: Option<u64>) -> ProgressBar {
    let template = match total {
        Some(_) => "{bar:30} {msg} documents, {speed}, {eta} left",
        None => "{spinner} {msg} documents, {speed}, {elapsed}",
    };
    let speed = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        // A progress line that cannot be formatted is not worth an error.
        let _ = write!(out, "{:.1} MB/s", state.per_sec() / 1e6);
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = match total {
        Some(total) => ProgressBar::new(total),
        None => ProgressBar::new_spinner(),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.set_style(style.with_key("speed", speed));
    bar.set_message("0");
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
