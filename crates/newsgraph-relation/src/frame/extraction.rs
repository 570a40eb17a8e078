//! Fills [`Frames`] from trees: predicates in order of the text, then each frame after the one it hangs on, so
//! that what it shares with that one is already known.

use newsgraph_syntax::{Deprel, Syntax, Upos, Xpos};
use newsgraph_token::Segmentation;

mod misread;
mod sharing;
mod words;

pub(super) use words::{is_calendar, is_measure};

use misread::{Misread, misread_adjective, misread_subject};

use super::controls::{self, Effect};
use super::{
    Argument, Frame, Frames, Link, Modality, NONE, Polarity, PredicateKind, Relation, Tense, Voice, mood,
};

/// More arguments than this are not handed on from one clause to the next, nor conjuncts listed: a bound that
/// keeps the work linear when a text is one endless enumeration.
const MOST_SHARED: usize = 24;

pub(super) fn extract(text: &str, segmentation: &Segmentation, syntax: &Syntax, out: &mut Frames) {
    out.frames.clear();
    out.arguments.clear();
    out.pending.clear();
    out.clause.clear();
    out.clause.resize(syntax.len() as usize, NONE);
    for token in 0..syntax.len() {
        if let Some(kind) = predicate_kind(syntax, token) {
            out.clause[token as usize] = out.frames.len() as u32;
            out.frames.push(empty_frame(syntax, token, kind));
        }
    }
    find_clauses(syntax, out);
    let mut filler = Filler { text, segmentation, syntax, out };
    for index in 0..filler.out.frames.len() as u32 {
        filler.fill_with_parents(index);
    }
}

/// Whether a clause hangs on `token`, and with what predicate.
fn predicate_kind(syntax: &Syntax, token: u32) -> Option<PredicateKind> {
    use Deprel as D;
    let deprel = syntax.deprel(token);
    let function_word = matches!(
        deprel,
        D::Aux
            | D::AuxPass
            | D::Cop
            | D::Case
            | D::Mark
            | D::Fixed
            | D::Flat
            | D::Compound
            | D::Goeswith
            | D::Punct
            | D::Det
            | D::Cc
            | D::Discourse
            | D::CompoundPrt
            | D::Expl
            | D::Reparandum
    );
    if function_word {
        return None;
    }
    let mut subject = false;
    for child in syntax.children(token) {
        match syntax.deprel(child) {
            D::Cop => return Some(PredicateKind::Copula),
            D::Nsubj | D::NsubjPass | D::Csubj | D::CsubjPass | D::NsubjOuter => subject = true,
            _ => {}
        }
    }
    let upos = syntax.upos(token);
    if misread_adjective(syntax, token).is_some() {
        return Some(PredicateKind::Verb);
    }
    // "a solid and *lasting* settlement"
    let of_adjective = deprel == D::Conj
        && syntax.head(token).is_some_and(|h| syntax.deprel(h) == D::Amod && syntax.upos(h) == Upos::Adj);
    if of_adjective && !subject {
        return None;
    }
    if matches!(upos, Upos::Verb | Upos::Aux) {
        // "the *wounded* soldiers": a participle before its noun is an adjective in all but name.
        let adjective = matches!(deprel, D::Amod | D::Nummod | D::NmodPoss);
        let predicate = !adjective || subject || misread_subject(syntax, token).is_some();
        return predicate.then_some(PredicateKind::Verb);
    }
    subject.then_some(PredicateKind::Copula)
}

fn empty_frame(syntax: &Syntax, head: u32, kind: PredicateKind) -> Frame {
    let mut particle = None;
    let mut copula = None;
    for child in syntax.children(head) {
        match syntax.deprel(child) {
            Deprel::CompoundPrt if particle.is_none() => particle = Some(child),
            Deprel::Cop if copula.is_none() => copula = Some(child),
            _ => {}
        }
    }
    Frame {
        head,
        kind,
        particle,
        copula,
        parent: None,
        link: Link::Root,
        voice: Voice::Active,
        tense: Tense::None,
        polarity: Polarity::Positive,
        modality: Modality::Actual,
        arguments: (NONE, NONE),
    }
}

/// For every token the nearest predicate at or above it. Each token is visited a constant number of times: a
/// walk upwards stops at the first token whose clause is known and writes it to all it passed.
fn find_clauses(syntax: &Syntax, out: &mut Frames) {
    const OUTSIDE: u32 = NONE - 1;
    for start in 0..syntax.len() {
        let mut at = start;
        while out.clause[at as usize] == NONE {
            out.pending.push(at);
            match syntax.head(at) {
                Some(head) => at = head,
                None => break,
            }
        }
        let found = if out.clause[at as usize] == NONE { OUTSIDE } else { out.clause[at as usize] };
        for token in out.pending.drain(..) {
            out.clause[token as usize] = found;
        }
    }
    for clause in &mut out.clause {
        if *clause == OUTSIDE {
            *clause = NONE;
        }
    }
}

/// How a predicate's clause hangs on the rest.
fn link_of(syntax: &Syntax, head: u32) -> Link {
    match syntax.deprel(head) {
        Deprel::Conj => Link::Conjunct,
        Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter => Link::Complement,
        Deprel::Xcomp => Link::OpenComplement,
        Deprel::Advcl | Deprel::AdvclRelcl => Link::Adverbial,
        Deprel::AclRelcl => Link::Relative,
        Deprel::Acl | Deprel::Amod => Link::Modifier,
        Deprel::Parataxis => Link::Parataxis,
        Deprel::Root => Link::Root,
        // "banned them from *acquiring* mines": a gerund that the tree has as a phrase
        Deprel::Obl if syntax.xpos(head) == Xpos::Vbg && syntax.child(head, Deprel::Case).is_some() => {
            Link::Adverbial
        }
        _ => Link::Parataxis,
    }
}

struct Filler<'a> {
    text: &'a str,
    segmentation: &'a Segmentation,
    syntax: &'a Syntax,
    out: &'a mut Frames,
}

impl Filler<'_> {
    /// Fills frame `index` after all those above it that are still empty.
    fn fill_with_parents(&mut self, index: u32) {
        let mut at = index;
        while self.out.frames[at as usize].arguments.0 == NONE {
            self.out.pending.push(at);
            let head = self.out.frames[at as usize].head;
            let parent = self.syntax.head(head).and_then(|h| self.out.index_around(h));
            self.out.frames[at as usize].parent = parent;
            match parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        while let Some(next) = self.out.pending.pop() {
            self.fill(next);
        }
    }

    fn fill(&mut self, index: u32) {
        let mut frame = self.out.frames[index as usize];
        frame.link = link_of(self.syntax, frame.head);
        if frame.link == Link::Conjunct && self.conjunct_of_phrase(&frame) {
            frame.link = Link::Parataxis;
        }
        if self.is_split_auxiliary(frame.head) {
            frame.kind = PredicateKind::Auxiliary;
        }
        let own = mood::read(self.text, self.segmentation, self.syntax, frame.head, frame.kind, frame.link);
        let misread = misread_subject(self.syntax, frame.head);
        let adjective = misread_adjective(self.syntax, frame.head);
        if adjective.is_some() {
            frame.link = Link::Conjunct;
        }
        frame.voice = if misread.is_some() || adjective.is_some() { Voice::Active } else { own.voice };
        frame.tense = if adjective.is_some() { Tense::Past } else { own.tense };
        frame.polarity = own.polarity;
        frame.modality = own.modality;
        let parent = self.real_parent(&frame);
        if let Some(parent) = &parent {
            self.inherit_mood(&mut frame, parent, &own);
        } else if frame.link == Link::Modifier && self.has_infinitive_marker(frame.head) {
            frame.modality = Modality::Future; // the headline "Ukraine to bring back landmines"
        }
        self.out.filling.clear();
        self.collect_own(&frame);
        let subject = match adjective {
            Some(Misread::Main(subject)) => Some(subject),
            _ => misread,
        };
        match (subject, self.syntax.head(frame.head)) {
            (Some(subject), Some(object)) => {
                self.push_with_conjuncts(&frame, subject, Relation::Subject);
                self.push_with_conjuncts(&frame, object, Relation::Object);
            }
            (None, Some(object)) if adjective.is_some() => {
                self.push_with_conjuncts(&frame, object, Relation::Object);
                self.share(&frame, parent.as_ref());
            }
            _ => self.share(&frame, parent.as_ref()),
        }
        let start = self.out.arguments.len() as u32;
        self.out.arguments.append(&mut self.out.filling);
        frame.arguments = (start, self.out.arguments.len() as u32);
        self.out.frames[index as usize] = frame;
    }

    /// A conjunct whose first member is no predicate has nothing to share with the clause around it.
    fn conjunct_of_phrase(&self, frame: &Frame) -> bool {
        let head = self.syntax.head(frame.head);
        head.is_none_or(|h| self.out.headed_by(h).is_none())
    }

    /// "Ukraine *has* for months been using drones": whether the tree split "have" from the participle behind it.
    fn is_split_auxiliary(&self, head: u32) -> bool {
        let syntax = self.syntax;
        if syntax.lemma(head) != "have" || !matches!(syntax.xpos(head), Xpos::Vbz | Xpos::Vbp | Xpos::Vbd) {
            return false;
        }
        let own_object = syntax.child(head, Deprel::Obj).is_some();
        !own_object && self.split_participle(head).is_some()
    }

    /// The participle that belongs to the "have" at `head` and hangs on it as a clause.
    fn split_participle(&self, head: u32) -> Option<u32> {
        let syntax = self.syntax;
        syntax.children(head).find(|&c| {
            let clause = matches!(
                syntax.deprel(c),
                Deprel::Ccomp | Deprel::Xcomp | Deprel::Parataxis | Deprel::Advcl | Deprel::Conj
            );
            let been = || {
                syntax
                    .children(c)
                    .any(|a| a > head && a < c && syntax.lemma(a) == "be" && syntax.xpos(a) == Xpos::Vbn)
            };
            let form = match syntax.xpos(c) {
                Xpos::Vbn | Xpos::Vbd => true,
                Xpos::Vbg => been(),
                _ => false,
            };
            let free = !syntax.children(c).any(|a| {
                a < c
                    && match syntax.deprel(a) {
                        Deprel::Mark | Deprel::Cc => true,
                        Deprel::Nsubj | Deprel::NsubjPass => self.marker(a).is_none(),
                        Deprel::Aux => syntax.lemma(a) == "have",
                        _ => false,
                    }
            });
            c > head && clause && form && free
        })
    }

    /// The frame that this one shares with: where the tree hangs a participle on a reporting clause that follows
    /// it ("a drone hit the plant, *killing* three, officials said"), the clause that is reported.
    fn real_parent(&self, frame: &Frame) -> Option<Frame> {
        let parent = frame.parent.and_then(|p| self.out.get(p)).copied()?;
        if frame.link == Link::Conjunct
            && let Some(relative) = self.relative_before(frame, &parent)
        {
            return Some(relative);
        }
        let misplaced = frame.link == Link::Adverbial
            && frame.head < parent.head
            && self.syntax.xpos(frame.head) == Xpos::Vbg
            && self.marker(frame.head).is_none();
        if !misplaced {
            return Some(parent);
        }
        let reported = if parent.link == Link::Parataxis || parent.link == Link::Conjunct {
            parent.parent.and_then(|p| self.out.get(p))
        } else {
            let arguments = self.out.arguments(&parent);
            let complement = arguments.iter().find(|a| a.relation == Relation::Complement);
            complement.and_then(|a| self.out.headed_by(a.head))
        };
        Some(reported.filter(|r| r.head < frame.head && r.arguments.0 != NONE).copied().unwrap_or(parent))
    }

    // ------------------------------------------------------------------------------------ mood

    fn inherit_mood(&self, frame: &mut Frame, parent: &Frame, own: &mood::Mood) {
        if parent.kind == PredicateKind::Auxiliary {
            return; // "had for years ignored": a tense and no duty
        }
        match frame.link {
            Link::Conjunct => self.inherit_from_conjunct(frame, parent, own),
            Link::OpenComplement | Link::Complement => {
                let full = own.own_subject && frame.link == Link::Complement;
                let lemma = self.governor_lemma(frame, parent);
                let effect =
                    if full { controls::on_full_clause(lemma) } else { controls::on_open_clause(lemma) };
                apply(frame, effect);
                if !full {
                    apply(frame, Effect { modality: parent.modality, polarity: Polarity::Positive });
                    if parent.polarity == Polarity::Negative {
                        frame.polarity = flip(frame.polarity);
                    }
                }
            }
            Link::Adverbial if !own.own_subject => {
                if let Some((_, governor)) = self.subject_after_for(frame.head) {
                    apply(frame, controls::on_open_clause(self.lemma(governor)));
                } else if let Some(marker) = self.marker(frame.head)
                    && controls::object_controls_gerund(self.lemma(parent.head), self.lemma(marker))
                {
                    apply(frame, controls::on_open_clause(self.lemma(parent.head)));
                } else if self.syntax.xpos(frame.head) == Xpos::Vbg {
                    apply(frame, Effect { modality: parent.modality, polarity: Polarity::Positive });
                }
            }
            Link::Modifier => {
                let asked = self.subject_after_for(frame.head).map(|(_, governor)| governor);
                let noun = asked.or(self.syntax.head(frame.head));
                if let Some(noun) = noun
                    && self.has_infinitive_marker(frame.head)
                {
                    let effect = controls::on_open_clause(self.lemma(noun));
                    let effect = if effect == Effect::NONE {
                        Effect { modality: Modality::Possible, ..Effect::NONE }
                    } else {
                        effect
                    };
                    apply(frame, effect);
                }
            }
            Link::Root | Link::Relative | Link::Parataxis | Link::Adverbial => {}
        }
    }

    fn inherit_from_conjunct(&self, frame: &mut Frame, parent: &Frame, own: &mood::Mood) {
        let same_form = self.syntax.xpos(frame.head) == self.syntax.xpos(parent.head);
        if own.infinitive && !own.own_subject && parent.link == Link::OpenComplement && same_form {
            // "decided to meet and *to speak* soon"
            return apply(frame, Effect { modality: parent.modality, polarity: parent.polarity });
        }
        if own.own_auxiliary || own.own_subject || !same_form {
            return;
        }
        if self.syntax.xpos(frame.head) == Xpos::Vbn && parent.voice == Voice::Passive {
            frame.voice = Voice::Passive;
        }
        frame.tense = parent.tense;
        apply(frame, Effect { modality: parent.modality, polarity: Polarity::Positive });
        let joined_by_or = |conjunct: u32| {
            self.syntax
                .children(conjunct)
                .any(|c| self.syntax.deprel(c) == Deprel::Cc && matches!(self.lemma(c), "or" | "nor"))
        };
        // "from buying, selling or using": the last one tells for all
        let last =
            self.syntax.children(parent.head).filter(|&c| self.syntax.deprel(c) == Deprel::Conj).last();
        let or = joined_by_or(frame.head) || last.is_some_and(joined_by_or);
        if or && parent.polarity == Polarity::Negative {
            frame.polarity = Polarity::Negative;
        }
    }

    /// The word that governs a complement: an adjective between the two counts more than the verb above.
    fn governor_lemma(&self, frame: &Frame, parent: &Frame) -> &str {
        self.lemma(self.syntax.head(frame.head).unwrap_or(parent.head))
    }

    // ------------------------------------------------------------------------------- arguments

    fn lemma(&self, token: u32) -> &str {
        self.syntax.lemma(token)
    }

    fn marker(&self, head: u32) -> Option<u32> {
        self.syntax.children(head).find(|&c| matches!(self.syntax.deprel(c), Deprel::Mark | Deprel::Case))
    }

    fn has_infinitive_marker(&self, head: u32) -> bool {
        self.syntax.children(head).any(|c| {
            self.syntax.deprel(c) == Deprel::Mark
                && self.syntax.upos(c) == Upos::Part
                && self.lemma(c) == "to"
        })
    }

    /// The dependents of the predicate itself, each conjunct one argument.
    fn collect_own(&mut self, frame: &Frame) {
        let syntax = self.syntax;
        let passive = frame.voice == Voice::Passive;
        let has_object = syntax.children(frame.head).any(|c| syntax.deprel(c) == Deprel::Obj);
        for child in syntax.children(frame.head) {
            let relation = match syntax.deprel(child) {
                // "for months been using": what has a preposition is no subject
                Deprel::Nsubj | Deprel::NsubjPass if self.preposition_before(child) => Relation::Oblique,
                // "*Russian* President Putin met": the tree took an adjective of the subject for one
                Deprel::Nsubj | Deprel::NsubjPass if self.is_stray_adjective(frame.head, child) => continue,
                // "with *Macron* calling for": a name before its participle
                Deprel::Compound if self.is_absolute(frame.head) && child < frame.head => Relation::Subject,
                Deprel::Nsubj | Deprel::NsubjOuter | Deprel::NsubjPass if passive && has_object => {
                    Relation::IndirectObject
                }
                Deprel::Nsubj | Deprel::NsubjOuter | Deprel::NsubjPass if passive => Relation::Object,
                Deprel::Nsubj | Deprel::NsubjOuter | Deprel::NsubjPass => Relation::Subject,
                Deprel::OblAgent if passive && !is_measure(syntax, child) => Relation::Subject,
                Deprel::OblAgent => Relation::Oblique,
                Deprel::Obj if words::is_calendar(syntax.lemma(child)) => Relation::Unmarked,
                Deprel::Obj => Relation::Object,
                Deprel::Iobj => Relation::IndirectObject,
                Deprel::Obl if self.marker(child).is_some() => Relation::Oblique,
                Deprel::Obl | Deprel::OblUnmarked => Relation::Unmarked,
                // "1,000 km east of Moscow": the phrase after the copula keeps its own modifiers
                Deprel::Ccomp => Relation::Complement,
                Deprel::Csubj | Deprel::CsubjOuter => Relation::Complement,
                Deprel::Xcomp => Relation::OpenComplement,
                Deprel::Advcl => Relation::Adverbial,
                Deprel::Advmod if words::is_pro_adverb(syntax.lemma(child)) => Relation::Adverb,
                _ => continue,
            };
            self.push_with_conjuncts(frame, child, relation);
            // "left *three people* dead": the subject of the adjective undergoes the act
            if relation == Relation::OpenComplement
                && !has_object
                && !passive
                && syntax.upos(child) == Upos::Adj
                && let Some(object) = syntax.child(child, Deprel::Nsubj).filter(|&o| o > frame.head)
            {
                self.push_with_conjuncts(frame, object, Relation::Object);
            }
        }
    }

    fn preposition_before(&self, head: u32) -> bool {
        let syntax = self.syntax;
        let time = matches!(
            syntax.lemma(head),
            "second"
                | "minute"
                | "hour"
                | "day"
                | "week"
                | "month"
                | "year"
                | "decade"
                | "century"
                | "time"
                | "night"
        );
        time && syntax.children(head).take_while(|&c| c < head).any(|c| {
            syntax.deprel(c) == Deprel::Case
                && matches!(syntax.lemma(c), "for" | "in" | "over" | "since" | "during")
        })
    }

    fn is_stray_adjective(&self, verb: u32, child: u32) -> bool {
        let syntax = self.syntax;
        let next_is_subject = |t: u32| {
            syntax.children(verb).any(|c| {
                c != child && syntax.deprel(c) == syntax.deprel(child) && syntax.subtree(c).start == t
            })
        };
        syntax.xpos(child) == Xpos::Jj && syntax.subtree(child).end == child + 1 && next_is_subject(child + 1)
    }

    /// "*with* Macron *calling*": a participle that the tree has as a noun after "with".
    fn is_absolute(&self, head: u32) -> bool {
        self.syntax.xpos(head) == Xpos::Vbg && self.marker(head).is_some_and(|m| self.lemma(m) == "with")
    }

    /// Adds `head` and the nominal phrases coordinated with it.
    fn push_with_conjuncts(&mut self, frame: &Frame, head: u32, relation: Relation) {
        let marker = self.marker(head);
        let mut argument = Argument { head, relation, marker, shared: false, pronoun: None };
        if is_relative_pronoun(self.syntax, head)
            && let Some(antecedent) = self.antecedent(frame)
        {
            argument.pronoun = Some(head);
            argument.shared = true;
            self.push_antecedent(frame, antecedent, argument);
            return;
        }
        self.out.filling.push(argument);
        if self.out.headed_by(head).is_none() {
            self.push_conjuncts(argument, self.syntax.subtree(head).end);
        }
    }

    /// Adds the conjuncts of `first.head` that begin before token `limit`, and theirs.
    fn push_conjuncts(&mut self, first: Argument, limit: u32) {
        let mut next = self.out.filling.len() - 1;
        let most = next + MOST_SHARED;
        while next < self.out.filling.len() {
            let head = self.out.filling[next].head;
            // The tree may hang what follows on the last word of a name: "Emmanuel *Macron* and …".
            let flat = self.syntax.children(head).filter(|&c| self.syntax.deprel(c) == Deprel::Flat);
            let below = flat.flat_map(|c| self.syntax.children(c));
            for child in self.syntax.children(head).chain(below) {
                let coordinated = self.syntax.deprel(child) == Deprel::Conj && child < limit;
                if !coordinated
                    || self.out.headed_by(child).is_some()
                    || self.out.filling.len() > most
                    || self.is_counted(child)
                    || self.is_distance(head, child)
                {
                    continue;
                }
                let marker = self.marker(child).or(first.marker);
                self.out.filling.push(Argument { head: child, marker, ..first });
            }
            next += 1;
        }
    }

    /// "and *wounded* 14": the number belongs to a verb of its own.
    fn is_counted(&self, number: u32) -> bool {
        self.syntax.upos(number) == Upos::Num
            && self
                .syntax
                .children(number)
                .any(|c| misread_adjective(self.syntax, c) == Some(Misread::Counting))
    }

    /// "Izhevsk, 1,000 *kilometres* from the front": an aside and no second of its kind.
    fn is_distance(&self, first: u32, conjunct: u32) -> bool {
        self.syntax.upos(first) == Upos::Propn
            && self.syntax.child(conjunct, Deprel::Cc).is_none()
            && self.syntax.child(conjunct, Deprel::Nummod).is_some()
    }

    /// The noun that the relative clause or participle around `frame` modifies; conjuncts look at their first.
    fn antecedent(&self, frame: &Frame) -> Option<u32> {
        let mut head = frame.head;
        // A relative pronoun may stand in a clause below: "which he said was attacked".
        for _ in 0..4 {
            match self.syntax.deprel(head) {
                Deprel::AclRelcl | Deprel::Acl => return self.syntax.head(head),
                Deprel::Conj | Deprel::Ccomp | Deprel::Xcomp => head = self.syntax.head(head)?,
                _ => return None,
            }
        }
        None
    }

    /// Adds an antecedent with the conjuncts to the left of the clause: "Macron and Merz, who met".
    fn push_antecedent(&mut self, frame: &Frame, antecedent: u32, argument: Argument) {
        let argument = Argument { head: antecedent, ..argument };
        self.out.filling.push(argument);
        self.push_conjuncts(argument, frame.head);
    }
}

fn apply(frame: &mut Frame, effect: Effect) {
    if frame.modality == Modality::Actual {
        frame.modality = effect.modality;
    }
    if effect.polarity == Polarity::Negative {
        frame.polarity = flip(frame.polarity);
    }
}

fn flip(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    }
}

fn is_relative_pronoun(syntax: &Syntax, token: u32) -> bool {
    matches!(syntax.xpos(token), Xpos::Wdt | Xpos::Wp)
        && matches!(syntax.lemma(token), "who" | "whom" | "which" | "that")
        && !matches!(syntax.deprel(token), Deprel::Det)
}
