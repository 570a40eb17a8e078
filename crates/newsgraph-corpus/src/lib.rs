//! Reads news corpora: plain text and JSON Lines, from any reader.
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
//! * **JSON Lines**: one object a line with `text` and, where known, `id`, `source`, `published`, `title` and
//!   `url`; other fields are passed over. A line without an id is called by its input and its number.
//! * **Document records** made earlier (`"schema": "newsgraph/1"`), recognised by that field line by line.
//!
//! # Encodings
//!
//! UTF-8 with or without byte order mark, and UTF-16 with one. Bytes that are no UTF-8 are damage: the document
//! is read all the same and a [`Note`] says how: invalid bytes become U+FFFD where the rest of the document
//! proves to be UTF-8, else all of it is taken for Windows-1252. The mark is dropped; else the text stays
//! exactly as it was, line ends included.

mod date;
mod encoding;
mod error;
mod json;
mod pieces;
mod record;

pub use date::normalise_date;
pub use encoding::Encoding;
pub use error::{CorpusError, ErrorKind, Note, NoteKind, Place};
pub use pieces::{Decoded, Format, Item, Name, Piece, Reader};
