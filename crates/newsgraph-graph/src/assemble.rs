//! From facts to the finished graph. Everything here is a function of the facts in their canonical order.

use crate::builder::KbFacts;
use crate::copies::Copies;
use crate::date::When;
use crate::events::auxiliary;
use crate::facts::{Act, ActKey, CanonicalFacts, End, Link, Manner, NONE, Sym};
use crate::graph::{Coverage, Edge, Figure, Graph, Joining, Node};
use crate::id;
use crate::measures;
use crate::occasion::{Occasion, occasions};
use crate::reading::PART;
use crate::resolve::{Reasons, resolve};
use crate::rules::MergeRules;
use crate::statement::statement_first;
use crate::strings::Text;
use crate::world;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

type Lookup<'l> = &'l dyn Fn(&str) -> Option<KbFacts>;

/// A node under construction, with the number it has before nodes are put in order.
struct Draft {
    key: String,
    letter: char,
    node: Node,
    joinings: Vec<Joining>,
}

/// Which draft a fact belongs to.
#[derive(Default)]
struct Numbering {
    /// For each string that is the key of an entity or utterance: its draft, else `None`.
    nodes: Vec<Option<u32>>,
    /// Keys and times of acts, sorted, with the draft of their event.
    acts: Vec<(ActKey, u32)>,
}

impl Numbering {
    fn of(&self, end: End) -> Option<u32> {
        match end {
            End::Node(node) => self.nodes.get(node as usize).copied().flatten(),
            End::Act(act) => {
                let at = self.acts.binary_search_by_key(&act, |&(key, _)| key).ok()?;
                Some(self.acts[at].1)
            }
        }
    }
}

pub(crate) fn assemble(mut facts: CanonicalFacts, lookup: Lookup<'_>, rules: &MergeRules) -> Graph {
    let reasons = resolve(&mut facts, lookup, rules);
    let mut drafts = Vec::new();
    world::add_links(&mut facts, lookup);
    let mut numbering = Numbering { nodes: vec![None; facts.strings.len()], acts: Vec::new() };
    draft_entities(&facts, lookup, &reasons, &mut drafts, &mut numbering);
    draft_utterances(&facts, &reasons, &mut drafts, &mut numbering);
    draft_events(&facts, &mut drafts, &mut numbering);
    let order = name_and_order(&mut drafts);
    let mut network = DiGraph::with_capacity(drafts.len(), facts.links.len());
    let mut places = vec![0; drafts.len()];
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut joinings = Vec::new();
    for number in order {
        if let Some(draft) = drafts[number as usize].take() {
            let place = network.add_node(draft.node).index() as u32;
            joinings.extend(draft.joinings.into_iter().map(|joining| (place, joining)));
            places[number as usize] = place;
        }
    }
    let copies = Copies::find(&facts);
    let placed = placed(std::mem::take(&mut facts.links), &numbering, &places);
    let evidence = add_edges(&facts, &copies, placed, &mut network);
    drop(copies);
    measures::measure(&mut network);
    let mut mentions: Vec<_> = std::mem::take(&mut facts.mentions)
        .into_iter()
        .filter_map(|mention| Some((places[numbering.of(End::Node(mention.node))? as usize], mention)))
        .collect();
    mentions.sort_unstable_by_key(|(node, m)| (m.document, m.start, m.end, m.entity, *node, m.form));
    let wordings = facts
        .wordings
        .iter()
        .filter_map(|wording| Some((places[numbering.of(End::Node(wording.node))? as usize], *wording)))
        .collect();
    let figures = facts
        .figures
        .iter()
        .filter_map(|figure| Some((places[numbering.of(End::Act(figure.act))? as usize], *figure)))
        .collect();
    facts.forget();
    Graph { network, evidence, mentions, wordings, figures, joinings, facts }
}

/// Why the documents of a node are about one thing: each rule and name with the number of documents.
fn joinings(
    facts: &CanonicalFacts,
    reasons: &Reasons,
    node: Sym,
    variants: impl Iterator<Item = (Sym, Sym, u32)>,
) -> Vec<Joining> {
    let mut variants: Vec<(Sym, Sym, u32)> = variants.collect();
    variants.sort_unstable();
    variants.dedup();
    let joined = variants.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(|same| {
        let (origin, name, _) = same[0];
        let rule =
            reasons.get(&origin).or_else(|| reasons.get(&node)).copied().unwrap_or_else(|| {
                match facts.text(origin).split(PART).next() {
                    Some("kb") => "the same identifier",
                    Some("name") => "the same full name and type",
                    Some("said") => "the same words",
                    _ => "of one document",
                }
            });
        let name = facts.shared(name).unwrap_or_default();
        Joining { rule, variant: name, documents: same.len() as u32 }
    });
    joined.collect()
}

/// Values with the number of documents that use each, most used first, then the longest, then in order. `votes`
/// are sorted, with equal values side by side and equal votes removed.
fn by_votes(facts: &CanonicalFacts, votes: impl Iterator<Item = Sym>) -> Vec<Text> {
    let mut counted: Vec<(Reverse<u32>, Reverse<usize>, Sym)> = Vec::new();
    let mut all: Vec<Sym> = votes.collect();
    all.sort_unstable();
    for equal in all.chunk_by(|a, b| a == b) {
        let length = facts.text(equal[0]).chars().count();
        counted.push((Reverse(equal.len() as u32), Reverse(length), equal[0]));
    }
    counted.sort_unstable();
    counted.into_iter().filter_map(|(.., sym)| facts.shared(sym)).filter(|text| !text.is_empty()).collect()
}

fn draft_entities(
    facts: &CanonicalFacts,
    lookup: Lookup<'_>,
    reasons: &Reasons,
    drafts: &mut Vec<Draft>,
    numbering: &mut Numbering,
) {
    let (mut roles, mut mentions) = (&facts.roles[..], &facts.mentions[..]);
    for namings in facts.namings.chunk_by(|a, b| a.node == b.node) {
        let node = namings[0].node;
        let roles = take_while(&mut roles, |role| role.node, node);
        let mentions = take_while(&mut mentions, |mention| mention.node, node);
        let names = by_votes(facts, namings.iter().map(|n| n.name));
        let label = names.first().cloned().or_else(|| mentions.first().and_then(|m| facts.shared(m.text)));
        let forms = mentions.iter().filter(|m| facts.text(m.form) == "name").map(|m| m.text);
        // "PUTIN" in a headline is no other name.
        let mut spelled: FxHashSet<String> = label.iter().map(|label| label.to_lowercase()).collect();
        let mut aliases = names;
        aliases.extend(by_votes(facts, forms).into_iter().filter(|form| !is_derived(form)));
        aliases.retain(|alias| spelled.insert(alias.to_lowercase()));
        let kb = namings.iter().find_map(|n| facts.shared(n.kb));
        let entry = namings.iter().find_map(|n| facts.shared(n.entry));
        let known = entry.as_deref().and_then(lookup).unwrap_or_default();
        let mut all_roles = by_votes(facts, roles.iter().map(|r| r.role));
        for role in known.roles {
            if !all_roles.iter().any(|told| **told == *role) {
                all_roles.push(role.into());
            }
        }
        let coverage = Coverage::of(facts, namings.iter().map(|n| n.document));
        numbering.nodes[node as usize] = Some(drafts.len() as u32);
        drafts.push(Draft {
            joinings: joinings(facts, reasons, node, namings.iter().map(|n| (n.origin, n.name, n.document))),
            key: facts.text(node).to_owned(),
            letter: 'n',
            node: Node {
                label: label.unwrap_or_default(),
                kind: by_votes(facts, namings.iter().map(|n| n.kind)).into_iter().next().unwrap_or_default(),
                kb,
                aliases,
                roles: all_roles,
                country: known.country,
                latitude: known.latitude,
                longitude: known.longitude,
                mentions: mentions.len() as u32,
                ..with_coverage(coverage)
            },
        });
    }
}

/// Whether a mention says how somebody stands to what it names, or marks it: "anti-Trump", "post-Brexit", "#Oslo".
fn is_derived(mention: &str) -> bool {
    const PREFIXES: [&str; 8] = ["anti", "ex", "non", "pan", "post", "pre", "pro", "un"];
    let prefix = mention.split_once('-').map(|(prefix, _)| prefix.to_ascii_lowercase());
    mention.starts_with(['#', '@']) || prefix.is_some_and(|prefix| PREFIXES.contains(&&*prefix))
}

/// The leading facts of this node, skipping those of nodes before it.
fn take_while<'f, T>(rest: &mut &'f [T], node_of: impl Fn(&T) -> Sym, node: Sym) -> &'f [T] {
    let from = rest.partition_point(|fact| node_of(fact) < node);
    let length = rest[from..].partition_point(|fact| node_of(fact) == node);
    let (taken, left) = rest[from..].split_at(length);
    *rest = left;
    taken
}

fn with_coverage(coverage: Coverage) -> Node {
    let Coverage { documents, first, last, .. } = coverage;
    Node { documents, first, last, ..Node::default() }
}

fn draft_utterances(
    facts: &CanonicalFacts,
    reasons: &Reasons,
    drafts: &mut Vec<Draft>,
    numbering: &mut Numbering,
) {
    let mut linked = vec![false; facts.strings.len()];
    for link in &facts.links {
        for end in [link.source, link.target] {
            if let End::Node(node) = end {
                linked[node as usize] = true;
            }
        }
    }
    for wordings in facts.wordings.chunk_by(|a, b| a.node == b.node) {
        let node = wordings[0].node;
        if !linked[node as usize] {
            continue;
        }
        let mut texts = by_votes(facts, wordings.iter().map(|w| w.text));
        statement_first(&mut texts);
        let coverage = Coverage::of(facts, wordings.iter().map(|w| w.document));
        numbering.nodes[node as usize] = Some(drafts.len() as u32);
        drafts.push(Draft {
            joinings: joinings(facts, reasons, node, wordings.iter().map(|w| (w.origin, w.text, w.document))),
            key: facts.text(node).to_owned(),
            letter: 'q',
            node: Node {
                label: texts.first().cloned().unwrap_or_default(),
                kind: "QUOTE".into(),
                aliases: texts.into_iter().skip(1).collect(),
                mentions: wordings.len() as u32,
                ..with_coverage(coverage)
            },
        });
    }
}

fn draft_events(facts: &CanonicalFacts, drafts: &mut Vec<Draft>, numbering: &mut Numbering) {
    for acts in facts.acts.chunk_by(|a, b| a.key.key == b.key.key) {
        let mut times: Vec<When> = acts.iter().map(|act| act.key.when).collect();
        times.dedup();
        let found = occasions(&times);
        let mut distinct = found.clone();
        distinct.sort_unstable();
        distinct.dedup();
        for occasion in distinct {
            let here = |act: &&Act| times.binary_search(&act.key.when).is_ok_and(|at| found[at] == occasion);
            let acts: Vec<&Act> = acts.iter().filter(here).collect();
            let number = drafts.len() as u32;
            numbering.acts.extend(acts.chunk_by(|a, b| a.key == b.key).map(|same| (same[0].key, number)));
            drafts.push(draft_event(facts, &acts, occasion));
        }
    }
    numbering.acts.sort_unstable();
    add_figures(facts, numbering, drafts);
}

/// Figures of events as told, side by side: those of most documents first.
fn add_figures(facts: &CanonicalFacts, numbering: &Numbering, drafts: &mut [Draft]) {
    let told = facts.figures.iter().filter_map(|figure| {
        Some((numbering.of(End::Act(figure.act))?, figure.what, figure.value, figure.document))
    });
    let mut told: Vec<(u32, Sym, Sym, u32)> = told.collect();
    told.sort_unstable();
    told.dedup();
    for same in told.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        let (draft, what, value, _) = same[0];
        let (what, value) = (facts.shared(what).unwrap_or_default(), facts.shared(value).unwrap_or_default());
        drafts[draft as usize].node.figures.push(Figure { what, value, documents: same.len() as u32 });
    }
    for draft in drafts.iter_mut().filter(|draft| !draft.node.figures.is_empty()) {
        let rank = |figure: &Figure| {
            (figure.what != "killed".into(), figure.what.clone(), Reverse(figure.documents))
        };
        draft.node.figures.sort_by_key(rank);
    }
}

fn draft_event(facts: &CanonicalFacts, acts: &[&Act], occasion: Occasion) -> Draft {
    let labels = by_votes(facts, acts.iter().map(|act| act.label));
    let mut tellings: Vec<(u32, u32)> = acts.iter().map(|act| (act.document, act.trigger)).collect();
    tellings.sort_unstable();
    tellings.dedup();
    let coverage = Coverage::of(facts, acts.iter().map(|act| act.document));
    let key = acts.first().map_or("", |act| facts.text(act.key.key));
    Draft {
        joinings: joinings(
            facts,
            &Reasons::default(),
            NONE,
            acts.iter().map(|a| (a.key.key, a.label, a.document)),
        )
        .into_iter()
        .map(|joining| Joining { rule: "the same act, parties and time", ..joining })
        .collect(),
        key: format!("{key}{PART}{PART}{}", occasion.key()),
        letter: 'v',
        node: Node {
            label: labels.first().cloned().unwrap_or_default(),
            kind: "EVENT".into(),
            aliases: labels.into_iter().skip(1).collect(),
            mentions: tellings.len() as u32,
            plover: acts.iter().find_map(|act| facts.shared(act.plover)),
            date: occasion.date(),
            ..with_coverage(coverage)
        },
    }
}

/// Gives every draft its id and returns the drafts' numbers, most important first.
fn name_and_order(drafts: &mut [Draft]) -> Vec<u32> {
    for letter in ['n', 'q', 'v'] {
        let of_letter: Vec<usize> = (0..drafts.len()).filter(|&at| drafts[at].letter == letter).collect();
        let hashes: Vec<u64> = of_letter.iter().map(|&at| id::hash(drafts[at].key.as_bytes())).collect();
        let ids = id::assign(letter, &hashes, |at| drafts[of_letter[at]].key.clone());
        for (at, id) in of_letter.into_iter().zip(ids) {
            drafts[at].node.id = id;
            drafts[at].key = String::new();
        }
    }
    let mut order: Vec<u32> = (0..drafts.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| {
        let rank = |at: u32| {
            let node = &drafts[at as usize].node;
            (Reverse(node.documents), Reverse(node.mentions), &node.id)
        };
        rank(a).cmp(&rank(b))
    });
    order
}

/// A link between nodes that have their final place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Placed {
    source: u32,
    target: u32,
    kind: Sym,
    manner: Manner,
    sentence: u32,
    modes: Sym,
    confidence: u16,
}

/// The links between places, in order.
fn placed(links: Vec<Link>, numbering: &Numbering, places: &[u32]) -> Vec<Placed> {
    let place = |end: End| numbering.of(end).map(|draft| places[draft as usize]);
    let placed = links.into_iter().filter_map(|link| {
        let Link { kind, manner, sentence, modes, confidence, .. } = link;
        let (source, target) = (place(link.source)?, place(link.target)?);
        // What became one node is not linked with itself.
        (source != target).then_some(Placed { source, target, kind, manner, sentence, modes, confidence })
    });
    let mut placed: Vec<Placed> = placed.collect();
    placed.sort_unstable();
    placed
}

/// Adds all edges, heaviest first, and returns the evidence: edge and sentence, by the edge's id.
fn add_edges(
    facts: &CanonicalFacts,
    copies: &Copies,
    placed: Vec<Placed>,
    network: &mut DiGraph<Node, Edge>,
) -> Vec<(u32, u32)> {
    let groups: Vec<&[Placed]> = placed
        .chunk_by(|a, b| (a.source, a.target, a.kind, a.manner) == (b.source, b.target, b.kind, b.manner))
        .collect();
    let hashes: Vec<u64> = groups
        .iter()
        .map(|group| {
            let mut hash = id::Running::default();
            each_key_part(facts, &group[0], network, |part| part.bytes().for_each(|byte| hash.add(byte)));
            hash.finish()
        })
        .collect();
    let ids = id::assign('e', &hashes, |at| {
        let mut key = String::new();
        each_key_part(facts, &groups[at][0], network, |part| key.push_str(part));
        key
    });
    let mut labels = Labels::default();
    let mut edges: Vec<(Edge, &[Placed])> = groups
        .into_iter()
        .zip(ids)
        .map(|(group, id)| (edge(facts, copies, &mut labels, group, id), group))
        .collect();
    edges.sort_unstable_by(|(a, _), (b, _)| {
        (b.weight, b.documents, &a.id).cmp(&(a.weight, a.documents, &b.id))
    });
    let mut by_id: Vec<u32> = (0..edges.len() as u32).collect();
    by_id.sort_unstable_by(|&a, &b| edges[a as usize].0.id.cmp(&edges[b as usize].0.id));
    let mut evidence = Vec::new();
    for number in by_id {
        let group = edges[number as usize].1;
        evidence
            .extend(group.chunk_by(|a, b| a.sentence == b.sentence).map(|same| (number, same[0].sentence)));
    }
    for (edge, group) in edges {
        let end = |at: u32| NodeIndex::new(at as usize);
        network.add_edge(end(group[0].source), end(group[0].target), edge);
    }
    evidence
}

/// Calls `take` with one part of an edge's key after the other.
fn each_key_part(
    facts: &CanonicalFacts,
    link: &Placed,
    network: &DiGraph<Node, Edge>,
    mut take: impl FnMut(&str),
) {
    let id = |at: u32| network[NodeIndex::new(at as usize)].id.as_str();
    let Manner { polarity, modality, plover } = link.manner;
    take(id(link.source));
    for part in [
        id(link.target),
        facts.text(link.kind),
        facts.text(polarity),
        facts.text(modality),
        facts.text(plover),
    ] {
        take(PART.encode_utf8(&mut [0; 4]));
        take(part);
    }
}

/// The edge of all links with the same ends, kind and manner, which are sorted by sentence.
fn edge(facts: &CanonicalFacts, copies: &Copies, labels: &mut Labels, group: &[Placed], id: String) -> Edge {
    let documents = group.iter().map(|link| facts.document_of(link.sentence));
    let Coverage { documents, first, last } = Coverage::of(facts, documents);
    let sources = independent(facts, copies, group);
    let mut modes: Vec<&str> = group.iter().flat_map(|link| facts.text(link.modes).split(';')).collect();
    modes.sort_unstable();
    modes.dedup();
    let Manner { polarity, modality, plover } = group[0].manner;
    Edge {
        id,
        kind: facts.shared(group[0].kind).unwrap_or_default(),
        label: office(facts, group).unwrap_or_else(|| labels.of(facts, group[0].kind, polarity, modality)),
        weight: group.chunk_by(|a, b| a.sentence == b.sentence).count() as u32,
        plover: facts.shared(plover),
        modes: modes.into_iter().filter(|mode| !mode.is_empty()).map(str::to_owned).collect(),
        polarity: facts.shared(polarity),
        modality: facts.shared(modality),
        documents,
        sources,
        first,
        last,
        confidence: group.iter().map(|link| link.confidence).max().unwrap_or(0),
    }
}

/// The title that most sentences give, of an edge that states an office: `defence minister of`.
fn office(facts: &CanonicalFacts, group: &[Placed]) -> Option<Text> {
    let is_office = matches!(
        facts.text(group[0].kind),
        "HEAD_OF" | "MINISTER_OF" | "MEMBER_OF" | "SPOKESPERSON_FOR" | "REPRESENTS"
    );
    let titles = by_votes(facts, group.iter().filter(|_| is_office).map(|link| link.modes));
    titles.first().map(|title| format!("{title} of").into())
}

/// How many sources say so independently: documents of one outlet are one, and so are reprints of each other and
/// documents that share the very sentence.
fn independent(facts: &CanonicalFacts, copies: &Copies, group: &[Placed]) -> u32 {
    let mut documents: Vec<u32> = group.iter().map(|link| facts.document_of(link.sentence)).collect();
    documents.dedup();
    documents.sort_unstable();
    documents.dedup();
    if documents.len() < 2 {
        return documents.len() as u32;
    }
    let number = |document: u32| documents.binary_search(&document).unwrap_or(0) as u32;
    let mut shared: Vec<(u8, u32, u32)> = Vec::new();
    for link in group {
        let document = facts.document_of(link.sentence);
        shared.push((0, copies.sentences[link.sentence as usize], number(document)));
    }
    for &document in &documents {
        shared.push((1, copies.documents[document as usize], number(document)));
        let outlet = facts.documents[document as usize].outlet;
        if facts.known(outlet).is_some() {
            shared.push((2, outlet, number(document)));
        }
    }
    shared.sort_unstable();
    shared.dedup();
    let mut sources = petgraph::unionfind::UnionFind::<u32>::new(documents.len());
    let mut count = documents.len() as u32;
    for same in shared.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for other in &same[1..] {
            count -= u32::from(sources.union(same[0].2, other.2));
        }
    }
    count
}

/// The label of each kind with each polarity and modality, once.
#[derive(Default)]
struct Labels(FxHashMap<(Sym, Sym, Sym), Text>);

impl Labels {
    fn of(&mut self, facts: &CanonicalFacts, kind: Sym, polarity: Sym, modality: Sym) -> Text {
        let label = || edge_label(facts.text(kind), facts.text(polarity), facts.text(modality)).into();
        Text::clone(self.0.entry((kind, polarity, modality)).or_insert_with(label))
    }
}

/// A kind as people say it: `will consult`.
fn edge_label(kind: &str, polarity: &str, modality: &str) -> String {
    let structural = match kind {
        "SAID" => "said",
        "ADDRESSED_TO" => "addressed to",
        "ABOUT" => "about",
        "NESTED_IN" => "within",
        "ACTOR" => "actor in",
        "RECIPIENT" => "directed at",
        "PLACE" => "took place in",
        "INVOLVES" => "involves",
        "REPORTED_BY" => "reported by",
        "RELAYED" => "relayed",
        "NATIONALITY" => "nationality",
        _ => "",
    };
    if !structural.is_empty() {
        return structural.to_owned();
    }
    let verb = kind.to_lowercase().replace('_', " ");
    format!("{} {verb}", auxiliary(polarity, modality)).trim_start().to_owned()
}
