//! The front of the analysis: from text and segmentation to tags, lemmas, features and trees.

use std::sync::LazyLock;

use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;

use crate::agreement::{self, Item};
use crate::islands::{self, Arc};
use crate::lemmatizer::Lemmatizer;
use crate::lexicon::{Lexemes, Lexicon};
use crate::model::{ModelError, Sections};
use crate::network::{self, PARTS};
use crate::scorer::{Scorer, Scratch};
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

/// Tags, lemmatises and parses; owns its scratch space, so one per thread and used again for every document.
#[derive(Clone, Debug)]
pub struct Parser {
    /// `None` only if the program was built with a damaged model: then every sentence is left unanalysed.
    model: Option<Model<'static>>,
    lexemes: Lexemes,
    tags: Vec<u8>,
    rows: Vec<[u32; PARTS]>,
    scratch: Scratch,
    allowed: Vec<u64>,
    items: Vec<Item>,
    lemmas: String,
    lemma_ends: Vec<usize>,
    islands: Vec<TokenRange>,
    /// Words of the stretch that is being parsed, as indices within the sentence.
    stretch: Vec<u32>,
    stretch_rows: Vec<[u32; PARTS]>,
    stretch_allowed: Vec<u64>,
    stretch_tags: Vec<u8>,
    arcs: Vec<Option<Arc>>,
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
            allowed: Vec::new(),
            items: Vec::new(),
            lemmas: String::new(),
            lemma_ends: Vec::new(),
            islands: Vec::new(),
            stretch: Vec::new(),
            stretch_rows: Vec::new(),
            stretch_allowed: Vec::new(),
            stretch_tags: Vec::new(),
            arcs: Vec::new(),
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
        // Out of its place, so that the parts below can be lent beside it.
        let Some(model) = self.model.take() else {
            flat(text, segmentation, sentence, out);
            return;
        };
        self.lexemes.fill(Some(&model.lexicon), text, segmentation, sentence);
        model.tagger.tag_sentence(&model.lexicon, &self.lexemes, &mut self.tags);
        if tree {
            islands::find(text, segmentation, sentence, &mut self.islands);
            self.build_tree(&model, sentence);
        }
        self.name_forms(&model, text, segmentation, sentence);
        if tree {
            agreement::complete(&mut self.items, &self.arcs);
        }
        self.push_words(sentence, tree, out);
        self.model = Some(model);
    }

    /// Lemmas and features of the sentence's words, from their tags.
    fn name_forms(
        &mut self,
        model: &Model<'_>,
        text: &str,
        segmentation: &Segmentation,
        sentence: TokenRange,
    ) {
        self.items.clear();
        self.lemmas.clear();
        self.lemma_ends.clear();
        for (i, (token, &tag)) in sentence.into_iter().zip(&self.tags).enumerate() {
            let (upos, xpos) = model.tagger.tag(tag);
            let (lower, shape) = (self.lexemes.lower(i), self.lexemes[i].shape);
            let start = self.lemmas.len();
            model.lemmatizer.push_lemma(segmentation.form(text, token), lower, shape, tag, &mut self.lemmas);
            let lemma = self.lemmas.get(start..).unwrap_or("");
            self.items.push(Item::new(upos, xpos, morphology::features(upos, xpos, lower), lemma));
            self.lemma_ends.push(self.lemmas.len());
        }
    }

    fn push_words(&self, sentence: TokenRange, tree: bool, out: &mut SyntaxBuilder) {
        let mut start = 0;
        for (i, (item, &end)) in self.items.iter().zip(&self.lemma_ends).enumerate() {
            let built = self.arcs.get(i).copied().flatten().filter(|_| tree);
            let (head, deprel) = match built {
                Some((head, deprel)) => (head.map(|h| sentence.start + h), deprel),
                None => flat_arc(sentence, sentence.start + i as u32),
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

    /// Parses a tagged sentence: quoted islands and the frame around them each for itself, then hangs the islands on
    /// the frame.
    fn build_tree(&mut self, model: &Model<'_>, sentence: TokenRange) {
        let words = model.lexicon.len();
        self.rows.clear();
        self.rows.extend(self.lexemes.iter().zip(&self.tags).map(|(l, &tag)| network::rows(l, tag, words)));
        self.allowed.clear();
        self.allowed.extend(self.lexemes.iter().map(|l| model.tagger.candidates(&model.lexicon, l)));
        self.arcs.clear();
        self.arcs.resize(sentence.len() as usize, None);
        let islands = std::mem::take(&mut self.islands);
        self.stretch.clear();
        // Islands are in order: each word is compared with the first that has not ended.
        let mut ahead = islands.iter().peekable();
        for token in sentence {
            while ahead.next_if(|island| island.end <= token).is_some() {}
            if !ahead.peek().is_some_and(|island| island.contains(token)) {
                self.stretch.push(token - sentence.start);
            }
        }
        self.parse_stretch(model, None);
        for &island in &islands {
            let upos = |i: u32| self.tags.get(i as usize).map_or(Upos::X, |&tag| model.tagger.tag(tag).0);
            let host = islands::host(sentence, island, &self.arcs, upos);
            if let Some(host) = host {
                islands::turn_inverted_subject(host, island.end - sentence.start, &mut self.arcs, upos);
            }
            self.stretch.clear();
            self.stretch.extend(island.iter().map(|t| t - sentence.start));
            self.parse_stretch(model, host);
        }
        self.islands = islands;
    }

    /// Parses the words of `stretch` as one tree; its root hangs on `host`, or is the root of the sentence.
    fn parse_stretch(&mut self, model: &Model<'_>, host: Option<u32>) {
        self.stretch_rows.clear();
        self.stretch_allowed.clear();
        self.stretch_tags.clear();
        for &i in &self.stretch {
            self.stretch_rows.push(self.rows[i as usize]);
            self.stretch_allowed.push(self.allowed[i as usize]);
            self.stretch_tags.push(self.tags[i as usize]);
        }
        let (rows, allowed) = (&self.stretch_rows, &self.stretch_allowed);
        model.scorer.parse(rows, allowed, &mut self.stretch_tags, &mut self.scratch);
        for (i, (&word, &tag)) in self.stretch.iter().zip(&self.stretch_tags).enumerate() {
            let (head, label) = self.scratch.state.arc(i as u32);
            let deprel = Deprel::ALL.get(label as usize).copied().unwrap_or(Deprel::Dep);
            let arc = match self.stretch.get(head as usize) {
                Some(&head) => (Some(head), deprel),
                None if host.is_some() => (host, Deprel::Ccomp),
                None => (None, Deprel::Root),
            };
            self.arcs[word as usize] = Some(arc);
            self.tags[word as usize] = tag;
        }
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
