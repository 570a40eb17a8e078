//! Runs `tests/entities.md`: texts, and the entities that must be found in them with exactly these mentions.

use newsgraph::record::Entity;
use newsgraph::{Document, Pipeline, Record, RecordOptions};

#[test]
fn constructions() {
    let pipeline = Pipeline::new();
    let mut worker = pipeline.worker();
    let sections: Vec<&str> = include_str!("entities.md").split("\n## ").skip(1).collect();
    assert!(!sections.is_empty(), "no constructions");
    let mut wrong = Vec::new();
    for section in &sections {
        let text: Vec<&str> = section.lines().filter_map(|l| l.strip_prefix("> ")).collect();
        let fields: Vec<(&str, &str)> =
            section.lines().filter_map(|l| l.strip_prefix("- ")).filter_map(|l| l.split_once(": ")).collect();
        assert!(!fields.is_empty(), "nothing is expected of {section:?}");
        let document = Document { id: "test".into(), text: text.join("\n"), ..Document::default() };
        let record = worker.record(document, RecordOptions::default());
        if !record.entities.iter().any(|e| fits(&record, e, &fields)) {
            let found: Vec<String> = record.entities.iter().map(|e| describe(&record, e)).collect();
            wrong.push(format!("{}\n  found {found:#?}", section.lines().next().unwrap_or_default()));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), sections.len(), wrong.join("\n"));
}

fn mentions(record: &Record, entity: &Entity) -> String {
    let slice = |[start, end]: [u32; 2]| -> String {
        record.text.chars().skip(start as usize).take((end - start) as usize).collect()
    };
    entity.mentions.iter().map(|m| slice(m.span)).collect::<Vec<_>>().join("; ")
}

fn describe(record: &Record, entity: &Entity) -> String {
    format!(
        "{} {} {:?} {:?} [{}]",
        entity.name,
        entity.kind,
        entity.kb,
        entity.roles,
        mentions(record, entity)
    )
}

fn fits(record: &Record, entity: &Entity, fields: &[(&str, &str)]) -> bool {
    fields.iter().all(|&(key, value)| match key {
        "name" => entity.name == value,
        "type" => entity.kind == value,
        "kb" => entity.kb.as_deref() == Some(value),
        "roles" if value == "none" => entity.roles.is_empty(),
        "roles" => entity.roles.join("; ") == value,
        "role" => entity.roles.iter().any(|r| r == value),
        "members" => {
            let names = entity.members.iter().map(|&m| record.entities[m as usize].name.as_str());
            names.collect::<Vec<_>>().join("; ") == value
        }
        "mentions" => mentions(record, entity) == value,
        _ => panic!("unknown field {key:?}"),
    })
}
