//! Entries as lists state them, before they are compiled.

use crate::{EntityType, PartialDate};

/// What kind of name a name of an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameClass {
    /// The name that outputs show.
    Canonical = 0,
    /// Another name or another spelling: "Zelensky" spellings, "Kiev", "Britain".
    Alias = 1,
    /// Initials: "UN", "IAEA".
    Acronym = 2,
    /// A person's surname. The automaton finds it only where the list says that it is safe alone ("Putin").
    Surname = 3,
    /// A word for the people or things of a place: "French", "Russians".
    Demonym = 4,
}

impl NameClass {
    /// Every class, in order of its number.
    pub const ALL: [NameClass; 5] =
        [Self::Canonical, Self::Alias, Self::Acronym, Self::Surname, Self::Demonym];

    pub(crate) fn from_number(number: u32) -> Self {
        Self::ALL.get(number as usize).copied().unwrap_or(Self::Alias)
    }
}

/// Grammatical gender of a person, as far as pronouns need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Gender {
    /// "she".
    Female = 1,
    /// "he".
    Male = 2,
    /// Both are common: of first names such as "Alex", never of a person.
    Either = 3,
}

impl Gender {
    /// The letter that lists use: `f`, `m` or `u`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Female => "f",
            Self::Male => "m",
            Self::Either => "u",
        }
    }

    /// Reads `f`, `m` or `u`.
    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Female, Self::Male, Self::Either].into_iter().find(|g| g.as_str() == label)
    }

    pub(crate) fn from_number(number: u32) -> Option<Self> {
        [Self::Female, Self::Male, Self::Either].into_iter().find(|&g| g as u32 == number)
    }
}

/// A name with its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceName {
    /// The name as its list spells it.
    pub text: String,
    /// What kind of name it is.
    pub class: NameClass,
    /// Whether the text must have the very case of the name (names of one word only: "US", "May").
    pub exact: bool,
    /// Whether it is an ordinary word or a personal name as well ("Nice", "Lincoln"), so that a match needs
    /// more evidence.
    pub ambiguous: bool,
    /// Whether a surname is matched alone; without meaning for the other classes.
    pub alone: bool,
    /// Whether only its first word needs a capital letter in the text, for lists that do not tell names from words
    /// ("FREEDONIAN REBELS"); without meaning for names of one word.
    pub loose: bool,
}

impl SourceName {
    /// Reads a name as lists write it: `=` in front asks for exact case, `~` says that it is an ordinary word as
    /// well, `+` that a surname may be matched alone. Initials of up to three letters have exact case always.
    pub fn parse(marked: &str, class: NameClass) -> Self {
        let marked = marked.trim();
        let text = marked.trim_start_matches(['=', '~', '+']).trim_start();
        let marks = &marked[..marked.len() - text.len()];
        let initials = text.chars().filter(|&c| c != '.');
        let short = initials.clone().count() <= 3 && initials.clone().all(char::is_uppercase);
        Self {
            text: text.to_owned(),
            class,
            exact: marks.contains('=') || short,
            ambiguous: marks.contains('~'),
            alone: class != NameClass::Surname || marks.contains('+'),
            loose: false,
        }
    }
}

/// An office or position and when it was held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTerm {
    /// The office: "president", "foreign minister", or a whole description where `of` is empty.
    pub title: String,
    /// The id of the entry that it is the office of, or empty.
    pub of: String,
    /// First day, where known.
    pub from: Option<PartialDate>,
    /// Last day, where known.
    pub to: Option<PartialDate>,
}

/// A code of another scheme, and when it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceCode {
    /// The code, with its scheme where the list names one: `geonames:554840`.
    pub code: String,
    /// First day, where limited.
    pub from: Option<PartialDate>,
    /// Last day, where limited.
    pub to: Option<PartialDate>,
}

/// One person, body, place or thing of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceEntry {
    /// The stable id: `country/FRA`, `person/emmanuel-macron`.
    pub id: String,
    /// What it is, where the list says.
    pub kind: Option<EntityType>,
    /// All names, the canonical one first.
    pub names: Vec<SourceName>,
    /// ISO 3166-1 alpha-3 code of the country that it is in, of, or.
    pub country: Option<String>,
    /// Of a person.
    pub gender: Option<Gender>,
    /// Degrees north, -90 to 90.
    pub latitude: Option<f64>,
    /// Degrees east, -180 to 180.
    pub longitude: Option<f64>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// Offices held.
    pub roles: Vec<SourceTerm>,
    /// Codes of other schemes.
    pub codes: Vec<SourceCode>,
    /// The id of the entry that this one may stand for, as "Moscow" does for Russia's government.
    pub stands_for: Option<String>,
    /// Whether it comes from a user's list, and goes before what newsgraph brings along.
    pub added: bool,
    /// The line of its list, from 1; 0 where it came from none.
    pub line: u32,
}

impl SourceEntry {
    /// An entry with this id and canonical name, and nothing else.
    pub fn new(id: &str, name: &str, kind: EntityType) -> Self {
        Self {
            id: id.to_owned(),
            kind: Some(kind),
            names: vec![SourceName::parse(name, NameClass::Canonical)],
            ..Self::default()
        }
    }

    /// Adds a name, marked as [`SourceName::parse`] reads it.
    #[must_use]
    pub fn with_name(mut self, marked: &str, class: NameClass) -> Self {
        self.names.push(SourceName::parse(marked, class));
        self
    }
}

/// A readable id of letters, digits and hyphens for a name: "Emmanuel Macron" becomes `emmanuel-macron`.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in crate::fold::fold_text(name).chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_before_a_name_set_its_policy() {
        for (marked, class, text, exact, ambiguous, alone) in [
            ("France", NameClass::Canonical, "France", false, false, true),
            ("=~May", NameClass::Surname, "May", true, true, false),
            ("+Putin", NameClass::Surname, "Putin", false, false, true),
            ("UN", NameClass::Acronym, "UN", true, false, true),
            ("U.S.", NameClass::Alias, "U.S.", true, false, true),
            ("NATO", NameClass::Acronym, "NATO", false, false, true),
            ("=WHO", NameClass::Acronym, "WHO", true, false, true),
        ] {
            let name = SourceName::parse(marked, class);
            let expected = SourceName { text: text.to_owned(), class, exact, ambiguous, alone, loose: false };
            assert_eq!(name, expected, "{marked}");
        }
    }

    #[test]
    fn slugs_are_ascii_where_the_name_is_latin() {
        for (name, expected) in [
            ("Emmanuel Macron", "emmanuel-macron"),
            ("Côte d’Ivoire", "cote-divoire"),
            ("AT&T Inc.", "at-t-inc"),
            ("  ", ""),
        ] {
            assert_eq!(slug(name), expected);
        }
    }
}
