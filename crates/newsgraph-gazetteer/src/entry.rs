//! What a gazetteer knows of one person, body, place or thing.

use std::fmt;

use crate::date::covers;
use crate::gazetteer::Gazetteer;
use crate::tables::{code, entry, name, term};
use crate::{EntityType, Gender, NameClass, PartialDate};

/// The number of an entry within its gazetteer. It changes when the lists do; the id ([`Entry::id`]) does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// One entry: a view into its gazetteer, cheap to copy.
#[derive(Clone, Copy)]
pub struct Entry<'g> {
    gazetteer: &'g Gazetteer,
    number: EntryId,
}

/// No coordinate: no place has it.
pub(crate) const NOWHERE: u32 = i32::MAX as u32;

impl<'g> Entry<'g> {
    pub(crate) fn new(gazetteer: &'g Gazetteer, number: EntryId) -> Self {
        Self { gazetteer, number }
    }

    fn row(self) -> &'g [u32] {
        self.gazetteer.rows(&self.gazetteer.tables.entries, self.number.0, 1, entry::WIDTH)
    }

    fn text(self, at: usize) -> &'g str {
        self.gazetteer.tables.text(self.row(), at)
    }

    fn number_at(self, at: usize) -> u32 {
        self.row().get(at).copied().unwrap_or(0)
    }

    /// Its number within the gazetteer.
    pub fn number(self) -> EntryId {
        self.number
    }

    /// The stable id: `country/FRA`, `person/emmanuel-macron`.
    pub fn id(self) -> &'g str {
        self.text(entry::ID)
    }

    /// The name that outputs show.
    pub fn name(self) -> &'g str {
        self.text(entry::NAME)
    }

    /// What it is, where its list says.
    pub fn kind(self) -> Option<EntityType> {
        let number = self.number_at(entry::KIND).checked_sub(1)?;
        EntityType::ALL.get(number as usize).copied()
    }

    /// Of a person.
    pub fn gender(self) -> Option<Gender> {
        Gender::from_number(self.number_at(entry::GENDER))
    }

    /// ISO 3166-1 alpha-3 code of the country that it is in, of, or.
    pub fn country(self) -> Option<&'g str> {
        Some(self.text(entry::COUNTRY)).filter(|c| !c.is_empty())
    }

    /// Latitude and longitude in degrees, to 1e-5.
    pub fn coordinates(self) -> Option<(f64, f64)> {
        let degrees =
            |at| Some(self.number_at(at)).filter(|&n| n != NOWHERE).map(|n| f64::from(n as i32) / 1e5);
        Some((degrees(entry::LATITUDE)?, degrees(entry::LONGITUDE)?))
    }

    /// Inhabitants, up to 4 thousand million.
    pub fn population(self) -> Option<u64> {
        Some(self.number_at(entry::POPULATION)).filter(|&n| n > 0).map(u64::from)
    }

    /// The entry that this one may stand for, as "Moscow" does for Russia's government.
    pub fn stands_for(self) -> Option<Entry<'g>> {
        let number = self.number_at(entry::STANDS_FOR).checked_sub(1)?;
        self.gazetteer.entry(EntryId(number))
    }

    /// All its names, the canonical one first.
    pub fn names(self) -> impl Iterator<Item = EntryName<'g>> {
        let (start, count) = (self.number_at(entry::NAMES), self.number_at(entry::NAME_COUNT));
        let gazetteer = self.gazetteer;
        let rows = gazetteer.rows(&gazetteer.tables.names, start, count, name::WIDTH);
        rows.chunks_exact(name::WIDTH).map(move |row| {
            let flags = row[name::FLAGS];
            EntryName {
                text: gazetteer.tables.text(row, name::TEXT),
                class: NameClass::from_number(flags & 7),
                exact: flags & EXACT != 0,
                ambiguous: flags & AMBIGUOUS != 0,
                alone: flags & ALONE != 0,
            }
        })
    }

    /// The offices it holds and held, in the order of its list.
    pub fn roles(self) -> impl Iterator<Item = Term<'g>> {
        let (start, count) = (self.number_at(entry::TERMS), self.number_at(entry::TERM_COUNT));
        let gazetteer = self.gazetteer;
        (start..start + count).filter_map(move |number| gazetteer.term(number))
    }

    /// The offices that it held on a date: those with a known begin or end that allow it. Where the list knows
    /// neither, [`Entry::roles`] still has the office.
    pub fn roles_on(self, date: PartialDate) -> impl Iterator<Item = Term<'g>> {
        self.roles().filter(move |term| term.is_dated() && term.covers(date))
    }

    /// Its codes of other schemes.
    pub fn codes(self) -> impl Iterator<Item = Code<'g>> {
        let (start, count) = (self.number_at(entry::CODES), self.number_at(entry::CODE_COUNT));
        let gazetteer = self.gazetteer;
        let rows = gazetteer.rows(&gazetteer.tables.codes, start, count, code::WIDTH);
        rows.chunks_exact(code::WIDTH).map(move |row| Code {
            text: gazetteer.tables.text(row, code::TEXT),
            from: PartialDate::unpacked(row[code::FROM]),
            to: PartialDate::unpacked(row[code::TO]),
        })
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.id(), self.name())
    }
}

pub(crate) const EXACT: u32 = 8;
pub(crate) const AMBIGUOUS: u32 = 16;
pub(crate) const ALONE: u32 = 32;

/// A name of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryName<'g> {
    /// As its list spells it.
    pub text: &'g str,
    /// What kind of name it is.
    pub class: NameClass,
    /// Whether a text must have its very case.
    pub exact: bool,
    /// Whether it is an ordinary word or a personal name as well.
    pub ambiguous: bool,
    /// Whether it is found alone; only surnames may not be.
    pub alone: bool,
}

/// An office and when it is held.
#[derive(Clone, Copy, Debug)]
pub struct Term<'g> {
    /// The office: "president", "foreign minister", or a whole description where `of` is `None`.
    pub title: &'g str,
    /// What it is the office of.
    pub of: Option<Entry<'g>>,
    /// Who holds it.
    pub holder: Entry<'g>,
    /// First day, where known.
    pub from: Option<PartialDate>,
    /// Last day, where known; open for an office that is still held as far as the list knows.
    pub to: Option<PartialDate>,
}

impl Term<'_> {
    /// Whether the list knows when it began or ended.
    pub fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// Whether it may have been held on a date; an unknown end is open.
    pub fn covers(&self, date: PartialDate) -> bool {
        covers(self.from, self.to, date)
    }
}

impl fmt::Display for Term<'_> {
    /// "president of France".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title)?;
        self.of.map_or(Ok(()), |of| write!(f, " of {}{}", article(of.name()), of.name()))
    }
}

/// "the " for names that have an article within a sentence: "the United States", "the Philippines".
fn article(name: &str) -> &'static str {
    const HEADS: [&str; 13] = [
        "States",
        "Kingdom",
        "Emirates",
        "Netherlands",
        "Philippines",
        "Republic",
        "Bahamas",
        "Gambia",
        "Maldives",
        "Union",
        "Nations",
        "Islands",
        "Comoros",
    ];
    let last = name.rsplit(' ').next().unwrap_or(name);
    if HEADS.contains(&last) && !name.starts_with("The ") || name.contains(" of ") { "the " } else { "" }
}

/// A code of another scheme, and when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code<'g> {
    /// The code, with its scheme where the list names one: `geonames:554840`.
    pub text: &'g str,
    /// First day, where limited.
    pub from: Option<PartialDate>,
    /// Last day, where limited.
    pub to: Option<PartialDate>,
}

impl Code<'_> {
    /// Whether it may hold on a date.
    pub fn covers(&self, date: PartialDate) -> bool {
        covers(self.from, self.to, date)
    }
}

/// Reads one office of the tables.
impl Gazetteer {
    pub(crate) fn term(&self, number: u32) -> Option<Term<'_>> {
        let row = self.rows(&self.tables.terms, number, 1, term::WIDTH);
        Some(Term {
            title: self.tables.text(row, term::TITLE),
            of: row.get(term::OF)?.checked_sub(1).and_then(|of| self.entry(EntryId(of))),
            holder: self.entry(EntryId(*row.get(term::ENTRY)?))?,
            from: PartialDate::unpacked(*row.get(term::FROM)?),
            to: PartialDate::unpacked(*row.get(term::TO)?),
        })
    }
}
