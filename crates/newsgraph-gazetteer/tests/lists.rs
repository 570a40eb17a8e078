//! Lists of users: what is read, and how what is wrong is told.

use newsgraph_gazetteer::{Gazetteer, GazetteerBuilder, NameClass, read_csv, read_json_lines};

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
    let bytes = builder.build().expect("a gazetteer").to_bytes();
    assert!(Gazetteer::from_bytes(&bytes).is_ok());
    for length in 0..bytes.len() {
        assert!(Gazetteer::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
    }
}
