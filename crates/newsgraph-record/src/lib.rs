//! The public document record of newsgraph: one JSON object a document, `"schema": "newsgraph/1"`.
//!
//! These types are the contract with users. They share nothing with the types that the analysis works with, so
//! that a rename inside breaks no user. All spans are `[start, end)` in **Unicode code points** of
//! [`Record::text`].
//!
//! ```
//! use newsgraph_record::Record;
//!
//! let record = Record { id: "a".into(), text: "Hello.".into(), ..Record::default() };
//! let line = record.to_line();
//! assert_eq!(Record::from_line(&line).unwrap(), record);
//! ```

use serde::{Deserialize, Serialize};

/// The value of [`Record::schema`] that this version writes.
pub const SCHEMA: &str = "newsgraph/1";

/// `[start, end)` in code points.
pub type Span = [u32; 2];

/// Everything that was found in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Name and version of this format: [`SCHEMA`].
    pub schema: String,
    /// The document's id.
    pub id: String,
    /// The outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// When it was published, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who wrote it: as the source says, else as a line of the text does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// The place of the dateline ("PARIS (AP) —").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// The agencies that the dateline or a credit line names: "AP", "DPA".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<String>,
    /// The language of the text: the ISO 639-1 code, or 639-3 where there is none; absent for texts too short to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The text that every span indexes, exactly as read.
    pub text: String,
    /// Sentences in order.
    pub sentences: Vec<Span>,
    /// What in the text is no part of the story, in order: bylines, datelines, credits, captions, teasers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub furniture: Vec<Furniture>,
    /// Tokens in order, on request only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Vec<Token>>,
    /// Entities, `id` being the position in this list.
    pub entities: Vec<Entity>,
    /// Quotes in order of the text, `id` being the position in this list.
    pub quotes: Vec<Quote>,
    /// Events in order of the text, `id` being the position in this list.
    pub events: Vec<Event>,
}

/// A stretch of the text that is no part of the story; no quotes and events are read from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// Where it stands.
    pub span: Span,
    /// `byline`, `dateline`, `credit`, `caption`, `teaser` or `note`.
    pub kind: String,
}

/// One token with its syntax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Penn Treebank tag.
    pub xpos: String,
    /// Index of the head token in the record's list, -1 for the root of a sentence.
    pub head: i32,
    /// Universal Dependencies v2 relation.
    pub deprel: String,
}

/// A person, body, place or thing that the document speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Position in the record's list.
    pub id: u32,
    /// Canonical name.
    pub name: String,
    /// OntoNotes type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Identifier in the gazetteer when linked: the code that a user's list gives for the day of the document, else
    /// the entry's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kb: Option<String>,
    /// Where `kb` is a code, which many entities may share: the id of the entry that this one is; empty where the code
    /// is that of a description ("Ukrainian soldiers"), which no entry is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// "president of France"
    #[serde(default)]
    pub roles: Vec<String>,
    /// Of a group ("the two leaders"): the ids of those who belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<u32>,
    /// Where the document refers to it, in order of the text.
    pub mentions: Vec<Mention>,
}

/// One reference to an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// `name`, `nominal` or `pronoun`.
    pub form: String,
}

/// An attribution: who said what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Position in the record's list.
    pub id: u32,
    /// `direct` (content wholly inside quotation marks), `mixed` (partly) or `indirect`.
    pub form: String,
    /// `statement`, `attitude` or `evidence`.
    #[serde(default)]
    pub kind: String,
    /// Who says it.
    pub source: Vec<Span>,
    /// The words that say that it is said.
    pub cue: Vec<Span>,
    /// What is said; several spans where the cue interrupts it.
    pub content: Vec<Span>,
    /// Entity behind the source.
    pub speaker: Option<u32>,
    /// Entity spoken to.
    pub addressee: Option<u32>,
    /// The quote whose content this one lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nested_in: Option<u32>,
    /// 0 to 1.
    pub confidence: f64,
}

/// Who did what to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Position in the record's list.
    pub id: u32,
    /// The words that name the act.
    pub trigger: Vec<Span>,
    /// Its dictionary form: `annex`, `carry out attack`.
    pub lemma: String,
    /// PLOVER type or null.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// PLOVER modes.
    #[serde(default)]
    pub modes: Vec<String>,
    /// Who starts the act, whatever the grammar.
    pub actors: Vec<Role>,
    /// Who undergoes it.
    pub recipients: Vec<Role>,
    /// Place, time, instrument, topic, theme and obliques.
    #[serde(default)]
    pub arguments: Vec<Argument>,
    /// `positive` or `negative`.
    pub polarity: String,
    /// `actual`, `future`, `possible` or `demanded`.
    pub modality: String,
    /// ISO date or interval.
    pub date: Option<String>,
    /// Figures: "three killed".
    #[serde(default)]
    pub quantities: Vec<Quantity>,
    /// The quote that reports the act.
    pub quote: Option<u32>,
    /// 0 to 1.
    pub confidence: f64,
    /// Where the document tells the act, in order of the text, this telling included; only where it does so more than
    /// once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<EventMention>,
}

/// One telling of an act that a document tells several times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMention {
    /// The words that name the act there.
    pub trigger: Vec<Span>,
    /// The quote that reports it there.
    pub quote: Option<u32>,
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The noun phrase without its preposition, relative clauses and participles.
    pub span: Span,
    /// The entity it stands for.
    pub entity: Option<u32>,
}

/// A participant or circumstance with the name of its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// `place`, `time`, `instrument`, `topic`, `theme`, or the preposition of an oblique.
    pub role: String,
    /// The noun phrase without its preposition.
    pub span: Span,
    /// The entity it stands for.
    pub entity: Option<u32>,
}

/// A figure that an event states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// What is counted: "killed".
    pub what: String,
    /// How many.
    pub value: f64,
    /// The words that say so.
    pub span: Span,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            id: String::new(),
            source: None,
            published: None,
            title: None,
            url: None,
            byline: None,
            dateline: None,
            agencies: Vec::new(),
            language: None,
            text: String::new(),
            sentences: Vec::new(),
            furniture: Vec::new(),
            tokens: None,
            entities: Vec::new(),
            quotes: Vec::new(),
            events: Vec::new(),
        }
    }
}

/// Why a line is no record.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The line is not JSON, or lacks a field.
    #[error("not a document record: {0}")]
    Json(#[from] serde_json::Error),
    /// The record is of a version that this program does not know.
    #[error("document record of unknown schema {found:?}; this version reads {SCHEMA:?}")]
    Schema {
        /// What the record says.
        found: String,
    },
}

impl Record {
    /// The record as one line of JSON, without line break.
    pub fn to_line(&self) -> String {
        // Strings, numbers and lists always serialise; confidences are finite by construction.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads one line of JSON.
    ///
    /// # Errors
    /// When the line is not JSON of this shape, or the schema is another one.
    pub fn from_line(line: &str) -> Result<Self, RecordError> {
        let record: Self = serde_json::from_str(line)?;
        if record.schema != SCHEMA {
            return Err(RecordError::Schema { found: record.schema });
        }
        Ok(record)
    }
}
