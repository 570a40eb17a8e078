//! The lemmatiser: edit scripts, chosen by the longest known ending of the word.
//!
//! A script says which case to take, how many bytes to strip and what to append. Scripts are stored for whole words
//! (the learned exceptions) and for endings of up to six bytes (the rules), each for a tag and a way of writing.

use crate::hash::{mix, of_word, spread};
use crate::lexicon::{Lexeme, Shape, find};
use crate::model::{ModelError, Section, Sections};

/// Longest ending that a rule looks at, in bytes.
pub const LONGEST_ENDING: usize = 6;
/// The length that stands for a whole word.
pub const WHOLE: usize = 255;

/// The edit scripts and the table that leads to them.
#[derive(Clone, Copy, Debug)]
pub struct Lemmatizer<'m> {
    keys: &'m [u32],
    values: &'m [u32],
    scripts: &'m [[u16; 4]],
    endings: &'m str,
}

/// What to do to a form: `[keep case, bytes to strip, where the ending starts, its length]`.
pub type Script = [u16; 4];

impl<'m> Lemmatizer<'m> {
    /// Takes the lemmatiser of a model.
    ///
    /// # Errors
    /// [`ModelError::Section`] where a part is absent or the parts do not fit.
    pub fn read(sections: &Sections<'m>) -> Result<Self, ModelError> {
        let keys: &[u32] = sections.get(Section::LemmaKeys)?;
        if !keys.len().is_power_of_two() {
            return Err(ModelError::Section { section: Section::LemmaKeys });
        }
        let values: &[u32] = sections.exactly(Section::LemmaScripts, keys.len())?;
        let scripts: &[[u16; 4]] = sections.get(Section::Scripts)?;
        if values.iter().any(|&v| v != u32::MAX && v as usize >= scripts.len()) {
            return Err(ModelError::Section { section: Section::LemmaScripts });
        }
        let fault = ModelError::Section { section: Section::Endings };
        let endings = std::str::from_utf8(sections.get(Section::Endings)?).map_err(|_| fault)?;
        Ok(Self { keys, values, scripts, endings })
    }

    /// Adds the lemma of a word to `out`. `lower` is the form in lower case with straight quotation marks.
    pub fn push_lemma(&self, form: &str, lower: &str, lexeme: &Lexeme, tag: u8, out: &mut String) {
        if matches!(lexeme.shape, Shape::Digits) {
            out.push_str(form);
            return;
        }
        match self.script(lower, lexeme, tag) {
            Some(script) => apply(script, self.endings, form, lower, out),
            None => out.push_str(lower),
        }
    }

    fn script(&self, lower: &str, lexeme: &Lexeme, tag: u8) -> Option<Script> {
        let bytes = lower.as_bytes();
        let own = context(lexeme.shape, tag);
        // Capitals of a headline tell nothing: there the rules for lower case hold.
        let rules = if lexeme.shape == Shape::ShoutedUpper { context(Shape::Lower, tag) } else { own };
        let whole = |context| find(self.keys, self.values, key_of(lexeme.word, context, WHOLE));
        let found = whole(own).or_else(|| if rules == own { None } else { whole(rules) }).or_else(|| {
            (0..=LONGEST_ENDING.min(bytes.len()))
                .rev()
                .find_map(|n| find(self.keys, self.values, key(rules, n, &bytes[bytes.len() - n..])))
        });
        found.map(|script| self.scripts[script as usize])
    }
}

/// Case matters to lemmas in three ways: none, a capital, all capitals.
pub fn context(shape: Shape, tag: u8) -> u32 {
    let case = match shape {
        Shape::Lower | Shape::Mark | Shape::Digits => 0,
        Shape::Capital | Shape::TitleCapital | Shape::Mixed => 1,
        Shape::Upper | Shape::Initial | Shape::ShoutedUpper | Shape::Alphanumeric => 2,
    };
    u32::from(tag) * 4 + case
}

/// The key of an ending of `len` bytes (or [`WHOLE`]).
pub fn key(context: u32, len: usize, ending: &[u8]) -> u32 {
    key_of(of_word(ending), context, len)
}

/// The same from the hash of the ending.
fn key_of(ending: u32, context: u32, len: usize) -> u32 {
    spread(mix(mix(ending, context), len as u32))
}

/// Carries a script out, adding the lemma to `out`. A script that does not fit leaves the form.
pub fn apply(script: Script, endings: &str, form: &str, lower: &str, out: &mut String) {
    let [keep, strip, start, len] = script.map(usize::from);
    let base = if keep == 1 { form } else { lower };
    let stem = base.len().checked_sub(strip).and_then(|end| base.get(..end));
    match (stem, endings.get(start..start + len)) {
        (Some(stem), Some(ending)) if !(stem.is_empty() && ending.is_empty()) => {
            out.push_str(stem);
            out.push_str(ending);
        }
        _ => out.push_str(base),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_carried_out() {
        let endings = "yfe";
        let table = [
            ("nothing to do", [0, 0, 0, 0], "Word", "word"),
            ("case is kept", [1, 0, 0, 0], "Word", "Word"),
            ("an ending is exchanged", [0, 3, 0, 1], "Cities", "city"),
            ("two letters for three", [0, 3, 1, 2], "wolves", "wolfe"),
            ("more to strip than there is", [0, 9, 0, 1], "as", "as"),
            ("nothing would be left", [0, 2, 0, 0], "as", "as"),
            ("an ending outside the table", [0, 1, 9, 3], "as", "as"),
        ];
        for (name, script, form, expected) in table {
            let mut out = String::new();
            apply(script, endings, form, &form.to_lowercase(), &mut out);
            assert_eq!(out, expected, "{name}");
        }
    }
}
