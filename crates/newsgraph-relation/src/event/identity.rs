//! The same act told twice is one event with two mentions.
//!
//! Two tellings are one act when their types (or, outside of the ontology, their lemmas), polarity and modality are equal,
//! nothing that both say differs (participants, theme, place, date, figures), and enough agrees: the participants, if the
//! words are of one family ("invaded", "the invasion"), both sides and the modes, if they are not ("hit", "struck"). A
//! noun that says nothing but "the" ("the invasion") means the last act of its family. Each telling is compared with what
//! is known of the whole act by then, never with a neighbour alone, and with a bounded number of acts.

use newsgraph_entity::{Entities, EntityType};
use newsgraph_syntax::{Deprel, Syntax, Upos, Xpos};
use newsgraph_text::Span;
use newsgraph_token::Segmentation;
use rustc_hash::FxHashMap;

use super::{Event, EventMention, Role};
use crate::{Modality, PloverType};

/// Acts of the same type, counted backwards, that a telling is compared with.
const MOST_COMPARED: usize = 24;

/// Replaces the tellings of one act by its fullest, which lists them all. Keeps the order of the text.
pub fn unite_events(
    text: &str,
    segmentation: &Segmentation,
    syntax: &Syntax,
    entities: &Entities,
    events: &mut Vec<Event>,
) {
    let reader = Reader { text, segmentation, syntax, entities };
    let mut acts: Vec<Act> = Vec::new();
    // Acts of each kind in order, so that no telling looks at those of other kinds.
    let mut alike: FxHashMap<What<'_>, Vec<usize>> = FxHashMap::default();
    for (i, event) in events.iter().enumerate() {
        let telling = reader.telling(event);
        let alike = alike.entry(telling.what).or_default();
        let mut recent = alike.iter().rev().take(MOST_COMPARED);
        match recent.find(|&&act| acts[act].is_told_by(&telling, &reader)).copied() {
            Some(act) => acts[act].add(telling, i),
            None => {
                alike.push(acts.len());
                acts.push(Act::new(telling, i));
            }
        }
    }
    if acts.len() == events.len() {
        return;
    }
    let mut united: Vec<Event> = acts.iter().filter_map(|act| act.unite(events)).collect();
    united.sort_by_key(|e| (e.head, e.trigger.first().map(|s| s.start)));
    *events = united;
}

/// How what two tellings say of one thing compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    Agree,
    /// One of them says nothing.
    Open,
    Differ,
}

/// A participant as far as identity is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Party {
    span: Span,
    entity: Option<u32>,
    head: u32,
    /// "the", "this", "its": the listener is to know which.
    definite: bool,
    /// Has no meaning without its antecedent.
    pronoun: bool,
}

/// What a telling must not contradict.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Telling<'e> {
    what: What<'e>,
    sentence: usize,
    /// Words of the lemma that name the act.
    words: Vec<&'e str>,
    actors: Vec<Party>,
    recipients: Vec<Party>,
    themes: Vec<Party>,
    places: Vec<u32>,
    date: Option<&'e str>,
    figures: Vec<(&'e str, u64)>,
    modes: &'e [crate::Mode],
    mutual: bool,
    plural: bool,
    noun: bool,
    /// A noun with nothing but "the".
    bare: bool,
    /// "again", "another": it says itself that it is not the same.
    other: bool,
}

/// What must be equal for two tellings to be compared at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct What<'e> {
    kind: Option<PloverType>,
    /// The lemma where there is no type.
    lemma: &'e str,
    positive: bool,
    modality: Modality,
}

struct Act<'e> {
    /// All that its tellings say.
    known: Telling<'e>,
    sentences: Vec<usize>,
    events: Vec<usize>,
}

struct Reader<'d> {
    text: &'d str,
    segmentation: &'d Segmentation,
    syntax: &'d Syntax,
    entities: &'d Entities,
}

impl Reader<'_> {
    fn telling<'e>(&self, event: &'e Event) -> Telling<'e> {
        let parties = |roles: &[Role]| -> Vec<Party> { roles.iter().map(|role| self.party(role)).collect() };
        let arguments = |name: &'static str| event.arguments.iter().filter(move |a| a.name == name);
        let noun = matches!(self.syntax.upos(event.head), Upos::Noun | Upos::Propn);
        let act = if noun { event.head } else { self.light_noun(event).unwrap_or(event.head) };
        let said = !event.actors.is_empty() || !event.recipients.is_empty();
        Telling {
            what: What {
                kind: event.kind,
                lemma: if event.kind.is_some() { "" } else { &event.lemma },
                positive: event.polarity == crate::Polarity::Positive,
                modality: event.modality,
            },
            sentence: self.segmentation.sentence_of(event.head),
            words: event.lemma.split(' ').filter(|word| !is_empty_verb(word)).collect(),
            actors: parties(&event.actors),
            recipients: parties(&event.recipients),
            themes: arguments("theme").map(|a| self.party(&a.role)).collect(),
            places: arguments("place").filter_map(|a| a.role.entity.map(|e| e.0)).collect(),
            date: event.date.as_deref(),
            figures: event.quantities.iter().map(|q| (q.what.as_str(), q.value.to_bits())).collect(),
            modes: &event.modes,
            mutual: event.recipients.is_empty() && event.actors.len() > 1
                || matches!(event.kind, Some(PloverType::Consult | PloverType::Cooperate)),
            plural: self.is_plural(act) && !is_plural_only(self.syntax.lemma(act)),
            noun,
            bare: noun && !said && self.is_definite(event.head),
            other: self.tells_another(event.head) || self.tells_another(act),
        }
    }

    fn party(&self, role: &Role) -> Party {
        Party {
            span: role.span,
            entity: role.entity.map(|e| e.0),
            head: role.head,
            definite: self.is_definite(role.head) || self.syntax.upos(role.head) == Upos::Propn,
            pronoun: self.syntax.upos(role.head) == Upos::Pron,
        }
    }

    /// The noun of a trigger whose verb is light: "held *talks*".
    fn light_noun(&self, event: &Event) -> Option<u32> {
        let last = event.trigger.last()?;
        let token = self.segmentation.tokens_in(*last).iter().last()?;
        (token != event.head && self.syntax.upos(token) == Upos::Noun).then_some(token)
    }

    fn is_plural(&self, token: u32) -> bool {
        matches!(self.syntax.xpos(token), Xpos::Nns | Xpos::Nnps)
    }

    fn is_definite(&self, head: u32) -> bool {
        self.syntax.children(head).any(|c| match self.syntax.deprel(c) {
            Deprel::Det => matches!(self.syntax.lemma(c), "the" | "this" | "that" | "these" | "those"),
            Deprel::NmodPoss => self.syntax.upos(c) == Upos::Pron,
            _ => false,
        })
    }

    /// Whether words beside the act say that it is another one, or one of many.
    fn tells_another(&self, act: u32) -> bool {
        self.syntax.children(act).any(|c| {
            matches!(
                self.syntax.lemma(c),
                "another"
                    | "again"
                    | "previously"
                    | "earlier"
                    | "second"
                    | "third"
                    | "other"
                    | "more"
                    | "further"
                    | "new"
                    | "fresh"
                    | "next"
                    | "previous"
                    | "repeatedly"
                    | "regular"
                    | "regularly"
                    | "any"
                    | "no"
                    | "every"
                    | "often"
                    | "similar"
                    | "several"
                    | "once"
            )
        })
    }

    /// Whether two heads are of the same noun, the later one as something known.
    fn same_words(&self, known: &Party, party: &Party) -> bool {
        let (known_words, words) = (known.span.of(self.text), party.span.of(self.text));
        if known_words == words && words.contains(' ') {
            return true;
        }
        let (a, b) = (self.syntax.lemma(known.head), self.syntax.lemma(party.head));
        let same_number = self.is_plural(known.head) == self.is_plural(party.head);
        let figure = |head: u32| {
            let number = self.syntax.children(head).find(|&c| self.syntax.deprel(c) == Deprel::Nummod);
            number.map(|n| self.syntax.lemma(n))
        };
        let figures = (figure(known.head), figure(party.head));
        let same_figure = matches!(figures, (Some(x), Some(y)) if x == y);
        let no_contradiction = figures.0.is_none() || figures.1.is_none() || same_figure;
        a.eq_ignore_ascii_case(b) && same_number && no_contradiction && (party.definite || same_figure)
    }

    fn same_party(&self, known: &Party, party: &Party) -> bool {
        match (known.entity, party.entity) {
            (Some(a), Some(b)) => a == b,
            _ => !known.pronoun && !party.pronoun && self.same_words(known, party),
        }
    }

    fn compare(&self, known: &[Party], told: &[Party]) -> Match {
        if known.is_empty() || told.is_empty() {
            return Match::Open;
        }
        let within = |some: &[Party], all: &[Party], swap: bool| {
            some.iter()
                .all(|s| all.iter().any(|a| if swap { self.same_party(a, s) } else { self.same_party(s, a) }))
        };
        let same = within(told, known, true) || within(known, told, false);
        if same { Match::Agree } else { Match::Differ }
    }

    /// Whether the place of one may be that of the other: they are equal, or one of them is no town.
    fn places_differ(&self, known: &[u32], told: &[u32]) -> bool {
        let town = |&id: &u32| {
            self.entities.entities().get(id as usize).is_some_and(|e| {
                e.kind == EntityType::Gpe && !e.kb.as_deref().is_some_and(|kb| kb.starts_with("country/"))
            })
        };
        let mut known_towns = known.iter().filter(|id| town(id)).peekable();
        let mut told_towns = told.iter().filter(|id| town(id)).peekable();
        known_towns.peek().is_some()
            && told_towns.peek().is_some()
            && !known_towns.any(|id| told.contains(id))
    }
}

impl<'e> Act<'e> {
    fn new(known: Telling<'e>, event: usize) -> Self {
        Self { sentences: vec![known.sentence], known, events: vec![event] }
    }

    fn is_told_by(&self, telling: &Telling<'e>, reader: &Reader<'_>) -> bool {
        let known = &self.known;
        if telling.other
            || known.plural != telling.plural
            || self.sentences.contains(&telling.sentence)
            || dates_differ(known.date, telling.date)
            || figures_differ(&known.figures, &telling.figures)
            || reader.places_differ(&known.places, &telling.places)
        {
            return false;
        }
        let themes = reader.compare(&known.themes, &telling.themes);
        if themes == Match::Differ {
            return false;
        }
        let family = are_of_one_family(&known.words, &telling.words);
        if telling.bare {
            // "the war" may be any war that readers know of
            let general = telling.words.iter().any(|word| matches!(*word, "war" | "conflict" | "fighting"));
            return family && (!general || (known.actors.is_empty() && known.recipients.is_empty()));
        }
        let (actors, recipients) = if known.mutual || telling.mutual {
            let all = |t: &Telling<'_>| [t.actors.clone(), t.recipients.clone()].concat();
            let (known, told) = (all(known), all(telling));
            let parties = reader.compare(&known, &told);
            let both = if known.len() > 1 && told.len() > 1 { parties } else { Match::Open };
            (parties, both)
        } else {
            (
                reader.compare(&known.actors, &telling.actors),
                reader.compare(&known.recipients, &telling.recipients),
            )
        };
        match (actors, recipients) {
            (Match::Differ, _) | (_, Match::Differ) => false,
            (Match::Agree, Match::Agree) => {
                family || (known.what.kind.is_some() && known.modes == telling.modes)
            }
            (Match::Agree, Match::Open) => {
                family && (themes == Match::Agree || (telling.noun && known.what.kind.is_some()))
            }
            (Match::Open, Match::Agree) => family && known.what.kind.is_some(),
            (Match::Open, Match::Open) => false,
        }
    }

    fn add(&mut self, telling: Telling<'e>, event: usize) {
        let known = &mut self.known;
        let fill = |known: &mut Vec<Party>, told: Vec<Party>| {
            if known.len() < told.len() || known.iter().all(|p| p.pronoun) {
                *known = told;
            }
        };
        fill(&mut known.actors, telling.actors);
        fill(&mut known.recipients, telling.recipients);
        fill(&mut known.themes, telling.themes);
        known.words.extend(telling.words);
        known.places.extend(telling.places);
        known.figures.extend(telling.figures);
        known.date = match (known.date, telling.date) {
            (Some(a), Some(b)) if b.len() > a.len() => Some(b),
            (a, b) => a.or(b),
        };
        known.mutual |= telling.mutual;
        self.sentences.push(telling.sentence);
        self.events.push(event);
    }

    /// The fullest telling, completed by the others.
    fn unite(&self, events: &[Event]) -> Option<Event> {
        let all = || self.events.iter().filter_map(|&i| events.get(i));
        let fullness = |event: &Event| {
            let roles = usize::from(!event.actors.is_empty()) + usize::from(!event.recipients.is_empty());
            let verb = usize::from(event.confidence > 0.4);
            let known =
                event.actors.iter().chain(&event.recipients).filter(|role| role.entity.is_some()).count();
            (2 * roles + verb, known, event.date.is_some(), event.arguments.len())
        };
        // Of equals the first.
        let mut best = None;
        for event in all() {
            if best.is_none_or(|b| fullness(event) > fullness(b)) {
                best = Some(event);
            }
        }
        let mut united = best.cloned()?;
        if self.events.len() == 1 {
            return Some(united);
        }
        for event in all() {
            if united.actors.is_empty() {
                united.actors.clone_from(&event.actors);
            }
            if united.recipients.is_empty() {
                united.recipients.clone_from(&event.recipients);
            }
            if event.date.as_ref().map_or(0, String::len) > united.date.as_ref().map_or(0, String::len) {
                united.date.clone_from(&event.date);
            }
            for quantity in &event.quantities {
                if !united.quantities.iter().any(|q| q.what == quantity.what) {
                    united.quantities.push(quantity.clone());
                }
            }
            united.confidence = united.confidence.max(event.confidence);
            united.mentions.push(EventMention { trigger: event.trigger.clone(), quote: event.quote });
        }
        Some(united)
    }
}

/// A day lies within its month and its year.
fn dates_differ(one: Option<&str>, other: Option<&str>) -> bool {
    matches!((one, other), (Some(a), Some(b)) if !a.starts_with(b) && !b.starts_with(a))
}

fn figures_differ(known: &[(&str, u64)], told: &[(&str, u64)]) -> bool {
    told.iter().any(|(what, value)| {
        let mut same = known.iter().filter(|(w, _)| w == what).peekable();
        same.peek().is_some() && !same.any(|(_, v)| v == value)
    })
}

/// Verbs of a lemma of several words that say nothing about the act.
fn is_empty_verb(word: &str) -> bool {
    matches!(
        word,
        "have"
            | "hold"
            | "make"
            | "take"
            | "give"
            | "launch"
            | "carry"
            | "out"
            | "conduct"
            | "stage"
            | "be"
            | "up"
            | "down"
            | "on"
            | "for"
            | "continue"
            | "begin"
            | "start"
    )
}

/// Nouns whose plural is one act.
fn is_plural_only(lemma: &str) -> bool {
    matches!(
        lemma,
        "talk" | "talks" | "negotiation" | "discussion" | "consultation" | "sanction" | "hostility"
    )
}

/// Whether the words are of one family: equal, or equal in their first letters ("invade", "invasion").
fn are_of_one_family(known: &[&str], told: &[&str]) -> bool {
    known.iter().any(|a| {
        told.iter().any(|b| {
            let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
            a == b || common >= 4
        })
    })
}
