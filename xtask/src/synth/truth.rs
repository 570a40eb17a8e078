//! Writes the truth of a synthetic corpus in the formats that the program writes its answers in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use newsgraph_benches::synth::Article;
use newsgraph_record::{Record, Span};

type Csv = csv::Writer<BufWriter<File>>;

/// `records.jsonl`, `mentions.csv`, `edges.csv`, `evidence.csv`; the nodes are those that these name.
///
/// Edges are what is certain of any merging: who said an utterance (`SAID`), who acts in an act (`ACTOR`) and on whom
/// (`RECIPIENT`).
pub(super) struct Truth {
    records: BufWriter<File>,
    mentions: Csv,
    edges: Csv,
    evidence: Csv,
    /// Edges of the present story: weights, by ends and kind.
    story: BTreeMap<(String, String, &'static str), usize>,
    number: String,
}

impl Truth {
    /// Begins the files of a folder.
    pub(super) fn create(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let table = |name: &str, columns: &[&str]| -> Result<Csv> {
            let mut table = csv::Writer::from_writer(super::create(&folder.join(name))?);
            table.write_record(columns)?;
            Ok(table)
        };
        Ok(Self {
            records: super::create(&folder.join("records.jsonl"))?,
            mentions: table("mentions.csv", &["node", "document", "entity", "start", "end", "form", "text"])?,
            edges: table("edges.csv", &["source", "target", "kind", "weight", "id"])?,
            evidence: table("evidence.csv", &["edge", "document", "start", "end"])?,
            story: BTreeMap::new(),
            number: String::new(),
        })
    }

    /// Adds an article; those of a story come one after the other.
    pub(super) fn write(&mut self, article: &Article) -> Result<()> {
        let record = &article.record;
        let number = record.id.split('-').next().unwrap_or_default();
        if number != self.number {
            self.finish_story()?;
            number.clone_into(&mut self.number);
        }
        self.records.write_all(record.to_line().as_bytes())?;
        self.records.write_all(b"\n")?;
        let characters: Vec<char> = record.text.chars().collect();
        for (entity, key) in record.entities.iter().zip(&article.entities) {
            for mention in &entity.mentions {
                let [start, end] = mention.span;
                let text: String =
                    characters.get(start as usize..end as usize).unwrap_or(&[]).iter().collect();
                let (id, from, to) = (entity.id.to_string(), start.to_string(), end.to_string());
                self.mentions.write_record([key, &record.id, &id, &from, &to, &mention.form, &text])?;
            }
        }
        for (quote, key) in record.quotes.iter().zip(&article.quotes) {
            if let Some(speaker) = quote.speaker.and_then(|id| article.entities.get(id as usize)) {
                self.edge(record, (speaker, key, "SAID"), quote.cue.first())?;
            }
        }
        for (event, key) in record.events.iter().zip(&article.events) {
            let who = |role: &newsgraph_record::Role| article.entities.get(role.entity? as usize);
            for actor in event.actors.iter().filter_map(who) {
                self.edge(record, (actor, key, "ACTOR"), event.trigger.first())?;
            }
            for recipient in event.recipients.iter().filter_map(who) {
                self.edge(record, (key, recipient, "RECIPIENT"), event.trigger.first())?;
            }
        }
        Ok(())
    }

    fn edge(
        &mut self,
        record: &Record,
        (source, target, kind): (&String, &String, &'static str),
        at: Option<&Span>,
    ) -> Result<()> {
        *self.story.entry((source.clone(), target.clone(), kind)).or_default() += 1;
        let sentence = at.and_then(|at| record.sentences.iter().find(|s| s[0] <= at[0] && at[1] <= s[1]));
        if let Some([start, end]) = sentence {
            let id = format!("{source} {kind} {target}");
            self.evidence.write_record([&id, &record.id, &start.to_string(), &end.to_string()])?;
        }
        Ok(())
    }

    fn finish_story(&mut self) -> Result<()> {
        for ((source, target, kind), weight) in std::mem::take(&mut self.story) {
            let id = format!("{source} {kind} {target}");
            self.edges.write_record([&source, &target, kind, &weight.to_string(), &id])?;
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) -> Result<()> {
        self.finish_story()?;
        self.records.flush()?;
        for table in [&mut self.mentions, &mut self.edges, &mut self.evidence] {
            table.flush()?;
        }
        Ok(())
    }
}

/// Where names of nodes are numbers.
#[derive(Default)]
pub(super) struct Names {
    numbers: BTreeMap<String, u32>,
}

impl Names {
    /// The number of a name.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

/// A graph as its tables tell it.
pub(super) struct Tables {
    /// Node of each mention, by document and place.
    pub(super) mentions: BTreeMap<(u32, u32, u32), u32>,
    /// Edges of the kinds that the truth has: source, target, kind.
    pub(super) edges: BTreeSet<(u32, u32, String)>,
    /// The same, with each document and sentence that says so.
    pub(super) evidence: Vec<(u32, u32, String, u32, [u32; 2])>,
}

impl Tables {
    /// Reads a folder; `documents` gives both folders the same numbers.
    pub(super) fn read(folder: &Path, documents: &mut Names) -> Result<Self> {
        let open = |name: &str| {
            let path = folder.join(name);
            csv::Reader::from_path(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        let mut nodes = Names::default();
        let mut mentions = BTreeMap::new();
        for row in open("mentions.csv")?.deserialize() {
            let row: MentionRow = row?;
            let key = (documents.number(&row.document), row.start, row.end);
            mentions.insert(key, nodes.number(&row.node));
        }
        let mut edges = BTreeSet::new();
        let mut by_id = BTreeMap::new();
        for row in open("edges.csv")?.deserialize() {
            let row: EdgeRow = row?;
            if ["SAID", "ACTOR", "RECIPIENT"].contains(&row.kind.as_str()) {
                let edge = (nodes.number(&row.source), nodes.number(&row.target), row.kind);
                edges.insert(edge.clone());
                by_id.insert(row.id, edge);
            }
        }
        let mut evidence = Vec::new();
        for row in open("evidence.csv")?.deserialize() {
            let row: EvidenceRow = row?;
            if let Some((source, target, kind)) = by_id.get(&row.edge) {
                let document = documents.number(&row.document);
                evidence.push((*source, *target, kind.clone(), document, [row.start, row.end]));
            }
        }
        Ok(Self { mentions, edges, evidence })
    }
}

#[derive(serde::Deserialize)]
struct MentionRow {
    node: String,
    document: String,
    start: u32,
    end: u32,
}

#[derive(serde::Deserialize)]
struct EdgeRow {
    source: String,
    target: String,
    kind: String,
    id: String,
}

#[derive(serde::Deserialize)]
struct EvidenceRow {
    edge: String,
    document: String,
    start: u32,
    end: u32,
}
