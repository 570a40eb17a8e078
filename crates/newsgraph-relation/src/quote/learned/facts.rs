//! What the features of attribution ask of every token, gathered once for a document.

use newsgraph_entity::{Entities, EntityId};
use newsgraph_syntax::{Deprel, Upos};
use rustc_hash::FxHashMap;

use super::super::draft::Context;
use crate::QuoteKind;
use crate::cue::{AddresseeSlot, Cue, CueLexicon};
use crate::senses::{Pair, Senses};

/// Punctuation and quotation marks as features see them.
pub(crate) mod mark {
    pub(crate) const NONE: u8 = 0;
    pub(crate) const OPENS: u8 = 1;
    pub(crate) const CLOSES: u8 = 2;
    pub(crate) const COMMA: u8 = 3;
    pub(crate) const COLON: u8 = 4;
    pub(crate) const STOP: u8 = 5;
    pub(crate) const DASH: u8 = 6;
    pub(crate) const OTHER: u8 = 7;
    /// Beyond the text.
    pub(crate) const EDGE: u8 = 8;
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fact {
    /// Hash of the lemma in lower case.
    pub(crate) lemma: u32,
    pub(crate) upos: u8,
    pub(crate) xpos: u8,
    pub(crate) deprel: u8,
    /// What sort of thing or act it usually names, and the second such sense; 0 for none.
    pub(crate) senses: Pair,
    /// Type of the entity that it heads, and whether it is a pronoun.
    pub(crate) entity: u8,
    /// What the cue lexicon says of it, as bits; 0 where it is in no list.
    pub(crate) class: u16,
    /// Punctuation, of the kinds of [`mark`].
    pub(crate) mark: u8,
    /// Whether it stands inside quotation marks.
    pub(crate) quoted: bool,
    /// What kind of quotation that is: 0 for none.
    pub(crate) quotation: u8,
    /// Where it heads a mention: how often that entity is the subject of a verb of saying in the document, at most 3.
    pub(crate) said: u8,
}

/// What stands before the first and after the last token.
const OUTSIDE: Fact = Fact {
    lemma: 1,
    upos: 255,
    xpos: 255,
    deprel: 255,
    senses: [255, 255],
    entity: 255,
    class: 0,
    mark: mark::EDGE,
    quoted: false,
    quotation: 0,
    said: 0,
};

/// The facts of a document.
pub(crate) struct Facts {
    tokens: Vec<Fact>,
    /// For each token, the highest word whose subtree begins with it.
    pub(crate) top_left: Vec<u32>,
    /// For each token, the highest word whose subtree ends with it.
    pub(crate) top_right: Vec<u32>,
    /// For each token, whether a phrase of its own begins with it, and whether one ends with it.
    phrases: Vec<[bool; 2]>,
    /// Before each token, and at the end: how many commas, quotation marks, and stops, colons and dashes there were.
    tallies: Vec<[u32; 3]>,
}

impl Facts {
    pub(crate) fn new(ctx: &Context<'_>, entities: &Entities, lexicon: &CueLexicon) -> Self {
        let senses = Senses::embedded();
        let mut tokens: Vec<Fact> =
            (0..ctx.syntax.len()).map(|t| fact(ctx, entities, lexicon, senses, t)).collect();
        count_sayings(ctx, entities, lexicon, &mut tokens);
        let (mut top_left, mut top_right) =
            ((0..ctx.syntax.len()).collect::<Vec<u32>>(), (0..ctx.syntax.len()).collect::<Vec<u32>>());
        let (mut left_size, mut right_size) = (vec![0u32; tokens.len()], vec![0u32; tokens.len()]);
        for t in 0..ctx.syntax.len() {
            let range = ctx.syntax.subtree(t);
            let (first, last) = (range.start as usize, range.end.saturating_sub(1) as usize);
            if range.len() > left_size[first] {
                (left_size[first], top_left[first]) = (range.len(), t);
            }
            if range.len() > right_size[last] {
                (right_size[last], top_right[last]) = (range.len(), t);
            }
        }
        let outer = |t: u32| !is_inner(ctx.syntax.deprel(t));
        let phrases = top_left.iter().zip(&top_right).map(|(&l, &r)| [outer(l), outer(r)]).collect();
        let tallies = tallies(&tokens);
        Self { tokens, top_left, top_right, phrases, tallies }
    }

    /// Whether a phrase of its own begins with a token.
    pub(crate) fn begins_phrase(&self, token: u32) -> bool {
        self.phrases.get(token as usize).is_none_or(|p| p[0])
    }

    /// Whether a phrase of its own ends with a token.
    pub(crate) fn ends_phrase(&self, token: u32) -> bool {
        self.phrases.get(token as usize).is_none_or(|p| p[1])
    }

    /// How many commas, quotation marks, and stops, colons and dashes there are from one token to before another.
    pub(crate) fn marks_between(&self, from: u32, to: u32) -> [u32; 3] {
        let at = |t: u32| self.tallies.get(t as usize).or(self.tallies.last()).copied().unwrap_or_default();
        let (a, b) = (at(from), at(to));
        [0, 1, 2].map(|i| b[i].saturating_sub(a[i]))
    }

    pub(crate) fn of(&self, token: u32) -> Fact {
        self.tokens.get(token as usize).copied().unwrap_or(OUTSIDE)
    }

    /// The fact of the token `by` places away.
    pub(crate) fn near(&self, token: u32, by: i32) -> Fact {
        token.checked_add_signed(by).map_or(OUTSIDE, |t| self.of(t))
    }
}

/// Running counts of marks.
fn tallies(tokens: &[Fact]) -> Vec<[u32; 3]> {
    let mut counts = [0; 3];
    let mut tallies = Vec::with_capacity(tokens.len() + 1);
    tallies.push(counts);
    for fact in tokens {
        match fact.mark {
            mark::COMMA => counts[0] += 1,
            mark::OPENS | mark::CLOSES => counts[1] += 1,
            mark::STOP | mark::COLON | mark::DASH => counts[2] += 1,
            _ => {}
        }
        tallies.push(counts);
    }
    tallies
}

/// Whether a relation joins a word to the inside of a phrase, so that no phrase of its own begins or ends there.
fn is_inner(deprel: Deprel) -> bool {
    [
        Deprel::Det,
        Deprel::Amod,
        Deprel::Compound,
        Deprel::Flat,
        Deprel::Fixed,
        Deprel::Nummod,
        Deprel::Aux,
        Deprel::Cop,
        Deprel::Cc,
        Deprel::Goeswith,
        Deprel::Case,
        Deprel::Punct,
    ]
    .iter()
    .any(|&d| deprel.is(d))
}

/// Counts how often each entity is the subject of a verb of saying.
fn count_sayings(ctx: &Context<'_>, entities: &Entities, lexicon: &CueLexicon, tokens: &mut [Fact]) {
    let mut sayings: FxHashMap<EntityId, u8> = FxHashMap::default();
    for t in 0..ctx.syntax.len() {
        let says = tokens[t as usize].class != 0
            && ctx.syntax.upos(t) == Upos::Verb
            && lexicon.verb(ctx.syntax.lemma(t)).is_some_and(|c| c.kind == QuoteKind::Statement && !c.weak);
        let subject = says.then(|| ctx.syntax.subject(t)).flatten();
        if let Some(entity) = subject.and_then(|s| entities.entity_headed_by(s.token)) {
            let count = sayings.entry(entity).or_default();
            *count = (*count + 1).min(3);
        }
    }
    for (t, fact) in tokens.iter_mut().enumerate().filter(|(_, f)| f.entity & 63 != 0) {
        let entity = entities.entity_headed_by(t as u32);
        fact.said = entity.and_then(|e| sayings.get(&e)).copied().unwrap_or(0);
    }
}

fn fact(
    ctx: &Context<'_>,
    entities: &Entities,
    lexicon: &CueLexicon,
    senses: Senses<'_>,
    token: u32,
) -> Fact {
    let syntax = ctx.syntax;
    let upos = syntax.upos(token);
    let entity = entities.entity_headed_by(token).map_or(0, |e| 1 + entities.entity(e).kind as u8);
    let lemma = syntax.lemma(token);
    let cue = match upos {
        Upos::Verb | Upos::Aux => lexicon.verb(lemma),
        Upos::Noun => lexicon.noun(lemma),
        Upos::Adj => lexicon.adjective(lemma),
        _ => None,
    };
    let hash = word(lemma);
    let known = matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj);
    Fact {
        lemma: hash,
        senses: if known { senses.of(hash, upos) } else { [0, 0] },
        upos: upos as u8,
        xpos: syntax.xpos(token) as u8,
        deprel: syntax.deprel(token) as u8,
        entity: if upos == Upos::Pron { 64 | entity } else { entity },
        class: cue.map_or(0, class),
        mark: if upos == Upos::Punct || upos == Upos::Sym { mark_of(ctx, token) } else { mark::NONE },
        quoted: ctx.quoted[token as usize] != u32::MAX,
        quotation: ctx.quotation_at(token).map_or(0, |q| 1 + q.kind as u8 * 2 + u8::from(q.closed)),
        said: 0,
    }
}

fn mark_of(ctx: &Context<'_>, token: u32) -> u8 {
    if let Some(quotation) = ctx.quotation_at(token) {
        let range = ctx.with_marks(quotation);
        if range.start == token {
            return mark::OPENS;
        }
        if range.end == token + 1 && quotation.closed {
            return mark::CLOSES;
        }
    }
    match ctx.form(token) {
        "," => mark::COMMA,
        ":" => mark::COLON,
        "." | "!" | "?" | ";" => mark::STOP,
        "-" | "--" | "–" | "—" | "…" | "..." => mark::DASH,
        _ => mark::OTHER,
    }
}

/// Hash of a word without regard to case (FNV-1a).
pub(crate) fn word(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

fn class(cue: &Cue) -> u16 {
    let kind = match cue.kind {
        QuoteKind::Statement => 1,
        QuoteKind::Attitude => 2,
        QuoteKind::Evidence => 3,
    };
    let addressee = match cue.addressee {
        AddresseeSlot::None => 0,
        AddresseeSlot::Object => 1,
        AddresseeSlot::To => 2,
    };
    let flags = [cue.weak, cue.that, cue.quote, cue.to, cue.object, cue.wh, !cue.prepositions.is_empty()];
    flags.iter().fold(kind | (addressee << 2), |bits, &flag| (bits << 1) | u16::from(flag))
}

/// A class as numbers: kind, addressee, and whether weak, that, quote, to, object, wh, a preposition.
pub(crate) fn class_flags(class: u16) -> [f32; 9] {
    let bit = |n: u16| f32::from((class >> n) & 1);
    let pair = |n: u16| f32::from((class >> n) & 3);
    [pair(7), pair(9), bit(6), bit(5), bit(4), bit(3), bit(2), bit(1), bit(0)]
}

/// The kind in a class: 0 for none.
pub(crate) fn class_kind(class: u16) -> u16 {
    (class >> 7) & 3
}

/// A feature: its template and what it says.
pub(crate) fn feature(template: u32, a: u32, b: u32) -> u64 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let h = (u64::from(template) ^ (u64::from(a) << 8)).wrapping_mul(K);
    let h = (h.rotate_left(29) ^ u64::from(b)).wrapping_mul(K);
    (h ^ (h >> 31)).wrapping_mul(K)
}

/// Two values as one.
pub(crate) fn pair(a: u32, b: u32) -> u32 {
    (a.wrapping_mul(0x85eb_ca6b) ^ b).wrapping_mul(0xc2b2_ae35).rotate_left(15)
}

impl Fact {
    /// What sort of thing or act the word usually names.
    pub(crate) fn sense(&self) -> u32 {
        u32::from(self.senses[0])
    }
}

/// A length or distance in classes that grow.
pub(crate) fn bucket(n: u32) -> u32 {
    match n {
        0..=4 => n,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        23..=40 => 9,
        _ => 10,
    }
}
