//! A document as the event rules see it: every token with its number in the lexicon, its classes, its entity.

use newsgraph_entity::{EntityId, EntityType};
use newsgraph_syntax::{Deprel, Syntax, Upos, Xpos};
use newsgraph_text::Span;

use crate::lexicon::{NO_WORD, WordId};
use crate::{EventInput, EventLexicon, PredicateKind};

/// "No quote", "no entity".
const NONE: u32 = u32::MAX;

/// Memory that is used again for the next document.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    words: Vec<WordId>,
    quotes: Vec<u32>,
    /// For each token the quote whose cue it is part of.
    cues: Vec<u32>,
    /// Tokens that are part of a trigger of a verb: nouns of light verbs.
    consumed: Vec<bool>,
    lowered: String,
}

/// Bits of the classes that the rules ask for by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classes {
    pub(super) person: u128,
    pub(super) org: u128,
    pub(super) place: u128,
    pub(super) time: u128,
    pub(super) weapon: u128,
    pub(super) participants: u128,
    pub(super) casualty_verb: u128,
    pub(super) topic_preposition: u128,
    pub(super) instrument_preposition: u128,
    pub(super) place_preposition: u128,
    pub(super) territory: u128,
    pub(super) announcing: u128,
    pub(super) unit: u128,
}

/// The layers of a document with what the lexicon knows about each token.
pub(super) struct Reading<'a> {
    pub(super) input: EventInput<'a>,
    pub(super) lexicon: &'a EventLexicon,
    pub(super) classes: Classes,
    scratch: &'a mut Scratch,
}

impl<'a> Reading<'a> {
    pub(super) fn new(input: EventInput<'a>, lexicon: &'a EventLexicon, scratch: &'a mut Scratch) -> Self {
        scratch.fill(&input, lexicon);
        let class = |name| lexicon.class(name);
        let classes = Classes {
            person: class("person"),
            org: class("org"),
            place: class("place"),
            time: class("time-noun"),
            weapon: class("weapon"),
            participants: class("person")
                | class("org")
                | class("place")
                | class("troops")
                | class("victim")
                | class("structure")
                | class("vehicle")
                | class("leader")
                | class("police"),
            casualty_verb: class("casualty-verb"),
            topic_preposition: class("topic-preposition"),
            instrument_preposition: class("instrument-preposition"),
            place_preposition: class("place-preposition"),
            territory: class("territory"),
            announcing: class("announcing-verb"),
            unit: class("unit"),
        };
        Self { input, lexicon, classes, scratch }
    }

    pub(super) fn syntax(&self) -> &'a Syntax {
        self.input.syntax
    }

    /// The token's number in the lexicon.
    pub(super) fn word(&self, token: u32) -> WordId {
        self.scratch.words.get(token as usize).copied().unwrap_or(NO_WORD)
    }

    /// The lemma of a verb as the lexicon spells it, if it knows it.
    pub(super) fn verb_lemma(&self, token: u32) -> &'a str {
        let word = self.word(token);
        if self.lexicon.verbs(word).next().is_some() { self.lexicon.text(word) } else { self.lemma(token) }
    }

    pub(super) fn lemma(&self, token: u32) -> &'a str {
        self.input.syntax.lemma(token)
    }

    /// The quote in whose content the token stands, the innermost one.
    pub(super) fn quote(&self, token: u32) -> Option<u32> {
        self.scratch.quotes.get(token as usize).copied().filter(|&q| q != NONE)
    }

    /// What is said, by the quote that has this token as its cue; empty when none has.
    pub(super) fn content_of_cue(&self, token: u32) -> &'a [Span] {
        let quote = self.scratch.cues.get(token as usize).filter(|&&q| q != NONE);
        quote.and_then(|&q| self.input.quotes.get(q as usize)).map_or(&[], |q| &q.content)
    }

    /// Whether the phrase is about people.
    pub(super) fn is_person(&self, head: u32) -> bool {
        self.phrase_classes(head) & self.classes.person != 0
    }

    /// "he", "her", "them": not "it".
    pub(super) fn is_personal_pronoun(&self, token: u32) -> bool {
        matches!(self.lemma(token), "he" | "she" | "him" | "her")
    }

    /// Marks a noun as part of a verb's trigger.
    pub(super) fn consume(&mut self, token: u32) {
        if let Some(flag) = self.scratch.consumed.get_mut(token as usize) {
            *flag = true;
        }
    }

    /// Takes that back.
    pub(super) fn release(&mut self, token: u32) {
        if let Some(flag) = self.scratch.consumed.get_mut(token as usize) {
            *flag = false;
        }
    }

    pub(super) fn is_consumed(&self, token: u32) -> bool {
        self.scratch.consumed.get(token as usize).copied().unwrap_or(false)
    }

    /// The classes of the phrase headed by `head`, by its noun and by the kind of its entity.
    pub(super) fn phrase_classes(&self, head: u32) -> u128 {
        let head = self.content_head(head);
        let mut classes = self.lexicon.classes(self.word(head));
        if carries_modifier(self.lemma(head)) {
            let modifiers = self
                .syntax()
                .children(head)
                .filter(|&c| c < head && self.syntax().deprel(c) == Deprel::Compound);
            classes |= modifiers.fold(0, |bits, c| bits | self.lexicon.classes(self.word(c)));
        }
        if let Some(kind) = self.own_entity_kind(head) {
            classes |= match kind {
                EntityType::Person => self.classes.person,
                EntityType::Org => self.classes.org,
                EntityType::Gpe => self.classes.place | self.classes.org | self.classes.territory,
                EntityType::Norp => self.classes.person,
                EntityType::Loc | EntityType::Fac => self.classes.place,
                EntityType::Date | EntityType::Time => self.classes.time,
                _ => 0,
            };
        }
        let syntax = self.syntax();
        if syntax.upos(head) == Upos::Pron && is_personal(self.lemma(head)) {
            classes |= self.classes.person;
        }
        classes
    }

    pub(super) fn own_entity_kind(&self, head: u32) -> Option<EntityType> {
        let id = self.input.entities.entity_headed_by(head)?;
        self.input.entities.entities().get(id.0 as usize).map(|e| e.kind)
    }

    /// The noun that says what a phrase is about: for "a series of attacks" the attacks.
    pub(super) fn content_head(&self, head: u32) -> u32 {
        let syntax = self.syntax();
        let unit = self.lexicon.classes(self.word(head)) & self.classes.unit != 0;
        if !unit && !is_transparent(syntax.lemma(head)) && syntax.upos(head) != Upos::Num {
            return head;
        }
        let inner = syntax.children(head).find(|&c| {
            c > head
                && syntax.deprel(c).is(Deprel::Nmod)
                && syntax.children(c).any(|p| syntax.deprel(p) == Deprel::Case && syntax.lemma(p) == "of")
        });
        inner.unwrap_or(head)
    }

    /// Whether the phrase can take part in an act: people, bodies, places, and what can be hit.
    pub(super) fn is_participant(&self, head: u32) -> bool {
        // "called for the *establishment* of a court": as a body it has no "of".
        if self.is_time(head) || self.lemma(head) == "establishment" {
            return false;
        }
        self.phrase_classes(head) & self.classes.participants != 0
            || (self.syntax().upos(head) == Upos::Propn && !self.names_no_party(head))
            || self.syntax().upos(self.content_head(head)) == Upos::Num
            || self.modifier_entity(head).is_some_and(|_| self.is_agentive(head))
    }

    /// A name of an event, a work or a sum takes no part in an act.
    fn names_no_party(&self, head: u32) -> bool {
        self.own_entity_kind(head).is_some_and(|kind| {
            matches!(
                kind,
                EntityType::Event
                    | EntityType::WorkOfArt
                    | EntityType::Money
                    | EntityType::Percent
                    | EntityType::Quantity
                    | EntityType::Ordinal
            )
        })
    }

    fn is_agentive(&self, head: u32) -> bool {
        self.lexicon.nouns(self.word(head)).next().is_none()
    }

    /// Whether the phrase says when.
    pub(super) fn is_time(&self, head: u32) -> bool {
        if self.phrase_classes(head) & self.classes.time != 0 {
            return true;
        }
        let syntax = self.syntax();
        if syntax.upos(head) == Upos::Num {
            // "September 14" headed by its number
            let month = |c: u32| {
                matches!(
                    syntax.deprel(c),
                    Deprel::Compound | Deprel::Flat | Deprel::Nmod | Deprel::NmodUnmarked
                ) && self.lexicon.classes(self.word(c)) & self.classes.time != 0
            };
            if syntax.children(head).any(month) {
                return true;
            }
        }
        let form = self.input.segmentation.form(self.input.text, head);
        syntax.xpos(head) == Xpos::Cd
            && form.len() == 4
            && form.bytes().all(|b| b.is_ascii_digit())
            && matches!(form.as_bytes(), [b'1', b'5'..=b'9', ..] | [b'2', b'0', ..])
    }

    /// The entity behind a phrase: its own, else that of a name directly before its head.
    pub(super) fn entity(&self, head: u32) -> Option<EntityId> {
        self.input.entities.entity_headed_by(head).or_else(|| self.modifier_entity(head))
    }

    /// "*Ukrainian* drone", "*Kremlin* spokesman": the nationality, place or body that modifies the head.
    fn modifier_entity(&self, head: u32) -> Option<EntityId> {
        let syntax = self.syntax();
        syntax.children(head).take_while(|&c| c < head).find_map(|c| {
            if !matches!(syntax.deprel(c), Deprel::Amod | Deprel::Compound) {
                return None;
            }
            let id = self.input.entities.entity_headed_by(c)?;
            let kind = self.input.entities.entities().get(id.0 as usize)?.kind;
            let stands_in = matches!(kind, EntityType::Norp | EntityType::Gpe | EntityType::Org);
            stands_in.then_some(id)
        })
    }
}

impl Scratch {
    fn fill(&mut self, input: &EventInput<'_>, lexicon: &EventLexicon) {
        let count = input.syntax.len();
        self.words.clear();
        self.consumed.clear();
        self.consumed.resize(count as usize, false);
        for token in 0..count {
            let lemma = input.syntax.lemma(token);
            let mut word = lexicon.word(lemma);
            if word == NO_WORD && lemma.bytes().any(|b| b.is_ascii_uppercase()) {
                self.lowered.clear();
                self.lowered.extend(lemma.chars().flat_map(char::to_lowercase));
                word = lexicon.word(&self.lowered);
            }
            if input.syntax.upos(token) == Upos::Verb && lexicon.verbs(word).next().is_none() {
                word = repaired_verb(lexicon, lemma, &mut self.lowered).unwrap_or(word);
            }
            if input.syntax.upos(token) == Upos::Adj && is_verb(input, token) {
                word = verb_of_participle(lexicon, lemma, &mut self.lowered).unwrap_or(word);
            }
            self.words.push(word);
        }
        self.quotes.clear();
        self.quotes.resize(count as usize, NONE);
        self.cues.clear();
        self.cues.resize(count as usize, NONE);
        for (number, quote) in input.quotes.iter().enumerate() {
            for span in &quote.content {
                for token in input.segmentation.tokens_in(*span) {
                    if let Some(slot) = self.quotes.get_mut(token as usize)
                        && (*slot == NONE || quote.nested_in.is_some())
                    {
                        *slot = number as u32;
                    }
                }
            }
            for span in &quote.cue {
                for token in input.segmentation.tokens_in(*span) {
                    if let Some(slot) = self.cues.get_mut(token as usize) {
                        *slot = number as u32;
                    }
                }
            }
        }
    }
}

/// Whether the frames read a word that the tagger takes for an adjective as a verb.
fn is_verb(input: &EventInput<'_>, token: u32) -> bool {
    input.frames.headed_by(token).is_some_and(|f| f.kind == PredicateKind::Verb)
}

/// "wounded" is "wound".
fn verb_of_participle(lexicon: &EventLexicon, form: &str, scratch: &mut String) -> Option<WordId> {
    let known = |text: &str| {
        let word = lexicon.word(text);
        lexicon.verbs(word).next().is_some().then_some(word)
    };
    let stem = form.strip_suffix("ed")?;
    known(stem).or_else(|| known(form.strip_suffix('d')?)).or_else(|| repaired_verb(lexicon, stem, scratch))
}

/// The verb of the lexicon that a guessed lemma is a slip of: "extradit" is "extradite", "shel" is "shell", "gass" is
/// "gas".
fn repaired_verb(lexicon: &EventLexicon, lemma: &str, scratch: &mut String) -> Option<WordId> {
    let known = |text: &str| {
        let word = lexicon.word(text);
        lexicon.verbs(word).next().is_some().then_some(word)
    };
    match lemma {
        "struck" | "stricken" => return known("strike"),
        "shot" => return known("shoot"),
        _ => {}
    }
    let last = lemma.chars().last().filter(char::is_ascii_lowercase)?;
    scratch.clear();
    scratch.push_str(lemma);
    scratch.push('e');
    if let Some(word) = known(scratch) {
        return Some(word);
    }
    scratch.pop();
    scratch.push(last);
    if let Some(word) = known(scratch) {
        return Some(word);
    }
    let shorter = lemma.strip_suffix(last)?;
    if last == 'e' || shorter.ends_with(last) { known(shorter) } else { None }
}

/// Nouns that only measure what stands after their "of".
fn is_transparent(lemma: &str) -> bool {
    matches!(
        lemma,
        "series"
            | "number"
            | "dozen"
            | "pair"
            | "group"
            | "wave"
            | "spate"
            | "hundred"
            | "thousand"
            | "million"
            | "score"
            | "string"
            | "couple"
            | "barrage"
            | "round"
            | "lot"
            | "host"
            | "handful"
            | "majority"
            | "all"
            | "some"
            | "many"
            | "most"
            | "one"
            | "two"
            | "ten"
            | "set"
            | "range"
            | "variety"
            | "kind"
            | "type"
            | "batch"
            | "worth"
            | "state"
            | "swathe"
            | "swath"
            | "establishment"
            | "start"
            | "beginning"
            | "launch"
            | "resumption"
            | "flurry"
            | "volley"
            | "salvo"
            | "act"
            | "part"
            | "half"
            | "third"
            | "several"
            | "each"
            | "both"
    )
}

/// "aid *program*", "relief *effort*": nouns that are what stands before them.
fn carries_modifier(lemma: &str) -> bool {
    matches!(
        lemma,
        "program"
            | "programme"
            | "package"
            | "effort"
            | "scheme"
            | "delivery"
            | "shipment"
            | "convoy"
            | "campaign"
    )
}

pub(super) fn is_personal(lemma: &str) -> bool {
    matches!(
        lemma,
        "I" | "i"
            | "you"
            | "he"
            | "she"
            | "we"
            | "they"
            | "who"
            | "everyone"
            | "somebody"
            | "someone"
            | "anyone"
    )
}
