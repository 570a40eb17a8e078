//! The files: one meaning whatever the order of records, and harmless whatever the texts.

#![allow(clippy::unwrap_used, reason = "a failing test may say where")]

mod support;

use newsgraph_graph::{
    Dialect, DotOptions, EDGE_COLUMNS, EVIDENCE_COLUMNS, Graph, GraphBuilder, MENTION_COLUMNS, NODE_COLUMNS,
};
use newsgraph_record::Record;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use support::{Doc, three_articles};

/// Name and content of each file.
type Files = BTreeMap<&'static str, String>;

fn files(graph: &Graph) -> Files {
    let text = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    BTreeMap::from([
        ("nodes.csv", text(&|out| graph.write_nodes_csv(out, Dialect::Plain))),
        ("edges.csv", text(&|out| graph.write_edges_csv(out, Dialect::Plain))),
        ("evidence.csv", text(&|out| graph.write_evidence_csv(out, Dialect::Plain))),
        ("mentions.csv", text(&|out| graph.write_mentions_csv(out, Dialect::Plain))),
        ("graph.dot", text(&|out| graph.write_dot(out, DotOptions::default()))),
    ])
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let cells = |row: csv::StringRecord| header.iter().zip(&row).map(|(c, v)| (c.into(), v.into())).collect();
    reader.records().map(|row| cells(row.unwrap())).collect()
}

/// Every rule of the contract that can be seen in the files themselves.
fn assert_lawful(files: &Files) {
    for (name, columns) in [
        ("nodes.csv", &NODE_COLUMNS[..]),
        ("edges.csv", &EDGE_COLUMNS),
        ("evidence.csv", &EVIDENCE_COLUMNS),
        ("mentions.csv", &MENTION_COLUMNS),
    ] {
        let text = &files[name];
        assert!(!text.starts_with('\u{feff}') && text.ends_with('\n') && !text.contains('\r'), "{name}");
        assert_eq!(text.lines().next().unwrap(), columns.join(","), "{name}");
        assert_eq!(text.matches('\n').count(), rows(text).len() + 1, "{name}: a row is a line");
        for cell in rows(text).iter().flat_map(BTreeMap::values) {
            let bad = |c: char| {
                c.is_control() || matches!(c, '\\' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!cell.contains(bad), "{name}: {cell:?}");
            assert!(cell.chars().count() <= 1_000, "{name}: {cell:?}");
        }
    }
    let (nodes, edges) = (rows(&files["nodes.csv"]), rows(&files["edges.csv"]));
    let ids: BTreeSet<&str> = nodes.iter().map(|n| &*n["id"]).collect();
    let edge_ids: BTreeSet<&str> = edges.iter().map(|e| &*e["id"]).collect();
    assert_eq!((ids.len(), edge_ids.len()), (nodes.len(), edges.len()), "ids are unique");
    let plain = |id: &str| {
        id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(|c| c.is_alphanumeric())
    };
    assert!(ids.union(&edge_ids).all(|id| plain(id)));
    for edge in &edges {
        assert!(ids.contains(&*edge["source"]) && ids.contains(&*edge["target"]), "ends are nodes");
        let kind = &edge["kind"];
        assert!(kind.starts_with(|c: char| c.is_ascii_uppercase()), "{kind:?}");
        assert!(kind.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'), "{kind:?}");
        assert!(edge["weight"].bytes().all(|b| b.is_ascii_digit()) && edge["weight"] != "0");
    }
    let shown: BTreeSet<String> =
        rows(&files["evidence.csv"]).iter().map(|row| row["edge"].clone()).collect();
    assert_eq!(shown.len(), edges.len(), "every edge has evidence, and nothing else has");
    assert!(rows(&files["mentions.csv"]).iter().all(|row| ids.contains(&*row["node"])));
    assert_drawable(&files["graph.dot"]);
}

/// Nothing in DOT stands outside its string: each line is one of those that the writer knows.
fn assert_drawable(dot: &str) {
    for line in dot.lines() {
        let mut bare = String::new();
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            bare.push(c);
            if c == '"' {
                loop {
                    match chars.next().expect("every string ends on its line") {
                        '"' => break,
                        '\\' => assert!(matches!(chars.next(), Some('\\' | '"' | 'n')), "{line}"),
                        _ => {}
                    }
                }
            }
        }
        let shape = bare.trim().trim_end_matches(|c: char| c.is_ascii_digit() || ".];".contains(c));
        let known = [
            "digraph newsgraph {",
            "}",
            "graph [",
            "node [",
            "edge [",
            "\" [label=\", shape=",
            "\" -> \" [label=\", penwidth=",
            "subgraph cluster_",
            "style=\"; color=\"; margin=",
        ];
        assert!(known.iter().any(|k| shape.starts_with(k)) || shape.is_empty(), "{line:?} is {shape:?}");
    }
}

#[test]
fn files_of_the_three_articles_are_lawful() {
    let graph = three_articles().iter().collect::<GraphBuilder>().finish();
    let files = files(&graph);
    assert_lawful(&files);
    assert_eq!(rows(&files["nodes.csv"]).len(), graph.node_count());
    assert_eq!(rows(&files["edges.csv"]).len(), graph.edge_count());
    assert_lawful(&self::files(&GraphBuilder::new().finish()));
}

#[test]
fn rows_read_as_written() {
    let record = Doc::new("d1", "Ann Lee (\"AL\") said no deal.")
        .published("Herald, The", "2025-07-01")
        .entity("Ann Lee", "PERSON", Some("k1"), &["Ann Lee", "\"AL\""])
        .roles(&["mayor of Oslo", "poet; singer"])
        .quote(Some(0), "Ann Lee", "said", "no deal")
        .record();
    let files = files(&[record].iter().collect::<GraphBuilder>().finish());
    let nodes = rows(&files["nodes.csv"]);
    let ann = nodes.iter().find(|n| n["label"] == "Ann Lee").unwrap();
    assert_eq!(
        ["type", "kb", "aliases", "roles", "mentions", "documents", "first", "latitude"].map(|c| &*ann[c]),
        ["PERSON", "k1", "\"AL\"", "mayor of Oslo;poet, singer", "2", "1", "2025-07-01", ""]
    );
    let edges = rows(&files["edges.csv"]);
    assert_eq!(
        ["kind", "weight", "label", "type_plover", "polarity", "documents", "sources", "confidence"]
            .map(|c| &*edges[0][c]),
        ["SAID", "1", "said", "", "", "1", "1", "0.8"]
    );
    assert_eq!(
        files["evidence.csv"],
        format!(
            "edge,document,start,end,text,outlet,published\n\
             {},d1,0,28,\"Ann Lee (\"\"AL\"\") said no deal.\",\"Herald, The\",2025-07-01\n",
            edges[0]["id"]
        )
    );
    let node = &ann["id"];
    assert_eq!(
        files["mentions.csv"],
        format!(
            "node,document,entity,start,end,form,text\n\
             {node},d1,0,0,7,name,Ann Lee\n\
             {node},d1,0,9,13,name,\"\"\"AL\"\"\"\n"
        )
    );
}

/// A record in which every string that a user controls is `nasty`.
fn nasty_record(nasty: &str) -> Record {
    let text = format!("{nasty} said x{nasty} to Kyiv.");
    let length = text.chars().count() as u32;
    let name = nasty.chars().count() as u32;
    let mut record = Doc::new("d", "").record();
    record.sentences = vec![[0, length]];
    record.text = text;
    record.id = format!("{nasty}.txt");
    (record.source, record.published) = (Some(nasty.into()), Some(nasty.into()));
    let template = Doc::new("t", "Ann met Kyiv now")
        .entity(nasty, "ORG", Some(nasty), &["Ann"])
        .roles(&[nasty])
        .entity("Kyiv", "GPE", None, &["Kyiv"])
        .entity(nasty, nasty, None, &["now"])
        .quote(Some(0), "Ann", "met", "Kyiv")
        .event(nasty, "met", &["Ann"], &["Kyiv"])
        .argument("place", "now")
        .record();
    (record.entities, record.quotes, record.events) = (template.entities, template.quotes, template.events);
    record.entities[0].mentions[0].span = [0, name];
    record.entities[0].mentions[0].form = nasty.into();
    record.quotes[0].content = vec![[name + 6, name + 7 + name]];
    let event = &mut record.events[0];
    event.modes = vec![nasty.into()];
    (event.lemma, event.polarity, event.modality) = (nasty.into(), nasty.into(), nasty.into());
    record
}

#[test]
fn nasty_labels_are_harmless() {
    let long = "long ".repeat(1_000);
    for nasty in [
        "a\nb\r\nc\td",
        "\u{0}\u{1b}[2J\u{7f}\u{9c}",
        "C:\\temp\\",
        "abc\u{202e}gpj.exe",
        "\u{2066}isolated\u{2069}",
        "\"quoted\" 'single' ,comma;semicolon",
        "=cmd|' /C calc'!A0",
        "&amp;<b>&#10;",
        "\\N\\l\"]; x [label=\"",
        "👩\u{200d}🚀🇺🇦",
        "\u{feff}bom",
        "\u{2028}\u{2029}\u{85}",
        "}\n//",
        "",
        " ",
        &long,
    ] {
        let graph = [nasty_record(nasty)].iter().collect::<GraphBuilder>().finish();
        assert!(graph.edge_count() > 0, "{nasty:?}");
        assert_lawful(&files(&graph));
    }
}

/// Records that have much in common, some of the same id, some of the same text with other metadata.
fn some_record() -> impl Strategy<Value = Record> {
    let people = ["Ann Lee", "Bo Ek", "Lee", "Volodymyr Zelensky", "Volodymyr Zelenskiy"];
    let dates = [None, Some("2025-07-01"), Some("2025-07-03"), Some("2025-07"), Some("2025-07-20")];
    let published = [None, Some("2025-07-01"), Some("2025-07-04T09:00:00Z"), Some("2025-07-25")];
    let person = || proptest::sample::select(people.to_vec());
    (
        (0..4_u8, 0..3_u8, person(), person(), proptest::bool::ANY),
        (proptest::sample::select(dates.to_vec()), proptest::sample::select(published.to_vec())),
        proptest::sample::select(vec!["CONSULT", "ASSAULT", ""]),
        proptest::option::of(proptest::sample::select(vec!["Herald", "Courier"])),
    )
        .prop_map(|((id, version, one, other, linked), (date, published), plover, outlet)| {
            let text = format!("{one} met {other} x.\nOn {version} {one} said it was a success.");
            let kb = linked.then_some("q7");
            let mut doc = Doc::new(&format!("d{id}"), &text)
                .entity(one, "PERSON", kb, &[one])
                .entity(&format!("{other} x"), "PERSON", None, &[&format!("{other} x")])
                .roles(&["mayor"])
                .quote(Some(0), one, "said", "it was a success")
                .event(plover, "met", &[one], &[&format!("{other} x")]);
            doc.last_event().date = date.map(str::to_owned);
            doc.last_event().quote = Some(0);
            let mut record = doc.record();
            record.published = published.map(str::to_owned);
            record.source = outlet.map(str::to_owned);
            record
        })
}

/// Records with a number each: which builder takes it, and when.
fn dealt() -> impl Strategy<Value = Vec<(Record, usize, u32)>> {
    proptest::collection::vec((some_record(), 0..3_usize, any::<u32>()), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any order, any split over builders, any order of merging, any repetition: the same bytes.
    #[test]
    fn neither_order_nor_grouping_shows(mut dealt in dealt(), twice in 0..12_usize) {
        let expected = files(&dealt.iter().map(|(record, ..)| record).collect::<GraphBuilder>().finish());
        dealt.sort_by_key(|(.., order)| *order);
        if let Some(again) = dealt.get(twice).cloned() {
            dealt.push(again);
        }
        let mut parts = vec![GraphBuilder::new(); 3];
        for (record, part, _) in &dealt {
            parts[*part].add(record);
        }
        let [a, b, c]: [GraphBuilder; 3] = parts.try_into().unwrap();
        let (mut left, mut right) = (a.clone(), c.clone());
        left.merge(b.clone());
        left.merge(c);
        right.merge(b);
        right.merge(a);
        prop_assert_eq!(&files(&left.finish()), &expected);
        prop_assert_eq!(&files(&right.finish()), &expected);
        assert_lawful(&expected);
    }

    /// Ids of entities and utterances, and of events on a named day, outlive any later document, unless that document
    /// links the very name to the gazetteer.
    #[test]
    fn ids_stay(dealt in dealt(), later in some_record()) {
        let builder: GraphBuilder = dealt.iter().map(|(record, ..)| record).collect();
        let mut more = builder.clone();
        more.add(&later);
        let more = more.finish();
        let after: BTreeSet<String> = more.nodes().map(|n| n.id.clone()).collect();
        let linked: BTreeSet<&str> = more
            .joinings()
            .filter(|(_, joining)| joining.rule == "the full name of one linked entity")
            .map(|(_, joining)| &*joining.variant)
            .collect();
        for node in builder.finish().nodes() {
            let stays = &*node.kind != "EVENT" || node.date.as_ref().is_some_and(|date| date.len() == 10);
            let speaks = |quote: &newsgraph_graph::Node| &*quote.kind == "QUOTE" && !linked.is_empty();
            let joined = linked.contains(&*node.label) || speaks(node) || (!linked.is_empty() && &*node.kind == "EVENT");
            prop_assert!(!stays || joined || after.contains(&node.id), "{}", node.label);
        }
    }

    #[test]
    fn any_text_is_harmless(nasty in any::<String>()) {
        let graph = [nasty_record(&nasty)].iter().collect::<GraphBuilder>().finish();
        assert_lawful(&files(&graph));
    }

    /// Records that no program made: reading them never panics.
    #[test]
    fn broken_records_do_no_harm(
        mut record in some_record(),
        spans in proptest::collection::vec([0..200_u32, 0..200_u32], 8),
        references in proptest::collection::vec(proptest::option::of(0..9_u32), 4),
    ) {
        record.sentences = vec![spans[0], spans[1]];
        record.entities[0].mentions[0].span = spans[2];
        record.quotes[0].content = vec![spans[3], spans[4]];
        record.quotes[0].cue = vec![spans[5]];
        (record.quotes[0].speaker, record.quotes[0].nested_in) = (references[0], references[1]);
        record.events[0].actors[0].span = spans[6];
        record.events[0].trigger = vec![spans[7]];
        (record.events[0].actors[0].entity, record.events[0].quote) = (references[2], references[3]);
        assert_lawful(&files(&[record].iter().collect::<GraphBuilder>().finish()));
    }
}
