//! Figures of acts: how many were killed, how many injured, as each document has it.
//!
//! Figures of the dead and injured belong to the attack that the same sentence tells: "drones hit the city, killing
//! three and wounding dozens". They are kept as told, side by side, never added or averaged.

use crate::cell::plain;
use crate::facts::{ActKey, FigureFact};
use crate::fold::{folded, words};
use crate::reading::Reading;
use newsgraph_record::{Event, Span};

/// An event of the record with its place in the graph.
pub(crate) struct Told<'r> {
    pub(crate) event: &'r Event,
    pub(crate) key: ActKey,
    pub(crate) trigger: u32,
    /// Whether other documents can tell the same act.
    pub(crate) shared: bool,
}

/// Words for harm done to people, with the name under which their figures are kept.
const HARM: &[(&str, &str)] = &[
    ("dead", "killed"),
    ("death", "killed"),
    ("die", "killed"),
    ("died", "killed"),
    ("fatality", "killed"),
    ("kill", "killed"),
    ("killed", "killed"),
    ("murder", "killed"),
    ("slay", "killed"),
    ("hurt", "injured"),
    ("injure", "injured"),
    ("injured", "injured"),
    ("wound", "injured"),
    ("wounded", "injured"),
];

/// Numbers that are no figure.
const VAGUE: &[&str] = &["dozens", "hundreds", "many", "millions", "scores", "several", "thousands", "tens"];

/// What is measured, not counted.
const MEASURES: &[&str] = &[
    "day",
    "foot",
    "hour",
    "kilometer",
    "kilometre",
    "km",
    "meter",
    "metre",
    "mile",
    "minute",
    "month",
    "one",
    "per cent",
    "percent",
    "second",
    "time",
    "week",
    "year",
];

/// What is counted, under one name for all wordings.
fn counted(what: &str) -> String {
    let what = folded(what);
    HARM.iter().find(|(word, _)| *word == what).map_or(what, |(_, name)| (*name).to_owned())
}

fn harm(event: &Event) -> Option<&'static str> {
    HARM.iter().find(|(word, _)| *word == event.lemma).map(|(_, name)| *name)
}

impl Reading<'_> {
    /// Enters the figures of all events.
    pub(crate) fn add_figures(&mut self, told: &[Told<'_>]) {
        for one in told {
            let figures = self.figures_of(one.event);
            if figures.is_empty() {
                continue;
            }
            let act = if one.shared && harm(one.event).is_none() { one.key } else { self.cause(one, told) };
            for (what, value, [start, end]) in figures {
                let what = self.facts.strings.intern(&what);
                let value = self.facts.strings.intern(&value);
                let document = self.document;
                self.facts.figures.push(FigureFact { act, what, value, document, start, end });
            }
        }
    }

    /// What an event counts: what, how many, where it says so.
    fn figures_of(&self, event: &Event) -> Vec<(String, String, Span)> {
        let roles = event.actors.iter().chain(&event.recipients).map(|role| role.span);
        let phrases: Vec<Span> = roles.chain(event.arguments.iter().map(|argument| argument.span)).collect();
        let mut figures: Vec<(String, String, Span)> = Vec::new();
        for quantity in &event.quantities {
            let what = counted(&quantity.what);
            let is_harm = HARM.iter().any(|(_, name)| *name == what);
            let inside = |span: &Span| span[0] <= quantity.span[0] && quantity.span[1] <= span[1];
            // Who is killed undergoes it: "one of the deepest strikes" kills nobody.
            let undergoes = event.recipients.iter().any(|role| inside(&role.span));
            if MEASURES.contains(&what.as_str()) {
                continue;
            }
            if (is_harm && !undergoes && harm(event).is_some()) || !(is_harm || phrases.iter().any(inside)) {
                continue;
            }
            if quantity.value.is_finite() {
                figures.push((what, quantity.value.to_string(), quantity.span));
            }
        }
        if let Some(what) = harm(event).filter(|_| figures.is_empty()) {
            let vague = event.recipients.iter().filter_map(|role| {
                let phrase = plain(self.text(role.span), 80).into_owned();
                let first = words(&phrase).into_iter().next()?;
                VAGUE.contains(&first.as_str()).then(|| (what.to_owned(), vague(&phrase), role.span))
            });
            figures.extend(vague);
        }
        figures
    }

    /// The attack of the same sentence, told before if there are several, else the event itself.
    fn cause(&self, harmed: &Told<'_>, told: &[Told<'_>]) -> ActKey {
        let sentence = self.sentence_at(harmed.trigger);
        let attacks = told.iter().filter(|other| {
            other.shared
                && harm(other.event).is_none()
                && other.event.kind.as_deref() == Some("ASSAULT")
                && other.event.modality == harmed.event.modality
                && other.event.polarity == harmed.event.polarity
                && sentence.is_some()
                && self.sentence_at(other.trigger) == sentence
        });
        let nearest = attacks
            .min_by_key(|other| (other.trigger > harmed.trigger, other.trigger.abs_diff(harmed.trigger)));
        nearest.map_or(harmed.key, |attack| attack.key)
    }
}

/// `tens of thousands of people` as `tens of thousands`.
fn vague(phrase: &str) -> String {
    let words = words(phrase);
    let number = |word: &&String| VAGUE.contains(&word.as_str()) || *word == "of";
    let mut told: Vec<&str> = words.iter().take_while(number).map(String::as_str).collect();
    while told.last() == Some(&"of") {
        told.pop();
    }
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vague_numbers_are_kept_as_told() {
        for (phrase, expected) in [
            ("Dozens", "dozens"),
            ("tens of thousands of people", "tens of thousands"),
            ("scores of fans", "scores"),
        ] {
            assert_eq!(vague(phrase), expected);
        }
        assert_eq!(counted("wounded"), "injured");
        assert_eq!(counted("drone"), "drone");
    }
}
