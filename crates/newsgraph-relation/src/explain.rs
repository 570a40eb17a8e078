//! Why a text gives the events that it gives, in words: its frames, and for each event the rule of the lexicon and
//! the roles.

use std::fmt::Write;

use newsgraph_entity::EntityId;
use newsgraph_text::Span;

use crate::{
    Event, EventInput, EventLexicon, Frame, Link, PredicateKind, Relation, Role, Voice, noun_phrase,
};

/// Adds to `out` what the rules saw in a text: each frame with its arguments, then each event with the line of the
/// lexicon that decided and with its roles.
pub fn explain_events(input: &EventInput<'_>, lexicon: &EventLexicon, events: &[Event], out: &mut String) {
    for frame in input.frames {
        explain_frame(input, frame, out);
    }
    for event in events {
        explain_event(input, lexicon, event, out);
    }
    if events.is_empty() {
        line(out, "no event", "");
    }
}

fn explain_frame(input: &EventInput<'_>, frame: &Frame, out: &mut String) {
    let form = |token: u32| input.segmentation.form(input.text, token);
    let mut predicate = form(frame.head).to_owned();
    for word in [frame.particle, frame.copula].into_iter().flatten() {
        predicate.push(' ');
        predicate.push_str(form(word));
    }
    let kind = match (frame.kind, frame.voice) {
        (PredicateKind::Copula, _) => "copula",
        (PredicateKind::Auxiliary, _) => "auxiliary",
        (PredicateKind::Verb, Voice::Active) => "active",
        (PredicateKind::Verb, Voice::Passive) => "passive",
    };
    let (polarity, modality) = (frame.polarity.as_str(), frame.modality.as_str());
    let link = link_name(frame.link);
    let _ = writeln!(out, "frame {predicate}: {kind}, {link}, {polarity}, {modality}");
    for argument in input.frames.arguments(frame) {
        let phrase = input.segmentation.span(noun_phrase(input.syntax, argument.head));
        let marker = argument.marker.map_or("", |m| input.syntax.lemma(m));
        let shared = if argument.shared { " (filled in)" } else { "" };
        let text = format!("{}{shared}", flat(input.text, phrase));
        line(out, format!("{} {marker}", relation_name(argument.relation)).trim_end(), &text);
    }
}

fn explain_event(input: &EventInput<'_>, lexicon: &EventLexicon, event: &Event, out: &mut String) {
    let kind = event.kind.map_or("without type", |k| k.as_str());
    let modes: String = event.modes.iter().map(|m| format!(" {}", m.as_str())).collect();
    let trigger: Vec<String> = event.trigger.iter().map(|&span| flat(input.text, span)).collect();
    let _ = writeln!(out, "event {kind}{modes}: {}", trigger.join(" … "));
    match event.rule.and_then(|id| lexicon.rule(id)) {
        Some((file, rule)) => line(out, "rule", &format!("{file}:{}: {}", rule.line, rule.head)),
        None => line(out, "rule", "none; grammar decides"),
    }
    if let Some(kind) = event.kind {
        line(out, "quad class", &format!("{}, score {:+.1}", kind.quad().number(), kind.score()));
    }
    for role in &event.actors {
        explain_role(input, "actor", role, out);
    }
    for role in &event.recipients {
        explain_role(input, "recipient", role, out);
    }
    for argument in &event.arguments {
        explain_role(input, &argument.name, &argument.role, out);
    }
    for quantity in &event.quantities {
        line(out, "quantity", &format!("{} {}", quantity.value, quantity.what));
    }
    if let Some(date) = &event.date {
        line(out, "date", date);
    }
    line(out, "stands", &format!("{}, {}", event.polarity.as_str(), event.modality.as_str()));
    if let Some(quote) = event.quote {
        line(out, "quote", &format!("number {quote} reports it"));
    }
    line(out, "confidence", &format!("{:.2}", event.confidence));
}

fn explain_role(input: &EventInput<'_>, name: &str, role: &Role, out: &mut String) {
    let text = flat(input.text, role.span);
    match role.entity.and_then(|id| entity_name(input, id)).filter(|name| *name != text) {
        Some(entity) => line(out, name, &format!("{text} [{entity}]")),
        None => line(out, name, &text),
    }
}

fn entity_name<'a>(input: &EventInput<'a>, id: EntityId) -> Option<&'a str> {
    input.entities.entities().get(id.0 as usize).map(|e| &*e.name)
}

fn line(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "{}", format!("  {name:<16} {text}").trim_end());
}

/// A stretch of the text on one line.
fn flat(text: &str, span: Span) -> String {
    span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn link_name(link: Link) -> &'static str {
    match link {
        Link::Root => "main clause",
        Link::Conjunct => "coordinated",
        Link::Complement => "complement",
        Link::OpenComplement => "open complement",
        Link::Adverbial => "adverbial",
        Link::Relative => "relative",
        Link::Modifier => "modifier",
        Link::Parataxis => "beside",
    }
}

fn relation_name(relation: Relation) -> &'static str {
    match relation {
        Relation::Subject => "subject",
        Relation::Object => "object",
        Relation::IndirectObject => "indirect object",
        Relation::Oblique => "oblique",
        Relation::Unmarked => "unmarked",
        Relation::Complement => "complement",
        Relation::OpenComplement => "open complement",
        Relation::Adverbial => "adverbial",
        Relation::Adverb => "adverb",
    }
}
