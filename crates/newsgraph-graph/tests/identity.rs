//! What evidence over documents makes one, and what it must not.

#![allow(clippy::unwrap_used, reason = "a failing test may say where")]

mod support;

use newsgraph_graph::{Graph, GraphBuilder, MergeRules};
use newsgraph_record::{Quantity, Record};
use support::{Doc, span};

fn graph(records: &[Record], rules: &str) -> Graph {
    let builder: GraphBuilder = records.iter().collect();
    builder.finish_by(|_| None, &MergeRules::parse(rules).unwrap())
}

fn people(records: &[Record], rules: &str) -> Vec<(String, u32)> {
    let graph = graph(records, rules);
    let people = graph.nodes().filter(|node| &*node.kind == "PERSON");
    let mut people: Vec<_> = people.map(|node| (node.label.to_string(), node.documents)).collect();
    people.sort();
    people
}

fn person(id: &str, name: &str, kb: Option<&str>, role: &str, beside: &str) -> Record {
    let mut doc = Doc::new(id, &format!("{name} met {beside} x there."));
    doc = doc.entity(name, "PERSON", kb, &[name]);
    if !role.is_empty() {
        doc = doc.roles(&[role]);
    }
    doc.entity(&format!("{beside} x"), "ORG", None, &[&format!("{beside} x")]).record()
}

#[test]
fn unlinked_names_join_the_one_linked_person() {
    let linked = person("a", "Ann Lee", Some("person/ann-lee"), "", "Crew");
    let unlinked = person("b", "Ann Lee", None, "", "Club");
    assert_eq!(people(&[linked.clone(), unlinked.clone()], "").len(), 1);
    let other = person("c", "Ann Lee", Some("person/ann-lee-2"), "", "Band");
    assert_eq!(people(&[linked, unlinked, other], "").len(), 3, "not when two linked ones have the name");
}

#[test]
fn people_of_one_name_part_by_roles_and_company() {
    let mayor = person("a", "John Smith", None, "mayor of Northport", "Council");
    let keeper = person("b", "John Smith", None, "goalkeeper", "Rovers");
    let unsaid = person("c", "John Smith", None, "", "Ferries");
    let clerk = person("d", "John Smith", None, "clerk", "Council");
    assert_eq!(people(&[mayor.clone(), keeper.clone()], "").len(), 2);
    assert_eq!(people(&[mayor.clone(), unsaid], "").len(), 1, "no role is no contradiction");
    assert_eq!(people(&[mayor, clerk], "").len(), 1, "the same company");
}

#[test]
fn groups_are_who_their_members_are() {
    let group = |id: &str, order: [u32; 2], last: Option<&str>| {
        let mut record = Doc::new(id, "Ann Lee met Bo Ray x. The two leaders left.")
            .entity("Ann Lee", "PERSON", Some("person/ann-lee"), &["Ann Lee"])
            .entity("Bo Ray x", "PERSON", last, &["Bo Ray x"])
            .entity("two leaders", "PERSON", None, &["The two leaders"])
            .record();
        record.entities[2].members = order.to_vec();
        record.entities[2].mentions[0].form = "name".to_owned();
        record
    };
    let bo = Some("person/bo-ray");
    let groups = |records: &[Record]| people(records, "").iter().filter(|p| p.0 == "two leaders").count();
    assert_eq!(groups(&[group("a", [0, 1], bo), group("b", [1, 0], bo)]), 1);
    assert_eq!(
        groups(&[group("a", [0, 1], bo), group("b", [0, 1], Some("person/bo-ray-2"))]),
        2,
        "other people"
    );
}

#[test]
fn slips_of_the_pen_need_context() {
    let right = |id| person(id, "Emmanuel Marron", None, "", "Crew");
    let slip = Doc::new("c", "Emmanuelle Marron spoke. Emmanuel Marron left.")
        .entity("Emmanuelle Marron", "PERSON", None, &["Emmanuelle Marron"])
        .entity("Emmanuel Marron", "PERSON", None, &["Emmanuel Marron"])
        .record();
    assert_eq!(people(&[right("a"), right("b"), slip], "").len(), 1);
    let stranger = person("c", "Emmanuelle Marron", None, "", "Band");
    assert_eq!(people(&[right("a"), right("b"), stranger], "").len(), 2);
}

#[test]
fn the_user_has_the_last_word() {
    let one = person("a", "Ann Lee", None, "", "Crew");
    let other = person("b", "Anna Leigh", None, "", "Club");
    let records = [one.clone(), other.clone(), person("c", "Ann Lee", None, "", "Band")];
    assert_eq!(people(&records, "").len(), 2);
    assert_eq!(people(&records, "merge,Ann Lee,Anna Leigh\n"), [("Ann Lee".to_owned(), 3)]);
    assert_eq!(people(&records, "split,Ann Lee,c\n").len(), 3);
    let linked = [
        person("a", "Ann Lee", Some("person/ann-lee"), "", "Crew"),
        person("b", "Ann Lee", None, "", "Club"),
    ];
    assert_eq!(people(&linked, "").len(), 1);
    assert_eq!(people(&linked, "apart,person/ann-lee,Ann Lee\n").len(), 2);
    let graph = graph(&records, "merge,Ann Lee,Anna Leigh\n");
    let mut why: Vec<_> =
        graph.joinings().map(|(_, joining)| (joining.rule, joining.variant.to_string())).collect();
    why.retain(|(rule, _)| *rule == "merged by the user");
    assert_eq!(why, [("merged by the user", "Anna Leigh".to_owned())]);
}

#[test]
fn figures_stay_side_by_side_at_the_attack() {
    let strike = |id: &str, harmed: &str, value: Option<f64>| {
        let text = format!("Drones from Southland hit Northport, wounding {harmed} people.");
        let harmed = format!("{harmed} people");
        let mut doc = Doc::new(id, &text)
            .entity("Southland", "GPE", Some("southland"), &["Southland"])
            .entity("Northport", "GPE", Some("northport"), &["Northport"])
            .event("ASSAULT", "hit", &["Southland"], &["Northport"])
            .event("ASSAULT", "wounding", &[], &[&harmed]);
        let event = doc.last_event();
        event.lemma = "wound".into();
        event.quantities = value
            .map(|value| Quantity { what: "wounded".into(), value, span: span(&text, &harmed) })
            .into_iter()
            .collect();
        doc.record()
    };
    let graph = graph(
        &[strike("a", "35", Some(35.0)), strike("b", "dozens of", None), strike("c", "35", Some(35.0))],
        "",
    );
    let event = graph.nodes().find(|node| node.documents == 3 && &*node.kind == "EVENT").unwrap();
    let figures: Vec<(&str, &str, u32)> =
        event.figures.iter().map(|f| (&*f.what, &*f.value, f.documents)).collect();
    assert_eq!(figures, [("injured", "35", 2), ("injured", "dozens", 1)]);
}

#[test]
fn reprints_are_one_source() {
    let agency = "Ann Lee said the ferries of Northport will sail again before the autumn storms begin.";
    // more words of its own than a copy has: six of ten pairs of words make one
    let own = "Asked on the quay late on Monday evening whether anything would move soon,";
    let told = |id: &str, text: &str| {
        let content = text.split_once("said ").unwrap().1;
        Doc::new(id, text).entity("Ann Lee", "PERSON", Some("q1"), &["Ann Lee"]).quote(
            Some(0),
            "Ann Lee",
            "said",
            content,
        )
    };
    let said = |records: &[Record]| {
        let graph = graph(records, "");
        graph
            .edges()
            .filter(|e| &*e.edge.kind == "SAID")
            .map(|e| (e.edge.documents, e.edge.sources))
            .max()
            .unwrap()
    };
    assert_eq!(said(&[told("a", agency).record(), told("b", agency).record()]), (2, 1));
    let asked = format!("{own} {agency}");
    assert_eq!(
        said(&[told("a", agency).record(), told("b", &asked).record()]),
        (2, 2),
        "a sentence of its own"
    );
}

#[test]
fn an_office_needs_a_sentence_that_says_it() {
    let offices = |text: &str| {
        let doc = Doc::new("a", text)
            .entity("Ann Lee", "PERSON", None, &["Ann Lee"])
            .roles(&["defence minister of Northland"])
            .entity("Northland", "GPE", Some("northland"), &["Northland"]);
        let graph = graph(&[doc.record()], "");
        let edges = graph.edges().filter(|e| &*e.edge.kind == "MINISTER_OF");
        edges.map(|e| format!("{} {} {}", e.source.label, e.edge.label, e.target.label)).collect::<Vec<_>>()
    };
    assert_eq!(
        offices("Northland's defence minister Ann Lee spoke."),
        ["Ann Lee defence minister of Northland"]
    );
    assert!(offices("Ann Lee left Northland by ferry.").is_empty(), "known, but not said");
}
