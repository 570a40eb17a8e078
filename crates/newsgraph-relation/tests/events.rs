//! Events by construction: the Markdown files in `tests/events/` are the tests.
//!
//! Each `##` heading is a case. Its `tree` block gives a sentence as a tree, one token a line (form, lemma, UPOS,
//! XPOS, head, relation), so that a case tests the rules and not a parser's mood; a block `text` instead is parsed
//! with the embedded model. An `entities` block names tokens that are names, with their type. The `events` block
//! holds what must be found: all events, in order. `UPDATE_EXPECT=1 cargo test --test events` rewrites these.

#![allow(clippy::unwrap_used)] // in a test a panic is the report

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use newsgraph_entity::{Entities, Entity, EntityId, EntityType, Mention, MentionForm};
use newsgraph_relation::{Event, EventExtractor, EventInput, Frames, Modality, Polarity, Role, unite_events};
use newsgraph_syntax::{Parser, Syntax, conllu};
use newsgraph_text::TokenRange;
use newsgraph_token::{Segmentation, Segmenter};

/// One case of a file.
#[derive(Default)]
struct Case {
    name: String,
    tree: String,
    text: String,
    entities: String,
    expected: String,
}

#[test]
fn constructions_give_the_events_written_beside_them() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    let mut count = 0;
    for path in files() {
        let source = std::fs::read_to_string(&path).unwrap();
        let mut updated = source.clone();
        for case in cases(&source) {
            count += 1;
            let found = events_of(&case);
            if found.trim_end() == case.expected.trim_end() {
                continue;
            }
            let heading = format!("## {}\n", case.name);
            let place = updated.find(&heading).unwrap();
            let (before, after) = updated.split_at(place);
            let old = format!("```events\n{}```", case.expected);
            updated = format!("{before}{}", after.replacen(&old, &format!("```events\n{found}```"), 1));
            let _ = write!(
                wrong,
                "\n{}: {}\nexpected\n{}found\n{found}",
                path.display(),
                case.name,
                case.expected
            );
        }
        if update {
            std::fs::write(&path, updated).unwrap();
        }
    }
    assert!(count >= 40, "only {count} cases were read");
    assert!(update || wrong.is_empty(), "{wrong}");
}

#[test]
fn roles_never_hold_their_trigger() {
    for path in files() {
        for case in cases(&std::fs::read_to_string(path).unwrap()) {
            let (_, events) = analyse(&case);
            for event in events {
                let arguments = event.arguments.iter().map(|a| &a.role);
                for role in event.actors.iter().chain(&event.recipients).chain(arguments) {
                    assert!(!role.span.is_empty(), "{}: empty role of {}", case.name, event.lemma);
                    let held = event.trigger.iter().any(|t| t.overlaps(role.span));
                    assert!(!held, "{}: role and trigger of {} overlap", case.name, event.lemma);
                }
            }
        }
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/events");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn cases(source: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block = None;
    for line in source.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
            continue;
        }
        if let Some(fence) = line.strip_prefix("```") {
            block = (block.is_none()).then(|| fence.to_owned());
            continue;
        }
        let (Some(case), Some(block)) = (cases.last_mut(), &block) else { continue };
        let target = match block.as_str() {
            "tree" => &mut case.tree,
            "text" => &mut case.text,
            "entities" => &mut case.entities,
            "events" => &mut case.expected,
            other => panic!("unknown block {other:?} in case {:?}", case.name),
        };
        target.push_str(line);
        target.push('\n');
    }
    cases
}

fn events_of(case: &Case) -> String {
    let (text, events) = analyse(case);
    events.iter().map(|event| describe(&text, event)).collect()
}

fn analyse(case: &Case) -> (String, Vec<Event>) {
    let mut syntax = Syntax::default();
    let mut segmentation = Segmentation::default();
    let mut text = case.text.trim_end().to_owned();
    if case.tree.is_empty() {
        Segmenter::new().segment(&text, &mut segmentation);
        Parser::new().parse(&text, &segmentation, &mut syntax);
    } else {
        let document = conllu::read(&to_conllu(&case.tree)).next().unwrap();
        let document = document.unwrap_or_else(|e| panic!("{}: {e}", case.name));
        (text, segmentation, syntax) = (document.text, document.segmentation, document.syntax);
    }
    let mut frames = Frames::default();
    Frames::extract(&text, &segmentation, &syntax, &mut frames);
    let entities = entities(&case.entities, &text, &segmentation);
    let input = EventInput {
        text: &text,
        segmentation: &segmentation,
        syntax: &syntax,
        frames: &frames,
        entities: &entities,
        quotes: &[],
        published: Some("2025-07-02"),
    };
    let mut events = Vec::new();
    EventExtractor::default().extract(&input, &mut events);
    unite_events(&text, &segmentation, &syntax, &entities, &mut events);
    (text, events)
}

fn to_conllu(tree: &str) -> String {
    let mut out = String::new();
    for (i, line) in tree.lines().enumerate() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [form, lemma, upos, xpos, head, deprel] = cells[..] else { panic!("not six columns: {line:?}") };
        let _ = writeln!(out, "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t_", i + 1);
    }
    out.push('\n');
    out
}

/// One entity for each line: the words of its head tokens, then the type.
fn entities(block: &str, text: &str, segmentation: &Segmentation) -> Entities {
    let mut entities = Vec::new();
    let mut mentions = Vec::new();
    for line in block.lines() {
        let (name, kind) = line.rsplit_once(' ').unwrap();
        let entity = EntityId(entities.len() as u32);
        let kind = EntityType::from_label(kind).unwrap();
        entities.push(Entity {
            name: name.to_owned(),
            kind,
            kb: None,
            entry: None,
            roles: Vec::new(),
            members: Vec::new(),
        });
        for token in 0..segmentation.len() {
            if segmentation.form(text, token) == name {
                mentions.push(Mention {
                    span: segmentation.token(token),
                    tokens: TokenRange::new(token, token + 1),
                    head: token,
                    form: MentionForm::Name,
                    entity,
                });
            }
        }
    }
    Entities::new(entities, mentions, &[], segmentation.len())
}

fn describe(text: &str, event: &Event) -> String {
    let words = |roles: &[Role]| {
        let words: Vec<&str> = roles.iter().map(|r| r.span.of(text)).collect();
        if words.is_empty() { "nobody".to_owned() } else { words.join(" + ") }
    };
    let trigger: Vec<&str> = event.trigger.iter().map(|s| s.of(text)).collect();
    let mut out = event.kind.map_or("-", |k| k.as_str()).to_owned();
    for mode in &event.modes {
        let _ = write!(out, " {mode}");
    }
    let _ =
        write!(out, " [{}]: {} -> {}", trigger.join(" … "), words(&event.actors), words(&event.recipients));
    for argument in &event.arguments {
        let _ = write!(out, ", {} {}", argument.name, argument.role.span.of(text));
    }
    for quantity in &event.quantities {
        let _ = write!(out, ", {}={}", quantity.what, quantity.value);
    }
    if let Some(date) = &event.date {
        let _ = write!(out, ", {date}");
    }
    if event.polarity == Polarity::Negative {
        out.push_str(", negative");
    }
    if event.modality != Modality::Actual {
        let _ = write!(out, ", {}", event.modality.as_str());
    }
    if !event.mentions.is_empty() {
        let told: Vec<&str> = event.mentions.iter().flat_map(|m| &m.trigger).map(|s| s.of(text)).collect();
        let _ = write!(out, ", told as {}", told.join(" / "));
    }
    out.push('\n');
    out
}
