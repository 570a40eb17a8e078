//! Events of a record: acts, their participants, and the key under which reports of the same act meet.

use crate::cell::{CELL_CHARS, list, plain};
use crate::facts::{Act, ActKey, End, Manner, NONE, Sym};
use crate::figures::Told;
use crate::fold::{folded, words};
use crate::phrase::{self, Telling};
use crate::reading::{CORE, EntityNode, GROUP, LinkDetails, PART, Reading, names_nobody, thousandths};
use newsgraph_record::{Event, Span};

/// Types whose parties stand on the same side of the act: "Macron called Putin" and "Putin and Macron spoke" are
/// the same call.
const MUTUAL_TYPES: &[&str] = &["CONSULT", "COOPERATE"];

/// Types of acts that are complete without another side.
const ONE_SIDED_TYPES: &[&str] = &["CONCEDE", "MOBILIZE", "PROTEST", "RETREAT"];

/// Acts that several actors without recipient do to each other. Of other verbs ("condemned") they are just
/// several actors.
const RECIPROCAL: &[&str] = &[
    "agree",
    "argue",
    "battle",
    "bicker",
    "clash",
    "collide",
    "compete",
    "confer",
    "converse",
    "cooperate",
    "debate",
    "differ",
    "disagree",
    "discuss",
    "divorce",
    "fight",
    "haggle",
    "marry",
    "meet",
    "merge",
    "negotiate",
    "quarrel",
    "reconcile",
    "skirmish",
    "spar",
    "speak",
    "talk",
    "war",
];

/// Kinds with a meaning of their own, which a verb of the same letters must not take.
const RESERVED: &[&str] = &[
    "SAID",
    "ADDRESSED_TO",
    "ABOUT",
    "NESTED_IN",
    "ACTOR",
    "RECIPIENT",
    "PLACE",
    "INVOLVES",
    "REPORTED_BY",
    "RELAYED",
    "HEAD_OF",
    "MINISTER_OF",
    "MEMBER_OF",
    "SPOKESPERSON_FOR",
    "LOCATED_IN",
    "PART_OF",
    "NATIONALITY",
    "STANDS_FOR",
    "CO_OCCURS",
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// Participants of one role that are looked at; no sentence of news has as many.
const ROLES: usize = 64;

/// A participant or place of an act.
struct Participant {
    /// Its own node.
    node: Option<Sym>,
    /// Else the node of a name inside its phrase: "a *Ukrainian* drone".
    through: Option<Sym>,
    /// What reports must agree in; `None` when nothing is known.
    core: Option<Core>,
    label: String,
}

/// What a participant is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Core {
    key: String,
    by: KnownBy,
}

/// How much it tells that two reports agree in a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum KnownBy {
    /// The node of a person, body, building or thing that other documents can mention.
    Name,
    /// The node of a place or nation, of which news is full.
    Territory,
    /// The words of its phrase alone.
    Words,
}

/// The participants of one act.
struct Cast {
    actors: Vec<Participant>,
    recipients: Vec<Participant>,
    places: Vec<Participant>,
    themes: Vec<Participant>,
}

impl Reading<'_> {
    /// Enters all events. Quotes must have been entered before.
    pub(crate) fn add_events(&mut self) {
        let record = self.record;
        let mut told = Vec::with_capacity(record.events.len());
        let mut cues: Vec<Span> = record.quotes.iter().flat_map(|q| q.cue.iter().copied()).collect();
        cues.sort_unstable();
        for event in &record.events {
            let reports = |trigger: &Span| {
                let before = cues.partition_point(|cue| cue[0] <= trigger[0]);
                before.checked_sub(1).and_then(|i| cues.get(i)).is_some_and(|cue| trigger[1] <= cue[1])
            };
            // That something is said is in the graph as its quote.
            if event.kind.is_some() || !event.trigger.iter().any(reports) {
                told.extend(self.add_event(event));
            }
        }
        self.add_figures(&told);
    }

    fn add_event<'e>(&mut self, event: &'e Event) -> Option<Told<'e>> {
        let &[trigger, _] = event.trigger.first()?;
        let plover = event.kind.as_deref().map(upper_snake).filter(|kind| !kind.is_empty());
        let cast = self.cast(event);
        let key = act_key(event, plover.as_deref(), &cast);
        let shared = key.is_some();
        let key = key.unwrap_or_else(|| format!("act{PART}{}{PART}{trigger}", self.local));
        let key = ActKey { key: self.facts.strings.intern(&key), when: self.when(event.date.as_deref()) };
        let label = self.facts.strings.intern(&plain(&label(event, &cast), CELL_CHARS));
        let how = self.details(event, plover.as_deref());
        let before = self.facts.links.len();
        for (at, quote) in tellings(event) {
            self.link_cast(event, &cast, key, at, how);
            if let Some(quote) = quote.and_then(|quote| self.quotes.get(quote as usize).copied().flatten()) {
                self.link(End::Act(key), "REPORTED_BY", End::Node(quote), Some(at), how);
            }
        }
        if self.facts.links.len() > before {
            let plover = how.manner.plover;
            self.facts.acts.push(Act { key, label, plover, document: self.document, trigger });
        }
        let kind = plover.unwrap_or_else(|| lemma_kind(&event.lemma));
        for (at, _) in tellings(event) {
            self.link_parties(event, &cast, &kind, at, how);
        }
        Some(Told { event, key, trigger, shared })
    }

    fn cast(&self, event: &Event) -> Cast {
        let roles = |roles: &[newsgraph_record::Role]| -> Vec<Participant> {
            roles.iter().take(ROLES).map(|role| self.participant(role.span, role.entity)).collect()
        };
        let arguments = |name: &str| -> Vec<Participant> {
            let named = event.arguments.iter().filter(|argument| argument.role == name);
            named.take(ROLES).map(|argument| self.participant(argument.span, argument.entity)).collect()
        };
        Cast {
            actors: roles(&event.actors),
            recipients: roles(&event.recipients),
            places: arguments("place"),
            themes: arguments("theme"),
        }
    }

    fn participant(&self, span: Span, entity: Option<u32>) -> Participant {
        let told = self.name_in_phrase(span);
        let (own, told) = match (self.entity(entity), told) {
            // "the Russian city of Izhevsk" is Izhevsk, whatever the record takes "Russian" for.
            (_, Some((Telling::Itself, name))) => (Some(name), None),
            (own, told) => (own, told.map(|(_, name)| name)),
        };
        let node = own.map(|own| own.node);
        let phrase = self.wording(span, entity);
        let label = plain(phrase, 80).into_owned();
        if let Some(own) = own.filter(|own| own.shared) {
            return Participant { node, through: None, core: self.core(own), label };
        }
        let core = match told {
            Some(told) => self.core(told),
            None if names_nobody(phrase) => None,
            None => {
                let key = format!("text {}", folded(&plain(phrase, CELL_CHARS)));
                Some(Core { key, by: KnownBy::Words })
            }
        };
        Participant { node, through: told.map(|told| told.node), core, label }
    }

    fn core(&self, known: EntityNode) -> Option<Core> {
        let key = self.facts.strings.get(known.node)?.to_owned();
        let by = if known.territory { KnownBy::Territory } else { KnownBy::Name };
        Some(Core { key, by })
    }

    /// How the act's label calls a participant: by its name where that is what the phrase means, else by the
    /// phrase, which says more ("Ukrainian drones").
    fn wording(&self, span: Span, entity: Option<u32>) -> &str {
        let phrase = phrase::without_determiner(self.text(span));
        let named = entity.filter(|&id| self.entity(Some(id)).is_some_and(|node| node.named));
        match named.and_then(|id| self.record.entities.get(id as usize)) {
            Some(entity) if entity.kind == "PERSON" || names_nobody(phrase) || phrase.is_empty() => {
                &entity.name
            }
            _ => phrase,
        }
    }

    /// The node of the name by which a phrase says which, whose or where: see [`phrase::choose`].
    fn name_in_phrase(&self, span: Span) -> Option<(Telling, EntityNode)> {
        let inside = self.names_within(span).filter_map(|name| {
            let node = self.entity(Some(name.entity)).filter(|node| node.shared && node.named)?;
            let kind = self.record.entities.get(name.entity as usize)?.kind.as_str();
            Some((node, kind, self.text([span[0], name.start])))
        });
        phrase::choose(inside)
    }

    fn details(&mut self, event: &Event, plover: Option<&str>) -> LinkDetails {
        let strings = &mut self.facts.strings;
        let mut intern = |text: &str| if text.is_empty() { NONE } else { strings.intern(text) };
        let mut modes: Vec<&str> = event.modes.iter().map(String::as_str).collect();
        modes.sort_unstable();
        modes.dedup();
        LinkDetails {
            manner: Manner {
                polarity: intern(&plain(&event.polarity, 40)),
                modality: intern(&plain(&event.modality, 40)),
                plover: intern(plover.unwrap_or("")),
            },
            modes: intern(&list(modes)),
            confidence: thousandths(event.confidence),
        }
    }

    /// Links the event with everything that takes part in it.
    fn link_cast(&mut self, event: &Event, cast: &Cast, act: ActKey, at: u32, how: LinkDetails) {
        let act = End::Act(act);
        let at = Some(at);
        for actor in cast.actors.iter().filter_map(|p| p.node) {
            self.link(End::Node(actor), "ACTOR", act, at, how);
        }
        for recipient in cast.recipients.iter().filter_map(|p| p.node) {
            self.link(act, "RECIPIENT", End::Node(recipient), at, how);
        }
        for place in cast.places.iter().filter_map(|p| p.node.or(p.through)) {
            self.link(act, "PLACE", End::Node(place), at, how);
        }
        let unnamed = cast.actors.iter().chain(&cast.recipients).filter_map(|p| p.through);
        let others = event.arguments.iter().filter(|argument| argument.role != "place").take(ROLES);
        let others = others.filter_map(|argument| self.entity(argument.entity)).map(|entity| entity.node);
        for node in unnamed.chain(others.collect::<Vec<_>>()) {
            self.link(act, "INVOLVES", End::Node(node), at, how);
        }
    }

    /// Links the parties with each other: actors with recipients; where all are actors of a mutual act, each
    /// pair once, from the one whose key sorts first.
    fn link_parties(&mut self, event: &Event, cast: &Cast, kind: &str, at: u32, how: LinkDetails) {
        let actors: Vec<Sym> = cast.actors.iter().filter_map(|p| p.node).collect();
        let mut pairs: Vec<(Sym, Sym)> = Vec::new();
        for recipient in cast.recipients.iter().filter_map(|p| p.node) {
            pairs.extend(actors.iter().map(|&actor| (actor, recipient)));
        }
        if event.recipients.is_empty()
            && (MUTUAL_TYPES.contains(&kind) || kind == "AGREE" || is_reciprocal(event))
        {
            for (i, &one) in actors.iter().enumerate() {
                let others = actors[i + 1..].iter().map(|&other| {
                    let in_order = self.facts.strings.get(one) <= self.facts.strings.get(other);
                    if in_order { (one, other) } else { (other, one) }
                });
                pairs.extend(others);
            }
        }
        for (source, target) in pairs.into_iter().filter(|(source, target)| source != target) {
            self.link(End::Node(source), kind, End::Node(target), Some(at), how);
        }
    }
}

/// Where a document tells an act, and the quote that reports it there.
fn tellings(event: &Event) -> impl Iterator<Item = (u32, Option<u32>)> + '_ {
    let own = event.trigger.first().map(|trigger| (trigger[0], event.quote));
    let mentions = event.mentions.iter().filter_map(|m| Some((m.trigger.first()?[0], m.quote)));
    own.into_iter().filter(|_| event.mentions.is_empty()).chain(mentions)
}

/// The key under which reports of one act meet, or `None` for an act that only its document can know.
///
/// Reports agree in type (or lemma), polarity, modality, actors, recipients (where none of these has a name, the
/// places) and themes. See [`is_telling`] for what they must agree in at least. No participant may be a pronoun.
fn act_key(event: &Event, plover: Option<&str>, cast: &Cast) -> Option<String> {
    let what = plover.map_or_else(|| folded(&event.lemma), str::to_owned);
    if what.is_empty() {
        return None;
    }
    let sides = cast.actors.len() + cast.recipients.len();
    let mutual = plover.is_some_and(|kind| MUTUAL_TYPES.contains(&kind) || (kind == "AGREE" && sides > 1))
        || (cast.recipients.is_empty() && cast.actors.len() > 1 && is_reciprocal(event));
    let actors = cores(&cast.actors)?;
    let recipients = cores(&cast.recipients)?;
    let groups = if mutual {
        let mut parties = sorted([actors, recipients].concat());
        if named(&parties).len() > 1 {
            parties = named(&parties);
        }
        if parties.len() < 2 || named(&parties).is_empty() {
            return None;
        }
        vec![parties]
    } else {
        let places = named(&cores(&cast.places).unwrap_or_default());
        let target = [named(&recipients), places, recipients].into_iter().find(|cores| !cores.is_empty());
        let groups = [sorted(actors), sorted(target.unwrap_or_default()), sorted(cores(&cast.themes)?)];
        if !is_telling(plover, &groups) {
            return None;
        }
        groups.to_vec()
    };
    let mut key =
        format!("act{PART}{what}{PART}{}{PART}{}", folded(&event.polarity), folded(&event.modality));
    for group in groups {
        key.push(GROUP);
        let cores: Vec<&str> = group.iter().map(|core| core.key.as_str()).collect();
        key.push_str(&cores.join(&CORE.to_string()));
    }
    Some(key)
}

/// Whether agreeing in these actors, targets and themes is enough to be one act: an actor or target with a name, and
/// something besides. Alone only suffice the actor of a typed act that needs no other side (a resignation), and a
/// target, other than a place or nation, of a typed act whose actor nobody tells (an arrest).
fn is_telling(plover: Option<&str>, groups: &[Vec<Core>; 3]) -> bool {
    let [actors, targets, themes] = groups;
    if named(actors).is_empty() && named(targets).is_empty() {
        return false;
    }
    let sides = groups.iter().filter(|group| !group.is_empty()).count();
    match plover {
        _ if sides > 1 => true,
        Some(plover) if themes.is_empty() && targets.is_empty() => ONE_SIDED_TYPES.contains(&plover),
        Some(_) => targets.iter().any(|target| target.by == KnownBy::Name),
        None => false,
    }
}

/// Those that are nodes of several documents.
fn named(cores: &[Core]) -> Vec<Core> {
    cores.iter().filter(|core| core.by != KnownBy::Words).cloned().collect()
}

/// What is known of all participants, or `None` when of one nothing is.
fn cores(participants: &[Participant]) -> Option<Vec<Core>> {
    participants.iter().map(|participant| participant.core.clone()).collect()
}

fn sorted(mut cores: Vec<Core>) -> Vec<Core> {
    cores.sort_unstable();
    cores.dedup();
    cores
}

fn is_reciprocal(event: &Event) -> bool {
    words(&event.lemma).iter().any(|word| RECIPROCAL.contains(&word.as_str()))
}

/// The act in words: `Ukrainian drones – hit – Izhevsk`.
fn label(event: &Event, cast: &Cast) -> String {
    let names = |participants: &[Participant]| {
        let names: Vec<&str> =
            participants.iter().map(|p| p.label.as_str()).filter(|n| !n.is_empty()).collect();
        names.join(", ")
    };
    let act = match auxiliary(&event.polarity, &event.modality) {
        "" => event.lemma.clone(),
        auxiliary => format!("{auxiliary} {}", event.lemma),
    };
    let mut objects = names(&cast.recipients);
    for (others, joint) in [(&cast.themes, ", "), (&cast.places, " in ")] {
        let others = names(others);
        if !others.is_empty() && !objects.contains(&others) {
            objects.push_str(if objects.is_empty() && joint == ", " { "" } else { joint });
            objects.push_str(&others);
        }
    }
    let parts = [names(&cast.actors), act, objects.trim().to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ")
}

/// How English puts polarity and modality in front of a verb.
pub(crate) fn auxiliary(polarity: &str, modality: &str) -> &'static str {
    match (modality, polarity == "negative") {
        ("future", false) => "will",
        ("future", true) => "will not",
        ("possible", false) => "may",
        ("possible", true) => "may not",
        ("demanded", false) => "should",
        ("demanded", true) => "should not",
        (_, true) => "not",
        (_, false) => "",
    }
}

/// Upper-case words joined by `_`, without accents, beginning with a letter.
fn upper_snake(text: &str) -> String {
    let words = words(&plain(text, 100));
    let snake: String =
        words.join("_").to_uppercase().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let snake = snake.trim_matches('_');
    if snake.starts_with(|c: char| c.is_ascii_digit()) { format!("ACT_{snake}") } else { snake.to_owned() }
}

/// The kind of an edge for an act without PLOVER type.
fn lemma_kind(lemma: &str) -> String {
    let kind = upper_snake(lemma);
    match kind.as_str() {
        "" => "ACT".to_owned(),
        taken if RESERVED.contains(&taken) => format!("{taken}_ACT"),
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_relationship_types() {
        for (lemma, expected) in [
            ("annex", "ANNEX"),
            ("carry out attack", "CARRY_OUT_ATTACK"),
            ("co-operate", "CO_OPERATE"),
            ("naïve", "NAIVE"),
            ("say \"x\"\n", "SAY_X"),
            ("2nd-guess", "ACT_2ND_GUESS"),
            ("place", "PLACE_ACT"),
            ("consult", "CONSULT_ACT"),
            ("习", "ACT"),
            ("", "ACT"),
        ] {
            assert_eq!(lemma_kind(lemma), expected, "{lemma:?}");
        }
    }
}
