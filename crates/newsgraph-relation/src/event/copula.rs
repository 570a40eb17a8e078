//! What is said of somebody with a form of "be": "Putin is president", "they may have been right".

use newsgraph_syntax::{Deprel, Upos};

use super::confidence;
use super::phrases::add_oblique;
use super::reading::Reading;
use super::roles::Draft;
use crate::frame::governs_infinitive;
use crate::lexicon::Part;
use crate::{Argument, Event, Frame, PredicateKind, Relation};

/// The event of a clause whose predicate is a noun, an adjective or a phrase beside a form of "be".
pub(super) fn code(reading: &Reading<'_>, frame: &Frame, arguments: &[Argument]) -> Option<Event> {
    let copula = frame.copula?;
    if hands_on(reading, frame) {
        return None; // the event of its infinitive carries its words
    }
    let syntax = reading.syntax();
    let mut draft = Draft::new(copula, "be");
    draft.trigger.extend(auxiliaries(reading, frame.head));
    draft.polarity = frame.polarity;
    draft.modality = frame.modality;
    for argument in arguments {
        match argument.relation {
            Relation::Subject => draft.add(Part::Actor, argument.head),
            Relation::Oblique | Relation::Unmarked if argument.head > frame.head => {
                add_oblique(reading, &mut draft, argument, None);
            }
            _ => {}
        }
    }
    if !draft.has_actor() {
        return None;
    }
    if matches!(syntax.upos(frame.head), Upos::Verb | Upos::Aux) {
        draft.add_clause(frame.head); // "the aim is to win"
    } else {
        draft.add(Part::Theme, frame.head);
    }
    super::coding::add_circumstantial_clauses(reading, frame, arguments, &mut draft);
    draft.confidence = confidence::of_clause(reading, frame, &draft);
    Some(draft.finish(reading))
}

/// Auxiliaries and negation beside the form of "be": they hang on the predicate in the tree but belong to the verb.
pub(super) fn auxiliaries<'a>(reading: &Reading<'a>, head: u32) -> impl Iterator<Item = u32> + use<'a> {
    let syntax = reading.syntax();
    syntax.children(head).filter(move |&c| match syntax.deprel(c) {
        Deprel::Aux => true,
        Deprel::Advmod => matches!(syntax.lemma(c), "not" | "n't" | "n’t" | "never"),
        _ => false,
    })
}

/// "is *able* to leave", "is *likely* to win": the adjective only says how the act of its infinitive stands.
pub(super) fn hands_on(reading: &Reading<'_>, frame: &Frame) -> bool {
    let syntax = reading.syntax();
    let frames = reading.input.frames;
    frame.kind == PredicateKind::Copula
        && frame.copula.is_some()
        && syntax.upos(frame.head) == Upos::Adj
        && governs_infinitive(syntax.lemma(frame.head))
        && frames
            .with_relation(frame, Relation::OpenComplement)
            .any(|a| frames.headed_by(a.head).is_some_and(|f| f.kind == PredicateKind::Verb))
}
