//! WARC files (ISO 28500), as Common Crawl's news set has them: the pages among the records.

use std::io::{self, BufRead, Read};

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

use crate::error::{ErrorKind, NoteKind};
use crate::html;
use newsgraph_text::Document;

/// Longest head of a record or of a response, in bytes.
const LONGEST_HEAD: u64 = 1 << 16;

/// A response with a page in it, its body apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Response {
    id: Option<String>,
    url: Option<String>,
    charset: Option<String>,
    chunked: bool,
    packing: Option<String>,
}

/// What came of reading a record.
pub(crate) enum Next {
    Page(Response, Vec<u8>),
    /// A record that holds no page, and was passed over: whether it holds what a server answered.
    Other {
        answer: bool,
    },
    TooLong,
    End,
}

/// Header fields: lines of `Name: value`.
struct Head(Vec<(String, String)>);

impl Head {
    /// Reads lines up to an empty one; the first line comes back apart.
    fn read(input: &mut impl BufRead) -> io::Result<(String, Self)> {
        let mut input = input.take(LONGEST_HEAD);
        let first = line(&mut input)?;
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            let next = line(&mut input)?;
            if next.is_empty() {
                break;
            }
            match (next.strip_prefix([' ', '\t']), fields.last_mut()) {
                (Some(more), Some((_, value))) => *value = format!("{value} {}", more.trim()),
                _ => {
                    let (name, value) = next.split_once(':').unwrap_or((&next, ""));
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
            }
        }
        Ok((first, Self(fields)))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A line without its end; empty at the end of the input.
fn line(input: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    input.read_until(b'\n', &mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Reads the next record; a page longer than `longest` bytes is passed over.
pub(crate) fn next(input: &mut impl BufRead, longest: u64) -> io::Result<Next> {
    loop {
        match input.fill_buf()?.first() {
            None => return Ok(Next::End),
            Some(b'\r' | b'\n') => input.consume(1),
            Some(_) => break,
        }
    }
    let (version, head) = Head::read(input)?;
    let length = head.get("content-length").and_then(|length| length.parse().ok());
    let Some(length) = length.filter(|_| version.starts_with("WARC/")) else {
        let what = "not a WARC record; nothing after it can be read";
        return Err(io::Error::new(io::ErrorKind::InvalidData, what));
    };
    let mut block = input.take(length);
    let next = record(&head, &mut block, longest)?;
    io::copy(&mut block, &mut io::sink())?;
    if block.limit() > 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "ends within a WARC record"));
    }
    Ok(next)
}

/// Reads what a record holds, as far as it is a page.
fn record(head: &Head, block: &mut io::Take<&mut impl BufRead>, longest: u64) -> io::Result<Next> {
    if head.get("warc-type") != Some("response") {
        return Ok(Next::Other { answer: false });
    }
    let bare = |value: &str| value.trim_matches(['<', '>']).to_owned();
    let mut response = Response {
        id: head.get("warc-record-id").map(bare),
        url: head.get("warc-target-uri").map(bare),
        ..Response::default()
    };
    let (status, fields) = Head::read(block)?;
    let kind = fields.get("content-type").unwrap_or_default().to_ascii_lowercase();
    let good = status.starts_with("HTTP/") && status.split_whitespace().nth(1) == Some("200");
    let is_page = kind.starts_with("text/html") || kind.starts_with("application/xhtml+xml");
    if !good || !is_page {
        return Ok(Next::Other { answer: true });
    }
    response.charset =
        kind.split_once("charset=").map(|(_, value)| value.trim_matches(['"', '\'', ' ']).to_owned());
    response.chunked =
        fields.get("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"));
    response.packing = fields.get("content-encoding").map(str::to_ascii_lowercase);
    if block.limit() > longest {
        return Ok(Next::TooLong);
    }
    let mut body = Vec::new();
    block.read_to_end(&mut body)?;
    Ok(Next::Page(response, body))
}

impl Response {
    /// Makes a document of the response with this body; `fallback` makes the id of a record that has none.
    pub(crate) fn document(
        self,
        body: Vec<u8>,
        longest: u64,
        fallback: impl FnOnce() -> String,
        notes: &mut Vec<NoteKind>,
    ) -> Result<Document, ErrorKind> {
        let body = if self.chunked { joined(body) } else { body };
        let page = unpacked(body, self.packing.as_deref(), longest)?;
        let (page, note) = html::decode(page, self.charset.as_deref());
        notes.extend(note);
        html::document(&page, self.id.unwrap_or_else(fallback), self.url, notes)
    }
}

/// A body without the lengths between its chunks. Some crawlers leave the header but join the chunks; then nothing
/// is to be done.
fn joined(body: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body.as_slice();
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let size = rest[..end].split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(size).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size else { break };
        let Some(after) = rest.get(end + 1..) else { break };
        let taken = size.min(after.len());
        out.extend_from_slice(&after[..taken]);
        rest = after[taken..].trim_ascii_start();
        if size == 0 {
            return out;
        }
    }
    // Cut off in the middle, it is good as far as it goes.
    if out.is_empty() { body } else { out }
}

/// A body as the browser would see it. Some crawlers leave the header but unpack the body; its bytes tell.
fn unpacked(body: Vec<u8>, packing: Option<&str>, longest: u64) -> Result<Vec<u8>, ErrorKind> {
    let mut out = Vec::new();
    let read = match packing {
        Some("gzip" | "x-gzip") if body.starts_with(&[0x1F, 0x8B]) => {
            GzDecoder::new(&body[..]).take(longest + 1).read_to_end(&mut out)
        }
        Some("deflate") if body.first() == Some(&0x78) => {
            ZlibDecoder::new(&body[..]).take(longest + 1).read_to_end(&mut out)
        }
        Some("deflate") if !body.starts_with(b"<") => {
            DeflateDecoder::new(&body[..]).take(longest + 1).read_to_end(&mut out)
        }
        Some(other @ ("br" | "zstd" | "compress")) if std::str::from_utf8(&body).is_err() => {
            return Err(ErrorKind::Packing { packing: other.to_owned() });
        }
        _ => return Ok(body),
    };
    // A page that was cut off in the crawl is good as far as it goes.
    match read {
        Err(error) if out.is_empty() => Err(ErrorKind::NoStory { why: error.to_string() }),
        _ if out.len() as u64 > longest => Err(ErrorKind::TooLong { limit: longest }),
        _ => Ok(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_chunks() {
        let rows: [(&str, &[u8], &[u8]); 5] = [
            ("chunks", b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", b"abcde"),
            ("joined before", b"<html>\n<p>", b"<html>\n<p>"),
            ("cut off", b"3\r\nabc\r\nff\r\nde", b"abcde"),
            ("a size beyond all sizes", b"fffffffffffffffff\r\nab", b"fffffffffffffffff\r\nab"),
            ("empty", b"", b""),
        ];
        for (name, body, expected) in rows {
            assert_eq!(joined(body.to_vec()), expected, "{name}");
        }
    }
}
