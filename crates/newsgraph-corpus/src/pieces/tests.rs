use std::io::BufReader;

use newsgraph_record::Record;

use super::*;
use crate::piece::{Decoded, Item, Piece};

/// Reads everything: ids and texts, and messages.
fn read(bytes: &[u8], format: Option<Format>) -> (Vec<(String, String)>, Vec<String>) {
    let (mut documents, mut messages) = (Vec::new(), Vec::new());
    // A tiny buffer, so that marks and line feeds fall across its ends.
    let input = BufReader::with_capacity(3, bytes);
    for piece in Reader::new(input, Name::new("in"), format).longest(1000) {
        match piece.and_then(Piece::decode) {
            Ok(Decoded { item, notes }) => {
                messages.extend(notes.iter().map(ToString::to_string));
                let document = item.into_document();
                documents.push((document.id, document.text));
            }
            Err(error) => messages.push(error.to_string()),
        }
    }
    (documents, messages)
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(unit).collect()
}

#[test]
fn reads_texts_exactly() {
    let rows: &[(&str, Vec<u8>, &str)] = &[
        ("line ends and blanks stay", b" a\r\nb\rc\n\n ".to_vec(), " a\r\nb\rc\n\n "),
        ("a mark is dropped", "\u{FEFF}é".into(), "é"),
        ("a second mark is text", "\u{FEFF}\u{FEFF}é".into(), "\u{FEFF}é"),
        ("UTF-16, low byte first", utf16("“Ģ\u{0A0A}” 🙂\n", u16::to_le_bytes), "“Ģ\u{0A0A}” 🙂\n"),
        ("UTF-16, high byte first", utf16("“Ģ” 🙂\n", u16::to_be_bytes), "“Ģ” 🙂\n"),
        ("UTF-16 without a mark", utf16("Ships sailed.", u16::to_le_bytes)[2..].to_vec(), "Ships sailed."),
        (
            "the same, high byte first",
            utf16("Ships sailed.", u16::to_be_bytes)[2..].to_vec(),
            "Ships sailed.",
        ),
        ("NUL is a character", b"a\0b".to_vec(), "a\0b"),
    ];
    for (name, bytes, text) in rows {
        let (documents, messages) = read(bytes, None);
        assert_eq!(documents, [("in".to_owned(), text.to_string())], "{name}");
        assert_eq!(messages, [""; 0], "{name}");
    }
}

#[test]
fn reads_json_lines_in_every_encoding() {
    // U+0A0A and U+0A00 hold the bytes of a line feed; U+000A after U+0100 has one at an odd place.
    let lines = "{\"id\":\"1\",\"text\":\"é\u{0A0A}\u{0A00}Ā\"}\r\n\n{\"text\":\"b\\n\"}";
    let expected = [("1".to_owned(), "é\u{0A0A}\u{0A00}Ā".to_owned()), ("in#3".to_owned(), "b\n".to_owned())];
    let rows = [
        ("UTF-8", lines.as_bytes().to_vec()),
        ("UTF-8 with mark", format!("\u{FEFF}{lines}").into_bytes()),
        ("UTF-16, low byte first", utf16(lines, u16::to_le_bytes)),
        ("UTF-16, high byte first", utf16(lines, u16::to_be_bytes)),
    ];
    for (name, bytes) in rows {
        assert_eq!(read(&bytes, None), (expected.to_vec(), vec![]), "{name}");
    }
}

#[test]
fn reads_tables_in_every_form() {
    let table = "id,Title,text\n1,T,\"a, \"\"b\"\"\nc\"\n\n,T,é\n";
    let expected = [("1".to_owned(), "a, \"b\"\nc".to_owned()), ("in#4".to_owned(), "é".to_owned())];
    let rows = [
        ("commas", table.as_bytes().to_vec(), Format::Csv),
        (
            "line ends of Windows",
            table.replace('\n', "\r\n").replace("b\"\"\r\n", "b\"\"\n").into_bytes(),
            Format::Csv,
        ),
        (
            "semicolons",
            table.replace("a,", "a;").replace(',', ";").replace("a;", "a,").into_bytes(),
            Format::Csv,
        ),
        ("tabs", table.replace("a,", "a;").replace(',', "\t").replace("a;", "a,").into_bytes(), Format::Tsv),
        ("a mark", format!("\u{FEFF}{table}").into_bytes(), Format::Csv),
        ("UTF-16", utf16(table, u16::to_le_bytes), Format::Csv),
    ];
    for (name, bytes, format) in rows {
        let (documents, messages) = read(&bytes, Some(format));
        let texts: Vec<_> = documents.iter().map(|(_, text)| text).collect();
        assert_eq!(texts, [&expected[0].1, &expected[1].1], "{name}");
        assert_eq!(documents[0].0, "1", "{name}");
        assert_eq!(messages, [""; 0], "{name}");
    }
}

#[test]
fn one_bad_row_leaves_the_others() {
    let long = format!("text\na\n{}\ncaf\u{e9},1\n\"z\n", "x".repeat(9000));
    let (documents, messages) = read(long.as_bytes(), Some(Format::Csv));
    let texts: Vec<_> = documents.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["a", "café", "z\n"]);
    assert_eq!(messages, ["in:3: longer than 1000 bytes; split it into documents"]);
    let (_, messages) = read(b"id,name\n1,2\n", Some(Format::Csv));
    assert_eq!(messages, ["in:1: no column \"text\" among: id, name"]);
}

#[test]
fn one_bad_line_leaves_the_others() {
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(2000));
    let bytes = [
        &b"{\"text\":\"a\"}\n{\"text\":\n"[..],
        long.as_bytes(),
        b"\n{\"text\":\"caf\xE9\"}\n\n[]\n{\"schema\":\"newsgraph/1\"}\n{\"text\":\"z\"}",
    ]
    .concat();
    let (documents, messages) = read(&bytes, Some(Format::JsonLines));
    let texts: Vec<_> = documents.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    assert_eq!(texts, [("in#1", "a"), ("in#4", "café"), ("in#8", "z")]);
    assert_eq!(
        messages,
        [
            "in:2: not JSON: EOF while parsing a value (column 8)",
            "in:3: longer than 1000 bytes; split it into documents",
            "in:4: not UTF-8 at byte 12; read as Windows-1252",
            "in:6: not a JSON object; each line must be {\"text\": \"…\", …}",
            "in:7: not a document record: missing field `id` at line 1 column 24",
        ]
    );
}

#[test]
fn names_inputs_that_hold_nothing_or_too_much() {
    let rows: &[(&str, Option<Format>, Vec<u8>, &str)] = &[
        ("empty", None, vec![], "in: is empty"),
        ("a mark alone", Some(Format::Text), "\u{FEFF}".into(), "in: is empty"),
        (
            "too long",
            Some(Format::Text),
            vec![b'a'; 1001],
            "in: longer than 1000 bytes; split it into documents",
        ),
    ];
    for (name, format, bytes, message) in rows {
        assert_eq!(read(bytes, *format), (vec![], vec![message.to_string()]), "{name}");
    }
    assert_eq!(read(&[b'a'; 1000], Some(Format::Text)).0.len(), 1);
    assert_eq!(read(b"\n \n", Some(Format::JsonLines)), (vec![], vec![]));
}

#[test]
fn a_failing_input_ends_with_one_error() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk on fire"))
        }
    }
    let beginning = [b"{\"text\":\"a\"}\n", &[b' '; 2000][..]].concat();
    let input = BufReader::new(beginning.chain(Failing));
    let results: Vec<_> = Reader::new(input, Name::new("in"), None)
        .map(|r| r.map(|p| p.len()).map_err(|e| e.to_string()))
        .collect();
    assert_eq!(results, [Ok(13), Err("in:2: cannot be read: disk on fire".to_owned())]);
}

#[test]
fn recognises_records_made_earlier() {
    let record = Record { id: "a".into(), text: "x".into(), sentences: vec![[0, 1]], ..Record::default() };
    let line = record.to_line();
    let piece = Reader::new(line.as_bytes(), Name::new("in"), None).next().unwrap().unwrap();
    assert_eq!(piece.decode().unwrap().item, Item::Record(Box::new(record), line.clone()));

    let damaged = line.replace("[0,1]", "[0,2]");
    let piece = Reader::new(damaged.as_bytes(), Name::new("in"), None).next().unwrap().unwrap();
    let message = "in:1: damaged document record: sentences[0]: span outside the text";
    assert_eq!(piece.decode().unwrap_err().to_string(), message);
}

#[test]
fn json_over_lines() {
    let array = br#" [
        {"text": "One [}\" ,"},
        {"id": "b",
         "text": "Two"}, 3,
        {"text": "Three" "x"}, {"x": {"deep": [1, {"a": "}"}]}, "body": "Four"}
    ]"#;
    let (documents, messages) = read(array, None);
    let found: Vec<(&str, &str)> = documents.iter().map(|(id, text)| (&id[..], &text[..])).collect();
    assert_eq!(found, [("in#1", "One [}\" ,"), ("b", "Two"), ("in#5", "Four")]);
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].starts_with("in: record 3: "), "{messages:?}");
    assert!(messages[1].starts_with("in: record 4: "), "{messages:?}");

    let file = b"{\n\"text\": \"One\"\n}\n{\"text\": \"Two\"}{\"text\": \"Thr";
    let (documents, messages) = read(file, Some(Format::Json));
    assert_eq!(documents.len(), 2);
    assert_eq!(messages.len(), 1, "{messages:?}");

    let lines = b"{\"text\": \"One\"}\n{\"text\": \n{\"text\": \"Three\"}\n";
    let (documents, messages) = read(lines, Some(Format::Json));
    assert_eq!((documents.len(), messages.len()), (2, 1), "lines named .json are lines");
}

#[test]
fn formats_are_known_by_name_and_look() {
    assert_eq!(Format::from_extension("TXT"), Some(Format::Text));
    assert_eq!(Format::from_extension("jsonl"), Some(Format::JsonLines));
    assert_eq!(Format::from_extension("csv"), Some(Format::Csv));
    assert_eq!(Format::from_extension("md"), None);
    assert_eq!(Format::from_name("a.warc.gz"), Some(Format::Warc));
    assert_eq!(Format::from_name("a.gz"), None);
    assert_eq!(Format::sniff(b" \n{\"text\""), Format::JsonLines);
    assert_eq!(Format::sniff(b"{\"text\": \"}\"}\n{"), Format::JsonLines);
    assert_eq!(Format::sniff(b"{\n  \"text\": "), Format::Json);
    assert_eq!(Format::sniff(b"[ {\"text\": "), Format::Json);
    assert_eq!(Format::sniff(b"[Updated] Putin said"), Format::Text);
    assert_eq!(Format::sniff(b"Putin {said}"), Format::Text);
    assert_eq!(Format::sniff(&utf16("{", u16::to_le_bytes)), Format::JsonLines);
    assert_eq!(Format::sniff(b"WARC/1.0\r\n"), Format::Warc);
    assert_eq!(Format::sniff(b"\n<!DOCTYPE html><p>"), Format::Html);
    assert_eq!(Format::sniff(b"<Putin said"), Format::Text);
    assert_eq!(Format::sniff(b""), Format::Text);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever the bytes and the format, reading ends without a panic, and no document is invented.
        #[test]
        fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200), format in 0..8usize) {
            const FORMATS: [Format; 7] = [
                Format::Text,
                Format::JsonLines,
                Format::Json,
                Format::Csv,
                Format::Tsv,
                Format::Html,
                Format::Warc,
            ];
            let format = FORMATS.get(format).copied();
            let (documents, messages) = read(&bytes, format);
            prop_assert!(documents.len() <= bytes.len());
            prop_assert!(!bytes.is_empty() || messages.len() == 1);
        }

        /// A valid text comes back as it was, whatever is in it.
        #[test]
        fn any_text(text in "[^\u{FEFF}]{1,60}") {
            let (documents, messages) = read(text.as_bytes(), Some(Format::Text));
            prop_assert_eq!(&documents[0].1, &text);
            prop_assert_eq!(messages.len(), 0);
        }
    }
}
