//! What the gazetteer knows between two nodes: nations and seats stand for countries, places lie in them.

use crate::builder::KbFacts;
use crate::facts::{CanonicalFacts, End, Link, Manner, NONE, Sym};
use crate::reading::PART;
use rustc_hash::FxHashMap;

/// Adds the gazetteer's links between nodes that documents mention. The evidence is the first sentence that names
/// where a link begins; `gazetteer` among the modes says that the sentence itself need not say so.
pub(crate) fn add_links(facts: &mut CanonicalFacts, lookup: &dyn Fn(&str) -> Option<KbFacts>) {
    let mut first: FxHashMap<Sym, u32> = FxHashMap::default();
    for link in &facts.links {
        for end in [link.source, link.target] {
            if let End::Node(node) = end {
                let sentence = first.entry(node).or_insert(link.sentence);
                *sentence = (*sentence).min(link.sentence);
            }
        }
    }
    let mut found: Vec<(Sym, &'static str, Sym, u32)> = Vec::new();
    for namings in facts.namings.chunk_by(|a, b| a.node == b.node) {
        let naming = namings[0];
        let known =
            facts.known(namings.iter().map(|n| n.kb).find(|&kb| kb != NONE).unwrap_or(NONE)).and_then(lookup);
        let (Some(known), Some(&sentence)) = (known, first.get(&naming.node)) else { continue };
        let of_country = match facts.text(naming.kind) {
            "PERSON" => "NATIONALITY",
            _ if known.is_division => "PART_OF",
            _ => "LOCATED_IN",
        };
        let country = known.country_id.filter(|_| known.stands_for.is_none()).map(|id| (of_country, id));
        for (kind, id) in known.stands_for.map(|id| ("STANDS_FOR", id)).into_iter().chain(country) {
            let Some(target) = facts.number(&format!("kb{PART}{id}")) else { continue };
            if target != naming.node && first.contains_key(&target) {
                found.push((naming.node, kind, target, sentence));
            }
        }
    }
    let modes = facts.intern("gazetteer");
    let manner = Manner { polarity: NONE, modality: NONE, plover: NONE };
    for (source, kind, target, sentence) in found {
        let kind = facts.intern(kind);
        let (source, target) = (End::Node(source), End::Node(target));
        facts.links.push(Link { source, target, kind, manner, modes, sentence, confidence: 1000 });
    }
}
