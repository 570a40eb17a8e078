//! The cue lexicon: which words say that somebody says, thinks or finds something.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::QuoteKind;

/// Whom the source speaks to, as the cue's grammar shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddresseeSlot {
    /// It names nobody.
    None,
    /// The object: "told *reporters*".
    Object,
    /// A phrase with "to": "said *to reporters*".
    To,
}

/// What a cue takes and means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// What the source does with the content.
    pub(crate) kind: QuoteKind,
    /// Takes a clause, with or without "that".
    pub(crate) that: bool,
    /// Stands beside quoted words.
    pub(crate) quote: bool,
    /// Takes an infinitive.
    pub(crate) to: bool,
    /// Takes a noun phrase as content.
    pub(crate) object: bool,
    /// Takes an indirect question.
    pub(crate) wh: bool,
    /// Takes "as" and a description.
    pub(crate) role: bool,
    /// Prepositions whose phrase is content.
    pub(crate) prepositions: Vec<&'static str>,
    /// Where the addressee stands.
    pub(crate) addressee: AddresseeSlot,
    /// Whether it is a cue in the smaller part of its uses.
    pub(crate) weak: bool,
}

/// Verbs, nouns, adjectives and phrases that are cues, by lemma.
pub(crate) struct CueLexicon {
    verbs: FxHashMap<&'static str, Cue>,
    nouns: FxHashMap<&'static str, Cue>,
    adjectives: FxHashMap<&'static str, Cue>,
    phrases: FxHashMap<&'static str, Cue>,
}

static EMBEDDED: LazyLock<CueLexicon> = LazyLock::new(|| CueLexicon::parse(newsgraph_data::relation::cues()));

impl CueLexicon {
    /// The lexicon that is part of the program.
    pub(crate) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn parse(table: &'static str) -> Self {
        let mut lexicon = Self {
            verbs: FxHashMap::default(),
            nouns: FxHashMap::default(),
            adjectives: FxHashMap::default(),
            phrases: FxHashMap::default(),
        };
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.starts_with("lemma\t")) {
            let mut cells = line.split('\t');
            let (Some(lemma), Some(pos), Some(kind), Some(frames), Some(addressee)) =
                (cells.next(), cells.next(), cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let weak = cells.next().is_some_and(|notes| notes.starts_with("weak"));
            let cue = cue(kind, frames, addressee, weak);
            let by_pos = match pos {
                "verb" => &mut lexicon.verbs,
                "noun" => &mut lexicon.nouns,
                "adjective" => &mut lexicon.adjectives,
                _ => &mut lexicon.phrases,
            };
            by_pos.insert(lemma, cue);
        }
        lexicon
    }

    /// A verb by its lemma, with its particle after a space: "point out".
    pub(crate) fn verb(&self, lemma: &str) -> Option<&Cue> {
        self.verbs.get(lemma)
    }

    /// A noun by its lemma.
    pub(crate) fn noun(&self, lemma: &str) -> Option<&Cue> {
        self.nouns.get(lemma)
    }

    /// An adjective by its lemma.
    pub(crate) fn adjective(&self, lemma: &str) -> Option<&Cue> {
        self.adjectives.get(lemma)
    }

    /// A phrase in lower case: "according to".
    pub(crate) fn phrase(&self, words: &str) -> Option<&Cue> {
        self.phrases.get(words)
    }
}

fn cue(kind: &str, frames: &'static str, addressee: &str, weak: bool) -> Cue {
    let has = |frame| frames.split(';').any(|f| f == frame);
    Cue {
        kind: match kind {
            "attitude" => QuoteKind::Attitude,
            "evidence" => QuoteKind::Evidence,
            _ => QuoteKind::Statement,
        },
        that: has("that"),
        quote: has("quote"),
        to: has("to"),
        object: has("object"),
        wh: has("wh"),
        role: has("as"),
        prepositions: frames.split(';').filter_map(|f| f.strip_prefix("prep:")).collect(),
        addressee: match addressee {
            "object" => AddresseeSlot::Object,
            "to" => AddresseeSlot::To,
            _ => AddresseeSlot::None,
        },
        weak,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_embedded_table() {
        let lexicon = CueLexicon::embedded();
        let said = lexicon.verb("say").expect("say is a cue");
        assert!(said.that && said.quote && said.kind == QuoteKind::Statement);
        let told = lexicon.verb("tell").expect("tell is a cue");
        assert_eq!(told.addressee, AddresseeSlot::Object);
        let accuse = lexicon.verb("accuse").expect("accuse is a cue");
        assert!(accuse.prepositions.contains(&"of"));
        assert!(lexicon.verb("eat").is_none());
        assert!(lexicon.phrase("according to").is_some());
        assert!(lexicon.noun("statement").is_some());
    }

    #[test]
    fn every_row_is_used() {
        let rows = newsgraph_data::relation::cues()
            .lines()
            .filter(|l| !l.starts_with('#') && !l.starts_with("lemma\t") && !l.is_empty());
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(cells.len() >= 5, "a cue has five cells or six: {row:?}");
            assert!(["verb", "noun", "adjective", "phrase"].contains(&cells[1]), "{row:?}");
            assert!(["statement", "attitude", "evidence"].contains(&cells[2]), "{row:?}");
            assert!(["no", "object", "to"].contains(&cells[4]), "{row:?}");
        }
    }
}
