//! What titles and appositions say of a person: "French President Emmanuel Macron", "Oleg Kiper, governor of
//! Odessa", "Russia's then defence minister Sergei Shoigu".

use newsgraph_gazetteer::{Gender, title};
use newsgraph_syntax::{Deprel, Upos};
use newsgraph_text::TokenRange;

use super::context::Context;
use super::draft::{ClusterId, Draft, DraftMention};
use super::nominals::is_plural;
use super::pronouns::grammatical_head;
use crate::nouns::noun_class;
use crate::{EntityType, MentionForm};

/// Adverbs that may stand inside a title.
const PASSING: [&str; 3] = ["then", "now", "currently"];

/// Words inside a title that are no part of the office. "former" and "acting" are.
const SKIPPED: [&str; 28] = [
    "'s",
    "’s",
    "'",
    "’",
    "the",
    "a",
    "an",
    "his",
    "her",
    "their",
    "its",
    "our",
    "my",
    "then",
    "now",
    "currently",
    "current",
    "outgoing",
    "new",
    "late",
    "fellow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Longest title in tokens: bounds the work per name.
const LONGEST_TITLE: u32 = 8;

/// Lets "the Russian city of Izhevsk" stand for Izhevsk: a noun for a kind of place, named by "of".
pub(crate) fn name_places(ctx: &Context<'_>, draft: &mut Draft) {
    let places: Vec<(u32, ClusterId)> = draft
        .mentions
        .iter()
        .filter(|m| m.form == MentionForm::Name && draft.cluster(m.cluster).kind.is_place())
        .filter_map(|m| {
            let noun = ctx.syntax.head(m.head)?;
            let of = ctx.syntax.child(m.head, Deprel::Case).is_some_and(|c| ctx.form(c) == "of");
            let deprel = ctx.syntax.deprel(m.head);
            let tied = (deprel.is(Deprel::Nmod) && of) || deprel == Deprel::Appos || deprel.is(Deprel::Flat);
            let kind = noun_class(ctx.syntax.lemma(noun)).map(|c| c.kind);
            let place = kind.is_some_and(|k| matches!(k, EntityType::Gpe | EntityType::Loc)) && tied;
            (place && ctx.syntax.upos(noun) == Upos::Noun).then_some((noun, m.cluster))
        })
        .collect();
    draft.also_headed.extend(places);
}

/// Adds the roles, genders and countries that the words around each person's names state.
pub(crate) fn attach(ctx: &Context<'_>, draft: &mut Draft) {
    let cover = Cover::new(ctx, draft);
    let persons: Vec<(TokenRange, u32, ClusterId)> = draft
        .mentions
        .iter()
        .filter(|m| m.form == MentionForm::Name && draft.cluster(m.cluster).kind == EntityType::Person)
        .map(|m| (m.tokens, m.head, m.cluster))
        .collect();
    for (tokens, head, cluster) in persons {
        if let Some(title) = title_before(ctx, &cover, tokens) {
            describe(ctx, draft, &cover, cluster, title);
        }
        for apposition in appositions(ctx, head, tokens) {
            let mut range = trimmed(ctx, apposition);
            if tokens.start > apposition {
                // "rival Bernie Sanders": the name is no part of what he is.
                range.end = range.end.min(tokens.start);
            }
            let class = noun_class(ctx.syntax.lemma(apposition));
            let is_person = class.is_some_and(|c| c.kind == EntityType::Person);
            // "his rivals, Cruz and Rubio": neither is rivals.
            if is_person && !cover.names(apposition) && !is_plural(ctx, apposition) {
                draft.also_headed.insert(apposition, cluster);
                state(ctx, draft, &cover, cluster, range, apposition);
            }
        }
    }
}

/// Which name covers each token.
pub(crate) struct Cover(Vec<u32>);

impl Cover {
    pub(crate) fn new(ctx: &Context<'_>, draft: &Draft) -> Self {
        let mut cover = vec![u32::MAX; ctx.segmentation.len() as usize];
        for (i, mention) in draft.mentions.iter().enumerate().filter(|(_, m)| m.form == MentionForm::Name) {
            cover[mention.tokens.range()].fill(i as u32);
        }
        Self(cover)
    }

    pub(crate) fn names(&self, token: u32) -> bool {
        self.0[token as usize] != u32::MAX
    }

    pub(crate) fn mention<'d>(&self, draft: &'d Draft, token: u32) -> Option<&'d DraftMention> {
        draft.mentions.get(self.0[token as usize] as usize)
    }
}

/// The title before a name: the run of nouns, adjectives, names of countries and possessives that ends right
/// before it, provided that its last noun is one for people.
fn title_before(ctx: &Context<'_>, cover: &Cover, name: TokenRange) -> Option<TokenRange> {
    let sentence = ctx.sentence_of(name.start);
    let mut start = name.start;
    while start > sentence.start && name.start - start < LONGEST_TITLE {
        let token = start - 1;
        // "On Tuesday French President …": what hangs on something else is no part of the title.
        let hangs_inside = ctx.syntax.head(token).is_some_and(|h| h > token && h < name.end)
            || ctx.syntax.children(token).any(|c| c >= start && c < name.end)
            || start == name.start && is_capitalized_office(ctx, token);
        let fits = match ctx.syntax.upos(token) {
            Upos::Noun | Upos::Propn | Upos::Adj => hangs_inside,
            Upos::Adv => PASSING.contains(&ctx.syntax.lemma(token)),
            Upos::Part => matches!(ctx.form(token), "'s" | "’s" | "'" | "’"),
            Upos::Punct => ctx.form(token) == "-",
            _ => false,
        };
        if !fits {
            break;
        }
        start = token;
    }
    let last = name.start.checked_sub(1)?;
    let is_title = start < name.start
        && !cover.names(last)
        && (is_person_noun(ctx, last) || title(ctx.form(last)).is_some());
    // A person named before the title ("told Macron President Putin …") belongs to another phrase.
    is_title.then(|| TokenRange::new(start, name.start))
}

/// Whether a word right before a name is an office by its capital: "Minister" in "… and Defence Minister Sébastien
/// Lecornu", whatever the tree hangs it on.
fn is_capitalized_office(ctx: &Context<'_>, token: u32) -> bool {
    ctx.form(token).starts_with(char::is_uppercase) && is_person_noun(ctx, token)
}

fn is_person_noun(ctx: &Context<'_>, token: u32) -> bool {
    let lower = ctx.form(token).to_lowercase();
    noun_class(ctx.syntax.lemma(token))
        .or_else(|| noun_class(&lower))
        .is_some_and(|c| c.kind == EntityType::Person)
}

/// Heads of noun phrases in apposition to a name, on either side of it.
fn appositions(ctx: &Context<'_>, head: u32, name: TokenRange) -> Vec<u32> {
    let mut found: Vec<u32> = ctx
        .syntax
        .children(head)
        .filter(|&c| {
            ctx.syntax.deprel(c) == Deprel::Appos && !name.contains(c) && ctx.syntax.upos(c) == Upos::Noun
        })
        .collect();
    // In "her rival, Sen. Bernie Sanders" the tree may hang the name on its title, and that on the rival.
    let top = grammatical_head(ctx, head);
    let parent = ctx.syntax.head(top);
    if ctx.syntax.deprel(top) == Deprel::Appos || ctx.syntax.deprel(top).is(Deprel::Flat) {
        found.extend(parent.filter(|&p| ctx.syntax.upos(p) == Upos::Noun && !name.contains(p)));
    }
    found
}

/// Words on either side of its head that a phrase has at most: bounds the work on monstrous sentences.
const LONGEST_PHRASE: u32 = 128;

/// A noun phrase from its first modifier to its last, without relative clauses, participles and what follows
/// a comma.
pub(crate) fn trimmed(ctx: &Context<'_>, head: u32) -> TokenRange {
    let syntax = ctx.syntax;
    let full = syntax.subtree(head);
    let mut range = full;
    for child in syntax.children(head) {
        let reach = syntax.subtree(child);
        let deprel = syntax.deprel(child);
        let clause = deprel.is(Deprel::Acl)
            || deprel.is(Deprel::Advcl)
            || deprel.is(Deprel::Appos)
            || deprel.is(Deprel::Conj)
            || deprel.is(Deprel::Cc)
            || deprel.is(Deprel::Parataxis)
            || deprel.is(Deprel::List)
            || deprel.is(Deprel::Dep)
            || (deprel.is(Deprel::Punct) && !is_hyphen(ctx, child))
            // The possessive mark.
            || (deprel.is(Deprel::Case) && child > head);
        if clause && child > head {
            range.end = range.end.min(reach.start.max(head + 1));
        } else if (clause
            || deprel.is(Deprel::Case)
            || deprel.is(Deprel::Cop)
            || deprel.is(Deprel::Nsubj)
            || deprel.is(Deprel::Mark))
            && child < head
        {
            range.start = range.start.max(reach.end.min(head));
        }
    }
    range.start = range.start.max(head.saturating_sub(LONGEST_PHRASE));
    range.end = range.end.min(head + 1 + LONGEST_PHRASE);
    range
}

/// Whether a dash joins two words rather than sets something apart.
pub(super) fn is_hyphen(ctx: &Context<'_>, token: u32) -> bool {
    let span = ctx.segmentation.token(token);
    let touches = |other: u32, at: fn(newsgraph_text::Span) -> u32, edge: u32| {
        other < ctx.segmentation.len() && at(ctx.segmentation.token(other)) == edge
    };
    let before = token > 0 && touches(token - 1, |s| s.end, span.start);
    matches!(ctx.form(token), "-" | "–") && before && touches(token + 1, |s| s.start, span.end)
}

fn describe(ctx: &Context<'_>, draft: &mut Draft, cover: &Cover, cluster: ClusterId, title: TokenRange) {
    for token in title {
        if is_person_noun(ctx, token) && !cover.names(token) {
            draft.also_headed.insert(token, cluster);
        }
    }
    state(ctx, draft, cover, cluster, title, title.end - 1);
}

/// Records the role that `phrase` with the noun `head` states of a person.
fn state(
    ctx: &Context<'_>,
    draft: &mut Draft,
    cover: &Cover,
    cluster: ClusterId,
    phrase: TokenRange,
    head: u32,
) {
    let title = title(ctx.form(head));
    let gender =
        title.and_then(|t| t.gender).or_else(|| noun_class(ctx.syntax.lemma(head)).and_then(|c| c.gender));
    let honorific = title.is_some_and(|t| t.role.is_empty());
    let (role, country) = role_of(ctx, draft, cover, phrase, head);
    let target = draft.cluster_mut(cluster);
    if target.gender.is_none() && gender != Some(Gender::Either) {
        target.gender = gender;
    }
    if let Some(country) = country {
        target.add_country(&country);
    }
    // "his counterpart" says whose, not what.
    if !honorific && ctx.syntax.lemma(head) != "counterpart" {
        target.add_role(role);
    }
}

/// A role in the form of the record, "president of France", and the state it names: a demonym or a name before
/// the office moves behind it.
pub(crate) fn role_of(
    ctx: &Context<'_>,
    draft: &Draft,
    cover: &Cover,
    phrase: TokenRange,
    head: u32,
) -> (String, Option<String>) {
    let mut place: Option<(String, Option<String>)> = None;
    let mut office = String::new();
    let mut token = phrase.start;
    while token < head {
        if let Some(mention) = cover.mention(draft, token).filter(|m| m.tokens.end <= head && place.is_none())
        {
            place = state_of(ctx, draft, mention.cluster);
            token = mention.tokens.end;
            continue;
        }
        let form = ctx.form(token);
        let hyphen = is_hyphen(ctx, token);
        if (hyphen || ctx.syntax.upos(token) != Upos::Punct)
            && !SKIPPED.contains(&form.to_lowercase().as_str())
        {
            let glued = office.ends_with('-') || hyphen;
            if !office.is_empty() && !glued {
                office.push(' ');
            }
            office.push_str(&form.to_lowercase());
        }
        token += 1;
    }
    let office = office.trim_matches([' ', '-']);
    let mut role = format!("{office} {}", office_word(ctx, head)).trim().to_owned();
    let country = place.as_ref().and_then(|(_, country)| country.clone());
    if head + 1 < phrase.end {
        let comma = (head + 1..phrase.end).find(|&t| matches!(ctx.form(t), "," | ";" | ":" | "(" | "—"));
        let tail = ctx.words(TokenRange::new(head + 1, comma.unwrap_or(phrase.end)));
        role.push(' ');
        role.push_str(&tail.split_whitespace().collect::<Vec<_>>().join(" "));
    } else if let Some((name, _)) = place {
        role.push_str(" of ");
        role.push_str(&name);
    }
    (role, country)
}

/// The word for an office in the singular, and written out: "senator" of "Sen." and "Sens.".
fn office_word(ctx: &Context<'_>, head: u32) -> String {
    let form = ctx.form(head);
    let single = if is_plural(ctx, head) { ctx.syntax.lemma(head) } else { form };
    let spelled = title(single).or_else(|| title(form)).map(|t| t.role).filter(|_| form.ends_with('.'));
    spelled.filter(|role| !role.is_empty()).map_or_else(|| single.to_lowercase(), str::to_owned)
}

/// The name of the state, place or body behind a modifier ("French", "Odessa", "NATO"), and its country code.
fn state_of(ctx: &Context<'_>, draft: &Draft, cluster: ClusterId) -> Option<(String, Option<String>)> {
    let cluster = draft.cluster(cluster);
    let code = cluster.countries.first().cloned();
    if cluster.kind == EntityType::Norp {
        let state = ctx.gazetteer.by_id(&format!("country/{}", code.as_deref()?))?;
        return Some((state.name().to_owned(), code));
    }
    let known = cluster.entry.and_then(|e| ctx.gazetteer.entry(e));
    Some((known.map_or(cluster.label.as_str(), |e| e.name()).to_owned(), code))
}
