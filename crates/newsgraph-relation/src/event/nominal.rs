//! Acts named by nouns: "the invasion of Ukraine by Russia", "Ukrainian strikes on Izhevsk".

use newsgraph_entity::EntityType;
use newsgraph_syntax::{Deprel, Upos};

use super::Event;
use super::coding::antecedent;
use super::conditions::fit_noun;
use super::phrases::add_oblique;
use super::reading::Reading;
use super::roles::Draft;
use crate::lexicon::{Entry, Part};
use crate::{Argument, Modality, PloverType, Relation};

/// Conjuncts of a participant that are looked at.
const MOST_CONJUNCTS: usize = 16;

/// The entry for a noun: the one with most of its modifiers given.
pub(super) fn best_noun<'l>(reading: &Reading<'l>, noun: u32) -> Option<&'l Entry> {
    let syntax = reading.syntax();
    let mut best: Option<(usize, &Entry)> = None;
    for entry in reading.lexicon.nouns(reading.word(noun)) {
        let modified = entry.more.iter().all(|&word| {
            syntax.children(noun).any(|c| {
                reading.word(c) == word
                    && matches!(syntax.deprel(c), Deprel::Compound | Deprel::Amod | Deprel::NmodPoss)
            })
        });
        if modified
            && let Some(score) = fit_noun(reading, noun, entry)
            && best.is_none_or(|(most, _)| score >= most)
        {
            best = Some((score, entry));
        }
    }
    best.map(|(_, entry)| entry).filter(|e| e.kind.is_some())
}

/// Adds the events of all nouns that no verb has taken.
pub(super) fn code_nouns(reading: &mut Reading<'_>, events: &mut Vec<Event>) {
    let syntax = reading.syntax();
    for noun in 0..syntax.len() {
        let names_act = matches!(syntax.upos(noun), Upos::Noun | Upos::Propn)
            && !matches!(
                syntax.deprel(noun),
                Deprel::Compound
                    | Deprel::Flat
                    | Deprel::Amod
                    | Deprel::Fixed
                    | Deprel::Case
                    | Deprel::Nummod
            )
            && !reading.is_consumed(noun);
        if !names_act {
            continue;
        }
        if let Some(entry) = best_noun(reading, noun)
            && !is_name(reading, noun)
            && !is_danger(reading, noun, entry)
        {
            events.push(code_noun(reading, noun, entry));
        }
    }
}

/// A noun inside a name ("Strike Force", "March") names no act, unless the name is that of an event.
fn is_name(reading: &Reading<'_>, noun: u32) -> bool {
    reading.syntax().upos(noun) == Upos::Propn && reading.own_entity_kind(noun) != Some(EntityType::Event)
}

/// "is a *threat* to Europe", "as a *threat*", "the *threat* of war": what somebody is and not what he does.
fn is_danger(reading: &Reading<'_>, noun: u32, entry: &Entry) -> bool {
    if entry.kind != Some(PloverType::Threaten) || reading.lemma(noun) != "threat" {
        return false;
    }
    let syntax = reading.syntax();
    let posed = |t: u32| matches!(reading.lemma(t), "pose" | "face" | "represent" | "remain");
    syntax.child(noun, Deprel::Cop).is_some()
        || preposition_of(reading, noun).is_some_and(|p| reading.lemma(p) == "as")
        || syntax.head(noun).is_some_and(posed)
        || syntax.children(noun).any(|c| syntax.deprel(c).is(Deprel::Acl) && posed(c))
}

fn code_noun(reading: &Reading<'_>, noun: u32, entry: &Entry) -> Event {
    let mut draft = Draft::new(noun, &reading.lemma(noun).to_lowercase());
    draft.kind = entry.kind;
    draft.rule = Some(entry.rule);
    draft.modes = entry.modes;
    add_modifier_words(reading, &mut draft, noun, entry);
    add_dependents(reading, &mut draft, noun, entry);
    add_from_clause(reading, &mut draft, noun);
    draft.modality = modality(reading, noun);
    if draft.modality == Modality::Future {
        draft.kind = draft.kind.map(PloverType::in_future);
    }
    if let Some(kind) = draft.kind {
        let syntax = reading.syntax();
        for child in syntax.children(noun).filter(|&c| c < noun) {
            for mode in reading.lexicon.cues(reading.word(child), kind) {
                draft.modes.insert(mode);
            }
        }
        draft.modes = draft.modes.restricted_to(kind);
    }
    draft.confidence =
        0.2 + if draft.has_actor() { 0.15 } else { 0.0 } + if draft.has_recipient() { 0.1 } else { 0.0 };
    draft.finish(reading)
}

/// "*phone* call": words of the entry belong to the trigger.
fn add_modifier_words(reading: &Reading<'_>, draft: &mut Draft, noun: u32, entry: &Entry) {
    let syntax = reading.syntax();
    for child in syntax.children(noun).filter(|&c| c < noun) {
        if entry.more.contains(&reading.word(child)) {
            draft.trigger.push(child);
        }
    }
    if !entry.more.is_empty() {
        let words: Vec<&str> = entry.more.iter().map(|&w| reading.lexicon.text(w)).collect();
        draft.lemma = format!("{} {}", words.join(" "), draft.lemma);
    }
}

/// An act that is only planned, asked for or denied where it is mentioned is no fact: the clause around decides
/// when the noun is its object.
fn modality(reading: &Reading<'_>, noun: u32) -> Modality {
    let frames = reading.input.frames;
    let Some(frame) = frames.around(noun) else { return Modality::Actual };
    let governs = reading.syntax().head(noun) == Some(frame.head);
    if !governs {
        return Modality::Actual;
    }
    match reading.lemma(frame.head) {
        "demand" | "urge" | "seek" | "request" | "call" | "want" | "order" | "need" | "propose" => {
            Modality::Demanded
        }
        "plan" | "schedule" | "expect" | "prepare" | "await" => Modality::Future,
        "threaten" | "fear" | "prevent" | "avoid" | "avert" | "consider" | "reject" | "oppose" => {
            Modality::Possible
        }
        _ => frame.modality,
    }
}

/// Adds the participants that depend on the noun itself.
pub(super) fn add_dependents(reading: &Reading<'_>, draft: &mut Draft, noun: u32, entry: &Entry) {
    let syntax = reading.syntax();
    let has = |preposition: &str| {
        syntax
            .children(noun)
            .any(|c| c > noun && preposition_of(reading, c).is_some_and(|p| reading.lemma(p) == preposition))
    };
    let possessor = if has("by") && !has("of") { Part::Recipient } else { entry.possessor };
    for child in syntax.children(noun) {
        match syntax.deprel(child) {
            Deprel::NmodPoss if reading.is_time(child) => draft.add_argument("time", "", child),
            Deprel::NmodPoss => add_all(reading, draft, possessor, antecedent(reading, child)),
            Deprel::Amod | Deprel::Compound if is_name_of_party(reading, child) => {
                let part = if syntax.deprel(child) == Deprel::Compound { possessor } else { Part::Actor };
                add_all(reading, draft, part, child);
            }
            Deprel::NmodUnmarked | Deprel::Nmod | Deprel::Obl if child > noun => {
                add_prepositional(reading, draft, child, entry);
            }
            _ => {}
        }
    }
}

fn add_prepositional(reading: &Reading<'_>, draft: &mut Draft, child: u32, entry: &Entry) {
    let marker = preposition_of(reading, child);
    let part = match marker.map(|m| reading.lemma(m)) {
        Some("of") if entry.of == Part::Actor && !reading.is_participant(child) => Some(Part::Theme),
        Some("of") => Some(entry.of),
        Some("by") => Some(Part::Actor),
        Some("between" | "among") => Some(Part::Actor),
        _ => None,
    };
    if let Some(part) = part {
        return add_all(reading, draft, part, child);
    }
    for_conjuncts(reading, child, |head| {
        let argument = Argument { head, relation: Relation::Oblique, marker, shared: false, pronoun: None };
        add_oblique(reading, draft, &argument, Some(entry));
    });
}

/// Adds a phrase and what is coordinated with it.
fn add_all(reading: &Reading<'_>, draft: &mut Draft, part: Part, first: u32) {
    for_conjuncts(reading, first, |head| draft.add(part, head));
}

fn for_conjuncts(reading: &Reading<'_>, first: u32, mut each: impl FnMut(u32)) {
    let syntax = reading.syntax();
    each(first);
    let conjuncts = syntax.children(first).filter(|&c| syntax.deprel(c) == Deprel::Conj);
    conjuncts.take(MOST_CONJUNCTS).for_each(each);
}

fn preposition_of(reading: &Reading<'_>, head: u32) -> Option<u32> {
    let syntax = reading.syntax();
    syntax.children(head).find(|&c| syntax.deprel(c) == Deprel::Case && c < head)
}

/// A nationality, a country, a body or a person before the noun: "*Ukrainian* strikes", "*Israel* talks".
fn is_name_of_party(reading: &Reading<'_>, token: u32) -> bool {
    let form = reading.input.segmentation.form(reading.input.text, token);
    form.starts_with(char::is_uppercase)
        && reading.own_entity_kind(token).is_some_and(|kind| {
            matches!(kind, EntityType::Norp | EntityType::Gpe | EntityType::Org | EntityType::Person)
        })
}

/// The participant inside a phrase: "*Russia's* invasion", "the resignation of *Assad*", "*Iranian* missiles".
pub(super) fn participant_inside(reading: &Reading<'_>, head: u32) -> Option<u32> {
    let syntax = reading.syntax();
    let inside = syntax.children(head).find(|&c| match syntax.deprel(c) {
        Deprel::NmodPoss => reading.is_participant(c),
        Deprel::Amod | Deprel::Compound => is_name_of_party(reading, c),
        Deprel::Nmod => {
            let marked = preposition_of(reading, c).is_some_and(|p| {
                matches!(
                    reading.lemma(p),
                    "of" | "by" | "on" | "against" | "with" | "from" | "to" | "between"
                )
            });
            marked && reading.is_participant(c)
        }
        _ => false,
    });
    inside.map(|c| antecedent(reading, c))
}

/// Who undergoes the act that `noun` names: "support for *Ukraine's* independence", "a call for *Tehran* to halt".
pub(super) fn recipient_of(reading: &Reading<'_>, noun: u32, entry: &Entry) -> Option<u32> {
    let syntax = reading.syntax();
    let directed = |&c: &u32| {
        syntax.deprel(c).is(Deprel::Nmod)
            && c > noun
            && preposition_of(reading, c)
                .is_some_and(|p| entry.recipients.contains(&reading.word(p)) || reading.lemma(p) == "for")
    };
    let phrase = syntax.children(noun).find(directed)?;
    if reading.is_participant(phrase) { Some(phrase) } else { participant_inside(reading, phrase) }
}

/// "is on a *visit* to Kyiv", "said during a *visit*": who visits is the subject of the clause.
fn add_from_clause(reading: &Reading<'_>, draft: &mut Draft, noun: u32) {
    if draft.has_actor() || draft.kind != Some(PloverType::Consult) {
        return;
    }
    let during = preposition_of(reading, noun)
        .is_some_and(|p| matches!(reading.lemma(p), "on" | "in" | "during" | "for"));
    let frames = reading.input.frames;
    let Some(frame) = frames.around(noun) else { return };
    if during && (frame.head == noun || reading.syntax().head(noun) == Some(frame.head)) {
        for subject in frames.surface_subjects(frame).filter(|s| reading.is_participant(s.head)) {
            draft.add(Part::Actor, subject.head);
        }
    }
}
