//! What can be said of a token by looking at it alone: its lower-case form, shape, ends, and what is known of the word.

use newsgraph_text::TokenRange;
use newsgraph_token::Segmentation;

use crate::hash;
use crate::model::{ModelError, Section, Sections};

/// How a token is written. The number is a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// `word`
    Lower,
    /// `Word`
    Capital,
    /// `WORD`, or `U.S.`
    Upper,
    /// One capital letter, with or without full stop.
    Initial,
    /// `iPhone`, `McCain`
    Mixed,
    /// Digits, with marks between them or not.
    Digits,
    /// Digits and letters.
    Alphanumeric,
    /// No letter, no digit.
    Mark,
    /// `Word` in a line where nearly every word is written so.
    TitleCapital,
    /// `WORD` in a line where nearly every word is written so.
    ShoutedUpper,
}

/// Number of shapes.
pub const SHAPES: usize = 10;

/// A token, looked at alone.
#[derive(Clone, Copy, Debug)]
pub struct Lexeme {
    /// Hash of the lower-case form with all digits alike.
    pub word: u32,
    /// Number of the word in the lexicon, or [`UNKNOWN`].
    pub id: u32,
    /// The first four bytes of the lower-case form; 0 where it is shorter.
    pub prefix: u32,
    /// The last four bytes, the last one lowest.
    pub suffix: u32,
    /// How it is written.
    pub shape: Shape,
    /// Whether it is the first of its sentence that has letters or digits.
    pub first: bool,
    /// Where the lower-case form lies in the buffer.
    start: u32,
    end: u32,
}

impl Lexeme {
    /// What stands before the first and after the last token.
    pub(crate) const EDGE: Self = Self {
        word: 1,
        id: UNKNOWN,
        prefix: 1,
        suffix: 1,
        shape: Shape::Mark,
        first: false,
        start: 0,
        end: 0,
    };
}

/// "Not in the lexicon".
pub const UNKNOWN: u32 = u32::MAX;

/// Known words and the tags they were seen with.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'m> {
    keys: &'m [u32],
    ids: &'m [u32],
    seen: &'m [u64],
    allowed: &'m [u64],
}

impl<'m> Lexicon<'m> {
    /// Takes the lexicon of a model.
    ///
    /// # Errors
    /// [`ModelError::Section`] where a part is absent or the parts do not fit.
    pub fn read(sections: &Sections<'m>) -> Result<Self, ModelError> {
        let keys: &[u32] = sections.get(Section::WordKeys)?;
        if !keys.len().is_power_of_two() {
            return Err(ModelError::Section { section: Section::WordKeys });
        }
        let ids: &[u32] = sections.exactly(Section::WordIds, keys.len())?;
        let seen: &[u64] = sections.get(Section::WordSeen)?;
        let allowed = sections.exactly(Section::WordAllowed, seen.len())?;
        if ids.iter().any(|&id| id != UNKNOWN && id as usize >= seen.len()) {
            return Err(ModelError::Section { section: Section::WordIds });
        }
        Ok(Self { keys, ids, seen, allowed })
    }

    /// Number of known words.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// The number of the word with this hash, or [`UNKNOWN`].
    #[inline]
    pub fn id(&self, word: u32) -> u32 {
        find(self.keys, self.ids, word).unwrap_or(UNKNOWN)
    }

    /// The tags that a word was seen with, a bit each; none for an unknown word.
    #[inline]
    pub fn seen(&self, id: u32) -> u64 {
        self.seen.get(id as usize).copied().unwrap_or(0)
    }

    /// The tags that a word may get; all for a word that is unknown or rare.
    #[inline]
    pub fn allowed(&self, id: u32) -> u64 {
        self.allowed.get(id as usize).copied().unwrap_or(u64::MAX)
    }
}

/// Looks a key up in an open-addressed table; a value of `u32::MAX` marks a free slot.
#[inline]
pub(crate) fn find(keys: &[u32], values: &[u32], key: u32) -> Option<u32> {
    let mask = keys.len().wrapping_sub(1);
    let mut slot = key as usize & mask;
    for _ in 0..keys.len() {
        let value = *values.get(slot)?;
        if value == u32::MAX {
            return None;
        }
        if keys.get(slot) == Some(&key) {
            return Some(value);
        }
        slot = (slot + 1) & mask;
    }
    None
}

/// An open-addressed table for lookups, half full; a key that comes twice keeps its first value.
pub fn table(entries: impl IntoIterator<Item = (u32, u32)>) -> (Vec<u32>, Vec<u32>) {
    let entries: Vec<(u32, u32)> = entries.into_iter().collect();
    let size = (entries.len() * 2).next_power_of_two().max(2);
    let (mut keys, mut values) = (vec![0; size], vec![u32::MAX; size]);
    for (key, value) in entries {
        let mut slot = key as usize & (size - 1);
        while values[slot] != u32::MAX && keys[slot] != key {
            slot = (slot + 1) & (size - 1);
        }
        if values[slot] == u32::MAX {
            (keys[slot], values[slot]) = (key, value);
        }
    }
    (keys, values)
}

/// The lexemes of a sentence, and the bytes of their lower-case forms.
#[derive(Clone, Debug, Default)]
pub struct Lexemes {
    list: Vec<Lexeme>,
    lower: String,
}

impl std::ops::Deref for Lexemes {
    type Target = [Lexeme];

    fn deref(&self) -> &[Lexeme] {
        &self.list
    }
}

impl Lexemes {
    /// The lower-case form of a token, with straight quotation marks.
    pub fn lower(&self, token: usize) -> &str {
        let lexeme = &self.list[token];
        self.lower.get(lexeme.start as usize..lexeme.end as usize).unwrap_or("")
    }

    /// Looks at the tokens of a sentence, replacing what was there.
    pub fn fill(
        &mut self,
        lexicon: Option<&Lexicon<'_>>,
        text: &str,
        tokens: &Segmentation,
        sentence: TokenRange,
    ) {
        self.list.clear();
        self.lower.clear();
        for token in sentence {
            self.push(lexicon, tokens.form(text, token));
        }
        self.finish();
    }

    /// The same from a list of forms.
    pub fn fill_from<'f>(&mut self, lexicon: Option<&Lexicon<'_>>, forms: impl IntoIterator<Item = &'f str>) {
        self.list.clear();
        self.lower.clear();
        forms.into_iter().for_each(|form| self.push(lexicon, form));
        self.finish();
    }

    fn push(&mut self, lexicon: Option<&Lexicon<'_>>, form: &str) {
        let start = self.lower.len();
        push_lower(&mut self.lower, form);
        let bytes = &self.lower.as_bytes()[start..];
        let word = hash::of_word(bytes);
        let pack = |range: &[u8]| range.iter().fold(0, |n, &b| n << 8 | u32::from(hash::without_digit(b)));
        self.list.push(Lexeme {
            word,
            id: lexicon.map_or(UNKNOWN, |l| l.id(word)),
            prefix: bytes.get(..4).map_or(0, pack),
            suffix: pack(&bytes[bytes.len().saturating_sub(4)..]),
            shape: shape(form),
            first: false,
            start: start as u32,
            end: self.lower.len() as u32,
        });
    }

    /// Marks the first word, and the capitals of headlines: there they tell nothing.
    fn finish(&mut self) {
        let (mut words, mut capital, mut upper, mut lower, mut lower_long) = (0, 0, 0, 0, 0);
        for lexeme in &self.list {
            let long = lexeme.end - lexeme.start > 4;
            match lexeme.shape {
                Shape::Lower => {
                    lower += 1;
                    lower_long += usize::from(long);
                }
                Shape::Capital | Shape::Mixed => capital += 1,
                Shape::Upper => upper += 1,
                _ => continue,
            }
            words += 1;
        }
        let shouted = upper >= 3 && upper * 4 >= words * 3;
        let title = words >= 4 && capital > lower && capital >= 5 * lower_long;
        for lexeme in &mut self.list {
            lexeme.shape = match lexeme.shape {
                Shape::Upper if shouted => Shape::ShoutedUpper,
                Shape::Capital if title => Shape::TitleCapital,
                other => other,
            };
        }
        if let Some(first) = self.list.iter_mut().find(|l| l.shape != Shape::Mark) {
            first.first = true;
        }
    }
}

fn push_lower(out: &mut String, form: &str) {
    if form.is_ascii() {
        let start = out.len();
        out.push_str(form);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    for c in form.chars() {
        match c {
            '’' | '‘' | 'ʼ' => out.push('\''),
            '“' | '”' => out.push('"'),
            '–' => out.push('—'),
            c => out.extend(c.to_lowercase()),
        }
    }
}

fn shape(form: &str) -> Shape {
    let (mut upper, mut lower, mut digits) = (0, 0, 0);
    for byte in form.bytes() {
        upper += u32::from(byte.is_ascii_uppercase());
        lower += u32::from(byte.is_ascii_lowercase());
        digits += u32::from(byte.is_ascii_digit());
    }
    let others = if form.is_ascii() { "" } else { form };
    for c in others.chars().filter(|c| !c.is_ascii()) {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_alphabetic() {
            lower += 1;
        } else if c.is_numeric() {
            digits += 1;
        }
    }
    let first_upper = form.chars().next().is_some_and(char::is_uppercase);
    match (upper, lower, digits) {
        (0, 0, 0) => Shape::Mark,
        (0, 0, _) => Shape::Digits,
        (_, _, 1..) => Shape::Alphanumeric,
        (0, _, _) => Shape::Lower,
        (1, 0, _) => Shape::Initial,
        (_, 0, _) => Shape::Upper,
        (1, _, _) if first_upper => Shape::Capital,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_tokens() {
        let table = [
            ("word", Shape::Lower),
            ("Élysée", Shape::Capital),
            ("U.S.", Shape::Upper),
            ("J.", Shape::Initial),
            ("McCain", Shape::Mixed),
            ("1,000", Shape::Digits),
            ("1990s", Shape::Alphanumeric),
            ("—", Shape::Mark),
        ];
        for (form, expected) in table {
            assert_eq!(shape(form), expected, "{form}");
        }
    }

    #[test]
    fn capitals_of_headlines_are_set_apart() {
        let mut lexemes = Lexemes::default();
        lexemes.fill_from(None, "SENATE PASSES BILL ON TRADE".split(' '));
        assert!(lexemes.iter().all(|l| l.shape == Shape::ShoutedUpper));
        lexemes.fill_from(None, "Senate Passes Bill on Trade With Japan".split(' '));
        assert_eq!(lexemes[0].shape, Shape::TitleCapital);
        assert_eq!(lexemes[3].shape, Shape::Lower);
        lexemes.fill_from(None, "The Senate passed the bill on Friday".split(' '));
        assert_eq!(lexemes[1].shape, Shape::Capital);
        assert!(lexemes[0].first && !lexemes[1].first);
    }

    #[test]
    fn tables_find_what_was_put_in() {
        let (keys, values) = table((0..100).map(|i| (i * 64, i)));
        assert!((0..100).all(|i| find(&keys, &values, i * 64) == Some(i)));
        assert_eq!(find(&keys, &values, 7), None);
        assert_eq!(find(&[], &[], 7), None);
    }
}
