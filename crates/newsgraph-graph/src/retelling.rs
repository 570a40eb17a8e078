//! The same words said again: on another occasion they are another utterance.
//!
//! Reports of an utterance follow each other within days. After a longer pause the same words are a new utterance, unless
//! they are many and in the same mouth: then somebody's old words are quoted again.

use crate::date::{Day, day};
use crate::facts::{CanonicalFacts, DocId, End, Sym};
use crate::quotes::names_speaker;
use crate::reading::PART;
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};

/// Days of publication between which nobody reports an utterance, before it is another one.
const PAUSE: Day = 7;

/// Parts the reports of the same words that tell different occasions. The first of them keep their key.
pub(crate) fn part(facts: &mut CanonicalFacts) {
    let speakers = speakers(facts);
    let mut apart: FxHashMap<(Sym, DocId), Sym> = FxHashMap::default();
    let mut found: Vec<(Sym, DocId, Day)> = Vec::new();
    for wordings in facts.wordings.chunk_by(|a, b| a.node == b.node) {
        let node = wordings[0].node;
        let mut reports: Vec<(Day, DocId)> = wordings
            .iter()
            .filter_map(|w| {
                Some((day(facts.known(facts.documents[w.document as usize].published)?)?, w.document))
            })
            .collect();
        reports.sort_unstable();
        reports.dedup();
        if !reports.windows(2).any(|pair| pair[1].0 - pair[0].0 > PAUSE) {
            continue;
        }
        let again = !names_speaker(facts.text(node));
        let said_by = |document: DocId| again.then(|| speakers.get(&(node, document))).flatten();
        found.extend(later(&reports, said_by).into_iter().map(|(document, first)| (node, document, first)));
    }
    for (node, document, first) in found {
        let other = facts.intern(&format!("{}{PART}again{PART}{first}", facts.text(node)));
        apart.insert((node, document), other);
    }
    if !apart.is_empty() {
        apply(facts, &apart);
    }
}

/// Who says what in which document.
fn speakers(facts: &CanonicalFacts) -> FxHashMap<(Sym, DocId), FxHashSet<Sym>> {
    let mut speakers: FxHashMap<(Sym, DocId), FxHashSet<Sym>> = FxHashMap::default();
    for link in facts.links.iter().filter(|link| facts.text(link.kind) == "SAID") {
        if let (End::Node(speaker), End::Node(quote)) = (link.source, link.target) {
            let document = facts.document_of(link.sentence);
            speakers.entry((quote, document)).or_default().insert(speaker);
        }
    }
    speakers
}

/// The reports that do not belong to the first occasion, with the first day of theirs. `reports` are sorted.
fn later<'s>(
    reports: &[(Day, DocId)],
    said_by: impl Fn(DocId) -> Option<&'s FxHashSet<Sym>>,
) -> Vec<(DocId, Day)> {
    let mut one: UnionFind<usize> = UnionFind::new(reports.len());
    let mut latest: FxHashMap<Sym, usize> = FxHashMap::default();
    for (at, &(day, document)) in reports.iter().enumerate() {
        if at > 0 && day - reports[at - 1].0 <= PAUSE {
            one.union(at - 1, at);
        }
        for &speaker in said_by(document).into_iter().flatten() {
            if let Some(before) = latest.insert(speaker, at) {
                one.union(before, at);
            }
        }
    }
    let mut first: FxHashMap<usize, Day> = FxHashMap::default();
    for (at, &(day, _)) in reports.iter().enumerate() {
        first.entry(one.find(at)).or_insert(day);
    }
    let reports = reports.iter().enumerate().filter(|&(at, _)| !one.equiv(0, at));
    reports
        .map(|(at, &(day, document))| (document, first.get(&one.find(at)).copied().unwrap_or(day)))
        .collect()
}

fn apply(facts: &mut CanonicalFacts, apart: &FxHashMap<(Sym, DocId), Sym>) {
    for wording in &mut facts.wordings {
        if let Some(&other) = apart.get(&(wording.node, wording.document)) {
            wording.node = other;
        }
    }
    facts.wordings.sort_unstable();
    for link in &mut facts.links {
        let document = facts.sentences[link.sentence as usize].key.document;
        for end in [&mut link.source, &mut link.target] {
            if let End::Node(node) = end
                && let Some(&other) = apart.get(&(*node, document))
            {
                *node = other;
            }
        }
    }
    facts.links.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_makes_another_utterance_and_a_speaker_bridges_it() {
        let reports = [(0, 1), (6, 2), (14, 3), (15, 4)];
        assert_eq!(later(&reports, |_| None), [(3, 14), (4, 14)]);
        let lee: FxHashSet<Sym> = [7].into_iter().collect();
        assert!(later(&reports, |document| (document != 2).then_some(&lee)).is_empty());
        assert!(later(&[(0, 1), (7, 2), (14, 3)], |_| None).is_empty(), "no pause");
    }
}
