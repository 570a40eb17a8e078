//! Descriptions: "the French president", "a senior official", "local authorities".
//!
//! A definite description is resolved to the person or body that the document gives that role, the nearest
//! before it; an indefinite one, and a definite one that nobody fits, is an entity of its own.

use newsgraph_syntax::{Deprel, Upos};
use newsgraph_text::TokenRange;
use rustc_hash::FxHashMap;

use super::context::Context;
use super::draft::{Cluster, ClusterId, Draft};
use super::groups;
use super::roles::{Cover, is_hyphen, role_of, trimmed};
use crate::nouns::{NounClass, noun_class};
use crate::{EntityType, MentionForm};

/// How a description is introduced.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Determiner {
    Definite,
    Indefinite,
    Bare,
    /// "both leaders", "the two men", "his counterpart": more or other than one known person.
    Relative,
}

/// Finds descriptions and ties them to clusters, in order of the text.
pub(crate) fn resolve(ctx: &Context<'_>, draft: &mut Draft) {
    let cover = Cover::new(ctx, draft);
    let mut history = History::new(draft);
    for token in 0..ctx.syntax.len() {
        history.advance(draft, token);
        let Some(class) = class_of(ctx, &cover, draft, token) else {
            if let Some(cluster) = history.called(ctx, &cover, draft, token) {
                draft.add_mention(phrase(ctx, token), token, MentionForm::Nominal, cluster);
            }
            continue;
        };
        let tokens = phrase(ctx, token);
        let cluster = antecedent(ctx, draft, &cover, &mut history, tokens, token, class)
            .unwrap_or_else(|| introduce(ctx, draft, &cover, &mut history, tokens, token, class));
        draft.add_mention(tokens, token, MentionForm::Nominal, cluster);
        if !draft.cluster(cluster).members.is_empty() {
            history.by_words.insert(newsgraph_gazetteer::folded(bare_words(ctx, tokens)), cluster);
        }
        history.by_lemma.insert((ctx.syntax.lemma(token).to_owned(), is_plural(ctx, token)), cluster);
    }
}

/// The class of a noun that heads a description of a participant.
fn class_of(ctx: &Context<'_>, cover: &Cover, draft: &Draft, token: u32) -> Option<NounClass> {
    let syntax = ctx.syntax;
    if !matches!(syntax.upos(token), Upos::Noun | Upos::Propn) || cover.names(token) {
        return None;
    }
    let deprel = syntax.deprel(token);
    let inside_phrase = deprel.is(Deprel::Compound) || deprel.is(Deprel::Flat) || deprel.is(Deprel::Amod);
    if inside_phrase || draft.also_headed.contains_key(&token) || ctx.is_predicate_nominal(token) {
        return None;
    }
    let lemma = syntax.lemma(token);
    let mut class = noun_class(lemma).or_else(|| noun_class(&lemma.to_lowercase()))?;
    if matches!(lemma, "neighbour" | "neighbor") && of_state(ctx, cover, draft, token) {
        class.kind = EntityType::Gpe;
    }
    // A place is worth a mention where the article says that it is a known one; states act together as well.
    let worth = match (class.kind, is_plural(ctx, token)) {
        (EntityType::Gpe, true) => true,
        (kind, plural) => !kind.is_place() || !plural && determiner(ctx, token) == Determiner::Definite,
    };
    worth.then_some(class)
}

/// Whether a noun belongs to a state: "its neighbour" where "it" is one shows only later, "Russia's neighbours" here.
fn of_state(ctx: &Context<'_>, cover: &Cover, draft: &Draft, token: u32) -> bool {
    ctx.syntax.children(token).any(|c| {
        let deprel = ctx.syntax.deprel(c);
        let tied = deprel == Deprel::NmodPoss || deprel.is(Deprel::Nmod) && c > token;
        let state = cover.mention(draft, c).is_some_and(|m| draft.cluster(m.cluster).kind == EntityType::Gpe);
        tied && (state || ctx.form(c).eq_ignore_ascii_case("its"))
    })
}

/// Prepositions of what says when or why something happens rather than who somebody is.
const CIRCUMSTANTIAL: [&str; 13] = [
    "since",
    "until",
    "till",
    "during",
    "before",
    "after",
    "amid",
    "amidst",
    "despite",
    "following",
    "throughout",
    "as",
    "because",
];

/// The noun phrase with its article, as OntoNotes spans it, without what follows a relative clause, a comma or a dash,
/// and without what a tree went astray over.
fn phrase(ctx: &Context<'_>, head: u32) -> TokenRange {
    let syntax = ctx.syntax;
    let range = trimmed(ctx, head);
    let (mut start, mut end) = (range.start.min(head), range.end.max(head + 1));
    for child in syntax.children(head) {
        let reach = syntax.subtree(child);
        if child > head {
            if syntax.deprel(child).is(Deprel::Nmod) && is_circumstance(ctx, child) {
                end = end.min(reach.start.max(head + 1));
            }
        } else if !belongs(ctx, child, head) {
            start = start.max(reach.end.min(head));
        }
    }
    let breaks = |t: &u32| matches!(ctx.form(*t), "," | ";" | ":" | "(" | "—" | "--") || is_dash(ctx, *t);
    let end = (head + 1..end).find(breaks).unwrap_or(end);
    // A clause further down ends it as well: "a candidate with an agenda [that voters like]".
    let clause = |t: u32| {
        let deprel = syntax.deprel(t);
        [Deprel::Acl, Deprel::Advcl, Deprel::Ccomp, Deprel::Csubj].iter().any(|&d| deprel.is(d))
    };
    let clauses = (head + 1..end).filter(|&t| clause(t)).map(|t| syntax.subtree(t).start);
    TokenRange::new(start, clauses.filter(|&t| t > head).min().unwrap_or(end).min(end))
}

/// Whether a dash stands between spaces.
fn is_dash(ctx: &Context<'_>, token: u32) -> bool {
    matches!(ctx.form(token), "-" | "–") && !is_hyphen(ctx, token)
}

/// Whether a word before a noun is part of its phrase: its article, number, possessor, adjectives and nouns. A
/// participle before the number is the verb of the clause: "the strike wounded 14 people".
fn belongs(ctx: &Context<'_>, child: u32, head: u32) -> bool {
    use newsgraph_syntax::Xpos;
    let deprel = ctx.syntax.deprel(child);
    let verb = || {
        let number = ctx
            .syntax
            .children(head)
            .any(|c| c > child && c < head && ctx.syntax.deprel(c).is(Deprel::Nummod));
        let first = ctx.syntax.children(head).next() == Some(child);
        let participle =
            matches!(ctx.syntax.xpos(child), Xpos::Vbn | Xpos::Vbd) || ctx.form(child) == "wounded";
        participle && number && first
    };
    if deprel.is(Deprel::Amod) {
        // "The Kremlin, however, blamed Western countries": a verb with its own adverb.
        let adverb = ctx.syntax.child(child, Deprel::Advmod).is_some_and(|a| ctx.form(a + 1) == ",");
        return !verb() && !adverb;
    }
    [Deprel::Det, Deprel::Nummod, Deprel::Compound, Deprel::Nmod, Deprel::Flat, Deprel::Punct]
        .iter()
        .any(|&d| deprel.is(d))
        || (deprel.is(Deprel::Advmod) && child + 1 == head)
}

/// Whether a phrase after a noun is no part of it: "forces in turn", "talks since Monday".
fn is_circumstance(ctx: &Context<'_>, noun: u32) -> bool {
    let Some(case) = ctx.syntax.child(noun, Deprel::Case) else { return false };
    let fixed = case + 1 == noun
        && ctx.form(case) == "in"
        && matches!(
            ctx.syntax.lemma(noun),
            "turn" | "response" | "return" | "addition" | "general" | "particular" | "fact" | "part"
        );
    fixed || CIRCUMSTANTIAL.contains(&ctx.syntax.lemma(case))
}

/// The phrase without its article: what labels an entity and what is compared.
fn bare_words<'a>(ctx: &Context<'a>, tokens: TokenRange) -> &'a str {
    let article = ["a", "an", "the"].iter().any(|a| ctx.form(tokens.start).eq_ignore_ascii_case(a));
    let start = tokens.start + u32::from(article && tokens.len() > 1);
    ctx.words(TokenRange::new(start, tokens.end))
}

fn determiner(ctx: &Context<'_>, head: u32) -> Determiner {
    for child in ctx.syntax.children(head).take_while(|&c| c < head) {
        let lower = ctx.form(child).to_lowercase();
        let deprel = ctx.syntax.deprel(child);
        match lower.as_str() {
            "the" | "this" | "that" | "these" | "those" => {
                let counted =
                    ctx.syntax.children(head).any(|c| c < head && ctx.syntax.deprel(c).is(Deprel::Nummod));
                return if counted { Determiner::Relative } else { Determiner::Definite };
            }
            "a" | "an" | "some" | "any" | "another" | "no" | "each" | "every" | "many" | "several"
            | "few" => {
                return Determiner::Indefinite;
            }
            "both" | "two" | "other" => return Determiner::Relative,
            _ if deprel == Deprel::NmodPoss => return Determiner::Definite,
            _ => {}
        }
    }
    Determiner::Bare
}

/// What came before the current word, so that each description is resolved in constant time.
struct History {
    /// Mentions of named clusters in order of the text, as (first token, cluster).
    named: Vec<(u32, ClusterId)>,
    next: usize,
    /// The latest named people and bodies, the last mentioned at the end, each once.
    recent: Vec<ClusterId>,
    /// How often each was named so far.
    uses: FxHashMap<ClusterId, u32>,
    /// The last description with this lemma, in the singular or in the plural.
    by_lemma: FxHashMap<(String, bool), ClusterId>,
    /// Descriptions by their words.
    by_words: FxHashMap<String, ClusterId>,
    /// Laws, things and events by the last word of their names: "the treaty" is the Ottawa Treaty.
    by_last_word: FxHashMap<String, ClusterId>,
}

/// Whether names of this kind are a thing's.
fn is_thing(kind: EntityType) -> bool {
    use EntityType::{Event, Law, Product, WorkOfArt};
    matches!(kind, Event | Law | Product | WorkOfArt)
}

/// How many named entities back a description may reach.
const REACH: usize = 32;

impl History {
    fn new(draft: &Draft) -> Self {
        let mut named: Vec<(u32, ClusterId)> =
            draft.mentions.iter().map(|m| (m.tokens.start, m.cluster)).collect();
        named.sort_unstable();
        Self {
            named,
            next: 0,
            recent: Vec::new(),
            uses: FxHashMap::default(),
            by_lemma: FxHashMap::default(),
            by_words: FxHashMap::default(),
            by_last_word: FxHashMap::default(),
        }
    }

    fn advance(&mut self, draft: &Draft, token: u32) {
        while let Some(&(start, cluster)) = self.named.get(self.next).filter(|(start, _)| *start < token) {
            debug_assert!(start < token);
            self.next += 1;
            *self.uses.entry(cluster).or_default() += 1;
            let Cluster { kind, label, .. } = draft.cluster(cluster);
            if is_thing(*kind)
                && let Some((_, last)) = label.rsplit_once(' ')
            {
                self.by_last_word.insert(last.to_lowercase(), cluster);
            }
            if matches!(kind, EntityType::Person | EntityType::Org) || kind.is_place() {
                self.touch(cluster);
            }
        }
    }

    /// The thing with a name whose last word a definite description repeats, and says no more of it.
    fn called(&self, ctx: &Context<'_>, cover: &Cover, draft: &Draft, token: u32) -> Option<ClusterId> {
        let syntax = ctx.syntax;
        if syntax.upos(token) != Upos::Noun || self.by_last_word.is_empty() || cover.names(token) {
            return None;
        }
        let cluster = self.by_last_word.get(syntax.lemma(token)).copied()?;
        let modifies = |c: u32| {
            let deprel = syntax.deprel(c);
            [Deprel::Amod, Deprel::Compound, Deprel::Nmod, Deprel::Nummod].iter().any(|&d| deprel.is(d))
        };
        let inside = syntax.deprel(token).is(Deprel::Compound) || draft.also_headed.contains_key(&token);
        let plain = !inside && !is_plural(ctx, token) && !ctx.is_predicate_nominal(token);
        let definite = determiner(ctx, token) == Determiner::Definite;
        (plain && definite && !syntax.children(token).any(modifies)).then_some(cluster)
    }

    /// Whether a sentence shortly before a word, or its own, names an entity.
    fn named_lately(&self, ctx: &Context<'_>, id: ClusterId, token: u32) -> bool {
        let own = ctx.segmentation.sentence_of(token);
        let mut before = self.named[..self.next].iter().rev().take(REACH);
        before
            .find(|(_, cluster)| *cluster == id)
            .is_some_and(|&(at, _)| ctx.segmentation.sentence_of(at) + 2 >= own)
    }

    fn touch(&mut self, cluster: ClusterId) {
        self.recent.retain(|&c| c != cluster);
        self.recent.push(cluster);
        if self.recent.len() > REACH {
            self.recent.remove(0);
        }
    }
}

/// The entity that a definite description refers to.
fn antecedent(
    ctx: &Context<'_>,
    draft: &mut Draft,
    cover: &Cover,
    history: &mut History,
    tokens: TokenRange,
    head: u32,
    class: NounClass,
) -> Option<ClusterId> {
    let determiner = determiner(ctx, head);
    if matches!(determiner, Determiner::Indefinite | Determiner::Relative) || is_plural(ctx, head) {
        return plural_antecedent(ctx, draft, history, determiner, tokens, head);
    }
    let lemma = office(ctx, head);
    let (_, country) = role_of(ctx, draft, cover, tokens, head);
    if determiner == Determiner::Bare && country.is_none() {
        return same_words(ctx, history, determiner, tokens);
    }
    let fits = |&id: &ClusterId| {
        describes(ctx, draft.cluster(id), &lemma, class, country.as_deref())
            && !is_subject_above(ctx, draft, cover, head, id)
    };
    // The nearest before; failing that, the nearest after: "the region's head" before he is named.
    let known = !is_another(ctx, head);
    let found = known.then(|| nearest(ctx, draft, history, head, fits)).flatten();
    let found = found.or_else(|| {
        let later = || history.named[history.next..].iter().take(REACH).map(|&(_, c)| c);
        (known && !class.kind.is_place()).then(|| later().find(|id| fits(id))).flatten()
    });
    if let Some(cluster) = found {
        history.touch(cluster);
        return Some(cluster);
    }
    let modified =
        country.is_some() || ctx.syntax.children(head).any(|c| ctx.syntax.deprel(c).is(Deprel::Nmod));
    same_words(ctx, history, determiner, tokens).or_else(|| {
        (!modified)
            .then(|| history.by_lemma.get(&(ctx.syntax.lemma(head).to_owned(), false)).copied())
            .flatten()
    })
}

/// Of those named before whom a description fits, the one that it means: the nearest, with three exceptions.
fn nearest(
    ctx: &Context<'_>,
    draft: &Draft,
    history: &History,
    head: u32,
    fits: impl Fn(&ClusterId) -> bool,
) -> Option<ClusterId> {
    let owner = has_owner(ctx, head);
    let last_person = || history.recent.iter().rev().find(|&&c| draft.cluster(c).kind == EntityType::Person);
    // "Olsen beat her rival": not Olsen.
    let owner = owner.then(last_person).flatten().copied();
    let mut near = history.recent.iter().rev().copied().filter(|id| Some(*id) != owner && fits(id));
    let nearest = near.next()?;
    let place = draft.cluster(nearest).kind.is_place();
    // "Moscow's offensive" is Russia's: the city is another one, if another was named.
    let seat = |id: ClusterId| is_seat(ctx, draft.cluster(id));
    if place && seat(nearest) {
        return Some(near.find(|&id| !seat(id)).unwrap_or(nearest));
    }
    // A country named in passing some time ago is not the one that the story is of.
    if place && !history.named_lately(ctx, nearest, head) {
        let uses = |id: ClusterId| history.uses.get(&id).copied().unwrap_or(0);
        return near.chain([nearest]).max_by_key(|&id| (uses(id), id == nearest));
    }
    Some(nearest)
}

/// Whether a description is of somebody's: "her rival".
fn has_owner(ctx: &Context<'_>, head: u32) -> bool {
    ctx.syntax.children(head).any(|c| {
        ctx.syntax.deprel(c) == Deprel::NmodPoss
            && matches!(ctx.syntax.lemma(c), "he" | "she" | "his" | "her")
    })
}

/// Whether a description's adjectives tell that its bearer is not the one who is known: "the next president", "the most
/// senior judge".
fn is_another(ctx: &Context<'_>, head: u32) -> bool {
    use newsgraph_syntax::Xpos;
    let another = |c: u32| {
        let lemma = ctx.syntax.lemma(c);
        matches!(lemma, "next" | "new" | "future" | "potential" | "other" | "previous" | "possible" | "only")
            || matches!(lemma, "first" | "second" | "third" | "fourth")
            || ctx.syntax.xpos(c) == Xpos::Jjs
            || ctx.syntax.children(c).any(|a| ctx.form(a) == "most")
    };
    ctx.syntax.children_by(head, Deprel::Amod).any(another)
}

/// Whether an entity is named as the subject of the description's own clause, so that the description means another
/// (binding, principle C): "Russia fired drones to wear down *the country*".
fn is_subject_above(ctx: &Context<'_>, draft: &Draft, cover: &Cover, token: u32, id: ClusterId) -> bool {
    /// Words above that are looked at.
    const CLIMB: usize = 8;
    let syntax = ctx.syntax;
    let mut below = token;
    for above in syntax.ancestors(token).take(CLIMB) {
        let deprel = syntax.deprel(below);
        let other_clause =
            deprel.is(Deprel::Ccomp) || deprel == Deprel::AclRelcl || deprel.is(Deprel::Parataxis);
        if other_clause && below != token {
            return false;
        }
        if let Some(subject) = syntax.child(above, Deprel::Nsubj) {
            return cover.mention(draft, subject).is_some_and(|m| m.cluster == id);
        }
        below = above;
    }
    false
}

/// The group that a description of several means: those named in its own sentence, else whom the same words meant
/// before, else those named last.
fn plural_antecedent(
    ctx: &Context<'_>,
    draft: &mut Draft,
    history: &History,
    determiner: Determiner,
    tokens: TokenRange,
    head: u32,
) -> Option<ClusterId> {
    let members = groups::members(ctx, draft, &history.named[..history.next], head);
    let same = same_words(ctx, history, determiner, tokens);
    match members {
        Some(found) if found.near || same.is_none() => Some(draft.group(found.members)),
        _ => same,
    }
}

/// The noun that says what somebody is: the head's lemma, or "leader" for heads of state and government.
fn office(ctx: &Context<'_>, head: u32) -> String {
    let lemma = ctx.syntax.lemma(head).to_lowercase();
    let of = ctx.syntax.children(head).find(|&c| c > head && ctx.syntax.deprel(c).is(Deprel::Nmod));
    let state = of.is_some_and(|c| matches!(ctx.syntax.lemma(c), "state" | "government"));
    if lemma == "head" && state { "leader".to_owned() } else { lemma }
}

/// Whether a description with this head noun, tied to this country, fits a named entity.
fn describes(
    ctx: &Context<'_>,
    cluster: &Cluster,
    lemma: &str,
    class: NounClass,
    country: Option<&str>,
) -> bool {
    let same_kind = cluster.kind == class.kind || cluster.kind.is_place() && class.kind.is_place();
    if !same_kind || !cluster.named {
        return false;
    }
    if country.is_some_and(|code| !cluster.countries.iter().any(|c| c == code)) {
        return false;
    }
    if cluster.kind.is_place() {
        return is_such_place(ctx, cluster, lemma);
    }
    if cluster.kind == EntityType::Org {
        return country.is_none() && cluster.label.split_whitespace().any(|w| w.eq_ignore_ascii_case(lemma));
    }
    if class.gender.is_some() && cluster.gender.is_some() && class.gender != cluster.gender {
        return false;
    }
    cluster.holds(lemma) || (class.leader && lemma == "leader" && groups::leads(cluster))
}

/// Whether a city stands for the state that is governed from it.
fn is_seat(ctx: &Context<'_>, cluster: &Cluster) -> bool {
    cluster.entry.and_then(|e| ctx.gazetteer.entry(e)).is_some_and(|e| e.stands_for().is_some())
}

/// Countries whose first divisions are states.
const STATES_OF: [&str; 8] = [
    "region/US-",
    "region/AU-",
    "region/BR-",
    "region/DE-",
    "region/IN-",
    "region/MX-",
    "region/MY-",
    "region/NG-",
];

/// Whether a named place is what the noun says: its name holds the noun ("the plant" is the Zaporizhzhia plant), or
/// the gazetteer has it as such.
fn is_such_place(ctx: &Context<'_>, cluster: &Cluster, lemma: &str) -> bool {
    let id = cluster.entry.and_then(|e| ctx.gazetteer.entry(e)).map_or("", |e| e.id());
    let listed = match lemma {
        "country" | "nation" => id.starts_with("country/"),
        "city" | "town" => id.starts_with("city/"),
        "state" => STATES_OF.iter().any(|country| id.starts_with(country)),
        "province" | "region" => id.starts_with("region/"),
        _ => false,
    };
    listed || cluster.label.split([' ', '-']).any(|w| w.eq_ignore_ascii_case(lemma))
}

/// The entity described in the same words before; an indefinite singular is always somebody new.
fn same_words(
    ctx: &Context<'_>,
    history: &History,
    determiner: Determiner,
    tokens: TokenRange,
) -> Option<ClusterId> {
    if determiner == Determiner::Indefinite {
        return None;
    }
    history.by_words.get(&newsgraph_gazetteer::folded(bare_words(ctx, tokens))).copied()
}

fn introduce(
    ctx: &Context<'_>,
    draft: &mut Draft,
    cover: &Cover,
    history: &mut History,
    tokens: TokenRange,
    head: u32,
    class: NounClass,
) -> ClusterId {
    let words = bare_words(ctx, tokens);
    let (_, country) = role_of(ctx, draft, cover, tokens, head);
    let mut cluster = Cluster::new(class.kind, words);
    cluster.gender = class.gender;
    cluster.plural = is_plural(ctx, head);
    if let Some(country) = country {
        cluster.add_country(&country);
    }
    let id = draft.add_cluster(cluster);
    history.by_words.insert(newsgraph_gazetteer::folded(words), id);
    id
}

pub(crate) fn is_plural(ctx: &Context<'_>, head: u32) -> bool {
    use newsgraph_syntax::Xpos;
    matches!(ctx.syntax.xpos(head), Xpos::Nns | Xpos::Nnps)
}
