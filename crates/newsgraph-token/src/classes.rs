//! Classes of bytes and characters, as the scanner asks for them.

/// White space of ASCII.
pub(crate) const SPACE: u8 = 1;
/// `a` to `z`.
pub(crate) const LOWER: u8 = 2;
/// `A` to `Z`.
pub(crate) const UPPER: u8 = 4;
/// `0` to `9`.
pub(crate) const DIGIT: u8 = 8;
/// First or later byte of a character outside ASCII.
pub(crate) const WIDE: u8 = 16;
/// May continue a word when letters or digits follow: what else ends a run of letters, ends the word.
pub(crate) const CONTINUES: u8 = 32;
/// `a` to `z` and `A` to `Z`.
pub(crate) const LETTER: u8 = LOWER | UPPER;

const fn table() -> [u8; 256] {
    let mut table = [0u8; 256];
    let mut b = 0usize;
    while b < 256 {
        table[b] = match b as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => SPACE,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT | CONTINUES,
            b'_' | b'\'' | b'.' | b'-' | b'&' | b'/' | b'@' | b'*' | b'$' | b':' => CONTINUES,
            0x80.. => WIDE | CONTINUES,
            _ => 0,
        };
        b += 1;
    }
    table
}

/// The class of every byte.
pub(crate) static CLASS: [u8; 256] = table();

/// Whether byte `b` is of one of the classes `mask`.
#[inline(always)]
pub(crate) fn is(b: u8, mask: u8) -> bool {
    CLASS[b as usize] & mask != 0
}

/// What a character outside ASCII is to the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wide {
    /// White space that stays inside a line.
    Space,
    /// A line or paragraph separator.
    Break,
    /// A letter, or a sign that is written as part of words.
    Letter,
    /// A decimal digit of another script.
    Digit,
    /// Combining marks, joiners, direction marks and the like: part of whatever they follow.
    Extend,
    /// `’`, apostrophe and closing mark in one.
    Apostrophe,
    /// Hyphens other than the hyphen-minus.
    Hyphen,
    /// Dashes.
    Dash,
    /// `…`.
    Ellipsis,
    /// Pictures, and symbols drawn as such.
    Emoji,
    /// Anything else: one token a character.
    Symbol,
}

/// Classifies a character outside ASCII.
pub(crate) fn wide(c: char) -> Wide {
    match c {
        '\u{2019}' => Wide::Apostrophe,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Wide::Break,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => Wide::Extend,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}'
        | '\u{e0100}'..='\u{e01ef}' => Wide::Extend,
        '\u{2010}' | '\u{2011}' => Wide::Hyphen,
        '\u{2012}'..='\u{2015}' | '\u{2212}' => Wide::Dash,
        '…' => Wide::Ellipsis,
        // superscripts, fractions and ordinal signs stand apart from the number or unit before them
        'ª' | 'º' | '²' | '³' | '¹' | '¼' | '½' | '¾' | '\u{2070}'..='\u{209f}' | '\u{2150}'..='\u{215f}' => {
            Wide::Symbol
        }
        '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => Wide::Emoji,
        _ if c.is_whitespace() => Wide::Space,
        _ if c.is_alphabetic() => Wide::Letter,
        _ if c.is_numeric() => Wide::Digit,
        // signs of the scripts of India and its neighbours that std does not call alphabetic (viramas and the like)
        '\u{900}'..='\u{dff}' if !matches!(c, '\u{964}' | '\u{965}') => Wide::Extend,
        _ => Wide::Symbol,
    }
}

/// The character that starts at byte `at`, which must be a boundary inside the text.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// The character that ends before byte `at`.
#[inline]
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|rest| rest.chars().next_back())
}

/// Whether `c` is written as part of a word: a letter or a digit.
#[inline]
pub(crate) fn is_wordlike(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { matches!(wide(c), Wide::Letter | Wide::Digit) }
}
