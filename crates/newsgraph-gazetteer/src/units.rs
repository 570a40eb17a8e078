//! The marked stream of units that names and texts are compared in.
//!
//! A unit is a word as the gazetteer sees it: folded of diacritics, dots and inner apostrophes, whatever the
//! tokenizer does with hyphens. A name and a text go through the same scanner, so that "U.S." and "US", "Élysée"
//! and "Elysee", "al-Qaida" as one token or as three, and words on two sides of a line break come out alike:
//!
//! * `.` inside or after a word is dropped; alone it is a unit;
//! * `'` and `’` inside a word are dropped ("Sana'a"); a final `'s` or `'` is a unit of its own;
//! * `-` between two words without white space is dropped ("Iran-Israel" are two units); between white space it is
//!   a unit;
//! * any other punctuation mark is a unit of its own; `&` alone is `and`.

use newsgraph_text::Span;

use crate::fold::fold;

/// Units longer than this many bytes are not looked up, and no name may have one.
pub(crate) const MAX_UNIT: usize = 64;

/// One unit of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit<'a> {
    /// Folded, with the case that the text has.
    pub(crate) folded: &'a [u8],
    /// Whether a letter of it is upper case.
    pub(crate) upper: bool,
    /// Where it stands.
    pub(crate) span: Span,
}

const WORD: u8 = 1;
const DOT: u8 = 2;
const APOSTROPHE: u8 = 4;
const HYPHEN: u8 = 8;
const MARK: u8 = 16;
const WIDE: u8 = 32;
const UPPER: u8 = 64;

const CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [MARK; 256];
    let mut b = 0;
    while b < 256 {
        let c = b as u8;
        table[b] = if c.is_ascii_uppercase() {
            WORD | UPPER
        } else if c.is_ascii_alphanumeric() || c == b'&' || c == b'@' || c == b'_' {
            WORD
        } else if c == b'.' {
            DOT
        } else if c == b'\'' || c == b'`' {
            APOSTROPHE
        } else if c == b'-' {
            HYPHEN
        } else if c >= 0x80 {
            WIDE
        } else {
            MARK
        };
        b += 1;
    }
    table
}

/// Cuts tokens into units; owns the buffer they are folded in.
#[derive(Default)]
pub(crate) struct UnitScanner {
    folded: Vec<u8>,
}

impl UnitScanner {
    /// Calls `emit` for every unit of the token at `span`, in order.
    pub(crate) fn scan(&mut self, text: &str, span: Span, mut emit: impl FnMut(Unit<'_>)) {
        let bytes = &text.as_bytes()[span.range()];
        let seen = bytes.iter().fold(0, |seen, &b| seen | CLASS[b as usize]);
        if seen & !(WORD | UPPER) == 0 && bytes != b"&" {
            emit(Unit { folded: bytes, upper: seen & UPPER != 0, span });
        } else if bytes == b"-" {
            let glued = |b: Option<&u8>| b.is_some_and(|b| !b.is_ascii_whitespace());
            let before = (span.start as usize).checked_sub(1).and_then(|i| text.as_bytes().get(i));
            if !glued(before) || !glued(text.as_bytes().get(span.end as usize)) {
                emit(Unit { folded: bytes, upper: false, span });
            }
        } else if is_unit(bytes) {
            emit(Unit { folded: bytes, upper: false, span });
        } else {
            self.scan_mixed(text, span, &mut emit);
        }
    }

    /// The general case: punctuation or letters beyond ASCII in the token.
    fn scan_mixed(&mut self, text: &str, span: Span, emit: &mut impl FnMut(Unit<'_>)) {
        let token = span.of(text);
        let mut word = Word { folded: &mut self.folded, upper: false, start: span.start, end: span.start };
        word.folded.clear();
        for (i, c) in token.char_indices() {
            let at = span.start + i as u32;
            let end = at + c.len_utf8() as u32;
            let rest = &token[i + c.len_utf8()..];
            match class_of(c) {
                WORD => word.push(c, at, end),
                DOT if !word.folded.is_empty() => word.end = end,
                DOT if rest.starts_with(char::is_alphanumeric) => {}
                APOSTROPHE if is_possessive(rest) => {
                    word.finish(emit);
                    word.push('\'', at, end);
                }
                // A quotation mark or the possessive of a plural.
                APOSTROPHE if word.folded.is_empty() || !rest.starts_with(char::is_alphanumeric) => {
                    word.finish(emit);
                    word.push('\'', at, end);
                    word.finish(emit);
                }
                APOSTROPHE => {}
                HYPHEN => word.finish(emit),
                _ => {
                    word.finish(emit);
                    if !is_invisible(c) {
                        word.push(c, at, end);
                        word.finish(emit);
                    }
                }
            }
        }
        word.finish(emit);
    }
}

/// Whether a token with punctuation is one unit as it stands: most such tokens are a single mark, or a possessive.
#[inline]
fn is_unit(token: &[u8]) -> bool {
    match token {
        [mark] => CLASS[*mark as usize] & (MARK | DOT) != 0 || *mark == b'\'',
        [b'\'', b's'] => true,
        _ => false,
    }
}

fn class_of(c: char) -> u8 {
    match c {
        c if c.is_ascii() => CLASS[c as usize] & !UPPER,
        '’' | '‘' | 'ʼ' | 'ʻ' | '′' => APOSTROPHE,
        '\u{2010}' | '\u{2011}' => HYPHEN,
        c if c.is_alphanumeric() || is_combining(c) => WORD,
        _ => MARK,
    }
}

/// Whether what follows an apostrophe is the `s` of a possessive, and no more of the word.
fn is_possessive(rest: &str) -> bool {
    let mut rest = rest.chars();
    matches!(rest.next(), Some('s' | 'S')) && !rest.next().is_some_and(char::is_alphanumeric)
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Soft hyphen, zero-width marks, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

/// The unit being read.
struct Word<'b> {
    folded: &'b mut Vec<u8>,
    upper: bool,
    start: u32,
    end: u32,
}

impl Word<'_> {
    fn push(&mut self, c: char, at: u32, end: u32) {
        if self.folded.is_empty() {
            self.start = at;
        }
        if self.folded.len() <= MAX_UNIT {
            self.upper |= c.is_uppercase();
            fold(c, self.folded);
        }
        self.end = end;
    }

    fn finish(&mut self, emit: &mut impl FnMut(Unit<'_>)) {
        if !self.folded.is_empty() {
            let folded = if self.folded.as_slice() == b"&" { b"and" } else { self.folded.as_slice() };
            emit(Unit { folded, upper: self.upper, span: Span::new(self.start, self.end) });
        }
        self.folded.clear();
        self.upper = false;
    }
}

/// The units of a name: its white-space-separated words, scanned as a text's tokens are.
pub(crate) fn units_of_name(name: &str) -> Vec<(String, bool)> {
    let mut scanner = UnitScanner::default();
    let mut units = Vec::new();
    for word in name.split_whitespace() {
        let start = (word.as_ptr() as usize - name.as_ptr() as usize) as u32;
        scanner.scan(name, Span::new(start, start + word.len() as u32), |unit| {
            units.push((String::from_utf8_lossy(unit.folded).into_owned(), unit.upper));
        });
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<String> {
        units_of_name(text).into_iter().map(|(unit, _)| unit).collect()
    }

    #[test]
    fn names_are_cut_into_the_same_units_however_they_are_written() {
        for (text, expected) in [
            ("U.S.", vec!["US"]),
            ("Élysée", vec!["Elysee"]),
            ("Iran-Israel", vec!["Iran", "Israel"]),
            ("Iran - Israel", vec!["Iran", "-", "Israel"]),
            ("anti-Russian", vec!["anti", "Russian"]),
            ("Sana’a", vec!["Sanaa"]),
            ("O'Brien's", vec!["OBrien", "'s"]),
            ("France’s", vec!["France", "'s"]),
            ("Workers’ Party", vec!["Workers", "'", "Party"]),
            ("Quai d'Orsay", vec!["Quai", "dOrsay"]),
            ("Portland, Ore.", vec!["Portland", ",", "Ore"]),
            ("Johnson & Johnson", vec!["Johnson", "and", "Johnson"]),
            ("AT&T", vec!["AT&T"]),
            ("Yahoo!", vec!["Yahoo", "!"]),
            ("“Paris”", vec!["“", "Paris", "”"]),
            ("Köln Łódź Erdoğan Straße", vec!["Koln", "Lodz", "Erdogan", "Strasse"]),
            ("E\u{301}lyse\u{301}e", vec!["Elysee"]),
            ("...", vec![".", ".", "."]),
            ("", vec![]),
        ] {
            assert_eq!(units(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_hyphen_that_is_a_token_joins_only_without_white_space() {
        let text = "Iran-Israel";
        let mut scanner = UnitScanner::default();
        let mut seen = Vec::new();
        for span in [Span::new(0, 4), Span::new(4, 5), Span::new(5, 11)] {
            scanner.scan(text, span, |unit| seen.push(unit.span));
        }
        assert_eq!(seen, [Span::new(0, 4), Span::new(5, 11)]);
    }
}
