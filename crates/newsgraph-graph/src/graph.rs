//! The finished graph, as its readers see it.

use crate::facts::{CanonicalFacts, DocumentFact, FigureFact, MentionFact, SentenceKey, Wording};
use crate::strings::Text;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeRef as _, IntoNodeReferences as _};

/// An entity, an utterance or an event.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Node {
    /// Opaque and stable: `n…` entities, `q…` utterances, `v…` events.
    pub id: String,
    /// The name, wording or act that most documents use.
    pub label: Text,
    /// An OntoNotes type (`NAMED_EVENT` for its EVENT), `UNNAMED`, `QUOTE` or `EVENT`.
    pub kind: Text,
    /// Identifier in the gazetteer.
    pub kb: Option<Text>,
    /// Other names, most frequent first.
    pub aliases: Vec<Text>,
    /// Roles, most frequent first.
    pub roles: Vec<Text>,
    /// Country, from the gazetteer.
    pub country: Option<String>,
    /// Degrees north, from the gazetteer.
    pub latitude: Option<f64>,
    /// Degrees east, from the gazetteer.
    pub longitude: Option<f64>,
    /// How often it is mentioned, quoted or told.
    pub mentions: u32,
    /// In how many documents.
    pub documents: u32,
    /// The earliest publication that has it.
    pub first: Option<Text>,
    /// The latest.
    pub last: Option<Text>,
    /// PLOVER type, of events.
    pub plover: Option<Text>,
    /// Day or interval that the texts name, of events.
    pub date: Option<String>,
    /// Figures that documents give of an event, side by side.
    pub figures: Vec<Figure>,
    /// How many edges it has.
    pub degree: u32,
    /// PageRank, over all nodes 1.
    pub rank: f64,
    /// The most important node of its community, by its place among the nodes.
    pub community: u32,
}

/// A figure of an event as documents tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What is counted: `killed`, `injured`, …
    pub what: Text,
    /// How many, as told: `35`, `dozens`.
    pub value: Text,
    /// How many documents say so.
    pub documents: u32,
}

/// Why some documents' names or wordings belong to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// The rule of merging.
    pub rule: &'static str,
    /// The name or wording.
    pub variant: Text,
    /// How many documents have it.
    pub documents: u32,
}

/// A directed connection between two nodes, with sentences that say so.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Edge {
    /// Opaque and stable: `e…`.
    pub id: String,
    /// `SAID`, `ACTOR`, `CONSULT`, …: upper case, joined by `_`.
    pub kind: Text,
    /// The kind in words, with polarity and modality.
    pub label: Text,
    /// How many sentences say so.
    pub weight: u32,
    /// PLOVER type of the act.
    pub plover: Option<Text>,
    /// PLOVER modes of the act.
    pub modes: Vec<String>,
    /// `positive` or `negative`, of acts.
    pub polarity: Option<Text>,
    /// `actual`, `future`, `possible` or `demanded`, of acts.
    pub modality: Option<Text>,
    /// How many documents say so.
    pub documents: u32,
    /// How many outlets say so; a document of unknown outlet counts as one of its own.
    pub sources: u32,
    /// The earliest publication that says so.
    pub first: Option<Text>,
    /// The latest.
    pub last: Option<Text>,
    /// The highest confidence of its readings, in thousandths.
    pub confidence: u16,
}

/// An edge with the nodes at its ends.
#[derive(Clone, Copy, Debug)]
pub struct EdgeRef<'g> {
    /// Where it begins.
    pub source: &'g Node,
    /// Where it ends.
    pub target: &'g Node,
    /// The places of both among the nodes.
    pub numbers: [u32; 2],
    /// The edge itself.
    pub edge: &'g Edge,
}

/// A sentence that says what an edge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence<'g> {
    /// Id of the edge.
    pub edge: &'g str,
    /// Id of the document.
    pub document: &'g str,
    /// Where the sentence begins, in code points.
    pub start: u32,
    /// Where it ends, in code points.
    pub end: u32,
    /// The sentence as one line, cut at 1,000 characters.
    pub text: &'g str,
    /// The document's outlet.
    pub outlet: Option<&'g str>,
    /// When the document was published.
    pub published: Option<&'g str>,
}

/// A document of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentRef<'g> {
    /// Its id.
    pub id: &'g str,
    /// Its outlet.
    pub outlet: Option<&'g str>,
    /// When it was published.
    pub published: Option<&'g str>,
    /// Its headline.
    pub title: Option<&'g str>,
    /// Where it was published.
    pub url: Option<&'g str>,
}

/// A sentence that can be evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'g> {
    /// The document's place among the documents.
    pub document_number: u32,
    /// Where it begins, in code points.
    pub start: u32,
    /// Where it ends, in code points.
    pub end: u32,
    /// Its text as one line, cut at 1,000 characters.
    pub text: &'g str,
}

/// A wording of an utterance in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordingRef<'g> {
    /// The utterance's place among the nodes.
    pub node_number: u32,
    /// The document's place among the documents.
    pub document_number: u32,
    /// Where it begins, in code points.
    pub start: u32,
    /// A number that equal wordings have in common.
    pub number: u32,
    /// The words.
    pub text: &'g str,
}

/// A figure that a document states of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureRef<'g> {
    /// The event's place among the nodes.
    pub node_number: u32,
    /// The document's place among the documents.
    pub document_number: u32,
    /// Where it says so, in code points.
    pub span: [u32; 2],
    /// What is counted.
    pub what: &'g str,
    /// How many, as told.
    pub value: &'g str,
}

/// A place in a document that refers to an entity's node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention<'g> {
    /// Id of the node.
    pub node: &'g str,
    /// The node's place among the nodes.
    pub node_number: u32,
    /// Id of the document.
    pub document: &'g str,
    /// The document's place among the documents.
    pub document_number: u32,
    /// Id of the entity in the document's record; `None` for a source that is no entity there.
    pub entity: Option<u32>,
    /// Where it begins, in code points.
    pub start: u32,
    /// Where it ends, in code points.
    pub end: u32,
    /// `name`, `nominal` or `pronoun`.
    pub form: &'g str,
    /// The words.
    pub text: &'g str,
}

/// One graph of many documents.
///
/// Nodes come most important first (documents, then mentions, then id), edges heaviest first (sentences, then
/// documents, then id), evidence by edge, mentions by document.
#[derive(Debug)]
pub struct Graph {
    pub(crate) network: DiGraph<Node, Edge>,
    /// Edge and sentence by their numbers, sorted by the edge's id, then the sentence.
    pub(crate) evidence: Vec<(u32, u32)>,
    /// The node's number and the mention, sorted by document and place.
    pub(crate) mentions: Vec<(u32, MentionFact)>,
    pub(crate) wordings: Vec<(u32, Wording)>,
    pub(crate) figures: Vec<(u32, FigureFact)>,
    pub(crate) joinings: Vec<(u32, Joining)>,
    pub(crate) facts: CanonicalFacts,
}

impl Graph {
    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.network.node_count()
    }

    /// How many edges there are.
    pub fn edge_count(&self) -> usize {
        self.network.edge_count()
    }

    /// How many documents were added.
    pub fn document_count(&self) -> usize {
        self.facts.documents.len()
    }

    /// All documents, by id.
    pub fn documents(&self) -> impl Iterator<Item = DocumentRef<'_>> {
        self.facts.documents.iter().map(|document| DocumentRef {
            id: self.facts.text(document.key.id),
            outlet: self.facts.known(document.outlet),
            published: self.facts.known(document.published),
            title: self.facts.known(document.title),
            url: self.facts.known(document.url),
        })
    }

    /// All nodes, most important first.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.network.node_weights()
    }

    /// All edges, heaviest first.
    pub fn edges(&self) -> impl Iterator<Item = EdgeRef<'_>> {
        self.network.edge_references().map(|edge| EdgeRef {
            source: &self.network[edge.source()],
            target: &self.network[edge.target()],
            numbers: [edge.source().index() as u32, edge.target().index() as u32],
            edge: edge.weight(),
        })
    }

    /// The sentences behind all edges, by edge id, document and place.
    pub fn evidence(&self) -> impl Iterator<Item = Evidence<'_>> {
        self.evidence.iter().map(|&(edge, sentence)| {
            let SentenceKey { document, start, end } = self.facts.sentences[sentence as usize].key;
            let document = &self.facts.documents[document as usize];
            Evidence {
                edge: &self.network[petgraph::graph::EdgeIndex::new(edge as usize)].id,
                document: self.facts.text(document.key.id),
                start,
                end,
                text: self.facts.sentence_text(sentence),
                outlet: self.facts.known(document.outlet),
                published: self.facts.known(document.published),
            }
        })
    }

    /// The places of each edge and of each of its sentences, among the edges and the sentences.
    pub fn evidence_numbers(&self) -> &[(u32, u32)] {
        &self.evidence
    }

    /// All sentences that can be evidence, by document and place.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        self.facts.sentences.iter().zip(0..).map(|(sentence, number)| Sentence {
            document_number: sentence.key.document,
            start: sentence.key.start,
            end: sentence.key.end,
            text: self.facts.sentence_text(number),
        })
    }

    /// The id of the most important node of a node's community.
    pub fn community(&self, node: &Node) -> &str {
        self.network.node_weight(NodeIndex::new(node.community as usize)).map_or("", |first| &first.id)
    }

    /// All mentions of entities, by document and place.
    pub fn mentions(&self) -> impl Iterator<Item = Mention<'_>> {
        self.mentions.iter().map(|mention| self.mention(mention))
    }

    /// All mentions of entities, by node, then in order.
    pub fn mentions_by_node(&self) -> impl Iterator<Item = Mention<'_>> {
        let mut order: Vec<(u32, u32)> = self.mentions.iter().map(|(node, _)| *node).zip(0..).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, at)| self.mention(&self.mentions[at as usize]))
    }

    fn mention(&self, (node, mention): &(u32, MentionFact)) -> Mention<'_> {
        Mention {
            node: &self.network[NodeIndex::new(*node as usize)].id,
            node_number: *node,
            document_number: mention.document,
            document: self.facts.text(self.facts.documents[mention.document as usize].key.id),
            entity: Some(mention.entity).filter(|&entity| entity != crate::facts::NONE),
            start: mention.start,
            end: mention.end,
            form: self.facts.text(mention.form),
            text: self.facts.text(mention.text),
        }
    }

    /// Why each node is one, by node.
    pub fn joinings(&self) -> impl Iterator<Item = (&Node, &Joining)> {
        self.joinings.iter().map(|(node, joining)| (&self.network[NodeIndex::new(*node as usize)], joining))
    }

    /// The same, with the nodes' places among the nodes.
    pub fn numbered_joinings(&self) -> impl Iterator<Item = (u32, &Joining)> {
        self.joinings.iter().map(|(node, joining)| (*node, joining))
    }

    /// All wordings of utterances.
    pub fn wordings(&self) -> impl Iterator<Item = WordingRef<'_>> {
        self.wordings.iter().map(|&(node_number, wording)| WordingRef {
            node_number,
            document_number: wording.document,
            start: wording.start,
            number: wording.text,
            text: self.facts.text(wording.text),
        })
    }

    /// All figures of events.
    pub fn figures(&self) -> impl Iterator<Item = FigureRef<'_>> {
        self.figures.iter().map(|&(node_number, figure)| FigureRef {
            node_number,
            document_number: figure.document,
            span: [figure.start, figure.end],
            what: self.facts.text(figure.what),
            value: self.facts.text(figure.value),
        })
    }

    /// Numbers of the nodes and how many edges each has.
    pub(crate) fn degrees(&self) -> Vec<usize> {
        self.network
            .node_references()
            .map(|(node, _)| {
                self.network.edges_directed(node, petgraph::Outgoing).count()
                    + self.network.edges_directed(node, petgraph::Incoming).count()
            })
            .collect()
    }
}

/// Counts distinct documents, and spans their days of publication.
#[derive(Default)]
pub(crate) struct Coverage {
    pub(crate) documents: u32,
    pub(crate) first: Option<Text>,
    pub(crate) last: Option<Text>,
}

impl Coverage {
    /// Of documents by number, in any order, repeated or not.
    pub(crate) fn of(facts: &CanonicalFacts, documents: impl Iterator<Item = u32>) -> Self {
        let mut documents: Vec<u32> = documents.collect();
        documents.sort_unstable();
        documents.dedup();
        let known: Vec<&DocumentFact> = documents.iter().map(|&d| &facts.documents[d as usize]).collect();
        // Strings are numbered in their order.
        let published = known.iter().map(|fact| fact.published).filter(|&p| facts.known(p).is_some());
        Self {
            documents: documents.len() as u32,
            first: published.clone().min().and_then(|p| facts.shared(p)),
            last: published.max().and_then(|p| facts.shared(p)),
        }
    }
}
