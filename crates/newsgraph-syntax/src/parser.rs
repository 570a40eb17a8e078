//! The front of the analysis: from text and segmentation to tags, lemmas, features and trees.

use std::sync::LazyLock;

use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;

use crate::features::Voice;
use crate::lemmatizer::Lemmatizer;
use crate::lexicon::{Lexemes, Lexicon};
use crate::model::{ModelError, Sections};
use crate::network::{self, PARTS};
use crate::scorer::{Scorer, Scratch};
use crate::tagger::Tagger;
use crate::{Deprel, Syntax, SyntaxBuilder, Word, Xpos, morphology};

/// Everything that was trained, read where it lies.
#[derive(Clone, Debug)]
pub struct Model<'m> {
    lexicon: Lexicon<'m>,
    tagger: Tagger<'m>,
    lemmatizer: Lemmatizer<'m>,
    scorer: Scorer<'m>,
}

impl<'m> Model<'m> {
    /// Checks the bytes of a model and finds its parts; nothing is copied. The bytes must lie at a multiple of 8.
    ///
    /// # Errors
    /// A [`ModelError`] where the bytes are not a whole, undamaged model of this version.
    pub fn read(bytes: &'m [u8]) -> Result<Self, ModelError> {
        let sections = Sections::read(bytes)?;
        let lexicon = Lexicon::read(&sections)?;
        Ok(Self {
            tagger: Tagger::read(&sections)?,
            lemmatizer: Lemmatizer::read(&sections)?,
            scorer: Scorer::read(&sections, lexicon.len())?,
            lexicon,
        })
    }

    /// The model inside the program, read when first asked for.
    ///
    /// # Errors
    /// A [`ModelError`] where the program was built with a damaged file.
    pub fn embedded() -> Result<Model<'static>, ModelError> {
        static EMBEDDED: LazyLock<Result<Model<'static>, ModelError>> =
            LazyLock::new(|| Model::read(newsgraph_data::syntax::model()));
        EMBEDDED.clone()
    }
}

/// Tags, lemmatises and parses; owns its scratch space, so one per thread and used again for every document.
#[derive(Clone, Debug)]
pub struct Parser {
    /// `None` only if the program was built with a damaged model: then every sentence is left unanalysed.
    model: Option<Model<'static>>,
    lexemes: Lexemes,
    tags: Vec<u8>,
    rows: Vec<[u32; PARTS]>,
    scratch: Scratch,
    passive: Vec<bool>,
    lemma: String,
}

impl Default for Parser {
    fn default() -> Self {
        Self::from_model(Model::embedded().ok())
    }
}

impl Parser {
    /// A parser with the embedded model.
    pub fn new() -> Self {
        Self::default()
    }

    /// A parser with another model, see [`Model::read`].
    pub fn with_model(model: Model<'static>) -> Self {
        Self::from_model(Some(model))
    }

    fn from_model(model: Option<Model<'static>>) -> Self {
        Self {
            model,
            lexemes: Lexemes::default(),
            tags: Vec::new(),
            rows: Vec::new(),
            scratch: Scratch::default(),
            passive: Vec::new(),
            lemma: String::new(),
        }
    }

    /// Analyses every sentence of `segmentation`, replacing what `out` held.
    pub fn parse(&mut self, text: &str, segmentation: &Segmentation, out: &mut Syntax) {
        self.parse_some(text, segmentation, |_| true, out);
    }

    /// Analyses a document, but builds trees only for the sentences, by number, that `wanted` says. The others get tags,
    /// lemmas and a tree that says nothing: the first word is the root, the rest hang on it as `dep`.
    pub fn parse_some(
        &mut self,
        text: &str,
        segmentation: &Segmentation,
        mut wanted: impl FnMut(usize) -> bool,
        out: &mut Syntax,
    ) {
        let mut builder = SyntaxBuilder::new(std::mem::take(out));
        for (number, &sentence) in segmentation.sentences().iter().enumerate() {
            self.sentence(text, segmentation, sentence, wanted(number), &mut builder);
        }
        *out = builder.finish();
    }

    fn sentence(
        &mut self,
        text: &str,
        segmentation: &Segmentation,
        sentence: TokenRange,
        tree: bool,
        out: &mut SyntaxBuilder,
    ) {
        let Some(model) = &self.model else {
            flat(text, segmentation, sentence, out);
            return;
        };
        self.lexemes.fill(Some(&model.lexicon), text, segmentation, sentence);
        model.tagger.tag_sentence(&model.lexicon, &self.lexemes, &mut self.tags);
        self.passive.clear();
        if tree {
            let words = model.lexicon.len();
            self.rows.clear();
            self.rows
                .extend(self.lexemes.iter().zip(&self.tags).map(|(l, &tag)| network::rows(l, tag, words)));
            model.scorer.parse(&self.rows, &mut self.scratch);
            find_passives(&self.scratch, &mut self.passive, sentence.len());
        }
        for token in sentence {
            let i = token - sentence.start;
            let tag = self.tags[i as usize];
            let (upos, xpos) = model.tagger.tag(tag);
            let lower = self.lexemes.lower(i as usize);
            let shape = self.lexemes[i as usize].shape;
            self.lemma.clear();
            model.lemmatizer.push_lemma(segmentation.form(text, token), lower, shape, tag, &mut self.lemma);
            let (head, deprel) =
                if tree { arc(&self.scratch, sentence, i) } else { flat_arc(sentence, token) };
            let mut feats = morphology::features(upos, xpos, lower);
            let passive = self.passive.get(i as usize).copied().unwrap_or(false);
            if xpos == Xpos::Vbn && (passive || deprel == Deprel::Acl) {
                feats = feats.with_voice(Voice::Pass);
            }
            out.push(Word { upos, xpos, lemma: &self.lemma, head, deprel, feats: feats.bits() });
        }
    }
}

/// The head, as a token of the document, and the relation that the parser found.
fn arc(scratch: &Scratch, sentence: TokenRange, word: u32) -> (Option<u32>, Deprel) {
    let (head, label) = scratch.state.arc(word);
    let head = (head < sentence.len()).then(|| sentence.start + head);
    (head, Deprel::ALL.get(label as usize).copied().unwrap_or(Deprel::Dep))
}

fn flat_arc(sentence: TokenRange, token: u32) -> (Option<u32>, Deprel) {
    let head = (token > sentence.start).then_some(sentence.start);
    (head, if head.is_some() { Deprel::Dep } else { Deprel::Root })
}

fn flat(text: &str, segmentation: &Segmentation, sentence: TokenRange, out: &mut SyntaxBuilder) {
    for token in sentence {
        let (head, deprel) = flat_arc(sentence, token);
        let lemma = segmentation.form(text, token);
        out.push(Word { upos: crate::Upos::X, xpos: Xpos::Fw, lemma, head, deprel, feats: 0 });
    }
}

/// Marks the words that have a passive auxiliary or a passive subject.
fn find_passives(scratch: &Scratch, passive: &mut Vec<bool>, len: u32) {
    passive.resize(len as usize, false);
    for i in 0..len {
        let (head, label) = scratch.state.arc(i);
        let tells = [Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass].iter().any(|d| *d as u8 == label);
        if let Some(mark) = passive.get_mut(head as usize).filter(|_| tells) {
            *mark = true;
        }
    }
}
