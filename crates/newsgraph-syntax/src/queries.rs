//! What relations ask of a tree: who is the subject, is it passive, is it denied. Nothing here allocates.

use crate::features::{Polarity, PronType, VerbForm, Voice};
use crate::{Children, Deprel, Features, Syntax, Upos, Xpos};

/// Clauses that a search for a subject climbs through, at most.
const CLIMB: usize = 16;

impl Syntax {
    /// Morphological features.
    pub fn features(&self, token: u32) -> Features {
        Features::from_bits(self.feats(token))
    }

    /// The children whose relation is `deprel` or a subtype of it, from left to right.
    pub fn children_by(&self, token: u32, deprel: Deprel) -> impl Iterator<Item = u32> + '_ {
        self.children(token).filter(move |&c| self.deprel(c).is(deprel))
    }

    /// The root of the sentence that `token` is in.
    pub fn root(&self, token: u32) -> u32 {
        self.ancestors(token).last().unwrap_or(token)
    }

    /// The lowest word that is above both, or one of them; `None` for words of two sentences.
    pub fn common_ancestor(&self, a: u32, b: u32) -> Option<u32> {
        let depth = |t| self.ancestors(t).count();
        let (mut a, mut b) = (a, b);
        let (mut da, mut db) = (depth(a), depth(b));
        while a != b {
            if da >= db {
                a = self.head(a)?;
                da -= 1;
            } else {
                b = self.head(b)?;
                db -= 1;
            }
        }
        Some(a)
    }

    /// The way through the tree from one word to another; `None` for words of two sentences.
    pub fn path(&self, from: u32, to: u32) -> Option<Path<'_>> {
        Some(Path { syntax: self, from, to, top: self.common_ancestor(from, to)? })
    }

    /// The word and its conjuncts, from left to right: *France*, *Italy* for "France and Italy". Give it the first.
    pub fn conjuncts(&self, token: u32) -> Conjuncts<'_> {
        Conjuncts { syntax: self, own: Some(token), children: self.children(token) }
    }

    /// The first word of the coordination that `token` is part of; itself where it is part of none.
    pub fn first_conjunct(&self, token: u32) -> u32 {
        let mut at = token;
        while self.deprel(at) == Deprel::Conj
            && let Some(head) = self.head(at)
        {
            at = head;
        }
        at
    }

    /// Whether a verb or participle is in the passive: by its auxiliary, its subject, or as a past participle that
    /// modifies a noun ("the law *passed* by the Senate").
    pub fn is_passive(&self, verb: u32) -> bool {
        let tells = |d| matches!(d, Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass);
        self.features(verb).voice() == Some(Voice::Pass)
            || self.children(verb).any(|c| tells(self.deprel(c)))
            || self.shares_passive(verb)
    }

    /// Whether a participle has its auxiliary from the verb it is coordinated with: "was taken and *sold*".
    fn shares_passive(&self, verb: u32) -> bool {
        let own = |c: u32| {
            matches!(self.deprel(c), Deprel::Aux | Deprel::AuxPass) || self.deprel(c).is(Deprel::Nsubj)
        };
        self.xpos(verb) == Xpos::Vbn
            && self.deprel(verb) == Deprel::Conj
            && !self.children(verb).any(own)
            && self.head(verb).is_some_and(|h| self.children(h).any(|c| self.deprel(c) == Deprel::AuxPass))
    }

    /// Whether the word is denied: *not*, *never*, *no*, *neither* directly below it.
    pub fn is_negated(&self, token: u32) -> bool {
        self.children(token).any(|c| {
            let feats = self.features(c);
            let denies = feats.polarity() == Some(Polarity::Neg) || feats.pron_type() == Some(PronType::Neg);
            match self.deprel(c).universal() {
                "advmod" | "det" | "cc" => denies || matches!(self.lemma(c), "neither" | "nor"),
                _ => false,
            }
        })
    }

    /// The first word of the subject that a verb (or a noun or adjective that is a predicate) has of its own, or that
    /// grammar lends it, and how.
    ///
    /// Lent are: the subject of the verb it is coordinated with; of the verb that it completes, or its object
    /// ("asked them to *leave*": *them*); the noun that a relative clause or participle belongs to ("the man who
    /// *left*", "the law *passed*": *man*, *law*); the subject of the clause that a participle or infinitive attends
    /// ("he left, *saying* …": *he*). Relative pronouns give way to their noun.
    pub fn subject(&self, verb: u32) -> Option<Subject> {
        let mut at = verb;
        for _ in 0..CLIMB {
            if let Some(own) = self.children(at).find(|&c| is_subject(self.deprel(c))) {
                return Some(self.own_subject(verb, at, own));
            }
            let head = self.head(at)?;
            match self.deprel(at) {
                Deprel::Conj => at = head,
                Deprel::Xcomp => {
                    let object = self.child(head, Deprel::Obj).or_else(|| self.child(head, Deprel::Iobj));
                    if let Some(token) = object.filter(|&o| o != at && is_nominal(self.upos(o))) {
                        return Some(Subject { token, kind: SubjectKind::Controller });
                    }
                    at = head;
                }
                Deprel::Acl | Deprel::AclRelcl => {
                    // "the plan to leave" does not say who leaves; "the man leaving" does.
                    let infinitive = self.features(at).verb_form() == Some(VerbForm::Inf);
                    return (!infinitive).then_some(Subject { token: head, kind: SubjectKind::Modified });
                }
                Deprel::Advcl if self.is_nonfinite(at) => at = head,
                Deprel::Parataxis | Deprel::Ccomp | Deprel::Root => return None,
                _ => return None,
            }
        }
        None
    }

    /// The subjects of a verb, a conjunct each; see [`Syntax::subject`].
    pub fn subjects(&self, verb: u32) -> impl Iterator<Item = u32> + '_ {
        self.subject(verb).into_iter().flat_map(|s| self.conjuncts(s.token))
    }

    /// The objects of a verb, direct and indirect, a conjunct each.
    pub fn objects(&self, verb: u32) -> impl Iterator<Item = u32> + '_ {
        self.children(verb)
            .filter(|&c| matches!(self.deprel(c), Deprel::Obj | Deprel::Iobj))
            .flat_map(|o| self.conjuncts(o))
    }

    /// Who does it in a passive: *police* in "stopped by police".
    pub fn agent(&self, verb: u32) -> Option<u32> {
        self.children(verb).find(|&c| self.deprel(c) == Deprel::OblAgent)
    }

    fn own_subject(&self, verb: u32, owner: u32, subject: u32) -> Subject {
        let relative = self.features(subject).pron_type() == Some(PronType::Rel)
            || matches!(self.xpos(subject), Xpos::Wdt | Xpos::Wp);
        if relative
            && self.deprel(owner) == Deprel::AclRelcl
            && let Some(token) = self.head(owner)
        {
            return Subject { token, kind: SubjectKind::Modified };
        }
        let kind = if owner == verb { SubjectKind::Own } else { SubjectKind::Shared };
        Subject { token: subject, kind }
    }

    fn is_nonfinite(&self, verb: u32) -> bool {
        let form = self.features(verb).verb_form();
        let finite_aux =
            |c: u32| self.deprel(c).is(Deprel::Aux) && self.features(c).verb_form() == Some(VerbForm::Fin);
        matches!(form, Some(VerbForm::Part | VerbForm::Inf | VerbForm::Ger))
            && !self.children(verb).any(finite_aux)
    }
}

fn is_subject(deprel: Deprel) -> bool {
    deprel.is(Deprel::Nsubj) || deprel.is(Deprel::Csubj)
}

fn is_nominal(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det)
}

/// A subject, and how the verb comes by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The head of the subject.
    pub token: u32,
    /// How the verb comes by it.
    pub kind: SubjectKind,
}

/// How a verb comes by its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectKind {
    /// It is the verb's own.
    Own,
    /// It is that of a clause above: through coordination, complement or adverbial clause.
    Shared,
    /// It is the object of the verb above, which controls it.
    Controller,
    /// It is the noun that the clause modifies.
    Modified,
}

/// A way through a tree: up to the lowest common word, and down again.
#[derive(Clone, Copy, Debug)]
pub struct Path<'s> {
    syntax: &'s Syntax,
    from: u32,
    to: u32,
    /// The lowest word above both ends, or one of them.
    pub top: u32,
}

impl Path<'_> {
    /// The words from the start up to, not including, the top.
    pub fn rising(&self) -> impl Iterator<Item = u32> + '_ {
        self.climb(self.from)
    }

    /// The words from the end up to, not including, the top: the way down, read backwards.
    pub fn falling(&self) -> impl Iterator<Item = u32> + '_ {
        self.climb(self.to)
    }

    /// Number of edges.
    pub fn len(&self) -> usize {
        self.rising().count() + self.falling().count()
    }

    /// Whether both ends are the same word.
    pub fn is_empty(&self) -> bool {
        self.from == self.to
    }

    fn climb(&self, start: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(start), |&t| self.syntax.head(t)).take_while(|&t| t != self.top)
    }
}

/// A word and its conjuncts, from left to right.
pub struct Conjuncts<'s> {
    syntax: &'s Syntax,
    own: Option<u32>,
    children: Children<'s>,
}

impl Iterator for Conjuncts<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.own.take().or_else(|| self.children.find(|&c| self.syntax.deprel(c) == Deprel::Conj))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    /// Builds a tree from "form/XPOS/head/deprel" items; FEATS follow from the tag.
    fn tree(words: &str) -> Syntax {
        let mut file = String::new();
        for (i, word) in words.split(' ').enumerate() {
            let mut part = word.split('/');
            let mut next = || part.next().unwrap();
            let (form, xpos, head, deprel) = (next(), next(), next(), next());
            let feats = match xpos {
                "VBN" => "Tense=Past|VerbForm=Part",
                "VBG" => "Tense=Pres|VerbForm=Part",
                "VB" => "VerbForm=Inf",
                "VBD" | "VBZ" => "VerbForm=Fin",
                "RB" if form == "not" => "Polarity=Neg",
                "WDT" => "PronType=Rel",
                _ => "_",
            };
            let upos = if xpos.starts_with('N') { "NOUN" } else { "PRON" };
            file += &format!("{}\t{form}\t{form}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t_\n", i + 1);
        }
        conllu::read(&file).next().unwrap().unwrap().syntax
    }

    #[test]
    fn subjects_are_found_through_grammar() {
        let table: &[(&str, &str, u32, &[u32])] = &[
            ("own", "dogs/NNS/2/nsubj bark/VBD/0/root", 1, &[0]),
            (
                "coordinated subjects",
                "France/NNP/4/nsubj and/CC/3/cc Italy/NNP/1/conj signed/VBD/0/root",
                3,
                &[0, 2],
            ),
            ("coordinated verb", "he/PRP/2/nsubj left/VBD/0/root and/CC/4/cc died/VBD/2/conj", 3, &[0]),
            ("complement", "he/PRP/2/nsubj wants/VBZ/0/root to/TO/4/mark leave/VB/2/xcomp", 3, &[0]),
            (
                "object control",
                "he/PRP/2/nsubj asked/VBD/0/root them/PRP/2/obj to/TO/5/mark leave/VB/2/xcomp",
                4,
                &[2],
            ),
            (
                "relative clause",
                "men/NNS/4/nsubj who/WP/3/nsubj left/VBD/1/acl:relcl died/VBD/0/root",
                2,
                &[0],
            ),
            (
                "relative clause with a subject of its own",
                "men/NNS/4/nsubj she/PRP/3/nsubj saw/VBD/1/acl:relcl died/VBD/0/root",
                2,
                &[1],
            ),
            ("participle", "laws/NNS/3/nsubj passed/VBN/1/acl expire/VBD/0/root", 1, &[0]),
            ("infinitive of a noun", "plans/NNS/0/root to/TO/3/mark leave/VB/1/acl", 2, &[]),
            (
                "attendant participle",
                "he/PRP/2/nsubj left/VBD/0/root ,/,/4/punct saying/VBG/2/advcl little/NN/4/obj",
                3,
                &[0],
            ),
            ("none", "rain/VBD/0/root", 0, &[]),
        ];
        for (name, words, verb, expected) in table {
            let found: Vec<u32> = tree(words).subjects(*verb).collect();
            assert_eq!(found, *expected, "{name}");
        }
    }

    #[test]
    fn voice_and_negation() {
        let t = tree(
            "it/PRP/4/nsubj:pass was/VBD/4/aux:pass not/RB/4/advmod sold/VBN/0/root by/IN/6/case us/PRP/4/obl:agent",
        );
        assert!(t.is_passive(3) && t.is_negated(3));
        assert_eq!(t.agent(3), Some(5));
        let t = tree("it/PRP/3/nsubj:pass was/VBD/3/aux:pass taken/VBN/0/root and/CC/5/cc sold/VBN/3/conj");
        assert!(t.is_passive(4) && !t.is_negated(4));
        let t = tree("he/PRP/2/nsubj left/VBD/0/root");
        assert!(!t.is_passive(1));
    }

    #[test]
    fn paths_go_over_the_lowest_common_word() {
        let t = tree("a/NN/2/nsubj b/VBD/0/root c/NN/2/obj d/NN/3/nmod");
        let path = t.path(0, 3).unwrap();
        assert_eq!((path.top, path.len()), (1, 3));
        assert_eq!(path.rising().collect::<Vec<_>>(), [0]);
        assert_eq!(path.falling().collect::<Vec<_>>(), [3, 2]);
        assert_eq!(t.common_ancestor(2, 3), Some(2));
        assert!(t.path(2, 2).unwrap().is_empty());
        assert_eq!(t.root(3), 1);
        assert_eq!(t.first_conjunct(3), 3);
    }
}
