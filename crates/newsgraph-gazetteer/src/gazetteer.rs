//! The gazetteer: compiled names, entries, and the ways to look them up.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use crate::find::NameId;
use crate::fold::fold_text;
use crate::tables::{MAGIC, Store, View, Word, entry, number, rows, surname};
use crate::{Entry, EntryId, GazetteerError, NameClass, PartialDate, Term};

/// Known names and whom they may name. Immutable, so one serves all threads.
#[derive(Default)]
pub struct Gazetteer {
    store: Store,
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
            Gazetteer::from_bytes(newsgraph_data::gazetteer::PREPARED).unwrap_or_default()
        });
        &EMBEDDED
    }

    /// A prepared gazetteer, as [`Gazetteer::to_bytes`] writes it. Nothing is copied or built.
    ///
    /// # Errors
    ///
    /// When the bytes are damaged or were prepared by another version.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, GazetteerError> {
        Ok(Self { store: Store::new(bytes.into())? })
    }

    /// Whether a file that begins with these bytes is a prepared gazetteer, of this version or another.
    pub fn is_prepared(bytes: &[u8]) -> bool {
        bytes.starts_with(&MAGIC[..MAGIC.len() - 1])
    }

    /// The prepared form: opening it takes next to no time where compiling the lists takes far longer.
    pub fn to_bytes(&self) -> &[u8] {
        self.store.bytes()
    }

    #[inline(always)]
    pub(crate) fn view(&self) -> View<'_> {
        self.store.view()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        (self.view().entries.len() / entry::WIDTH).saturating_sub(1)
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of distinct names that can be found.
    pub fn name_count(&self) -> usize {
        self.view().ambiguous.len()
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
        let (view, at) = (self.view(), name.0 as usize);
        let start = number(view.target_starts, at);
        let count = number(view.target_starts, at + 1).saturating_sub(start);
        rows(view.targets, start, count, 1).iter().map(|&target| {
            let target = u32::from_le_bytes(target);
            Candidate {
                entry: Entry::new(self, EntryId(target >> 3)),
                class: NameClass::from_number(target & 7),
            }
        })
    }

    /// Whether a found name is an ordinary word or a personal name as well ("Nice", "Lincoln"): a match alone is
    /// then weak evidence.
    pub fn is_ambiguous(&self, name: NameId) -> bool {
        number(self.view().ambiguous, name.0 as usize) == 1
    }

    /// The persons with this surname, whatever its case and diacritics: "Macron", "von der Leyen".
    pub fn by_surname(&self, name: &str) -> impl Iterator<Item = Entry<'_>> {
        let (view, key) = (self.view(), fold_text(name));
        let surnames = view.surnames.as_chunks::<{ surname::WIDTH }>().0;
        let row = surnames
            .binary_search_by(|row| view.bytes(row, surname::TEXT).cmp(key.as_bytes()))
            .map_or(&[] as &[Word], |at| &surnames[at]);
        let (start, count) = (number(row, surname::START), number(row, surname::COUNT));
        let entries = rows(view.surname_entries, start, count, 1).iter();
        entries.map(|&entry| Entry::new(self, EntryId(u32::from_le_bytes(entry))))
    }

    /// All terms of all offices of an entry: the presidents, prime ministers and ministers of a country, the heads
    /// of an organisation; by holder.
    pub fn offices_of(&self, of: EntryId) -> impl Iterator<Item = Term<'_>> {
        let pairs = self.view().offices.as_chunks::<2>().0;
        let start = pairs.partition_point(|pair| number(pair, 0) < of.0);
        let own = pairs[start..].iter().take_while(move |pair| number(*pair, 0) == of.0);
        own.filter_map(|pair| self.term(number(pair, 1)))
    }

    /// Who held an office on a date: `holders(france, "president", date)`. More than one where the list is not
    /// precise to the day; none where it does not know.
    pub fn holders(&self, of: EntryId, title: &str, date: PartialDate) -> impl Iterator<Item = Entry<'_>> {
        self.offices_of(of)
            .filter(move |term| term.title == title && term.is_dated() && term.covers(date))
            .map(|term| term.holder)
    }
}

impl fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gazetteer({} entries, {} names)", self.len(), self.name_count())
    }
}
