//! Each distinct string once, in few large pieces of memory, under a number.

use hashbrown::HashTable;
use std::hash::Hasher as _;
use std::ops::Deref;
use std::sync::Arc;

/// A string, by its number in [`Strings`].
pub(crate) type Sym = u32;

/// The absent string or entity.
pub(crate) const NONE: u32 = u32::MAX;

/// Bytes of a piece of memory; a longer string gets one of its own.
const CHUNK: usize = 1 << 18;

/// Where a string lies in [`Texts`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    chunk: u32,
    start: u32,
    length: u32,
}

impl Place {
    /// The same place behind so many other pieces.
    pub(crate) fn behind(self, chunks: u32) -> Self {
        Self { chunk: self.chunk + chunks, ..self }
    }
}

/// Strings in few large pieces of memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    chunks: Vec<String>,
}

impl Texts {
    pub(crate) fn add(&mut self, text: &str) -> Place {
        if self.chunks.last().is_none_or(|chunk| chunk.capacity() - chunk.len() < text.len()) {
            self.chunks.push(String::with_capacity(CHUNK.max(text.len())));
        }
        let mut place = Place { chunk: self.chunks.len() as u32 - 1, start: 0, length: text.len() as u32 };
        if let Some(chunk) = self.chunks.last_mut() {
            place.start = chunk.len() as u32;
            chunk.push_str(text);
        }
        place
    }

    #[inline]
    pub(crate) fn get(&self, place: Place) -> &str {
        let Place { chunk, start, length } = place;
        let chunk = self.chunks.get(chunk as usize);
        chunk.and_then(|chunk| chunk.get(start as usize..(start + length) as usize)).unwrap_or("")
    }

    /// Takes over all of `other`; the result says behind how many pieces they lie.
    pub(crate) fn absorb(&mut self, mut other: Self) -> u32 {
        let before = self.chunks.len() as u32;
        self.chunks.append(&mut other.chunks);
        before
    }

    pub(crate) fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

/// A string's number with its hash, which is compared before the strings are.
#[derive(Clone, Copy, Debug)]
struct Entry {
    sym: Sym,
    hash: u32,
}

/// Each distinct string once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strings {
    texts: Texts,
    places: Vec<Place>,
    table: HashTable<Entry>,
}

impl Strings {
    /// The number of a string, which is new if the string is.
    pub(crate) fn intern(&mut self, text: &str) -> Sym {
        let hash = hash(text);
        match self.table.find(spread(hash), |entry| entry.hash == hash && self.text(entry.sym) == text) {
            Some(entry) => entry.sym,
            None => self.insert(text, hash),
        }
    }

    fn insert(&mut self, text: &str, hash: u32) -> Sym {
        let sym = self.places.len() as Sym;
        self.places.push(self.texts.add(text));
        self.table.insert_unique(spread(hash), Entry { sym, hash }, |entry| spread(entry.hash));
        sym
    }

    /// The number of a string that is known.
    pub(crate) fn number(&self, text: &str) -> Option<Sym> {
        let hash = hash(text);
        let same = |entry: &Entry| entry.hash == hash && self.text(entry.sym) == text;
        self.table.find(spread(hash), same).map(|entry| entry.sym)
    }

    /// Takes over all strings of `other`; the result says which number each got here.
    pub(crate) fn absorb(&mut self, other: &Strings) -> Vec<Sym> {
        (0..other.len() as Sym).map(|sym| self.intern(other.text(sym))).collect()
    }

    /// Numbers the strings anew, in their order; the result says for each old number its new one.
    pub(crate) fn sort(&mut self) -> Vec<Sym> {
        // Most pairs differ in their first bytes, which lie side by side here.
        let mut order: Vec<([u64; 2], Sym)> =
            (0..self.len() as Sym).map(|sym| (first_bytes(self.text(sym)), sym)).collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| self.text(a.1).cmp(self.text(b.1))));
        let mut ranks = vec![0; order.len()];
        for (rank, &(_, sym)) in order.iter().enumerate() {
            ranks[sym as usize] = rank as Sym;
        }
        self.places = order.iter().map(|&(_, sym)| self.places[sym as usize]).collect();
        for entry in &mut self.table {
            entry.sym = ranks[entry.sym as usize];
        }
        ranks
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn get(&self, sym: Sym) -> Option<&str> {
        self.places.get(sym as usize).map(|&place| self.texts.get(place))
    }

    /// The string; empty for none.
    #[inline]
    pub(crate) fn text(&self, sym: Sym) -> &str {
        self.get(sym).unwrap_or("")
    }
}

fn hash(text: &str) -> u32 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    (hasher.finish() >> 32) as u32
}

/// The hash in all bits of the 64 that the table looks at.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The first 16 bytes, which compare as numbers as they do as text.
fn first_bytes(text: &str) -> [u64; 2] {
    let mut first = [0; 16];
    let length = text.len().min(16);
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    let number = u128::from_be_bytes(first);
    [(number >> 64) as u64, number as u64]
}

/// A text of the graph; cheap to copy.
#[derive(Clone, Default)]
pub struct Text {
    strings: Option<Arc<Strings>>,
    sym: Sym,
}

impl Text {
    pub(crate) fn new(strings: &Arc<Strings>, sym: Sym) -> Self {
        Self { strings: Some(Arc::clone(strings)), sym }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.strings.as_ref().map_or("", |strings| strings.text(self.sym))
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let places = vec![Place { chunk: 0, start: 0, length: text.len() as u32 }];
        let strings = Strings { texts: Texts { chunks: vec![text] }, places, table: HashTable::new() };
        Self { strings: Some(Arc::new(strings)), sym: 0 }
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&**self, f)
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (**self).cmp(&**other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_again_and_sorted() {
        let mut strings = Strings::default();
        let texts =
            ["b", "", "a longer text than sixteen bytes: b", "a longer text than sixteen bytes: a", "é", "b"];
        let syms = texts.map(|text| strings.intern(text));
        assert_eq!(syms[0], syms[5]);
        let long = "x".repeat(2 * CHUNK);
        strings.intern(&long);
        let ranks = strings.sort();
        let sorted: Vec<&str> = (0..strings.len() as Sym).map(|sym| strings.text(sym)).collect();
        assert!(sorted.is_sorted());
        for (text, sym) in texts.iter().zip(syms) {
            assert_eq!(strings.number(text), Some(ranks[sym as usize]));
        }
        assert_eq!(strings.number(&long), Some(strings.intern(&long)));
        assert_eq!((strings.number("c"), strings.text(NONE)), (None, ""));
    }
}
