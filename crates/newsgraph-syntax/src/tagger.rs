//! The tagger: greedy, left to right, a linear model over hashed features.
//!
//! A tag is a pair of UPOS and XPOS; there are at most 64, so that the weights of a feature are one cache line and
//! the tags of a word are the bits of a number. Words that were seen often enough get only tags they were seen with,
//! and no scoring where that is one (a static tag dictionary, Ratnaparkhi 1996, section 3).

use crate::hash::{mix, spread};
use crate::kernel::{self, Kernel, Task};
use crate::lexicon::{Lexeme, Lexemes, Lexicon, Shape};
use crate::model::{ModelError, Section, Sections};
use crate::{Upos, Xpos};

/// Number of weights of a feature: the most tags there can be.
pub const CLASSES: usize = 64;
/// Number of features of a token.
pub const FEATURES: usize = 34;

/// Classes that are moved together.
pub const BLOCK: usize = 8;
const PAIRS: usize = CLASSES / (2 * BLOCK);

/// The row of a feature and how its blocks of classes are exchanged: block b of the scores takes block `b ^ turn`. Most
/// features tell a few frequent tags apart; so several can share a row and still not disturb one another.
#[inline(always)]
pub fn place(feature: u32, mask: usize) -> (usize, usize) {
    (feature as usize & mask, (feature >> 29) as usize)
}

/// The joint tags and their weights.
#[derive(Clone, Debug)]
pub struct Tagger<'m> {
    tags: Vec<(Upos, Xpos)>,
    weights: &'m [[i8; CLASSES]],
}

impl<'m> Tagger<'m> {
    /// Takes the tagger of a model.
    ///
    /// # Errors
    /// [`ModelError::Section`] where a part is absent or the parts do not fit.
    pub fn read(sections: &Sections<'m>) -> Result<Self, ModelError> {
        let fault = ModelError::Section { section: Section::Tags };
        let pairs: &[[u8; 2]] = sections.get(Section::Tags)?;
        let tags: Option<Vec<(Upos, Xpos)>> = pairs
            .iter()
            .map(|[u, x]| Some((*Upos::ALL.get(*u as usize)?, *Xpos::ALL.get(*x as usize)?)))
            .collect();
        let tags = tags.filter(|t| (1..=CLASSES).contains(&t.len())).ok_or(fault)?;
        let weights: &[[i8; CLASSES]] = sections.get(Section::TagWeights)?;
        if !weights.len().is_power_of_two() {
            return Err(ModelError::Section { section: Section::TagWeights });
        }
        Ok(Self { tags, weights })
    }

    /// What tag number `tag` stands for.
    pub fn tag(&self, tag: u8) -> (Upos, Xpos) {
        self.tags[tag as usize]
    }

    /// All tags, in order of their numbers.
    pub fn tags(&self) -> &[(Upos, Xpos)] {
        &self.tags
    }

    /// Tags a sentence, replacing what `out` held.
    pub fn tag_sentence(&self, lexicon: &Lexicon<'_>, lexemes: &Lexemes, out: &mut Vec<u8>) {
        out.clear();
        kernel::dispatch(Tag { tagger: self, lexicon, lexemes, out });
    }

    /// The tags that a token may get, a bit each; at least one.
    #[inline(always)]
    pub fn candidates(&self, lexicon: &Lexicon<'_>, lexeme: &Lexeme) -> u64 {
        let all = u64::MAX >> (64 - self.tags.len());
        match candidates(lexicon, lexeme) & all {
            0 => all,
            some => some,
        }
    }

    #[inline(always)]
    fn best(&self, features: &[u32; FEATURES], allowed: u64) -> u8 {
        // Rows whose neighbouring blocks keep their places come first, the others last; so sums stay in registers.
        let mask = self.weights.len() - 1;
        let mut order = [(0, 0); FEATURES];
        let (mut kept, mut turned, mut touched) = (0, FEATURES, 0);
        for &feature in features {
            let (row, turn) = place(feature, mask);
            touched ^= self.weights[row][0];
            let slot = if turn & 1 == 0 { kept } else { turned - 1 };
            order[slot] = (row, turn >> 1);
            kept += 1 - (turn & 1);
            turned -= turn & 1;
        }
        // A byte of each row has been asked for: so the processor fetches all rows at once, not one after another.
        std::hint::black_box(touched);
        let mut scores = self.sum(&order[..kept]);
        let others = self.sum(&order[kept..]);
        for (b, block) in scores.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let other = &others.as_chunks::<BLOCK>().0[b ^ 1];
            block.iter_mut().zip(other).for_each(|(score, other)| *score += other);
        }
        best_of(&scores, allowed)
    }

    /// Sums of rows, whose pairs of blocks are exchanged.
    #[inline(always)]
    fn sum(&self, rows: &[(usize, usize)]) -> [i16; CLASSES] {
        let mut sums = [[0i16; 2 * BLOCK]; PAIRS];
        for &(row, turn) in rows {
            let pairs = self.weights[row].as_chunks::<{ 2 * BLOCK }>().0;
            for (p, sums) in sums.iter_mut().enumerate() {
                for (sum, &weight) in sums.iter_mut().zip(&pairs[(p ^ turn) % PAIRS]) {
                    *sum += i16::from(weight);
                }
            }
        }
        bytemuck::cast(sums)
    }
}

/// The tagging of a sentence.
struct Tag<'a, 'm> {
    tagger: &'a Tagger<'m>,
    lexicon: &'a Lexicon<'m>,
    lexemes: &'a Lexemes,
    out: &'a mut Vec<u8>,
}

impl Task for Tag<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self, _: impl Kernel) {
        let Self { tagger, lexicon, lexemes, out } = self;
        let mut features = [0u32; FEATURES];
        for i in 0..lexemes.len() {
            let allowed = tagger.candidates(lexicon, &lexemes[i]);
            let tag = if allowed.is_power_of_two() {
                allowed.trailing_zeros() as u8
            } else {
                extract(lexicon, lexemes, out, i, &mut features);
                tagger.best(&features, allowed)
            };
            out.push(tag);
        }
    }
}

/// The allowed tag with the highest score; of equal ones the first.
#[inline(always)]
pub fn best_of<S: PartialOrd + Copy>(scores: &[S; CLASSES], allowed: u64) -> u8 {
    let mut left = allowed;
    let mut best = left.trailing_zeros() as u8 & 63;
    while left != 0 {
        let tag = left.trailing_zeros() as u8;
        if scores[tag as usize] > scores[best as usize] {
            best = tag;
        }
        left &= left - 1;
    }
    best
}

/// The tags that a token may get. A capital inside a sentence makes a name of any word, so there all are open.
#[inline(always)]
pub fn candidates(lexicon: &Lexicon<'_>, lexeme: &Lexeme) -> u64 {
    match lexeme.shape {
        Shape::Capital | Shape::Mixed | Shape::Upper if !lexeme.first => u64::MAX,
        _ => lexicon.allowed(lexeme.id),
    }
}

/// The hashed features of token `i`, the tags of all before it being known.
#[inline(always)]
pub fn extract(lexicon: &Lexicon<'_>, lexemes: &[Lexeme], tags: &[u8], i: usize, out: &mut [u32; FEATURES]) {
    let at = |k: usize| lexemes.get(k).unwrap_or(&Lexeme::EDGE);
    let before = |k: usize| i.checked_sub(k).map_or(&Lexeme::EDGE, |j| &lexemes[j]);
    let tag = |k: usize| i.checked_sub(k).and_then(|j| tags.get(j)).map_or(99, |&t| u32::from(t));
    let (w0, w1, w2) = (at(i), at(i + 1), at(i + 2));
    let (p1, p2) = (before(1), before(2));
    let (t1, t2) = (tag(1), tag(2));
    let ambiguity = |w: &Lexeme| {
        let seen = lexicon.seen(w.id);
        if seen == 0 { mix(w.suffix & 0xFFFF, w.shape as u32) } else { mix(seen as u32, (seen >> 32) as u32) }
    };
    let (a0, a1, a2) = (ambiguity(w0), ambiguity(w1), ambiguity(w2));
    let shape = w0.shape as u32 * 2 + u32::from(w0.first);
    let pairs: [(u32, u32); FEATURES] = [
        (w0.word, 0),
        (w0.word, shape),
        (w0.suffix & 0xFF, shape),
        (w0.suffix & 0xFFFF, shape),
        (w0.suffix & 0xFF_FFFF, 0),
        (w0.suffix, 0),
        (w0.prefix, 0),
        (w0.prefix >> 8, 0),
        (w0.prefix >> 16, shape),
        (shape, t1),
        (a0, t1),
        (a0, shape),
        (p1.word, 0),
        (p2.word, 0),
        (w1.word, 0),
        (w2.word, 0),
        (p1.word, w0.word),
        (w0.word, w1.word),
        (t1, 0),
        (t1, t2),
        (t1, w0.word),
        (mix(t1, t2), w0.word),
        (t1, w1.word),
        (t1, p2.word),
        (a1, 0),
        (mix(a1, a2), 0),
        (t1, a1),
        (mix(t1, a1), a0),
        (mix(t1, t2), a1),
        (mix(t1, a1), a2),
        (p1.suffix & 0xFF_FFFF, 0),
        (w1.suffix & 0xFF_FFFF, w1.shape as u32),
        (w0.suffix & 0xFF_FFFF, t1),
        (mix(p1.shape as u32, w1.shape as u32), shape),
    ];
    let (mut first, mut second) = ([0; FEATURES], [0; FEATURES]);
    for (k, (a, b)) in pairs.into_iter().enumerate() {
        (first[k], second[k]) = (a, b);
    }
    // All at once, for wide vectors.
    for k in 0..FEATURES {
        let number = (k as u32 + 1).wrapping_mul(0x85EB_CA6B);
        out[k] = spread(mix(mix(number, first[k]), second[k]));
    }
}
