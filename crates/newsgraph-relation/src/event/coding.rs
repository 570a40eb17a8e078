//! From a clause to an event: the act that its verb names, alone or with the noun that it lends itself to, then
//! who is who.

use newsgraph_syntax::{Deprel, Syntax, Upos, Xpos};

use super::Event;
use super::conditions::{self, Fit};
use super::phrases::add_oblique;
use super::reading::Reading;
use super::roles::Draft;
use super::{confidence, copula, nominal, report, rules};
use crate::lexicon::{Entry, NO_WORD, Part};
use crate::{Argument, Frame, Link, Modality, ModeSet, PloverType, PredicateKind, Relation};

/// How far below a verb a chain of catenatives is followed ("began trying to …").
const LONGEST_CHAIN: usize = 4;

/// Adds the event of a clause, if it has one.
pub(super) fn code_frame(reading: &mut Reading<'_>, frame: &Frame, events: &mut Vec<Event>) {
    let frames = reading.input.frames;
    let arguments = frames.arguments(frame);
    if frame.kind == PredicateKind::Auxiliary {
        return;
    }
    if frame.kind == PredicateKind::Copula {
        let act = copula_act(reading, frame, arguments);
        events.extend(act.or_else(|| copula::code(reading, frame, arguments)));
        return;
    }
    let fit = conditions::best_verb(reading, frame, arguments);
    if fit.as_ref().is_some_and(|f| f.entry.report) {
        events.extend(report::code(reading, frame, arguments));
        return;
    }
    if is_empty(reading, frame, arguments) {
        return;
    }
    let mut draft = Draft::new(frame.head, reading.verb_lemma(frame.head));
    add_verb_words(reading, frame, fit.as_ref(), &mut draft);
    let light = light_noun(reading, frame, arguments, fit.as_ref());
    let typed = fit.as_ref().is_some_and(|f| f.entry.kind.is_some());
    if !typed && light.is_none() && passes_on(reading, frame, arguments) {
        return; // the event of its infinitive carries its words
    }
    draft.polarity = frame.polarity;
    draft.modality = frame.modality;
    match (light, fit) {
        (Some((noun, entry)), fit) => with_light_noun(reading, arguments, &mut draft, noun, entry, fit),
        (None, Some(fit)) => with_entry(reading, arguments, &mut draft, &fit),
        (None, None) => without_entry(reading, arguments, &mut draft),
    }
    if !draft.has_role() {
        // "the exchanges were completed": the noun stays an event of its own
        draft.trigger.iter().for_each(|&token| reading.release(token));
        return;
    }
    add_clause_theme(reading, frame, arguments, &mut draft);
    add_circumstantial_clauses(reading, frame, arguments, &mut draft);
    complete(reading, frame, &mut draft);
    events.push(draft.finish(reading));
}

/// "Paris is critical of the deal", "is at war with": an act after all, if the lexicon knows the predicate. Where the
/// act is that of its infinitive ("is ready to visit"), that one carries its words.
fn copula_act(reading: &mut Reading<'_>, frame: &Frame, arguments: &[Argument]) -> Option<Event> {
    let fit = conditions::best_adjective(reading, frame, arguments)?;
    fit.entry.kind?;
    if copula::hands_on(reading, frame) && rules::acts_below(reading, frame).next().is_some() {
        return None;
    }
    let mut draft = Draft::new(frame.copula?, "be");
    draft.trigger.extend(copula::auxiliaries(reading, frame.head));
    draft.trigger.push(frame.head);
    draft.lemma = format!("be {}", reading.lemma(frame.head));
    draft.polarity = frame.polarity;
    draft.modality = frame.modality;
    with_entry(reading, arguments, &mut draft, &fit);
    if !draft.has_role() {
        return None;
    }
    add_clause_theme(reading, frame, arguments, &mut draft);
    complete(reading, frame, &mut draft);
    draft.kind.map(|_| draft.finish(reading))
}

/// The complement clause is the theme where nothing else is.
fn add_clause_theme(reading: &Reading<'_>, frame: &Frame, arguments: &[Argument], draft: &mut Draft) {
    if draft.themes().next().is_some() {
        return;
    }
    let clause = arguments.iter().find(|a| {
        matches!(a.relation, Relation::Complement | Relation::OpenComplement) && a.head > frame.head
    });
    if let Some(clause) = clause
        && reading.syntax().head(clause.head) == Some(frame.head)
    {
        draft.add_clause(clause.head);
    }
}

/// "*after he had left*", "*to end the war*", "*by closing the road*": clauses with a word that says how they
/// belong to the act are circumstances under that word, as phrases are under their preposition.
pub(super) fn add_circumstantial_clauses(
    reading: &Reading<'_>,
    frame: &Frame,
    arguments: &[Argument],
    draft: &mut Draft,
) {
    let own = |a: &&Argument| {
        a.relation == Relation::Adverbial && reading.syntax().head(a.head) == Some(frame.head)
    };
    for clause in arguments.iter().filter(own) {
        if let Some(marker) = clause.marker {
            draft.add_circumstance(reading.lemma(marker), clause.head);
        }
    }
}

/// Verbs that stand where a preposition could: "including", "according to".
fn is_empty(reading: &Reading<'_>, frame: &Frame, arguments: &[Argument]) -> bool {
    let preposition_like =
        matches!(reading.lemma(frame.head), "include" | "accord" | "regard" | "concern" | "follow")
            && matches!(frame.link, Link::Modifier | Link::Adverbial);
    arguments.is_empty() || preposition_like
}

/// The particle, and above the verb the catenatives that led to it: "*began* attack*ing*".
fn add_verb_words(reading: &Reading<'_>, frame: &Frame, fit: Option<&Fit<'_>>, draft: &mut Draft) {
    let particle = fit.and_then(|f| f.particle).or(frame.particle);
    if let Some(particle) = particle {
        draft.trigger.push(particle);
        draft.lemma.push(' ');
        draft.lemma.push_str(reading.lemma(particle));
    }
    let mut at = *frame;
    for _ in 0..LONGEST_CHAIN {
        if at.link != Link::OpenComplement {
            return;
        }
        let Some(parent) = at.parent.and_then(|p| reading.input.frames.get(p)) else { return };
        if copula::hands_on(reading, parent) {
            draft.trigger.push(parent.head);
            draft.trigger.extend(parent.copula);
            draft.trigger.extend(copula::auxiliaries(reading, parent.head));
            draft.trigger.extend(to_of(reading, at.head));
            at = *parent;
            continue;
        }
        let arguments = reading.input.frames.arguments(parent);
        let typed = conditions::best_verb(reading, parent, arguments).is_some_and(|f| f.entry.kind.is_some());
        if typed || !passes_on(reading, parent, arguments) {
            return;
        }
        draft.trigger.push(parent.head);
        draft.trigger.extend(to_of(reading, at.head));
        at = *parent;
    }
}

/// The "to" of an infinitive.
fn to_of(reading: &Reading<'_>, head: u32) -> Option<u32> {
    let syntax = reading.syntax();
    syntax.children(head).find(|&c| syntax.deprel(c) == Deprel::Mark && reading.lemma(c) == "to" && c < head)
}

/// Whether the verb only says how the act of its infinitive or gerund stands.
fn passes_on(reading: &Reading<'_>, frame: &Frame, arguments: &[Argument]) -> bool {
    reading.lexicon.is_catenative(reading.word(frame.head))
        && arguments.iter().any(|a| {
            a.relation == Relation::OpenComplement
                && reading.input.frames.headed_by(a.head).is_some_and(|f| f.kind == PredicateKind::Verb)
        })
        && !arguments.iter().any(|a| {
            matches!(a.relation, Relation::Object | Relation::IndirectObject)
                && !a.shared
                && a.head > frame.head
        })
}

/// The noun that names the act in the place of a light verb, with its entry.
pub(super) fn light_noun<'l>(
    reading: &Reading<'l>,
    frame: &Frame,
    arguments: &[Argument],
    fit: Option<&Fit<'l>>,
) -> Option<(u32, &'l Entry)> {
    let particle = fit.and_then(|f| f.particle).or(conditions::particle(reading, frame));
    let particle = particle.map_or(NO_WORD, |p| reading.word(p));
    let announcing = reading.lexicon.classes(reading.word(frame.head)) & reading.classes.announcing != 0;
    if !announcing && !reading.lexicon.is_light(reading.word(frame.head), particle) {
        return None;
    }
    arguments.iter().filter(|a| a.relation == Relation::Object && a.pronoun.is_none()).find_map(|a| {
        let noun = reading.content_head(a.head);
        nominal::best_noun(reading, noun).map(|entry| (noun, entry))
    })
}

/// "carried out an attack on": type and roles come from the noun, unless the verb has an entry for such nouns.
fn with_light_noun(
    reading: &mut Reading<'_>,
    arguments: &[Argument],
    draft: &mut Draft,
    noun: u32,
    entry: &Entry,
    fit: Option<Fit<'_>>,
) {
    draft.trigger.push(noun);
    draft.lemma.push(' ');
    draft.lemma.push_str(&reading.lemma(noun).to_lowercase());
    reading.consume(noun);
    // "began a hunger strike": a noun with its modifiers says more than the verb.
    let by_verb = fit.as_ref().filter(|f| f.entry.kind.is_some() && entry.more.is_empty()).map(|f| f.entry);
    let deciding = by_verb.unwrap_or(entry);
    draft.kind = deciding.kind;
    draft.rule = Some(deciding.rule);
    let announcing = reading.lexicon.classes(reading.word(draft.head)) & reading.classes.announcing != 0;
    if announcing && by_verb.is_none() {
        draft.kind = draft.kind.map(PloverType::in_future); // "announced the withdrawal"
    }
    draft.modes = if by_verb.is_none() || deciding.kind == entry.kind {
        entry.modes.union(deciding.modes)
    } else {
        deciding.modes
    };
    let undergone = matches!(reading.lemma(draft.head), "receive" | "suffer" | "sustain" | "face");
    for argument in arguments {
        match argument.relation {
            Relation::Subject => {
                draft.add(if undergone { Part::Recipient } else { Part::Actor }, argument.head)
            }
            Relation::IndirectObject => draft.add(Part::Recipient, argument.head),
            Relation::Object => draft.add(Part::Theme, argument.head),
            Relation::Oblique | Relation::Unmarked => {
                let entry = if undergone && is_from(reading, argument) {
                    draft.add(Part::Actor, argument.head);
                    continue;
                } else {
                    entry
                };
                add_oblique(reading, draft, argument, Some(entry));
            }
            _ => {}
        }
    }
    nominal::add_dependents(reading, draft, noun, entry);
}

fn is_from(reading: &Reading<'_>, argument: &Argument) -> bool {
    argument.marker.is_some_and(|m| matches!(reading.lemma(m), "from" | "by"))
}

fn with_entry(reading: &mut Reading<'_>, arguments: &[Argument], draft: &mut Draft, fit: &Fit<'_>) {
    let entry = fit.entry;
    draft.kind = entry.kind;
    draft.rule = Some(entry.rule);
    draft.modes = entry.modes;
    let indirect = arguments.iter().any(|a| a.relation == Relation::IndirectObject);
    for argument in arguments {
        let instead =
            fit.object_preposition.is_some_and(|p| conditions::has_preposition(reading, argument, p));
        match argument.relation {
            Relation::Subject => draft.add(entry.subject, antecedent(reading, argument.head)),
            Relation::IndirectObject => draft.add(Part::Recipient, argument.head),
            Relation::Object if fit.object_preposition.is_some() => draft.add(Part::Theme, argument.head),
            Relation::Object => {
                draft.add(object_part(reading, entry, argument.head, indirect), argument.head)
            }
            _ if instead => draft.add(object_part(reading, entry, argument.head, false), argument.head),
            Relation::Oblique | Relation::Unmarked => add_oblique(reading, draft, argument, Some(entry)),
            Relation::Adverb => add_adverb(reading, draft, argument),
            _ => {}
        }
    }
    // "took control *of the city*": what depends on the noun of the fixed phrase belongs to the act.
    if let Some(noun) = fit.particle.filter(|&p| reading.syntax().upos(p) == Upos::Noun) {
        reading.consume(noun);
        nominal::add_dependents(reading, draft, noun, entry);
    }
}

/// What the object is where the entry leaves it open: whoever can take part undergoes the act; of deeds
/// everything that they are done to.
fn object_part(reading: &Reading<'_>, entry: &Entry, head: u32, indirect: bool) -> Part {
    match entry.object {
        Part::Open if indirect => Part::Theme,
        Part::Open => {
            let deed = matches!(
                entry.kind,
                Some(PloverType::Assault | PloverType::Coerce | PloverType::Aid | PloverType::Sanction)
            );
            if deed || reading.is_participant(head) { Part::Recipient } else { Part::Theme }
        }
        part => part,
    }
}

/// "*Iran* said *it* would attack": the pronoun stands for the subject of the clause that reports the act, when
/// the entities say so or, where they know no better, when the two agree in number.
pub(super) fn antecedent(reading: &Reading<'_>, pronoun: u32) -> u32 {
    let syntax = reading.syntax();
    if syntax.upos(pronoun) != Upos::Pron {
        return pronoun;
    }
    let frames = reading.input.frames;
    let Some(frame) = frames.around(pronoun) else { return pronoun };
    let reporting = match syntax.deprel(pronoun) {
        Deprel::NmodPoss => Some(frame),
        _ if frame.link == Link::Complement => frame.parent.and_then(|p| frames.get(p)),
        _ => None,
    };
    let subject = reporting.and_then(|f| frames.surface_subjects(f).find(|s| s.head < pronoun));
    match subject {
        Some(subject) if refers(reading, pronoun, subject.head) => subject.head,
        // "Macron and Putin … *their* talks"
        Some(subject) if is_plural(reading.lemma(pronoun)) && has_conjunct(syntax, subject.head) => {
            subject.head
        }
        _ => pronoun,
    }
}

fn is_plural(pronoun: &str) -> bool {
    matches!(pronoun, "they" | "their" | "them")
}

fn has_conjunct(syntax: &Syntax, head: u32) -> bool {
    syntax.children(head).any(|c| syntax.deprel(c) == Deprel::Conj)
}

fn refers(reading: &Reading<'_>, pronoun: u32, noun: u32) -> bool {
    let entities = reading.input.entities;
    let syntax = reading.syntax();
    if !matches!(syntax.upos(noun), Upos::Noun | Upos::Propn) {
        return false;
    }
    let known = (entities.entity_headed_by(pronoun), entities.entity_headed_by(noun));
    if let (Some(pronoun), Some(noun)) = known {
        return pronoun == noun;
    }
    let plural = matches!(syntax.xpos(noun), Xpos::Nns | Xpos::Nnps);
    let person = reading.phrase_classes(noun) & reading.classes.person != 0;
    match reading.lemma(pronoun) {
        "it" | "its" => !plural && !person,
        "they" | "their" => plural || !person,
        "he" | "she" | "his" | "her" => person && !plural,
        _ => false,
    }
}

/// Acts outside of the ontology: grammar decides.
fn without_entry(reading: &mut Reading<'_>, arguments: &[Argument], draft: &mut Draft) {
    let indirect = arguments.iter().any(|a| a.relation == Relation::IndirectObject);
    for argument in arguments {
        let head = argument.head;
        match argument.relation {
            Relation::Subject => draft.add(Part::Actor, antecedent(reading, head)),
            Relation::IndirectObject => draft.add(Part::Recipient, head),
            Relation::Object if !indirect && reading.is_participant(head) => draft.add(Part::Recipient, head),
            Relation::Object => draft.add(Part::Theme, head),
            Relation::Oblique | Relation::Unmarked => add_oblique(reading, draft, argument, None),
            Relation::Adverb => add_adverb(reading, draft, argument),
            _ => {}
        }
    }
}

pub(super) fn add_adverb(reading: &Reading<'_>, draft: &mut Draft, argument: &Argument) {
    let place = matches!(
        reading.lemma(argument.head),
        "here" | "there" | "abroad" | "home" | "overseas" | "elsewhere" | "nearby" | "downtown"
    );
    draft.add_argument(if place { "place" } else { "time" }, "", argument.head);
}

/// What holds for every clause: recipients that hide in the theme or in the clause below, PLOVER's rule of
/// tense, modes told by words around, confidence.
fn complete(reading: &Reading<'_>, frame: &Frame, draft: &mut Draft) {
    if draft.kind.is_some() && !draft.has_recipient() {
        find_recipient(reading, frame, draft);
    }
    // Acts that serve somebody or break with somebody are none without that somebody.
    if draft.kind.is_some_and(PloverType::needs_recipient)
        && !draft.has_recipient()
        && draft.actors().len() < 2
        && !names_both_sides(reading, draft)
    {
        draft.kind = None;
        draft.modes = ModeSet::default();
    }
    rules::apply(reading, frame, draft);
    draft.confidence = confidence::of_clause(reading, frame, draft);
}

/// "*The two* leaders", "*both* sides" are each other's other side.
fn names_both_sides(reading: &Reading<'_>, draft: &Draft) -> bool {
    let syntax = reading.syntax();
    let counts = |c: u32| matches!(syntax.lemma(c), "two" | "both" | "three" | "four");
    draft.actors().iter().any(|&head| syntax.children(head).any(|c| c < head && counts(c)))
}

fn find_recipient(reading: &Reading<'_>, frame: &Frame, draft: &mut Draft) {
    let frames = reading.input.frames;
    // "refused to meet *Putin*", "called on … to free *them*"
    let below = frames.arguments(frame).iter().filter(|a| {
        matches!(a.relation, Relation::OpenComplement | Relation::Complement | Relation::Adverbial)
            && a.head > frame.head
    });
    for argument in below {
        let Some(clause) = frames.headed_by(argument.head) else { continue };
        if clause.link == Link::Adverbial && clause.modality != Modality::Demanded {
            continue;
        }
        let wanted = frames.arguments(clause).iter().find(|a| {
            let fits = match a.relation {
                Relation::Subject => !a.shared && a.head > frame.head,
                Relation::Object | Relation::IndirectObject => true,
                Relation::Oblique => a.marker.is_some_and(|m| is_directed(reading.lemma(m))),
                _ => false,
            };
            fits && reading.is_participant(a.head) && !draft.actors().contains(&a.head)
        });
        if let Some(found) = wanted {
            return draft.add(Part::Recipient, found.head);
        }
    }
    match recipient_inside_themes(reading, draft) {
        Some(head) => draft.add(Part::Recipient, head),
        None => promote_directed(reading, frame, draft),
    }
}

/// "condemned *Russia's* invasion", "called for the resignation of *Assad*".
fn recipient_inside_themes(reading: &Reading<'_>, draft: &Draft) -> Option<u32> {
    let themes: Vec<u32> = match draft.kind {
        // "discussed *Iran's* programme"
        Some(PloverType::Consult) if draft.has_actor() => Vec::new(),
        _ => draft.themes().collect(),
    };
    for theme in themes {
        let same = nominal::best_noun(reading, theme).filter(|entry| entry.kind == draft.kind);
        if let Some(entry) = same {
            // "reiterated France's call *for Tehran* to halt": whose call it is, is no recipient of it
            if let Some(other) = nominal::recipient_of(reading, theme, entry) {
                return Some(other);
            }
            continue;
        }
        if let Some(owner) = nominal::participant_inside(reading, theme)
            && !draft.is_actor(reading, owner)
        {
            return Some(owner);
        }
    }
    None
}

/// "lashed out *at critics*".
fn promote_directed(reading: &Reading<'_>, frame: &Frame, draft: &mut Draft) {
    let directed = |marker: u32| {
        let preposition = reading.lemma(marker);
        // "talks *on Iran*": what they speak about
        let topic = matches!(preposition, "on" | "upon")
            && matches!(draft.kind, Some(PloverType::Consult | PloverType::Agree));
        is_directed(preposition) && !topic
    };
    let oblique = reading
        .input
        .frames
        .with_relation(frame, Relation::Oblique)
        .find(|a| a.marker.is_some_and(directed) && reading.is_participant(a.head));
    if let Some(oblique) = oblique {
        draft.promote(oblique.head);
    }
}

fn is_directed(preposition: &str) -> bool {
    matches!(
        preposition,
        "to" | "with" | "against" | "at" | "on" | "upon" | "toward" | "towards" | "from" | "for"
    )
}
