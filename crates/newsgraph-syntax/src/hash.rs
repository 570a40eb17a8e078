//! Hashes of words and features: 32 bits, the same on every machine.

/// Multiplier of the golden ratio (Knuth, The Art of Computer Programming 6.4).
const GOLDEN: u32 = 0x9E37_79B1;

/// Adds a number to a running hash.
#[inline(always)]
pub fn mix(hash: u32, value: u32) -> u32 {
    (hash.rotate_left(5) ^ value).wrapping_mul(GOLDEN)
}

/// A hash of bytes in which all digits are alike.
#[inline]
pub fn of_word(bytes: &[u8]) -> u32 {
    let hash = bytes.iter().fold(bytes.len() as u32, |h, &b| mix(h, u32::from(without_digit(b))));
    spread(hash)
}

/// The byte, or `0` for every digit.
#[inline(always)]
pub fn without_digit(byte: u8) -> u8 {
    if byte.is_ascii_digit() { b'0' } else { byte }
}

/// Brings the entropy of the upper bits down, so that a mask of the result is a fair slot.
#[inline(always)]
pub fn spread(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x2C1B_3C6D);
    hash ^ (hash >> 13)
}
