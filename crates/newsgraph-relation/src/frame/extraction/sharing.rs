//! What a clause leaves out and where English takes it from: conjunction, control, raising, relative clauses,
//! participles.

use newsgraph_syntax::{Deprel, Upos, Xpos};

use super::{Filler, MOST_SHARED, is_relative_pronoun, words};
use crate::frame::controls::{self, Effect};
use crate::frame::{Argument, Frame, Link, Modality, PredicateKind, Relation, Tense, Voice};

impl Filler<'_> {
    /// Fills in what the clause leaves out.
    pub(super) fn share(&mut self, frame: &Frame, parent: Option<&Frame>) {
        match frame.link {
            Link::Relative => return self.share_relative(frame),
            Link::Modifier => return self.share_modifier(frame, parent),
            _ => {}
        }
        let Some(parent) = parent else { return self.share_from_headline(frame) };
        if parent.kind == PredicateKind::Auxiliary
            && !self.has_surface_subject(frame)
            && self.split_participle(parent.head) == Some(frame.head)
        {
            self.share_surface_subject(frame, parent);
            return;
        }
        match frame.link {
            Link::Conjunct => {
                if !self.has_surface_subject(frame) {
                    self.share_surface_subject(frame, parent);
                }
                self.share_object_of_conjunct(frame, parent);
            }
            Link::OpenComplement => self.share_control(frame, parent),
            Link::Complement if !self.has_surface_subject(frame) && self.is_nonfinite(frame) => {
                self.share_control(frame, parent);
            }
            Link::Adverbial if !self.has_surface_subject(frame) => self.share_adverbial(frame, parent),
            Link::Parataxis if !self.has_surface_subject(frame) && self.is_nonfinite(frame) => {
                self.share_surface_subject(frame, parent);
            }
            _ => {}
        }
    }

    /// "*Macron and Putin* on Tuesday spoke": where no verb heads the sentence, the noun that does is the subject of
    /// a finite verb that hangs on it.
    fn share_from_headline(&mut self, frame: &Frame) {
        let syntax = self.syntax;
        let Some(noun) = syntax.head(frame.head) else { return };
        let finite = matches!(syntax.xpos(frame.head), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        // "On the day of the talks, a *strike* … left": the tree may make it an apposition of the first noun.
        let heads = syntax.deprel(noun) == Deprel::Root
            || (syntax.deprel(noun) == Deprel::Appos
                && syntax.head(noun).is_some_and(|h| syntax.deprel(h) == Deprel::Root));
        let nominal =
            heads && noun < frame.head && matches!(syntax.upos(noun), Upos::Noun | Upos::Propn | Upos::Pron);
        if finite && nominal && !self.has_surface_subject(frame) {
            let relation = self.subject_relation(frame);
            let argument = Argument { head: noun, relation, marker: None, shared: true, pronoun: None };
            self.push_antecedent(frame, noun, argument);
        }
    }

    /// "with *Russia* instead intensifying its campaign": the noun between "with" and a participle is its subject.
    fn share_with_phrase(&mut self, frame: &Frame) -> bool {
        let syntax = self.syntax;
        if syntax.xpos(frame.head) != Xpos::Vbg {
            return false;
        }
        let end = syntax.subtree(frame.head).start;
        let mut noun = end.checked_sub(1);
        for _ in 0..4 {
            let Some(head) = noun.filter(|&n| syntax.subtree(n).end == end) else { return false };
            let with = |c| syntax.deprel(c) == Deprel::Case && syntax.lemma(c) == "with";
            if syntax.children(head).any(with) {
                let relation = self.subject_relation(frame);
                let argument = Argument { head, relation, marker: None, shared: true, pronoun: None };
                self.push_antecedent(frame, head, argument);
                return true;
            }
            noun = syntax.head(head);
        }
        false
    }

    fn is_nonfinite(&self, frame: &Frame) -> bool {
        frame.tense == Tense::None && frame.modality != Modality::Demanded
    }

    fn filling_has(&self, relation: Relation) -> bool {
        self.out.filling.iter().any(|a| a.relation == relation)
    }

    fn has_surface_subject(&self, frame: &Frame) -> bool {
        match frame.voice {
            Voice::Active => self.filling_has(Relation::Subject),
            Voice::Passive => {
                let head = frame.head;
                self.out.filling.iter().any(|a| {
                    matches!(a.relation, Relation::Object | Relation::IndirectObject)
                        && (a.head < head || a.shared)
                })
            }
        }
    }

    /// The relation that a subject on the page has in `frame`.
    fn subject_relation(&self, frame: &Frame) -> Relation {
        match frame.voice {
            Voice::Active => Relation::Subject,
            Voice::Passive if self.filling_has(Relation::Object) => Relation::IndirectObject,
            Voice::Passive => Relation::Object,
        }
    }

    /// Adds copies of the arguments of `parent` that `wanted` accepts, as `relation`. True when there were any.
    fn copy(&mut self, parent: &Frame, relation: Relation, wanted: impl Fn(&Argument) -> bool) -> bool {
        let (start, end) = parent.arguments;
        let mut copied = 0;
        for i in start..end {
            let argument = self.out.arguments[i as usize];
            if copied < MOST_SHARED && wanted(&argument) {
                self.out.filling.push(Argument { relation, marker: None, shared: true, ..argument });
                copied += 1;
            }
        }
        copied > 0
    }

    fn share_surface_subject(&mut self, frame: &Frame, parent: &Frame) -> bool {
        let relation = self.subject_relation(frame);
        let from = match parent.voice {
            Voice::Active => Relation::Subject,
            Voice::Passive if self.out.with_relation(parent, Relation::IndirectObject).next().is_some() => {
                Relation::IndirectObject
            }
            Voice::Passive => Relation::Object,
        };
        let limit = frame.head;
        self.copy(parent, relation, |a| a.relation == from && (a.head != limit))
    }

    /// "built and sold *cars*": the object after the last verb belongs to both.
    fn share_object_of_conjunct(&mut self, frame: &Frame, parent: &Frame) {
        let bare = frame.voice == Voice::Active
            && parent.voice == Voice::Active
            && frame.kind == PredicateKind::Verb
            && !self.out.filling.iter().any(|a| a.relation != Relation::Subject && a.head > frame.head);
        if bare {
            let verb = frame.head;
            self.copy(parent, Relation::Object, |a| {
                a.relation == Relation::Object && a.head > verb && !a.shared
            });
        }
    }

    /// Control and raising: "urged *Iran* to stop", "*Putin* is expected to visit", "called on *Iran* to stop".
    fn share_control(&mut self, frame: &Frame, parent: &Frame) {
        if self.has_surface_subject(frame) {
            return;
        }
        let governor = self.syntax.lemma(parent.head);
        let relation = self.subject_relation(frame);
        let verb = frame.head;
        if parent.voice == Voice::Active {
            let before = |a: &Argument| a.head < verb && a.head > parent.head;
            if !controls::subject_keeps_control(governor) {
                let done = self
                    .copy(parent, relation, |a| a.relation == Relation::IndirectObject && before(a))
                    || self.copy(parent, relation, |a| a.relation == Relation::Object && before(a));
                if done {
                    return;
                }
            }
            if self.share_oblique_controller(frame, parent) {
                return;
            }
        }
        self.share_surface_subject(frame, parent);
    }

    fn share_oblique_controller(&mut self, frame: &Frame, parent: &Frame) -> bool {
        let syntax = self.syntax;
        let relation = self.subject_relation(frame);
        let governor = syntax.lemma(parent.head);
        self.copy(parent, relation, |a| {
            a.relation == Relation::Oblique
                && a.head < frame.head
                && a.marker.is_some_and(|m| controls::oblique_controls(governor, syntax.lemma(m)))
        })
    }

    /// "the need *for Iran* to stop", "a call *for Iran* to stop": the phrase with "for" directly before an infinitive is
    /// its subject, if a noun or verb that asks for something governs it. Gives subject and governor.
    pub(super) fn subject_after_for(&self, verb: u32) -> Option<(u32, u32)> {
        let syntax = self.syntax;
        if !self.has_infinitive_marker(verb) {
            return None;
        }
        let end = syntax.subtree(verb).start;
        let last = end.checked_sub(1)?;
        let mut noun = last;
        for _ in 0..6 {
            let marked =
                syntax.children(noun).any(|c| syntax.deprel(c) == Deprel::Case && syntax.lemma(c) == "for");
            if marked && syntax.subtree(noun).end >= end {
                break;
            }
            noun = syntax.head(noun).filter(|&h| h < end)?;
        }
        let case = syntax.child(noun, Deprel::Case).filter(|&c| syntax.lemma(c) == "for")?;
        let governor = syntax.head(noun).filter(|&g| g < case)?;
        let asks = controls::on_open_clause(syntax.lemma(governor)).modality == Modality::Demanded
            || matches!(syntax.lemma(governor), "time" | "reason" | "way" | "opportunity" | "chance");
        (asks && syntax.upos(noun) != Upos::Num && !words::is_calendar(syntax.lemma(noun)))
            .then_some((noun, governor))
    }

    /// "with Macron urging a truce but *Putin* rejecting it": the second of two such clauses, whose noun the tree
    /// coordinates with a noun of the first.
    fn share_second_absolute(&mut self, frame: &Frame, parent: &Frame) -> bool {
        let syntax = self.syntax;
        if syntax.xpos(frame.head) != Xpos::Vbg || syntax.xpos(parent.head) != Xpos::Vbg {
            return false;
        }
        let end = syntax.subtree(frame.head).start;
        let mut noun = end.checked_sub(1);
        for _ in 0..4 {
            let Some(head) = noun.filter(|&n| n > parent.head && syntax.subtree(n).end == end) else {
                return false;
            };
            let contrasted = syntax.deprel(head) == Deprel::Conj
                && syntax.child(head, Deprel::Cc).is_some_and(|c| matches!(syntax.lemma(c), "but" | "while"));
            if contrasted {
                let relation = self.subject_relation(frame);
                let argument = Argument { head, relation, marker: None, shared: true, pronoun: None };
                self.out.filling.push(argument);
                return true;
            }
            noun = syntax.head(head);
        }
        false
    }

    fn share_adverbial(&mut self, frame: &Frame, parent: &Frame) {
        let relation = self.subject_relation(frame);
        if let Some((head, _)) = self.subject_after_for(frame.head) {
            let argument = Argument { head, relation, marker: None, shared: true, pronoun: None };
            return self.push_antecedent(frame, head, argument);
        }
        if self.has_infinitive_marker(frame.head) && self.share_oblique_controller(frame, parent) {
            return;
        }
        let controlled = self.marker(frame.head).is_some_and(|m| {
            controls::object_controls_gerund(self.syntax.lemma(parent.head), self.syntax.lemma(m))
        });
        if controlled && parent.voice == Voice::Active {
            let copied =
                self.copy(parent, relation, |a| a.relation == Relation::Object && a.head < frame.head);
            if copied {
                return;
            }
        }
        if self.is_nonfinite(frame)
            && !self.share_with_phrase(frame)
            && !self.share_second_absolute(frame, parent)
        {
            self.share_surface_subject(frame, parent);
        }
    }

    /// A relative clause without pronoun lacks its object, or else its subject: "the plant *they struck*".
    fn share_relative(&mut self, frame: &Frame) {
        if self.out.filling.iter().any(|a| a.pronoun.is_some()) || self.pronoun_below(frame) {
            return;
        }
        let Some(antecedent) = self.antecedent(frame) else { return };
        let relation = if !self.has_surface_subject(frame) {
            self.subject_relation(frame)
        } else if frame.voice == Voice::Active
            && !self.filling_has(Relation::Object)
            && !self.filling_has(Relation::Complement)
            && !self.filling_has(Relation::OpenComplement)
            && frame.kind == PredicateKind::Verb
        {
            Relation::Object
        } else {
            return;
        };
        let argument = Argument { head: antecedent, relation, marker: None, shared: true, pronoun: None };
        self.push_antecedent(frame, antecedent, argument);
    }

    /// Whether the relative pronoun stands deeper in the clause ("whose …", "when …", "parts of which").
    fn pronoun_below(&self, frame: &Frame) -> bool {
        let clause = self.syntax.subtree(frame.head);
        (clause.start..frame.head.min(clause.start + 8)).any(|t| {
            matches!(self.syntax.xpos(t), Xpos::Wp | Xpos::WpS | Xpos::Wrb)
                || is_relative_pronoun(self.syntax, t)
        })
    }

    /// Reduced relatives and infinitives below a noun.
    fn share_modifier(&mut self, frame: &Frame, parent: Option<&Frame>) {
        let Some(noun) = self.syntax.head(frame.head) else { return };
        if self.has_surface_subject(frame) {
            return;
        }
        let content = self.has_infinitive_marker(frame.head) || self.marker(frame.head).is_some();
        let relation = self.subject_relation(frame);
        if let Some((head, _)) = self.subject_after_for(frame.head) {
            let argument = Argument { head, relation, marker: None, shared: true, pronoun: None };
            return self.push_antecedent(frame, head, argument);
        }
        if content && self.share_possessor(frame, parent, noun, relation) {
            return;
        }
        let argument = Argument { head: noun, relation, marker: None, shared: true, pronoun: None };
        if !content {
            let noun = self.garden_path_subject(frame, noun);
            return self.push_antecedent(frame, noun, argument);
        }
        // "the first to leave", "forces to protect them" against "a decision to leave"
        if self.has_infinitive_marker(frame.head)
            && controls::on_open_clause(self.syntax.lemma(noun)) == Effect::NONE
            && !is_content_noun(self.syntax.lemma(noun))
        {
            self.push_antecedent(frame, noun, argument);
        }
    }

    /// "*Doctors* from two groups donated food": a past tense with an object that the tree takes for a participle
    /// below the last noun has the whole phrase as its subject, when no other verb of the sentence does.
    fn garden_path_subject(&self, frame: &Frame, noun: u32) -> u32 {
        let past = matches!(self.syntax.xpos(frame.head), Xpos::Vbn | Xpos::Vbd);
        if !past || frame.voice != Voice::Active || frame.parent.is_some() {
            return noun;
        }
        let mut top = noun;
        while self.syntax.deprel(top) == Deprel::Nmod {
            match self.syntax.head(top) {
                Some(head) => top = head,
                None => break,
            }
        }
        top
    }

    /// "*EU* plans to leave": a name directly before the noun.
    fn name_before(&self, noun: u32) -> Option<u32> {
        let syntax = self.syntax;
        let before = noun.checked_sub(1)?;
        let name = syntax.deprel(before) == Deprel::Compound
            && syntax.head(before) == Some(noun)
            && syntax.upos(before) == Upos::Propn;
        name.then_some(before)
    }

    /// "*Greece*, like others, plans to leave": "plans" read as a noun beside the name that heads the sentence.
    fn share_with_first(&mut self, noun: u32, relation: Relation) -> bool {
        let syntax = self.syntax;
        let first = syntax.head(noun).filter(|&first| {
            syntax.deprel(noun) == Deprel::Conj
                && syntax.upos(first) == Upos::Propn
                && syntax.deprel(first) == Deprel::Root
                && syntax.child(noun, Deprel::Cc).is_none()
        });
        let Some(first) = first else { return false };
        let argument = Argument { head: first, relation, marker: None, shared: true, pronoun: None };
        self.out.filling.push(argument);
        true
    }

    /// "*Iran's* threat to leave", "*Iran* made a threat to leave": whose act the noun is, does what it says.
    fn share_possessor(
        &mut self,
        frame: &Frame,
        parent: Option<&Frame>,
        noun: u32,
        relation: Relation,
    ) -> bool {
        let lemma = self.syntax.lemma(noun);
        if controls::on_open_clause(lemma) == Effect::NONE && !is_content_noun(lemma) {
            return false;
        }
        if let Some(owner) = self.syntax.child(noun, Deprel::NmodPoss).or_else(|| self.name_before(noun)) {
            let argument = Argument { head: owner, relation, marker: None, shared: true, pronoun: None };
            self.push_antecedent(frame, owner, argument);
            return true;
        }
        let Some(parent) = parent else { return self.share_with_first(noun, relation) };
        let of_parent =
            self.out.arguments(parent).iter().any(|a| a.head == noun && a.relation == Relation::Object);
        of_parent && parent.voice == Voice::Active && self.share_surface_subject(frame, parent)
    }
}

/// Nouns whose infinitive or gerund says what they consist in, sorted.
const CONTENT_NOUNS: [&str; 66] = [
    "accusation",
    "aim",
    "allegation",
    "ambition",
    "appeal",
    "attempt",
    "authority",
    "bill",
    "call",
    "campaign",
    "charge",
    "conspiracy",
    "cost",
    "crime",
    "deal",
    "demand",
    "desire",
    "drive",
    "fight",
    "goal",
    "habit",
    "hope",
    "hopes",
    "idea",
    "intent",
    "law",
    "measure",
    "mission",
    "motion",
    "need",
    "oath",
    "offer",
    "operation",
    "order",
    "pact",
    "permission",
    "plan",
    "pledge",
    "plot",
    "policy",
    "practice",
    "pressure",
    "project",
    "promise",
    "prospect",
    "purpose",
    "push",
    "reason",
    "refusal",
    "request",
    "resolution",
    "role",
    "scheme",
    "step",
    "strategy",
    "struggle",
    "suspicion",
    "tactic",
    "talks",
    "time",
    "urge",
    "vote",
    "vow",
    "warning",
    "way",
    "wish",
];

/// Whether the noun's infinitive or gerund says what it consists in.
fn is_content_noun(lemma: &str) -> bool {
    CONTENT_NOUNS.binary_search(&lemma).is_ok()
}
