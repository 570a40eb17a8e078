//! The words that came last, and what they are in an expression: most words of a text come again and again.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::lexeme::{LONGEST, Lexeme};

/// Words that are remembered; a power of two.
const WORDS: usize = 2048;

/// A table with one place for each word; a word takes the place of the one before it there.
#[derive(Default)]
pub(super) struct Known(Vec<Entry>);

#[derive(Clone, Copy)]
struct Entry {
    length: usize,
    form: [u8; LONGEST],
    lexeme: Lexeme,
}

impl Known {
    /// [`Lexeme::of`], from memory where it can be.
    pub(super) fn lexeme(&mut self, form: &str) -> Lexeme {
        let length = form.len();
        let mut key = [0; LONGEST];
        match key.get_mut(..length) {
            Some(key) => key.copy_from_slice(form.as_bytes()),
            None => return Lexeme::of(form),
        }
        if self.0.is_empty() {
            // The empty word is nothing of interest.
            self.0.resize(WORDS, Entry { length: 0, form: [0; LONGEST], lexeme: Lexeme::of("") });
        }
        let mut hash = FxHasher::default();
        key.as_chunks::<8>().0.iter().for_each(|eight| hash.write_u64(u64::from_le_bytes(*eight)));
        let entry = &mut self.0[hash.finish() as usize % WORDS];
        if entry.length != length || entry.form != key {
            *entry = Entry { length, form: key, lexeme: Lexeme::of(form) };
        }
        entry.lexeme
    }
}
