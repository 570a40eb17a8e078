//! The names to find, from all entries: words, symbols, and the paths of symbols that names are.

use std::collections::{BTreeMap, BTreeSet};

use crate::NameClass;
use crate::SourceName;
use crate::compile::Pool;
use crate::tables::{BEGINS, NONE, Tables, filter, hash};
use crate::tree;
use crate::units::{MAX_UNIT, units_of_name};

/// Words that may have either case in a name of several words: headlines and sentence starts write "Al-Qaida", "The
/// Hague", "Institute For The Study Of War".
const SMALL_WORDS: [&str; 36] = [
    "a", "al", "an", "and", "at", "bin", "by", "d", "da", "das", "de", "del", "della", "der", "des", "di",
    "do", "dos", "du", "e", "el", "for", "ibn", "in", "l", "la", "las", "le", "les", "los", "of", "on",
    "the", "to", "van", "von",
];

/// At most this many words of a name get all combinations of their two symbols.
const MAX_CHOICES: usize = 4;

/// How a word of a name of several words must be written in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    /// With at least one upper-case letter.
    Upper,
    /// Any way.
    Any,
}

/// The case that each unit of a name of several units asks of texts. A loose name asks for one capital only, that
/// of its first word.
pub(crate) fn cases(units: &[(String, bool)], loose: bool) -> Vec<Case> {
    let mut asked = false;
    let mut case = |unit: &str, upper: bool| {
        let upper = upper && !(loose && asked) && !SMALL_WORDS.iter().any(|w| unit.eq_ignore_ascii_case(w));
        asked |= upper;
        if upper { Case::Upper } else { Case::Any }
    };
    let mut cases: Vec<Case> = units.iter().map(|(unit, upper)| case(unit, *upper)).collect();
    // "A-50" is no "a 50": a name that is written with a capital has one somewhere.
    if let Some(first) = units.iter().position(|(_, upper)| *upper).filter(|_| !asked) {
        cases[first] = Case::Upper;
    }
    cases
}

/// An entry and how prominently it has a name; ordered as candidates are.
type Target = ((NameClass, u64), u32);

/// Entries that a name may name, and whether it is an ordinary word as well.
#[derive(Clone, Debug, Default)]
struct Targets {
    entries: BTreeSet<Target>,
    ambiguous: bool,
}

impl Targets {
    fn join(&mut self, other: &Targets) {
        self.entries.extend(&other.entries);
        self.ambiguous |= other.ambiguous;
    }
}

/// What a word is as a name of its own, by what the text must look like.
#[derive(Default)]
struct Single {
    any: Targets,
    upper: Targets,
    exact: BTreeMap<String, Targets>,
}

/// All names being compiled.
#[derive(Default)]
pub(crate) struct Lexis {
    singles: BTreeMap<String, Single>,
    several: BTreeMap<Vec<(String, Case)>, Targets>,
}

impl Lexis {
    pub(crate) fn add(&mut self, name: &SourceName, entry: u32, rank: (NameClass, u64)) {
        let mut units = units_of_name(&name.text);
        if units.iter().any(|(u, _)| u.len() > MAX_UNIT) || !units.iter().any(|(u, _)| has_letter(u)) {
            return;
        }
        let targets = if units.len() > 1 {
            let cases = cases(&units, name.loose);
            let words = units.into_iter().map(|(unit, _)| unit.to_ascii_lowercase());
            self.several.entry(words.zip(cases).collect()).or_default()
        } else if let Some((unit, upper)) = units.pop() {
            let single = self.singles.entry(unit.to_ascii_lowercase()).or_default();
            match (name.exact, upper) {
                (true, _) => single.exact.entry(unit).or_default(),
                (false, true) => &mut single.upper,
                (false, false) => &mut single.any,
            }
        } else {
            return;
        };
        targets.entries.insert((rank, entry));
        targets.ambiguous |= name.ambiguous;
    }

    /// Writes words, names and their tree.
    pub(crate) fn finish(mut self, tables: &mut Tables, pool: &mut Pool) {
        tables.target_starts.push(0);
        let symbols = self.symbols();
        let mut patterns: BTreeMap<Vec<u32>, Targets> = BTreeMap::new();
        for (units, targets) in &self.several {
            for sequence in sequences(units, &symbols) {
                patterns.entry(sequence).or_default().join(targets);
            }
        }
        let begins: BTreeSet<u32> =
            patterns.keys().filter_map(|sequence| sequence.first().copied()).collect();
        let paths: Vec<(Vec<u32>, u32)> =
            patterns.into_iter().map(|(path, targets)| (path, push_name(&targets, tables))).collect();
        let last = symbols.values().map(|s| s.upper.max(s.lower)).max().unwrap_or(0);
        tree::plant(&paths, last, tables);
        for word in symbols.keys() {
            self.singles.entry(word.clone()).or_default();
        }
        for (word, single) in &self.singles {
            let flag = |symbol: u32| if begins.contains(&symbol) { symbol | BEGINS } else { symbol };
            let symbols = symbols.get(word).map(|s| Symbols { upper: flag(s.upper), lower: flag(s.lower) });
            push_word(word, single, symbols.as_ref(), tables, pool);
        }
        tables.slots = slots(self.singles.keys().map(|word| hash(word.as_bytes())));
        let in_lower_case = self.singles.iter().filter(|(word, single)| {
            let exact = || single.exact.keys().any(|form| !form.contains(char::is_uppercase));
            !single.any.entries.is_empty() || symbols.get(*word).is_some_and(|s| s.lower != 0) || exact()
        });
        tables.lower_words = filter(in_lower_case.clone().map(|(word, _)| hash(word.as_bytes())));
        let first = in_lower_case.filter(|(word, single)| {
            let begins = symbols.get(*word).is_some_and(|s| begins.contains(&s.lower));
            !single.any.entries.is_empty() || !single.exact.is_empty() || begins
        });
        tables.lower_first_words = filter(first.map(|(word, _)| hash(word.as_bytes())));
    }

    /// The symbols of each word of names of several words, the most frequent ones first.
    fn symbols(&self) -> BTreeMap<String, Symbols> {
        let mut uses: BTreeMap<&str, (u32, bool, bool)> = BTreeMap::new();
        for (word, case) in self.several.keys().flatten() {
            let (count, upper, any) = uses.entry(word).or_default();
            *count += 1;
            *upper |= *case == Case::Upper;
            *any |= *case == Case::Any;
        }
        let mut by_use: Vec<_> = uses.into_iter().collect();
        by_use.sort_by_key(|&(word, (count, ..))| (std::cmp::Reverse(count), word));
        let mut next = 0;
        let mut fresh = || {
            next += 1;
            next
        };
        let numbered = by_use.into_iter().map(|(word, (_, upper, any))| {
            let symbol = fresh();
            let lower = match (upper, any) {
                (true, true) => fresh(),
                (false, _) => symbol,
                (true, false) => 0,
            };
            (word.to_owned(), Symbols { upper: symbol, lower })
        });
        numbered.collect()
    }
}

fn has_letter(unit: &str) -> bool {
    unit.chars().any(char::is_alphanumeric)
}

/// The symbols that a word has in a text with and without an upper-case letter; 0 for none.
#[derive(Clone, Copy)]
struct Symbols {
    upper: u32,
    lower: u32,
}

/// All sequences of symbols in which a text may have a name. A word that may have any case, and that another name
/// wants in upper case, has two symbols; where a name has more than [`MAX_CHOICES`] of those, the others have the
/// same case as the last of them.
fn sequences(units: &[(String, Case)], symbols: &BTreeMap<String, Symbols>) -> Vec<Vec<u32>> {
    let mut sequences = vec![(Vec::with_capacity(units.len()), false)];
    let mut choices = 0;
    for (word, case) in units {
        let Some(s) = symbols.get(word) else { return Vec::new() };
        let split = *case == Case::Any && s.upper != s.lower;
        choices += usize::from(split);
        if split && choices <= MAX_CHOICES {
            let mut lower = sequences.clone();
            sequences.iter_mut().for_each(|(sequence, is_lower)| {
                sequence.push(s.upper);
                *is_lower = false;
            });
            lower.iter_mut().for_each(|(sequence, is_lower)| {
                sequence.push(s.lower);
                *is_lower = true;
            });
            sequences.extend(lower);
        } else {
            for (sequence, is_lower) in &mut sequences {
                sequence.push(if split && *is_lower { s.lower } else { s.upper });
            }
        }
    }
    sequences.into_iter().map(|(sequence, _)| sequence).collect()
}

fn push_name(targets: &Targets, tables: &mut Tables) -> u32 {
    let name = tables.ambiguous.len() as u32;
    tables.ambiguous.push(u32::from(targets.ambiguous));
    let mut seen = BTreeSet::new();
    for &((class, _), entry) in &targets.entries {
        if seen.insert(entry) {
            tables.targets.push(entry << 3 | class as u32);
        }
    }
    tables.target_starts.push(tables.targets.len() as u32);
    name
}

fn push_word(word: &str, single: &Single, symbols: Option<&Symbols>, tables: &mut Tables, pool: &mut Pool) {
    let mut name_of = |parts: &[&Targets]| {
        let mut all = Targets::default();
        parts.iter().for_each(|part| all.join(part));
        if all.entries.is_empty() { NONE } else { push_name(&all, tables) }
    };
    let lower = name_of(&[&single.any]);
    let upper = if single.upper.entries.is_empty() { lower } else { name_of(&[&single.any, &single.upper]) };
    let exacts: Vec<(&String, u32)> = single
        .exact
        .iter()
        .map(|(form, targets)| {
            let is_upper = form.chars().any(char::is_uppercase);
            let none = Targets::default();
            (form, name_of(&[targets, &single.any, if is_upper { &single.upper } else { &none }]))
        })
        .collect();
    let first_exact = (tables.exacts.len() / crate::tables::exact::WIDTH) as u32;
    for &(form, name) in &exacts {
        let text = pool.put(form);
        tables.exacts.extend_from_slice(&[text[0], text[1], name]);
    }
    let text = pool.put(word);
    let symbols = symbols.copied().unwrap_or(Symbols { upper: 0, lower: 0 });
    let row: [u32; crate::tables::word::WIDTH] =
        [text[0], text[1], symbols.upper, symbols.lower, upper, lower, first_exact, exacts.len() as u32];
    tables.words.extend_from_slice(&row);
}

/// Open addressing, between a third and two thirds full: pairs of a row plus 1 and its hash.
fn slots(hashes: impl ExactSizeIterator<Item = u32>) -> Vec<u32> {
    let mut slots = vec![[0; 2]; (hashes.len() * 3 / 2 + 1).next_power_of_two()];
    let mask = slots.len() - 1;
    for (row, hash) in (1..).zip(hashes) {
        let mut slot = hash as usize & mask;
        while slots[slot][0] != 0 {
            slot = (slot + 1) & mask;
        }
        slots[slot] = [row, hash];
    }
    slots.concat()
}
