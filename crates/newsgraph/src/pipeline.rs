//! From a document to its layers: each stage reads those below and adds one.

use newsgraph_entity::Entities;
use newsgraph_record::Record;
use newsgraph_syntax::{Parser, Syntax, conllu};
use newsgraph_text::Document;
use newsgraph_token::{Segmentation, Segmenter};

use crate::convert;

/// What the analysis of any text needs and no text changes; shared by all threads.
#[derive(Default)]
pub struct Pipeline {}

impl Pipeline {
    /// The pipeline with the embedded models and lists.
    pub fn new() -> Self {
        Self::default()
    }

    /// A worker for one thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { _pipeline: self, segmenter: Segmenter::new(), parser: Parser::new(), layers: Layers::default() }
    }
}

/// Everything that was found in one text, in bytes and token indices.
#[derive(Debug, Default)]
pub struct Layers {
    /// Tokens, sentences, quotations.
    pub segmentation: Segmentation,
    /// Tags, lemmas, trees.
    pub syntax: Syntax,
    /// Entities and their mentions.
    pub entities: Entities,
}

/// What a record shall hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordOptions {
    /// Whether tokens are written.
    pub tokens: bool,
}

/// Analyses one document after the other; owns the scratch space that this takes.
pub struct Worker<'p> {
    _pipeline: &'p Pipeline,
    segmenter: Segmenter,
    parser: Parser,
    layers: Layers,
}

impl Worker<'_> {
    /// Segments, tags and parses a text; the layers above are those of an earlier text.
    fn parse(&mut self, text: &str) {
        let Layers { segmentation, syntax, .. } = &mut self.layers;
        self.segmenter.segment(text, segmentation);
        self.parser.parse(text, segmentation, syntax);
    }

    /// Finds everything in a text. Time is linear in its length; there is no text for which it fails.
    ///
    /// The text must not be longer than `u32::MAX` bytes.
    pub fn analyze(&mut self, text: &str) -> &Layers {
        self.parse(text);
        &self.layers
    }

    /// Analyses a document and makes its public record.
    pub fn record(&mut self, document: Document, options: RecordOptions) -> Record {
        self.analyze(&document.text);
        convert::record(document, &self.layers, options)
    }

    /// Parses a document and adds it to `out` as CoNLL-U; returns the number of sentences.
    pub fn conllu(&mut self, document: &Document, out: &mut String) -> usize {
        self.parse(&document.text);
        let Layers { segmentation, syntax, .. } = &self.layers;
        conllu::write(out, &document.id, &document.text, segmentation, syntax);
        segmentation.sentences().len()
    }
}
