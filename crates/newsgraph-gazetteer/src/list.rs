//! A user's list of any of the formats that are read, told apart by what it begins with.

use crate::petrarch::read_petrarch;
use crate::read::{COLUMNS, Reading, read_csv, read_json_lines};

/// The formats of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    /// One JSON object a line.
    JsonLines,
    /// CSV with a header line.
    Csv,
    /// A dictionary of actors or agents of TABARI or PETRARCH.
    Petrarch,
}

impl ListFormat {
    /// The format of a list with this name and content. JSON Lines begin with a brace, CSV with a line of columns that
    /// lists have, or is called `.csv`; everything else is a dictionary.
    pub fn of(list: &str, bytes: &[u8]) -> Self {
        let bytes = without_mark(bytes);
        let extension = list.rsplit('.').next().unwrap_or("").to_lowercase();
        let first = bytes.split(|&b| b == b'\n').next().unwrap_or(&[]);
        let first = String::from_utf8_lossy(first).to_lowercase();
        let mut columns = first.split(',').map(|cell| cell.trim().trim_matches('"'));
        if bytes.trim_ascii_start().starts_with(b"{") || extension == "jsonl" {
            Self::JsonLines
        } else if extension == "csv" || columns.all(|c| COLUMNS.split(", ").any(|known| known == c)) {
            Self::Csv
        } else {
            Self::Petrarch
        }
    }

    /// Whether a line that is wrong only costs itself. People's own dictionaries are seldom without one, and were
    /// always read like that; a table that was made for newsgraph should be right.
    pub fn is_lenient(self) -> bool {
        self == Self::Petrarch
    }
}

/// Reads a list of any format; `list` is what errors call it.
pub fn read_list(list: &str, bytes: &[u8]) -> Reading {
    let text = without_mark(bytes);
    match ListFormat::of(list, bytes) {
        ListFormat::JsonLines => read_json_lines(list, text),
        ListFormat::Csv => read_csv(list, text),
        ListFormat::Petrarch => read_petrarch(list, text),
    }
}

/// Without the byte order mark that some editors write.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}
