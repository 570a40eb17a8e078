//! Standard input and output, and who goes away when.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::{ARTICLES, Folder, ids, stderr};

#[test]
fn standard_input_is_json_lines_or_a_text() {
    let lines = ARTICLES.join("\n");
    let rows: [(&str, &str, &[&str]); 2] =
        [("JSON Lines", &lines, &["call", "port", "stdin#3"]), ("a text", "Peace came.", &["stdin"])];
    for (name, input, expected) in rows {
        let folder = Folder::new();
        let mut child =
            folder.newsgraph(&["extract", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{name}");
        assert_eq!(ids(&String::from_utf8(output.stdout).unwrap()), expected, "{name}");
    }
}

#[test]
fn a_reader_that_goes_away_is_success() {
    let folder = Folder::new();
    // More than a pipe holds.
    folder.write("in.jsonl", (ARTICLES.join("\n") + "\n").repeat(150));
    for command in ["extract", "parse"] {
        let mut child = folder
            .newsgraph(&[command, "in.jsonl"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{command}");
    }
}

#[test]
fn the_output_is_never_an_input() {
    let folder = Folder::new();
    folder.write("in/a.jsonl", ARTICLES.join("\n"));
    for _ in 0..2 {
        let output = folder.run(&["extract", "in", "-o", "in/records.jsonl"]);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(ids(&folder.read("in/records.jsonl")), ["call", "port", "a.jsonl#3"]);
    }
}

#[test]
fn dates_and_text_arrive_as_promised() {
    let folder = Folder::new();
    folder.write("in.jsonl", format!("\u{feff}{}\r\n{}", ARTICLES[0], ARTICLES[1]));
    let output = folder.run(&["extract", "in.jsonl"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let records: Vec<_> = lines.lines().map(|l| newsgraph_record::Record::from_line(l).unwrap()).collect();
    assert_eq!(records[0].published.as_deref(), Some("2025-07-01"));
    assert_eq!(records[0].source.as_deref(), Some("Harbour Wire"));
    assert_eq!(records[1].title.as_deref(), Some("Ports"));
    assert!(records[1].text.contains("Istanbul.\n\nThe UN"));
    assert_eq!(records[0].tokens, None);
}

#[test]
fn summaries_and_problems_go_to_stderr_in_order() {
    let folder = Folder::new();
    let lines: String =
        (0..300).map(|i| if i % 100 == 99 { "oops\n" } else { "{\"text\": \"Peace.\"}\n" }).collect();
    folder.write("in.jsonl", lines);
    let output = folder.run(&["parse", "in.jsonl", "--jobs", "4"]);
    let said = stderr(&output);
    let places: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("newsgraph: skipped: in.jsonl:")).collect();
    let numbers: Vec<&str> = places.iter().filter_map(|place| place.split(':').next()).collect();
    assert_eq!(numbers, ["100", "200", "300"]);
    assert!(said.ends_with(
        "297 documents, 297 sentences, 0 entities, 0 quotes, 0 events, 3 inputs skipped, 0 damaged"
    ));
}
