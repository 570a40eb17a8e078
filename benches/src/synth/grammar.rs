//! Reads the grammar and the lists of names: sections of lines, and lines as text with slots.

use std::collections::BTreeMap;

/// Lists by name, each an array of lines.
pub(super) type Lists<'g> = BTreeMap<&'g str, Vec<&'g str>>;

/// The lists of a file; comments and empty lines aside.
pub(super) fn lists(file: &str) -> Lists<'_> {
    let mut lists = Lists::new();
    let mut name = "";
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(section) => name = section,
            None => lists.entry(name).or_default().push(line),
        }
    }
    lists
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'g> {
    /// Words as they stand.
    Text(&'g str),
    /// `{name}` or `{name:text}`.
    Slot {
        /// What fills it.
        name: &'g str,
        /// The words after the colon.
        text: &'g str,
    },
}

/// The parts of a line, in order.
pub(super) fn parts(mut line: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    while let Some((text, rest)) = line.split_once('{') {
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        let (slot, rest) = rest.split_once('}').unwrap_or((rest, ""));
        let (name, text) = slot.split_once(':').unwrap_or((slot, ""));
        parts.push(Part::Slot { name, text });
        line = rest;
    }
    if !line.is_empty() {
        parts.push(Part::Text(line));
    }
    parts
}

/// An act and the ways to tell it.
#[derive(Clone, Debug)]
pub(super) struct Act<'g> {
    /// PLOVER type.
    pub(super) kind: &'g str,
    /// PLOVER mode, if any.
    pub(super) mode: Option<&'g str>,
    /// What acts: `person`, `country`, `body`.
    pub(super) actor: &'g str,
    /// What undergoes.
    pub(super) recipient: &'g str,
    /// How it is told.
    pub(super) ways: Vec<&'g str>,
}

/// The acts of a list.
pub(super) fn acts<'g>(lines: &[&'g str]) -> Vec<Act<'g>> {
    let mut acts: Vec<Act<'_>> = Vec::new();
    for line in lines {
        let head = line.strip_prefix("@ ").map(|head| head.split(' ').collect::<Vec<_>>());
        match (head.as_deref(), acts.last_mut()) {
            (Some([kind, mode, roles]), _) => {
                let (actor, recipient) = roles.split_once('>').unwrap_or((roles, ""));
                let mode = Some(*mode).filter(|&mode| mode != "-");
                acts.push(Act { kind, mode, actor, recipient, ways: Vec::new() });
            }
            (_, Some(act)) => act.ways.push(line),
            (_, None) => {}
        }
    }
    acts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_slots() {
        let expected = [
            Part::Text("“"),
            Part::Slot { name: "content", text: "" },
            Part::Text(",” "),
            Part::Slot { name: "cue", text: "said" },
            Part::Text("."),
        ];
        assert_eq!(parts("“{content},” {cue:said}."), expected);
    }

    #[test]
    fn acts_gather_their_ways() {
        let lines = ["@ AID military country>country", "{actor} {trigger:sent} arms.", "@ AGREE - a>b", "x"];
        let acts = acts(&lines);
        assert_eq!(
            (acts.len(), acts[0].kind, acts[0].mode, acts[1].mode),
            (2, "AID", Some("military"), None)
        );
        assert_eq!((acts[0].actor, acts[0].recipient, acts[0].ways.len()), ("country", "country", 1));
    }
}
