//! What holds of the record of any text whatever.

use newsgraph::{Document, Pipeline, Record, RecordOptions};
use proptest::prelude::*;

/// Text as hostile as news text gets: quotation marks, abbreviations, names, odd spaces, scripts, emoji, controls.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "“",
            "”",
            "\"",
            "'",
            "’s ",
            "‘",
            "(",
            ")",
            ". ",
            ", ",
            "\n\n",
            "\r\n",
            "\t",
            "\u{a0}",
            "\u{200b}",
            "…",
            "—",
            "-",
            "$5m ",
            "Mr. ",
            "U.S. ",
            "Vladimir Putin ",
            "Macron ",
            "the Kremlin ",
            "said ",
            "told ",
            "he ",
            "that ",
            "was attacked by ",
            "did not ",
            "will ",
            "on July 1, 2025 ",
            "two ",
            "🙂",
            "é",
            "\u{301}",
            "\0",
            "\u{feff}",
            "\u{202e}",
            "according to ",
            "Tehran ",
            "killed ",
            "http://example.org/a?b ",
            "@x ",
            "#",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z]{1,8} ",
        "\\PC{0,3}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn record(text: &str) -> Record {
    let document = Document { id: "a".into(), text: text.into(), ..Document::default() };
    Pipeline::new().worker().record(document, RecordOptions { tokens: true, ..RecordOptions::default() })
}

/// Every span of the record but those of sentences and tokens.
fn spans(record: &Record) -> Vec<[u32; 2]> {
    let mut spans = Vec::new();
    for entity in &record.entities {
        spans.extend(entity.mentions.iter().map(|m| m.span));
    }
    for quote in &record.quotes {
        spans.extend(quote.source.iter().chain(&quote.cue).chain(&quote.content));
    }
    for event in &record.events {
        spans.extend(&event.trigger);
        spans.extend(event.actors.iter().chain(&event.recipients).map(|role| role.span));
        spans.extend(event.arguments.iter().map(|argument| argument.span));
        spans.extend(event.quantities.iter().map(|quantity| quantity.span));
    }
    spans
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Tokens are in order and never empty, and what lies between them is white space.
    #[test]
    fn tokens_and_gaps_are_the_text(text in texts()) {
        let chars: Vec<char> = text.chars().collect();
        let record = record(&text);
        let tokens = record.tokens.unwrap();
        let mut at = 0;
        for token in &tokens {
            let [start, end] = token.span.map(|i| i as usize);
            prop_assert!(at <= start && start < end && end <= chars.len(), "{:?}", token);
            prop_assert!(chars[at..start].iter().all(|c| c.is_whitespace()), "gap {at}..{start} of {text:?}");
            at = end;
        }
        prop_assert!(chars[at..].iter().all(|c| c.is_whitespace()), "after {at} of {text:?}");
    }

    /// Sentences begin and end with tokens, and every token is in one; heads lie in the token's own sentence, and
    /// each sentence has one root.
    #[test]
    fn sentences_are_trees(text in texts()) {
        let record = record(&text);
        let tokens = record.tokens.unwrap();
        let mut rest = tokens.as_slice();
        let mut before = 0;
        for &[start, end] in &record.sentences {
            let count = rest.iter().take_while(|t| t.span[1] <= end).count();
            let (sentence, later) = rest.split_at(count);
            prop_assert!(count > 0);
            prop_assert_eq!([sentence[0].span[0], sentence[count - 1].span[1]], [start, end]);
            prop_assert_eq!(sentence.iter().filter(|t| t.head == -1).count(), 1);
            for token in sentence {
                let inside = (before..before + count as i32).contains(&token.head);
                prop_assert!(token.head == -1 || inside, "{:?}", token);
            }
            before += count as i32;
            rest = later;
        }
        prop_assert!(rest.is_empty());
    }

    /// Every span covers something of the text, and every reference names something in the record.
    #[test]
    fn spans_and_references_hold(text in texts()) {
        let record = record(&text);
        let chars = text.chars().count() as u32;
        for [start, end] in spans(&record) {
            prop_assert!(start < end && end <= chars, "{start}..{end} of {text:?}");
        }
        let entities = record.entities.len() as u32;
        let quotes = record.quotes.len() as u32;
        let speakers = record.quotes.iter().flat_map(|q| [q.speaker, q.addressee]);
        let roles = record.events.iter().flat_map(|e| e.actors.iter().chain(&e.recipients).map(|r| r.entity));
        let arguments = record.events.iter().flat_map(|e| e.arguments.iter().map(|a| a.entity));
        prop_assert!(speakers.chain(roles).chain(arguments).flatten().all(|id| id < entities));
        let nested = record.quotes.iter().map(|q| q.nested_in);
        prop_assert!(nested.chain(record.events.iter().map(|e| e.quote)).flatten().all(|id| id < quotes));
        for (id, entity) in record.entities.iter().enumerate() {
            prop_assert_eq!(entity.id as usize, id);
            prop_assert!(!entity.mentions.is_empty() && !entity.name.is_empty(), "{:?}", entity);
        }
    }

    /// A record written and read is the same record, and its text the text that was read.
    #[test]
    fn records_survive_writing(text in texts()) {
        let record = record(&text);
        prop_assert_eq!(&record.text, &text);
        let line = record.to_line();
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(Record::from_line(&line).unwrap(), record);
    }

    /// A worker gives the same record whatever it analysed before.
    #[test]
    fn workers_forget(first in texts(), second in texts()) {
        let pipeline = Pipeline::new();
        let mut worker = pipeline.worker();
        let document = |text: &str| Document { id: "a".into(), text: text.into(), ..Document::default() };
        worker.record(document(&first), RecordOptions { tokens: true, ..RecordOptions::default() });
        let again = worker.record(document(&second), RecordOptions { tokens: true, ..RecordOptions::default() });
        prop_assert_eq!(again, record(&second));
    }
}
