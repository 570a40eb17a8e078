//! Facts beside events: who holds which office, as the text says it in a title, an apposition or a copula.
//!
//! A record gives an entity's roles ("defence minister of France"), some read in the text, some known from the
//! gazetteer. A role becomes an edge where a sentence says it: the title's words stand near a mention of its holder.

use crate::cell::plain;
use crate::facts::{End, Sym};
use crate::fold::{each_word, name_key, words};
use crate::reading::{LinkDetails, Reading};
use newsgraph_record::{Entity, Span};
use rustc_hash::FxHashMap;

/// Code points between a mention and the words of a title that are about it.
const NEAR: u32 = 60;

/// Last words of titles, with the kind of fact that they state.
const TITLES: &[(&str, &str)] = &[
    ("ambassador", "REPRESENTS"),
    ("captain", "HEAD_OF"),
    ("ceo", "HEAD_OF"),
    ("chair", "HEAD_OF"),
    ("chairman", "HEAD_OF"),
    ("chairperson", "HEAD_OF"),
    ("chairwoman", "HEAD_OF"),
    ("chancellor", "HEAD_OF"),
    ("chief", "HEAD_OF"),
    ("commander", "HEAD_OF"),
    ("deputy", "MEMBER_OF"),
    ("director", "HEAD_OF"),
    ("emir", "HEAD_OF"),
    ("executive", "HEAD_OF"),
    ("governor", "HEAD_OF"),
    ("head", "HEAD_OF"),
    ("king", "HEAD_OF"),
    ("lawmaker", "MEMBER_OF"),
    ("leader", "HEAD_OF"),
    ("mayor", "HEAD_OF"),
    ("member", "MEMBER_OF"),
    ("minister", "MINISTER_OF"),
    ("premier", "HEAD_OF"),
    ("president", "HEAD_OF"),
    ("queen", "HEAD_OF"),
    ("secretary", "MINISTER_OF"),
    ("secretary-general", "HEAD_OF"),
    ("senator", "MEMBER_OF"),
    ("spokesman", "SPOKESPERSON_FOR"),
    ("spokesperson", "SPOKESPERSON_FOR"),
    ("spokeswoman", "SPOKESPERSON_FOR"),
];

/// Words that a place's name can have or lack: Odesa, Odesa Oblast.
const KINDS_OF_PLACE: &[&str] = &[
    "county",
    "district",
    "krai",
    "oblast",
    "prefecture",
    "province",
    "region",
    "republic",
    "state",
    "territory",
];

impl Reading<'_> {
    /// Enters the offices of all entities. Entities must have been entered before.
    pub(crate) fn add_offices(&mut self) {
        let record = self.record;
        let mut roles = record.entities.iter().flat_map(|entity| &entity.roles);
        if !roles.any(|role| office_in(role).is_some()) {
            return;
        }
        let bodies = self.bodies();
        for (number, entity) in record.entities.iter().enumerate() {
            let Some(holder) = self.entity(Some(number as u32)).filter(|holder| holder.named) else {
                continue;
            };
            for role in &entity.roles {
                self.add_office(holder.node, entity, role, &bodies);
            }
        }
    }

    fn add_office(&mut self, holder: Sym, entity: &Entity, role: &str, bodies: &FxHashMap<String, Sym>) {
        let Some((title, kind, body)) = office_in(role) else { return };
        let body = body_keys(body).into_iter().find_map(|key| bodies.get(&key).copied());
        let Some(body) = body.filter(|&body| body != holder) else { return };
        let Some(at) = self.told_at(entity, title) else { return };
        let title = plain(title, 80).replace(';', ",");
        let how = LinkDetails { modes: self.facts.strings.intern(&title), ..LinkDetails::plain(0.9) };
        self.link(End::Node(holder), kind, End::Node(body), Some(at), how);
    }

    /// The places and bodies of the record under the keys of their names.
    fn bodies(&self) -> FxHashMap<String, Sym> {
        let mut bodies = FxHashMap::default();
        for (number, entity) in self.record.entities.iter().enumerate() {
            let is_body = matches!(entity.kind.as_str(), "GPE" | "LOC" | "ORG" | "FAC");
            let Some(node) = self.entity(Some(number as u32)).filter(|node| node.named && is_body) else {
                continue;
            };
            for key in body_keys(&entity.name) {
                bodies.entry(key).or_insert(node.node);
            }
        }
        bodies
    }

    /// Where a mention stands that has all words of the title near it, in one sentence.
    fn told_at(&self, entity: &Entity, title: &str) -> Option<u32> {
        let title = words(title);
        let told = entity.mentions.iter().find(|mention| {
            let Some([start, end]) = self.sentence_at(mention.span[0]) else { return false };
            let [from, to] = mention.span;
            let near: Span = [start.max(from.saturating_sub(NEAR)), end.min(to.saturating_add(NEAR)).max(to)];
            let mut missing: Vec<&String> = title.iter().collect();
            each_word(self.text(near), |other| missing.retain(|word| !same_title(word, other)));
            missing.is_empty()
        });
        told.map(|mention| mention.span[0])
    }

    /// Links the named entities of each sentence with each other.
    pub(crate) fn add_co_occurrences(&mut self) {
        let names = self.names.clone();
        let sentence = |reading: &Self, at| reading.sentence_at(at);
        let groups = names.chunk_by(|a, b| sentence(self, a.start) == sentence(self, b.start));
        for group in groups.collect::<Vec<_>>() {
            let at = group[0].start;
            let mut nodes: Vec<(String, Sym)> = group
                .iter()
                .filter_map(|name| self.entity(Some(name.entity)).filter(|node| node.named && node.shared))
                .filter_map(|node| Some((self.facts.strings.get(node.node)?.to_owned(), node.node)))
                .collect();
            nodes.sort_unstable();
            nodes.dedup();
            nodes.truncate(16);
            for (i, (_, one)) in nodes.iter().enumerate() {
                for (_, other) in &nodes[i + 1..] {
                    let how = LinkDetails::plain(1.0);
                    self.link(End::Node(*one), "CO_OCCURS", End::Node(*other), Some(at), how);
                }
            }
        }
    }
}

/// The title of a role, the kind of fact that it states, and the body.
fn office_in(role: &str) -> Option<(&str, &'static str, &str)> {
    let (title, body) = role.split_once(" of ")?;
    Some((title, kind_of(title)?, body))
}

/// British and American spelling of one title.
fn same_title(one: &str, other: &str) -> bool {
    one == other || (one == "defence" && other == "defense") || (one == "defense" && other == "defence")
}

fn kind_of(title: &str) -> Option<&'static str> {
    let words = words(title);
    let last = words.last()?;
    if last == "minister" && words.iter().any(|word| word == "prime") {
        return Some("HEAD_OF");
    }
    if words.iter().any(|word| matches!(word.as_str(), "former" | "ex" | "vice" | "deputy"))
        && words.len() > 1
    {
        return None;
    }
    TITLES.iter().find(|(title, _)| title == last).map(|(_, kind)| *kind)
}

/// The key of a body's name, and that of its bare name.
fn body_keys(name: &str) -> Vec<String> {
    let key = name_key(name);
    let bare: Vec<&str> = key.split(' ').filter(|word| !KINDS_OF_PLACE.contains(word)).collect();
    let bare = bare.join(" ");
    let mut keys = vec![key];
    if !bare.is_empty() && bare != keys[0] {
        keys.push(bare);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_state_facts() {
        for (title, expected) in [
            ("president", Some("HEAD_OF")),
            ("prime minister", Some("HEAD_OF")),
            ("defence minister", Some("MINISTER_OF")),
            ("spokeswoman", Some("SPOKESPERSON_FOR")),
            ("former president", None),
            ("vice president", None),
            ("friend", None),
        ] {
            assert_eq!(kind_of(title), expected, "{title}");
        }
    }
}
