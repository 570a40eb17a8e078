//! Actor and agent dictionaries of TABARI and PETRARCH, read as they are.
//!
//! One entry a line; `#` and `;` begin a comment, `<!-- -->` may span lines. An actor is a name line, lines with `+`
//! for its other names, and codes in brackets, with dates or without, on the name line or on lines of their own:
//!
//! ```text
//! RUFUS_FIREFLY_
//! +FIREFLY_THE_GREAT
//!     [FREGOV 330101-381231]
//!     [FREOPP >390101]
//!     [FRE]
//! ```
//!
//! An agent is a word for people or bodies, with the plural where it is not regular, and a code in which `~` stands
//! where that of the state or body goes: `CABIN_CREW {} [~LAB]`. `!PERSON! = MAN, WOMAN` defines what the marker
//! `!PERSON!` stands for in agents.
//!
//! Not read: whether words may stand between those of a name, and stems: names are found as whole words.

use std::io::{BufRead, BufReader, Read};

use rustc_hash::FxHashMap;

use crate::source::{SourceCode, SourceEntry, SourceName, slug};
use crate::units::{MAX_UNIT, units_of_name};
use crate::{Gazetteer, GazetteerError, NameClass, PartialDate, Reading};

/// Reads a dictionary, of actors or of agents or of both; `list` is what errors call it. A line that is wrong is
/// reported and passed over; the others count.
pub fn read_petrarch(list: &str, input: impl Read) -> Reading {
    let mut reader = Reader { list: list.to_owned(), ..Reader::default() };
    let mut comment = false;
    for (number, line) in (1..).zip(BufReader::new(input).split(b'\n')) {
        match line {
            // A dozen lines of the known dictionaries are no UTF-8, all in comments or names that no text has.
            Ok(line) => {
                let line = String::from_utf8_lossy(&line).into_owned();
                reader.line = number;
                reader.read(&without_comments(&line, &mut comment));
            }
            Err(error) => {
                reader.wrong(error.to_string());
                break;
            }
        }
    }
    reader.end_entry();
    Reading { entries: reader.entries, errors: reader.errors }
}

/// A line without what stands in comments; `inside` says whether one is open.
fn without_comments(line: &str, inside: &mut bool) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        if *inside {
            match rest.split_once("-->") {
                Some((_, after)) => rest = after,
                None => {
                    rest = "";
                    break;
                }
            }
            *inside = false;
        }
        match rest.split_once("<!--") {
            Some((before, after)) => {
                kept.push_str(before);
                rest = after;
                *inside = true;
            }
            None => break,
        }
    }
    kept.push_str(rest);
    let end = kept.find(['#', ';']).filter(|&at| !kept[at..].starts_with("###]"));
    kept.truncate(end.unwrap_or(kept.len()));
    kept
}

/// A dictionary being read.
#[derive(Default)]
struct Reader {
    list: String,
    line: u32,
    entries: Vec<SourceEntry>,
    errors: Vec<GazetteerError>,
    /// Where each id is in `entries`.
    places: FxHashMap<String, usize>,
    /// What the markers of agents stand for.
    markers: FxHashMap<String, Vec<String>>,
    /// The actor whose names and codes are being read.
    open: Option<SourceEntry>,
}

impl Reader {
    fn read(&mut self, line: &str) {
        let text = line.trim();
        if text.is_empty() {
            return;
        }
        let (words, codes) = text.split_at(text.find('[').unwrap_or(text.len()));
        if let Some((marker, forms)) =
            text.strip_prefix('!').and_then(|t| t.split_once("! =").or(t.split_once("!=")))
        {
            let forms = forms.split(',').map(|f| f.trim().to_owned()).filter(|f| !f.is_empty()).collect();
            self.markers.insert(marker.trim().to_owned(), forms);
        } else if codes.contains('~') {
            self.agent(words, codes);
        } else if let Some(other) = words.strip_prefix('+') {
            match self.name(other) {
                Some(name) if self.open.is_some() => {
                    self.open.iter_mut().for_each(|e| e.names.push(name.clone()))
                }
                Some(_) => self.wrong("a synonym without a name above it".to_owned()),
                None => {}
            }
            self.codes(codes);
        } else {
            if !words.trim().is_empty() {
                self.actor(words);
            }
            self.codes(codes);
        }
    }

    /// A name line: begins an entry, unless the one before still waits for its code, which they then share.
    fn actor(&mut self, words: &str) {
        let Some(name) = self.name(words) else { return };
        if let Some(open) = self.open.as_mut().filter(|open| open.codes.is_empty()) {
            open.names.push(name);
            return;
        }
        self.end_entry();
        let id = format!("actor/{}", slug(&name.text));
        self.open = Some(SourceEntry { id, names: vec![name], line: self.line, ..SourceEntry::default() });
    }

    /// Brackets with codes, several in a row, of which the last may not be closed.
    fn codes(&mut self, brackets: &str) {
        for bracket in brackets.split('[').map(|b| b.split(']').next().unwrap_or(b).trim()) {
            let end =
                bracket.find(|c: char| c.is_whitespace() || c == '<' || c == '>').unwrap_or(bracket.len());
            let (code, dates) = bracket.split_at(end);
            if code.is_empty() {
                continue;
            }
            let dates: String = dates.chars().filter(|c| !c.is_whitespace()).collect();
            match (interval(&dates), self.open.as_mut()) {
                (Some((from, to)), Some(open)) => {
                    open.codes.push(SourceCode { code: code.to_owned(), from, to });
                }
                (None, _) => {
                    let remedy = "dates as <YYYYMMDD, >YYYYMMDD or YYYYMMDD-YYYYMMDD, the earlier first";
                    self.field("codes", bracket, remedy);
                }
                (_, None) => self.wrong(format!("the code {code} without a name above it")),
            }
        }
    }

    /// Takes the open actor in; of several with one first name the codes and names are joined.
    fn end_entry(&mut self) {
        let Some(mut entry) = self.open.take() else { return };
        if entry.codes.is_empty() {
            let name = entry.names.first().map_or(String::new(), |name| name.text.clone());
            self.errors.push(GazetteerError::Field {
                list: self.list.clone(),
                line: entry.line,
                field: "code",
                value: name,
                remedy: "a code in brackets on the line or below it; the name is left out",
            });
            return;
        }
        entry.country = entry.codes.iter().find_map(|code| country(&code.code));
        self.insert(entry);
    }

    fn insert(&mut self, entry: SourceEntry) {
        match self.places.get(&entry.id).and_then(|&at| self.entries.get_mut(at)) {
            Some(known) => {
                known.names.extend(entry.names);
                known.codes.extend(entry.codes);
            }
            None => {
                self.places.insert(entry.id.clone(), self.entries.len());
                self.entries.push(entry);
            }
        }
    }

    fn agent(&mut self, words: &str, codes: &str) {
        let code = codes.trim_start_matches('[').split(']').next().unwrap_or("").trim();
        let (singular, plural) = match words.split_once('{') {
            Some((singular, plural)) => (singular, Some(plural.split('}').next().unwrap_or(plural).trim())),
            None => (words, None),
        };
        let singular = singular.trim().trim_start_matches('+');
        let mut names = Vec::new();
        match singular.split('!').collect::<Vec<_>>().as_slice() {
            [before, marker, after] => match self.markers.get(*marker) {
                Some(forms) => names.extend(forms.iter().map(|form| format!("{before}{form}{after}"))),
                None => return self.field("agent", singular, "a marker that a line above defines"),
            },
            _ => {
                names.push(singular.to_owned());
                match plural {
                    None => names.push(plural_of(singular)),
                    Some("") => {}
                    Some(plural) => names.push(plural.to_owned()),
                }
            }
        }
        let names: Vec<SourceName> =
            names.iter().filter_map(|name| self.name(&name.to_lowercase())).collect();
        let Some(first) = names.first() else { return };
        let id = format!("agent/{}", slug(&first.text));
        let codes = vec![SourceCode { code: code.to_owned(), from: None, to: None }];
        self.insert(SourceEntry { id, names, codes, line: self.line, ..SourceEntry::default() });
    }

    /// A name as texts have it: words apart, and, if it was in capitals, with capitals at the beginnings of words.
    fn name(&mut self, written: &str) -> Option<SourceName> {
        let words: Vec<&str> = written.split(['_', ' ', '\t']).filter(|w| !w.is_empty()).collect();
        let initials = words.len() == 1 && words[0].len() <= 3;
        let words: Vec<String> =
            words.iter().map(|w| if initials { (*w).to_owned() } else { titled(w) }).collect();
        let mut name = SourceName::parse(&words.join(" "), NameClass::Alias);
        name.loose = true;
        let units = units_of_name(&name.text);
        let lettered = units.iter().any(|(unit, _)| unit.chars().any(char::is_alphanumeric));
        if !lettered || units.iter().any(|(unit, _)| unit.len() > MAX_UNIT) {
            self.field(
                "name",
                written.trim(),
                "a name with at least one letter, of words of at most 64 bytes",
            );
            return None;
        }
        Some(name)
    }

    fn wrong(&mut self, problem: String) {
        self.errors.push(GazetteerError::Line { list: self.list.clone(), line: self.line, problem });
    }

    fn field(&mut self, field: &'static str, value: &str, remedy: &'static str) {
        let (list, value) = (self.list.clone(), value.to_owned());
        self.errors.push(GazetteerError::Field { list, line: self.line, field, value, remedy });
    }
}

/// "FIREFLY" as "Firefly"; a word with lower-case letters as it is.
fn titled(word: &str) -> String {
    if word.contains(char::is_lowercase) {
        return word.to_owned();
    }
    let mut begins = true;
    let letter = |c: char| {
        let cased = if begins { c } else { c.to_lowercase().next().unwrap_or(c) };
        begins = !c.is_alphanumeric() && c != '\'';
        cased
    };
    word.chars().map(letter).collect()
}

/// The regular plural, as TABARI makes it.
fn plural_of(singular: &str) -> String {
    let word = singular.trim_end_matches('_');
    match word.as_bytes().last() {
        Some(b'Y' | b'y') => format!("{}IES", &word[..word.len() - 1]),
        Some(b'S' | b's') => format!("{word}ES"),
        _ => format!("{word}S"),
    }
}

/// The country that a code begins with, where there is one of that code.
fn country(code: &str) -> Option<String> {
    let country = code.get(..3)?;
    Gazetteer::embedded().by_id(&format!("country/{country}")).map(|_| country.to_owned())
}

/// First and last day of a restriction without blanks: `<date`, `>date`, `date-date` or nothing.
fn interval(dates: &str) -> Option<(Option<PartialDate>, Option<PartialDate>)> {
    if dates.is_empty() {
        return Some((None, None));
    }
    if let Some(to) = dates.strip_prefix('<') {
        return Some((None, Some(date(to)?)));
    }
    if let Some(from) = dates.strip_prefix('>') {
        return Some((Some(date(from)?), None));
    }
    let (from, to) = dates.split_once('-')?;
    let (from, to) = (date(from)?, date(to)?);
    (!to.is_before(from)).then_some((Some(from), Some(to)))
}

/// A day as YYYYMMDD or YYMMDD, where 00 to 30 are of this century. A month or day that there is not becomes the
/// nearest that there is.
fn date(digits: &str) -> Option<PartialDate> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let year = match digits.len() {
        8 => year,
        6 if year <= 30 => 2000 + year,
        6 => 1900 + year,
        _ => return None,
    };
    let (month, day) = (month.clamp(1, 12), day.clamp(1, 31));
    (1..=day).rev().find_map(|day| PartialDate::parse(&format!("{year:04}-{month:02}-{day:02}")))
}
