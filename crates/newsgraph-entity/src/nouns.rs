//! The common nouns that head descriptions of people, bodies and places.

use std::sync::LazyLock;

use newsgraph_gazetteer::Gender;
use rustc_hash::FxHashMap;

use crate::EntityType;

/// What a common noun says of the thing it describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NounClass {
    /// What kind of thing.
    pub kind: EntityType,
    /// The gender, where the noun has one.
    pub gender: Option<Gender>,
    /// Whether the noun names somebody who leads a state, a government or a body.
    pub leader: bool,
}

static NOUNS: LazyLock<FxHashMap<&'static str, NounClass>> = LazyLock::new(|| {
    newsgraph_data::nouns()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("lemma\t"))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let lemma = cells.next()?;
            let kind = EntityType::from_label(cells.next()?)?;
            let gender = match cells.next() {
                Some("m") => Some(Gender::Male),
                Some("f") => Some(Gender::Female),
                _ => None,
            };
            Some((lemma, NounClass { kind, gender, leader: cells.next() == Some("leader") }))
        })
        .collect()
});

/// The class of a noun by its lemma in lower case, or `None` for one that stands for no participant.
pub fn noun_class(lemma: &str) -> Option<NounClass> {
    NOUNS.get(lemma).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        let rows = [
            ("spokeswoman", Some((EntityType::Person, Some(Gender::Female), false))),
            ("president", Some((EntityType::Person, None, true))),
            ("ministry", Some((EntityType::Org, None, false))),
            ("plant", Some((EntityType::Fac, None, false))),
            ("ceasefire", None),
        ];
        for (lemma, expected) in rows {
            assert_eq!(noun_class(lemma).map(|c| (c.kind, c.gender, c.leader)), expected, "{lemma}");
        }
    }
}
