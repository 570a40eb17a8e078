//! What sort of thing or act a word usually names: WordNet's lexicographer files ("verb.communication", "noun.person";
//! Fellbaum 1998; as coarse senses: Ciaramita and Johnson, EMNLP 2003), for words that a model has seen too seldom.
//!
//! The file holds eight bytes of magic, then a table of 2^17 slots of four bytes: the upper bits of the word's hash
//! (two bytes, little endian), the file of its first sense and that of its second, both plus one; 0 for none. A word lies in
//! the slot that the lower bits of its hash name, or in the next one that was free. As with all hashed tables a word
//! that is not in it may be taken for another; that happens to about one in ten thousand.

use newsgraph_syntax::Upos;

use crate::quote::learned::word_hash;

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"NGSENS01";

/// The table has two to the power of this many slots.
const BITS: u32 = 17;

/// Most of the slots that may be taken, in percent.
const FULLEST: usize = 75;

/// The files of a word's first two senses, plus one; 0 for none.
pub(crate) type Pair = [u8; 2];

/// A table of words and their senses.
#[derive(Clone, Copy, Debug)]
pub struct Senses<'a> {
    slots: &'a [[u8; 4]],
}

impl Senses<'static> {
    /// The table that is part of the program.
    pub fn embedded() -> Self {
        Self::read(newsgraph_data::relation::senses()).unwrap_or(Self { slots: &[] })
    }
}

impl<'a> Senses<'a> {
    /// Reads what [`Senses::write`] wrote; `None` where the bytes are something else.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (slots, []) = bytes.strip_prefix(MAGIC)?.as_chunks::<4>() else { return None };
        (slots.len() == 1 << BITS).then_some(Self { slots })
    }

    /// The file for these words, each with its part of speech; of the same word twice the first counts. `None` where
    /// they are too many.
    pub fn write<'w>(words: impl Iterator<Item = (&'w str, Upos, Pair)>) -> Option<Vec<u8>> {
        let mut slots = vec![[0u8; 4]; 1 << BITS];
        let mut taken = 0;
        for (word, upos, pair) in words {
            let (mut at, check) = place(word_hash(word), upos);
            while slots[at][2] != 0 && slots[at][..2] != check {
                at = (at + 1) & ((1 << BITS) - 1);
            }
            if slots[at][2] == 0 {
                taken += 1;
                slots[at] = [check[0], check[1], pair[0], pair[1]];
            }
            if taken * 100 > slots.len() * FULLEST {
                return None;
            }
        }
        Some(MAGIC.iter().chain(slots.as_flattened()).copied().collect())
    }

    /// The senses of a lemma, by its hash without regard to case.
    pub(crate) fn of(&self, lemma: u32, upos: Upos) -> Pair {
        let (at, check) = place(lemma, upos);
        let (before, from) = self.slots.split_at(at.min(self.slots.len()));
        let mut taken = from.iter().chain(before).take_while(|slot| slot[2] != 0);
        taken.find(|slot| slot[..2] == check).map_or([0, 0], |slot| [slot[2], slot[3]])
    }
}

/// The first slot to look at, and what must stand in it.
fn place(lemma: u32, upos: Upos) -> (usize, [u8; 2]) {
    let hash = (lemma ^ (upos as u32 + 1).wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0xc2b2_ae35);
    ((hash & ((1 << BITS) - 1)) as usize, ((hash >> 16) as u16).to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_written_and_nothing_else() {
        let words: Vec<String> = (0..20_000).map(|i| format!("word{i}")).collect();
        let senses = |i: usize| [1 + (i % 44) as u8, (i % 3) as u8];
        let rows = words.iter().enumerate().map(|(i, w)| (w.as_str(), Upos::Noun, senses(i)));
        let bytes = Senses::write(rows).expect("the table holds them");
        let table = Senses::read(&bytes).expect("what was written can be read");
        let right =
            words.iter().enumerate().filter(|(i, w)| table.of(word_hash(w), Upos::Noun) == senses(*i));
        assert!(right.count() > 19_990, "some words may share a slot, few do");
        let verbs = words.iter().filter(|w| table.of(word_hash(w), Upos::Verb) != [0, 0]);
        assert!(verbs.count() < 10);
        assert!(Senses::read(b"something else").is_none());
    }

    #[test]
    fn embedded_table_tells_saying_from_doing() {
        let senses = Senses::embedded();
        let of = |w: &str, upos| senses.of(word_hash(w), upos)[0];
        assert_eq!(of("declare", Upos::Verb), of("announce", Upos::Verb));
        assert_ne!(of("declare", Upos::Verb), of("walk", Upos::Verb));
        assert_eq!(of("minister", Upos::Noun), of("baker", Upos::Noun));
        assert_eq!(of("zzyzx", Upos::Noun), 0);
    }
}
