//! What an event is made of.

use newsgraph_entity::EntityId;
use newsgraph_text::Span;

use crate::{Modality, Mode, PloverType, Polarity, RuleId};

/// A participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// The noun phrase without its preposition, relative clauses, participles, appositions and conjuncts; never
    /// holds a word of the event's own trigger.
    pub span: Span,
    /// Its head token.
    pub head: u32,
    /// The entity behind it: that of the phrase, else that of a name which modifies its head directly
    /// ("*Ukrainian* drone" is an act of Ukraine's).
    pub entity: Option<EntityId>,
}

/// A circumstance, or a participant that is neither actor nor recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventArgument {
    /// `place`, `time`, `instrument`, `topic`, `theme`, or the preposition of an oblique.
    pub name: String,
    /// Who or what.
    pub role: Role,
}

/// A figure: "killing *three* people".
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// What is counted: the participle of a verb of harm ("killed"), else the lemma of the noun ("drone").
    pub what: String,
    /// How many.
    pub value: f64,
    /// The words of the figure.
    pub span: Span,
}

/// One telling of an act that the document tells several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMention {
    /// The words that name the act there.
    pub trigger: Vec<Span>,
    /// The quote that reports it there.
    pub quote: Option<u32>,
}

/// Who did what to whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The words that name the act, in order of the text: verb, particle, the noun of a light verb.
    pub trigger: Vec<Span>,
    /// The token that the act hangs on: the verb, or the noun of a nominal event.
    pub head: u32,
    /// Dictionary form: "annex", "carry out attack".
    pub lemma: String,
    /// PLOVER type, `None` for acts outside of the ontology.
    pub kind: Option<PloverType>,
    /// The line of the lexicon that gave type and roles; `None` where grammar alone did.
    pub rule: Option<RuleId>,
    /// PLOVER modes, in order of their numbers.
    pub modes: Vec<Mode>,
    /// Who starts it.
    pub actors: Vec<Role>,
    /// Who undergoes it.
    pub recipients: Vec<Role>,
    /// Everything else that the clause says about it.
    pub arguments: Vec<EventArgument>,
    /// Asserted or denied.
    pub polarity: Polarity,
    /// Told as a fact or not.
    pub modality: Modality,
    /// ISO 8601 date or interval.
    pub date: Option<String>,
    /// Figures.
    pub quantities: Vec<Quantity>,
    /// The quote that reports it, as an index into the document's quotes.
    pub quote: Option<u32>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Where the document tells it, in order of the text, if it does so more than once; see
    /// [`unite_events`](crate::unite_events).
    pub mentions: Vec<EventMention>,
}
