//! Reads news corpora, from any reader: plain text, JSON Lines, tables, pages and crawls.
//!
//! A corpus is read in two steps, so that threads can share the work: a [`Reader`] cuts its input into pieces,
//! one a document, which costs little more than copying bytes; [`Piece::decode`] does the rest, on any thread.
//! Both report what is wrong with one document and go on with the next.
//!
//! ```
//! use newsgraph_corpus::{Format, Item, Name, Reader};
//!
//! let input = "{\"id\": \"a\", \"text\": \"Peace at last.\"}\nnonsense\n{\"text\": \"War again.\"}\n";
//! let pieces = Reader::new(input.as_bytes(), Name::new("news.jsonl"), Some(Format::JsonLines));
//!
//! let mut ids = Vec::new();
//! let mut errors = Vec::new();
//! for piece in pieces {
//!     match piece.and_then(|piece| piece.decode()) {
//!         Ok(decoded) => ids.push(decoded.item.id().to_owned()),
//!         Err(error) => errors.push(error.to_string()),
//!     }
//! }
//! assert_eq!(ids, ["a", "news.jsonl#3"]);
//! assert!(errors[0].starts_with("news.jsonl:2: not JSON"));
//! ```
//!
//! # What is read
//!
//! * **Plain text**: one input, one document. Its id is the input's [`Name::id`].
//! * **JSON Lines**: one object a line; **tables** (CSV, TSV): one row a document, below a header line. The fields or
//!   columns with the text, the id, the outlet, the date, the headline, the address, the authors and the language are
//!   known by the names that news collections use for them, or by those in [`FieldNames`]; others are passed over. A
//!   document without an id is called by its input and its line.
//! * **Document records** made earlier (`"schema": "newsgraph/1"`), recognised by that field line by line.
//! * **Pages** (HTML), with the feature `html`: the story in them, and what they say about it.
//! * **WARC** files as crawlers write them: each page that a server answered with is a document. Its id is the
//!   record's.
//!
//! Inputs packed with gzip or Zstandard go through [`decompress`] first.
//!
//! # Languages
//!
//! A document that is not in English is an error that says so, unless [`ReadOptions::any_language`] is set. Texts too
//! short to tell are taken for English, unless their metadata say otherwise.
//!
//! # Encodings
//!
//! UTF-8 with or without byte order mark, and UTF-16; of pages, whatever they or their server declare. Bytes that are
//! no UTF-8 are damage: the document is read all the same and a [`Note`] says how: invalid bytes become U+FFFD where
//! the rest of the document proves to be UTF-8, else all of it is taken for Windows-1252. The mark is dropped; else the
//! text stays exactly as it was, line ends included.

mod compression;
mod date;
mod encoding;
mod error;
mod fields;
mod html;
mod json;
mod language;
mod objects;
mod options;
mod piece;
mod pieces;
mod record;
mod table;
mod warc;

pub use compression::{decompress, without_compression};
pub use date::normalise_date;
pub use encoding::Encoding;
pub use error::{CorpusError, ErrorKind, Note, NoteKind, Place, Position};
pub use fields::FieldNames;
pub use options::ReadOptions;
pub use piece::{Decoded, Item, Piece};
pub use pieces::{Format, Name, Reader};
