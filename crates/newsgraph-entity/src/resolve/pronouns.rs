//! Pronouns of the third person: a ranker over the entities and noun phrases around them.
//!
//! Here are the pronouns and the hard limits of grammar (number, gender, binding); features weigh the rest, see
//! [`crate::coreference`]. Noun phrases that are no entity compete too, so that "it" is left open when a plain
//! thing fits best.

mod features;
mod phrases;

use newsgraph_gazetteer::{Gender, first_name, org_word, place_word};
use newsgraph_syntax::{Deprel, Upos, Xpos};
use newsgraph_text::TokenRange;

use super::context::Context;
use super::draft::{Cluster, ClusterId, Draft};
use super::nominals::is_plural;
use crate::coreference::{Candidate, Choice, Feature, Judge};
use crate::{EntityType, MentionForm};
use features::Observer;
pub(super) use phrases::grammatical_head;
use phrases::{Phrase, Phrases, Role, Sort};

/// Sentences before the pronoun's own in which its antecedent may stand.
pub(super) const WINDOW: usize = 5;
/// Most noun phrases that are weighed for a pronoun: bounds the work on monstrous sentences.
const MOST_PHRASES: usize = 80;

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    Person(Gender),
    Thing,
    Plural,
}

/// A pronoun with what decides about its antecedent.
#[derive(Clone, Copy)]
pub(super) struct Pronoun {
    token: u32,
    asks: Asks,
    sentence: usize,
    quotation: Option<u32>,
    reflexive: bool,
}

/// The pronouns of the third person and what each asks for, in order of the text.
pub(super) fn find(ctx: &Context<'_>) -> Vec<(u32, Asks)> {
    (0..ctx.syntax.len()).filter_map(|token| Some((token, asks(ctx, token)?))).collect()
}

/// Adds a mention for every pronoun whose antecedent is clear enough.
pub(crate) fn resolve(ctx: &Context<'_>, draft: &mut Draft, pronouns: &[(u32, Asks)], judge: &mut dyn Judge) {
    let mut phrases = Phrases::collect(ctx, draft);
    let mut observer = Observer::new(draft);
    let mut candidates: Vec<Candidate> = Vec::new();
    for &(token, asks) in pronouns {
        let pronoun = Pronoun {
            token,
            asks,
            sentence: ctx.segmentation.sentence_of(token),
            quotation: phrases.quotation(token),
            reflexive: ctx.form(token).to_lowercase().contains("sel"),
        };
        list(ctx, draft, &phrases, &mut observer, &pronoun, &mut candidates);
        let choice = Choice {
            pronoun: token,
            candidates: &candidates,
            mentions: &draft.mentions,
            coordinations: &draft.coordinations,
        };
        let chosen = judge.choose(&choice);
        let Some(candidate) = candidates.get(chosen) else { continue };
        let crowd = || candidate.head.filter(|&h| is_crowd(ctx, h)).map(|h| introduce_crowd(ctx, draft, h));
        let Some(cluster) = candidate.cluster.or_else(crowd) else { continue };
        settle(draft.cluster_mut(cluster), asks);
        draft.add_mention(TokenRange::new(token, token + 1), token, MentionForm::Pronoun, cluster);
        phrases.add_pronoun(ctx, &pronoun, cluster);
        observer.note(&pronoun, cluster);
    }
}

/// Whether a noun counts people, as a pronoun in the plural tells: "thousands fled their homes".
fn is_crowd(ctx: &Context<'_>, noun: u32) -> bool {
    matches!(ctx.syntax.lemma(noun), "million" | "thousand" | "hundred" | "dozen") && is_plural(ctx, noun)
}

fn introduce_crowd(ctx: &Context<'_>, draft: &mut Draft, noun: u32) -> ClusterId {
    let tokens = TokenRange::new(noun, noun + 1);
    let mut crowd = Cluster::new(EntityType::Person, ctx.words(tokens));
    crowd.plural = true;
    let id = draft.add_cluster(crowd);
    draft.add_mention(tokens, noun, MentionForm::Nominal, id);
    id
}

/// What a pronoun tells of its entity: a name that is called "she" is a person's, and a woman's.
fn settle(cluster: &mut Cluster, asks: Asks) {
    if let Asks::Person(gender) = asks {
        if cluster.kind != EntityType::Person && looks_personal(cluster) {
            cluster.kind = EntityType::Person;
            cluster.entry = None;
        }
        cluster.gender.get_or_insert(gender);
    }
}

/// Fills `candidates`: nobody, then each entity and noun phrase that grammar allows, nearest first.
fn list(
    ctx: &Context<'_>,
    draft: &Draft,
    phrases: &Phrases,
    observer: &mut Observer,
    pronoun: &Pronoun,
    candidates: &mut Vec<Candidate>,
) {
    let window = phrases.around(ctx, pronoun, WINDOW, MOST_PHRASES);
    // The phrases of each candidate, nearest first; a noun phrase that is no entity is a candidate of its own.
    let mut groups: Vec<(Option<ClusterId>, bool, Vec<Phrase>)> = Vec::new();
    let controller = controller(ctx, pronoun);
    for phrase in window {
        let fits = agrees(ctx, draft, &phrase, pronoun.asks);
        let group = phrase.cluster.and_then(|c| groups.iter_mut().find(|g| g.0 == Some(c)));
        let barred = bound(ctx, &phrase, pronoun)
            || controller == Some(phrase.head)
            || phrases.is_said_by(&phrase, pronoun);
        match group {
            Some(group) => {
                group.1 &= !barred;
                group.2.push(phrase);
            }
            None if fits => groups.push((phrase.cluster, !barred, vec![phrase])),
            None => {}
        }
    }
    groups.retain(|g| g.1);
    if let Some(speaker) = phrases.speaker(pronoun.token) {
        let speaks = |id: ClusterId| id == speaker || draft.cluster(id).members.contains(&speaker);
        groups.retain(|g| !g.0.is_some_and(speaks));
    }
    // Two whom only their sentence brings together are meant where nothing else is several.
    let together = |g: &(Option<ClusterId>, bool, Vec<Phrase>)| g.2.iter().all(|p| p.sort == Sort::Together);
    if groups.iter().any(|g| !together(g) && g.2.iter().any(|p| p.plural && p.start < pronoun.token)) {
        groups.retain(|g| !together(g));
    }
    // "For his part, the president …": he is the subject.
    if let Some(own) = for_its_part(ctx, pronoun.token)
        && groups.iter().any(|g| g.2.iter().any(|p| p.head == own))
    {
        groups.retain(|g| g.2.iter().any(|p| p.head == own));
    }
    observer.start(ctx, pronoun, groups.len(), phrases.last_speaker(pronoun));
    candidates.clear();
    candidates.push(Candidate { cluster: None, head: None, features: observer.nobody() });
    for (rank, (cluster, _, phrases)) in groups.iter().enumerate() {
        let features: Vec<Feature> = observer.candidate(ctx, draft, *cluster, phrases, rank);
        candidates.push(Candidate { cluster: *cluster, head: phrases.first().map(|p| p.head), features });
    }
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

/// The subject of the clause in which something is done "for his part".
fn for_its_part(ctx: &Context<'_>, token: u32) -> Option<u32> {
    let syntax = ctx.syntax;
    let part = syntax.head(token).filter(|&p| syntax.lemma(p) == "part" && token + 1 == p)?;
    let case = syntax.child(part, Deprel::Case).filter(|&c| ctx.form(c).eq_ignore_ascii_case("for"))?;
    (case + 1 == token).then(|| syntax.child(syntax.head(part)?, Deprel::Nsubj)).flatten()
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
    let happens = matches!(syntax.lemma(head), "turn" | "happen" | "emerge" | "transpire" | "matter");
    ((copular || happens) && syntax.children(head).any(clause))
        || matches!(syntax.lemma(head), "seem" | "appear" | "rain" | "snow")
}

fn agrees(ctx: &Context<'_>, draft: &Draft, phrase: &Phrase, asks: Asks) -> bool {
    let cluster: Option<&Cluster> = phrase.cluster.map(|id| draft.cluster(id));
    let kind = cluster.map(|c| c.kind);
    match asks {
        Asks::Person(gender) => cluster.is_some_and(|c| {
            let other = c.gender.filter(|g| *g != Gender::Either);
            let person = c.kind == EntityType::Person || may_be_person(c);
            person && !phrase.plural && other.is_none_or(|g| g == gender)
        }),
        Asks::Thing => {
            use EntityType::{Event, Law, Org, Product, WorkOfArt};
            // "Shahed drones … it": what a thing is called after is not what is spoken of.
            let called =
                || ctx.is_modifier(phrase.head) && ctx.syntax.deprel(phrase.head) != Deprel::NmodPoss;
            let fits = kind.is_none_or(|k| {
                k == Org || k.is_place() || matches!(k, Product | Law | Event | WorkOfArt) && !called()
            });
            fits && !phrase.plural
        }
        Asks::Plural => {
            let body = kind == Some(EntityType::Org) && phrase.form != MentionForm::Pronoun;
            // "Kenyans", "the Chinese", but not "Kenyan and Ugandan officials".
            let several =
                || is_plural(ctx, phrase.head) || ctx.syntax.child(phrase.head, Deprel::Det).is_some();
            let people = kind == Some(EntityType::Norp) && !ctx.is_modifier(phrase.head) && several();
            phrase.plural || body || people
        }
    }
}

/// Whether a name that was not taken for a person's may be one after all: it stands in no list, or begins with a
/// first name.
fn may_be_person(cluster: &Cluster) -> bool {
    use EntityType::{Fac, Gpe, Loc, Org, Product, WorkOfArt};
    let kind = matches!(cluster.kind, Gpe | Loc | Org | Fac | Product | WorkOfArt);
    let body = || {
        cluster.label.split_whitespace().count() > 1
            && cluster.label.split_whitespace().any(|w| org_word(w).is_some())
    };
    let known = cluster.entry.is_some() || cluster.listed;
    // Florida and Georgia are first names as well.
    let first_name = || (!known || cluster.label.contains(' ')) && begins_with_first_name(cluster);
    kind && cluster.named && !cluster.plural && (!known && !body() || first_name())
}

fn begins_with_first_name(cluster: &Cluster) -> bool {
    cluster.label.split_whitespace().next().and_then(first_name).is_some()
}

/// Whether the name looks enough like a person's that one pronoun decides its kind: it begins with a first name or
/// has two or three words, none of which bodies and places are named with.
fn looks_personal(cluster: &Cluster) -> bool {
    let plain =
        |w: &str| org_word(w).is_none() && place_word(w).is_none() && !w.chars().all(char::is_uppercase);
    let words = cluster.label.split_whitespace().count();
    let people = begins_with_first_name(cluster)
        || words > 1
        || matches!(cluster.kind, EntityType::Product | EntityType::WorkOfArt);
    people && words < 4 && cluster.label.split_whitespace().all(plain)
}

/// Whether grammar forbids the two to be one: a plain pronoun is no co-argument of its antecedent (binding,
/// principle B), and a possessor is not the thing possessed.
fn bound(ctx: &Context<'_>, phrase: &Phrase, pronoun: &Pronoun) -> bool {
    if phrase.sentence != pronoun.sentence {
        return false;
    }
    if phrase.start <= pronoun.token && pronoun.token < phrase.end {
        return true;
    }
    let syntax = ctx.syntax;
    let (candidate, token) = (phrase.head, pronoun.token);
    let (Some(a), Some(b)) = (syntax.head(candidate), syntax.head(token)) else { return false };
    let argument = |t: u32| {
        let d = syntax.deprel(t);
        d.is(Deprel::Nsubj) || d.is(Deprel::Obj) || d.is(Deprel::Iobj) || d.is(Deprel::Obl)
    };
    let coarguments =
        a == b && argument(candidate) && argument(token) && !pronoun.reflexive && !owns(ctx, token);
    let possessed = b == candidate && syntax.deprel(token) == Deprel::NmodPoss;
    coarguments || possessed || syntax.dominates(token, candidate)
}

/// Whether a pronoun is a possessor although the tree may take it for an object: "earning *her* third win", but not
/// "gave *her* flowers".
fn owns(ctx: &Context<'_>, token: u32) -> bool {
    const DITRANSITIVE: [&str; 12] =
        ["give", "tell", "show", "offer", "send", "ask", "teach", "pay", "cost", "buy", "bring", "grant"];
    let syntax = ctx.syntax;
    let deprel = syntax.deprel(token);
    let taken_for_object = deprel.is(Deprel::Iobj)
        && ctx.form(token).eq_ignore_ascii_case("her")
        && syntax.head(token).is_some_and(|verb| !DITRANSITIVE.contains(&syntax.lemma(verb)));
    syntax.xpos(token) == Xpos::PrpS || taken_for_object
}

/// Whom the infinitive or participle that a pronoun is an argument of leaves unsaid as its subject: the pronoun means
/// another. "Macron called Putin to thank *him*" (the subject), "asked Putin to meet *him*" (the object), "*his* wish to
/// meet *him*" (the possessor).
fn controller(ctx: &Context<'_>, pronoun: &Pronoun) -> Option<u32> {
    let syntax = ctx.syntax;
    let role = Role::of(ctx, pronoun.token);
    if pronoun.reflexive
        || owns(ctx, pronoun.token)
        || !matches!(role, Role::Object | Role::IndirectObject | Role::Oblique)
    {
        return None;
    }
    let mut verb = syntax.head(pronoun.token)?;
    for _ in 0..4 {
        if syntax.child(verb, Deprel::Nsubj).is_some() {
            return None;
        }
        let above = syntax.head(verb)?;
        let deprel = syntax.deprel(verb);
        if deprel == Deprel::AclRelcl || deprel.is(Deprel::Ccomp) {
            return None;
        }
        let noun = deprel.is(Deprel::Acl);
        if noun && let Some(owner) = syntax.child(above, Deprel::NmodPoss) {
            return Some(owner);
        }
        if deprel.is(Deprel::Xcomp)
            && let Some(object) =
                syntax.child(above, Deprel::Obj).or_else(|| syntax.child(above, Deprel::Iobj))
        {
            return Some(object);
        }
        if let Some(subject) = syntax.child(above, Deprel::Nsubj) {
            return (!syntax.is_passive(above) || !deprel.is(Deprel::Advcl)).then_some(subject);
        }
        verb = above;
    }
    None
}

/// What a possessive or personal pronoun is in its clause.
fn position(ctx: &Context<'_>, pronoun: &Pronoun) -> u32 {
    let syntax = ctx.syntax;
    let deprel = syntax.deprel(pronoun.token);
    if pronoun.reflexive {
        return 0;
    }
    if deprel == Deprel::NmodPoss {
        let owned = syntax.head(pronoun.token).map(|h| Role::of(ctx, h));
        return match owned {
            Some(Role::Subject | Role::PassiveSubject) => 1,
            Some(Role::Object | Role::IndirectObject) => 2,
            _ => 3,
        };
    }
    match Role::of(ctx, pronoun.token) {
        Role::Subject | Role::PassiveSubject => {
            let main = syntax.head(pronoun.token).is_some_and(|h| syntax.head(h).is_none());
            if main { 4 } else { 5 }
        }
        Role::Object | Role::IndirectObject => 6,
        Role::Oblique | Role::Agent => 7,
        _ => 8,
    }
}
