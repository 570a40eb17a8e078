//! The front of the analysis: from text and segmentation to tags, lemmas, features and trees.

use std::sync::LazyLock;

use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;

use crate::agreement::{self, Item};
use crate::islands::{self, Arc};
use crate::lemmatizer::Lemmatizer;
use crate::lexicon::{Lexemes, Lexicon};
use crate::model::{ModelError, Sections};
use crate::network;
use crate::scorer::{Batch, Scorer, Stretch};
use crate::tagger::Tagger;
use crate::{Deprel, Syntax, SyntaxBuilder, Upos, Word, Xpos, morphology};

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

/// Words that are parsed together, at least, where a document has as many.
const BATCH: usize = 1024;

/// Tags, lemmatises and parses; owns its scratch space, so one per thread and used again for every document.
#[derive(Clone, Debug)]
pub struct Parser {
    /// `None` only if the program was built with a damaged model: then every sentence is left unanalysed.
    model: Option<Model<'static>>,
    /// Sentences that wait for the others of their batch: the first `waiting` ones, the rest is scratch space.
    sentences: Vec<Sentence>,
    waiting: usize,
    batch: Batch,
    forms: Forms,
}

/// A sentence on its way.
#[derive(Clone, Debug, Default)]
struct Sentence {
    tokens: TokenRange,
    lexemes: Lexemes,
    tags: Vec<u8>,
    /// Whether a tree is wanted.
    tree: bool,
    islands: Vec<TokenRange>,
    /// The first of its stretches in the batch: the frame around the islands, then the islands.
    stretch: usize,
    arcs: Vec<Option<Arc>>,
}

/// Lemmas and features of a sentence's words.
#[derive(Clone, Debug, Default)]
struct Forms {
    items: Vec<Item>,
    lemmas: String,
    lemma_ends: Vec<usize>,
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
        Self { model, sentences: Vec::new(), waiting: 0, batch: Batch::default(), forms: Forms::default() }
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
        // Out of its place, so that the parts below can be lent beside it.
        let model = self.model.take();
        for (number, &tokens) in segmentation.sentences().iter().enumerate() {
            let Some(model) = &model else {
                flat(text, segmentation, tokens, &mut builder);
                continue;
            };
            self.begin(model, text, segmentation, tokens, wanted(number));
            if self.batch.len() >= BATCH {
                self.finish(model, text, segmentation, &mut builder);
            }
        }
        if let Some(model) = &model {
            self.finish(model, text, segmentation, &mut builder);
        }
        self.model = model;
        *out = builder.finish();
    }

    /// Tags a sentence and puts it with those that wait.
    fn begin(
        &mut self,
        model: &Model<'_>,
        text: &str,
        segmentation: &Segmentation,
        tokens: TokenRange,
        tree: bool,
    ) {
        if self.sentences.len() == self.waiting {
            self.sentences.push(Sentence::default());
        }
        let Some(sentence) = self.sentences.get_mut(self.waiting) else { return };
        self.waiting += 1;
        (sentence.tokens, sentence.tree) = (tokens, tree);
        sentence.lexemes.fill(Some(&model.lexicon), text, segmentation, tokens);
        model.tagger.tag_sentence(&model.lexicon, &sentence.lexemes, &mut sentence.tags);
        if tree {
            islands::find(text, segmentation, tokens, &mut sentence.islands);
            sentence.push_stretches(model, &mut self.batch);
        }
    }

    /// Parses the sentences that wait and writes them out.
    fn finish(
        &mut self,
        model: &Model<'_>,
        text: &str,
        segmentation: &Segmentation,
        out: &mut SyntaxBuilder,
    ) {
        model.scorer.parse(&mut self.batch);
        for sentence in self.sentences.iter_mut().take(self.waiting) {
            if sentence.tree {
                sentence.build_tree(model, &self.batch);
            }
            self.forms.name(model, text, segmentation, sentence);
            if sentence.tree {
                agreement::complete(&mut self.forms.items, &sentence.arcs);
            }
            self.forms.push(sentence, out);
        }
        self.waiting = 0;
        self.batch.clear();
    }
}

impl Forms {
    /// Lemmas and features of the sentence's words, from their tags.
    fn name(&mut self, model: &Model<'_>, text: &str, segmentation: &Segmentation, sentence: &Sentence) {
        self.items.clear();
        self.lemmas.clear();
        self.lemma_ends.clear();
        let lexemes = &sentence.lexemes;
        for (i, (token, &tag)) in sentence.tokens.into_iter().zip(&sentence.tags).enumerate() {
            let (upos, xpos) = model.tagger.tag(tag);
            let (lower, lexeme) = (lexemes.lower(i), &lexemes[i]);
            let start = self.lemmas.len();
            model.lemmatizer.push_lemma(segmentation.form(text, token), lower, lexeme, tag, &mut self.lemmas);
            let lemma = self.lemmas.get(start..).unwrap_or("");
            self.items.push(Item::new(upos, xpos, morphology::features(upos, xpos, lower), lemma));
            self.lemma_ends.push(self.lemmas.len());
        }
    }

    fn push(&self, sentence: &Sentence, out: &mut SyntaxBuilder) {
        let (tokens, mut start) = (sentence.tokens, 0);
        for (i, (item, &end)) in self.items.iter().zip(&self.lemma_ends).enumerate() {
            let built = sentence.arcs.get(i).copied().flatten().filter(|_| sentence.tree);
            let (head, deprel) = match built {
                Some((head, deprel)) => (head.map(|h| tokens.start + h), deprel),
                None => flat_arc(tokens, tokens.start + i as u32),
            };
            let lemma = self.lemmas.get(start..end).unwrap_or("");
            out.push(Word {
                upos: item.upos,
                xpos: item.xpos,
                lemma,
                head,
                deprel,
                feats: item.feats.bits(),
            });
            start = end;
        }
    }
}

impl Sentence {
    /// Adds quoted islands and the frame around them to a batch, each as a stretch of its own.
    fn push_stretches(&mut self, model: &Model<'_>, batch: &mut Batch) {
        self.stretch = batch.stretches();
        let words = model.lexicon.len();
        let push = |batch: &mut Batch, token: u32| {
            let i = (token - self.tokens.start) as usize;
            let (lexeme, tag) = (&self.lexemes[i], self.tags[i]);
            let allowed = model.tagger.candidates(&model.lexicon, lexeme);
            batch.push(i as u32, network::rows(lexeme, tag, words), allowed, tag);
        };
        frame(self.tokens, &self.islands).for_each(|token| push(batch, token));
        batch.end_stretch();
        for island in &self.islands {
            island.into_iter().for_each(|token| push(batch, token));
            batch.end_stretch();
        }
    }

    /// Takes tags and arcs of its stretches, and hangs the islands on the frame.
    fn build_tree(&mut self, model: &Model<'_>, batch: &Batch) {
        let start = self.tokens.start;
        self.arcs.clear();
        self.arcs.resize(self.tokens.len() as usize, None);
        let (arcs, tags) = (&mut self.arcs, &mut self.tags);
        hang(batch.stretch(self.stretch), None, arcs, tags);
        for (number, &island) in self.islands.iter().enumerate() {
            let upos = |i: u32| tags.get(i as usize).map_or(Upos::X, |&tag| model.tagger.tag(tag).0);
            let host = islands::host(self.tokens, island, arcs, upos);
            if let Some(host) = host {
                islands::turn_inverted_subject(host, island.end - start, arcs, upos);
            }
            hang(batch.stretch(self.stretch + 1 + number), host, arcs, tags);
        }
    }
}

/// The tokens of a sentence outside of its islands.
fn frame(tokens: TokenRange, islands: &[TokenRange]) -> impl Iterator<Item = u32> {
    // Islands are in order: each word is compared with the first that has not ended.
    let mut ahead = islands.iter().peekable();
    tokens.into_iter().filter(move |&token| {
        while ahead.next_if(|island| island.end <= token).is_some() {}
        !ahead.peek().is_some_and(|island| island.contains(token))
    })
}

/// Gives the words of a stretch their tags and arcs; its root hangs on `host`, or is the root of the sentence.
fn hang(stretch: Stretch<'_>, host: Option<u32>, arcs: &mut [Option<Arc>], tags: &mut [u8]) {
    for (&word, (&tag, &(head, label))) in stretch.words.iter().zip(stretch.tags.iter().zip(stretch.arcs)) {
        let deprel = Deprel::ALL.get(label as usize).copied().unwrap_or(Deprel::Dep);
        let arc = match stretch.words.get(head as usize) {
            Some(&head) => (Some(head), deprel),
            None if host.is_some() => (host, Deprel::Ccomp),
            None => (None, Deprel::Root),
        };
        arcs[word as usize] = Some(arc);
        tags[word as usize] = tag;
    }
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
