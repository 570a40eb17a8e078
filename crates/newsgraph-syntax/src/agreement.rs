//! Features that only the tree decides: person and number of verbs, voice, mood, relative pronouns, case of *it* and *you*.

use crate::features::{Case, Mood, Number, Person, PronType, Tense, VerbForm, Voice};
use crate::islands::Arc;
use crate::{Deprel, Features, Upos, Xpos};

/// "No word".
const NONE: u32 = u32::MAX;
/// Clauses that a search for a subject climbs through, at most.
const CLIMB: usize = 4;

/// A word of the sentence, as the features see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) upos: Upos,
    pub(crate) xpos: Xpos,
    pub(crate) feats: Features,
    /// Whether it is a form of *have*, of *be* or *get*, of another word.
    pub(crate) auxiliary: Auxiliary,
    clause: Clause,
}

/// Verbs that make tenses and voices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Auxiliary {
    Have,
    Be,
    Other,
}

/// What hangs on a word.
#[derive(Clone, Copy, Debug)]
struct Clause {
    subject: u32,
    has_auxiliary: bool,
    perfect: bool,
    passive: bool,
    marked: bool,
    coordinated: bool,
}

impl Item {
    /// A word with the features that tag and form give it.
    pub(crate) fn new(upos: Upos, xpos: Xpos, feats: Features, lemma: &str) -> Self {
        let auxiliary = match lemma {
            "have" => Auxiliary::Have,
            "be" | "get" => Auxiliary::Be,
            _ => Auxiliary::Other,
        };
        let clause = Clause {
            subject: NONE,
            has_auxiliary: false,
            perfect: false,
            passive: false,
            marked: false,
            coordinated: false,
        };
        Self { upos, xpos, feats, auxiliary, clause }
    }
}

/// Completes the features of a sentence's words from its finished tree.
pub(crate) fn complete(items: &mut [Item], tree: &[Option<Arc>]) {
    gather(items, tree);
    for word in 0..items.len() as u32 {
        let item = items[word as usize];
        let feats = match item.upos {
            Upos::Verb | Upos::Aux => verb(items, tree, word),
            Upos::Pron | Upos::Det | Upos::Adv => pronoun(items, tree, word),
            _ => item.feats,
        };
        items[word as usize].feats = feats;
    }
}

fn relation(tree: &[Option<Arc>], word: u32) -> (u32, Deprel) {
    let arc = tree.get(word as usize).copied().flatten();
    arc.map_or((NONE, Deprel::Root), |(head, deprel)| (head.unwrap_or(NONE), deprel))
}

/// Notes at every word what hangs on it.
fn gather(items: &mut [Item], tree: &[Option<Arc>]) {
    for word in 0..items.len() as u32 {
        let (head, deprel) = relation(tree, word);
        let auxiliary = items[word as usize].auxiliary;
        let Some(clause) = items.get_mut(head as usize).map(|i| &mut i.clause) else { continue };
        match deprel {
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => clause.subject = word,
            Deprel::Expl if clause.subject == NONE => clause.subject = word,
            Deprel::Aux => {
                clause.has_auxiliary = true;
                clause.perfect |= auxiliary == Auxiliary::Have;
            }
            Deprel::AuxPass => clause.has_auxiliary = true,
            Deprel::Mark | Deprel::Case => clause.marked = true,
            Deprel::Conj => clause.coordinated = true,
            _ => {}
        }
        clause.passive |= matches!(deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass);
    }
}

fn verb(items: &[Item], tree: &[Option<Arc>], word: u32) -> Features {
    let item = items[word as usize];
    let (feats, clause) = (item.feats, item.clause);
    let (head, deprel) = relation(tree, word);
    match item.xpos {
        Xpos::Vbn if item.upos == Upos::Verb && is_passive(items, tree, word) => {
            feats.with_voice(Voice::Pass)
        }
        Xpos::Vbg if item.upos == Upos::Verb && is_gerund(clause, deprel) => {
            Features::default().with_verb_form(VerbForm::Ger)
        }
        Xpos::Vb if is_imperative(clause, deprel) => {
            Features::default().with_mood(Mood::Imp).with_verb_form(VerbForm::Fin)
        }
        Xpos::Vbp | Xpos::Vbd if feats.person().is_none() => {
            let carries = matches!(deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
            agree(feats, items, tree, if carries { head } else { word })
        }
        _ => feats,
    }
}

/// A past participle is passive unless *have* makes a perfect of it.
fn is_passive(items: &[Item], tree: &[Option<Arc>], word: u32) -> bool {
    let mut at = word;
    for _ in 0..CLIMB {
        let Some(item) = items.get(at as usize) else { break };
        let (head, deprel) = relation(tree, at);
        if item.clause.passive || item.clause.has_auxiliary || deprel != Deprel::Conj {
            return item.clause.passive || !item.clause.perfect;
        }
        at = head;
    }
    true
}

fn is_gerund(clause: Clause, deprel: Deprel) -> bool {
    let nominal = matches!(
        deprel,
        Deprel::Csubj
            | Deprel::Xcomp
            | Deprel::Obj
            | Deprel::Nsubj
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::Compound
    );
    !clause.has_auxiliary && (clause.marked || nominal)
}

fn is_imperative(clause: Clause, deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Root | Deprel::Parataxis)
        && clause.subject == NONE
        && !clause.has_auxiliary
        && !clause.marked
}

/// Person and number of the subject; that of *you* may be either.
fn agree(feats: Features, items: &[Item], tree: &[Option<Arc>], clause: u32) -> Features {
    let mut at = clause;
    for _ in 0..CLIMB {
        let Some(item) = items.get(at as usize) else { return feats };
        if let Some(mut subject) = items.get(item.clause.subject as usize) {
            let (head, deprel) = relation(tree, at);
            let relative = matches!(subject.xpos, Xpos::Wdt | Xpos::Wp) && deprel == Deprel::AclRelcl;
            if relative && let Some(noun) = items.get(head as usize) {
                subject = noun;
            }
            return agree_with(feats, subject);
        }
        let (head, deprel) = relation(tree, at);
        if deprel != Deprel::Conj {
            return feats;
        }
        at = head;
    }
    feats
}

fn agree_with(feats: Features, subject: &Item) -> Features {
    let number = match subject.feats.number() {
        _ if subject.clause.coordinated => Some(Number::Plur),
        Some(Number::Ptan) => Some(Number::Plur),
        number => number,
    };
    let person = subject.feats.person().unwrap_or(Person::Third);
    let feats = feats.with_person(person);
    match number.or((person == Person::Third).then_some(Number::Sing)) {
        // "they is", "the group are": the verb's own form is stronger.
        Some(number) if feats.number().is_none() => {
            let present = feats.tense() == Some(Tense::Pres);
            let plural = present && person == Person::Third;
            feats.with_number(if plural { Number::Plur } else { number })
        }
        _ => feats,
    }
}

fn pronoun(items: &[Item], tree: &[Option<Arc>], word: u32) -> Features {
    let item = items[word as usize];
    let (_, deprel) = relation(tree, word);
    let feats = item.feats;
    let subject = deprel.is(Deprel::Nsubj) || deprel == Deprel::Expl;
    match feats.pron_type() {
        Some(PronType::Prs) if feats.case() == Some(Case::Nom) && feats.person() == Some(Person::Second) => {
            feats.with_case(if subject { Case::Nom } else { Case::Acc })
        }
        Some(PronType::Prs)
            if feats.case().is_none() && feats.poss().is_none() && feats.reflex().is_none() =>
        {
            feats.with_case(if subject { Case::Nom } else { Case::Acc })
        }
        Some(PronType::Int) if in_relative_clause(tree, word) => feats.with_pron_type(PronType::Rel),
        _ => feats,
    }
}

/// Whether a relative clause begins a few heads above.
fn in_relative_clause(tree: &[Option<Arc>], word: u32) -> bool {
    let mut at = word;
    for _ in 0..CLIMB {
        let (head, deprel) = relation(tree, at);
        match deprel {
            Deprel::AclRelcl | Deprel::AdvclRelcl => return true,
            Deprel::Ccomp | Deprel::Advcl | Deprel::Root | Deprel::Csubj | Deprel::Parataxis => return false,
            _ => at = head,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morphology;

    /// Features of one word of a sentence given as "form/XPOS/head/deprel" items.
    fn features_of(words: &str, word: usize) -> String {
        let rows: Vec<Vec<&str>> = words.split(' ').map(|w| w.split('/').collect()).collect();
        let mut items: Vec<Item> = rows
            .iter()
            .map(|row| {
                let xpos = Xpos::from_label(row[1]).unwrap();
                let upos = match row[1].as_bytes()[0] {
                    b'V' | b'M' if row[3].starts_with("aux") || row[3] == "cop" => Upos::Aux,
                    b'V' => Upos::Verb,
                    b'N' => Upos::Noun,
                    _ => Upos::Pron,
                };
                let lemma = if matches!(row[0], "has" | "had") { "have" } else { row[0] };
                Item::new(upos, xpos, morphology::features(upos, xpos, row[0]), lemma)
            })
            .collect();
        let head = |row: &Vec<&str>| row[2].parse::<u32>().unwrap().checked_sub(1);
        let arcs: Vec<Option<Arc>> =
            rows.iter().map(|row| Some((head(row), Deprel::from_label(row[3]).unwrap()))).collect();
        complete(&mut items, &arcs);
        let mut out = String::new();
        items[word].feats.push_conllu(&mut out);
        out
    }

    #[test]
    fn trees_complete_the_features() {
        let table = [
            (
                "plural subject",
                "prices/NNS/2/nsubj rise/VBP/0/root",
                1,
                "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin",
            ),
            (
                "singular subject",
                "she/PRP/2/nsubj left/VBD/0/root",
                1,
                "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin",
            ),
            ("no subject", "said/VBD/0/root", 0, "Mood=Ind|Tense=Past|VerbForm=Fin"),
            (
                "passive",
                "law/NN/3/nsubj:pass was/VBD/3/aux:pass passed/VBN/0/root",
                2,
                "Tense=Past|VerbForm=Part|Voice=Pass",
            ),
            ("perfect", "law/NN/3/nsubj has/VBZ/3/aux passed/VBN/0/root", 2, "Tense=Past|VerbForm=Part"),
            ("modifier", "laws/NNS/0/root passed/VBN/1/acl", 1, "Tense=Past|VerbForm=Part|Voice=Pass"),
            ("command", "leave/VB/0/root", 0, "Mood=Imp|VerbForm=Fin"),
            ("relative pronoun", "men/NNS/0/root who/WP/3/nsubj left/VBD/1/acl:relcl", 1, "PronType=Rel"),
            ("question", "who/WP/2/nsubj left/VBD/0/root", 0, "PronType=Int"),
        ];
        for (name, words, word, expected) in table {
            assert_eq!(features_of(words, word), expected, "{name}");
        }
    }
}
