//! The compiled form of a gazetteer: flat arrays of numbers and one pool of text.
//!
//! [`Tables`] is what the compiler fills. [`Store`] is the same as bytes, and is searched as it lies: nothing is
//! parsed, copied or built when a prepared gazetteer is opened, so that the embedded lists cost nothing before the
//! first name is looked up. Numbers are little-endian `u32`, read through [`number`] wherever they lie; the layout
//! is private and carries a version.

use std::borrow::Cow;
use std::ops::Range;

use crate::GazetteerError;

/// First bytes of a prepared gazetteer; the last one is the version of the layout.
pub(crate) const MAGIC: &[u8; 8] = b"ngrgaz\0\x04";

/// Set in the symbol of a word that some name of several words begins with.
pub(crate) const BEGINS: u32 = 1 << 31;

/// No name.
pub(crate) const NONE: u32 = u32::MAX;

/// A number as it lies in the bytes.
pub(crate) type Word = [u8; 4];

/// One number of a row or table; 0 where it is too short.
pub(crate) fn number(row: &[Word], at: usize) -> u32 {
    row.get(at).map_or(0, |&word| u32::from_le_bytes(word))
}

/// A stretch of the text pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Text {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident [$width:literal] { $($field:ident = $at:literal,)* })*) => { $(
        $(#[$doc])*
        pub(crate) mod $name {
            /// Numbers in a row.
            pub(crate) const WIDTH: usize = $width;
            $(pub(crate) const $field: usize = $at;)*
        }
    )* };
}

rows! {
    /// One row an entry, in order of id, and one more that says where the lists of the last one end.
    entry [11] {
        ID = 0, NAMES = 2, TERMS = 3, CODES = 4, TRAITS = 5, COUNTRY = 6, LATITUDE = 7, LONGITUDE = 8,
        POPULATION = 9, STANDS_FOR = 10,
    }
    /// One row a name of an entry, in order of entries.
    name [3] { TEXT = 0, FLAGS = 2, }
    /// One row an office held, in order of entries.
    term [6] { TITLE = 0, OF = 2, FROM = 3, TO = 4, ENTRY = 5, }
    /// One row a code, in order of entries.
    code [4] { TEXT = 0, FROM = 2, TO = 3, }
    /// One row a folded word of a name: its symbols and the names that it is alone.
    word [8] {
        TEXT = 0, UPPER_SYMBOL = 2, LOWER_SYMBOL = 3, UPPER_NAME = 4, LOWER_NAME = 5, EXACT = 6, EXACT_COUNT = 7,
    }
    /// One row a form of a word that is a name in exactly this case.
    exact [3] { TEXT = 0, NAME = 2, }
    /// One row a surname, in order of the folded text.
    surname [4] { TEXT = 0, START = 2, COUNT = 3, }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $field:ident,)*) => {
        /// All arrays of a gazetteer that is being compiled.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Tables {
            $($(#[$doc])* pub(crate) $field: Vec<u32>,)*
            /// All text.
            pub(crate) pool: String,
        }

        impl Tables {
            fn arrays(&self) -> [&Vec<u32>; ARRAYS] {
                [$(&self.$field,)*]
            }
        }

        /// Number of arrays.
        const ARRAYS: usize = [$(stringify!($field)),*].len();

        /// All arrays of a compiled gazetteer, where they lie.
        #[derive(Clone, Copy)]
        pub(crate) struct View<'a> {
            $($(#[$doc])* pub(crate) $field: &'a [Word],)*
            /// All text.
            pool: &'a [u8],
        }

        /// The arrays by number.
        mod array {
            /// Each array's number, named as its field.
            #[allow(non_camel_case_types)]
            pub(super) enum Number { $($field,)* }
        }

        impl Store {
            /// What is not asked of the view is not made: so this is inlined wherever somebody looks.
            #[inline(always)]
            pub(crate) fn view(&self) -> View<'_> {
                let bytes = |range: &Range<usize>| self.bytes.get(range.clone()).unwrap_or(&[]);
                View {
                    $($field: bytes(&self.arrays[array::Number::$field as usize]).as_chunks::<4>().0,)*
                    pool: bytes(&self.pool),
                }
            }
        }
    };
}

tables! {
    /// Rows of [`entry`].
    entries,
    /// Rows of [`name`].
    names,
    /// Rows of [`term`].
    terms,
    /// Rows of [`code`].
    codes,
    /// Pairs of an entry and a term that is an office of it, sorted.
    offices,
    /// Rows of [`word`].
    words,
    /// Open addressing from a word's hash to its row plus 1, and the hash; a power of two of such pairs.
    slots,
    /// The words that are looked up even where the text has them in lower case, as bits by hash.
    lower_words,
    /// Those of them that are a name alone or begin one.
    lower_first_words,
    /// Rows of [`exact`].
    exacts,
    /// Where the targets of each found name begin, and the end of the last.
    target_starts,
    /// Entry times 8 plus class of name.
    targets,
    /// For each found name 1 where it is an ordinary word as well.
    ambiguous,
    /// For each symbol the node of the tree of names that it leads to from the root, or 0.
    first_nodes,
    /// For each node of the tree the symbol that leads to it; nodes are numbered breadth first, so that those below
    /// one node lie side by side, in order of their symbols.
    node_symbols,
    /// For each node its first node below; those of the next node begin where its own end.
    node_children,
    /// For each node the found name that ends there, or [`NONE`].
    node_names,
    /// Rows of [`surname`].
    surnames,
    /// The entries of the surnames.
    surname_entries,
}

impl Tables {
    /// The tables as bytes, for [`Store::new`].
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let numbers: usize = self.arrays().iter().map(|array| array.len()).sum();
        let mut bytes = Vec::with_capacity(MAGIC.len() + (numbers + ARRAYS + 1) * 4 + self.pool.len());
        bytes.extend_from_slice(MAGIC);
        for array in self.arrays() {
            bytes.extend_from_slice(&(array.len() as u32).to_le_bytes());
        }
        bytes.extend_from_slice(&(self.pool.len() as u32).to_le_bytes());
        for array in self.arrays() {
            bytes.extend(array.iter().flat_map(|n| n.to_le_bytes()));
        }
        bytes.extend_from_slice(self.pool.as_bytes());
        bytes
    }
}

/// A compiled gazetteer as bytes, and where its arrays lie in them.
#[derive(Default)]
pub(crate) struct Store {
    bytes: Cow<'static, [u8]>,
    arrays: [Range<usize>; ARRAYS],
    pool: Range<usize>,
}

impl Store {
    /// Takes the bytes of [`Tables::to_bytes`]; looks at their head only.
    pub(crate) fn new(bytes: Cow<'static, [u8]>) -> Result<Self, GazetteerError> {
        let head = MAGIC.len() + (ARRAYS + 1) * 4;
        if !bytes.starts_with(MAGIC) {
            return Err(GazetteerError::NotPrepared);
        }
        let lengths = bytes.get(MAGIC.len()..head).ok_or(GazetteerError::Truncated)?.as_chunks::<4>().0;
        let mut at = head;
        let mut take = |length: usize| {
            let start = at;
            at = at.saturating_add(length);
            start..at
        };
        let arrays = std::array::from_fn(|array| take((number(lengths, array) as usize).saturating_mul(4)));
        let pool = take(number(lengths, ARRAYS) as usize);
        if at != bytes.len() {
            return Err(GazetteerError::Truncated);
        }
        let store = Self { bytes, arrays, pool };
        let slots = store.view().slots;
        let free = slots.as_chunks::<2>().0.iter().any(|slot| slot[0] == [0; 4]);
        if slots.len().is_power_of_two() && free { Ok(store) } else { Err(GazetteerError::Truncated) }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<'a> View<'a> {
    /// The words of the pool that two numbers of a row point to; empty where they point outside.
    pub(crate) fn text(&self, row: &[Word], at: usize) -> &'a str {
        std::str::from_utf8(self.bytes(row, at)).unwrap_or("")
    }

    /// The same as bytes, without looking at character boundaries.
    pub(crate) fn bytes(&self, row: &[Word], at: usize) -> &'a [u8] {
        self.stretch(number(row, at), number(row, at + 1))
    }

    /// `len` bytes of the pool.
    pub(crate) fn stretch(&self, start: u32, len: u32) -> &'a [u8] {
        let start = start as usize;
        self.pool.get(start..start.saturating_add(len as usize)).unwrap_or(&[])
    }
}

/// `count` rows of a table of this width; none where the table is too short.
pub(crate) fn rows(table: &[Word], start: u32, count: u32, width: usize) -> &[Word] {
    let start = start as usize * width;
    table.get(start..start.saturating_add(count as usize * width)).unwrap_or(&[])
}

/// A hash of a folded word that does not depend on the case of its ASCII letters.
#[inline]
pub(crate) fn hash(folded: &[u8]) -> u32 {
    const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
    let mix =
        |state: u64, block: u64| (state.rotate_left(5) ^ (block | 0x2020_2020_2020_2020)).wrapping_mul(SEED);
    let (blocks, rest) = folded.as_chunks::<8>();
    let mut state =
        blocks.iter().fold(folded.len() as u64, |state, block| mix(state, u64::from_le_bytes(*block)));
    if !rest.is_empty() {
        state = mix(state, little(rest));
    }
    (state >> 32) as u32
}

/// One round of [`hash`].
#[inline]
fn mix(state: u64, block: u64) -> u64 {
    const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
    (state.rotate_left(5) ^ (block | 0x2020_2020_2020_2020)).wrapping_mul(SEED)
}

/// The [`hash`] of a word of one to eight lower-case ASCII letters at a place of a text; `None` for any other word, and at
/// the very end of a text. Most words of a text are such, so all their letters are looked at together.
#[inline]
pub(crate) fn hash_of_lower(text: &[u8], word: Range<usize>) -> Option<u32> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let block = u64::from_le_bytes(*text.get(word.start..)?.first_chunk::<8>()?);
    let length = word.len();
    let unused = 8usize.checked_sub(length).filter(|_| length > 0)? as u32 * 8;
    let block = block << unused >> unused;
    // Letters lie from 0x61 to 0x7A: none reaches the high bit, none does with 5 more, all do with 0x1F more.
    let filled = block | (0x61 * EACH).checked_shl(length as u32 * 8).unwrap_or(0);
    let beyond = (filled | filled.wrapping_add(0x05 * EACH)) & HIGH;
    let lower = beyond == 0 && filled.wrapping_add(0x1F * EACH) & HIGH == HIGH;
    lower.then(|| (mix(length as u64, block) >> 32) as u32)
}

/// Up to eight bytes as one number, the first the lowest; of four and more by two reads that may overlap.
#[inline]
fn little(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            let shift = 8 * (bytes.len() as u32 - 4);
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << shift
        }
        _ => bytes.iter().rev().fold(0, |block, &b| block << 8 | u64::from(b)),
    }
}

/// Bits of a hash that tell whether a word may be a name in lower case.
const FILTER_BITS: u32 = 16;

/// The set of these hashes as bits; it may seem to have more members, never fewer.
pub(crate) fn filter(hashes: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut bits = vec![0; 1 << (FILTER_BITS - 5)];
    for hash in hashes {
        let bit = hash >> (32 - FILTER_BITS);
        bits[(bit >> 5) as usize] |= 1 << (bit & 31);
    }
    bits
}

/// Whether a set that [`filter`] made may have this hash.
#[inline]
pub(crate) fn may_have(filter: &[Word], hash: u32) -> bool {
    let bit = hash >> (32 - FILTER_BITS);
    number(filter, (bit >> 5) as usize) >> (bit & 31) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_to_hash_a_word_is_the_long_one() {
        let text = "a an lower longer lettered longerwords Upper mi-xed x1y \u{e9}t\u{e9} {z} `q` and some words more";
        let mut seen = 0;
        for word in text.split(' ') {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let plain =
                word.len() <= 8 && word.bytes().all(|b| b.is_ascii_lowercase()) && start + 8 <= text.len();
            let expected = plain.then(|| hash(word.as_bytes()));
            assert_eq!(hash_of_lower(text.as_bytes(), start..start + word.len()), expected, "{word}");
            seen += usize::from(plain);
        }
        assert_eq!(seen, 8);
    }
}
