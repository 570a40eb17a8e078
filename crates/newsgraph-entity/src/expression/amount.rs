//! Numbers, and what is counted in them.

use super::lexeme::{Lexeme, Period, Word};
use super::{Clause, Found};
use crate::EntityType;

/// Tokens that a number in words takes at most.
const LONGEST: usize = 14;

/// A number, or a range of two, and where it ends.
#[derive(Clone, Copy)]
pub(super) struct Amount {
    pub(super) end: usize,
    /// `None` for a range.
    pub(super) value: Option<f64>,
}

impl Clause<'_> {
    /// A number in digits or words: "1,000", "6.3 million", "two hundred and fifty", "a dozen".
    pub(super) fn number(&self, at: usize) -> Option<(usize, f64)> {
        match self.at(at) {
            Lexeme::Digits { value, .. } => Some(self.scaled(at + 1, value)),
            Lexeme::Word(Word::A) => match self.at(at + 1) {
                Lexeme::Scale(scale) => Some(self.scaled(at + 2, scale)),
                Lexeme::Dozen => Some((at + 2, 12.0)),
                _ => None,
            },
            Lexeme::Half => match (self.at(at + 1), self.at(at + 2)) {
                (Lexeme::Word(Word::A), Lexeme::Scale(scale)) => Some(self.scaled(at + 3, scale / 2.0)),
                (Lexeme::Word(Word::A), Lexeme::Dozen) => Some((at + 3, 6.0)),
                _ => None,
            },
            Lexeme::Small(_) | Lexeme::Tens(_) => Some(self.number_in_words(at)),
            _ => None,
        }
    }

    fn scaled(&self, mut end: usize, mut value: f64) -> (usize, f64) {
        while let (Lexeme::Scale(scale), true) = (self.at(end), value.abs() < 1e15) {
            value *= scale;
            end += 1;
        }
        (end, value)
    }

    fn number_in_words(&self, at: usize) -> (usize, f64) {
        let (mut end, mut total, mut part, mut free) = (at, 0.0, 0.0, true);
        while end < at + LONGEST {
            match self.at(end) {
                Lexeme::Small(n) if free => (part, free) = (part + n, false),
                Lexeme::Tens(n) if free => {
                    part += n;
                    let dash = usize::from(self.is(end + 1, Word::Hyphen));
                    free = false;
                    if let Lexeme::Small(unit) = self.at(end + 1 + dash) {
                        part += unit;
                        end += 1 + dash;
                    }
                }
                Lexeme::Scale(scale) if part > 0.0 && scale < 1e3 => (part, free) = (part * scale, true),
                Lexeme::Scale(scale) if part > 0.0 => {
                    (total, part, free) = (total + part * scale, 0.0, true);
                }
                Lexeme::Dozen if part > 0.0 && end == at + 1 => return (end + 1, part * 12.0),
                Lexeme::Word(Word::And)
                    if free && end > at && matches!(self.at(end + 1), Lexeme::Small(_) | Lexeme::Tens(_)) => {
                }
                _ => break,
            }
            end += 1;
        }
        (end, total + part)
    }

    /// A number, or two with "to" or a hyphen between.
    pub(super) fn amount(&self, at: usize) -> Option<Amount> {
        let (end, value) = self.number(at)?;
        if (self.is(end, Word::To) || self.is(end, Word::Hyphen))
            && let Some((end, _)) = self.number(self.skip_symbol(end + 1))
        {
            return Some(Amount { end, value: None });
        }
        Some(Amount { end, value: Some(value) })
    }

    fn skip_symbol(&self, at: usize) -> usize {
        at + usize::from(matches!(self.at(at), Lexeme::Symbol))
    }

    /// Tries the number alone where with a range nothing follows.
    fn counted(&self, at: usize, unit: impl Fn(usize) -> Option<usize>) -> Option<(usize, Option<f64>)> {
        let amount = self.amount(at)?;
        let with_unit = |end: usize| unit(end).or_else(|| unit(self.skip(end, Word::Hyphen)));
        if let Some(end) = with_unit(amount.end) {
            return Some((end, amount.value));
        }
        let (end, value) = self.number(at)?;
        Some((with_unit(end)?, Some(value)))
    }

    /// "$172 billion", "five million euros", "£10 to £12".
    pub(super) fn money(&self, at: usize) -> Option<Found> {
        if matches!(self.at(at), Lexeme::Symbol) {
            let amount = self.amount(at + 1)?;
            // After a sign of currency "m" is a million, elsewhere metres.
            let scale = match self.form(amount.end) {
                "m" => 1e6,
                "k" => 1e3,
                "b" => 1e9,
                _ => return Found::number(amount.end, EntityType::Money, amount.value),
            };
            return Found::number(amount.end + 1, EntityType::Money, amount.value.map(|v| v * scale));
        }
        let currency = |end: usize| matches!(self.at(end), Lexeme::Currency).then_some(end + 1);
        let nation =
            |end: usize| currency(end).or_else(|| currency(end + 1).filter(|_| self.is_nationality(end)));
        let (end, value) = self.counted(at, nation)?;
        Found::number(end, EntityType::Money, value)
    }

    /// The word of a nation before its currency: "US dollars", "Australian dollars".
    fn is_nationality(&self, at: usize) -> bool {
        matches!(self.at(at), Lexeme::Other) && self.form(at).starts_with(char::is_uppercase)
    }

    /// "6.3 per cent", "40%", "two percentage points".
    pub(super) fn percent(&self, at: usize) -> Option<Found> {
        let sign = |end: usize| match (self.at(end), self.at(end + 1)) {
            (Lexeme::Percent, _) => Some(end + 1),
            (Lexeme::Word(Word::Per), Lexeme::Word(Word::Cent)) => Some(end + 2),
            (Lexeme::Word(Word::Percentage), Lexeme::Word(Word::Points)) => Some(end + 2),
            _ => None,
        };
        let (end, value) = self.counted(at, sign)?;
        Found::number(end, EntityType::Percent, value)
    }

    /// "1,000 kilometres", "100-mile", "30 degrees Celsius".
    pub(super) fn quantity(&self, at: usize) -> Option<Found> {
        let unit = |end: usize| {
            let mut last = self.skip(end, Word::Square);
            let first = last;
            while last < first + 2 && matches!(self.at(last), Lexeme::Measure) {
                last += 1;
            }
            (last > first).then(|| self.skip(last, Word::Points))
        };
        let (end, value) = self.counted(at, unit)?;
        Found::number(end, EntityType::Quantity, value)
    }

    /// "two hours", "12-day", "several weeks", "35-year-old": DATE, or TIME below a day.
    pub(super) fn duration(&self, at: usize) -> Option<Found> {
        let period = |end: usize| match self.at(end) {
            Lexeme::Period { period, .. } => Some((end + 1, period)),
            Lexeme::Ordinal(2.0) if self.is(end.wrapping_sub(1), Word::Hyphen) => {
                Some((end + 1, Period::Second))
            }
            _ => None,
        };
        if matches!(self.at(at), Lexeme::Word(Word::Few | Word::Several)) {
            let (end, period) = period(at + 1)?;
            let kind = if period.is_short() { EntityType::Time } else { EntityType::Date };
            return Found::number(end, kind, None);
        }
        let (end, value) = self.counted(at, |end| period(end).map(|p| p.0))?;
        let (_, unit) = period(end - 1)?;
        let old = self.skip(end, Word::Hyphen);
        let end = if self.is(old, Word::Old) { old + 1 } else { end };
        let kind = if unit.is_short() { EntityType::Time } else { EntityType::Date };
        Found::number(end, kind, value)
    }

    /// "first", "21st".
    pub(super) fn ordinal(&self, at: usize) -> Option<Found> {
        match self.at(at) {
            Lexeme::Ordinal(value) => Found::number(at + 1, EntityType::Ordinal, Some(value)),
            _ => None,
        }
    }

    /// "35", "two million"; "one" only where it counts.
    pub(super) fn cardinal(&self, at: usize) -> Option<Found> {
        let (end, value) = self.number(at)?;
        let pronoun = matches!(self.at(at), Lexeme::Small(1.0))
            && matches!(
                self.before(at),
                Lexeme::Word(
                    Word::Determiner
                        | Word::The
                        | Word::This
                        | Word::A
                        | Word::Last
                        | Word::Next
                        | Word::Previous
                )
            );
        if pronoun && end == at + 1 {
            return None;
        }
        Found::number(end, EntityType::Cardinal, Some(value))
    }
}
