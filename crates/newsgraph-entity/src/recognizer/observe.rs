//! What the recogniser sees of a document before any model: shapes, candidate stretches, runs of capitalised
//! words, and what the rest of the document says about each word.

use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;
use rustc_hash::FxHashMap;

use super::NameHint;
use super::hash;
use super::spelling;
use super::weights::Weights;
use super::words::{self, WordHabit, class};

/// Facts about the spelling and place of a token, as bits.
pub(super) mod flag {
    /// Its first letter is upper case.
    pub(in crate::recognizer) const CAPITAL: u16 = 1;
    /// All its letters are upper case, and there are two at least.
    pub(in crate::recognizer) const ALL_CAPITALS: u16 = 2;
    /// It holds a digit.
    pub(in crate::recognizer) const DIGIT: u16 = 4;
    /// It holds a letter.
    pub(in crate::recognizer) const LETTER: u16 = 8;
    /// An upper-case letter follows a lower-case one: iPhone, McDonald.
    pub(in crate::recognizer) const INNER_CAPITAL: u16 = 16;
    /// No word comes before it in its sentence.
    pub(in crate::recognizer) const FIRST: u16 = 32;
    /// It may be in a name.
    pub(in crate::recognizer) const CANDIDATE: u16 = 64;
    /// Its sentence is in capitals throughout.
    pub(in crate::recognizer) const CAPITAL_LINE: u16 = 128;
    /// Nearly all words of its sentence are capitalised, as in a headline.
    pub(in crate::recognizer) const TITLE_LINE: u16 = 256;
    /// It holds letters of a script without case.
    pub(in crate::recognizer) const CASELESS: u16 = 512;
}

/// Whether a candidate that stands alone may be a name: no number, no "I", no function word that begins a sentence.
fn may_be_name(token: &Token) -> bool {
    if token.hint_position != 0 || token.is(flag::ALL_CAPITALS | flag::CASELESS) {
        return true;
    }
    let common = || token.is(flag::FIRST) || token.letters == 1;
    token.is(flag::LETTER) && !(common() && words::classes(token.lower) & class::FUNCTION != 0)
}

/// No run, no sentence.
pub(super) const NONE: u32 = u32::MAX;
/// Lower-case tokens between two candidates that may still lie inside one name.
const MAX_GAP: u32 = 3;
/// What a hint at a little-known place adds to the number of its bit; no bit of another type lies there.
const MINOR: u32 = 20;
/// Runs remembered for each word of a document.
const RUNS_OF_A_WORD: usize = 3;

/// One token as the features see it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Token {
    pub(super) form: u64,
    pub(super) lower: u64,
    pub(super) shape: u64,
    pub(super) prefix: [u64; 3],
    pub(super) suffix: [u64; 3],
    pub(super) classes: u32,
    pub(super) habit: WordHabit,
    pub(super) flags: u16,
    pub(super) letters: u8,
    pub(super) sentence: u32,
    pub(super) run: u32,
    pub(super) hints: u32,
    /// 0 outside hints, else 1 + [`super::tags::Position`].
    pub(super) hint_position: u8,
}

impl Token {
    pub(super) fn is(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    pub(super) fn has(&self, classes: u32) -> bool {
        self.classes & classes != 0
    }
}

/// A run of capitalised words, joined over "of", hyphens and particles; titles before it left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) tokens: TokenRange,
    /// The word that says what it is: the last one before an "of", else the last.
    pub(super) head: u32,
}

/// What the document says about a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Times it stands in lower case.
    pub(super) lower: u32,
    /// Times it is capitalised where no sentence begins.
    pub(super) inner: u32,
    /// The first runs that it is part of.
    pub(super) runs: [Option<u32>; RUNS_OF_A_WORD],
}

/// The scratch that holds what was seen of one document; made once, filled again for each.
#[derive(Default)]
pub struct Observation {
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<TokenRange>,
    pub(super) runs: Vec<Run>,
    pub(super) words: FxHashMap<u64, Word>,
    pub(super) initials: FxHashMap<u64, u32>,
    stretches: Vec<TokenRange>,
}

impl Observation {
    /// Looks at a document: everything that [`Observation::features`] needs. Linear in its length.
    pub fn observe(
        &mut self,
        text: &str,
        segmentation: &Segmentation,
        hints: &[NameHint],
        weights: &Weights,
    ) {
        self.sentences.clear();
        self.sentences.extend_from_slice(segmentation.sentences());
        self.spell(text, segmentation);
        self.mark_lines();
        self.take_hints(hints);
        self.find_stretches();
        self.look_up(text, segmentation, weights);
        self.find_runs();
        self.read_document();
    }

    /// The stretches of tokens that may hold names, in order; all other tokens are outside names.
    pub fn stretches(&self) -> &[TokenRange] {
        &self.stretches
    }

    /// The token at `at + offset` when it lies in the same sentence.
    pub(super) fn near(&self, at: u32, offset: i32) -> Option<&Token> {
        let here = self.tokens.get(at as usize)?;
        let there = self.tokens.get(at.checked_add_signed(offset)? as usize)?;
        (here.sentence == there.sentence).then_some(there)
    }

    /// Whether what looks like a name is an abbreviation for a common noun that no list has as a name: "GDP".
    pub(super) fn is_common(&self, name: TokenRange) -> bool {
        let abbreviation = |t: &Token| t.has(class::ABBREVIATION) && t.hints == 0;
        name.len() == 1 && self.tokens.get(name.start as usize).is_some_and(abbreviation)
    }

    fn spell(&mut self, text: &str, segmentation: &Segmentation) {
        self.tokens.clear();
        for (number, sentence) in segmentation.sentences().iter().enumerate() {
            let mut first = true;
            for token in *sentence {
                let form = segmentation.form(text, token);
                let mut seen = spelling::look(form);
                seen.sentence = number as u32;
                if first && seen.is(flag::LETTER | flag::DIGIT | flag::CASELESS) {
                    seen.flags |= flag::FIRST;
                    first = false;
                }
                self.tokens.push(seen);
            }
        }
    }

    /// Marks the sentences that are written in capitals or as headlines: there, case says little.
    fn mark_lines(&mut self) {
        for sentence in &self.sentences {
            let tokens = &mut self.tokens[sentence.range()];
            let (mut words, mut capital, mut all) = (0u32, 0u32, 0u32);
            for token in tokens.iter().filter(|t| t.is(flag::LETTER) && t.letters > 1) {
                words += 1;
                capital += u32::from(token.is(flag::CAPITAL));
                all += u32::from(token.is(flag::ALL_CAPITALS));
            }
            let line = if words >= 3 && all * 10 >= words * 7 {
                flag::CAPITAL_LINE | flag::CANDIDATE
            } else if words >= 4 && capital * 4 >= words * 3 {
                flag::TITLE_LINE
            } else {
                0
            };
            for token in tokens.iter_mut().filter(|t| t.is(flag::LETTER)) {
                token.flags |= line;
            }
        }
    }

    /// Puts hints on their tokens: hints for the very same tokens add up, of others that overlap the first counts.
    fn take_hints(&mut self, hints: &[NameHint]) {
        for hint in hints {
            let range = hint.tokens.range();
            let Some(tokens) = self.tokens.get_mut(range).filter(|t| !t.is_empty()) else { continue };
            let last = tokens.len() - 1;
            let position = |i: usize| match (i == 0, i == last) {
                (true, true) => 4,
                (true, false) => 1,
                (false, true) => 3,
                (false, false) => 2,
            };
            let free = tokens.iter().all(|t| t.hint_position == 0);
            let same = tokens.iter().enumerate().all(|(i, t)| t.hint_position == position(i));
            if !free && !same {
                continue;
            }
            for (i, token) in tokens.iter_mut().enumerate() {
                token.hints |= 1 << (hint.kind as u32 + if hint.minor { MINOR } else { 0 });
                token.hint_position = position(i);
                token.flags |= flag::CANDIDATE;
            }
        }
    }

    /// Candidates, and the few lower-case words between them that names may hold.
    fn find_stretches(&mut self) {
        self.stretches.clear();
        for sentence in &self.sentences {
            let mut open: Option<TokenRange> = None;
            for token in *sentence {
                if !self.tokens[token as usize].is(flag::CANDIDATE) {
                    continue;
                }
                open = Some(match open {
                    Some(range) if self.joined(range.end, token) => TokenRange::new(range.start, token + 1),
                    other => {
                        self.stretches.extend(other);
                        TokenRange::new(token, token + 1)
                    }
                });
            }
            self.stretches.extend(open);
        }
        let tokens = &self.tokens;
        self.stretches.retain(|stretch| stretch.len() > 1 || may_be_name(&tokens[stretch.start as usize]));
    }

    fn joined(&self, from: u32, to: u32) -> bool {
        to - from <= MAX_GAP
            && self.tokens[from as usize..to as usize]
                .iter()
                .all(|t| words::classes(t.lower) & class::JOINER != 0)
    }

    /// Fills in what costs a look-up, where it will be needed: in stretches and two tokens around them.
    fn look_up(&mut self, text: &str, segmentation: &Segmentation, weights: &Weights) {
        let mut done = 0;
        for stretch in &self.stretches {
            let end = (stretch.end + 2).min(self.tokens.len() as u32);
            for at in stretch.start.saturating_sub(2).max(done)..end {
                let token = &mut self.tokens[at as usize];
                token.classes = words::classes(token.lower);
                token.habit = weights.habit(token.form, token.lower);
                spelling::affixes(segmentation.form(text, at), token);
            }
            done = done.max(end);
        }
    }

    fn find_runs(&mut self) {
        self.runs.clear();
        self.initials.clear();
        for i in 0..self.stretches.len() {
            let stretch = self.stretches[i];
            let mut at = stretch.start;
            while at < stretch.end {
                if !self.begins_run(at) {
                    at += 1;
                    continue;
                }
                let end = self.end_of_run(at, stretch.end);
                self.push_run(TokenRange::new(at, end));
                at = end;
            }
        }
    }

    fn begins_run(&self, at: u32) -> bool {
        let token = &self.tokens[at as usize];
        if !token.is(flag::CAPITAL) || token.has(class::TITLE) && self.followed_by_capital(at) {
            return false;
        }
        let common =
            token.has(class::FUNCTION) && (!token.is(flag::ALL_CAPITALS) || token.is(flag::CAPITAL_LINE));
        !(common || token.is(flag::FIRST) && token.habit.case == 1)
    }

    fn followed_by_capital(&self, at: u32) -> bool {
        self.near(at, 1).is_some_and(|t| t.is(flag::CAPITAL) && !t.has(class::FUNCTION))
    }

    fn end_of_run(&self, start: u32, limit: u32) -> u32 {
        let mut end = start + 1;
        loop {
            let mut next = end;
            while next < limit && next - end < 2 && self.joins_run(next) {
                next += 1;
            }
            let goes_on = next < limit && {
                let token = &self.tokens[next as usize];
                token.is(flag::CAPITAL) && (next == end || !token.has(class::FUNCTION))
            };
            if !goes_on {
                return end;
            }
            end = next + 1;
        }
    }

    /// Whether a token that is no capitalised word may stand inside a run.
    fn joins_run(&self, at: u32) -> bool {
        let token = &self.tokens[at as usize];
        if token.is(flag::CAPITAL) {
            return false;
        }
        let mark = |text: &str| token.form == hash::of_form(text);
        token.has(class::PARTICLE)
            || mark("of")
            || mark("-")
            || mark("&")
            || mark("'s")
            || mark(".") && self.near(at, -1).is_some_and(|t| t.letters == 1)
            || mark("the") && self.near(at, -1).is_some_and(|t| t.form == hash::of_form("of"))
    }

    fn push_run(&mut self, tokens: TokenRange) {
        let number = self.runs.len() as u32;
        let of = hash::of_form("of");
        let head = tokens.iter().find(|&t| self.tokens[t as usize].form == of).map_or(tokens.end, |t| t) - 1;
        self.runs.push(Run { tokens, head });
        for token in &mut self.tokens[tokens.range()] {
            token.run = number;
        }
        let capitals = self.tokens[tokens.range()].iter().filter(|t| t.is(flag::CAPITAL));
        let (count, initials) = capitals.fold((0, 0), |(n, h), t| (n + 1, hash::mix(h, t.prefix[0])));
        if count >= 2 {
            self.initials.entry(initials).or_insert(number);
        }
    }

    /// Counts how the document writes each word that is capitalised somewhere.
    fn read_document(&mut self) {
        self.words.clear();
        for token in &self.tokens {
            if token.is(flag::CAPITAL) && token.is(flag::CANDIDATE) {
                let word = self.words.entry(token.lower).or_default();
                let plain = flag::FIRST | flag::CAPITAL_LINE | flag::TITLE_LINE;
                word.inner += u32::from(!token.is(plain));
                if token.run != NONE
                    && !word.runs.contains(&Some(token.run))
                    && let Some(free) = word.runs.iter_mut().find(|r| r.is_none())
                {
                    *free = Some(token.run);
                }
            }
        }
        for token in &self.tokens {
            if token.is(flag::LETTER)
                && !token.is(flag::CAPITAL)
                && let Some(word) = self.words.get_mut(&token.lower)
            {
                word.lower += 1;
            }
        }
    }
}
