//! The text of every document can be rebuilt from its CoNLL-U.

use std::path::Path;

use crate::Folder;

/// What an escaped value of MISC stands for.
fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        out.push(match (c, c == '\\') {
            (_, false) => c,
            _ => match chars.next() {
                Some('s') => ' ',
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('p') => '|',
                other => other.unwrap_or(c),
            },
        });
    }
    out
}

/// The texts of a CoNLL-U file, with their documents' ids.
fn rebuilt(conllu: &str) -> Vec<(String, String)> {
    let mut documents: Vec<(String, String)> = Vec::new();
    for line in conllu.split('\n') {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            documents.push((id.to_owned(), String::new()));
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [number, form, .., misc] = columns[..] else { continue };
        assert!(number.parse::<u32>().is_ok(), "only plain tokens are written: {line}");
        let value = |name: &str| misc.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let text = &mut documents.last_mut().unwrap().1;
        text.push_str(&unescaped(value("SpacesBefore").unwrap_or_default()));
        text.push_str(form);
        match (value("SpacesAfter"), value("SpaceAfter")) {
            (Some(spaces), _) => text.push_str(&unescaped(spaces)),
            (None, Some("No")) => {}
            (None, _) => text.push(' '),
        }
    }
    documents
}

#[test]
fn texts_are_rebuilt_byte_for_byte() {
    let folder = Folder::new();
    let odd = [
        "\n\n  It was  late.\r\n\r\n“No,” he said\u{a0}—\tno more|less \\ 5 m.\u{2028}Really?\n\n",
        "\u{200b}\u{202e}abc\u{202c} :-) 👩\u{200d}🚀 «Oui» ``so'' it's o'clock… ",
        "PARIS (AP) —  Ships sailed\u{3000}at dawn.\nwith DPA and AP",
    ];
    for (index, text) in odd.iter().enumerate() {
        folder.write(&format!("in/{index}.txt"), text);
    }
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    for input in ["in".into(), seeds.to_string_lossy().into_owned()] {
        let extracted = String::from_utf8(folder.run(&["extract", &input]).stdout).unwrap();
        let parsed = String::from_utf8(folder.run(&["parse", &input]).stdout).unwrap();
        let records = extracted.lines().map(|line| newsgraph_record::Record::from_line(line).unwrap());
        let expected: Vec<_> = records.map(|record| (record.id, record.text)).collect();
        assert!(expected.len() >= odd.len());
        assert_eq!(rebuilt(&parsed), expected);
    }
}
