//! The gazetteer: compiled names, entries, and the ways to look them up.

use std::fmt;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::find::{HashFilter, NameId};
use crate::fold::fold_text;
use crate::patterns::automaton;
use crate::tables::{Tables, entry, exact, hash, surname, word};
use crate::{Entry, EntryId, GazetteerError, NameClass, PartialDate, Term};

/// Known names and whom they may name. Immutable, so one serves all threads.
pub struct Gazetteer {
    pub(crate) tables: Tables,
    /// For names of several units; none where there are no such names.
    pub(crate) automaton: Option<AhoCorasick>,
    /// Words that are looked up even where the text has them in lower case.
    pub(crate) lower_words: HashFilter,
}

/// An entry that a found name may name.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'g> {
    /// The entry.
    pub entry: Entry<'g>,
    /// What kind of name of it this is.
    pub class: NameClass,
}

impl Gazetteer {
    /// The lists that newsgraph brings along, prepared.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| {
            // Only bytes of another version are refused, and a test sees to it that these are of this one.
            Gazetteer::from_bytes(newsgraph_data::gazetteer::PREPARED).unwrap_or_else(|_| Gazetteer::empty())
        });
        &EMBEDDED
    }

    /// A prepared gazetteer, as [`Gazetteer::to_bytes`] writes it.
    ///
    /// # Errors
    ///
    /// When the bytes are damaged or were prepared by another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, GazetteerError> {
        Self::from_tables(Tables::from_bytes(bytes)?)
    }

    /// The prepared form: reading it back takes milliseconds where compiling the lists takes far longer.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.tables.to_bytes()
    }

    pub(crate) fn from_tables(tables: Tables) -> Result<Self, GazetteerError> {
        let lower_words = tables.words.chunks_exact(word::WIDTH).filter(|row| {
            row[word::LOWER_SYMBOL] != 0 || row[word::LOWER_NAME] != u32::MAX || has_lower_form(&tables, row)
        });
        let lower_words =
            HashFilter::new(lower_words.map(|row| hash(tables.text(row, word::TEXT).as_bytes())));
        Ok(Self { automaton: automaton(&tables)?, tables, lower_words })
    }

    fn empty() -> Self {
        let tables = Tables { slots: vec![0, 0], ..Tables::default() };
        Self { tables, automaton: None, lower_words: HashFilter::new(std::iter::empty()) }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.tables.entries.len() / entry::WIDTH
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of distinct names that can be found.
    pub fn name_count(&self) -> usize {
        self.tables.ambiguous.len()
    }

    /// All entries, in order of id.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.len() as u32).map(|number| Entry::new(self, EntryId(number)))
    }

    /// One entry.
    pub fn entry(&self, number: EntryId) -> Option<Entry<'_>> {
        ((number.0 as usize) < self.len()).then(|| Entry::new(self, number))
    }

    /// The entry with this stable id.
    pub fn by_id(&self, id: &str) -> Option<Entry<'_>> {
        let mut range = 0..self.len() as u32;
        while !range.is_empty() {
            let middle = Entry::new(self, EntryId(range.start + (range.end - range.start) / 2));
            match middle.id().cmp(id) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => range.start = middle.number().0 + 1,
                std::cmp::Ordering::Greater => range.end = middle.number().0,
            }
        }
        None
    }

    /// Whom a found name may name: proper names before demonyms, large places before small ones, then by id.
    pub fn candidates(&self, name: NameId) -> impl Iterator<Item = Candidate<'_>> {
        let at = name.0 as usize;
        let starts = &self.tables.target_starts;
        let range = starts.get(at).zip(starts.get(at + 1)).map_or(0..0, |(&a, &b)| a as usize..b as usize);
        self.tables.targets.get(range).unwrap_or(&[]).iter().map(|&target| Candidate {
            entry: Entry::new(self, EntryId(target >> 3)),
            class: NameClass::from_number(target & 7),
        })
    }

    /// Whether a found name is an ordinary word or a personal name as well ("Nice", "Lincoln"): a match alone is
    /// then weak evidence.
    pub fn is_ambiguous(&self, name: NameId) -> bool {
        self.tables.ambiguous.get(name.0 as usize) == Some(&1)
    }

    /// The persons with this surname, whatever its case and diacritics: "Macron", "von der Leyen".
    pub fn by_surname(&self, name: &str) -> impl Iterator<Item = Entry<'_>> {
        let key = fold_text(name);
        let tables = &self.tables;
        let rows = tables.surnames.as_chunks::<{ surname::WIDTH }>().0;
        let row =
            rows.binary_search_by(|row| tables.text(row, surname::TEXT).cmp(&key)).ok().map(|at| &rows[at]);
        let (start, count) = row.map_or((0, 0), |row| (row[surname::START], row[surname::COUNT]));
        self.rows(&tables.surname_entries, start, count, 1).iter().map(|&n| Entry::new(self, EntryId(n)))
    }

    /// All terms of all offices of an entry: the presidents, prime ministers and ministers of a country, the heads
    /// of an organisation; by holder.
    pub fn offices_of(&self, of: EntryId) -> impl Iterator<Item = Term<'_>> {
        let pairs = self.tables.offices.as_chunks::<2>().0;
        let start = pairs.partition_point(|pair| pair[0] < of.0);
        pairs[start..].iter().take_while(move |pair| pair[0] == of.0).filter_map(|pair| self.term(pair[1]))
    }

    /// Who held an office on a date: `holders(france, "president", date)`. More than one where the list is not
    /// precise to the day; none where it does not know.
    pub fn holders(&self, of: EntryId, title: &str, date: PartialDate) -> impl Iterator<Item = Entry<'_>> {
        self.offices_of(of)
            .filter(move |term| term.title == title && term.is_dated() && term.covers(date))
            .map(|term| term.holder)
    }

    /// `count` rows of a table of this width; none where the table is too short.
    pub(crate) fn rows<'t>(&self, table: &'t [u32], start: u32, count: u32, width: usize) -> &'t [u32] {
        let start = start as usize * width;
        table.get(start..start.saturating_add(count as usize * width)).unwrap_or(&[])
    }
}

/// Whether a word is a name in exactly a form without upper-case letters ("dpa").
fn has_lower_form(tables: &Tables, row: &[u32]) -> bool {
    let start = row[word::EXACT] as usize * exact::WIDTH;
    let forms = tables.exacts.get(start..).unwrap_or(&[]).chunks_exact(exact::WIDTH);
    let mut forms = forms.take(row[word::EXACT_COUNT] as usize).map(|form| tables.text(form, exact::TEXT));
    forms.any(|form| !form.contains(char::is_uppercase))
}

impl fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gazetteer({} entries, {} names)", self.len(), self.name_count())
    }
}
