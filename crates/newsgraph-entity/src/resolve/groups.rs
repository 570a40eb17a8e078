//! Groups: who "the two leaders", "both sides" and "Macron and Putin" are.
//!
//! A counted description means that many who were named before it and whom its noun fits: leaders lead something,
//! sides and countries are states, however named (Russia, the Kremlin, "Russian"). Sentences are read backwards until
//! there are enough. Where that gives too many, those that the document names most are meant; where it gives
//! no clear answer, the group stays without members.

use newsgraph_gazetteer::Gender;
use newsgraph_syntax::Deprel;
use rustc_hash::FxHashMap;

use super::context::Context;
use super::draft::{Cluster, ClusterId, Draft, role_words};
use super::nominals::is_plural;
use crate::EntityType;
use crate::nouns::noun_class;

/// Sentences before the description's own that are read.
const SENTENCES: usize = 8;

/// Names that are looked at: bounds the work on monstrous sentences.
const NAMES: usize = 64;

/// The members of a group.
pub(super) struct Found {
    pub(super) members: Vec<ClusterId>,
    /// Whether the description's own sentence names them all.
    pub(super) near: bool,
}

/// Whom a noun in the plural may mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Those {
    States,
    Companies,
    Men,
    Women,
    Leaders,
    Holders,
}

/// The members of the group that the description headed by `head` means. `before` are the names before it, in order of
/// the text, as (first token, cluster).
pub(super) fn members(
    ctx: &Context<'_>,
    draft: &Draft,
    before: &[(u32, ClusterId)],
    head: u32,
) -> Option<Found> {
    let (count, counted) = count(ctx, head)?;
    let lemma = ctx.syntax.lemma(head).to_lowercase();
    let those = those(&lemma)?;
    let own = ctx.segmentation.sentence_of(head);
    let mut found: Vec<(ClusterId, u32)> = Vec::new();
    let (mut sentence, mut near) = (own, false);
    for &(token, cluster) in before.iter().rev().take(NAMES) {
        let at = ctx.segmentation.sentence_of(token);
        if at != sentence && found.len() >= count && counted || at + SENTENCES < own {
            break;
        }
        sentence = at;
        let Some(member) = member(ctx, draft, cluster, those, &lemma) else { continue };
        match found.iter_mut().find(|(other, _)| *other == member) {
            Some((_, first)) => *first = token,
            None => found.push((member, token)),
        }
        if at == own {
            near = found.len() == count;
        }
    }
    if found.len() > count && !counted {
        // "The justices" of whom more than two are known are all of them.
        return None;
    }
    if found.len() > count {
        most_named(ctx, draft, before, those, &lemma, count, &mut found)?;
        near = false;
    }
    let members: Vec<ClusterId> = found.into_iter().map(|(cluster, _)| cluster).collect();
    (members.len() == count).then_some(Found { members, near })
}

/// How many a description with its article means, and whether it says so: "the two leaders", "both sides", "the presidents".
fn count(ctx: &Context<'_>, head: u32) -> Option<(usize, bool)> {
    let syntax = ctx.syntax;
    let (mut definite, mut number) = (false, None);
    for child in syntax.children(head).take_while(|&c| c < head) {
        let deprel = syntax.deprel(child);
        match syntax.lemma(child).to_lowercase().as_str() {
            "the" | "these" | "those" => definite = true,
            "both" => (definite, number) = (true, Some(2)),
            "two" | "2" => number = Some(2),
            "three" | "3" => number = Some(3),
            "four" | "4" => number = Some(4),
            // Whoever is described closer is somebody else.
            _ if deprel.is(Deprel::Case) || deprel.is(Deprel::Punct) || deprel.is(Deprel::Mark) => {}
            _ if deprel.is(Deprel::Advmod) || deprel.is(Deprel::Cc) => {}
            _ => return None,
        }
    }
    let of = syntax.children(head).any(|c| c > head && syntax.deprel(c) == Deprel::Nmod && is_of(ctx, c));
    (definite && !of && is_plural(ctx, head)).then_some((number.unwrap_or(2), number.is_some()))
}

fn is_of(ctx: &Context<'_>, token: u32) -> bool {
    ctx.syntax.child(token, Deprel::Case).is_some_and(|case| ctx.form(case) == "of")
}

fn those(lemma: &str) -> Option<Those> {
    Some(match lemma {
        "side" | "country" | "nation" | "state" | "neighbour" | "neighbor" | "government" => Those::States,
        "company" | "firm" => Those::Companies,
        "man" => Those::Men,
        "woman" => Those::Women,
        "leader" => Those::Leaders,
        _ if noun_class(lemma)?.kind == EntityType::Person => Those::Holders,
        _ => return None,
    })
}

/// The member that a name is, if it may be one.
fn member(ctx: &Context<'_>, draft: &Draft, id: ClusterId, those: Those, lemma: &str) -> Option<ClusterId> {
    let cluster = draft.cluster(id);
    let person = cluster.kind == EntityType::Person;
    match those {
        Those::States => draft.state(&state_code(ctx, cluster)?),
        Those::Companies => (cluster.kind == EntityType::Org && seat(ctx, cluster).is_none()).then_some(id),
        Those::Men => (person && cluster.gender != Some(Gender::Female)).then_some(id),
        Those::Women => (person && cluster.gender != Some(Gender::Male)).then_some(id),
        Those::Leaders => (person && leads(cluster)).then_some(id),
        Those::Holders => (person && cluster.holds(lemma)).then_some(id),
    }
}

/// Whether a role of a person is to lead something.
pub(super) fn leads(cluster: &Cluster) -> bool {
    cluster.roles.iter().any(|r| role_words(r).any(|w| noun_class(w).is_some_and(|c| c.leader)))
}

/// The code of the state that a name is, stands for, or whose people it names.
fn state_code(ctx: &Context<'_>, cluster: &Cluster) -> Option<String> {
    if cluster.kind == EntityType::Norp {
        return cluster.countries.first().cloned();
    }
    let entry = cluster.entry.and_then(|e| ctx.gazetteer.entry(e))?;
    let state = if entry.id().starts_with("country/") { entry } else { entry.stands_for()? };
    state.id().strip_prefix("country/").map(str::to_owned)
}

fn seat(ctx: &Context<'_>, cluster: &Cluster) -> Option<()> {
    cluster.entry.and_then(|e| ctx.gazetteer.entry(e)).and_then(|e| e.stands_for()).map(|_| ())
}

/// Of too many keeps those that the document has named most so far, if it is clear who they are.
fn most_named(
    ctx: &Context<'_>,
    draft: &Draft,
    before: &[(u32, ClusterId)],
    those: Those,
    lemma: &str,
    count: usize,
    found: &mut Vec<(ClusterId, u32)>,
) -> Option<()> {
    let mut uses: FxHashMap<ClusterId, u32> = FxHashMap::default();
    for &(_, cluster) in before.iter().rev().take(4 * NAMES) {
        if let Some(member) = member(ctx, draft, cluster, those, lemma) {
            *uses.entry(member).or_default() += 1;
        }
    }
    let of = |&(cluster, _): &(ClusterId, u32)| uses.get(&cluster).copied().unwrap_or(0);
    found.sort_by_key(|f| (std::cmp::Reverse(of(f)), f.0));
    if of(found.get(count - 1)?) == of(found.get(count)?) {
        return None;
    }
    found.truncate(count);
    Some(())
}
