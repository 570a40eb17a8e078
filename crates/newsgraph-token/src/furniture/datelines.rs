//! Datelines: "PARIS (AP) —", "Cleveland (AFP) –", "WASHINGTON, June 10 (UPI) —", "(Reuters) -".

use std::ops::Range;

use super::agencies::is_agency;

/// A dateline at the beginning of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Its length with the dash.
    pub(super) length: usize,
    /// Where the place stands.
    pub(super) place: Range<usize>,
}

/// Longest dateline, in bytes.
const LONGEST: usize = 80;
/// Shortest story after it, in bytes: a heading is no dateline.
const SHORTEST_STORY: usize = 40;
/// Words of the longest place.
const MOST_WORDS: usize = 5;

/// Words in capitals before a dash that label an article and are no places.
const LABELS: [&str; 30] = [
    "analysis",
    "audio",
    "breaking",
    "column",
    "commentary",
    "correction",
    "editorial",
    "exclusive",
    "fact",
    "file",
    "flashback",
    "gallery",
    "interview",
    "just",
    "live",
    "map",
    "new",
    "news",
    "note",
    "opinion",
    "photo",
    "photos",
    "poll",
    "report",
    "review",
    "update",
    "updated",
    "video",
    "watch",
    "report",
];

/// The dateline that a line begins with.
pub(super) fn find(line: &str) -> Option<Dateline> {
    let head = &line[..line.floor_char_boundary(LONGEST)];
    let (dash, length) = dash(head)?;
    let story = line[length..].trim_start();
    let begins =
        story.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'$€£".contains(c));
    if story.len() < SHORTEST_STORY || !begins {
        return None;
    }
    let before = head[..dash].trim_end();
    let (place, agency) = match before.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((place, agency)) => (place.trim_end(), Some(agency)),
        None => (before, None),
    };
    let agency_known =
        agency.is_some_and(|names| names.split(['/', ',']).all(|name| is_agency(name) || is_code(name)));
    if agency.is_some() && !agency_known {
        return None;
    }
    let end = place.find([',', '(']).unwrap_or(place.len());
    let (city, rest) = place.split_at(end);
    let city = city.trim_end();
    let is_place = match agency {
        Some(_) => city.is_empty() || is_name(city),
        None => is_in_capitals(city),
    };
    (is_place && is_qualifier(rest)).then_some(Dateline { length, place: 0..city.len() })
}

/// Where the first dash that could end a dateline starts and ends.
fn dash(head: &str) -> Option<(usize, usize)> {
    let found = head.char_indices().find_map(|(at, c)| {
        let rest = &head[at..];
        let length = match c {
            '—' | '–' => c.len_utf8(),
            // in transcripts two hyphens show that somebody is interrupted: "LEE--"
            '-' if !head[..at].ends_with([' ', ')']) => return None,
            '-' if rest.starts_with("--") => 2,
            '-' if rest[1..].starts_with([' ', '\u{a0}']) => 1,
            _ => return None,
        };
        Some((at, at + length))
    });
    found.filter(|(at, _)| *at > 0)
}

/// Capitals that may stand for an agency that the list does not have: "(KUNA)".
fn is_code(name: &str) -> bool {
    (2..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// A name of a few words with capitals.
fn is_name(city: &str) -> bool {
    const SMALL: [&str; 8] = ["of", "de", "la", "al", "the", "and", "el", "del"];
    city.split_whitespace().count() <= MOST_WORDS
        && city.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || SMALL.contains(&word))
        && !city.contains(['"', '“', ':', ';', '?', '!'])
}

/// A name in capitals throughout that is no label.
fn is_in_capitals(city: &str) -> bool {
    let letters = city.chars().filter(|c| c.is_alphabetic()).count();
    let sound = |c: char| c.is_uppercase() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '/' | '\u{a0}');
    letters >= 3
        && city.split_whitespace().count() <= MOST_WORDS
        && city.chars().all(sound)
        && !city.split_whitespace().any(|word| LABELS.iter().any(|label| label.eq_ignore_ascii_case(word)))
}

/// What stands between place and dash: ", Pa.", ", June 10", nothing.
fn is_qualifier(rest: &str) -> bool {
    rest.split_whitespace().count() <= MOST_WORDS
        && rest.split_whitespace().all(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            bare.is_empty() || bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        })
}
