//! Expressions of time and number: dates, times, sums of money, percentages, quantities, numbers.
//!
//! A hand-written grammar over tokens, with the types of OntoNotes 5. Dates and periods become days of the calendar
//! where the text says enough, against the day of publication; no clock is read.
//!
//! ```
//! use newsgraph_entity::expression::ExpressionReader;
//! use newsgraph_text::Span;
//! use newsgraph_token::Segmentation;
//!
//! let text = "It fell on Tuesday";
//! let mut tokens = Segmentation::default();
//! for (start, end) in [(0, 2), (3, 7), (8, 10), (11, 18)] {
//!     tokens.push_token(Span::new(start, end));
//! }
//! tokens.end_sentence();
//! let mut found = Vec::new();
//! ExpressionReader::new().read(text, &tokens, Some("2025-07-03"), &mut found);
//! assert_eq!(found[0].days.map(|d| d.to_string()).as_deref(), Some("2025-07-01"));
//! ```

mod amount;
mod calendar;
mod date;
mod known;
mod lexeme;
mod relative;

use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;

use crate::EntityType;
use known::Known;
use lexeme::{Lexeme, Word};

pub use calendar::{Day, DayInterval};

/// An expression of time or number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expression {
    /// Where, without a leading article or preposition.
    pub tokens: TokenRange,
    /// DATE, TIME, MONEY, PERCENT, QUANTITY, ORDINAL or CARDINAL.
    pub kind: EntityType,
    /// The days that a date names, or the day that a time is on, where text and publication date say enough.
    pub days: Option<DayInterval>,
    /// The number: of a sum without its currency, of a quantity without its unit, of a period its count of units;
    /// `None` for ranges and for words such as "several".
    pub value: Option<f64>,
}

/// Reads expressions; owns its scratch space, so one per thread and used again for every document.
#[derive(Default)]
pub struct ExpressionReader {
    lexemes: Vec<Lexeme>,
    known: Known,
}

impl ExpressionReader {
    /// A reader with the built-in grammar.
    pub fn new() -> Self {
        Self::default()
    }

    /// Finds the expressions of a text, replacing what `out` held: in order, none overlapping another, the longest
    /// at each place. `published` is ISO 8601; without it, or where it is no whole date, expressions relative to it
    /// have no days. Takes time linear in the length of the text.
    pub fn read(
        &mut self,
        text: &str,
        segmentation: &Segmentation,
        published: Option<&str>,
        out: &mut Vec<Expression>,
    ) {
        out.clear();
        let published = published.and_then(Day::parse);
        for sentence in segmentation.sentences() {
            self.lexemes.clear();
            let (lexemes, known) = (&mut self.lexemes, &mut self.known);
            lexemes.extend(sentence.iter().map(|t| known.lexeme(segmentation.form(text, t))));
            let clause =
                Clause { lexemes: &self.lexemes, start: sentence.start, text, segmentation, published };
            let mut at = 0;
            while at < self.lexemes.len() {
                let Some(found) = clause.longest(at) else {
                    at += 1;
                    continue;
                };
                let tokens = TokenRange::new(sentence.start + at as u32, sentence.start + found.end as u32);
                out.push(Expression { tokens, kind: found.kind, days: found.days, value: found.value });
                at = found.end;
            }
        }
    }
}

/// What a rule found at a place: up to where, and what it means.
#[derive(Clone, Copy, Debug)]
struct Found {
    end: usize,
    kind: EntityType,
    days: Option<DayInterval>,
    value: Option<f64>,
}

impl Found {
    fn date(end: usize, days: Option<DayInterval>) -> Option<Self> {
        Some(Self { end, kind: EntityType::Date, days, value: None })
    }

    fn time(end: usize, days: Option<DayInterval>) -> Option<Self> {
        Some(Self { end, kind: EntityType::Time, days, value: None })
    }

    fn number(end: usize, kind: EntityType, value: Option<f64>) -> Option<Self> {
        Some(Self { end, kind, days: None, value })
    }
}

/// A sentence as lexemes, and what is needed beside them.
struct Clause<'t> {
    lexemes: &'t [Lexeme],
    /// Number of the first token.
    start: u32,
    text: &'t str,
    segmentation: &'t Segmentation,
    published: Option<Day>,
}

impl Clause<'_> {
    /// The longest expression that begins at a place; of equally long ones that of the earlier rule.
    fn longest(&self, at: usize) -> Option<Found> {
        if matches!(self.at(at), Lexeme::Other) || self.is_part_of_name(at) {
            return None;
        }
        let rules = [
            self.time(at),
            self.absolute_date(at),
            self.relative_date(at),
            self.duration(at),
            self.money(at),
            self.percent(at),
            self.quantity(at),
            self.ordinal(at),
            self.cardinal(at),
        ];
        rules.into_iter().flatten().reduce(|best, found| if found.end > best.end { found } else { best })
    }

    fn at(&self, index: usize) -> Lexeme {
        self.lexemes.get(index).copied().unwrap_or(Lexeme::Other)
    }

    fn before(&self, index: usize) -> Lexeme {
        index.checked_sub(1).map_or(Lexeme::Other, |i| self.at(i))
    }

    fn is(&self, index: usize, word: Word) -> bool {
        self.at(index) == Lexeme::Word(word)
    }

    fn form(&self, index: usize) -> &str {
        if index < self.lexemes.len() {
            self.segmentation.form(self.text, self.start + index as u32)
        } else {
            ""
        }
    }

    /// The index after a word, or the index itself.
    fn skip(&self, index: usize, word: Word) -> usize {
        index + usize::from(self.is(index, word))
    }

    /// Whether digits hang on a name by a hyphen: F-16, COVID-19.
    fn is_part_of_name(&self, at: usize) -> bool {
        let Some(letter) = at.checked_sub(2).filter(|_| self.is(at.wrapping_sub(1), Word::Hyphen)) else {
            return false;
        };
        let tokens = self.segmentation.tokens();
        let base = self.start as usize;
        let (Some(a), Some(b), Some(c)) =
            (tokens.get(base + letter), tokens.get(base + letter + 1), tokens.get(base + at))
        else {
            return false;
        };
        a.end == b.start
            && b.end == c.start
            && matches!(self.at(at), Lexeme::Digits { .. })
            && matches!(self.at(letter), Lexeme::Other)
            && self.form(letter).starts_with(char::is_uppercase)
    }

    /// Whether the words before a place speak of what is to come.
    fn looks_ahead(&self, at: usize) -> bool {
        const WINDOW: usize = 14;
        (at.saturating_sub(WINDOW)..at).any(|i| self.is(i, Word::Ahead))
    }
}

#[cfg(test)]
mod tests;
