//! What records say, cut into small facts that can be kept as sets.
//!
//! A builder is nothing but sets of facts, and a graph is a function of these sets: that is why neither the order
//! of records nor the way they were grouped can show. Facts refer to strings, documents and sentences by
//! number; merging two builders renumbers, finishing renumbers in order of content.

use crate::date::When;
use crate::strings::{Place, Strings, Text, Texts};
use rustc_hash::FxHashMap;
use std::sync::Arc;

pub(crate) use crate::strings::{NONE, Sym};
/// A document, by its number.
pub(crate) type DocId = u32;
/// A sentence, by its number.
pub(crate) type SentenceId = u32;

/// For each item its place in the sorted set.
fn ranks<T: Ord>(items: &[T]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| items[a as usize].cmp(&items[b as usize]));
    let mut ranks = vec![0; items.len()];
    let equal = order.chunk_by(|&a, &b| items[a as usize] == items[b as usize]);
    for (rank, equal) in equal.enumerate() {
        for &at in equal {
            ranks[at as usize] = rank as u32;
        }
    }
    ranks
}

/// What a document is: its id together with its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DocumentKey {
    pub(crate) id: Sym,
    pub(crate) text_hash: u64,
}

/// A document and what is known of it. Of conflicting values the smallest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DocumentFact {
    pub(crate) key: DocumentKey,
    pub(crate) outlet: Sym,
    pub(crate) published: Sym,
    pub(crate) title: Sym,
    pub(crate) url: Sym,
}

/// A place in a document that can be shown as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SentenceKey {
    pub(crate) document: DocId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A place in a document with its text, which the document decides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub(crate) key: SentenceKey,
    text: Place,
}

impl PartialEq for Sentence {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Sentence {}

impl PartialOrd for Sentence {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sentence {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

/// A document calls an entity something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Naming {
    pub(crate) node: Sym,
    /// The node before anything was joined.
    pub(crate) origin: Sym,
    pub(crate) name: Sym,
    pub(crate) kind: Sym,
    pub(crate) kb: Sym,
    /// The entry that it is, where `kb` is a code; else the same.
    pub(crate) entry: Sym,
    pub(crate) document: DocId,
}

/// A document gives an entity a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Role {
    pub(crate) node: Sym,
    pub(crate) role: Sym,
    pub(crate) document: DocId,
}

/// A place in a document refers to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MentionFact {
    pub(crate) node: Sym,
    pub(crate) document: DocId,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) entity: u32,
    pub(crate) form: Sym,
    pub(crate) text: Sym,
}

/// A document words an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wording {
    pub(crate) node: Sym,
    /// The node before anything was joined.
    pub(crate) origin: Sym,
    pub(crate) text: Sym,
    pub(crate) document: DocId,
    pub(crate) start: u32,
}

/// The attributes in which an edge can differ from another of the same ends and kind, and those it shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Manner {
    pub(crate) polarity: Sym,
    pub(crate) modality: Sym,
    pub(crate) plover: Sym,
}

/// An end of a link: a node that has a key of its own, or the event that an act turns out to belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum End {
    Node(Sym),
    Act(ActKey),
}

/// What decides which event an act belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ActKey {
    pub(crate) key: Sym,
    pub(crate) when: When,
}

/// A sentence connects two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Link {
    pub(crate) source: End,
    pub(crate) target: End,
    pub(crate) kind: Sym,
    pub(crate) manner: Manner,
    pub(crate) modes: Sym,
    pub(crate) sentence: SentenceId,
    /// In thousandths.
    pub(crate) confidence: u16,
}

/// A document tells an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Act {
    pub(crate) key: ActKey,
    pub(crate) label: Sym,
    pub(crate) plover: Sym,
    pub(crate) document: DocId,
    pub(crate) trigger: u32,
}

/// A document states a figure of an act: 3 killed, dozens injured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FigureFact {
    pub(crate) act: ActKey,
    pub(crate) what: Sym,
    pub(crate) value: Sym,
    pub(crate) document: DocId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// New numbers for old ones.
struct Renumbering<'a> {
    strings: &'a [Sym],
    documents: &'a [DocId],
    sentences: &'a [SentenceId],
}

impl Renumbering<'_> {
    fn sym(&self, sym: &mut Sym) {
        if *sym != NONE {
            *sym = self.strings[*sym as usize];
        }
    }

    fn syms<const N: usize>(&self, syms: [&mut Sym; N]) {
        for sym in syms {
            self.sym(sym);
        }
    }

    fn document(&self, document: &mut DocId) {
        *document = self.documents[*document as usize];
    }

    fn end(&self, end: &mut End) {
        match end {
            End::Node(node) => self.sym(node),
            End::Act(act) => self.sym(&mut act.key),
        }
    }
}

/// All facts; each list is a set once [`Facts::canonical`] has sorted it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) strings: Strings,
    documents: FxHashMap<DocumentKey, DocId>,
    document_facts: Vec<DocumentFact>,
    sentences: Vec<Sentence>,
    sentence_texts: Texts,
    pub(crate) namings: Vec<Naming>,
    pub(crate) roles: Vec<Role>,
    pub(crate) mentions: Vec<MentionFact>,
    pub(crate) wordings: Vec<Wording>,
    pub(crate) links: Vec<Link>,
    pub(crate) acts: Vec<Act>,
    pub(crate) figures: Vec<FigureFact>,
}

impl Facts {
    /// The number of a document, with what this record knows of it.
    pub(crate) fn document(&mut self, fact: DocumentFact) -> DocId {
        let next = self.document_facts.len() as DocId;
        let id = *self.documents.entry(fact.key).or_insert(next);
        if id == next {
            self.document_facts.push(fact);
            return id;
        }
        let known = self.document_facts[id as usize];
        self.document_facts[id as usize] = DocumentFact {
            key: known.key,
            outlet: self.smaller(known.outlet, fact.outlet),
            published: self.smaller(known.published, fact.published),
            title: self.smaller(known.title, fact.title),
            url: self.smaller(known.url, fact.url),
        };
        id
    }

    /// Of two strings the one that sorts first; a known one before none.
    fn smaller(&self, one: Sym, other: Sym) -> Sym {
        match (self.strings.get(one), self.strings.get(other)) {
            (Some(a), Some(b)) if b < a => other,
            (None, _) => other,
            _ => one,
        }
    }

    /// A number for a sentence. One that comes twice gets two, which become one in [`Facts::canonical`].
    pub(crate) fn sentence(&mut self, key: SentenceKey, text: &str) -> SentenceId {
        let id = self.sentences.len() as SentenceId;
        let text = self.sentence_texts.add(text);
        self.sentences.push(Sentence { key, text });
        id
    }

    /// Takes over all facts of `other`.
    pub(crate) fn absorb(&mut self, mut other: Facts) {
        if self.strings.len() == 0 {
            *self = other;
            return;
        }
        let strings = self.strings.absorb(&std::mem::take(&mut other.strings));
        let map = |sym: Sym| if sym == NONE { NONE } else { strings[sym as usize] };
        let mut documents = Vec::with_capacity(other.document_facts.len());
        for fact in &other.document_facts {
            let key = DocumentKey { id: map(fact.key.id), ..fact.key };
            documents.push(self.document(DocumentFact {
                key,
                outlet: map(fact.outlet),
                published: map(fact.published),
                title: map(fact.title),
                url: map(fact.url),
            }));
        }
        let first = self.sentences.len() as SentenceId;
        let sentences: Vec<SentenceId> = (first..).take(other.sentences.len()).collect();
        let chunks = self.sentence_texts.absorb(other.sentence_texts.take());
        self.sentences.extend(other.sentences.iter().map(|sentence| Sentence {
            key: SentenceKey { document: documents[sentence.key.document as usize], ..sentence.key },
            text: sentence.text.behind(chunks),
        }));
        other.renumber(&Renumbering { strings: &strings, documents: &documents, sentences: &sentences });
        self.namings.append(&mut other.namings);
        self.roles.append(&mut other.roles);
        self.mentions.append(&mut other.mentions);
        self.wordings.append(&mut other.wordings);
        self.links.append(&mut other.links);
        self.acts.append(&mut other.acts);
        self.figures.append(&mut other.figures);
    }

    /// Renumbers the lists.
    fn renumber(&mut self, to: &Renumbering<'_>) {
        for fact in &mut self.namings {
            to.syms([
                &mut fact.node,
                &mut fact.origin,
                &mut fact.name,
                &mut fact.kind,
                &mut fact.kb,
                &mut fact.entry,
            ]);
            to.document(&mut fact.document);
        }
        for fact in &mut self.roles {
            to.syms([&mut fact.node, &mut fact.role]);
            to.document(&mut fact.document);
        }
        for fact in &mut self.mentions {
            to.syms([&mut fact.node, &mut fact.form, &mut fact.text]);
            to.document(&mut fact.document);
        }
        for fact in &mut self.wordings {
            to.syms([&mut fact.node, &mut fact.origin, &mut fact.text]);
            to.document(&mut fact.document);
        }
        for fact in &mut self.links {
            to.end(&mut fact.source);
            to.end(&mut fact.target);
            let manner = &mut fact.manner;
            to.syms([
                &mut fact.kind,
                &mut fact.modes,
                &mut manner.polarity,
                &mut manner.modality,
                &mut manner.plover,
            ]);
            fact.sentence = to.sentences[fact.sentence as usize];
        }
        for fact in &mut self.acts {
            to.syms([&mut fact.key.key, &mut fact.label, &mut fact.plover]);
            to.document(&mut fact.document);
        }
        for fact in &mut self.figures {
            to.syms([&mut fact.act.key, &mut fact.what, &mut fact.value]);
            to.document(&mut fact.document);
        }
    }

    /// The same facts in the one order that depends on nothing but them: numbers compare as what they stand
    /// for, every list is sorted, and each fact is there once.
    pub(crate) fn canonical(mut self) -> CanonicalFacts {
        let mut strings = std::mem::take(&mut self.strings);
        let string_ranks = strings.sort();
        let map = |sym: Sym| if sym == NONE { NONE } else { string_ranks[sym as usize] };
        for fact in &mut self.document_facts {
            fact.key.id = map(fact.key.id);
            for value in [&mut fact.outlet, &mut fact.published, &mut fact.title, &mut fact.url] {
                *value = map(*value);
            }
        }
        let document_ranks = ranks(&self.document_facts);
        let mut documents = std::mem::take(&mut self.document_facts);
        documents.sort_unstable();
        for sentence in &mut self.sentences {
            sentence.key.document = document_ranks[sentence.key.document as usize];
        }
        let sentence_ranks = ranks(&self.sentences);
        let mut sentences = std::mem::take(&mut self.sentences);
        sort_set(&mut sentences);
        self.renumber(&Renumbering {
            strings: &string_ranks,
            documents: &document_ranks,
            sentences: &sentence_ranks,
        });
        sort_set(&mut self.namings);
        sort_set(&mut self.roles);
        sort_set(&mut self.mentions);
        sort_set(&mut self.wordings);
        sort_set(&mut self.links);
        sort_set(&mut self.acts);
        sort_set(&mut self.figures);
        CanonicalFacts {
            strings: Arc::new(strings),
            documents,
            sentences,
            sentence_texts: self.sentence_texts,
            namings: self.namings,
            roles: self.roles,
            mentions: self.mentions,
            wordings: self.wordings,
            links: self.links,
            acts: self.acts,
            figures: self.figures,
        }
    }
}

fn sort_set<T: Ord>(facts: &mut Vec<T>) {
    facts.sort_unstable();
    facts.dedup();
}

/// [`Facts`] in the order of their content: equal for equal sets of records.
#[derive(Debug)]
pub(crate) struct CanonicalFacts {
    pub(crate) strings: Arc<Strings>,
    pub(crate) documents: Vec<DocumentFact>,
    pub(crate) sentences: Vec<Sentence>,
    sentence_texts: Texts,
    pub(crate) namings: Vec<Naming>,
    pub(crate) roles: Vec<Role>,
    pub(crate) mentions: Vec<MentionFact>,
    pub(crate) wordings: Vec<Wording>,
    pub(crate) links: Vec<Link>,
    pub(crate) acts: Vec<Act>,
    pub(crate) figures: Vec<FigureFact>,
}

impl CanonicalFacts {
    /// The number of a string that some fact has.
    pub(crate) fn number(&self, text: &str) -> Option<Sym> {
        self.strings.number(text)
    }

    /// The number of a string, which comes behind the sorted ones if no fact has it.
    pub(crate) fn intern(&mut self, text: &str) -> Sym {
        // Nothing is shared before the graph is put together, so that nothing is copied here.
        Arc::make_mut(&mut self.strings).intern(text)
    }

    /// The document of a sentence.
    pub(crate) fn document_of(&self, sentence: SentenceId) -> DocId {
        self.sentences[sentence as usize].key.document
    }

    /// The text of a sentence.
    pub(crate) fn sentence_text(&self, sentence: SentenceId) -> &str {
        self.sentences.get(sentence as usize).map_or("", |sentence| self.sentence_texts.get(sentence.text))
    }

    /// Lets go of all facts but strings, documents and sentences.
    pub(crate) fn forget(&mut self) {
        self.namings = Vec::new();
        self.roles = Vec::new();
        self.mentions = Vec::new();
        self.wordings = Vec::new();
        self.links = Vec::new();
        self.acts = Vec::new();
        self.figures = Vec::new();
    }

    /// The text of a string; empty for none.
    pub(crate) fn text(&self, sym: Sym) -> &str {
        self.strings.text(sym)
    }

    /// A string to keep, or `None`.
    pub(crate) fn shared(&self, sym: Sym) -> Option<Text> {
        self.known(sym).map(|_| Text::new(&self.strings, sym))
    }

    /// The text of a string, or `None`.
    pub(crate) fn known(&self, sym: Sym) -> Option<&str> {
        self.strings.get(sym)
    }
}
