//! An event while it is put together: heads of phrases, not yet spans.

use newsgraph_entity::{EntityId, EntityType, MentionForm};
use newsgraph_syntax::{Deprel, Upos, Xpos};
use newsgraph_text::{Span, TokenRange};

use super::date;
use super::quantity;
use super::reading::Reading;
use super::{Event, EventArgument, Quantity, Role};
use crate::lexicon::Part;
use crate::{Modality, ModeSet, PloverType, Polarity, RuleId, noun_phrase};

/// An event in the making.
pub(super) struct Draft {
    pub(super) head: u32,
    /// Tokens of the trigger, in any order.
    pub(super) trigger: Vec<u32>,
    pub(super) lemma: String,
    pub(super) kind: Option<PloverType>,
    pub(super) rule: Option<RuleId>,
    pub(super) modes: ModeSet,
    actors: Vec<u32>,
    recipients: Vec<u32>,
    arguments: Vec<(&'static str, String, u32)>,
    /// Heads of clauses that are a role as a whole, with the name of the role.
    clauses: Vec<(String, u32)>,
    /// What is said, where the act is to say it.
    contents: Vec<Span>,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    pub(super) quantities: Vec<Quantity>,
    pub(super) confidence: f64,
}

impl Draft {
    pub(super) fn new(head: u32, lemma: &str) -> Self {
        Self {
            head,
            trigger: vec![head],
            lemma: lemma.to_owned(),
            kind: None,
            rule: None,
            modes: ModeSet::default(),
            actors: Vec::new(),
            recipients: Vec::new(),
            arguments: Vec::new(),
            clauses: Vec::new(),
            contents: Vec::new(),
            polarity: Polarity::Positive,
            modality: Modality::Actual,
            quantities: Vec::new(),
            confidence: 0.0,
        }
    }

    /// Adds a phrase to a role, unless it has one already.
    pub(super) fn add(&mut self, part: Part, head: u32) {
        if self.holds(head) || self.trigger.contains(&head) {
            return;
        }
        match part {
            Part::Actor => self.actors.push(head),
            Part::Recipient => self.recipients.push(head),
            Part::Theme | Part::Open => self.arguments.push(("theme", String::new(), head)),
        }
    }

    /// Adds a circumstance; an empty `name` stands for the preposition `preposition`.
    pub(super) fn add_argument(&mut self, name: &'static str, preposition: &str, head: u32) {
        if !self.holds(head) && !self.trigger.contains(&head) {
            self.arguments.push((name, preposition.to_owned(), head));
        }
    }

    /// Adds a whole clause as the theme: "believes *that it will rain*".
    pub(super) fn add_clause(&mut self, head: u32) {
        self.add_circumstance("theme", head);
    }

    /// Adds a whole clause under `name`: "*after it had rained*".
    pub(super) fn add_circumstance(&mut self, name: &str, head: u32) {
        if !self.trigger.contains(&head) {
            self.clauses.push((name.to_lowercase(), head));
        }
    }

    /// Adds what is said as the theme.
    pub(super) fn add_contents(&mut self, contents: &[Span]) {
        self.contents.extend_from_slice(contents);
    }

    fn holds(&self, head: u32) -> bool {
        self.actors.contains(&head)
            || self.recipients.contains(&head)
            || self.arguments.iter().any(|(_, _, h)| *h == head)
    }

    pub(super) fn has_actor(&self) -> bool {
        !self.actors.is_empty()
    }

    pub(super) fn has_recipient(&self) -> bool {
        !self.recipients.is_empty()
    }

    /// Whether anything but actors is known.
    pub(super) fn has_more_than_actors(&self) -> bool {
        self.has_recipient()
            || !self.arguments.is_empty()
            || !self.clauses.is_empty()
            || !self.contents.is_empty()
    }

    pub(super) fn has_role(&self) -> bool {
        self.has_actor() || self.has_more_than_actors()
    }

    /// Whether it is known what the act is about: a phrase or a clause that is the theme.
    pub(super) fn has_theme(&self) -> bool {
        self.themes().next().is_some()
            || !self.contents.is_empty()
            || self.clauses.iter().any(|(name, _)| name == "theme")
    }

    pub(super) fn actors(&self) -> &[u32] {
        &self.actors
    }

    /// Whether `head` is an actor or means one: "expressed *his* regret".
    pub(super) fn is_actor(&self, reading: &Reading<'_>, head: u32) -> bool {
        let entity = reading.entity(head);
        let same = |&actor: &u32| actor == head || (entity.is_some() && reading.entity(actor) == entity);
        self.actors.iter().any(same)
    }

    pub(super) fn themes(&self) -> impl Iterator<Item = u32> + '_ {
        self.arguments.iter().filter(|(name, _, _)| *name == "theme").map(|(_, _, head)| *head)
    }

    /// Heads of all phrases.
    pub(super) fn heads(&self) -> impl Iterator<Item = u32> + '_ {
        let arguments = self.arguments.iter().map(|(_, _, head)| head);
        self.actors.iter().chain(&self.recipients).chain(arguments).copied()
    }

    /// Turns an argument with this head into a recipient.
    pub(super) fn promote(&mut self, head: u32) {
        self.arguments.retain(|(_, _, h)| *h != head);
        self.recipients.push(head);
    }

    /// The event, with spans.
    pub(super) fn finish(mut self, reading: &Reading<'_>) -> Event {
        self.trigger.sort_unstable();
        self.trigger.dedup();
        let trigger = &self.trigger;
        let role = |head: &u32| role(reading, *head, trigger);
        let arguments = self.arguments.iter().map(|(name, preposition, head)| EventArgument {
            name: if name.is_empty() { preposition.clone() } else { (*name).to_owned() },
            role: role(head),
        });
        let clauses = self.clauses.iter().map(|(name, head)| EventArgument {
            name: name.clone(),
            role: clause_role(reading, *head, trigger, name),
        });
        let contents = self.contents.iter().filter_map(|&span| content_role(reading, span, trigger));
        let mut quantities = self.quantities;
        let undergoers = self.recipients.iter().map(|&head| (head, true));
        let others = self.arguments.iter().map(|(name, _, head)| (*head, *name == "theme"));
        let harm = quantity::harm(reading, trigger);
        for (head, undergone) in undergoers.chain(others) {
            let harm = harm.as_deref().filter(|_| undergone);
            quantities.extend(quantity::of_phrase(reading, head, harm));
        }
        let times = self.arguments.iter().filter(|(name, _, _)| *name == "time");
        let ahead = self.modality == Modality::Future;
        let date = times.filter_map(|(_, _, head)| date::of_phrase(reading, *head, ahead)).next();
        Event {
            trigger: spans(reading, trigger),
            head: self.head,
            lemma: self.lemma,
            kind: self.kind,
            rule: self.rule,
            modes: self.modes.iter().collect(),
            recipients: without_subject(reading, &self.actors, distinct(self.recipients.iter().map(role))),
            actors: distinct(self.actors.iter().map(role)),
            arguments: arguments.chain(clauses).chain(contents).collect(),
            polarity: self.polarity,
            modality: self.modality,
            date,
            quantities,
            quote: reading.quote(self.head),
            confidence: self.confidence.clamp(0.01, 0.99),
            mentions: Vec::new(),
        }
    }
}

/// Roles of one kind; two heads within one name ("Lecornu" and "Sébastien") are one participant.
fn distinct(roles: impl Iterator<Item = Role>) -> Vec<Role> {
    let mut kept: Vec<Role> = Vec::new();
    for role in roles {
        let inside = |other: &Role| {
            other.entity.is_some() && other.entity == role.entity && other.span.overlaps(role.span)
        };
        if !kept.iter().any(inside) {
            kept.push(role);
        }
    }
    kept
}

/// "Macron called Zelensky to brief *him*": no pronoun but a reflexive one means who acts in its own clause. It is the
/// other participant of the clause above, else nobody is known.
fn without_subject(reading: &Reading<'_>, actors: &[u32], mut roles: Vec<Role>) -> Vec<Role> {
    let syntax = reading.syntax();
    let frames = reading.input.frames;
    for role in &mut roles {
        let objective =
            matches!(syntax.lemma(role.head), "he" | "she" | "it" | "they" | "him" | "her" | "them")
                && syntax.upos(role.head) == Upos::Pron
                && syntax.deprel(role.head) != Deprel::NmodPoss;
        let Some(own) = role.entity.filter(|_| objective) else { continue };
        if !actors.iter().any(|&a| reading.entity(a) == Some(own)) {
            continue;
        }
        let above = frames.around(role.head).and_then(|f| f.parent).and_then(|p| frames.get(p));
        let other = above.and_then(|frame| {
            let mut participants = frames.arguments(frame).iter().filter(|a| a.head < role.head);
            participants.find(|a| {
                reading.is_participant(a.head)
                    && reading.entity(a.head).is_some_and(|e| e != own)
                    && reading.is_person(a.head) == reading.is_personal_pronoun(role.head)
            })
        });
        role.entity = other.and_then(|a| reading.entity(a.head));
    }
    roles
}

/// The name around `head`, if the phrase that the tree gives ends inside it or directly before it: "Mr *Putin*".
fn name_around(reading: &Reading<'_>, head: u32, range: TokenRange) -> Option<(TokenRange, EntityId)> {
    let mentions = reading.input.entities.mentions();
    let after = mentions.partition_point(|m| m.tokens.start <= head + 1);
    mentions[..after].iter().rev().take(4).find_map(|m| {
        let titled = m.tokens.start == head + 1
            && reading.syntax().xpos(head) == Xpos::Nnp
            && reading.own_entity_kind(head).is_none()
            && reading.input.entities.entity(m.entity).kind == EntityType::Person;
        let cut = m.tokens.contains(head) || titled;
        let wanted = m.form == MentionForm::Name && cut && m.tokens.end > range.end;
        wanted.then_some((TokenRange::new(range.start.min(m.tokens.start), m.tokens.end), m.entity))
    })
}

fn role(reading: &Reading<'_>, head: u32, trigger: &[u32]) -> Role {
    let mut range = noun_phrase(reading.syntax(), head);
    if let Some((whole, entity)) = name_around(reading, head, range)
        && !trigger.iter().any(|&t| whole.contains(t))
    {
        return Role { span: reading.input.segmentation.span(whole), head, entity: Some(entity) };
    }
    for &token in trigger {
        if range.contains(token) && token < head {
            range = TokenRange::new(token + 1, range.end);
        } else if range.contains(token) && token > head {
            range = TokenRange::new(range.start, token);
        }
    }
    if range != noun_phrase(reading.syntax(), head) {
        range = trim(reading, range, head);
    }
    Role { span: reading.input.segmentation.span(range), head, entity: reading.entity(head) }
}

/// A clause as a role: its whole stretch to the right of the trigger.
fn clause_role(reading: &Reading<'_>, head: u32, trigger: &[u32], name: &str) -> Role {
    let whole = reading.syntax().subtree(head);
    let last = trigger.iter().copied().filter(|&t| t < head).max();
    let start = last.map_or(whole.start, |t| whole.start.max(t + 1));
    let next = trigger.iter().copied().filter(|&t| t > head).min();
    let end = next.map_or(whole.end, |t| whole.end.min(t));
    let start = start.min(head);
    // "*with* him urging": the word that names the role stands before it.
    let named = start < head && reading.lemma(start) == name;
    let start = if named { start + 1 } else { after_marker(reading, start, head) };
    let range = trim_ends(reading, TokenRange::new(start, end.max(head + 1)), head);
    Role { span: reading.input.segmentation.span(range), head, entity: None }
}

/// Where a clause begins behind the word that introduces it, with the words fixed to that.
fn after_marker(reading: &Reading<'_>, start: u32, head: u32) -> u32 {
    let syntax = reading.syntax();
    let introduces = |c: &u32| {
        matches!(syntax.deprel(*c), Deprel::Mark | Deprel::Case)
            && *c < head
            && syntax.subtree(*c).start <= start
    };
    let marker = syntax.children(head).find(introduces);
    marker.map_or(start, |m| syntax.subtree(m).end.clamp(start, head))
}

/// What is said as a role. None where it holds the trigger.
fn content_role(reading: &Reading<'_>, span: Span, trigger: &[u32]) -> Option<EventArgument> {
    let segmentation = reading.input.segmentation;
    let tokens = segmentation.tokens_in(span);
    let inside = |t: u32| tokens.contains(t);
    if trigger.iter().any(|&t| inside(t)) {
        return None;
    }
    let syntax = reading.syntax();
    let head = (tokens.start..tokens.end).find(|&t| !syntax.head(t).is_some_and(inside))?;
    Some(EventArgument { name: "theme".to_owned(), role: Role { span, head, entity: None } })
}

pub(super) fn trim_ends(reading: &Reading<'_>, range: TokenRange, head: u32) -> TokenRange {
    let syntax = reading.syntax();
    let TokenRange { mut start, mut end } = range;
    while end > head + 1 && syntax.upos(end - 1) == Upos::Punct {
        end -= 1;
    }
    while start < head && syntax.upos(start) == Upos::Punct {
        start += 1;
    }
    TokenRange::new(start, end)
}

/// Takes off punctuation and function words that a cut left at the ends.
fn trim(reading: &Reading<'_>, range: TokenRange, head: u32) -> TokenRange {
    let syntax = reading.syntax();
    let TokenRange { mut start, mut end } = range;
    while end > head + 1
        && matches!(syntax.upos(end - 1), Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Det | Upos::Sconj)
    {
        end -= 1;
    }
    while start < head && matches!(syntax.upos(start), Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Sconj) {
        start += 1;
    }
    TokenRange::new(start, end)
}

/// The spans of tokens in order; neighbours become one span.
fn spans(reading: &Reading<'_>, tokens: &[u32]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(1);
    let mut previous = None;
    for &token in tokens {
        let span = reading.input.segmentation.token(token);
        match spans.last_mut() {
            Some(last) if previous == Some(token - 1) => *last = last.cover(span),
            _ => spans.push(span),
        }
        previous = Some(token);
    }
    spans
}
