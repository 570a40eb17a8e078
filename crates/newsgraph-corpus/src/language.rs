//! Whether a text is English.
//!
//! English shows in its function words, and telling it by them costs next to nothing. Only where they are rare does
//! the language detector get to work: on other languages, and on lists, tables and headlines, which it may take for
//! anything. So a text passes for foreign only when both agree, when there is enough of it, and when the detector is sure
//! or most words are in lower case, as in running text.

use whatlang::{Detector, Lang};

/// As much of a text as is looked at, in bytes.
const LOOKED_AT: usize = 4096;
/// Texts with fewer letters than this are too short to tell.
const FEWEST_LETTERS: usize = 120;
/// Fewer words than this are no running text.
const FEWEST_WORDS: usize = 12;
/// A text is English when more than one word in this many is an English function word ...
const ONE_IN: usize = 6;
/// ... and may be foreign when fewer than one in this many is.
const FOREIGN_ONE_IN: usize = 14;

/// Common English words that are no common words of other languages in Latin script.
const FUNCTION_WORDS: [&str; 40] = [
    "the", "of", "and", "to", "that", "is", "was", "with", "by", "from", "which", "this", "have", "has",
    "had", "are", "were", "been", "be", "not", "but", "they", "their", "his", "her", "its", "it", "who",
    "will", "would", "said", "says", "after", "about", "for", "as", "you", "we", "what", "at",
];

/// The language of a text, as an ISO 639-1 code (639-3 where there is none).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// English, by its words.
    English,
    /// Another one, by its name in English.
    Other { code: String, name: &'static str },
    /// There is too little text to tell, or no language fits.
    Unknown,
}

/// Tells the language of a text.
pub(crate) fn detect(text: &str) -> Language {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let (mut words, mut function_words, mut small_words, mut letters) = (0, 0, 0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        letters += word.chars().count();
        small_words += usize::from(word.starts_with(char::is_lowercase));
        function_words += usize::from(is_function_word(word));
    }
    // Scripts without spaces have few words and many letters.
    if letters < FEWEST_LETTERS {
        return Language::Unknown;
    }
    if function_words * ONE_IN > words {
        return Language::English;
    }
    let Some(found) = Detector::new().detect(text) else {
        return Language::Unknown;
    };
    match found.lang() {
        Lang::Eng => Language::English,
        lang if (found.is_reliable() || words >= FEWEST_WORDS && small_words * 2 > words)
            && function_words * FOREIGN_ONE_IN < words =>
        {
            Language::Other { code: short_code(lang), name: lang.eng_name() }
        }
        _ => Language::Unknown,
    }
}

fn is_function_word(word: &str) -> bool {
    let mut lower = [0; 8];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    FUNCTION_WORDS.iter().any(|known| known.as_bytes() == lower)
}

/// Codes of two letters of the languages that the detector knows and that have one.
const SHORT_CODES: [(&str, &str); 63] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("zul", "zu"),
];

fn short_code(lang: Lang) -> String {
    let code = lang.code();
    SHORT_CODES.iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| short).to_owned()
}

/// The code of a language as metadata name it: "en", "en-GB", "eng", "English".
pub(crate) fn code(given: &str) -> Option<String> {
    let given = given.trim().to_ascii_lowercase();
    let main = given.split(['-', '_']).next().unwrap_or_default();
    if main.len() == 2 && main.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(main.to_owned());
    }
    let named = || Lang::all().iter().copied().find(|lang| lang.eng_name().eq_ignore_ascii_case(main));
    Lang::from_code(main).or_else(named).map(short_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_english_from_others() {
        let english = "The council voted on Tuesday to keep the old bridge open, after residents said that closing it \
            would cut the harbour off from the town and its people.";
        assert_eq!(detect(english), Language::English);
        let rows = [
            (
                "de",
                "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke offen zu halten, nachdem Anwohner erklärt \
                hatten, ihre Schliessung würde den Hafen von der Stadt abschneiden.",
            ),
            (
                "fr",
                "Le conseil municipal a décidé mardi de laisser le vieux pont ouvert, les riverains ayant expliqué que \
                sa fermeture couperait le port de la ville et de ses commerces.",
            ),
            (
                "es",
                "El ayuntamiento decidió el martes mantener abierto el viejo puente, después de que los vecinos dijeran \
                que su cierre dejaría el puerto separado de la ciudad.",
            ),
            (
                "nl",
                "De gemeenteraad heeft dinsdag besloten de oude brug open te houden, nadat bewoners hadden gezegd dat \
                sluiting de haven van de stad zou afsnijden.",
            ),
            (
                "ru",
                "Городской совет во вторник решил не закрывать старый мост, после того как жители сказали, что это \
                отрежет порт от города и лишит работы многих людей.",
            ),
            ("zh", &"市议会周二决定保持旧桥开放，此前居民表示，关闭旧桥将使港口与城市隔绝。".repeat(5)),
        ];
        for (code, text) in rows {
            assert!(matches!(detect(text), Language::Other { code: found, .. } if found == code), "{code}");
        }
    }

    #[test]
    fn says_nothing_of_what_it_cannot_tell() {
        let list = "Ann Lee 3 Bo Ek 4 Cy Orr 7 ".repeat(3);
        for text in ["", "Macron, Putin", "Finland joined NATO.", "Le pont reste ouvert.", list.as_str()] {
            assert_eq!(detect(text), Language::Unknown, "{text}");
        }
        let scores = "Arsenal 2 Chelsea 1, Liverpool 0 Everton 0, Leeds United 3 Aston Villa 3, Brighton 1 Wolves 4, Fulham \
            2 Burnley 2, Newcastle United 1 West Ham 0, Crystal Palace 0 Brentford 5";
        assert!(!matches!(detect(scores), Language::Other { .. }));
    }

    #[test]
    fn reads_what_metadata_say() {
        for (given, expected) in [
            ("en", Some("en")),
            ("en-GB", Some("en")),
            ("eng", Some("en")),
            ("English", Some("en")),
            ("deu", Some("de")),
            ("??", None),
        ] {
            assert_eq!(code(given).as_deref(), expected, "{given}");
        }
    }
}
