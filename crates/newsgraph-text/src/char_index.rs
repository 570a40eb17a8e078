//! From bytes to code points and back, in constant time after one pass over the text.

use crate::{CharSpan, Span};

/// Bytes between two checkpoints.
const STEP: usize = 64;

/// Converts between byte and code-point offsets of one text.
///
/// A text of ASCII needs no table. Any other gets a checkpoint every 64 bytes, so that a conversion counts at
/// most that many: 1/16 of the text's size in memory.
pub struct CharIndex<'t> {
    text: &'t [u8],
    /// `checkpoints[k]` is the number of code points that begin before byte `k * STEP`; empty for ASCII.
    checkpoints: Vec<u32>,
}

impl<'t> CharIndex<'t> {
    /// Indexes `text`: one pass, linear time.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut checkpoints = Vec::new();
        if !text.is_ascii() {
            checkpoints.reserve(bytes.len() / STEP + 1);
            let mut count = 0;
            for block in bytes.chunks(STEP) {
                checkpoints.push(count);
                count += starts_in(block);
            }
            checkpoints.push(count);
        }
        Self { text: bytes, checkpoints }
    }

    /// The number of code points before byte `at`; an `at` beyond the text counts as its end.
    pub fn char_offset(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.text.len());
        if self.checkpoints.is_empty() {
            return at as u32;
        }
        let block = at / STEP;
        self.checkpoints[block] + starts_in(&self.text[block * STEP..at])
    }

    /// The byte at which code point number `at` begins; an `at` beyond the text gives its length.
    pub fn byte_offset(&self, at: u32) -> u32 {
        if self.checkpoints.is_empty() {
            return at.min(self.text.len() as u32);
        }
        let block = self.checkpoints.partition_point(|&before| before <= at).saturating_sub(1);
        let mut left = at - self.checkpoints[block];
        for (i, &byte) in self.text.iter().enumerate().skip(block * STEP) {
            if is_start(byte) {
                if left == 0 {
                    return i as u32;
                }
                left -= 1;
            }
        }
        self.text.len() as u32
    }

    /// A span of bytes as a span of code points.
    pub fn chars(&self, span: Span) -> CharSpan {
        CharSpan { start: self.char_offset(span.start), end: self.char_offset(span.end) }
    }

    /// A span of code points as a span of bytes.
    pub fn bytes(&self, span: CharSpan) -> Span {
        let start = self.byte_offset(span.start);
        Span { start, end: self.byte_offset(span.end).max(start) }
    }
}

/// Whether a byte begins a code point: every byte but UTF-8's continuation bytes.
fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn starts_in(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from(is_start(b))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let long = "“Élysée” 🙂 ".repeat(40);
        for text in ["", "plain ascii", "é", "a“b”c", "🙂🙂", long.as_str()] {
            let index = CharIndex::new(text);
            for (chars, (bytes, _)) in text.char_indices().enumerate() {
                assert_eq!(index.char_offset(bytes as u32), chars as u32, "{text:?} at byte {bytes}");
                assert_eq!(index.byte_offset(chars as u32), bytes as u32, "{text:?} at char {chars}");
            }
            let count = text.chars().count() as u32;
            assert_eq!(index.char_offset(text.len() as u32), count);
            assert_eq!(index.byte_offset(count), text.len() as u32);
            assert_eq!(index.byte_offset(count + 9), text.len() as u32);
            assert_eq!(index.char_offset(text.len() as u32 + 9), count);
        }
    }
}
