//! How sure the reading of a clause is, so that the acts a reader would name first come first.

use newsgraph_syntax::Upos;

use super::reading::Reading;
use super::roles::Draft;
use crate::{Frame, Link, Modality};

/// How sure the reading is: typed acts in main clauses with both sides known come first.
pub(super) fn of_clause(reading: &Reading<'_>, frame: &Frame, draft: &Draft) -> f64 {
    let syntax = reading.syntax();
    let mut value: f64 = 0.45;
    if draft.kind.is_some() {
        value += 0.2;
    }
    if draft.has_actor() {
        value += 0.1;
    }
    if draft.has_recipient() || draft.has_theme() {
        value += 0.1;
    }
    value += match frame.link {
        Link::Root => 0.1,
        Link::Conjunct | Link::Complement => 0.05,
        Link::Parataxis | Link::Relative => 0.0,
        Link::OpenComplement | Link::Adverbial | Link::Modifier => -0.05,
    };
    if frame.modality != Modality::Actual {
        value -= 0.05;
    }
    if !draft.has_more_than_actors() {
        value -= 0.35; // somebody does something: little is said
    }
    let pronouns = draft.actors().iter().all(|&h| syntax.upos(h) == Upos::Pron);
    if draft.has_actor() && pronouns {
        value -= 0.03;
    }
    value
}
