//! An article while it is written: its text, and the truth about it, which grows with the text.

use std::collections::BTreeMap;

use newsgraph::{Record, record};

use super::world::{Who, World};

/// Words with the names that stand in them; places count code points from the start of the words.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrase {
    /// The words.
    pub(super) text: String,
    /// Names in them.
    pub(super) mentions: Vec<(u32, u32, Who)>,
}

impl Phrase {
    /// Adds words.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a name.
    pub(super) fn name(&mut self, who: Who, name: &str) {
        let start = length(&self.text);
        self.text.push_str(name);
        self.mentions.push((start, length(&self.text), who));
    }
}

/// An article and the truth about it.
#[derive(Debug)]
pub(super) struct Draft<'w> {
    world: &'w World,
    /// Which of several spellings this outlet uses.
    spelling: usize,
    /// The truth so far.
    pub(super) record: Record,
    /// Who each entity of the record is.
    pub(super) entities: Vec<Who>,
    numbers: BTreeMap<Who, u32>,
    length: u32,
    sentence: Option<u32>,
    capital: bool,
    comma: bool,
    /// People whose full name was given.
    introduced: Vec<Who>,
    /// Who was mentioned in this sentence, and in the one before.
    people: [Vec<Who>; 2],
    offices: Vec<&'static str>,
}

fn length(text: &str) -> u32 {
    text.chars().count() as u32
}

impl<'w> Draft<'w> {
    /// An empty article about `cast`.
    pub(super) fn new(world: &'w World, spelling: usize, cast: &[Who]) -> Self {
        let offices = cast.iter().filter_map(|&who| match who {
            Who::Person(n) => Some(world.person(n).office[2]),
            _ => None,
        });
        Self {
            world,
            spelling,
            record: Record::default(),
            entities: Vec::new(),
            numbers: BTreeMap::new(),
            length: 0,
            sentence: None,
            capital: false,
            comma: false,
            introduced: Vec::new(),
            people: Default::default(),
            offices: offices.collect(),
        }
    }

    /// Where the next character will stand.
    pub(super) fn at(&mut self) -> u32 {
        self.settle("x");
        self.length
    }

    /// Writes words; gives their span.
    pub(super) fn push(&mut self, text: &str) -> record::Span {
        self.settle(text);
        let start = self.length;
        for character in text.chars() {
            let first = self.capital && character.is_alphanumeric();
            self.capital &= !first;
            match character.to_uppercase().next() {
                Some(upper) if first => self.record.text.push(upper),
                _ => self.record.text.push(character),
            }
        }
        self.length += length(text);
        [start, self.length]
    }

    /// Ends an apposition with a comma, unless a mark follows.
    fn settle(&mut self, next: &str) {
        if self.comma && !next.is_empty() {
            self.comma = false;
            if !next.starts_with(['.', ',', ':']) {
                self.record.text.push(',');
                self.length += 1;
            }
        }
    }

    /// Writes words with names in them.
    pub(super) fn phrase(&mut self, phrase: &Phrase) -> record::Span {
        let span = self.push(&phrase.text);
        for &(start, end, who) in &phrase.mentions {
            self.mention(who, [span[0] + start, span[0] + end], "name");
        }
        span
    }

    /// The next letter is a capital.
    pub(super) fn capital(&mut self) {
        self.capital = true;
    }

    /// Begins a sentence.
    pub(super) fn begin(&mut self) {
        if self.length > 0 && !self.record.text.ends_with(char::is_whitespace) {
            self.push(" ");
        }
        self.sentence = Some(self.length);
        self.capital = true;
        let [now, before] = &mut self.people;
        std::mem::swap(now, before);
        now.clear();
    }

    /// Ends a sentence.
    pub(super) fn end(&mut self) {
        self.settle(".");
        if let Some(start) = self.sentence.take() {
            self.record.sentences.push([start, self.length]);
        }
        self.capital = false;
    }

    /// Ends a paragraph.
    pub(super) fn paragraph(&mut self) {
        self.push("\n\n");
    }

    fn mention(&mut self, who: Who, span: record::Span, form: &str) -> u32 {
        let number = *self.numbers.entry(who).or_insert_with(|| {
            let id = self.entities.len() as u32;
            self.entities.push(who);
            self.record.entities.push(entity(self.world, self.spelling, id, who));
            id
        });
        if let Some(entity) = self.record.entities.get_mut(number as usize) {
            entity.mentions.push(record::Mention { span, form: form.to_owned() });
        }
        number
    }

    /// Refers to somebody; `full` asks for the whole name, `subject` allows a pronoun. `choice` picks among the ways.
    /// Gives the span of the noun phrase, and the entity.
    pub(super) fn refer(&mut self, who: Who, full: bool, subject: bool, choice: usize) -> record::Role {
        let start = self.at();
        let entity = match who {
            Who::Person(n) => self.refer_to_person(n, full, subject, choice),
            _ => {
                let name = name(self.world, self.spelling, who);
                let span = self.push(&name);
                self.mention(who, span, "name")
            }
        };
        record::Role { span: [start, self.length], entity: Some(entity) }
    }

    fn refer_to_person(&mut self, n: usize, full: bool, subject: bool, choice: usize) -> u32 {
        let who = Who::Person(n);
        let person = self.world.person(n);
        let alone_before = self.people[1].iter().all(|&other| other == who) && !self.people[1].is_empty();
        let alone = alone_before && self.people[0].iter().all(|&other| other == who);
        let known = self.introduced.contains(&who);
        self.people[0].push(who);
        let whole = name(self.world, self.spelling, who);
        if known && !full {
            let office = person.office[2];
            let unique = self.offices.iter().filter(|&&other| other == office).count() == 1;
            let (text, form) = match choice % 10 {
                0..=3 if subject && alone => {
                    ((if person.female { "she" } else { "he" }).to_owned(), "pronoun")
                }
                4 if unique => (format!("the {office}"), "nominal"),
                _ => (self.short(&person.surnames, whole), "name"),
            };
            let span = self.push(&text);
            return self.mention(who, span, form);
        }
        if known {
            let span = self.push(&whole);
            return self.mention(who, span, "name");
        }
        self.introduced.push(who);
        let country = Who::Country(person.country);
        let [office, title, _] = person.office;
        if choice % 10 < 4 {
            self.push(title);
            self.push(" ");
        }
        let span = self.push(&whole);
        let number = self.mention(who, span, "name");
        let mut role = (choice % 10 < 4).then(|| office.to_owned());
        if (4..8).contains(&(choice % 10)) {
            self.push(&format!(", the {office} of "));
            let place = name(self.world, self.spelling, country);
            let span = self.push(&place);
            self.mention(country, span, "name");
            self.comma = true;
            role = Some(format!("{office} of {place}"));
        }
        if let (Some(role), Some(entity)) = (role, self.record.entities.get_mut(number as usize)) {
            entity.roles.push(role);
        }
        number
    }

    /// The surname, unless somebody else in the article bears it too.
    fn short(&self, surnames: &[String], whole: String) -> String {
        let surname = spelled(surnames, self.spelling);
        let others = self.introduced.iter().filter(|&&who| {
            matches!(who, Who::Person(n) if spelled(&self.world.person(n).surnames, self.spelling) == surname)
        });
        if others.count() > 1 { whole } else { surname.to_owned() }
    }
}

fn spelled(surnames: &[String], spelling: usize) -> &str {
    surnames.get(spelling % surnames.len().max(1)).map_or("", String::as_str)
}

/// The name of a thing as an outlet spells it.
pub(super) fn name(world: &World, spelling: usize, who: Who) -> String {
    let country = |n: usize| world.countries.get(n);
    match who {
        Who::Person(n) => {
            let person = world.person(n);
            format!("{} {}", person.first, spelled(&person.surnames, spelling))
        }
        Who::Body(n) => world.body(n),
        Who::Country(n) => country(n).map_or(String::new(), |c| c.name.to_owned()),
        Who::Capital(n) => country(n).map_or(String::new(), |c| c.capital.to_owned()),
    }
}

fn entity(world: &World, spelling: usize, id: u32, who: Who) -> record::Entity {
    let (kind, kb) = match who {
        Who::Person(_) => ("PERSON", None),
        Who::Body(_) => ("ORG", None),
        Who::Country(n) => ("GPE", world.countries.get(n).map(|c| format!("country/{}", c.code))),
        Who::Capital(_) => ("GPE", None),
    };
    let (name, mentions) = (name(world, spelling, who), Vec::new());
    record::Entity {
        id,
        name,
        kind: kind.to_owned(),
        kb,
        entry: None,
        roles: Vec::new(),
        members: Vec::new(),
        mentions,
    }
}
