//! Runs the files of `tests/quotations`: each heading is one construction, a text and a table of its quotations.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::fmt::Write;
use std::path::Path;

use newsgraph_token::{QuotationKind, Segmentation, Segmenter};

/// The table rows that the quotations of `text` give.
fn rows(text: &str) -> String {
    let mut layers = Segmentation::default();
    Segmenter::new().segment(text, &mut layers);
    let mut rows = String::new();
    for quotation in layers.quotations() {
        let kind = match quotation.kind {
            QuotationKind::Utterance => "utterance",
            QuotationKind::Title => "title",
            QuotationKind::Fragment => "fragment",
        };
        let marks = if quotation.closed { "closed" } else { "open" };
        let continues = quotation.continues.map_or(String::new(), |row| format!(", continues {}", row + 1));
        writeln!(
            rows,
            "| {} | {kind} | {marks}{continues} | {} |",
            quotation.depth,
            quotation.inner.of(text).trim()
        )
        .unwrap();
    }
    rows
}

/// Every heading of `file` with its text and its table rows.
fn cases(file: &str) -> Vec<(String, String, String)> {
    file.split("\n## ")
        .skip(1)
        .map(|section| {
            let (heading, body) = section.split_once('\n').unwrap();
            let text = body.split("```text\n").nth(1).unwrap().split("\n```").next().unwrap();
            let table: Vec<&str> = body.lines().filter(|line| line.starts_with('|')).skip(2).collect();
            let rows = table.iter().fold(String::new(), |all, row| all + row + "\n");
            (heading.to_owned(), text.to_owned(), rows)
        })
        .collect()
}

#[test]
fn every_construction_has_the_quotations_of_its_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quotations");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut checked, mut wrong) = (0, String::new());
    for path in paths {
        for (heading, text, expected) in cases(&std::fs::read_to_string(&path).unwrap()) {
            let found = rows(&text);
            checked += 1;
            if found != expected {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                writeln!(wrong, "{name}: {heading}\n{text}\nexpected\n{expected}found\n{found}").unwrap();
            }
        }
    }
    assert!(checked > 40, "only {checked} constructions were found");
    assert!(wrong.is_empty(), "{wrong}");
}
