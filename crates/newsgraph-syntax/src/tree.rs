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
        for root in 0..n as u32 {
            if s.head[root as usize] == NONE {
                s.widen_below(root);
            }
        }
        s
    }
}

impl Syntax {
    /// Lets each word below `root` reach as far as its own children do: from the leaves upwards, each word once, whatever
    /// the shape of the tree.
    fn widen_below(&mut self, root: u32) {
        let mut at = root;
        loop {
            while self.first_child[at as usize] != NONE {
                at = self.first_child[at as usize];
            }
            // All below this word is done: hand its reach on, and go on with its sibling, or else with its head.
            loop {
                if at == root {
                    return;
                }
                let (own, head) = (self.reach[at as usize], self.head[at as usize]);
                let reach = &mut self.reach[head as usize];
                *reach = TokenRange::new(reach.start.min(own.start), reach.end.max(own.end));
                let sibling = self.next_sibling[at as usize];
                if sibling != NONE {
                    at = sibling;
                    break;
                }
                at = head;
            }
        }
    }

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
        // What is out of reach needs no climb, however deep the tree.
        ancestor == token
            || self.subtree(ancestor).contains(token) && self.ancestors(token).any(|t| t == ancestor)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn built(heads: impl Iterator<Item = Option<u32>>) -> Syntax {
        let mut builder = SyntaxBuilder::new(Syntax::default());
        for head in heads {
            let (upos, xpos, deprel) = (Upos::Noun, Xpos::Nn, Deprel::Dep);
            builder.push(Word { upos, xpos, lemma: "", head, deprel, feats: 0 });
        }
        builder.finish()
    }

    #[test]
    fn subtrees_reach_from_the_first_to_the_last_word_below() {
        // Two trees, the second with crossing edges: 5 -> 7, 6 -> 4.
        let heads = [Some(1), None, Some(1), Some(2), None, Some(4), Some(4), Some(5)];
        let syntax = built(heads.into_iter());
        let reach: Vec<_> = (0..8).map(|t| (syntax.subtree(t).start, syntax.subtree(t).end)).collect();
        assert_eq!(reach, [(0, 1), (0, 4), (2, 4), (3, 4), (4, 8), (5, 8), (6, 7), (7, 8)]);
    }

    #[test]
    fn chains_of_any_length_are_linked_in_linear_time() {
        // Quadratic work on these would be 10¹¹ steps.
        let words = 400_000;
        let leftwards = built((0..words).map(|i: u32| i.checked_sub(1)));
        assert_eq!(leftwards.subtree(0).end, words);
        let rightwards = built((0..words).map(|i| (i + 1 < words).then_some(i + 1)));
        assert_eq!(rightwards.subtree(words - 1).start, 0);
    }
}
