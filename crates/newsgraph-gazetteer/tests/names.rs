//! What the embedded lists find, and that the automaton finds all that there is to find.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use newsgraph_gazetteer::{
    EntityType, EntryId, Gazetteer, GazetteerBuilder, Gender, NaiveMatcher, NameClass, PartialDate, Scratch,
    SourceEntry, SourceName, first_name, org_word, place_word, read_csv, title,
};
use newsgraph_text::Span;
use newsgraph_token::{Segmentation, Segmenter};
use proptest::prelude::*;

fn segment(text: &str) -> Segmentation {
    let mut tokens = Segmentation::default();
    Segmenter::new().segment(text, &mut tokens);
    tokens
}

/// What is found in a text, as `words>id`, with all candidates joined by `|`.
fn found(text: &str) -> Vec<String> {
    let gazetteer = Gazetteer::embedded();
    let mut matches = Vec::new();
    gazetteer.find(text, &segment(text), &mut Scratch::default(), &mut matches);
    let show = |m: &newsgraph_gazetteer::Match| {
        let ids: Vec<&str> = gazetteer.candidates(m.name).map(|c| c.entry.id()).collect();
        format!("{}>{}", m.span.of(text), ids.join("|"))
    };
    matches.iter().map(show).collect()
}

#[test]
fn finds_names_in_news_text() {
    for (text, expected) in [
        (
            "The Kremlin said Volodymyr Zelenskiy and Emmanuel Macron had spoken.",
            vec![
                "Kremlin>org/kremlin",
                "Volodymyr Zelenskiy>person/volodymyr-zelenskiy",
                "Emmanuel Macron>person/emmanuel-macron",
            ],
        ),
        ("the Iran-Israel conflict", vec!["Iran>country/IRN", "Israel>country/ISR"]),
        ("a US-based group", vec!["US>country/USA"]),
        ("It told us to wait.", vec![]),
        ("U.N. and UN aides", vec!["U.N.>org/united-nations", "UN>org/united-nations"]),
        ("an anti-Russian mood", vec!["Russian>norp/russian"]),
        ("PUTIN MEETS MACRON", vec!["PUTIN>person/vladimir-putin", "MACRON>person/emmanuel-macron"]),
        ("aides at the Élysée", vec!["Élysée>org/elysee-palace"]),
        ("the head of the UN\nSecurity Council", vec!["UN\nSecurity Council>org/un-security-council"]),
        ("France’s army", vec!["France>country/FRA"]),
        ("He ate turkey in may.", vec![]),
        ("He was reading a nice book.", vec![]),
        ("Kiev, which is Kyiv", vec!["Kiev>city/kyiv-UKR", "Kyiv>city/kyiv-UKR"]),
        (
            "ties between the Institute For The Study Of War and others",
            vec!["Institute For The Study Of War>org/isw"],
        ),
        ("the Udmurt Republic", vec!["Udmurt Republic>region/RU-UD"]),
        ("who said it", vec![]),
        ("WHO said it", vec!["WHO>org/who"]),
    ] {
        assert_eq!(found(text), expected, "{text:?}");
    }
}

#[test]
fn ambiguous_names_keep_all_their_candidates() {
    let georgia = found("Georgia");
    assert_eq!(georgia.len(), 1);
    assert!(georgia[0].contains("country/GEO") && georgia[0].contains("region/US-GA"), "{georgia:?}");
}

#[test]
fn entries_know_their_offices_on_a_date() {
    let gazetteer = Gazetteer::embedded();
    let day = |text| PartialDate::parse(text).expect("a date");
    for (country, office, date, expected) in [
        ("country/FRA", "president", "2025-07-01", vec!["person/emmanuel-macron"]),
        ("country/FRA", "president", "2010", vec!["person/nicolas-sarkozy"]),
        ("country/RUS", "defence minister", "2024-04-03", vec!["person/sergei-shoigu"]),
        ("country/USA", "president", "2018-01", vec!["person/donald-trump"]),
        ("country/USA", "president", "1815", vec![]),
    ] {
        let country = gazetteer.by_id(country).expect("a country");
        let holders: Vec<&str> =
            gazetteer.holders(country.number(), office, day(date)).map(|e| e.id()).collect();
        assert_eq!(holders, expected, "{office} of {country:?} in {date}");
    }
    let macron = gazetteer.by_id("person/emmanuel-macron").expect("an entry");
    let roles: Vec<String> = macron.roles_on(day("2015-01-01")).map(|role| role.to_string()).collect();
    assert_eq!(roles, ["economy minister of France"]);
}

#[test]
fn entries_are_found_by_id_and_by_surname() {
    let gazetteer = Gazetteer::embedded();
    for entry in gazetteer.entries() {
        assert_eq!(gazetteer.by_id(entry.id()).map(|e| e.number()), Some(entry.number()), "{entry:?}");
    }
    assert!(gazetteer.by_id("country/").is_none());
    let clintons: Vec<&str> = gazetteer.by_surname("CLINTON").map(|e| e.name()).collect();
    assert_eq!(clintons, ["Bill Clinton", "Chelsea Clinton", "Hillary Clinton"]);
    assert_eq!(gazetteer.by_surname("von der Leyen").count(), 1);
    assert_eq!(gazetteer.by_surname("").count(), 0);
}

#[test]
fn places_carry_coordinates_and_populations() {
    let izhevsk = Gazetteer::embedded().by_id("city/izhevsk-RUS").expect("a city");
    let (latitude, longitude) = izhevsk.coordinates().expect("coordinates");
    assert!((latitude - 56.85).abs() < 0.1 && (longitude - 53.2).abs() < 0.1, "{latitude} {longitude}");
    assert!(izhevsk.population() > Some(500_000));
    assert_eq!((izhevsk.country(), izhevsk.kind()), (Some("RUS"), Some(EntityType::Gpe)));
}

#[test]
fn words_say_what_they_stand_by() {
    for (name, expected) in
        [("Élisabeth", Some(Gender::Female)), ("SERGEI", Some(Gender::Male)), ("Xyz", None)]
    {
        assert_eq!(first_name(name), expected, "{name}");
    }
    assert_eq!(title("Mrs.").and_then(|t| t.gender), Some(Gender::Female));
    assert_eq!(title("prime minister").map(|t| t.role), Some("prime minister"));
    assert!(title("table").is_none());
    assert_eq!(org_word("Inc.").map(|w| (w.kind, w.begins, w.ends)), Some((EntityType::Org, false, true)));
    assert_eq!(place_word("Airport").map(|w| w.kind), Some(EntityType::Fac));
    assert!(place_word("Ministry").is_none() && org_word("River").is_none());
}

/// The prepared bytes are those of the lists beside them, so that an edited list cannot be forgotten.
#[test]
fn prepared_bytes_are_those_of_the_lists() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/gazetteer");
    let mut builder = GazetteerBuilder::new();
    for file in fs::read_dir(folder).expect("the folder of lists") {
        let path = file.expect("an entry of the folder").path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let list = read_csv("list", File::open(&path).expect("a list")).into_result().expect("no errors");
            list.into_iter().for_each(|entry| builder.add(entry));
        }
    }
    let compiled = builder.build().expect("lists that compile");
    let same = compiled.to_bytes() == Gazetteer::embedded().to_bytes();
    assert!(same, "the lists have changed: run `cargo xtask gazetteer`");
}

/// Every name of the lists, in a text of its own words and of the words of its neighbours.
#[test]
fn finds_what_trying_every_name_finds_in_all_names_of_the_lists() {
    let gazetteer = Gazetteer::embedded();
    let naive = NaiveMatcher::new(gazetteer);
    let mut text = String::new();
    for (number, entry) in gazetteer.entries().enumerate() {
        for name in entry.names() {
            text.push_str(name.text);
            text.push_str([" said ", " ", "-", ", ", "'s "][number % 5]);
        }
    }
    assert_same(gazetteer, &naive, &text, &segment(&text));
}

fn assert_same(gazetteer: &Gazetteer, naive: &NaiveMatcher, text: &str, tokens: &Segmentation) {
    let mut matches = Vec::new();
    gazetteer.find(text, tokens, &mut Scratch::default(), &mut matches);
    let expected = naive.find(text, tokens);
    for (found, expected) in matches.iter().zip(&expected) {
        let entries: BTreeSet<EntryId> = gazetteer.candidates(found.name).map(|c| c.entry.number()).collect();
        assert_eq!((found.span, found.tokens, &entries), (expected.span, expected.tokens, &expected.entries));
    }
    assert_eq!(matches.len(), expected.len());
}

fn split_at_white_space(text: &str) -> Segmentation {
    let mut tokens = Segmentation::default();
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        tokens.push_token(Span::new(start as u32, (start + word.len()) as u32));
    }
    tokens
}

/// Few words in all cases, so that names share prefixes, infixes and words.
fn small_words() -> impl Strategy<Value = Vec<&'static str>> {
    let words = ["a", "A", "B", "b", "AB", "Ab", "ab", "of", "Of", "c", "C", "-", "d'A", "É", "e", ".", "A."];
    prop::collection::vec(prop::sample::select(words.to_vec()), 1..6)
}

proptest! {
    #[test]
    fn finds_what_trying_every_name_finds_in_random_texts(
        names in prop::collection::vec((small_words(), any::<bool>(), any::<bool>()), 1..12),
        text in prop::collection::vec(small_words(), 1..8),
    ) {
        let mut builder = GazetteerBuilder::new();
        for (number, (words, exact, loose)) in names.iter().enumerate() {
            let mut entry = SourceEntry::new(&format!("name/{number}"), "x", EntityType::Org);
            entry.names = vec![SourceName {
                text: words.join(" "),
                class: NameClass::Alias,
                exact: *exact,
                ambiguous: false,
                alone: true,
                loose: *loose,
            }];
            builder.add(entry);
        }
        let gazetteer = builder.build().expect("a small gazetteer");
        let text = text.concat().join(" ");
        let tokens = split_at_white_space(&text);
        // Names without letters are in no list: their reader refuses them.
        let lettered = names.iter().all(|(words, ..)| words.iter().any(|w| w.contains(char::is_alphanumeric)));
        prop_assume!(lettered);
        assert_same(&gazetteer, &NaiveMatcher::new(&gazetteer), &text, &tokens);
    }

    #[test]
    fn any_text_is_searched_without_panic_and_matches_lie_inside_it(text in any::<String>()) {
        let tokens = split_at_white_space(&text);
        let mut matches = Vec::new();
        Gazetteer::embedded().find(&text, &tokens, &mut Scratch::default(), &mut matches);
        let mut last = 0;
        for found in matches {
            prop_assert!(found.span.start >= last && text.get(found.span.range()).is_some());
            prop_assert!(tokens.span(found.tokens).contains(found.span));
            last = found.span.end;
        }
    }
}
