//! Cuts an input into documents.

use std::io::{BufRead, Chain, Cursor, Read};
use std::sync::Arc;

use crate::compression::without_compression;
use crate::encoding::Encoding;
use crate::error::{CorpusError, ErrorKind, Place, Position};
use crate::objects;
use crate::options::ReadOptions;
use crate::piece::{Content, Piece};
use crate::table::{self, Columns, Rows};
use crate::warc;

/// Longest document or line that is read, in bytes: spans are counted in `u32`.
pub(crate) const LONGEST: u64 = u32::MAX as u64;

/// How much of an input is looked at, in bytes, to know its encoding and format.
const HEAD: u64 = 1024;

/// How the documents of an input are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The whole input is the text of one document.
    Text,
    /// Each line is a JSON object with one document or document record.
    JsonLines,
    /// JSON objects, in an array or one after the other, over any number of lines. JSON Lines are taken for what they are.
    Json,
    /// A table with a header line, a document a row; commas, semicolons, tabs or bars between the columns.
    Csv,
    /// The same with tabs.
    Tsv,
    /// The whole input is a page with a story in it.
    Html,
    /// What a crawler received, record after record; the pages among them are documents.
    Warc,
}

impl Format {
    /// The format that a file's extension (without dot, in any case) tells.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "warc" => Some(Self::Warc),
            _ => None,
        }
    }

    /// The format that a file's name tells; of a compressed file, what its name tells without that.
    pub fn from_name(name: &str) -> Option<Self> {
        without_compression(name).rsplit_once('.').and_then(|(_, extension)| Self::from_extension(extension))
    }

    /// The format that the beginning of an input shows: JSON Lines where the first character that is no white
    /// space is an opening brace, JSON where that object does not end in its line or an array of objects begins, and a
    /// WARC file or a page where it begins as one must. Tables show by their names only.
    pub fn sniff(beginning: &[u8]) -> Self {
        const PAGES: [&[u8]; 4] = [b"<!doctype html", b"<html", b"<head", b"<?xml"];
        let (encoding, mark) = Encoding::of_mark(beginning);
        // In UTF-16 every other byte of ASCII is zero.
        let ascii = beginning[mark..].iter().filter(|b| encoding == Encoding::Utf8 || **b != 0);
        let start: Vec<u8> =
            ascii.skip_while(|b| b.is_ascii_whitespace()).take(16).map(u8::to_ascii_lowercase).collect();
        if encoding == Encoding::Utf8 && objects::begins(&beginning[mark..]) {
            Self::Json
        } else if start.first() == Some(&b'{') {
            Self::JsonLines
        } else if start.starts_with(b"warc/") {
            Self::Warc
        } else if PAGES.iter().any(|page| start.starts_with(page)) {
            Self::Html
        } else {
            Self::Text
        }
    }
}

/// What an input is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// For messages: the path as the user gave it.
    pub path: Arc<str>,
    /// For ids of documents: the path relative to the input's root, with `/` between folders.
    pub id: Arc<str>,
}

impl Name {
    /// A name that serves both purposes.
    pub fn new(name: &str) -> Self {
        Self { path: name.into(), id: name.into() }
    }
}

/// Cuts one input into [`Piece`]s; memory is bounded by the longest document.
pub struct Reader<R> {
    /// The bytes that were looked at, and then the rest.
    input: Chain<Cursor<Vec<u8>>, R>,
    name: Name,
    format: Option<Format>,
    options: Arc<ReadOptions>,
    encoding: Encoding,
    position: Option<Position>,
    longest: u64,
    state: State,
}

enum State {
    Fresh,
    Lines,
    Objects,
    Rows(Box<Rows>, Columns),
    Records,
    Done,
}

impl<R: BufRead> Reader<R> {
    /// Reads `input`; where no format is given, its beginning tells it. A compressed input goes through
    /// [`decompress`](crate::decompress) first.
    pub fn new(input: R, name: Name, format: Option<Format>) -> Self {
        Self {
            input: Cursor::default().chain(input),
            name,
            format,
            options: Arc::default(),
            encoding: Encoding::Utf8,
            position: None,
            longest: LONGEST,
            state: State::Fresh,
        }
    }

    /// Reads by these options.
    #[must_use]
    pub fn options(mut self, options: Arc<ReadOptions>) -> Self {
        self.options = options;
        self
    }

    /// Takes documents (of JSON Lines: lines) of more than `bytes` for errors. The limit is `u32::MAX` else, and
    /// never more.
    #[must_use]
    pub fn longest(mut self, bytes: u64) -> Self {
        self.longest = bytes.min(LONGEST);
        self
    }

    fn begin(&mut self) -> Result<Option<Piece>, ErrorKind> {
        let (head, rest) = self.input.get_mut();
        rest.by_ref().take(HEAD).read_to_end(head.get_mut()).map_err(ErrorKind::Read)?;
        // Files of JSON Lines are often named as if they were JSON; a line that is damaged then costs itself only.
        let format = match self.format {
            Some(Format::Json) | None => match Format::sniff(head.get_ref()) {
                Format::Text if self.format.is_some() => Format::Json,
                format => format,
            },
            Some(format) => format,
        };
        let (encoding, mark) = match format {
            // Pages and records say themselves how they are encoded.
            Format::Html | Format::Warc => (Encoding::Utf8, 0),
            _ => Encoding::of_beginning(head.get_ref()),
        };
        self.encoding = encoding;
        head.set_position(mark as u64);
        if mark == head.get_ref().len() {
            return Err(ErrorKind::Empty);
        }
        match format {
            Format::Text => self.whole_input(Content::Text).map(Some),
            Format::Html => self.whole_input(Content::Html).map(Some),
            Format::JsonLines => {
                self.state = State::Lines;
                self.position = Some(Position::Line(0));
                self.next_line()
            }
            Format::Json => {
                self.state = State::Objects;
                self.position = Some(Position::Record(0));
                self.next_object()
            }
            Format::Csv | Format::Tsv => {
                let delimiter = (format == Format::Tsv).then_some(b'\t');
                let beginning: Vec<u8> = match encoding {
                    Encoding::Utf8 => head.get_ref()[mark..].to_vec(),
                    _ => head.get_ref()[mark..].iter().copied().filter(|b| *b != 0).collect(),
                };
                self.begin_table(Rows::new(&beginning, delimiter, encoding))
            }
            Format::Warc => {
                self.state = State::Records;
                self.position = Some(Position::Record(0));
                self.next_record()
            }
        }
    }

    fn whole_input(&mut self, content: Content) -> Result<Piece, ErrorKind> {
        let mut bytes = Vec::new();
        self.input.by_ref().take(self.longest + 1).read_to_end(&mut bytes).map_err(ErrorKind::Read)?;
        if bytes.len() as u64 > self.longest {
            return Err(ErrorKind::TooLong { limit: self.longest });
        }
        Ok(self.piece(bytes, content))
    }

    /// The next line that holds anything but white space.
    fn next_line(&mut self) -> Result<Option<Piece>, ErrorKind> {
        loop {
            let mut bytes = Vec::new();
            self.count();
            let complete = read_line(&mut self.input, self.encoding, self.longest, &mut bytes);
            match complete.map_err(ErrorKind::Read)? {
                Line::End => return Ok(None),
                Line::TooLong => return Err(ErrorKind::TooLong { limit: self.longest }),
                Line::Read if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) => {}
                Line::Read => return Ok(Some(self.piece(bytes, Content::Line))),
            }
        }
    }

    /// The next value of a JSON file.
    fn next_object(&mut self) -> Result<Option<Piece>, ErrorKind> {
        self.count();
        match objects::next(&mut self.input, self.longest).map_err(ErrorKind::Read)? {
            objects::Next::Value(bytes) => Ok(Some(self.piece(bytes, Content::Line))),
            objects::Next::TooLong => Err(ErrorKind::TooLong { limit: self.longest }),
            objects::Next::End => Ok(None),
        }
    }

    /// Reads the header line of a table, and the first row.
    fn begin_table(&mut self, mut rows: Rows) -> Result<Option<Piece>, ErrorKind> {
        self.position = Some(Position::Line(1));
        let columns = match rows.next(&mut self.input, self.longest).map_err(ErrorKind::Read)? {
            table::Next::Row(header) => header.columns(&self.options)?,
            table::Next::TooLong => return Err(ErrorKind::TooLong { limit: self.longest }),
            table::Next::End => return Ok(None),
        };
        self.next_row(Box::new(rows), columns)
    }

    fn next_row(&mut self, mut rows: Box<Rows>, columns: Columns) -> Result<Option<Piece>, ErrorKind> {
        self.position = Some(Position::Line(rows.line()));
        let next = rows.next(&mut self.input, self.longest).map_err(ErrorKind::Read)?;
        self.state = State::Rows(rows, columns.clone());
        match next {
            table::Next::Row(row) => {
                let table::Row { bytes, ends } = row;
                Ok(Some(self.piece(bytes, Content::Row(ends, columns))))
            }
            table::Next::TooLong => Err(ErrorKind::TooLong { limit: self.longest }),
            table::Next::End => Ok(None),
        }
    }

    /// The next record that holds what a server answered.
    fn next_record(&mut self) -> Result<Option<Piece>, ErrorKind> {
        loop {
            self.count();
            match warc::next(&mut self.input, self.longest).map_err(ErrorKind::Read)? {
                warc::Next::Page(response, body) => {
                    return Ok(Some(self.piece(body, Content::Page(Box::new(response)))));
                }
                warc::Next::Other { answer: false } => {}
                warc::Next::Other { answer: true } => return Err(ErrorKind::NoPage),
                warc::Next::TooLong => return Err(ErrorKind::TooLong { limit: self.longest }),
                warc::Next::End => return Ok(None),
            }
        }
    }

    /// Goes on to the next line or record.
    fn count(&mut self) {
        if let Some(Position::Line(number) | Position::Record(number)) = &mut self.position {
            *number += 1;
        }
    }

    fn piece(&self, bytes: Vec<u8>, content: Content) -> Piece {
        Piece {
            name: self.name.clone(),
            position: self.position,
            bytes,
            content,
            encoding: self.encoding,
            options: Arc::clone(&self.options),
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Piece, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        let result = match std::mem::replace(&mut self.state, State::Done) {
            State::Fresh => self.begin(),
            State::Lines => {
                self.state = State::Lines;
                self.next_line()
            }
            State::Objects => {
                self.state = State::Objects;
                self.next_object()
            }
            State::Rows(rows, columns) => self.next_row(rows, columns),
            State::Records => {
                self.state = State::Records;
                self.next_record()
            }
            State::Done => return None,
        };
        if matches!(result, Ok(None) | Err(ErrorKind::Read(_))) {
            self.state = State::Done;
        }
        let place = || Place { input: self.name.path.clone(), position: self.position };
        result.map_err(|kind| CorpusError { place: place(), kind }).transpose()
    }
}

enum Line {
    Read,
    TooLong,
    End,
}

/// Reads up to and with the next line feed. Of a line that is too long the rest is passed over.
fn read_line<R: BufRead>(
    input: &mut R,
    encoding: Encoding,
    longest: u64,
    line: &mut Vec<u8>,
) -> std::io::Result<Line> {
    let mut length = 0;
    // Of the bytes passed over the last two suffice to know a line feed of UTF-16.
    while !ends_line(encoding, line, length) {
        let available = match input.fill_buf() {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            result => result?,
        };
        if available.is_empty() {
            break;
        }
        let needed = match memchr::memchr(b'\n', available) {
            // UTF-16 with the low byte first: the line feed's other byte follows.
            _ if line.last() == Some(&b'\n') => 1,
            Some(at) => at + 1,
            None => available.len(),
        };
        if length > longest {
            let kept = line.len().saturating_sub(2);
            line.drain(..kept);
        }
        line.extend_from_slice(&available[..needed]);
        length += needed as u64;
        input.consume(needed);
    }
    Ok(match length {
        0 => Line::End,
        _ if length > longest => Line::TooLong,
        _ => Line::Read,
    })
}

fn ends_line(encoding: Encoding, line: &[u8], length: u64) -> bool {
    match encoding {
        Encoding::Utf8 => line.ends_with(b"\n"),
        Encoding::Utf16Le => length.is_multiple_of(2) && line.ends_with(b"\n\0"),
        Encoding::Utf16Be => length.is_multiple_of(2) && line.ends_with(b"\0\n"),
    }
}

#[cfg(test)]
mod tests;
