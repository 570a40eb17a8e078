//! What single words tell: classes from a word list of ours, and clusters and case habits learned from text.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::hash;

/// Classes of words, as bits.
pub(super) mod class {
    macro_rules! classes {
        ($($name:ident = $bit:literal, $label:literal;)*) => {
            $(pub(in crate::recognizer) const $name: u32 = 1 << $bit;)*
            /// The bit of the class that the word list calls `label`.
            pub(super) fn from_label(label: &str) -> Option<u32> {
                match label { $($label => Some($name),)* _ => None }
            }
        };
    }
    classes! {
        TITLE = 0, "title";
        ROLE = 1, "role";
        COMPANY = 2, "company";
        BODY = 3, "body";
        PLACE = 4, "place";
        FACILITY = 5, "facility";
        EVENT = 6, "event";
        LAW = 7, "law";
        SPEECH = 8, "speech";
        LOCATIVE = 9, "locative";
        CALENDAR = 10, "calendar";
        FUNCTION = 11, "function";
        JOINER = 12, "joiner";
        DIRECTION = 13, "direction";
        FIRST_NAME = 14, "first name";
        TEAM = 15, "team";
        MEDIA = 16, "media";
        PARTICLE = 17, "particle";
        NATION_NOUN = 18, "nation noun";
        WORK = 19, "work";
        GREETING = 20, "greeting";
        FAMILY = 21, "family";
        ABBREVIATION = 22, "abbreviation";
    }
}

static CLASSES: LazyLock<FxHashMap<u64, u32>> = LazyLock::new(|| {
    let mut classes = FxHashMap::default();
    for line in newsgraph_data::entity::WORDS.lines().filter(|l| !l.starts_with('#')) {
        let Some((label, words)) = line.split_once('\t') else { continue };
        let bit = class::from_label(label).unwrap_or(0);
        for word in words.split(' ').filter(|w| !w.is_empty()) {
            *classes.entry(hash::of_lower(word)).or_insert(0) |= bit;
        }
    }
    for line in newsgraph_data::gazetteer::FIRST_NAMES.lines().skip(1) {
        let name = line.split(',').next().unwrap_or_default();
        *classes.entry(hash::of_lower(name)).or_insert(0) |= class::FIRST_NAME;
    }
    classes
});

/// The classes of the word with this lower-case hash.
pub(super) fn classes(lower: u64) -> u32 {
    CLASSES.get(&lower).copied().unwrap_or(0)
}

/// How the training text writes a word when no sentence begins with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordHabit {
    /// Fine cluster of the word, 0 where it is unknown.
    pub cluster: u16,
    /// 0 unknown, 1 always lower case, 2 mostly lower case, 3 either, 4 mostly capitalised, 5 always.
    pub case: u8,
    /// Coarse cluster of the word, 0 where it is unknown.
    pub coarse: u8,
}
