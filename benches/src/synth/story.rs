//! What happened, who says what about it, and how each outlet tells it.

use newsgraph::record;

use super::draft::{Draft, Phrase, name};
use super::grammar::{Act, Part, parts};
use super::random::Random;
use super::world::{Who, World};

/// An event that several outlets report.
#[derive(Debug)]
pub(super) struct Story {
    /// Its number.
    pub(super) number: usize,
    /// Days since 1970-01-01 of what happened.
    pub(super) day: i64,
    here: usize,
    there: usize,
    cast: Vec<Who>,
    acts: Vec<Done>,
    utterances: Vec<Utterance>,
    random: Random,
}

#[derive(Debug)]
struct Done {
    act: Act<'static>,
    actor: Who,
    recipient: Who,
}

#[derive(Debug)]
struct Utterance {
    speaker: Who,
    main: Phrase,
    adjunct: Option<Phrase>,
    rest: Phrase,
}

/// An article with the truth about it.
#[derive(Debug)]
pub struct Article {
    /// The text and what is in it.
    pub record: record::Record,
    /// The key of each entity of the record.
    pub entities: Vec<String>,
    /// The key of the utterance of each quote.
    pub quotes: Vec<String>,
    /// The key of the act of each event.
    pub events: Vec<String>,
}

impl Story {
    /// Story number `number` of a world in which `a day` has so many.
    pub(super) fn new(world: &World, number: usize, a_day: usize) -> Self {
        let mut random = world.story(number);
        let here = random.rank(world.countries.len());
        let there = (here + 1 + random.below(world.countries.len() - 1)) % world.countries.len();
        let mut cast: Vec<Who> = Vec::new();
        while cast.len() < 4 {
            let who = Who::Person(random.rank(world.people));
            if !cast.contains(&who) {
                cast.push(who);
            }
        }
        let day = 19_723 + (number / a_day.max(1)) as i64;
        let (acts, utterances) = (Vec::new(), Vec::new());
        let mut story = Self { number, day, here, there, cast, acts, utterances, random };
        for _ in 0..1 + story.random.below(3) {
            let done = story.act(world);
            story.acts.extend(done);
        }
        for _ in 0..3 + story.random.rank(20) {
            let utterance = story.utterance(world);
            story.utterances.push(utterance);
        }
        story
    }

    fn act(&mut self, world: &World) -> Option<Done> {
        let act = self.random.pick(&world.acts)?.clone();
        let shift = self.random.below(self.cast.len());
        let mut participant = |kind: &str, first: bool| match kind {
            "person" => self.cast.get((shift + usize::from(!first)) % self.cast.len()).copied(),
            "body" => Some(Who::Body(self.random.rank(world.bodies))),
            _ => Some(Who::Country(if first { self.here } else { self.there })),
        };
        let actor = participant(act.actor, true)?;
        let recipient = participant(act.recipient, false)?;
        let same = |done: &Done| done.act.kind == act.kind && done.actor == actor;
        if self.acts.iter().any(same) { None } else { Some(Done { act, actor, recipient }) }
    }

    fn utterance(&mut self, world: &World) -> Utterance {
        let speaker = self.random.pick(&self.cast).copied().unwrap_or(Who::Person(0));
        let mut clause = |list: &str| {
            let line = self.random.pick(world.list(list)).copied().unwrap_or_default();
            let mut phrase = Phrase::default();
            expand(world, &mut self.random, [self.here, self.there], line, &mut phrase);
            phrase
        };
        let (main, rest, adjunct) = (clause("clause"), clause("clause"), clause("adjunct"));
        let adjunct = self.random.chance(60).then_some(adjunct);
        Utterance { speaker, main, adjunct, rest }
    }

    /// How many articles tell it.
    pub(super) fn articles(&self) -> usize {
        1 + self.random.clone().rank(8)
    }

    /// Article number `n` of the story.
    pub(super) fn article(&self, world: &World, n: usize) -> Article {
        let mut random = Random::of(self.number as u64, super::world::STORY + 1, n as u64);
        let outlets = world.list("outlets");
        // The first is the agency's; some outlets print it as it is, or its beginning.
        let reprint = n > 0 && random.chance(30);
        let outlet = match n {
            0 => world.list("agency").first(),
            n => outlets.get((self.number + n) % outlets.len().max(1)),
        };
        let cut = if reprint && random.chance(50) { 2 + random.below(3) } else { usize::MAX };
        let (spelling, seed) = if reprint || n == 0 { (0, 0) } else { (self.number + n, n) };
        let mut telling = Telling {
            story: self,
            world,
            random: Random::of(self.number as u64, super::world::STORY + 2, seed as u64),
            draft: Draft::new(world, spelling, &self.cast),
            quotes: Vec::new(),
            events: Vec::new(),
        };
        telling.write(cut);
        let Telling { draft, quotes, events, .. } = telling;
        let entities = draft.entities.iter().map(|who| who.key()).collect();
        let mut record = draft.record;
        record.text.truncate(record.text.trim_end().len());
        let outlet = outlet.copied().unwrap_or_default();
        let slug = outlet.to_lowercase().replace(' ', "-");
        record.id = format!("s{:07}-{slug}", self.number);
        record.source = Some(outlet.to_owned());
        let day = date(self.day + i64::from(n > 0 && random.chance(40)));
        record.published = Some(format!("{day}T{:02}:{:02}:00Z", 6 + random.below(16), random.below(60)));
        let topic = random.pick(world.list("topic")).copied().unwrap_or_default();
        record.title = Some(format!("{}: {topic}", name(world, spelling, Who::Country(self.here))));
        record.url = Some(format!("https://{slug}.example.org/{}", record.id));
        Article { record, entities, quotes, events }
    }
}

/// Replaces lists by lines of theirs, and names by who bears them.
fn expand(world: &World, random: &mut Random, at: [usize; 2], line: &str, out: &mut Phrase) {
    for part in parts(line) {
        match part {
            Part::Text(text) => out.push(text),
            Part::Slot { name: slot, .. } => {
                let (place, of) = slot.split_once('.').unwrap_or((slot, ""));
                let n = match place {
                    "here" => at[0],
                    "there" => at[1],
                    _ => {
                        let line = random.pick(world.list(slot)).copied().unwrap_or_default();
                        expand(world, random, at, line, out);
                        continue;
                    }
                };
                let who = if of == "capital" { Who::Capital(n) } else { Who::Country(n) };
                out.name(who, &name(world, 0, who));
            }
        }
    }
}

/// One outlet's telling of a story.
struct Telling<'w> {
    story: &'w Story,
    world: &'w World,
    random: Random,
    draft: Draft<'w>,
    quotes: Vec<String>,
    events: Vec<String>,
}

/// What a sentence tells.
#[derive(Clone, Copy)]
enum Matter {
    Act(usize),
    Utterance(usize),
    Filler,
}

impl Telling<'_> {
    fn write(&mut self, paragraphs: usize) {
        if self.random.chance(30) {
            let (place, agency) = (Who::Capital(self.story.here), self.world.list("agency"));
            let place = name(self.world, 0, place).to_uppercase();
            let agency = agency.first().copied().unwrap_or_default();
            self.draft.push(&format!("{place} ({agency}) — "));
        }
        let mut matters = vec![Matter::Filler; self.random.rank(40)];
        matters.extend(
            (0..self.story.utterances.len()).filter(|_| self.random.chance(85)).map(Matter::Utterance),
        );
        matters.extend((1..self.story.acts.len()).map(Matter::Act));
        for i in (1..matters.len()).rev() {
            let j = self.random.below(i + 1);
            matters.swap(i, j);
        }
        matters.insert(0, Matter::Act(0));
        let mut rest = matters.as_slice();
        for _ in 0..paragraphs {
            let (now, later) = rest.split_at(rest.len().min(1 + self.random.below(3)));
            for &matter in now {
                self.tell(matter);
            }
            rest = later;
            if rest.is_empty() {
                break;
            }
            self.draft.paragraph();
        }
    }

    fn tell(&mut self, matter: Matter) {
        self.draft.begin();
        match matter {
            Matter::Act(n) => self.tell_act(n),
            Matter::Utterance(n) => self.tell_utterance(n),
            Matter::Filler => {
                let line = self.random.pick(self.world.list("filler")).copied().unwrap_or_default();
                self.words(line);
            }
        }
        self.draft.end();
    }

    /// Writes a line in which nothing is told but words and places.
    fn words(&mut self, line: &str) {
        let mut phrase = Phrase::default();
        let at = [self.story.here, self.story.there];
        expand(self.world, &mut self.random, at, line, &mut phrase);
        self.draft.phrase(&phrase);
    }

    fn tell_act(&mut self, n: usize) {
        let Some(done) = self.story.acts.get(n) else { return };
        let way = self.random.pick(&done.act.ways).copied().unwrap_or_default();
        let mut event = record::Event {
            id: self.draft.record.events.len() as u32,
            trigger: Vec::new(),
            lemma: String::new(),
            kind: Some(done.act.kind.to_owned()),
            modes: done.act.mode.iter().map(|&mode| mode.to_owned()).collect(),
            actors: Vec::new(),
            recipients: Vec::new(),
            arguments: Vec::new(),
            polarity: "positive".to_owned(),
            modality: "actual".to_owned(),
            date: Some(date(self.story.day)),
            quantities: Vec::new(),
            quote: None,
            confidence: 1.0,
            mentions: Vec::new(),
        };
        for part in parts(way) {
            let choice = self.random.below(100);
            match part {
                Part::Text(text) => _ = self.draft.push(text),
                Part::Slot { name: "actor", .. } => {
                    event.actors.push(self.draft.refer(done.actor, false, false, choice));
                }
                Part::Slot { name: "recipient", .. } => {
                    let role = self.draft.refer(done.recipient, false, false, choice);
                    if done.act.kind == "CONSULT" || done.act.kind == "AGREE" {
                        event.actors.push(role);
                    } else {
                        event.recipients.push(role);
                    }
                }
                Part::Slot { name: "trigger", text } => {
                    event.lemma = text.to_owned();
                    event.trigger.push(self.draft.push(text));
                }
                Part::Slot { name: "day", .. } => {
                    _ = self.draft.push(&format!("on {}", weekday(self.story.day)))
                }
                Part::Slot { name, .. } => self.words(&format!("{{{name}}}")),
            }
        }
        self.draft.record.events.push(event);
        self.events.push(format!("e{}.{n}", self.story.number));
    }

    fn tell_utterance(&mut self, n: usize) {
        let Some(utterance) = self.story.utterances.get(n) else { return };
        let form = ["direct", "direct", "indirect", "indirect", "mixed"][self.random.below(5)];
        let way = self.random.pick(self.world.list(form)).copied().unwrap_or_default();
        let mut quote = record::Quote {
            id: self.draft.record.quotes.len() as u32,
            form: form.to_owned(),
            kind: "statement".to_owned(),
            source: Vec::new(),
            cue: Vec::new(),
            content: Vec::new(),
            speaker: None,
            addressee: None,
            nested_in: None,
            confidence: 1.0,
        };
        let adjunct = utterance.adjunct.as_ref().filter(|_| self.random.chance(70));
        for part in parts(way) {
            let choice = self.random.below(100);
            match part {
                Part::Text(text) => _ = self.draft.push(text),
                Part::Slot { name: name @ ("speaker" | "speaker.full"), .. } => {
                    let role = self.draft.refer(utterance.speaker, name == "speaker.full", true, choice);
                    quote.source.push(role.span);
                    quote.speaker = role.entity;
                }
                Part::Slot { name: "cue", text } => quote.cue.push(self.draft.push(text)),
                Part::Slot { name: "content", .. } => {
                    if form == "direct" {
                        self.draft.capital();
                    }
                    let start = self.draft.phrase(&utterance.main)[0];
                    self.adjunct(adjunct);
                    quote.content.push([start, self.draft.at()]);
                }
                Part::Slot { name: "rest", .. } => {
                    self.draft.capital();
                    quote.content.push(self.draft.phrase(&utterance.rest));
                }
                Part::Slot { name: "quoted", .. } => {
                    let start = self.draft.at();
                    self.half_quoted(&utterance.main);
                    self.adjunct(adjunct);
                    self.draft.push("”");
                    quote.content.push([start, self.draft.at()]);
                }
                Part::Slot { name, .. } => self.words(&format!("{{{name}}}")),
            }
        }
        self.draft.record.quotes.push(quote);
        self.quotes.push(format!("u{}.{n}", self.story.number));
    }

    fn adjunct(&mut self, adjunct: Option<&Phrase>) {
        if let Some(adjunct) = adjunct {
            self.draft.push(", ");
            self.draft.phrase(adjunct);
        }
    }

    /// Opens quotation marks at the last third of the words, after the last name.
    fn half_quoted(&mut self, phrase: &Phrase) {
        let spaces: Vec<usize> = phrase.text.match_indices(' ').map(|(at, _)| at + 1).collect();
        let from = phrase.mentions.iter().map(|&(_, end, _)| end as usize).max().unwrap_or(0);
        let split = spaces.iter().skip(spaces.len() * 2 / 3).find(|&&at| at > from).copied().unwrap_or(0);
        let (first, last) = phrase.text.split_at(split);
        if from > split {
            self.draft.push("“");
            self.draft.phrase(phrase);
        } else {
            self.draft.phrase(&Phrase { text: first.to_owned(), mentions: phrase.mentions.clone() });
            self.draft.push("“");
            self.draft.push(last);
        }
    }
}

fn weekday(day: i64) -> &'static str {
    // 1970-01-01 was a Thursday.
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"][day.rem_euclid(7) as usize]
}

/// A day of the Gregorian calendar, counted from 1970-01-01, in ISO 8601 (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub fn date(day: i64) -> String {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    format!("{:04}-{month:02}-{day:02}", yoe + era * 400 + i64::from(month <= 2))
}
