//! Pages, alone and in crawls.
#![cfg(feature = "html")]
#![allow(clippy::unwrap_used)] // in a test a panic is the report

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use newsgraph_corpus::{Format, Name, Reader, decompress};
use newsgraph_text::Document;

const PARAGRAPHS: [&str; 3] = [
    "The council of Port Ellis voted on Tuesday to keep the old bridge open, after residents said that closing it would \
     cut the harbour off from the town. The vote was seven to four.",
    "“We heard the people of the harbour, and we will not leave them on an island,” Mayor Ann Lee said after the vote, \
     which ended a debate of more than two years about the costs of the repair.",
    "Engineers had warned that the bridge needs new pillars within five years. The regional government has promised to \
     pay half of the 12 million dollars, the mayor said, and the rest will come from a toll on lorries.",
];

fn page(charset: &str) -> String {
    let paragraphs: String = PARAGRAPHS.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"{charset}\"><title>Old bridge stays open - Ellis \
         Courier</title><meta property=\"og:site_name\" content=\"Ellis Courier\"><meta property=\"og:title\" \
         content=\"Old bridge stays open\"><meta name=\"author\" content=\"By Bo Ek\"><meta \
         property=\"article:published_time\" content=\"2025-07-01T09:30:00Z\"><script>var x = \"<p>no</p>\";\
         </script></head><body><nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/sport\">Sport</a></li></ul></nav>\
         <article><h1>Old bridge stays open</h1>{paragraphs}</article><footer><p>Cookies and terms</p></footer>\
         </body></html>"
    )
}

fn response(id: u32, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: \
         https://www.example.org/{id}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), &block, b"\r\n\r\n"].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read(bytes: &[u8]) -> (Vec<Document>, Vec<String>) {
    let (mut documents, mut messages) = (Vec::new(), Vec::new());
    for piece in Reader::new(decompress(bytes).unwrap(), Name::new("in"), None) {
        match piece.and_then(newsgraph_corpus::Piece::decode) {
            Ok(decoded) => {
                messages.extend(decoded.notes.iter().map(ToString::to_string));
                documents.push(decoded.item.into_document());
            }
            Err(error) => messages.push(error.to_string()),
        }
    }
    (documents, messages)
}

#[test]
fn the_story_and_what_the_page_says_about_it() {
    let (documents, messages) = read(page("utf-8").as_bytes());
    assert_eq!(messages, [""; 0]);
    let [document] = documents.try_into().unwrap();
    assert_eq!(document.text, PARAGRAPHS.join("\n\n"));
    let metadata = document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Old bridge stays open"));
    assert_eq!(metadata.source.as_deref(), Some("Ellis Courier"));
    assert_eq!(metadata.published.as_deref(), Some("2025-07-01T09:30:00Z"));
    assert_eq!(metadata.byline.as_deref(), Some("Bo Ek"));
    assert_eq!(metadata.language.as_deref(), Some("en"));
}

#[test]
fn the_pages_of_a_crawl() {
    let html = page("utf-8");
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&html);
    let middle = html.floor_char_boundary(html.len() / 2);
    let (first, second) = html.split_at(middle);
    let chunked = format!("{:x}\r\n{first}\r\n{:X};x\r\n{second}\r\n0\r\n\r\n", first.len(), second.len());
    let info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n";
    let records: Vec<Vec<u8>> = vec![
        info.to_vec(),
        response(1, "200 OK\r\nContent-Type: text/html; charset=utf-8", html.as_bytes()),
        response(2, "404 Not Found\r\nContent-Type: text/html", b"<html>nothing here</html>"),
        response(3, "200 OK\r\nContent-Type: image/png", &[0; 100]),
        response(4, "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", chunked.as_bytes()),
        response(5, "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(html.as_bytes())),
        response(6, "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", html.as_bytes()),
        response(7, "200 OK\r\nContent-Type: text/html; charset=\"windows-1252\"", &latin),
        response(8, "200 OK\r\nContent-Type: text/html", b"<html><body></body></html>"),
    ];
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in [("plain", records.concat()), ("a member a record", packed)] {
        let (documents, messages) = read(&bytes);
        let ids: Vec<_> = documents.iter().map(|d| d.id.as_str()).collect();
        assert_eq!(ids, [1, 4, 5, 6, 7].map(|n| format!("urn:uuid:{n}")), "{name}");
        for document in &documents {
            assert_eq!(document.text, PARAGRAPHS.join("\n\n"), "{name}: {}", document.id);
        }
        assert_eq!(documents[0].metadata.url.as_deref(), Some("https://www.example.org/1"));
        assert_eq!(messages[..2], ["in: record 3: no page", "in: record 4: no page"], "{name}");
        assert!(messages[2].starts_with("in: record 9: no story in the page: "), "{messages:?}");
    }
}

#[test]
fn a_crawl_that_is_cut_off_gives_what_is_complete() {
    let record = response(1, "200 OK\r\nContent-Type: text/html", page("utf-8").as_bytes());
    let (documents, messages) = read(&[&record[..], &record[..record.len() - 10]].concat());
    assert_eq!(documents.len(), 1);
    assert_eq!(messages, ["in: record 2: cannot be read: ends within a WARC record"]);
    let (documents, messages) = read(&[&record[..], b"nonsense\r\n\r\n"].concat());
    assert_eq!(documents.len(), 1);
    assert!(messages[0].starts_with("in: record 2: cannot be read: not a WARC record"), "{messages:?}");
}

#[test]
fn pages_that_are_none_are_refused() {
    let deep = format!("<html>{}x", "<div>".repeat(200_000));
    let wide = format!("<html>{}", "<b>x</b>".repeat(200_000));
    let unclosed = format!("<html>{}", "<p>".repeat(200_000));
    for page in [deep, wide, unclosed, "<html>".to_owned()] {
        let (documents, messages) = read(page.as_bytes());
        assert_eq!(documents.len(), 0);
        assert!(messages[0].starts_with("in: no story in the page: "), "{messages:?}");
    }
    assert_eq!(Format::from_extension("HTML"), Some(Format::Html));
}
