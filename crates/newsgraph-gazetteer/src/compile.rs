//! From entries to compiled tables.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::entry::{ADDED, ALONE, AMBIGUOUS, COUNTRY_SHIFT, EXACT, GENDER_SHIFT, LOOSE, NOWHERE};
use crate::fold::fold_text;
use crate::gazetteer::Gazetteer;
use crate::lexis::Lexis;
use crate::tables::{Tables, Text, code, entry, name, term};
use crate::{Entry, GazetteerError, NameClass, PartialDate, SourceCode, SourceEntry, SourceName, SourceTerm};

/// Collects entries and compiles them.
///
/// ```
/// use newsgraph_gazetteer::{EntityType, GazetteerBuilder, NameClass, SourceEntry};
///
/// let mut builder = GazetteerBuilder::new();
/// builder.add(SourceEntry::new("org/club", "Chess Club", EntityType::Org).with_name("CC", NameClass::Acronym));
/// let gazetteer = builder.build()?;
/// assert_eq!(gazetteer.by_id("org/club").map(|entry| entry.name()), Some("Chess Club"));
/// # Ok::<(), newsgraph_gazetteer::GazetteerError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct GazetteerBuilder {
    entries: Vec<SourceEntry>,
}

impl GazetteerBuilder {
    /// A builder without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// A builder that has all entries of `gazetteer`, to add to or to replace.
    pub fn on_top_of(gazetteer: &Gazetteer) -> Self {
        Self { entries: gazetteer.entries().map(source).collect() }
    }

    /// Adds an entry; of two with the same id the one added later counts.
    pub fn add(&mut self, entry: SourceEntry) {
        self.entries.push(entry);
    }

    /// Adds all entries of another gazetteer, as they are.
    pub fn add_all(&mut self, gazetteer: &Gazetteer) {
        self.entries.extend(gazetteer.entries().map(source));
    }

    /// Adds the entries of a user's list: preferred to those of the same names that newsgraph brings along.
    pub fn add_list(&mut self, entries: impl IntoIterator<Item = SourceEntry>) {
        self.entries.extend(entries.into_iter().map(|entry| SourceEntry { added: true, ..entry }));
    }

    /// Compiles all entries. Names without a letter or digit are passed over (the readers of lists refuse them).
    ///
    /// # Errors
    ///
    /// When there are more names than the prepared form can number.
    pub fn build(&self) -> Result<Gazetteer, GazetteerError> {
        let mut by_id: BTreeMap<&str, &SourceEntry> = BTreeMap::new();
        for entry in &self.entries {
            by_id.insert(&entry.id, entry);
        }
        let entries: Vec<&SourceEntry> = by_id.into_values().collect();
        let numbers = (0..).zip(&entries).map(|(n, e)| (e.id.as_str(), n)).collect();
        let mut compiler = Compiler { numbers, ..Compiler::default() };
        for (number, entry) in (0..).zip(&entries) {
            compiler.add(number, entry);
        }
        compiler.end_lists();
        compiler.finish_surnames();
        compiler.tables.offices = compiler.offices();
        let mut lexis = Lexis::default();
        for (number, entry) in (0..).zip(&entries) {
            for name in entry.names.iter().filter(|n| n.alone) {
                lexis.add(name, number, rank(entry, name.class));
            }
        }
        lexis.finish(&mut compiler.tables, &mut compiler.pool);
        compiler.tables.pool = compiler.pool.text;
        // Positions are numbers of 32 bits, and symbols leave one of them free.
        if compiler.tables.pool.len() >= i32::MAX as usize || self.entries.len() >= 1 << 28 {
            return Err(GazetteerError::TooLarge);
        }
        Gazetteer::from_bytes(compiler.tables.to_bytes())
    }
}

/// Orders the candidates of a name: proper names first, demonyms and surnames last; then by population.
fn rank(entry: &SourceEntry, class: NameClass) -> (NameClass, u64) {
    (class, u64::MAX - entry.population.unwrap_or(0))
}

/// The text pool being filled: every distinct string once.
#[derive(Default)]
pub(crate) struct Pool {
    text: String,
    seen: FxHashMap<String, Text>,
}

impl Pool {
    pub(crate) fn put(&mut self, text: &str) -> [u32; 2] {
        if let Some(at) = self.seen.get(text) {
            return [at.start, at.len];
        }
        let at = Text { start: self.text.len() as u32, len: text.len() as u32 };
        self.text.push_str(text);
        self.seen.insert(text.to_owned(), at);
        [at.start, at.len]
    }
}

#[derive(Default)]
struct Compiler<'e> {
    tables: Tables,
    pool: Pool,
    numbers: FxHashMap<&'e str, u32>,
    surnames: BTreeMap<String, Vec<u32>>,
}

impl Compiler<'_> {
    /// The number of an entry plus 1; 0 for an id that no entry has.
    fn reference(&self, id: &str) -> u32 {
        self.numbers.get(id).map_or(0, |n| n + 1)
    }

    fn add(&mut self, number: u32, entry: &SourceEntry) {
        let names = self.add_names(number, entry);
        let terms = (self.tables.terms.len() / term::WIDTH) as u32;
        for role in &entry.roles {
            let of = self.reference(&role.of);
            let title = self.pool.put(&role.title);
            let dates = [PartialDate::packed(role.from), PartialDate::packed(role.to)];
            self.tables.terms.extend_from_slice(&[title[0], title[1], of, dates[0], dates[1], number]);
        }
        let codes = (self.tables.codes.len() / code::WIDTH) as u32;
        for code in &entry.codes {
            let text = self.pool.put(&code.code);
            let dates = [PartialDate::packed(code.from), PartialDate::packed(code.to)];
            self.tables.codes.extend_from_slice(&[text[0], text[1], dates[0], dates[1]]);
        }
        let id = self.pool.put(&entry.id);
        let country = self.pool.put(entry.country.as_deref().unwrap_or(""));
        let traits = entry.kind.map_or(0, |kind| kind as u32 + 1)
            | entry.gender.map_or(0, |gender| gender as u32) << GENDER_SHIFT
            | if entry.added { ADDED } else { 0 }
            | country[1].min(0xFFFF) << COUNTRY_SHIFT;
        let degrees = |d: Option<f64>| d.map_or(NOWHERE, |d| (d * 1e5).round() as i32 as u32);
        self.tables.entries.extend_from_slice(&[
            id[0],
            id[1],
            names,
            terms,
            codes,
            traits,
            country[0],
            degrees(entry.latitude),
            degrees(entry.longitude),
            entry.population.unwrap_or(0).min(u64::from(u32::MAX)) as u32,
            entry.stands_for.as_deref().map_or(0, |id| self.reference(id)),
        ]);
    }

    /// One row more, which says where the names, terms and codes of the last entry end.
    fn end_lists(&mut self) {
        let mut row = [0; entry::WIDTH];
        row[entry::NAMES] = (self.tables.names.len() / name::WIDTH) as u32;
        row[entry::TERMS] = (self.tables.terms.len() / term::WIDTH) as u32;
        row[entry::CODES] = (self.tables.codes.len() / code::WIDTH) as u32;
        self.tables.entries.extend_from_slice(&row);
    }

    fn add_names(&mut self, number: u32, entry: &SourceEntry) -> u32 {
        let start = (self.tables.names.len() / name::WIDTH) as u32;
        for name in &entry.names {
            let text = self.pool.put(&name.text);
            let flag = |set: bool, bit: u32| if set { bit } else { 0 };
            let flags = name.class as u32
                | flag(name.exact, EXACT)
                | flag(name.ambiguous, AMBIGUOUS)
                | flag(name.alone, ALONE)
                | flag(name.loose, LOOSE);
            self.tables.names.extend_from_slice(&[text[0], text[1], flags]);
            if name.class == NameClass::Surname {
                let entries = self.surnames.entry(fold_text(&name.text)).or_default();
                if entries.last() != Some(&number) {
                    entries.push(number);
                }
            }
        }
        start
    }

    fn finish_surnames(&mut self) {
        for (surname, entries) in std::mem::take(&mut self.surnames) {
            let text = self.pool.put(&surname);
            let start = self.tables.surname_entries.len() as u32;
            self.tables.surnames.extend_from_slice(&[text[0], text[1], start, entries.len() as u32]);
            self.tables.surname_entries.extend(entries);
        }
    }

    fn offices(&self) -> Vec<u32> {
        use crate::tables::term::{OF, WIDTH};
        let rows = (0..).zip(self.tables.terms.chunks_exact(WIDTH));
        let mut pairs: Vec<[u32; 2]> =
            rows.filter_map(|(n, row)| Some([row[OF].checked_sub(1)?, n])).collect();
        pairs.sort_unstable();
        pairs.concat()
    }
}

/// A compiled entry as its list had it, but for references to entries that there are not.
fn source(entry: Entry<'_>) -> SourceEntry {
    let coordinates = entry.coordinates();
    SourceEntry {
        id: entry.id().to_owned(),
        kind: entry.kind(),
        names: entry.names().map(source_name).collect(),
        country: entry.country().map(str::to_owned),
        gender: entry.gender(),
        latitude: coordinates.map(|c| c.0),
        longitude: coordinates.map(|c| c.1),
        population: entry.population(),
        roles: entry
            .roles()
            .map(|term| SourceTerm {
                title: term.title.to_owned(),
                of: term.of.map_or(String::new(), |of| of.id().to_owned()),
                from: term.from,
                to: term.to,
            })
            .collect(),
        codes: entry
            .codes()
            .map(|code| SourceCode { code: code.text.to_owned(), from: code.from, to: code.to })
            .collect(),
        stands_for: entry.stands_for().map(|e| e.id().to_owned()),
        added: entry.is_added(),
        line: 0,
    }
}

fn source_name(name: crate::EntryName<'_>) -> SourceName {
    SourceName {
        text: name.text.to_owned(),
        class: name.class,
        exact: name.exact,
        ambiguous: name.ambiguous,
        alone: name.alone,
        loose: name.loose,
    }
}
