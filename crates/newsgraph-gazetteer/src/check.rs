//! What is doubtful in a list whose lines are right one by one.

use std::collections::BTreeMap;
use std::fmt;

use crate::fold::folded;
use crate::{SourceCode, SourceEntry};

/// What kind of doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// An entry or a name is there twice.
    Duplicate,
    /// A name of several entries.
    Ambiguous,
    /// A code that is never chosen.
    DeadCode,
}

/// Something doubtful in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The line of the entry, from 1.
    pub line: u32,
    /// What kind of doubt.
    pub kind: FindingKind,
    /// What is the matter, and what can be done.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.what)
    }
}

/// What is doubtful in these entries of one list, in order of its lines.
pub fn check_entries(entries: &[SourceEntry]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
    let mut names: BTreeMap<String, Vec<(&str, u32)>> = BTreeMap::new();
    for entry in entries {
        let mut found = |kind, what| findings.push(Finding { line: entry.line, kind, what });
        if let Some(first) = ids.insert(&entry.id, entry.line) {
            let what = format!("the id {} is that of line {first} too; only this line counts", entry.id);
            found(FindingKind::Duplicate, what);
        }
        let mut own: BTreeMap<String, &str> = BTreeMap::new();
        for name in entry.names.iter().filter(|name| name.alone) {
            let key = if name.exact { name.text.clone() } else { folded(&name.text) };
            if own.insert(key.clone(), &name.text).is_some() {
                let what = format!("the name {:?} is there twice; remove one", name.text);
                found(FindingKind::Duplicate, what);
            } else {
                names.entry(key).or_default().push((&entry.id, entry.line));
            }
        }
        for (code, reason) in dead_codes(&entry.codes) {
            let what = format!("the code {} is never chosen: {reason}", shown(code));
            found(FindingKind::DeadCode, what);
        }
    }
    for (name, bearers) in &names {
        let Some(((_, line), others)) = bearers.split_last().filter(|(_, others)| !others.is_empty()) else {
            continue;
        };
        let all: Vec<String> = others.iter().map(|(id, line)| format!("{id} (line {line})")).collect();
        let (own, all) = (bearers[bearers.len() - 1].0, all.join(", "));
        // The same id twice has been said already.
        if others.iter().any(|(id, _)| *id != own) {
            let what = format!("{name:?} names {own} and {all}; give them fuller names, or join them");
            findings.push(Finding { line: *line, kind: FindingKind::Ambiguous, what });
        }
    }
    findings.sort();
    findings
}

/// Codes that come after one that holds whenever they do.
fn dead_codes(codes: &[SourceCode]) -> impl Iterator<Item = (&SourceCode, String)> {
    codes.iter().enumerate().filter_map(|(at, code)| {
        let before = codes[..at].iter().find(|before| shadows(before, code))?;
        Some((code, format!("{} comes before it", shown(before))))
    })
}

/// Whether `before` is chosen on every day on which `code` could be.
fn shadows(before: &SourceCode, code: &SourceCode) -> bool {
    let is_dated = |code: &SourceCode| code.from.is_some() || code.to.is_some();
    if !is_dated(before) || !is_dated(code) {
        return is_dated(before) == is_dated(code);
    }
    let begins = before.from.is_none_or(|from| code.from.is_some_and(|other| !other.starts_before(from)));
    let ends = before.to.is_none_or(|to| code.to.is_some_and(|other| !to.ends_before(other)));
    begins && ends
}

/// A code with its dates.
fn shown(code: &SourceCode) -> String {
    let date = |date: Option<crate::PartialDate>| date.map_or(String::new(), |date| date.to_string());
    match (code.from, code.to) {
        (None, None) => code.code.clone(),
        (from, to) => format!("{} {}..{}", code.code, date(from), date(to)),
    }
}

#[cfg(test)]
mod tests {
    use crate::read_list;

    use super::*;

    #[test]
    fn says_what_is_doubtful_and_in_which_line() {
        let list = "id,name,aliases,codes\n\
                    a,North Club,NC;N.C.,X 2001..2005;Y 2003..2004;Z;W\n\
                    b,South Club,North Club,X 2001..2003;Y 2002..2004\n\
                    a,East Club,,\n";
        let reading = read_list("clubs.csv", list.as_bytes());
        assert_eq!(reading.errors, []);
        let found: Vec<String> = check_entries(&reading.entries).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "2: the code W is never chosen: Z comes before it",
                "2: the code Y 2003..2004 is never chosen: X 2001..2005 comes before it",
                "3: \"north club\" names b and a (line 2); give them fuller names, or join them",
                "4: the id a is that of line 2 too; only this line counts",
            ]
        );
    }

    #[test]
    fn a_right_list_has_no_findings() {
        let list = "name,codes\nNorth Club,X 2001..2005;Y\nSouth Club,X ..2003;Y 2002..\n";
        assert_eq!(check_entries(&read_list("clubs.csv", list.as_bytes()).entries), []);
    }
}
