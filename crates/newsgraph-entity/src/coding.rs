//! Codes of a user's lists: which a name has on the day of the document, and which a description gets from the word
//! for what somebody is ("Ukrainian soldiers").
//!
//! The second follows TABARI and PETRARCH: an agent next to an actor in one noun phrase adds its code to the
//! actor's, on the side that the dictionary says; alone its code stands behind `---`.

use newsgraph_gazetteer::{Entry, Match, PartialDate};
use newsgraph_syntax::Deprel;
use newsgraph_text::TokenRange;

use crate::nouns::noun_class;
use crate::resolve::Context;
use crate::{Entities, EntityId, EntityType, MentionForm};

/// How records name an entity of the gazetteer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Identifiers {
    /// The code that the user's list gives, else the entry's id.
    pub(crate) kb: Option<String>,
    /// The entry's id, where that is not it.
    pub(crate) entry: Option<String>,
}

/// The identifiers of somebody who is `identity`, and whom a user's list has as `coder`.
pub(crate) fn identifiers(
    identity: Option<Entry<'_>>,
    coder: Option<Entry<'_>>,
    published: Option<&str>,
) -> Identifiers {
    let id = identity.map(|entry| entry.id());
    let kb = match coder {
        Some(coder) if coder.codes().next().is_none() => Some(coder.id()),
        Some(coder) => {
            // Dictionaries write marks of no letter for "no code from then on".
            let code = coder.code_on(published.and_then(PartialDate::parse));
            let code = code.filter(|code| code.contains(char::is_alphanumeric));
            code.or(id.filter(|_| identity.is_some_and(|entry| !entry.is_added())))
        }
        None => id,
    };
    let entry = id.filter(|&id| kb != Some(id)).map(str::to_owned);
    Identifiers { kb: kb.map(str::to_owned), entry }
}

/// Gives entities that agents describe their code. Agents that describe nobody known become entities of their own.
pub(crate) fn code_agents(ctx: &Context<'_>, matches: &[Match], entities: &mut Entities) {
    let agents = matches.iter().filter_map(|found| {
        let mut candidates = ctx.gazetteer.candidates(found.name);
        Some((found.tokens, candidates.find_map(|candidate| candidate.entry.agent_code())?))
    });
    let agents: Vec<(TokenRange, &str)> = agents.collect();
    if agents.is_empty() {
        return;
    }
    let mut named = vec![false; ctx.segmentation.len() as usize];
    for mention in entities.mentions().iter().filter(|m| m.form == MentionForm::Name) {
        named[mention.tokens.range()].fill(true);
    }
    for (tokens, agent) in agents {
        // "General" in "General Motors" is nobody's rank.
        if named[tokens.range()].contains(&true) {
            continue;
        }
        let head = ctx.head_of(tokens);
        let described = entities.entity_headed_by(head);
        if described.is_some_and(|id| entities.entity(id).is_coded()) {
            continue;
        }
        let (actor, start) = actor(ctx, entities, head, described);
        let code = joined(actor.as_deref(), agent);
        let described = described.or_else(|| {
            let deprel = ctx.syntax.deprel(head);
            let modifier = deprel.is(Deprel::Compound) || deprel.is(Deprel::Amod) || deprel.is(Deprel::Flat);
            (!modifier)
                .then(|| describe(ctx, entities, TokenRange::new(start.min(tokens.start), tokens.end), head))
        });
        if let Some(id) = described {
            entities.set_code(id, code);
        }
    }
}

/// A description that nothing else needed.
fn describe(ctx: &Context<'_>, entities: &mut Entities, tokens: TokenRange, head: u32) -> EntityId {
    let kind =
        noun_class(&ctx.syntax.lemma(head).to_lowercase()).map_or(EntityType::Person, |class| class.kind);
    entities.add_described(kind, ctx.words(tokens), tokens, head, ctx.span(tokens))
}

/// The code of the actor whose agent `head` is, and where its phrase begins: of a state or body in its noun phrase,
/// else of the country of whom it describes.
fn actor(
    ctx: &Context<'_>,
    entities: &Entities,
    head: u32,
    described: Option<EntityId>,
) -> (Option<String>, u32) {
    for child in ctx.syntax.children(head) {
        let deprel = ctx.syntax.deprel(child);
        let before = child < head
            && (deprel.is(Deprel::Amod) || deprel.is(Deprel::Compound) || deprel == Deprel::NmodPoss);
        let of = child > head
            && deprel.is(Deprel::Nmod)
            && ctx.syntax.children(child).any(|c| matches!(ctx.syntax.lemma(c), "of" | "from"));
        if !before && !of {
            continue;
        }
        let modifier = entities.entity_headed_by(child).filter(|&id| Some(id) != described);
        if let Some(code) = modifier.and_then(|id| code_of(ctx, entities, id)) {
            return (Some(code), if before { child } else { head });
        }
    }
    (described.and_then(|id| code_of(ctx, entities, id)), head)
}

/// The code of a user's list, else of the country.
fn code_of(ctx: &Context<'_>, entities: &Entities, id: EntityId) -> Option<String> {
    let entity = entities.entity(id);
    let kb = entity.kb.as_deref()?;
    if entity.is_coded() {
        return Some(kb.to_owned());
    }
    ctx.gazetteer.by_id(kb)?.country().map(str::to_owned)
}

/// The codes of actor and agent in one, each part once: `FRE` and `~MIL` give `FREMIL`.
fn joined(actor: Option<&str>, agent: &str) -> String {
    let part = agent.replace('~', "");
    let Some(actor) = actor else { return if agent.ends_with('~') { part } else { format!("---{part}") } };
    let join = |actor: &str| {
        let has = actor.as_bytes().chunks(3).any(|code| code == part.as_bytes());
        match (has, agent.ends_with('~')) {
            (true, _) => actor.to_owned(),
            (false, true) => format!("{part}{actor}"),
            (false, false) => format!("{actor}{part}"),
        }
    };
    actor.split('/').map(join).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_actors_and_agents_are_joined() {
        for (actor, agent, expected) in [
            (Some("FRE"), "~MIL", "FREMIL"),
            (Some("FREMIL"), "~MIL", "FREMIL"),
            (Some("FRE/SYL"), "~MIL", "FREMIL/SYLMIL"),
            (Some("FRE"), "NGO~", "NGOFRE"),
            (None, "~LAB", "---LAB"),
            (None, "NGO~", "NGO"),
        ] {
            assert_eq!(joined(actor, agent), expected);
        }
    }
}
