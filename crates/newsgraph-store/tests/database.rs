//! A database that grows, is asked and is merged.

#![allow(clippy::unwrap_used, reason = "a failing test may say where")]

use std::ops::ControlFlow;
use std::path::Path;

use newsgraph_graph::{Dialect, Graph, GraphBuilder};
use newsgraph_record::{Entity, Mention, Quote, Record};
use newsgraph_store::{Question, Store, StoreError};

/// Ann Lee says something about Northport.
fn record(id: &str, day: &str, said: &str) -> Record {
    let text = format!("Ann Lee said {said} in Northport.");
    let end = text.chars().count() as u32;
    let entity = |id, name: &str, kind: &str, at: u32| Entity {
        id,
        name: name.into(),
        kind: kind.into(),
        kb: None,
        entry: None,
        roles: vec![],
        members: vec![],
        mentions: vec![Mention { span: [at, at + name.len() as u32], form: "name".into() }],
    };
    Record {
        id: id.into(),
        published: Some(day.into()),
        sentences: vec![[0, end]],
        entities: vec![entity(0, "Ann Lee", "PERSON", 0), entity(1, "Northport", "GPE", end - 10)],
        quotes: vec![Quote {
            id: 0,
            form: "indirect".into(),
            kind: "statement".into(),
            source: vec![[0, 7]],
            cue: vec![[8, 12]],
            content: vec![[13, end - 1]],
            speaker: Some(0),
            addressee: None,
            nested_in: None,
            confidence: 0.9,
        }],
        text,
        ..Record::default()
    }
}

fn records() -> Vec<Record> {
    vec![
        record("a", "2025-07-01", "the ferries will sail again"),
        record("b", "2025-07-03", "the harbour stays closed"),
        record("c", "2025-07-05", "nobody was asked"),
    ]
}

fn graph_of(store: &mut Store) -> Graph {
    let mut builder = GraphBuilder::new();
    let add = |line: &str| {
        builder.add(&Record::from_line(line).unwrap());
        ControlFlow::Continue(())
    };
    store.for_each_line(add).unwrap();
    builder.finish()
}

fn grown(path: &Path, records: &[Record]) -> Store {
    let mut store = Store::open(path).unwrap();
    for record in records {
        store.add(&record.to_line()).unwrap();
    }
    let graph = graph_of(&mut store);
    store.write_graph(&graph).unwrap();
    store
}

fn tables(graph: &Graph) -> Vec<u8> {
    let mut out = Vec::new();
    graph.write_nodes_csv(&mut out, Dialect::Plain).unwrap();
    graph.write_edges_csv(&mut out, Dialect::Plain).unwrap();
    graph.write_evidence_csv(&mut out, Dialect::Plain).unwrap();
    out
}

fn texts(store: &Store, question: &Question) -> Vec<String> {
    store.ask(question).unwrap().rows.into_iter().map(|mut row| row.pop().unwrap()).collect()
}

#[test]
fn growing_and_merging_give_the_graph_of_all_records() {
    let folder = tempfile::tempdir().unwrap();
    let all = records();
    let whole = tables(&all.iter().collect::<GraphBuilder>().finish());
    let path = folder.path().join("grown.db");
    drop(grown(&path, &all[..1]));
    let mut store = grown(&path, &all[..]);
    assert_eq!(tables(&graph_of(&mut store)), whole, "a record that comes twice counts once");

    let one = grown(&folder.path().join("one.db"), &all[2..]);
    let two = grown(&folder.path().join("two.db"), &all[..2]);
    for order in [[&one, &two], [&two, &one]] {
        let merged = folder.path().join("merged.db");
        let mut store = Store::create(&merged).unwrap();
        order.iter().for_each(|part| store.absorb(part).unwrap());
        assert_eq!(tables(&graph_of(&mut store)), whole);
        store.finish().unwrap();
        std::fs::remove_file(merged).unwrap();
    }
}

#[test]
fn questions_are_answered_with_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let store = grown(&folder.path().join("graph.db"), &records());
    let question = Question { speaker: Some("ann lee".into()), ..Question::default() };
    assert_eq!(texts(&store, &question).len(), 3, "names in any case");
    let question =
        Question { since: Some("2025-07-03".into()), until: Some("2025-07-03".into()), ..question };
    assert_eq!(texts(&store, &question), ["Ann Lee said the harbour stays closed in Northport."]);
    let question = Question { search: Some("ferry sails".into()), ..Question::default() };
    assert_eq!(
        texts(&store, &question),
        ["Ann Lee said the ferries will sail again in Northport."],
        "by stems"
    );
    let question = Question {
        about: Some("Northport".into()),
        search: Some("\"quoted\" (".into()),
        ..Question::default()
    };
    assert!(texts(&store, &question).is_empty(), "nothing in a search is syntax");
    let question = Question { speaker: Some("Nobody Known".into()), ..Question::default() };
    assert!(matches!(store.ask(&question), Err(StoreError::Unknown(name)) if name == "Nobody Known"));
}

#[test]
fn who_says_something_does_not_pass_it_on_there_besides() {
    // The outer quote is Roe's in one document and Lee's own in the other.
    let nested = |id: &str, teller: u32| {
        let mut record =
            record(id, "2025-07-01", "the ferries will sail again before the end of this very week");
        record.entities.push(Entity { id: 2, name: "Jo Roe".into(), ..record.entities[0].clone() });
        let inner = record.quotes[0].clone();
        record.quotes.push(Quote { id: 1, speaker: Some(teller), content: vec![[0, 30]], ..inner });
        record.quotes[0].nested_in = Some(1);
        record
    };
    let folder = tempfile::tempdir().unwrap();
    let mut told = nested("a", 2);
    told.quotes.push(Quote { id: 2, speaker: Some(2), ..told.quotes[0].clone() });
    let store = grown(&folder.path().join("graph.db"), &[told]);
    let kinds = |speaker: &str| {
        let question =
            Question { speaker: Some(speaker.into()), search: Some("week".into()), ..Question::default() };
        let mut kinds: Vec<String> =
            store.ask(&question).unwrap().rows.into_iter().map(|mut row| row.remove(2)).collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds("Jo Roe"), ["SAID"], "said and passed on in one sentence");
    let other = folder.path().join("other.db");
    let store = grown(&other, &[nested("b", 2)]);
    let question =
        Question { speaker: Some("Jo Roe".into()), search: Some("week".into()), ..Question::default() };
    assert_eq!(store.ask(&question).unwrap().rows[0][2], "RELAYED", "passed on only");
}

#[test]
fn a_file_of_something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Foreign { .. })));
    assert!(Store::open_to_read(&folder.path().join("missing.db")).is_err());
}

#[test]
fn the_queries_of_the_documentation_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph.db");
    drop(grown(&path, &records()));
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/database.md"))
        .unwrap();
    let queries: Vec<&str> =
        page.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(queries.len(), 5);
    let connection = rusqlite::Connection::open(&path).unwrap();
    for query in queries {
        let mut statement = connection.prepare(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let mut rows = statement.query([]).unwrap();
        while rows.next().unwrap_or_else(|error| panic!("{query}: {error}")).is_some() {}
    }
    let columns = |table: &str| {
        let statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        statement.column_names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    for table in [
        "records",
        "documents",
        "nodes",
        "figures",
        "edges",
        "evidence",
        "mentions",
        "quotes",
        "merge_decisions",
    ] {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{table}` |"))).unwrap();
        assert!(row.ends_with(&format!("| {} |", columns(table))), "{table}: {}", columns(table));
    }
}
