//! What holds for every text, however odd.

use std::time::{Duration, Instant};

use newsgraph_token::{Segmentation, Segmenter};
use proptest::prelude::*;

/// Panics unless the layers of `text` are as their documentation says.
fn check(text: &str, layers: &Segmentation) {
    let mut at = 0;
    for token in 0..layers.len() {
        let span = layers.token(token);
        assert!(!span.is_empty(), "token {token} is empty");
        let gap = text
            .get(at..span.start as usize)
            .expect("a token starts inside a character or before the last one ends");
        assert!(gap.chars().all(char::is_whitespace), "{gap:?} belongs to no token");
        let form = text.get(span.range()).expect("a token ends inside a character");
        assert_eq!(form.trim(), form, "a token has white space at its edge");
        at = span.end as usize;
    }
    assert!(text[at..].chars().all(char::is_whitespace), "{:?} belongs to no token", &text[at..]);
    let mut next = 0;
    for sentence in layers.sentences() {
        assert_eq!(sentence.start, next, "sentences leave tokens out");
        assert!(!sentence.is_empty(), "a sentence is empty");
        next = sentence.end;
    }
    assert_eq!(next, layers.len(), "sentences leave the last tokens out");
    check_quotations(layers);
}

fn check_quotations(layers: &Segmentation) {
    let quotations = layers.quotations();
    let mut around: Vec<usize> = Vec::new();
    for (index, quotation) in quotations.iter().enumerate() {
        assert!(
            quotation.span.contains(quotation.inner),
            "quotation {index} does not hold what is inside it"
        );
        assert!(
            !quotation.tokens.is_empty() && quotation.tokens.end <= layers.len(),
            "quotation {index} has no tokens"
        );
        assert!(
            quotation.inner.contains(layers.span(quotation.tokens)),
            "quotation {index} has tokens outside its marks"
        );
        while around.last().is_some_and(|&outer| quotations[outer].span.end <= quotation.span.start) {
            around.pop();
        }
        if let Some(&outer) = around.last() {
            assert!(quotations[outer].inner.contains(quotation.span), "quotations {outer} and {index} cross");
        }
        assert_eq!(
            usize::from(quotation.depth),
            around.len().min(255),
            "quotation {index} has the wrong depth"
        );
        if let Some(before) = quotation.continues {
            let before = quotations[before as usize];
            assert!(
                !before.closed && before.span.end <= quotation.span.start,
                "quotation {index} continues a closed one"
            );
        }
        around.push(index);
    }
}

fn segment(text: &str) -> Segmentation {
    let mut layers = Segmentation::default();
    Segmenter::new().segment(text, &mut layers);
    layers
}

/// Texts made of what splits and quotes are made of.
fn newsy() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "the",
        "Mayor",
        "said",
        "U.S.",
        "Mr.",
        "don't",
        "'s",
        "’s",
        "\"",
        "“",
        "”",
        "'",
        "‘",
        "’",
        "«",
        "»",
        "„",
        "``",
        "''",
        ",",
        ".",
        "?!",
        "...",
        "…",
        ":",
        ";",
        "-",
        "--",
        "—",
        "(",
        ")",
        "[",
        "]",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\u{a0}",
        "\u{2028}",
        "\u{200b}",
        "\u{202e}",
        "\u{feff}",
        "\u{301}",
        "é",
        "日本",
        "👩\u{200d}🚀",
        "🇫🇷",
        "$",
        "US$",
        "€",
        "5",
        "1,000",
        "3.5",
        "7:30pm",
        "9/11",
        "713-853-3989",
        "co-",
        "e-mail",
        "@",
        "#",
        "a@b.org",
        "http://x.org/a(b)",
        "www.",
        "example.com",
        "&",
        "R&D",
        "*",
        "_",
        "/",
        "\\",
        "%",
        "+44",
        ":)",
        "'90s",
        "5'10\"",
        "n't",
        "cannot",
        "\0",
        "\t",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Tokens and gaps rebuild any string; sentences cover its tokens; quotations nest.
    #[test]
    fn any_string_is_split_soundly(text in "\\PC*|(?s).*") {
        check(&text, &segment(&text));
    }

    /// The same for strings of words, marks and invisible characters.
    #[test]
    fn strings_of_words_and_marks_are_split_soundly(text in newsy()) {
        check(&text, &segment(&text));
    }

    /// What a segmenter did before does not change what it does now.
    #[test]
    fn a_segmenter_forgets_the_text_before(first in newsy(), second in newsy()) {
        let mut segmenter = Segmenter::new();
        let mut layers = Segmentation::default();
        segmenter.segment(&first, &mut layers);
        segmenter.segment(&second, &mut layers);
        prop_assert_eq!(layers, segment(&second));
    }
}

/// The best time of five runs.
fn time(text: &str) -> Duration {
    let mut segmenter = Segmenter::new();
    let mut layers = Segmentation::default();
    segmenter.segment(text, &mut layers);
    let run = |_| {
        let start = Instant::now();
        segmenter.segment(text, &mut layers);
        start.elapsed()
    };
    (0..5).map(run).min().unwrap_or_default()
}

#[test]
fn four_times_the_text_takes_at_most_five_times_the_time() {
    let nested = |n: usize| "“‘".repeat(n) + "x" + &"’”".repeat(n);
    let cases: Vec<(&str, Box<dyn Fn(usize) -> String>)> = vec![
        ("opening marks", Box::new(|n| "“".repeat(n))),
        ("straight marks", Box::new(|n| "\"".repeat(n))),
        ("straight single marks and letters", Box::new(|n| " 'a".repeat(n))),
        ("opening marks with blanks", Box::new(|n| " \"a".repeat(n))),
        ("closing marks", Box::new(|n| "a” ".repeat(n))),
        ("deep nesting", Box::new(nested)),
        ("letters without end", Box::new(|n| "a".repeat(n))),
        ("apostrophes and letters", Box::new(|n| "a'".repeat(n))),
        ("points and letters", Box::new(|n| "a.".repeat(n))),
        ("hyphens and letters", Box::new(|n| "co-".repeat(n))),
        ("addresses", Box::new(|n| "a@b.c/".repeat(n))),
        ("digits and points", Box::new(|n| "1.".repeat(n))),
        ("digits and hyphens", Box::new(|n| "1-".repeat(n))),
        ("brackets", Box::new(|n| "(".repeat(n))),
        ("full stops with blanks", Box::new(|n| ". ".repeat(n))),
        ("short lines", Box::new(|n| "a\n".repeat(n))),
        ("long lines", Box::new(|n| "The vote is over and done with for good today\n".repeat(n / 8))),
        ("direction marks", Box::new(|n| "\u{202e}a\u{200b}".repeat(n))),
        ("joined pictures", Box::new(|n| "👩\u{200d}".repeat(n))),
        ("underscores", Box::new(|n| "a_".repeat(n))),
        ("asterisks", Box::new(|n| "a*".repeat(n))),
    ];
    for (name, make) in cases {
        let (small, large) = (make(20_000), make(80_000));
        // a busy machine may disturb one measurement, not six in a row
        let linear = (0..6).any(|_| time(&large).as_secs_f64() <= 5.0 * time(&small).as_secs_f64().max(1e-4));
        assert!(linear, "{name}: {:?} for a quarter of the text, {:?} for all", time(&small), time(&large));
        check(&make(500), &segment(&make(500)));
    }
}

#[test]
fn a_million_opening_marks_and_a_line_of_many_megabytes_are_split_soundly() {
    let marks = "“".repeat(1_000_000);
    check(&marks, &segment(&marks));
    let line = "The vote is over, she said. ".repeat(400_000);
    let layers = segment(&line);
    assert_eq!(layers.sentences().len(), 400_000);
    check(&line, &layers);
}
