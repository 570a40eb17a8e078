//! How sure the reading of a clause is, so that the acts a reader would name first come first.
//!
//! The weights are shares of right readings, rounded, on the development part of CaRB: what stands in the main
//! clause is read best; what a participle below a noun does is read worst, as both the noun and the voice are
//! guesses; and what somebody else is quoted with hangs on the reading of the quote too.

use newsgraph_syntax::{Deprel, Syntax, Upos, Xpos};

use super::reading::Reading;
use super::roles::Draft;
use crate::{Frame, Link, Modality, PredicateKind};

/// How sure the reading of a clause is.
pub(super) fn of_clause(reading: &Reading<'_>, frame: &Frame, draft: &Draft) -> f64 {
    let syntax = reading.syntax();
    let mut value = of_link(syntax, frame);
    if reading.quote(frame.head).is_some() {
        value -= 0.15;
    }
    if !draft.has_more_than_actors() {
        value -= 0.4; // somebody does something: little is said
    } else if draft.has_recipient() || draft.has_theme() {
        value += 0.02;
    }
    if frame.modality != Modality::Actual {
        value -= 0.04;
    }
    if syntax.xpos(frame.head) == Xpos::Vbg {
        value -= 0.02;
    }
    let unresolved = |&head: &u32| {
        syntax.upos(head) == Upos::Pron
            && matches!(syntax.lemma(head), "it" | "they" | "we" | "who" | "that" | "which")
    };
    if draft.actors().iter().any(unresolved) {
        value -= 0.06;
    }
    if !draft.has_actor() && !draft.has_recipient() {
        value -= 0.05;
    }
    value
}

fn of_link(syntax: &Syntax, frame: &Frame) -> f64 {
    let copula = frame.kind == PredicateKind::Copula;
    match frame.link {
        Link::Root if copula => 0.66,
        Link::Root => 0.72,
        Link::Conjunct if copula => 0.66,
        Link::Conjunct => 0.62,
        // A verb in the place of a noun is often no verb.
        Link::Parataxis if !is_clause(syntax.deprel(frame.head)) => 0.35,
        Link::Parataxis => 0.62,
        Link::Complement if copula => 0.5,
        Link::Complement | Link::OpenComplement => 0.55,
        Link::Relative => 0.54,
        Link::Adverbial => 0.5,
        Link::Modifier => 0.4,
    }
}

fn is_clause(deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Parataxis | Deprel::Conj | Deprel::Root | Deprel::Appos)
}
