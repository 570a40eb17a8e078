//! Pronouns of the third person: a ranker over the noun phrases before them.
//!
//! Candidates are scored by grammatical role, distance, form and parallelism, in the manner of Lappin and Leass
//! (1994), "An Algorithm for Pronominal Anaphora Resolution", with weights set on GAP's validation part. Noun
//! phrases that are no entity compete too, so that "it" is left open when a plain thing fits best.

use newsgraph_gazetteer::Gender;
use newsgraph_syntax::{Deprel, Upos};
use newsgraph_text::TokenRange;
use newsgraph_token::Quotation;

use super::context::Context;
use super::draft::{Cluster, ClusterId, Draft};
use super::nominals::is_plural;
use crate::{EntityType, MentionForm};

/// Sentences before the pronoun's own in which its antecedent may stand.
const WINDOW: usize = 3;
/// Most candidates that are weighed for a pronoun: bounds the work on monstrous sentences.
const MOST_CANDIDATES: usize = 60;

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Person(Gender),
    Thing,
    Plural,
}

/// A noun phrase that a pronoun may refer to.
#[derive(Clone, Copy)]
struct Candidate {
    head: u32,
    start: u32,
    sentence: usize,
    /// `None` for a thing that is no entity.
    cluster: Option<ClusterId>,
    plural: bool,
    form: MentionForm,
    quotation: Option<u32>,
}

/// Adds a mention for every pronoun whose antecedent is clear enough.
pub(crate) fn resolve(ctx: &Context<'_>, draft: &mut Draft) {
    let quotation_of = quotation_of_tokens(ctx);
    let mut candidates = candidates(ctx, draft, &quotation_of);
    // Pronouns become candidates themselves as they are resolved; the list stays in order of the text.
    for token in 0..ctx.syntax.len() {
        let Some(asks) = asks(ctx, token) else { continue };
        let Some(cluster) = best(ctx, draft, &candidates, &quotation_of, token, asks) else { continue };
        let tokens = TokenRange::new(token, token + 1);
        draft.add_mention(tokens, token, MentionForm::Pronoun, cluster);
        let at = candidates.partition_point(|c| c.start <= token);
        let plural = asks == Asks::Plural;
        let sentence = ctx.segmentation.sentence_of(token);
        let quotation = quotation_of[token as usize];
        candidates.insert(
            at,
            Candidate {
                head: token,
                start: token,
                sentence,
                cluster: Some(cluster),
                plural,
                form: MentionForm::Pronoun,
                quotation,
            },
        );
    }
}

/// The innermost utterance that each token stands in.
fn quotation_of_tokens(ctx: &Context<'_>) -> Vec<Option<u32>> {
    let mut of = vec![None; ctx.segmentation.len() as usize];
    for (i, Quotation { tokens, .. }) in ctx.segmentation.quotations().iter().enumerate() {
        if tokens.len() >= 3 {
            of[tokens.range()].fill(Some(i as u32));
        }
    }
    of
}

fn candidates(ctx: &Context<'_>, draft: &Draft, quotation_of: &[Option<u32>]) -> Vec<Candidate> {
    let mut covered = vec![false; ctx.segmentation.len() as usize];
    let mut found = Vec::new();
    for mention in &draft.mentions {
        covered[mention.tokens.range()].fill(true);
        let cluster = draft.cluster(mention.cluster);
        found.push(Candidate {
            head: grammatical_head(ctx, mention.head),
            start: mention.tokens.start,
            sentence: ctx.segmentation.sentence_of(mention.head),
            cluster: Some(mention.cluster),
            plural: cluster.plural || is_plural(ctx, mention.head) && mention.form == MentionForm::Nominal,
            form: mention.form,
            quotation: quotation_of[mention.head as usize],
        });
    }
    for token in 0..ctx.syntax.len() {
        let noun = ctx.syntax.upos(token) == Upos::Noun && !ctx.syntax.deprel(token).is(Deprel::Compound);
        if noun && !covered[token as usize] && !draft.also_headed.contains_key(&token) {
            let sentence = ctx.segmentation.sentence_of(token);
            let (plural, quotation) = (is_plural(ctx, token), quotation_of[token as usize]);
            let form = MentionForm::Nominal;
            found.push(Candidate {
                head: token,
                start: token,
                sentence,
                cluster: None,
                plural,
                form,
                quotation,
            });
        }
    }
    found.sort_by_key(|c| (c.start, c.head));
    found
}

/// The word whose relation is that of the whole phrase: "Mr" in "Mr Olsen said", "President" in "President Olsen",
/// where the tree hangs the name on its title.
fn grammatical_head(ctx: &Context<'_>, head: u32) -> u32 {
    let mut at = head;
    while let Some(up) = ctx.syntax.head(at) {
        let deprel = ctx.syntax.deprel(at);
        let inside = deprel.is(Deprel::Flat)
            || deprel == Deprel::NmodDesc
            || (deprel == Deprel::Appos && up + 1 == at);
        if !inside || up > at || at - up > 4 || !matches!(ctx.syntax.upos(up), Upos::Propn | Upos::Noun) {
            break;
        }
        at = up;
    }
    at
}

/// What the pronoun at `token` asks for, or `None` when it is no pronoun that refers back.
fn asks(ctx: &Context<'_>, token: u32) -> Option<Asks> {
    if ctx.syntax.upos(token) != Upos::Pron {
        return None;
    }
    let lower = ctx.form(token).to_lowercase();
    match lower.as_str() {
        "he" | "him" | "his" | "himself" => Some(Asks::Person(Gender::Male)),
        "she" | "her" | "hers" | "herself" => Some(Asks::Person(Gender::Female)),
        "it" | "its" | "itself" => (!is_expletive(ctx, token)).then_some(Asks::Thing),
        "they" | "them" | "their" | "theirs" | "themselves" => Some(Asks::Plural),
        _ => None,
    }
}

/// Whether "it" refers to nothing: "it is clear that", "it was raining", "it seems".
fn is_expletive(ctx: &Context<'_>, token: u32) -> bool {
    let syntax = ctx.syntax;
    if syntax.deprel(token).is(Deprel::Expl) {
        return true;
    }
    let Some(head) = syntax.head(token).filter(|_| ctx.is_subject(token)) else { return false };
    let clause = |c| {
        let deprel = syntax.deprel(c);
        deprel.is(Deprel::Csubj) || (c > head && (deprel.is(Deprel::Ccomp) || deprel.is(Deprel::Xcomp)))
    };
    let copular = syntax.child(head, Deprel::Cop).is_some();
    (copular && syntax.children(head).any(clause))
        || matches!(syntax.lemma(head), "seem" | "appear" | "rain" | "snow")
}

fn best(
    ctx: &Context<'_>,
    draft: &Draft,
    candidates: &[Candidate],
    quotation_of: &[Option<u32>],
    token: u32,
    asks: Asks,
) -> Option<ClusterId> {
    let sentence = ctx.segmentation.sentence_of(token);
    let end = candidates.partition_point(|c| c.start < token);
    let mut best: Option<(i32, Option<ClusterId>)> = None;
    for candidate in candidates[..end].iter().rev().take(MOST_CANDIDATES) {
        if candidate.sentence + WINDOW < sentence {
            break;
        }
        if !agrees(ctx, draft, candidate, asks) || bound(ctx, candidate.head, token) {
            continue;
        }
        let score = score(ctx, draft, candidate, quotation_of[token as usize], token, sentence, asks);
        // Of equals the nearer one stays: candidates come nearest first.
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate.cluster));
        }
    }
    best.and_then(|(_, cluster)| cluster)
}

fn agrees(ctx: &Context<'_>, draft: &Draft, candidate: &Candidate, asks: Asks) -> bool {
    let cluster: Option<&Cluster> = candidate.cluster.map(|id| draft.cluster(id));
    let kind = cluster.map(|c| c.kind);
    match asks {
        Asks::Person(gender) => cluster.is_some_and(|c| {
            let other = c.gender.filter(|g| *g != Gender::Either);
            c.kind == EntityType::Person && !candidate.plural && other.is_none_or(|g| g == gender)
        }),
        Asks::Thing => {
            let fits = kind.is_none_or(|k| {
                matches!(k, EntityType::Org | EntityType::Product | EntityType::Law | EntityType::Event)
                    || k.is_place()
            });
            fits && !candidate.plural
        }
        Asks::Plural => {
            let body = kind == Some(EntityType::Org) && candidate.form != MentionForm::Pronoun;
            let people = kind == Some(EntityType::Norp) && !ctx.is_modifier(candidate.head);
            candidate.plural || body || people
        }
    }
}

/// Whether grammar forbids the two to be one: a plain pronoun is no co-argument of its antecedent (binding,
/// principle B), and a possessor is not the thing possessed.
fn bound(ctx: &Context<'_>, candidate: u32, pronoun: u32) -> bool {
    let syntax = ctx.syntax;
    let (Some(a), Some(b)) = (syntax.head(candidate), syntax.head(pronoun)) else { return false };
    let reflexive = ctx.form(pronoun).to_lowercase().contains("sel");
    let argument = |t: u32| {
        let d = syntax.deprel(t);
        d.is(Deprel::Nsubj) || d.is(Deprel::Obj) || d.is(Deprel::Iobj) || d.is(Deprel::Obl)
    };
    let coarguments = a == b && argument(candidate) && argument(pronoun) && !reflexive;
    let possessed = b == candidate && syntax.deprel(pronoun) == Deprel::NmodPoss;
    coarguments || possessed || syntax.dominates(pronoun, candidate)
}

/// Whether a subject's verb governs a clause or stands beside quoted words, as verbs of saying do.
fn speaks(ctx: &Context<'_>, subject: u32) -> bool {
    let Some(verb) = ctx.syntax.head(subject) else { return false };
    ctx.syntax.deprel(verb).is(Deprel::Parataxis)
        || ctx.syntax.children(verb).any(|c| {
            let deprel = ctx.syntax.deprel(c);
            deprel.is(Deprel::Ccomp) || deprel.is(Deprel::Parataxis)
        })
}

fn score(
    ctx: &Context<'_>,
    draft: &Draft,
    candidate: &Candidate,
    quotation: Option<u32>,
    token: u32,
    sentence: usize,
    asks: Asks,
) -> i32 {
    let syntax = ctx.syntax;
    let deprel = syntax.deprel(candidate.head);
    let mut score = -30 * (sentence - candidate.sentence) as i32;
    score += match () {
        () if deprel.is(Deprel::Nsubj) => 40,
        () if deprel.is(Deprel::Obj) || deprel.is(Deprel::Iobj) => 18,
        () if deprel == Deprel::NmodPoss => 14,
        () if deprel.is(Deprel::Obl) => 10,
        () if deprel.is(Deprel::Appos) || deprel.is(Deprel::Conj) => 8,
        () => 0,
    };
    if ctx.is_modifier(candidate.head) && deprel != Deprel::NmodPoss {
        score -= 25;
    }
    if deprel.is(Deprel::Nsubj) && ctx.is_subject(token) {
        score += 12;
    }
    let main_clause = syntax.head(candidate.head).is_some_and(|h| syntax.head(h).is_none());
    if deprel.is(Deprel::Nsubj) && main_clause {
        score += 8;
    }
    // Who said the last thing goes on speaking: both are subjects of verbs that govern a clause.
    if deprel.is(Deprel::Nsubj) && ctx.is_subject(token) && speaks(ctx, candidate.head) && speaks(ctx, token)
    {
        score += 24;
    }
    score += match candidate.form {
        MentionForm::Pronoun => 14,
        MentionForm::Name => 8,
        MentionForm::Nominal => 0,
    };
    if let Some(cluster) = candidate.cluster.map(|id| draft.cluster(id)) {
        if matches!(asks, Asks::Person(_)) && cluster.gender.is_none() {
            score -= 14;
        }
        if cluster.named {
            score += 6;
        }
    }
    // Words inside a quotation speak of others than their speaker, and the text around it seldom takes up what
    // only stands inside.
    if candidate.quotation != quotation {
        score -= if quotation.is_some() && deprel.is(Deprel::Nsubj) && candidate.sentence == sentence {
            35
        } else {
            12
        };
    }
    // Nearness within a sentence, a point for each four tokens.
    score - ((token - candidate.start) / 4).min(12) as i32
}
