//! Who is who over documents, beyond equal keys: what evidence joins, what evidence parts, and what the user says.
//!
//! Works on the whole set of facts and compares only inside blocks of equal name parts, so that cost stays near-linear.
//! Whatever joins, joins a node that stands for itself: likeness makes no chains.

use crate::builder::KbFacts;
use crate::facts::{ActKey, CanonicalFacts, DocId, End, NONE, Sym};
use crate::fold::{folded, name_key, person_key, words};
use crate::homonyms;
use crate::id;
use crate::reading::{CORE, GROUP, PART};
use crate::retelling;
use crate::rules::MergeRules;
use crate::utterances::{self, Likeness};
use rustc_hash::{FxHashMap, FxHashSet};

/// Letters of the part of a name in which a slip of the pen is forgiven.
const SLIP_LETTERS: usize = 5;

/// Why something belongs to a node whose key is another.
pub(crate) type Reasons = FxHashMap<Sym, &'static str>;

/// An entity's node before anything is joined.
pub(crate) struct Known {
    pub(crate) node: Sym,
    pub(crate) kind: String,
    pub(crate) linked: bool,
    /// The key of its full name, if it is known by one alone.
    pub(crate) name: Option<String>,
    pub(crate) documents: Vec<DocId>,
}

/// What becomes of the nodes that facts name.
#[derive(Default)]
pub(crate) struct Identities {
    joined: FxHashMap<Sym, Sym>,
    /// Somebody else of the same name, in one document.
    split: FxHashMap<(Sym, DocId), Sym>,
    pub(crate) reasons: Reasons,
}

impl Identities {
    fn of(&self, node: Sym, document: DocId) -> Sym {
        self.root(self.split.get(&(node, document)).copied().unwrap_or(node))
    }

    fn root(&self, mut node: Sym) -> Sym {
        // Joining never closes a circle.
        while let Some(&target) = self.joined.get(&node) {
            node = target;
        }
        node
    }

    /// `node` goes by `target` from now on, unless it goes by another already.
    fn join(&mut self, node: Sym, target: Sym, reason: &'static str) {
        let target = self.root(target);
        if node != target && !self.joined.contains_key(&node) {
            self.joined.insert(node, target);
            self.reasons.insert(node, reason);
        }
    }

    pub(crate) fn split(&mut self, node: Sym, document: DocId, to: Sym) {
        self.split.insert((node, document), to);
    }
}

/// Joins and parts the facts' nodes, and says why.
pub(crate) fn resolve(
    facts: &mut CanonicalFacts,
    lookup: &dyn Fn(&str) -> Option<KbFacts>,
    rules: &MergeRules,
) -> Reasons {
    let known = known(facts);
    let mut identities = Identities::default();
    homonyms::part(facts, &known, &mut identities);
    for (name, document) in &rules.splits {
        split_for_user(facts, &known, name, document, &mut identities);
    }
    let apart = apart(facts, &known, rules);
    for (node, target, reason) in evidence(facts, &known) {
        if !apart.contains(&(node, target)) {
            identities.join(node, target, reason);
        }
    }
    for (one, other) in &rules.merges {
        let (targets, nodes) = (meant(facts, &known, one), meant(facts, &known, other));
        if let Some(&target) = targets.first() {
            for node in targets.iter().skip(1).chain(&nodes) {
                identities.join(*node, target, "merged by the user");
            }
        }
    }
    apply(facts, &identities, lookup);
    let mut reasons = std::mem::take(&mut identities.reasons);
    retelling::part(facts);
    join_utterances(facts, &mut reasons);
    reasons
}

fn known(facts: &CanonicalFacts) -> Vec<Known> {
    let groups = facts.namings.chunk_by(|a, b| a.node == b.node);
    let known = groups.map(|namings| {
        let mut documents: Vec<DocId> = namings.iter().map(|n| n.document).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut parts = facts.text(namings[0].node).split(PART);
        let (space, kind) = (parts.next(), parts.next().unwrap_or(""));
        let name = parts.next().filter(|_| space == Some("name")).map(str::to_owned);
        let linked = space == Some("kb");
        let kind = if linked { facts.text(namings[0].kind) } else { kind }.to_owned();
        Known { node: namings[0].node, kind, linked, name, documents }
    });
    known.collect()
}

/// The nodes that a user means, linked ones first.
fn meant(facts: &CanonicalFacts, known: &[Known], words: &str) -> Vec<Sym> {
    let (person, name) = (person_key(words), name_key(words));
    let is_meant = |node: &&Known| {
        let key = facts.text(node.node);
        let by_name = |key: &str| Some(key) == person.as_deref() || key == name;
        key.strip_prefix("kb").and_then(|rest| rest.strip_prefix(PART)) == Some(words)
            || node.name.as_deref().is_some_and(by_name)
            || words == format!("n{:016x}", id::hash(key.as_bytes()))
    };
    let mut nodes: Vec<&Known> = known.iter().filter(is_meant).collect();
    nodes.sort_by_key(|node| (!node.linked, node.node));
    nodes.into_iter().map(|node| node.node).collect()
}

fn split_for_user(
    facts: &mut CanonicalFacts,
    known: &[Known],
    name: &str,
    document: &str,
    to: &mut Identities,
) {
    for node in meant(facts, known, name) {
        let key = format!("{}{PART}user{PART}{document}", facts.text(node));
        let documents = 0..facts.documents.len();
        let meant: Vec<usize> =
            documents.filter(|&d| facts.text(facts.documents[d].key.id) == document).collect();
        for d in meant {
            let other = facts.intern(&key);
            to.split(node, d as DocId, other);
            to.reasons.insert(other, "split by the user");
        }
    }
}

fn apart(facts: &CanonicalFacts, known: &[Known], rules: &MergeRules) -> FxHashSet<(Sym, Sym)> {
    let mut apart = FxHashSet::default();
    for (one, other) in &rules.apart {
        for &one in &meant(facts, known, one) {
            for &other in &meant(facts, known, other) {
                apart.extend([(one, other), (other, one)]);
            }
        }
    }
    apart
}

/// What evidence joins: node, what it joins, why.
fn evidence(facts: &CanonicalFacts, known: &[Known]) -> Vec<(Sym, Sym, &'static str)> {
    let names = names_in_use(facts, known);
    let mut joins = Vec::new();
    for node in known.iter().filter(|node| !node.linked) {
        let Some(name) = &node.name else { continue };
        if let Some([only]) = names.linked.get(&(node.kind.as_str(), name.clone())).map(Vec::as_slice) {
            joins.push((node.node, *only, "the full name of one linked entity"));
        } else if node.kind == "ORG"
            && let Some([only]) = names.acronyms.get(name).map(Vec::as_slice)
            && *only != node.node
        {
            joins.push((node.node, *only, "the acronym of one body"));
        }
    }
    joins.extend(slips(facts, known));
    joins
}

/// Names that documents use for nodes, by their keys.
struct NamesInUse<'k> {
    /// Persons and bodies of the gazetteer.
    linked: FxHashMap<(&'k str, String), Vec<Sym>>,
    /// Bodies whose full name has these initials, and which some document calls so.
    acronyms: FxHashMap<String, Vec<Sym>>,
}

fn names_in_use<'k>(facts: &CanonicalFacts, known: &'k [Known]) -> NamesInUse<'k> {
    let mut names = NamesInUse { linked: FxHashMap::default(), acronyms: FxHashMap::default() };
    let kinds: FxHashMap<Sym, &Known> = known.iter().map(|k| (k.node, k)).collect();
    let namings = facts.namings.iter().map(|naming| (naming.node, naming.name));
    let mentions = facts.mentions.iter().filter(|mention| facts.text(mention.form) == "name");
    let mut used: Vec<(Sym, Sym)> = namings.chain(mentions.map(|m| (m.node, m.text))).collect();
    used.sort_unstable();
    used.dedup();
    for same in used.chunk_by(|a, b| a.0 == b.0) {
        let Some(node) = kinds.get(&same[0].0) else { continue };
        for &(sym, name) in same {
            let name = facts.text(name);
            let key = match node.kind.as_str() {
                "PERSON" => person_key(name),
                "ORG" => Some(name_key(name)).filter(|key| !key.is_empty()),
                _ => None,
            };
            let Some(key) = key else { continue };
            if node.linked {
                let nodes = names.linked.entry((&node.kind, key.clone())).or_default();
                if nodes.last() != Some(&sym) {
                    nodes.push(sym);
                }
            }
            if node.kind == "ORG" && same.iter().any(|&(_, full)| is_acronym(name, facts.text(full))) {
                let nodes = names.acronyms.entry(key).or_default();
                if nodes.last() != Some(&sym) {
                    nodes.push(sym);
                }
            }
        }
    }
    names
}

/// Whether `short` is made of the initials of `full`: ISW, Institute for the Study of War.
fn is_acronym(short: &str, full: &str) -> bool {
    let short = folded(short);
    let small = ["for", "the", "of", "and", "in", "on", "to"];
    let words: Vec<String> = words(full).into_iter().filter(|w| !small.contains(&w.as_str())).collect();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    words.len() > 1 && short == initials
}

/// Slips of the pen: "Emmanuelle Macron". A person whom one document names, in one part of the name a letter or two
/// away from a person of more documents, is that person if the document also names them rightly or gives the same role.
fn slips(facts: &CanonicalFacts, known: &[Known]) -> Vec<(Sym, Sym, &'static str)> {
    let mut blocks: FxHashMap<(bool, String), Vec<(usize, String)>> = FxHashMap::default();
    let persons = known.iter().enumerate().filter(|(_, node)| node.kind == "PERSON");
    for (at, node) in persons.clone() {
        let names: Vec<String> = if let Some(name) = &node.name {
            vec![name.clone()]
        } else {
            let from = facts.namings.partition_point(|n| n.node < node.node);
            let same = facts.namings[from..].iter().take_while(|n| n.node == node.node);
            same.filter_map(|n| person_key(facts.text(n.name))).collect()
        };
        for (first, last) in names.iter().filter_map(|name| name.split_once(' ')) {
            blocks.entry((true, first.to_owned())).or_default().push((at, last.to_owned()));
            blocks.entry((false, last.to_owned())).or_default().push((at, first.to_owned()));
        }
    }
    let mut joins = Vec::new();
    for (_, node) in persons.filter(|(_, node)| !node.linked && node.documents.len() == 1) {
        let Some((first, last)) = node.name.as_deref().and_then(|name| name.split_once(' ')) else {
            continue;
        };
        let mut likely: Vec<Sym> = Vec::new();
        for (key, part) in [((true, first), last), ((false, last), first)] {
            for (at, other) in blocks.get(&(key.0, key.1.to_owned())).into_iter().flatten().take(64) {
                let better = &known[*at];
                if better.documents.len() > 1 && is_slip(part, other) && share_context(facts, node, better) {
                    likely.push(better.node);
                }
            }
        }
        likely.sort_unstable();
        likely.dedup();
        if let [only] = likely[..] {
            joins.push((
                node.node,
                only,
                "a slip of the pen in the name of one person of the same document or role",
            ));
        }
    }
    joins
}

/// At most two letters put in, left out or changed, in long words only.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let short = one.len().min(other.len());
    if short < SLIP_LETTERS || one == other || one.len().abs_diff(other.len()) > 2 || one[0] != other[0] {
        return false;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = before + usize::from(a != b);
            before = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(before + 1);
        }
    }
    row[other.len()] <= if short >= 7 { 2 } else { 1 }
}

fn share_context(facts: &CanonicalFacts, rare: &Known, other: &Known) -> bool {
    let roles = |node: Sym| {
        let from = facts.roles.partition_point(|role| role.node < node);
        facts.roles[from..].iter().take_while(move |role| role.node == node).map(|role| role.role)
    };
    rare.documents.iter().any(|d| other.documents.binary_search(d).is_ok())
        || roles(rare.node).any(|role| roles(other.node).any(|known| known == role))
}

/// Puts every fact under the node that it belongs to.
fn apply(facts: &mut CanonicalFacts, identities: &Identities, lookup: &dyn Fn(&str) -> Option<KbFacts>) {
    let mut acts = Acts { identities, lookup, known: FxHashMap::default() };
    let mut act = std::mem::take(&mut facts.acts);
    for act in &mut act {
        act.key = acts.rewritten(facts, act.key, act.document);
    }
    act.sort_unstable();
    facts.acts = act;
    let mut figures = std::mem::take(&mut facts.figures);
    for figure in &mut figures {
        figure.act = acts.rewritten(facts, figure.act, figure.document);
    }
    figures.sort_unstable();
    facts.figures = figures;
    let mut links = std::mem::take(&mut facts.links);
    for link in &mut links {
        let document = facts.document_of(link.sentence);
        for end in [&mut link.source, &mut link.target] {
            *end = match *end {
                End::Node(node) => End::Node(identities.of(node, document)),
                End::Act(key) => End::Act(acts.rewritten(facts, key, document)),
            };
        }
    }
    links.sort_unstable();
    facts.links = links;
    for naming in &mut facts.namings {
        naming.node = identities.of(naming.node, naming.document);
    }
    facts.namings.sort_unstable();
    for role in &mut facts.roles {
        role.node = identities.of(role.node, role.document);
    }
    facts.roles.sort_unstable();
    for mention in &mut facts.mentions {
        mention.node = identities.of(mention.node, mention.document);
    }
    facts.mentions.sort_unstable();
}

/// Keys of acts, which hold the keys of who takes part.
struct Acts<'i> {
    identities: &'i Identities,
    lookup: &'i dyn Fn(&str) -> Option<KbFacts>,
    known: FxHashMap<(Sym, DocId), Sym>,
}

impl Acts<'_> {
    fn rewritten(&mut self, facts: &mut CanonicalFacts, act: ActKey, document: DocId) -> ActKey {
        // Only where something was split does the document matter.
        let document = if self.identities.split.is_empty() { NONE } else { document };
        if let Some(&key) = self.known.get(&(act.key, document)) {
            return ActKey { key, ..act };
        }
        let groups: Vec<String> = facts
            .text(act.key)
            .split(GROUP)
            .map(|group| {
                let mut cores: Vec<String> =
                    group.split(CORE).map(|core| self.core(facts, core, document)).collect();
                cores.sort_unstable();
                cores.dedup();
                cores.join(&CORE.to_string())
            })
            .collect();
        let key = facts.intern(&groups.join(&GROUP.to_string()));
        self.known.insert((act.key, document), key);
        ActKey { key, ..act }
    }

    /// A participant's key; of a nation that of its country: "Ukrainian drones" are Ukraine's.
    fn core(&self, facts: &CanonicalFacts, core: &str, document: DocId) -> String {
        let key = match facts.number(core) {
            Some(sym) => facts.text(self.identities.of(sym, document)),
            None => core,
        };
        let nation = key.strip_prefix("kb").and_then(|rest| rest.strip_prefix(PART));
        let stands_for = nation.and_then(|id| (self.lookup)(id)).filter(|known| known.is_nation);
        stands_for
            .and_then(|known| known.stands_for)
            .map_or_else(|| key.to_owned(), |id| format!("kb{PART}{id}"))
    }
}

fn join_utterances(facts: &mut CanonicalFacts, reasons: &mut Reasons) {
    let joined = utterances::join(facts);
    if joined.is_empty() {
        return;
    }
    let mut to: FxHashMap<Sym, Sym> = FxHashMap::default();
    for one in &joined {
        let reason = match one.how {
            Likeness::Verbatim => "holds the same words",
            Likeness::Paraphrase => "the same speaker's words in other wording",
        };
        reasons.insert(one.node, reason);
        to.insert(one.node, one.leader);
        to.insert(one.leader, one.leader);
    }
    // The cluster goes by the key of what was published first: what is published later renames nothing.
    let mut first: FxHashMap<Sym, (bool, Sym, Sym)> = FxHashMap::default();
    for wording in &facts.wordings {
        let Some(&leader) = to.get(&wording.node) else { continue };
        let published = facts.documents[wording.document as usize].published;
        let rank = (published == NONE, published, wording.node);
        let known = first.entry(leader).or_insert(rank);
        *known = (*known).min(rank);
    }
    let map =
        |node: Sym| to.get(&node).and_then(|leader| first.get(leader)).map_or(node, |&(_, _, name)| name);
    for wording in &mut facts.wordings {
        wording.node = map(wording.node);
    }
    facts.wordings.sort_unstable();
    for link in &mut facts.links {
        for end in [&mut link.source, &mut link.target] {
            if let End::Node(node) = end {
                *node = map(*node);
            }
        }
    }
    facts.links.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_small_and_in_long_words() {
        for (one, other, expected) in [
            ("emmanuelle", "emmanuel", true),
            ("brechalov", "brechalow", true),
            ("brian", "bryan", true),
            ("maria", "mario", true),
            ("anna", "anne", false),
            ("vitali", "volodymyr", false),
            ("meyer", "geyer", false),
            ("thompson", "thomas", false),
        ] {
            assert_eq!(is_slip(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn acronyms_are_initials() {
        assert!(is_acronym("ISW", "Institute for the Study of War"));
        assert!(is_acronym("U.N.", "United Nations"));
        assert!(!is_acronym("ISW", "International Society of Weavers and Spinners"));
        assert!(!is_acronym("N", "NATO"));
    }
}
