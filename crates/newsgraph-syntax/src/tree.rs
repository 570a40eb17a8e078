//! Tags, lemmas and trees of one document, as arrays, with queries that do not allocate.

use newsgraph_text::{Span, TokenRange};

use crate::{Deprel, Upos, Xpos};

/// "No token": the head of a root, the end of a list of children.
const NONE: u32 = u32::MAX;

/// The analysis of all tokens of a document. Token indices are those of its segmentation; every sentence is one
/// tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    deprel: Vec<Deprel>,
    feats: Vec<u32>,
    head: Vec<u32>,
    first_child: Vec<u32>,
    next_sibling: Vec<u32>,
    /// Leftmost and rightmost token of the subtree.
    reach: Vec<TokenRange>,
    lemma: Vec<Span>,
    lemmas: String,
}

/// One analysed word, as a [`SyntaxBuilder`] takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Dictionary form.
    pub lemma: &'a str,
    /// Token index of the head in the document; `None` for the root of a sentence.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Morphological features, packed.
    pub feats: u32,
}

/// Fills a [`Syntax`] word by word, then links the trees.
pub struct SyntaxBuilder {
    syntax: Syntax,
}

impl SyntaxBuilder {
    /// Starts anew, keeping the memory of `reused`.
    pub fn new(reused: Syntax) -> Self {
        let mut syntax = reused;
        syntax.clear();
        Self { syntax }
    }

    /// Adds the next word of the document.
    pub fn push(&mut self, word: Word<'_>) {
        let s = &mut self.syntax;
        s.upos.push(word.upos);
        s.xpos.push(word.xpos);
        s.deprel.push(word.deprel);
        s.feats.push(word.feats);
        s.head.push(word.head.unwrap_or(NONE));
        let start = s.lemmas.len() as u32;
        s.lemmas.push_str(word.lemma);
        s.lemma.push(Span::new(start, s.lemmas.len() as u32));
    }

    /// Links children to heads. Heads must lie within the words pushed and must not run in circles; a head that
    /// lies outside is taken as a root.
    pub fn finish(self) -> Syntax {
        let mut s = self.syntax;
        let n = s.head.len();
        s.first_child.resize(n, NONE);
        s.next_sibling.resize(n, NONE);
        s.reach.extend((0..n as u32).map(|i| TokenRange::new(i, i + 1)));
        for i in (0..n).rev() {
            let head = s.head[i] as usize;
            if head < n {
                s.next_sibling[i] = s.first_child[head];
                s.first_child[head] = i as u32;
            } else {
                s.head[i] = NONE;
            }
        }
        for i in 0..n {
            let own = TokenRange::new(i as u32, i as u32 + 1);
            let mut at = s.head[i];
            // Widen every ancestor until one already covers the word: amortised linear for projective trees.
            while at != NONE && !s.reach[at as usize].covers(own) {
                let reach = &mut s.reach[at as usize];
                *reach = TokenRange::new(reach.start.min(own.start), reach.end.max(own.end));
                at = s.head[at as usize];
            }
        }
        s
    }
}

impl Syntax {
    /// Number of words.
    pub fn len(&self) -> u32 {
        self.head.len() as u32
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.head.is_empty()
    }

    fn clear(&mut self) {
        self.upos.clear();
        self.xpos.clear();
        self.deprel.clear();
        self.feats.clear();
        self.head.clear();
        self.first_child.clear();
        self.next_sibling.clear();
        self.reach.clear();
        self.lemma.clear();
        self.lemmas.clear();
    }

    /// Universal part of speech.
    pub fn upos(&self, token: u32) -> Upos {
        self.upos[token as usize]
    }

    /// Penn tag.
    pub fn xpos(&self, token: u32) -> Xpos {
        self.xpos[token as usize]
    }

    /// Dictionary form.
    pub fn lemma(&self, token: u32) -> &str {
        self.lemma[token as usize].of(&self.lemmas)
    }

    /// Morphological features, packed.
    pub fn feats(&self, token: u32) -> u32 {
        self.feats[token as usize]
    }

    /// Relation to the head.
    pub fn deprel(&self, token: u32) -> Deprel {
        self.deprel[token as usize]
    }

    /// The head, or `None` for the root of a sentence.
    pub fn head(&self, token: u32) -> Option<u32> {
        match self.head[token as usize] {
            NONE => None,
            head => Some(head),
        }
    }

    /// The words whose head is `token`, from left to right.
    pub fn children(&self, token: u32) -> Children<'_> {
        Children { syntax: self, next: self.first_child[token as usize] }
    }

    /// The first child whose relation is `deprel` or a subtype of it.
    pub fn child(&self, token: u32, deprel: Deprel) -> Option<u32> {
        self.children(token).find(|&c| self.deprel(c).is(deprel))
    }

    /// From the leftmost to the rightmost word below `token`, itself included. In a tree with crossing edges the
    /// range may hold words of other subtrees.
    pub fn subtree(&self, token: u32) -> TokenRange {
        self.reach[token as usize]
    }

    /// The heads of `token`, nearest first, up to the root.
    pub fn ancestors(&self, token: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.head(token), |&t| self.head(t))
    }

    /// Whether `ancestor` is `token` or above it.
    pub fn dominates(&self, ancestor: u32, token: u32) -> bool {
        ancestor == token || self.ancestors(token).any(|t| t == ancestor)
    }
}

/// The children of a word, from left to right.
pub struct Children<'s> {
    syntax: &'s Syntax,
    next: u32,
}

impl Iterator for Children<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let child = self.next;
        if child == NONE {
            return None;
        }
        self.next = self.syntax.next_sibling[child as usize];
        Some(child)
    }
}
