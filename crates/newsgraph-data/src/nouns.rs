//! Common nouns that stand for people, bodies and places.

/// `data/entity/nouns.tsv`: lemma, OntoNotes type, gender, role.
pub fn nouns() -> &'static str {
    include_str!("../../../data/entity/nouns.tsv")
}
