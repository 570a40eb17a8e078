//! Plain questions, answered without writing SQL.

use crate::{Store, StoreError};
use rusqlite::params_from_iter;

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
    "SELECT coalesce(v.published, ''), s.label, e.kind, t.label, coalesce(v.outlet, ''), v.document,
    v.start, v.text FROM edges e JOIN nodes s ON s.id = e.source JOIN nodes t ON t.id = e.target
    JOIN evidence v ON v.edge = e.id WHERE ";

const ORDER: &str = " ORDER BY v.published, v.document, v.start, v.\"end\", e.id";

/// Who says something in a sentence does not pass it on there besides.
const ONCE: &str =
    " AND NOT (e.kind = 'RELAYED' AND EXISTS (SELECT 1 FROM edges d JOIN evidence w ON w.edge = d.id
    WHERE d.source = e.source AND d.target = e.target AND d.kind = 'SAID' AND w.document = v.document
    AND w.start = v.start))";

/// Edges that say how the graph hangs together, not who did what.
const STRUCTURE: &str = "'ABOUT', 'ADDRESSED_TO', 'NESTED_IN', 'ACTOR', 'RECIPIENT', 'PLACE', 'INVOLVES', 'REPORTED_BY', 'CO_OCCURS'";

/// Conditions of a query with the values for their question marks.
#[derive(Default)]
struct Conditions {
    text: Vec<String>,
    values: Vec<String>,
}

impl Conditions {
    fn add(&mut self, text: String, values: impl IntoIterator<Item = String>) {
        self.text.push(text);
        self.values.extend(values);
    }

    fn one_of(&mut self, column: &str, ids: &[String]) {
        self.add(format!("{column} IN ({})", marks(ids.len())), ids.iter().cloned());
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
                [&one, &other, &other, &one].into_iter().flatten().cloned(),
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
            let ids = self.named(about)?;
            let text = format!(
                "e.target IN (SELECT source FROM edges WHERE kind = 'ABOUT' AND target IN ({}))",
                marks(ids.len())
            );
            conditions.add(text, ids);
        }
        if let Some(words) = &question.search {
            let text = "e.target IN (SELECT node FROM quotes WHERE number IN
                (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?))";
            conditions.add(text.to_owned(), [as_words(words)]);
        }
        if let Some(since) = &question.since {
            conditions.add("v.published >= ?".to_owned(), [since.clone()]);
        }
        if let Some(until) = &question.until {
            conditions
                .add("substr(v.published, 1, length(?)) <= ?".to_owned(), [until.clone(), until.clone()]);
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
    fn named(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let exact = "SELECT id FROM nodes WHERE (id = ?1 OR kb = ?1 OR label = ?1 COLLATE NOCASE
            OR id IN (SELECT node FROM aliases WHERE alias = ?1 COLLATE NOCASE)) AND type NOT IN ('QUOTE', 'EVENT')
            ORDER BY id";
        let part = "SELECT id FROM nodes WHERE instr(' ' || lower(label) || ' ', ' ' || lower(?1) || ' ') > 0
            AND type NOT IN ('QUOTE', 'EVENT') ORDER BY id LIMIT 500";
        for query in [exact, part] {
            let mut statement = self.connection.prepare(query)?;
            let ids =
                statement.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
            if !ids.is_empty() {
                return Ok(ids);
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
