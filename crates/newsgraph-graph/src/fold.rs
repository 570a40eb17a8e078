//! Names and wordings with everything folded away that does not tell two of them apart.

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
pub(crate) fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut read = |c: char, word: &mut String| {
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() || (is_combining_mark(c) && !is_diacritic(c)) {
            push_folded(word, c);
        } else if !(is_diacritic(c) || is_elided(c) || word.is_empty()) {
            take(word);
            word.clear();
        }
    };
    if text.is_ascii() {
        text.chars().for_each(|c| read(c, &mut word));
    } else {
        text.nfkd().for_each(|c| read(c, &mut word));
    }
    if !word.is_empty() {
        take(&word);
    }
}

/// [`words`] joined by single spaces.
pub(crate) fn folded(text: &str) -> String {
    words(text).join(" ")
}

/// Accents of Latin, Greek and Cyrillic letters. Marks of other scripts carry vowels and must stay.
fn is_diacritic(c: char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(&c)
}

/// Characters inside a word that some writers leave out: `O'Neill`, `U.N.`.
fn is_elided(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '\u{ad}' | '.')
}

/// Lower case, and letters that have no decomposition in their usual Latin spelling.
fn push_folded(word: &mut String, c: char) {
    for c in c.to_lowercase() {
        match c {
            'ł' => word.push('l'),
            'ø' => word.push('o'),
            'đ' | 'ð' => word.push('d'),
            'ı' => word.push('i'),
            'ħ' => word.push('h'),
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'þ' => word.push_str("th"),
            c if is_diacritic(c) => {}
            c => word.push(c),
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
    fn wordings_agree_without_case_and_punctuation() {
        assert_eq!(folded("“France’s unwavering  support,”"), folded("France's unwavering support"));
        assert_eq!(folded("🙂 …"), "");
    }
}
