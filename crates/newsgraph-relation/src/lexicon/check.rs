//! Reads a lexicon file as its author wants it read: all faults at once, and what can never count.

use rustc_hash::FxHashMap;

use super::parse::faults;
use super::{Condition, Entry, EventLexicon, LexiconError, LexiconProblem, Slot, WordId};

/// What makes two entries compete for the same clauses with the same right: word, further words, conditions in order.
type Claim = (bool, WordId, Vec<WordId>, Vec<(u8, u32, u128)>);

impl EventLexicon {
    /// Adds what is understood of a file and gives all its faults in order of the lines: what is not understood, and
    /// entries that a later line of the same file puts out of use. Entries without type are left out: they are there to
    /// be overridden.
    pub fn check(&mut self, name: &str, text: &str) -> Vec<LexiconError> {
        let first = self.entries.len();
        let mut found: Vec<LexiconError> = faults(self, name, text).collect();
        found.extend(self.shadowed(name, first));
        found.sort_by_key(|error| error.line);
        found
    }

    /// Entries from number `first` on that a later one makes useless.
    fn shadowed(&self, name: &str, first: usize) -> Vec<LexiconError> {
        let mut claims: FxHashMap<Claim, &Entry> = FxHashMap::default();
        let mut found = Vec::new();
        for (id, word) in self.words.iter().enumerate() {
            let entries = word.verbs.iter().map(|&e| (false, e)).chain(word.nouns.iter().map(|&e| (true, e)));
            for (noun, number) in entries.filter(|&(_, number)| number as usize >= first) {
                let entry = &self.entries[number as usize];
                let claim = (noun, id as WordId, entry.more.clone(), conditions(entry));
                let Some(earlier) = claims.insert(claim, entry) else { continue };
                let lines = (self.rule(earlier.rule), self.rule(entry.rule));
                if let (Some((_, before)), Some((_, line))) = lines
                    && earlier.kind.is_some()
                {
                    let word = self.spelled(id as WordId, entry, noun);
                    let problem = LexiconProblem::Shadowed { word, line: line.line };
                    found.push(LexiconError { file: name.to_owned(), line: before.line as usize, problem });
                }
            }
        }
        found
    }

    /// A word with its further words, as files write it.
    fn spelled(&self, word: WordId, entry: &Entry, noun: bool) -> String {
        let more = entry.more.iter().map(|&w| self.text(w));
        let mut parts: Vec<&str> = more.collect();
        parts.insert(if noun { parts.len() } else { 0 }, self.text(word));
        parts.join("_")
    }
}

/// The conditions in an order that does not depend on how they were written.
fn conditions(entry: &Entry) -> Vec<(u8, u32, u128)> {
    let key = |condition: &Condition| match *condition {
        Condition::Filled(Slot::Object, classes) => (0, 0, classes),
        Condition::Filled(Slot::Subject, classes) => (1, 0, classes),
        Condition::Filled(Slot::Preposition(word), classes) => (2, word, classes),
        Condition::Intransitive => (3, 0, 0),
        Condition::Clause => (4, 0, 0),
        Condition::Infinitive => (5, 0, 0),
        Condition::Several => (6, 0, 0),
    };
    let mut keys: Vec<_> = entry.conditions.iter().map(key).collect();
    keys.sort_unstable();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_are_told_in_order() {
        let text = "verb ASSAULT: hit\nverb ATTACK: hit\nverb COERCE arrest: hold hit\nnoun: \nverb -: stay\nverb AID: stay";
        let told: Vec<String> =
            EventLexicon::default().check("f", text).iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "f:1: hit has the same conditions in line 3, so this one never counts; remove one of them",
                "f:2: unknown type ATTACK; use one of the 16 PLOVER types or -",
                "f:4: no words after the colon",
            ]
        );
    }

    #[test]
    fn conditions_in_another_order_are_the_same() {
        let text = "class a: x\nclass b: y\nverb AID object=a @to=b: send\nverb AID @to=b object=a: send\nverb AID object=b @to=a: send";
        let told = EventLexicon::default().check("f", text);
        assert_eq!(told.len(), 1);
        assert_eq!(told.first().map(|error| error.line), Some(3));
    }
}
