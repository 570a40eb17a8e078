//! Which field of a JSON object, or column of a table, is what: by the user's word, else by the names in use.

use newsgraph_text::{Document, Metadata};

use crate::date::{date_of_timestamp, normalise_date};
use crate::error::{ErrorKind, NoteKind};
use crate::language;
use crate::options::ReadOptions;

/// Longest value that a note quotes, in code points.
const QUOTED: usize = 60;

/// What a field says about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text,
    Id,
    Title,
    Source,
    Published,
    Url,
    Byline,
    Language,
}

/// Number of parts.
const PARTS: usize = 8;

/// Names of fields as they are found in news collections, by preference, in lower case and without signs between
/// words. Among them those of Common Crawl's extracts, news-please, newspaper, trafilatura, NewsAPI, Webhose,
/// RealNews, the New York Times API, CNN/Daily Mail, schema.org and RSS.
const NAMES: [(Part, &[&str]); PARTS] = [
    (
        Part::Text,
        &[
            "text",
            "maintext",
            "fulltext",
            "content",
            "articlebody",
            "articletext",
            "articlecontent",
            "body",
            "bodytext",
            "plaintext",
            "cleanedtext",
            "contenttext",
            "textcontent",
            "article",
            "story",
        ],
    ),
    (Part::Id, &["id", "docid", "documentid", "articleid", "guid", "uuid", "uid"]),
    (Part::Title, &["title", "headline", "heading", "articletitle", "titlepage"]),
    (
        Part::Source,
        &[
            "source",
            "sourcename",
            "sourcehostname",
            "publication",
            "publicationname",
            "outlet",
            "newspaper",
            "publisher",
            "sitename",
            "site",
            "newssource",
            "sourcedomain",
            "domain",
            "hostname",
            "provider",
        ],
    ),
    (
        Part::Published,
        &[
            "published",
            "datepublish",
            "publishdate",
            "publishedat",
            "publisheddate",
            "datepublished",
            "pubdate",
            "publicationdate",
            "publishedtime",
            "firstpublicationdate",
            "publicationtime",
            "date",
            "datetime",
            "timestamp",
            "created",
            "createdat",
        ],
    ),
    (
        Part::Url,
        &["url", "link", "weburl", "articleurl", "canonicalurl", "canonicallink", "permalink", "uri"],
    ),
    (Part::Byline, &["byline", "author", "authors", "creator", "writer"]),
    (Part::Language, &["language", "lang"]),
];

/// The names of fields that the user gave; each takes the place of all names that would be recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// The field with the text.
    pub text: Option<String>,
    /// The field with the id.
    pub id: Option<String>,
    /// The field with the headline.
    pub title: Option<String>,
    /// The field with the outlet.
    pub source: Option<String>,
    /// The field with the date of publication.
    pub published: Option<String>,
    /// The field with the address.
    pub url: Option<String>,
}

impl FieldNames {
    /// What the field `name` is, and how much it is preferred to others for the same: 0 most.
    pub(crate) fn part(&self, name: &str) -> Option<(Part, usize)> {
        let mut folded = [0; 24];
        let folded = fold(name, &mut folded);
        NAMES.iter().find_map(|(part, names)| {
            let rank = match self.given(*part) {
                Some(given) => (given == name).then_some(0),
                None => names.iter().position(|known| folded == Some(known.as_bytes())),
            };
            rank.map(|rank| (*part, rank))
        })
    }

    /// The name that the user gave for a part.
    pub(crate) fn given(&self, part: Part) -> Option<&str> {
        match part {
            Part::Text => self.text.as_deref(),
            Part::Id => self.id.as_deref(),
            Part::Title => self.title.as_deref(),
            Part::Source => self.source.as_deref(),
            Part::Published => self.published.as_deref(),
            Part::Url => self.url.as_deref(),
            Part::Byline | Part::Language => None,
        }
    }

    /// The name under which the text was looked for, for messages.
    pub(crate) fn text_name(&self) -> String {
        self.text.clone().unwrap_or_else(|| "text".to_owned())
    }
}

/// Letters and digits of a name in lower case; `None` where it is longer than any that is known.
fn fold<'f>(name: &str, folded: &'f mut [u8]) -> Option<&'f [u8]> {
    let mut length = 0;
    for b in name.bytes().filter(|b| !matches!(b, b'_' | b'-' | b' ' | b'.' | b':')) {
        *folded.get_mut(length)? = b.to_ascii_lowercase();
        length += 1;
    }
    Some(&folded[..length])
}

/// A value of a field, as far as it matters here.
#[derive(Debug, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    Text(String),
    Number(f64, String),
    /// The strings of a list that holds nothing else.
    List(Vec<String>),
    /// The string that names an object: `{"id": "cnn", "name": "CNN"}`.
    Named(String),
    Other(&'static str),
}

impl Value {
    fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) | Self::Named(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// The values of one document, gathered field by field.
#[derive(Debug, Default)]
pub(crate) struct Values([(usize, Value); PARTS]);

impl Values {
    /// Takes a value, unless a better one is there.
    pub(crate) fn put(&mut self, (part, rank): (Part, usize), value: Value) {
        let (present_rank, present) = &mut self.0[part as usize];
        if present.is_blank() || rank < *present_rank && !value.is_blank() {
            (*present_rank, *present) = (rank, value);
        }
    }

    fn take(&mut self, part: Part) -> Value {
        std::mem::take(&mut self.0[part as usize].1)
    }

    /// Makes a document; `fallback` makes the id where there is none.
    pub(crate) fn document(
        mut self,
        options: &ReadOptions,
        fallback: impl FnOnce() -> String,
        notes: &mut Vec<NoteKind>,
    ) -> Result<Document, ErrorKind> {
        let Value::Text(text) = self.take(Part::Text) else {
            return Err(ErrorKind::NoText { field: options.fields.text_name() });
        };
        let id = string("id", self.take(Part::Id), notes).unwrap_or_else(fallback);
        let mut source = string("source", self.take(Part::Source), notes);
        let mut url = string("url", self.take(Part::Url), notes);
        if url.is_none() && source.as_deref().is_some_and(is_address) {
            url = source.take();
        }
        let metadata = Metadata {
            source,
            published: published(self.take(Part::Published), notes),
            title: string("title", self.take(Part::Title), notes),
            url,
            byline: byline(self.take(Part::Byline)),
            language: match self.take(Part::Language) {
                Value::Text(name) => language::code(&name),
                _ => None,
            },
        };
        Ok(Document { id, text, metadata })
    }
}

fn is_address(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}

/// A field that holds a string or a number; an empty string counts as unknown.
fn string(field: &'static str, value: Value, notes: &mut Vec<NoteKind>) -> Option<String> {
    let other = match value {
        Value::Text(text) | Value::Number(_, text) | Value::Named(text) => {
            return Some(text).filter(|t| !t.trim().is_empty());
        }
        Value::Null => return None,
        Value::List(_) => "a list",
        Value::Other(value) => value,
    };
    notes.push(NoteKind::FieldDropped { field, value: other.to_owned() });
    None
}

/// One author or several; other shapes count as unknown, as most collections hold odd ones.
pub(crate) fn byline(value: Value) -> Option<String> {
    let names = match value {
        Value::Text(text) | Value::Named(text) => text,
        Value::List(names) => names.join(", "),
        _ => return None,
    };
    let names = names.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match names.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => names[3..].to_owned(),
        _ => names,
    };
    Some(name).filter(|name| !name.is_empty() && !is_address(name) && !name.starts_with(['[', '{']))
}

/// The date of publication in ISO 8601; what is no date is noted.
pub(crate) fn published(value: Value, notes: &mut Vec<NoteKind>) -> Option<String> {
    let number = match value {
        Value::Number(number, _) => Some(number),
        _ => None,
    };
    let given = string("published", value, notes)?;
    let date = normalise_date(&given).or_else(|| number.and_then(date_of_timestamp));
    if date.is_none() {
        let value = format!("{:?}", given.chars().take(QUOTED).collect::<String>());
        notes.push(NoteKind::FieldDropped { field: "published", value });
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_names_in_use() {
        let names = FieldNames::default();
        let rows = [
            ("text", Some(Part::Text)),
            ("maintext", Some(Part::Text)),
            ("articleBody", Some(Part::Text)),
            ("Article Text", Some(Part::Text)),
            ("_id", Some(Part::Id)),
            ("headline", Some(Part::Title)),
            ("source_domain", Some(Part::Source)),
            ("date_publish", Some(Part::Published)),
            ("publishedAt", Some(Part::Published)),
            ("pubDate", Some(Part::Published)),
            ("web_url", Some(Part::Url)),
            ("authors", Some(Part::Byline)),
            ("lang", Some(Part::Language)),
            ("description", None),
            ("a name that is longer than all of them", None),
        ];
        for (name, part) in rows {
            assert_eq!(names.part(name).map(|(part, _)| part), part, "{name}");
        }
    }

    #[test]
    fn the_users_name_is_the_only_one() {
        let names = FieldNames { text: Some("Story text".into()), ..FieldNames::default() };
        assert_eq!(names.part("Story text"), Some((Part::Text, 0)));
        assert_eq!(names.part("text"), None);
        assert!(names.part("title").is_some());
    }

    #[test]
    fn tidies_bylines() {
        let text = |text: &str| byline(Value::Text(text.into()));
        assert_eq!(text("By  Ann Lee").as_deref(), Some("Ann Lee"));
        assert_eq!(text("Byron Lee").as_deref(), Some("Byron Lee"));
        assert_eq!(text("https://example.org/ann"), None);
        assert_eq!(
            byline(Value::List(vec!["Ann Lee".into(), "Bo Ek".into()])).as_deref(),
            Some("Ann Lee, Bo Ek")
        );
    }
}
