//! Which entry of the lexicon fits a clause.

use newsgraph_syntax::{Deprel, Upos, Xpos};

use super::reading::Reading;
use crate::lexicon::{Condition, Entry, NO_WORD, Slot, WordId};
use crate::{Argument, Frame, PredicateKind, Relation, Tense};

/// A verb entry that fits, and the preposition whose phrase stands in for the object ("call *for*").
pub(super) struct Fit<'l> {
    pub(super) entry: &'l Entry,
    pub(super) object_preposition: Option<WordId>,
    /// The particle or adverb that the entry asks for.
    pub(super) particle: Option<u32>,
}

/// The entry with most conditions fulfilled; of equals the last.
pub(super) fn best_verb<'l>(reading: &Reading<'l>, frame: &Frame, arguments: &[Argument]) -> Option<Fit<'l>> {
    best_of(reading, frame, arguments, reading.lexicon.verbs(reading.word(frame.head)))
}

/// The same for a predicate with a copula: "is *ready* to help".
pub(super) fn best_adjective<'l>(
    reading: &Reading<'l>,
    frame: &Frame,
    arguments: &[Argument],
) -> Option<Fit<'l>> {
    best_of(reading, frame, arguments, reading.lexicon.adjectives(reading.word(frame.head)))
}

fn best_of<'l>(
    reading: &Reading<'l>,
    frame: &Frame,
    arguments: &[Argument],
    entries: impl Iterator<Item = &'l Entry>,
) -> Option<Fit<'l>> {
    let mut best: Option<(usize, Fit<'l>)> = None;
    for entry in entries {
        let Some(fit) = fit_words(reading, frame, arguments, entry) else { continue };
        let Some(score) = fit_conditions(reading, arguments, &fit) else { continue };
        let score = score + 3 * entry.more.len();
        if best.as_ref().is_none_or(|(most, _)| score >= *most) {
            best = Some((score, fit));
        }
    }
    best.map(|(_, fit)| fit)
}

/// The particle of a frame: as the tree has it, else an adverb right behind the verb that can be one.
pub(super) fn particle(reading: &Reading<'_>, frame: &Frame) -> Option<u32> {
    frame
        .particle
        .or_else(|| {
            let syntax = reading.syntax();
            syntax.children(frame.head).find(|&c| {
                c == frame.head + 1
                    && syntax.deprel(c) == Deprel::Advmod
                    && matches!(
                        reading.lemma(c),
                        "out" | "up" | "down" | "off" | "over" | "back" | "away" | "in" | "aside"
                    )
            })
        })
        .or_else(|| before_number(reading, frame))
}

/// "shot *down* 31 drones": the tree may hang the particle on the number behind it.
fn before_number(reading: &Reading<'_>, frame: &Frame) -> Option<u32> {
    let syntax = reading.syntax();
    let next = frame.head + 1;
    let of_number = next < syntax.len()
        && syntax.deprel(next) == Deprel::Advmod
        && syntax.head(next).is_some_and(|h| h > next && syntax.upos(h) == Upos::Num);
    (of_number && matches!(reading.lemma(next), "out" | "up" | "down" | "off")).then_some(next)
}

/// Whether the further words of the entry are there: particle, adverb, or preposition of an argument.
fn fit_words<'l>(
    reading: &Reading<'l>,
    frame: &Frame,
    arguments: &[Argument],
    entry: &'l Entry,
) -> Option<Fit<'l>> {
    let own = if entry.more.is_empty() { None } else { particle(reading, frame) };
    let mut fit = Fit { entry, object_preposition: None, particle: None };
    for &word in &entry.more {
        if let Some(token) = own
            && reading.word(token) == word
        {
            fit.particle = Some(token);
        } else if arguments.iter().any(|a| stands_for_object(reading, frame, arguments, a, word)) {
            fit.object_preposition = Some(word);
        } else if let Some(token) = plain_child(reading, frame, word) {
            fit.particle = Some(token);
        } else {
            return None;
        }
    }
    // "put *under arrest*": the phrase is fixed and stands for no object.
    if let Some(preposition) = fit.object_preposition
        && let Some(token) = fit.particle
        && arguments.iter().any(|a| a.head == token && has_preposition(reading, a, preposition))
    {
        fit.object_preposition = None;
    }
    // "carry" says nothing about "carry out".
    let unexplained = frame.particle.is_some() && fit.particle.is_none();
    (!unexplained).then_some(fit)
}

/// Whether the phrase after the preposition `word` stands for the object of an entry such as `call_for`. Not "took a
/// tougher stance *over the past year*", "*on Twitter*, Bush called him", or, as those verbs have their object, "took a
/// role *in the conflict*" for `take_in`.
fn stands_for_object(
    reading: &Reading<'_>,
    frame: &Frame,
    arguments: &[Argument],
    argument: &Argument,
    word: WordId,
) -> bool {
    let particle = argument.marker.is_some_and(|m| {
        let lemma = reading.lemma(m);
        matches!(lemma, "in" | "out" | "up" | "down" | "off" | "back" | "away" | "by")
            || (matches!(lemma, "on" | "upon") && reading.lemma(frame.head) == "call")
    });
    has_preposition(reading, argument, word)
        && !reading.is_time(argument.head)
        && (argument.head > frame.head || argument.shared)
        && !(particle && arguments.iter().any(|a| a.relation == Relation::Object && !a.shared))
}

/// A word of a fixed phrase: an adverb, an adjective or a bare object ("set *free*", "open *fire*").
fn plain_child(reading: &Reading<'_>, frame: &Frame, word: WordId) -> Option<u32> {
    let syntax = reading.syntax();
    let copula = frame.kind == PredicateKind::Copula;
    let behind_object = || {
        // "left three people *dead*", where the tree has the adjective within the object
        let object = syntax.child(frame.head, Deprel::Obj).filter(|&o| o > frame.head)?;
        let adjective = |&c: &u32| {
            c > object && reading.word(c) == word && word != NO_WORD && syntax.deprel(c) == Deprel::Amod
        };
        syntax.children(object).find(adjective)
    };
    let own = syntax.children(frame.head).find(|&c| {
        let deprel = syntax.deprel(c);
        reading.word(c) == word
            && word != NO_WORD
            && if copula {
                matches!(deprel, Deprel::Case | Deprel::Amod | Deprel::Compound)
            } else if c < frame.head {
                // "*test*-fired"
                c + 2 == frame.head && syntax.upos(c + 1) == Upos::Punct
            } else {
                matches!(deprel, Deprel::Advmod | Deprel::Xcomp | Deprel::Obj | Deprel::Obl)
            }
    });
    own.or_else(behind_object)
}

pub(super) fn has_preposition(reading: &Reading<'_>, argument: &Argument, word: WordId) -> bool {
    matches!(argument.relation, Relation::Oblique)
        && argument.marker.is_some_and(|m| reading.word(m) == word && word != NO_WORD)
}

/// How many conditions of the entry are fulfilled; `None` when one is not.
fn fit_conditions(reading: &Reading<'_>, arguments: &[Argument], fit: &Fit<'_>) -> Option<usize> {
    let mut score = 0;
    for condition in &fit.entry.conditions {
        let (holds, weight) = match *condition {
            Condition::Filled(slot, classes) => {
                let weight = if classes == 0 { 1 } else { 2 };
                (
                    arguments.iter().any(|a| in_slot(reading, a, slot, fit) && is_in(reading, a, classes)),
                    weight,
                )
            }
            Condition::Intransitive => {
                let object = |a: &Argument| matches!(a.relation, Relation::Object);
                (!arguments.iter().any(object), 1)
            }
            Condition::Clause => {
                let clause =
                    |a: &Argument| matches!(a.relation, Relation::Complement | Relation::OpenComplement);
                (arguments.iter().any(clause), 2)
            }
            Condition::Infinitive => (arguments.iter().any(|a| is_infinitive(reading, a)), 2),
            Condition::Several => (are_several(reading, arguments), 1),
        };
        if !holds {
            return None;
        }
        score += weight;
    }
    Some(score)
}

/// "*Macron and Putin* spoke", "*the two leaders* spoke".
fn are_several(reading: &Reading<'_>, arguments: &[Argument]) -> bool {
    let subjects = || arguments.iter().filter(|a| a.relation == Relation::Subject);
    let syntax = reading.syntax();
    let counted = |head: u32| {
        syntax.children(head).any(|c| c < head && matches!(syntax.lemma(c), "two" | "both" | "three"))
    };
    subjects().nth(1).is_some() || subjects().any(|a| counted(a.head))
}

fn in_slot(reading: &Reading<'_>, argument: &Argument, slot: Slot, fit: &Fit<'_>) -> bool {
    match slot {
        Slot::Subject => argument.relation == Relation::Subject,
        Slot::Object => match fit.object_preposition {
            Some(word) => has_preposition(reading, argument, word),
            None => argument.relation == Relation::Object,
        },
        Slot::Preposition(word) => has_preposition(reading, argument, word),
    }
}

fn is_in(reading: &Reading<'_>, argument: &Argument, classes: u128) -> bool {
    classes == 0 || reading.phrase_classes(argument.head) & classes != 0
}

/// How many conditions of a noun's entry are fulfilled by the phrases that depend on it; `None` when one is not. Nouns
/// know conditions on prepositions only.
pub(super) fn fit_noun(reading: &Reading<'_>, noun: u32, entry: &Entry) -> Option<usize> {
    let syntax = reading.syntax();
    let mut score = 3 * entry.more.len();
    for condition in &entry.conditions {
        let Condition::Filled(Slot::Preposition(word), classes) = *condition else { return None };
        let fits = |c: u32| classes == 0 || reading.phrase_classes(c) & classes != 0;
        let own = syntax.children(noun).filter(|&c| c > noun).any(|c| {
            let marked = syntax
                .children(c)
                .any(|p| p < c && reading.word(p) == word && syntax.deprel(p) == Deprel::Case);
            marked && fits(c)
        });
        // "rejected calls *for* a ceasefire": right behind the noun it is the noun's, wherever the tree hangs it
        let behind = || {
            let next = noun + 1;
            next < syntax.len()
                && reading.word(next) == word
                && syntax.deprel(next) == Deprel::Case
                && syntax.head(next).is_some_and(fits)
        };
        let holds = own || behind();
        if !holds {
            return None;
        }
        score += if classes == 0 { 1 } else { 2 };
    }
    Some(score)
}

/// A clause without subject of its own, headed by a verb: "asked *to leave*", not "called *a fool*". With "for"
/// it has one: "called *for Iran to stop*".
fn is_infinitive(reading: &Reading<'_>, argument: &Argument) -> bool {
    let clause = reading.input.frames.headed_by(argument.head);
    clause.is_some_and(|c| c.kind == PredicateKind::Verb)
        && match argument.relation {
            // not "called it *unhinged*"
            Relation::OpenComplement => {
                let syntax = reading.syntax();
                let marked = |c: u32| {
                    matches!(syntax.deprel(c), Deprel::Mark | Deprel::Aux | Deprel::AuxPass | Deprel::Case)
                };
                syntax.xpos(argument.head) != Xpos::Vbn || syntax.children(argument.head).any(marked)
            }
            Relation::Adverbial | Relation::Complement => {
                argument.marker.is_some_and(|m| matches!(reading.lemma(m), "for" | "to"))
                    && clause.is_some_and(|c| c.tense == Tense::None)
            }
            _ => false,
        }
}
