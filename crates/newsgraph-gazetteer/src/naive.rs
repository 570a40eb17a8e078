//! The same search by trying every name at every place: what the automaton is checked against.

use std::collections::{BTreeSet, HashMap};

use newsgraph_text::{Span, TokenRange};
use newsgraph_token::Segmentation;

use crate::lexis::{Case, cases};
use crate::units::{UnitScanner, units_of_name};
use crate::{EntryId, Gazetteer};

/// A place where the naive search found a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NaiveMatch {
    /// The name itself.
    pub span: Span,
    /// The tokens that it touches.
    pub tokens: TokenRange,
    /// The entries that it may name.
    pub entries: BTreeSet<EntryId>,
}

/// Finds names token by token, without automaton, symbols or hashing of its own. Reads the names of the entries, not
/// what they were compiled to. Slow: for tests only.
pub struct NaiveMatcher {
    /// By the units in lower case.
    names: HashMap<Vec<String>, Vec<NaiveName>>,
    longest: usize,
}

struct NaiveName {
    entry: EntryId,
    exact: bool,
    units: Vec<(String, bool)>,
    cases: Vec<Case>,
}

struct TextUnit {
    folded: String,
    upper: bool,
    span: Span,
    token: u32,
}

impl NaiveMatcher {
    /// A matcher for all names of `gazetteer`.
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut matcher = Self { names: HashMap::new(), longest: 0 };
        for entry in gazetteer.entries() {
            for name in entry.names().filter(|name| name.alone) {
                let units = units_of_name(name.text);
                matcher.longest = matcher.longest.max(units.len());
                let key = units.iter().map(|(unit, _)| unit.to_ascii_lowercase()).collect();
                let cases = cases(&units, name.loose);
                let name = NaiveName { entry: entry.number(), exact: name.exact, units, cases };
                matcher.names.entry(key).or_default().push(name);
            }
        }
        matcher
    }

    /// All names of `text`, leftmost-longest.
    pub fn find(&self, text: &str, tokens: &Segmentation) -> Vec<NaiveMatch> {
        let mut units = Vec::new();
        let mut scanner = UnitScanner::default();
        for (token, &span) in (0..).zip(tokens.tokens()) {
            scanner.scan(text, span, |unit| {
                units.push(TextUnit {
                    folded: String::from_utf8_lossy(unit.folded).into_owned(),
                    upper: unit.upper,
                    span: unit.span,
                    token,
                });
            });
        }
        let mut found = Vec::new();
        let mut at = 0;
        while at < units.len() {
            match self.longest_at(&units[at..]) {
                Some((length, entries)) => {
                    let (first, last) = (&units[at], &units[at + length - 1]);
                    found.push(NaiveMatch {
                        span: first.span.cover(last.span),
                        tokens: TokenRange::new(first.token, last.token + 1),
                        entries,
                    });
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest_at(&self, units: &[TextUnit]) -> Option<(usize, BTreeSet<EntryId>)> {
        (1..=self.longest.min(units.len())).rev().find_map(|length| {
            let units = &units[..length];
            let key: Vec<String> = units.iter().map(|unit| unit.folded.to_ascii_lowercase()).collect();
            let names = self.names.get(&key)?.iter().filter(|name| name.fits(units));
            let entries: BTreeSet<EntryId> = names.map(|name| name.entry).collect();
            (!entries.is_empty()).then_some((length, entries))
        })
    }
}

impl NaiveName {
    /// Whether the case of the text is right, given that the letters are.
    fn fits(&self, units: &[TextUnit]) -> bool {
        if let ([(name, upper)], [unit]) = (self.units.as_slice(), units) {
            return if self.exact { *name == unit.folded } else { unit.upper || !upper };
        }
        self.cases.iter().zip(units).all(|(&case, unit)| unit.upper || case == Case::Any)
    }
}
