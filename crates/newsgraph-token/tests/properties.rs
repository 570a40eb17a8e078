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

/// Time that this thread has had a processor for, where the system tells; else the time of the clock.
fn time_used(start: Instant) -> Duration {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = used.as_deref().and_then(|line| line.split(' ').next()).and_then(|n| n.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Times of a batch of runs over a large text, and of four times as many over a quarter of it; the best of three.
fn times(small: &str, large: &str) -> (Duration, Duration) {
    const RUNS: usize = 4;
    let mut segmenter = Segmenter::new();
    let mut layers = Segmentation::default();
    let start = Instant::now();
    let mut batch = |text: &str, runs: usize| {
        let before = time_used(start);
        for _ in 0..runs {
            segmenter.segment(text, &mut layers);
        }
        time_used(start) - before
    };
    let batches: Vec<_> = (0..3).map(|_| (batch(small, 4 * RUNS), batch(large, RUNS))).collect();
    (
        batches.iter().map(|b| b.0).min().unwrap_or_default(),
        batches.iter().map(|b| b.1).min().unwrap_or_default(),
    )
}

/// A name and what makes a text of about so many pieces.
type Adversary = (&'static str, fn(usize) -> String);

#[test]
fn four_times_the_text_takes_at_most_five_times_the_time() {
    let cases: Vec<Adversary> = vec![
        ("opening marks", |n| "“".repeat(n)),
        ("straight marks", |n| "\"".repeat(n)),
        ("straight single marks and letters", |n| " 'a".repeat(n)),
        ("opening marks with blanks", |n| " \"a".repeat(n)),
        ("closing marks", |n| "a” ".repeat(n)),
        ("deep nesting", |n| "“‘".repeat(n) + "x" + &"’”".repeat(n)),
        ("letters without end", |n| "a".repeat(n)),
        ("apostrophes and letters", |n| "a'".repeat(n)),
        ("points and letters", |n| "a.".repeat(n)),
        ("hyphens and letters", |n| "co-".repeat(n)),
        ("addresses", |n| "a@b.c/".repeat(n)),
        ("digits and points", |n| "1.".repeat(n)),
        ("digits and hyphens", |n| "1-".repeat(n)),
        ("brackets", |n| "(".repeat(n)),
        ("full stops with blanks", |n| ". ".repeat(n)),
        ("short lines", |n| "a\n".repeat(n)),
        ("long lines", |n| "The vote is over and done with for good today\n".repeat(n / 8)),
        ("direction marks", |n| "\u{202e}a\u{200b}".repeat(n)),
        ("joined pictures", |n| "👩\u{200d}".repeat(n)),
        ("underscores", |n| "a_".repeat(n)),
        ("asterisks", |n| "a*".repeat(n)),
    ];
    // some systems account the time by ticks: what takes less than one or two tells nothing
    const TICKS: Duration = Duration::from_millis(10);
    for (name, make) in cases {
        let (small, large) = (make(4_000), make(16_000));
        // a busy machine may disturb one measurement, not six in a row
        let is_slow = |(quarters, whole): &(Duration, Duration)| *whole * 4 > (*quarters + TICKS) * 5;
        let slow: Vec<_> = (0..6).map(|_| times(&small, &large)).take_while(is_slow).collect();
        assert!(slow.len() < 6, "{name}: times for four quarters of the text and for all of it {slow:?}");
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
