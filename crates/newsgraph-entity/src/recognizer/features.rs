//! The features of one token: what the model weighs.

use super::hash::mix;
use super::observe::{NONE, Observation, Token, flag};
use super::words::class;

/// Hash of what lies beyond the ends of a sentence.
const EDGE: u64 = 0xED6E;

/// Numbers the templates in the order of their use and hands the hashed features on.
struct Emitter<'s, S: FnMut(u64)> {
    template: u64,
    sink: &'s mut S,
}

impl<S: FnMut(u64)> Emitter<'_, S> {
    fn add(&mut self, value: u64) {
        self.template += 1;
        (self.sink)(mix(self.template, value));
    }

    fn pair(&mut self, a: u64, b: u64) {
        self.add(mix(a, b));
    }

    /// One feature for each bit that is set, or one for none.
    fn bits(&mut self, bits: u32, with: u64) {
        self.template += 1;
        let base = mix(self.template, with);
        let mut left = bits;
        while left != 0 {
            (self.sink)(mix(base, u64::from(left.trailing_zeros())));
            left &= left - 1;
        }
    }

    /// A feature of its own number when the condition holds.
    fn when(&mut self, holds: bool, value: u64) {
        self.template += 1;
        if holds {
            (self.sink)(mix(self.template, value));
        }
    }
}

impl Observation {
    /// Hands each feature of token `at`, as a hash, to `sink`.
    pub fn features(&self, at: u32, sink: &mut impl FnMut(u64)) {
        let Some(token) = self.tokens.get(at as usize) else { return };
        let mut out = Emitter { template: 0, sink };
        self.word_features(at, token, &mut out);
        self.context_features(at, token, &mut out);
        self.run_features(at, token, &mut out);
        self.document_features(token, &mut out);
        self.hint_features(at, token, &mut out);
    }

    fn lower(&self, at: u32, offset: i32) -> u64 {
        self.near(at, offset).map_or(EDGE, |t| t.lower)
    }

    fn word_features(&self, at: u32, token: &Token, out: &mut Emitter<'_, impl FnMut(u64)>) {
        let case = u64::from(token.habit.case);
        let first = u64::from(token.flags & (flag::FIRST | flag::TITLE_LINE | flag::CAPITAL_LINE));
        let shape = if token.is(flag::CAPITAL_LINE) { 7 } else { token.shape };
        out.add(0);
        out.add(token.form);
        out.add(token.lower);
        out.pair(shape, first);
        out.add(shape);
        for affix in token.prefix.iter().chain(&token.suffix) {
            out.add(*affix);
        }
        out.pair(token.suffix[1], shape);
        out.pair(case, shape);
        out.pair(case, first);
        out.add(u64::from(token.habit.cluster));
        out.add(u64::from(token.habit.coarse));
        out.pair(u64::from(token.habit.coarse), shape);
        out.bits(token.classes, 0);
        out.bits(token.classes, shape);
        out.pair(
            u64::from(token.letters.min(6)),
            u64::from(token.flags & (flag::ALL_CAPITALS | flag::DIGIT)),
        );
        let before = self.near(at, -1).map_or(EDGE, |t| t.shape);
        let after = self.near(at, 1).map_or(EDGE, |t| t.shape);
        out.pair(before, shape);
        out.pair(shape, after);
        out.pair(mix(before, shape), after);
    }

    fn context_features(&self, at: u32, token: &Token, out: &mut Emitter<'_, impl FnMut(u64)>) {
        let case = u64::from(token.habit.case);
        for offset in [-2, -1, 1, 2] {
            let lower = self.lower(at, offset);
            out.add(lower);
            out.pair(lower, u64::from(token.flags & (flag::CAPITAL | flag::DIGIT)));
            let (classes, habit, shape) = self
                .near(at, offset)
                .map_or((0, Default::default(), EDGE), |t| (t.classes, t.habit, t.shape));
            out.bits(classes, 0);
            out.bits(classes, token.shape);
            out.add(u64::from(habit.cluster));
            out.add(u64::from(habit.coarse));
            out.pair(u64::from(habit.coarse), u64::from(token.habit.coarse));
            out.pair(shape, u64::from(habit.case));
            out.pair(case, u64::from(habit.case));
        }
        out.pair(self.lower(at, -1), token.lower);
        out.pair(token.lower, self.lower(at, 1));
        out.pair(self.lower(at, -2), self.lower(at, -1));
        out.pair(self.lower(at, 1), self.lower(at, 2));
        out.pair(self.lower(at, -1), self.lower(at, 1));
    }

    fn run_features(&self, at: u32, token: &Token, out: &mut Emitter<'_, impl FnMut(u64)>) {
        out.when(token.run == NONE, 0);
        let Some(run) = self.runs.get(token.run as usize) else { return };
        let (start, end) = (run.tokens.start, run.tokens.end);
        let place = mix(u64::from((at - start).min(3)), u64::from((end - 1 - at).min(3)));
        let head = &self.tokens[run.head as usize];
        let begin = &self.tokens[start as usize];
        out.add(place);
        out.pair(head.lower, u64::from(at > run.head));
        out.pair(u64::from(head.habit.coarse), place);
        out.pair(u64::from(head.habit.cluster), 0);
        out.bits(head.classes, 0);
        out.bits(head.classes, place);
        out.pair(head.suffix[1], u64::from(at > run.head));
        out.add(begin.lower);
        out.bits(begin.classes, place);
        let (before, after) = (self.near(start, -1), self.near(end - 1, 1));
        let lower = |t: Option<&Token>| t.map_or(EDGE, |t| t.lower);
        out.pair(lower(before), u64::from(run.tokens.len().min(3)));
        out.pair(lower(after), u64::from(run.tokens.len().min(3)));
        out.bits(before.map_or(0, |t| t.classes), place);
        out.bits(after.map_or(0, |t| t.classes), place);
        out.pair(before.map_or(0, |t| u64::from(t.habit.cluster)), place);
        out.pair(after.map_or(0, |t| u64::from(t.habit.cluster)), place);
        out.pair(lower(self.near(start, -2)), lower(before));
        out.pair(lower(after), lower(self.near(end - 1, 2)));
    }

    fn document_features(&self, token: &Token, out: &mut Emitter<'_, impl FnMut(u64)>) {
        let Some(word) = self.words.get(&token.lower).filter(|_| token.is(flag::CAPITAL)) else { return };
        let first = u64::from(token.flags & flag::FIRST);
        let inner = word.inner - u32::from(word.inner > 0 && first == 0);
        out.pair(u64::from(word.lower.min(2)), u64::from(inner.min(2)));
        out.pair(
            mix(u64::from(word.lower.min(1)), u64::from(inner.min(1))),
            mix(first, u64::from(token.habit.case)),
        );
        let (mut heads, mut before, mut after, mut hints, mut longer) = (0, 0, 0, 0, 0);
        for number in word.runs.iter().flatten().filter(|&&r| r != token.run) {
            let run = self.runs[*number as usize];
            let head = &self.tokens[run.head as usize];
            heads |= head.classes;
            hints |= head.hints;
            before |= self.near(run.tokens.start, -1).map_or(0, |t| t.classes);
            after |= self.near(run.tokens.end - 1, 1).map_or(0, |t| t.classes);
            if run.tokens.len() > 1 {
                let begin = &self.tokens[run.tokens.start as usize];
                let last = head.lower == token.lower;
                longer |= 1 + 2 * u32::from(last && begin.has(class::FIRST_NAME)) + 4 * u32::from(last);
                longer |= 8 * u32::from(begin.lower == token.lower);
            }
        }
        let alone = u64::from(self.runs.get(token.run as usize).map_or(0, |r| r.tokens.len().min(2)));
        out.bits(heads, 0);
        out.bits(before, 0);
        out.bits(after, 0);
        out.bits(hints, 0);
        out.bits(longer, alone);
        let acronym = self.initials.get(&token.form).filter(|_| token.is(flag::ALL_CAPITALS));
        let spelled_out = acronym.and_then(|&r| self.runs.get(r as usize));
        out.when(spelled_out.is_some(), 0);
        out.bits(spelled_out.map_or(0, |r| self.tokens[r.head as usize].classes), 0);
    }

    fn hint_features(&self, at: u32, token: &Token, out: &mut Emitter<'_, impl FnMut(u64)>) {
        let position = u64::from(token.hint_position);
        let case = mix(u64::from(token.habit.case), u64::from(token.flags & (flag::CAPITAL | flag::FIRST)));
        out.bits(token.hints, position);
        out.bits(token.hints, mix(position, case));
        out.when(token.hint_position != 0, mix(u64::from(token.hints), position));
        for offset in [-1, 1] {
            let (hints, position) =
                self.near(at, offset).map_or((0, 0), |t| (t.hints, u64::from(t.hint_position)));
            out.bits(hints, position);
            out.bits(hints, mix(position, token.shape));
        }
        let Some(run) = self.runs.get(token.run as usize) else { return };
        let covers = |at: u32| self.tokens[at as usize].hint_position;
        let fit = mix(u64::from(covers(run.tokens.start)), u64::from(covers(run.tokens.end - 1)));
        out.pair(u64::from(token.hints), fit);
        out.bits(self.tokens[run.head as usize].hints, fit);
    }
}
