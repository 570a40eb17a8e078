//! The entity layer of a document: who and what it speaks of, and where.

use newsgraph_text::{Span, TokenRange};
use newsgraph_token::Segmentation;
use rustc_hash::FxHashMap;

use crate::EntityType;
use crate::expression::Expression;

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
    /// Where: a name without article, title and trailing possessive, a description with its article.
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
    /// Identifier in the gazetteer when linked: the code that a user's list gives, else the entry's id.
    pub kb: Option<String>,
    /// Where `kb` is a code, which many may share: the entry's id; empty where a description has the code.
    pub entry: Option<String>,
    /// Roles that the text or the gazetteer states: "president of France".
    pub roles: Vec<String>,
    /// Of a group ("the two leaders"): who they are.
    pub members: Vec<EntityId>,
}

impl Entity {
    /// Whether its identifier is a code of a user's list.
    pub fn is_coded(&self) -> bool {
        self.entry.is_some()
    }
}

/// Entities that a phrase joins by "and": "Macron and Putin".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The whole phrase.
    pub tokens: TokenRange,
    /// The word that the first of them hangs on, which heads the whole.
    pub head: u32,
    /// Who they are.
    pub members: Vec<EntityId>,
}

/// All entities of a document and their mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    entities: Vec<Entity>,
    mentions: Vec<Mention>,
    /// For each token, the entity that the phrase headed by it stands for, or `u32::MAX`.
    headed: Vec<u32>,
    expressions: Vec<Expression>,
    /// In order of their heads.
    joined: Vec<Joined>,
    /// Groups by their members.
    groups: FxHashMap<Vec<EntityId>, EntityId>,
}

impl Entities {
    /// The layer of a document with `token_count` tokens. Mentions are put in order of the text; of two that
    /// begin together the longer comes first. `also_headed` names words that stand for an entity without being
    /// a mention's head: "President" in "President Putin".
    pub fn new(
        entities: Vec<Entity>,
        mut mentions: Vec<Mention>,
        also_headed: &[(u32, EntityId)],
        token_count: u32,
    ) -> Self {
        mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.entity));
        let mut headed = vec![u32::MAX; token_count as usize];
        // Any word of a name may end up as the head of its phrase, since trees differ on names.
        for mention in mentions.iter().filter(|m| m.form == MentionForm::Name) {
            headed[mention.tokens.range()].fill(mention.entity.0);
        }
        for &(token, entity) in also_headed {
            headed[token as usize] = entity.0;
        }
        for mention in &mentions {
            headed[mention.head as usize] = mention.entity.0;
        }
        let groups = (0u32..).zip(&entities).filter(|(_, e)| !e.members.is_empty());
        let groups = groups.map(|(id, e)| (e.members.clone(), EntityId(id))).collect();
        Self { entities, mentions, headed, groups, ..Self::default() }
    }

    /// Adds a pronoun's mention, found by a later step: "I" inside a quotation is its speaker.
    pub fn add_pronoun(&mut self, token: u32, span: Span, entity: EntityId) {
        let tokens = TokenRange::new(token, token + 1);
        self.insert(Mention { span, tokens, head: token, form: MentionForm::Pronoun, entity });
    }

    /// Adds an entity that a later step needs, described by the words of one mention: the source of a quote whom
    /// no rule here took for a participant.
    pub fn add_described(
        &mut self,
        kind: EntityType,
        words: &str,
        tokens: TokenRange,
        head: u32,
        span: Span,
    ) -> EntityId {
        let entity = EntityId(self.entities.len() as u32);
        let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.entities.push(Entity {
            name,
            kind,
            kb: None,
            entry: None,
            roles: Vec::new(),
            members: Vec::new(),
        });
        self.insert(Mention { span, tokens, head, form: MentionForm::Nominal, entity });
        entity
    }

    /// The group of all whom a phrase joins that is headed by `head` and lies in `within`: whoever says something
    /// together. It becomes an entity when it is asked for. `segmentation` is the document's.
    pub fn group(&mut self, head: u32, within: TokenRange, segmentation: &Segmentation) -> Option<EntityId> {
        let at = self.joined.binary_search_by_key(&head, |j| j.head).ok()?;
        let joined = self.joined.get(at).filter(|j| within.covers(j.tokens))?.clone();
        if let Some(known) = self.groups.get(&joined.members) {
            return Some(*known);
        }
        let entity = EntityId(self.entities.len() as u32);
        let kind = self.entity(*joined.members.first()?).kind;
        let names: Vec<&str> = joined.members.iter().map(|&m| self.entity(m).name.as_str()).collect();
        let name = listed(&names);
        let members = joined.members;
        self.groups.insert(members.clone(), entity);
        self.entities.push(Entity { name, kind, kb: None, entry: None, roles: Vec::new(), members });
        let (tokens, form) = (joined.tokens, MentionForm::Nominal);
        let span = segmentation.span(tokens);
        // Its head stays the first member's.
        self.place(Mention { span, tokens, head, form, entity });
        Some(entity)
    }

    /// Gives an entity the code of a user's list.
    pub(crate) fn set_code(&mut self, id: EntityId, code: String) {
        let entity = &mut self.entities[id.0 as usize];
        entity.entry = Some(entity.kb.replace(code).unwrap_or_default());
    }

    fn insert(&mut self, mention: Mention) {
        self.headed[mention.head as usize] = mention.entity.0;
        self.place(mention);
    }

    fn place(&mut self, mention: Mention) {
        let key = |m: &Mention| (m.span.start, std::cmp::Reverse(m.span.end), m.entity);
        let at = self.mentions.partition_point(|m| key(m) < key(&mention));
        self.mentions.insert(at, mention);
    }

    /// The same with the dates, times and numbers of the document, in order of the text.
    #[must_use]
    pub fn with_expressions(self, expressions: Vec<Expression>) -> Self {
        Self { expressions, ..self }
    }

    /// The same with the phrases that join several entities.
    #[must_use]
    pub(crate) fn with_joined(self, mut joined: Vec<Joined>) -> Self {
        joined.sort_by_key(|j| j.head);
        Self { joined, ..self }
    }

    /// The dates, times, sums and numbers, in order of the text, none overlapping another.
    pub fn expressions(&self) -> &[Expression] {
        &self.expressions
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

    /// The entity that the noun phrase headed by `token` stands for.
    pub fn entity_headed_by(&self, token: u32) -> Option<EntityId> {
        self.headed.get(token as usize).filter(|&&e| e != u32::MAX).map(|&e| EntityId(e))
    }
}

/// "A, B and C".
pub(crate) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
