//! The whole entity layer in one call.

use newsgraph_gazetteer::{Gazetteer, Match};
use newsgraph_syntax::Syntax;
use newsgraph_token::Segmentation;

use crate::coding::code_agents;
use crate::coreference::{Judge, Weights};
use crate::expression::{Expression, ExpressionReader};
use crate::resolve::{Context, resolve};
use crate::{Entities, NameHint, RecognizedName, Recognizer};

/// Finds names, resolves them and ties descriptions and pronouns to them. Owns its scratch space: one per thread.
pub struct EntityAnalyzer<'g> {
    gazetteer: &'g Gazetteer,
    scratch: newsgraph_gazetteer::Scratch,
    recognizer: Recognizer<'static>,
    matches: Vec<Match>,
    recognized: Vec<RecognizedName>,
    hints: Vec<NameHint>,
    reader: ExpressionReader,
    expressions: Vec<Expression>,
}

impl<'g> EntityAnalyzer<'g> {
    /// An analyzer that knows the names of `gazetteer` and has the embedded recogniser for others.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self {
            gazetteer,
            scratch: Default::default(),
            recognizer: Recognizer::new(),
            matches: Vec::new(),
            recognized: Vec::new(),
            hints: Vec::new(),
            reader: ExpressionReader::new(),
            expressions: Vec::new(),
        }
    }

    /// The entity layer of a document. `published` (ISO 8601) decides who held an office then, and what "on
    /// Tuesday" means.
    pub fn analyze(
        &mut self,
        text: &str,
        segmentation: &Segmentation,
        syntax: &Syntax,
        published: Option<&str>,
    ) -> Entities {
        self.analyze_with(text, segmentation, syntax, published, &mut Weights::embedded())
    }

    /// The same, with the antecedents of pronouns decided by `judge`.
    pub fn analyze_with(
        &mut self,
        text: &str,
        segmentation: &Segmentation,
        syntax: &Syntax,
        published: Option<&str>,
        judge: &mut dyn Judge,
    ) -> Entities {
        self.gazetteer.find(text, segmentation, &mut self.scratch, &mut self.matches);
        NameHint::of_matches(self.gazetteer, &self.matches, &mut self.hints);
        self.recognizer.recognize(text, segmentation, &self.hints, &mut self.recognized);
        self.reader.read(text, segmentation, published, &mut self.expressions);
        let ctx = Context { text, segmentation, syntax, gazetteer: self.gazetteer, published };
        let mut entities = resolve(&ctx, &self.matches, &self.recognized, &self.expressions, judge);
        code_agents(&ctx, &self.matches, &mut entities);
        entities
    }
}
