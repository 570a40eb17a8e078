//! First names, titles, and the words that organisations and places are named with.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::fold::fold_text;
use crate::{EntityType, Gender};

/// What a title or the word for an office says of the person whom it stands before or after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title {
    /// The role that it names, in lower case and written out: "prime minister" of "PM"; empty for "Mr".
    pub role: &'static str,
    /// The gender, where it says one: "Mrs", "Queen".
    pub gender: Option<Gender>,
    /// Whether it comes before a name with a capital ("President Biden", "Mr Li").
    pub before_name: bool,
}

/// A common word that ends or begins names of a kind: "Ministry", "Airport".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameWord {
    /// The kind of the named thing.
    pub kind: EntityType,
    /// Whether names begin with it: "Mount Etna", "Ministry of Defence".
    pub begins: bool,
    /// Whether names end with it: "Danube River", "Defence Ministry".
    pub ends: bool,
}

/// The gender of those who usually have this first name; `None` for a word that is not in the list. Case and
/// diacritics do not count.
pub fn first_name(name: &str) -> Option<Gender> {
    static NAMES: LazyLock<FxHashMap<String, Gender>> = LazyLock::new(|| {
        let rows = rows(newsgraph_data::gazetteer::FIRST_NAMES);
        rows.filter_map(|row| Some((fold_text(row.first()?), Gender::from_label(row.get(1)?)?))).collect()
    });
    NAMES.get(&fold_text(name)).copied()
}

/// What a title says: "Mr", "Sen.", "Prime Minister", "foreign minister". Several words are joined by one space;
/// case, dots, and whether a hyphen or a space stands between do not count.
pub fn title(words: &str) -> Option<Title> {
    static TITLES: LazyLock<FxHashMap<String, Title>> = LazyLock::new(|| {
        let rows = rows(newsgraph_data::gazetteer::TITLES);
        rows.filter_map(|row| {
            let gender = Gender::from_label(row.get(2)?);
            Some((
                fold_text(row.first()?),
                Title { role: row[1], gender, before_name: *row.get(3)? == "yes" },
            ))
        })
        .collect()
    });
    TITLES.get(&fold_text(words)).copied()
}

/// What a word that organisations are named with says: "Ministry", "Inc.", "Council".
pub fn org_word(word: &str) -> Option<NameWord> {
    name_word(word).filter(|w| !w.kind.is_place())
}

/// What a word that places and buildings are named with says: "River", "Airport", "Mount".
pub fn place_word(word: &str) -> Option<NameWord> {
    name_word(word).filter(|w| w.kind.is_place())
}

fn name_word(word: &str) -> Option<NameWord> {
    static WORDS: LazyLock<FxHashMap<String, NameWord>> = LazyLock::new(|| {
        let rows = rows(newsgraph_data::gazetteer::NAME_WORDS);
        rows.filter_map(|row| {
            let kind = EntityType::from_label(row.get(1)?)?;
            let position = *row.get(2)?;
            Some((
                fold_text(row.first()?),
                NameWord { kind, begins: position != "end", ends: position != "begin" },
            ))
        })
        .collect()
    });
    WORDS.get(&fold_text(word)).copied()
}

/// The cells of a list without quoted cells, less its header.
fn rows(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines().skip(1).map(|line| line.split(',').map(str::trim).collect())
}
