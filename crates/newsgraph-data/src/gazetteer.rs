//! The lists of names; `newsgraph-gazetteer` reads them.

/// All entries, prepared by `cargo xtask gazetteer`.
pub const PREPARED: &[u8] = include_bytes!("../../../data/gazetteer/prepared.bin");

/// First names: name, gender (`f`, `m`, or `u` for either).
pub const FIRST_NAMES: &str = include_str!("../../../data/gazetteer/words/first_names.csv");

/// Titles and words for offices: words, role, gender, whether a name follows.
pub const TITLES: &str = include_str!("../../../data/gazetteer/words/titles.csv");

/// Words that organisations and places are named with: word, entity type, `begin`, `end` or `both`.
pub const NAME_WORDS: &str = include_str!("../../../data/gazetteer/words/name_words.csv");
