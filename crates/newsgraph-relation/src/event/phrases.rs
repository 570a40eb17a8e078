//! What a phrase with a preposition is in an act: place, time, instrument, topic, or just its preposition.

use newsgraph_entity::EntityType;
use newsgraph_syntax::Deprel;

use super::reading::Reading;
use super::roles::Draft;
use crate::lexicon::{Entry, Part};
use crate::{Argument, PloverType};

/// Adds the phrase headed by `argument.head` to the draft, with the role that the entry or, failing it, the
/// preposition gives it.
pub(super) fn add_oblique(
    reading: &Reading<'_>,
    draft: &mut Draft,
    argument: &Argument,
    entry: Option<&Entry>,
) {
    let head = argument.head;
    let Some(marker) = argument.marker else {
        let name = if reading.is_time(head) { "time" } else { "theme" };
        draft.add_argument(name, "", head);
        return;
    };
    let word = reading.word(marker);
    if reading.is_time(head) {
        draft.add_argument("time", "", head);
        return;
    }
    if let Some(entry) = entry {
        if entry.mutual && matches!(reading.lemma(marker), "between" | "among") {
            return draft.add(Part::Actor, head);
        }
        if entry.actors.contains(&word) {
            return draft.add(Part::Actor, head);
        }
        if entry.recipients.contains(&word) && takes_as_recipient(reading, entry, head) {
            return draft.add(Part::Recipient, head);
        }
    }
    let preposition = reading.lemma(marker);
    if preposition == "accord" {
        return; // "according to …": a source, not a part of the act
    }
    let classes = reading.phrase_classes(head);
    let of_preposition = reading.lexicon.classes(word);
    let in_class = |class: u128| of_preposition & class != 0;
    let place = classes & reading.classes.place != 0 && classes & reading.classes.person == 0;
    let about = in_class(reading.classes.topic_preposition) && exchanges_words(draft.kind);
    // "talks *on Ukraine*": nobody meets on a country
    let name = if about && reading.own_entity_kind(head) == Some(EntityType::Gpe) {
        "topic"
    } else if in_class(reading.classes.place_preposition) && place {
        "place"
    } else if in_class(reading.classes.instrument_preposition) && classes & reading.classes.weapon != 0 {
        "instrument"
    } else if about {
        "topic"
    } else {
        ""
    };
    if name.is_empty() {
        draft.add_argument(name, &whole_preposition(reading, marker), head);
    } else {
        draft.add_argument(name, "", head);
    }
}

fn exchanges_words(kind: Option<PloverType>) -> bool {
    matches!(kind, Some(PloverType::Consult | PloverType::Agree | PloverType::Accuse | PloverType::Protest))
}

/// "because of", "due to": a preposition with the words fixed to it.
fn whole_preposition(reading: &Reading<'_>, marker: u32) -> String {
    let syntax = reading.syntax();
    let form = |token| reading.input.segmentation.form(reading.input.text, token).to_lowercase();
    let mut whole = form(marker);
    for part in syntax.children(marker).filter(|&c| syntax.deprel(c) == Deprel::Fixed) {
        whole.push(' ');
        whole.push_str(&form(part));
    }
    whole
}

/// A phrase after "in", "at" or "on" undergoes an act only when it can take part in one; other prepositions
/// that an entry names are clear enough.
fn takes_as_recipient(reading: &Reading<'_>, entry: &Entry, head: u32) -> bool {
    let verbal = matches!(
        entry.kind,
        Some(
            PloverType::Consult
                | PloverType::Agree
                | PloverType::Support
                | PloverType::Concede
                | PloverType::Request
                | PloverType::Accuse
                | PloverType::Reject
                | PloverType::Aid
        )
    );
    !verbal || reading.is_participant(head)
}
