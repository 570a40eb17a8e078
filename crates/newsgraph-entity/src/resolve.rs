//! From names to entities: which mentions are the same person, body, place or thing.

mod context;
mod coordinations;
mod draft;
mod finds;
mod groups;
mod identity;
mod names;
mod nominals;
mod places;
mod pronouns;
mod roles;

use newsgraph_gazetteer::Match;

pub(crate) use context::Context;
pub use coordinations::Coordination;
use draft::Draft;
pub use draft::{ClusterId, DraftMention};

use crate::coding::{Identifiers, identifiers};
use crate::coreference::Judge;
use crate::expression::Expression;
use crate::model::listed;
use crate::{Entities, Entity, EntityId, Joined, Mention, MentionForm, RecognizedName};

/// Builds the entity layer of a document from the finds of the steps before.
pub(crate) fn resolve(
    ctx: &Context<'_>,
    matches: &[Match],
    recognized: &[RecognizedName],
    expressions: &[Expression],
    judge: &mut dyn Judge,
) -> Entities {
    let mut draft = Draft::default();
    let names = names::collect(ctx, matches, recognized, expressions);
    identity::cluster(ctx, &names, &mut draft);
    roles::name_places(ctx, &mut draft);
    roles::attach(ctx, &mut draft);
    nominals::resolve(ctx, &mut draft);
    let pronouns = pronouns::find(ctx);
    coordinations::collect(ctx, &mut draft, &pronouns);
    pronouns::resolve(ctx, &mut draft, &pronouns, judge);
    coordinations::add_mentions(&mut draft);
    draft.drop_lone_places();
    add_expressions(ctx, &mut draft, expressions);
    finish(ctx, draft, expressions)
}

/// Dates, sums and numbers, each an entity of its own, where no name stands already.
fn add_expressions(ctx: &Context<'_>, draft: &mut Draft, expressions: &[Expression]) {
    let cover = roles::Cover::new(ctx, draft);
    for expression in expressions {
        let taken = expression.tokens.iter().any(|t| cover.names(t) || draft.also_headed.contains_key(&t));
        if !taken {
            let cluster =
                draft.add_cluster(draft::Cluster::new(expression.kind, ctx.words(expression.tokens)));
            draft.add_mention(expression.tokens, ctx.head_of(expression.tokens), MentionForm::Name, cluster);
        }
    }
}

/// Numbers the entities in order of their first mention.
fn finish(ctx: &Context<'_>, draft: Draft, expressions: &[Expression]) -> Entities {
    let mut order: Vec<(u32, u32, u32)> = vec![(u32::MAX, 0, 0); draft.clusters.len()];
    for (i, slot) in order.iter_mut().enumerate() {
        slot.2 = i as u32;
    }
    for mention in &draft.mentions {
        let slot = &mut order[mention.cluster as usize];
        let first = (mention.tokens.start, u32::MAX - mention.tokens.end, mention.cluster);
        *slot = (*slot).min(first);
    }
    order.retain(|o| o.0 != u32::MAX);
    order.sort_unstable();
    let mut renumbered = vec![EntityId(0); draft.clusters.len()];
    let mut entities = Vec::with_capacity(order.len());
    for (i, &(_, _, cluster)) in order.iter().enumerate() {
        renumbered[cluster as usize] = EntityId(i as u32);
        entities.push(entity(ctx, draft.cluster(cluster)));
    }
    let known: Vec<bool> = mentioned(&draft);
    for &(_, _, cluster) in &order {
        let members = draft.cluster(cluster).members.iter().filter(|&&m| known[m as usize]);
        let mut members: Vec<EntityId> = members.map(|&m| renumbered[m as usize]).collect();
        members.sort_unstable();
        let group = renumbered[cluster as usize].0 as usize;
        if !members.is_empty() {
            let names: Vec<&str> = members.iter().map(|m| entities[m.0 as usize].name.as_str()).collect();
            entities[group].name = listed(&names);
        }
        entities[group].members = members;
    }
    let mentions = draft.mentions.iter().map(|m| Mention {
        span: ctx.span(m.tokens),
        tokens: m.tokens,
        head: m.head,
        form: m.form,
        entity: renumbered[m.cluster as usize],
    });
    let mut also: Vec<(u32, EntityId)> =
        draft.also_headed.iter().map(|(&token, &cluster)| (token, renumbered[cluster as usize])).collect();
    also.sort_unstable();
    let joined = draft.coordinations.iter().filter(|c| c.joined).filter_map(|c| {
        let members = draft.cluster(c.cluster).members.iter();
        let mut members: Vec<EntityId> = members.map(|&m| renumbered[m as usize]).collect();
        members.sort_unstable();
        // Places that nothing is known of are left out above.
        let whole = draft.cluster(c.cluster).members.iter().all(|&m| known[m as usize]);
        let head = c.heads.first().copied().filter(|_| whole)?;
        Some(Joined { tokens: c.tokens, head, members })
    });
    let joined = joined.collect();
    Entities::new(entities, mentions.collect(), &also, ctx.segmentation.len())
        .with_expressions(expressions.to_vec())
        .with_joined(joined)
}

/// Which clusters have mentions.
fn mentioned(draft: &Draft) -> Vec<bool> {
    let mut known = vec![false; draft.clusters.len()];
    for mention in &draft.mentions {
        known[mention.cluster as usize] = true;
    }
    known
}

fn entity(ctx: &Context<'_>, cluster: &draft::Cluster) -> Entity {
    let known = cluster.entry.and_then(|e| ctx.gazetteer.entry(e));
    // A dictionary in capitals does not know how a name is written.
    let name = known.filter(|e| !e.is_added() || e.kind().is_some()).map(|e| e.name());
    let coder = cluster.coder.and_then(|e| ctx.gazetteer.entry(e));
    let Identifiers { kb, entry } = identifiers(known, coder, ctx.published);
    Entity {
        name: name.unwrap_or(&cluster.label).to_owned(),
        kind: known.and_then(|e| e.kind()).unwrap_or(cluster.kind),
        kb,
        entry,
        roles: cluster.roles.clone(),
        members: Vec::new(),
    }
}
