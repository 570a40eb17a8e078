//! `newsgraph query`: plain questions to a graph, answered with sentences.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use anyhow::{Context, Result};
use newsgraph_store::{Answer, Question, Store};

use super::export::DATABASE;
use crate::args::{AnswerFormat, QueryArgs};
use crate::status::ExitStatus;

/// The longest label in a table.
const LABEL: usize = 60;

pub(crate) fn run(args: &QueryArgs) -> Result<ExitStatus> {
    let path = args.folder.join(DATABASE);
    let store = Store::open_to_read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let between = match args.between.as_deref() {
        Some([one, other]) => Some((one.clone(), other.clone())),
        _ => None,
    };
    let question = Question {
        speaker: args.speaker.clone(),
        about: args.about.clone(),
        search: args.search.clone(),
        actor: args.actor.clone(),
        recipient: args.recipient.clone(),
        between,
        since: args.since.clone(),
        until: args.until.clone(),
    };
    let answer = store.ask(&question)?;
    let stdout = io::stdout();
    let format =
        args.format.unwrap_or(if stdout.is_terminal() { AnswerFormat::Table } else { AnswerFormat::Csv });
    let mut out = BufWriter::new(stdout.lock());
    match format {
        AnswerFormat::Table => write_table(&answer, &mut out)?,
        AnswerFormat::Csv => write_csv(&answer, &mut out)?,
        AnswerFormat::Json => write_json(&answer, &mut out)?,
    }
    out.flush()?;
    Ok(ExitStatus::Success)
}

/// For people: who, what, whom and where on one line, the sentence below.
fn write_table(answer: &Answer, out: &mut impl Write) -> io::Result<()> {
    for row in &answer.rows {
        let [published, source, kind, target, outlet, document, _, text] = &row[..] else { continue };
        let place = if outlet.is_empty() { document } else { outlet };
        let head = [published.get(..10).unwrap_or(published), place];
        let head: Vec<&str> = head.into_iter().filter(|part| !part.is_empty()).collect();
        writeln!(out, "{} – {kind} – {}  [{}]", cut(source), cut(target), head.join(", "))?;
        writeln!(out, "    {text}")?;
    }
    let sentences = if answer.rows.len() == 1 { "sentence" } else { "sentences" };
    writeln!(out, "{} {sentences}", answer.rows.len())
}

fn cut(label: &str) -> String {
    if label.chars().count() <= LABEL {
        return label.to_owned();
    }
    let short: String = label.chars().take(LABEL - 1).collect();
    format!("{}…", short.trim_end())
}

fn write_csv(answer: &Answer, out: &mut impl Write) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(&answer.columns)?;
    for row in &answer.rows {
        table.write_record(row)?;
    }
    Ok(table.flush()?)
}

fn write_json(answer: &Answer, out: &mut impl Write) -> Result<()> {
    for row in &answer.rows {
        let cells = answer.columns.iter().zip(row);
        let object: serde_json::Map<String, serde_json::Value> =
            cells.map(|(name, cell)| ((*name).to_owned(), cell.clone().into())).collect();
        writeln!(out, "{}", serde_json::Value::Object(object))?;
    }
    Ok(())
}
