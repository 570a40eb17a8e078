//! Names and wordings with everything folded away that does not tell two of them apart.

use crate::id;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of `text` in lower case, without diacritics, apostrophes and full stops, split at everything that
/// is neither letter nor digit: `Élysée’s "U.N." envoy` gives `elysees`, `un`, `envoy`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// Calls `take` with each of the [`words`] of `text`.
pub(crate) fn each_word(text: &str, take: impl FnMut(&str)) {
    read(text, &mut Letters { word: String::new(), take });
}

/// Calls `take` with the [`hash`](id::hash) of each of the [`words`] of `text`.
pub(crate) fn each_word_hash(text: &str, take: impl FnMut(u64)) {
    read(text, &mut Hashes { hash: id::Running::default(), is_empty: true, take });
}

/// What is made of the letters of words.
trait Sink {
    /// A byte of ASCII.
    fn push_byte(&mut self, byte: u8);
    fn push(&mut self, c: char);
    /// The word is over, if there is one.
    fn end(&mut self);
}

struct Letters<F> {
    word: String,
    take: F,
}

impl<F: FnMut(&str)> Sink for Letters<F> {
    #[inline]
    fn push_byte(&mut self, byte: u8) {
        self.word.push(char::from(byte));
    }

    fn push(&mut self, c: char) {
        self.word.push(c);
    }

    fn end(&mut self) {
        if !self.word.is_empty() {
            (self.take)(&self.word);
            self.word.clear();
        }
    }
}

struct Hashes<F> {
    hash: id::Running,
    is_empty: bool,
    take: F,
}

impl<F: FnMut(u64)> Sink for Hashes<F> {
    #[inline]
    fn push_byte(&mut self, byte: u8) {
        self.hash.add(byte);
        self.is_empty = false;
    }

    fn push(&mut self, c: char) {
        c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.push_byte(byte));
    }

    #[inline]
    fn end(&mut self) {
        if !self.is_empty {
            let hash = std::mem::take(&mut self.hash);
            (self.take)(hash.finish());
            self.is_empty = true;
        }
    }
}

fn read(text: &str, sink: &mut impl Sink) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            read_ascii(byte, sink);
            at += 1;
            continue;
        }
        // Decomposition moves no mark over a letter of ASCII, so stretches between these can be read alone.
        let length = bytes[at..].iter().position(u8::is_ascii).unwrap_or(bytes.len() - at);
        let stretch = &text[at..at + length];
        if stretch.chars().all(is_typographic) {
            stretch.chars().for_each(|c| read_char(c, sink));
        } else {
            stretch.nfkd().for_each(|c| read_char(c, sink));
        }
        at += length;
    }
    sink.end();
}

/// What is made of each character of ASCII: lower case of what words consist of, else [`BREAK`] or [`ELIDED`].
const ASCII: [u8; 128] = {
    let mut folded = [BREAK; 128];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        if c.is_ascii_alphanumeric() {
            folded[byte] = c.to_ascii_lowercase();
        } else if matches!(c, b'\'' | b'`' | b'.') {
            folded[byte] = ELIDED;
        }
        byte += 1;
    }
    folded
};
const BREAK: u8 = 0;
const ELIDED: u8 = 1;

#[inline]
fn read_ascii(byte: u8, sink: &mut impl Sink) {
    match ASCII[usize::from(byte & 127)] {
        BREAK => sink.end(),
        ELIDED => {}
        letter => sink.push_byte(letter),
    }
}

fn read_char(c: char, sink: &mut impl Sink) {
    if let Ok(byte) = u8::try_from(c)
        && byte.is_ascii()
    {
        read_ascii(byte, sink);
    } else if c.is_alphanumeric() || (is_combining_mark(c) && !is_diacritic(c)) {
        push_folded(c, sink);
    } else if !(is_diacritic(c) || is_elided(c)) {
        sink.end();
    }
}

/// The dashes and quotation marks of print, which decompose into nothing else.
fn is_typographic(c: char) -> bool {
    matches!(c, '\u{2012}'..='\u{2016}' | '\u{2018}'..='\u{201F}')
}

/// [`words`] joined by single spaces.
pub(crate) fn folded(text: &str) -> String {
    words(text).join(" ")
}

/// Accents of Latin, Greek and Cyrillic letters. Marks of other scripts carry vowels and must stay.
fn is_diacritic(c: char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(&c)
}

/// Characters beyond ASCII inside a word that some writers leave out: `O’Neill`.
fn is_elided(c: char) -> bool {
    matches!(c, '’' | '‘' | 'ʼ' | '\u{ad}')
}

/// Lower case, and letters that have no decomposition in their usual Latin spelling.
fn push_folded(c: char, sink: &mut impl Sink) {
    for c in c.to_lowercase() {
        match c {
            'ł' => sink.push('l'),
            'ø' => sink.push('o'),
            'đ' | 'ð' => sink.push('d'),
            'ı' => sink.push('i'),
            'ħ' => sink.push('h'),
            'ß' => "ss".chars().for_each(|c| sink.push(c)),
            'æ' => "ae".chars().for_each(|c| sink.push(c)),
            'œ' => "oe".chars().for_each(|c| sink.push(c)),
            'þ' => "th".chars().for_each(|c| sink.push(c)),
            c if is_diacritic(c) => {}
            c => sink.push(c),
        }
    }
}

/// The key under which names of bodies, places and things agree: [`folded`] without a leading article or a
/// trailing possessive. Empty when nothing is left.
pub(crate) fn name_key(name: &str) -> String {
    let name = name.trim().trim_end_matches("'s").trim_end_matches("’s").replace('&', " and ");
    let words = words(&name);
    let articles = usize::from(words.len() > 1 && words[0] == "the");
    words[articles..].join(" ")
}

/// Forms of address. Offices ("president") are the entity layer's to separate from the name.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "reverend",
    "hon",
    "gen",
    "col",
    "capt",
    "sgt",
    "lt",
    "maj",
    "sen",
    "rep",
    "gov",
];

/// The key under which spellings of a person's full name agree, or `None` when the name has fewer than two
/// parts of at least two letters and so does not identify anybody beyond its document.
///
/// Every part must agree after folding; only honorifics in front and patronymics in the middle are left out.
pub(crate) fn person_key(name: &str) -> Option<String> {
    let words = words(&name.trim().trim_end_matches("'s").trim_end_matches("’s").replace('.', ". "));
    let titles = words.iter().take_while(|w| HONORIFICS.contains(&w.as_str())).count();
    let parts = &words[titles..];
    let [first, middle @ .., last] = parts else { return None };
    if first.chars().nth(1).is_none() || last.chars().nth(1).is_none() {
        return None;
    }
    let mut key = transliterated(first);
    for part in middle.iter().filter(|part| !is_patronymic(part)) {
        key.push(' ');
        key.push_str(&transliterated(part));
    }
    key.push(' ');
    key.push_str(&transliterated(last));
    Some(key)
}

/// Vladimir *Vladimirovich* Putin.
fn is_patronymic(part: &str) -> bool {
    ["ovich", "evich", "ovych", "evych", "ovna", "evna", "ivna"].iter().any(|end| part.ends_with(end))
}

/// A name part with the choices undone that romanisations of Slavic names differ in: the end `-y/-iy/-yy/-ij/-ii`
/// (Zelenskiy, Zelensky, Sergey, Sergei, Dmitriy), `ks` for `x` and `-andr` for `-ander` (Aleksandr), `ye-` for
/// `e-` (Yevgeny), `-ya` for `-ia` (Tatyana, Ilya). Other scripts pass unchanged.
fn transliterated(part: &str) -> String {
    let mut part = part.replace("ks", "x");
    if let Some(stem) = part.strip_suffix("ander") {
        part = format!("{stem}andr");
    }
    let stem = part.trim_end_matches(['i', 'j', 'y']);
    if stem.len() < part.len() && !stem.is_empty() {
        part = format!("{stem}i");
    }
    for (end, plain) in [("yana", "iana"), ("ya", "ia")] {
        if let Some(stem) = part.strip_suffix(end) {
            part = format!("{stem}{plain}");
        }
    }
    match part.strip_prefix("ye") {
        Some(rest) if !rest.is_empty() => format!("e{rest}"),
        _ => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_person_agree() {
        for spellings in [
            &["Volodymyr Zelenskiy", "Volodymyr Zelensky", "Volodymyr Zelenskyy", "VOLODYMYR ZELENSKYI"][..],
            &["Sebastien Lecornu", "Sébastien Lecornu", "Mr Sébastien Lecornu", "Sébastien Lecornu's"],
            &["Sergei Shoigu", "Sergey Shoigu", "Sergeĭ Shoigu"],
            &["Alexander Brechalov", "Aleksandr Brechalov", "Alexandr Brechalov", "Aleksander Brechalov"],
            &["Vladimir Putin", "Vladimir Vladimirovich Putin"],
            &["Kim Jong-un", "Kim Jong Un"],
            &["Dmitry Peskov", "Dmitri Peskov", "Dmitriy Peskov"],
            &["John F. Kennedy", "John F Kennedy"],
            &["Sinead O'Neill", "Sinéad O’Neill"],
            &["Yevgeny Prigozhin", "Evgeny Prigozhin", "Evgeniy Prigozhin"],
        ] {
            let keys: Vec<_> = spellings.iter().map(|s| person_key(s)).collect();
            assert!(keys[0].is_some(), "{spellings:?}");
            assert!(keys.iter().all(|k| *k == keys[0]), "{spellings:?}: {keys:?}");
        }
    }

    #[test]
    fn different_people_differ() {
        for (one, other) in [
            ("George Bush", "George W. Bush"),
            ("George W. Bush", "George H. W. Bush"),
            ("John Smith", "Joan Smith"),
            ("Vitaliy Klitschko", "Volodymyr Klitschko"),
            ("Vladimir Zelensky", "Vladimir Zelenko"),
            ("Bryan Adams", "Brian Adams"),
            ("Thomas Meyer", "Thomas Meier"),
            ("Michael Kovac", "Michal Kovac"),
            ("Martin Luther King", "Martin King"),
        ] {
            assert_ne!(person_key(one), person_key(other), "{one} and {other}");
        }
    }

    #[test]
    fn half_a_name_is_no_key() {
        for name in ["Putin", "Mr Putin", "Mr. Smith", "J. Smith", "", "  ", "Sir", "…", "习近平"] {
            assert_eq!(person_key(name), None, "{name:?}");
        }
    }

    #[test]
    fn names_of_things_agree_without_their_dress() {
        for (one, other) in [
            ("the Elysee Palace", "Élysée Palace"),
            ("U.N.", "UN"),
            ("The Washington Post", "Washington Post"),
            ("Procter & Gamble", "Procter and Gamble"),
            ("Russia's", "Russia"),
            ("Łódź", "Lodz"),
        ] {
            assert_eq!(name_key(one), name_key(other));
        }
        assert_ne!(name_key("North Korea"), name_key("South Korea"));
        assert_ne!(name_key("हिंदी"), name_key("हदी"), "vowel signs are no accents");
        assert_eq!(name_key("the"), "the");
    }

    #[test]
    fn hashes_are_those_of_the_words() {
        for text in [
            "“Élysée’s” U.N. envoy — Straße, 3½ Łódź e\u{301}t\u{327}e\u{301} हिंदी…",
            "",
            "O'Neill",
            "ﬁve　six",
        ] {
            let mut hashes = Vec::new();
            each_word_hash(text, |hash| hashes.push(hash));
            let expected: Vec<u64> = words(text).iter().map(|word| id::hash(word.as_bytes())).collect();
            assert_eq!(hashes, expected, "{text}");
            let whole: Vec<char> = text.nfkd().collect();
            let again = whole.into_iter().collect::<String>();
            assert_eq!(words(text), words(&again), "{text}");
        }
    }

    #[test]
    fn wordings_agree_without_case_and_punctuation() {
        assert_eq!(folded("“France’s unwavering  support,”"), folded("France's unwavering support"));
        assert_eq!(folded("🙂 …"), "");
    }
}
