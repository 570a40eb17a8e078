//! Stable 64-bit hashes: the same on every machine, so that a model trained on one reads on all.

/// The multiplier of SplitMix64's state increment (Steele, Lea and Flood 2014): the golden ratio in 64 bits.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// Joins two hashes; the order matters.
#[inline]
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let x = (a.rotate_left(23) ^ b).wrapping_mul(GOLDEN);
    x ^ (x >> 32)
}

/// The hash of a sequence of characters while it grows: FNV-1a over code points, then one mixing round.
#[derive(Clone, Copy)]
pub(super) struct Growing(u64);

impl Growing {
    pub(super) const EMPTY: Self = Self(SEED);

    #[inline]
    pub(super) fn push(&mut self, code_point: u32) {
        self.0 = (self.0 ^ u64::from(code_point)).wrapping_mul(PRIME);
    }

    /// The hash of what was pushed so far.
    #[inline]
    pub(super) fn hash(self) -> u64 {
        mix(self.0, 1)
    }
}

/// The hash of a sequence of characters.
pub(super) fn of_chars(chars: impl Iterator<Item = char>) -> u64 {
    let mut hash = Growing::EMPTY;
    chars.for_each(|c| hash.push(u32::from(c)));
    hash.hash()
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
