//! Runs the Markdown files of `tests/quotes`: a construction a heading, its text as a block quote, and below it
//! the attributions that must be found, each a list of fields. Attributions that are not listed must not be found.
//! Constructions of `known.md` are known to fail: each must.

#![allow(clippy::unwrap_used)] // in a test a panic is the report

use std::fs;
use std::path::Path;

use newsgraph::{Document, Pipeline, Record, RecordOptions};

/// One attribution as a test file states it.
#[derive(Debug, Default, PartialEq)]
struct Expected {
    fields: Vec<(String, String)>,
}

#[test]
fn constructions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quotes");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let pipeline = Pipeline::new();
    let mut worker = pipeline.worker();
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in files {
        let markdown = fs::read_to_string(&file).unwrap();
        for section in markdown.split("\n## ").skip(1) {
            let (heading, text, expected) = read(section);
            let document = Document { id: heading.clone(), text, ..Document::default() };
            let record = worker.record(document, RecordOptions::default());
            count += 1;
            let found: Vec<String> = record.quotes.iter().map(|q| describe(&record, q)).collect();
            let right = record.quotes.len() == expected.len()
                && expected.iter().all(|e| record.quotes.iter().any(|q| fits(&record, q, e)));
            let known = file.file_stem().is_some_and(|name| name == "known");
            if right == known {
                wrong.push(format!("{heading}\n  expected {expected:?}\n  found    {found:?}"));
            }
        }
    }
    assert!(count > 0, "no test files");
    assert!(wrong.is_empty(), "{} of {count} constructions:\n{}", wrong.len(), wrong.join("\n"));
}

fn read(section: &str) -> (String, String, Vec<Expected>) {
    let mut lines = section.lines();
    let heading = lines.next().unwrap_or_default().to_owned();
    let mut text = Vec::new();
    let mut expected: Vec<Expected> = Vec::new();
    let mut open = false;
    for line in lines {
        if let Some(quoted) = line.strip_prefix('>') {
            text.push(quoted.strip_prefix(' ').unwrap_or(quoted).to_owned());
        } else if let Some(field) = line.strip_prefix("- ") {
            if !open {
                expected.push(Expected::default());
                open = true;
            }
            let (key, value) = field.split_once(": ").expect("a field has a colon");
            expected.last_mut().unwrap().fields.push((key.to_owned(), value.to_owned()));
        } else {
            open = false;
        }
    }
    (heading, text.join("\n"), expected)
}

fn slice(record: &Record, span: newsgraph::record::Span) -> String {
    record.text.chars().skip(span[0] as usize).take((span[1] - span[0]) as usize).collect()
}

fn describe(record: &Record, quote: &newsgraph::record::Quote) -> String {
    let part = |spans: &[newsgraph::record::Span]| {
        spans.iter().map(|&s| slice(record, s)).collect::<Vec<_>>().join(" | ")
    };
    let (source, cue, content) = (part(&quote.source), part(&quote.cue), part(&quote.content));
    format!("[{source}] [{cue}] [{content}] {} {} speaker {:?}", quote.form, quote.kind, quote.speaker)
}

fn fits(record: &Record, quote: &newsgraph::record::Quote, expected: &Expected) -> bool {
    let listed = |key: &str| -> Vec<String> {
        expected.fields.iter().filter(|(k, _)| k == key).map(|(_, v)| v.clone()).collect()
    };
    let spans = |spans: &[newsgraph::record::Span]| -> Vec<String> {
        spans.iter().map(|&s| slice(record, s)).collect()
    };
    let name = |entity: Option<u32>| entity.map(|e| record.entities[e as usize].name.clone());
    expected.fields.iter().all(|(key, value)| match key.as_str() {
        "source" => spans(&quote.source) == listed("source"),
        "cue" => spans(&quote.cue) == listed("cue"),
        "content" => spans(&quote.content) == listed("content"),
        "speaker" => name(quote.speaker).as_deref() == Some(value),
        "addressee" => name(quote.addressee).as_deref() == Some(value),
        "form" => quote.form == *value,
        "kind" => quote.kind == *value,
        "nested" => quote.nested_in.is_some(),
        _ => panic!("unknown field {key:?}"),
    })
}
