//! Clauses that report what somebody says, thinks or finds: "Kyiv said that …".
//!
//! What is said is a quote and its acts are events of their own; that it is said is one too, outside of the
//! ontology. A report that somebody *must* do something asks it of them: "Kyiv said Moscow must withdraw" is a
//! request.

use newsgraph_syntax::Upos;
use newsgraph_text::{Span, TokenRange};

use super::coding::antecedent;
use super::confidence;
use super::phrases::add_oblique;
use super::reading::Reading;
use super::roles::{Draft, trim_ends};
use crate::lexicon::Part;
use crate::{Argument, Event, Frame, Link, Modality, PloverType, Polarity, PredicateKind, Relation, Voice};

/// The event of a reporting clause.
pub(super) fn code(reading: &Reading<'_>, frame: &Frame, arguments: &[Argument]) -> Option<Event> {
    let mut draft = Draft::new(frame.head, reading.lemma(frame.head));
    if let Some(particle) = frame.particle {
        draft.trigger.push(particle);
        draft.lemma.push(' ');
        draft.lemma.push_str(reading.lemma(particle));
    }
    draft.polarity = frame.polarity;
    draft.modality = frame.modality;
    let content = reading.content_of_cue(frame.head);
    add_participants(reading, arguments, content, &mut draft);
    let before = content.is_empty().then(|| reported_before(reading, frame)).flatten();
    if let Some(before) = before {
        draft.add_contents(&[before]);
    } else if content.is_empty() {
        let clause = arguments.iter().find(|a| {
            matches!(a.relation, Relation::Complement | Relation::OpenComplement)
                && reading.syntax().head(a.head) == Some(frame.head)
        });
        if let Some(clause) = clause {
            draft.add_clause(clause.head);
        }
    } else {
        draft.add_contents(content);
    }
    if !draft.has_role() {
        return None;
    }
    super::coding::add_circumstantial_clauses(reading, frame, arguments, &mut draft);
    for asked in asked(reading, frame, arguments) {
        draft.kind = Some(PloverType::Request);
        draft.add(Part::Recipient, asked.head);
    }
    draft.confidence = confidence::of_clause(reading, frame, &draft);
    Some(draft.finish(reading))
}

/// "Police closed the road, *officials said*": what stands before a reporting clause that is set into it or added.
fn reported_before(reading: &Reading<'_>, frame: &Frame) -> Option<Span> {
    let frames = reading.input.frames;
    let syntax = reading.syntax();
    if !matches!(frame.link, Link::Parataxis | Link::Conjunct) {
        return None;
    }
    let reported = frames.get(frame.parent?)?;
    let end = syntax.subtree(frame.head).start;
    let start = syntax.subtree(reported.head).start;
    let comma =
        end.checked_sub(1).is_some_and(|t| syntax.upos(t) == Upos::Punct) || syntax.upos(end) == Upos::Punct;
    (reported.head < end && comma).then(|| {
        let range = trim_ends(reading, TokenRange::new(start, end), reported.head);
        reading.input.segmentation.span(range)
    })
}

fn add_participants(reading: &Reading<'_>, arguments: &[Argument], content: &[Span], draft: &mut Draft) {
    let no_subject = !arguments.iter().any(|a| a.relation == Relation::Subject);
    for argument in arguments {
        let head = argument.head;
        let span = reading.input.segmentation.token(head);
        if content.iter().any(|c| c.overlaps(span)) {
            continue;
        }
        match argument.relation {
            Relation::Subject => draft.add(Part::Actor, antecedent(reading, head)),
            // "…", said the palace: who says it, behind the verb
            Relation::IndirectObject | Relation::Object
                if no_subject && !content.is_empty() && head > draft.head && reading.is_participant(head) =>
            {
                draft.add(Part::Actor, head);
            }
            Relation::IndirectObject => draft.add(Part::Recipient, head),
            Relation::Object if reading.is_time(head) => draft.add_argument("time", "", head),
            Relation::Object if reading.is_person(head) && !content.is_empty() => {
                draft.add(Part::Recipient, head); // "told *reporters* that"
            }
            Relation::Object => draft.add(Part::Theme, head),
            Relation::Oblique | Relation::Unmarked => add_oblique(reading, draft, argument, None),
            Relation::Adverb => super::coding::add_adverb(reading, draft, argument),
            _ => {}
        }
    }
}

/// Who must do something according to the report: the subjects of its clause.
fn asked<'a>(reading: &Reading<'a>, frame: &Frame, arguments: &[Argument]) -> &'a [Argument] {
    let frames = reading.input.frames;
    let told = frame.polarity == Polarity::Positive && frame.modality == Modality::Actual;
    if !told || frame.voice == Voice::Passive || !asks(reading.lemma(frame.head)) {
        return &[];
    }
    let complement = arguments.iter().find(|a| a.relation == Relation::Complement);
    let Some(clause) = complement.and_then(|a| frames.headed_by(a.head)) else { return &[] };
    let demanded = clause.kind == PredicateKind::Verb
        && clause.voice == Voice::Active
        && clause.modality == Modality::Demanded
        && clause.polarity == Polarity::Positive;
    let arguments = frames.arguments(clause);
    let subjects = arguments.iter().position(|a| a.relation == Relation::Subject).map_or(&[][..], |first| {
        let count = arguments[first..].iter().take_while(|a| a.relation == Relation::Subject).count();
        &arguments[first..first + count]
    });
    let others = |a: &Argument| {
        reading.syntax().upos(a.head) != Upos::Pron && reading.is_participant(a.head) && !a.shared
    };
    if demanded && subjects.iter().all(others) { subjects } else { &[] }
}

/// Verbs of saying by which one can ask.
fn asks(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "announce"
            | "declare"
            | "insist"
            | "state"
            | "stress"
            | "conclude"
            | "add"
            | "argue"
            | "emphasise"
            | "emphasize"
            | "reiterate"
            | "maintain"
            | "repeat"
            | "underline"
            | "warn"
    )
}
