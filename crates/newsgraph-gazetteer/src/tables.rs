//! The compiled form of a gazetteer: flat arrays of numbers and one pool of text.
//!
//! Written to bytes and read back it needs no work but a copy, so that the embedded lists are there in
//! milliseconds. Numbers are little-endian `u32`; the layout is private and carries a version.

use crate::GazetteerError;

/// First bytes of a prepared gazetteer; the last one is the version of the layout.
const MAGIC: &[u8; 8] = b"ngrgaz\0\x02";

/// Set in the symbol of a word that some name of several words begins with.
pub(crate) const BEGINS: u32 = 1 << 31;

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
    /// One row an entry, in order of id.
    entry [18] {
        ID = 0, NAME = 2, KIND = 4, GENDER = 5, COUNTRY = 6, LATITUDE = 8, LONGITUDE = 9, POPULATION = 10,
        STANDS_FOR = 11, NAMES = 12, NAME_COUNT = 13, TERMS = 14, TERM_COUNT = 15, CODES = 16, CODE_COUNT = 17,
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
        /// All arrays of a compiled gazetteer.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub(crate) struct Tables {
            $($(#[$doc])* pub(crate) $field: Vec<u32>,)*
            /// The codes of the names of several units, one after the other.
            pub(crate) patterns: Vec<u8>,
            /// All text.
            pub(crate) pool: String,
        }

        impl Tables {
            fn arrays(&self) -> Vec<&Vec<u32>> {
                vec![$(&self.$field,)*]
            }

            fn arrays_mut(&mut self) -> Vec<&mut Vec<u32>> {
                vec![$(&mut self.$field,)*]
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
    /// Rows of [`exact`].
    exacts,
    /// Where the targets of each found name begin, and the end of the last.
    target_starts,
    /// Entry times 8 plus class of name.
    targets,
    /// For each found name 1 where it is an ordinary word as well.
    ambiguous,
    /// Where each pattern ends in `patterns`.
    pattern_ends,
    /// The found name of each pattern.
    pattern_names,
    /// Rows of [`surname`].
    surnames,
    /// The entries of the surnames.
    surname_entries,
}

impl Tables {
    /// The words of `pool` that two numbers of a row point to; empty where they point outside.
    pub(crate) fn text(&self, rows: &[u32], at: usize) -> &str {
        let (Some(&start), Some(&len)) = (rows.get(at), rows.get(at + 1)) else { return "" };
        let start = start as usize;
        self.pool.get(start..start.saturating_add(len as usize)).unwrap_or("")
    }

    /// The same as bytes, without looking at character boundaries.
    pub(crate) fn bytes(&self, rows: &[u32], at: usize) -> &[u8] {
        let (Some(&start), Some(&len)) = (rows.get(at), rows.get(at + 1)) else { return &[] };
        let start = start as usize;
        self.pool.as_bytes().get(start..start.saturating_add(len as usize)).unwrap_or(&[])
    }

    /// As bytes, for [`Tables::from_bytes`].
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for array in self.arrays() {
            bytes.extend_from_slice(&(array.len() as u32).to_le_bytes());
        }
        bytes.extend_from_slice(&(self.patterns.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(self.pool.len() as u32).to_le_bytes());
        for array in self.arrays() {
            bytes.extend(array.iter().flat_map(|n| n.to_le_bytes()));
        }
        bytes.extend_from_slice(&self.patterns);
        bytes.extend_from_slice(self.pool.as_bytes());
        bytes
    }

    /// Back from [`Tables::to_bytes`].
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, GazetteerError> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(GazetteerError::NotPrepared)?;
        let mut tables = Self::default();
        let mut take = |count: usize| {
            let (head, tail) = rest.split_at_checked(count).ok_or(GazetteerError::Truncated)?;
            rest = tail;
            Ok::<_, GazetteerError>(head)
        };
        let count = tables.arrays().len();
        let lengths: Vec<usize> = numbers(take((count + 2) * 4)?).map(|n| n as usize).collect();
        for (array, &length) in tables.arrays_mut().into_iter().zip(&lengths) {
            *array = numbers(take(length.saturating_mul(4))?).collect();
        }
        tables.patterns = take(lengths[count])?.to_vec();
        let pool = take(lengths[count + 1])?;
        tables.pool = std::str::from_utf8(pool).map_err(|_| GazetteerError::Truncated)?.to_owned();
        let free = tables.slots.as_chunks::<2>().0.iter().any(|slot| slot[0] == 0);
        if tables.slots.len().is_power_of_two() && free { Ok(tables) } else { Err(GazetteerError::Truncated) }
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// A hash of a folded word that does not depend on the case of its ASCII letters.
pub(crate) fn hash(folded: &[u8]) -> u32 {
    const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
    let mut state = folded.len() as u64;
    let mut mix = |block: u64| {
        state = (state.rotate_left(5) ^ (block | 0x2020_2020_2020_2020)).wrapping_mul(SEED);
    };
    let mut blocks = folded.chunks_exact(8);
    for b in &mut blocks {
        mix(u64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]));
    }
    let rest = blocks.remainder();
    if !rest.is_empty() {
        mix(rest.iter().rev().fold(0, |block, &b| block << 8 | u64::from(b)));
    }
    (state >> 32) as u32
}
