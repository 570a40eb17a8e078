//! Voice, tense, polarity and modality of one clause, from its verb form, its auxiliaries and its negations.

use newsgraph_syntax::{Deprel, Syntax, Upos, Xpos};
use newsgraph_token::Segmentation;

use super::controls::{is_stative_participle, marks_condition};
use super::extraction::{is_calendar, is_measure};
use super::{Link, Modality, Polarity, PredicateKind, Tense, Voice};

/// What the clause says by itself, before governing verbs are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mood {
    pub(super) voice: Voice,
    pub(super) tense: Tense,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    /// Whether it has an auxiliary or a "to" of its own, so that none is shared with a conjunct before it.
    pub(super) own_auxiliary: bool,
    /// Whether it is an infinitive with a "to" of its own and no auxiliary.
    pub(super) infinitive: bool,
    /// Whether it has a subject of its own.
    pub(super) own_subject: bool,
}

/// What the children of a predicate tell about its mood.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    passive_subject: bool,
    passive_auxiliary: bool,
    agent: bool,
    subject: bool,
    object: bool,
    /// Whether a verb of the same form coordinated with it has the object of both.
    shares_object: bool,
    have: bool,
    be: bool,
    auxiliary: bool,
    infinitive: bool,
    future: bool,
    possible: bool,
    demanded: bool,
    condition: bool,
    negations: u8,
    finite_past: bool,
    finite_present: bool,
}

/// Reads the mood of the predicate `head`.
pub(super) fn read(
    text: &str,
    segmentation: &Segmentation,
    syntax: &Syntax,
    head: u32,
    kind: PredicateKind,
    link: Link,
) -> Mood {
    let mut signs = Signs::default();
    for child in syntax.children(head) {
        signs.see(syntax, head, child);
    }
    if signs.auxiliary && signs.be && signs.infinitive && link == Link::Root {
        signs.future = true;
    }
    let voice = signs.voice(syntax, head, kind, link);
    let form = segmentation.form(text, head);
    let headline = form.len() > 2 && !form.bytes().any(|b| b.is_ascii_lowercase());
    Mood {
        voice,
        tense: signs.tense(syntax, head, kind),
        polarity: if signs.negations % 2 == 1 { Polarity::Negative } else { Polarity::Positive },
        modality: signs.modality(syntax, head, kind, link, headline),
        own_auxiliary: signs.auxiliary || signs.infinitive,
        infinitive: signs.infinitive && !signs.auxiliary,
        own_subject: signs.subject || signs.passive_subject,
    }
}

impl Signs {
    fn see(&mut self, syntax: &Syntax, head: u32, child: u32) {
        let lemma = syntax.lemma(child);
        match syntax.deprel(child) {
            Deprel::NsubjPass | Deprel::CsubjPass => {
                self.passive_subject = true;
                self.negations += u8::from(is_negative_phrase(syntax, child));
            }
            Deprel::Nsubj | Deprel::NsubjOuter | Deprel::Csubj | Deprel::CsubjOuter => {
                self.subject = true;
                self.negations += u8::from(is_negative_phrase(syntax, child));
            }
            Deprel::Obj | Deprel::Obl => {
                self.object |= syntax.deprel(child) == Deprel::Obj && !is_calendar(lemma);
                self.negations += u8::from(is_negative_phrase(syntax, child));
            }
            Deprel::Iobj => self.object = true,
            Deprel::Conj if matches!(syntax.xpos(child), Xpos::Vbn | Xpos::Vbd) => {
                self.shares_object |= syntax.children(child).any(|c| syntax.deprel(c) == Deprel::Obj);
            }
            Deprel::OblAgent => self.agent |= !is_measure(syntax, child),
            Deprel::AuxPass => {
                self.passive_auxiliary = true;
                self.auxiliary = true;
                self.see_auxiliary(syntax, child);
            }
            Deprel::Aux | Deprel::Cop => {
                self.auxiliary |= syntax.deprel(child) == Deprel::Aux;
                self.see_auxiliary(syntax, child);
            }
            Deprel::Mark => {
                self.infinitive |= syntax.upos(child) == Upos::Part && lemma == "to";
                self.condition |= marks_condition(lemma);
            }
            Deprel::Advmod if is_negation(lemma) => self.negations += 1,
            // "no longer"
            Deprel::Advmod => {
                self.negations +=
                    u8::from(syntax.children(child).any(|c| c < head && syntax.lemma(c) == "no"));
                self.possible |=
                    matches!(lemma, "allegedly" | "reportedly" | "possibly" | "perhaps" | "maybe");
            }
            _ => {}
        }
    }

    fn see_auxiliary(&mut self, syntax: &Syntax, child: u32) {
        let lemma = syntax.lemma(child);
        match lemma {
            "will" | "shall" | "'ll" | "wo" => self.future = true,
            "would" | "may" | "might" | "could" | "can" | "'d" | "ca" => self.possible = true,
            "must" | "should" | "ought" | "need" => self.demanded = true,
            "have" | "'ve" => self.have = true,
            "be" => self.be = true,
            _ => {}
        }
        match syntax.xpos(child) {
            Xpos::Vbd => self.finite_past = true,
            Xpos::Vbz | Xpos::Vbp => self.finite_present = true,
            _ => {}
        }
    }

    fn voice(&self, syntax: &Syntax, head: u32, kind: PredicateKind, link: Link) -> Voice {
        if kind == PredicateKind::Copula {
            return Voice::Active;
        }
        // "is opposed to", "were engaged in": a state of the subject's own, nobody's doing.
        if !self.agent && !self.object && is_stative_participle(syntax, head) {
            return Voice::Active;
        }
        // A participle without auxiliary: "drones built here", "Two killed in attack", "Backed by Iran, …".
        let bare_participle = syntax.xpos(head) == Xpos::Vbn
            && !self.auxiliary
            && !self.object
            && !self.shares_object
            && (link != Link::Conjunct)
            && !(self.subject && link != Link::Root && link != Link::Parataxis);
        // "by" alone makes no passive: "has risen by", "rejected it by a margin".
        let by_agent = self.agent && !self.have && !(self.subject && syntax.xpos(head) != Xpos::Vbn);
        let passive = self.passive_auxiliary || self.passive_subject || by_agent || bare_participle;
        if passive { Voice::Passive } else { Voice::Active }
    }

    fn tense(&self, syntax: &Syntax, head: u32, kind: PredicateKind) -> Tense {
        if self.future {
            return Tense::Future;
        }
        if self.finite_past || (self.have && self.auxiliary) {
            return Tense::Past;
        }
        if self.finite_present {
            return Tense::Present;
        }
        match syntax.xpos(head) {
            Xpos::Vbd => Tense::Past,
            Xpos::Vbz | Xpos::Vbp if kind == PredicateKind::Verb => Tense::Present,
            _ => Tense::None,
        }
    }

    fn modality(
        &self,
        syntax: &Syntax,
        head: u32,
        kind: PredicateKind,
        link: Link,
        headline: bool,
    ) -> Modality {
        if self.condition || self.possible {
            return Modality::Possible;
        }
        if self.demanded {
            return Modality::Demanded;
        }
        if self.future {
            return Modality::Future;
        }
        let main = matches!(link, Link::Root | Link::Parataxis);
        if self.infinitive && main && (self.subject || self.passive_subject || headline) {
            return Modality::Future; // "Putin to visit China"
        }
        let bare = syntax.xpos(head) == Xpos::Vb && !self.auxiliary && !self.infinitive;
        if bare && main && kind == PredicateKind::Verb && !self.subject && !self.passive_subject {
            return Modality::Demanded; // imperative
        }
        match link {
            // Purpose: told as an aim, not as a fact.
            Link::Adverbial if self.infinitive => Modality::Possible,
            _ => Modality::Actual,
        }
    }
}

fn is_negation(lemma: &str) -> bool {
    matches!(lemma, "not" | "n't" | "never" | "n’t" | "hardly" | "nor" | "neither")
}

/// "no one", "nobody", "no soldiers", "neither side", "none of them"
fn is_negative_phrase(syntax: &Syntax, head: u32) -> bool {
    matches!(syntax.lemma(head), "nobody" | "none" | "nothing" | "neither" | "noone")
        || syntax.children(head).any(|c| {
            c < head && syntax.deprel(c).is(Deprel::Det) && matches!(syntax.lemma(c), "no" | "neither")
        })
}
