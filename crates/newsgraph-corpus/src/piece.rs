//! One document as it was cut from its input, and what it decodes to.

use std::sync::Arc;

use newsgraph_record::Record;
use newsgraph_text::{Document, Metadata};

use crate::encoding::Encoding;
use crate::error::{CorpusError, ErrorKind, Note, NoteKind, Place, Position};
use crate::language::{self, Language};
use crate::options::ReadOptions;
use crate::pieces::{LONGEST, Name};
use crate::table::{Columns, Row};
use crate::warc::Response;
use crate::{html, json};

/// The bytes of one document, to be decoded on any thread.
#[derive(Clone, Debug)]
pub struct Piece {
    pub(crate) name: Name,
    pub(crate) position: Option<Position>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) content: Content,
    pub(crate) encoding: Encoding,
    pub(crate) options: Arc<ReadOptions>,
}

/// What the bytes of a piece are.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A text.
    Text,
    /// A JSON object.
    Line,
    /// The fields of a row, with where each ends.
    Row(Vec<usize>, Columns),
    /// A page.
    Html,
    /// The body of a response.
    Page(Box<Response>),
}

/// A document, as made now or analysed earlier.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// To be analysed.
    Document(Document),
    /// Analysed earlier; its spans and references were checked. With the JSON that it was read from.
    Record(Box<Record>, String),
}

impl Item {
    /// The document's id.
    pub fn id(&self) -> &str {
        match self {
            Self::Document(document) => &document.id,
            Self::Record(record, _) => &record.id,
        }
    }

    /// The document; of a record, its text and metadata, to be analysed anew.
    pub fn into_document(self) -> Document {
        match self {
            Self::Document(document) => document,
            Self::Record(record, _) => {
                let Record { id, text, source, published, title, url, byline, language, .. } = *record;
                Document { id, text, metadata: Metadata { source, published, title, url, byline, language } }
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
        Place { input: self.name.path.clone(), position: self.position }
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
    /// When there is no document with a text in it, or a damaged document record, or the text is too long, or it is
    /// not in English though it should be; the error names the place. Plain text gives an error only for its
    /// language, or when it grows beyond `u32::MAX` bytes in UTF-8.
    pub fn decode(self) -> Result<Decoded, CorpusError> {
        let place = self.place();
        let options = Arc::clone(&self.options);
        let mut notes = Vec::new();
        let item = self.item(&mut notes).and_then(|mut item| {
            match &mut item {
                Item::Document(document) if document.text.len() as u64 > LONGEST => {
                    return Err(ErrorKind::TooLong { limit: LONGEST });
                }
                Item::Document(document) => settle_language(document, &options)?,
                Item::Record(..) => {}
            }
            Ok(item)
        });
        match item {
            Ok(item) => {
                let notes = notes.into_iter().map(|kind| Note { place: place.clone(), kind }).collect();
                Ok(Decoded { item, notes })
            }
            Err(kind) => Err(CorpusError { place, kind }),
        }
    }

    fn item(self, notes: &mut Vec<NoteKind>) -> Result<Item, ErrorKind> {
        let Self { name, position, bytes, content, encoding, options } = self;
        let fallback = || match position {
            Some(Position::Line(number) | Position::Record(number)) => format!("{}#{number}", name.id),
            None => name.id.to_string(),
        };
        match content {
            Content::Text => {
                let (text, note) = encoding.decode(bytes);
                notes.extend(note);
                Ok(Item::Document(Document { id: fallback(), text, metadata: Metadata::default() }))
            }
            Content::Line => {
                let (line, note) = encoding.decode(bytes);
                notes.extend(note);
                json::decode(&line, &options, fallback, notes)
            }
            Content::Row(ends, columns) => {
                let values = Row { bytes, ends }.values(&columns, notes);
                values.document(&options, fallback, notes).map(Item::Document)
            }
            Content::Html => {
                let (page, note) = html::decode(bytes, None);
                notes.extend(note);
                html::document(&page, fallback(), None, notes).map(Item::Document)
            }
            Content::Page(response) => response.document(bytes, LONGEST, fallback, notes).map(Item::Document),
        }
    }
}

/// Says in which language a document is, and refuses it when only English ones are wanted. The text itself has the
/// first word; where it is too short to tell, the metadata have.
fn settle_language(document: &mut Document, options: &ReadOptions) -> Result<(), ErrorKind> {
    let refuse = |language: &str| match options.any_language {
        true => Ok(()),
        false => Err(ErrorKind::Language { language: language.to_owned() }),
    };
    let declared = &mut document.metadata.language;
    match language::detect(&document.text) {
        Language::English => *declared = Some("en".to_owned()),
        Language::Other { code, name } => {
            *declared = Some(code);
            refuse(name)?;
        }
        Language::Unknown => {
            if let Some(declared) = declared.as_deref().filter(|code| *code != "en") {
                refuse(&format!("declared as \"{declared}\""))?;
            }
        }
    }
    Ok(())
}
