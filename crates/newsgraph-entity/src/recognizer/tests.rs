use newsgraph_text::Span;
use proptest::prelude::*;

use super::*;

/// Words and punctuation marks as tokens; a full stop ends a sentence.
fn split(text: &str) -> Segmentation {
    let mut segmentation = Segmentation::default();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let word = c.is_alphanumeric();
        if let (false, Some(from)) = (word, start) {
            segmentation.push_token(Span::new(from as u32, i as u32));
            start = None;
        }
        if word && start.is_none() {
            start = Some(i);
        } else if !word && !c.is_whitespace() {
            segmentation.push_token(Span::new(i as u32, (i + c.len_utf8()) as u32));
        }
        if c == '.' {
            segmentation.end_sentence();
        }
    }
    segmentation.end_sentence();
    segmentation
}

/// The names of a text as (words, type).
fn names(text: &str) -> Vec<(String, &'static str)> {
    let segmentation = split(text);
    let mut out = Vec::new();
    Recognizer::new().recognize(text, &segmentation, &[], &mut out);
    out.iter().map(|n| (segmentation.span(n.tokens).of(text).to_string(), n.kind.as_str())).collect()
}

#[test]
fn the_embedded_model_is_whole() {
    let weights = Weights::read(newsgraph_data::entity::RECOGNIZER).unwrap();
    assert!(weights.scale() > 1);
    assert!(newsgraph_data::entity::RECOGNIZER.len() <= 6 << 20, "the model must stay under 6 MiB");
}

#[test]
fn finds_names_that_no_list_can_know() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("Mr. Tarvo Kellinen said he would resign.", &[("Tarvo Kellinen", "PERSON")]),
        ("She moved to Ostrelva in Brunovia last year.", &[("Ostrelva", "GPE"), ("Brunovia", "GPE")]),
        ("The University of Ostrelva opened a new school.", &[("University of Ostrelva", "ORG")]),
        ("He works for Quandrix Corp. in the north.", &[("Quandrix Corp", "ORG")]),
        ("the rain fell on the roof and nobody came", &[]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|(n, k)| ((*n).to_string(), *k)).collect();
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn a_hint_makes_a_name_of_a_lower_case_word() {
    let text = "people in brunovia voted";
    let segmentation = split(text);
    let hint = NameHint { tokens: TokenRange::new(2, 3), kind: EntityType::Gpe, minor: false };
    let mut seen = Observation::default();
    seen.observe(text, &segmentation, &[hint], &Weights::empty());
    assert_eq!(seen.stretches(), [TokenRange::new(2, 3)]);
}

#[test]
fn damaged_models_give_errors_and_not_names() {
    let model = pack(&[[0; TAGS]; TAGS], vec![(7, WordHabit::default())], vec![(9, [1; TAGS])], 20).unwrap();
    assert!(Weights::read(&model).is_ok());
    let mut flipped = model.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let mut later = model.clone();
    later[4] = 9;
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty", b"", "not a recogniser model"),
        ("something else", b"PK\x03\x04 and more", "not a recogniser model"),
        ("only the beginning", &model[..20], "cut or damaged"),
        ("cut by one byte", &model[..last], "cut or damaged"),
        ("one bit flipped", &flipped, "checksum"),
        ("of another version", &later, "format 9"),
    ];
    for (name, bytes, expected) in cases {
        let error = Weights::read(bytes).unwrap_err().to_string();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn packing_does_not_depend_on_the_order_of_entries() {
    let rows: Vec<(u64, [i8; TAGS])> = (1..200u64).map(|i| (hash::mix(i, i), [i as i8; TAGS])).collect();
    let reversed = rows.iter().rev().copied().collect();
    let transitions = [[3; TAGS]; TAGS];
    let packed = pack(&transitions, Vec::new(), rows.clone(), 20).unwrap();
    assert_eq!(packed, pack(&transitions, Vec::new(), reversed, 20).unwrap());
    let weights = Weights::read(&packed).unwrap();
    for (key, row) in rows {
        assert_eq!(probe::sum(&weights, &[key], &mut Vec::new()), row.map(i32::from), "feature {key:x}");
        let doubled = probe::sum(&weights, &[key, hash::mix(key, 7), key], &mut Vec::new());
        assert_eq!(
            doubled,
            row.map(|weight| 2 * i32::from(weight)),
            "feature {key:x}, twice, and one that is unknown"
        );
    }
}

proptest! {
    /// Whatever the text and the hints: names lie inside the document, in order, none overlapping another,
    /// and a second run over the same scratch gives the same.
    #[test]
    fn names_are_in_bounds_in_order_and_the_same_again(
        text in "([A-Z][a-z]{0,8}|[a-z]{1,6}|[0-9]{1,3}|the|of|'s|-|&|[.,()\"]|[A-Z]{2,5}|\\PC{1,4}| ){0,60}",
        starts in prop::collection::vec((0u32..40, 0u32..4, 0usize..10), 0..6),
    ) {
        let segmentation = split(&text);
        let hints: Vec<NameHint> = starts
            .iter()
            .map(|&(start, len, kind)| NameHint {
                tokens: TokenRange::new(start, start + len),
                kind: EntityType::ALL[kind],
                minor: kind % 2 == 0,
            })
            .collect();
        let mut recognizer = Recognizer::new();
        let (mut first, mut again) = (Vec::new(), Vec::new());
        recognizer.recognize(&text, &segmentation, &hints, &mut first);
        let mut end = 0;
        for name in &first {
            prop_assert!(!name.tokens.is_empty() && name.tokens.start >= end && name.tokens.end <= segmentation.len());
            end = name.tokens.end;
        }
        recognizer.recognize("Some other text.", &split("Some other text."), &[], &mut again);
        recognizer.recognize(&text, &segmentation, &hints, &mut again);
        prop_assert_eq!(first, again);
    }
}
