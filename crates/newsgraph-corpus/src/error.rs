//! What can be wrong with an input, and where.

use std::fmt;
use std::sync::Arc;

/// A place in a corpus: an input and, where it holds several documents, which of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The input as the user knows it: a path.
    pub input: Arc<str>,
    /// Where in it; `None` where the document is the whole input.
    pub position: Option<Position>,
}

/// A place in an input that holds several documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// A line, counted from 1.
    Line(u64),
    /// A record of a WARC file, counted from 1.
    Record(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(Position::Line(line)) => write!(f, "{}:{line}", self.input),
            Some(Position::Record(record)) => write!(f, "{}: record {record}", self.input),
            None => f.write_str(&self.input),
        }
    }
}

/// Why a document, or the rest of an input, could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {kind}")]
pub struct CorpusError {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: ErrorKind,
}

/// What is wrong. All but [`ErrorKind::Read`] concern one document and leave the others of the input alone.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input failed; nothing more can be read from it.
    #[error("cannot be read: {0}")]
    Read(std::io::Error),
    /// The input holds nothing at all.
    #[error("is empty")]
    Empty,
    /// The document is larger than a text may be.
    #[error("longer than {limit} bytes; split it into documents")]
    TooLong {
        /// The limit in bytes.
        limit: u64,
    },
    /// A line of JSON Lines that is no JSON.
    #[error("not JSON: {message} (column {column})")]
    Json {
        /// What the parser says.
        message: String,
        /// Where in the line, in bytes from 1.
        column: usize,
    },
    /// A line of JSON Lines that is JSON but no object.
    #[error("not a JSON object; each line must be {{\"text\": \"…\", …}}")]
    NotAnObject,
    /// An object or a row without a text.
    #[error("no field \"{field}\" with a string in it")]
    NoText {
        /// The field in which it was looked for.
        field: String,
    },
    /// A table without a column of texts.
    #[error("no column \"{field}\" among: {columns}")]
    NoTextColumn {
        /// The column that was looked for.
        field: String,
        /// Those that there are.
        columns: String,
    },
    /// A text in another language than English.
    #[error("not in English: {language}")]
    Language {
        /// The language's name.
        language: String,
    },
    /// A page in which no story was found.
    #[error("no story in the page: {why}")]
    NoStory {
        /// Why.
        why: String,
    },
    /// A page that is packed in a way that is not understood.
    #[error("content encoding {packing} is not understood")]
    Packing {
        /// The name of the encoding.
        packing: String,
    },
    /// A record of a WARC file with an answer of a server that is no page: a picture, an error, a redirection.
    #[error("no page")]
    NoPage,
    /// A page, given to a program that was built without the reader for them.
    #[error("this program was built without the feature that reads HTML")]
    HtmlLeftOut,
    /// A line that calls itself a document record and is none.
    #[error("{0}")]
    Record(newsgraph_record::RecordError),
    /// A document record that contradicts itself.
    #[error("damaged document record: {list}[{index}]: {what}")]
    BadRecord {
        /// The list of the record: `entities`, `quotes` and so on.
        list: &'static str,
        /// The position in the list.
        index: usize,
        /// What is wrong there.
        what: &'static str,
    },
}

impl CorpusError {
    /// Whether there was no document to be read: nothing is lost, and the rest of a crawl is full of such.
    pub fn is_no_document(&self) -> bool {
        matches!(self.kind, ErrorKind::NoPage)
    }

    /// Whether a document was left out for its language.
    pub fn is_foreign(&self) -> bool {
        matches!(self.kind, ErrorKind::Language { .. })
    }
}

/// Something that a reader should know about a document that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: NoteKind,
}

/// What was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoteKind {
    /// Bytes that are no UTF-8 (or no UTF-16) became U+FFFD.
    Replaced {
        /// How many stretches of bytes.
        count: u64,
        /// Where the first of them was, in bytes from the document's (or line's) beginning.
        first: u64,
    },
    /// The document is no UTF-8 and was read as Windows-1252.
    Windows1252 {
        /// Where the first byte was that is no UTF-8, from the document's (or line's) beginning.
        first: u64,
    },
    /// A field was left out because its value cannot be used.
    FieldDropped {
        /// Name of the field.
        field: &'static str,
        /// What it held, cut to a readable length.
        value: String,
    },
}

impl Note {
    /// Whether text may have been lost or misread, and not just metadata.
    pub fn is_damage(&self) -> bool {
        !matches!(self.kind, NoteKind::FieldDropped { .. })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        match &self.kind {
            NoteKind::Replaced { count, first } => {
                write!(
                    f,
                    "invalid bytes in {count} places, the first at byte {first}; read with U+FFFD for them"
                )
            }
            NoteKind::Windows1252 { first } => {
                write!(f, "not UTF-8 at byte {first}; read as Windows-1252")
            }
            NoteKind::FieldDropped { field, value } => {
                write!(f, "field \"{field}\" left out: {value} is not understood")
            }
        }
    }
}
