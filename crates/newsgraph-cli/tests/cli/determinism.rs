//! The same bytes for any number of threads and, for the graph, any order of inputs.

use std::fs;

use crate::{ARTICLES, Folder};

/// Enough articles for several batches: the three, over and over, each a little different.
fn many() -> String {
    let article = |i: usize| {
        let article = ARTICLES[i % 3].replacen("\"text\": \"", &format!("\"text\": \"Day {i} began. "), 1);
        article.replacen("\"id\": \"", &format!("\"id\": \"{i}-"), 1)
    };
    (0..300).map(|i| article(i) + "\n").collect()
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = Folder::new();
    folder.write("in.jsonl", many());
    for command in [&["extract", "--tokens"][..], &["parse"]] {
        let run = |jobs: &str| {
            let output = folder.run(&[command, &["in.jsonl", "--jobs", jobs]].concat());
            assert_eq!(output.status.code(), Some(0));
            output.stdout
        };
        let one = run("1");
        assert!(one.len() > 50_000, "{command:?}: {} bytes", one.len());
        for jobs in ["2", "7"] {
            assert!(run(jobs) == one, "{command:?} with {jobs} threads differs");
        }
    }
}

#[test]
fn a_graph_does_not_depend_on_threads_order_or_detour() {
    let folder = Folder::new();
    let lines: Vec<String> = many().lines().take(60).map(str::to_owned).collect();
    folder.write("in/a.jsonl", lines[..20].join("\n"));
    folder.write("in/b.jsonl", lines[20..40].join("\n"));
    folder.write("in/c.jsonl", lines[40..].join("\n"));
    let reversed: Vec<&str> = lines[40..].iter().rev().map(String::as_str).collect();
    folder.write("reversed/c.jsonl", reversed.join("\n"));
    assert!(folder.run(&["extract", "in/b.jsonl", "-o", "b-records.jsonl"]).status.success());

    let runs: [&[&str]; 5] = [
        &["in", "--jobs", "1"],
        &["in", "--jobs", "2"],
        &["in/c.jsonl", "in/a.jsonl", "in/b.jsonl", "--jobs", "3"],
        &["in/b.jsonl", "in/c.jsonl", "in/a.jsonl"],
        &["in/c.jsonl", "b-records.jsonl", "in/a.jsonl"],
    ];
    let mut graphs = Vec::new();
    for (i, inputs) in runs.iter().enumerate() {
        let out = format!("out-{i}");
        let output = folder.run(&[&["graph", "-o", &out], *inputs].concat());
        assert_eq!(output.status.code(), Some(0), "{}", crate::stderr(&output));
        let files = crate::names(&folder.path(&out));
        assert_eq!(
            files,
            ["edges.csv", "evidence.csv", "graph.db", "graph.dot", "mentions.csv", "nodes.csv"]
        );
        // The database has the same rows, but the order of its pages is that of the inputs.
        let files = files.iter().filter(|file| *file != "graph.db");
        graphs.push(files.map(|f| fs::read(folder.path(&out).join(f)).unwrap()).collect::<Vec<_>>());
    }
    assert!(graphs[0].iter().all(|file| !file.is_empty()));
    for (i, graph) in graphs.iter().enumerate() {
        assert!(*graph == graphs[0], "{:?} differs", runs[i]);
    }
}

#[test]
fn adding_and_merging_give_the_graph_of_one_run() {
    let folder = Folder::new();
    let lines: Vec<String> = many().lines().take(30).map(str::to_owned).collect();
    folder.write("a.jsonl", lines[..10].join("\n"));
    folder.write("b.jsonl", lines[10..].join("\n"));
    folder.write("ours.csv", "apart,Nobody Known,Nobody Else\n");
    let run = |args: &[&str]| assert_eq!(folder.run(args).status.code(), Some(0), "{args:?}");
    run(&[
        "graph",
        "a.jsonl",
        "b.jsonl",
        "-o",
        "whole",
        "--graphml",
        "--explain-merges",
        "--merges",
        "ours.csv",
    ]);
    run(&["graph", "a.jsonl", "--into", "grown", "--graphml", "--explain-merges", "--merges", "ours.csv"]);
    run(&["graph", "b.jsonl", "--into", "grown"]);
    run(&["graph", "b.jsonl", "-o", "part"]);
    run(&["graph", "a.jsonl", "-o", "other", "--merges", "ours.csv"]);
    run(&["merge", "part", "other", "-o", "merged", "--graphml", "--explain-merges", "--jobs", "1"]);
    run(&["merge", "other", "part", "-o", "threads", "--graphml", "--explain-merges", "--jobs", "3"]);
    for name in crate::names(&folder.path("whole")).iter().filter(|name| *name != "graph.db") {
        let whole = fs::read(folder.path("whole").join(name)).unwrap();
        for other in ["grown", "merged", "threads"] {
            assert!(whole == fs::read(folder.path(other).join(name)).unwrap(), "{name} of {other} differs");
        }
    }
    let answer = folder.run(&["query", "grown", "--speaker", "Nobody Known"]);
    assert_eq!(answer.status.code(), Some(2), "{}", crate::stderr(&answer));
}
