//! The parser's network: what it looks at and how large it is.

use crate::hash::spread;
use crate::lexicon::{Lexeme, UNKNOWN};
use crate::transition::{ATOM_VALUES, ATOMS, POSITIONS};

/// Numbers in the vector of a token.
pub const WORD: usize = 64;
/// Numbers in the state of each direction of the recurrent layer.
pub const CELL: usize = 64;
/// Numbers in a token's vector in context.
pub const CONTEXT: usize = 2 * CELL;
/// Units of the layer that scores a configuration.
pub const HIDDEN: usize = 96;
/// Rows of embeddings that a token's vector is the sum of.
pub const PARTS: usize = 6;
/// Rows of embeddings for all features but the words.
pub const SHARED_ROWS: usize = SUFFIXES + SUFFIXES + PREFIXES + 64 + 64;
const SUFFIXES: usize = 4096;
const PREFIXES: usize = 2048;
/// Rows of the table of atoms.
pub const ATOM_ROWS: usize = ATOMS * ATOM_VALUES;
/// Words of a configuration that have a vector for "none" and one for the root each.
pub const SPECIAL_ROWS: usize = 2 * POSITIONS;

/// The rows of embeddings of a token: the word, its ends, its tag, its shape. `words` is the size of the lexicon, whose
/// row stands for unknown words.
#[inline]
pub fn rows(lexeme: &Lexeme, tag: u8, words: usize) -> [u32; PARTS] {
    let word = if lexeme.id == UNKNOWN { words as u32 } else { lexeme.id };
    let base = words as u32 + 1;
    let (suffixes, prefixes) = (SUFFIXES as u32, PREFIXES as u32);
    [
        word,
        base + (spread(lexeme.suffix & 0xFFFF) & (suffixes - 1)),
        base + suffixes + (spread(lexeme.suffix & 0xFF_FFFF) & (suffixes - 1)),
        base + 2 * suffixes + (spread(lexeme.prefix >> 8) & (prefixes - 1)),
        base + 2 * suffixes + prefixes + u32::from(tag),
        base + 2 * suffixes + prefixes + 64 + lexeme.shape as u32 * 2 + u32::from(lexeme.first),
    ]
}
