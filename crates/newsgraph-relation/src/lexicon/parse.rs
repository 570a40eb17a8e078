//! Reads lexicon files line by line; `docs/events.md` describes the format for those who write them.

use super::{Condition, Entry, EventLexicon, Mode, ModeSet, Part, PloverType, Rule, RuleId, Slot, WordId};

/// A line of a lexicon file that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct LexiconError {
    /// The name that was given for the file.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: LexiconProblem,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconProblem {
    /// Nothing separates the head of the line from its words.
    #[error("no colon; write `{0} TYPE …: word word`")]
    NoColon(String),
    /// The first word is none of the kinds of lines.
    #[error("unknown kind of line {0}; use class, cue, verb, noun, adjective, light, catenative or forget")]
    UnknownKind(String),
    /// Neither a PLOVER type nor `-`.
    #[error("unknown type {0}; use one of the 16 PLOVER types or -")]
    UnknownType(String),
    /// Neither a mode of the type nor an option.
    #[error("{kind} has no mode or option {option}")]
    UnknownOption {
        /// The type.
        kind: String,
        /// What was written.
        option: String,
    },
    /// A class that no line above defines.
    #[error("unknown class {0}; define it above with `class {0}: …`")]
    UnknownClass(String),
    /// A role that there is not.
    #[error("unknown role {0}; use actor, recipient, theme or none")]
    UnknownRole(String),
    /// More classes than fit.
    #[error("more than 128 classes")]
    TooManyClasses,
    /// A line that says nothing.
    #[error("no words after the colon")]
    NoWords,
    /// A class or mode without its name.
    #[error("{0} needs a name before the colon")]
    NoName(String),
    /// A later line with the same conditions takes the place of this one.
    #[error("{word} has the same conditions in line {line}, so this one never counts; remove one of them")]
    Shadowed {
        /// The word.
        word: String,
        /// The line that counts.
        line: u32,
    },
}

pub(super) fn add(lexicon: &mut EventLexicon, file: &str, text: &str) -> Result<(), LexiconError> {
    faults(lexicon, file, text).next().map_or(Ok(()), Err)
}

/// Adds the lines that are understood, giving the faults of the others.
pub(super) fn faults<'l>(
    lexicon: &'l mut EventLexicon,
    file: &'l str,
    text: &'l str,
) -> impl Iterator<Item = LexiconError> + 'l {
    lexicon.files.push(file.into());
    text.lines().enumerate().filter_map(move |(number, raw)| {
        let line = raw.split('#').next().unwrap_or("").trim();
        if line.is_empty() {
            return None;
        }
        let problem = add_line(lexicon, line, number as u32 + 1).err()?;
        Some(LexiconError { file: file.to_owned(), line: number + 1, problem })
    })
}

fn add_line(lexicon: &mut EventLexicon, line: &str, number: u32) -> Result<(), LexiconProblem> {
    let first = line.split([' ', ':']).next().unwrap_or("");
    let (whole, body) = line.split_once(':').ok_or_else(|| LexiconProblem::NoColon(first.to_owned()))?;
    let mut head = whole.split_whitespace().skip(1);
    if body.trim().is_empty() {
        return Err(LexiconProblem::NoWords);
    }
    let words = body.split_whitespace();
    match first {
        "class" => {
            let name = head.next().ok_or_else(|| LexiconProblem::NoName("class".to_owned()))?;
            let bit = lexicon.class_bit(name);
            if bit == 0 {
                return Err(LexiconProblem::TooManyClasses);
            }
            for word in words {
                let id = lexicon.intern(word);
                lexicon.words[id as usize].classes |= bit;
            }
        }
        "cue" => {
            let kind = plover_type(head.next().unwrap_or(""))?;
            let (Some(kind), Some(mode)) = (kind, head.next()) else {
                return Err(LexiconProblem::NoName("cue".to_owned()));
            };
            let mode = mode_of(kind, mode).ok_or_else(|| unknown_option(Some(kind), mode))?;
            for word in words {
                let id = lexicon.intern(word);
                lexicon.words[id as usize].cues.push((kind, mode));
            }
        }
        "light" | "catenative" => {
            for word in words {
                let (id, more) = intern_parts(lexicon, word);
                let entry = &mut lexicon.words[id as usize];
                match (first, more.first()) {
                    ("catenative", _) => entry.catenative = true,
                    (_, None) => entry.light = true,
                    (_, Some(&particle)) => entry.light_with.push(particle),
                }
            }
        }
        "verb" | "noun" | "adjective" => {
            let file = lexicon.files.len().saturating_sub(1) as u32;
            lexicon.rules.push(Rule { file, line: number, head: whole.trim().into() });
            add_entries(lexicon, first, head, words)?;
        }
        "forget" => words.for_each(|word| forget(lexicon, word)),
        _ => return Err(LexiconProblem::UnknownKind(first.to_owned())),
    }
    Ok(())
}

fn add_entries<'l>(
    lexicon: &mut EventLexicon,
    word_class: &str,
    mut head: impl Iterator<Item = &'l str>,
    words: impl Iterator<Item = &'l str>,
) -> Result<(), LexiconProblem> {
    let label = head.next().unwrap_or("");
    let report = label == "report";
    let kind = if report { None } else { plover_type(label)? };
    let mut model = Entry {
        more: Vec::new(),
        kind,
        modes: ModeSet::default(),
        conditions: Vec::new(),
        object: Part::Open,
        subject: Part::Actor,
        mutual: false,
        report,
        recipients: Vec::new(),
        actors: Vec::new(),
        of: Part::Recipient,
        possessor: Part::Actor,
        rule: RuleId(lexicon.rules.len().saturating_sub(1) as u32),
    };
    for option in head {
        add_option(lexicon, &mut model, option)?;
    }
    for word in words {
        let noun = word_class != "verb";
        let (id, more) = if noun { intern_noun(lexicon, word) } else { intern_parts(lexicon, word) };
        if !noun && let Some((before, verb)) = word.rsplit_once('-') {
            // Texts are cut at some hyphens: "test-fired" is "test", "-" and "fired".
            let more = vec![lexicon.intern(before)];
            let id = lexicon.intern(verb);
            let number = lexicon.entries.len() as u32;
            lexicon.entries.push(Entry { more, ..model.clone() });
            lexicon.words[id as usize].verbs.push(number);
        }
        let number = lexicon.entries.len() as u32;
        lexicon.entries.push(Entry { more, ..model.clone() });
        let entry = &mut lexicon.words[id as usize];
        match word_class {
            "noun" => entry.nouns.push(number),
            "adjective" => entry.adjectives.push(number),
            _ => entry.verbs.push(number),
        }
    }
    Ok(())
}

/// Takes away what earlier lines said of a verb or noun with exactly these words.
fn forget(lexicon: &mut EventLexicon, word: &str) {
    let (verb, after) = intern_parts(lexicon, word);
    let (noun, before) = intern_noun(lexicon, word);
    let EventLexicon { words, entries, .. } = lexicon;
    words[verb as usize].verbs.retain(|&e| entries[e as usize].more != after);
    words[verb as usize].adjectives.retain(|&e| entries[e as usize].more != after);
    words[noun as usize].nouns.retain(|&e| entries[e as usize].more != before);
}

fn add_option(lexicon: &mut EventLexicon, entry: &mut Entry, option: &str) -> Result<(), LexiconProblem> {
    match option {
        "mutual" => entry.mutual = true,
        "theme" => entry.object = Part::Theme,
        "intransitive" => entry.conditions.push(Condition::Intransitive),
        "several" => entry.conditions.push(Condition::Several),
        "infinitive" => entry.conditions.push(Condition::Infinitive),
        "clause" => entry.conditions.push(Condition::Clause),
        _ => {
            if let Some((key, value)) = option.split_once('=') {
                return add_assignment(lexicon, entry, key, value);
            }
            let mode = entry.kind.and_then(|k| mode_of(k, option));
            entry.modes.insert(mode.ok_or_else(|| unknown_option(entry.kind, option))?);
        }
    }
    Ok(())
}

fn add_assignment(
    lexicon: &mut EventLexicon,
    entry: &mut Entry,
    key: &str,
    value: &str,
) -> Result<(), LexiconProblem> {
    match key {
        "object" => {
            let classes = class_bits(lexicon, value)?;
            entry.conditions.push(Condition::Filled(Slot::Object, classes));
        }
        "subject" => {
            let classes = class_bits(lexicon, value)?;
            entry.conditions.push(Condition::Filled(Slot::Subject, classes));
        }
        "recipient" => entry.recipients = words_of(lexicon, value),
        "actor" => entry.actors = words_of(lexicon, value),
        "object-is" => entry.object = part(value)?,
        "subject-is" => entry.subject = part(value)?,
        "of" => entry.of = part(value)?,
        "possessor" => entry.possessor = part(value)?,
        _ => {
            let Some(preposition) = key.strip_prefix('@') else {
                return Err(unknown_option(entry.kind, key));
            };
            let classes = class_bits(lexicon, value)?;
            let slot = Slot::Preposition(lexicon.intern(preposition));
            entry.conditions.push(Condition::Filled(slot, classes));
        }
    }
    Ok(())
}

fn words_of(lexicon: &mut EventLexicon, list: &str) -> Vec<WordId> {
    list.split(',').map(|w| lexicon.intern(w)).collect()
}

fn class_bits(lexicon: &EventLexicon, value: &str) -> Result<u128, LexiconProblem> {
    if value == "any" {
        return Ok(0);
    }
    value.split('|').try_fold(0, |bits, name| match lexicon.class(name) {
        0 => Err(LexiconProblem::UnknownClass(name.to_owned())),
        bit => Ok(bits | bit),
    })
}

fn part(value: &str) -> Result<Part, LexiconProblem> {
    match value {
        "actor" => Ok(Part::Actor),
        "recipient" => Ok(Part::Recipient),
        "theme" => Ok(Part::Theme),
        "none" => Ok(Part::Open),
        _ => Err(LexiconProblem::UnknownRole(value.to_owned())),
    }
}

fn plover_type(label: &str) -> Result<Option<PloverType>, LexiconProblem> {
    if label == "-" {
        return Ok(None);
    }
    PloverType::from_label(label).map(Some).ok_or_else(|| LexiconProblem::UnknownType(label.to_owned()))
}

fn mode_of(kind: PloverType, name: &str) -> Option<Mode> {
    kind.modes().iter().copied().find(|m| m.as_str() == name)
}

fn unknown_option(kind: Option<PloverType>, option: &str) -> LexiconProblem {
    LexiconProblem::UnknownOption {
        kind: kind.map_or("-", PloverType::as_str).to_owned(),
        option: option.to_owned(),
    }
}

/// `pull_out_of`: the verb, then its particle and preposition.
fn intern_parts(lexicon: &mut EventLexicon, word: &str) -> (WordId, Vec<WordId>) {
    let mut parts = word.split('_').map(|p| lexicon.intern(p));
    let first = parts.next().unwrap_or(super::NO_WORD);
    (first, parts.collect())
}

/// `phone_call`: the noun is the last word, the others modify it.
fn intern_noun(lexicon: &mut EventLexicon, word: &str) -> (WordId, Vec<WordId>) {
    let mut parts: Vec<WordId> = word.split('_').map(|p| lexicon.intern(p)).collect();
    let last = parts.pop().unwrap_or(super::NO_WORD);
    (last, parts)
}
