//! Reads the corpora of names as documents with the tags that each token may bear.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use newsgraph_entity::recognizer::{NameClass, OUTSIDE, Position, TAGS, is_title, tag};
use newsgraph_text::Span;
use newsgraph_token::Segmentation;

/// Every tag.
pub const ANY: u32 = (1 << TAGS) - 1;
/// Outside all names only.
pub const OUTSIDE_ONLY: u32 = 1 << OUTSIDE;
/// Sentences of a document where a corpus does not say where documents begin.
const SENTENCES_OF_A_DOCUMENT: usize = 30;

/// A name of the gold standard: tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    pub start: u32,
    pub end: u32,
    pub class: NameClass,
}

/// A document with gold names.
#[derive(Default)]
pub struct Document {
    pub text: String,
    pub segmentation: Segmentation,
    /// For each token the tags it may bear, as bits.
    pub allowed: Vec<u32>,
    pub names: Vec<Name>,
    /// Tokens whose being outside names is not to be trusted.
    pub uncertain: Vec<bool>,
    /// Whether its names were found by a program.
    pub silver: bool,
}

impl Document {
    fn push(&mut self, form: &str, allowed: u32) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len() as u32;
        self.text.push_str(form);
        self.segmentation.push_token(Span::new(start, self.text.len() as u32));
        self.allowed.push(allowed);
        self.uncertain.push(allowed == ANY);
    }

    fn end_sentence(&mut self) {
        self.segmentation.end_sentence();
    }
}

/// One token of a file: form, tag, whether its tag is uncertain.
struct Row {
    form: String,
    tag: String,
    uncertain: bool,
}

/// The text of a gzipped file.
pub fn unzipped(path: &Path) -> anyhow::Result<String> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text)
}

/// The documents of a file in IOB2 for which `keep` holds, by their ids.
pub fn read_iob2(path: &Path, keep: impl Fn(&str) -> bool) -> anyhow::Result<Vec<Document>> {
    let text = unzipped(path)?;
    let has_documents = text.lines().any(|l| l.starts_with("# newdoc"));
    let mut out = Vec::new();
    let mut document = Document::default();
    let (mut kept, mut sentences, mut rows) = (true, 0, Vec::new());
    for line in text.lines().chain([""]) {
        if line.starts_with("# newdoc") && !line.contains('\t') {
            finish(&mut document, &mut out);
            kept = keep(line.rsplit(" = ").next().unwrap_or_default());
        } else if let Some((form, rest)) = line.split_once('\t') {
            let (tag, mark) = rest.split_once('\t').unwrap_or((rest, ""));
            rows.push(Row { form: form.to_string(), tag: tag.to_string(), uncertain: mark == "?" });
        } else if line.is_empty() && !rows.is_empty() {
            if kept {
                add_sentence(&mut document, &rows);
                sentences += 1;
                if !has_documents && sentences % SENTENCES_OF_A_DOCUMENT == 0 {
                    finish(&mut document, &mut out);
                }
            }
            rows.clear();
        }
    }
    finish(&mut document, &mut out);
    Ok(out)
}

fn finish(document: &mut Document, out: &mut Vec<Document>) {
    let done = std::mem::take(document);
    if !done.segmentation.is_empty() {
        out.push(done);
    }
}

fn add_sentence(document: &mut Document, rows: &[Row]) {
    let rows: Vec<Row> = rows.iter().flat_map(split_hyphens).collect();
    let base = document.segmentation.len();
    let mut at = 0;
    while at < rows.len() {
        let class = rows[at].tag.split_once('-').and_then(|(_, label)| class_of(label));
        let mut end = at + 1;
        if let Some(class) = class {
            while end < rows.len() && rows[end].tag.starts_with("I-") {
                end += 1;
            }
            // Tweets' handles and hashtags are marked as names; news has none.
            let handle = rows[at].form.starts_with(['@', '#']);
            for (i, row) in rows.iter().enumerate().take(end).skip(at) {
                let position = position(i as u32, at as u32, end as u32);
                document.push(&row.form, if handle { ANY } else { 1 << tag(class, position) });
            }
            document.names.push(Name { start: base + at as u32, end: base + end as u32, class });
        } else {
            document.push(&rows[at].form, if rows[at].uncertain { ANY } else { OUTSIDE_ONLY });
        }
        at = end;
    }
    document.end_sentence();
}

/// The tags of so many tokens with these names.
pub fn tags_of(names: impl Iterator<Item = Name>, tokens: usize) -> Vec<u32> {
    let mut tags = vec![OUTSIDE_ONLY; tokens];
    for name in names {
        for token in name.start..name.end {
            tags[token as usize] = 1 << tag(name.class, position(token, name.start, name.end));
        }
    }
    tags
}

/// Where a token stands in the name `start..end`.
fn position(token: u32, start: u32, end: u32) -> Position {
    match (token == start, token + 1 == end) {
        (true, true) => Position::Unit,
        (true, false) => Position::Begin,
        (false, true) => Position::Last,
        (false, false) => Position::Inside,
    }
}

fn class_of(label: &str) -> Option<NameClass> {
    Some(match label {
        "PER" | "PERSON" => NameClass::Person,
        "ORG" | "ORGANIZATION" => NameClass::Organization,
        "LOC" | "LOCATION" => NameClass::Place,
        "MISC" => NameClass::Other,
        _ => return None,
    })
}

/// Splits a compound at its hyphens, as Universal Dependencies does.
fn split_hyphens(row: &Row) -> Vec<Row> {
    let parts: Vec<&str> = row.form.split('-').collect();
    let compound = parts.len() > 1
        && !row.form.contains("://")
        && parts
            .iter()
            .all(|p| !p.is_empty() && p.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '\''))
        && row.form.chars().any(char::is_alphabetic);
    let mut out = Vec::new();
    for (i, part) in parts.iter().enumerate().filter(|_| compound) {
        let inside = |first: bool| match row.tag.split_once('-') {
            Some((_, label)) if !first => format!("I-{label}"),
            _ => row.tag.clone(),
        };
        if i > 0 {
            out.push(Row { form: "-".to_string(), tag: inside(false), uncertain: row.uncertain });
        }
        out.push(Row { form: (*part).to_string(), tag: inside(i == 0), uncertain: row.uncertain });
    }
    if !compound {
        out.push(Row { form: row.form.clone(), tag: row.tag.clone(), uncertain: row.uncertain });
    }
    out
}

/// The ids of the training documents of GUM whose texts may be used commercially.
pub fn free_gum_documents(shared: &Path) -> anyhow::Result<HashSet<String>> {
    let path = shared.join("corpora/ud-gum/documents.tsv");
    let table = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows = table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    Ok(rows
        .filter(|r| r.len() > 3 && r[1] == "train" && !r[3].contains("NC"))
        .map(|r| r[0].to_string())
        .collect())
}

/// One word of a treebank.
struct Word<'t> {
    form: &'t str,
    tag: &'t str,
    /// Index of the head in the sentence, or its length for the root.
    head: usize,
    relation: &'t str,
}

impl Word<'_> {
    fn is_proper(&self) -> bool {
        self.tag.starts_with("NNP")
    }

    fn is_capital(&self) -> bool {
        self.form.starts_with(char::is_uppercase)
    }
}

/// A treebank as documents in which part of speech and syntax bound what a token may be: words that are no proper
/// nouns are outside names, proper nouns inside, those of one flat or compound name inside the same.
pub fn read_treebank(path: &Path) -> anyhow::Result<Vec<Document>> {
    let text = unzipped(path)?;
    let mut out = Vec::new();
    let mut document = Document::default();
    let mut words = Vec::<Word<'_>>::new();
    for line in text.lines().chain([""]) {
        if line.starts_with("# newdoc id = ") {
            finish(&mut document, &mut out);
        } else if line.is_empty() {
            for (i, word) in words.iter().enumerate() {
                document.push(word.form, tags_by_syntax(&words, i));
            }
            document.end_sentence();
            words.clear();
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() > 7 && cells[0].bytes().all(|b| b.is_ascii_digit()) {
                let head = cells[6].parse::<usize>().unwrap_or(0).wrapping_sub(1);
                words.push(Word { form: cells[1], tag: cells[4], head, relation: cells[7] });
            }
        }
    }
    finish(&mut document, &mut out);
    Ok(out)
}

/// The documents of a treebank with the names that a program found in them; outside them, compounds with capitals are
/// uncertain, since the program saw them whole.
pub fn read_silver(path: &Path) -> anyhow::Result<Vec<Document>> {
    let text = unzipped(path)?;
    let mut out = Vec::new();
    let (mut document, mut rows) = (Document::default(), Vec::new());
    for line in text.lines().chain([""]) {
        if line.starts_with("# newdoc id = ") {
            finish(&mut document, &mut out);
        } else if line.is_empty() && !rows.is_empty() {
            document.silver = true;
            add_sentence(&mut document, &rows);
            rows.clear();
        } else if let Some((form, cells)) =
            line.split_once('\t').and_then(|(_, cells)| cells.split_once('\t'))
        {
            let found = cells.split(['\t', '|']).find_map(|cell| cell.strip_prefix("NER="));
            let name =
                found.filter(|tag| tag.split_once('-').is_some_and(|(_, label)| class_of(label).is_some()));
            let compound = form.contains('-') && form.contains(char::is_uppercase);
            let tag = name.unwrap_or("O").to_string();
            rows.push(Row { form: form.to_string(), uncertain: name.is_none() && compound, tag });
        }
    }
    finish(&mut document, &mut out);
    Ok(out)
}

const CALENDAR: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// All tags of these positions.
fn at_positions(positions: &[Position]) -> u32 {
    let tags = NameClass::ALL.iter().flat_map(|&class| positions.iter().map(move |&p| tag(class, p)));
    tags.fold(0, |mask, tag| mask | 1 << tag)
}

/// The tags that part of speech and syntax leave to a word.
fn tags_by_syntax(words: &[Word<'_>], at: usize) -> u32 {
    let word = &words[at];
    let proper = |i: usize| words.get(i).is_some_and(Word::is_proper);
    let beside = at > 0 && proper(at - 1) || proper(at + 1);
    match word.tag {
        "NNP" | "NNPS" if CALENDAR.contains(&word.form) => OUTSIDE_ONLY,
        "NNP" | "NNPS" if !word.is_capital() || is_title(word.form) => ANY,
        "NNP" | "NNPS" => inside(words, at),
        "FW" | "GW" | "ADD" | "AFX" => ANY,
        "JJ" | "JJS" if word.is_capital() && !beside => {
            let positions = [Position::Begin, Position::Inside, Position::Last, Position::Unit];
            OUTSIDE_ONLY | positions.iter().fold(0, |mask, &p| mask | 1 << tag(NameClass::Other, p))
        }
        "IN" | "CC" | "CD" | "HYPH" | "POS" | "DT" | "," | "NFP" | "SYM" if beside => ANY,
        _ if beside && word.is_capital() => ANY,
        _ => OUTSIDE_ONLY,
    }
}

/// The tags of a proper noun: inside a name, together with the neighbours that syntax ties to it.
fn inside(words: &[Word<'_>], at: usize) -> u32 {
    let tied = |left: usize| {
        let (Some(a), Some(b)) = (words.get(left), words.get(left + 1)) else { return false };
        let compound = |w: &Word<'_>| matches!(w.relation, "compound" | "flat" | "flat:name");
        let related = a.head == left + 1 && compound(a)
            || b.head == left && compound(b)
            || a.head == b.head && compound(a) && compound(b);
        related && a.is_proper() && b.is_proper() && !is_title(a.form) && !is_title(b.form)
    };
    use Position::{Begin, Inside, Last, Unit};
    match (at > 0 && tied(at - 1), tied(at)) {
        (true, true) => at_positions(&[Inside]),
        (true, false) => at_positions(&[Inside, Last]),
        (false, true) => at_positions(&[Begin, Inside]),
        (false, false) => at_positions(&[Begin, Inside, Last, Unit]),
    }
}
