//! Lists of names of the user's own.

use newsgraph_record::{Entity, Record};

use super::{Folder, stderr};

const ACTORS: &str = "RUFUS_FIREFLY_\n\t[FREGOV 330101-381231]\n\t[FREELI >390101]\nFREEDONIA_ [FRE]\n+FREEDONIAN\nUKRAINE_ [UKR]\nEMMANUEL_MACRON_ [FRAGOV >170514]\n\t[FRAELI]\n";

const AGENTS: &str = "SOLDIER [~MIL]\nDOCKER [~LAB]\n";

const TEXT: &str =
    "Rufus Firefly met Emmanuel Macron in Paris. Freedonian soldiers attacked Ukrainian dockers.";

fn article(published: &str) -> String {
    format!("{{\"id\": \"a\", \"published\": \"{published}\", \"text\": \"{TEXT}\"}}\n")
}

fn entities(output: &std::process::Output) -> Vec<Entity> {
    assert!(output.status.success(), "{}", stderr(output));
    Record::from_line(std::str::from_utf8(&output.stdout).unwrap().trim()).unwrap().entities
}

/// The identifiers of the entity with this name.
fn ids<'e>(entities: &'e [Entity], name: &str) -> (Option<&'e str>, Option<&'e str>) {
    let entity = entities.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("{name} in {entities:?}"));
    (entity.kb.as_deref(), entity.entry.as_deref())
}

#[test]
fn dictionaries_code_actors_and_agents_by_date() {
    let folder = Folder::new();
    folder.write("x.actors", ACTORS);
    folder.write("x.agents", AGENTS);
    folder.write("old.jsonl", article("1935-02-03"));
    folder.write("new.jsonl", article("2020-02-03"));
    let run = |news: &str| {
        entities(&folder.run(&["extract", news, "--gazetteer", "x.actors", "--gazetteer", "x.agents"]))
    };
    let (old, new) = (run("old.jsonl"), run("new.jsonl"));
    assert_eq!(ids(&old, "Rufus Firefly"), (Some("FREGOV"), Some("actor/rufus-firefly")));
    assert_eq!(ids(&new, "Rufus Firefly"), (Some("FREELI"), Some("actor/rufus-firefly")));
    assert_eq!(ids(&old, "Emmanuel Macron"), (Some("FRAELI"), Some("person/emmanuel-macron")));
    assert_eq!(ids(&new, "Emmanuel Macron"), (Some("FRAGOV"), Some("person/emmanuel-macron")));
    assert_eq!(ids(&new, "Paris").1, None);
    assert_eq!(ids(&new, "Freedonian soldiers"), (Some("FREMIL"), Some("")));
    assert_eq!(ids(&new, "Ukrainian dockers"), (Some("UKRLAB"), Some("")));
}

#[test]
fn a_prepared_gazetteer_gives_what_its_lists_give() {
    let folder = Folder::new();
    folder.write("x.actors", ACTORS);
    folder.write("x.agents", AGENTS);
    folder.write("a.jsonl", article("2020-02-03"));
    let built = folder.run(&["gazetteer", "build", "x.actors", "x.agents", "-o", "mine"]);
    assert!(built.status.success(), "{}", stderr(&built));
    let lists = folder.run(&["extract", "a.jsonl", "--gazetteer", "x.actors", "--gazetteer", "x.agents"]);
    let prepared = folder.run(&["extract", "a.jsonl", "--gazetteer", "mine"]);
    assert_eq!(lists.stdout, prepared.stdout);
    folder.write("broken", &std::fs::read(folder.path("mine")).unwrap()[..5000]);
    let broken = folder.run(&["extract", "a.jsonl", "--gazetteer", "broken"]);
    assert_eq!(broken.status.code(), Some(2));
    assert_eq!(
        stderr(&broken),
        "newsgraph: broken: the prepared gazetteer is damaged; prepare it again from its lists"
    );
}

#[test]
fn lists_of_names_have_ids_types_and_places() {
    let folder = Folder::new();
    folder.write("mine.csv", "id,name,type,latitude,longitude\nclub-7,Rufus Firefly,ORG,1.5,2\nq,Paris,,,\n");
    folder.write("a.jsonl", article("2020-02-03"));
    let found = entities(&folder.run(&["extract", "a.jsonl", "--gazetteer", "mine.csv"]));
    assert_eq!(ids(&found, "Rufus Firefly"), (Some("club-7"), None));
    assert_eq!(ids(&found, "Paris"), (Some("q"), Some("city/paris-FRA")));
    assert_eq!(found.iter().find(|e| e.name == "Rufus Firefly").unwrap().kind, "ORG");
    let graph = folder.run(&["graph", "a.jsonl", "--gazetteer", "mine.csv", "-o", "out"]);
    assert!(graph.status.success(), "{}", stderr(&graph));
    let nodes = folder.read("out/nodes.csv");
    let club = nodes.lines().find(|line| line.contains("club-7")).unwrap();
    assert!(club.contains("1.5,2"), "{club}");
}

#[test]
fn a_broken_list_is_an_error_that_says_what_to_do() {
    let folder = Folder::new();
    folder.write("mine.csv", "name,type\nParis,CITY\n");
    folder.write("a.jsonl", article("2020-02-03"));
    let output = folder.run(&["extract", "a.jsonl", "--gazetteer", "mine.csv", "-o", "out.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("mine.csv:2: type is \"CITY\"; write one of PERSON, ORG"),
        "{}",
        stderr(&output)
    );
    assert!(!folder.path("out.jsonl").exists());
}

#[test]
fn faults_of_dictionaries_are_told_and_left_out() {
    let folder = Folder::new();
    folder.write("x.actors", format!("{ACTORS}WRONG_ONE [FRE 99]\n"));
    folder.write("a.jsonl", article("2020-02-03"));
    let output = folder.run(&["extract", "a.jsonl", "--gazetteer", "x.actors"]);
    assert!(
        stderr(&output).contains("x.actors:9: codes is \"FRE 99\"; write dates as"),
        "{}",
        stderr(&output)
    );
    assert_eq!(ids(&entities(&output), "Rufus Firefly").0, Some("FREELI"));
}

#[test]
fn check_names_lines_and_counts() {
    let folder = Folder::new();
    folder.write("mine.csv", "id,name,aliases\na,North Club,NC\nb,South Club,North Club\n");
    let output = folder.run(&["gazetteer", "check", "mine.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "mine.csv:3: \"north club\" names b and a (line 2); give them fuller names, or join them\n\
         mine.csv: 2 entries, 4 names, 1 finding\n"
    );
    folder.write("right.csv", "name\nNorth Club\n");
    assert_eq!(folder.run(&["gazetteer", "check", "right.csv"]).status.code(), Some(0));
    assert_eq!(folder.run(&["gazetteer", "check", "absent.csv"]).status.code(), Some(2));
}
