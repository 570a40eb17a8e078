//! Plain questions, answered without writing SQL.

use crate::{Store, StoreError};
use rusqlite::params_from_iter;
use rusqlite::types::Value;

/// What a user wants to know. Names are labels, other names, or identifiers of the gazetteer, in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Who said it.
    pub speaker: Option<String>,
    /// What was said mentions this.
    pub about: Option<String>,
    /// What was said holds these words.
    pub search: Option<String>,
    /// Who did it.
    pub actor: Option<String>,
    /// To whom it was done.
    pub recipient: Option<String>,
    /// Any act or fact between these two, in either direction.
    pub between: Option<(String, String)>,
    /// Published on or after this day.
    pub since: Option<String>,
    /// Published on or before this day.
    pub until: Option<String>,
}

/// A table: the names of its columns, and rows of as many cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, one a sentence of evidence.
    pub rows: Vec<Vec<String>>,
}

const COLUMNS: [&str; 8] = ["published", "source", "kind", "target", "outlet", "document", "start", "text"];

const SELECT: &str =
    "SELECT coalesce(d.published, ''), s.label, e.kind, t.label, coalesce(d.outlet, ''), d.id, v.start, v.text
    FROM edge_rows e JOIN node_rows s ON s.number = e.source JOIN node_rows t ON t.number = e.target
    JOIN evidence_rows p ON p.edge = e.number JOIN sentence_rows v ON v.number = p.sentence
    JOIN document_rows d ON d.number = v.document WHERE ";

const ORDER: &str = " ORDER BY d.published, d.id, v.start, v.\"end\", e.id";

/// Who says something in a sentence does not pass it on there besides.
const ONCE: &str =
    " AND NOT (e.kind = 'RELAYED' AND EXISTS (SELECT 1 FROM edge_rows o JOIN evidence_rows w ON w.edge = o.number
    WHERE o.source = e.source AND o.target = e.target AND o.kind = 'SAID' AND w.sentence = v.number))";

/// Edges that say how the graph hangs together, not who did what.
const STRUCTURE: &str = "'ABOUT', 'ADDRESSED_TO', 'NESTED_IN', 'ACTOR', 'RECIPIENT', 'PLACE', 'INVOLVES', 'REPORTED_BY', 'CO_OCCURS'";

/// Conditions of a query with the values for their question marks.
#[derive(Default)]
struct Conditions {
    text: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    fn add(&mut self, text: String, values: impl IntoIterator<Item = Value>) {
        self.text.push(text);
        self.values.extend(values);
    }

    fn one_of(&mut self, column: &str, nodes: &[i64]) {
        self.add(format!("{column} IN ({})", marks(nodes.len())), nodes.iter().map(|&node| node.into()));
    }
}

fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

impl Store {
    /// Answers a question with sentences, first published first.
    ///
    /// # Errors
    /// When a name is unknown, or the database cannot be read.
    pub fn ask(&self, question: &Question) -> Result<Answer, StoreError> {
        let mut conditions = Conditions::default();
        if let Some((one, other)) = &question.between {
            let (one, other) = (self.named(one)?, self.named(other)?);
            let (a, b) = (marks(one.len()), marks(other.len()));
            conditions.add(
                format!(
                    "(e.source IN ({a}) AND e.target IN ({b}) OR e.source IN ({b}) AND e.target IN ({a}))"
                ),
                [&one, &other, &other, &one].into_iter().flatten().map(|&node| node.into()),
            );
        } else if question.actor.is_some() || question.recipient.is_some() {
            conditions.add(format!("e.kind NOT IN ('SAID', 'RELAYED', {STRUCTURE})"), []);
        } else {
            conditions.add("e.kind IN ('SAID', 'RELAYED')".to_owned(), []);
        }
        for (name, column) in [
            (&question.speaker, "e.source"),
            (&question.actor, "e.source"),
            (&question.recipient, "e.target"),
        ] {
            if let Some(name) = name {
                conditions.one_of(column, &self.named(name)?);
            }
        }
        if let Some(about) = &question.about {
            let nodes = self.named(about)?;
            let text = format!(
                "e.target IN (SELECT source FROM edge_rows WHERE kind = 'ABOUT' AND target IN ({}))",
                marks(nodes.len())
            );
            conditions.add(text, nodes.into_iter().map(Value::from));
        }
        if let Some(words) = &question.search {
            let text = "e.target IN (SELECT node FROM quote_rows WHERE wording IN
                (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?))";
            conditions.add(text.to_owned(), [as_words(words).into()]);
        }
        if let Some(since) = &question.since {
            conditions.add("d.published >= ?".to_owned(), [since.clone().into()]);
        }
        if let Some(until) = &question.until {
            conditions.add(
                "substr(d.published, 1, length(?)) <= ?".to_owned(),
                [until.clone().into(), until.clone().into()],
            );
        }
        self.answer(&conditions)
    }

    fn answer(&self, conditions: &Conditions) -> Result<Answer, StoreError> {
        let query = format!("{SELECT}{}{ONCE}{ORDER}", conditions.text.join(" AND "));
        let mut statement = self.connection.prepare(&query)?;
        let mut rows = statement.query(params_from_iter(&conditions.values))?;
        let mut answer = Answer { columns: COLUMNS.to_vec(), rows: Vec::new() };
        while let Some(row) = rows.next()? {
            let cells = (0..COLUMNS.len()).map(|column| match row.get_ref(column)? {
                rusqlite::types::ValueRef::Integer(number) => Ok(number.to_string()),
                other => Ok(other.as_str().map_err(rusqlite::Error::from)?.to_owned()),
            });
            answer.rows.push(cells.collect::<rusqlite::Result<_>>()?);
        }
        Ok(answer)
    }

    /// The nodes of a name: by identifier, label or other name, else those whose label has it for a part.
    fn named(&self, name: &str) -> Result<Vec<i64>, StoreError> {
        let exact = "SELECT number FROM node_rows WHERE type NOT IN ('QUOTE', 'EVENT') AND number IN (
            SELECT number FROM node_rows WHERE id = ?1 UNION SELECT number FROM node_rows WHERE kb = ?1
            UNION SELECT number FROM node_rows WHERE label = ?1 COLLATE NOCASE AND type NOT IN ('QUOTE', 'EVENT')
            UNION SELECT node FROM alias_rows WHERE alias = ?1 COLLATE NOCASE AND is_name) ORDER BY number";
        let part = "SELECT number FROM node_rows WHERE instr(' ' || lower(label) || ' ', ' ' || lower(?1) || ' ') > 0
            AND type NOT IN ('QUOTE', 'EVENT') ORDER BY number LIMIT 500";
        for query in [exact, part] {
            let mut statement = self.connection.prepare(query)?;
            let numbers =
                statement.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
            if !numbers.is_empty() {
                return Ok(numbers);
            }
        }
        Err(StoreError::Unknown(name.to_owned()))
    }
}

/// Words as FTS5 takes them: each in quotes, all required.
fn as_words(text: &str) -> String {
    let words: Vec<String> =
        text.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    words.join(" ")
}
