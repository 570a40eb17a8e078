//! Where sentences end: always with a paragraph, elsewhere as a linear model says.
//!
//! Only some gaps between tokens can end a sentence: those after a stop, and those before a word with a capital, a
//! number or a sign. Each is described by hashed features over a few tokens to either side, and a table of integer
//! weights decides; there is no search, so the pass is linear. The weights come from `cargo xtask train sentences`.

use newsgraph_text::Span;

use crate::Segmentation;
use crate::lexicon;
use crate::marks::{Gap, Kind, Mark};

/// Number of weights, a power of two.
pub const WEIGHTS: usize = 1 << 15;

/// Features of one place, as indices into the weights.
pub type Features = [u16; TEMPLATES];

/// Number of feature templates.
const TEMPLATES: usize = 35;

/// Templates that are looked at first.
const FIRST: usize = 12;

/// Where the first templates sum to less than this, the others are not asked.
const HOPELESS: i32 = -24;

/// One signed byte a weight; see `data/README.md`.
static TRAINED: &[u8; WEIGHTS] = include_bytes!("../data/sentences.weights");

/// Makes the sentences of `out` from its tokens and their marks.
pub(crate) fn split(text: &str, out: &mut Segmentation, marks: &[Mark]) {
    let (tokens, mut ends) = out.tokens_and_ends();
    walk(text, tokens, marks, |next, place| {
        let ends_here = place.is_none_or(|place| place.ends());
        if ends_here {
            ends.end_before(next);
        }
        ends_here
    });
    out.end_sentence();
}

fn score(features: &[u16]) -> i32 {
    features.iter().map(|&index| i32::from(TRAINED[usize::from(index) % WEIGHTS] as i8)).sum()
}

/// Goes through the places where a sentence may end, asking `decide(next token, place)` whether it does; no
/// place comes with the ends of paragraphs, where the answer is not asked but told.
pub(crate) fn walk(
    text: &str,
    tokens: &[Span],
    marks: &[Mark],
    mut decide: impl FnMut(usize, Option<&Place<'_>>) -> bool,
) {
    let mut walker = Walker {
        text: text.as_bytes(),
        tokens,
        marks,
        sentence: Sentence::default(),
        habits: Habits::default(),
        paragraph: 0..0,
    };
    walker.enter_paragraph(0);
    for next in 1..marks.len() {
        walker.sentence.take(marks[next - 1].kind);
        if inside(marks[next - 1].kind)
            && marks[next].kind == Kind::Lower
            && marks[next].gap != Gap::Paragraph
        {
            continue;
        }
        if next == walker.paragraph.end {
            decide(next, None);
            walker.enter_paragraph(next);
        } else if matches!(marks[next - 1].kind, Kind::Dash | Kind::Hyphen) && walker.ends_dateline(next) {
            decide(next, None);
            walker.sentence = walker.sentence.following(next);
        } else if let Some(stop) = walker.candidate(next) {
            let ends = decide(next, Some(&Place { walker: &walker, next, stop }));
            walker.habits.note(marks[next].kind, ends);
            if ends {
                walker.sentence = walker.sentence.following(next);
            }
        }
    }
}

/// Whether a sentence never ends after a token of this kind when a word in small letters follows.
#[inline]
fn inside(kind: Kind) -> bool {
    kind <= Kind::Clitic && kind != Kind::Abbreviation || kind == Kind::Comma
}

/// What is remembered of the sentence so far.
#[derive(Clone, Copy, Default)]
struct Sentence {
    start: usize,
    words: u32,
    capitals: u32,
    brackets: u32,
    quotation: Within,
    /// Whether single marks are around that quotation.
    single: bool,
}

/// How the sentence so far stands to quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Within {
    /// Outside.
    #[default]
    None,
    /// In a quotation that the sentence starts with.
    FromStart,
    /// In a quotation that starts inside the sentence.
    FromInside,
    /// In a quotation that started in a sentence before.
    FromBefore,
    /// Outside, after a quotation that the sentence held the end of.
    After,
}

impl Sentence {
    fn take(&mut self, kind: Kind) {
        match kind {
            Kind::Capital | Kind::Abbreviation => {
                self.words += 1;
                self.capitals += 1;
            }
            Kind::Lower | Kind::Number => self.words += 1,
            Kind::OpenBracket => self.brackets += 1,
            Kind::CloseBracket => self.brackets = self.brackets.saturating_sub(1),
            Kind::OpenDouble | Kind::OpenSingle if matches!(self.quotation, Within::None | Within::After) => {
                self.quotation = if self.words == 0 { Within::FromStart } else { Within::FromInside };
                self.single = kind == Kind::OpenSingle;
            }
            Kind::CloseDouble if !self.single => self.quotation = Within::After,
            Kind::CloseSingle if self.single => self.quotation = Within::After,
            _ => {}
        }
    }

    /// The sentence that starts at token `start`, after this one.
    fn following(self, start: usize) -> Self {
        let quotation = match self.quotation {
            Within::None | Within::After => Within::None,
            _ => Within::FromBefore,
        };
        Self { start, quotation, single: self.single, ..Self::default() }
    }
}

/// How the last eight sentences of this text started: one bit each, set for a small letter.
#[derive(Clone, Copy, Default)]
struct Habits {
    small: u8,
    seen: u8,
}

impl Habits {
    fn note(&mut self, kind: Kind, ends: bool) {
        if ends && matches!(kind, Kind::Lower | Kind::Capital) {
            self.small = self.small << 1 | u8::from(kind == Kind::Lower);
            self.seen = self.seen << 1 | 1;
        }
    }

    fn bucket(self) -> u32 {
        match (self.small.count_ones(), self.seen) {
            (_, 0) => 0,
            (0, _) => 1,
            (1..=2, _) => 2,
            _ => 3,
        }
    }
}

struct Walker<'w> {
    text: &'w [u8],
    tokens: &'w [Span],
    marks: &'w [Mark],
    sentence: Sentence,
    habits: Habits,
    paragraph: std::ops::Range<usize>,
}

/// A place where a sentence may end: before token `next`, with `stop` as its last token but for closing marks.
pub(crate) struct Place<'w> {
    walker: &'w Walker<'w>,
    next: usize,
    stop: usize,
}

impl Place<'_> {
    /// All features of the place.
    pub(crate) fn features(&self) -> Features {
        let near = Near::new(self);
        let mut features = [0; TEMPLATES];
        features[..FIRST].copy_from_slice(&near.first());
        features[FIRST..].copy_from_slice(&near.second(self));
        features
    }

    /// What the weights say.
    fn ends(&self) -> bool {
        let near = Near::new(self);
        let first = score(&near.first());
        // most places are settled by the words at either side
        first >= HOPELESS && first + score(&near.second(self)) > 0
    }
}

/// Small numbers as they are, larger ones by their size.
fn bucket(n: u32) -> u32 {
    match n {
        0..=4 => n,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        21..=40 => 8,
        _ => 9,
    }
}

impl Walker<'_> {
    fn enter_paragraph(&mut self, start: usize) {
        let mut end = start + 1;
        while end < self.marks.len() && self.marks[end].gap != Gap::Paragraph {
            end += 1;
        }
        self.paragraph = start..end;
        self.sentence = Sentence { start, ..Sentence::default() };
    }

    fn kind(&self, at: usize) -> Kind {
        self.marks[at].kind
    }

    /// Whether the dash before token `next` ends a dateline ("PARIS (AP) —"), which the treebanks keep apart.
    fn ends_dateline(&self, next: usize) -> bool {
        let (start, dash) = (self.paragraph.start, next - 1);
        if self.marks[dash].gap == Gap::None || dash - start > 14 || dash == start {
            return false;
        }
        let place_like = |at: usize| {
            matches!(
                self.kind(at),
                Kind::Capital
                    | Kind::Abbreviation
                    | Kind::Number
                    | Kind::Comma
                    | Kind::OpenBracket
                    | Kind::CloseBracket
                    | Kind::Symbol
                    | Kind::Hyphen
            )
        };
        if self.kind(start) != Kind::Capital && self.kind(start) != Kind::Abbreviation
            || !(start..dash).all(place_like)
        {
            return false;
        }
        let agency =
            self.kind(dash - 1) == Kind::CloseBracket && self.kind(dash.saturating_sub(2)) == Kind::Capital;
        let place = (start..dash)
            .take_while(|&at| matches!(self.kind(at), Kind::Capital | Kind::Abbreviation))
            .count();
        let in_capitals = |at: usize| {
            let form = &self.text[self.tokens[at].range()];
            form.len() > 1 && !form.iter().any(u8::is_ascii_lowercase)
        };
        let capitals = place <= 3 && (start..start + place).all(in_capitals);
        agency || capitals && self.marks[next].gap != Gap::None
    }

    /// Whether a sentence may end before token `next`; if so, the token that would end it, closing marks aside.
    #[inline]
    fn candidate(&self, next: usize) -> Option<usize> {
        let (before, after) = (self.kind(next - 1), self.marks[next]);
        if after.gap == Gap::None && (!before.is_terminal() || after.kind > Kind::Number) {
            return None;
        }
        let closes = |kind| matches!(kind, Kind::CloseBracket | Kind::CloseDouble | Kind::CloseSingle);
        if closes(after.kind) || after.kind == Kind::Comma {
            return None;
        }
        // “Really?” he asked: the sentence goes on
        if after.kind == Kind::Lower && before == Kind::CloseDouble {
            return None;
        }
        let mut stop = next - 1;
        while closes(self.kind(stop)) && stop > self.sentence.start && next - stop < 5 {
            stop -= 1;
        }
        let stops = self.kind(stop).is_terminal()
            || matches!(
                self.kind(stop),
                Kind::Abbreviation
                    | Kind::Colon
                    | Kind::Semicolon
                    | Kind::Dash
                    | Kind::Emoji
                    | Kind::Web
                    | Kind::Symbol
                    | Kind::Bullet
                    | Kind::Hyphen
            );
        let starts = !matches!(
            after.kind,
            Kind::Lower | Kind::Clitic | Kind::Semicolon | Kind::Colon | Kind::Period | Kind::Exclamation
        );
        if !stops && before == Kind::Lower && lexicon::hardly_ends(&self.text[self.tokens[next - 1].range()])
        {
            return None;
        }
        (stops || starts).then_some(stop)
    }

    /// A number for the form of token `at` in small letters: its first eight bytes and its length.
    #[inline]
    fn word(&self, at: usize) -> u32 {
        let (bytes, len) = self.head(at);
        let hash = ((bytes | 0x2020_2020_2020_2020) ^ len as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (hash >> 32) as u32
    }

    /// The first eight bytes of token `at`, zeros beyond its end, and its length in bytes.
    #[inline]
    fn head(&self, at: usize) -> (u64, usize) {
        let span = self.tokens[at];
        let (start, len) = (span.start as usize, (span.end - span.start) as usize);
        if let Some(Ok(eight)) = self.text.get(start..start + 8).map(<[u8; 8]>::try_from) {
            let mask = if len >= 8 { u64::MAX } else { (1 << (len * 8)) - 1 };
            return (u64::from_le_bytes(eight) & mask, len);
        }
        let form = &self.text[start..start + len.min(8)];
        (form.iter().rev().fold(0, |bytes, &b| bytes << 8 | u64::from(b)), len)
    }

    /// The look of a token: kind, length, capitals at its second and last place, full stops inside.
    #[inline]
    fn shape(&self, at: usize) -> u32 {
        let (bytes, len) = self.head(at);
        let second = (bytes >> 8) as u8;
        let last = (bytes >> ((len.min(8) - 1) * 8)) as u8;
        let dotted = self.kind(at) == Kind::Abbreviation && second == b'.' && len > 2;
        self.kind(at) as u32 * 64
            + (len.min(7) as u32) * 8
            + u32::from(second.is_ascii_uppercase()) * 4
            + u32::from(dotted) * 2
            + u32::from(last.is_ascii_uppercase())
    }
}

/// What both halves of the features are made of.
struct Near {
    stop_word: u32,
    after_word: u32,
    stop_shape: u32,
    after_shape: u32,
    stop_kind: u32,
    after_kind: u32,
    /// Kinds before the stop and after the next token; 63 beyond the paragraph.
    before_kind: u32,
    second_kind: u32,
    /// Kinds of stop and next token.
    pair: u32,
    glued: u32,
    /// How much of the sentence so far is capitals, and its length.
    titled: u32,
    words: u32,
    quotation: u32,
    to_end: u32,
}

impl Near {
    #[inline]
    fn new(place: &Place<'_>) -> Self {
        let Place { walker, next, stop } = *place;
        let sentence = &walker.sentence;
        let (stop_kind, after_kind) = (walker.kind(stop) as u32, walker.kind(next) as u32);
        let titled = match (sentence.words, sentence.capitals) {
            (0, _) => 0,
            (words, capitals) if capitals == words => 1,
            (words, capitals) if capitals * 10 >= words * 6 => 2,
            _ => 3,
        };
        Self {
            stop_word: walker.word(stop),
            after_word: walker.word(next),
            stop_shape: walker.shape(stop),
            after_shape: walker.shape(next),
            stop_kind,
            after_kind,
            before_kind: if stop > walker.paragraph.start { walker.kind(stop - 1) as u32 } else { 63 },
            second_kind: if next + 1 < walker.paragraph.end { walker.kind(next + 1) as u32 } else { 63 },
            pair: stop_kind * 64 + after_kind,
            glued: u32::from(walker.marks[next].gap == Gap::None),
            titled,
            words: bucket(sentence.words),
            quotation: sentence.quotation as u32 * 2 + u32::from(sentence.single),
            to_end: bucket((walker.paragraph.end - next) as u32),
        }
    }

    /// The features that settle most places.
    #[inline]
    fn first(&self) -> [u16; FIRST] {
        let full_pair = self.pair * 2 + self.glued;
        let values: [u32; FIRST] = [
            full_pair * 64 + self.second_kind,
            full_pair * 64 + self.before_kind,
            self.stop_word,
            self.after_word,
            mix(self.stop_word, self.after_kind),
            mix(self.after_word, self.stop_kind),
            mix(self.stop_shape, self.after_kind),
            mix(self.after_shape, self.stop_kind),
            mix(self.stop_shape, self.after_shape),
            self.pair * 16 + self.words,
            self.pair * 4 + self.titled,
            self.pair * 16 + self.to_end,
        ];
        slots(0, values)
    }

    /// The others: words and shapes further off, the state of the sentence and of the text.
    fn second(&self, place: &Place<'_>) -> [u16; TEMPLATES - FIRST] {
        const OUTSIDE: u32 = 0xffff;
        let Place { walker, next, stop } = *place;
        let Self {
            stop_word,
            after_word,
            stop_kind,
            pair,
            titled,
            words,
            quotation,
            to_end,
            second_kind,
            before_kind,
            ..
        } = *self;
        let back = |n: usize| stop.checked_sub(n).filter(|&at| at >= walker.paragraph.start);
        let word = |at: Option<usize>| at.map_or(OUTSIDE, |at| walker.word(at));
        let shape = |at: Option<usize>| at.map_or(OUTSIDE, |at| walker.shape(at));
        let second = Some(next + 1).filter(|&at| at < walker.paragraph.end);
        let (before, before2) = (back(1), back(2));
        let (before_word, second_word) = (word(before), word(second));
        let closed =
            (next - 1 - stop).min(2) as u32 * 64 + u32::from(next - 1 > stop) * walker.kind(next - 1) as u32;
        let stop_apart = u32::from(walker.marks[stop].gap != Gap::None);
        let sentence = &walker.sentence;
        let brackets = sentence.brackets.min(2);
        let start_kind = walker.kind(sentence.start) as u32;
        let paragraph = bucket((walker.paragraph.end - walker.paragraph.start) as u32 / 4);
        let habits = walker.habits.bucket();
        let second_gap = u32::from(second.is_some_and(|at| walker.marks[at].gap != Gap::None));
        let values: [u32; TEMPLATES - FIRST] = [
            before_word,
            mix(before_word, pair),
            mix(second_word, pair),
            mix(shape(before), pair),
            mix(shape(second), pair),
            mix(after_word, second_word),
            mix(stop_word, before_word),
            mix(word(before2), pair),
            pair * 1024 + closed,
            mix(pair * 16 + words, titled * 64 + start_kind),
            pair * 64 + start_kind,
            pair * 64 + brackets * 16 + quotation,
            mix(pair * 16 + quotation, closed * 64 + second_kind),
            mix(after_word, stop_kind * 16 + quotation),
            pair * 16 + paragraph,
            pair * 4 + habits,
            mix(pair * 16 + to_end, words * 4 + titled),
            mix(after_word, stop_kind * 16 + titled * 4 + habits),
            stop_apart * 8192 + pair * 2 + second_gap,
            mix(pair * 4 + titled, second_kind * 64 + before_kind),
            mix(walker.word(sentence.start), pair),
            mix(self.stop_shape, words),
            mix(stop_word, after_word),
        ];
        slots(FIRST, values)
    }
}

/// Two numbers as one.
fn mix(a: u32, b: u32) -> u32 {
    (a ^ b.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b).rotate_left(13)
}

/// The weights of the values of templates from number `first` on.
#[inline]
fn slots<const N: usize>(first: usize, values: [u32; N]) -> [u16; N] {
    let mut slots = [0; N];
    for (template, (to, value)) in slots.iter_mut().zip(values).enumerate() {
        *to = slot((first + template) as u32, value);
    }
    slots
}

/// The weight of a template's value.
fn slot(template: u32, value: u32) -> u16 {
    let hash = (value ^ template.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b);
    let hash = (hash ^ hash >> 15).wrapping_mul(0xc2b2_ae35);
    ((hash ^ hash >> 16) as usize % WEIGHTS) as u16
}
