//! Page furniture: what stands in the text of an article and is no part of its story.
//!
//! News sites and agencies put lines of their own around the story and between its paragraphs: who wrote it, where,
//! which agency helped, whose picture it is, what else to read. They are found line by line, by fixed phrases and by
//! form. A line that is missed costs little; a sentence of the story that is taken for furniture is lost, so every
//! rule asks for more than one sign.

mod agencies;
mod datelines;
mod phrases;

use newsgraph_text::Span;

use agencies::{agencies, only_agencies};
use phrases::Phrases;

/// What a stretch of furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FurnitureKind {
    /// Who wrote it: "By Ann Lee".
    Byline,
    /// Where it was written, and for whom: "PARIS (AP) —". Only the beginning of its paragraph.
    Dateline,
    /// Who helped: "with DPA and AP", "(Reporting by Ann Lee; editing by Bo Ek)".
    Credit,
    /// What a picture shows, or whose it is.
    Caption,
    /// What else to read, watch, follow or buy.
    Teaser,
    /// What editors say about the article: "This story has been updated."
    Note,
}

impl FurnitureKind {
    /// The kind's name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Credit => "credit",
            Self::Caption => "caption",
            Self::Teaser => "teaser",
            Self::Note => "note",
        }
    }
}

/// A stretch of furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FurniturePiece {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: FurnitureKind,
}

/// All furniture of one text, in order, and what it says about the article.
///
/// ```
/// use newsgraph_token::Furniture;
///
/// let text = "Old bridge stays open\nBy Ann Lee\nPORT ELLIS (AP) — The council voted on Tuesday to keep it open.\nwith AFP and DPA";
/// let furniture = Furniture::find(text);
/// let kinds: Vec<_> = furniture.pieces().iter().map(|piece| piece.kind.as_str()).collect();
/// assert_eq!(kinds, ["byline", "dateline", "credit"]);
/// assert_eq!(furniture.byline().map(|span| span.of(text)), Some("Ann Lee"));
/// assert_eq!(furniture.place().map(|span| span.of(text)), Some("PORT ELLIS"));
/// assert_eq!(furniture.agencies(), ["AP", "AFP", "DPA"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Furniture {
    pieces: Vec<FurniturePiece>,
    byline: Option<Span>,
    place: Option<Span>,
    agencies: Vec<&'static str>,
}

/// Lines from the beginning within which bylines and datelines stand.
const TOP: usize = 8;
/// Words of the longest byline.
const LONGEST_BYLINE: usize = 14;
/// Bytes at the beginning of a line that fixed phrases are looked for in; lines that are longer than the limits
/// below are not looked at further.
const LOOKED_AT: usize = 1200;

impl Furniture {
    /// Finds the furniture of a text, in time linear in its length.
    pub fn find(text: &str) -> Self {
        let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
        let mut found = Self::default();
        let mut phrases = Phrases::default();
        let mut number = 0;
        let mut start = 0;
        for line in text.split_inclusive(['\n', '\r']) {
            let (at, content) = trimmed(start, line);
            start += line.len();
            if content.is_empty() {
                continue;
            }
            found.line(
                Line { at, content, number, last: text[start..].trim_start().is_empty() },
                &mut phrases,
            );
            number += 1;
        }
        found
    }

    /// The stretches, in order.
    pub fn pieces(&self) -> &[FurniturePiece] {
        &self.pieces
    }

    /// Who wrote the article, as a line of it says.
    pub fn byline(&self) -> Option<Span> {
        self.byline
    }

    /// The place of the dateline.
    pub fn place(&self) -> Option<Span> {
        self.place
    }

    /// The agencies that the dateline and the credits name, by their usual short names, each once.
    pub fn agencies(&self) -> &[&'static str] {
        &self.agencies
    }

    /// Whether `span` shares a byte with any furniture.
    pub fn overlaps(&self, span: Span) -> bool {
        let next = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        self.pieces.get(next).is_some_and(|piece| piece.span.overlaps(span))
    }

    fn line(&mut self, line: Line<'_>, phrases: &mut Phrases) {
        let Some((kind, length)) = self.kind(line, phrases) else { return };
        let at = |offset: usize| (line.at + offset) as u32;
        let content = &line.content[..length];
        match kind {
            FurnitureKind::Byline if self.byline.is_none() => {
                self.byline = byline_name(content).map(|(from, to)| Span::new(at(from), at(to)));
            }
            FurnitureKind::Dateline | FurnitureKind::Credit => {
                for agency in agencies(content) {
                    if !self.agencies.contains(&agency) {
                        self.agencies.push(agency);
                    }
                }
            }
            _ => {}
        }
        self.pieces.push(FurniturePiece { span: Span::new(at(0), at(length)), kind });
    }

    /// What a line is, and how many of its bytes.
    fn kind(&mut self, line: Line<'_>, phrases: &mut Phrases) -> Option<(FurnitureKind, usize)> {
        let Line { content, number, last, at } = line;
        if number < TOP
            && let Some(dateline) = datelines::find(content)
        {
            let place = dateline.place;
            if self.place.is_none() && !place.is_empty() {
                self.place = Some(Span::new((at + place.start) as u32, (at + place.end) as u32));
            }
            return Some((FurnitureKind::Dateline, dateline.length));
        }
        if content.len() > LOOKED_AT {
            return None;
        }
        let whole = |kind| Some((kind, content.len()));
        if (number < TOP || last) && is_byline(content) {
            return whole(FurnitureKind::Byline);
        }
        if only_agencies(content) || last && is_signature(content) {
            return whole(FurnitureKind::Credit);
        }
        phrases.kind(content).and_then(whole)
    }
}

/// A line that is not blank.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Where its content starts in the text.
    at: usize,
    /// What stands in it, without white space around.
    content: &'t str,
    /// How many lines stand before it.
    number: usize,
    /// Whether none stands after it.
    last: bool,
}

/// A line that starts at `start`, without the white space around it.
fn trimmed(start: usize, line: &str) -> (usize, &str) {
    let content = line.trim_start();
    (start + line.len() - content.len(), content.trim_end())
}

/// Small words that stand in names and bylines.
const SMALL: [&str; 18] = [
    "and", "in", "of", "the", "for", "at", "de", "da", "van", "von", "der", "al", "el", "bin", "ibn", "la",
    "le", "with",
];

/// Whether the line names its writers: "By Ann Lee and Bo Ek, Associated Press", or signs: "A.Lee--NG".
fn is_byline(line: &str) -> bool {
    if let Some((name, site)) = line.split_once("--") {
        let signed =
            |part: &str| part.chars().all(|c| c.is_alphabetic() || c == '.' || c == '-' || c == '\'');
        return (2..=6).contains(&site.len())
            && site.bytes().all(|b| b.is_ascii_uppercase())
            && name.contains('.')
            && signed(name);
    }
    let Some(rest) = after_by(line) else { return false };
    let mut words = rest.split_whitespace();
    let capital = |word: &str| word.trim_start_matches(['(', '@']).starts_with(char::is_uppercase);
    let named = words.next().is_some_and(capital)
        && words.next().is_some_and(|word| capital(word) || word.len() <= 3);
    named
        && rest.split_whitespace().count() < LONGEST_BYLINE
        && !rest.contains(['"', '“', '”', '?', '!', ';'])
        && rest.split_whitespace().all(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            capital(word)
                || SMALL.contains(&bare)
                || bare.is_empty()
                || bare.starts_with(|c: char| c.is_ascii_digit())
        })
}

/// Whether a last line says where its writers were: "Ann Lee reported from Paris."
fn is_signature(line: &str) -> bool {
    const LONGEST: usize = 14;
    line.split_whitespace().count() <= LONGEST
        && line.starts_with(char::is_uppercase)
        && line.contains(" reported from ")
        && line.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                || SMALL.contains(&word)
                || matches!(word, "reported" | "from")
        })
}

/// What stands after "By".
fn after_by(line: &str) -> Option<&str> {
    let by = line.get(..2)?;
    by.eq_ignore_ascii_case("by").then(|| &line[2..])?.strip_prefix([' ', ':', '\u{a0}']).map(str::trim_start)
}

/// Where in a byline the names stand, without "By", agency, role and date.
fn byline_name(line: &str) -> Option<(usize, usize)> {
    let Some(rest) = after_by(line) else { return line.find("--").map(|end| (0, end)) };
    let from = line.len() - rest.len();
    let end = rest.find([',', '|', '(', '/', '—', '–']).unwrap_or(rest.len());
    let end = match rest.rfind(" and ") {
        // "By Ann Lee, Bo Ek and Cy Orr"
        Some(and) if and > end => {
            rest[and + 5..].find([',', '|', '(', '/', '—', '–']).map_or(rest.len(), |n| and + 5 + n)
        }
        _ => end,
    };
    let name = rest[..end].trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    (!name.is_empty()).then(|| (from, from + name.len()))
}

#[cfg(test)]
mod tests;
