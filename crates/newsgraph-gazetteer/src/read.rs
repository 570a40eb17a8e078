//! Lists of names in CSV and JSON Lines.
//!
//! Columns of CSV, and fields of JSON: `id`, `name`, `type`, `aliases`, `acronyms`, `demonyms`, `surnames`, `roles`,
//! `codes`, `country`, `gender`, `latitude`, `longitude`, `population`, `stands_for`. Only `name` is required.
//!
//! In CSV several values stand in one cell with `;` between them. A role is written `title @of from..to`, where `@`
//! alone means the entry's country, and the office and the dates may be absent: `president @ 2017-05-14..`,
//! `secretary-general @org/nato 2014-10-01..2024-10-01`. A code is written `code from..to`. Names may have marks
//! in front ([`SourceName::parse`]).

use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;

use crate::source::{SourceCode, SourceEntry, SourceName, SourceTerm, slug};
use crate::units::{MAX_UNIT, units_of_name};
use crate::{EntityType, GazetteerError, Gender, NameClass, PartialDate};

pub(crate) const COLUMNS: &str = "id, name, type, aliases, acronyms, demonyms, surnames, roles, codes, country, gender, \
                       latitude, longitude, population, stands_for";

/// What a list holds and what is wrong with it.
#[derive(Debug, Default)]
pub struct Reading {
    /// The entries of the lines that are right.
    pub entries: Vec<SourceEntry>,
    /// The others, in order of the list.
    pub errors: Vec<GazetteerError>,
}

impl Reading {
    /// The entries, if all lines are right.
    ///
    /// # Errors
    ///
    /// The first error of the list.
    pub fn into_result(self) -> Result<Vec<SourceEntry>, GazetteerError> {
        match self.errors.into_iter().next() {
            Some(error) => Err(error),
            None => Ok(self.entries),
        }
    }
}

/// Reads a list in CSV with a header line; `list` is what errors call it.
pub fn read_csv(list: &str, input: impl Read) -> Reading {
    let mut reading = Reading::default();
    let mut csv = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(false).from_reader(input);
    let headers = match csv.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => {
            reading.errors.push(csv_error(list, &error));
            return reading;
        }
    };
    let unknown = headers.iter().find(|h| !COLUMNS.split(", ").any(|c| c == *h));
    let problem = match unknown {
        Some(column) => Some(format!("there is no column {column:?}")),
        None => (!headers.iter().any(|h| h == "name")).then(|| "the column name is missing".to_owned()),
    };
    if let Some(problem) = problem {
        reading.errors.push(GazetteerError::Header { list: list.to_owned(), problem, columns: COLUMNS });
        return reading;
    }
    for row in csv.records() {
        let entry = row.map_err(|error| csv_error(list, &error)).and_then(|row| {
            let line = row.position().map_or(0, |p| p.line() as u32);
            let mut fields = Fields::default();
            for (column, cell) in headers.iter().zip(&row) {
                fields.set(column, cell);
            }
            fields.check(list, line)
        });
        reading.push(entry);
    }
    reading
}

/// Reads a list in JSON Lines, one object a line; `list` is what errors call it.
pub fn read_json_lines(list: &str, input: impl Read) -> Reading {
    let mut reading = Reading::default();
    for (number, line) in (1..).zip(BufReader::new(input).split(b'\n')) {
        let wrong = |problem: String| GazetteerError::Line { list: list.to_owned(), line: number, problem };
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                reading.errors.push(wrong(error.to_string()));
                break;
            }
        };
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let fields: Result<Fields, _> = serde_json::from_slice(&line);
        reading.push(fields.map_err(|e| wrong(e.to_string())).and_then(|fields| fields.check(list, number)));
    }
    reading
}

impl Reading {
    pub(crate) fn push(&mut self, entry: Result<SourceEntry, GazetteerError>) {
        match entry {
            Ok(entry) => self.entries.push(entry),
            Err(error) => self.errors.push(error),
        }
    }
}

fn csv_error(list: &str, error: &csv::Error) -> GazetteerError {
    let line = error.position().map_or(1, |p| p.line() as u32);
    GazetteerError::Line { list: list.to_owned(), line, problem: error.to_string() }
}

/// A line's fields as text, before they are checked.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Fields {
    id: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    aliases: Vec<String>,
    acronyms: Vec<String>,
    demonyms: Vec<String>,
    surnames: Vec<String>,
    roles: Vec<Dated>,
    codes: Vec<Dated>,
    country: String,
    gender: String,
    latitude: Option<Number>,
    longitude: Option<Number>,
    population: Option<Number>,
    stands_for: String,
}

/// A number, or the text of a cell that should be one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Value(f64),
    Text(String),
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Dated {
    #[serde(alias = "role", alias = "code")]
    text: String,
    of: String,
    from: Option<String>,
    to: Option<String>,
}

impl Fields {
    fn set(&mut self, column: &str, cell: &str) {
        let list = || cell.split(';').map(str::trim).filter(|v| !v.is_empty());
        let strings = || list().map(str::to_owned).collect();
        let number = || (!cell.is_empty()).then(|| Number::Text(cell.to_owned()));
        match column {
            "id" => self.id = cell.to_owned(),
            "name" => self.name = cell.to_owned(),
            "type" => self.kind = cell.to_owned(),
            "aliases" => self.aliases = strings(),
            "acronyms" => self.acronyms = strings(),
            "demonyms" => self.demonyms = strings(),
            "surnames" => self.surnames = strings(),
            "roles" => self.roles = list().map(Dated::parse).collect(),
            "codes" => self.codes = list().map(Dated::parse).collect(),
            "country" => self.country = cell.to_owned(),
            "gender" => self.gender = cell.to_owned(),
            "latitude" => self.latitude = number(),
            "longitude" => self.longitude = number(),
            "population" => self.population = number(),
            "stands_for" => self.stands_for = cell.to_owned(),
            _ => {}
        }
    }

    fn check(self, list: &str, line: u32) -> Result<SourceEntry, GazetteerError> {
        let place = Place { list, line };
        let names = self.names(&place)?;
        let country = self.country(&place)?;
        let kind = match self.kind.as_str() {
            "" => None,
            label => Some(EntityType::from_label(label).ok_or_else(|| place.field("type", label, TYPES))?),
        };
        let gender = match self.gender.as_str() {
            "" => None,
            label => Some(Gender::from_label(label).ok_or_else(|| place.field("gender", label, "f or m"))?),
        };
        let degrees = "degrees as a decimal number";
        let entry = SourceEntry {
            id: if self.id.is_empty() { format!("name/{}", slug(&self.name)) } else { self.id },
            kind,
            names,
            gender,
            latitude: place.number("latitude", self.latitude, 90.0, degrees)?,
            longitude: place.number("longitude", self.longitude, 180.0, degrees)?,
            population: place
                .number("population", self.population, 2e10, "a whole number of inhabitants")?
                .map(|n| n as u64),
            roles: self
                .roles
                .into_iter()
                .map(|role| role.term(country.as_deref(), &place))
                .collect::<Result<_, _>>()?,
            codes: self.codes.into_iter().map(|code| code.code(&place)).collect::<Result<_, _>>()?,
            stands_for: Some(self.stands_for).filter(|id| !id.is_empty()),
            country,
            added: false,
            line,
        };
        Ok(entry)
    }

    fn names(&self, place: &Place<'_>) -> Result<Vec<SourceName>, GazetteerError> {
        let lists = [
            ("name", NameClass::Canonical, std::slice::from_ref(&self.name)),
            ("aliases", NameClass::Alias, &self.aliases),
            ("acronyms", NameClass::Acronym, &self.acronyms),
            ("surnames", NameClass::Surname, &self.surnames),
            ("demonyms", NameClass::Demonym, &self.demonyms),
        ];
        let mut names = Vec::new();
        for (field, class, list) in lists {
            for marked in list {
                let name = SourceName::parse(marked, class);
                let units = units_of_name(&name.text);
                if !units.iter().any(|(unit, _)| unit.chars().any(char::is_alphanumeric)) {
                    return Err(place.field(field, marked, "a name with at least one letter or digit"));
                }
                if units.iter().any(|(unit, _)| unit.len() > MAX_UNIT) {
                    return Err(place.field(field, marked, "a name whose words have at most 64 bytes"));
                }
                names.push(name);
            }
        }
        Ok(names)
    }

    fn country(&self, place: &Place<'_>) -> Result<Option<String>, GazetteerError> {
        match self.country.as_str() {
            "" => Ok(None),
            code if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
                Ok(Some(code.to_owned()))
            }
            code => Err(place.field("country", code, "an ISO 3166-1 code of three capital letters")),
        }
    }
}

const TYPES: &str = "one of PERSON, ORG, GPE, LOC, FAC, NORP, EVENT, LAW, PRODUCT, WORK_OF_ART, DATE, TIME, MONEY, \
                     PERCENT, QUANTITY, CARDINAL, ORDINAL";

impl Dated {
    /// Reads `text @of from..to`.
    fn parse(cell: &str) -> Self {
        let (rest, dates) = match cell.rsplit_once(' ') {
            Some((rest, dates)) if dates.contains("..") => (rest, Some(dates)),
            _ => (cell, None),
        };
        let (text, of) = match rest.rsplit_once('@') {
            Some((text, of)) => (text, if of.trim().is_empty() { "@" } else { of.trim() }),
            None => (rest, ""),
        };
        let (from, to) = dates.and_then(|d| d.split_once("..")).unzip();
        Self {
            text: text.trim().to_owned(),
            of: of.to_owned(),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        }
    }

    fn term(self, country: Option<&str>, place: &Place<'_>) -> Result<SourceTerm, GazetteerError> {
        let of = match (self.of.as_str(), country) {
            ("@", Some(country)) => format!("country/{country}"),
            ("@", None) => {
                return Err(place.field("roles", "@", "the country in its own field, or @ with an id"));
            }
            _ => self.of,
        };
        let (from, to) = place.interval("roles", self.from.as_deref(), self.to.as_deref())?;
        Ok(SourceTerm { title: self.text, of, from, to })
    }

    fn code(self, place: &Place<'_>) -> Result<SourceCode, GazetteerError> {
        let (from, to) = place.interval("codes", self.from.as_deref(), self.to.as_deref())?;
        Ok(SourceCode { code: self.text, from, to })
    }
}

/// First and last day, where known.
type Interval = (Option<PartialDate>, Option<PartialDate>);

/// Where a field stands, for its errors.
struct Place<'l> {
    list: &'l str,
    line: u32,
}

impl Place<'_> {
    fn field(&self, field: &'static str, value: &str, remedy: &'static str) -> GazetteerError {
        GazetteerError::Field {
            list: self.list.to_owned(),
            line: self.line,
            field,
            value: value.to_owned(),
            remedy,
        }
    }

    fn number(
        &self,
        field: &'static str,
        number: Option<Number>,
        limit: f64,
        remedy: &'static str,
    ) -> Result<Option<f64>, GazetteerError> {
        let (value, text) = match number {
            None => return Ok(None),
            Some(Number::Value(value)) => (Some(value), value.to_string()),
            Some(Number::Text(text)) => (text.parse().ok(), text),
        };
        match value.filter(|v: &f64| v.is_finite() && v.abs() <= limit) {
            Some(value) => Ok(Some(value)),
            None => Err(self.field(field, &text, remedy)),
        }
    }

    fn interval(
        &self,
        field: &'static str,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Interval, GazetteerError> {
        let date = |text: Option<&str>| match text.filter(|t| !t.is_empty()) {
            None => Ok(None),
            Some(text) => match PartialDate::parse(text) {
                Some(date) => Ok(Some(date)),
                None => Err(self.field(field, text, "dates as YYYY, YYYY-MM or YYYY-MM-DD")),
            },
        };
        let (from_date, to_date) = (date(from)?, date(to)?);
        if from_date.zip(to_date).is_some_and(|(from, to)| to.is_before(from)) {
            let value = format!("{}..{}", from.unwrap_or(""), to.unwrap_or(""));
            return Err(self.field(field, &value, "the earlier date first"));
        }
        Ok((from_date, to_date))
    }
}
