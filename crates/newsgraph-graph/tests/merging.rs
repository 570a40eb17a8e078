//! What becomes one node, and what must not.

#![allow(clippy::unwrap_used, reason = "a failing test may say where")]

mod support;

use newsgraph_graph::{Graph, GraphBuilder, KbFacts, Node};
use newsgraph_record::Record;
use support::{Doc, three_articles};

fn graph(records: &[Record]) -> Graph {
    records.iter().collect::<GraphBuilder>().finish()
}

fn nodes<'g>(graph: &'g Graph, kind: &str) -> Vec<&'g Node> {
    graph.nodes().filter(|node| &*node.kind == kind).collect()
}

fn event_count(records: &[Record]) -> usize {
    nodes(&graph(records), "EVENT").len()
}

/// `source KIND target (documents)` for all edges of a kind, sorted.
fn edges(graph: &Graph, kind: &str) -> Vec<String> {
    let edges = graph.edges().filter(|e| &*e.edge.kind == kind);
    let mut edges: Vec<String> = edges
        .map(|e| format!("{} {kind} {} ({})", e.source.label, e.target.label, e.edge.documents))
        .collect();
    edges.sort();
    edges
}

#[test]
fn the_story_of_three_articles_can_be_read_off_the_graph() {
    let graph = graph(&three_articles());
    let people = nodes(&graph, "PERSON");
    let shared: Vec<(&str, u32)> = people.iter().take(2).map(|n| (&*n.label, n.documents)).collect();
    assert_eq!(shared, [("Emmanuel Macron", 3), ("Vladimir Putin", 3)], "most important first");
    let mut others: Vec<&str> = people.iter().skip(2).map(|n| &*n.label).collect();
    others.sort_unstable();
    assert_eq!(others, ["Alexander Brechalov", "Volodymyr Zelenskiy", "local officials"]);
    let call = nodes(&graph, "EVENT").into_iter().find(|n| n.plover.as_deref() == Some("CONSULT")).unwrap();
    assert_eq!((call.documents, call.date.as_deref()), (3, Some("2025-07-01")), "one call in three wordings");
    let strike = nodes(&graph, "EVENT").into_iter().find(|n| n.plover.as_deref() == Some("ASSAULT")).unwrap();
    assert_eq!(strike.documents, 3, "one strike in three wordings");
    assert_eq!((strike.first.as_deref(), strike.last.as_deref()), (Some("2025-07-01"), Some("2025-07-03")));
    let support = nodes(&graph, "QUOTE").into_iter().find(|n| n.label.starts_with("unwavering")).unwrap();
    assert_eq!(support.documents, 2, "one utterance, whatever the quotation marks and the speaker");
    assert_eq!(
        edges(&graph, "SAID").iter().filter(|e| e.contains("unwavering")).count(),
        2,
        "both attributions are kept"
    );
    assert_eq!(edges(&graph, "REPORTED_BY").len(), 1);
    assert!(
        edges(&graph, "INVOLVES").iter().any(|e| e.ends_with("Ukraine (2)")),
        "{:?}",
        edges(&graph, "INVOLVES")
    );
}

#[test]
fn every_node_and_edge_names_its_sentences() {
    let graph = graph(&three_articles());
    let mut shown: Vec<&str> = graph.evidence().map(|e| e.edge).collect();
    let counted: u32 = graph.edges().map(|e| e.edge.weight).sum();
    assert_eq!(shown.len() as u32, counted, "weights count sentences");
    shown.dedup();
    assert_eq!(shown.len(), graph.edge_count());
    for node in graph.nodes() {
        let mentioned = graph.mentions().any(|m| m.node == node.id);
        let linked = graph.edges().any(|e| e.source.id == node.id || e.target.id == node.id);
        assert!(mentioned || linked, "{}", node.label);
    }
}

#[test]
fn entities_merge_by_identifier_or_full_name() {
    type Row<'a> = (&'a str, (&'a str, &'a str, Option<&'a str>), (&'a str, &'a str, Option<&'a str>), usize);
    let rows: &[Row<'_>] = &[
        ("same identifier", ("Vladimir Putin", "PERSON", Some("Q1")), ("Putin", "PERSON", Some("Q1")), 1),
        ("same identifier, other type", ("Kremlin", "FAC", Some("Q2")), ("Kremlin", "ORG", Some("Q2")), 1),
        ("different identifiers", ("Georgia", "GPE", Some("GE")), ("Georgia", "GPE", Some("US-GA")), 2),
        ("spelling", ("Volodymyr Zelenskiy", "PERSON", None), ("Volodymyr Zelensky", "PERSON", None), 1),
        ("accents", ("Sébastien Lecornu", "PERSON", None), ("Sebastien Lecornu", "PERSON", None), 1),
        ("surname alone", ("Brechalov", "PERSON", None), ("Brechalov", "PERSON", None), 2),
        ("surname and full name", ("Alexander Brechalov", "PERSON", None), ("Brechalov", "PERSON", None), 2),
        ("one first name apart", ("John Smith", "PERSON", None), ("Joan Smith", "PERSON", None), 2),
        ("place", ("Izhevsk", "GPE", None), ("Izhevsk", "GPE", None), 1),
        ("article and case", ("the Elysee Palace", "FAC", None), ("Élysée Palace", "FAC", None), 1),
        ("type", ("Washington", "GPE", None), ("Washington", "PERSON", None), 2),
        ("values are no nodes", ("Tuesday", "DATE", None), ("three", "CARDINAL", None), 0),
    ];
    for (case, one, other, expected) in rows {
        let doc = |id: &str, (name, kind, kb): (&str, &str, Option<&str>)| {
            Doc::new(id, &format!("{name} was there.")).entity(name, kind, kb, &[name]).record()
        };
        assert_eq!(graph(&[doc("a", *one), doc("b", *other)]).node_count(), *expected, "{case}");
    }
}

#[test]
fn the_unnamed_stay_in_their_document() {
    let doc = |id: &str| {
        Doc::new(id, "A senior official said it rains.")
            .nominal("A senior official", "PERSON")
            .quote(Some(0), "A senior official", "said", "it rains")
            .record()
    };
    let graph = graph(&[doc("a"), doc("b")]);
    assert_eq!(nodes(&graph, "PERSON").len(), 2);
    assert_eq!(nodes(&graph, "QUOTE").len(), 2, "few words in two mouths are two utterances");
    let unused = Doc::new("a", "A senior official left.").nominal("A senior official", "PERSON").record();
    assert_eq!(self::graph(&[unused]).node_count(), 0, "unnamed and not taking part: no node");
    let no_entity = Doc::new("a", "Critics say it rains.").quote(None, "Critics", "say", "it rains").record();
    assert_eq!(edges(&self::graph(&[no_entity]), "SAID"), ["Critics SAID it rains (1)"]);
    let pronoun = Doc::new("a", "They say it rains.").quote(None, "They", "say", "it rains").record();
    assert_eq!(self::graph(&[pronoun]).node_count(), 0, "a pronoun is no source");
}

#[test]
fn utterances_merge_by_their_words() {
    let doc = |id: &str, speaker: &str, content: &str| {
        Doc::new(id, &format!("{speaker} said {content}."))
            .entity(speaker, "PERSON", None, &[speaker])
            .quote(Some(0), speaker, "said", content)
            .record()
    };
    let long = "we will not accept any deal that was made without us";
    let marked = "“We will not accept any deal that was made – without us”";
    for (case, one, other, expected) in [
        ("marks and case", ("Ann Lee", long), ("Ann Lee", marked), 1),
        ("many words, two speakers", ("Ann Lee", long), ("Bo Ek", long), 1),
        ("few words, one speaker", ("Ann Lee", "“no deal”"), ("Ann Lee", "No deal"), 1),
        ("few words, two speakers", ("Ann Lee", "no deal"), ("Bo Ek", "no deal"), 2),
        ("other words", ("Ann Lee", "no deal"), ("Ann Lee", "no deals"), 2),
        ("emoji", ("Ann Lee", "🙂🙂"), ("Ann Lee", "🙃"), 2),
    ] {
        let graph = graph(&[doc("a", one.0, one.1), doc("b", other.0, other.1)]);
        assert_eq!(nodes(&graph, "QUOTE").len(), expected, "{case}");
    }
    let graph = graph(&[doc("a", "Ann Lee", long), doc("b", "Ann Lee", long), doc("c", "Ann Lee", marked)]);
    let quote = nodes(&graph, "QUOTE")[0];
    assert_eq!(&*quote.label, long, "the wording of most documents");
    assert_eq!(quote.aliases, [marked.trim_matches(['“', '”']).into()]);
}

/// A report of Russia's (or another's) attack.
fn attack(id: &str, actor: &str, target: &str) -> Doc {
    Doc::new(id, &format!("{actor} attacked {target} overnight."))
        .entity(actor, "GPE", None, &[actor])
        .entity(target, "GPE", None, &[target])
        .event("ASSAULT", "attacked", &[actor], &[target])
}

#[test]
fn events_merge_by_act_parties_and_time() {
    let base = || attack("a", "Russia", "Kyiv");
    let other = || attack("b", "Russia", "Kyiv");
    let lemma = |mut doc: Doc, lemma: &str| {
        doc.last_event().lemma = lemma.into();
        doc
    };
    let untyped = |mut doc: Doc| {
        doc.last_event().kind = None;
        doc
    };
    let polarity = |mut doc: Doc| {
        doc.last_event().polarity = "negative".into();
        doc
    };
    let modality = |mut doc: Doc| {
        doc.last_event().modality = "future".into();
        doc
    };
    for (case, one, two, expected) in [
        ("same act", base(), other(), 1),
        ("other verb, same type", base(), lemma(other(), "shell"), 1),
        ("other verb, no type", untyped(base()), lemma(untyped(other()), "shell"), 2),
        ("no type, same verb", untyped(base()), untyped(other()), 1),
        ("other actor", base(), attack("b", "Belarus", "Kyiv"), 2),
        ("other target", base(), attack("b", "Russia", "Odesa"), 2),
        ("turned round", base(), attack("b", "Kyiv", "Russia"), 2),
        ("denied", base(), polarity(other()), 2),
        ("announced", base(), modality(other()), 2),
        ("same day", base().date("2025-07-01"), other().date("2025-07-01"), 1),
        ("another day", base().date("2025-07-01"), other().date("2025-07-02"), 2),
        ("one date unknown", base().date("2025-07-01"), other(), 1),
        (
            "published soon after",
            base().date("2025-07-01"),
            other().published("P", "2025-07-04T10:00:00Z"),
            1,
        ),
        ("published long after", base().date("2025-07-01"), other().published("P", "2025-08-04"), 2),
        (
            "published in one week",
            base().published("O", "2025-07-01"),
            other().published("P", "2025-07-06"),
            1,
        ),
        ("published apart", base().published("O", "2025-07-01"), other().published("P", "2025-07-20"), 2),
    ] {
        assert_eq!(event_count(&[one.record(), two.record()]), expected, "{case}");
    }
}

#[test]
fn parties_without_a_name_merge_only_by_their_words() {
    let doc = |id: &str, actor: &str, target: &str| {
        Doc::new(id, &format!("{actor} arrested {target}."))
            .entity("Oslo", "GPE", None, if target.contains("Oslo") { &["Oslo"] } else { &[] })
            .event("COERCE", "arrested", &[actor], &[target])
            .record()
    };
    for (case, one, other, expected) in [
        ("same words", ("Police", "a man in Oslo"), ("The police", "men from Oslo"), 1),
        ("other words", ("Police", "a man in Oslo"), ("Guards", "a man in Oslo"), 2),
        ("no name at all", ("Police", "a man"), ("Police", "a man"), 0),
        ("a pronoun", ("They", "a man in Oslo"), ("They", "a man in Oslo"), 2),
    ] {
        let records = [doc("a", one.0, one.1), doc("b", other.0, other.1)];
        assert_eq!(event_count(&records), expected, "{case}");
    }
}

#[test]
fn reports_that_tell_one_side_only_merge_where_that_is_enough() {
    let doc = |id: &str, plover: &str, actors: &[&str], recipients: &[&str]| {
        Doc::new(id, "Russia and Ann Lee with Bo Ek acted on Tuesday.")
            .entity("Russia", "GPE", None, &["Russia"])
            .entity("Ann Lee", "PERSON", None, &["Ann Lee"])
            .entity("Bo Ek", "PERSON", None, &["Bo Ek"])
            .event(plover, "acted", actors, recipients)
            .record()
    };
    type Row<'a> = (&'a str, &'a str, &'a [&'a str], &'a [&'a str], usize);
    let rows: &[Row<'_>] = &[
        ("a resignation", "RETREAT", &["Ann Lee"], &[], 1),
        ("an attack on nobody", "ASSAULT", &["Russia"], &[], 2),
        ("an arrest by nobody", "COERCE", &[], &["Ann Lee"], 1),
        ("a strike on a country by nobody", "ASSAULT", &[], &["Russia"], 2),
        ("no type", "", &["Ann Lee"], &[], 2),
        ("a meeting with nobody", "CONSULT", &["Ann Lee"], &[], 2),
    ];
    for (case, plover, actors, recipients, expected) in rows {
        let records = [doc("a", plover, actors, recipients), doc("b", plover, actors, recipients)];
        assert_eq!(event_count(&records), *expected, "{case}");
    }
    let two = doc("a", "CONSULT", &["Ann Lee", "Bo Ek"], &[]);
    let misread = doc("b", "CONSULT", &["Ann Lee", "Bo Ek"], &["Tuesday"]);
    assert_eq!(event_count(&[two, misread]), 1, "of a meeting of two with names only the names count");
}

#[test]
fn a_city_of_a_country_is_the_city() {
    let doc = |id: &str, target: &str| {
        let text = format!("Drones from Ukraine hit {target} in Russia.");
        let mut doc = Doc::new(id, &text)
            .entity("Ukraine", "GPE", None, &["Ukraine"])
            .entity("Russian", "NORP", None, if target.contains("Russian") { &["Russian"] } else { &[] })
            .entity("Izhevsk", "GPE", None, if target.contains("Izhevsk") { &["Izhevsk"] } else { &[] })
            .event("ASSAULT", "hit", &["Drones from Ukraine"], &[target]);
        if target.contains("Russian") {
            // As if the nationality in front were the participant.
            doc.last_event().recipients[0].entity = Some(1);
        }
        doc.record()
    };
    let records =
        [doc("a", "the Russian city of Izhevsk"), doc("b", "Izhevsk"), doc("c", "a plant in Izhevsk")];
    let graph = graph(&records);
    assert_eq!(nodes(&graph, "EVENT").len(), 1, "three wordings of one target");
    let event = "Drones from Ukraine – hit –";
    let recipients = edges(&graph, "RECIPIENT");
    assert_eq!(recipients.len(), 1);
    assert!(
        recipients[0].starts_with(event) && recipients[0].ends_with("RECIPIENT Izhevsk (2)"),
        "{recipients:?}"
    );
    let involved = edges(&graph, "INVOLVES");
    assert_eq!(involved.len(), 2, "the plant is not Izhevsk, the drones are not Ukraine: {involved:?}");
    let records = [doc("a", "the Russian city of Izhevsk"), doc("b", "a Russian plant")];
    assert_eq!(event_count(&records), 2, "some other place in Russia");
}

#[test]
fn several_actors_are_parties_only_where_the_act_is_mutual() {
    let doc = |plover: &str, trigger: &str| {
        Doc::new("a", &format!("Ann Lee and Bo Ek {trigger}."))
            .entity("Ann Lee", "PERSON", None, &["Ann Lee"])
            .entity("Bo Ek", "PERSON", None, &["Bo Ek"])
            .event(plover, trigger, &["Ann Lee", "Bo Ek"], &[])
            .record()
    };
    for (plover, trigger, expected) in [
        ("CONSULT", "spoke", 1),
        ("ASSAULT", "clash", 1),
        ("", "meet", 1),
        ("RETREAT", "resign", 0),
        ("", "smile", 0),
    ] {
        let graph = graph(&[doc(plover, trigger)]);
        let direct =
            graph.edges().filter(|e| &*e.source.kind == "PERSON" && &*e.target.kind == "PERSON").count();
        assert_eq!(direct, expected, "{trigger}");
        assert_eq!(edges(&graph, "ACTOR").len(), 2, "{trigger}");
    }
}

#[test]
fn edges_say_how_and_how_often() {
    let mut denied = attack("c", "Russia", "Kyiv").published("Courier", "2025-07-03");
    denied.last_event().polarity = "negative".into();
    let records = [
        attack("a", "Russia", "Kyiv").published("Herald", "2025-07-01").record(),
        attack("b", "Russia", "Kyiv").published("Herald", "2025-07-02").record(),
        denied.record(),
        attack("d", "Russia", "Kyiv").record(),
    ];
    let graph = graph(&records);
    let direct: Vec<_> = graph.edges().filter(|e| &*e.edge.kind == "ASSAULT").map(|e| e.edge).collect();
    assert_eq!(direct.len(), 2, "a denial is an edge of its own");
    assert_eq!(
        (direct[0].weight, direct[0].documents, direct[0].sources),
        (3, 3, 2),
        "one outlet, one document"
    );
    assert_eq!(
        (direct[0].first.as_deref(), direct[0].last.as_deref()),
        (Some("2025-07-01"), Some("2025-07-02"))
    );
    assert_eq!((&*direct[0].label, &*direct[1].label), ("assault", "not assault"));
    assert_eq!(
        (direct[0].polarity.as_deref(), direct[1].polarity.as_deref()),
        (Some("positive"), Some("negative"))
    );
    assert_eq!(direct[0].confidence, 700);
}

#[test]
fn a_document_added_later_renames_nothing() {
    let mut records = three_articles();
    for last in 0..records.len() {
        records.rotate_left(1);
        let before = graph(&records[..2]);
        let after = graph(&records);
        for node in before.nodes() {
            let same = after.nodes().any(|n| n.id == node.id && n.kind == node.kind);
            // The one document that tells the day of the call folds the undated reports into it.
            let dated_now =
                &*node.kind == "EVENT" && node.plover.as_deref() == Some("CONSULT") && node.date.is_none();
            assert!(same || dated_now, "{} without {last}", node.label);
        }
    }
}

#[test]
fn the_gazetteer_adds_what_it_knows() {
    let builder: GraphBuilder = three_articles().iter().collect();
    let graph = builder.finish_with(|kb| {
        (kb == "izhevsk").then(|| KbFacts {
            country: Some("RU".into()),
            latitude: Some(56.85),
            longitude: Some(53.2),
            roles: vec!["capital of Udmurtia".into()],
            ..KbFacts::default()
        })
    });
    let izhevsk = graph.nodes().find(|n| &*n.label == "Izhevsk").unwrap();
    assert_eq!(izhevsk.country.as_deref(), Some("RU"));
    assert_eq!(izhevsk.roles, ["capital of Udmurtia".into()]);
    assert_eq!(graph.nodes().filter(|n| n.latitude.is_some()).count(), 1);
}

#[test]
fn a_division_is_part_of_its_country_and_a_town_lies_in_it() {
    let mut record = attack("a", "Udmurtia", "Kyiv").record();
    record.entities[0].kb = Some("region/udmurtia".into());
    record.entities[1].kb = Some("city/kyiv".into());
    let other = Doc::new("b", "Russia attacked Ukraine.")
        .entity("Russia", "GPE", Some("country/RUS"), &["Russia"])
        .entity("Ukraine", "GPE", Some("country/UKR"), &["Ukraine"])
        .event("ASSAULT", "attacked", &["Russia"], &["Ukraine"])
        .record();
    let builder: GraphBuilder = [record, other].iter().collect();
    let graph = builder.finish_with(|id| {
        let country = match id {
            "region/udmurtia" => "country/RUS",
            "city/kyiv" => "country/UKR",
            _ => return None,
        };
        let is_division = id.starts_with("region/");
        Some(KbFacts { country_id: Some(country.into()), is_division, ..KbFacts::default() })
    });
    assert_eq!(edges(&graph, "PART_OF"), ["Udmurtia PART_OF Russia (1)"]);
    assert_eq!(edges(&graph, "LOCATED_IN"), ["Kyiv LOCATED_IN Ukraine (1)"]);
    let part = graph.edges().find(|e| &*e.edge.kind == "PART_OF").unwrap();
    assert_eq!(part.edge.modes, ["gazetteer"]);
}

#[test]
fn what_is_derived_from_a_name_is_no_other_name() {
    let record = Doc::new("a", "Anti-Lee voters met Ann Lee, the Lee-Roe pact and #AnnLee.")
        .entity("Ann Lee", "PERSON", None, &["Anti-Lee", "Ann Lee", "Lee-Roe", "#AnnLee"])
        .record();
    assert_eq!(nodes(&graph(&[record]), "PERSON")[0].aliases, ["Lee-Roe".into()]);
}

#[test]
fn a_code_that_many_share_makes_nobody_one() {
    let mut record = attack("a", "Russia", "Kyiv").record();
    for (entity, entry) in record.entities.iter_mut().zip(["country/RUS", ""]) {
        entity.kb = Some("RUS".into());
        entity.entry = Some(entry.into());
    }
    let builder: GraphBuilder = [record].iter().collect();
    let graph = builder.finish_with(|id| {
        (id == "country/RUS").then(|| KbFacts { country: Some("RUS".into()), ..KbFacts::default() })
    });
    let coded: Vec<_> = graph.nodes().filter(|n| n.kb.as_deref() == Some("RUS")).collect();
    assert_eq!(coded.len(), 2);
    assert_eq!(coded.iter().filter(|n| n.country.is_some()).count(), 1);
}

#[test]
fn references_that_lead_nowhere_are_passed_over() {
    let mut broken = attack("a", "Russia", "Kyiv").quote(Some(99), "Russia", "attacked", "Kyiv").record();
    broken.events[0].actors[0].entity = Some(99);
    broken.events[0].quote = Some(7);
    broken.events[0].confidence = f64::NAN;
    broken.quotes[0].addressee = Some(u32::MAX);
    broken.quotes[0].content = vec![[30, 5], [u32::MAX, u32::MAX]];
    broken.entities[0].mentions[0].span = [9_000, 9_001];
    assert!(graph(&[broken]).node_count() > 0);
    let mut without_sentences = attack("a", "Russia", "Kyiv").record();
    without_sentences.sentences.clear();
    assert_eq!(graph(&[without_sentences]).edge_count(), 0, "no sentence, no edge");
}
