//! What a gazetteer knows of one person, body, place or thing.

use std::fmt;

use crate::date::covers;
use crate::gazetteer::Gazetteer;
use crate::tables::{Word, code, entry, name, number, rows, term};
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

    fn row(self) -> &'g [Word] {
        rows(self.gazetteer.view().entries, self.number.0, 1, entry::WIDTH)
    }

    fn number_at(self, at: usize) -> u32 {
        number(self.row(), at)
    }

    /// The numbers of its rows in a table that goes by entries: up to where those of the next entry begin.
    fn own_rows(self, at: usize) -> std::ops::Range<u32> {
        let next = rows(self.gazetteer.view().entries, self.number.0 + 1, 1, entry::WIDTH);
        self.number_at(at)..number(next, at)
    }

    /// Its number within the gazetteer.
    pub fn number(self) -> EntryId {
        self.number
    }

    /// The stable id: `country/FRA`, `person/emmanuel-macron`.
    pub fn id(self) -> &'g str {
        self.gazetteer.view().text(self.row(), entry::ID)
    }

    /// The name that outputs show.
    pub fn name(self) -> &'g str {
        self.names().next().map_or("", |name| name.text)
    }

    /// What it is, where its list says.
    pub fn kind(self) -> Option<EntityType> {
        let number = (self.number_at(entry::TRAITS) & KIND).checked_sub(1)?;
        EntityType::ALL.get(number as usize).copied()
    }

    /// Of a person.
    pub fn gender(self) -> Option<Gender> {
        Gender::from_number(self.number_at(entry::TRAITS) >> GENDER_SHIFT & 3)
    }

    /// ISO 3166-1 alpha-3 code of the country that it is in, of, or.
    pub fn country(self) -> Option<&'g str> {
        let length = self.number_at(entry::TRAITS) >> COUNTRY_SHIFT;
        let code = self.gazetteer.view().stretch(self.number_at(entry::COUNTRY), length);
        std::str::from_utf8(code).ok().filter(|code| !code.is_empty())
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
        let view = self.gazetteer.view();
        let own = self.own_rows(entry::NAMES);
        rows(view.names, own.start, own.len() as u32, name::WIDTH).chunks_exact(name::WIDTH).map(move |row| {
            let flags = number(row, name::FLAGS);
            EntryName {
                text: view.text(row, name::TEXT),
                class: NameClass::from_number(flags & 7),
                exact: flags & EXACT != 0,
                ambiguous: flags & AMBIGUOUS != 0,
                alone: flags & ALONE != 0,
                loose: flags & LOOSE != 0,
            }
        })
    }

    /// The offices it holds and held, in the order of its list.
    pub fn roles(self) -> impl Iterator<Item = Term<'g>> {
        let gazetteer = self.gazetteer;
        self.own_rows(entry::TERMS).filter_map(move |number| gazetteer.term(number))
    }

    /// The offices that it held on a date: those with a known begin or end that allow it. Where the list knows
    /// neither, [`Entry::roles`] still has the office.
    pub fn roles_on(self, date: PartialDate) -> impl Iterator<Item = Term<'g>> {
        self.roles().filter(move |term| term.is_dated() && term.covers(date))
    }

    /// Its codes of other schemes.
    pub fn codes(self) -> impl Iterator<Item = Code<'g>> {
        let view = self.gazetteer.view();
        let own = self.own_rows(entry::CODES);
        rows(view.codes, own.start, own.len() as u32, code::WIDTH).chunks_exact(code::WIDTH).map(move |row| {
            Code {
                text: view.text(row, code::TEXT),
                from: PartialDate::unpacked(number(row, code::FROM)),
                to: PartialDate::unpacked(number(row, code::TO)),
            }
        })
    }

    /// The code that holds on a date: the first with dates that has it, else the first without dates. Where the
    /// date is not known, the first without dates, else the one that holds longest.
    pub fn code_on(self, date: Option<PartialDate>) -> Option<&'g str> {
        let is_dated = |code: &Code<'_>| code.from.is_some() || code.to.is_some();
        let undated = || self.codes().find(|code| !is_dated(code));
        let code = match date {
            Some(date) => self.codes().find(|code| is_dated(code) && code.covers(date)).or_else(undated),
            None => undated().or_else(|| {
                self.codes().max_by_key(|code| (code.to.is_none(), PartialDate::packed(code.to), code.from))
            }),
        };
        code.map(|code| code.text)
    }

    /// Whether a user's list has it, and not those that newsgraph brings along.
    pub fn is_added(self) -> bool {
        self.number_at(entry::TRAITS) & ADDED != 0
    }

    /// For words that code whoever they describe ("soldiers"), and name nobody: the code, with `~` where that of
    /// the state or body goes.
    pub fn agent_code(self) -> Option<&'g str> {
        if !self.is_added() {
            return None;
        }
        self.codes().next().map(|code| code.text).filter(|code| code.contains('~'))
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.id(), self.name())
    }
}

/// The parts of an entry's traits.
pub(crate) const KIND: u32 = 0xFF;
pub(crate) const GENDER_SHIFT: u32 = 8;
pub(crate) const ADDED: u32 = 1 << 10;
pub(crate) const COUNTRY_SHIFT: u32 = 16;

pub(crate) const EXACT: u32 = 8;
pub(crate) const AMBIGUOUS: u32 = 16;
pub(crate) const ALONE: u32 = 32;
pub(crate) const LOOSE: u32 = 64;

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
    /// Whether only its first word needs a capital letter.
    pub loose: bool,
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
        let view = self.view();
        let row = view.terms.get(number as usize * term::WIDTH..)?.get(..term::WIDTH)?;
        let cell = |at| crate::tables::number(row, at);
        Some(Term {
            title: view.text(row, term::TITLE),
            of: cell(term::OF).checked_sub(1).and_then(|of| self.entry(EntryId(of))),
            holder: self.entry(EntryId(cell(term::ENTRY)))?,
            from: PartialDate::unpacked(cell(term::FROM)),
            to: PartialDate::unpacked(cell(term::TO)),
        })
    }
}
