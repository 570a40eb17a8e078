//! Coordinations: "Macron and Putin" are two, and one group that "they" may mean.
//!
//! Each coordination of entities is a group with members; so are the two people of a sentence that names two ("Macron
//! called Putin. They …"), which no phrase of the text names as one. A group comes into the record only when something
//! refers to it.

use newsgraph_syntax::Deprel;
use newsgraph_text::TokenRange;

use super::context::Context;
use super::draft::{ClusterId, Draft, DraftMention};
use super::nominals::is_plural;
use super::pronouns::{Asks, WINDOW, grammatical_head};
use crate::{EntityType, MentionForm};

/// Most conjuncts of a group: bounds the work on monstrous lists.
const MOST_MEMBERS: usize = 16;

/// Several entities that the text puts side by side.
#[derive(Clone, Debug)]
pub struct Coordination {
    /// From the first word of the first to the last word of the last.
    pub tokens: TokenRange,
    /// The words that the members hang on, in order of the text.
    pub heads: Vec<u32>,
    /// The group.
    pub cluster: ClusterId,
    /// Whether "and" joins them into one phrase; else they only share a sentence.
    pub joined: bool,
}

/// Finds the coordinations of a document with these pronouns, in order of the text.
pub(crate) fn collect(ctx: &Context<'_>, draft: &mut Draft, pronouns: &[(u32, Asks)]) {
    let heads = Heads::new(ctx, draft);
    let mut found: Vec<(TokenRange, Vec<u32>, Vec<ClusterId>, bool)> = Vec::new();
    let mut add = |members: Members<'_>, joined: bool| {
        let all = |f: fn(&DraftMention) -> u32| members.iter().map(move |(_, m)| f(m));
        let start = all(|m| m.tokens.start).min().unwrap_or_default();
        let end = all(|m| m.tokens.end).max().unwrap_or_default();
        let heads = members.iter().map(|(head, _)| *head).collect();
        let clusters = members.iter().map(|(_, m)| m.cluster).collect();
        found.push((TokenRange::new(start, end), heads, clusters, joined));
    };
    for token in 0..ctx.syntax.len() {
        if let Some(members) = joined(ctx, draft, &heads, token) {
            add(members, true);
        }
    }
    let mut mentions: Vec<&DraftMention> = draft.mentions.iter().collect();
    mentions.sort_by_key(|m| (m.tokens.start, m.tokens.end));
    let sentence = |m: &&DraftMention| ctx.segmentation.sentence_of(m.head);
    // Where something asks for several.
    let plural = pronouns.iter().filter(|(_, asks)| *asks == Asks::Plural);
    let asked: Vec<usize> = plural.map(|&(t, _)| ctx.segmentation.sentence_of(t)).collect();
    for of_sentence in mentions.chunk_by(|a, b| sentence(a) == sentence(b)) {
        let own = of_sentence.first().map_or(0, sentence);
        let next = asked.get(asked.partition_point(|&s| s < own));
        if next.is_none_or(|&s| s > own + WINDOW) {
            continue;
        }
        for kind in [EntityType::Person, EntityType::Gpe] {
            if let Some(members) = together(draft, of_sentence, kind) {
                add(members, false);
            }
        }
    }
    found.sort_by_key(|(tokens, ..)| (tokens.start, tokens.end));
    for (tokens, heads, members, joined) in found {
        let cluster = draft.group(members);
        draft.coordinations.push(Coordination { tokens, heads, cluster, joined });
    }
}

/// Adds a mention for each coordination of a group that something refers to.
pub(crate) fn add_mentions(draft: &mut Draft) {
    let mut known = vec![false; draft.clusters.len()];
    for mention in &draft.mentions {
        known[mention.cluster as usize] = true;
    }
    let used = draft.coordinations.iter().filter(|c| c.joined && known[c.cluster as usize]);
    let mentions = used.filter_map(|c| {
        let head = *c.heads.first()?;
        Some(DraftMention { tokens: c.tokens, head, form: MentionForm::Nominal, cluster: c.cluster })
    });
    draft.mentions.extend(mentions.collect::<Vec<_>>());
}

/// Which mention each word heads.
struct Heads(Vec<u32>);

impl Heads {
    fn new(ctx: &Context<'_>, draft: &Draft) -> Self {
        let mut heads = vec![u32::MAX; ctx.segmentation.len() as usize];
        // Any word of a name may end up as the head of its phrase, since trees differ on names.
        for (i, mention) in draft.mentions.iter().enumerate() {
            if mention.form == MentionForm::Name {
                heads[mention.tokens.range()].fill(i as u32);
            }
        }
        for (i, mention) in draft.mentions.iter().enumerate() {
            heads[grammatical_head(ctx, mention.head) as usize] = i as u32;
        }
        // The title or apposition that the tree hangs a name on: "his counterpart Vladimir Putin".
        let title = |m: &DraftMention| {
            let above = ctx.syntax.head(m.head).filter(|_| m.form == MentionForm::Name);
            above.filter(|t| draft.also_headed.get(t) == Some(&m.cluster))
        };
        for (i, mention) in draft.mentions.iter().enumerate() {
            if let Some(title) = title(mention) {
                heads[title as usize] = i as u32;
            }
            heads[mention.head as usize] = i as u32;
        }
        Self(heads)
    }

    fn mention<'d>(&self, draft: &'d Draft, token: u32) -> Option<&'d DraftMention> {
        draft.mentions.get(self.0[token as usize] as usize)
    }
}

type Members<'d> = Vec<(u32, &'d DraftMention)>;

/// The members of the coordination whose first conjunct is `token`: all conjuncts are entities that can act, each
/// another, and "and" stands before the last.
fn joined<'d>(ctx: &Context<'_>, draft: &'d Draft, heads: &Heads, token: u32) -> Option<Members<'d>> {
    let syntax = ctx.syntax;
    let first = heads.mention(draft, token)?;
    syntax.child(token, Deprel::Conj)?;
    let mut members = vec![(token, first)];
    let mut and = false;
    for conjunct in syntax.children_by(token, Deprel::Conj) {
        let mention = heads.mention(draft, conjunct)?;
        let cc = syntax.child(conjunct, Deprel::Cc).map(|cc| ctx.form(cc));
        and = matches!(cc, Some("and" | "And" | "&"));
        let fits = cc.is_none() || and;
        if !fits || members.len() == MOST_MEMBERS || !takes_part(draft, mention) {
            return None;
        }
        members.push((conjunct, mention));
    }
    // "Russian and Ukrainian negotiators": the first is no noun phrase, whatever the tree.
    let people = |m: &DraftMention| draft.cluster(m.cluster).kind == EntityType::Norp;
    let bare = people(first) && !is_plural(ctx, token) && syntax.child(token, Deprel::Det).is_none();
    let modifier = ctx.is_modifier(token) && syntax.deprel(token) != Deprel::NmodPoss
        || bare && !members.iter().all(|(_, m)| people(m));
    (and && !modifier && takes_part(draft, first) && differ(&members)).then_some(members)
}

/// The two people of a sentence that names two, or the two states: "Macron spoke with Putin".
fn together<'d>(draft: &'d Draft, sentence: &[&'d DraftMention], kind: EntityType) -> Option<Members<'d>> {
    let mut members: Members<'d> = Vec::new();
    for mention in sentence {
        let cluster = draft.cluster(mention.cluster);
        if cluster.kind == kind && cluster.named && members.iter().all(|(_, m)| m.cluster != mention.cluster)
        {
            members.push((mention.head, mention));
        }
        if members.len() > 2 {
            return None;
        }
    }
    (members.len() == 2).then_some(members)
}

fn takes_part(draft: &Draft, mention: &DraftMention) -> bool {
    use EntityType::{Fac, Gpe, Loc, Norp, Org, Person};
    matches!(draft.cluster(mention.cluster).kind, Person | Org | Gpe | Norp | Loc | Fac)
}

fn differ(members: &[(u32, &DraftMention)]) -> bool {
    let clusters = members.iter().map(|(_, m)| m.cluster);
    clusters.enumerate().all(|(i, a)| members[..i].iter().all(|(_, m)| m.cluster != a))
}
