//! Compares a run over a synthetic corpus with the truth.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use newsgraph_record::{Entity, Event, Quote, Record, Span};

use super::truth::{Names, Tables};

/// What was right, of what was found and of what there is.
#[derive(Default)]
struct Tally {
    right: usize,
    found: usize,
    truth: usize,
}

impl Tally {
    fn line(&self, name: &str) -> String {
        let percent = |of: usize| 100.0 * self.right as f64 / of.max(1) as f64;
        let (precision, recall) = (percent(self.found), percent(self.truth));
        let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
        format!(
            "{name:<24} P {precision:5.1}  R {recall:5.1}  F1 {f1:5.1}   ({} right, {} found, {} true)\n",
            self.right, self.found, self.truth
        )
    }
}

/// Scores document records: names, quotes with their speakers, typed acts with their participants.
///
/// A quote is right when its content overlaps the true one (Jaccard of characters at least 0.5) and its speaker is the true
/// one; an act when trigger, type, actor and recipient are. Acts without a type or a
/// second participant, and acts inside of what somebody says, are not asked for and are no errors.
pub(crate) fn records(run: &Path, truth: &Path) -> Result<String> {
    let mut tallies: [Tally; 5] = Default::default();
    let found = lines(run)?;
    for (found, truth) in found.zip(lines(&truth.join("records.jsonl"))?) {
        let (found, truth) = (found?, truth?);
        if (&found.id, &found.text) != (&truth.id, &truth.text) {
            anyhow::bail!("the run has {} where the truth has {}", found.id, truth.id);
        }
        let same = identities(&found, &truth);
        names(&found, &truth, &mut tallies[0]);
        let [_, contents, quotes, triggers, events] = &mut tallies;
        score_quotes(&found, &truth, &same, contents, quotes);
        score_events(&found, &truth, &same, triggers, events);
    }
    let labels =
        ["names", "contents of quotes", "quotes with speaker", "acts with type", "acts with participants"];
    Ok(tallies.iter().zip(labels).map(|(tally, label)| tally.line(label)).collect())
}

fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Record>> + use<>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(BufReader::new(file).lines().map(|line| Ok(Record::from_line(&line?)?)))
}

fn overlap(a: Span, b: Span) -> u32 {
    a[1].min(b[1]).saturating_sub(a[0].max(b[0]))
}

/// The true entity that shares most mentions with each one found.
fn identities(found: &Record, truth: &Record) -> Vec<Option<u32>> {
    let shared = |a: &Entity, b: &Entity| {
        let of = |m: &newsgraph_record::Mention| b.mentions.iter().any(|n| overlap(m.span, n.span) > 0);
        a.mentions.iter().filter(|m| of(m)).count()
    };
    let best = |entity: &Entity| {
        let scored = truth.entities.iter().map(|other| (shared(entity, other), std::cmp::Reverse(other.id)));
        scored.max().filter(|(count, _)| *count > 0).map(|(_, id)| id.0)
    };
    found.entities.iter().map(best).collect()
}

fn names(found: &Record, truth: &Record, tally: &mut Tally) {
    let of = |record: &Record| -> BTreeSet<(Span, String)> {
        let kinds = ["PERSON", "ORG", "GPE"];
        let entities = record.entities.iter().filter(|e| kinds.contains(&e.kind.as_str()));
        entities
            .flat_map(|e| e.mentions.iter().map(move |m| (m, &e.kind)))
            .filter(|(m, _)| m.form == "name")
            .map(|(m, kind)| (m.span, kind.clone()))
            .collect()
    };
    let (found, truth) = (of(found), of(truth));
    tally.right += found.intersection(&truth).count();
    tally.found += found.len();
    tally.truth += truth.len();
}

fn characters(spans: &[Span]) -> u32 {
    spans.iter().map(|span| span[1] - span[0]).sum()
}

fn alike(a: &[Span], b: &[Span]) -> bool {
    let shared: u32 = a.iter().flat_map(|&a| b.iter().map(move |&b| overlap(a, b))).sum();
    2 * shared >= characters(a) + characters(b) - shared
}

fn score_quotes(
    found: &Record,
    truth: &Record,
    same: &[Option<u32>],
    contents: &mut Tally,
    quotes: &mut Tally,
) {
    let asked: Vec<&Quote> = found.quotes.iter().filter(|quote| quote.nested_in.is_none()).collect();
    for tally in [&mut *contents, &mut *quotes] {
        tally.found += asked.len();
        tally.truth += truth.quotes.len();
    }
    for quote in &truth.quotes {
        if let Some(best) = asked.iter().find(|other| alike(&other.content, &quote.content)) {
            contents.right += 1;
            let speaker = best.speaker.and_then(|id| same.get(id as usize).copied().flatten());
            quotes.right += usize::from(speaker == quote.speaker);
        }
    }
}

fn score_events(
    found: &Record,
    truth: &Record,
    same: &[Option<u32>],
    triggers: &mut Tally,
    events: &mut Tally,
) {
    let two = |event: &Event| event.actors.len() + event.recipients.len() > 1;
    let asked: Vec<&Event> = found
        .events
        .iter()
        .filter(|event| event.quote.is_none() && event.kind.is_some() && two(event))
        .collect();
    for tally in [&mut *triggers, &mut *events] {
        tally.found += asked.len();
        tally.truth += truth.events.len();
    }
    let who = |roles: &[newsgraph_record::Role]| -> BTreeSet<Option<u32>> {
        roles.iter().map(|role| role.entity.and_then(|id| same.get(id as usize).copied().flatten())).collect()
    };
    let true_who = |roles: &[newsgraph_record::Role]| roles.iter().map(|role| role.entity).collect();
    for event in &truth.events {
        let touches =
            |other: &Event| other.trigger.iter().any(|&a| event.trigger.iter().any(|&b| overlap(a, b) > 0));
        if let Some(best) = asked.iter().find(|other| other.kind == event.kind && touches(other)) {
            triggers.right += 1;
            let (actors, recipients) = (who(&best.actors), who(&best.recipients));
            let true_sides: [BTreeSet<Option<u32>>; 2] =
                [true_who(&event.actors), true_who(&event.recipients)];
            // Parties that do something to each other may stand on one side or on two.
            let together = true_sides[1].is_empty() && &actors | &recipients == true_sides[0];
            events.right += usize::from(together || [actors, recipients] == true_sides);
        }
    }
}

/// Scores a graph: purity and completeness of its nodes over mentions, and its edges.
pub(super) fn graph(run: &Path, truth: &Path) -> Result<String> {
    let mut documents = Names::default();
    let truth = Tables::read(truth, &mut documents)?;
    let found = Tables::read(run, &mut documents)?;
    let mut pairs: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut total = 0;
    for (place, node) in &found.mentions {
        if let Some(key) = truth.mentions.get(place) {
            *pairs.entry((*node, *key)).or_default() += 1;
            total += 1;
        }
    }
    let share = |side: fn(&(u32, u32)) -> u32| {
        let mut most: BTreeMap<u32, usize> = BTreeMap::new();
        for (pair, &count) in &pairs {
            let best = most.entry(side(pair)).or_default();
            *best = (*best).max(count);
        }
        most.values().sum::<usize>() as f64 / f64::from(total.max(1))
    };
    let mut table = String::new();
    let (true_mentions, found_mentions) = (truth.mentions.len(), found.mentions.len());
    writeln!(table, "mentions: {total} in both, {true_mentions} true, {found_mentions} found")?;
    writeln!(table, "nodes: purity {:.4}, completeness {:.4}", share(|pair| pair.0), share(|pair| pair.1))?;
    let mut names = majority(&pairs);
    names.extend(majority(&occasions(&found, &truth)));
    let edge = |(source, target, kind): &(u32, u32, String)| {
        Some((*names.get(source)?, *names.get(target)?, kind.clone()))
    };
    let mapped: BTreeSet<_> = found.edges.iter().filter_map(edge).collect();
    for kind in ["SAID", "ACTOR", "RECIPIENT"] {
        let of = |edges: &BTreeSet<(u32, u32, String)>| edges.iter().filter(|edge| edge.2 == kind).count();
        let right = mapped.intersection(&truth.edges).filter(|edge| edge.2 == kind).count();
        table += &Tally { right, found: of(&found.edges), truth: of(&truth.edges) }.line(kind);
    }
    let right = mapped.intersection(&truth.edges).count();
    table += &Tally { right, found: found.edges.len(), truth: truth.edges.len() }.line("all edges");
    Ok(table)
}

/// How often utterances and acts of the two graphs share a sentence.
fn occasions(found: &Tables, truth: &Tables) -> BTreeMap<(u32, u32), usize> {
    // The end of an edge that is no entity: what was said, what was done.
    let end = |source: u32, target: u32, kind: &str| if kind == "RECIPIENT" { source } else { target };
    let mut at: BTreeMap<(u32, bool), Vec<(Span, u32)>> = BTreeMap::new();
    for (source, target, kind, document, span) in &truth.evidence {
        at.entry((*document, kind == "SAID")).or_default().push((*span, end(*source, *target, kind)));
    }
    let mut pairs = BTreeMap::new();
    for (source, target, kind, document, span) in &found.evidence {
        for (other, key) in at.get(&(*document, kind == "SAID")).into_iter().flatten() {
            if overlap(*span, *other) > 0 {
                *pairs.entry((end(*source, *target, kind), *key)).or_default() += 1;
            }
        }
    }
    pairs
}

/// For each found node the true one that it shares most with.
fn majority(pairs: &BTreeMap<(u32, u32), usize>) -> BTreeMap<u32, u32> {
    let mut best: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
    for (&(node, key), &count) in pairs {
        let entry = best.entry(node).or_insert((count, key));
        if count > entry.0 {
            *entry = (count, key);
        }
    }
    best.into_iter().map(|(node, (_, key))| (node, key)).collect()
}
