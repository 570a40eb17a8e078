//! The front of the analysis: from text and segmentation to tags, lemmas, features and trees.

use std::sync::LazyLock;

use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;

use crate::features::Voice;
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
    passive: Vec<bool>,
    lemma: String,
    islands: Vec<TokenRange>,
    /// Words of the stretch that is being parsed, as indices within the sentence.
    stretch: Vec<u32>,
    stretch_rows: Vec<[u32; PARTS]>,
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
            passive: Vec::new(),
            lemma: String::new(),
            islands: Vec::new(),
            stretch: Vec::new(),
            stretch_rows: Vec::new(),
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
        let Some(model) = self.model.clone() else {
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
            islands::find(text, segmentation, sentence, &mut self.islands);
            self.build_tree(sentence);
            find_passives(&self.arcs, &mut self.passive);
        }
        for token in sentence {
            let i = token - sentence.start;
            let tag = self.tags[i as usize];
            let (upos, xpos) = model.tagger.tag(tag);
            let lower = self.lexemes.lower(i as usize);
            let shape = self.lexemes[i as usize].shape;
            self.lemma.clear();
            model.lemmatizer.push_lemma(segmentation.form(text, token), lower, shape, tag, &mut self.lemma);
            let built = self.arcs.get(i as usize).copied().flatten().filter(|_| tree);
            let (head, deprel) = match built {
                Some((head, deprel)) => (head.map(|h| sentence.start + h), deprel),
                None => flat_arc(sentence, token),
            };
            let mut feats = morphology::features(upos, xpos, lower);
            let passive = self.passive.get(i as usize).copied().unwrap_or(false);
            if xpos == Xpos::Vbn && (passive || deprel == Deprel::Acl) {
                feats = feats.with_voice(Voice::Pass);
            }
            out.push(Word { upos, xpos, lemma: &self.lemma, head, deprel, feats: feats.bits() });
        }
    }

    /// Parses the sentence whose rows are filled in: quoted islands and the frame around them each for itself, then
    /// hangs the islands on the frame.
    fn build_tree(&mut self, sentence: TokenRange) {
        self.arcs.clear();
        self.arcs.resize(sentence.len() as usize, None);
        let islands = std::mem::take(&mut self.islands);
        self.stretch.clear();
        self.stretch.extend(
            sentence.iter().filter(|t| !islands.iter().any(|i| i.contains(*t))).map(|t| t - sentence.start),
        );
        self.parse_stretch(None);
        for &island in &islands {
            let Some(model) = &self.model else { break };
            let upos = |i: u32| self.tags.get(i as usize).map_or(Upos::X, |&tag| model.tagger.tag(tag).0);
            let host = islands::host(sentence, island, &self.arcs, upos);
            if let Some(host) = host {
                islands::turn_inverted_subject(host, island.end - sentence.start, &mut self.arcs, upos);
            }
            self.stretch.clear();
            self.stretch.extend(island.iter().map(|t| t - sentence.start));
            self.parse_stretch(host);
        }
        self.islands = islands;
    }

    /// Parses the words of `stretch` as one tree; its root hangs on `host`, or is the root of the sentence.
    fn parse_stretch(&mut self, host: Option<u32>) {
        let Some(model) = &self.model else { return };
        self.stretch_rows.clear();
        self.stretch_rows.extend(self.stretch.iter().filter_map(|&i| self.rows.get(i as usize)));
        model.scorer.parse(&self.stretch_rows, &mut self.scratch);
        for (i, &word) in self.stretch.iter().enumerate() {
            let (head, label) = self.scratch.state.arc(i as u32);
            let deprel = Deprel::ALL.get(label as usize).copied().unwrap_or(Deprel::Dep);
            let arc = match self.stretch.get(head as usize) {
                Some(&head) => (Some(head), deprel),
                None if host.is_some() => (host, Deprel::Ccomp),
                None => (None, Deprel::Root),
            };
            if let Some(slot) = self.arcs.get_mut(word as usize) {
                *slot = Some(arc);
            }
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

/// Marks the words that have a passive auxiliary or a passive subject.
fn find_passives(arcs: &[Option<Arc>], passive: &mut Vec<bool>) {
    passive.resize(arcs.len(), false);
    for (head, deprel) in arcs.iter().flatten() {
        let tells = matches!(deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass);
        if let Some(mark) = head.and_then(|h| passive.get_mut(h as usize)).filter(|_| tells) {
            *mark = true;
        }
    }
}
