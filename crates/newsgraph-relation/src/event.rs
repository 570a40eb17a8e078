//! Who did what to whom: typed acts with their roles, from clauses and from nouns.
//!
//! [`EventExtractor`] reads the [`Frames`](crate::Frames) of a document through an
//! [`EventLexicon`](crate::EventLexicon). Every clause becomes an event, also one whose verb the ontology does
//! not know (`kind` is then `None`); what a clause reports as said is a quote, that it is said an event whose
//! theme is the content of the quote. Nouns that name an
//! act ("the invasion of Ukraine") become events of their own, unless a verb that says no more than that it
//! happens stands with them ("carried out an attack"): the two are then one.

mod coding;
mod conditions;
mod confidence;
mod copula;
mod date;
mod identity;
mod model;
mod nominal;
mod phrases;
mod quantity;
mod reading;
mod report;
mod roles;
mod rules;

pub use identity::unite_events;
pub use model::{Event, EventArgument, EventMention, Quantity, Role};

use newsgraph_entity::Entities;
use newsgraph_syntax::Syntax;
use newsgraph_token::Segmentation;

use crate::{EventLexicon, Frames, Quote};
use reading::Reading;

/// The layers of one document that events are read from.
#[derive(Clone, Copy, Debug)]
pub struct EventInput<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens and sentences.
    pub segmentation: &'a Segmentation,
    /// Its trees.
    pub syntax: &'a Syntax,
    /// Its frames.
    pub frames: &'a Frames,
    /// Its entities and their mentions.
    pub entities: &'a Entities,
    /// Its quotes: an event inside the content of one gets its number.
    pub quotes: &'a [Quote],
    /// When it was published, ISO 8601: what "yesterday" is counted from.
    pub published: Option<&'a str>,
}

/// Finds events; owns its scratch space, so one per thread and used again for every document.
#[derive(Clone, Debug)]
pub struct EventExtractor<'l> {
    lexicon: &'l EventLexicon,
    scratch: reading::Scratch,
}

impl Default for EventExtractor<'static> {
    fn default() -> Self {
        Self::new(EventLexicon::embedded())
    }
}

impl<'l> EventExtractor<'l> {
    /// An extractor with this lexicon.
    pub fn new(lexicon: &'l EventLexicon) -> Self {
        Self { lexicon, scratch: reading::Scratch::default() }
    }

    /// The lexicon that it reads with.
    pub fn lexicon(&self) -> &'l EventLexicon {
        self.lexicon
    }

    /// Replaces what `events` held by the events of a document, in order of their triggers. Time is linear in
    /// the length of the text.
    pub fn extract(&mut self, input: &EventInput<'_>, events: &mut Vec<Event>) {
        events.clear();
        let mut reading = Reading::new(*input, self.lexicon, &mut self.scratch);
        for frame in input.frames {
            coding::code_frame(&mut reading, frame, events);
        }
        nominal::code_nouns(&mut reading, events);
        events.sort_by_key(|e| (e.head, e.trigger.first().map(|s| s.start)));
    }
}
