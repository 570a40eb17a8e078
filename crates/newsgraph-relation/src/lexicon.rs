//! The event lexicon: which words name which acts, and who is who in them.
//!
//! It is compiled from readable files (`data/relation/events-*.txt`, format in `docs/events.md`); a user's file
//! of the same format can be added or take its place. Every word gets a number, so that while a document is
//! read all questions ("is this noun a weapon", "which acts does this verb name") are array look-ups.

mod check;
mod ontology;
mod parse;

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

pub use ontology::{Mode, ModeSet, PloverType, Quad};
pub use parse::{LexiconError, LexiconProblem};

/// The embedded file of classes and of words for modes.
const CLASSES_FILE: &str = "events-classes.txt";

/// Somewhat more than the embedded files hold, so that nothing is moved while they are read.
const EMBEDDED_WORDS: usize = 10_000;

/// The number of a word in a lexicon.
pub(crate) type WordId = u32;

/// No word of the lexicon.
pub(crate) const NO_WORD: WordId = u32::MAX;

/// A phrase of a frame that an entry sets a condition on or takes a role from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Object,
    Subject,
    /// The phrase after this preposition.
    Preposition(WordId),
}

/// What must hold for an entry to apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// The phrase is there and its head, or a modifier of it, is in one of these classes (0: whatever it is).
    Filled(Slot, u128),
    /// There is no object.
    Intransitive,
    /// There is a complement clause.
    Clause,
    /// There is an infinitive or gerund.
    Infinitive,
    /// Two or more do it: coordinated subjects, or one with a number.
    Several,
}

/// Who or what a phrase is in an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    Actor,
    Recipient,
    Theme,
    /// Left as the grammar has it.
    Open,
}

/// One entry.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Further words: particle and preposition of a verb, modifiers of a noun.
    pub(crate) more: Vec<WordId>,
    pub(crate) kind: Option<PloverType>,
    pub(crate) modes: ModeSet,
    pub(crate) conditions: Vec<Condition>,
    /// What the object is; `Open`: a recipient when it is a participant, else a theme.
    pub(crate) object: Part,
    /// What the subject is.
    pub(crate) subject: Part,
    /// Both sides do the same.
    pub(crate) mutual: bool,
    /// It reports speech and is no act.
    pub(crate) report: bool,
    /// Prepositions whose phrase is a recipient.
    pub(crate) recipients: Vec<WordId>,
    /// Prepositions whose phrase is an actor.
    pub(crate) actors: Vec<WordId>,
    /// What the phrase after "of" is, for nouns.
    pub(crate) of: Part,
    /// What the possessor is, for nouns.
    pub(crate) possessor: Part,
    /// The line of a file that it comes from.
    pub(crate) rule: RuleId,
}

/// The number of a line of the lexicon that makes entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u32);

/// A line of the lexicon without its words, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    file: u32,
    /// Line number, from 1.
    pub line: u32,
    /// What stands before the colon: "verb ASSAULT object=person".
    pub head: Box<str>,
}

/// What the lexicon knows of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerbKnowledge {
    /// It is in no line.
    Unknown,
    /// It lends itself to the act of its object or infinitive.
    Auxiliary,
    /// It is known to name no act of the ontology.
    Untyped,
    /// It reports what somebody said.
    Report,
    /// Some reading of it has a type.
    Typed,
}

impl VerbKnowledge {
    /// In one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Auxiliary => "auxiliary",
            Self::Untyped => "untyped",
            Self::Report => "report",
            Self::Typed => "typed",
        }
    }
}

/// What one word is.
#[derive(Clone, Debug, Default)]
struct Word {
    text: Box<str>,
    classes: u128,
    verbs: Vec<u32>,
    nouns: Vec<u32>,
    adjectives: Vec<u32>,
    cues: Vec<(PloverType, Mode)>,
    light: bool,
    /// With which further words it is light ("carry" with "out").
    light_with: Vec<WordId>,
    catenative: bool,
}

/// Verbs and nouns of acts, classes of nouns, light verbs: compiled, read-only, shared by all threads.
#[derive(Clone, Debug, Default)]
pub struct EventLexicon {
    ids: FxHashMap<Box<str>, WordId>,
    words: Vec<Word>,
    entries: Vec<Entry>,
    class_names: Vec<Box<str>>,
    files: Vec<Box<str>>,
    rules: Vec<Rule>,
}

impl EventLexicon {
    /// The lexicon inside the program.
    pub fn embedded() -> &'static EventLexicon {
        static LEXICON: LazyLock<EventLexicon> = LazyLock::new(|| EventLexicon::of_files(|_| true));
        &LEXICON
    }

    /// Classes of nouns and words for modes as in [`EventLexicon::embedded`], but no verb and no noun of an act:
    /// what a lexicon that takes the place of ours starts from.
    pub fn without_acts() -> EventLexicon {
        Self::of_files(|name| name == CLASSES_FILE)
    }

    fn of_files(wanted: impl Fn(&str) -> bool) -> EventLexicon {
        let mut lexicon = EventLexicon::default();
        lexicon.ids.reserve(EMBEDDED_WORDS);
        lexicon.words.reserve(EMBEDDED_WORDS);
        lexicon.entries.reserve(EMBEDDED_WORDS);
        lexicon.add_nouns(newsgraph_data::nouns());
        for (name, text) in newsgraph_data::relation::EVENTS.iter().filter(|(name, _)| wanted(name)) {
            // The tests compile every embedded file; a fault in one cannot reach a release.
            if let Err(error) = lexicon.add(name, text) {
                debug_assert!(false, "{error}");
            }
        }
        lexicon
    }

    /// A lexicon from one file alone. `name` stands in error messages.
    ///
    /// # Errors
    /// The first line that is not understood.
    pub fn parse(name: &str, text: &str) -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        lexicon.add(name, text)?;
        Ok(lexicon)
    }

    /// Adds the lines of a file. Of entries that fit equally well the one added last wins, so a user's file
    /// overrides the embedded one.
    ///
    /// # Errors
    /// The first line that is not understood; lines before it have been added.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), LexiconError> {
        parse::add(self, name, text)
    }

    /// Adds the common nouns for people, bodies and places as classes `person`, `org` and `place`.
    fn add_nouns(&mut self, table: &str) {
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(lemma), Some(kind)) = (cells.next(), cells.next()) else { continue };
            let class = match kind {
                "PERSON" => "person",
                "ORG" => "org",
                "GPE" | "LOC" | "FAC" => "place",
                _ => continue,
            };
            let bit = self.class_bit(class);
            let word = self.intern(lemma);
            self.words[word as usize].classes |= bit;
        }
    }

    /// The number of verbs (with particle or preposition) and of nouns that the lexicon knows.
    pub fn counts(&self) -> (usize, usize) {
        (
            self.words.iter().map(|w| distinct(self, &w.verbs)).sum(),
            self.words.iter().map(|w| distinct(self, &w.nouns)).sum(),
        )
    }

    /// What it knows of the verb `lemma`, whatever its particles and prepositions.
    pub fn verb_knowledge(&self, lemma: &str) -> VerbKnowledge {
        let Some(word) = self.ids.get(lemma).and_then(|&id| self.words.get(id as usize)) else {
            return VerbKnowledge::Unknown;
        };
        let entries = word.verbs.iter().map(|&e| &self.entries[e as usize]);
        let known = entries.map(|entry| match entry.kind {
            Some(_) => VerbKnowledge::Typed,
            None if entry.report => VerbKnowledge::Report,
            None => VerbKnowledge::Untyped,
        });
        let auxiliary = word.light || word.catenative || !word.light_with.is_empty();
        let auxiliary = if auxiliary { VerbKnowledge::Auxiliary } else { VerbKnowledge::Unknown };
        known.fold(auxiliary, VerbKnowledge::max)
    }

    /// A line of the lexicon and the name of its file.
    pub fn rule(&self, id: RuleId) -> Option<(&str, &Rule)> {
        let rule = self.rules.get(id.0 as usize)?;
        Some((self.files.get(rule.file as usize)?, rule))
    }

    /// The number of a word, `NO_WORD` if it is not in the lexicon.
    pub(crate) fn word(&self, lemma: &str) -> WordId {
        self.ids.get(lemma).copied().unwrap_or(NO_WORD)
    }

    pub(crate) fn text(&self, word: WordId) -> &str {
        self.words.get(word as usize).map_or("", |w| &w.text)
    }

    /// The classes of a word, a bit each.
    pub(crate) fn classes(&self, word: WordId) -> u128 {
        self.words.get(word as usize).map_or(0, |w| w.classes)
    }

    /// The bits of the named classes; 0 for one that no file defines.
    pub(crate) fn class(&self, name: &str) -> u128 {
        self.class_names.iter().position(|n| &**n == name).map_or(0, |i| 1 << i)
    }

    pub(crate) fn verbs(&self, word: WordId) -> impl Iterator<Item = &Entry> {
        self.words
            .get(word as usize)
            .into_iter()
            .flat_map(|w| w.verbs.iter().map(|&e| &self.entries[e as usize]))
    }

    pub(crate) fn nouns(&self, word: WordId) -> impl Iterator<Item = &Entry> {
        self.words
            .get(word as usize)
            .into_iter()
            .flat_map(|w| w.nouns.iter().map(|&e| &self.entries[e as usize]))
    }

    /// Entries for a predicate that is no verb: "is *ready* to help".
    pub(crate) fn adjectives(&self, word: WordId) -> impl Iterator<Item = &Entry> {
        self.words
            .get(word as usize)
            .into_iter()
            .flat_map(|w| w.adjectives.iter().map(|&e| &self.entries[e as usize]))
    }

    /// The modes that a word in the phrases of an act of type `kind` adds.
    pub(crate) fn cues(&self, word: WordId, kind: PloverType) -> impl Iterator<Item = Mode> {
        let cues = self.words.get(word as usize).map_or(&[][..], |w| &w.cues);
        cues.iter().filter(move |(k, _)| *k == kind).map(|(_, mode)| *mode)
    }

    /// Whether the verb says little more than that the act named by its object happens; `particle` may be
    /// `NO_WORD`.
    pub(crate) fn is_light(&self, word: WordId, particle: WordId) -> bool {
        self.words
            .get(word as usize)
            .is_some_and(|w| if particle == NO_WORD { w.light } else { w.light_with.contains(&particle) })
    }

    /// Whether the verb only says how the act of its infinitive or gerund stands: "begin", "try", "plan".
    pub(crate) fn is_catenative(&self, word: WordId) -> bool {
        self.words.get(word as usize).is_some_and(|w| w.catenative)
    }

    fn intern(&mut self, text: &str) -> WordId {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.words.len() as WordId;
        self.ids.insert(text.into(), id);
        self.words.push(Word { text: text.into(), ..Word::default() });
        id
    }

    fn class_bit(&mut self, name: &str) -> u128 {
        let found = self.class_names.iter().position(|n| &**n == name);
        let index = found.unwrap_or_else(|| {
            self.class_names.push(name.into());
            self.class_names.len() - 1
        });
        1u128.checked_shl(index as u32).unwrap_or(0)
    }
}

/// How many different words with their particles stand behind `entries`.
fn distinct(lexicon: &EventLexicon, entries: &[u32]) -> usize {
    let mut more: Vec<&[WordId]> = entries.iter().map(|&e| &lexicon.entries[e as usize].more[..]).collect();
    more.sort_unstable();
    more.dedup();
    more.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_files_compile() {
        for (name, text) in newsgraph_data::relation::EVENTS {
            let mut lexicon = EventLexicon::default();
            lexicon.add_nouns(newsgraph_data::nouns());
            for (before, text) in newsgraph_data::relation::EVENTS.iter().take_while(|(n, _)| n != name) {
                lexicon.add(before, text).unwrap();
            }
            if let Err(error) = lexicon.add(name, text) {
                panic!("{error}");
            }
        }
    }

    #[test]
    fn faults_name_file_line_and_remedy() {
        let cases = [
            ("verb ASSAULT attack", "f:1: no colon; write `verb TYPE …: word word`"),
            ("\n# x\nverb ATTACK: hit", "f:3: unknown type ATTACK; use one of the 16 PLOVER types or -"),
            ("verb ASSAULT phone: hit", "f:1: ASSAULT has no mode or option phone"),
            (
                "verb ASSAULT object=wepon: hit",
                "f:1: unknown class wepon; define it above with `class wepon: …`",
            ),
            (
                "vreb ASSAULT: hit",
                "f:1: unknown kind of line vreb; use class, cue, verb, noun, adjective, light, catenative or forget",
            ),
            ("verb ASSAULT:", "f:1: no words after the colon"),
        ];
        for (text, expected) in cases {
            let error = EventLexicon::parse("f", text).unwrap_err();
            assert_eq!(error.to_string(), expected, "for {text:?}");
        }
    }

    #[test]
    fn a_later_file_can_take_words_away() {
        let mut lexicon = EventLexicon::parse("a", "verb ASSAULT: hit hit_out\nnoun ASSAULT: hit").unwrap();
        lexicon.add("b", "forget: hit_out").unwrap();
        assert_eq!(lexicon.counts(), (1, 1));
        lexicon.add("b", "forget: hit").unwrap();
        assert_eq!(lexicon.counts(), (0, 0));
    }

    #[test]
    fn a_lexicon_without_acts_has_the_classes() {
        let lexicon = EventLexicon::without_acts();
        assert_eq!(lexicon.counts(), (0, 0));
        assert!(lexicon.class("weapon") != 0 && lexicon.class("person") != 0);
    }

    #[test]
    fn embedded_lexicon_is_broad_and_says_nothing_twice() {
        let (mut verbs, mut nouns) = (0, 0);
        let lexicon = EventLexicon::embedded();
        for word in &lexicon.words {
            let typed = |entries: &[u32]| entries.iter().any(|&e| lexicon.entries[e as usize].kind.is_some());
            verbs += usize::from(typed(&word.verbs));
            nouns += usize::from(typed(&word.nouns));
        }
        assert!(verbs >= 1500, "{verbs} verbs");
        assert!(nouns >= 600, "{nouns} nouns");
        let mut before = EventLexicon::default();
        before.add_nouns(newsgraph_data::nouns());
        for (name, text) in newsgraph_data::relation::EVENTS {
            assert_eq!(before.check(name, text), [], "in {name}");
        }
    }

    #[test]
    fn a_later_file_adds_words() {
        let mut lexicon = EventLexicon::parse("a", "verb ASSAULT: hit strike_down").unwrap();
        lexicon.add("b", "verb AID: feed").unwrap();
        assert_eq!(lexicon.counts(), (3, 0));
        assert_eq!(lexicon.verb_knowledge("strike"), VerbKnowledge::Typed);
        assert_eq!(lexicon.verb_knowledge("down"), VerbKnowledge::Unknown);
    }
}
