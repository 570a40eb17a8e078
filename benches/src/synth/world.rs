//! Who exists: people, bodies, countries and outlets, each made from the seed and its number when it is asked for.

use super::grammar::{Act, Lists, acts, lists};
use super::random::Random;

const GRAMMAR: &str = include_str!("../../synth/grammar.txt");
const NAMES: &str = include_str!("../../synth/names.txt");

/// The kinds of things that sequences of numbers are drawn for.
const PERSON: u64 = 1;
const BODY: u64 = 2;
/// Stories draw from sequences of their own.
pub(super) const STORY: u64 = 3;

/// Somebody or something that is talked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Who {
    /// A person, by number.
    Person(usize),
    /// A company, by number.
    Body(usize),
    /// A country, by its place in the list.
    Country(usize),
    /// The capital of the country.
    Capital(usize),
}

impl Who {
    /// A key for tables: `p12`, `c3`.
    pub(super) fn key(self) -> String {
        match self {
            Who::Person(n) => format!("p{n}"),
            Who::Body(n) => format!("b{n}"),
            Who::Country(n) => format!("c{n}"),
            Who::Capital(n) => format!("k{n}"),
        }
    }
}

/// A person who does not exist.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// First name.
    pub(super) first: String,
    /// Surname; a spelling an outlet, where there are several.
    pub(super) surnames: Vec<String>,
    /// Whether "she" is meant, not "he".
    pub(super) female: bool,
    /// Number of the country.
    pub(super) country: usize,
    /// "defence minister", "Defence Minister", "minister".
    pub(super) office: [&'static str; 3],
}

/// A country.
#[derive(Clone, Copy, Debug)]
pub(super) struct Country {
    /// Its name.
    pub(super) name: &'static str,
    /// Its capital.
    pub(super) capital: &'static str,
    /// ISO 3166, three letters.
    pub(super) code: &'static str,
}

/// Everything there is in the world of a seed.
#[derive(Debug)]
pub(super) struct World {
    seed: u64,
    lists: Lists<'static>,
    words: Vec<(&'static str, Vec<&'static str>)>,
    /// What can be done.
    pub(super) acts: Vec<Act<'static>>,
    /// All countries.
    pub(super) countries: Vec<Country>,
    /// How many people there are.
    pub(super) people: usize,
    /// How many companies there are.
    pub(super) bodies: usize,
}

impl World {
    /// The world that `documents` articles tell of.
    pub(super) fn new(seed: u64, documents: usize) -> Self {
        let lists = lists(GRAMMAR);
        let names = super::grammar::lists(NAMES);
        let acts = acts(lists.get("acts").map_or(&[], Vec::as_slice));
        let column = |line: &'static str, n: usize| line.split('|').nth(n).unwrap_or_default();
        let country = |line: &&'static str| Country {
            name: column(line, 0),
            capital: column(line, 1),
            code: column(line, 2),
        };
        let countries = names.get("countries").into_iter().flatten().map(country).collect();
        let words = ["female", "male", "beginnings", "endings"]
            .map(|name| (name, names.get(name).map_or(Vec::new(), |lines| words_of(lines))));
        let people = (documents / 10 + 200).min(50_000);
        Self { seed, lists, words: words.into(), acts, countries, people, bodies: people / 10 }
    }

    /// A list of the grammar.
    pub(super) fn list(&self, name: &str) -> &[&'static str] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    fn word(&self, list: &str, random: &mut Random) -> &'static str {
        let words = self.words.iter().find(|(name, _)| *name == list);
        words.and_then(|(_, words)| random.pick(words)).copied().unwrap_or_default()
    }

    /// Person number `n`.
    pub(super) fn person(&self, n: usize) -> Person {
        let mut random = Random::of(self.seed, PERSON, n as u64);
        let female = random.chance(50);
        let first = self.word(if female { "female" } else { "male" }, &mut random);
        let beginning = self.word("beginnings", &mut random);
        let endings = self.word("endings", &mut random).split('/');
        let surnames = endings.map(|ending| format!("{beginning}{ending}")).collect();
        let office = random.pick(self.list("offices")).copied().unwrap_or_default();
        let mut columns = office.split('|');
        let office = std::array::from_fn(|_| columns.next().unwrap_or_default());
        let country = random.below(self.countries.len());
        Person { first: first.to_owned(), surnames, female, country, office }
    }

    /// The name of company number `n`.
    pub(super) fn body(&self, n: usize) -> String {
        let mut random = Random::of(self.seed, BODY, n as u64);
        let beginning = self.word("beginnings", &mut random);
        let industry = random.pick(self.list("industries")).copied().unwrap_or_default();
        format!("{beginning}{} {industry}", ["or", "a", "ix", "on", "um"][n % 5])
    }

    /// The sequence of numbers of a story.
    pub(super) fn story(&self, n: usize) -> Random {
        Random::of(self.seed, STORY, n as u64)
    }
}

fn words_of(lines: &[&'static str]) -> Vec<&'static str> {
    lines.iter().flat_map(|line| line.split(' ')).collect()
}
