//! What the entity layer knows; `data/entity/README.md` names origins, licences and commands.

/// The weights of the recogniser of names, in the format of `newsgraph_entity::recognizer`.
pub const RECOGNIZER: &[u8] = include_bytes!("../../../data/entity/recognizer.bin");

/// Words that tell what a name is: on each line a class, a tab, and words separated by spaces; `#` begins a comment.
pub const WORDS: &str = include_str!("../../../data/entity/words.tsv");

/// The weights of the ranker of pronouns' antecedents, in the format of `newsgraph_entity::coreference::Weights`.
pub const PRONOUNS: &str = include_str!("../../../data/entity/pronouns.tsv");
