//! Cuts an input into documents, and decodes them.

use std::io::{BufRead, Chain, Cursor, Read};
use std::sync::Arc;

use newsgraph_record::Record;
use newsgraph_text::{Document, Metadata};

use crate::encoding::Encoding;
use crate::error::{CorpusError, ErrorKind, Note, NoteKind, Place};
use crate::json;

/// Longest document or line that is read, in bytes: spans are counted in `u32`.
const LONGEST: u64 = u32::MAX as u64;

/// How much of an input is looked at, in bytes, to know its encoding and format.
const HEAD: u64 = 1024;

/// How the documents of an input are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The whole input is the text of one document.
    Text,
    /// Each line is a JSON object with one document or document record.
    JsonLines,
}

impl Format {
    /// The format that a file's extension (without dot, in any case) tells.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// The format that the beginning of an input shows: JSON Lines where the first character that is no white
    /// space is an opening brace.
    pub fn sniff(beginning: &[u8]) -> Self {
        let (_, mark) = Encoding::of_mark(beginning);
        // In UTF-16 every other byte of ASCII is zero.
        let first = beginning[mark..].iter().find(|b| !b.is_ascii_whitespace() && **b != 0);
        if first == Some(&b'{') { Self::JsonLines } else { Self::Text }
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
    encoding: Encoding,
    line: u64,
    longest: u64,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Fresh,
    Within,
    Done,
}

impl<R: BufRead> Reader<R> {
    /// Reads `input`; where no format is given, its beginning tells it.
    pub fn new(input: R, name: Name, format: Option<Format>) -> Self {
        let input = Cursor::default().chain(input);
        Self { input, name, format, encoding: Encoding::Utf8, line: 0, longest: LONGEST, state: State::Fresh }
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
        let (encoding, mark) = Encoding::of_mark(head.get_ref());
        let format = *self.format.get_or_insert_with(|| Format::sniff(head.get_ref()));
        self.encoding = encoding;
        head.set_position(mark as u64);
        if mark == head.get_ref().len() {
            return Err(ErrorKind::Empty);
        }
        match format {
            Format::Text => self.whole_input().map(Some),
            Format::JsonLines => {
                self.state = State::Within;
                self.next_line()
            }
        }
    }

    fn whole_input(&mut self) -> Result<Piece, ErrorKind> {
        let mut bytes = Vec::new();
        self.input.by_ref().take(self.longest + 1).read_to_end(&mut bytes).map_err(ErrorKind::Read)?;
        if bytes.len() as u64 > self.longest {
            return Err(ErrorKind::TooLong { limit: self.longest });
        }
        Ok(self.piece(bytes, Format::Text))
    }

    /// The next line that holds anything but white space.
    fn next_line(&mut self) -> Result<Option<Piece>, ErrorKind> {
        loop {
            let mut bytes = Vec::new();
            self.line += 1;
            let complete = read_line(&mut self.input, self.encoding, self.longest, &mut bytes);
            match complete.map_err(ErrorKind::Read)? {
                Line::End => return Ok(None),
                Line::TooLong => return Err(ErrorKind::TooLong { limit: self.longest }),
                Line::Read if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) => {}
                Line::Read => return Ok(Some(self.piece(bytes, Format::JsonLines))),
            }
        }
    }

    fn piece(&self, bytes: Vec<u8>, format: Format) -> Piece {
        let line = (format == Format::JsonLines).then_some(self.line);
        Piece { name: self.name.clone(), line, bytes, format, encoding: self.encoding }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Piece, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        let result = match std::mem::replace(&mut self.state, State::Done) {
            State::Fresh => self.begin(),
            State::Within => {
                self.state = State::Within;
                self.next_line()
            }
            State::Done => return None,
        };
        if matches!(result, Ok(None) | Err(ErrorKind::Read(_))) {
            self.state = State::Done;
        }
        let line = (self.line > 0).then_some(self.line);
        result
            .map_err(|kind| CorpusError { place: Place { input: self.name.path.clone(), line }, kind })
            .transpose()
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

/// The bytes of one document, to be decoded on any thread.
#[derive(Clone, Debug)]
pub struct Piece {
    name: Name,
    line: Option<u64>,
    bytes: Vec<u8>,
    format: Format,
    encoding: Encoding,
}

/// A document, as made now or analysed earlier.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// To be analysed.
    Document(Document),
    /// Analysed earlier; its spans and references were checked.
    Record(Box<Record>),
}

impl Item {
    /// The document's id.
    pub fn id(&self) -> &str {
        match self {
            Self::Document(document) => &document.id,
            Self::Record(record) => &record.id,
        }
    }

    /// The document; of a record, its text and metadata, to be analysed anew.
    pub fn into_document(self) -> Document {
        match self {
            Self::Document(document) => document,
            Self::Record(record) => {
                let Record { id, text, source, published, title, url, .. } = *record;
                Document { id, text, metadata: Metadata { source, published, title, url } }
            }
        }
    }
}

/// What [`Piece::decode`] made of a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The document.
    pub item: Item,
    /// What a reader should know about it.
    pub notes: Vec<Note>,
}

impl Piece {
    /// Where it was read.
    pub fn place(&self) -> Place {
        Place { input: self.name.path.clone(), line: self.line }
    }

    /// Its size in the input, in bytes.
    pub fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Whether it holds no byte.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Makes a document of it.
    ///
    /// # Errors
    /// When a line is no JSON object with a text, or a damaged document record, or the text is too long; the
    /// error names the place. Plain text gives an error only when it grows beyond `u32::MAX` bytes in UTF-8.
    pub fn decode(self) -> Result<Decoded, CorpusError> {
        let place = self.place();
        let Self { name, line, bytes, format, encoding } = self;
        let (text, damage) = encoding.decode(bytes);
        let mut notes: Vec<NoteKind> = damage.into_iter().collect();
        let item = match format {
            Format::Text => {
                Ok(Item::Document(Document { id: name.id.to_string(), text, metadata: Metadata::default() }))
            }
            Format::JsonLines => {
                json::decode(&text, || format!("{}#{}", name.id, line.unwrap_or_default()), &mut notes)
            }
        };
        let length = |item: &Item| match item {
            Item::Document(document) => document.text.len() as u64,
            Item::Record(record) => record.text.len() as u64,
        };
        match item {
            Ok(item) if length(&item) <= LONGEST => {
                let notes = notes.into_iter().map(|kind| Note { place: place.clone(), kind }).collect();
                Ok(Decoded { item, notes })
            }
            Ok(_) => Err(CorpusError { place, kind: ErrorKind::TooLong { limit: LONGEST } }),
            Err(kind) => Err(CorpusError { place, kind }),
        }
    }
}

#[cfg(test)]
mod tests;
