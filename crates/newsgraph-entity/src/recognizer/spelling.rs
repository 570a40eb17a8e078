//! How a form is spelt: its hashes, shape, flags and ends.

use super::hash::{self, Growing};
use super::observe::{NONE, Token, flag};

/// Hashes, shape and flags of a form.
pub(super) fn look(form: &str) -> Token {
    if form.is_ascii() {
        return look_at_ascii(form.as_bytes());
    }
    look_at_any(form)
}

fn look_at_any(form: &str) -> Token {
    let (mut flags, mut letters, mut upper, mut before_lower) = (0, 0u32, 0u32, false);
    let mut first_letter = true;
    for c in form.chars() {
        if c.is_uppercase() {
            flags |= flag::LETTER | flag::CANDIDATE;
            if first_letter {
                flags |= flag::CAPITAL;
            }
            if before_lower {
                flags |= flag::INNER_CAPITAL;
            }
            upper += 1;
            letters += 1;
            first_letter = false;
        } else if c.is_lowercase() {
            flags |= flag::LETTER;
            letters += 1;
            first_letter = false;
        } else if c.is_numeric() {
            flags |= flag::DIGIT | flag::CANDIDATE;
        } else if c.is_alphabetic() {
            flags |= flag::CASELESS | flag::CANDIDATE;
            first_letter = false;
        }
        before_lower = c.is_lowercase();
    }
    if upper >= 2 && upper == letters {
        flags |= flag::ALL_CAPITALS;
    }
    Token {
        form: hash::of_form(form),
        lower: hash::of_lower(form),
        shape: shape(form),
        flags,
        letters: letters.min(255) as u8,
        run: NONE,
        ..Token::default()
    }
}

/// The same in one pass: most words of a text.
fn look_at_ascii(form: &[u8]) -> Token {
    let (mut flags, mut letters, mut upper, mut before_lower) = (0, 0u32, 0u32, false);
    let (mut exact, mut lower, mut shape) = (Growing::EMPTY, Growing::EMPTY, Growing::EMPTY);
    let (mut kind_before, mut times, mut shape_length) = (0, 0, 0);
    for &byte in form {
        let mut kind = byte;
        if byte.is_ascii_uppercase() {
            flags |= flag::LETTER | flag::CANDIDATE;
            flags |= if letters == 0 { flag::CAPITAL } else { 0 };
            flags |= if before_lower { flag::INNER_CAPITAL } else { 0 };
            upper += 1;
            letters += 1;
            kind = b'X';
        } else if byte.is_ascii_lowercase() {
            flags |= flag::LETTER;
            letters += 1;
            kind = b'x';
        } else if byte.is_ascii_digit() {
            flags |= flag::DIGIT | flag::CANDIDATE;
            kind = b'd';
        }
        before_lower = kind == b'x' && byte.is_ascii_lowercase();
        exact.push(u32::from(byte));
        lower.push(u32::from(byte.to_ascii_lowercase()));
        times = if kind == kind_before { times + 1 } else { 1 };
        kind_before = kind;
        if times <= MOST_ALIKE && shape_length < LONGEST_SHAPE {
            shape.push(u32::from(kind));
            shape_length += 1;
        }
    }
    if upper >= 2 && upper == letters {
        flags |= flag::ALL_CAPITALS;
    }
    Token {
        form: exact.hash(),
        lower: lower.hash(),
        shape: shape.hash(),
        flags,
        letters: letters.min(255) as u8,
        run: NONE,
        ..Token::default()
    }
}

/// Characters of one kind side by side that a shape tells.
const MOST_ALIKE: u32 = 2;
/// Characters of a shape.
const LONGEST_SHAPE: usize = 12;

/// The shape of a form: runs of upper case, lower case and digits as X, x and d, each at most twice.
fn shape(form: &str) -> u64 {
    let mut before = ('\0', 0);
    let kinds = form.chars().filter_map(move |c| {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_numeric() => 'd',
            c if c.is_alphabetic() => 'o',
            '\u{2019}' => '\'',
            c => c,
        };
        before = if before.0 == kind { (kind, before.1 + 1) } else { (kind, 1) };
        (before.1 <= MOST_ALIKE).then_some(kind)
    });
    hash::of_chars(kinds.take(LONGEST_SHAPE))
}

/// Hashes of the first one to three and the last two to four characters, in lower case.
pub(super) fn affixes(form: &str, token: &mut Token) {
    if form.is_ascii() {
        return affixes_of_ascii(form.as_bytes(), token);
    }
    affixes_of_any(form, token);
}

fn affixes_of_any(form: &str, token: &mut Token) {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    for (i, prefix) in token.prefix.iter_mut().enumerate() {
        *prefix = hash::of_chars(form.chars().take(i + 1).map(lower));
    }
    for (i, suffix) in token.suffix.iter_mut().enumerate() {
        *suffix = hash::of_chars(form.chars().rev().take(i + 2).map(lower));
    }
}

fn affixes_of_ascii(form: &[u8], token: &mut Token) {
    let mut begin = form.iter();
    let mut hash = Growing::EMPTY;
    for prefix in &mut token.prefix {
        begin.next().into_iter().for_each(|byte| hash.push(u32::from(byte.to_ascii_lowercase())));
        *prefix = hash.hash();
    }
    let mut end = form.iter().rev();
    let mut hash = Growing::EMPTY;
    end.next().into_iter().for_each(|byte| hash.push(u32::from(byte.to_ascii_lowercase())));
    for suffix in &mut token.suffix {
        end.next().into_iter().for_each(|byte| hash.push(u32::from(byte.to_ascii_lowercase())));
        *suffix = hash.hash();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a form in ASCII is what is said of any form: the same character in another script makes it go
    /// the long way.
    #[test]
    fn the_short_way_says_the_same_as_the_long_one() {
        for form in [
            "",
            "a",
            "U.S.",
            "McDonald",
            "iPhone",
            "1,000,000",
            "COVID-19",
            "of",
            "'s",
            "aaBBBcc11--..::xyzXYZ",
        ] {
            let (short, long) = (look_at_ascii(form.as_bytes()), look_at_any(form));
            assert_eq!(
                (short.form, short.lower, short.shape, short.flags, short.letters),
                (long.form, long.lower, long.shape, long.flags, long.letters),
                "{form}"
            );
            let (mut short, mut long) = (Token::default(), Token::default());
            affixes_of_ascii(form.as_bytes(), &mut short);
            affixes_of_any(form, &mut long);
            assert_eq!((short.prefix, short.suffix), (long.prefix, long.suffix), "{form}");
        }
    }
}
