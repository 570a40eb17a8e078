//! One record on its way into the facts: its text, its sentences, its entities.

use crate::cell::{CELL_CHARS, plain};
use crate::date::When;
use crate::facts::{
    DocId, DocumentFact, DocumentKey, End, Facts, Link, Manner, MentionFact, NONE, Naming, Role, SentenceId,
    SentenceKey, Sym,
};
use crate::fold::{folded, name_key, person_key};
use crate::id::hash;
use newsgraph_record::{Entity, Record, Span};
use newsgraph_text::{CharIndex, CharSpan};

/// Separates the parts of a key; folded text never contains it.
pub(crate) const PART: char = '\u{1f}';
/// Separates the groups of participants in an act's key.
pub(crate) const GROUP: char = '\u{1e}';
/// Separates the participants of a group.
pub(crate) const CORE: char = '\u{1d}';

/// The types of expressions that are values, not things: they are no nodes.
const VALUES: &[&str] = &["DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"];

/// Words that name nobody, wherever they stand alone.
const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "we",
    "us",
    "you",
    "he",
    "him",
    "she",
    "her",
    "it",
    "they",
    "them",
    "himself",
    "herself",
    "itself",
    "themselves",
    "this",
    "that",
    "these",
    "those",
    "who",
    "whom",
    "which",
    "what",
    "one",
    "ones",
    "both",
    "all",
    "some",
    "many",
    "others",
    "other",
    "another",
    "each",
    "everyone",
    "everybody",
    "someone",
    "somebody",
    "anyone",
    "anybody",
    "no one",
    "nobody",
    "each other",
    "one another",
    "the two",
    "two",
    "most",
    "few",
    "several",
];

/// Whether a phrase is a pronoun or says nothing at all.
pub(crate) fn names_nobody(phrase: &str) -> bool {
    let phrase = folded(phrase);
    phrase.is_empty() || PRONOUNS.contains(&phrase.as_str())
}

/// The node that an entity of the record is mentioned under.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntityNode {
    pub(crate) node: Sym,
    /// Whether other documents can mention the same node.
    pub(crate) shared: bool,
    /// Whether the document calls it by name.
    pub(crate) named: bool,
    /// Whether it is a place or a nation.
    pub(crate) territory: bool,
}

/// A name in the text: where, and of which entity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) entity: u32,
}

/// A record being read.
pub(crate) struct Reading<'r> {
    pub(crate) facts: &'r mut Facts,
    pub(crate) record: &'r Record,
    index: CharIndex<'r>,
    pub(crate) document: DocId,
    /// Begins the keys of what is known in this document alone.
    pub(crate) local: String,
    /// For each entity of the record its node, if it gets one.
    pub(crate) nodes: Vec<Option<EntityNode>>,
    /// Mentions by name and by description of entities that are nodes, in order of the text.
    pub(crate) names: Vec<Name>,
    /// For each quote of the record its node, if it says anything.
    pub(crate) quotes: Vec<Option<Sym>>,
    /// For each sentence of the record its number, if something is said in it.
    sentences: Vec<SentenceId>,
}

impl<'r> Reading<'r> {
    /// Enters the document and its entities.
    pub(crate) fn new(facts: &'r mut Facts, record: &'r Record) -> Self {
        let text_hash = hash(record.text.as_bytes());
        let optional = |facts: &mut Facts, text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map_or(NONE, |t| facts.strings.intern(t))
        };
        let key = DocumentKey { id: facts.strings.intern(&record.id), text_hash };
        let outlet = optional(facts, &record.source);
        let published = optional(facts, &record.published);
        let (title, url) = (optional(facts, &record.title), optional(facts, &record.url));
        let document = facts.document(DocumentFact { key, outlet, published, title, url });
        let local = format!("local{PART}{}{PART}{text_hash:016x}", record.id);
        let index = CharIndex::new(&record.text);
        let (nodes, names, quotes) = (Vec::new(), Vec::new(), Vec::new());
        let sentences = vec![NONE; record.sentences.len()];
        let mut reading = Self { facts, record, index, document, local, nodes, names, quotes, sentences };
        reading.add_entities();
        reading
    }

    /// The text of a span; empty when the span is none.
    pub(crate) fn text(&self, [start, end]: Span) -> &'r str {
        let span = self.index.bytes(CharSpan { start, end: end.max(start) });
        self.record.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The text of several spans as one line.
    pub(crate) fn texts(&self, spans: &[Span]) -> String {
        let parts: Vec<&str> = spans.iter().map(|&span| self.text(span).trim()).collect();
        parts.join(" ")
    }

    /// When an act with this date happened.
    pub(crate) fn when(&self, date: Option<&str>) -> When {
        When::new(date, self.record.published.as_deref())
    }

    /// The sentence that holds a place of the text.
    pub(crate) fn sentence_at(&self, at: u32) -> Option<Span> {
        Some(self.record.sentences[self.sentence_number(at)?])
    }

    fn sentence_number(&self, at: u32) -> Option<usize> {
        let sentences = &self.record.sentences;
        let number = sentences.partition_point(|&[start, _]| start <= at).checked_sub(1)?;
        (at < sentences[number][1]).then_some(number)
    }

    /// The sentence that holds a place of the text, as evidence.
    pub(crate) fn sentence(&mut self, at: u32) -> Option<SentenceId> {
        let number = self.sentence_number(at)?;
        if self.sentences[number] == NONE {
            let [start, end] = self.record.sentences[number];
            let text = self.text([start, end]);
            if text.is_empty() {
                return None;
            }
            let key = SentenceKey { document: self.document, start, end };
            self.sentences[number] = self.facts.sentence(key, &plain(text, CELL_CHARS));
        }
        Some(self.sentences[number])
    }

    /// Enters a link, if there is a sentence that says so.
    pub(crate) fn link(&mut self, source: End, kind: &str, target: End, at: Option<u32>, how: LinkDetails) {
        let Some(sentence) = at.and_then(|at| self.sentence(at)) else { return };
        let kind = self.facts.strings.intern(kind);
        let LinkDetails { manner, modes, confidence } = how;
        self.facts.links.push(Link { source, target, kind, manner, modes, sentence, confidence });
    }

    fn add_entities(&mut self) {
        let taking_part = taking_part(self.record);
        for (entity, takes_part) in self.record.entities.iter().zip(taking_part) {
            let named = identified(entity) || entity.mentions.iter().any(|m| m.form == "name");
            let node = (named || takes_part).then(|| self.entity_node(entity, named)).flatten();
            self.nodes.push(node);
            if let Some(node) = node {
                self.add_entity_facts(entity, node.node);
            }
        }
        self.names.sort_unstable_by_key(|name| (name.start, name.end, name.entity));
    }

    /// The node of an entity by the rules of merging: by identifier, by full name, else its document's own.
    fn entity_node(&mut self, entity: &Entity, named: bool) -> Option<EntityNode> {
        if VALUES.contains(&entity.kind.as_str()) {
            return None;
        }
        if !named && names_nobody(&entity.name) {
            return None;
        }
        let name = match entity.kind.as_str() {
            "PERSON" => person_key(&entity.name),
            _ => Some(name_key(&entity.name)).filter(|name| !name.is_empty()),
        };
        // A code of a user's list is shared by many: it is the entry that tells who it is.
        let identity = entity.entry.as_ref().or(entity.kb.as_ref()).filter(|id| !id.is_empty());
        if let (None, Some(key)) = (identity, self.members_key(entity)) {
            let node = self.facts.strings.intern(&key);
            return Some(EntityNode { node, shared: true, named, territory: false });
        }
        let (key, shared) = match (identity, name) {
            (Some(kb), _) => (format!("kb{PART}{kb}"), true),
            (None, Some(name)) if named => (format!("name{PART}{}{PART}{name}", entity.kind), true),
            _ => {
                let start = entity.mentions.first().map_or(entity.id, |m| m.span[0]);
                (format!("{}{PART}{start}{PART}{}", self.local, entity.kind), false)
            }
        };
        let territory = matches!(entity.kind.as_str(), "GPE" | "LOC" | "NORP");
        Some(EntityNode { node: self.facts.strings.intern(&key), shared, named, territory })
    }

    /// The key of a group of which every member has an identifier: who they are, in whatever order.
    fn members_key(&self, entity: &Entity) -> Option<String> {
        let known = |&member: &u32| {
            let member = self.record.entities.get(member as usize)?;
            member.entry.as_ref().or(member.kb.as_ref()).filter(|id| !id.is_empty())
        };
        let mut members: Vec<&String> = entity.members.iter().map(known).collect::<Option<_>>()?;
        members.sort_unstable();
        let kind = &entity.kind;
        (!members.is_empty())
            .then(|| members.iter().fold(format!("group{PART}{kind}"), |key, id| format!("{key}{PART}{id}")))
    }

    fn add_entity_facts(&mut self, entity: &Entity, node: Sym) {
        let document = self.document;
        let name = self.facts.strings.intern(&plain(&entity.name, CELL_CHARS));
        let kind = self.facts.strings.intern(node_type(&plain(&entity.kind, 40)));
        let kb = entity.kb.as_ref().map_or(NONE, |kb| self.facts.strings.intern(kb));
        let entry = entity.entry.as_ref().map_or(kb, |id| self.facts.strings.intern(id));
        self.facts.namings.push(Naming { node, origin: node, name, kind, kb, entry, document });
        for role in &entity.roles {
            let role = self.facts.strings.intern(&plain(role, CELL_CHARS));
            self.facts.roles.push(Role { node, role, document });
        }
        let number = self.nodes.len() as u32 - 1;
        for mention in &entity.mentions {
            let [start, end] = mention.span;
            let text = plain(self.text(mention.span), CELL_CHARS);
            if text.is_empty() {
                continue;
            }
            let text = self.facts.strings.intern(&text);
            let form = self.facts.strings.intern(&plain(&mention.form, 40));
            self.facts.mentions.push(MentionFact { node, document, start, end, entity: number, form, text });
            if mention.form != "pronoun" {
                self.names.push(Name { start, end, entity: number });
            }
        }
    }

    /// The node of an entity that a quote or event refers to.
    pub(crate) fn entity(&self, entity: Option<u32>) -> Option<EntityNode> {
        self.nodes.get(entity? as usize).copied().flatten()
    }

    /// The mentions that lie inside a span, in order.
    pub(crate) fn names_within(&self, [start, end]: Span) -> impl Iterator<Item = Name> + '_ {
        let from = self.names.partition_point(|name| name.start < start);
        self.names[from..]
            .iter()
            .take_while(move |name| name.start < end)
            .filter(move |name| name.end <= end)
            .copied()
    }
}

/// Whether the gazetteer knows who it is, and not only what.
fn identified(entity: &Entity) -> bool {
    entity.entry.as_ref().or(entity.kb.as_ref()).is_some_and(|id| !id.is_empty())
}

/// What a link says beyond its ends, kind and sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkDetails {
    pub(crate) manner: Manner,
    pub(crate) modes: Sym,
    pub(crate) confidence: u16,
}

impl LinkDetails {
    /// Of a link that only has a confidence.
    pub(crate) fn plain(confidence: f64) -> Self {
        let manner = Manner { polarity: NONE, modality: NONE, plover: NONE };
        Self { manner, modes: NONE, confidence: thousandths(confidence) }
    }
}

/// A confidence in thousandths; what is no number is none.
pub(crate) fn thousandths(confidence: f64) -> u16 {
    // NaN becomes 0 in the cast.
    (confidence.clamp(0.0, 1.0) * 1000.0).round() as u16
}

/// The type of an entity's node. `EVENT` is taken by the acts that documents report.
fn node_type(kind: &str) -> &str {
    match kind {
        "EVENT" => "NAMED_EVENT",
        "QUOTE" | "" => "UNNAMED",
        kind => kind,
    }
}

/// For each entity whether a quote or an event refers to it.
fn taking_part(record: &Record) -> Vec<bool> {
    let mut taking_part = vec![false; record.entities.len()];
    let quotes = record.quotes.iter().flat_map(|quote| [quote.speaker, quote.addressee]);
    let events = record.events.iter().flat_map(|event| {
        let roles = event.actors.iter().chain(&event.recipients).map(|role| role.entity);
        roles.chain(event.arguments.iter().map(|argument| argument.entity))
    });
    for entity in quotes.chain(events).flatten() {
        if let Some(flag) = taking_part.get_mut(entity as usize) {
            *flag = true;
        }
    }
    taking_part
}
