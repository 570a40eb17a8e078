//! The same articles in every form that is read: the same records.

use std::io::Write;
use std::process::{Command, Stdio};

use newsgraph_record::Record;

use crate::{Folder, ids, stderr};

const TEXTS: [&str; 3] = [
    "The council of Port Ellis voted on Tuesday to keep the old bridge open, after residents said that closing it would \
     cut the harbour off from the town. The vote was seven to four.\n\n“We heard the people of the harbour, and we will \
     not leave them on an island,” Mayor Ann Lee said after the vote, which ended a debate of more than two years about \
     the costs of the repair.",
    "France and Italy signed an agreement in Rome on Friday that lets their coast guards work together, officials of both \
     countries said. It was the first such agreement for ten years.\n\nThe Italian foreign minister told reporters that \
     the talks had been “long, and sometimes loud,” but that nobody had left the table before the text was agreed.",
    "The finance minister of Norway resigned on Monday after a newspaper reported that he had not paid taxes on a house \
     in Spain. He denied the report, and said that he would go to court.\n\nThe prime minister thanked him for his work \
     and named his deputy as his successor until parliament meets again in the autumn, when a vote is expected.",
];

fn json(index: usize) -> String {
    serde_json::json!({"id": index.to_string(), "text": TEXTS[index], "title": "T"}).to_string()
}

fn json_lines() -> String {
    (0..TEXTS.len()).map(|index| json(index) + "\n").collect()
}

fn csv() -> String {
    let row = |(index, text): (usize, &&str)| format!("{index},T,\"{text}\"\n");
    "article_id,headline,content\n".to_owned() + &TEXTS.iter().enumerate().map(row).collect::<String>()
}

fn page(text: &str) -> String {
    let paragraphs: String = text.split("\n\n").map(|p| format!("<p>{p}</p>")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>T</title></head><body><nav><a href=\"/\">Home</a></nav><article>{paragraphs}</article></body></html>"
    )
}

fn warc() -> Vec<u8> {
    let record = |(index, text): (usize, &&str)| {
        let block =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n{}", page(text));
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <{index}>\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let redirection =
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 19\r\n\r\nHTTP/1.1 301 No\r\n\r\n\r\n\r\n";
    (TEXTS.iter().enumerate().map(record).collect::<String>() + redirection).into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstandard(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// The records without what only some forms can say.
fn records(lines: &[u8]) -> Vec<Record> {
    let record = |line: &str| {
        let record = Record::from_line(line).unwrap();
        Record { id: String::new(), title: None, source: None, url: None, ..record }
    };
    std::str::from_utf8(lines).unwrap().lines().map(record).collect()
}

#[test]
fn every_form_gives_the_records_of_plain_text() {
    let folder = Folder::new();
    for (index, text) in TEXTS.iter().enumerate() {
        folder.write(&format!("plain/{index}.txt"), text);
        folder.write(&format!("pages/{index}.html"), page(text));
        folder.write(&format!("packed/{index}.txt.gz"), gzip(text.as_bytes()));
    }
    let lines = json_lines();
    let (first, second) = lines.split_at(lines.find('\n').unwrap() + 20);
    folder.write("a.jsonl.zst", [zstandard(first.as_bytes()), zstandard(second.as_bytes())].concat());
    folder.write("a.jsonl.gz", [gzip(first.as_bytes()), gzip(second.as_bytes())].concat());
    folder.write("a.csv", csv());
    folder.write("a.warc.gz", gzip(&warc()));
    folder.write("a.utf16", csv().encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());

    let plain = folder.run(&["extract", "plain"]);
    assert_eq!(plain.status.code(), Some(0));
    let expected = records(&plain.stdout);
    assert!(expected.iter().all(|record| !record.quotes.is_empty() && !record.events.is_empty()));
    for input in ["pages", "packed", "a.jsonl.zst", "a.jsonl.gz", "a.csv", "a.warc.gz", "pl*/?.txt"] {
        let output = folder.run(&["extract", input, "--jobs", "2"]);
        assert_eq!(output.status.code(), Some(0), "{input}: {}", stderr(&output));
        assert_eq!(records(&output.stdout), expected, "{input}");
    }
    let output = folder.run(&["extract", "--input-format", "csv", "a.utf16"]);
    assert_eq!(records(&output.stdout), expected);
    let packed = String::from_utf8(folder.run(&["extract", "packed"]).stdout).unwrap();
    assert_eq!(ids(&packed), ["0.txt", "1.txt", "2.txt"]);
    let said = stderr(&folder.run(&["extract", "a.warc.gz"]));
    assert!(said.contains("note: 1 record left aside: answers of servers that are no pages"), "{said}");
}

#[test]
fn standard_input_is_unpacked_and_fields_can_be_named() {
    let folder = Folder::new();
    let line = serde_json::json!({"number": 7, "words": TEXTS[0], "text": "Not this.", "day": "1 July 2025"})
        .to_string();
    let mut child = Command::new(env!("CARGO_BIN_EXE_newsgraph"))
        .args(["extract", "-", "--text-field", "words", "--id-field", "number", "--published-field", "day"])
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&gzip(line.as_bytes())).unwrap();
    let output = child.wait_with_output().unwrap();
    let record = Record::from_line(std::str::from_utf8(&output.stdout).unwrap().trim_end()).unwrap();
    assert_eq!((record.id.as_str(), record.text.as_str()), ("7", TEXTS[0]));
    assert_eq!(record.published.as_deref(), Some("2025-07-01"));
}

#[test]
fn a_gzip_that_is_cut_off_gives_all_complete_documents() {
    let folder = Folder::new();
    // Words that do not repeat, so that the packed data are long enough to be cut in the middle.
    let noise = |n: usize| {
        (0..400).map(|i| format!("{:x} ", (n * 7919 + i * 104_729) % 1_000_003)).collect::<String>()
    };
    let lines: String = (0..40)
        .map(|n| {
            serde_json::json!({"id": n.to_string(), "text": format!("{} {}", TEXTS[n % 3], noise(n))})
                .to_string()
                + "\n"
        })
        .collect();
    let packed = gzip(lines.as_bytes());
    folder.write("cut.jsonl.gz", &packed[..packed.len() / 2]);
    let output = folder.run(&["extract", "cut.jsonl.gz"]);
    assert_eq!(output.status.code(), Some(1));
    let found = ids(std::str::from_utf8(&output.stdout).unwrap());
    assert!(found.len() > 10 && found.len() < 40, "{}", found.len());
    assert_eq!(found, (0..found.len()).map(|n| n.to_string()).collect::<Vec<_>>());
    let said = stderr(&output);
    let message = format!("skipped: cut.jsonl.gz:{}: cannot be read: gzip data cut off: ", found.len() + 1);
    assert!(said.contains(&message), "{said}");
}

#[test]
fn other_languages_are_skipped_and_counted() {
    let folder = Folder::new();
    let german = "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke offen zu halten, nachdem Anwohner erklärt hatten, \
        ihre Schließung würde den Hafen von der Stadt abschneiden. Die Abstimmung endete mit sieben zu vier Stimmen.";
    folder.write("in/a.txt", TEXTS[0]);
    folder.write("in/b.txt", german);
    folder.write("in/c.txt", "Le pont.");
    let output = folder.run(&["extract", "in"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(std::str::from_utf8(&output.stdout).unwrap()), ["a.txt", "c.txt"]);
    let said = stderr(&output);
    assert!(said.contains("skipped: in/b.txt: not in English: German"), "{said}");
    assert!(said.contains("note: 1 document not in English"), "{said}");
    let output = folder.run(&["extract", "in", "--any-language"]);
    assert_eq!(output.status.code(), Some(0));
    let languages: Vec<_> = records(&output.stdout).into_iter().map(|record| record.language).collect();
    assert_eq!(languages, [Some("en".to_owned()), Some("de".to_owned()), None]);
}

#[test]
fn furniture_is_marked_and_nothing_is_read_from_it() {
    let folder = Folder::new();
    let text = "Old bridge stays open\nBy Ann Lee\nPARIS (AP) — The mayor said that the bridge stays open.\n\
        Sign up for our newsletter and follow what ministers said.\nwith DPA and AFP\n";
    folder.write("a.txt", text);
    let output = folder.run(&["extract", "a.txt"]);
    let record = Record::from_line(std::str::from_utf8(&output.stdout).unwrap().trim_end()).unwrap();
    let kinds: Vec<_> = record.furniture.iter().map(|piece| piece.kind.as_str()).collect();
    assert_eq!(kinds, ["byline", "dateline", "teaser", "credit"]);
    assert_eq!((record.byline.as_deref(), record.dateline.as_deref()), (Some("Ann Lee"), Some("PARIS")));
    assert_eq!(record.agencies, ["AP", "DPA", "AFP"]);
    let teaser = record.furniture[2].span;
    let inside = |span: &[u32; 2]| teaser[0] < span[1] && span[0] < teaser[1];
    assert!(record.quotes.iter().flat_map(|quote| &quote.cue).any(|span| !inside(span)));
    assert!(!record.quotes.iter().flat_map(|quote| &quote.cue).any(inside));
    assert!(!record.events.iter().flat_map(|event| &event.trigger).any(inside));
}
