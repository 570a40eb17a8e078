//! The packed weights, read in place.
//!
//! Layout, little endian: `NGNR`, format version (u32), checksum of all that follows (u64), number of word slots
//! (u32), number of feature slots (u32), weight units per nat (u32), zero (u32); the transitions, 17 x 17 x i16;
//! the word slots of 8 bytes (fingerprint u32, cluster u16, case u8, coarse cluster u8); the feature slots of 19
//! bytes (fingerprint u16, a weight i8 for each tag). Both tables are open-addressed with linear probing; a
//! fingerprint of 0 is a free slot.

use std::sync::Arc;

use super::hash::mix;
use super::tags::TAGS;
use super::words::WordHabit;

const MAGIC: &[u8; 4] = b"NGNR";
/// Version of the layout.
pub const FORMAT: u32 = 1;
const HEADER: usize = 32;
const TRANSITIONS: usize = TAGS * TAGS * 2;
const WORD: usize = 8;
const ROW: usize = 2 + TAGS;
/// Slots that a look-up tries at most.
pub(super) const PROBES: usize = 96;

/// Why bytes are no model of the recogniser.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// It does not begin as a model does.
    #[error("not a recogniser model: it begins with {0:02x?}; make one with `cargo xtask train entities`")]
    Magic(Vec<u8>),
    /// Another version of the layout.
    #[error(
        "recogniser model of format {0}, this program reads {FORMAT}; make it anew with `cargo xtask train entities`"
    )]
    Format(u32),
    /// Shorter or longer than its header says.
    #[error(
        "recogniser model of {found} bytes, its header says {expected}; the file is cut or damaged, copy it again"
    )]
    Length {
        /// Bytes that are there.
        found: u64,
        /// Bytes that should be there.
        expected: u64,
    },
    /// The bytes are not those that were written.
    #[error(
        "recogniser model with checksum {found:016x}, its header says {expected:016x}; the file is damaged, copy it again"
    )]
    Checksum {
        /// Of the bytes that are there.
        found: u64,
        /// In the header.
        expected: u64,
    },
    /// More entries than the format holds.
    #[error("{0} entries do not fit a table of the recogniser model; prune the features")]
    Full(usize),
}

/// A model, borrowed from its bytes.
#[derive(Clone, Debug)]
pub struct Weights<'m> {
    words: &'m [[u8; WORD]],
    pub(super) rows: &'m [[u8; ROW]],
    /// The fingerprints of the rows, side by side: most features that a text has are in no model, and to see that takes
    /// many slots of a table that is nearly full.
    pub(super) marks: Arc<[u16]>,
    transitions: [[i16; TAGS]; TAGS],
    scale: u32,
}

impl<'m> Weights<'m> {
    /// Reads a model without copying its tables; checks its length and checksum.
    ///
    /// # Errors
    /// When the bytes are no model, of another format, cut or damaged.
    pub fn read(bytes: &'m [u8]) -> Result<Self, WeightsError> {
        if bytes.get(..4) != Some(MAGIC) {
            return Err(WeightsError::Magic(bytes.iter().take(4).copied().collect()));
        }
        let wrong_length = |expected: u64| WeightsError::Length { found: bytes.len() as u64, expected };
        if bytes.len() < HEADER + TRANSITIONS {
            return Err(wrong_length((HEADER + TRANSITIONS) as u64));
        }
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        if number(4) != FORMAT {
            return Err(WeightsError::Format(number(4)));
        }
        let (words, rows) = (number(16), number(20));
        let expected =
            (HEADER + TRANSITIONS) as u64 + u64::from(words) * WORD as u64 + u64::from(rows) * ROW as u64;
        if bytes.len() as u64 != expected {
            return Err(wrong_length(expected));
        }
        let stated = u64::from(number(8)) | u64::from(number(12)) << 32;
        let found = checksum(&bytes[16..]);
        if found != stated {
            return Err(WeightsError::Checksum { found, expected: stated });
        }
        let mut transitions = [[0; TAGS]; TAGS];
        let (head, tables) = bytes[HEADER..].split_at(TRANSITIONS);
        for (cell, two) in transitions.as_flattened_mut().iter_mut().zip(head.as_chunks::<2>().0) {
            *cell = i16::from_le_bytes(*two);
        }
        let (word_bytes, row_bytes) = tables.split_at(words as usize * WORD);
        let rows: &[[u8; ROW]] = row_bytes.as_chunks().0;
        Ok(Self {
            words: word_bytes.as_chunks().0,
            rows,
            marks: rows.iter().map(|row| u16::from_le_bytes([row[0], row[1]])).collect(),
            transitions,
            scale: number(24).max(1),
        })
    }

    /// A model without features, for looking at text before there is one.
    pub fn empty() -> Self {
        Self { words: &[], rows: &[], marks: Arc::from([]), transitions: [[0; TAGS]; TAGS], scale: 1 }
    }

    /// The weight of tag `next` after tag `before`.
    pub(super) fn transition(&self, before: u8, next: u8) -> i32 {
        i32::from(self.transitions[usize::from(before)][usize::from(next)])
    }

    /// Units of weight per nat.
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// The cluster of a form, else of its lower case, and the case habit of the word.
    pub(super) fn habit(&self, form: u64, lower: u64) -> WordHabit {
        let plain = self.word(lower).unwrap_or_default();
        if form == lower {
            return plain;
        }
        let own = self.word(form).filter(|h| h.cluster != 0).unwrap_or(plain);
        WordHabit { case: plain.case, ..own }
    }

    fn word(&self, key: u64) -> Option<WordHabit> {
        let mark = word_mark(key);
        let mut slot = home(key, self.words.len());
        for _ in 0..PROBES.min(self.words.len()) {
            let word = &self.words[slot];
            match u32::from_le_bytes([word[0], word[1], word[2], word[3]]) {
                0 => return None,
                found if found == mark => {
                    return Some(WordHabit {
                        cluster: u16::from_le_bytes([word[4], word[5]]),
                        case: word[6],
                        coarse: word[7],
                    });
                }
                _ => slot = if slot + 1 == self.words.len() { 0 } else { slot + 1 },
            }
        }
        None
    }
}

/// Writes a model: `words` and `rows` by hash, in any order (the result does not depend on it).
///
/// # Errors
/// [`WeightsError::Full`] when a table cannot hold its entries within the probes of a look-up.
pub fn pack(
    transitions: &[[i16; TAGS]; TAGS],
    mut words: Vec<(u64, WordHabit)>,
    mut rows: Vec<(u64, [i8; TAGS])>,
    scale: u32,
) -> Result<Vec<u8>, WeightsError> {
    words.sort_by_key(|w| w.0);
    rows.sort_by_key(|r| r.0);
    let word_entries = words.iter().map(|(key, habit)| {
        let mut entry = [0; WORD];
        entry[..4].copy_from_slice(&word_mark(*key).to_le_bytes());
        entry[4..6].copy_from_slice(&habit.cluster.to_le_bytes());
        entry[6] = habit.case;
        entry[7] = habit.coarse;
        (*key, entry)
    });
    let row_entries = rows.iter().map(|(key, weights)| {
        let mut entry = [0; ROW];
        entry[..2].copy_from_slice(&row_mark(*key).to_le_bytes());
        for (cell, weight) in entry[2..].iter_mut().zip(weights) {
            *cell = *weight as u8;
        }
        (*key, entry)
    });
    let word_table = table(word_entries, words.len())?;
    let row_table = table(row_entries, rows.len())?;
    let mut body = Vec::new();
    for number in [word_table.len() as u32, row_table.len() as u32, scale, 0] {
        body.extend_from_slice(&number.to_le_bytes());
    }
    for weight in transitions.as_flattened() {
        body.extend_from_slice(&weight.to_le_bytes());
    }
    body.extend_from_slice(word_table.as_flattened());
    body.extend_from_slice(row_table.as_flattened());
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&checksum(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// An open-addressed table at most seven eighths full.
fn table<const N: usize>(
    entries: impl Iterator<Item = (u64, [u8; N])>,
    count: usize,
) -> Result<Vec<[u8; N]>, WeightsError> {
    let slots = count + count / 7 + 1;
    let mut table = vec![None; slots];
    for (key, entry) in entries {
        let start = home(key, slots);
        let free = (0..PROBES.min(slots)).map(|i| (start + i) % slots).find(|&s| table[s].is_none());
        match free {
            Some(slot) => table[slot] = Some(entry),
            None => return Err(WeightsError::Full(count)),
        }
    }
    Ok(table.into_iter().map(|slot| slot.unwrap_or([0; N])).collect())
}

/// The slot at which a look-up begins: the upper half of the hash, scaled.
#[inline]
pub(super) fn home(key: u64, slots: usize) -> usize {
    ((key >> 32).wrapping_mul(slots as u64) >> 32) as usize
}

#[inline]
pub(super) fn row_mark(key: u64) -> u16 {
    (key as u16).max(1)
}

fn word_mark(key: u64) -> u32 {
    (key as u32).max(1)
}

/// A checksum over eight bytes at a time; it finds damage, not forgery.
fn checksum(bytes: &[u8]) -> u64 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let sum = eights.iter().fold(bytes.len() as u64, |sum, eight| mix(sum, u64::from_le_bytes(*eight)));
    rest.iter().fold(sum, |sum, &byte| mix(sum, u64::from(byte)))
}
