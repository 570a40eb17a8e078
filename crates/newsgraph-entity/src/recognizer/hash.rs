//! Stable 64-bit hashes: the same on every machine, so that a model trained on one reads on all.

/// The multiplier of SplitMix64's state increment (Steele, Lea and Flood 2014): the golden ratio in 64 bits.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// Joins two hashes; the order matters.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let x = (a.rotate_left(23) ^ b).wrapping_mul(GOLDEN);
    x ^ (x >> 32)
}

/// The hash of a sequence of characters: FNV-1a over code points, then one mixing round.
pub(super) fn of_chars(chars: impl Iterator<Item = char>) -> u64 {
    let h = chars.fold(SEED, |h, c| (h ^ u64::from(u32::from(c))).wrapping_mul(PRIME));
    mix(h, 1)
}

/// The hash of a word as it is written, except that typographic apostrophes count as plain ones.
pub(super) fn of_form(word: &str) -> u64 {
    of_chars(word.chars().map(plain))
}

/// The hash of a word in lower case, typographic apostrophes as plain ones.
pub(super) fn of_lower(word: &str) -> u64 {
    if word.is_ascii() {
        return of_chars(word.bytes().map(|b| char::from(b.to_ascii_lowercase())));
    }
    of_chars(word.chars().flat_map(char::to_lowercase).map(plain))
}

fn plain(c: char) -> char {
    if matches!(c, '\u{2019}' | '\u{2018}' | '\u{2BC}') { '\'' } else { c }
}
