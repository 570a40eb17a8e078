//! From a document to its layers: each stage reads those below and adds one.

use std::borrow::Cow;

use newsgraph_entity::{Entities, EntityAnalyzer};
use newsgraph_gazetteer::{EntityType, Gazetteer};
use newsgraph_graph::{Graph, GraphBuilder, KbFacts, MergeRules};
use newsgraph_record::Record;
use newsgraph_relation::{
    Event, EventExtractor, EventInput, EventLexicon, Frames, Quote, explain_events, extract_quotes,
    unite_events,
};
use newsgraph_syntax::{Parser, Syntax, Upos, conllu};
use newsgraph_text::Document;
use newsgraph_token::{Furniture, Segmentation, Segmenter};

use crate::{convert, furniture};

/// What the analysis of any text needs and no text changes; shared by all threads.
pub struct Pipeline {
    /// A gazetteer of the user's; `None` for the embedded one.
    gazetteer: Option<Gazetteer>,
    acts: Cow<'static, EventLexicon>,
}

impl Default for Pipeline {
    fn default() -> Self {
        Self { gazetteer: None, acts: Cow::Borrowed(EventLexicon::embedded()) }
    }
}

impl Pipeline {
    /// The pipeline with the embedded models and lists.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with another lexicon of acts.
    #[must_use]
    pub fn with_acts(self, acts: EventLexicon) -> Self {
        Self { acts: Cow::Owned(acts), ..self }
    }

    /// The lexicon of acts.
    pub fn acts(&self) -> &EventLexicon {
        &self.acts
    }

    /// The same with another gazetteer.
    #[must_use]
    pub fn with_gazetteer(self, gazetteer: Gazetteer) -> Self {
        Self { gazetteer: Some(gazetteer), ..self }
    }

    fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.as_ref().unwrap_or_else(|| Gazetteer::embedded())
    }

    /// The graph of everything that the builders were told, with what the gazetteer knows beyond.
    pub fn finish(&self, builders: impl IntoIterator<Item = GraphBuilder>) -> Graph {
        self.finish_by(builders, &MergeRules::default())
    }

    /// The same, with a user's own merges and splits.
    pub fn finish_by(&self, builders: impl IntoIterator<Item = GraphBuilder>, rules: &MergeRules) -> Graph {
        let mut all = GraphBuilder::new();
        for builder in builders {
            all.merge(builder);
        }
        let lookup = |id: &str| {
            let entry = self.gazetteer().by_id(id)?;
            let coordinates = entry.coordinates();
            Some(KbFacts {
                country: entry.country().map(str::to_owned),
                latitude: coordinates.map(|(latitude, _)| latitude),
                longitude: coordinates.map(|(_, longitude)| longitude),
                // The offices are in the records, as of the day of each article.
                roles: Vec::new(),
                stands_for: entry.stands_for().map(|other| other.id().to_owned()),
                is_division: entry.id().starts_with("region/"),
                is_nation: entry.kind() == Some(EntityType::Norp),
                country_id: entry.country().map(|code| format!("country/{code}")),
            })
        };
        all.finish_by(lookup, rules)
    }

    /// A worker for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            segmenter: Segmenter::new(),
            parser: Parser::new(),
            entities: EntityAnalyzer::new(self.gazetteer()),
            events: EventExtractor::new(&self.acts),
            layers: Layers::default(),
        }
    }
}

/// Everything that was found in one text, in bytes and token indices.
#[derive(Debug, Default)]
pub struct Layers {
    /// Tokens, sentences, quotations.
    pub segmentation: Segmentation,
    /// Bylines, datelines, credits and the like: no quotes and events are read from them.
    pub furniture: Furniture,
    /// Tags, lemmas, trees.
    pub syntax: Syntax,
    /// Entities and their mentions.
    pub entities: Entities,
    /// Predicates with their arguments.
    pub frames: Frames,
    /// Who said what.
    pub quotes: Vec<Quote>,
    /// Who did what to whom.
    pub events: Vec<Event>,
}

/// What a record shall hold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RecordOptions {
    /// Whether tokens are written.
    pub tokens: bool,
    /// Quotes that are less sure than this are left out.
    pub min_confidence: f32,
    /// Whether beliefs, wishes and findings are left out.
    pub statements_only: bool,
}

/// Analyses one document after the other; owns the scratch space that this takes.
pub struct Worker<'p> {
    segmenter: Segmenter,
    parser: Parser,
    entities: EntityAnalyzer<'p>,
    events: EventExtractor<'p>,
    layers: Layers,
}

impl Worker<'_> {
    /// Segments, tags and parses a text; the layers above are those of an earlier text.
    fn parse(&mut self, text: &str) {
        let Layers { segmentation, syntax, .. } = &mut self.layers;
        self.segmenter.segment(text, segmentation);
        self.parser.parse(text, segmentation, syntax);
    }

    /// Finds everything in a text. Time is linear in its length; there is no text for which it fails. `published`
    /// (ISO 8601) decides who held which office then.
    ///
    /// The text must not be longer than `u32::MAX` bytes.
    pub fn analyze(&mut self, text: &str, published: Option<&str>) -> &Layers {
        self.parse(text);
        let Layers { segmentation, furniture, syntax, entities, frames, quotes, events } = &mut self.layers;
        *furniture = Furniture::find(text);
        *entities = self.entities.analyze(text, segmentation, syntax, published);
        Frames::extract(text, segmentation, syntax, frames);
        *quotes = extract_quotes(text, segmentation, syntax, entities);
        let input = EventInput { text, segmentation, syntax, frames, entities, quotes, published };
        self.events.extract(&input, events);
        furniture::leave_out(furniture, quotes, events);
        unite_events(text, segmentation, syntax, entities, events);
        &self.layers
    }

    /// Analyses a document and makes its public record.
    pub fn record(&mut self, document: Document, options: RecordOptions) -> Record {
        self.analyze(&document.text, document.metadata.published.as_deref());
        convert::record(document, &self.layers, options)
    }

    /// What the rules of events see in a text: its frames, and for each event the rule of the lexicon and the roles.
    pub fn explain(&mut self, text: &str) -> String {
        self.analyze(text, None);
        let Layers { segmentation, syntax, entities, frames, quotes, events, .. } = &self.layers;
        let input = EventInput { text, segmentation, syntax, frames, entities, quotes, published: None };
        let mut out = String::new();
        explain_events(&input, self.events.lexicon(), events, &mut out);
        out
    }

    /// The lemmas of the verbs of a text, auxiliaries aside, in their order.
    pub fn verbs(&mut self, text: &str) -> impl Iterator<Item = &str> {
        self.parse(text);
        let syntax = &self.layers.syntax;
        (0..syntax.len()).filter(|&token| syntax.upos(token) == Upos::Verb).map(|token| syntax.lemma(token))
    }

    /// Parses a document and adds it to `out` as CoNLL-U; returns the number of sentences.
    pub fn conllu(&mut self, document: &Document, out: &mut String) -> usize {
        self.parse(&document.text);
        let Layers { segmentation, syntax, .. } = &self.layers;
        conllu::write(out, &document.id, &document.text, segmentation, syntax);
        segmentation.sentences().len()
    }
}
