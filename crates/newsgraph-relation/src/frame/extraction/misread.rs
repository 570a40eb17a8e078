//! Verbs that tagger and parser take for adjectives, or hang on the wrong verb.

use newsgraph_syntax::{Deprel, Syntax, Upos, Xpos};

use super::{Filler, Frame, NONE, Voice};

/// "*Police* in Goma confiscated weapons", "*Macron* proposed closer cooperation": a past tense that the tree takes
/// for an adjective of its object. It is none where that object has a subject without being a predicate, or where
/// it heads the sentence with a name directly before the verb. Gives the subject.
pub(super) fn misread_subject(syntax: &Syntax, verb: u32) -> Option<u32> {
    let past = matches!(syntax.xpos(verb), Xpos::Vbn | Xpos::Vbd) && syntax.upos(verb) == Upos::Verb;
    if syntax.deprel(verb) != Deprel::Amod || !past {
        return None;
    }
    let noun = syntax.head(verb).filter(|&n| n > verb)?;
    if syntax.child(noun, Deprel::Cop).is_some() {
        return None;
    }
    let subject = syntax.child(noun, Deprel::Nsubj).filter(|&s| syntax.subtree(s).end <= verb);
    let name = || {
        let before = verb.checked_sub(1)?;
        let heads_sentence = syntax.deprel(noun) == Deprel::Root;
        let is_name = syntax.upos(before) == Upos::Propn && syntax.deprel(before) == Deprel::Compound;
        (heads_sentence && is_name && syntax.head(before) == Some(noun)).then_some(before)
    };
    subject.or_else(name)
}

/// A past tense that the tagger takes for an adjective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misread {
    /// "killed two people and *wounded* 14": a bare number has no adjective. Its subject is that of the verb before.
    Counting,
    /// "The strike *wounded* 14 people": the tree makes the object one of the noun before, which is the subject.
    Main(u32),
}

pub(super) fn misread_adjective(syntax: &Syntax, token: u32) -> Option<Misread> {
    if syntax.upos(token) != Upos::Adj
        || syntax.deprel(token) != Deprel::Amod
        || !syntax.lemma(token).ends_with("ed")
    {
        return None;
    }
    let noun = syntax.head(token).filter(|&n| n > token)?;
    let first = syntax.children(noun).find(|&c| !matches!(syntax.deprel(c), Deprel::Cc | Deprel::Punct));
    if first != Some(token) {
        return None;
    }
    if syntax.upos(noun) == Upos::Num && syntax.deprel(noun) == Deprel::Conj {
        return syntax.child(noun, Deprel::Cc).map(|_| Misread::Counting);
    }
    let above = syntax.head(noun).filter(|&a| a < token && syntax.deprel(noun) == Deprel::Obj)?;
    let nominal = matches!(syntax.upos(above), Upos::Noun | Upos::Propn);
    (nominal && syntax.child(above, Deprel::Cop).is_none()).then_some(Misread::Main(above))
}

impl Filler<'_> {
    /// "people were killed in an offensive that *has forced* many from their homes and *devastated* towns": what has an
    /// object cannot share the passive of the main clause, so it goes on with the relative clause between.
    pub(super) fn relative_before(&self, frame: &Frame, parent: &Frame) -> Option<Frame> {
        let syntax = self.syntax;
        let participle = |t: u32| matches!(syntax.xpos(t), Xpos::Vbn | Xpos::Vbd);
        let active = parent.voice == Voice::Passive
            && participle(frame.head)
            && syntax.child(frame.head, Deprel::Obj).is_some()
            && !syntax.children(frame.head).any(|c| {
                matches!(syntax.deprel(c), Deprel::Aux | Deprel::AuxPass | Deprel::Nsubj | Deprel::NsubjPass)
            });
        if !active {
            return None;
        }
        let between = parent.head + 1..frame.head;
        let relative =
            between.rev().take(40).find(|&t| syntax.deprel(t) == Deprel::AclRelcl && participle(t))?;
        self.out.headed_by(relative).filter(|r| r.arguments.0 != NONE && r.voice == Voice::Active).copied()
    }
}
