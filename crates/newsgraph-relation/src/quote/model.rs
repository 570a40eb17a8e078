//! An attribution as the literature defines it: source, cue and content (Pareti 2016; Newell et al. 2018).

use newsgraph_entity::EntityId;
use newsgraph_text::Span;

/// How much of the content stands inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteForm {
    /// All of it.
    Direct,
    /// Some of it.
    Mixed,
    /// None of it.
    Indirect,
}

impl QuoteForm {
    /// The form as records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// What the source does with the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// Says or writes it.
    Statement,
    /// Believes, wants, intends or orders it.
    Attitude,
    /// Shows or finds it: polls, studies, documents.
    Evidence,
}

impl QuoteKind {
    /// The kind as records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Attitude => "attitude",
            Self::Evidence => "evidence",
        }
    }
}

/// One attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How much of the content is in the source's own words.
    pub form: QuoteForm,
    /// What the source does with the content.
    pub kind: QuoteKind,
    /// Who says it; empty where nobody is named ("it was reported").
    pub source: Vec<Span>,
    /// The words that say that it is said.
    pub cue: Vec<Span>,
    /// What is said, in order of the text; several spans where the cue interrupts it.
    pub content: Vec<Span>,
    /// The entity behind the source.
    pub speaker: Option<EntityId>,
    /// The entity spoken to.
    pub addressee: Option<EntityId>,
    /// The quote whose content this one lies in, as an index into the document's quotes.
    pub nested_in: Option<u32>,
    /// From 0 to 1.
    pub confidence: f32,
}
