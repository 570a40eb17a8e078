//! Folding records into facts.

use crate::assemble::assemble;
use crate::facts::Facts;
use crate::graph::Graph;
use crate::reading::Reading;
use crate::rules::MergeRules;
use newsgraph_record::Record;

/// What a gazetteer knows of an entity beyond what documents say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KbFacts {
    /// Country, in the codes that the gazetteer uses.
    pub country: Option<String>,
    /// Degrees north, -90 to 90.
    pub latitude: Option<f64>,
    /// Degrees east, -180 to 180.
    pub longitude: Option<f64>,
    /// Roles and offices: "president of France".
    pub roles: Vec<String>,
    /// The entity that this one stands for, by its identifier: Russia for the Kremlin, and for "Russian".
    pub stands_for: Option<String>,
    /// Whether it is a division of its country: a state, a province.
    pub is_division: bool,
    /// Whether it names people by their nation: "Russian".
    pub is_nation: bool,
    /// The entity of the country, by its identifier.
    pub country_id: Option<String>,
}

/// Collects what records say until [`GraphBuilder::finish`] makes a graph of it.
///
/// The same set of records gives the same graph, byte for byte, in whatever order they are added and however
/// they are spread over builders that are merged later. A record that is added twice counts once. Records of
/// the same `id` but different `text` are different documents.
///
/// Memory grows with the number of distinct names and sentences of evidence, and with the number of mentions;
/// the texts of the documents are not kept.
#[derive(Clone, Debug, Default)]
pub struct GraphBuilder {
    facts: Facts,
    co_occurrences: bool,
}

impl GraphBuilder {
    /// A builder that knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A builder that also links the named entities of one sentence with each other, as `CO_OCCURS`.
    pub fn with_co_occurrences() -> Self {
        Self { co_occurrences: true, ..Self::default() }
    }

    /// Adds what one record says. References of the record that lead nowhere are passed over.
    pub fn add(&mut self, record: &Record) {
        let mut reading = Reading::new(&mut self.facts, record);
        reading.add_quotes();
        reading.add_events();
        reading.add_offices();
        if self.co_occurrences {
            reading.add_co_occurrences();
        }
    }

    /// Adds everything that `other` has been told.
    pub fn merge(&mut self, other: Self) {
        self.facts.absorb(other.facts);
    }

    /// The graph of all records.
    pub fn finish(self) -> Graph {
        self.finish_with(|_| None)
    }

    /// The graph of all records, with what `lookup` knows of entities that carry an identifier.
    pub fn finish_with(self, lookup: impl Fn(&str) -> Option<KbFacts>) -> Graph {
        self.finish_by(lookup, &MergeRules::default())
    }

    /// The same, with a user's own merges and splits, which override all rules.
    pub fn finish_by(self, lookup: impl Fn(&str) -> Option<KbFacts>, rules: &MergeRules) -> Graph {
        assemble(self.facts.canonical(), &lookup, rules)
    }
}

impl<'r> Extend<&'r Record> for GraphBuilder {
    fn extend<I: IntoIterator<Item = &'r Record>>(&mut self, records: I) {
        for record in records {
            self.add(record);
        }
    }
}

impl<'r> FromIterator<&'r Record> for GraphBuilder {
    fn from_iter<I: IntoIterator<Item = &'r Record>>(records: I) -> Self {
        let mut builder = Self::new();
        builder.extend(records);
        builder
    }
}
