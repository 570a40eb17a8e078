//! Lexicons of the relation layer: lines of text whose formats `newsgraph-relation` owns.

/// The event lexicon: name and text of each file, in the order in which they must be read.
pub const EVENTS: &[(&str, &str)] = &[
    ("events-classes.txt", include_str!("../../../data/relation/events-classes.txt")),
    ("events-verbs.txt", include_str!("../../../data/relation/events-verbs.txt")),
    ("events-nouns.txt", include_str!("../../../data/relation/events-nouns.txt")),
];

/// The cue lexicon of attributions: `data/relation/cues.tsv`.
pub fn cues() -> &'static str {
    include_str!("../../../data/relation/cues.tsv")
}

/// The senses of words: `data/relation/senses.bin`.
pub fn senses() -> &'static [u8] {
    include_bytes!("../../../data/relation/senses.bin")
}

/// The learned models of attribution: `data/relation/attribution.bin`.
pub fn attribution() -> &'static [u8] {
    include_bytes!("../../../data/relation/attribution.bin")
}
