//! One line of JSON Lines: a document or a document record.

use std::fmt;

use newsgraph_record::Record;
use newsgraph_text::{Document, Metadata};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::date::{date_of_timestamp, normalise_date};
use crate::error::{ErrorKind, NoteKind};
use crate::pieces::Item;
use crate::record;

/// Longest value that a note quotes, in code points.
const QUOTED: usize = 60;

/// The fields of a document; whatever else a line holds is passed over without being stored.
#[derive(serde::Deserialize)]
struct Line {
    #[serde(default)]
    schema: Value,
    #[serde(default)]
    id: Value,
    #[serde(default)]
    text: Value,
    #[serde(default)]
    source: Value,
    #[serde(default)]
    published: Value,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    url: Value,
}

/// A value of a field, as far as it matters here.
#[derive(Default)]
enum Value {
    #[default]
    Null,
    Text(String),
    Number(f64, String),
    Other(&'static str),
}

/// Reads a line; `fallback` makes the id where the line has none.
pub(crate) fn decode(
    line: &str,
    fallback: impl FnOnce() -> String,
    notes: &mut Vec<NoteKind>,
) -> Result<Item, ErrorKind> {
    let line = line.trim();
    if !line.starts_with('{') {
        serde_json::from_str::<IgnoredAny>(line).map_err(not_json)?;
        return Err(ErrorKind::NotAnObject);
    }
    let fields: Line = serde_json::from_str(line).map_err(not_json)?;
    if matches!(&fields.schema, Value::Text(schema) if schema.starts_with("newsgraph/")) {
        let found = Record::from_line(line).map_err(ErrorKind::Record)?;
        record::check(&found)?;
        return Ok(Item::Record(Box::new(found)));
    }
    let Value::Text(text) = fields.text else {
        return Err(ErrorKind::NoText);
    };
    let metadata = Metadata {
        source: string("source", fields.source, notes),
        published: published(fields.published, notes),
        title: string("title", fields.title, notes),
        url: string("url", fields.url, notes),
    };
    let id = string("id", fields.id, notes).unwrap_or_else(fallback);
    Ok(Item::Document(Document { id, text, metadata }))
}

/// The parser's message without its line, which is always the first.
fn not_json(error: serde_json::Error) -> ErrorKind {
    let (message, place) =
        (error.to_string(), format!(" at line {} column {}", error.line(), error.column()));
    let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
    ErrorKind::Json { message, column: error.column() }
}

/// A field that holds a string or a number; an empty string counts as unknown.
fn string(field: &'static str, value: Value, notes: &mut Vec<NoteKind>) -> Option<String> {
    match value {
        Value::Text(text) | Value::Number(_, text) => Some(text).filter(|t| !t.trim().is_empty()),
        Value::Null => None,
        Value::Other(value) => {
            notes.push(NoteKind::FieldDropped { field, value: value.to_owned() });
            None
        }
    }
}

fn published(value: Value, notes: &mut Vec<NoteKind>) -> Option<String> {
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
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other("an object"))
    }
}

#[cfg(test)]
mod tests {
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
            let item = decode(line, || "fallback".into(), &mut notes).unwrap();
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
            let error = decode(line, String::new, &mut Vec::new()).unwrap_err();
            assert_eq!(error.to_string(), message, "{name}");
        }
    }

    #[test]
    fn keeps_the_document_when_metadata_is_odd() {
        let line = r#"{"text":"x","source":["a"],"published":"yesterday","title":3,"url":null}"#;
        let mut notes = Vec::new();
        let document = decode(line, || "a".into(), &mut notes).unwrap().into_document();
        let expected = Metadata { title: Some("3".into()), ..Metadata::default() };
        assert_eq!(document.metadata, expected);
        let dropped = |field, value: &str| NoteKind::FieldDropped { field, value: value.to_owned() };
        assert_eq!(notes, [dropped("source", "a list"), dropped("published", "\"yesterday\"")]);
    }
}
