//! What PLOVER makes of an act that is promised, refused, demanded or announced; and the modes that words tell.

use super::coding::light_noun;
use newsgraph_syntax::Deprel;

use super::conditions;
use super::nominal;
use super::reading::Reading;
use super::roles::Draft;
use crate::{
    Frame, Link, Modality, Mode, ModeSet, PloverType, Polarity, PredicateKind, Relation, Tense, noun_phrase,
};

/// How far from its verb a word may stand to tell the mode of an act.
const CUE_WINDOW: u32 = 24;

/// The type by PLOVER's rules of promise and tense, then the modes.
pub(super) fn apply(reading: &Reading<'_>, frame: &Frame, draft: &mut Draft) {
    apply_commitment(reading, frame, draft);
    apply_tense(reading, frame, draft);
    let Some(kind) = draft.kind else { return };
    draft.modes = draft.modes.restricted_to(kind);
    let words = matches!(kind, PloverType::Request | PloverType::Reject);
    if words {
        add_asked_modes(reading, frame, draft);
    }
    // What is asked for says more than single words do.
    if draft.modes.is_empty() || !words {
        add_cued_modes(reading, frame, draft, kind);
    }
}

/// A promise is the act that is promised: of harm a threat, of a concession a concession, of a refusal a refusal.
fn apply_commitment(reading: &Reading<'_>, frame: &Frame, draft: &mut Draft) {
    if draft.kind != Some(PloverType::Agree) {
        return;
    }
    let promised = acts_below(reading, frame).next().or_else(|| promised_noun(reading, draft));
    let Some((kind, modes, negative)) = promised else { return };
    if negative {
        return; // "promised not to attack"
    }
    match kind {
        PloverType::Concede | PloverType::Retreat => draft.kind = Some(PloverType::Concede),
        PloverType::Reject => draft.kind = Some(kind),
        _ => {
            if let Some(mode) = threat_of(kind, modes) {
                draft.kind = Some(PloverType::Threaten);
                draft.modes = ModeSet::default();
                draft.modes.insert(mode);
            }
        }
    }
}

/// "proposed *a ban*", "pledged *retaliation*": of nouns only those of harm, as others say no more than the verb.
fn promised_noun(reading: &Reading<'_>, draft: &Draft) -> Option<(PloverType, ModeSet, bool)> {
    let entry = draft.themes().find_map(|head| nominal::best_noun(reading, reading.content_head(head)))?;
    let kind = entry.kind.filter(|&kind| threat_of(kind, entry.modes).is_some())?;
    Some((kind, entry.modes, false))
}

/// Type, modes and denial of the acts in the complement clauses of a frame.
pub(super) fn acts_below<'r>(
    reading: &'r Reading<'_>,
    frame: &'r Frame,
) -> impl Iterator<Item = (PloverType, ModeSet, bool)> + 'r {
    let frames = reading.input.frames;
    frames.arguments(frame).iter().filter_map(move |a| {
        let below = matches!(a.relation, Relation::Complement | Relation::OpenComplement)
            || (a.relation == Relation::Adverbial
                && a.marker.is_some_and(|m| matches!(reading.lemma(m), "for" | "to")));
        let clause = frames.headed_by(a.head).filter(|_| below && a.head > frame.head)?;
        let arguments = frames.arguments(clause);
        let fit = conditions::best_verb(reading, clause, arguments);
        if let Some((_, entry)) = light_noun(reading, clause, arguments, fit.as_ref())
            && fit.as_ref().is_none_or(|f| f.entry.kind.is_none())
        {
            return Some((entry.kind?, entry.modes, clause.polarity == Polarity::Negative));
        }
        let entry = fit?.entry;
        Some((entry.kind?, entry.modes, clause.polarity == Polarity::Negative))
    })
}

/// The mode of a demand or a refusal, from the act that is asked for or refused.
fn mode_of_asked(kind: PloverType, modes: ModeSet) -> Option<Mode> {
    match kind {
        PloverType::Consult => Some(Mode::Meet),
        PloverType::Retreat if modes.contains(Mode::Resign) => Some(Mode::Change),
        PloverType::Retreat | PloverType::Concede => Some(Mode::Yield),
        PloverType::Aid | PloverType::Cooperate | PloverType::Agree | PloverType::Support => {
            Some(Mode::Assist)
        }
        _ => None,
    }
}

/// The modes of a demand or refusal told by the acts in its clauses and by the nouns of its phrases.
fn add_asked_modes(reading: &Reading<'_>, frame: &Frame, draft: &mut Draft) {
    let mut found = ModeSet::default();
    for (kind, modes, _) in acts_below(reading, frame) {
        mode_of_asked(kind, modes).into_iter().for_each(|mode| found.insert(mode));
    }
    for head in draft.heads() {
        if let Some(entry) = nominal::best_noun(reading, reading.content_head(head))
            && let Some(kind) = entry.kind
        {
            mode_of_asked(kind, entry.modes).into_iter().for_each(|mode| found.insert(mode));
        }
    }
    draft.modes = draft.modes.union(found);
}

/// What PLOVER makes of an act that has not happened: planned cooperation is an agreement, announced harm a
/// threat, cooperation that will not be a refusal.
fn apply_tense(reading: &Reading<'_>, frame: &Frame, draft: &mut Draft) {
    let Some(kind) = draft.kind else { return };
    let refusable = matches!(
        kind,
        PloverType::Agree
            | PloverType::Consult
            | PloverType::Support
            | PloverType::Concede
            | PloverType::Cooperate
            | PloverType::Aid
            | PloverType::Retreat
    );
    let planned = is_planned(reading, frame);
    // "failed to reach agreement", "did not agree"
    let disagreed = kind == PloverType::Agree && frame.modality == Modality::Actual;
    if frame.polarity == Polarity::Negative && refusable && (planned || disagreed) {
        draft.kind = Some(PloverType::Reject);
        draft.polarity = Polarity::Positive;
        draft.modes = ModeSet::default();
        match kind {
            PloverType::Consult => draft.modes.insert(Mode::Meet),
            PloverType::Concede | PloverType::Retreat => draft.modes.insert(Mode::Yield),
            PloverType::Aid | PloverType::Cooperate => draft.modes.insert(Mode::Assist),
            _ => {}
        }
    } else if planned && frame.polarity == Polarity::Positive {
        if let Some(mode) = threat_of(kind, draft.modes) {
            draft.kind = Some(PloverType::Threaten);
            draft.modes = ModeSet::default();
            draft.modes.insert(mode);
        } else {
            draft.kind = Some(kind.in_future());
        }
    }
}

/// Whether the act is planned: told in the future, also in that of a report of the past ("said it *would* leave"), or
/// what somebody is ready for ("is willing *to talk*").
fn is_planned(reading: &Reading<'_>, frame: &Frame) -> bool {
    let governor = frame.parent.and_then(|p| reading.input.frames.get(p));
    match (frame.modality, frame.link, governor) {
        (Modality::Future, _, _) => true,
        (Modality::Possible, Link::Complement | Link::Conjunct, Some(above)) => {
            let report =
                if frame.link == Link::Complement { Some(above) } else { reported_by(reading, above) };
            let Some(report) = report else { return false };
            let syntax = reading.syntax();
            let would = |c: u32| syntax.deprel(c) == Deprel::Aux && syntax.lemma(c) == "would";
            report.tense == Tense::Past
                && report.polarity == Polarity::Positive
                && report.modality == Modality::Actual
                && syntax.children(frame.head).any(would)
        }
        (Modality::Possible, Link::OpenComplement, Some(ready)) => {
            let mut entries = reading.lexicon.adjectives(reading.word(ready.head));
            ready.kind == PredicateKind::Copula
                && ready.polarity == Polarity::Positive
                && entries.any(|entry| entry.kind == Some(PloverType::Agree))
        }
        _ => false,
    }
}

/// The report of a clause that others are coordinated with: "said both agreed and *would* go on".
fn reported_by<'r>(reading: &'r Reading<'_>, first: &Frame) -> Option<&'r Frame> {
    first.parent.filter(|_| first.link == Link::Complement).and_then(|p| reading.input.frames.get(p))
}

/// The mode of a threat to do an act of this type.
fn threat_of(kind: PloverType, modes: ModeSet) -> Option<Mode> {
    match kind {
        PloverType::Assault => Some(Mode::Violence),
        PloverType::Sanction if modes.contains(Mode::Expel) => Some(Mode::Expel),
        PloverType::Sanction => Some(Mode::Relations),
        PloverType::Coerce if modes.contains(Mode::Arrest) => Some(Mode::Arrest),
        PloverType::Coerce if modes.contains(Mode::Deport) => Some(Mode::Expel),
        PloverType::Coerce if modes.contains(Mode::Seize) => Some(Mode::Territory),
        PloverType::Coerce => Some(Mode::Restrict),
        PloverType::Protest if modes.contains(Mode::Boycott) => Some(Mode::Relations),
        _ => None,
    }
}

/// Modes told by the words of the act and of the phrases and clauses that belong to it.
fn add_cued_modes(reading: &Reading<'_>, frame: &Frame, draft: &mut Draft, kind: PloverType) {
    let mut modes = draft.modes;
    let mut found = ModeSet::default();
    let mut look = |token: u32| {
        for mode in reading.lexicon.cues(reading.word(token), kind) {
            found.insert(mode);
        }
    };
    for &token in &draft.trigger {
        look(token);
    }
    let syntax = reading.syntax();
    for head in draft.heads() {
        let phrase = noun_phrase(syntax, head);
        for token in phrase.start.max(head.saturating_sub(6))..phrase.end.min(head + 8) {
            look(token);
        }
    }
    if kind == PloverType::Threaten {
        // "threatened the city with *bombardment*"
        let nouns = draft.heads().filter_map(|h| nominal::best_noun(reading, reading.content_head(h)));
        nouns
            .filter_map(|entry| entry.kind.and_then(|k| threat_of(k, entry.modes)))
            .for_each(|mode| modes.insert(mode));
    }
    let frames = reading.input.frames;
    let own = frames.index_around(frame.head);
    let clause = syntax.subtree(frame.head);
    let near =
        clause.start.max(frame.head.saturating_sub(CUE_WINDOW))..clause.end.min(frame.head + CUE_WINDOW);
    for token in near {
        if frames.index_around(token) == own {
            look(token);
        }
    }
    for argument in frames.arguments(frame) {
        if !matches!(argument.relation, Relation::Complement | Relation::OpenComplement) {
            continue;
        }
        look(argument.head);
        if let Some(clause) = frames.headed_by(argument.head) {
            if kind == PloverType::Threaten
                && let Some(fit) = conditions::best_verb(reading, clause, frames.arguments(clause))
                && let Some(mode) = fit.entry.kind.and_then(|k| threat_of(k, fit.entry.modes))
            {
                modes.insert(mode);
                continue;
            }
            for below in frames.with_relation(clause, Relation::Object) {
                look(below.head);
            }
        }
    }
    draft.modes = modes.union(found);
}
