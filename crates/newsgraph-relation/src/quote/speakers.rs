//! Who speaks: the entity behind a source, and behind "I" inside quotation marks.

use newsgraph_entity::{Entities, EntityId, EntityType, noun_class};
use newsgraph_syntax::Upos;

use super::draft::{Attribution, Context};
use super::ranges;

/// The entity behind a source. One is made where the layers below saw no participant.
pub(crate) fn speaker(
    ctx: &Context<'_>,
    attribution: &Attribution,
    entities: &mut Entities,
) -> Option<EntityId> {
    let head = attribution.source_head?;
    let source = attribution.source?;
    if let Some(group) = entities.group(head, source, ctx.segmentation) {
        return Some(group);
    }
    if let Some(known) = entities.entity_headed_by(head) {
        return Some(known);
    }
    if let Some(named) = source.iter().find_map(|t| name_inside(ctx, entities, head, t)) {
        return Some(named);
    }
    if let Some(owner) = owner_of_text(ctx, entities, head) {
        return Some(owner);
    }
    let kind = participant_kind(ctx, head)?;
    let span = ctx.segmentation.span(source);
    Some(entities.add_described(kind, span.of(ctx.text), source, head, span))
}

/// A name that hangs directly on the head of the source: "construction worker Casey Gadaleta".
fn name_inside(ctx: &Context<'_>, entities: &Entities, head: u32, token: u32) -> Option<EntityId> {
    use newsgraph_syntax::Deprel;
    let deprel = ctx.syntax.deprel(token);
    let tied = ctx.syntax.head(token) == Some(head) && (deprel.is(Deprel::Flat) || deprel.is(Deprel::Appos));
    let person = |e: &EntityId| matches!(entities.entity(*e).kind, EntityType::Person | EntityType::Org);
    tied.then(|| entities.entity_headed_by(token)).flatten().filter(person)
}

/// Who speaks in "a Kremlin statement", "Olsen's letter", "an AFP analysis": the body or person that the text is of.
fn owner_of_text(ctx: &Context<'_>, entities: &Entities, head: u32) -> Option<EntityId> {
    use newsgraph_syntax::Deprel;
    if participant_kind(ctx, head).is_some() {
        return None;
    }
    let modifies = |t: &u32| {
        let deprel = ctx.syntax.deprel(*t);
        let by = deprel.is(Deprel::Nmod)
            && ctx.syntax.child(*t, Deprel::Case).is_some_and(|c| matches!(ctx.form(c), "by" | "from"));
        by || deprel == Deprel::NmodPoss || deprel.is(Deprel::Compound) || deprel.is(Deprel::Amod)
    };
    let speaks = |e: &EntityId| {
        matches!(entities.entity(*e).kind, EntityType::Person | EntityType::Org | EntityType::Gpe)
    };
    ctx.syntax.children(head).filter(modifies).filter_map(|t| entities.entity_headed_by(t)).find(speaks)
}

/// What kind of speaker an unknown head noun is; `None` for pronouns and for things that do not speak.
fn participant_kind(ctx: &Context<'_>, head: u32) -> Option<EntityType> {
    let upos = ctx.syntax.upos(head);
    match upos {
        Upos::Propn => Some(EntityType::Person),
        Upos::Noun | Upos::Adj | Upos::Num | Upos::Verb => {
            let known = noun_class(&ctx.syntax.lemma(head).to_lowercase()).map(|c| c.kind);
            known.or((upos != Upos::Noun).then_some(EntityType::Person))
        }
        _ => None,
    }
}

/// Makes "I", "me", "my" inside quotation marks mentions of the speaker.
pub(crate) fn first_person(
    ctx: &Context<'_>,
    found: &[Attribution],
    speakers: &[Option<EntityId>],
    entities: &mut Entities,
) {
    let mut owner: Vec<Option<EntityId>> = vec![None; ctx.segmentation.len() as usize];
    // Outer attributions first, so that the innermost speaker of a word wins.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(ranges::size(&found[i].content)));
    for i in order {
        for token in found[i].content.iter().flat_map(|r| r.iter()) {
            if ctx.quoted[token as usize] != u32::MAX {
                owner[token as usize] = speakers[i];
            }
        }
    }
    for token in 0..ctx.syntax.len() {
        let Some(speaker) = owner[token as usize] else { continue };
        let form = ctx.form(token);
        let first = matches!(form, "I" | "me" | "Me" | "my" | "My" | "mine" | "myself");
        if first
            && ctx.syntax.upos(token) == Upos::Pron
            && entities.entity(speaker).kind == EntityType::Person
        {
            entities.add_pronoun(token, ctx.segmentation.token(token), speaker);
        }
    }
}
