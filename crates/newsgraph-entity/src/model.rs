//! The entity layer of a document: who and what it speaks of, and where.

use newsgraph_text::{Span, TokenRange};

use crate::EntityType;

/// The number of an entity within its document: an index into [`Entities::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// By a name: "Macron", "the Elysee Palace".
    Name,
    /// By a description: "the French president".
    Nominal,
    /// By a pronoun: "he", "who", "I" inside a quotation.
    Pronoun,
}

impl MentionForm {
    /// The form as records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

/// One place where a document refers to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where, without leading article or preposition and without a trailing possessive.
    pub span: Span,
    /// The same in tokens.
    pub tokens: TokenRange,
    /// The syntactic head among them.
    pub head: u32,
    /// How it refers.
    pub form: MentionForm,
    /// To what.
    pub entity: EntityId,
}

/// A person, body, place or thing that a document speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The gazetteer's name, else the fullest name in the text, else the first description.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityType,
    /// Identifier in the gazetteer when linked.
    pub kb: Option<String>,
    /// Roles that the text or the gazetteer states: "president of France".
    pub roles: Vec<String>,
}

/// All entities of a document and their mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entities {
    entities: Vec<Entity>,
    mentions: Vec<Mention>,
    /// For each token, the innermost mention that it heads, or `u32::MAX`.
    headed: Vec<u32>,
}

impl Entities {
    /// The layer of a document with `token_count` tokens. Mentions are put in order of the text; of two that
    /// begin together the longer comes first.
    pub fn new(entities: Vec<Entity>, mut mentions: Vec<Mention>, token_count: u32) -> Self {
        mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.entity));
        let mut headed = vec![u32::MAX; token_count as usize];
        for (i, mention) in mentions.iter().enumerate() {
            headed[mention.head as usize] = i as u32;
        }
        Self { entities, mentions, headed }
    }

    /// The entities, by number.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// One entity.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// The mentions, in order of the text.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The innermost mention whose syntactic head is `token`.
    pub fn mention_headed_by(&self, token: u32) -> Option<&Mention> {
        self.headed.get(token as usize).and_then(|&i| self.mentions.get(i as usize))
    }

    /// The entity that the noun phrase headed by `token` stands for.
    pub fn entity_headed_by(&self, token: u32) -> Option<EntityId> {
        self.mention_headed_by(token).map(|m| m.entity)
    }
}
