//! The noun phrases that pronouns may refer to, in order of the text.

use newsgraph_syntax::{Deprel, Upos, Xpos};
use newsgraph_text::TokenRange;
use newsgraph_token::Quotation;

use super::super::context::Context;
use super::super::draft::{ClusterId, Draft};
use super::super::nominals::is_plural;
use super::{Asks, Pronoun};
use crate::MentionForm;

/// What a noun phrase is in its clause; of a coordination, what the whole is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    PassiveSubject,
    Object,
    IndirectObject,
    Oblique,
    Agent,
    Possessor,
    NounModifier,
    Apposition,
    Modifier,
    Root,
    Address,
    Other,
}

impl Role {
    pub(super) fn of(ctx: &Context<'_>, head: u32) -> Self {
        let deprel = ctx.syntax.deprel(ctx.syntax.first_conjunct(head));
        match deprel {
            Deprel::NsubjPass => Self::PassiveSubject,
            Deprel::OblAgent => Self::Agent,
            Deprel::NmodPoss => Self::Possessor,
            Deprel::Root => Self::Root,
            _ if deprel.is(Deprel::Nsubj) => Self::Subject,
            _ if deprel.is(Deprel::Obj) => Self::Object,
            _ if deprel.is(Deprel::Iobj) => Self::IndirectObject,
            _ if deprel.is(Deprel::Obl) => Self::Oblique,
            _ if deprel.is(Deprel::Nmod) => Self::NounModifier,
            _ if deprel.is(Deprel::Appos) => Self::Apposition,
            _ if deprel.is(Deprel::Compound) || deprel.is(Deprel::Amod) => Self::Modifier,
            _ if deprel.is(Deprel::Vocative) || deprel.is(Deprel::Dislocated) => Self::Address,
            _ => Self::Other,
        }
    }

    pub(super) fn is_subject(self) -> bool {
        matches!(self, Self::Subject | Self::PassiveSubject)
    }
}

/// Whether a phrase is one or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Plain,
    /// A coordination.
    Joined,
    /// The two that a sentence names.
    Together,
}

/// A noun phrase that a pronoun may refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) head: u32,
    pub(super) start: u32,
    /// The end of the words of a name or of a group: a pronoun among them does not mean it.
    pub(super) end: u32,
    pub(super) sort: Sort,
    pub(super) sentence: usize,
    /// `None` for a thing that is no entity.
    pub(super) cluster: Option<ClusterId>,
    pub(super) plural: bool,
    pub(super) form: MentionForm,
    pub(super) quotation: Option<u32>,
    pub(super) role: Role,
    /// Whether it is a conjunct, not the first.
    pub(super) conjunct: bool,
    /// How many entities its sentence mentions before it.
    pub(super) order: u8,
    /// Words of a name.
    pub(super) words: u8,
}

/// All of them: what stood before any pronoun was resolved, and the pronouns resolved so far.
pub(super) struct Phrases {
    nouns: Vec<Phrase>,
    pronouns: Vec<Phrase>,
    quotation_of: Vec<Option<u32>>,
    /// Who speaks each quotation, where a verb beside it tells.
    speakers: Vec<Option<ClusterId>>,
    /// The subject that speaks each quotation.
    voices: Vec<Option<u32>>,
    /// The quotations whose speaker is known: where each ends, and who it is, in order of the text.
    spoken: Vec<(u32, ClusterId)>,
}

impl Phrases {
    pub(super) fn collect(ctx: &Context<'_>, draft: &Draft) -> Self {
        let quotation_of = quotation_of_tokens(ctx);
        let mut covered = vec![false; ctx.segmentation.len() as usize];
        let mut nouns = Vec::new();
        for mention in &draft.mentions {
            covered[mention.tokens.range()].fill(true);
            let cluster = draft.cluster(mention.cluster);
            let head = grammatical_head(ctx, mention.head);
            // "Shahed drones" are several; the United Nations are one.
            let several = ctx.syntax.xpos(head) == Xpos::Nns || mention.form == MentionForm::Nominal;
            let plural = cluster.plural || several && is_plural(ctx, head);
            nouns.push(Phrase {
                start: mention.tokens.start,
                end: if mention.form == MentionForm::Name { mention.tokens.end } else { 0 },
                cluster: Some(mention.cluster),
                plural,
                form: mention.form,
                words: mention.tokens.len().min(3) as u8,
                ..Phrase::bare(ctx, head, quotation_of[mention.head as usize])
            });
        }
        for token in 0..ctx.syntax.len() {
            let noun = ctx.syntax.upos(token) == Upos::Noun && !ctx.syntax.deprel(token).is(Deprel::Compound);
            if noun && !covered[token as usize] && !draft.also_headed.contains_key(&token) {
                nouns.push(Phrase {
                    plural: is_plural(ctx, token),
                    ..Phrase::bare(ctx, token, quotation_of[token as usize])
                });
            }
        }
        nouns.extend(draft.coordinations.iter().filter_map(|group| {
            let head = grammatical_head(ctx, *group.heads.first()?);
            Some(Phrase {
                start: group.tokens.start,
                end: group.tokens.end,
                cluster: Some(group.cluster),
                plural: true,
                sort: if group.joined { Sort::Joined } else { Sort::Together },
                ..Phrase::bare(ctx, head, quotation_of[head as usize])
            })
        }));
        nouns.sort_by_key(|c| (c.start, c.end, c.head));
        let (mut sentence, mut order) = (usize::MAX, 0u8);
        for phrase in &mut nouns {
            if phrase.sentence != sentence {
                (sentence, order) = (phrase.sentence, 0);
            }
            phrase.order = order;
            order = order.saturating_add(u8::from(phrase.cluster.is_some() && phrase.sort == Sort::Plain));
        }
        let voices = voices(ctx, &quotation_of);
        let speakers: Vec<Option<ClusterId>> =
            voices.iter().map(|voice| voice.and_then(|t| named_by(&nouns, t))).collect();
        let ends = ctx.segmentation.quotations().iter().map(|q| q.tokens.end);
        let mut spoken: Vec<(u32, ClusterId)> =
            ends.zip(&speakers).filter_map(|(end, speaker)| Some((end, (*speaker)?))).collect();
        spoken.sort_unstable();
        Self { nouns, pronouns: Vec::new(), quotation_of, speakers, voices, spoken }
    }

    /// The innermost utterance that a token stands in.
    pub(super) fn quotation(&self, token: u32) -> Option<u32> {
        self.quotation_of.get(token as usize).copied().flatten()
    }

    /// Who speaks the words around a token, if it stands in a quotation: nobody speaks of himself as "he".
    pub(super) fn speaker(&self, token: u32) -> Option<ClusterId> {
        self.speakers.get(self.quotation(token)? as usize).copied().flatten()
    }

    /// Whether a noun phrase stands in words that the pronoun speaks: "“…,” *he* said".
    pub(super) fn is_said_by(&self, phrase: &Phrase, pronoun: &Pronoun) -> bool {
        phrase.quotation.is_some_and(|q| self.voices.get(q as usize) == Some(&Some(pronoun.token)))
    }

    /// Who spoke the last quotation before a pronoun that stands in none, if that is not long ago.
    pub(super) fn last_speaker(&self, pronoun: &Pronoun) -> Option<ClusterId> {
        let last = self.spoken.partition_point(|(end, _)| *end <= pronoun.token).checked_sub(1)?;
        let (end, speaker) = self.spoken[last];
        (pronoun.quotation.is_none() && pronoun.token - end <= 3 * BESIDE).then_some(speaker)
    }

    /// Adds a resolved pronoun; they come in order of the text.
    pub(super) fn add_pronoun(&mut self, ctx: &Context<'_>, pronoun: &Pronoun, cluster: ClusterId) {
        let at = self.nouns.partition_point(|p| p.start < pronoun.token);
        let before = at.checked_sub(1).map(|i| self.nouns[i]).filter(|p| p.sentence == pronoun.sentence);
        self.pronouns.push(Phrase {
            cluster: Some(cluster),
            plural: pronoun.asks == Asks::Plural,
            form: MentionForm::Pronoun,
            order: before.map_or(0, |p| p.order.saturating_add(1)),
            ..Phrase::bare(ctx, pronoun.token, pronoun.quotation)
        });
    }

    /// The phrases that the pronoun may refer to: those before it, nearest first, then those after it in its
    /// sentence.
    pub(super) fn around(
        &self,
        ctx: &Context<'_>,
        pronoun: &Pronoun,
        window: usize,
        most: usize,
    ) -> Vec<Phrase> {
        let near = |p: &&Phrase| p.sentence + window >= pronoun.sentence;
        let end = self.nouns.partition_point(|p| p.start < pronoun.token);
        let mut nouns = self.nouns[..end].iter().rev().take_while(near).peekable();
        let mut pronouns = self.pronouns.iter().rev().take_while(near).peekable();
        let mut out = Vec::with_capacity(most.min(32));
        while out.len() < most {
            let later = match (nouns.peek(), pronouns.peek()) {
                (Some(n), Some(p)) if n.start > p.start => nouns.next(),
                (Some(_), None) => nouns.next(),
                _ => pronouns.next(),
            };
            match later {
                Some(phrase) => out.push(*phrase),
                None => break,
            }
        }
        let sentence_end = ctx.sentence_of(pronoun.token).end;
        let after = self.nouns[end..].iter().take_while(|p| p.start < sentence_end);
        // What comes later is named, or at least the subject: "In his speech, the president …".
        let later = |p: &&Phrase| {
            let subject = p.cluster.is_some() && p.role.is_subject() && !p.conjunct;
            p.start > pronoun.token && (p.form == MentionForm::Name || subject)
        };
        out.extend(after.filter(later).take(3));
        out
    }
}

impl Phrase {
    fn bare(ctx: &Context<'_>, head: u32, quotation: Option<u32>) -> Self {
        Self {
            head,
            start: head,
            end: 0,
            sort: Sort::Plain,
            sentence: ctx.segmentation.sentence_of(head),
            cluster: None,
            plural: false,
            form: MentionForm::Nominal,
            quotation,
            role: Role::of(ctx, head),
            conjunct: ctx.syntax.deprel(head).is(Deprel::Conj),
            order: 0,
            words: 1,
        }
    }
}

/// The innermost quotation of each token: of those that hold it, the last. Quotations may be nested deeply; so each token
/// is set once, and passed over from then on.
fn quotation_of_tokens(ctx: &Context<'_>) -> Vec<Option<u32>> {
    let tokens = ctx.segmentation.len();
    let mut of = vec![None; tokens as usize];
    let quotations = ctx.segmentation.quotations();
    if quotations.is_empty() {
        return of;
    }
    // For a token that is set, one after it up to which all are.
    let mut next: Vec<u32> = (0..=tokens).collect();
    for (i, Quotation { tokens, .. }) in quotations.iter().enumerate().rev() {
        let mut at = tokens.start;
        while tokens.len() >= 3 && at < tokens.end {
            let after = next[at as usize];
            if after == at {
                of[at as usize] = Some(i as u32);
                next[at as usize] = at + 1;
            } else {
                // Whoever comes this way again takes two steps in one.
                next[at as usize] = next[after as usize];
                at = after;
            }
        }
    }
    of
}

/// The speakers of quotations that are sentences of their own: the subject of the verb right before them or right after.
/// A quotation that follows at once goes on.
fn voices(ctx: &Context<'_>, quotation_of: &[Option<u32>]) -> Vec<Option<u32>> {
    let quotations = ctx.segmentation.quotations();
    let mut of: Vec<Option<u32>> = Vec::with_capacity(quotations.len());
    let mut before: Option<(u32, u32)> = None;
    for Quotation { tokens, .. } in quotations {
        let whole = is_whole(ctx, *tokens);
        let found = whole.then(|| beside(ctx, quotation_of, *tokens)).flatten();
        let goes_on = before.filter(|(end, _)| whole && tokens.start <= end + 2 * BESIDE);
        let voice = found.or(goes_on.map(|(_, voice)| voice));
        before = voice.map(|voice| (tokens.end, voice));
        of.push(voice);
    }
    of
}

/// The entity that the noun phrase headed by a token stands for.
fn named_by(nouns: &[Phrase], head: u32) -> Option<ClusterId> {
    let at = nouns.partition_point(|p| p.start + BESIDE < head);
    let near = nouns[at..].iter().take_while(|p| p.start <= head + 1);
    near.filter(|p| p.head == head && p.sort == Sort::Plain).find_map(|p| p.cluster)
}

/// Words beside a quotation in which its speaker stands.
const BESIDE: u32 = 8;

/// Whether a quotation is a sentence of its own, not words that the reporter works into his.
fn is_whole(ctx: &Context<'_>, quotation: TokenRange) -> bool {
    let before = quotation.start.saturating_sub(2);
    quotation.len() >= 3
        && ctx.form(quotation.start).starts_with(char::is_uppercase)
        && (quotation.start < 2
            || matches!(ctx.form(before), "," | ":" | "." | "?" | "!")
            || ctx.sentence_of(before) != ctx.sentence_of(quotation.start))
}

/// The subject that introduces or follows a quotation.
fn beside(ctx: &Context<'_>, quotation_of: &[Option<u32>], quotation: TokenRange) -> Option<u32> {
    let syntax = ctx.syntax;
    let subject = |t: &u32| {
        let outside = |t: u32| quotation_of[t as usize].is_none();
        let verb =
            syntax.head(*t).filter(|v| t.abs_diff(*v) <= BESIDE && syntax.deprel(*t).is(Deprel::Nsubj));
        outside(*t) && verb.is_some_and(outside)
    };
    let before = quotation.start.saturating_sub(2);
    let start = ctx.sentence_of(before).start.max(before.saturating_sub(BESIDE));
    let introduces = matches!(ctx.form(before), "," | ":");
    let last = quotation.end.min(ctx.segmentation.len() - 1);
    let end = ctx.sentence_of(last).end.min(last + BESIDE);
    let introduced = introduces.then(|| (start..before).rev().find(subject)).flatten();
    introduced.or_else(|| (last..end).find(subject))
}

/// The word whose relation is that of the whole phrase: "Mr" in "Mr Olsen said", "President" in "President Olsen",
/// where the tree hangs the name on its title.
pub(crate) fn grammatical_head(ctx: &Context<'_>, head: u32) -> u32 {
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
