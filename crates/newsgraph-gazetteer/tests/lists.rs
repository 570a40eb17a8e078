//! Lists of users: what is read, and how what is wrong is told.

use newsgraph_gazetteer::{
    Gazetteer, GazetteerBuilder, ListFormat, NameClass, PartialDate, Scratch, read_csv, read_json_lines,
    read_petrarch,
};
use newsgraph_token::{Segmentation, Segmenter};

#[test]
fn reads_the_same_entry_from_csv_and_json() {
    let csv = "name,type,id,aliases,codes,roles,country,latitude,longitude\n\
               Rufus Firefly,PERSON,FREGOV,R. Firefly;Firefly,FREGOV 1933-01-01..1938-12-31,president @ 1933..1938,FRE,1.5,-2\n";
    let json =
        r#"{"id": "FREGOV", "name": "Rufus Firefly", "type": "PERSON", "aliases": ["R. Firefly", "Firefly"],
        "codes": [{"code": "FREGOV", "from": "1933-01-01", "to": "1938-12-31"}], "country": "FRE",
        "roles": [{"role": "president", "of": "country/FRE", "from": "1933", "to": "1938"}],
        "latitude": 1.5, "longitude": -2}"#
            .replace('\n', " ");
    let mut from_csv = read_csv("list", csv.as_bytes()).into_result().expect("a right list");
    let from_json = read_json_lines("list", json.as_bytes()).into_result().expect("a right list");
    from_csv[0].line = 1;
    assert_eq!(from_csv, from_json);
    assert_eq!(
        from_csv[0].names.iter().map(|n| n.class).collect::<Vec<_>>(),
        [NameClass::Canonical, NameClass::Alias, NameClass::Alias]
    );
}

#[test]
fn says_what_is_wrong_where_and_what_to_do() {
    let line = "; correct or remove the line";
    for (list, expected) in [
        ("nom\nx\n", vec!["l:1: there is no column \"nom\"; the columns are "]),
        ("type\nORG\n", vec!["l:1: the column name is missing; the columns are "]),
        ("name,type\nParis,CITY\nRome,GPE\n", vec!["l:2: type is \"CITY\"; write one of PERSON, ORG"]),
        ("name\n...\n", vec!["l:2: name is \"...\"; write a name with at least one letter or digit"]),
        ("name,latitude\nParis,91\n", vec!["l:2: latitude is \"91\"; write degrees as a decimal number"]),
        (
            "name,country\nParis,fr\n",
            vec!["l:2: country is \"fr\"; write an ISO 3166-1 code of three capital letters"],
        ),
        ("name,roles\nA B,king 2001-02-30..\n", vec!["l:2: roles is \"2001-02-30\"; write dates as YYYY"]),
        (
            "name,roles\nA B,king 2002..2001\n",
            vec!["l:2: roles is \"2002..2001\"; write the earlier date first"],
        ),
        ("name,type\nParis\n", vec![line]),
    ] {
        let reading = read_csv("l", list.as_bytes());
        let errors: Vec<String> = reading.errors.iter().map(ToString::to_string).collect();
        assert_eq!(errors.len(), expected.len(), "{list:?}: {errors:?}");
        for (error, part) in errors.iter().zip(expected) {
            assert!(error.contains(part), "{error} does not say {part}");
        }
    }
    let broken = read_json_lines("l", "{\"name\": \"A\"}\n\n{\"nam\": \"B\"}\n".as_bytes());
    assert_eq!(broken.entries.len(), 1);
    assert!(broken.errors[0].to_string().starts_with("l:3: unknown field `nam`"), "{}", broken.errors[0]);
}

#[test]
fn lists_add_to_the_embedded_entries_and_replace_them() {
    let list = "id,name,type\ncountry/FRA,Gaul,GPE\nname/asterix,Asterix,PERSON\n";
    let mut builder = GazetteerBuilder::on_top_of(Gazetteer::embedded());
    for entry in read_csv("list", list.as_bytes()).into_result().expect("a right list") {
        builder.add(entry);
    }
    let gazetteer = builder.build().expect("a gazetteer");
    assert_eq!(gazetteer.len(), Gazetteer::embedded().len() + 1);
    assert_eq!(gazetteer.by_id("country/FRA").map(|e| e.name()), Some("Gaul"));
    let macron = gazetteer.by_id("person/emmanuel-macron").expect("an embedded entry");
    assert_eq!(macron.roles().next().map(|role| role.to_string()).as_deref(), Some("president of Gaul"));
}

#[test]
fn damaged_prepared_bytes_are_refused() {
    let mut builder = GazetteerBuilder::new();
    read_csv("list", "name\nNew Rome\n".as_bytes()).entries.into_iter().for_each(|entry| builder.add(entry));
    let bytes = builder.build().expect("a gazetteer").to_bytes().to_vec();
    assert!(Gazetteer::from_bytes(bytes.clone()).is_ok());
    for length in 0..bytes.len() {
        assert!(Gazetteer::from_bytes(bytes[..length].to_vec()).is_err(), "{length} bytes");
    }
}

const ACTORS: &str = "\
# rulers <!-- and
more -->
RUFUS_FIREFLY_ ; from a list of rulers
+FIREFLY_THE_GREAT
\t[FREGOV 330101-381231]
\t[FREELI > 390101]
\t[FREOPP <321231
\t[FRE]
FREEDONIAN_REBELS [FREREB 19330231 - 19351301][FREOPP]
OLD_NAME_
NEW_NAME_ [SYL]
LONELY
FRANCE_ [FRA]
BADLY [FRA 33]
";

#[test]
fn reads_dictionaries_of_actors_with_codes_of_their_time() {
    let reading = read_petrarch("actors", ACTORS.as_bytes());
    let errors: Vec<String> = reading.errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].starts_with("actors:14: codes is \"FRA 33\"; write dates as"), "{errors:?}");
    assert!(errors[1].starts_with("actors:14: code is \"Badly\"; write a code in brackets"), "{errors:?}");
    let mut builder = GazetteerBuilder::new();
    builder.add_list(reading.entries);
    let gazetteer = builder.build().expect("a gazetteer");
    let code =
        |id: &str, date: &str| gazetteer.by_id(id).expect("an actor").code_on(PartialDate::parse(date));
    for (id, date, expected) in [
        ("actor/rufus-firefly", "1935-06-01", Some("FREGOV")),
        ("actor/rufus-firefly", "1938-12-31", Some("FREGOV")),
        ("actor/rufus-firefly", "1945", Some("FREELI")),
        ("actor/rufus-firefly", "1932-01-01", Some("FREOPP")),
        ("actor/rufus-firefly", "", Some("FRE")),
        ("actor/freedonian-rebels", "1933-02-28", Some("FREREB")),
        ("actor/freedonian-rebels", "1936", Some("FREOPP")),
        ("actor/old-name", "2000", Some("SYL")),
        ("actor/lonely", "2000", Some("FRA")),
    ] {
        assert_eq!(code(id, date), expected, "{id} on {date}");
    }
    let france = gazetteer.by_id("actor/lonely").expect("an actor");
    assert_eq!((france.country(), france.names().count()), (Some("FRA"), 2));
    assert_eq!(gazetteer.by_id("actor/rufus-firefly").and_then(|e| e.country()), None);
}

#[test]
fn reads_dictionaries_of_agents() {
    let agents = "!PERSON! = MAN, MEN, WOMAN\nDOCKER [~LAB]\nCABIN_CREW {} [~LAB]\nALDER!PERSON! [~GOV]\n\
                  ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD] # law\nRELIEF_AGENCY [NGO~]\nALDER!X! [~GOV]\n";
    let reading = read_petrarch("agents", agents.as_bytes());
    assert_eq!(reading.errors.len(), 1, "{:?}", reading.errors);
    let names: Vec<Vec<&str>> =
        reading.entries.iter().map(|e| e.names.iter().map(|n| n.text.as_str()).collect()).collect();
    assert_eq!(
        names,
        [
            vec!["docker", "dockers"],
            vec!["cabin crew"],
            vec!["alderman", "aldermen", "alderwoman"],
            vec!["attorney general", "attorneys general"],
            vec!["relief agency", "relief agencies"],
        ]
    );
    let mut builder = GazetteerBuilder::new();
    builder.add_list(reading.entries);
    let gazetteer = builder.build().expect("a gazetteer");
    let agency = gazetteer.by_id("agent/relief-agency").expect("an agent");
    assert_eq!(agency.agent_code(), Some("NGO~"));
}

#[test]
fn names_of_dictionaries_need_one_capital() {
    let mut builder = GazetteerBuilder::new();
    builder.add_list(read_petrarch("actors", ACTORS.as_bytes()).entries);
    let gazetteer = builder.build().expect("a gazetteer");
    let mut tokens = Segmentation::default();
    for (text, count) in [("Freedonian rebels", 1), ("FREEDONIAN REBELS", 1), ("freedonian rebels", 0)] {
        Segmenter::new().segment(text, &mut tokens);
        let mut found = Vec::new();
        gazetteer.find(text, &tokens, &mut Scratch::default(), &mut found);
        assert_eq!(found.len(), count, "{text}");
    }
}

#[test]
fn formats_are_told_apart_by_how_they_begin() {
    for (list, begin, expected) in [
        ("a", "\n {\"name\": \"x\"}", ListFormat::JsonLines),
        ("a.txt", "name,type\n", ListFormat::Csv),
        ("a", "\u{feff}name\n", ListFormat::Csv),
        ("a.csv", "nom\n", ListFormat::Csv),
        ("Phoenix.actors", "# actors, and names\nX [Y]", ListFormat::Petrarch),
    ] {
        assert_eq!(ListFormat::of(list, begin.as_bytes()), expected, "{begin}");
    }
}
