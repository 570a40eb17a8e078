//! One line of JSON Lines: a document or a document record.

use std::fmt;

use newsgraph_record::Record;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::error::{ErrorKind, NoteKind};
use crate::fields::{Value, Values};
use crate::options::ReadOptions;
use crate::piece::Item;
use crate::record;

/// Keys of objects whose string names the object, by preference: a source's name, a headline's main part, a
/// database's id.
const NAMING_KEYS: [&str; 8] = ["name", "title", "main", "original", "rendered", "$oid", "$date", "#text"];

/// Reads a line; `fallback` makes the id where the line has none.
pub(crate) fn decode(
    line: &str,
    options: &ReadOptions,
    fallback: impl FnOnce() -> String,
    notes: &mut Vec<NoteKind>,
) -> Result<Item, ErrorKind> {
    let line = line.trim();
    if !line.starts_with('{') {
        serde_json::from_str::<IgnoredAny>(line).map_err(not_json)?;
        return Err(ErrorKind::NotAnObject);
    }
    // Records of this program begin so and are read once; what is wrong with others is found below.
    if line.starts_with(r#"{"schema":"newsgraph/"#)
        && let Ok(found) = Record::from_line(line)
    {
        record::check(&found)?;
        return Ok(Item::Record(Box::new(found), line.to_owned()));
    }
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let fields = deserializer.deserialize_map(FieldsVisitor(options)).map_err(not_json)?;
    deserializer.end().map_err(not_json)?;
    if fields.is_record {
        let found = Record::from_line(line).map_err(ErrorKind::Record)?;
        record::check(&found)?;
        return Ok(Item::Record(Box::new(found), line.to_owned()));
    }
    fields.values.document(options, fallback, notes).map(Item::Document)
}

/// The fields of a line; whatever does not matter is passed over without being stored.
#[derive(Default)]
struct Fields {
    is_record: bool,
    values: Values,
}

struct FieldsVisitor<'o>(&'o ReadOptions);

impl<'de> Visitor<'de> for FieldsVisitor<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<Key>()? {
            if key.0 == "schema" {
                let schema: Value = map.next_value()?;
                fields.is_record = matches!(&schema, Value::Text(s) if s.starts_with("newsgraph/"));
            } else if let Some(part) = self.0.fields.part(&key.0) {
                fields.values.put(part, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(fields)
    }
}

/// A key; a borrowed one costs nothing.
#[derive(serde::Deserialize)]
struct Key<'k>(#[serde(borrow)] std::borrow::Cow<'k, str>);

/// The parser's message without its line, which is always the first.
fn not_json(error: serde_json::Error) -> ErrorKind {
    let (message, place) =
        (error.to_string(), format!(" at line {} column {}", error.line(), error.column()));
    let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
    ErrorKind::Json { message, column: error.column() }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64, number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64, number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number, number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other("a truth value"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let (mut names, mut other) = (Vec::new(), false);
        while let Some(value) = list.next_element::<Value>()? {
            match value {
                Value::Text(name) | Value::Named(name) => names.push(name),
                _ => other = true,
            }
        }
        Ok(if other { Value::Other("a list") } else { Value::List(names) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut best = (NAMING_KEYS.len(), Value::Other("an object"));
        while let Some(key) = map.next_key::<Key>()? {
            let rank = NAMING_KEYS.iter().position(|known| key.0 == *known).unwrap_or(NAMING_KEYS.len());
            if rank >= best.0 {
                map.next_value::<IgnoredAny>()?;
            } else if let Value::Text(name) = map.next_value()? {
                best = (rank, Value::Named(name));
            }
        }
        Ok(best.1)
    }
}

#[cfg(test)]
mod tests {
    use newsgraph_text::Metadata;

    use super::*;

    #[test]
    fn reads_fields_of_any_shape() {
        let rows = [
            ("string id", r#"{"id":"a","text":"x"}"#, "a"),
            ("number as id", r#"{"id":17,"text":"x"}"#, "17"),
            ("no id", r#"{"text":"x","other":{"deep":[1,{"a":null}]}}"#, "fallback"),
            ("empty id", r#"{"id":" ","text":"x"}"#, "fallback"),
            ("null id", r#"{"id":null,"text":"x"}"#, "fallback"),
            ("foreign schema", r#"{"schema":"news/2","id":"a","text":"x"}"#, "a"),
        ];
        for (name, line, id) in rows {
            let mut notes = Vec::new();
            let item = decode(line, &ReadOptions::default(), || "fallback".into(), &mut notes).unwrap();
            assert_eq!((item.id(), notes.len()), (id, 0), "{name}");
        }
    }

    #[test]
    fn names_what_is_wrong() {
        let rows = [
            ("broken", r#"{"text":"x"#, "not JSON: EOF while parsing a string (column 10)"),
            ("no object", "[1]", "not a JSON object; each line must be {\"text\": \"…\", …}"),
            ("a number", "17", "not a JSON object; each line must be {\"text\": \"…\", …}"),
            ("no text", r#"{"id":"a"}"#, "no field \"text\" with a string in it"),
            ("a list as text", r#"{"text":["a"]}"#, "no field \"text\" with a string in it"),
            ("null text", r#"{"text":null}"#, "no field \"text\" with a string in it"),
            (
                "a later schema",
                r#"{"schema":"newsgraph/9","id":"a","text":"","sentences":[],"entities":[],"quotes":[],"events":[]}"#,
                "document record of unknown schema \"newsgraph/9\"; this version reads \"newsgraph/1\"",
            ),
        ];
        for (name, line, message) in rows {
            let error = decode(line, &ReadOptions::default(), String::new, &mut Vec::new()).unwrap_err();
            assert_eq!(error.to_string(), message, "{name}");
        }
    }

    #[test]
    fn reads_the_usual_collections() {
        type Row = (&'static str, &'static str, [Option<&'static str>; 6]);
        let rows: [Row; 5] = [
            (
                "news-please",
                r#"{"maintext":"x","title":"T","date_publish":"2025-07-01 09:30:00","source_domain":"a.org","url":"u","authors":["Ann Lee"],"language":"en","description":"d"}"#,
                [
                    Some("a.org"),
                    Some("2025-07-01T09:30:00"),
                    Some("T"),
                    Some("u"),
                    Some("Ann Lee"),
                    Some("en"),
                ],
            ),
            (
                "NewsAPI",
                r#"{"source":{"id":"a","name":"The A"},"author":"Ann Lee","title":"T","description":"d","url":"u","publishedAt":"2025-07-01T09:30:00Z","content":"x"}"#,
                [Some("The A"), Some("2025-07-01T09:30:00Z"), Some("T"), Some("u"), Some("Ann Lee"), None],
            ),
            (
                "trafilatura",
                r#"{"title":"T","author":null,"hostname":"a.org","date":"2025-07-01","source":"https://a.org/1","source-hostname":"A","text":"x"}"#,
                [None, Some("2025-07-01"), Some("T"), Some("https://a.org/1"), None, None],
            ),
            (
                "New York Times",
                r#"{"body":"x","headline":{"main":"T","kicker":null},"pub_date":"2025-07-01T09:30:00+0000","web_url":"u","source":"NYT","byline":{"original":"By Ann Lee"}}"#,
                [Some("NYT"), Some("2025-07-01T09:30:00+00:00"), Some("T"), Some("u"), Some("Ann Lee"), None],
            ),
            (
                "CC-News",
                r#"{"title":"T","text":"x","domain":"a.org","date":"2025-07-01 09:30:00","description":"d","url":"u","image_url":""}"#,
                [Some("a.org"), Some("2025-07-01T09:30:00"), Some("T"), Some("u"), None, None],
            ),
        ];
        for (name, line, [source, published, title, url, byline, language]) in rows {
            let document =
                decode(line, &ReadOptions::default(), String::new, &mut Vec::new()).unwrap().into_document();
            let own = |value: Option<&str>| value.map(str::to_owned);
            let expected = Metadata {
                source: own(source),
                published: own(published),
                title: own(title),
                url: own(url),
                byline: own(byline),
                language: own(language),
            };
            assert_eq!((document.text.as_str(), document.metadata), ("x", expected), "{name}");
        }
    }

    #[test]
    fn keeps_the_document_when_metadata_is_odd() {
        let line = r#"{"text":"x","source":["a"],"published":"yesterday","title":3,"url":null}"#;
        let mut notes = Vec::new();
        let document =
            decode(line, &ReadOptions::default(), || "a".into(), &mut notes).unwrap().into_document();
        let expected = Metadata { title: Some("3".into()), ..Metadata::default() };
        assert_eq!(document.metadata, expected);
        let dropped = |field, value: &str| NoteKind::FieldDropped { field, value: value.to_owned() };
        assert_eq!(notes, [dropped("source", "a list"), dropped("published", "\"yesterday\"")]);
    }
}
