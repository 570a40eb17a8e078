//! Finds and types the names that no list has.
//!
//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over hashed features, with BILOU
//! tags (Ratinov and Roth 2009) for four classes of names. Only stretches around capitals, digits and the names that
//! a gazetteer hints at are looked at; everything else is outside names. Features are the word, its shape, affixes,
//! clusters and classes, its neighbours, the run of capitalised words that it is in, what the rest of the document
//! says about the word, and the hints. `cargo xtask train entities` makes the weights.

mod decode;
mod features;
mod hash;
mod kinds;
mod observe;
mod probe;
mod spelling;
mod tags;
mod weights;
mod words;

use std::sync::LazyLock;

use newsgraph_gazetteer::{Gazetteer, Match};
use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;

use crate::EntityType;
use decode::Decoder;

pub use observe::Observation;
pub use tags::{NameClass, OUTSIDE, Position, TAGS, may_begin, may_end, may_follow, parts, tag};
pub use weights::{FORMAT, Weights, WeightsError, pack};
pub use words::WordHabit;

static EMBEDDED: LazyLock<Result<Weights<'static>, WeightsError>> =
    LazyLock::new(|| Weights::read(newsgraph_data::entity::RECOGNIZER));

/// A name that a gazetteer knows, as evidence for the recogniser; names of several kinds come as several hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameHint {
    /// Where.
    pub tokens: TokenRange,
    /// What the gazetteer takes it for.
    pub kind: EntityType,
    /// Whether it is the name of little-known places only, which is weak evidence: most words are villages somewhere.
    pub minor: bool,
}

/// Inhabitants below which a place is little known.
const MINOR_PLACE: u64 = 100_000;

impl NameHint {
    /// The hints that a gazetteer's matches give: one for each kind that a name may be of. Replaces what `out` held.
    pub fn of_matches(gazetteer: &Gazetteer, matches: &[Match], out: &mut Vec<NameHint>) {
        out.clear();
        for found in matches {
            let first = out.len();
            for candidate in gazetteer.candidates(found.name) {
                let Some(kind) = candidate.entry.kind() else { continue };
                let minor = candidate.entry.population().is_some_and(|p| p < MINOR_PLACE);
                match out[first..].iter_mut().find(|hint| hint.kind == kind) {
                    Some(hint) => hint.minor &= minor,
                    None => out.push(NameHint { tokens: found.tokens, kind, minor }),
                }
            }
        }
    }
}

/// A name that the recogniser found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecognizedName {
    /// Where, without a leading article and without a trailing possessive.
    pub tokens: TokenRange,
    /// What kind of thing it names; see [`NameClass`] for what the model itself tells apart.
    pub kind: EntityType,
    /// How far the name scores above no name, in hundredths of nats; above 0 in most cases, above 300 for sure ones.
    pub score: i32,
}

/// The recogniser: owns its scratch space, so one per thread and used again for every document.
pub struct Recognizer<'m> {
    weights: Weights<'m>,
    seen: Observation,
    decoder: Decoder,
    /// Names of a stretch: class, first token and one past the last, from the stretch's begin.
    names: Vec<(NameClass, usize, usize)>,
}

impl Recognizer<'static> {
    /// A recogniser with the embedded model; the first call reads it, the others share it.
    pub fn new() -> Self {
        // The embedded bytes are checked by a test; without weights, no name is found.
        Self::with_weights(EMBEDDED.as_ref().map_or_else(|_| Weights::empty(), Weights::clone))
    }
}

impl Default for Recognizer<'static> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'m> Recognizer<'m> {
    /// A recogniser with a model of one's own.
    pub fn with_weights(weights: Weights<'m>) -> Self {
        Self { weights, seen: Observation::default(), decoder: Decoder::default(), names: Vec::new() }
    }

    /// Finds the names of a text, replacing what `out` held: in order, none overlapping another.
    ///
    /// `hints` are the names that lists know, in any order. Takes time linear in the length of the text.
    pub fn recognize(
        &mut self,
        text: &str,
        segmentation: &Segmentation,
        hints: &[NameHint],
        out: &mut Vec<RecognizedName>,
    ) {
        out.clear();
        self.seen.observe(text, segmentation, hints, &self.weights);
        for stretch in self.seen.stretches() {
            let tags = self.decoder.decode(*stretch, &self.seen, &self.weights);
            self.names.clear();
            names_of(tags, &mut |class, from, to| self.names.push((class, from, to)));
            for &(class, from, to) in &self.names {
                let score = self.decoder.lead(from..to).saturating_mul(100) / self.weights.scale() as i32;
                let tokens = TokenRange::new(stretch.start + from as u32, stretch.start + to as u32);
                let Some(tokens) =
                    trim(tokens, text, segmentation).filter(|&name| !self.seen.is_common(name))
                else {
                    continue;
                };
                let kind = kinds::refine(class, tokens, text, segmentation, &self.seen);
                out.push(RecognizedName { tokens, kind, score });
            }
        }
    }
}

/// The key of a word in the table of habits.
pub fn word_key(word: &str) -> u64 {
    hash::of_form(word)
}

/// Whether a word may stand before a person's name as a title.
pub fn is_title(word: &str) -> bool {
    words::classes(hash::of_lower(word)) & words::class::TITLE != 0
}

/// Hands each name of a sequence of tags, as class, first token and one past the last, to `sink`.
pub fn names_of(tags: &[u8], sink: &mut impl FnMut(NameClass, usize, usize)) {
    let mut start = 0;
    for (i, &tag) in tags.iter().enumerate() {
        match parts(tag) {
            Some((_, Position::Begin)) => start = i,
            Some((class, Position::Unit)) => sink(class, i, i + 1),
            Some((class, Position::Last)) => sink(class, start, i + 1),
            _ => {}
        }
    }
}

/// The name without a leading article and a trailing possessive mark.
fn trim(mut name: TokenRange, text: &str, segmentation: &Segmentation) -> Option<TokenRange> {
    let article =
        ["the", "a", "an"].iter().any(|a| a.eq_ignore_ascii_case(segmentation.form(text, name.start)));
    // "A-League" has none.
    if article && name.len() > 1 && segmentation.form(text, name.start + 1) != "-" {
        name.start += 1;
    }
    let last = segmentation.form(text, name.end - 1);
    if matches!(last, "'s" | "’s" | "'" | "’") {
        name.end -= 1;
    }
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests;
