//! What speaks for and against a candidate, as features of the ranker.
//!
//! The number of a template is its position in [`Template`]; the file of weights depends on it. Every template
//! begins with what the pronoun asks for, so that "he", "it" and "they" have weights of their own.

use newsgraph_gazetteer::Gender;
use newsgraph_syntax::Deprel;
use rustc_hash::FxHashMap;

use super::super::context::Context;
use super::super::draft::{Cluster, ClusterId, Draft};
use super::phrases::{Phrase, Role, Sort};
use super::{Asks, Pronoun, position};
use crate::coreference::Feature;
use crate::{EntityType, MentionForm};

/// Words above the pronoun that are looked at.
const CLIMB: usize = 12;

/// What a feature looks at.
#[derive(Clone, Copy)]
enum Template {
    /// Whether there is nobody, by how many candidates there are.
    Nobody,
    NobodyInQuotation,
    /// Grammatical role and sentence of a mention.
    Place,
    PlaceAlone,
    /// Where a mention in the same sentence stands in the tree, seen from the pronoun.
    Tree,
    /// Who said the last thing goes on speaking.
    Speech,
    Form,
    Distance,
    Rank,
    Order,
    MainSubject,
    Count,
    Chain,
    Gender,
    Kind,
    Quotation,
    After,
    Ending,
    Parallel,
    Adjacent,
    AfterAlone,
    /// What kind of thing stands in what role.
    KindRole,
    /// Whether it spoke the last quotation.
    LastSpeaker,
    /// What is said of the pronoun: "it is unclear" speaks of nobody more often than "it announced".
    NobodyPredicate,
    KindPredicate,
}

/// An ancestor of the pronoun: the word, the clauses between, and how the last of them hangs on it.
struct Ancestor {
    token: u32,
    depth: u32,
    boundary: u32,
}

/// What is known of the document and of the pronoun in question.
pub(super) struct Observer {
    /// Names of each cluster in the document.
    names: Vec<u32>,
    most_names: u32,
    /// The last pronoun for each cluster: its sentence.
    last_pronoun: FxHashMap<ClusterId, usize>,
    /// The last entity that a pronoun of each kind referred to: masculine, feminine, thing, plural.
    last_of_kind: [Option<ClusterId>; 4],
    asks: u32,
    kind: usize,
    pronoun: Option<Pronoun>,
    position: u32,
    speaks: bool,
    ancestors: Vec<Ancestor>,
    /// Whether it stands beside a relative pronoun that is the subject of its clause.
    relative: bool,
    /// What kind of predicate it is the subject of.
    predicate: u32,
    /// Who spoke the quotation right before.
    last_speaker: Option<ClusterId>,
    candidates: u32,
}

impl Observer {
    pub(super) fn new(draft: &Draft) -> Self {
        let mut names = vec![0; draft.clusters.len()];
        for mention in draft.mentions.iter().filter(|m| m.form == MentionForm::Name) {
            names[mention.cluster as usize] += 1;
        }
        let persons = names.iter().zip(&draft.clusters).filter(|(_, c)| c.kind == EntityType::Person);
        let most_names = persons.map(|(n, _)| *n).max().unwrap_or(0);
        Self {
            names,
            most_names,
            last_pronoun: FxHashMap::default(),
            last_of_kind: [None; 4],
            asks: 0,
            kind: 0,
            pronoun: None,
            position: 0,
            speaks: false,
            ancestors: Vec::new(),
            relative: false,
            predicate: 0,
            last_speaker: None,
            candidates: 0,
        }
    }

    /// Remembers what a pronoun was taken to refer to.
    pub(super) fn note(&mut self, pronoun: &Pronoun, cluster: ClusterId) {
        self.last_pronoun.insert(cluster, pronoun.sentence);
        self.last_of_kind[kind(pronoun.asks)] = Some(cluster);
    }

    /// Turns to a pronoun.
    pub(super) fn start(
        &mut self,
        ctx: &Context<'_>,
        pronoun: &Pronoun,
        candidates: usize,
        last_speaker: Option<ClusterId>,
    ) {
        self.last_speaker = last_speaker;
        self.pronoun = Some(*pronoun);
        self.kind = kind(pronoun.asks);
        self.asks = (self.kind as u32).saturating_sub(1);
        self.position = position(ctx, pronoun);
        self.speaks = matches!(self.position, 4 | 5) && speaks(ctx, pronoun.token);
        self.predicate = predicate(ctx, pronoun.token, self.speaks);
        self.candidates = candidates.min(3) as u32;
        self.relative = ctx.syntax.ancestors(pronoun.token).take(CLIMB).any(|verb| {
            let subject = ctx.syntax.child(verb, Deprel::Nsubj);
            ctx.syntax.deprel(verb) == Deprel::AclRelcl
                && subject.is_some_and(|s| matches!(ctx.form(s), "who" | "which" | "that"))
        });
        self.ancestors.clear();
        let (mut depth, mut boundary) = (0, 0);
        let mut below = pronoun.token;
        for token in ctx.syntax.ancestors(pronoun.token).take(CLIMB) {
            let crossed = clause(ctx.syntax.deprel(below));
            if crossed > 0 && below != pronoun.token {
                depth = (depth + 1).min(3);
                boundary = crossed;
            }
            self.ancestors.push(Ancestor { token, depth, boundary });
            below = token;
        }
    }

    fn feature(&self, template: Template, values: &[u32]) -> Feature {
        let mut all = [self.asks; 6];
        let count = values.len().min(5);
        all[1..=count].copy_from_slice(&values[..count]);
        Feature::new(template as u8, &all[..=count])
    }

    pub(super) fn nobody(&self) -> Vec<Feature> {
        let quoted = u32::from(self.pronoun.is_some_and(|p| p.quotation.is_some()));
        let mut out = vec![
            self.feature(Template::Nobody, &[self.candidates, self.position]),
            self.feature(Template::NobodyInQuotation, &[quoted, u32::from(self.candidates > 0)]),
        ];
        // "They" are always somebody.
        if self.pronoun.is_some_and(|p| p.asks == Asks::Thing) {
            out.push(self.feature(Template::NobodyPredicate, &[self.predicate, quoted]));
        }
        out
    }

    /// The features of a candidate with these mentions around the pronoun, nearest first.
    pub(super) fn candidate(
        &self,
        ctx: &Context<'_>,
        draft: &Draft,
        cluster: Option<ClusterId>,
        phrases: &[Phrase],
        rank: usize,
    ) -> Vec<Feature> {
        let mut out = Vec::with_capacity(32);
        let Some(pronoun) = self.pronoun else { return out };
        for phrase in phrases.iter().take(8) {
            self.mention(ctx, &pronoun, phrase, &mut out);
        }
        out.sort_unstable();
        out.dedup();
        let Some(nearest) = phrases.first() else { return out };
        self.nearest(&pronoun, nearest, rank, &mut out);
        let known = cluster.map(|id| (id, draft.cluster(id)));
        self.identity(&pronoun, known, phrases, &mut out);
        out
    }

    /// Features of one mention.
    fn mention(&self, ctx: &Context<'_>, pronoun: &Pronoun, phrase: &Phrase, out: &mut Vec<Feature>) {
        if phrase.start > pronoun.token {
            let (kind, depth, boundary) = self.tree(ctx, phrase);
            out.push(self.feature(Template::After, &[kind, depth, boundary]));
            out.push(
                self.feature(Template::AfterAlone, &[kind, u32::from(phrase.form == MentionForm::Name)]),
            );
            return;
        }
        let sentences = (pronoun.sentence - phrase.sentence).min(4) as u32;
        let role = phrase.role as u32;
        let conjunct = u32::from(phrase.conjunct);
        out.push(self.feature(Template::Place, &[role, sentences.min(3), self.position, conjunct]));
        out.push(self.feature(Template::PlaceAlone, &[role, sentences]));
        out.push(self.feature(Template::Order, &[u32::from(phrase.order.min(3)), sentences, self.position]));
        if sentences == 0 {
            let (kind, depth, boundary) = self.tree(ctx, phrase);
            out.push(self.feature(Template::Tree, &[kind, depth, boundary, self.position]));
        }
        if phrase.role.is_subject() {
            let main = ctx.syntax.head(phrase.head).is_some_and(|h| ctx.syntax.head(h).is_none());
            out.push(self.feature(Template::MainSubject, &[u32::from(main), sentences, self.position]));
            let speaker = u32::from(speaks(ctx, phrase.head));
            let inside = self.quoted(pronoun, phrase);
            out.push(
                self.feature(Template::Speech, &[speaker, u32::from(self.speaks), sentences.min(2), inside]),
            );
        }
    }

    /// Where a mention stands, seen from the pronoun: what it is to the nearest word above both, the clauses
    /// between, and how the pronoun's clause hangs on that word.
    fn tree(&self, ctx: &Context<'_>, phrase: &Phrase) -> (u32, u32, u32) {
        let above = ctx.syntax.head(ctx.syntax.first_conjunct(phrase.head));
        for ancestor in &self.ancestors {
            if ancestor.token == phrase.head || ancestor.token + 1 == phrase.end {
                // "Rubio, who ended his campaign": the relative pronoun is the subject beside.
                let kind = if ancestor.boundary == 1 && self.relative { 7 } else { 1 };
                return (kind, ancestor.depth, ancestor.boundary);
            }
            if Some(ancestor.token) == above {
                let kind = match phrase.role {
                    Role::Subject | Role::PassiveSubject => 2,
                    Role::Object | Role::IndirectObject => 3,
                    Role::Oblique | Role::Agent => 4,
                    Role::Possessor => 5,
                    _ => 6,
                };
                return (kind, ancestor.depth, ancestor.boundary);
            }
        }
        (0, 0, 0)
    }

    /// Features of the mention nearest to the pronoun.
    fn nearest(&self, pronoun: &Pronoun, phrase: &Phrase, rank: usize, out: &mut Vec<Feature>) {
        let after = phrase.start > pronoun.token;
        let sentences = if after { 5 } else { (pronoun.sentence - phrase.sentence).min(4) as u32 };
        let form = match phrase.form {
            _ if phrase.sort != Sort::Plain => 4 + phrase.sort as u32,
            MentionForm::Pronoun => 0,
            MentionForm::Nominal => 1,
            MentionForm::Name => 1 + u32::from(phrase.words.min(3)),
        };
        let tokens = pronoun.token.abs_diff(phrase.start);
        out.push(self.feature(Template::Form, &[form, sentences]));
        out.push(
            self.feature(Template::Distance, &[tokens.max(1).ilog2().min(8), u32::from(sentences == 0)]),
        );
        out.push(self.feature(Template::Rank, &[rank.min(6) as u32, self.position, self.candidates]));
        out.push(self.feature(Template::Quotation, &[self.quoted(pronoun, phrase), sentences.min(2)]));
        let alike = match self.position {
            4 | 5 => phrase.role.is_subject(),
            6 => matches!(phrase.role, Role::Object | Role::IndirectObject),
            _ => phrase.role == Role::Possessor,
        };
        out.push(self.feature(Template::Parallel, &[u32::from(alike), rank.min(3) as u32, sentences.min(2)]));
        out.push(
            self.feature(Template::Adjacent, &[u32::from(tokens <= 3), phrase.role as u32, self.position]),
        );
    }

    /// Features of who the candidate is.
    fn identity(
        &self,
        pronoun: &Pronoun,
        known: Option<(ClusterId, &Cluster)>,
        phrases: &[Phrase],
        out: &mut Vec<Feature>,
    ) {
        let plural = u32::from(phrases.first().is_some_and(|p| p.plural));
        let kind = known.map_or(15, |(_, cluster)| cluster.kind as u32 & 15);
        out.push(self.feature(Template::KindPredicate, &[kind, self.predicate]));
        let Some((id, cluster)) = known else {
            out.push(self.feature(Template::Kind, &[15, plural]));
            return;
        };
        let names = self.names.get(id as usize).copied().unwrap_or(0);
        let first = u32::from(names > 0 && names == self.most_names);
        out.push(self.feature(Template::Count, &[names.min(5), first]));
        let named = match phrases.first().map(|p| p.sort) {
            Some(Sort::Joined) => 2,
            Some(Sort::Together) => 3,
            _ => u32::from(cluster.named),
        };
        let linked = u32::from(cluster.entry.is_some());
        out.push(self.feature(Template::Kind, &[cluster.kind as u32 & 15, plural, named, linked]));
        if let Some(phrase) = phrases.first() {
            out.push(
                self.feature(Template::KindRole, &[cluster.kind as u32 & 15, phrase.role as u32, plural]),
            );
        }
        let before = self.last_pronoun.get(&id);
        let since = before.map_or(5, |&s| pronoun.sentence.saturating_sub(s).min(4) as u32);
        let last = self.last_of_kind[self.kind];
        let same = if last == Some(id) { 2 } else { u32::from(last.is_some()) };
        out.push(self.feature(Template::Chain, &[since, same, self.position]));
        if let Some(speaker) = self.last_speaker {
            let values = [u32::from(speaker == id), u32::from(self.speaks), self.position];
            out.push(self.feature(Template::LastSpeaker, &values));
        }
        if let Asks::Person(asked) = pronoun.asks {
            let gender = match cluster.gender {
                Some(Gender::Either) => 1,
                Some(_) => 2,
                None => 0,
            };
            out.push(self.feature(Template::Gender, &[gender, u32::from(cluster.named)]));
            if gender < 2 && cluster.named {
                let word = cluster.label.split_whitespace().next().unwrap_or_default();
                out.push(self.feature(Template::Ending, &[u32::from(asked == Gender::Male), ending(word)]));
            }
        }
    }

    /// How two words lie to quotation marks: 0 both outside, 1 in the same, 2 the pronoun alone, 3 the mention
    /// alone, 4 in different ones.
    fn quoted(&self, pronoun: &Pronoun, phrase: &Phrase) -> u32 {
        match (pronoun.quotation, phrase.quotation) {
            (None, None) => 0,
            (Some(a), Some(b)) if a == b => 1,
            (Some(_), None) => 2,
            (None, Some(_)) => 3,
            _ => 4,
        }
    }
}

fn kind(asks: Asks) -> usize {
    match asks {
        Asks::Person(Gender::Male) => 0,
        Asks::Person(_) => 1,
        Asks::Thing => 2,
        Asks::Plural => 3,
    }
}

/// How a clause hangs on what is above it; 0 for what is no clause.
fn clause(deprel: Deprel) -> u32 {
    match deprel {
        Deprel::AclRelcl => 1,
        _ if deprel.is(Deprel::Acl) => 2,
        _ if deprel.is(Deprel::Advcl) => 3,
        _ if deprel.is(Deprel::Ccomp) || deprel.is(Deprel::Csubj) => 4,
        _ if deprel.is(Deprel::Xcomp) => 5,
        _ if deprel.is(Deprel::Parataxis) => 6,
        _ if deprel.is(Deprel::Conj) => 7,
        _ => 0,
    }
}

/// The ending of a first name that no list has, which often tells the gender.
fn ending(word: &str) -> u32 {
    match word.chars().next_back().map(|c| c.to_ascii_lowercase()) {
        Some('a') => 1,
        Some('e') => 2,
        Some('i') => 3,
        Some('y') => 4,
        Some('o') => 5,
        Some('n') => 6,
        Some('s') => 7,
        Some('r') => 8,
        Some('l') => 9,
        Some('t' | 'd') => 10,
        Some('h') => 11,
        Some('k' | 'c' | 'g' | 'm') => 12,
        _ => 0,
    }
}

/// Whether a subject's verb governs a clause or stands beside quoted words, as verbs of saying do.
fn speaks(ctx: &Context<'_>, subject: u32) -> bool {
    let Some(verb) = ctx.syntax.head(subject) else { return false };
    let says = |verb: u32| matches!(ctx.syntax.lemma(verb), "say" | "tell" | "add");
    says(verb)
        || ctx.syntax.child(verb, Deprel::Xcomp).is_some_and(says)
        || ctx.syntax.deprel(verb).is(Deprel::Parataxis)
        || ctx.syntax.children(verb).any(|c| {
            let deprel = ctx.syntax.deprel(c);
            deprel.is(Deprel::Ccomp) || deprel.is(Deprel::Parataxis)
        })
}

/// What is said of a pronoun: 0 where it is no subject, then verbs of saying, adjectives, nouns and names after "be",
/// clefts ("it was Olsen who"), passives, other verbs.
fn predicate(ctx: &Context<'_>, token: u32, speaks: bool) -> u32 {
    use newsgraph_syntax::Upos;
    let syntax = ctx.syntax;
    let Some(head) = syntax.head(token).filter(|_| ctx.is_subject(token)) else { return 0 };
    let copular = syntax.child(head, Deprel::Cop).is_some();
    let clause = syntax.children(head).any(|c| syntax.deprel(c) == Deprel::AclRelcl);
    match syntax.upos(head) {
        _ if speaks => 1,
        Upos::Adj if copular => 2,
        Upos::Noun | Upos::Propn | Upos::Pron if copular && clause => 3,
        Upos::Noun if copular => 4,
        _ if copular => 5,
        Upos::Verb if syntax.is_passive(head) => 6,
        Upos::Verb if syntax.child(head, Deprel::Obj).is_some() => 7,
        _ => 8,
    }
}
